"""Files with a row for each person, arrest, detainer or stay -> counts; no row of one is kept, shown or written.

What enters: a parquet, CSV (also gzipped) or XLSX file with the headings of the Deportation Data Project or of ICE's
releases, or a folder of its parts. What leaves: frames of counts, each twice: of all rows, and of those that the
publisher does not flag as duplicates. DuckDB streams the file and spills to nothing, or Spark counts it, with the same
queries; only columns that are counted are read. Cells of fewer than ``SMALLEST`` are withheld, and a text that fewer
rows have is not written.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.sources.outcomes.counts.counted import SMALLEST, withheld
from ledger287.sources.outcomes.counts.engine import Counting, DuckCounting
from ledger287.sources.outcomes.counts.headings import bare_heading, kind_of_headings, kinds_declared
from ledger287.sources.outcomes.counts.heads import ending, parts_of, sheet, unreadable
from ledger287.sources.outcomes.counts.ragged import ragged
from ledger287.sources.outcomes.counts.rare import RARE, rare_as_one, rare_codes
from ledger287.sources.outcomes.counts.sites import days_reached, sites_by_month
from ledger287.sources.outcomes.counts.spark import ENCODINGS, SparkCounting, head_of

NOT_SAID = "not said"
ENGINES = ("duckdb", "spark")
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2099, 12, 31)
"""Days outside these are slips; the caller may say that no day is after today."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one file counts to: its kind, its tables, and how many rows it had, were flagged, had no readable day.

    ``without_end`` have an end that cannot be read, ``ended_before`` one before their beginning; ``without_site`` name
    no apprehension site, which is every row where the file has no such column.
    """

    kind: str
    tables: dict[str, pl.DataFrame]
    rows: int
    flagged: int
    without_day: int
    missing: tuple[str, ...]
    without_end: int = 0
    ended_before: int = 0
    without_site: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a file is to be counted."""

    engine: str
    settings: tuple[str, ...]
    until: date


def _said_of(headings: list[str]) -> str:
    """The declared ones of some headings and the number of others, whose words may be a first row of persons."""
    columns = [
        alias for said in kinds_declared()["kinds"].values() for names in said["columns"].values() for alias in names
    ]
    known = [heading for heading in headings if bare_heading(heading) in columns]
    others = len(headings) - len(known)
    return ", ".join([*known[:5], *([f"{others} {'others' if known else 'of no declared words'}"] if others else [])])


def count_file(path: Path, engine: str = "duckdb", settings: Sequence[str] = (), until: date | None = None) -> Counted:
    """Count one file, or the parts in a folder; no day after ``until`` is believed.

    Raises Refused for a file of no declared kind, or one that cannot be read; EngineStopped where Spark breaks down.
    """
    if engine not in ENGINES:
        expected = f": expected duckdb or spark, found {engine!r}."
        raise QueryError("unknown_engine", QueryField("engine"), expected, choices=ENGINES)
    asked = _Asked(engine, tuple(settings), until or LAST_DAY)
    parts = parts_of(path)
    rows = sheet(path, kind_of_headings) if ending(path) == "xlsx" else None
    for encoding in ENCODINGS:
        try:
            return _counted(path, parts, rows, encoding, asked)
        except duckdb.Error as error:
            in_another = encoding == "utf-8" and ending(parts[0]) == "csv" and "utf-8" in str(error).lower()
            if not in_another:
                raise ragged(parts, kind_of_headings) or unreadable(path, error) from None
        except Refused as refused:
            raise (ragged(parts, kind_of_headings) if engine == "spark" else None) or refused from None
    raise Refused(f"{path.name}: cannot be read in UTF-8 or Latin-1. Save it as .parquet.")


def _counted(path: Path, parts: tuple[Path, ...], rows: pl.DataFrame | None, encoding: str, asked: _Asked) -> Counted:
    """Open a file with DuckDB, which tells its kind, and count it with the engine that was named."""
    duck = DuckCounting(parts, encoding, rows)
    try:
        headings = duck.headings()
        kind = kind_of_headings(headings)
        if kind is None:
            raise ragged(parts, kind_of_headings) or Refused(
                f"{path.name}: its headings ({_said_of(headings)}) are not of arrests, detainers or detentions. Give "
                "a file of the Deportation Data Project, or a workbook of ICE's detention statistics."
            )
        if asked.engine == "duckdb":
            return _count(duck, kind, headings, asked.until)
    finally:
        duck.close()
    with _spark(parts, headings, rows, encoding, asked.settings) as spark:
        counted = _count(spark, kind, headings, asked.until)
        if rows is None and ending(parts[0]) == "csv" and spark.broken_signs("counted_rows", _texts(kind)):
            spark.open("latin-1")
            counted = _count(spark, kind, headings, asked.until)
        return counted


@contextmanager
def _spark(
    parts: tuple[Path, ...], headings: list[str], rows: pl.DataFrame | None, encoding: str, settings: Sequence[str]
) -> Iterator[SparkCounting]:
    head = head_of(parts, headings, encoding)
    with tempfile.TemporaryDirectory(prefix="ledger287-") as work:
        spark = SparkCounting(parts, head, Path(work), settings, rows, encoding)
        try:
            yield spark
        finally:
            spark.close()


def _texts(kind: str) -> list[str]:
    return [name for name in kinds_declared()["kinds"][kind]["columns"] if name not in ("day", "out", "person")]


def _count(engine: Counting, kind: str, headings: list[str], until: date) -> Counted:
    by_bare = {bare_heading(heading): heading for heading in headings}
    wanted = kinds_declared()["kinds"][kind]["columns"]
    chosen = {
        name: next((by_bare[alias] for alias in aliases if alias in by_bare), None) for name, aliases in wanted.items()
    }
    for name in kinds_declared()["kinds"][kind].get("needed", ()):
        if chosen[name] is None:
            raise Refused(
                f"a file of {kind} without a column of {' or '.join(wanted[name])}: expected one, for without it "
                "nobody can be counted as held on a day. Give the file with that column, under one of these names."
            )
    flags = [by_bare[name] for name in kinds_declared()["duplicates"]["columns"] if name in by_bare]
    _view(engine, chosen, flags, until)
    unsaid = f"count(*) filter (where site = '{NOT_SAID}')" if "site" in chosen else "0"
    totals = engine.frame(
        f"""select count(*) as every, count(*) filter (where flagged) as flagged,
                  count(*) filter (where day is null) as without_day,
                  count(*) filter (where has_end and end_read is null) as without_end,
                  count(*) filter (where end_read < day) as ended_before,
                  {unsaid} as without_site
           from counted_rows"""
    ).row(0, named=True)
    tables = {"arrests": _arrests, "detainers": _detainers, "detentions": _detentions}[kind](engine)
    optional = kinds_declared()["optional"]
    missing = tuple(name for name, heading in chosen.items() if heading is None and name not in optional)
    return Counted(
        kind, tables, totals["every"], totals["flagged"], totals["without_day"], missing, totals["without_end"],
        totals["ended_before"], totals["without_site"],
    )  # fmt: skip


def _view(engine: Counting, chosen: dict[str, str | None], flags: list[str], until: date) -> None:
    """Make the view ``counted_rows``: the columns that are counted, with days that can be, and ends not before them."""
    values = ", ".join(f"'{value}'" for value in kinds_declared()["duplicates"]["values"])
    flagged = " or ".join(f"coalesce(lower({engine.text(flag)}), '') in ({values})" for flag in flags) or "false"
    read = [f"({flagged}) as flagged"]
    for name, heading in chosen.items():
        if name in ("day", "out"):
            read.append(f"{engine.day(heading) if heading else 'cast(null as date)'} as {name}_read")
        else:
            text = f"nullif({engine.text(heading)}, '')" if heading else "null"
            read.append(f"coalesce({text}, '{NOT_SAID}') as {name}")
    left = chosen.get("out")
    end_text = f"coalesce({engine.text(left)}, '')" if left else "''"
    read.append(f"({end_text} <> '') as has_end")
    engine.run(f"create view read_rows as select {', '.join(read)} from given")
    between = f"between date '{FIRST_DAY}' and date '{until}'"
    out = f"case when out_read {between} then out_read end" if "out" in chosen else "cast(null as date)"
    engine.run(
        f"create view bounded_rows as select *, case when day_read {between} then day_read end as day,"
        f" {out} as end_read from read_rows"
    )
    engine.run(
        "create view counted_rows as select *, case when end_read < day then day else end_read end as out"
        " from bounded_rows"
    )


def _arrests(engine: Counting) -> dict[str, pl.DataFrame]:
    by_state = engine.frame(
        """select date_trunc('month', day)::date as month, state, count(*)::integer as rows,
                  count(*) filter (where not flagged)::integer as arrests
           from counted_rows where day is not null group by all order by all""",
    )
    by_kind = engine.frame(
        """select date_trunc('month', day)::date as month, criminality, method, count(*)::integer as rows,
                  count(*) filter (where not flagged)::integer as arrests
           from counted_rows where day is not null group by all order by all""",
    )
    by_kind = rare_as_one(by_kind, ("criminality", "method"), ("rows", "arrests")).drop("rows")
    sites = sites_by_month(engine, NOT_SAID)
    return {
        "added_arrests_by_site": sites,
        "added_arrests_days": days_reached(engine),
        "added_arrests_by_state": rare_as_one(by_state, ("state",), ("rows", "arrests")),
        "added_arrests_by_kind": _without_small(by_kind, "arrests"),
    }


def _detainers(engine: Counting) -> dict[str, pl.DataFrame]:
    by_reason = engine.frame(
        """select date_trunc('month', day)::date as month, state, reason, count(*)::integer as rows,
                  count(*) filter (where not flagged)::integer as detainers
           from counted_rows where day is not null group by all order by all""",
    )
    by_facility = engine.frame(
        """select facility, state as city, date_trunc('month', day)::date as month,
                  count(*) filter (where not flagged)::integer as detainers,
                  count(*) filter (where not flagged and reason = 'Booked into Detention')::integer as taken
           from counted_rows where day is not null group by all having detainers > 0 order by all""",
    )
    by_reason = rare_as_one(by_reason, ("state", "reason"), ("rows", "detainers"))
    by_facility = rare_as_one(by_facility, ("facility", "city"), ("detainers", "taken"))
    hidden = withheld(by_facility).rename({"city": "state"}) if by_facility.height else by_facility
    return {"added_detainers_by_reason": by_reason, "added_detainers_by_facility": hidden}


def _detentions(engine: Counting) -> dict[str, pl.DataFrame]:
    """Book-ins by month, and people at midnight by facility: one more on the day in, one fewer on the day out."""
    steps = engine.frame(
        """with steps as (
             select facility as code, day, 1 as step from counted_rows where day is not null and not flagged
             union all
             select facility, out, -1 from counted_rows where day is not null and out is not null and not flagged)
           select code, day, sum(step)::integer as step from steps group by all order by all""",
    )
    book_ins = engine.frame(
        """select date_trunc('month', day)::date as month, facility as code, count(*)::integer as rows,
                  count(*) filter (where not flagged)::integer as book_ins
           from counted_rows where day is not null group by all order by all""",
    )
    rare = rare_codes(book_ins, "rows")
    if rare:
        one = pl.when(pl.col("code").is_in(rare)).then(pl.lit(RARE)).otherwise("code").alias("code")
        steps = steps.with_columns(one).group_by("code", "day").agg(pl.col("step").sum()).sort("code", "day")
        book_ins = rare_as_one(book_ins.with_columns(one), (), ("rows", "book_ins"))
    last = engine.frame("select max(day) as last from counted_rows").item()
    return {
        "added_facility_months": _months(steps, last),
        "added_book_ins": _without_small(book_ins.drop("rows"), "book_ins"),
    }


def _months(steps: pl.DataFrame, last: Any) -> pl.DataFrame:
    """The mean number of people at midnight by facility and month, from steps up and down by day."""
    if steps.height == 0:
        return pl.DataFrame(schema={"code": pl.String, "month": pl.Date, "midnight": pl.Float64, "days": pl.UInt32})
    levels = steps.filter(pl.col("day") <= last).with_columns(people=pl.col("step").cum_sum().over("code"))
    days = levels.group_by("code").agg(first=pl.col("day").min()).with_columns(last=pl.lit(last))
    every = days.with_columns(day=pl.date_ranges("first", "last")).explode("day").select("code", "day")
    filled = every.join(levels.select("code", "day", "people"), on=["code", "day"], how="left").sort("code", "day")
    return (
        filled.with_columns(pl.col("people").forward_fill().over("code"))
        .group_by("code", pl.col("day").dt.truncate("1mo").alias("month"))
        .agg(midnight=pl.col("people").mean().round(2), days=pl.len())
        .sort("code", "month")
    )


def _without_small(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(pl.col(name) >= SMALLEST).then(name).alias(name), withheld=pl.col(name) < SMALLEST
    )
