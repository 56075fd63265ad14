"""Workbooks with several sheets and blank columns, and what a file's or a sheet's name may give away.

Every row here is synthetic; the names in it are of nobody.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused

HEADS: list[object] = ["Booking Number", "State", "Detainer Received", "Charges Cleared", "Hold Start", "Released"]
ZONE = ("--zone", "America/Chicago")


def hold(case: str, left: object) -> list[object]:
    """A hold in Texas from Monday, January 13, 2025, 10:00, with its end."""
    return [case, "TX", datetime(2025, 1, 6, 9), datetime(2025, 1, 13, 10), datetime(2025, 1, 13, 10), left]


def workbook(file: Path, sheets: dict[str, list[list[object]]], *, row: int = 0, column: int = 0) -> Path:
    """A workbook of these sheets, whose first cell is at ``row`` and ``column``; a day at midnight shows no time."""
    book = xlsxwriter.Workbook(str(file))
    day, both = book.add_format({"num_format": "m/d/yyyy"}), book.add_format({"num_format": "m/d/yyyy h:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for down, cells in enumerate(rows, row):
            for across, cell in enumerate(cells, column):
                if isinstance(cell, datetime):
                    sheet.write_datetime(down, across, cell, both if cell.hour else day)
                else:
                    sheet.write(down, across, cell)
    book.close()
    return file


def command(*given: object) -> tuple[int, str]:
    """A command's exit code and what it says; 2 where it refuses."""
    done = CliRunner().invoke(app, ["custody", *map(str, given)])
    return (2, str(done.exception)) if isinstance(done.exception, Refused) else (done.exit_code, done.output)


def audit(*given: object) -> tuple[int, str]:
    return command("audit", *given)


def cases(out: Path) -> dict[str, int]:
    """Seconds past the end, by case; -1 where there are none."""
    rows: list[dict[str, Any]] = pq.read_table(out / "cases.parquet").to_pylist()
    return {row["case"]: -1 if row["over_seconds"] is None else row["over_seconds"] for row in rows}


IN_TIME, LATE = datetime(2025, 1, 14, 10), datetime(2025, 1, 15, 11)


def test_sheets_with_the_same_headings_are_one_table(tmp_path: Path) -> None:
    turned = [HEADS[-1:] + HEADS[:-1], hold("synthetic-3", LATE)[-1:] + hold("synthetic-3", LATE)[:-1]]
    file = workbook(
        tmp_path / "months.xlsx",
        {
            "Jan": [HEADS, hold("synthetic-1", IN_TIME)],
            "Feb": [["A jail that is synthetic"], HEADS, hold("synthetic-2", LATE), hold("synthetic-4", "in custody")],
            "Mar": turned,
            "Codes": [["Code", "Meaning"], ["A", "b"]],
        },
    )
    code, says = audit(file, *ZONE, "--out", tmp_path / "report")
    found = cases(tmp_path / "report")
    assert found.keys() == {"synthetic-1", "synthetic-2", "synthetic-3", "synthetic-4"}
    assert (found["synthetic-2"], found["synthetic-3"]) == (3600, 3600)
    assert "'Jan' (rows 1 to 1), 'Feb' (rows 2 to 3) and 'Mar' (rows 4 to 4) were read as one table" in says
    assert "not read: sheet 'Codes'" in says
    assert code == 1 and "row 3 column Released" in says


def test_a_sheet_of_holds_with_other_headings_stops_the_file(tmp_path: Path) -> None:
    other = [[*HEADS[:-1], "Discharged", "Pod"], [*hold("synthetic-2", LATE), "B"]]
    file = workbook(tmp_path / "two.xlsx", {"Jan": [HEADS, hold("synthetic-1", IN_TIME)], "Feb": other})
    code, says = audit(file, *ZONE)
    assert code == 2 and "the sheet 'Feb' looks like cases or events too" in says


def test_rows_that_go_on_in_a_sheet_without_headings_stop_the_file(tmp_path: Path) -> None:
    rows = [hold("synthetic-2", LATE), hold("synthetic-3", LATE)]
    file = workbook(tmp_path / "two.xlsx", {"Sheet1": [HEADS, hold("synthetic-1", IN_TIME)], "Sheet2": rows})
    code, says = audit(file, *ZONE)
    assert code == 2 and "'Sheet2'" in says


def test_the_sheet_that_a_map_names_is_the_one_whose_rows_are_read(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "two.xlsx",
        {"Jan": [HEADS, hold("synthetic-1", IN_TIME)], "Feb": [HEADS, hold("synthetic-2", LATE)]},
    )
    columns = zip(
        ("case", "state", "detainer_received", "charges_cleared", "hold_started", "released"), HEADS, strict=True
    )
    (tmp_path / "jail.yml").write_text("sheet: Feb\ncolumns: " + json.dumps(dict(columns)), encoding="utf-8")
    code, says = audit(file, *ZONE, "--map", tmp_path / "jail.yml", "--out", tmp_path / "report")
    assert code == 0 and cases(tmp_path / "report") == {"synthetic-2": 3600}
    assert "sheet 'Feb' was read" in says and "not read: sheet 'Jan'" in says


def test_a_day_in_a_sheet_that_begins_with_blank_columns_is_no_midnight(tmp_path: Path) -> None:
    rows = [HEADS, hold("synthetic-1", IN_TIME), hold("synthetic-2", datetime(2025, 1, 18))]
    for place, (row, column) in enumerate(((0, 0), (2, 1), (0, 3))):
        file = workbook(tmp_path / f"{place}.xlsx", {"Holds": rows}, row=row, column=column)
        code, says = audit(file, *ZONE)
        assert code == 1 and "a day without a time of day" in says and "missed" in says
        assert "24.0 h" not in says and "62.0 h" not in says


def test_a_sheet_named_for_a_person_is_not_named(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "two.xlsx",
        {"Zamarripa, Teodoro": [HEADS, hold("synthetic-1", LATE)], "Codes": [["Code", "Meaning"], ["A", "b"]]},
    )
    _, says = audit(file, *ZONE, "--out", tmp_path / "report")
    assert "looks like a person's name, not shown" in says
    written = "".join(one.read_text("utf-8", "ignore") for one in (tmp_path / "report").rglob("*") if one.is_file())
    assert "Zamarripa" not in says + written


@pytest.mark.parametrize("name", ["Zamarripa, Teodoro holds", "A123456789", "123-45-6789 holds", "GARCIA, JUAN"])
def test_a_file_named_for_a_person_is_refused_without_its_name(tmp_path: Path, name: str) -> None:
    file = workbook(tmp_path / f"{name}.xlsx", {"Holds": [HEADS, hold("synthetic-1", LATE)]})
    for code, says in (audit(file, *ZONE), command("map", file)):
        assert code == 2 and "Give it another name" in says
        assert name.split(maxsplit=1)[0] not in says


@pytest.mark.parametrize(
    "name", ["Holds, January 2025", "Houston, Harris County", "Jackson, June 2025", "Bexar, Texas", "ICE Holds, Clay"]
)
def test_a_file_named_for_a_place_or_a_month_is_read(tmp_path: Path, name: str) -> None:
    file = workbook(tmp_path / f"{name}.xlsx", {"Holds": [HEADS, hold("synthetic-1", LATE)]})
    assert audit(file, *ZONE)[0] == 0
