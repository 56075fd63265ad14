"""One file -> one list as printed: its rows, each cell addressed, and what could not be placed.

A row is kept as a ``Print``: its eight texts and two raw addresses, exactly as printed. Lists repeat
one another almost wholly, so equal rows are kept once and pointed to. In captures by a web archive
the address of each document carries the moment of the capture; it is kept as ``{capture}``, and put
back when the row is shown.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from ledger287 import declared
from ledger287.declared import bare
from ledger287.foundation.citations import column_letters
from ledger287.foundation.problems import Problem
from ledger287.lists import values
from ledger287.lists.layout import FIELDS, Kind, Layout, find_layout
from ledger287.lists.workbook import Sheet, Unreadable, cell_name, read_workbook

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
    """The UTC instant of the capture that a file's name carries, if it does."""
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
    except Unreadable as bad:
        found.failed = f"{bad.kind}: {bad.found}"
        found.problems.append(Problem(bad.kind, file, None, None, None, bad.expected, bad.found, bad.remedy))
        return found
    found.saved_at = workbook.saved_at
    chosen: tuple[Sheet, Layout] | None = None
    for sheet in workbook.sheets:
        if _is_blank(sheet) or _is_ignored(sheet):
            continue
        layout = find_layout(sheet)
        if layout and chosen is None:
            chosen = (sheet, layout)
        else:
            _report_unplaced_sheet(found, sheet)
    if chosen is None:
        found.failed = "unknown_layout: no sheet has the headings of a list, or rows like one"
        if not any(p.kind == "unknown_sheet" for p in found.problems):
            found.problems.append(
                Problem(
                    "no_rows", file, None, None, None, "a sheet with the headings of a list", "no cell with a value",
                    "Check that the file is the one ICE published.",
                )
            )
        return found
    _read_rows(found, *chosen)
    return found


def _is_blank(sheet: Sheet) -> bool:
    return not any(text and text.strip() for row in sheet.grid for text in row)


def _is_ignored(sheet: Sheet) -> bool:
    first = tuple(bare(text) for text in sheet.grid[0] if text) if sheet.grid else ()
    return any(first[: len(words)] == words for words in declared.headings().ignored_sheets)


def _report_unplaced_sheet(found: PrintedList, sheet: Sheet) -> None:
    cells = [
        (row, column)
        for row, texts in enumerate(sheet.grid)
        for column, text in enumerate(texts)
        if text and text.strip()
    ]
    row, column = cells[0]
    found.problems.append(
        Problem(
            "unknown_sheet",
            found.file,
            sheet.name,
            row + 1,
            column_letters(column),
            "one sheet with the headings STATE and LAW ENFORCEMENT AGENCY",
            f"{len(cells)} cells from {cell_name(*cells[0])} to {cell_name(*cells[-1])} that belong to no list, "
            f"beginning {sheet.grid[row][column]!r}",
            "If it is a list, declare its headings in declared/headings.yml; if not, declare it ignored there.",
        )
    )


def _read_rows(found: PrintedList, sheet: Sheet, layout: Layout) -> None:
    found.kind, found.sheet = layout.kind, sheet.name
    found.heading_row = None if layout.heading_row is None else layout.heading_row + 1
    found.columns = {field: column_letters(index) for field, index in layout.columns.items()}
    stamp = found.captured_at.strftime("%Y%m%d%H%M%S") if found.captured_at else None
    template = (f"/web/{stamp}", f"/web/{CAPTURE}") if stamp else None
    take = _taker(layout)
    linked = [_column_links(sheet, layout.columns.get(field)) for field in ("moa", "addendum")]
    strays = len(sheet.links) - sum(map(len, linked))
    known = set(layout.columns.values())
    wider = len(sheet.grid[0]) > len(known) if sheet.grid else False
    first = 0 if layout.heading_row is None else layout.heading_row + 1
    last_used = first
    for number, row in enumerate(sheet.grid[:first]):
        if number != layout.heading_row:
            _report_cells(found, number, row, set(), "the heading row first")
    agency = layout.columns["agency"]
    for number in range(first, len(sheet.grid)):
        row = sheet.grid[number]
        if number in layout.repeated:
            _report_second_heading(found, number, row)
            continue
        texts = take(row)
        if row[agency] is None and not any(text and text.strip() for text in texts):
            _report_cells(found, number, row, set(), "no value outside of the declared columns")
            continue
        last_used = number + 1
        cells = [*texts, linked[0].pop(number, None), linked[1].pop(number, None)]
        if template:
            cells = [text.replace(*template) if text else text for text in cells]
        if cells[5] and cells[5].endswith(" 00:00:00"):
            cells[5] = cells[5][:10]
        found.rows.append(number + 1)
        found.prints.append(Print._make(cells))
        if wider:
            _report_cells(found, number, row, known, "no value outside of the declared columns")
    found.blank_rows = last_used - first - len(found.rows) - len(layout.repeated)
    found.stray_links = strays + len(linked[0]) + len(linked[1])
    for index, text in layout.unknown.items():
        found.problems.append(
            Problem(
                "unknown_column",
                found.file,
                sheet.name,
                (layout.heading_row or 0) + 1,
                column_letters(index),
                "one of the declared headings",
                repr(text),
                "Declare the heading in declared/headings.yml; until then its cells are kept as problems.",
            )
        )
    _report_oddities(found, sheet, known, layout)


def _taker(layout: Layout) -> Callable[[tuple[str | None, ...]], tuple[str | None, ...]]:
    """A quick way from a row of the sheet to the texts of FIELDS, None where there is no column."""
    places = [layout.columns.get(field) for field in FIELDS]
    present = [place for place in places if place is not None]
    if None not in places:
        return itemgetter(*present)
    return lambda row: tuple(None if place is None else row[place] for place in places)


def _column_links(sheet: Sheet, column: int | None) -> dict[int, str]:
    return {row: address for (row, place), address in sheet.links.items() if place == column}


def _report_second_heading(found: PrintedList, number: int, row: tuple[str | None, ...]) -> None:
    found.problems.append(
        Problem(
            "second_heading",
            found.file,
            found.sheet,
            number + 1,
            "A",
            "one heading row",
            f"the headings again: {', '.join(text for text in row if text)}",
            "It is not counted as a row.",
        )
    )


def _report_cells(
    found: PrintedList, number: int, row: tuple[str | None, ...], known: set[int], expected: str
) -> None:
    for index, text in enumerate(row):
        if text and text.strip() and index not in known:
            found.problems.append(
                Problem(
                    "unknown_column",
                    found.file,
                    found.sheet,
                    number + 1,
                    column_letters(index),
                    expected,
                    repr(text[:120]),
                    "Look at the list; declare the column in declared/headings.yml if ICE has added one.",
                )
            )


def _report_oddities(found: PrintedList, sheet: Sheet, known: set[int], layout: Layout) -> None:
    """Formulas, merged cells, and error cells in columns where they are not declared to say nothing."""
    for name in sheet.formulas:
        found.problems.append(
            _cell_problem(found, "formula", name, "a plain value", "a formula; its stored result is taken as printed")
        )
    for span in sheet.merges:
        found.problems.append(
            _cell_problem(
                found, "merged_cells", span.split(":")[0], "one cell a value",
                f"merged cells {span}; the value stands in the first alone",
            )
        )  # fmt: skip
    quiet = {layout.columns[field] for field in ("type", "county") if field in layout.columns}
    for row, column in sheet.errors:
        text = sheet.grid[row][column] or ""
        if column in quiet and (
            values.county(text).how == "ignored" or values.agency_type(text).how == "ignored"
        ):
            continue
        found.problems.append(
            _cell_problem(found, "error_cell", cell_name(row, column), "a value", f"the error {text}")
        )


def _cell_problem(found: PrintedList, kind: str, name: str, expected: str, text: str) -> Problem:
    letters = name.rstrip("0123456789")
    return Problem(
        kind,  # type: ignore[arg-type]
        found.file,
        found.sheet,
        int(name[len(letters) :]),
        letters,
        expected,
        text,
        "Look at the cell; add a correction if it stands for something else.",
    )
