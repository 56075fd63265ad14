"""A column of times that no field reads stays a question, for the map that is proposed and by an audit with it.

Every row here is synthetic.
"""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ledger287.api import custody_audit, custody_map
from ledger287.cli.main import app
from ledger287.core.problem import Refused

HEAD = "Booking Number,State,Booked,Detainer Received,Detainer Form,ICE Hold Start,Released"
ROW = "made-up-1,TX,2025-06-13 08:00,2025-06-14 09:00,I-247A,2025-06-18 09:00,2025-06-20 20:00"


def proposed(file: Path, chart: Path) -> str:
    """What is printed of the map that is proposed for a file, in one line; the map is written."""
    return " ".join(CliRunner().invoke(app, ["custody", "map", str(file), "--out", str(chart)]).output.split())


def audited(file: Path, chart: Path | None = None) -> int:
    """How many cases of a file were audited."""
    given = None if chart is None else str(chart)
    return custody_audit(file, file.parent / "out", zone="America/Chicago", map=given).cases


@pytest.mark.parametrize(
    ("heading", "cell", "has"),
    [
        ("Matter Concluded", "2025-06-16 10:00", "has times"),
        ("Matter Concluded", "06/16/2025 10:00 AM", "has times"),
        ("Released AM/PM", "PM", "has halves of a day"),
    ],
)
def test_times_that_no_field_reads_are_asked_about(tmp_path: Path, heading: str, cell: str, has: str) -> None:
    file, chart = tmp_path / "export.csv", tmp_path / "map.yml"
    file.write_text(f"{HEAD},Pod,{heading}\n{ROW},B,{cell}\n")
    with pytest.raises(Refused, match=f"'{heading}' {has}"):
        audited(file)
    assert f"open: '{heading}'" in proposed(file, chart)
    assert heading not in chart.read_text()
    with pytest.raises(Refused, match=f"'{heading}' {has}"):
        audited(file, chart)
    chart.write_text(f'{chart.read_text()}ignore:\n  - "{heading}"\n')
    assert audited(file, chart) == 1


def test_a_column_of_days_or_words_is_no_column_of_times(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(f"{HEAD},Court Day,Pod\n{ROW},2025-06-15,B\n")
    assert audited(file) == 1


def test_local_charges_satisfied_is_when_charges_were_cleared(tmp_path: Path) -> None:
    file, chart = tmp_path / "export.csv", tmp_path / "map.yml"
    file.write_text(f"{HEAD},Local Charges Satisfied\n{ROW},2025-06-16 10:00\n")
    proposed(file, chart)
    assert 'charges_cleared: "Local Charges Satisfied"' in chart.read_text()


def twelve_hours(folder: Path, times: int, last: str = "") -> Path:
    """An export with so many different times of day, each of them in the first half of a day's clock."""
    lines = ["case,detainer_received,charges_cleared,released"]
    row = "synthetic-{0},2025-06-01 08:00,2025-06-14 09:{1},2025-06-16 10:{1}"
    lines += [row.format(place, place + 10) for place in range(times // 2)]
    file = folder / "export.csv"
    file.write_text("\n".join([*lines, *([last] if last else [])]) + "\n", encoding="utf-8")
    return file


def test_times_that_may_be_of_twelve_hours_stop_a_file_until_its_map_says_that_they_are_of_24(tmp_path: Path) -> None:
    file, by = twelve_hours(tmp_path, 20), tmp_path / "jail.yml"
    with pytest.raises(Refused, match="of 12 hours without AM and PM") as stopped:
        custody_audit(file, zone="America/Chicago")
    assert "21 different times of day" in str(stopped.value)
    offered = custody_map(file)
    assert any("of 12 hours" in line for line in offered.open) and "# hours: 24" in offered.yaml
    by.write_text(offered.yaml.replace("# hours: 24", "hours: 24"), encoding="utf-8")
    done = custody_audit(file, zone="America/Chicago", map=str(by))
    assert {duty.duty: duty.missed for duty in done.duties}["over_limit"] == 10
    by.write_text(offered.yaml.replace("# hours: 24", "hours: 12"), encoding="utf-8")
    with pytest.raises(Refused, match="hours: expected 24"):
        custody_audit(file, zone="America/Chicago", map=str(by))


@pytest.mark.parametrize(
    ("times", "last"),
    [
        (14, ""),
        (20, "synthetic-x1,2025-06-01 08:00,2025-06-14 13:00,2025-06-16 10:00"),
        (20, "synthetic-x1,2025-06-01 08:00,2025-06-14 00:10,2025-06-16 10:00"),
        (20, "synthetic-x1,2025-06-01 08:00,2025-06-14 09:00 AM,2025-06-16 10:00"),
        (20, "synthetic-x1,2025-06-01 08:00,2025-06-14T09:00:00-05:00,2025-06-16 10:00"),
    ],
)
def test_few_times_and_one_of_the_other_half_of_a_day_ask_nothing(tmp_path: Path, times: int, last: str) -> None:
    done = custody_audit(twelve_hours(tmp_path, times, last), zone="America/Chicago")
    assert {duty.duty: duty.missed for duty in done.duties}["over_limit"] >= times // 2
