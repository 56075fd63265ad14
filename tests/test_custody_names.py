"""Names of persons in case numbers and remarks, refused by look; codes of agencies and jails are not."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import run_command
from ledger287.cli.main import app
from ledger287.custody.intake.times.values import looks_personal, names_with_numbers


@pytest.mark.parametrize(
    "values",
    [
        ["PEREZ JUAN 2025-01"],
        ["2025-01 Perez Juan", "2025-02", "2025-03"],
        ["2025_PEREZ_JUAN"],
        ["2025-PEREZ", "2025-GARCIA", "2025-SMITH"],
        ["Perez 12345", "Garcia 12346", "Smith 12347", "Smith 12348", "Lee 12349"],
    ],
)
def test_names_next_to_numbers_are_found(values: list[str]) -> None:
    assert names_with_numbers(values)


@pytest.mark.parametrize(
    "values",
    [
        ["SO-2025-0001", "SO-2025-0002", "SO-2025-0003"],
        ["BKG 12345 A"],
        ["NORTH-ANNEX-2025-01"],
        ["HARRIS COUNTY 2025-01"],
        ["FORT BEND 2025-01"],
        ["COLLIER-2025-1", "COLLIER-2025-2", "COLLIER-2025-3"],
        ["synthetic-117", "synthetic-118 (stay 2)"],
        ["JAIL12-1", "INTAKE-2025", "BOOKING 2025-01"],
        ["2025-0001", "2025-0002"],
    ],
)
def test_codes_next_to_numbers_are_not(values: list[str]) -> None:
    assert names_with_numbers(values) is None


def test_a_sentence_that_names_whom_it_is_about_is_found() -> None:
    assert looks_personal(["Spoke with Juan Perez on the phone", "", "ok"], 2025)
    assert looks_personal(["moved by deputy Ana B. Lopez at noon"], 2025)
    for plain in ("Spoke with North Annex on the phone", "Called County Jail", "Moved to Unit B", "released on bond"):
        assert looks_personal([plain, "x1", "x2"], 2025) is None


def test_neither_command_shows_such_a_name(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    head = "case,state,booked,charges_cleared,released"
    file.write_text(f"{head}\nPEREZ JUAN 2025-01,TX,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30\n")
    for words in (["map"], ["audit", "--zone", "America/Chicago"]):
        done = CliRunner().invoke(app, ["custody", words[0], str(file), *words[1:]])
        assert done.exit_code != 0
        assert "PEREZ" not in done.output
        assert "PEREZ" not in str(done.exception)


@pytest.mark.parametrize(
    "text",
    [
        "12345,Synthia Perez,2025-06-01 10:00,2025-06-02 11:00\n12346,Madeup Lopez,2025-06-01 10:00,2025-06-02 11:00\n",
        "Perez,Synthia,TX\nLopez,Madeup,TX\n",
        "Perez;06/01/2025;1:05 PM\nLopez;06/02/2025;2:05 PM\n",
    ],
)
def test_a_file_without_headings_is_refused_and_nothing_of_its_rows_is_shown(tmp_path: Path, text: str) -> None:
    """Synthetic people."""
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    named = str(file)
    for words in (("custody", "map", named), ("custody", "audit", named, "--out", str(tmp_path / "out")),
                  ("roster", named)):  # fmt: skip
        done = run_command(*words)
        assert done.returncode == 2
        assert "expected a line of headings" in done.stderr
        assert not any(word in done.stdout + done.stderr for word in ("Perez", "Synthia", "Lopez", "Madeup"))


def test_headings_of_another_language_are_headings(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("Recluso,Ingreso,Salida\n1,2025-06-01 10:00,2025-06-02 11:00\n", encoding="utf-8")
    done = run_command("custody", "map", str(file))
    assert done.returncode == 1
    assert '"Ingreso"' in done.stdout
