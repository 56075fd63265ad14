"""One file -> one list as printed: its rows, each cell with its location, and what could not be placed.

A row is kept as a ``Print``: its eight texts and two raw URLs, exactly as printed. Lists repeat one another almost
entirely, so equal rows are kept once and referred to. In captures by a web archive the URL of each document has the
time of the capture; it is kept as ``{capture}``, and put back when the row is shown.
"""

import hashlib
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import add, attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem
from ledger287.sources.ice_lists.captures import content_key, plainly_written, taken_out
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
from ledger287.sources.ice_lists.workbooks.package import Unreadable, unpacked
from ledger287.sources.ice_lists.workbooks.workbook import Sheet, read_workbook, saved_at

SIGNED = FIELDS.index("signed")
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


Rows = dict[tuple[str | None, ...], Print]


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


@dataclass(slots=True)
class KnownRows:
    """What lists before had: cells of a row -> the row, one object for equal rows; and captures by their content."""

    rows: dict[tuple[str | None, ...], Print] = field(default_factory=dict)
    captures: dict[bytes, PrintedList] = field(default_factory=dict)


def captured_at(name: str) -> datetime | None:
    """The UTC time of the capture in a file's name, if it has one."""
    found = CAPTURE_IN_NAME.search(Path(name).stem)
    if not found:
        return None
    try:
        return datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def read_list(file: str, data: bytes, known: KnownRows | None = None) -> PrintedList:
    """Read the bytes of one file named ``file``. A bad file gives a list with ``failed`` set.

    ``known`` is what other lists have; rows and captures that are met for the first time are added.
    """
    found = _read(file, data, known or KnownRows())
    found.problems = [replace(problem, sha256=found.sha256) for problem in found.problems]
    return found


def _read(file: str, data: bytes, known: KnownRows) -> PrintedList:
    found = PrintedList(file, hashlib.sha256(data).hexdigest(), len(data), captured_at(file))
    try:
        parts = unpacked(data)
        key = content_key(parts, found.captured_at) if found.captured_at else None
        if key and (same := known.captures.get(key)):
            own = {name: getattr(found, name) for name in ("file", "sha256", "bytes", "captured_at")}
            return replace(same, **own, saved_at=saved_at(parts), problems=[])
        found.saved_at = saved_at(parts)
        _read_sheets(found, read_workbook(parts), known.rows)
    except Unreadable as bad:
        return failed(file, found.sha256, len(data), bad)
    if key and not (found.problems or found.failed) and plainly_written(parts):
        known.captures[key] = found
    return found


def failed(file: str, sha256: str, size: int, bad: Unreadable) -> PrintedList:
    """A file that is not a list: nothing of it is kept but its name, its bytes' hash, and why."""
    problem = Problem(bad.kind, file, bad.sheet, bad.row, bad.column, bad.expected, bad.found, bad.remedy, sha256)
    reason = f"{bad.kind}: {bad.found}"
    return PrintedList(file, sha256, size, captured_at(file), failed=reason, problems=[problem])


def _read_sheets(found: PrintedList, sheets: Sequence[Sheet], known: Rows) -> None:
    """The first sheet that is a list, a visible one before any hidden; every other is reported."""
    chosen: tuple[Sheet, Layout] | None = None
    for sheet in sorted(sheets, key=attrgetter("hidden")):
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
        "no cell with a value" if not sheets else "no sheet with a value that is not declared ignored",
        "Check that the file is the one ICE published.",
    )


def _is_ignored(sheet: Sheet) -> bool:
    first = next((row for row in sheet.grid if any(row)), ())
    words = tuple(bare(text) for text in first if text)
    return any(words[: len(start)] == start for start in declared.headings().ignored_sheets)


def _read_rows(found: PrintedList, sheet: Sheet, layout: Layout, known: Rows) -> None:
    found.kind, found.sheet = layout.kind, sheet.name
    found.heading_row = None if layout.heading_row is None else layout.heading_row + 1
    found.columns = {field: column_letters(index) for field, index in layout.columns.items()}
    report_heading_row(found, sheet, layout)
    template = taken_out(found.captured_at)
    take = _taker(layout)
    moa, addendum = (_column_links(sheet, layout.columns.get(field)) for field in ("moa", "addendum"))
    used = set(layout.columns.values())
    wider = len(sheet.grid[0]) > len(used)
    agency = layout.columns["agency"]
    first = 0 if layout.heading_row is None else layout.heading_row + 1
    repeated = layout.repeated
    numbers = range(first, len(sheet.grid))
    links = zip(map(moa.get, numbers), map(addendum.get, numbers), strict=True)
    rows = [*map(add, map(take, sheet.grid[first:]), links)]
    if template:
        rows = [tuple([text.replace(*template) if text else text for text in cells]) for cells in rows]
    prints = [*map(known.get, rows)]
    to_look_at = numbers if wider or repeated else [first + at for at, printed in enumerate(prints) if printed is None]
    for number in to_look_at:
        cells = rows[number - first]
        if not any(text and text.strip() for text in (sheet.grid[number][agency], *cells[: len(FIELDS)])):
            prints[number - first] = None
        elif number in repeated:
            report_second_heading(found, sheet, layout, number)
            prints[number - first] = None
            continue
        else:
            prints[number - first] = known.get(cells) or _new_row(found, sheet, number, layout, cells, known)
        if wider:
            report_cells(found, sheet, number, used)
    found.rows = [number + 1 for number, printed in zip(numbers, prints, strict=True) if printed is not None]
    found.prints = [printed for printed in prints if printed is not None]
    last_used = found.rows[-1] if found.rows else first
    again = sum(number < last_used for number in repeated)
    found.blank_rows = last_used - first - len(found.rows) - again
    lines = {number - 1 for number in found.rows}
    left = [column.keys() - lines for column in (moa, addendum)]
    if len(sheet.links) > len(moa) + len(addendum) - sum(map(len, left)):
        _report_strays(found, sheet, layout, *left)
    report_oddities(found, sheet, layout)


def _new_row(
    found: PrintedList, sheet: Sheet, number: int, layout: Layout, cells: tuple[str | None, ...], known: Rows
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


def _report_strays(found: PrintedList, sheet: Sheet, layout: Layout, moa: Set[int], addendum: Set[int]) -> None:
    """The links that no row took: those of other columns, and what is left of the documents' columns."""
    places = {layout.columns.get("moa"): moa, layout.columns.get("addendum"): addendum}
    strays = {
        (row, column): address
        for (row, column), address in sheet.links.items()
        if column not in places or row in places[column]
    }
    found.stray_links = len(strays)
    report_stray_links(found, sheet, strays)
