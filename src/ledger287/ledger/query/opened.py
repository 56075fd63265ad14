"""The tables of an open record, and what is laid out from them once: lists with their days, statements, history.

What enters: a record on disk. What leaves: ``OpenTables``, which every question and every closer look rests on.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from ledger287.core.query_error import Refused
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.history import STATEMENTS_SQL, History, statements
from ledger287.ledger.store.folder import Stored

if TYPE_CHECKING:
    import duckdb


class OpenTables:
    """A record's tables. ``today`` gives the Eastern day taken where none is given."""

    def __init__(self, stored: Stored, today: Callable[[], date]) -> None:
        self.stored, self.today = stored, today

    def table(self, name: str) -> pl.DataFrame:
        """One of the record's tables, complete (see docs/record.md)."""
        return self.stored.read(name)

    @cached_property
    def dated_lists(self) -> pl.DataFrame:
        """The table ``lists``, each with its Eastern ``day``."""
        return self.table("lists").with_columns(
            day=pl.col("published_at").dt.convert_time_zone("America/New_York").dt.date()
        )

    @cached_property
    def agencies(self) -> pl.DataFrame:
        """The table ``agencies``."""
        return self.table("agencies")

    @cached_property
    def statements(self) -> pl.DataFrame:
        """Every run of the history with what it states; one row a run, agreements by id."""
        return statements(self.table("history"), self.table("prints"), self.agencies)

    @cached_property
    def history(self) -> History:
        """The lists in order, the runs, and the counts made of them."""
        return History(self.dated_lists, lambda: self.statements)

    def signing_days(self, known_on: Day | None = None) -> dict[str, date]:
        """Agreement -> its day of signing as the lists known by the end of a day print it: the last readable one.

        This is the one measure of signings: what is signed on some days is every agreement whose day is among them.
        """
        known_on = as_day(known_on, "known_on")
        if known_on is None:
            dated = self.table("agreements").filter(pl.col("signed").is_not_null())
            return dict(dated.select("agreement_id", "signed").iter_rows())
        newest = self.history.newest(None, known_on)
        if newest is None:
            return {}
        printed = (
            self.statements.filter(pl.col("signed").is_not_null(), pl.col("first_list") <= newest.number)
            .with_columns(pl.col("last_list").clip(upper_bound=newest.number))
            .sort("last_list", "print")
            .unique("agreement_id", keep="last")
        )
        return dict(printed.select("agreement_id", "signed").iter_rows())

    @cached_property
    def duckdb(self) -> "duckdb.DuckDBPyConnection":
        """A DuckDB connection, in memory, with every table as a view and ``statements`` as a table.

        Raises Refused where the extra custody, which brings DuckDB, is not installed.
        """
        try:
            import duckdb
        except ModuleNotFoundError:
            raise Refused("this needs DuckDB, of the extra custody: pip install 'ledger287[custody]'.") from None

        from ledger287.ledger.store.tables import TABLES

        connection = duckdb.connect()
        for table in TABLES:
            paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.stored.parts.of(table.name))
            connection.execute(f"create view {table.name} as select * from read_parquet([{paths}])")
        connection.execute(f"create table statements as {STATEMENTS_SQL}")
        return connection
