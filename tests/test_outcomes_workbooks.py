"""Detention workbooks: what is read from them, wherever it is; their day; every number; and what is a problem."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.sources.outcomes.workbook import DetentionWorkbook, read_workbook
from outcomes_making import HELD, Making, detention_workbook

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "outcomes" / "ice_detention_stats"
EXPECTED = {"convicted": 500, "pending": 350, "none": 1150}


USUAL = Making()


def read(making: Making = USUAL, name: str = "FY27_detentionStats02182027.xlsx") -> DetentionWorkbook:
    return read_workbook(detention_workbook(making), name)


def kinds(book: DetentionWorkbook) -> set[str]:
    return {problem.kind for problem in book.problems}


def assert_held(book: DetentionWorkbook) -> None:
    assert book.held is not None
    assert book.held.number("total", "total") == 2000
    assert {name: book.held.number(name, "total") for name in EXPECTED} == EXPECTED
    assert book.held.number("total", "ICE") == sum(ice for ice, _ in HELD.values())
    assert book.held.number("none", "CBP") == 950


@pytest.mark.parametrize(
    "making",
    [
        Making(),
        Making(sheet="People (new name)"),
        Making(at=(43, 5)),
        Making(percent_as_text=True, thousands_as_text=True),
        Making(hidden_column=3),
        Making(headings=("Criminality", "Total", "CBP", "ICE")),
        Making(title="ICE Currently Detained by Criminality & Arresting Agency FY2027 YTD"),
    ],
)
def test_people_held_are_read_wherever_and_however_they_are_printed(making: Making) -> None:
    book = read(making)
    assert_held(book)
    assert book.as_of.day == date(2027, 2, 14)


def test_clean_workbook_has_no_problem_and_every_number_is_in_a_table() -> None:
    book = read()
    assert book.problems == ()
    assert book.numbers == book.numbers_in_tables == 20 + 12 * 13


def test_hidden_numbers_are_read_and_reported() -> None:
    assert "hidden_cells" in kinds(read(Making(hidden_column=3)))


def test_footnote_of_another_year_is_overruled_by_the_averages() -> None:
    book = read(Making(footnote="02/14/2026"))
    assert (book.as_of.day, book.as_of.basis) == (date(2027, 2, 13), "averages")
    [problem] = [one for one in book.problems if one.kind == "wrong_as_of"]
    assert problem.sheet == "Footnotes" and (problem.row, problem.column) == (2, "B")


def test_a_day_in_another_footnote_is_not_the_day_of_the_snapshot() -> None:
    book = read(Making(footnote=None))
    assert book.as_of.day == date(2027, 2, 13)
    assert book.as_of.range == (date(2027, 2, 13), date(2027, 2, 17))


@pytest.mark.parametrize("through", [date(2027, 11, 9), date(2028, 2, 29), date(2027, 9, 30), date(2028, 6, 17)])
def test_averages_tell_the_day_of_any_fiscal_year(through: date) -> None:
    year = through.year + (through.month >= 10)
    title = f"ICE Currently Detained by Criminality and Arresting Agency: FY{year}"
    book = read(Making(through=through, footnote=None, sheet=f"Detention FY{year % 100}", title=title))
    assert book.as_of.day == through
    assert book.as_of.fiscal_year == year


def october(footnote: str | None, name: str) -> DetentionWorkbook:
    title = "ICE Currently Detained by Criminality and Arresting Agency: FY2028"
    making = Making(through=date(2027, 10, 9), footnote=footnote, sheet="Detention FY28", title=title)
    return read(making, name)


def test_in_october_people_days_that_are_whole_tell_the_day() -> None:
    assert october("10/10/2027", "stats.xlsx").as_of.day == date(2027, 10, 10)
    assert october("10/14/2027", "stats.xlsx").as_of.day is None
    assert october(None, "FY28_detentionStats10152027.xlsx").as_of.day == date(2027, 10, 9)
    unknown = october(None, "stats.xlsx").as_of
    assert unknown.day is None
    assert unknown.range == (date(2027, 10, 9), date(2027, 10, 31))


def test_cannot_tell_where_nothing_tells() -> None:
    book = read(Making(averages=False, footnote=None), name="stats.xlsx")
    assert book.as_of.day is None
    assert "unknown_as_of" in kinds(book)
    assert_held(book)


def test_an_unconfirmed_footnote_is_not_believed() -> None:
    assert read(Making(averages=False, footnote="02/26/2021"), name="stats.xlsx").as_of.day is None


def test_a_sum_that_differs_is_reported_with_its_cell() -> None:
    book = read(Making(wrong_total=3))
    assert book.held is not None and book.held.number("total", "total") == 2003
    found = [(one.row, one.column) for one in book.problems if one.kind == "sum_differs"]
    assert (21, "F") in found


def test_a_blank_part_of_the_people_held_is_null_and_reported() -> None:
    complete = openpyxl.load_workbook(io.BytesIO(detention_workbook()))
    cells = [cell for row in complete["Detention FY27"].iter_rows() for cell in row]
    heading = next(cell for cell in cells if cell.value == "Percent ICE")
    label = next(cell for cell in cells if cell.value == "Convicted Criminal" and cell.row > heading.row)
    label.offset(column=5).value = None
    out = io.BytesIO()
    complete.save(out)
    book = read_workbook(out.getvalue(), "FY27_detentionStats02182027.xlsx")
    assert book.held is not None and book.held.number("convicted", "total") is None
    assert "missing_value" in kinds(book)


def test_numbers_without_heading_or_label_are_reported() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Detention FY27")
    sheet.write(5, 3, 71)
    book.close()
    assert {"unlabeled_number", "unknown_table", "no_tables"} <= kinds(read_workbook(out.getvalue(), "odd.xlsx"))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04cut", b"<html></html>"])
def test_a_file_of_another_kind_is_a_problem(data: bytes) -> None:
    book = read_workbook(data, "other.xlsx")
    assert book.held is None and book.tables == () and len(book.problems) == 1


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["outcomes", *arguments])
    return result.exit_code, result.stdout


def test_command_prints_the_keys_that_are_promised(tmp_path: Path) -> None:
    path = tmp_path / "FY27_detentionStats02182027.xlsx"
    path.write_bytes(detention_workbook())
    code, out = run("read", str(path), "--json")
    answer = json.loads(out)
    assert code == 0
    assert {"as_of", "as_of_basis", "held", "tables", "problems"} <= set(answer)
    assert answer["as_of"] == "2027-02-14"
    assert answer["held"]["by_criminality"] == EXPECTED
    assert answer["held"]["by_arresting_agency"] == {"ICE": 930, "CBP": 1070}
    assert answer["held"]["cells"]["none/total"] == "Detention FY27!F24"
    path.write_bytes(detention_workbook(Making(wrong_total=3)))
    assert run("read", str(path))[0] == 1


REAL = {
    "20210415122347-FY21_detention-stats_0414.xlsx": ("2021-04-10", 15136, 4765, 826, 9545, 5306, 9830),
    "20220331210051-FY22_detentionStats_03312022.xlsx": ("2022-03-27", 20733, 4621, 1079, 15033, 5060, 15673),
    "20210612232349-FY21_detentionStats061121.xlsx": ("2021-06-05", 24463, 4338, 1037, 19088, 4605, 19858),
    "20210610054244-FY21_detentionStats060921.xlsx": ("2020-06-20", 23429, 11777, 3160, 8492, 13641, 9788),
    "20211008015346-FY21_detentionStats10072021.xlsx": ("2021-09-25", 22129, 4537, 852, 16740, 4996, 17133),
    "20220810150817-FY22_detentionStats08092022.xlsx": ("2022-07-31", 23390, 5615, 1606, 16169, 6559, 16831),
    "FY19-detentionstats.xlsx": ("2019-10-04", 50922, 16120, 5359, 29443, 18881, 32041),
    "FY26_detentionStats02022026.xlsx": ("2026-01-25", 70766, 18262, 18265, 34239, 59644, 11122),
}


@pytest.mark.parametrize("name", sorted(REAL))
def test_real_workbooks(name: str) -> None:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    book = read_workbook(path.read_bytes(), name)
    held = book.held
    assert held is not None
    found = [held.number("total", "total"), *(held.number(c, "total") for c in EXPECTED)]
    found += [held.number("total", agency) for agency in ("ICE", "CBP")]
    assert (str(book.as_of.day), *found) == REAL[name]
    assert book.numbers_unplaced == 0
    assert len(book.tables) >= 14
