"""The days between the last page and the first list, seen end to end: what is gone, and what is new, with no day.

What enters: a ledger, a span of days, a state and a model. What leaves: a ``Gap`` where the span reaches into those
days, else None. Promise: no change of these days is dated; what is gone or new is known only by comparing both ends.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ledger287.ledger.query.parameters import read_model_ever, read_state

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


@dataclass(frozen=True, slots=True)
class InGap:
    """An agreement that one end has and the other lacks."""

    agreement_id: str
    agency_id: str
    agency: str
    state: str
    model: str | None
    signed: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap: the last day with a page, the day of the first list, and the agreements of one end only.

    ``renewed`` are those of the first list whose agency had another of that model on the last page.
    """

    after: date
    before: date
    both: int
    renewed: tuple[InGap, ...]
    gone: tuple[InGap, ...]
    new: tuple[InGap, ...]


def gap_between(
    ledger: "Ledger",
    since: date,
    until: date,
    state: str | None = None,
    model: str | None = None,
    *,
    known_on: date | None = None,
) -> Gap | None:
    """The gap of 2017 to 2021, where a span of days reaches into it and both its ends were known; else None."""
    past = ledger.past
    if past is None or (known_on is not None and known_on < past.first_list.day):
        return None
    pages = [one for one in past.rosters if one.as_of <= past.pages_end]
    last, first = pages[-1], past.first_list
    if until <= last.as_of or since >= first.day:
        return None
    before, after = past.rows_on(last), ledger.as_of(first.day)
    for name, wanted in (("state", read_state(state)), ("model", read_model_ever(model))):
        if wanted:
            before, after = (frame.filter(pl.col(name) == wanted) for frame in (before, after))
    old, late = _those(before), _those(after)
    ids = {one.agreement_id for one in old} & {one.agreement_id for one in late}
    pairs = {(one.agency_id, one.model) for one in old} & {(one.agency_id, one.model) for one in late}
    return Gap(
        last.as_of,
        first.day,
        len(ids),
        tuple(one for one in late if one.agreement_id not in ids and (one.agency_id, one.model) in pairs),
        tuple(one for one in old if one.agreement_id not in ids and (one.agency_id, one.model) not in pairs),
        tuple(one for one in late if one.agreement_id not in ids and (one.agency_id, one.model) not in pairs),
    )


def _those(frame: pl.DataFrame) -> list[InGap]:
    columns = ("agreement_id", "agency_id", "agency", "state", "model", "signed")
    chosen = frame.unique("agreement_id", keep="first").select(columns).sort("state", "agency", "model")
    return [InGap(*row) for row in chosen.iter_rows()]
