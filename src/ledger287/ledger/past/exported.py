"""The history before the first list as tables that an export adds to the record's own: rows, captures, statements.

What enters: a ledger. What leaves: each table with its description; none for a record without a joined past. The
ids are those of the record where an agency is on a list, else those of the history.
"""

from typing import TYPE_CHECKING

import polars as pl

from ledger287.ledger.past.tables import ATTESTED, CAPTURES
from ledger287.ledger.store.tables import Column, Table

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

ROWS = Table(
    "past_rows",
    "One agreement or agency on one page or roster before January 2021: a row of it, with what it printed.",
    (
        Column("row", "integer", "Number of the row, from 1."),
        Column("file", "string", "The page or roster."),
        Column("as_of", "date", "The day that it is of: of a page, the day of its capture (US Eastern time)."),
        Column("known_on", "date", "The day on which it became known."),
        Column("grade", "string", "list, primary or secondary."),
        Column("agency_id", "string", "The agency; of one that no list has, an id of the history."),
        Column("agency", "string", "Its name."),
        Column("state", "string", "Postal code of the state."),
        Column("model", "string", "JEM, TFM or HYB; empty where none is printed."),
        Column("signed", "date", "The day of signing, where one is printed."),
        Column("times", "integer", "How often the page prints it."),
    ),
    ("row",),
)


def _renamed(table: Table, name: str) -> Table:
    """A table of the history under the name that an export gives it, without keys into tables that it does not have."""
    columns = tuple(Column(one.name, one.type, one.about) for one in table.columns)
    return Table(name, table.about, columns, table.key)


def past_tables(ledger: "Ledger") -> list[tuple[Table, pl.DataFrame]]:
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
