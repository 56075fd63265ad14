"""``export``: every format read back equals the record, is described, and is written completely or not at all.

The record is built from synthetic lists; what no list would hold (formulas, markup, control characters) is
put into a copy of it. Each format is read by another library than the one that wrote it.
"""

import csv
import hashlib
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from commands import run_command
from ledger287 import api
from ledger287.cli.main import app, run
from ledger287.core.problem import Refused
from ledger287.ledger.build.building import build
from ledger287.ledger.store import formats
from ledger287.ledger.store.exporting import export
from ledger287.ledger.store.folder import Stored, open_record, write_record
from ledger287.ledger.store.tables import BY_NAME, TABLES
from ledger287.places.jurisdictions.tables import place_tables
from making import PENDING, list_name, made_up_rows, workbook_bytes

FORMATS = ("parquet", "csv", "json", "sqlite", "xlsx")
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "\ttab", "\rreturn", "two\r\nlines", 'q"uo,te', "https://example.org/x",
    "mailto:a@example.org", "internal:Sheet1!A1", "00123", "TRUE", "1e5", "2025-01-01", " before", "after ",
    "ünïcödé ’ 漢 🙂", "_x0041_", "\x01control", "null", "NULL", "NaN", "#N/A", "<r>half", "a&b<c>", "back\\slash",
    "'quoted'", "#comment", "\ufeffmark", "\u2028line",
)  # fmt: skip
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """A record of three participating lists and one pending: agreements that stay, come, go and change.

    One row has a model misprinted, which is read, and another a day of signing that nobody can read.
    """
    folder = tmp_path_factory.mktemp("lists")
    days = [date(2025, 7, day) for day in (1, 2, 3)]
    rows = made_up_rows(30)
    rows[1][4], rows[2][5] = "Warrant Services Officer", "in the spring"
    changed = [*rows[:-1], [*rows[-1][:5], date(2025, 6, 30), "link", "link"]]
    pages = (rows[:-2], [*rows, *made_up_rows(2, start=60)], changed)
    for day, page in zip(days, pages, strict=True):
        (folder / list_name(day, "pm")).write_bytes(workbook_bytes(page))
    waiting = workbook_bytes(made_up_rows(8, start=58, pending=True), PENDING)
    (folder / list_name(days[0], pending=True)).write_bytes(waiting)
    out = tmp_path_factory.mktemp("record")
    build([folder], out)
    return open_record(out)


@pytest.fixture(scope="module")
def hostile(built: Stored, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """The record with values that a format may mistake, a fraction of a second, and rows without a key."""
    tables = {table.name: built.read(table.name) for table in TABLES}
    number = tables["prints"]["print"][0]
    blank: dict[str, Any] = dict.fromkeys(BY_NAME["readings"].schema)
    tables["readings"] = pl.DataFrame(
        [blank | {"print": number, "field": f"f{n}", "printed": text} for n, text in enumerate(HOSTILE)],
        schema=BY_NAME["readings"].schema,
    )
    moment = timedelta(milliseconds=813)
    tables["lists"] = tables["lists"].with_columns(pl.col("saved_at") + moment)
    tables["problems"] = pl.concat([tables["problems"].head(1)] * 2)
    return write_record(tmp_path_factory.mktemp("hostile"), tables)


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def rows_of(stored: Stored, table: str) -> Rows:
    return stored.read(table).rows()


# -- readers: a folder and what the description says of a table -> its rows ---------------------------


def typed(value: Any, kind: str) -> Any:
    """A value as text formats hold it -> as the record does."""
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "datetime":
        assert value.endswith("Z")
        return datetime.fromisoformat(value)
    if kind == "boolean" and not isinstance(value, bool):
        return {"true": True, "false": False, 1: True, 0: False}[value]
    return int(value) if kind == "integer" else value


def typed_rows(rows: Any, found: dict[str, Any]) -> Rows:
    kinds = [field["type"] for field in found["schema"]["fields"]]
    return [tuple(typed(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows]


def read_parquet(folder: Path, found: dict[str, Any]) -> Rows:
    frame = pl.read_parquet(folder / found["path"])
    assert frame.columns == [field["name"] for field in found["schema"]["fields"]]
    return frame.rows()


def read_csv(folder: Path, found: dict[str, Any]) -> Rows:
    with (folder / found["path"]).open(encoding=found["encoding"], newline="") as file:
        heading, *rows = csv.reader(file, strict=True)
    assert heading == [field["name"] for field in found["schema"]["fields"]]
    return typed_rows(([value or None for value in row] for row in rows), found)


def read_json(folder: Path, found: dict[str, Any]) -> Rows:
    rows = json.loads((folder / found["path"]).read_text(encoding=found["encoding"]))
    names = [field["name"] for field in found["schema"]["fields"]]
    assert all(list(row) == names for row in rows)
    return typed_rows((row.values() for row in rows), found)


def read_sqlite(folder: Path, found: dict[str, Any]) -> Rows:
    names = ", ".join(f'"{field["name"]}"' for field in found["schema"]["fields"])
    with sqlite3.connect(f"file:{folder / found['path']}?mode=ro", uri=True) as database:
        return typed_rows(database.execute(f'SELECT {names} FROM "{found["dialect"]["table"]}"'), found)


def read_xlsx(folder: Path, found: dict[str, Any]) -> Rows:
    book = openpyxl.load_workbook(folder / found["path"], read_only=True)
    heading, *rows = book[found["dialect"]["sheetName"]].iter_rows(values_only=True)
    assert list(heading) == [field["name"] for field in found["schema"]["fields"]]
    width = len(heading)
    kinds = [field["type"] for field in found["schema"]["fields"]]
    return [
        tuple(as_cell(value, kind) for value, kind in zip((*row, *[None] * width)[:width], kinds, strict=False))
        for row in rows
    ]


def as_cell(value: Any, kind: str) -> Any:
    if kind == "string" and value is not None:
        assert isinstance(value, str)
        return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, datetime):
        return value.date() if kind == "date" else value.replace(tzinfo=UTC)
    return value


READERS: dict[str, Callable[[Path, dict[str, Any]], Rows]] = {
    "parquet": read_parquet,
    "csv": read_csv,
    "json": read_json,
    "sqlite": read_sqlite,
    "xlsx": read_xlsx,
}


# -- what is written ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("which", ["built", "hostile"])
def test_every_table_reads_back_value_for_value(
    which: str, format: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    stored: Stored = request.getfixturevalue(which)
    export(stored, tmp_path / "out", format)
    resources = described(tmp_path / "out")["resources"]
    assert [found["name"] for found in resources] == [table.name for table in TABLES]
    for found in resources:
        assert READERS[format](tmp_path / "out", found) == rows_of(stored, found["name"]), found["name"]


def test_every_table_of_the_record_has_rows(built: Stored) -> None:
    assert not [table.name for table in TABLES if not built.read(table.name).height]


def test_duckdb_reads_the_csv_by_its_description(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "csv")
    kinds = {"string": "VARCHAR", "integer": "INTEGER", "boolean": "BOOLEAN", "date": "DATE"}
    for found in described(tmp_path / "out")["resources"]:
        types = {field["name"]: kinds.get(field["type"], "TIMESTAMP") for field in found["schema"]["fields"]}
        with duckdb.connect() as connection:
            place, quote = str(tmp_path / "out" / found["path"]), found["dialect"]["quoteChar"]
            rows = connection.read_csv(place, header=True, quotechar=quote, dtype=types).pl()
        instants = [pl.col(name).cast(pl.Datetime("us", "UTC")) for name, kind in types.items() if kind == "TIMESTAMP"]
        assert rows.with_columns(instants).rows() == rows_of(built, found["name"])


def test_json_is_one_object_a_line(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "json")
    text = (tmp_path / "out" / "agencies.json").read_text(encoding="utf-8")
    opening, *rows, closing, end = text.split("\n")
    assert (opening, closing, end) == ("[", "]", "")
    assert [json.loads(row.removesuffix(",")) for row in rows] == built.read("agencies").to_dicts()


def test_parquet_is_the_records_own_bytes(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "parquet")
    for table in TABLES:
        assert (tmp_path / "out" / f"{table.name}.parquet").read_bytes() == built.path(table.name).read_bytes()


def test_sqlite_has_types_keys_and_indexes(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "sqlite")
    described_keys = {r["name"]: r["schema"].get("primaryKey", []) for r in described(tmp_path / "out")["resources"]}
    with sqlite3.connect(tmp_path / "out" / "ledger287.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            columns = database.execute(f'PRAGMA table_info("{table.name}")').fetchall()
            kinds = {
                "string": "TEXT",
                "integer": "INTEGER",
                "boolean": "BOOLEAN",
                "date": "DATE",
                "datetime": "DATETIME",
            }
            assert [(c[1], c[2]) for c in columns] == [(c.name, kinds[c.type]) for c in table.columns]
            keys = sorted((column for column in columns if column[5]), key=lambda column: column[5])
            assert [column[1] for column in keys] == described_keys[table.name]
            references = {
                (row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{table.name}")')
            }
            assert references == {(c.name, *c.refers_to) for c in table.columns if c.refers_to}
            begins = {
                database.execute(f'PRAGMA index_info("{row[1]}")').fetchone()[2]
                for row in database.execute(f'PRAGMA index_list("{table.name}")').fetchall()
            }
            assert {name for name, *_ in references} <= begins


def test_the_workbook_holds_no_formula_and_no_link(hostile: Stored, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", "xlsx")
    with zipfile.ZipFile(tmp_path / "out" / "ledger287.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == len(TABLES) + 1
        for name in sheets:
            text = book.read(name).decode()
            assert "<f>" not in text and "<f " not in text and "<hyperlink" not in text


def test_the_workbook_opens_on_data(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "ledger287.xlsx")
    assert book.active is not None and book.active.title == book.sheetnames[1] != "columns"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [book.active.title]


def test_dates_in_the_workbook_are_dates(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "ledger287.xlsx")
    for sheet, name, form in (("agreements", "signed", "yyyy-mm-dd"), ("lists", "published_at", "yyyy-mm-dd hh:mm:ss")):
        place = [cell.value for cell in book[sheet][1]].index(name) + 1
        cell = book[sheet].cell(2, place)
        assert isinstance(cell.value, datetime) and cell.number_format == form


def test_the_sheet_columns_describes_every_column(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "ledger287.xlsx")
    heading, *rows = book["columns"].iter_rows(values_only=True)
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(f["table"], f["column"], f["type"], f["description"]) for f in found] == [
        (table.name, column.name, column.type, column.about) for table in TABLES for column in table.columns
    ]
    assert {f["sheet"] for f in found} | {"columns"} == set(book.sheetnames)
    assert not {"history"} & {name.lower() for name in book.sheetnames}, "Excel refuses a sheet named History"


def test_a_table_too_long_for_a_sheet_takes_several(
    built: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "SHEET_ROWS", 41)
    done = export(built, tmp_path / "out", "xlsx")
    found = [r for r in described(tmp_path / "out")["resources"] if re.fullmatch(r"rows(_\d)?", r["name"])]
    assert [r["name"] for r in found] == ["rows", "rows_2", "rows_3"]
    rows = [row for part in found for row in read_xlsx(tmp_path / "out", part)]
    assert rows == rows_of(built, "rows")
    assert [file.rows for file in done.files if file.table == "rows"] == [40, 40, len(rows) - 80]


@pytest.mark.parametrize("text", ["x" * 32_768, "<r>marked</r>"])
def test_what_a_cell_cannot_hold_is_refused_and_not_cut(built: Stored, tmp_path: Path, text: str) -> None:
    tables = {table.name: built.read(table.name) for table in TABLES}
    tables["agencies"] = tables["agencies"].with_columns(county=pl.lit(text))
    stored = write_record(tmp_path / "record", tables)
    with pytest.raises(Refused, match=r"agencies\.county: a cell of a workbook cannot hold .* Choose another format"):
        export(stored, tmp_path / "out", "xlsx")
    assert not (tmp_path / "out").exists()
    export(stored, tmp_path / "out", "json")
    assert text in (tmp_path / "out" / "agencies.json").read_text(encoding="utf-8")


# -- the description ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_every_column_of_every_table_is_described(built: Stored, tmp_path: Path, format: str) -> None:
    export(built, tmp_path / "out", format)
    by_name = {found["name"]: found for found in described(tmp_path / "out")["resources"]}
    for table in TABLES:
        found = by_name[table.name]
        assert found["description"].startswith(table.about)
        for column, field in zip(table.columns, found["schema"]["fields"], strict=True):
            assert (field["name"], field["type"], field["description"]) == (column.name, column.type, column.about)
            assert (field.get("format") == "default") == (column.type in ("date", "datetime"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_description_is_a_data_package(built: Stored, tmp_path: Path, format: str) -> None:
    """Held to the specification, version 1, and to the files; CSV alone has the tabular profile."""
    export(built, tmp_path / "out", format)
    package = described(tmp_path / "out")
    tabular = "tabular-" if format == "csv" else ""
    assert package["profile"] == f"{tabular}data-package"
    assert package["name"] == "ledger287-record" and package["title"] and package["description"]
    assert all(licence["name"] == "other-pd" and licence["title"] for licence in package["licenses"])
    assert all(source["title"] and source["path"].startswith("https://") for source in package["sources"])
    assert "created" not in package
    for found in package["resources"]:
        data = (tmp_path / "out" / found["path"]).read_bytes()
        assert found["profile"] == f"{tabular}data-resource"
        assert re.fullmatch(r"[a-z0-9._-]+", found["name"])
        assert found["bytes"] == len(data) and found["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert found["format"] == format and "/" in found["mediatype"]
        assert found.get("encoding") == ("utf-8" if format in ("csv", "json") else None)
        assert found["schema"]["missingValues"] == ([""] if format in ("csv", "xlsx") else [])
    assert {path.name for path in (tmp_path / "out").iterdir()} == {r["path"] for r in package["resources"]} | {
        "datapackage.json"
    }


def test_keys_that_are_claimed_hold(built: Stored, hostile: Stored, tmp_path: Path) -> None:
    for number, stored in enumerate((built, hostile)):
        folder = tmp_path / str(number)
        export(stored, folder, "csv")
        resources = {found["name"]: found for found in described(folder)["resources"]}
        for name, found in resources.items():
            frame = stored.read(name)
            if key := found["schema"].get("primaryKey"):
                assert tuple(key) == BY_NAME[name].key
                assert frame.select(key).n_unique() == frame.height and not frame.select(key).null_count().row(0).count(
                    1
                )
            else:
                assert "No primary key is given: " in found["description"]
            declared = [column for column in BY_NAME[name].columns if column.refers_to]
            assert len(found["schema"].get("foreignKeys", [])) == len(declared)
            for reference in found["schema"].get("foreignKeys", []):
                (field,), to = reference["fields"], reference["reference"]
                there = set(stored.read(to["resource"] or name)[to["fields"][0]])
                assert set(frame[field].drop_nulls()) <= there
    assert "primaryKey" in described(tmp_path / "0")["resources"][0]["schema"]


def test_a_key_that_rows_share_is_not_claimed(hostile: Stored, tmp_path: Path) -> None:
    assert hostile.read("problems").height == 2
    for format in ("csv", "sqlite"):
        export(hostile, tmp_path / format, format)
        found = next(r for r in described(tmp_path / format)["resources"] if r["name"] == "problems")
        assert "primaryKey" not in found["schema"]
        assert "several rows share their kind, file, sheet, row" in found["description"]


def test_the_csv_says_that_its_values_are_exact(hostile: Stored, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", "csv")
    assert "a spreadsheet program may take one that begins with =" in described(tmp_path / "out")["description"]
    data = (tmp_path / "out" / "readings.csv").read_bytes()
    assert b",=1+1," in data and not data.startswith(b"\xef\xbb\xbf")
    assert b'"q""uo,te"' in data and data.endswith(b"\r\n")


# -- the same record, the same bytes ------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_record_gives_the_same_bytes(hostile: Stored, tmp_path: Path, format: str) -> None:
    """In another process, zone, umask and folder, from a copy of the record, a while later."""
    export(hostile, tmp_path / "here", format, place_tables(api.open(hostile.folder)))
    shutil.copytree(hostile.folder, tmp_path / "copy")
    command = [sys.executable, "-m", "ledger287.cli.main", "export", "there", "--format", format, "--record", "copy"]
    elsewhere = os.environ | {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    subprocess.run(command, cwd=tmp_path, env=elsewhere, check=True, capture_output=True, umask=0o077)
    here, there = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("here", "there"))
    assert here == there


# -- complete or not at all ------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_an_earlier_export_is_replaced_and_other_files_are_left(built: Stored, hostile: Stored, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", "csv")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    done = export(built, tmp_path / "out", "json")
    assert set(contents(tmp_path / "out")) == {file.path for file in done.files} | {"notes.txt"}
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("format", FORMATS)
def test_a_stopped_export_leaves_the_earlier_one(
    built: Stored, hostile: Stored, tmp_path: Path, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hostile, tmp_path / "out", "csv")
    before = contents(tmp_path / "out")
    write = formats.WRITERS[format]

    def stopped(*given: Any) -> Any:
        write(*given)
        raise KeyboardInterrupt

    monkeypatch.setitem(formats.WRITERS, format, stopped)
    with pytest.raises(KeyboardInterrupt):
        export(built, tmp_path / "out", format)
    with pytest.raises(KeyboardInterrupt):
        export(built, tmp_path / "new" / "deeper", format)
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), PermissionError(13, "Permission denied")])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_move_that_fails_half_way_is_taken_back(
    built: Stored, hostile: Stored, tmp_path: Path, format: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hostile, tmp_path / "out", "csv")
    before = contents(tmp_path / "out")
    rename, done = Path.rename, []

    def failing(path: Path, target: Path) -> Path:
        done.append(path)
        if len(done) == 15:
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((KeyboardInterrupt, Refused)):
        export(built, tmp_path / "out", format)
    assert len(done) > 15
    assert contents(tmp_path / "out") == before


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that is full: no file that this process writes can be larger, and it writes no compiled modules."""
    before, compiled = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = compiled


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_leaves_what_was_there(built: Stored, hostile: Stored, tmp_path: Path, format: str) -> None:
    export(hostile, tmp_path / "out", "csv")
    before = contents(tmp_path / "out")
    for folder in ("out", "new"):
        words = ("export", folder, "--format", format, "--record", str(built.folder))
        with files_of_at_most(1500):
            done = run_command(*words, folder=tmp_path)
        assert done.returncode == 2, done.stderr
        assert done.stderr.startswith(f"ledger287 export: {folder}: the export could not be written (")
        assert len(done.stderr.splitlines()) == 1
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


def test_what_a_killed_export_left_is_swept(built: Stored, tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    for process in (killed.pid, os.getpid()):
        (tmp_path / f".ledger287-export-{process}-abc").mkdir()
        (tmp_path / f".ledger287-export-{process}-abc" / "half.csv").write_text("a,b")
    export(built, tmp_path, "csv")
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left == [f".ledger287-export-{os.getpid()}-abc"], "one that still runs is left alone"


def test_an_export_killed_amid_its_moves_is_mended_by_the_next(built: Stored, hostile: Stored, tmp_path: Path) -> None:
    export(hostile, tmp_path / "out", "csv")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    killed = """
import os, sys
from pathlib import Path
from ledger287.ledger.store.exporting import export
from ledger287.ledger.store.folder import open_record
rename, done = Path.rename, []
def dying(path, target):
    done.append(path)
    if len(done) == 15:
        os._exit(9)
    return rename(path, target)
Path.rename = dying
export(open_record(Path(sys.argv[1])), Path("out"), "json")
"""
    command = [sys.executable, "-c", killed, str(built.folder)]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 9
    assert any(path.suffix == ".json" and path.stem in BY_NAME for path in (tmp_path / "out").iterdir())
    done = export(built, tmp_path / "out", "parquet")
    assert set(contents(tmp_path / "out")) == {file.path for file in done.files} | {"notes.txt"}


# -- refusals -----------------------------------------------------------------------------------------


def asked(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ledger287", *words])
    with pytest.raises(SystemExit) as ended:
        run()
    return int(ended.value.code or 0)


def refused(built: Stored, folder: Path, format: str = "csv") -> str:
    with pytest.raises(Refused) as told:
        export(built, folder, format)
    return str(told.value)


def test_an_unknown_format_is_refused(
    built: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(tmp_path / "out"), "--format", "ods", "--record", str(built.folder)]
    assert asked(monkeypatch, *words) == 2
    assert "no format 'ods'. Expected one of: parquet, csv, json, sqlite, xlsx." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_format_has_to_be_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(monkeypatch, "export", "out") == 2
    assert "--format" in capsys.readouterr().err


def test_a_file_in_place_of_the_folder_is_refused(built: Stored, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert "expected a folder, found a file" in refused(built, tmp_path / "out")
    assert "could not be written" in refused(built, tmp_path / "out" / "deeper")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(
    "package", [None, "{}", "not json", "[]", '{"name": "another", "resources": []}', '{"name": "ledger287-record"}']
)
def test_a_folder_that_holds_something_else_is_refused(built: Stored, tmp_path: Path, package: str | None) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    if package is not None:
        (tmp_path / "datapackage.json").write_text(package)
    before = contents(tmp_path)
    assert "has files in it, and no export of ledger287" in refused(built, tmp_path)
    assert contents(tmp_path) == before


def test_the_folder_of_the_record_itself_is_refused(built: Stored) -> None:
    assert "has files in it, and no export of ledger287" in refused(built, built.folder)


def test_a_file_that_is_not_of_the_export_is_not_written_over(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path, "csv")
    (tmp_path / "agencies.json").write_text("mine")
    before = contents(tmp_path)
    assert "agencies.json: not a file of the export in this folder" in refused(built, tmp_path, "json")
    assert contents(tmp_path) == before


def test_a_description_that_names_other_files_does_not_remove_them(built: Stored, tmp_path: Path) -> None:
    export(built, tmp_path / "out", "csv")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    (tmp_path / "outside.txt").write_text("mine")
    package = described(tmp_path / "out")
    package["resources"] += [{"path": "notes.txt"}, {"path": "../outside.txt"}]
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(package))
    export(built, tmp_path / "out", "json")
    assert (tmp_path / "out" / "notes.txt").exists() and (tmp_path / "outside.txt").exists()


def test_a_record_of_other_columns_is_refused(built: Stored, tmp_path: Path) -> None:
    shutil.copytree(built.folder, tmp_path / "record")
    stored = open_record(tmp_path / "record")
    pl.read_parquet(stored.path("names")).drop("rows").write_parquet(stored.path("names"))
    told = refused(stored, tmp_path / "out")
    assert "names.parquet: expected the columns agency_id" in told and "Build the record again" in told
    stored.path("names").write_bytes(b"cut short")
    assert "the table could not be read" in refused(stored, tmp_path / "out")
    stored.path("names").unlink()
    assert "If the record was being rebuilt, export again" in refused(stored, tmp_path / "out")
    assert not (tmp_path / "out").exists()


# -- the command --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_json_lists_the_files(built: Stored, tmp_path: Path, format: str) -> None:
    words = ["export", str(tmp_path / "out"), "--format", format, "--record", str(built.folder), "--json"]
    answer = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    assert list(answer) == ["folder", "format", "files"]
    assert (answer["folder"], answer["format"]) == (str(tmp_path / "out"), format)
    *tables, package = answer["files"]
    assert [file["table"] for file in tables] == [*(table.name for table in TABLES), "jurisdictions", "counties"]
    assert [file["rows"] for file in tables][: len(TABLES)] == [built.read(table.name).height for table in TABLES]
    assert (package["path"], package["table"], package["rows"]) == ("datapackage.json", None, None)
    for file in answer["files"]:
        assert list(file) == ["path", "table", "rows", "bytes", "sha256"]
        data = (tmp_path / "out" / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_text_names_files_rows_and_sizes(built: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a short name, for a long one wraps
    words = ["export", "out", "--format", "csv", "--record", str(built.folder)]
    told = CliRunner().invoke(app, words, catch_exceptions=False)
    assert told.exit_code == 0
    assert f"out: {len(TABLES) + 2} tables as csv" in told.stdout
    lines = {line.split()[0]: line.split() for line in told.stdout.splitlines() if line.strip()}
    assert lines["agencies.csv"][1:3] == ["agencies", f"{built.read('agencies').height:,}"]
    assert lines["datapackage.json"][1:]


def test_help_has_an_example() -> None:
    told = CliRunner().invoke(app, ["export", "--help"]).stdout
    assert "Example: ledger287 export out --format csv" in told
