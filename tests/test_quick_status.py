"""``status`` from the file of counts: the same answer as the ledger's, without the libraries that it does not need."""

import io
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.cli.quick.answer import answered
from ledger287.ledger.query.answers import Status
from ledger287.ledger.query.quick import quick_status, shipped_folder
from ledger287.ledger.store.counts import COUNTS, counts_file
from ledger287.ledger.store.folder import open_record, shipped, write_record
from ledger287.ledger.store.tables import TABLES

DAYS = ("2021-01-14", "2022-07-01", "2025-02-28", "2025-08-14", "2025-09-22", "2026-02-27", "2026-05-08", "2027-01-01")


@pytest.mark.parametrize("on", DAYS)
def test_it_gives_what_the_ledger_gives(on: str) -> None:
    book = ledger287.open()
    for state in (None, "FL", "GU", "CA"):
        for model in (None, "JEM", "TFM"):
            for known_on in (None, date(2025, 3, 1)):
                told = book.status(on, state=state, model=model, known_on=known_on)
                quick = quick_status(shipped(), date.fromisoformat(on), known_on, state, model)
                assert quick is not None
                for field in fields(Status):
                    assert getattr(quick, field.name) == getattr(told, field.name), (field.name, state, model, known_on)
                assert list(quick.by_state) == list(told.by_state)
                assert list(quick.by_model) == list(told.by_model)


def test_the_file_that_ships_is_of_the_tables_that_ship(tmp_path: Path) -> None:
    stored = open_record()
    tables = {table.name: stored.read(table.name) for table in TABLES}
    assert (stored.tables / COUNTS).read_bytes() == counts_file(tables)
    assert (write_record(tmp_path, tables).tables / COUNTS).read_bytes() == counts_file(tables)
    assert shipped_folder() == shipped()


@pytest.mark.parametrize(
    "words",
    [
        ("--on", "2025-08-14"),
        ("--on=2025-08-14", "--json"),
        ("--state", "tx", "--on", "2026-02-10"),
        ("--model", "WSO", "--known-on", "2025-06-30", "--on", "2025-08-14"),
    ],
)
def test_it_prints_what_the_usual_way_prints(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    out = io.StringIO()
    with redirect_stdout(out):
        assert answered(("status", *words))
    assert out.getvalue() == CliRunner().invoke(app, ["status", *words]).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("overview",),
        ("status", "--help"),
        ("status", "--county", "12021"),
        ("status", "--on", "2015-05-01"),
        ("status", "--on", "14 August"),
        ("status", "--on"),
        ("status", "--state", "Florida"),
        ("status", "--state", "FL", "--state", "TX"),
        ("status", "--json=yes"),
        ("status", "extra"),
    ],
)
def test_all_else_is_left_to_the_usual_way(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert not answered(words)
    assert capsys.readouterr().out == ""


def test_a_record_without_the_file_or_with_a_damaged_one_is_left_to_the_usual_way(tmp_path: Path) -> None:
    record = tmp_path / "record"
    shutil.copytree(shipped(), record)
    file = next(record.glob(f"*/{COUNTS}"))
    day = date(2025, 8, 14)
    assert quick_status(record, day) is not None
    file.write_bytes(file.read_bytes()[:5000])
    assert quick_status(record, day) is None
    file.unlink()
    assert quick_status(record, day) is None
    assert ledger287.open(record).status(day).agreements == 895


def test_nothing_large_is_imported() -> None:
    large = ("polars", "typer", "rich", "pydantic", "yaml", "duckdb", "rapidfuzz")
    code = (
        "import sys; from ledger287.cli.quick.answer import answered\n"
        "assert answered(['status', '--on', '2025-08-14'])\n"
        f"sys.exit(','.join(set(sys.modules) & set({large!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert "895 agreements" in done.stdout


def test_the_version_needs_none_of_the_libraries_of_the_commands() -> None:
    code = (
        "import sys; sys.argv = ['ledger287', '--version']\nfrom ledger287.cli.main import run\n"
        "try:\n run()\nexcept SystemExit as end: print(end.code, 'typer' in sys.modules, 'polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"ledger287 {ledger287.__version__}", "0 False False"]


@pytest.mark.parametrize("words", [["--help"], ["-h"]])
def test_the_list_of_commands_needs_no_library_of_tables(words: list[str]) -> None:
    large = ("polars", "pydantic", "duckdb", "rapidfuzz", "yaml", "jinja2")
    code = (
        f"import sys; sys.argv = ['ledger287', *{words!r}]\nfrom ledger287.cli.main import run\n"
        f"try:\n run()\nexcept SystemExit: print(sorted(set(sys.modules) & set({large!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "overview" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
