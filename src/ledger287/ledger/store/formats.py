"""The tables of a record -> their files in a folder, in one format, and what each file holds.

Each writer takes the tables and the folder, writes every table, and returns the parts of the export in
the order of the tables. Values are written as they are: where a format cannot hold one, Refused says so
rather than cut it. Equal tables give equal bytes.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.ledger.store import datapackage
from ledger287.ledger.store.datapackage import TablePart, key_fault
from ledger287.ledger.store.folder import Stored
from ledger287.ledger.store.tables import RecordTable, Type

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

DATABASE = "ledger287.sqlite"
WORKBOOK = "ledger287.xlsx"

SHEET_ROWS = 1_048_576
COLUMNS_SHEET = "columns"
RESERVED_SHEETS = {"history": "history_table"}
"""Excel keeps the name History for itself and calls a workbook with such a sheet damaged."""

SQL_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
}


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table of the record: its declaration, its Parquet bytes, and its rows."""

    table: RecordTable
    data: bytes
    frame: pl.DataFrame

    def part(self, path: str, dialect: dict[str, Any] | None = None) -> TablePart:
        """The complete table, as a part of the export."""
        fault = key_fault(self.table, self.frame)
        return TablePart(self.table.name, self.table, path, self.frame.height, fault, dialect or {})


Writer = Callable[[list[TableSource], Path, Stored], list[TablePart]]


def _in_text(source: TableSource) -> pl.DataFrame:
    """The rows with dates and times as ISO 8601 text; fractions of a second only where there are any."""
    forms = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M:%S%.fZ"}
    return source.frame.with_columns(
        pl.col(column.name).dt.to_string(forms[column.type]) for column in source.table.columns if column.type in forms
    )


def _write_parquet(sources: list[TableSource], aside: Path, _: Stored) -> list[TablePart]:
    parts = [source.part(f"{source.table.name}.parquet") for source in sources]
    for source, part in zip(sources, parts, strict=True):
        (aside / part.path).write_bytes(source.data)
    return parts


def _write_csv(sources: list[TableSource], aside: Path, _: Stored) -> list[TablePart]:
    parts = [source.part(f"{source.table.name}.csv") for source in sources]
    for source, part in zip(sources, parts, strict=True):
        (aside / part.path).write_bytes(_in_text(source).write_csv(line_terminator="\r\n").encode())
    return parts


def _write_json(sources: list[TableSource], aside: Path, _: Stored) -> list[TablePart]:
    parts = [source.part(f"{source.table.name}.json") for source in sources]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for source, part in zip(sources, parts, strict=True):
        with (aside / part.path).open("w", encoding="utf-8", newline="\n") as file:
            opening = "[\n"
            for row in _in_text(source).iter_rows(named=True):
                file.write(opening + encode(row))
                opening = ",\n"
            file.write("\n]\n" if source.frame.height else "[]\n")
    return parts


# -- SQLite ----------------------------------------------------------------------------------------


def _write_sqlite(sources: list[TableSource], aside: Path, _: Stored) -> list[TablePart]:
    parts = [source.part(DATABASE, {"table": source.table.name}) for source in sources]
    try:
        with closing(sqlite3.connect(aside / DATABASE, isolation_level=None)) as database:
            # The file is written aside and flushed as a whole, so that a journal would guard nothing.
            for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY"):
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN")
            for source, part in zip(sources, parts, strict=True):
                database.execute(_create_table(part))
                marks = ", ".join("?" * len(source.table.columns))
                database.executemany(
                    f"INSERT INTO {_name(source.table.name)} VALUES ({marks})", _in_text(source).iter_rows()
                )
                for statement in _create_indexes(part):
                    database.execute(statement)
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(str(error)) from None
    return parts


def _create_table(part: TablePart) -> str:
    keyed = part.key_fault is None
    lines = [
        f"{_name(column.name)} {SQL_TYPES[column.type]}"
        + (" NOT NULL" if keyed and column.name in part.table.key else "")
        for column in part.table.columns
    ]
    if keyed:
        lines.append(f"PRIMARY KEY ({', '.join(map(_name, part.table.key))})")
    lines += [
        f"FOREIGN KEY ({_name(column.name)}) REFERENCES {_name(to)} ({_name(other)})"
        for column in part.table.columns
        if column.refers_to
        for to, other in [column.refers_to]
    ]
    inside = ",\n  ".join(lines)
    return f"CREATE TABLE {_name(part.table.name)} (\n  {inside}\n)"


def _create_indexes(part: TablePart) -> Iterator[str]:
    """An index on every column that refers to another table, where the primary key does not begin with it."""
    covered = part.table.key[0] if part.key_fault is None else None
    table = part.table.name
    for column in part.table.columns:
        if column.refers_to and column.name != covered:
            yield f"CREATE INDEX {_name(f'{table}_{column.name}')} ON {_name(table)} ({_name(column.name)})"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# -- the workbook ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell formats of a workbook."""

    heading: "CellFormat"
    date: "CellFormat"
    datetime: "CellFormat"
    wrapped: "CellFormat"


def _write_xlsx(sources: list[TableSource], aside: Path, stored: Stored) -> list[TablePart]:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    options = {"constant_memory": True, "tmpdir": str(aside), "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(aside / WORKBOOK, options)
    try:
        book.set_properties({"title": datapackage.TITLE, "comments": _comments(), "created": _created(stored)})
        styles = _styles(book)
        columns = book.add_worksheet(COLUMNS_SHEET)
        parts = [part for source in sources for part in _write_sheets(book, styles, source)]
        _describe_columns(columns, styles, parts)
        if len(book.worksheets()) > 1:
            book.worksheets()[1].activate()  # opened, it shows data; what the columns mean is a sheet to the left
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from None
    finally:
        _close_temporary(book)
    return parts


def _close_temporary(book: "Workbook") -> None:
    """Close what the library leaves open when it fails half-way."""
    for sheet in book.worksheets():
        if not sheet.row_data_fh.closed:
            with suppress(OSError):
                sheet.row_data_fh.close()


def _comments() -> str:
    return f"{datapackage.LICENCE['title']}. Sources: " + "; ".join(s["title"] for s in datapackage.SOURCES)


def _created(stored: Stored) -> datetime:
    """The time that the workbook bears as its creation: the record's, since a clock would change its bytes."""
    newest = stored.facts.get("newest_list")
    return datetime.fromisoformat(newest).astimezone(UTC) if newest else datetime(1980, 1, 1, tzinfo=UTC)


def _styles(book: "Workbook") -> Styles:
    return Styles(
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _write_sheets(book: "Workbook", styles: Styles, source: TableSource) -> Iterator[TablePart]:
    """Write a table as one sheet, or as several where it has more rows than a sheet can hold."""
    whole = source.part(WORKBOOK)
    held = SHEET_ROWS - 1
    for number, start in enumerate(range(0, max(whole.rows, 1), held), 1):
        name = whole.name if number == 1 else f"{whole.name}_{number}"
        sheet = RESERVED_SHEETS.get(name, name)
        frame = source.frame.slice(start, held)
        _write_sheet(book.add_worksheet(sheet), styles, source.table, frame)
        place = {"sheetName": sheet, "excel": {"sheet": sheet}}
        yield TablePart(name, source.table, WORKBOOK, frame.height, whole.key_fault, place)


def _write_sheet(sheet: "Worksheet", styles: Styles, table: RecordTable, frame: pl.DataFrame) -> None:
    widths = {"string": 24, "integer": 10, "number": 12, "boolean": 10, "date": 12, "datetime": 20}
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(widths[column.type], len(column.name) + 2))
    _write_heading(sheet, styles, [column.name for column in table.columns], frame.height)
    times = [pl.col(c.name).dt.replace_time_zone(None) for c in table.columns if c.type == "datetime"]
    writers = [_cell_writer(sheet, styles, column.type) for column in table.columns]
    for number, row in enumerate(frame.with_columns(times).iter_rows(), 1):
        for place, value in enumerate(row):
            if value is not None and writers[place](number, place, value):
                raise Refused(
                    f"{table.name}.{table.columns[place].name}: a cell of a workbook cannot hold {value[:40]!r} "
                    f"({len(value):,} characters). Choose another format."
                )


def _cell_writer(sheet: "Worksheet", styles: Styles, kind: Type) -> Callable[[int, int, Any], int]:
    """What writes a value of a type into a cell, and returns 0 where the cell holds it completely."""

    def text(row: int, place: int, value: str) -> int:
        # The library takes a string of this form for marked-up text and writes it unescaped.
        marked = value.startswith("<r>") and value.endswith("</r>")
        return -1 if marked else int(sheet.write_string(row, place, value))

    writers: dict[Type, Callable[[int, int, Any], int]] = {
        "string": text,
        "integer": sheet.write_number,
        "number": sheet.write_number,
        "boolean": sheet.write_boolean,
        "date": lambda row, place, value: int(sheet.write_datetime(row, place, value, styles.date)),
        "datetime": lambda row, place, value: int(sheet.write_datetime(row, place, value, styles.datetime)),
    }
    return writers[kind]


def _write_heading(sheet: "Worksheet", styles: Styles, names: list[str], rows: int) -> None:
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, styles.heading)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(names) - 1)


def _describe_columns(sheet: "Worksheet", styles: Styles, parts: list[TablePart]) -> None:
    names = ["sheet", "table", "table_description", "column", "type", "description", "key", "refers_to"]
    rows = [
        (
            part.dialect["sheetName"],
            part.table.name,
            part.table.about,
            column.name,
            column.type,
            column.about,
            "yes" if column.name in part.table.key else "",
            ".".join(column.refers_to or ()),
        )
        for part in parts
        for column in part.table.columns
    ]
    for place, width in enumerate((16, 14, 40, 20, 10, 60, 6, 24)):
        sheet.set_column(place, place, width)
    _write_heading(sheet, styles, names, len(rows))
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, styles.wrapped)


WRITERS: dict[str, Writer] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "json": _write_json,
    "sqlite": _write_sqlite,
    "xlsx": _write_xlsx,
}
