"""One file -> one list as printed: its rows, each cell with its location, and what could not be placed.

A row is kept as a ``Print``: its eight texts and two raw URLs, exactly as printed. Lists repeat one another almost
entirely, so equal rows are kept once and referred to. In captures by a web archive the URL of each document has the
time of the capture; it is kept as ``{capture}``, and put back when the row is shown.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
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


Known = dict[tuple[str | None, ...], Print]
"""Cells of a row -> the row, one object for equal rows."""


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


def read_list(file: str, data: bytes, known: Known | None = None) -> PrintedList:
    """Read the bytes of one file named ``file``. A bad file gives a list with ``failed`` set.

    ``known`` are the rows of other lists, by their cells; rows that are met for the first time are added.
    """
    found = _read(file, data, {} if known is None else known)
    found.problems = [replace(problem, sha256=found.sha256) for problem in found.problems]
    return found


def _read(file: str, data: bytes, known: Known) -> PrintedList:
    found = PrintedList(file, hashlib.sha256(data).hexdigest(), len(data), captured_at(file))
    try:
        workbook = read_workbook(data)
        found.saved_at = workbook.saved_at
        _read_sheets(found, workbook, known)
    except Unreadable as bad:
        return failed(file, found.sha256, len(data), bad)
    return found


def failed(file: str, sha256: str, size: int, bad: Unreadable) -> PrintedList:
    """A file that is not a list: nothing of it is kept but its name, its bytes' hash, and why."""
    problem = Problem(bad.kind, file, bad.sheet, bad.row, bad.column, bad.expected, bad.found, bad.remedy, sha256)
    reason = f"{bad.kind}: {bad.found}"
    return PrintedList(file, sha256, size, captured_at(file), failed=reason, problems=[problem])


def _read_sheets(found: PrintedList, workbook: Workbook, known: Known) -> None:
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
        _read_rows(found, *chosen, known)
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


def _read_rows(found: PrintedList, sheet: Sheet, layout: Layout, known: Known) -> None:
    found.kind, found.sheet = layout.kind, sheet.name
    found.heading_row = None if layout.heading_row is None else layout.heading_row + 1
    found.columns = {field: column_letters(index) for field, index in layout.columns.items()}
    report_heading_row(found, sheet, layout)
    stamp = found.captured_at.strftime("%Y%m%d%H%M%S") if found.captured_at else None
    template = (f"/web/{stamp}", f"/web/{CAPTURE}") if stamp else None
    take = _taker(layout)
    moa, addendum = (_column_links(sheet, layout.columns.get(field)) for field in ("moa", "addendum"))
    used = set(layout.columns.values())
    wider = len(sheet.grid[0]) > len(used)
    agency = layout.columns["agency"]
    first = 0 if layout.heading_row is None else layout.heading_row + 1
    repeated = layout.repeated
    rows, prints = found.rows, found.prints
    for number, row in enumerate(sheet.grid[first:], first):
        cells = (*take(row), moa.get(number), addendum.get(number))
        if template:
            cells = tuple([text.replace(*template) if text else text for text in cells])
        printed = known.get(cells)
        if printed is None or repeated:
            if not any(text and text.strip() for text in (row[agency], *cells[: len(FIELDS)])):
                if wider:
                    report_cells(found, sheet, number, used)
                continue
            if number in repeated:
                report_second_heading(found, sheet, layout, number)
                continue
        if printed is None:
            printed = _new_row(found, sheet, number, layout, cells, known)
        rows.append(number + 1)
        prints.append(printed)
        if wider:
            report_cells(found, sheet, number, used)
    last_used = rows[-1] if rows else first
    again = sum(number < last_used for number in repeated)
    found.blank_rows = last_used - first - len(rows) - again
    lines = {number - 1 for number in rows}
    left = [{number: url for number, url in links.items() if number not in lines} for links in (moa, addendum)]
    if len(sheet.links) > len(moa) + len(addendum) - sum(map(len, left)):
        _report_strays(found, sheet, layout, *left)
    report_oddities(found, sheet, layout)


def _new_row(
    found: PrintedList, sheet: Sheet, number: int, layout: Layout, cells: tuple[str | None, ...], known: Known
) -> Print:
    """A row whose cells no list before has; what cannot be seen is reported each time that it is printed."""
    plain = "".join(filter(None, cells)).isprintable()
    printed = _print_of(cells if plain else visible(found, sheet, number, layout, list(cells)))
    printed = known.setdefault(printed, printed)
    if plain:
        known[cells] = printed
    return printed


def _print_of(cells: Sequence[str | None]) -> Print:
    """The row of its cells; a date cell as year-month-day."""
    printed = Print._make(cells)
    day = printed.signed
    return printed._replace(signed=day[:10]) if day and day.endswith(" 00:00:00") else printed


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
