"""Where a list's columns are: from its heading row, or from its content where it has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.workbooks.workbook import Grid, Sheet

Kind = Literal["participating", "pending"]
FIELDS = ("state", "agency", "type", "county", "model", "signed", "moa", "addendum")
ROWS_SEARCHED_FOR_HEADINGS = 25
ROWS_SAMPLED = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns`` maps a field to its column (from 0); ``heading_row`` is None where there is none.

    ``unknown`` are the columns whose heading is not declared; ``repeated`` the rows (from 0) that
    print the headings once more, each with the columns that it gives.
    """

    kind: Kind
    heading_row: int | None
    columns: dict[str, int]
    unknown: dict[int, str]
    repeated: dict[int, dict[str, int]]


def find_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, or None where it is not a list."""
    searched = 0
    for number, row in enumerate(sheet.grid):
        if not any(row):
            continue
        columns = _headings(row)
        if len(columns) >= 3 and "state" in columns and "agency" in columns:
            return _from_headings(sheet.grid, number, columns)
        searched += 1
        if searched == ROWS_SEARCHED_FOR_HEADINGS:
            break
    return _from_content(sheet.grid)


def _from_headings(grid: Grid, number: int, columns: dict[str, int]) -> Layout:
    unknown = {
        index: text
        for index, text in enumerate(grid[number])
        if text and text.strip() and index not in columns.values()
    }
    state = columns["state"]
    repeated = {}
    alike = {text for text in {row[state] for row in grid[number + 1 :]} if _may_be_heading(text)}
    for later in range(number + 1, len(grid) if alike else 0):
        if grid[later][state] in alike and len(again := _headings(grid[later])) >= 3:
            repeated[later] = again
    return Layout(_kind(grid, columns, number + 1), number, columns, unknown, repeated)


def _may_be_heading(text: str | None) -> bool:
    """Whether the STATE cell of a row could be a repeated heading."""
    return text is not None and text[:1] in " Ss" and bare(text) in declared.headings().fields


def _headings(row: Sequence[str | None]) -> dict[str, int]:
    known = declared.headings().fields
    columns: dict[str, int] = {}
    for index, text in enumerate(row):
        field = known.get(bare(text)) if text else None
        if field and field not in columns:
            columns[field] = index
    return columns


def _kind(grid: Grid, columns: dict[str, int], first: int) -> Kind:
    """Participating lists print signing days; a list that has the heading but no day is pending."""
    if "signed" not in columns:
        return "pending"
    place = columns["signed"]
    if any(row[place] and (row[place] or "").strip() for row in grid[first:]):
        return "participating"
    has_rows = any(text and text.strip() for row in grid[first:] for text in row)
    return "pending" if has_rows else "participating"


def _from_content(grid: Grid) -> Layout | None:
    """The era whose columns fit the sampled rows best, when at least nine in ten rows fit."""
    rows = [row for row in grid if any(text and text.strip() for text in row)][:ROWS_SAMPLED]
    if not rows:
        return None
    left = min(next(index for index, text in enumerate(row) if text and text.strip()) for row in rows)
    width = len(rows[0])
    best: tuple[float, int, declared.Era] | None = None
    for era in declared.headings().eras:
        columns = {field: index for index, field in enumerate(era.columns, left)}
        needed = len(era.columns) - sum(field in ("moa", "addendum") for field in era.columns)
        if width - left < needed:
            continue
        share = sum(_fits(row, columns) for row in rows) / len(rows)
        if share >= 0.9 and (best is None or (share, len(era.columns)) > best[:2]):
            best = (share, len(era.columns), era)
    if best is None:
        return None
    columns = {field: index for index, field in enumerate(best[2].columns, left) if index < width}
    return Layout("participating" if "signed" in columns else "pending", None, columns, {}, {})


def _fits(row: Sequence[str | None], columns: dict[str, int]) -> bool:
    def text(field: str) -> str | None:
        return row[columns[field]] if columns[field] < len(row) else None

    if values.state(text("state")).value is None or values.model(text("model")).value is None:
        return False
    if "signed" in columns:
        return values.signed(text("signed")).value is not None
    return not any(values.signed(cell).value for cell in row if cell)
