"""Ordinals of agencies and agreements: the ninth sheriff's office in Utah to sign, the second agreement in Nebraska.

What enters: a parsed sentence. What leaves: answers: supported where the record has as many of them on the story's
day, else "cannot tell". Promise: an ordinal is contradicted only where so many were never on the list by then, because
the order in which several signed before a list printed them is not in the record.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, Span, When, Where
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.tokens import ORDINALS
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge

DIGITS = when_needed(r"(\d{1,3})(?:st|nd|rd|th)$", re.IGNORECASE)
COUNTED = (
    "agreements",
    "partnerships",
    "agencies",
    "sheriffs",
    "police",
    "counties",
    "states",
    "constables",
    "campuses",
)
BETWEEN = ("FILL", "PROGRAM", "PLACE", "MODEL", "ICE")
WITHHELD = ("contradicted", "was_true", "became_true", "supported_if")


def ordinals(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answers on the ordinals of a sentence."""
    for at, token in enumerate(parsed.tokens):
        value = value_of(token)
        if value is None or value < 2:
            continue
        claim = _claim(parsed, at, value)
        if claim:
            yield _too_many(_answer(judge(claim, behind.published, index)), behind, index)


MARGIN = 1
"""So many may have signed before a list printed them."""
KINDS = ("sheriffs", "police", "constables", "campuses")


def _too_many(answer: Answer, behind: Background, index: Index) -> Answer:
    """``the fifth in Nebraska`` where no more than two were ever listed there by then: it cannot be."""
    claim, published = answer.claim, behind.published
    fits = claim.unit in ("agencies", *KINDS) and claim.figure is not None and len(claim.where.states) == 1
    if answer.verdict != "cannot_tell" or not fits or published is None or claim.figure is None:
        return answer
    kind = claim.unit if claim.unit in KINDS else None
    ever = index.ever(Scope(claim.where.states, claim.model, kind), published.last)
    if claim.figure.value <= ever + MARGIN or published.first < index.days[0]:
        return answer
    reason = f"no more than {ever} {'were' if ever != 1 else 'was'} ever on the list there by then."
    return replace(answer, verdict="contradicted", reason=reason, settles=None)


def value_of(token: Token) -> int | None:
    """The number of an ordinal, in digits or words; None for another word."""
    low = token.text.lower()
    found = DIGITS.match(low)
    if found:
        return int(found[1])
    return ORDINALS.index(low) + 1 if token.kind in ("WORD", "FILL") and low in ORDINALS else None


def _claim(parsed: Parsed, at: int, value: int) -> Claim | None:
    tokens = parsed.tokens
    end = at + 1
    while end < len(tokens) and tokens[end].kind in BETWEEN and end < at + 6:
        end += 1
    if end >= len(tokens) or tokens[end].kind != "UNIT" or tokens[end].value not in COUNTED:
        return _of_agencies(parsed, at, value)
    places = [token for token in tokens[at + 1 : end + 5] if token.kind == "PLACE"]
    if not places or len({token.value for token in places}) > 1:
        return None
    cut = next((k for k in range(end, len(tokens)) if tokens[k].text.lower() in ("and", "but", ",", ";")), len(tokens))
    model = next((token.value for token in tokens[at:cut] if token.kind == "MODEL"), None)
    span = Span(tokens[at].span.start, tokens[end].span.end)
    figure = Figure(float(value), float(value), float(value), "exact", tokens[at].span, tokens[at].text)
    where = Where((places[0].value,), True, places[0].text)
    speaker = parsed.sentence.speaker
    return Claim(
        "count",
        figure,
        tokens[end].value,
        where,
        When(),
        span,
        parsed.sentence.span,
        model,
        wording=Phrasing(speaker=speaker),
        sense="ordinal",
    )


TAKING = (
    "to sign",
    "to join",
    "to have",
    "to hold",
    "to get",
    "to enter",
    "to sign up",
    "to take",
    "with an",
    "with a",
)
"""What follows an ordinal and its place where it is of agencies: the third in Ohio to sign."""


def _of_agencies(parsed: Parsed, at: int, value: int) -> Claim | None:
    """``became the third in Kansas to sign an agreement``: of the agencies of that state."""
    tokens = parsed.tokens
    if at + 4 >= len(tokens) or tokens[at + 1].text.lower() != "in" or tokens[at + 2].kind != "PLACE":
        return None
    if f"{tokens[at + 3].text} {tokens[at + 4].text}".lower() not in TAKING:
        return None
    model = next((token.value for token in tokens[at:] if token.kind == "MODEL"), None)
    span = Span(tokens[at].span.start, tokens[at + 4].span.end)
    figure = Figure(float(value), float(value), float(value), "exact", tokens[at].span, tokens[at].text)
    where = Where((tokens[at + 2].value,), True, tokens[at + 2].text)
    return Claim(
        "count", figure, "agencies", where, When(), span, parsed.sentence.span, model,
        wording=Phrasing(speaker=parsed.sentence.speaker), sense="ordinal",
    )  # fmt: skip


def _answer(answer: Answer) -> Answer:
    if answer.verdict not in WITHHELD:
        return answer
    reason = f"the record does not show the order in which they signed; {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, requires=None, right=(), settles="the days of signing")
