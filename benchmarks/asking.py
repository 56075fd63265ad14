"""(c) Questions to an open record, in process, compared with a pandas filter over the flat rows.

The flat rows are what a user would have instead: every countable row of every accepted participating list, with its
list's publication time, in one DataFrame in memory. The filter finds the newest list published by the end of the day,
and takes its rows. ``indexed`` is a careful user's: the number of the list is looked up among the sorted publication
times first. The limit takes the answer's rows out of a polars table by positions known in advance.

Each day is that of a participating list drawn at random (seeded), or one of the six after it: so most fall where most
lists do, and the answers are as large as they are today. On each day every way is timed once, in turn, and the answers
must be equal: the rows of the filter are those that ``as_of`` counts.
"""

import random
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

import ledger287
from benchmarks.measuring import Failed
from ledger287.core.time import day_of, end_of_day
from ledger287.ledger.store.folder import Stored

AS_OF = "as_of(on)"
KNOWN_ON = "as_of(on, known_on)"
DUCKDB = 'as_of(on, engine="duckdb"), executed'
DUCKDB_ROWS = 'as_of(on, engine="duckdb"), fetched'
STATUS = "status(on)"
FILTER = "pandas filter"
INDEXED = "pandas filter, indexed"
LIMIT = "limit: rows by known places"

FLAT = (
    "list",
    "published_at",
    "agency_id",
    "agency_printed",
    "state",
    "county",
    "type",
    "model",
    "signed",
    "moa",
    "moa_awaited",
    "addendum",
)


def flat_rows(stored: Stored) -> pl.DataFrame:
    """Every countable row of every accepted participating list."""
    lists = stored.read("lists").filter(pl.col("accepted"), pl.col("kind") == "participating")
    return (
        stored.read("rows")
        .join(lists.select("list", "published_at"), on="list")
        .join(stored.read("prints").filter(pl.col("agency_id").is_not_null()), on="print")
        .sort("list", "row")
        .select(FLAT)
    )


def in_pandas(rows: pl.DataFrame) -> pd.DataFrame:
    """The same rows in pandas, with its own types."""
    frame = pd.DataFrame(rows.to_dict(as_series=False))
    return frame.astype({"published_at": "datetime64[us, UTC]", "signed": "datetime64[us]"})


def days_asked(listed: Sequence[date], number: int) -> list[date]:
    """Days of lists drawn at random, and up to six days after; the same each time."""
    draw = random.Random(287)
    return [draw.choice(listed) + timedelta(days=draw.randrange(7)) for _ in range(number)]


def measure(
    record: Path, stored: Stored, rows: pl.DataFrame, days: int, tell: Callable[[str], None]
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Milliseconds of each way to ask, and of the first question of a newly opened record."""
    lists = stored.read("lists").filter(pl.col("accepted"), pl.col("kind") == "participating").sort("list")
    times, numbers = lists["published_at"].to_list(), lists["list"].to_list()
    listed = [day_of(when) for when in times]
    opened = ledger287.open(record)
    first = {
        AS_OF: _milliseconds(lambda: opened.as_of(listed[-1]))[0],
        DUCKDB: _milliseconds(lambda: opened.as_of(listed[-1], engine="duckdb").materialize())[0],
    }
    flat = in_pandas(rows)
    places = dict(rows.with_row_index("place").group_by("list").agg("place").iter_rows())

    def number_of(bound: datetime) -> int:
        return int(numbers[bisect_right(times, bound) - 1])

    def ways(day: date, known_on: date) -> dict[str, Callable[[], Any]]:
        bound = end_of_day(day)
        stamp, known_places = pd.Timestamp(bound), places[number_of(bound)]
        return {
            AS_OF: lambda: opened.as_of(day),
            KNOWN_ON: lambda: opened.as_of(day, known_on=known_on),
            DUCKDB: lambda: opened.as_of(day, engine="duckdb").materialize(),
            DUCKDB_ROWS: lambda: opened.as_of(day, engine="duckdb").fetchall(),
            STATUS: lambda: opened.status(day),
            FILTER: lambda: _filtered(flat, stamp),
            INDEXED: lambda: flat[flat["list"] == number_of(bound)],
            LIMIT: lambda: rows[known_places],
        }

    found: dict[str, list[float]] = {}
    for asked, day in enumerate(days_asked(listed, days)):
        if asked % 50 == 0:
            tell(f"(c) {asked} of {days} days")
        answers = {}
        for name, way in ways(day, min(listed[-1], day + timedelta(days=asked % 60))).items():
            milliseconds, answers[name] = _milliseconds(way)
            found.setdefault(name, []).append(milliseconds)
        _hold_equal(day, answers)
    return found, first


def _filtered(flat: pd.DataFrame, bound: pd.Timestamp) -> pd.DataFrame:
    newest = flat.loc[flat["published_at"] <= bound, "list"].max()
    return flat[flat["list"] == newest]


def _milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    given = work()
    return (time.perf_counter() - began) * 1000, given


def _hold_equal(day: date, answers: dict[str, Any]) -> None:
    """Raises Failed where two ways give another number of rows or agreements."""
    rows: Sequence[int] = [len(answers[FILTER]), len(answers[INDEXED]), len(answers[LIMIT])]
    agreements = [len(answers[AS_OF]), len(answers[DUCKDB_ROWS]), answers[STATUS].agreements]
    printed = int(answers[AS_OF]["times"].sum())
    if {printed} != set(rows) or len(set(agreements)) != 1:
        raise Failed(f"{day}: the ways to ask disagree: rows {rows}, counted {printed}, agreements {agreements}")
