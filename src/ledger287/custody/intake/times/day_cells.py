"""Which cells of a sheet show a day only: their number format has no time of day.

What enters: a workbook and the name of a sheet. What leaves: the cells (row and column from 0) whose format shows a day
and no time. A spreadsheet keeps such a day as its midnight; only the format tells it from a time at midnight. Columns
are counted from the first that has a value, as the reader of cells leaves out blank ones before it.
"""

import re
import zipfile
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PLACE = re.compile(r"([A-Z]+)(\d+)")
DAYS_BUILT_IN = frozenset({14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)})
"""The numbers of formats built into spreadsheets that show a day without a time."""


def day_cells(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """The cells of a sheet that show a day only; none where the workbook's parts are not as expected."""
    try:
        with zipfile.ZipFile(path) as package:
            styles = _day_styles(package)
            target = _part(package, sheet)
            if not styles or target is None:
                return frozenset()
            with package.open(target) as part:
                return frozenset(_cells(part, styles))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError):
        return frozenset()


def _day_styles(package: zipfile.ZipFile) -> frozenset[str]:
    root = ElementTree.fromstring(package.read("xl/styles.xml"))
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{MAIN}numFmt")}
    used = root.find(f"{MAIN}cellXfs")
    found = set()
    for place, one in enumerate(used if used is not None else ()):
        number = one.get("numFmtId", "0")
        if _day_only(formats[number]) if number in formats else int(number) in DAYS_BUILT_IN:
            found.add(str(place))
    return frozenset(found)


def _day_only(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", code).lower().split(";")[0]
    return bool(re.search(r"[dy]", plain)) and not re.search(r"[hs]", plain)


def _part(package: zipfile.ZipFile, sheet: str) -> str | None:
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    ids = {one.get("name"): one.get(REL) for one in book.iter(f"{MAIN}sheet")}
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    for relation in relations:
        if relation.get("Id") == ids.get(sheet):
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _cells(part: IO[bytes], styles: frozenset[str]) -> list[tuple[int, int]]:
    found, first = [], None
    for _, cell in ElementTree.iterparse(part):
        if cell.tag == f"{MAIN}c" and len(cell) and (place := PLACE.fullmatch(cell.get("r", ""))):
            column = _column(place.group(1))
            first = column if first is None else min(first, column)
            if cell.get("s") in styles:
                found.append((int(place.group(2)) - 1, column))
        if cell.tag == f"{MAIN}row":
            cell.clear()
    return [(row, column - (first or 0)) for row, column in found]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
