"""Dated figures, pages and rosters as what a claim is held against, where ICE's lists do not reach.

What enters: a subject, a number and a day, or a count claim on a time before the lists. What leaves: the figures that
bear on it, those that fit first, and counts of pages and rosters. Promise: a figure is what its source says; none is
chosen over another, and none is made.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from ledger287.core import declared
from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.index import under
from ledger287.ledger.query.before.past import Past
from ledger287.sources.figures.model import PublishedFigure as Stated
from ledger287.sources.figures.reading import figures

ABOUT = 0.05
"""How far a figure that its own source gives as about may be from the claim."""
OPEN = ("over", "least", "below", "most", "upto")
"""Hedges that bound one side only: any larger figure would fit "more than", so a figure must be near the number."""
COUNTED = ("agreements", "agencies", "partnerships")
"""Things whose number a published count of the program gives."""
NEAR = timedelta(days=62)
"""How far from the days meant a page or a published count may be."""


def figures_for(
    kind: Collection[str] = (), subject: Collection[str] = (), value: Figure | None = None, when: date | None = None
) -> tuple[Stated, ...]:
    """The figures of some kinds and subjects, those that fit a value first, then those nearest to a day.

    An empty ``kind`` or ``subject`` is any. What became known only after ``when`` is left out, unless nothing else is.
    """
    found = [one for one in figures() if (not kind or one.kind in kind) and (not subject or one.subject in subject)]
    known = [one for one in found if when is None or one.known_on <= when] or found
    return tuple(
        sorted(
            known,
            key=lambda one: (
                value is not None and not fits(value, one),
                abs((one.as_of - when).days) if when else 0,
                one.as_of,
                one.id,
            ),
        )
    )


def fits(claimed: Figure, stated: Stated) -> bool:
    """Whether a number as written is right for a stated figure, with the hedge and precision of both."""
    if stated.value is None:
        return False
    if claimed.rule in OPEN:
        return abs(float(stated.value) - claimed.value) <= ABOUT * claimed.value
    low, high = float(stated.value), float(stated.high if stated.high is not None else stated.value)
    if claimed.right_for(low) or claimed.value in (low, high) or low <= claimed.value <= high:
        return True
    return stated.precision == "about" and abs(claimed.value - low) <= ABOUT * low


def largest(some: Sequence[Stated]) -> Decimal | None:
    """The largest value of some figures."""
    return max((one.value for one in some if one.value is not None), default=None)


@dataclass(frozen=True, slots=True)
class ThenCount:
    """What a page or roster gives of what a claim counts."""

    value: int
    day: date
    file: str
    grade: str
    publisher: str = "ICE"


def counts_then(past: Past, claim: Claim, window: Days) -> list[ThenCount]:
    """What the pages and rosters within a time, or nearest before and after it, give of what a claim counts."""
    known = [one for one in past.rosters if one.as_of <= past.pages_end]
    inside = [one for one in known if window.first <= one.as_of <= window.last]
    before = [one for one in known if one.as_of < window.first and window.first - one.as_of <= NEAR][-1:]
    after = [one for one in known if one.as_of > window.last and one.as_of - window.last <= NEAR][:1]
    chosen = inside or [*before, *after]
    found = []
    for one in [*before, *inside] if inside else chosen:
        grade = str(one.ref.get("grade", "list"))
        value = None if claim.model == "HYB" and grade == "list" else _counted(past.rows_on(one), claim)
        if value is not None:
            found.append(ThenCount(value, one.as_of, one.file, grade, str(one.ref.get("publisher", "ICE"))))
    return found


def limits_then(past: Past, claim: Claim, window: Days) -> tuple[float, float]:
    """The least and the most that a count may have been within a time: by the pages next to it, before and after.

    Between the last page and the first list, and before the first roster, there is no such limit.
    """
    days = [one.as_of for one in past.rosters]
    begin = max(bisect_right(days, window.first) - 1, 0)
    end = min(bisect_left(days, window.last), len(days) - 1)
    values = [_counted(past.rows_on(one), claim) for one in past.rosters[begin : end + 1]]
    known = [float(one) for one in values if one is not None]
    early, late = window.first < days[0], window.last > past.pages_end
    return (0 if early or late or not known else min(known), math.inf if late or not known else max(known))


def _counted(rows: pl.DataFrame, claim: Claim) -> int | None:
    if claim.where.states:
        rows = rows.filter(pl.col("state").is_in(list(claim.where.states)))
    if claim.model:
        if rows["model"].null_count() == rows.height:
            return None
        models = [one for one in rows["model"].unique() if one and under(claim.model, one)]
        rows = rows.filter(pl.col("model").is_in(models))
    if claim.unit in ("agreements", "partnerships"):
        return rows.height
    if claim.unit == "agencies":
        return int(rows["agency_id"].n_unique())
    if claim.unit == "states":
        states = {code.code for code in declared.states()}
        return len(set(rows["state"]) & states)
    return None


def published_then(claim: Claim, window: Days) -> list[tuple[Stated, float]]:
    """The counts published of days within a time or near it, each with its value for what the claim counts."""
    found = []
    for one in figures_for(("count",), ("287(g) agreements in force",)):
        begins = one.since or one.as_of
        if begins <= window.last + NEAR and one.as_of >= window.first - NEAR and not claim.where.states:
            value = _part(one, claim)
            if value is not None:
                found.append((one, value))
    return found


def _part(one: Stated, claim: Claim) -> float | None:
    if claim.model:
        return float(one.parts[claim.model]) if claim.model in one.parts else None
    if claim.unit == "states":
        return float(one.parts["states"]) if "states" in one.parts else None
    return float(one.value) if one.value is not None and claim.unit in COUNTED else None
