"""What counting asks of an engine: DuckDB in this process, or Spark. Both run the same queries.

What enters: the parts of a file. What leaves: a view ``given`` of its rows, and frames of counts. Only how files are
opened, and how a text or a day is read from a column, is an engine's own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb
import polars as pl

from ledger287.sources.outcomes.counts.heads import ending

MEMORY = "1400MB"


class Counting(Protocol):
    """An engine that counts rows of a view ``given``."""

    def text(self, heading: str) -> str:
        """SQL: a column as text, without blanks around it."""

    def day(self, heading: str) -> str:
        """SQL: the day that a column has, or null where no day can be read."""

    def mark(self, columns: str) -> str:
        """SQL: one number for the values of some columns, equal where they are equal."""

    def run(self, sql: str) -> None:
        """Run a statement."""

    def frame(self, sql: str) -> pl.DataFrame:
        """The rows of a query, which are few."""

    def close(self) -> None:
        """End the engine's work."""


class DuckCounting:
    """DuckDB, streaming in bounded memory."""

    def __init__(self, parts: Sequence[Path], encoding: str, rows: pl.DataFrame | None = None) -> None:
        self.connection = duckdb.connect()
        # A time that a file marks as UTC is the office's own clock as the publisher wrote it: it is never shifted to
        # the clock of the machine that counts.
        self.run(f"set memory_limit = '{MEMORY}'; set preserve_insertion_order = false; set TimeZone = 'UTC'")
        if rows is not None:
            self.connection.register("given", rows.to_arrow())
            return
        paths = "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in parts) + "]"
        if ending(parts[0]) == "parquet":
            read = f"read_parquet({paths}, hive_partitioning = false)"
        else:
            read = f"read_csv({paths}, all_varchar = true, encoding = '{encoding}', hive_partitioning = false)"
        self.run(f"create view given as select * from {read}")

    def headings(self) -> list[str]:
        """The names of the columns."""
        return list(self._types())

    def _types(self) -> dict[str, str]:
        return {str(row[0]): str(row[1]) for row in self.connection.execute("describe given").fetchall()}

    def text(self, heading: str) -> str:
        return f"trim(cast({_quoted(heading)} as varchar))"

    def day(self, heading: str) -> str:
        if self._types()[heading].startswith(("DATE", "TIMESTAMP")):
            return f"try_cast({_quoted(heading)} as timestamp)::date"
        text = self.text(heading)
        times = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p")
        formats = ", ".join(f"'%m/%d/{year}{time}'" for time in times for year in ("%y", "%Y"))
        month_first = f"try_strptime({text}, [{formats}])::date"
        # DuckDB would cast 3/1/25 to January 25 of the year 3.
        cast = f"try_cast({text} as timestamp)::date"
        return f"case when strpos({text}, '/') in (2, 3) then {month_first} else {cast} end"

    def mark(self, columns: str) -> str:
        return f"hash({columns})"

    def run(self, sql: str) -> None:
        self.connection.execute(sql)

    def frame(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self.connection.sql(sql).to_arrow_table())

    def close(self) -> None:
        self.connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
