"""A claim that one has more or fewer than another, from the words of a pattern.

What enters: the line of a sentence and what a pattern matched. What leaves: the claim, its figure, unit and tokens.
"""

import math
import re
from collections.abc import Sequence

from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, When, Where
from ledger287.factcheck.extract.statements.tag_line import TagLine
from ledger287.factcheck.parse.model import Token

FEWER = ("fewer_than", "less_than", "behind", "just_behind", "below", "just_below")


def unit_of(claims: Sequence[Claim], found: re.Match[str] | None = None) -> str:
    own = found["unit"] if found is not None and "unit" in found.re.groupindex else None
    if own:
        return str(own)
    counted = [one.unit for one in claims if one.shape in ("count", "signed") and one.unit in COUNTED]
    return counted[0] if counted else "agreements"


COUNTED = ("agreements", "agencies", "partnerships", "sheriffs", "police")


def gap_of(line: TagLine, found: re.Match[str], figure: Figure, unit: str, where: Where, when: When) -> Claim:
    return Claim(
        "gap",
        figure,
        unit,
        where,
        when,
        line.span(*found.span()),
        line.parsed.sentence.span,
        wording=Phrasing(
            speaker=line.parsed.sentence.speaker,
            spelled=True,
            distinct=True,
            covers=((line.span(*found.span("said")), "comparison"),),
        ),
    )


def more_of(line: TagLine, found: re.Match[str]) -> Figure:
    span = line.span(*found.span("said"))
    offset = line.parsed.sentence.span.start
    said = line.parsed.sentence.text[span.start - offset : span.end - offset]
    return Figure(0, math.nextafter(0, 1), math.inf, "over", span, said)


def token_of(line: TagLine, found: re.Match[str], name: str) -> Token:
    return line.tokens(*found.span(name))[0]
