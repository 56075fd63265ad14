"""A record and a format -> a folder with every table in that format, and a ``datapackage.json``.

The files are written aside, in a folder within the folder asked for, flushed, and moved into place when
all of them are there, ``datapackage.json`` last. An export that fails, is stopped, or finds the disk full
leaves what was there before. A folder that holds anything but an earlier export is refused; files that
lie beside an earlier export are left alone. The same record gives the same bytes, by the same version of
ledger287 and of the libraries that write.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.foundation.problems import Refused
from ledger287.record import datapackage
from ledger287.record.datapackage import FORMATS, Part, Size, key_fault
from ledger287.record.store import Stored
from ledger287.record.tables import TABLES, Table, Type

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PACKAGE = "datapackage.json"
DATABASE = "ledger287.sqlite"
WORKBOOK = "ledger287.xlsx"
ASIDE = ".ledger287-export-"

SHEET_ROWS = 1_048_576
COLUMNS_SHEET = "columns"
RESERVED_SHEETS = {"history": "history_table"}
"""Excel keeps the name History for itself and calls a workbook with such a sheet damaged."""

SQL_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
}


@dataclass(frozen=True, slots=True)
class File:
    """A table in a file of the export; ``table`` and ``rows`` are None for ``datapackage.json``.

    Where one file holds every table, each has an entry, with the size and hash of the whole file.
    """

    path: str
    table: str | None
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    folder: str
    format: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the record: its declaration, its Parquet bytes, and its rows."""

    table: Table
    data: bytes
    frame: pl.DataFrame

    def part(self, path: str, dialect: dict[str, Any] | None = None) -> Part:
        """The whole table, as a part of the export."""
        fault = key_fault(self.table, self.frame)
        return Part(self.table.name, self.table, path, self.frame.height, fault, dialect or {})


Writer = Callable[[list[Source], Path, Stored], list[Part]]


def export(stored: Stored, folder: Path, format: str) -> Exported:
    """Write every table of a record into a folder. Raises Refused when it cannot, and then changes nothing."""
    if format not in FORMATS:
        raise Refused(f"no format {format!r}. Expected one of: {', '.join(FORMATS)}.")
    try:
        earlier = _earlier_export(folder)
        sources = [_source(stored, table) for table in TABLES]
        files = _write_all(sources, folder, format, stored, earlier)
    except OSError as error:
        raise Refused(
            f"{folder}: the export could not be written ({error.strerror or error}). "
            "What was there before is untouched; make room or name another folder, and export again."
        ) from None
    _sweep(folder)
    return Exported(str(folder), format, files)


def _source(stored: Stored, table: Table) -> Source:
    again = "If the record was being rebuilt, export again; else build it again."
    try:
        data = stored.path(table.name).read_bytes()
        frame = pl.read_parquet(io.BytesIO(data))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise Refused(f"{stored.path(table.name)}: the table could not be read ({error}). {again}") from None
    if dict(frame.schema) != dict(table.schema):
        raise Refused(
            f"{stored.path(table.name)}: expected the columns {', '.join(table.schema)}; "
            f"found {', '.join(frame.columns)}. Build the record again with this version of ledger287."
        )
    return Source(table, data, frame)


# -- the folder ------------------------------------------------------------------------------------


def _earlier_export(folder: Path) -> frozenset[str]:
    """The files of an export that the folder holds. Raises Refused where it holds something else."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder}: expected a folder, found a file. Name a folder to export into.")
    if not folder.is_dir() or all(path.name.startswith(ASIDE) for path in folder.iterdir()):
        return frozenset()
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        if found["name"] == datapackage.NAME:
            named = {resource["path"] for resource in found["resources"]} | {PACKAGE}
            return frozenset(named & _possible_files())
    raise Refused(
        f"{folder}: holds files, and no export of ledger287 (expected none, or a {PACKAGE} named "
        f"{datapackage.NAME}). Name a new or empty folder."
    )


def _possible_files() -> set[str]:
    """The names that exports give, so that a mended description cannot make us remove any other file."""
    tables = {f"{table.name}.{ending}" for table in TABLES for ending in ("parquet", "csv", "json")}
    return tables | {DATABASE, WORKBOOK, PACKAGE}


def _write_all(
    sources: list[Source], folder: Path, format: str, stored: Stored, earlier: frozenset[str]
) -> tuple[File, ...]:
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    aside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{os.getpid()}-", dir=folder))
        files = _write_aside(sources, aside, format, stored)
        _move_in(aside, folder, list(dict.fromkeys(file.path for file in files)), earlier)
    except BaseException:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):
            for path in made:
                path.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return files


def _write_aside(sources: list[Source], aside: Path, format: str, stored: Stored) -> tuple[File, ...]:
    parts = WRITERS[format](sources, aside, stored)
    sizes = {path: _flushed(aside / path) for path in dict.fromkeys(part.path for part in parts)}
    package = datapackage.describe(FORMATS[format], parts, sizes, stored.facts)
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (aside / PACKAGE).write_bytes(text.encode())
    files = [File(p.path, p.table.name, p.rows, sizes[p.path].bytes, sizes[p.path].sha256) for p in parts]
    size = _flushed(aside / PACKAGE)
    return (*files, File(PACKAGE, None, None, size.bytes, size.sha256))


def _flushed(path: Path) -> Size:
    """Flush a written file to the disk, and measure it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return Size(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _move_in(aside: Path, folder: Path, names: list[str], earlier: frozenset[str]) -> None:
    """Move the new files into place and the earlier ones out, all of them or none; the description last."""
    for name in names:
        if name not in earlier and os.path.lexists(folder / name):
            raise Refused(
                f"{folder / name}: no file of the export that lies here. Move it away, or name another folder."
            )
    out = aside / "earlier"
    out.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in sorted({*names, *earlier} - {PACKAGE}):
            for old, new in ((folder / name, out / name), (aside / name, folder / name)):
                if os.path.lexists(old):
                    moved.append((old, new))
                    old.rename(new)
        (aside / PACKAGE).replace(folder / PACKAGE)
    except BaseException:
        for old, new in reversed(moved):
            with suppress(FileNotFoundError):
                new.rename(old)
        raise


def _sweep(folder: Path) -> None:
    """Remove what exports left aside that were killed."""
    for path in folder.glob(f"{ASIDE}*"):
        writer = path.name.removeprefix(ASIDE).partition("-")[0]
        if writer.isdigit() and not _runs(int(writer)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process runs; True where this cannot be asked without disturbing it."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


# -- the formats -----------------------------------------------------------------------------------


def _in_text(source: Source) -> pl.DataFrame:
    """The rows with dates and instants as ISO 8601 text; fractions of a second only where there are any."""
    forms = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M:%S%.fZ"}
    return source.frame.with_columns(
        pl.col(column.name).dt.to_string(forms[column.type]) for column in source.table.columns if column.type in forms
    )


def _write_parquet(sources: list[Source], aside: Path, _: Stored) -> list[Part]:
    parts = [source.part(f"{source.table.name}.parquet") for source in sources]
    for source, part in zip(sources, parts, strict=True):
        (aside / part.path).write_bytes(source.data)
    return parts


def _write_csv(sources: list[Source], aside: Path, _: Stored) -> list[Part]:
    parts = [source.part(f"{source.table.name}.csv") for source in sources]
    for source, part in zip(sources, parts, strict=True):
        (aside / part.path).write_bytes(_in_text(source).write_csv(line_terminator="\r\n").encode())
    return parts


def _write_json(sources: list[Source], aside: Path, _: Stored) -> list[Part]:
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


def _write_sqlite(sources: list[Source], aside: Path, _: Stored) -> list[Part]:
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


def _create_table(part: Part) -> str:
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


def _create_indexes(part: Part) -> Iterator[str]:
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


def _write_xlsx(sources: list[Source], aside: Path, stored: Stored) -> list[Part]:
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


def _write_sheets(book: "Workbook", styles: Styles, source: Source) -> Iterator[Part]:
    """Write a table as one sheet, or as several where it has more rows than a sheet can hold."""
    whole = source.part(WORKBOOK)
    held = SHEET_ROWS - 1
    for number, start in enumerate(range(0, max(whole.rows, 1), held), 1):
        name = whole.name if number == 1 else f"{whole.name}_{number}"
        sheet = RESERVED_SHEETS.get(name, name)
        frame = source.frame.slice(start, held)
        _write_sheet(book.add_worksheet(sheet), styles, source.table, frame)
        place = {"sheetName": sheet, "excel": {"sheet": sheet}}
        yield Part(name, source.table, WORKBOOK, frame.height, whole.key_fault, place)


def _write_sheet(sheet: "Worksheet", styles: Styles, table: Table, frame: pl.DataFrame) -> None:
    widths = {"string": 24, "integer": 10, "boolean": 10, "date": 12, "datetime": 20}
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(widths[column.type], len(column.name) + 2))
    _write_heading(sheet, styles, [column.name for column in table.columns], frame.height)
    instants = [pl.col(c.name).dt.replace_time_zone(None) for c in table.columns if c.type == "datetime"]
    writers = [_cell_writer(sheet, styles, column.type) for column in table.columns]
    for number, row in enumerate(frame.with_columns(instants).iter_rows(), 1):
        for place, value in enumerate(row):
            if value is not None and writers[place](number, place, value):
                raise Refused(
                    f"{table.name}.{table.columns[place].name}: a cell of a workbook cannot hold {value[:40]!r} "
                    f"({len(value):,} characters). Choose another format."
                )


def _cell_writer(sheet: "Worksheet", styles: Styles, kind: Type) -> Callable[[int, int, Any], int]:
    """What writes a value of a type into a cell, and returns 0 where the cell holds it whole."""

    def text(row: int, place: int, value: str) -> int:
        # The library takes a string of this form for marked-up text and writes it unescaped.
        marked = value.startswith("<r>") and value.endswith("</r>")
        return -1 if marked else int(sheet.write_string(row, place, value))

    writers: dict[Type, Callable[[int, int, Any], int]] = {
        "string": text,
        "integer": sheet.write_number,
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


def _describe_columns(sheet: "Worksheet", styles: Styles, parts: list[Part]) -> None:
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
