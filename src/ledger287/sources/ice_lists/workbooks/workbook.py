"""The parts of a workbook -> its sheets, each a grid of printed texts with links, errors and oddities.

fastexcel reads the cells. What it leaves out is read from the workbook's own XML: the URLs behind linked cells, error
cells (which it returns empty), formulas, merged cells, and the time at which the workbook was last saved. Nothing is
read from a file that fails the checks of ``package`` and ``sheet_xml``: it must be an unencrypted workbook, complete,
and no larger than any list could be.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import fastexcel

from ledger287.core.locator import column_letters
from ledger287.sources.ice_lists.workbooks.package import (
    Parts,
    SheetEntry,
    Unreadable,
    limits,
    packed_again,
    sheet_entries,
    targets,
)
from ledger287.sources.ice_lists.workbooks.sheet_xml import Formula, Place, SheetFacts, sheet_facts

PARTS_OF_THE_CELL_READER = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
ERRORS_OF_THE_CELL_READER = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
"""It refuses a sheet with any other error."""
ERROR_VALUE = re.compile(
    rb"""(\st=["']e["'][^>]*>\s*(?:<(?:\w+:)?f[^>]*>(?:[^<]*</(?:\w+:)?f>)?\s*)?<(?:\w+:)?v)(?:/>|>([^<]*)(</))"""
)
SAVED = re.compile(r"<(?:\w+:)?modified[^>]*>([^<]+)<")
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""A workbook that says it was saved outside of these years does not know when it was."""

Grid = list[tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``grid[0][0]`` is cell A1; texts are as fastexcel prints them, None where empty.

    ``links`` maps a cell (row and column from 0) to the raw URL behind it; ``errors`` are error
    cells, already filled into the grid with their printed text (``#N/A``); ``merges`` are spans as
    written (``B2:B5``).
    """

    name: str
    grid: Grid
    links: dict[Place, str]
    errors: tuple[Place, ...] = ()
    formulas: tuple[tuple[Place, Formula], ...] = ()
    merges: tuple[str, ...] = ()
    hidden: bool = False


def read_workbook(parts: Parts) -> tuple[Sheet, ...]:
    """The sheets in their order. Raises Unreadable, never anything else, for a bad file."""
    entries = sheet_entries(parts)
    facts = [sheet_facts(entry.name, parts[entry.part], targets(parts, entry.part)) for entry in entries]
    for entry, found in zip(entries, facts, strict=True):
        if not ERRORS_OF_THE_CELL_READER.issuperset(found.errors.values()):
            parts[entry.part] = ERROR_VALUE.sub(_known_error, parts[entry.part])
    grids = _grids(parts, entries, facts)
    return tuple(map(_sheet, entries, facts, grids))


def _known_error(found: re.Match[bytes]) -> bytes:
    """The same cell with an error that the cell reader knows; its printed text is in the sheet's facts."""
    start, text, end = found.groups()
    if text is not None and text.decode("utf-8", "replace") in ERRORS_OF_THE_CELL_READER:
        return found.group()
    if end is None:
        return bytes(start + b">#VALUE!</" + start.rpartition(b"<")[2] + b">")
    return bytes(start + b">#VALUE!" + end)


def _grids(parts: Parts, entries: list[SheetEntry], facts: list[SheetFacts]) -> list[Grid]:
    """The cells of each sheet. If the cell reader fails in any way, the list is excluded with that reason."""
    names = [*PARTS_OF_THE_CELL_READER, *dict.fromkeys(entry.part for entry in entries)]
    try:
        reader = fastexcel.read_excel(packed_again(parts, names))
        if len(reader.sheet_names) != len(entries):
            raise ValueError(f"{len(reader.sheet_names)} sheets of {len(entries)} can be read")
        load = partial(_grid, reader)
        return [load(index) if found.has_cells else [] for index, found in enumerate(facts)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader's Rust code is not an Exception
        raise Unreadable(
            "not_a_workbook",
            "a workbook whose cells can be read",
            str(error).split("\n")[0][:200] or type(error).__name__,
            "Open it in a spreadsheet program and save it again as .xlsx, or fetch it once more.",
        ) from None


def _grid(reader: fastexcel.ExcelReader, index: int) -> Grid:
    """The texts of one sheet from A1 on; the reader leaves out columns before the first used one."""
    loaded = reader.load_sheet(index, header_row=None, skip_rows=0, dtypes="string")
    columns = loaded.selected_columns
    rows: Grid = list(zip(*(column.to_list() for column in loaded.to_polars().iter_columns()), strict=True))
    left_out = columns[0].absolute_index if columns else 0
    return [(None,) * left_out + row for row in rows] if left_out else rows


def _sheet(entry: SheetEntry, facts: SheetFacts, grid: Grid) -> Sheet:
    most = limits()["sheet"]
    if len(grid) > most["rows"]:
        raise _too_large(entry.name, (most["rows"], 0), f"at most {most['rows']:,} rows", f"{len(grid):,} rows")
    return Sheet(
        entry.name,
        _filled(grid, facts.errors),
        _spread(entry.name, facts, grid),
        tuple(facts.errors),
        tuple(facts.formulas.items()),
        tuple(facts.merges),
        entry.hidden,
    )


def _filled(grid: Grid, errors: dict[Place, str]) -> Grid:
    """The grid with the printed text of error cells, extended where they are outside of it."""
    if not errors:
        return grid
    height = max(len(grid), 1 + max(row for row, _ in errors))
    width = max(len(grid[0]) if grid else 0, 1 + max(column for _, column in errors))
    rows: dict[int, list[str | None]] = {}
    for (row, column), text in errors.items():
        if row not in rows:
            rows[row] = list(grid[row]) if row < len(grid) else []
            rows[row] += [None] * (width - len(rows[row]))
        rows[row][column] = text
    short = width - (len(grid[0]) if grid else 0)
    wide = [row + (None,) * short for row in grid] if short else list(grid)
    wide += [(None,) * width] * (height - len(grid))
    for number, cells in rows.items():
        wide[number] = tuple(cells)
    return wide


def _spread(name: str, facts: SheetFacts, grid: Grid) -> dict[Place, str]:
    """The links with those of spans at each cell of the grid that they cover, or else at their first."""
    height, width = len(grid), len(grid[0]) if grid else 0
    most, covered = limits()["sheet"]["cells"], 0
    for (top, left), (bottom, right), address in facts.wide_links:
        rows = range(top, max(top + 1, min(bottom + 1, height)))
        columns = range(left, max(left + 1, min(right + 1, width)))
        covered += len(rows) * len(columns)
        if covered > most:
            raise _too_large(name, (top, left), f"links on at most {most:,} cells", "links that cover more")
        facts.links.update(((row, column), address) for row in rows for column in columns)
    return facts.links


def _too_large(sheet: str, place: Place, expected: str, found: str) -> Unreadable:
    return Unreadable(
        "too_large",
        expected,
        found,
        "Delete what does not belong to the list and save it again.",
        sheet=sheet,
        row=place[0] + 1,
        column=column_letters(place[1]),
    )


def saved_at(parts: Parts) -> datetime | None:
    """The time (UTC) at which the workbook was last saved, where it has one."""
    core = parts.get("docProps/core.xml", b"").decode("utf-8", "replace")
    found = SAVED.search(core)
    if not found:
        return None
    try:
        saved = datetime.fromisoformat(found.group(1).strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= saved.year <= LAST_YEAR:
        return None
    return (saved if saved.tzinfo else saved.replace(tzinfo=UTC)).astimezone(UTC)


def cell_name(row: int, column: int) -> str:
    """(0, 5) -> F1."""
    return f"{column_letters(column)}{row + 1}"
