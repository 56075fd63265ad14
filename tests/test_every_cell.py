"""The law of conservation: every cell with a value that openpyxl reads ends in the record, in a heading, in
a declared ignore, or in a problem that names its file, sheet, row and column; and every link as well.

Held over awkward workbooks that hypothesis makes up, over damaged ones, and over ICE's real lists.
"""

import io
import math
import random
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from drawing import draws
from ledger287.core.locator import column_index, column_letters
from ledger287.core.problem import Problem
from ledger287.sources.ice_lists.printed import PrintedList, read_list
from making import PARTICIPATING, made_up_rows, raw_workbook, zip_bytes

NUMBERS_PRINTED_TO = 1e-9
"""The cell reader rounds numbers to nine places."""
NAME = "participatingAgencies05012025am.xlsx"
AWKWARD = settings(
    max_examples=draws(100, 40), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


# What a list accounts for, cell by cell.


def same(value: Any, printed: str | None) -> bool:
    """Whether a printed text is what openpyxl reads, outer spaces and the notation of numbers apart."""
    if printed is None:
        return False
    if isinstance(value, bool):
        return printed == str(value).lower()
    if isinstance(value, int | float):
        return math.isclose(float(printed), float(value), rel_tol=1e-12, abs_tol=NUMBERS_PRINTED_TO)
    if isinstance(value, datetime):
        return printed == str(value) or (value.time() == clock(0) and printed == value.date().isoformat())
    if isinstance(value, clock):
        return printed.endswith(str(value))
    return printed.replace("\r\n", "\n").strip() == str(value).replace("\r\n", "\n").strip()


def span_of(problem: Problem) -> tuple[int, int, int, int] | None:
    """The cells that a problem of an entire sheet names: first and last row, first and last column."""
    found = re.search(r"cells within ([A-Z]+)(\d+) to ([A-Z]+)(\d+)", problem.found)
    if not found:
        return None
    first, top, last, bottom = found.groups()
    return int(top), int(bottom), column_index(first) + 1, column_index(last) + 1


def unaccounted(found: PrintedList, page: Worksheet) -> Iterator[str]:
    """The cells and links of a sheet that a list neither holds nor reports."""
    mine = [problem for problem in found.problems if problem.sheet == page.title]
    reported: dict[tuple[int | None, str | None], str] = defaultdict(str)
    for problem in mine:
        reported[problem.row, problem.column] += f"{problem.found} "
    spans = [span for problem in mine if problem.kind == "unknown_sheet" and (span := span_of(problem))]
    again = {problem.row: problem.found for problem in mine if problem.kind == "second_heading"}
    rows = dict(zip(found.rows, found.prints, strict=True)) if page.title == found.sheet else {}
    fields = {column: field for field, column in found.columns.items()}
    stamp = found.captured_at.strftime("%Y%m%d%H%M%S") if found.captured_at else ""
    for row in page.iter_rows():
        for cell in row:
            number, column = cell.row, column_letters(cell.column - 1)
            field, printed = fields.get(column), rows.get(number)
            if any(a <= number <= b and c <= cell.column <= d for a, b, c, d in spans):
                continue
            if cell.hyperlink and cell.hyperlink.target:
                address = cell.hyperlink.target
                address += f"#{cell.hyperlink.location}" if cell.hyperlink.location else ""
                kept = getattr(printed, f"{field}_link", None) if printed else None
                told = reported.get((number, column), "")
                if (kept or "").replace("{capture}", stamp) != address and address not in told:
                    yield f"the link of {cell.coordinate}: {address}"
            if cell.value is None or not str(cell.value).strip() or (number, column) in reported:
                continue
            if number in again and str(cell.value).strip() in again[number]:
                continue
            if page.title == found.sheet and number == found.heading_row and field:
                continue
            text = getattr(printed, field) if printed and field else None
            if not same(cell.value, text.replace("{capture}", stamp) if text else text):
                yield f"{cell.coordinate}: {cell.value!r}, {text!r}"


def assert_accounted(found: PrintedList, data: bytes) -> None:
    """The law itself, for every sheet but one that is declared to be no list."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    for page in book.worksheets:
        first = [cell.value for cell in next(page.iter_rows(), ()) if cell.value]
        if first[:4] != ["Total", "JEM", "TFM", "WSO"]:
            assert list(unaccounted(found, page)) == [], f"{found.file} [{page.title}]"


# Awkward workbooks.

HEADINGS = [*PARTICIPATING, "NOTES", "287(G) STATUS", "state ", "Signed\n", None, None]
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t ’éñ#=/")
TEXTS = st.text(LETTERS, max_size=12).filter(lambda text: "_x" not in text)
USUAL = [
    "FLORIDA", "UTAHJ", "Guam", "Synthetic Brak Adda Police", "County", "Muncipality", "Task Force Model", "link",
    "Tribal Task Force Model", "2/3/2025", "05/082025", "link | addendum", "Cons", " trailing ", "STATE",
]  # fmt: skip
VALUES = (
    st.none()
    | st.sampled_from(USUAL)
    | st.sampled_from(
        ["#N/A", "#REF!", "#DIV/0!", "", "  ", "\xa0", "=A1&B1", '=HYPERLINK("https://example.org/a","b")']
    )
    | TEXTS
    | st.integers(-(10**9), 10**9)
    | st.floats(-1e12, 1e12, allow_subnormal=False)
    | st.booleans()
    | st.dates(date(1990, 1, 1), date(2199, 1, 1))
)
Place = tuple[int, int]
PLACES = st.tuples(st.integers(0, 14), st.integers(0, 12))


@dataclass(frozen=True)
class Page:
    """A sheet to be made: its table, where that starts, and what is above it, counted from there."""

    top: int
    left: int
    table: list[list[Any]]
    links: list[Place]
    merges: list[tuple[Place, Place]]
    hidden: bool


@st.composite
def tables(draw: st.DrawFn) -> list[list[Any]]:
    """Headings somewhere, in any order and case, and rows of nearly anything below them."""
    order = ["STATE", "LAW ENFORCEMENT AGENCY", *draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=9))]
    case = draw(st.sampled_from([str.upper, str.title, str.lower]))
    heading = [case(text) if text else text for text in draw(st.permutations(order))]
    width = len(heading) + draw(st.integers(0, 2))
    rows = draw(st.lists(st.lists(VALUES, min_size=width, max_size=width), max_size=7))
    known: list[list[Any]] = [[None] * width, ["", " ", None], heading, heading[::-1], made_up_rows(1)[0]]
    for row in draw(st.lists(st.sampled_from(known), max_size=3)):
        rows.insert(draw(st.integers(0, len(rows))), row)
    rows += rows[:1] * draw(st.integers(0, 2))
    above = draw(st.lists(st.lists(VALUES, max_size=3), max_size=3))
    return [*above, *([heading] if draw(st.integers(0, 9)) else []), *rows]


PAGES = st.builds(
    lambda at, *rest: Page(*at, *rest),
    st.sampled_from([(1, 1), (1, 1), (5, 3), (31, 2), (2, 27)]),
    tables(),
    st.lists(PLACES, max_size=3),
    st.lists(st.tuples(PLACES, st.tuples(st.integers(0, 2), st.integers(0, 2))), max_size=2),
    st.booleans(),
)
BOOKS = st.lists(PAGES, min_size=1, max_size=3)


def saved(pages: list[Page]) -> bytes:
    """The pages as openpyxl writes them; the first is always visible."""
    book = openpyxl.Workbook()
    for number, page in enumerate(pages):
        sheet = book.create_sheet(f"Sheet {number}") if number else book.worksheets[0]
        sheet.sheet_state = "hidden" if number and page.hidden else "visible"
        for row, cells in enumerate(page.table, page.top):
            for column, value in enumerate(cells, page.left):
                sheet.cell(row, column).value = value
        for row, column in page.links:
            sheet.cell(page.top + row, page.left + column).hyperlink = f"https://example.org/{row}?a=1&b={column}"
        for (row, column), (down, right) in page.merges:
            top, left = page.top + row, page.left + column
            sheet.merge_cells(None, top, left, top + down, left + right)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    return zip_bytes(parts | {part: change(parts[part])})


def _prefixed(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=", 1)


@AWKWARD
@given(BOOKS)
def test_every_cell_of_an_awkward_workbook_is_accounted_for(pages: list[Page]) -> None:
    data = saved(pages)
    assert_accounted(read_list(NAME, data), data)


@AWKWARD
@given(PAGES)
def test_an_awkward_workbook_is_the_same_however_its_sheet_is_written(page: Page) -> None:
    data = saved([page])
    plain = read_list(NAME, data)
    other = read_list(NAME, changed(data, "xl/worksheets/sheet1.xml", _prefixed))
    assert other.failed == plain.failed
    assert (other.rows, other.prints, other.columns) == (plain.rows, plain.prints, plain.columns)
    assert list(map(str, other.problems)) == list(map(str, plain.problems))


# Damaged workbooks: excluded or read, but nothing is raised.

PIECES = [
    b"<", b">", b"'", b'"', b"&", b"&amp;", b"<!--", b"-->", b"]]>", b"</c>", b"<c>", b"\x00", b"\xff", b"#N/A",
    b'<c r="XFD1048576"><v>1</v></c>', b'<x:c r="AAA9"/>', b' t="e"', b' t="s"', b' t="d"', b' t="b"', b"<v>9</v>",
    b"<v>-1e300</v>", b"<f>A1</f>", b"<is><t>a</t></is>", b'<row r="9">', b"</row>", b"</sheetData>", b"<sheetData>",
    b"1e308", b"99999999999", b'<mergeCell ref="A"/>', b'<mergeCell ref="B2:XFD1048576"/>', b'ref=""',
    b'<hyperlink ref="A1:XFD9" r:id="rId1"/>', b'uniqueCount="9999999999"', b'count="9999999999"',
    b'<dimension ref="Z9:A1"/>', b' date1904="1"', b' state="hidden"',
]  # fmt: skip
HEADS = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for letter, text in zip("ABCDEFGH", PARTICIPATING, strict=True)
)
SOUND = raw_workbook(
    {
        "S": f'<sheetData><row r="1">{HEADS}</row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
        '<c r="C2" t="e"><v>#N/A</v></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="str"><v>Task Force Model</v></c>'
        '<c r="F2" s="1"><v>45691</v></c><c r="G2" t="b"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A2:A3"/></mergeCells><hyperlinks><hyperlink ref="G2" r:id="rId1"/></hyperlinks>'
    },
    links={"rId1": "https://example.org/made-up.pdf"},
    strings="<si><t>FLORIDA</t></si><si><r><t>Made-up</t></r><r><t> Police</t></r></si>",
)
with zipfile.ZipFile(io.BytesIO(SOUND)) as _package:
    PARTS = [entry.filename for entry in _package.infolist()]


def _harmed(xml: bytes, harms: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, piece in harms:
        start = int(place * len(xml))
        xml = xml[:start] + piece + xml[start + length :]
    return xml


HARMS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES) | st.just(b"") | st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


@settings(AWKWARD, max_examples=draws(300, 100))
@given(st.sampled_from(PARTS) | st.just("xl/worksheets/sheet1.xml"), HARMS)
def test_a_damaged_part_raises_nothing(part: str, harms: list[tuple[float, int, bytes]]) -> None:
    found = read_list(NAME, changed(SOUND, part, lambda xml: _harmed(xml, harms)))
    assert found.failed is None or len(found.problems) >= 1


@settings(AWKWARD, max_examples=draws(200, 80))
@given(HARMS)
def test_a_damaged_package_raises_nothing(harms: list[tuple[float, int, bytes]]) -> None:
    found = read_list(NAME, _harmed(SOUND, harms))
    assert found.failed is None or len(found.problems) >= 1


# ICE's own lists.

ODD = {
    "participatingAgencies03022026am.xlsx",
    "participatingAgencies09222025pm.xlsx",
    "pendingAgencies11062025pm.xlsx",
    "participatingAgencies07012025pm.xlsx",
    "ParticipatingEntities-20210113002027.xlsx",
    "participatingAgencies09242025am.xlsx",
}


def test_every_cell_and_link_of_real_lists_is_accounted_for(shared_lists: Path) -> None:
    paths = sorted(shared_lists.rglob("*.xlsx"))
    odd = [path for path in paths if path.name in ODD]
    assert {path.name for path in odd} == ODD
    for path in {*odd, *random.Random(287).sample(paths, 25)}:
        data = path.read_bytes()
        found = read_list(path.name, data)
        assert (found.failed, found.problems, found.stray_links) == (None, [], 0)
        assert_accounted(found, data)
