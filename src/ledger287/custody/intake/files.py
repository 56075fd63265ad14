"""A jail's files as rows of cells, whatever wrote them: CSV in any usual encoding and delimiter, xlsx, JSON, Parquet.

What enters: a path. What leaves: what kind of file it is, by its first bytes and never by its name, and its rows as
lists of texts, title rows and all. A blank line is not a row; a row may have more or fewer cells than its heading.
Raises Refused, with what to do, where a file cannot be read.
"""

import codecs
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ledger287.core.problem import Refused

DELIMITERS = (",", ";", "\t", "|")
NAMED = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
SAMPLE = 65_536
FALLBACK = "cp1252"
"""What a text file that is not UTF-8 is read as: what programs of US Windows write."""
Cells = list[str]
_FORMULA = re.compile(r'\A\s*="(.*)"\s*\Z', re.DOTALL)
"""A text as a formula: programs write it so that a spreadsheet keeps a number's zeros."""


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written; ``formulas`` where cells are texts as a formula gives them: ``="0012"``."""

    encoding: str = "utf-8"
    delimiter: str = ","
    formulas: bool = False

    @property
    def note(self) -> str | None:
        """What is said of a form that is not the plain one."""
        parts = []
        if self.encoding not in ("utf-8", "utf-8-sig"):
            parts.append(f"as {'Windows-1252' if self.encoding == FALLBACK else self.encoding.upper()}")
        if self.delimiter != ",":
            parts.append(f"with {NAMED[self.delimiter]} between cells")
        return f"read {' '.join(parts)}" if parts else None


def kind_of(path: Path) -> str:
    """What a file is, by its first bytes, not by its name."""
    if not path.exists():
        raise Refused(f"{path}: no such file.")
    if path.is_dir():
        raise Refused(f"{path}: expected a file, found a folder; name its files, as {path}/*.parquet.")
    if not path.is_file():
        raise Refused(f"{path}: expected a file, found a pipe or a device. Save what it gives in a file first.")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0, 2)
            size = file.tell()
            file.seek(max(0, size - 4))
            tail = file.read()
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}.") from None
    if not head.strip():
        raise Refused(f"{path}: expected a table of cases or a log of events, found an empty file.")
    if head[:4] == b"PAR1":
        if tail != b"PAR1" or size < 12:
            raise Refused(f"{path}: this Parquet file is cut off: its end is missing. Copy it again, all of it.")
        return "parquet"
    if head[:2] == b"PK":
        return "workbook"
    if _wide(head):
        return "csv"
    if head.lstrip()[:1] in (b"[", b"{"):
        return "json"
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|\?xml|meta|style)\b", head, re.IGNORECASE):
        raise Refused(
            f"{path}: expected CSV, a workbook (.xlsx), Parquet or JSON; found a web page or XML, not a table. "
            "Open it in a spreadsheet program and save it as .xlsx."
        )
    if b"\x00" in head or head[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08\x00"):
        older = " This may be an older workbook (.xls): save it as .xlsx." if head[:4] == b"\xd0\xcf\x11\xe0" else ""
        raise Refused(f"{path}: expected CSV, a workbook (.xlsx), Parquet or JSON; found another kind of file.{older}")
    return "csv"


def _wide(head: bytes) -> str | None:
    """The encoding of a text in two or four bytes a letter, by its mark or by where its zeros are."""
    if head[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return "utf-32"
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd == 0 else None


def text_form(path: Path) -> TextForm:
    """The encoding and the delimiter of a text file."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        sample = file.read(SAMPLE)
    return TextForm(encoding, _delimiter(sample), formulas='="' in sample)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
        if wide := _wide(head):
            return wide
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return FALLBACK
    return "utf-8-sig" if head[:3] == codecs.BOM_UTF8 else "utf-8"


def _delimiter(sample: str) -> str:
    """The sign that parts most lines into the same number of cells, more than one."""
    lines = [line for line in sample.splitlines()[:60] if line.strip()]
    if lines and (said := lines[0].strip().lower()).startswith("sep=") and said[4:5] in DELIMITERS:
        return said[4:5]
    best, most = ",", 0
    for sign in DELIMITERS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        cells, rows = max(counts.items(), key=lambda pair: (pair[1] * (pair[0] - 1), pair[0]), default=(1, 0))
        if (cells - 1) * rows > most:
            best, most = sign, (cells - 1) * rows
    return best


def grid_of(
    path: Path, kind: str, form: TextForm | None = None, sheet: str | None = None, *, most: int | None = None
) -> Iterator[Cells]:
    """The rows of a text file, a sheet or a Parquet file as they are, headings among them; of JSON its keys first.

    ``most`` limits the rows that are read from a Parquet file.
    """
    if kind == "csv":
        return _csv_grid(path, form or text_form(path))
    if kind == "workbook":
        return _sheet_grid(path, sheet)
    return _json_grid(path) if kind == "json" else _parquet_grid(path, most)


def _csv_grid(path: Path, form: TextForm) -> Iterator[Cells]:
    csv.field_size_limit(1 << 24)
    errors = "replace" if form.encoding == FALLBACK else "strict"
    try:
        with path.open(encoding=form.encoding, newline="", errors=errors) as file:
            rows = (row for row in csv.reader(file, delimiter=form.delimiter) if row)
            yield from ([_FORMULA.sub(r"\1", cell) for cell in row] for row in rows) if form.formulas else rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path}: this is not CSV in {form.encoding}: {error}. Save it as CSV UTF-8.") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}.") from None


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets."""
    return list(_book(path).sheet_names)


def _book(path: Path) -> Any:
    import fastexcel

    try:
        return fastexcel.read_excel(path)
    except Exception as error:
        raise Refused(f"{path}: this workbook cannot be read: {str(error).splitlines()[0]}") from None


def _sheet_grid(path: Path, sheet: str | None) -> Iterator[Cells]:
    """A sheet's rows; a midnight in a cell that shows a day only is the day, without a time."""
    from ledger287.custody.intake.times.day_cells import day_cells

    book = _book(path)
    name = sheet or book.sheet_names[0]
    try:
        frame = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except Exception as error:
        if "empty" in str(error).lower() or "no data" in str(error).lower():
            return
        raise Refused(f"{path} [{name}]: this sheet cannot be read: {str(error).splitlines()[0]}") from None
    days: frozenset[tuple[int, int]] | None = None
    for row, cells in enumerate(frame.iter_rows()):
        found = ["" if cell is None else str(cell) for cell in cells]
        for column, cell in enumerate(found):
            if cell.endswith(" 00:00:00"):
                days = day_cells(path, name) if days is None else days
                if (row, column) in days:
                    found[column] = cell[:10]
        yield found


def _json_grid(path: Path) -> Iterator[Cells]:
    """An array of objects, or one object a line: the keys of all of them, then each one's values."""
    heads: dict[str, None] = {}
    for row in _json_rows(path):
        heads |= dict.fromkeys(row)
    yield list(heads)
    for row in _json_rows(path):
        yield [text(row.get(head)) for head in heads]


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.read(4096).lstrip()[:1]
            file.seek(0)
            rows: Iterable[Any] = (
                json.load(file) if first == "[" else (json.loads(line) for line in file if line.strip())
            )
            for number, row in enumerate(rows, 1):
                if not isinstance(row, dict):
                    raise Refused(f"{path} row {number}: expected an object with keys, found {type(row).__name__}.")
                yield row
    except ValueError as error:
        raise Refused(f"{path}: this is not JSON: {error}. Expected an array of objects, or one a line.") from None


@cache
def peeking() -> Any:
    """The one connection that looks at the first rows of Parquet files."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _parquet_grid(path: Path, most: int | None) -> Iterator[Cells]:
    import duckdb

    cursor = peeking().cursor()
    try:
        limited = "" if most is None else f" limit {most}"
        # A file is read by itself: the names of its folders are not columns of it.
        source = f"(select * from read_parquet(?, hive_partitioning = false){limited})"
        found = cursor.execute(f"select columns(*)::varchar from {source}", [str(path)])
        yield [column[0] for column in found.description]
        while batch := found.fetchmany(10_000):
            for row in batch:
                yield ["" if cell is None else cell for cell in row]
    except duckdb.Error as error:
        raise Refused(f"{path}: this Parquet file cannot be read: {str(error).splitlines()[0]}") from None
    finally:
        cursor.close()


def text(value: object) -> str:
    """A cell as a text; a blank for none."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
