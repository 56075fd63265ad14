"""People's names in a column that no field reads: in remarks, by themselves, and by how seldom a word comes again.

Every name and case is synthetic.
"""

from pathlib import Path

import pytest

from commands import run_command
from ledger287.custody.intake.times.values import looks_personal

TIMES = "2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30"
SYLLABLES = ("zal", "tiru", "wen", "okpa", "mich", "xoli", "bren", "quet", "dro", "hui")
UNDECLARED = [f"{one}{other}".upper() for one, other in zip(SYLLABLES, SYLLABLES[3:] + SYLLABLES[:3], strict=True)]


def audited(folder: Path, head: str, cells: list[str]) -> tuple[int, str]:
    """The exit code of an audit of such cells in a column that no field reads, and all that it printed."""
    file = folder / "cases.csv"
    lines = "".join(f'2025-{place:04},TX,"{cell}",{TIMES}\n' for place, cell in enumerate(cells))
    file.write_text(f"case,state,{head},booked,charges_cleared,released\n{lines}", encoding="utf-8")
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--all-problems")
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "cells",
    [
        ["GARCIA", "2", "2"],
        ["", "HERNANDEZ called, no answer", "ok"],
        ["picked up by Nguyen", "", ""],
        ["", "Martínez said no", ""],
        ["lopez", "hernandez", "nguyen"],
        UNDECLARED,
    ],
    ids=["one", "a remark in capitals", "a remark", "with an accent", "small letters", "undeclared"],
)
def test_a_column_that_is_not_read_is_refused_for_its_names(tmp_path: Path, cells: list[str]) -> None:
    code, said = audited(tmp_path, "wing", cells)
    assert code == 2 and "people's names" in said and "--drop" in said
    assert not any(word.lower() in said.lower() for cell in cells for word in cell.split() if len(word) > 4)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("wing", ["BLUE", "GREEN", "BROWN", "WHITE"]),
        ("remarks", ["Grant of bond", "moved to GARZA COUNTY", "sent to Harris Co jail", "at Houston"]),
        ("unit", ["HARRIS", "TRAVIS", "HARRIS", "DALLAS"]),
        ("disposition", ["DISMISSED", "BONDED", "DISMISSED", "TIME SERVED"] * 5),
        ("remarks", ["ICE HOLD", "REL TO ICE", "faxed", "", "see note"]),
        ("bunk", [f"B{place}" for place in range(30)]),
    ],
)
def test_words_places_and_codes_are_no_names(tmp_path: Path, head: str, cells: list[str]) -> None:
    code, said = audited(tmp_path, head, cells)
    assert code == 1 and "It was not read" in said


def test_a_number_of_an_officer_that_is_a_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(f"case,state,served_by,booked,charges_cleared,released\n1,TX,GARCIA,{TIMES}\n", encoding="utf-8")
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
    assert done.returncode == 2 and "GARCIA" not in done.stderr


def test_a_map_is_proposed_without_a_column_of_remarks_with_names(tmp_path: Path) -> None:
    file, out = tmp_path / "cases.csv", tmp_path / "jail.yml"
    file.write_text(f"case,remarks,booked,charges_cleared,released\n1,HERNANDEZ called,{TIMES}\n", encoding="utf-8")
    done = run_command("custody", "map", str(file), "--out", str(out))
    assert "drop:" in out.read_text(encoding="utf-8") and "HERNANDEZ" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "remark",
    [
        "Mr. Zzyzxqua refused a meal",
        "name: Zzyzxqua",
        "AKA ZZYZXQUA",
        "Inmate Zzyzxqua, J. moved",
        "ZZYZXQUA, JOHN moved",
        "DOB 01/02/1980",
    ],
)
def test_a_remark_that_names_somebody_by_its_look_is_refused(remark: str) -> None:
    """By a title, an initial, a comma or a date of birth, though the surname is a synthetic one that is on no list."""
    assert looks_personal(["moved to pod B", remark], 2025)


@pytest.mark.parametrize(
    "remark",
    [
        "Hold, ICE", "Released, ICE", "Served, Copy given", "Medical, Cleared", "Houston, TX", "Inmate Bonded Out",
        "Detainee Transfer Sheet sent", "Mr. Hold", "Name: refused", "AKA none", "Inmate Worker", "Cell 4, Bed 2",
        "Subject Released to ICE ERO", "Mr. on duty notified", "Judge Ordered Release", "born leader",
    ],
)  # fmt: skip
def test_an_ordinary_remark_is_not_taken_for_a_name(remark: str) -> None:
    assert not looks_personal(["moved to pod B", "fed", "seen", remark], 2025)
