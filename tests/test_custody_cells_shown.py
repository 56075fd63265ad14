"""What is shown of a cell that is not understood has no word of a person's in it. Every name is synthetic."""

import csv
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app

HEAD = "case,state,booked,detainer_received,detainer_form,charges_cleared,hold_started,released"
ROW = "made-up-{},TX,2025-06-01 08:00,2025-06-02 09:00,I-247A,2025-06-03 10:00,{},{}"
LOG = """case,event,at,form,outcome
made-up-1,detainer_received,2025-06-02 09:00,I-247A,
made-up-1,ICE picked up Pedro Ejemplo,2025-06-03 10:00,,
made-up-1,PICKED UP BY ICE AGENT MUESTRA,2025-06-03 10:00,,
made-up-1,charges_cleared,2025-06-03 10:00,,
made-up-1,status_answered,2025-06-04 10:00,,removable per Pedro Ejemplo
made-up-1,released,2025-06-06 10:00 per Sgt Muestra,,
"""
PERSONAL = ("pedro", "ejemplo", "muestra", "1988", "02/03")


def printed(folder: Path, command: str, file: Path) -> str:
    """Everything that a command prints and writes about problems, in lower case."""
    more = ["--out", str(folder / "report"), "--zone", "America/Chicago", "--all-problems"]
    args = [str(file), *(more if command == "audit" else ["--out", str(folder / f"{file.stem}.yml")])]
    said = CliRunner().invoke(app, ["custody", command, *args]).output
    table = folder / "report" / "problems.csv"
    return (said + (table.read_text() if table.exists() else "")).lower()


@pytest.mark.parametrize("command", ["audit", "map"])
def test_a_name_in_the_cell_of_a_time_or_an_event_is_shown_nowhere(tmp_path: Path, command: str) -> None:
    cells = [
        ("2025-06-03 10:00 dob 02/03/1988", "2025-06-04 10:00"),
        ("2025-06-03 10:00", "Pedro Ejemplo rel 2025-06-04 10:00"),
        ("2025-06-03 10:00 02/03/1988", "2025-06-04 10:00"),
        ("2025-06-03 10:00", "2025-06-04"),
    ]
    rows, log = tmp_path / "rows.csv", tmp_path / "log.csv"
    rows.write_text("\n".join((HEAD, *(ROW.format(place, *both) for place, both in enumerate(cells)))) + "\n")
    log.write_text(LOG)
    for file in (rows, log):
        said = printed(tmp_path, command, file)
        assert not [word for word in PERSONAL if word in said], said
    assert "xxx" in said
    if command == "audit":
        assert "'2025-06-04'" in printed(tmp_path, command, rows)


def test_whom_a_person_was_released_to_is_shown_where_it_is_ice_alone(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    rows = [
        ("ICE ERO", "2025-06-04 10:00"),
        ("Bill Muestra", "2025-06-05 10:00"),
        ("Bill Bond", "2025-06-06 10:00"),
    ]
    lines = [f"made-up-{place},2025-06-03 10:00,{left},{to}" for place, (to, left) in enumerate(rows, 1)]
    file.write_text("\n".join(["case,hold_started,released,Release To", *lines]))
    said = printed(tmp_path, "map", file)
    assert "'ice ero'" in said
    assert "muestra" not in said
    assert "bill" not in said


STRANGE = "zquomor"
"""A surname that no list has: nothing can tell by its look that it is one."""
TEXTS = (
    "Remarks", "Notes", "Disposition Code", "Hold Reason", "Release Reason", "Held By", "Served By", "Status Reference",
    "Detainer Form", "Detainer Ground", "Warrant Form", "Status Outcome", "Paid Detention", "Officer Standing", "Model",
    "Juvenile", "Booked", "Otherwise Releasable", "Released",
)  # fmt: skip
ROSTER = """officer,agency,state,model,certified_at,authorized_at
7,Made-up County Sheriff,TX,WSO,2024-01-01,2024-02-01
"""


def everything(folder: Path) -> str:
    """Every byte of text and every cell of Parquet in a folder, in lower case."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            found.append(str(parquet.read_table(path).to_pydict()))
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found).lower()


@pytest.mark.parametrize("cell", ["{}", "per {} at desk", "2025-06-02 10:00 {}", "call {} 555-0100", "{} 2025-06-02"])
def test_no_word_of_a_cell_that_is_not_understood_reaches_any_output(tmp_path: Path, cell: str) -> None:
    word = cell.format(STRANGE)
    file, roster, out = tmp_path / "rows.csv", tmp_path / "roster.csv", tmp_path / "out"
    head = ["Booking Number", "Detainer Received", "Hold Started", *TEXTS]
    usual = ["2025-06-01 09:00", "2025-06-02 09:00"]
    rows = [[f"2025-{place}", *usual, *([""] * place), word, *([""] * (len(TEXTS) - place - 1))] for place in range(19)]
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([head, *rows])
    roster.write_text(ROSTER, encoding="utf-8")
    out.mkdir()
    more = ["--zone", "America/Chicago", "--state", "TX", "--all-problems", "--as-of", "2025-06-09 09:00"]
    ask = ["custody", "audit", str(file), "--out", str(out / "report"), "--roster", str(roster), *more]
    done = CliRunner().invoke(app, ask)
    assert done.exit_code == 1, done.output
    shown = CliRunner().invoke(app, ["custody", "map", str(file), "--out", str(out / "jail.yml")])
    case = ["custody", "exhibit", str(out / "report"), "2025-3", "--out", str(out / "case.html")]
    page = CliRunner().invoke(app, case)
    assert page.exit_code == 0, page.output
    assert (out / "report" / "cases.parquet").exists()
    found = everything(out) + (done.output + shown.output + page.output).lower()
    assert STRANGE not in found, found[found.index(STRANGE) - 200 :][:300]
