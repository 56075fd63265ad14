"""Numbers of a sentence that no claim holds: what they count is not the program's, or was not understood.

What enters: a parsed sentence and the claims that were read from it. What leaves: one claim for each number that is
left.
Promise: such a claim is never judged, and never makes a word read that no other claim uses.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.roles.figures import enumerates
from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, Span, When, Where
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed

UNCONNECTED: Final = "not connected"
"""The sense of such a claim."""
YEARS = range(1980, 2060)
AGES = ("for", "over", "past", "last", "next", "of", "about")
"""Right before a span of time: how long somebody served, or when something was; nothing that is counted."""
FEWEST_DAYS = 2
ORDINAL = when_needed(r"(\d{2,3})(?:st|nd|rd|th)", re.IGNORECASE)
FEWEST = 4
"""Tokens of a stretch that is a sentence, not a lone cell."""


def _is_apart(parsed: Parsed, amount: Amount) -> bool:
    """Whether a number is an age between commas, a vote's or a score's, or a distance: nothing that is counted."""
    tokens = parsed.tokens
    around = [tokens[at].text for at in (amount.first - 1, amount.last + 1) if 0 <= at < len(tokens)]
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    ends = text[tokens[amount.first].span.start - offset - 1 :][:1], text[tokens[amount.last].span.end - offset :][:1]
    voted = ends[0] in ("-", "–")  # of a vote, 3-2, the first number stands for both
    far = bool(around) and around[-1].lower() in ("mile", "miles", "feet", "acres", "pages", "percentage")
    prior = tokens[amount.first - 2] if amount.first > 1 else None
    counted = prior is not None and (prior.kind in BEFORE_COUNTS or prior.text.lower() in ("these", "those", "which"))
    aged = amount.figure.value <= OLDEST and not counted
    return voted or far or (aged and amount.first == amount.last and around == [",", ","])


BEFORE_COUNTS = ("WHEN", "NATION", "SAMEPLACE")
"""What is before a number between commas that is a count: last week, 200, were Florida's; a third of them, 49, …"""
OLDEST = 105
"""Years of somebody whose age is between commas behind a name or a noun."""


def _is_counted_one(parsed: Parsed, amount: Amount) -> bool:
    """Whether "one" is a count, not a pronoun: just one; one of them; one fewer than before; all but one."""
    tokens = parsed.tokens
    before = tokens[amount.first - 1].text.lower() if amount.first else ""
    after = [one.text.lower() for one in tokens[amount.last + 1 : amount.last + 3]]
    said = amount.figure.said.lower().split()
    compared = bool(after) and after[0].split()[0] in ("fewer", "more")
    return before in COUNTING or said[0] in COUNTING or compared or after in OF_THEM


COUNTING = ("just", "only", "but", "exactly")
OF_THEM = (["of", "them"], ["of", "these"], ["of", "those"], ["of", "which"])


def unconnected(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The numbers that are within no claim of the sentence; no years, no "one" as a
    pronoun, not how long somebody served."""
    counted = {parsed.tokens[at].span for at in range(len(parsed.tokens)) if enumerates(parsed, at)}
    here = [one for one in claims if one.sentence == parsed.sentence.span]
    taken = [*counted] + [span for one in here for span in (one.span, *(said for said, _ in one.wording.covers))]
    if len(parsed.tokens) < FEWEST:
        return
    for amount in parsed.amounts:
        for figure in (amount.figure, amount.whole.figure if amount.whole else None):
            if figure is None or any(one.start < figure.span.end and figure.span.start < one.end for one in taken):
                continue
            bare = figure.said.strip()
            year = bare.isdigit() and int(bare) in YEARS
            spelled = figure.value in (0, 1) and not any(letter.isdigit() for letter in bare)
            pronoun = spelled and not _is_counted_one(parsed, amount)
            after = parsed.tokens[amount.last + 1] if amount.last + 1 < len(parsed.tokens) else None
            before = parsed.tokens[amount.first - 1].text.lower() if amount.first else ""
            lasting = after is not None and after.kind == "DURATION" and (before in AGES or figure.value < FEWEST_DAYS)
            if (
                year
                or pronoun
                or bare.lower() in ("the three", "all three" if any("all" in one.under for one in claims) else "")
                or lasting
                or amount.kind == "multiple"
                or _is_apart(parsed, amount)
            ):
                continue
            yield unconnected_claim(parsed, figure.span, figure)
    for token in parsed.tokens:
        found = ORDINAL.fullmatch(token.text)
        if found and not any(one.start < token.span.end and token.span.start < one.end for one in taken):
            value = float(found[1].replace(",", ""))
            figure = Figure(value, value, value, "exact", token.span, token.text)
            yield unconnected_claim(parsed, token.span, figure)


def unconnected_claim(parsed: Parsed, span: Span, figure: Figure | None = None) -> Claim:
    """A claim that is never judged, over what no other claim holds."""
    return Claim("other", figure, "other", Where((), False), When(), span, parsed.sentence.span,
                 wording=Phrasing(speaker=parsed.sentence.speaker), sense=UNCONNECTED)  # fmt: skip
