"""The tables of the record, declared once: names, columns, types, and what each column means.

Every reader and writer of the record uses this declaration: the builder, the exports with their
``datapackage.json``, and the documents.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]

POLARS: dict[Type, type[pl.DataType] | pl.DataType] = {
    "string": pl.String,
    "integer": pl.Int32,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, meaning, and the table and column that it refers to, if any."""

    name: str
    type: Type
    about: str
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what one row of it is, its columns, and the columns that identify a row."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def schema(self) -> dict[str, type[pl.DataType] | pl.DataType]:
        """The polars schema."""
        return {column.name: POLARS[column.type] for column in self.columns}


def _list(name: str, about: str) -> Column:
    return Column(name, "integer", about, ("lists", "list"))


AGENCY = Column("agency_id", "string", "The agency's id.", ("agencies", "agency_id"))
AGREEMENT = Column("agreement_id", "string", "The agreement's id.", ("agreements", "agreement_id"))
PRINT = Column("print", "integer", "Number of the row as printed.", ("prints", "print"))
MODEL = Column("model", "string", "JEM, WSO or TFM.")

TABLES: tuple[Table, ...] = (
    Table(
        "lists",
        "One workbook that was read: a list that ICE published, or a file that could not be read as one.",
        (
            Column("list", "integer", "Number of the list, in the order of publication."),
            Column("file", "string", "The file's name."),
            Column("sha256", "string", "SHA-256 of the file's bytes, in hexadecimal."),
            Column("bytes", "integer", "Size of the file in bytes."),
            Column(
                "kind",
                "string",
                "participating or pending, decided by the content; empty where it is not a list.",
            ),
            Column(
                "published_at",
                "datetime",
                "When it was published or captured (UTC); empty where it is unknown.",
            ),
            Column("published_basis", "string", "What the publication time rests on."),
            Column("captured_at", "datetime", "When a web archive captured it (UTC), if one did."),
            Column("saved_at", "datetime", "When the workbook says it was last saved (UTC)."),
            Column("accepted", "boolean", "Whether the list is part of the history."),
            Column("rule", "string", "The rule that excluded it."),
            Column("reason", "string", "Why it was excluded, or accepted after a doubt."),
            Column("sheet", "string", "The sheet that holds the list."),
            Column("heading_row", "integer", "Row of the headings, from 1; empty where there is none."),
            Column("columns", "string", "Which column holds which field, as in 'state=A agency=B'."),
            Column("rows", "integer", "Printed rows, headings and blank rows left out."),
            Column("blank_rows", "integer", "Blank rows between printed ones."),
            Column("agreements", "integer", "Agreements counted in it; 0 for pending lists and excluded ones."),
        ),
        ("list",),
    ),
    Table(
        "prints",
        "One row as printed, kept once however many lists print it alike, and what it was read as.",
        (
            Column("print", "integer", "Number of the row as printed."),
            Column("state_printed", "string", "STATE, as printed."),
            Column("agency_printed", "string", "LAW ENFORCEMENT AGENCY, as printed."),
            Column("type_printed", "string", "TYPE, as printed."),
            Column("county_printed", "string", "COUNTY, as printed."),
            Column("model_printed", "string", "SUPPORT TYPE, as printed."),
            Column("signed_printed", "string", "SIGNED, as printed; a date cell as year-month-day."),
            Column("moa_printed", "string", "MOA, as printed; {capture} stands for the capture's own time stamp."),
            Column("addendum_printed", "string", "ADDENDUM, as printed."),
            Column("moa_link", "string", "URL behind the MOA cell, raw; {capture} as above."),
            Column("addendum_link", "string", "URL behind the ADDENDUM cell, raw."),
            Column(
                "agency_id",
                "string",
                "The agency; empty where the row names none.",
                ("agencies", "agency_id"),
            ),
            Column("state", "string", "Postal code of the state or territory."),
            Column("type", "string", "county, municipality or state; empty where ICE printed none."),
            Column("county", "string", "The county named, trimmed."),
            Column("model", "string", "JEM, WSO or TFM; empty where the model is unknown."),
            Column("signed", "date", "Day of signing; empty where it could not be read."),
            Column("moa", "string", "URL of the agreement's document, unwrapped."),
            Column("moa_awaited", "boolean", "Whether the cell says that the link is pending."),
            Column("addendum", "string", "URL of the addendum, unwrapped."),
        ),
        ("print",),
    ),
    Table(
        "rows",
        "One printed line of one list.",
        (_list("list", "Number of the list."), Column("row", "integer", "Row of the sheet, from 1."), PRINT),
        ("list", "row"),
    ),
    Table(
        "agencies",
        "One law enforcement body in one state.",
        (
            Column("agency_id", "string", "The agency's id; it never changes."),
            Column("state", "string", "Postal code of its state or territory."),
            Column("name", "string", "Its name as a list printed it last, trimmed."),
            Column("type", "string", "county, municipality or state, as last printed."),
            Column("county", "string", "The county last printed for it."),
            _list("first_list", "First list that printed it."),
            _list("last_list", "Last list that printed it."),
        ),
        ("agency_id",),
    ),
    Table(
        "names",
        "One spelling under which an agency was printed.",
        (
            AGENCY,
            Column("state_printed", "string", "STATE, as printed."),
            Column("name_printed", "string", "LAW ENFORCEMENT AGENCY, as printed."),
            _list("first_list", "First list that printed it so."),
            _list("last_list", "Last list that printed it so."),
            Column("rows", "integer", "How many rows print it so."),
            Column(
                "correction",
                "string",
                "Id of the correction by which such a row is this agency's; empty for a name of its own.",
            ),
        ),
        ("agency_id", "state_printed", "name_printed", "correction"),
    ),
    Table(
        "agreements",
        "One memorandum of agreement of one agency under one model.",
        (
            Column("agreement_id", "string", "The agreement's id; it never changes."),
            AGENCY,
            MODEL,
            Column("signed", "date", "Day of signing, as last printed."),
            Column("status", "string", "listed (on the newest accepted list) or delisted."),
            _list("first_list", "First accepted list that has it."),
            _list("last_list", "Last accepted list that has it."),
            Column("moa", "string", "URL of its document, as last printed."),
            Column("addendum", "string", "URL of its addendum, as last printed."),
            Column(
                "replaces",
                "string",
                "The agreement that it replaces.",
                ("agreements", "agreement_id"),
            ),
            Column(
                "replaced_by",
                "string",
                "The agreement that replaces it.",
                ("agreements", "agreement_id"),
            ),
        ),
        ("agreement_id",),
    ),
    Table(
        "datings",
        "One signing day that was printed for an agreement.",
        (AGREEMENT, AGENCY, MODEL, Column("signed", "date", "The day; empty where none could be read.")),
        ("agency_id", "model", "signed"),
    ),
    Table(
        "history",
        "One agreement printed alike on every accepted list from one to another.",
        (
            AGREEMENT,
            PRINT,
            Column("times", "integer", "How often each of the lists prints it."),
            _list("first_list", "First list of the run."),
            _list("last_list", "Last list of the run."),
        ),
        ("agreement_id", "print", "first_list"),
    ),
    Table(
        "pending",
        "One agency listed as pending under one model, for a time.",
        (
            Column("pending_id", "string", "Id of the run."),
            AGENCY,
            MODEL,
            _list("first_list", "First pending list that has it."),
            _list("last_list", "Last pending list that has it."),
            Column(
                "outcome",
                "string",
                "pending, signed or dropped (gone without a signing; the lists do not say why).",
            ),
            Column("agreement_id", "string", "The agreement it led to.", ("agreements", "agreement_id")),
            Column("signed", "date", "The day on which that was signed."),
            Column(
                "days_to_signing",
                "integer",
                "Days from the first list that has it to the signing; may be negative.",
            ),
            Column("outcome_known_from", "datetime", "Publication of the list that showed the outcome (UTC)."),
        ),
        ("pending_id",),
    ),
    Table(
        "changes",
        "One thing that happened between two lists.",
        (
            Column("day", "date", "Eastern day: of signing for 'signed', of the list for all others."),
            Column(
                "kind",
                "string",
                "signed, listed, renewed, perhaps_renewed, switched, relisted, delisted, addendum, pended, "
                "pending_dropped or corrected.",
            ),
            AGENCY,
            MODEL,
            Column("agreement_id", "string", "The agreement.", ("agreements", "agreement_id")),
            Column("other_id", "string", "The agreement replaced.", ("agreements", "agreement_id")),
            Column("field", "string", "The cell that changed."),
            Column("before", "string", "What it held."),
            Column("after", "string", "What it holds."),
            _list("last_list", "Last list that said otherwise."),
            _list("first_list", "First list that says so."),
            Column("known_from", "datetime", "Publication of that list (UTC)."),
            Column(
                "withdrawn_at",
                "datetime",
                "Publication of the list that took the change back (UTC), if one did.",
            ),
        ),
        ("day", "kind", "agency_id", "model", "agreement_id", "field", "first_list"),
    ),
    Table(
        "readings",
        "One value that was read other than printed.",
        (
            PRINT,
            Column("field", "string", "The field."),
            Column("printed", "string", "What was printed."),
            Column("value", "string", "What it was read as."),
            Column("by", "string", "Id of the correction, or misprint, nearest or slip for a declared reading."),
            Column("reason", "string", "Why."),
            Column("source", "string", "What the reason rests on."),
        ),
        ("print", "field"),
    ),
    Table(
        "problems",
        "One thing that could not be understood.",
        (
            Column("kind", "string", "Kind of problem."),
            Column("file", "string", "The file."),
            Column("sheet", "string", "The sheet."),
            Column("row", "integer", "Row of the sheet, from 1."),
            Column("column", "string", "Letters of the column."),
            Column("expected", "string", "What was expected."),
            Column("found", "string", "What was found."),
            Column("remedy", "string", "What to do about it."),
            Column("sha256", "string", "SHA-256 of the file's bytes, where it is of a file that was read."),
        ),
        ("kind", "file", "sheet", "row", "column"),
    ),
)

BY_NAME = {table.name: table for table in TABLES}
