"""Whether a text, or a sentence of it, is about the program at all."""

from collections.abc import Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.together.arithmetic import COUNTED

SHORT = 90


ABOUT = when_needed(r"(?i)287 ?\(?g\)?|1357 ?\(?g\)?")


NEAR = when_needed(
    r"(?i)\bICE\b|immigration (?:and customs )?enforcement"
    r"|federal immigration (?:officers|agents|authorities|officials)"
)
AGREED = when_needed(r"(?i)\bagreements?\b")


def is_about(article: Article) -> bool:
    """Whether a text speaks of the program at all."""
    text = article.text
    return (
        len(text.split()) < SHORT or bool(ABOUT.search(text)) or (bool(NEAR.search(text)) and bool(AGREED.search(text)))
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


GOING_ON = when_needed(
    r"\b(?:has|have|had|holds?|held) (?:(?:now|only|just|still|also) )*"
    r"(?:none|one|any|two|three|no (?:such )?agreements?)\b|"
    r"\b(?:sta(?:y|ys|yed|ying)|s[ai]ts?|sitting|remain(?:s|ed)?|opt(?:s|ed)?) (?:it |this one )?(?:out|in|away)\b|"
    r"\b(?:takes?|taking|took) (?:no )?part\b|\b(?:joined|joins|followed|enrolled|participat\w+|withdrew|dropped)\b|"
    r"\bon (?:ICE[’']s|the|its) (?:list|rolls|roster)\b|\b(?:part of|among) (?:it|them)\b|"
    r"\b(?:come|comes|came|leads?|trails?|follows?|ranks?|is|are) (?:with|first|second|third|fourth|next)\b|"
    r"\b(?:leads?|trails?|follows?) (?:the|all|every|with|at|[A-Z])"
)
"""What goes on with the program of the sentence before, without a word of its own for it: Illinois has none."""


def of_program(parsed: Sequence[Parsed]) -> frozenset[Span]:
    """The spans of the sentences that speak of the program, by a word of their own or as going on with one before."""
    found: set[Span] = set()
    last: Parsed | None = None
    for one in parsed:
        near = last is not None and last.sentence.span in found and one.sentence.block - last.sentence.block <= 1
        if is_relevant(one) or (near and GOING_ON.search(one.sentence.text)):
            found.add(one.sentence.span)
        last = one
    return frozenset(found)
