"""Names of persons in case numbers and remarks, refused by look; codes of agencies and jails are not."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from commands import run_command
from ledger287.cli.main import app
from ledger287.custody.intake.people.named_numbers import counted, names_in
from ledger287.custody.intake.times.values import looks_personal


@pytest.mark.parametrize(
    "values",
    [
        ["PEREZ JUAN 2025-01"],
        ["2025-01 Perez Juan", "2025-02", "2025-03"],
        ["2025_PEREZ_JUAN"],
        ["2025-PEREZ", "2025-GARCIA", "2025-SMITH"],
        ["2025-PEREZ"],
        ["2025-001", "2025-PEREZ", "2025-003"],
        ["PEREZ-1", "PEREZ-2", "PEREZ-3"],
        ["Perez 12345", "Garcia 12346", "Smith 12347", "Smith 12348", "Lee 12349"],
    ],
)
def test_names_next_to_numbers_are_found(values: list[str]) -> None:
    assert names_in(counted(values))


@pytest.mark.parametrize(
    "values",
    [
        ["SO-2025-0001", "SO-2025-0002", "SO-2025-0003"],
        ["BKG 12345 A"],
        ["NORTH-ANNEX-2025-01"],
        ["HARRIS COUNTY 2025-01"],
        ["FORT BEND 2025-01"],
        ["COLLIER-2025-1", "COLLIER-2025-2", "COLLIER-2025-3"],
        ["COLLIER-1", "HARRIS-2", "DUVAL-3"],
        ["LOS ANGELES 2025-01"],
        ["MAY-2025-01"],
        ["synthetic-117", "synthetic-118 (stay 2)"],
        ["JAIL12-1", "INTAKE-2025", "BOOKING 2025-01"],
        ["2025-0001", "2025-0002"],
    ],
)
def test_codes_next_to_numbers_are_not(values: list[str]) -> None:
    assert names_in(counted(values)) is None


def test_words_of_the_files_own_places_are_not_names(tmp_path: Path) -> None:
    """Synthetic towns and people: the same words are refused where no column says that they are of facilities."""
    row = ",TX,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30\n"
    numbers = [("DORVILLE-1", "Dorville Jail"), ("BRAKTON-2", "Brakton Jail"), ("PEREZ-3", "Perez Unit")]
    for heading, code in (("facility", 1), ("cell block", 2)):
        file = tmp_path / f"{heading}.csv"
        lines = [f"{number},{place if code == 1 else 'B'}{row}" for number, place in numbers]
        file.write_text(f"case,{heading},state,booked,charges_cleared,released\n" + "".join(lines), encoding="utf-8")
        done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
        assert done.returncode in (code, 0)
        if code == 2:
            assert "name those in a column 'agency' or 'facility'" in done.stderr
            assert "--drop" not in done.stderr
            assert "PEREZ" not in done.stdout + done.stderr


def test_a_county_of_another_state_is_a_name(tmp_path: Path) -> None:
    """Smith County is in Texas; Florida has none."""
    for state, code in (("TX", 0), ("FL", 2)):
        file = tmp_path / f"{state}.csv"
        row = f"{state},2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30"
        file.write_text(f"case,state,booked,charges_cleared,released\nSMITH-2025-17,{row}\n", encoding="utf-8")
        done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
        assert done.returncode == code or (code == 0 and done.returncode == 1)


@pytest.mark.parametrize("number", ["2025-SMITH", "SMITH 2025", "Smith/2025", "2025_HARRIS"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_surname_and_a_year_are_no_case_number_of_the_county_of_that_name(
    tmp_path: Path, suffix: str, number: str
) -> None:
    """Smith and Harris are counties of Texas, and surnames; nothing in such a number counts the county's cases."""
    file = tmp_path / f"cases.{suffix}"
    numbers, state = ["SMITH-2025-0001", "SMITH-2025-0002", number], ["TX"] * 3
    if suffix == "csv":
        lines = "".join(f"{one},TX,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30\n" for one in numbers)
        file.write_text(f"case,state,booked,charges_cleared,released\n{lines}", encoding="utf-8")
    else:
        at = [datetime(2025, 3, 14, 11, 5, tzinfo=UTC)] * 3
        pq.write_table(pa.table({"case": numbers, "state": state, "charges_cleared": at, "released": at}), file)
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
    assert done.returncode == 2
    assert number not in done.stdout + done.stderr


OF_NOBODY = "2025-9999"
NAMES = (
    "2025-PEREZ", "PEREZ, JUAN", "PEREZ", "PerezM", "M. Perez", "juan perez", "Pérez",
    "Pérez-2026-1", "Pe\u0301rez", "Перес",
)  # fmt: skip
"""Synthetic names in place of a case number."""


@pytest.mark.parametrize("last", [*NAMES, OF_NOBODY])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_name_past_the_first_rows_and_in_a_later_file_is_refused(tmp_path: Path, suffix: str, last: str) -> None:
    """A synthetic name in row 1,501: of a text file, and of the second of two Parquet files."""
    at = datetime(2025, 3, 14, 11, 5, tzinfo=UTC)
    numbers = [[f"2025-{place}" for place in range(1500)], [*(f"2026-{place}" for place in range(1500)), last]]
    files = []
    for name, mine in zip(("one", "two"), numbers, strict=True):
        files.append(tmp_path / f"{name}.{suffix}")
        if suffix == "csv":
            lines = "".join(f'"{one}",TX,{at:%Y-%m-%dT%H:%MZ},{at:%Y-%m-%dT%H:%MZ}\n' for one in mine)
            files[-1].write_text(f"case,state,charges_cleared,released\n{lines}", encoding="utf-8")
        else:
            columns = {"case": mine, "state": ["TX"] * len(mine)}
            times = {name: [at] * len(mine) for name in ("charges_cleared", "released")}
            pq.write_table(pa.table({**columns, **times}), files[-1])
    done = run_command("custody", "audit", *map(str, files))
    assert done.returncode == (0 if last == OF_NOBODY else 2), done.stderr
    assert not any(name in (done.stdout + done.stderr).upper() for name in ("PEREZ", "PÉREZ", "ПЕРЕС"))


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
        "Perez,Synthia\nLopez,Madeup\n",
        "Perez,NULL\nLopez,2025-06-01 10:00\n",
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
    file.write_text("Recluso,Entrada,Saída\n1,2025-06-01 10:00,2025-06-02 11:00\n", encoding="utf-8")
    done = run_command("custody", "map", str(file))
    assert done.returncode == 1
    assert "'Entrada': this column has times" in done.stdout
