"""Detention workbooks in unseen layouts: other titles, headings, labels, marks and places of one table."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from ledger287.sources.outcomes.as_of import day_in, fiscal_year_in
from ledger287.sources.outcomes.grid import number_in
from ledger287.sources.outcomes.workbook import DetentionWorkbook, read_workbook
from outcomes_making import MONTHS, averages

TITLE = "ICE Currently Detained by Criminality and Arresting Agency: FY2027"
ICE = {"Convicted Criminal": 410, "Pending Criminal Charges": 320, "Other Immigration Violator": 200}
CBP = {"Convicted Criminal": 90, "Pending Criminal Charges": 30, "Other Immigration Violator": 950}
LABELS = tuple(ICE)
Rows = list[list[Any]]


def workbook(rows: Rows, top: int = 4, left: int = 0, merges: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """A workbook of one sheet whose rows begin at ``top`` and ``left``; rows and columns before are empty."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("People FY27")
    for down, row in enumerate(rows):
        for right, cell in enumerate(row):
            if cell is not None:
                sheet.write(top + down, left + right, cell)
    for first, start, last, end in merges:
        sheet.merge_range(first, start, last, end, rows[first - top][start - left])
    book.close()
    return out.getvalue()


def usual(labels: tuple[str, ...] = LABELS, text: str = "{:,}") -> Rows:
    """The rows of numbers: ICE, CBP and total of each label, then of all, as texts where a format is given."""
    rows = [[label, ICE[name], CBP[name], ICE[name] + CBP[name]] for label, name in zip(labels, LABELS, strict=True)]
    rows.append(["Total", 930, 1070, 2000])
    return [[row[0], *(text.format(n) if text != "{:,}" else n for n in row[1:])] for row in rows]


HEAD = ["Criminality", "ICE", "CBP", "Total"]
SHARES = [[label, ice, ice / both, cbp, cbp / both, both] for label, ice, cbp, both in usual()]
AGENCIES: list[list[Any]] = [["ICE", *ICE.values(), 930], ["CBP", *CBP.values(), 1070], ["Total", 500, 350, 1150, 2000]]
LONG = [[a, c, n] for a, of in (("ICE", ICE), ("CBP", CBP)) for c, n in [*of.items(), ("Total", sum(of.values()))]]
BOOK_INS: Rows = [
    ["Agency", *MONTHS, "Total"],
    ["CBP", *[7] * 12, 84],
    ["ICE", *[8] * 12, 96],
    ["Total", *[15] * 12, 180],
]
NEXT_TO_IT: Rows = [*BOOK_INS, [None] * 14]
LAYOUTS: dict[str, tuple[Rows, tuple[tuple[int, int, int, int], ...]]] = {
    "headings of two levels, merged": (
        [[TITLE], ["Criminality", "ICE", None, "CBP", None, "Total"], [None, "#", "%", "#", "%", None], *SHARES],
        ((5, 1, 5, 2), (5, 3, 5, 4)),
    ),
    "agencies in the rows": ([[TITLE], ["Arresting Agency", *LABELS, "Total"], *AGENCIES], ()),
    "one number a row": ([[TITLE], ["Agency", "Criminality", "Detained"], *LONG, ["Total", "Total", 2000]], ()),
    "an empty row under the headings": ([[TITLE], [], HEAD, [], *usual()], ()),
    "a table that touches it": (
        [
            [TITLE, None, None, None, "ICE Initial Book-Ins by Arresting Agency and Month: FY2027"],
            *([*a, *b] for a, b in zip([HEAD, *usual()], NEXT_TO_IT, strict=True)),
        ],
        (),
    ),
    "headings in words": (
        [[TITLE], ["Criminal History", "Arrested by ICE", "CBP Arrests", "Total Detained"], *usual()],
        (),
    ),
    "another title": ([["Individuals Detained, by Criminal History, Fiscal Year 2027"], HEAD, *usual()], ()),
    "marks of footnotes": (
        [
            [TITLE],
            HEAD,
            *usual(("Convicted Criminals*", "Pending Criminal Charges (1)", "Other Immigration Violators 2")),
        ],
        (),
    ),
    "other labels": (
        [[TITLE], HEAD, *usual(("Criminal Conviction", "Alien with Pending Charges", "No Criminal History"))],
        (),
    ),
    "numbers with marks": ([[TITLE], HEAD, *usual(text="{:,}*")], ()),
}


def held(book: DetentionWorkbook) -> dict[tuple[str, str], int]:
    return {of: part.people for of, part in book.held.parts.items()} if book.held else {}


EXPECTED = {
    ("convicted", "ICE"): 410, ("convicted", "CBP"): 90, ("convicted", "total"): 500,
    ("pending", "ICE"): 320, ("pending", "CBP"): 30, ("pending", "total"): 350,
    ("none", "ICE"): 200, ("none", "CBP"): 950, ("none", "total"): 1150,
    ("total", "ICE"): 930, ("total", "CBP"): 1070, ("total", "total"): 2000,
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_people_held_are_read_from_any_layout(name: str) -> None:
    rows, merges = LAYOUTS[name]
    book = read_workbook(workbook(rows, merges=merges), "stats.xlsx")
    left_out = [(part, "total") for part in ("convicted", "pending", "none") if name == "one number a row"]
    printed = {of: number for of, number in EXPECTED.items() if of not in left_out}
    assert held(book) == printed
    assert {one.kind for one in book.problems} <= {"unknown_as_of"}


def test_a_cell_is_named_as_the_workbook_names_it_below_empty_rows_and_right_of_empty_columns() -> None:
    book = read_workbook(workbook([[TITLE], HEAD, *usual()], top=6, left=2), "stats.xlsx")
    assert book.held is not None
    assert book.held.parts["none", "CBP"].cell == "E11"


def test_a_column_and_a_row_of_unknown_meaning_are_reported_and_a_sum_with_them_is_no_difference() -> None:
    rows = [[label, ice, cbp - (n := 90 if label == "Total" else 30), n, both] for label, ice, cbp, both in usual()]
    rows.insert(0, ["Voluntary Guests", 0, 0, 0, 0])
    book = read_workbook(workbook([[TITLE], ["Criminality", "ICE", "CBP", "Marines", "Total"], *rows]), "s.xlsx")
    unknown = {f"{one.column}{one.row}": one.found for one in book.problems if one.kind == "unknown_part"}
    assert unknown == {"D7": "'Marines'", "A7": "'Voluntary Guests'"}
    assert not any(one.kind == "sum_differs" for one in book.problems)


def test_two_cells_that_say_the_same_people_and_differ_are_not_used() -> None:
    rows = [[TITLE], [*HEAD, "Total"], *([*row, row[-1] + 1] for row in usual())]
    book = read_workbook(workbook(rows), "stats.xlsx")
    assert held(book).get(("total", "total")) is None
    assert held(book)["convicted", "ICE"] == 410
    assert sum(one.kind == "doubtful_part" for one in book.problems) == 4


def test_a_label_that_could_mean_two_things_means_none() -> None:
    rows = usual(("Convicted or Pending Criminal Charges", "Pending Criminal Charges", "Other Immigration Violator"))
    book = read_workbook(workbook([[TITLE], HEAD, *rows]), "stats.xlsx")
    assert ("convicted", "total") not in held(book) and held(book)["pending", "total"] == 350
    assert any(one.kind == "unknown_part" for one in book.problems)


def test_a_text_in_a_column_of_numbers_is_reported_with_its_cell() -> None:
    rows = usual()
    rows[1][1] = "32O"
    book = read_workbook(workbook([[TITLE], HEAD, *rows]), "stats.xlsx")
    assert [(one.column, one.row) for one in book.problems if one.kind == "unread_cell"] == [("B", 8)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,000*", 2000),
        ("2 000", 2000),
        ("63.1 %", 0.631),
        ("1,234²", 1234),
        ("(12)", -12),
        ("4lO", None),
        ("1 2", None),
    ],
)
def test_numbers_as_texts(text: str, number: float | None) -> None:
    assert number_in(text) == (pytest.approx(number) if number is not None else None)


@pytest.mark.parametrize(
    "text", ["02/14/2027", "2.14.27", "2027-02-14", "Feb. 14, 2027", "14 February 2027", "February 14th, 2027"]
)
def test_days_as_texts(text: str) -> None:
    assert day_in(f"Currently detained population as of {text}") == date(2027, 2, 14)


@pytest.mark.parametrize("title", ["Average Daily Population, Fiscal Year 2027", "Average Daily Population FY-27"])
@pytest.mark.parametrize("overall", ["FY27 YTD", "Average"])
@pytest.mark.parametrize("style", ["{0}-{1:02}", "{0} 20{1}", "20{1}-{2:02}-01 00:00:00"])
def test_averages_under_other_headings_tell_the_day(title: str, overall: str, style: str) -> None:
    months = [style.format(name, 26 if at < 3 else 27, (at + 9) % 12 + 1) for at, name in enumerate(MONTHS)]
    rows = [[f"row {salt}", *averages(date(2027, 2, 13), salt)] for salt in range(4)]
    book = read_workbook(workbook([[title], ["Agency", *months, overall], *rows]), "stats.xlsx")
    assert (book.as_of.day, book.as_of.fiscal_year) == (date(2027, 2, 13), fiscal_year_in(title))


def test_notes_between_headings_and_numbers_and_marks_behind_numbers_change_nothing() -> None:
    note = ["Note: data are preliminary and subject to change."]
    for rows in ([note, *usual()], [note, [], *usual()], usual(text="{:,} (1)"), usual(text="{:,} [12]")):
        book = read_workbook(workbook([[TITLE], HEAD, *rows]), "stats.xlsx")
        assert held(book) == EXPECTED, rows[0]


def test_shares_in_rows_are_shares() -> None:
    people = [500, 350, 1150, 2000]
    shares = [
        [f"Percent {row[0]}", *(f"{n / all_:.1%}" for n, all_ in zip(row[1:], people, strict=True))]
        for row in AGENCIES[:2]
    ]
    rows = [row for pair in zip(AGENCIES[:2], shares, strict=True) for row in pair] + AGENCIES[2:]
    book = read_workbook(workbook([[TITLE], ["Arresting Agency", *LABELS, "Total"], *rows]), "stats.xlsx")
    assert held(book) == EXPECTED and not any(one.kind == "doubtful_part" for one in book.problems)


def test_a_second_table_with_other_numbers_of_the_same_year_is_reported() -> None:
    other = [[label, ice + (label == "Total"), cbp, both] for label, ice, cbp, both in usual()]
    rows = [[TITLE], HEAD, *usual(), [], [], [], [], [TITLE], HEAD, *other]
    book = read_workbook(workbook(rows), "stats.xlsx")
    assert ("total", "ICE") not in held(book) and held(book)["total", "total"] == 2000
    [problem] = [one for one in book.problems if one.kind == "doubtful_part"]
    assert problem.found == "931 for the same people"


def test_a_formula_without_its_value_is_reported_and_read_as_empty() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("People FY27")
    for down, row in enumerate([[TITLE], HEAD, *usual()]):
        sheet.write_row(down, 0, row)
    sheet.write_formula(5, 3, "=B6+C6", None, "")
    book.close()
    read = read_workbook(out.getvalue(), "stats.xlsx")
    assert ("total", "total") not in held(read)
    [problem] = [one for one in read.problems if one.kind == "formula_without_value"]
    assert (problem.column, problem.row) == ("D", 6) and "save it" in problem.remedy


def test_only_a_table_by_disposition_says_that_the_make_up_is_missing() -> None:
    rows: Rows = [["ICE Currently Detained by Processing Disposition: FY2027"], ["Processing Disposition", "Total"],
            ["Expedited Removal", 700], ["Notice to Appear", 1300], ["Total", 2000]]  # fmt: skip
    book = read_workbook(workbook(rows), "stats.xlsx")
    assert held(book) == {("total", "total"): 2000}
    assert [one.found for one in book.problems if one.kind == "missing_value"] == ["none that can be read"]


def test_a_blank_cell_and_a_number_below_zero_are_reported_with_their_cells() -> None:
    rows = usual()
    rows[1][2] = None
    book = read_workbook(workbook([[TITLE], HEAD, *rows]), "stats.xlsx")
    blank = [one for one in book.problems if one.kind == "missing_value"]
    assert [(f"{one.column}{one.row}", one.expected) for one in blank] == [
        ("C8", "a total of pending of CBP (people held)")
    ]
    rows = usual()
    rows[2][1] = -200
    book = read_workbook(workbook([[TITLE], HEAD, *rows]), "stats.xlsx")
    below = [one for one in book.problems if one.kind == "negative_count"]
    assert [(f"{one.column}{one.row}", one.found) for one in below] == [("B9", "-200")]
    assert ("none", "ICE") not in held(book) and held(book)["none", "CBP"] == 950
