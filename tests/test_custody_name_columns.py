"""A column of case numbers judged as one: names in small letters and in any place, and words in place of a number.

Every name and case is synthetic.
"""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commands import run_command

NUMBERS = [f"2025-{place:04}" for place in range(5)]
TIMES = "2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30"


def audited(folder: Path, numbers: list[str], suffix: str = "csv", state: str = "TX") -> tuple[int, str]:
    """The exit code of an audit of such case numbers, and all that it printed."""
    file = folder / f"cases.{suffix}"
    if suffix == "csv":
        lines = "".join(f'"{number}",{state},{TIMES}\n' for number in numbers)
        file.write_text(f"case,state,booked,charges_cleared,released\n{lines}", encoding="utf-8")
    else:
        at = [datetime(2025, 3, 14, 11, 5, tzinfo=UTC)] * len(numbers)
        states = [state] * len(numbers)
        pq.write_table(pa.table({"case": numbers, "state": states, "charges_cleared": at, "released": at}), file)
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--all-problems")
    return done.returncode, done.stdout + done.stderr


NAMES = (
    "garcia", "garcia-001", "garcia.j", "juan de la cruz", "jperez2025", "juan perez 2", "Li", "Wu", "lopezm 12",
    "2025/garcia", "O'Brien 12", "Núñez-2026-1", "garcía-12",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_name_in_small_letters_is_refused_by_itself_and_among_numbers(tmp_path: Path, suffix: str, name: str) -> None:
    for numbers in ([name], [*NUMBERS, name]):
        code, said = audited(tmp_path, numbers, suffix)
        assert code == 2, numbers
        assert "Give each case a number of your own" in said
        assert name not in said


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_column_of_names_is_refused_wherever_the_names_are_in_it(tmp_path: Path, suffix: str) -> None:
    """Names with a word of jails among them, and given names: by itself each may be a code."""
    for numbers in (
        ["hold garcia 1", "hold lopez 2", "hold nguyen 3", "2025-1"],
        ["2025-juana-1", "2025-pedro-2", "2025-xochitl-3"],
    ):
        code, said = audited(tmp_path, numbers, suffix)
        assert code == 2
        assert "people's names with a number" in said


@pytest.mark.parametrize("name", ["nowak-2", "NOWAK-2", "GARCIA HOLD 2025-1", "hold garcia 1"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_one_name_among_many_numbers_is_refused(tmp_path: Path, suffix: str, name: str) -> None:
    """A surname that no list declares, and one next to a word of jails: no other number has them."""
    code, said = audited(tmp_path, [*(f"2025-{place:04}" for place in range(40)), name], suffix)
    assert code == 2
    assert name not in said


@pytest.mark.parametrize(
    "numbers",
    [
        [*(f"2025-{place:04}" for place in range(20)), "2025-0003-AMENDED", "2025-0009-rebook"],
        [*(f"2025-{place:04}" for place in range(20)), *(f"GARCIA ANNEX 2025-{place}" for place in range(8))],
        ["DOÑA ANA-2025-0012"],
        ["Año2025-00481", "Año2025-00482"],
        ["PEÑ-2025-0001", "PEÑ-2025-0002"],
        [f"park-2025-{place}" for place in range(9)],
        ["pod-a-1", "unit b 2", "intake-3", "jail4"],
        ["harris-1", "collier-2", "duval-3"],
        ["synthetic-1", "synthetic-2 (stay 2)"],
        ["SO-1", "PD-2", "MA-3"],
        ["MCSO25JBN001", "MCSO25JBN002"],
        ["K7XQZ2M", "A1BCD9Z", "QQR7T2X"],
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_numbers_with_accents_and_codes_are_numbers(tmp_path: Path, suffix: str, numbers: list[str]) -> None:
    code, said = audited(tmp_path, numbers, suffix)
    assert code == 0, said


@pytest.mark.parametrize("words", ["see note", "in transit", "TBD", "Pending", "sin número", "to be determined"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_words_in_place_of_a_number_are_no_name_and_no_case(tmp_path: Path, suffix: str, words: str) -> None:
    code, said = audited(tmp_path, [*NUMBERS, words], suffix)
    assert code == 1
    assert "5 cases in 1 file" in said
    assert f"row 6 column case: expected a case number; found '{words}'. The row was left out." in said
    assert "name" not in said


def test_a_case_that_is_typed_is_judged_alike() -> None:
    for name in ("garcia", "jperez2025", "juan de la cruz"):
        done = run_command(
            "custody", "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--case", name
        )
        assert done.returncode == 2
        assert name not in done.stdout + done.stderr


def test_a_map_is_proposed_without_a_column_of_names(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    lines = "".join(f"{name},{TIMES}\n" for name in ("garcia-1", "lopez-2", "nguyen-3"))
    file.write_text(f"case,booked,charges_cleared,released\n{lines}", encoding="utf-8")
    done = run_command("custody", "map", str(file))
    assert done.returncode == 1
    assert not any(name in done.stdout + done.stderr for name in ("garcia", "lopez", "nguyen"))
