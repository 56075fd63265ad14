"""Whether a text, or a sentence of it, is about the program at all."""

from typing import TYPE_CHECKING

from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.together.arithmetic import COUNTED

if TYPE_CHECKING:
    pass


SHORT = 90


ABOUT = when_needed(r"(?i)287 ?\(?g\)?|1357 ?\(?g\)?")


NEAR = when_needed(r"(?i)\bICE\b|immigration (?:and customs )?enforcement")


def is_about(article: Article) -> bool:
    """Whether a text speaks of the program at all."""
    text = article.text
    return (
        len(text.split()) < SHORT
        or bool(ABOUT.search(text))
        or (bool(NEAR.search(text)) and "agreement" in text.lower())
    )


def is_relevant(parsed: Parsed) -> bool:
    """Whether a sentence speaks of the program."""
    kinds = parsed.kinds()
    return (
        bool(kinds & {"PROGRAM", "ICE", "TOPIC", "MODEL", "PENDING"})
        or any(token.kind == "SIGN" and token.text.lower().startswith("sign") for token in parsed.tokens)
        or any(token.kind == "UNIT" and token.value in COUNTED for token in parsed.tokens)
    )


def is_near(parsed: Parsed) -> bool:
    """Whether a sentence has a word of the program's own."""
    return bool(parsed.kinds() & {"PROGRAM", "ICE", "TOPIC", "MODEL"})
