"""A workbook's bytes -> its sheets as grids of cells: text, number if it is one, row and column.

What enters: the bytes of an .xlsx file, checked and unpacked under the limits that every workbook is read
under. What leaves: one grid a sheet, hidden or not, with what is hidden, the cells with errors, and the spans
of merged cells. A percentage or an amount written as text is the number it says.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import fastexcel

from ledger287.core.locator import column_index
from ledger287.sources.ice_lists.workbooks.package import Unreadable, packed_again, sheet_entries, unpacked

NUMBER = re.compile(
    r"\(?[-+]?\$?\s?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?"
    r"\s?(?:%|percent)?\)?\s?[*†‡¹²³]{0,3}$"
)
"""Figures with commas or spaces between thousands, a dollar or percent sign, and marks of footnotes after them."""
FOOTNOTE = re.compile(r"(?<=[\dt%])\s?[(\[]\d{1,2}[)\]]$")
"""The number of a footnote behind a figure: 15,136 (1)."""
EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v></v>|<v/>|<v />)?</c>')
DIGIT = re.compile(r"\d")
ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)<')
MERGE = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
HIDDEN_COLUMN = re.compile(rb'<col [^>]*hidden="(?:1|true)"[^>]*>')
HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]*? hidden="(?:1|true)"')
BOUND = re.compile(rb'\b(min|max)="(\d+)"')
MOST_HIDDEN_COLUMNS = 300
NOT_OF_A_NUMBER = dict.fromkeys(map(ord, ",$%() \u00a0\u202f\u2009*†‡¹²³"))
NUMBER_BEGINS = frozenset("0123456789-+.($ ")


class GridEntry(NamedTuple):
    """One cell that is not empty. ``row`` counts from 1, ``column`` from 0."""

    row: int
    column: int
    text: str
    number: float | None


@dataclass(slots=True)
class GridSheet:
    """One sheet: its rows of cells by row and column, and what its XML says next to them."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, GridEntry]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    empty_formulas: tuple[tuple[int, int], ...] = ()
    """Cells with a formula that no program has computed yet."""


def number_in(text: str) -> float | None:
    """The number that a cell says, or None. 63.1% is 0.631; 1,045 and $12.50 are read; dates and codes are not."""
    first = text[0]
    if first not in NUMBER_BEGINS:
        return None
    try:
        return float(text) if "_" not in text else None
    except ValueError:
        pass
    text = FOOTNOTE.sub("", text)
    if not DIGIT.search(text) or not NUMBER.match(text):
        return None
    text = text.replace("percent", "%")
    digits = text.translate(NOT_OF_A_NUMBER)
    try:
        number = float(digits)
    except ValueError:
        return None
    if text.startswith("(") and ")" in text:
        number = -number
    return number / 100 if "%" in text else number


def read_grid(data: bytes) -> list[GridSheet]:
    """Every sheet of a workbook. Raises Unreadable for a file that is none."""
    parts = unpacked(data)
    entries = sheet_entries(parts)
    try:
        reader = fastexcel.read_excel(packed_again(parts, list(parts)))
    except Exception as error:
        raise Unreadable(
            "truncated", "a complete .xlsx workbook", f"one whose cells cannot be read ({error})"
        ) from None
    sheets = []
    for entry in entries:
        xml = parts[entry.part]
        try:
            loaded = reader.load_sheet(entry.name, header_row=None, skip_rows=0, dtypes="string")
            left_out = loaded.selected_columns[0].absolute_index if loaded.selected_columns else 0
            frame = loaded.to_polars()
        except Exception as error:
            if b"<v>" not in xml and b"<t" not in xml:
                frame, left_out = None, 0
            else:
                found = f"cells that cannot be read ({error})"
                raise Unreadable("truncated", "a sheet of cells", found, sheet=entry.name) from None
        sheets.append(_sheet(entry.name, entry.hidden, frame, left_out, xml))
    return sheets


def _sheet(name: str, hidden: bool, frame: object, left_out: int, xml: bytes) -> GridSheet:
    """One sheet from A1 on; the reader leaves out the columns before the first used one."""
    rows: dict[int, dict[int, GridEntry]] = {}
    if frame is not None:
        for column, values in enumerate(frame.iter_columns(), left_out):  # type: ignore[attr-defined]
            for at, text in enumerate(values.to_list(), 1):
                if text and (text := text.strip()):
                    rows.setdefault(at, {})[column] = GridEntry(at, column, text, number_in(text))
    sheet = GridSheet(name, hidden, dict(sorted(rows.items())))
    sheet.merges = [
        (int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
        for left, top, right, bottom in MERGE.findall(xml)
    ]
    if b't="e"' in xml:
        sheet.errors = {
            (int(row), column_index(letters.decode())): text.decode("utf-8", "replace")
            for letters, row, text in ERROR_CELL.findall(xml)
        }
    if any(sign in xml for sign in (b"</f></c>", b"</f><v></v></c>", b"</f><v/></c>", b"</f><v /></c>")):
        found = ((int(row), column_index(letters.decode())) for letters, row in EMPTY_FORMULA.findall(xml))
        sheet.empty_formulas = tuple(sorted(found))
    if b'hidden="' in xml:
        sheet.hidden_columns = _hidden_columns(xml)
        sheet.hidden_rows = frozenset(int(row) for row in HIDDEN_ROW.findall(xml)) & frozenset(rows)
    return sheet


def _hidden_columns(xml: bytes) -> frozenset[int]:
    found: set[int] = set()
    for span in HIDDEN_COLUMN.findall(xml):
        bounds = {key: int(value) for key, value in BOUND.findall(span)}
        first, last = bounds.get(b"min", 1), bounds.get(b"max", 1)
        found |= set(range(first - 1, min(last, first + MOST_HIDDEN_COLUMNS)))
    return frozenset(found)
