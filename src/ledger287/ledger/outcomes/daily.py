"""People held by day, nationwide or in a state, from two compilations of ICE's records; never as one series.

What enters: two days, and a state or none. What leaves: the counts of each day, each with its source. The older
compilation is left out before fiscal year 2012, where it is incomplete; of a state both have one count only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from ledger287.ledger.outcomes import store
from ledger287.sources.outcomes.counts.facility_days import DDP, UWCHR

SOURCES = {
    DDP: "Deportation Data Project, facility by day, October 2022 to March 2026",
    UWCHR: "University of Washington Center for Human Rights, facility by day, 2005 to January 2024",
}
FILES = {DDP: "ddp_facilities_daily_population", UWCHR: "uwchr_headcount"}
INCOMPLETE_BEFORE = date(2011, 10, 1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """The people held on one day: at any time of it, at midnight, and those of them convicted, where counted."""

    day: date
    held: int
    midnight: int | None
    convicted: int | None
    source: str


def day_counts(first: date, last: date, state: str | None = None) -> Iterator[DayCount]:
    """The counts of every day between two, both included, the newer compilation first."""
    for source in (DDP, UWCHR):
        for one in _counts(store.folder(), source, state):
            if first <= one.day <= last and (source == DDP or one.day >= INCOMPLETE_BEFORE):
                yield one


@cache
def _counts(_: Path, source: str, state: str | None) -> tuple[DayCount, ...]:
    if state is None:
        frame = store.table("nation_days").filter(pl.col("source") == source)
        rows = frame.select("day", "held", "midnight", "convicted").iter_rows()
        return tuple(DayCount(day, held, midnight, convicted, source) for day, held, midnight, convicted in rows)
    frame = store.table("state_days").filter(
        (pl.col("source").cast(pl.String) == source) & (pl.col("state").cast(pl.String) == state)
    )
    return tuple(DayCount(day, held, None, None, source) for day, held in frame.select("day", "held").iter_rows())
