"""The answers "cannot tell" and "not in the record": what the sentence or the record leaves open.

What enters: a claim with its plain reading and what that gives. What leaves: an ``Answer`` that says what would settle
it. Promise: nothing here supports or contradicts a figure.
"""

from collections.abc import Sequence

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.evaluating import points
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.measures import Point, Reading
from ledger287.factcheck.measures.readings import HAPPENING, ClaimDays, compares_days, name_of, otherwise, rules
from ledger287.factcheck.verdicts.answers import Answer, Evidence, evidence, number, place

HEDGED = ("exact", "about", "under", "justover")
OTHERWISE_FROM = 20
"""Smaller figures are the count of something or other on most days."""

MOST_KEPT = 64
"""Readings whose values in each state are kept."""


def closest_of(found: Sequence[Point], figure: Figure) -> Point:
    return min(reversed(found), key=lambda point: abs(point.value - figure.value))


def point_to_show(plain: Reading, found: Sequence[Point], figure: Figure) -> Point:
    """What the record gave on the day that is meant, by its newest list; over a longer time, what comes nearest."""
    of_a_day = (1, rules()["now"]["days"] + 1)
    on_lists = plain.measure.evaluator not in HAPPENING
    if on_lists and len(plain.windows) == 1 and plain.windows[0].length in of_a_day:
        return found[-1]
    return closest_of(found, figure)


def without_points(claim: Claim, meaning: str, plain: Reading, index: Index) -> Answer:
    if claim.shape in ("gap", "times"):
        return Answer(
            claim, "cannot_tell", meaning, "the sentence does not say which two states are compared.",
            measure=plain.measure.id, settles="the two states",
        )  # fmt: skip
    if claim.shape == "rank" and claim.sense != "rank_growth":
        return Answer(
            claim, "contradicted", meaning, "the state had no agreement then.", measure=plain.measure.id
        )  # fmt: skip
    if compares_days(claim):
        return Answer(
            claim,
            "cannot_tell",
            meaning,
            "the sentence does not say since when, or the record does not go back that far.",
            measure=plain.measure.id,
            settles="the day to compare with",
        )
    first, last = index.pending_lists[0].day, index.pending_lists[-1].day
    return Answer(
        claim,
        "not_in_record",
        meaning,
        f"the record has no pending list of that time; its pending lists are of {brief(first)} to {brief(last)}.",
        measure=plain.measure.id,
        settles="ICE's pending list of that day",
    )


def may_be_elsewhere(claim: Claim, figure: Figure, found: Sequence[Point]) -> bool:
    """Whether a figure may be of one place that the sentence does not name."""
    if (
        claim.where.known
        or claim.where.states
        or claim.shape not in ("count", "signed")
        or claim.unit in ("states", "territories", "states_and_territories")
    ):
        return False
    return bool(found) and figure.value < rules()["scale"]["share"] * min(point.value for point in found)


def unplaced(claim: Claim, figure: Figure, plain: Reading, found: list[Point], meaning: str, index: Index) -> Answer:
    """The abstention for a place that is not stated, with the states in which the figure is right."""
    fits = [
        name_of(state) for state, values in _values_by_state(plain, index).items() if any(map(figure.right_for, values))
    ]
    closest = point_to_show(plain, found, figure)
    where = (
        f"right then for {', '.join(fits[:6])}{' and others' if len(fits) > 6 else ''}"
        if fits
        else "not right then for any single state"
    )
    reason = f"the sentence does not say where; {place(())} the record gives {number(closest.value)}; {where}."
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        reason,
        (evidence(plain, closest, figure.value),),
        measure=plain.measure.id,
        settles="the place that is meant",
    )


def fits_somewhere(plain: Reading, figure: Figure, index: Index) -> bool:
    """Whether a figure is right of any single state then."""
    return any(any(map(figure.right_for, values)) for values in _values_by_state(plain, index).values())


def _values_by_state(plain: Reading, index: Index) -> dict[str, tuple[float, ...]]:
    """The different values that a reading has in each state, made once for all the figures that need it."""
    kept: dict[object, dict[str, tuple[float, ...]]] = index.kept.setdefault("values by state", {})
    key = (plain.measure.id, plain.scope.model, plain.scope.kind, plain.windows)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = {}
        for state in sorted(index.states):
            scope = Scope((state,), plain.scope.model, plain.scope.kind)
            there = points(Reading(plain.measure, scope, plain.windows), index)
            kept[key][state] = tuple(sorted({point.value for point in there}))
    return kept[key]


def otherwise_right(
    claim: Claim, figure: Figure, when: ClaimDays, published: Days | None, index: Index
) -> Evidence | None:
    """Another thing of which the figure is exactly right, where it is large enough for that to be no chance."""
    enough = OTHERWISE_FROM if figure.rule == "exact" else 5 * OTHERWISE_FROM
    if claim.shape not in ("count", "signed", "left") or figure.rule not in HEDGED or figure.value < enough:
        return None
    for reading in otherwise(claim, when, published, index):
        for point in points(reading, index):
            if point.value == figure.value or (figure.rule != "exact" and figure.right_for(point.value)):
                return evidence(reading, point, figure.value)
    return None


def between_lists(claim: Claim, figure: Figure, plain: Reading, one: Point, other: Point, meaning: str) -> Answer:
    """The abstention for a figure that is between two consecutive lists."""
    days = [brief(point.listed.day) if point.listed else "" for point in (one, other)]
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        f"{figure.said} is between {number(one.value)} on the list of {days[0]} and {number(other.value)} on the next, "
        f"of {days[1]}; what was right in between is not in the record.",
        (evidence(plain, one, figure.value), evidence(plain, other, figure.value)),
        measure=plain.measure.id,
        settles="a list of a day in between",
    )


def may_mean(
    claim: Claim, figure: Figure, plain: Reading, found: Sequence[Point], meaning: str, other: Evidence
) -> Answer:
    """The abstention for a figure that is right of another thing."""
    closest = point_to_show(plain, found, figure)
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        f"as it was read, the record gives {number(closest.value)}; but {other.sentence}, and the sentence may "
        "mean that.",
        (other, evidence(plain, closest, figure.value)),
        measure=plain.measure.id,
        settles="what was counted",
    )


def not_understood(claim: Claim, figure: Figure, plain: Reading, found: Sequence[Point], meaning: str) -> Answer:
    """The abstention for a word that narrows or dates the figure and is not understood."""
    closest = point_to_show(plain, found, figure)
    if claim.wording.qualified:
        why = f'"{claim.wording.qualified}" narrows what is counted in a way that the record does not show; without it'
    elif claim.wording.vague:
        why = f'"{claim.wording.vague}" refers to a time that is not understood; for the article\'s day'
    else:
        why = f"{claim.wording.unsure}; as it was read"
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        f"{why} the record gives {number(closest.value)}.",
        (evidence(plain, closest, figure.value),),
        measure=plain.measure.id,
        settles="the list of what the writer counted" if claim.wording.qualified else "the day that is meant",
    )
