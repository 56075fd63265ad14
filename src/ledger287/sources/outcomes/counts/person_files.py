"""Files with a row for each person, arrest, detainer or stay -> counts; no row of one is kept, shown or written.

What enters: a parquet, CSV (also gzipped) or XLSX file with the headings of the Deportation Data Project or of ICE's
releases. What leaves: frames of counts, each twice: of all rows, and of those that the publisher does not flag as
duplicates. DuckDB streams the file and spills to nothing; only columns that are counted are read. Cells of fewer than
``SMALLEST`` are withheld.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import fastexcel
import polars as pl
import yaml

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.sources.outcomes.counts.counted import SMALLEST, withheld

MEMORY = "1400MB"
HEADING_ROWS = 15
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Counted:
    """What one file counts to: its kind, its tables, and how many rows it had, were flagged, or had no readable day."""

    kind: str
    tables: dict[str, pl.DataFrame]
    rows: int
    flagged: int
    without_day: int
    missing: tuple[str, ...]


@cache
def _declared() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(declared.text("outcomes/person_files.yml"))
    return data


def bare_heading(text: str) -> str:
    """A heading for comparing: lower case, spaces and hyphens as underscores."""
    return "_".join(text.strip().casefold().replace("-", " ").split())


def kind_of_headings(headings: list[str]) -> str | None:
    """Which kind of file these headings are of, or None."""
    have = {bare_heading(heading) for heading in headings}
    for kind, said in _declared()["kinds"].items():
        if any(set(marks) <= have for marks in said["marks"]):
            return str(kind)
    return None


def count_file(path: Path) -> Counted:
    """Count one file. Raises Refused for a file of no declared kind, or one that cannot be read."""
    for encoding in ("utf-8", "latin-1"):
        try:
            return _counted(path, encoding)
        except duckdb.Error as error:
            in_another = encoding == "utf-8" and _is_csv(path) and "utf-8" in str(error).lower()
            if not in_another:
                raise _unreadable(path, error) from None
    raise Refused(f"{path.name}: cannot be read in UTF-8 or Latin-1. Save it as .parquet.")


def _unreadable(path: Path, error: Exception) -> Refused:
    said = str(error).splitlines()[0][:160].rstrip(".: ")
    return Refused(f"{path.name}: cannot be read ({said}). Fetch it again, or save it as .parquet or as CSV in UTF-8.")


def _counted(path: Path, encoding: str) -> Counted:
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'; set preserve_insertion_order = false")
        return _count_open(connection, path, encoding)


def _is_csv(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return suffixes[-1:] in ([".csv"], [".tsv"], [".txt"])


def _count_open(connection: duckdb.DuckDBPyConnection, path: Path, encoding: str) -> Counted:
    headings = _open(connection, path, encoding)
    kind = kind_of_headings(headings)
    if kind is None:
        raise Refused(
            f"{path.name}: its headings ({', '.join(headings[:5])}) are not of arrests, detainers or detentions. "
            "Give a file of the Deportation Data Project, or a workbook of ICE's detention statistics."
        )
    return _count(connection, kind, headings)


def _open(connection: duckdb.DuckDBPyConnection, path: Path, encoding: str) -> list[str]:
    """Make the file the view ``given``; returns its headings."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    try:
        if suffixes[-1:] == [".parquet"]:
            connection.read_parquet(str(path)).create_view("given")
        elif _is_csv(path):
            given = str(path).replace("'", "''")
            rows = f"read_csv('{given}', all_varchar = true, encoding = '{encoding}')"
            connection.execute(f"create view given as select * from {rows}")
        elif suffixes[-1:] in ([".xlsx"], [".xlsm"]):
            connection.register("given", _sheet(path).to_arrow())
        else:
            raise Refused(f"{path.name}: expected a .parquet, .csv, .tsv, .csv.gz or .xlsx file.")
        return [str(row[0]) for row in connection.execute("describe given").fetchall()]
    except fastexcel.FastExcelError as error:
        raise _unreadable(path, error) from None


def _sheet(path: Path) -> pl.DataFrame:
    """The first sheet with known headings, under whatever lines are above them."""
    reader = fastexcel.read_excel(str(path))
    for name in reader.sheet_names:
        top = reader.load_sheet(name, header_row=None, n_rows=HEADING_ROWS, dtypes="string").to_polars()
        for at, row in enumerate(top.iter_rows()):
            if kind_of_headings([text for text in row if text]):
                return reader.load_sheet(name, header_row=at, dtypes="string").to_polars()
    raise Refused(f"{path.name}: no sheet has the headings of arrests, detainers or detentions in its first rows.")


def _count(connection: duckdb.DuckDBPyConnection, kind: str, headings: list[str]) -> Counted:
    by_bare = {bare_heading(heading): heading for heading in headings}
    wanted = _declared()["kinds"][kind]["columns"]
    chosen = {
        name: next((by_bare[alias] for alias in aliases if alias in by_bare), None) for name, aliases in wanted.items()
    }
    flags = [by_bare[name] for name in _declared()["duplicates"]["columns"] if name in by_bare]
    values = ", ".join(f"'{value}'" for value in _declared()["duplicates"]["values"])
    flagged = " or ".join(f"lower(cast({_quoted(flag)} as varchar)) in ({values})" for flag in flags) or "false"
    parts = [f"({flagged}) as flagged"]
    for name, heading in chosen.items():
        if name in ("day", "out"):
            parts.append(f"{_day(heading)} as {name}" if heading else f"null::date as {name}")
        else:
            text = (
                f"coalesce(nullif(trim(cast({_quoted(heading)} as varchar)), ''), '{NOT_SAID}')"
                if heading
                else f"'{NOT_SAID}'"
            )
            parts.append(f"{text} as {name}")
    connection.execute(f"create view rows as select {', '.join(parts)} from given")
    [totals] = connection.execute(
        "select count(*), count(*) filter (flagged), count(*) filter (day is null) from rows"
    ).fetchall()
    tables = {"arrests": _arrests, "detainers": _detainers, "detentions": _detentions}[kind](connection)
    missing = tuple(name for name, heading in chosen.items() if heading is None)
    return Counted(kind, tables, int(totals[0]), int(totals[1]), int(totals[2]), missing)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _day(heading: str) -> str:
    text = f"cast({_quoted(heading)} as varchar)"
    return (
        f"coalesce(try_cast({_quoted(heading)} as timestamp)::date, try_cast({text} as date), "
        f"try_strptime({text}, ['%m/%d/%Y', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y %I:%M:%S %p'])::date)"
    )


def _frame(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(sql).to_arrow_table())


def _arrests(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    by_state = _frame(
        connection,
        """select date_trunc('month', day)::date as month, state, count(*)::integer as rows,
                  count(*) filter (not flagged)::integer as arrests
           from rows where day is not null group by all order by all""",
    )
    by_kind = _frame(
        connection,
        """select date_trunc('month', day)::date as month, criminality, method,
                  count(*) filter (not flagged)::integer as arrests
           from rows where day is not null group by all order by all""",
    )
    return {"added_arrests_by_state": by_state, "added_arrests_by_kind": _without_small(by_kind, "arrests")}


def _detainers(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    by_reason = _frame(
        connection,
        """select date_trunc('month', day)::date as month, state, reason, count(*)::integer as rows,
                  count(*) filter (not flagged)::integer as detainers
           from rows where day is not null group by all order by all""",
    )
    by_facility = _frame(
        connection,
        """select facility, state as city, date_trunc('month', day)::date as month,
                  count(*) filter (not flagged)::integer as detainers,
                  count(*) filter (not flagged and reason = 'Booked into Detention')::integer as taken
           from rows where day is not null group by all having detainers > 0 order by all""",
    )
    hidden = withheld(by_facility).rename({"city": "state"}) if by_facility.height else by_facility
    return {"added_detainers_by_reason": by_reason, "added_detainers_by_facility": hidden}


def _detentions(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    """Book-ins by month, and people at midnight by facility: one more on the day in, one fewer on the day out."""
    steps = _frame(
        connection,
        """with steps as (
             select facility as code, day, 1 as step from rows where day is not null and not flagged
             union all
             select facility, out, -1 from rows where day is not null and out is not null and not flagged)
           select code, day, sum(step)::integer as step from steps group by all order by all""",
    )
    book_ins = _frame(
        connection,
        """select date_trunc('month', day)::date as month, facility as code, count(*)::integer as rows,
                  count(*) filter (not flagged)::integer as book_ins
           from rows where day is not null group by all order by all""",
    )
    [[last]] = connection.execute("select max(day) from rows").fetchall()
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
