"""The history before the first list as tables that an export adds to the record's own: rows, captures, statements.

What enters: a ledger. What leaves: each table with its description; none for a record without a joined past. The
ids are those of the record where an agency is on a list, else those of the history.
"""

from typing import TYPE_CHECKING

import polars as pl

from ledger287.ledger.past.tables import ATTESTED, CAPTURES
from ledger287.ledger.store.tables import RecordTable, TableColumn

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

ROWS = RecordTable(
    "past_rows",
    "One agreement or agency on one page or roster before January 2021: a row of it, with what it printed.",
    (
        TableColumn("row", "integer", "Number of the row, from 1."),
        TableColumn("file", "string", "The page or roster."),
        TableColumn("as_of", "date", "The day that it is of: of a page, the day of its capture (US Eastern time)."),
        TableColumn("known_on", "date", "The day on which it became known."),
        TableColumn("grade", "string", "list, primary or secondary."),
        TableColumn("agency_id", "string", "The agency; of one that no list has, an id of the history."),
        TableColumn("agency", "string", "Its name."),
        TableColumn("state", "string", "Postal code of the state."),
        TableColumn("model", "string", "JEM, TFM or HYB; empty where none is printed."),
        TableColumn("signed", "date", "The day of signing, where one is printed."),
        TableColumn("times", "integer", "How often the page prints it."),
    ),
    ("row",),
)


def _renamed(table: RecordTable, name: str) -> RecordTable:
    """A table of the history under the name that an export gives it, without keys into tables that it does not have."""
    columns = tuple(TableColumn(one.name, one.type, one.about) for one in table.columns)
    return RecordTable(name, table.about, columns, table.key)


def past_tables(ledger: "Ledger") -> list[tuple[RecordTable, pl.DataFrame]]:
    """The tables of the history, declared and filled."""
    past = ledger.past
    if past is None:
        return []
    frames = [
        past.rows_on(one).with_columns(
            file=pl.lit(one.file), as_of=pl.lit(one.as_of), known_on=pl.lit(one.known_on),
            grade=pl.lit(str(one.ref.get("grade", "list"))),
        )
        for one in past.rosters
    ]  # fmt: skip
    rows = pl.concat(frames, how="diagonal_relaxed").with_row_index("row", offset=1)
    made = [
        (ROWS, rows),
        (_renamed(CAPTURES, "past_captures"), past.pages.table("captures")),
        (_renamed(ATTESTED, "past_attested"), past.attested),
    ]
    return [
        (table, frame.select(pl.col(name).cast(kind) for name, kind in table.schema.items())) for table, frame in made
    ]
