"""Figures of a text that follow from other figures of the same text.

What enters: a claim and the claims of its text. What leaves: an answer, ``arithmetic holds`` or ``fails``,
where the text itself gives what the figure follows from; None where it does not. Promise: only figures written
in the text, in the sentence or near it, are used, and the calculation is shown.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from ledger287.factcheck.extract.model import Claim, Figure, Span
from ledger287.factcheck.verdicts.answering import cut_off
from ledger287.factcheck.verdicts.answers import Answer, number

A_YEAR = {"day": 365.0, "week": 365 / 7, "month": 12.0, "year": 1.0}
COUNTED = ("agreements", "partnerships", "agencies", "sheriffs", "police", "jurisdictions")
WHICH = "which figures are meant"
ADDED_UP = "the share is of the figures of these states added up"
AROUND = 24
"""How many counts on either side of a growth without its own figures are tried as what it follows from."""


def follows(claim: Claim, text: "Figures") -> Answer | None:
    """The arithmetic of one claim within its text."""
    if claim.figure is None:
        return None
    if claim.shape in ("growth", "multiple"):
        return _grown(claim, text)
    if claim.shape == "share":
        return _shared(claim, text)
    if claim.per:
        return _rated(claim, text)
    return None


def _same_sentence(claim: Claim, text: "Figures") -> list[Claim]:
    return [other for other in text.sentences[claim.sentence] if other is not claim and other.figure]


def _counts(claims: Iterable[Claim]) -> list[Claim]:
    return [one for one in claims if one.shape == "count" and one.unit in COUNTED and not one.pending]


class Figures:
    """The claims of a text, by sentence, and its counts in their order."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.sentences: dict[Span, list[Claim]] = defaultdict(list)
        for claim in claims:
            self.sentences[claim.sentence].append(claim)
        self.counts = sorted(_counts(claims), key=lambda claim: claim.span.start)
        self.spots = [claim.span.start for claim in self.counts]

    def around(self, claim: Claim) -> list[Claim]:
        """The counts nearest to a claim, a number of them before it and a number after it."""
        at = bisect_left(self.spots, claim.span.start)
        return self.counts[max(at - AROUND, 0) : at + AROUND]


def _pairs(claim: Claim, text: Figures) -> tuple[list[tuple[Claim, Claim]], bool]:
    """From and to: of the same sentence, else of the text around it; and whether they are of the sentence."""
    near = _counts(_same_sentence(claim, text))
    starts = [one for one in near if one.wording.role == "from"]
    ends = [one for one in near if one.wording.role != "from"]
    if starts and ends:
        return [pair for pair in product(starts, ends) if _of_one_place(claim, pair)], True
    every = text.around(claim)
    starts = starts or [
        one for one in every if one.wording.role == "from" and (one.where == claim.where or not one.where.states)
    ]
    ends = ends or [
        one
        for one in every
        if one.wording.role != "from" and one.figure and one.figure.rule == "exact" and not one.where.states
    ]
    return list(product(starts, ends)), False


def _of_one_place(claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether two counts are of no two states, nor of another than a growth that names one."""
    return len({one.where.states for one in (claim, *pair)} - {()}) <= 1


def _grown(claim: Claim, text: Figures) -> Answer | None:
    pairs, own = _pairs(claim, text)
    figure = claim.figure
    if figure is None:
        return None
    tried: list[tuple[float, str]] = []
    for start, end in pairs:
        if not (start.figure and end.figure and start.figure.value):
            continue
        ratio = end.figure.value / start.figure.value
        value = ratio if claim.shape == "multiple" else 100 * (ratio - 1) * (-1 if claim.falls else 1)
        unit = "times" if claim.shape == "multiple" else "%"
        shown = f"from {number(start.figure.value)} to {number(end.figure.value)} is {value:,.1f} {unit}"
        if figure.right_for(value):
            notes = cut_off(figure, value) if unit == "%" else []
            return _holds(claim, shown, notes)
        tried.append((abs(value - figure.value), shown))
    exact = [pair for pair in pairs if pair[1].figure and pair[1].figure.rule == "exact"]
    if own and tried and exact:
        return _fails(claim, min(tried)[1])
    if own and tried:
        other = _elsewhere(claim, text, [start for start, _ in pairs])
        if other:
            return other
        return Answer(
            claim, "cannot_tell", "", f"{min(tried)[1]}, from figures that are not exact.", settles="exact figures"
        )
    return None


def _elsewhere(claim: Claim, text: Figures, starts: Sequence[Claim]) -> Answer | None:
    """The growth from a figure of the sentence to an exact one that the text gives elsewhere."""
    figure = claim.figure
    for end in text.around(claim):
        for start in starts:
            if (
                not (figure and end.figure and start.figure and start.figure.value and end.figure.rule == "exact")
                or end.wording.role == "from"
                or end.where.states
            ):
                continue
            value = 100 * (end.figure.value / start.figure.value - 1)
            if claim.shape == "growth" and figure.right_for(value):
                shown = (
                    f"from {number(start.figure.value)} to {number(end.figure.value)}, which the text gives "
                    f"elsewhere, is {value:,.1f}%"
                )
                return _holds(claim, shown, cut_off(figure, value))
    return None


def _shared(claim: Claim, text: Figures) -> Answer | None:
    """A share whose part and total are in the sentence: 4 of 12 as "one third"."""
    near = [one for one in _same_sentence(claim, text) if one.shape == "count" and one.unit == claim.unit]
    parts = [
        one for one in near if one.where.states and one.span.start < claim.span.start and one.wording.role != "from"
    ]
    wholes = [one for one in near if not one.where.states and one.span.start > claim.span.start]
    figure = claim.figure
    if claim.parts and figure:
        return _of_parts(claim, figure, text)
    if not (parts and wholes) and not claim.where.states and not claim.model:
        parts, wholes = _part_and_whole(claim, text)
    if not (parts and wholes and figure and parts[-1].figure and wholes[0].figure and wholes[0].figure.value):
        return None
    value = 100 * parts[-1].figure.value / wholes[0].figure.value
    shown = f"{number(parts[-1].figure.value)} of {number(wholes[0].figure.value)} is {value:.1f}%"
    if figure.right_for(value):
        return _holds(claim, shown, [])
    others = [one.figure.value for one in parts[:-1] if one.figure]
    total = wholes[0].figure.value
    if any(figure.right_for(100 * one / total) for one in (*others, sum(others) + parts[-1].figure.value)):
        return Answer(
            claim, "cannot_tell", "it follows from figures of the text",
            f"{shown}; of another figure of the sentence, or of several, it is right.", settles=WHICH,
            measure="arithmetic",
        )  # fmt: skip
    return _fails(claim, shown)


def _of_parts(claim: Claim, figure: Figure, text: Figures) -> Answer | None:
    """A share of counts that the sentence gives, one or several together, of the count behind it."""
    behind = (one.figure for one in _same_sentence(claim, text) if one.span.start > claim.span.start)
    whole = next(behind, None)
    if whole is None or not whole.value:
        return None
    total = sum(one.value for one in claim.parts)
    value = 100 * total / whole.value
    shown = f"{number(total)} of {number(whole.value)} is {value:.1f}%"
    notes = [ADDED_UP] if len(claim.parts) > 1 else []
    if any(one.rule != "exact" for one in (*claim.parts, whole)) and not figure.right_for(value):
        return None
    if figure.right_for(value):
        return _holds(claim, shown, notes)
    return replace(_fails(claim, shown), notes=tuple(notes))


def _part_and_whole(claim: Claim, text: Figures) -> tuple[list[Claim], list[Claim]]:
    """``Of 900 agreements, 100 were signed since May, about a quarter``: the two counts before the share."""
    before = [one for one in _same_sentence(claim, text) if one.shape in ("count", "signed") and one.unit == claim.unit
              and one.span.start < claim.span.start and one.figure and one.figure.rule == "exact"]  # fmt: skip
    if len(before) != 2 or not before[0].figure or not before[1].figure:
        return [], []
    whole, part = before
    return ([part], [whole]) if before[0].figure.value > before[1].figure.value else ([], [])


def _rated(claim: Claim, text: Figures) -> Answer | None:
    figure = claim.figure
    near = [one for one in _same_sentence(claim, text) if one.figure]
    if figure is None:
        return None
    if claim.unit == "duration":
        return _lasting(claim, near)
    others = [one for one in near if one.per and one.per != claim.per and one.unit != "duration"]
    for other in others:
        if other.figure and other.per and claim.per:
            value = other.figure.value * A_YEAR[other.per] / A_YEAR[claim.per]
            shown = f"{number(other.figure.value)} a {other.per} is {number(round(value))} a {claim.per}"
            step = max(figure.value * 0.02, figure.high - figure.value if figure.rule == "exact" else 0)
            good = figure.right_for(value) or abs(value - figure.value) <= step
            return _holds(claim, shown, []) if good else _fails(claim, shown)
    return None


def _lasting(claim: Claim, near: Sequence[Claim]) -> Answer | None:
    """Whether a number of years is enough for a total at a rate a year."""
    rates = [one for one in near if one.per == "year" and one.figure and one.unit != "duration"]
    totals = [one for one in near if one.figure and not one.per and one.figure.value >= 1000]
    if not rates or not totals or claim.figure is None:
        return None
    rate, total = rates[0].figure, max((one.figure for one in totals if one.figure), key=lambda figure: figure.value)
    if rate is None or not rate.value:
        return None
    years = total.value / rate.value
    shown = f"{number(total.value)} at {number(rate.value)} a year is {number(round(years, 1))} years"
    enough = claim.figure.value >= years
    if claim.sense == "not enough":
        return _fails(claim, shown) if enough else _holds(claim, f"{shown}, more than {claim.figure.said}", [])
    return (
        _holds(claim, shown, []) if abs(years - claim.figure.value) <= max(0.5, 0.1 * years) else _fails(claim, shown)
    )


def _holds(claim: Claim, shown: str, notes: Sequence[str]) -> Answer:
    return Answer(
        claim,
        "arithmetic_holds",
        "it follows from figures of the text",
        f"{shown}.",
        notes=tuple(notes),
        measure="arithmetic",
    )


def _fails(claim: Claim, shown: str) -> Answer:
    return Answer(
        claim,
        "arithmetic_fails",
        "it follows from figures of the text",
        f"{shown}, not {claim.figure.said if claim.figure else ''}.",
        measure="arithmetic",
    )


def sums(claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    """Where a text lists all three models: what they add up to, compared with the total written just before."""
    for place in range(len(claims)):
        run = claims[place : place + 3]
        if {one.model for one in run} != {"JEM", "WSO", "TFM"} or not all(
            one.figure and one.shape == "count" for one in run
        ):
            continue
        total = sum(one.figure.value for one in run if one.figure)
        ahead = (claims[at] for at in range(place - 1, -1, -1))
        before = next((one for one in ahead if one.shape == "count" and not one.model and one.figure), None)
        if before and before.figure:
            same = "as" if before.figure.right_for(total) else "not the"
            yield (
                place,
                f"the three models add up to {number(total)}, {same} {before.figure.said} of {before.unit} "
                f"written before",
            )
