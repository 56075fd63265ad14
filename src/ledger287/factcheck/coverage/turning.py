"""Words that turn a claim into another one, and that its reading did not use: "have no", "used to", "overtook in May".

What enters: a parsed sentence, a claim, and all claims of the sentence. What leaves: the words in the claim's clause
that turn it. Promise: a claim with such a word is never firm; a claim that was read with the word (places counted for
having none, a figure that is denied) has none of them.
"""

import re
from collections.abc import Sequence

from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.parsing import Parsed

LACK = re.compile(r"(?i)\b(?:have|has|had|hold|holds|held) (?:had |yet )?(?P<word>no|zero|not one|not a single)\b")
ONCE = re.compile(r"(?i)\b(?P<word>used to)\b(?! \w+ing\b)")
CROSSING = re.compile(r"(?i)\b(?P<word>overt(?:ook|aken)|surpassed|passed|eclipsed|leapfrogged|supplanted)\b")
CLAUSE = re.compile(r"[;—]|, (?:and|but|while|whereas|yet) ")
READ_WITH = ("without", "absent", "denied")
FIGURED = ("count", "share", "signed", "left", "change")


def turning(parsed: Parsed, claim: Claim, claims: Sequence[Claim]) -> tuple[Span, ...]:
    """The words that turn the claim, as stretches of the article's text."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = list(ONCE.finditer(text))
    if claim.shape in ("gap", "rank") and claim.when.stated:
        found += CROSSING.finditer(text)
    if claim.figure is not None and claim.shape in FIGURED and claim.sense not in READ_WITH:
        zero = claim.figure.value == 0 and claim.figure.said.lower().startswith("no")
        start = claim.span.start - offset
        named = claim.figure.value == 0 and not zero  # one of those counted for having none
        found += (
            [] if named else [one for one in LACK.finditer(text) if _is_its_own(one, text, start, zero, claims, offset)]
        )
    return tuple(Span(offset + one.start("word"), offset + one.end("word")) for one in found)


def _is_its_own(found: re.Match[str], text: str, start: int, zero: bool, claims: Sequence[Claim], offset: int) -> bool:
    """Whether the clause of a count says "have no" of it; a zero is turned where another count is who has none."""
    counts = [
        one.span.start - offset
        for one in claims
        if one.figure is not None and one.figure.value and one.shape in FIGURED and one.sense not in READ_WITH
    ]
    if zero:
        subjects = [
            at for at in counts if at < start and not CLAUSE.search(text[at:start]) and "," not in text[at:start]
        ]
        return found.start("word") <= start <= found.end("word") and bool(subjects)
    between = text[start : found.start()]
    return start < found.start() and not CLAUSE.search(between) and not any(start < at < found.start() for at in counts)
