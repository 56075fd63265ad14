"""One file -> one list as printed: its rows, each cell with its location, and what could not be placed.

A row is kept as a ``Print``: its eight texts and two raw URLs, exactly as printed. Lists repeat one another almost
entirely, so equal rows are kept once and referred to. In captures by a web archive the URL of each document has the
time of the capture; it is kept as ``{capture}``, and put back when the row is shown.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem
from ledger287.sources.ice_lists.layout import FIELDS, Kind, Layout, find_layout
from ledger287.sources.ice_lists.oddities import (
    is_blank,
    report_cells,
    report_heading_row,
    report_oddities,
    report_second_heading,
    report_sheet,
    report_stray_links,
    visible,
)
from ledger287.sources.ice_lists.package import Unreadable
from ledger287.sources.ice_lists.workbook import Sheet, Workbook, read_workbook

SIGNED = FIELDS.index("signed")
CAPTURE = "{capture}"
CAPTURE_IN_NAME = re.compile(r"-(\d{14})\D*$")


class Print(NamedTuple):
    """One row as printed; None where the cell is empty or the list has no such column."""

    state: str | None
    agency: str | None
    type: str | None
    county: str | None
    model: str | None
    signed: str | None
    moa: str | None
    addendum: str | None
    moa_link: str | None
    addendum_link: str | None


@dataclass(slots=True)
class PrintedList:
    """One list as printed. ``rows`` are the sheet's row numbers (from 1) of ``prints``, one for one.

    ``failed`` says why the file could not be read as a list; then there are no rows.
    """

    file: str
    sha256: str
    bytes: int
    captured_at: datetime | None
    saved_at: datetime | None = None
    kind: Kind | None = None
    sheet: str | None = None
    heading_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    blank_rows: int = 0
    stray_links: int = 0
    failed: str | None = None
    problems: list[Problem] = field(default_factory=list)


def captured_at(name: str) -> datetime | None:
    """The UTC time of the capture in a file's name, if it has one."""
    found = CAPTURE_IN_NAME.search(Path(name).stem)
    if not found:
        return None
    try:
        return datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def read_list(file: str, data: bytes) -> PrintedList:
    """Read the bytes of one file named ``file``. A bad file gives a list with ``failed`` set."""
    found = _read(file, data)
    found.problems = [replace(problem, sha256=found.sha256) for problem in found.problems]
    return found


def _read(file: str, data: bytes) -> PrintedList:
    found = PrintedList(file, hashlib.sha256(data).hexdigest(), len(data), captured_at(file))
    try:
        workbook = read_workbook(data)
        found.saved_at = workbook.saved_at
        _read_sheets(found, workbook)
    except Unreadable as bad:
        return failed(file, found.sha256, len(data), bad)
    return found


def failed(file: str, sha256: str, size: int, bad: Unreadable) -> PrintedList:
    """A file that is not a list: nothing of it is kept but its name, its bytes' hash, and why."""
    problem = Problem(bad.kind, file, bad.sheet, bad.row, bad.column, bad.expected, bad.found, bad.remedy, sha256)
    reason = f"{bad.kind}: {bad.found}"
    return PrintedList(file, sha256, size, captured_at(file), failed=reason, problems=[problem])


def _read_sheets(found: PrintedList, workbook: Workbook) -> None:
    """The first sheet that is a list, a visible one before any hidden; every other is reported."""
    chosen: tuple[Sheet, Layout] | None = None
    for sheet in sorted(workbook.sheets, key=attrgetter("hidden")):
        if is_blank(sheet) or _is_ignored(sheet):
            continue
        layout = find_layout(sheet)
        if layout and chosen is None:
            chosen = (sheet, layout)
        else:
            report_sheet(found, sheet)
    if chosen:
        _read_rows(found, *chosen)
        return
    if found.problems:
        found.failed = "unknown_layout: no sheet has the headings of a list, or rows like one"
        return
    raise Unreadable(
        "no_rows",
        "a sheet with the headings of a list",
        "no cell with a value" if not workbook.sheets else "no sheet with a value that is not declared ignored",
        "Check that the file is the one ICE published.",
    )


def _is_ignored(sheet: Sheet) -> bool:
    first = next((row for row in sheet.grid if any(row)), ())
    words = tuple(bare(text) for text in first if text)
    return any(words[: len(start)] == start for start in declared.headings().ignored_sheets)


def _read_rows(found: PrintedList, sheet: Sheet, layout: Layout) -> None:
    found.kind, found.sheet = layout.kind, sheet.name
    found.heading_row = None if layout.heading_row is None else layout.heading_row + 1
    found.columns = {field: column_letters(index) for field, index in layout.columns.items()}
    report_heading_row(found, sheet, layout)
    stamp = found.captured_at.strftime("%Y%m%d%H%M%S") if found.captured_at else None
    template = (f"/web/{stamp}", f"/web/{CAPTURE}") if stamp else None
    take = _taker(layout)
    moa, addendum = (_column_links(sheet, layout.columns.get(field)) for field in ("moa", "addendum"))
    taken = len(moa) + len(addendum)
    known = set(layout.columns.values())
    wider = len(sheet.grid[0]) > len(known)
    agency = layout.columns["agency"]
    first = 0 if layout.heading_row is None else layout.heading_row + 1
    last_used = first
    rows, prints, print_of = found.rows, found.prints, tuple.__new__
    for number, row in enumerate(sheet.grid[first:], first):
        texts = take(row)
        name = row[agency]
        if (name is None or not name.strip()) and not any(text and text.strip() for text in texts):
            if wider:
                report_cells(found, sheet, number, known)
            continue
        if number in layout.repeated:
            report_second_heading(found, sheet, layout, number)
            continue
        last_used = number + 1
        cells = [*texts, moa.pop(number, None), addendum.pop(number, None)]
        if not "".join(filter(None, cells)).isprintable():
            cells = visible(found, sheet, number, layout, cells)
        if template:
            cells = [text.replace(*template) if text else text for text in cells]
        if (day := cells[SIGNED]) and day.endswith(" 00:00:00"):
            cells[SIGNED] = day[:10]
        rows.append(number + 1)
        prints.append(print_of(Print, cells))
        if wider:
            report_cells(found, sheet, number, known)
    again = sum(number < last_used for number in layout.repeated)
    found.blank_rows = last_used - first - len(rows) - again
    if len(sheet.links) > taken - len(moa) - len(addendum):
        _report_strays(found, sheet, layout, moa, addendum)
    report_oddities(found, sheet, layout)


def _taker(layout: Layout) -> Callable[[tuple[str | None, ...]], tuple[str | None, ...]]:
    """A quick way from a row of the sheet to the texts of FIELDS, None where there is no column."""
    places = [layout.columns.get(field) for field in FIELDS]
    if None not in places:
        return itemgetter(*places)
    from_padded = itemgetter(*(-1 if place is None else place for place in places))
    return lambda row: from_padded((*row, None))


def _column_links(sheet: Sheet, column: int | None) -> dict[int, str]:
    if column is None:
        return {}
    return {row: address for (row, place), address in sheet.links.items() if place == column}


def _report_strays(
    found: PrintedList, sheet: Sheet, layout: Layout, moa: dict[int, str], addendum: dict[int, str]
) -> None:
    """The links that no row took: those of other columns, and what is left of the documents' columns."""
    places = {layout.columns.get("moa"): moa, layout.columns.get("addendum"): addendum}
    strays = {
        (row, column): address
        for (row, column), address in sheet.links.items()
        if column not in places or row in places[column]
    }
    found.stray_links = len(strays)
    report_stray_links(found, sheet, strays)
