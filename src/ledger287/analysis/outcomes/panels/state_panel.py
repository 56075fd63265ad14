"""Agreements in force by state and month, with the counts that are published by state: a table, never a cause.

What enters: a record, and the first and last month. What leaves: one row per state and month, with a codebook. Here,
unlike in the panel of counties, statewide agencies count, and so do the daily arrests of five states: a count of a
state is never divided among its counties. What is not known is null, never 0; a count of persons under 5 is withheld.
"""

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.panels.county_panel import (
    COUNTED,
    Progress,
    agreements,
    fiscal_year,
    in_force,
    months_between,
)
from ledger287.ledger.outcomes import added, identified, store
from ledger287.ledger.outcomes.flows import REASON_TAKEN, state_code
from ledger287.places.atlas import Atlas
from ledger287.sources.outcomes.counts.counted import SMALLEST
from ledger287.sources.outcomes.counts.facility_days import DDP

CODEBOOK = {
    "state": "postal code of the state or territory",
    "month": "first day of the month",
    "jem, wso, tfm": "agreements in force at the end of the month, by model, statewide agencies among them; null "
    "before January 2021, when the lists begin",
    "agencies": "agencies with an agreement in force at the end of the month; null before January 2021",
    "agreements_end, agreements_any_day, agreements_all_days": "agreements in force at the end of the month, on any "
    "day of it, on every day of it; null before January 2021",
    "days": "days of the month on which an agency of the state had an agreement in force; null before January 2021",
    "detained_any_time": "mean number of people there at any time of a day in facilities of the state (Deportation "
    "Data Project); null outside October 2022 to March 2026",
    "arrests_daily": "sum of the daily arrests that one compilation has of five states (Illinois, Minnesota, Oregon, "
    "Texas, Wisconsin), where it has a count for every day of the month; null elsewhere, and under 5",
    "arrests_daily_days": "days of the month for which that compilation has a count; a day without one is not 0",
    "arrests_added": "arrests in the state by the file that was added (outcomes add), without rows flagged as "
    "duplicates; null where none was added, it does not reach the month, or there are fewer than 5",
    "arrests_added_days": "days of the month on which that file has an arrest anywhere",
    "detainers": "detainers prepared (Pennsylvania, October 2007 to July 2015; Minnesota, October 2022 on); null "
    "elsewhere",
    "detainers_taken": "those of them followed by booking into detention (Pennsylvania alone)",
    "identified, removed": "people whom the state's agencies identified and had removed in the fiscal year of the "
    "month (ICE, fiscal years 2006 to 2013); null in other years",
}
Cell = tuple[str, date]


def state_panel(ledger: Atlas, first: date, last: date, progress: Progress | None = None) -> pl.DataFrame:
    """The panel of states for the months from one day's to another's. Raises Refused for no or too many months."""
    months = months_between(first, last)
    force = in_force(ledger, months, lambda place: (place.state,), progress)
    listed_from = ledger.history.days[0].replace(day=1)
    held, daily, detainers, people = _held(), _daily(), _detainers(), _identified()
    new, reached = _added(), added.arrests_days()
    every = {*force, *held, *daily, *detainers, *new}
    keys = {(state, month) for state, month in every if months[0] <= month <= months[-1]}
    keys |= {(state, month) for state, year in people for month in months if fiscal_year(month) == year}
    rows: list[dict[str, Any]] = []
    for state, month in sorted(keys):
        counts, days = daily.get((state, month), (None, None))
        prepared, taken = detainers.get((state, month), (None, None))
        found, removed = people.get((state, fiscal_year(month)), (None, None))
        rows.append(
            {
                "state": state,
                "month": month,
                **(agreements(force.get((state, month))) if month >= listed_from else dict.fromkeys(COUNTED)),
                "detained_any_time": held.get((state, month)),
                "arrests_daily": counts,
                "arrests_daily_days": days,
                "arrests_added": new.get((state, month)),
                "arrests_added_days": reached.get(month),
                "detainers": prepared,
                "detainers_taken": taken,
                "identified": found,
                "removed": removed,
            }
        )
    numbers = ("arrests_daily", "arrests_daily_days", "arrests_added", "arrests_added_days", "detainers",
               "detainers_taken", "identified", "removed")  # fmt: skip
    schema = {"month": pl.Date, "detained_any_time": pl.Float64, **dict.fromkeys((*COUNTED, *numbers), pl.Int64)}
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)


def _held() -> dict[Cell, float]:
    """By state and month: the mean number of people there at any time of a day."""
    frame = store.table("state_days").with_columns(pl.col("source", "state").cast(pl.String))
    months = (
        frame.filter(pl.col("source") == DDP)
        .group_by("state", pl.col("day").dt.truncate("1mo").alias("month"))
        .agg(pl.col("held").sum())
    )
    reached = store.table("nation_days").filter(pl.col("source") == DDP)
    days = dict(reached.group_by(pl.col("day").dt.truncate("1mo")).agg(pl.len()).iter_rows())
    return {(state, month): round(people / days[month], 2) for state, month, people in months.iter_rows()}


def _daily() -> dict[Cell, tuple[int | None, int]]:
    """By state and month: the sum of a month whose every day has a count, and the days that have one."""
    frame = store.table("arrests_daily").group_by("state", pl.col("day").dt.truncate("1mo").alias("month"))
    cells: dict[Cell, tuple[int | None, int]] = {}
    for state, month, arrests, days, all_days in frame.agg(
        pl.col("arrests").sum(), pl.len(), pl.col("day").first().dt.month_end().dt.day().alias("all_days")
    ).iter_rows():
        cells[state_code(state), month] = (arrests if days == all_days and arrests >= SMALLEST else None, days)
    return cells


def _added() -> dict[Cell, int]:
    """By state and month: arrests of the file that was added, those under 5 left out."""
    frame = added.arrests_by_state_month()
    return {} if frame is None else {(state, month): n for state, month, n in frame.iter_rows() if n >= SMALLEST}


def _detainers() -> dict[Cell, tuple[int, int | None]]:
    """By state and month: detainers prepared, and those followed by booking into detention."""
    reasons = store.table("detainers_by_reason").drop_nulls("month")
    count = pl.col("detainers")
    own = reasons.group_by("month").agg(count.sum(), taken=count.filter(pl.col("reason") == REASON_TAKEN).sum())
    cells: dict[Cell, tuple[int, int | None]] = {("PA", month): (all_, taken) for month, all_, taken in own.iter_rows()}
    return cells | {("MN", month): (all_, None) for month, all_ in store.table("detainers_minnesota").iter_rows()}


def _identified() -> dict[tuple[str, int], tuple[int | None, int | None]]:
    """By state and fiscal year: the sums of its agencies' people identified and removed."""
    sums: dict[tuple[str, int], list[list[int]]] = defaultdict(lambda: [[], []])
    for one in identified.agencies():
        for year, pair in one.years.items():
            for place, number in enumerate(pair):
                if number is not None:
                    sums[one.state, year][place].append(number)
    return {key: (sum(f) if f else None, sum(r) if r else None) for key, (f, r) in sums.items() if f or r}
