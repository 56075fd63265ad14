"""Opens the files of an audit: what each is, which column holds what, and what must not be there.

What enters: files (CSV, workbook, Parquet, JSON) that hold one row a case, or a log of events. What leaves: a
``Source`` each, whose rows lie in a Parquet file, and the problems met. It promises that no column that holds what
names a person is read: such a table is refused until the column is dropped by name. Rows of a text file are read
one by one and staged; a Parquet file whose times are times already is taken as it lies.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from ledger287.core.problem import Refused
from ledger287.core.query_error import Field, QueryError
from ledger287.custody.batch.plan import FIELDS, OFFICERS, PLACES, TIMES
from ledger287.custody.case.vocabulary import headings, log_headings, plain
from ledger287.custody.intake.problems import KINDS, Met
from ledger287.custody.intake.values import looks_personal, personal_heading

Shape = Literal["cases", "log"]
EXTRA = "\x00extra"
"""The key under which a CSV row's cells past the last heading stand."""
LOOK_AT = 1000
"""How many rows of a file are looked at before it is read."""
LOG_TEXT = (
    "case", "event", "agency", "state", "zone", "form", "ground", "issued_by", "standing", "outcome", "model",
    "paid_detention", "officer",
)  # fmt: skip
CASE_TEXT = ("case", *PLACES, *OFFICERS, *FIELDS)
NUMBERED = (*OFFICERS, "officer")
FREE = ("case", "agency", "status_reference", "reference", *NUMBERED)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, understood. ``columns`` maps a column of the file to its field, for those that are read.

    ``direct`` is True where the file is Parquet whose times are timestamps: it is read as it lies.
    """

    path: Path
    kind: str
    shape: Shape
    columns: dict[str, str]
    direct: bool
    problems: tuple[Met, ...] = ()
    types: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the file has."""
        return frozenset(self.columns.values())


def open_source(path: Path, drop: Sequence[str] = ()) -> Source:
    """One file, as a source. Raises Refused where it cannot be read, or holds what names a person."""
    kind = kind_of(path)
    types = _parquet_types(path) if kind == "parquet" else {}
    heads = list(types) if types else _heading(path, kind)
    dropped = {plain(name) for name in drop}
    kept = [head for head in heads if plain(head) not in dropped and head.strip()]
    shape = _shape(path, kept)
    known = log_headings() if shape == "log" else headings()
    columns: dict[str, str] = {}
    problems = []
    for head in kept:
        name = known.get(plain(head))
        if name is None:
            if word := personal_heading(head):
                raise personal(path, head, f"a heading with {word!r} in it")
            problems.append(problem(path, 0, head, "unknown_column", found=f"the heading {head!r}"))
        elif name in columns.values():
            other = next(one for one, field_ in columns.items() if field_ == name)
            says = f"{path}: {head!r} and {other!r} both hold {name}. Leave one out with "
            raise QueryError("column_twice", says, Field("drop", repr(head)), ".")
        else:
            columns[head] = name
    _look(path, kind, kept, columns)
    _enough(path, shape, frozenset(columns.values()))
    direct = kind == "parquet" and _times_are_times(shape, columns, types)
    return Source(path, kind, shape, columns, direct, tuple(problems), types)


def problem(path: Path, row: int, column: str, kind: str, *, found: str = "", case: str | None = None) -> Met:
    said = KINDS[kind]
    return Met(str(path), row, column or said.column, case, kind, said.expected, found or said.found, said.remedy)


def kind_of(path: Path) -> str:
    """What a file is, by its first bytes, not by its name."""
    if not path.exists():
        raise Refused(f"{path}: no such file.")
    if path.is_dir():
        raise Refused(f"{path}: expected a file, found a folder; name its files, as {path}/*.parquet.")
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(0, size - 4))
        tail = file.read()
    if not head.strip():
        raise Refused(f"{path}: expected a table of cases or a log of events, found an empty file.")
    if head[:4] == b"PAR1":
        if tail != b"PAR1" or size < 12:
            raise Refused(f"{path}: this Parquet file is cut off: its end is missing. Copy it again, whole.")
        return "parquet"
    if head[:2] == b"PK":
        return "workbook"
    if head.lstrip()[:1] in (b"[", b"{"):
        return "json"
    if b"\x00" in head or head[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08\x00"):
        raise Refused(f"{path}: expected CSV, a workbook (.xlsx), Parquet or JSON; found another kind of file.")
    return "csv"


def _parquet_types(path: Path) -> dict[str, str]:
    import duckdb

    try:
        rows = duckdb.connect().execute("describe select * from read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise Refused(f"{path}: this Parquet file cannot be read: {str(error).splitlines()[0]}") from None
    return {row[0]: row[1] for row in rows}


def _times_are_times(shape: Shape, columns: dict[str, str], types: dict[str, str]) -> bool:
    wanted = ("at",) if shape == "log" else TIMES
    return all(types[head].startswith("TIMESTAMP") for head, name in columns.items() if name in wanted)


def _heading(path: Path, kind: str) -> list[str]:
    """The headings of a file; of JSON the keys of every row, since a row names only what it has."""
    rows = rows_of(path, kind)
    heads: dict[str, None] = {}
    for row in rows:
        heads |= dict.fromkeys(row)
        if kind != "json":
            break
    if not heads:
        raise Refused(f"{path}: expected a heading row and rows of data, found no row.")
    heads.pop(EXTRA, None)
    return list(heads)


def _shape(path: Path, heads: list[str]) -> Shape:
    """A log has a column for the event and one for its time; anything else is a table of cases."""
    known = {log_headings().get(plain(head)) for head in heads}
    if {"event", "at"} <= known:
        return "log"
    if not {headings().get(plain(head)) for head in heads} - {None}:
        raise Refused(
            f"{path}: none of its headings is of a custody table: {', '.join(map(repr, heads[:8]))}. "
            "docs/custody.md has an example of each input."
        )
    return "cases"


def _enough(path: Path, shape: Shape, fields: frozenset[str]) -> None:
    if "case" not in fields:
        raise Refused(f"{path}: expected a column with the case's number (case), found none.")
    starts, ends = ("charges_cleared", "hold_started", "custody_passed_to_ice"), ("released", "ice_took_person")
    if shape == "cases" and not (set(starts) & fields and set(ends) & fields):
        raise Refused(
            f"{path}: expected a column of {' or '.join(starts)}, and one of {' or '.join(ends)}; found neither pair."
        )


def personal(path: Path, head: str, why: str) -> Refused:
    return QueryError(
        "personal_column",
        f"{path}: column {head!r} was not read: it has {why}. An audit needs no names, birth dates, nationalities or "
        "A-numbers. Leave it out of the file, or say ",
        Field("drop", repr(head)),
        ".",
    )


def _look(path: Path, kind: str, kept: list[str], columns: dict[str, str]) -> None:
    """Looks at the first rows: columns that no field reads, and those that hold free text."""
    rows = list(islice(rows_of(path, kind), LOOK_AT))
    if not rows:
        raise Refused(f"{path}: expected rows of cases or events, found only a heading.")
    year = datetime.now(UTC).year
    for head in kept:
        name = columns.get(head)
        if name is None or name in FREE:
            values = [text(row.get(head)) for row in rows]
            found = looks_personal(values, year) if name is None or name in NUMBERED else _identifying(values)
            if found:
                raise personal(path, head, f"values that look like {found}")


def _identifying(values: list[str]) -> str | None:
    from ledger287.custody.intake.values import identifies

    return next((found for value in values if (found := identifies(value))), None)


def text(value: object) -> str:
    """A cell as a text; a blank for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value).strip()


def rows_of(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The rows of a file by heading, as they stand. Raises Refused, with the row, where it cannot be read."""
    readers = {"csv": _csv_rows, "workbook": _workbook_rows, "json": _json_rows, "parquet": _parquet_rows}
    return readers[kind](path)


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            sample = file.read(65536)
            file.seek(0)
            commas, semicolons, tabs = (sample.split("\n", 1)[0].count(sign) for sign in ",;\t")
            sign = ";" if semicolons > commas else "\t" if tabs > commas else ","
            yield from csv.DictReader(file, delimiter=sign, restkey=EXTRA)
        except (UnicodeDecodeError, csv.Error) as error:
            raise Refused(f"{path}: this is no CSV in UTF-8: {error}. Save it as CSV UTF-8.") from None


def _workbook_rows(path: Path) -> Iterator[dict[str, Any]]:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        sheet = book.load_sheet(0, dtypes="string")
    except Exception as error:
        raise Refused(f"{path}: this workbook cannot be read: {str(error).splitlines()[0]}") from None
    frame = sheet.to_polars()
    yield from frame.iter_rows(named=True)


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    """An array of objects, or one object a line."""
    with path.open(encoding="utf-8-sig") as file:
        first = file.read(4096).lstrip()[:1]
        file.seek(0)
        try:
            rows: Iterable[Any] = (
                json.load(file) if first == "[" else (json.loads(line) for line in file if line.strip())
            )
            for number, row in enumerate(rows, 1):
                if not isinstance(row, dict):
                    raise Refused(f"{path} row {number}: expected an object with keys, found {type(row).__name__}.")
                yield row
        except ValueError as error:
            raise Refused(f"{path}: this is no JSON: {error}. Expected an array of objects, or one a line.") from None


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    import duckdb

    connection = duckdb.connect()
    try:
        found = connection.execute("select columns(*)::varchar from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        while batch := found.fetchmany(10_000):
            yield from (dict(zip(names, row, strict=True)) for row in batch)
    except duckdb.Error as error:
        raise Refused(f"{path}: this Parquet file cannot be read: {str(error).splitlines()[0]}") from None
