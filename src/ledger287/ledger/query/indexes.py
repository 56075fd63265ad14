"""A record's tables laid out for the closer looks: by agency, by agreement, by list, each when it is first needed.

What enters: a ledger. What leaves: ``LedgerIndexes``, kept for as long as the ledger is, so that an answer about one
agency or agreement takes microseconds and not a pass over every table. It holds what the tables hold, no more.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary, ref

import polars as pl

from ledger287.core.time import day_of
from ledger287.ledger.query.opened import OpenTables

Row = dict[str, Any]
ROOM = 2**21
"""More than the rows that a sheet can have, and than there are lists, so that three numbers fit into one."""
ROWS_AT_ONCE = 20_000
"""So many numbers are taken out of a table at once, so that few are in memory twice."""


class Grouped:
    """A table's rows by the value of one column, in the table's order."""

    def __init__(self, frame: pl.DataFrame, column: str) -> None:
        self.frame = frame
        places = frame.select(column).with_row_index("place").group_by(column, maintain_order=True).agg("place")
        self._places: dict[Any, list[int]] = dict(places.iter_rows())

    def __call__(self, value: Any) -> list[Row]:
        """The rows with a value; none where no row has it."""
        return [self.frame.row(place, named=True) for place in self._places.get(value, ())]

    def __contains__(self, value: Any) -> bool:
        return value in self._places

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)


class OfLedger:
    """Indexes derived from a ledger and kept with it. The reference to it is weak, so that both are freed together."""

    def __init__(self, ledger: OpenTables) -> None:
        self._ledger = ref(ledger)

    @property
    def ledger(self) -> OpenTables:
        """The ledger that it is of."""
        found = self._ledger()
        if found is None:
            raise ReferenceError("the ledger is gone")
        return found


class LedgerIndexes(OfLedger):
    """The rows of a ledger by list, agency and agreement; each index is built when it is first used."""

    # -- lists -------------------------------------------------------------------------------------

    @cached_property
    def lists(self) -> dict[int, Row]:
        """Each list by its number, with its Eastern day, and its columns as a dict of field to letters."""
        return {
            row["list"]: row
            | {
                "day": day_of(row["published_at"]) if row["published_at"] else None,
                "columns": dict(pair.split("=", 1) for pair in (row["columns"] or "").split()),
            }
            for row in self.ledger.table("lists").iter_rows(named=True)
        }

    @cached_property
    def days(self) -> dict[int, date]:
        """Number of each dated list -> its Eastern day."""
        return {number: row["day"] for number, row in self.lists.items() if row["day"]}

    @cached_property
    def accepted(self) -> frozenset[int]:
        """The numbers of the lists that enter the history."""
        return frozenset(number for number, row in self.lists.items() if row["accepted"])

    @cached_property
    def of_kind(self) -> dict[str, list[int]]:
        """The numbers of the accepted lists of each kind, in their order."""
        found: dict[str, list[int]] = {"participating": [], "pending": []}
        for number in sorted(self.accepted):
            found[self.lists[number]["kind"]].append(number)
        return found

    # -- rows --------------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> "array[int]":
        """Print, list and row of every row as one number, in order."""
        packed = (pl.col("print").cast(pl.Int64) * ROOM + pl.col("list")) * ROOM + pl.col("row")
        found = array("q")
        for part in self.ledger.table("rows").select(packed=packed).sort("packed").iter_slices(ROWS_AT_ONCE):
            found.fromlist(part["packed"].to_list())
        return found

    def lists_with(self, number: int) -> list[int]:
        """The lists that print a row, in their order, one entry for each time that they print it."""
        first = bisect_left(self._rows, number * ROOM**2)
        end = bisect_left(self._rows, (number + 1) * ROOM**2, lo=first)
        return [packed // ROOM % ROOM for packed in self._rows[first:end]]

    def row_if_any(self, entry: int, number: int) -> int | None:
        """Where a list prints a row; of several places the first. None where it does not."""
        place = bisect_left(self._rows, (number * ROOM + entry) * ROOM)
        packed = self._rows[place] if place < len(self._rows) else 0
        return packed % ROOM if packed // ROOM == number * ROOM + entry else None

    def row(self, entry: int, number: int) -> int:
        """Where a list prints a row; of several places the first. Raises KeyError where it does not."""
        found = self.row_if_any(entry, number)
        if found is None:
            raise KeyError((entry, number))
        return found

    @cached_property
    def _by_list(self) -> tuple[pl.DataFrame, dict[int, tuple[int, int]]]:
        frame = self.ledger.table("rows").sort("list", "row").select("row", "print", "list")
        runs = frame.with_row_index("place").group_by("list").agg(pl.col("place").min(), length=pl.len())
        return frame.select("row", "print"), {entry: (place, length) for entry, place, length in runs.iter_rows()}

    def rows_of(self, entry: int) -> list[tuple[int, int]]:
        """The rows of a list: number of the row in its sheet, and of the print."""
        frame, places = self._by_list
        return frame.slice(*places[entry]).rows() if entry in places else []

    @cached_property
    def _runs(self) -> dict[int, list[tuple[int, int, str]]]:
        found: dict[int, list[tuple[int, int, str]]] = {}
        columns = ("print", "first_list", "last_list", "agreement_id")
        for number, first, last, agreement in self.ledger.table("history").select(columns).iter_rows():
            found.setdefault(number, []).append((first, last, agreement))
        return found

    def agreement(self, entry: int, number: int) -> str | None:
        """The agreement that a row of a list prints; None in pending lists and in excluded ones."""
        if entry not in self.accepted:
            return None
        return next((each for first, last, each in self._runs.get(number, ()) if first <= entry <= last), None)

    # -- prints ------------------------------------------------------------------------------------

    @cached_property
    def _prints(self) -> tuple[pl.DataFrame, dict[int, int]]:
        frame = self.ledger.table("prints")
        return frame, {number: place for place, number in enumerate(frame["print"].to_list())}

    def with_stamp(self, text: str | None, number: int) -> str | None:
        """A URL with the time stamp of the list's capture put back."""
        captured = self.lists[number]["captured_at"]
        return text.replace("{capture}", captured.strftime("%Y%m%d%H%M%S")) if text and captured else text

    def print(self, number: int) -> Row:
        """A row as printed, and what it was read as."""
        frame, places = self._prints
        return frame.row(places[number], named=True)

    @cached_property
    def prints_of(self) -> Grouped:
        """The prints of each agency."""
        return Grouped(self._prints[0], "agency_id")

    @cached_property
    def readings(self) -> Grouped:
        """What was read other than printed, by print."""
        return Grouped(self.ledger.table("readings"), "print")

    # -- agencies and agreements -------------------------------------------------------------------

    @cached_property
    def agencies(self) -> dict[str, Row]:
        """Each agency by its id."""
        return {row["agency_id"]: row for row in self.ledger.table("agencies").iter_rows(named=True)}

    @cached_property
    def printed_names(self) -> pl.DataFrame:
        """The table ``names``, each with the state of its agency."""
        states = self.ledger.table("agencies").select("agency_id", "state")
        return self.ledger.table("names").join(states, on="agency_id")

    @cached_property
    def names(self) -> tuple[tuple[tuple[str, str, str], ...], ...]:
        """Agencies with their state and a name: those that ICE printed there itself, and all of the lists'."""
        names = self.printed_names.select(
            "agency_id", "state", "name_printed", own=pl.col("correction").is_null()
        ).unique(maintain_order=True)
        columns = ("agency_id", "state", "name_printed")
        found = (names.filter("own").select(columns), names.select(columns))
        return tuple(tuple(one.iter_rows()) for one in found)

    @cached_property
    def statements_of(self) -> Grouped:
        """The runs of each agency's agreements, an agreement's together."""
        return Grouped(self.ledger.statements.sort("agreement_id", "first_list"), "agency_id")

    @cached_property
    def changes_of(self) -> Grouped:
        """The changes of each agency, as the table has them."""
        return Grouped(self.ledger.table("changes"), "agency_id")

    @cached_property
    def pending_of(self) -> Grouped:
        """The times for which each agency was listed as pending."""
        return Grouped(self.ledger.table("pending").sort("first_list", "model"), "agency_id")

    @cached_property
    def history_of(self) -> Grouped:
        """The runs of each agreement, in the order of printing."""
        return Grouped(self.ledger.table("history").sort("first_list", "print"), "agreement_id")


_kept: "WeakKeyDictionary[OpenTables, LedgerIndexes]" = WeakKeyDictionary()


def indexes_of(ledger: OpenTables) -> LedgerIndexes:
    """The indexes of a ledger, made once for each ledger."""
    found = _kept.get(ledger)
    if found is None:
        found = _kept[ledger] = LedgerIndexes(ledger)
    return found
