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
class TableColumn:
    """A column: its name, type, meaning, and the table and column that it refers to, if any."""

    name: str
    type: Type
    about: str
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table: its name, what one row of it is, its columns, and the columns that identify a row."""

    name: str
    about: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]

    @property
    def schema(self) -> dict[str, type[pl.DataType] | pl.DataType]:
        """The polars schema."""
        return {column.name: POLARS[column.type] for column in self.columns}


def _list(name: str, about: str) -> TableColumn:
    return TableColumn(name, "integer", about, ("lists", "list"))


AGENCY = TableColumn("agency_id", "string", "The agency's id.", ("agencies", "agency_id"))
AGREEMENT = TableColumn("agreement_id", "string", "The agreement's id.", ("agreements", "agreement_id"))
PRINT = TableColumn("print", "integer", "Number of the row as printed.", ("prints", "print"))
MODEL = TableColumn("model", "string", "JEM, WSO or TFM.")

TABLES: tuple[RecordTable, ...] = (
    RecordTable(
        "lists",
        "One workbook that was read: a list that ICE published, or a file that could not be read as one.",
        (
            TableColumn("list", "integer", "Number of the list, in the order of publication."),
            TableColumn("file", "string", "The file's name."),
            TableColumn("sha256", "string", "SHA-256 of the file's bytes, in hexadecimal."),
            TableColumn("bytes", "integer", "Size of the file in bytes."),
            TableColumn(
                "kind",
                "string",
                "participating or pending, decided by the content; empty where it is not a list.",
            ),
            TableColumn(
                "published_at",
                "datetime",
                "When it was published or captured (UTC); empty where it is unknown.",
            ),
            TableColumn("published_basis", "string", "What the publication time rests on."),
            TableColumn("captured_at", "datetime", "When a web archive captured it (UTC), if one did."),
            TableColumn("saved_at", "datetime", "When the workbook says it was last saved (UTC)."),
            TableColumn("accepted", "boolean", "Whether the list is part of the history."),
            TableColumn("rule", "string", "The rule that excluded it."),
            TableColumn("reason", "string", "Why it was excluded, or accepted after a doubt."),
            TableColumn("sheet", "string", "The sheet that holds the list."),
            TableColumn("heading_row", "integer", "Row of the headings, from 1; empty where there is none."),
            TableColumn("columns", "string", "Which column holds which field, as in 'state=A agency=B'."),
            TableColumn("rows", "integer", "Printed rows, headings and blank rows left out."),
            TableColumn("blank_rows", "integer", "Blank rows between printed ones."),
            TableColumn("agreements", "integer", "Agreements counted in it; 0 for pending lists and excluded ones."),
        ),
        ("list",),
    ),
    RecordTable(
        "prints",
        "One row as printed, kept once however many lists print it alike, and what it was read as.",
        (
            TableColumn("print", "integer", "Number of the row as printed."),
            TableColumn("state_printed", "string", "STATE, as printed."),
            TableColumn("agency_printed", "string", "LAW ENFORCEMENT AGENCY, as printed."),
            TableColumn("type_printed", "string", "TYPE, as printed."),
            TableColumn("county_printed", "string", "COUNTY, as printed."),
            TableColumn("model_printed", "string", "SUPPORT TYPE, as printed."),
            TableColumn("signed_printed", "string", "SIGNED, as printed; a date cell as year-month-day."),
            TableColumn("moa_printed", "string", "MOA, as printed; {capture} stands for the capture's own time stamp."),
            TableColumn("addendum_printed", "string", "ADDENDUM, as printed."),
            TableColumn("moa_link", "string", "URL behind the MOA cell, raw; {capture} as above."),
            TableColumn("addendum_link", "string", "URL behind the ADDENDUM cell, raw."),
            TableColumn(
                "agency_id",
                "string",
                "The agency; empty where the row names none.",
                ("agencies", "agency_id"),
            ),
            TableColumn("state", "string", "Postal code of the state or territory."),
            TableColumn("type", "string", "county, municipality or state; empty where ICE printed none."),
            TableColumn("county", "string", "The county named, trimmed."),
            TableColumn("model", "string", "JEM, WSO or TFM; empty where the model is unknown."),
            TableColumn("signed", "date", "Day of signing; empty where it could not be read."),
            TableColumn("moa", "string", "URL of the agreement's document, unwrapped."),
            TableColumn("moa_awaited", "boolean", "Whether the cell says that the link is pending."),
            TableColumn("addendum", "string", "URL of the addendum, unwrapped."),
        ),
        ("print",),
    ),
    RecordTable(
        "rows",
        "One printed line of one list.",
        (_list("list", "Number of the list."), TableColumn("row", "integer", "Row of the sheet, from 1."), PRINT),
        ("list", "row"),
    ),
    RecordTable(
        "agencies",
        "One law enforcement body in one state.",
        (
            TableColumn("agency_id", "string", "The agency's id; it never changes."),
            TableColumn("state", "string", "Postal code of its state or territory."),
            TableColumn("name", "string", "Its name as a list printed it last, trimmed."),
            TableColumn("type", "string", "county, municipality or state, as last printed."),
            TableColumn("county", "string", "The county last printed for it."),
            _list("first_list", "First list that printed it."),
            _list("last_list", "Last list that printed it."),
        ),
        ("agency_id",),
    ),
    RecordTable(
        "names",
        "One spelling under which an agency was printed.",
        (
            AGENCY,
            TableColumn("state_printed", "string", "STATE, as printed."),
            TableColumn("name_printed", "string", "LAW ENFORCEMENT AGENCY, as printed."),
            _list("first_list", "First list that printed it so."),
            _list("last_list", "Last list that printed it so."),
            TableColumn("rows", "integer", "How many rows print it so."),
            TableColumn(
                "correction",
                "string",
                "Id of the correction by which such a row is this agency's; empty for a name of its own.",
            ),
        ),
        ("agency_id", "state_printed", "name_printed", "correction"),
    ),
    RecordTable(
        "agreements",
        "One memorandum of agreement of one agency under one model.",
        (
            TableColumn("agreement_id", "string", "The agreement's id; it never changes."),
            AGENCY,
            MODEL,
            TableColumn("signed", "date", "Day of signing, as last printed."),
            TableColumn("status", "string", "listed (on the newest accepted list) or delisted."),
            _list("first_list", "First accepted list that has it."),
            _list("last_list", "Last accepted list that has it."),
            TableColumn("moa", "string", "URL of its document, as last printed."),
            TableColumn("addendum", "string", "URL of its addendum, as last printed."),
            TableColumn(
                "replaces",
                "string",
                "The agreement that it replaces.",
                ("agreements", "agreement_id"),
            ),
            TableColumn(
                "replaced_by",
                "string",
                "The agreement that replaces it.",
                ("agreements", "agreement_id"),
            ),
        ),
        ("agreement_id",),
    ),
    RecordTable(
        "datings",
        "One signing day that was printed for an agreement.",
        (AGREEMENT, AGENCY, MODEL, TableColumn("signed", "date", "The day; empty where none could be read.")),
        ("agency_id", "model", "signed"),
    ),
    RecordTable(
        "history",
        "One agreement printed alike on every accepted list from one to another.",
        (
            AGREEMENT,
            PRINT,
            TableColumn("times", "integer", "How often each of the lists prints it."),
            _list("first_list", "First list of the run."),
            _list("last_list", "Last list of the run."),
        ),
        ("agreement_id", "print", "first_list"),
    ),
    RecordTable(
        "pending",
        "One agency listed as pending under one model, for a time.",
        (
            TableColumn("pending_id", "string", "Id of the run."),
            AGENCY,
            MODEL,
            _list("first_list", "First pending list that has it."),
            _list("last_list", "Last pending list that has it."),
            TableColumn(
                "outcome",
                "string",
                "pending, signed or dropped (gone without a signing; the lists do not say why).",
            ),
            TableColumn("agreement_id", "string", "The agreement it led to.", ("agreements", "agreement_id")),
            TableColumn("signed", "date", "The day on which that was signed."),
            TableColumn(
                "days_to_signing",
                "integer",
                "Days from the first list that has it to the signing; may be negative.",
            ),
            TableColumn("outcome_known_from", "datetime", "Publication of the list that showed the outcome (UTC)."),
        ),
        ("pending_id",),
    ),
    RecordTable(
        "changes",
        "One thing that happened between two lists.",
        (
            TableColumn("day", "date", "Eastern day: of signing for 'signed', of the list for all others."),
            TableColumn(
                "kind",
                "string",
                "signed, listed, renewed, perhaps_renewed, switched, relisted, delisted, addendum, pended, "
                "pending_dropped or corrected.",
            ),
            AGENCY,
            MODEL,
            TableColumn("agreement_id", "string", "The agreement.", ("agreements", "agreement_id")),
            TableColumn("other_id", "string", "The agreement replaced.", ("agreements", "agreement_id")),
            TableColumn("field", "string", "The cell that changed."),
            TableColumn("before", "string", "What it held."),
            TableColumn("after", "string", "What it holds."),
            _list("last_list", "Last list that said otherwise."),
            _list("first_list", "First list that says so."),
            TableColumn("known_from", "datetime", "Publication of that list (UTC)."),
            TableColumn(
                "withdrawn_at",
                "datetime",
                "Publication of the list that took the change back (UTC), if one did.",
            ),
        ),
        ("day", "kind", "agency_id", "model", "agreement_id", "field", "first_list"),
    ),
    RecordTable(
        "readings",
        "One value that was read other than printed.",
        (
            PRINT,
            TableColumn("field", "string", "The field."),
            TableColumn("printed", "string", "What was printed."),
            TableColumn("value", "string", "What it was read as."),
            TableColumn("by", "string", "Id of the correction, or misprint, nearest or slip for a declared reading."),
            TableColumn("reason", "string", "Why."),
            TableColumn("source", "string", "What the reason rests on."),
        ),
        ("print", "field"),
    ),
    RecordTable(
        "problems",
        "One thing that could not be understood.",
        (
            TableColumn("kind", "string", "Kind of problem."),
            TableColumn("file", "string", "The file."),
            TableColumn("sheet", "string", "The sheet."),
            TableColumn("row", "integer", "Row of the sheet, from 1."),
            TableColumn("column", "string", "Letters of the column."),
            TableColumn("expected", "string", "What was expected."),
            TableColumn("found", "string", "What was found."),
            TableColumn("remedy", "string", "What to do about it."),
            TableColumn("sha256", "string", "SHA-256 of the file's bytes, where it is of a file that was read."),
        ),
        ("kind", "file", "sheet", "row", "column"),
    ),
)

BY_NAME = {table.name: table for table in TABLES}
