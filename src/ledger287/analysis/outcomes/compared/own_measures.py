"""ICE's two national figures against the daily counts: averages of months, and snapshots of a day, month by month.

What enters: the shipped values of ICE's workbooks, the snapshots of people held, and the daily counts of the nation.
What leaves: for each month the average that ICE printed last, the means of the daily counts, and how far they are
apart; for each snapshot the counts at midnight before its day and of it; and by how much new figures of months that had
ended move the average of the days between two workbooks. Promise: nothing is assumed of facilities, so that a
difference here cannot come from how facilities are joined.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

import polars as pl

from ledger287.ledger.outcomes import held, store
from ledger287.sources.outcomes.counts.facility_days import DDP

FISCAL = re.compile(r"FY\s?(20\d\d)")
MONTHS = ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
SAYS = (
    "ICE's averages of months and its snapshots of days both count more people in all facilities together than the "
    "daily counts have at midnight, and the averages more than the snapshots. No join of facilities has a part in it. "
    "Who they are, and how an average is counted, ICE's workbooks do not say."
)


@dataclass(frozen=True, slots=True)
class PrintedAverage:
    """An average of a month as one workbook prints it, with the day to which that workbook's averages run."""

    month: date
    average: float
    file: str
    cell: str
    through: date


def own_measures() -> dict[str, Any]:
    """ICE's averages of months and its snapshots of days, each against the daily counts of the nation, for JSON."""
    nation = store.table("nation_days").filter(pl.col("source").cast(pl.String) == DDP)
    days = {day: (midnight, present) for day, midnight, present in nation.select("day", "midnight", "held").rows()}
    printed = sorted(_printed(), key=lambda one: (one.month, one.through))
    months = [row for one in _last(printed) if (row := _month(one, days))]
    snapshots = [
        {"day": one.as_of, "people": people, "midnight_before": days[before][0], "midnight": days[one.as_of][0]}
        for one in held.series(min(days), max(days))
        if (before := one.as_of - timedelta(days=1)) in days
        and one.as_of in days
        and (people := one.number("total")) is not None
    ]
    apart = [row["people"] / row["midnight_before"] - 1 for row in snapshots]
    above = [row["average"] / row["midnight"] - 1 for row in months]
    more = [round(row["average"] - row["midnight"]) for row in months]
    own_day = [row["people"] / row["midnight"] - 1 for row in snapshots]
    revised = list(_revised(printed, min(days)))
    return {
        "months": months,
        "snapshots": snapshots,
        "averages_above_midnight": {
            "months": len(above), "least": _share(min(above)), "median": _share(median(above)),
            "most": _share(max(above)), "people_first": more[0], "people_last": more[-1],
            "below_everybody": sum(row["average"] < row["held"] for row in months),
        },
        "snapshots_above_midnight_before": {
            "snapshots": len(apart), "median": _share(median(apart)), "above": sum(one > 0 for one in apart),
            "median_above_midnight_of_the_day": _share(median(own_day)),
        },
        "revised_between_workbooks": {
            "intervals": len(revised), "median_people": round(median(people for people, _ in revised), 1),
            "median_share": _share(median(share for _, share in revised)),
            "most_share": _share(max(share for _, share in revised)),
        },
        "says": SAYS,
    }  # fmt: skip


def _share(number: float) -> float:
    return round(number, 5)


def _printed() -> Iterator[PrintedAverage]:
    """Every average of a month that a workbook prints for all people held."""
    through = dict(store.table("held").select(pl.col("file").cast(pl.String), "through").drop_nulls().iter_rows())
    text = pl.col("file", "kind", "row", "column", "title").cast(pl.String)
    values = store.table("values").with_columns(text)
    chosen = values.filter((pl.col("kind") == "population_by_agency") & (pl.col("row") == "Average"))
    for row in chosen.iter_rows(named=True):
        fiscal, name = FISCAL.search(row["title"]), row["column"].strip()[:3].title()
        last = through.get(row["file"])
        if fiscal and last and name in MONTHS and row["value"]:
            at = MONTHS.index(name)
            month = date(int(fiscal.group(1)) - (at < 3), (at + 9) % 12 + 1, 1)
            yield PrintedAverage(month, row["value"], row["file"], row["cell"], last)


def _end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _last(printed: list[PrintedAverage]) -> list[PrintedAverage]:
    """Of each month that its workbook covers to the end: as the last workbook of the fiscal year prints it."""
    found = {one.month: one for one in printed if one.through >= _end(one.month)}
    return list(found.values())


def _month(one: PrintedAverage, days: dict[date, tuple[int, int]]) -> dict[str, Any] | None:
    """A month's average with the means of the daily counts; None where they do not reach all of it."""
    end = _end(one.month)
    inside = [days[day] for n in range(end.day) if (day := one.month + timedelta(days=n)) in days]
    if len(inside) < end.day:
        return None
    midnight, present = (round(sum(pair[at] for pair in inside) / end.day, 2) for at in (0, 1))
    average = round(one.average, 2)
    return {
        "month": one.month, "average": average, "midnight": midnight, "held": present, "file": one.file,
        "cell": one.cell,
    }  # fmt: skip


def _revised(printed: list[PrintedAverage], since: date) -> Iterator[tuple[float, float]]:
    """Between two workbooks in a row of a fiscal year: people a day by which new figures of months that had ended move
    the average of the days between them, and that as a share of the newest month."""
    books: dict[tuple[date, str], dict[date, PrintedAverage]] = {}
    for one in printed:
        books.setdefault((one.through, one.file), {})[one.month] = one
    for former_key, later_key in itertools.pairwise(sorted(books)):
        former, later, day, next_day = books[former_key], books[later_key], former_key[0], later_key[0]
        ended = [month for month in former if month in later and _end(month) <= day]
        if ended and next_day > day >= since:
            moved = sum((later[month].average - former[month].average) * _end(month).day for month in ended)
            people = abs(moved) / (next_day - day).days
            yield people, people / later[max(later)].average
