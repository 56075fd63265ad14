"""The grid of a sheet -> its tables, wherever they are on it; every number is in one, or is left over.

What enters: one sheet's cells. What leaves: tables (title, headings by column, rows with their labels) in the
order in which they begin, and the numbers that belong to none. A table is found by its structure: rows that
hold numbers, under the text rows directly above them, as wide as these reach; tables next to each other part
where two columns are empty, or where one is and another title begins. Nothing depends on a sheet's name or on
where in it a table is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from ledger287.sources.outcomes.grid import GridEntry, GridSheet
from ledger287.sources.outcomes.vocabulary import bare, is_note, kind_of, vocabulary

MOST_HEADING_ROWS = 5
MOST_BLANK_ROWS = 2
TITLE_DISTANCE = 3
MOST_BETWEEN = 4
YEARS = range(1990, 2101)
LONG_LABEL = 90

Row = dict[int, GridEntry]


@dataclass(slots=True)
class TableLine:
    """One row of a table: its label cells in words, and its number cells."""

    row: int
    labels: tuple[str, ...]
    numbers: list[GridEntry]
    texts: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class PrintedTable:
    """One table of a sheet as printed. ``headings`` are the words over each column, outermost first."""

    sheet: str
    title: str
    title_at: tuple[int, int] | None
    columns: tuple[int, int]
    rows: tuple[int, int]
    headings: dict[int, tuple[str, ...]]
    lines: list[TableLine]
    code_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class _SheetWork:
    """The state of one sheet while its tables are found."""

    sheet: GridSheet
    rows: dict[int, Row]
    tables: list[PrintedTable] = field(default_factory=list)

    def free(self, row: int, first: int = 0, last: int = 1 << 30) -> Row:
        """The cells of a row that no table has yet, between two columns."""
        cells = self.rows.get(row)
        if not cells:
            return {}
        return {column: entry for column, entry in cells.items() if first <= column <= last}

    def is_free(self, row: int, column: int) -> bool:
        """Whether a cell, empty or not, is in no table's heading or rows."""
        return column in self.rows.get(row, {}) or column not in self.sheet.rows.get(row, {})

    def claim(self, cells: Iterable[GridEntry]) -> None:
        """Take cells for a table."""
        for entry in cells:
            self.rows[entry.row].pop(entry.column, None)


def find_tables(sheet: GridSheet) -> tuple[list[PrintedTable], list[GridEntry]]:
    """The tables of a sheet, and the number cells that are in none of them."""
    work = _SheetWork(sheet, {row: dict(cells) for row, cells in sheet.rows.items()})
    for row in sheet.rows:
        while True:
            free = work.free(row)
            if not _numbers(free) or _is_heading_of_years(work, row, free):
                break
            if not _begin(work, row, free):
                break
    left = [entry for cells in work.rows.values() for entry in cells.values() if entry.number is not None]
    return work.tables, left


def _numbers(cells: Row) -> list[int]:
    return [column for column, entry in cells.items() if entry.number is not None]


def _is_year(entry: GridEntry) -> bool:
    return entry.number is not None and entry.number == int(entry.number) and int(entry.number) in YEARS


def _is_heading_of_years(work: _SheetWork, row: int, cells: Row) -> bool:
    """Whether the numbers of a row are the years over columns: 2023 | 2024 | 2025, with more rows below."""
    numbers = [cells[column] for column in sorted(_numbers(cells))]
    if not all(map(_is_year, numbers)):
        return False
    years = [int(entry.number or 0) for entry in numbers]
    if len(years) > 1:
        return all(0 <= after - before <= 1 for before, after in pairwise(years))
    below = work.sheet.rows.get(row + 1, {})
    return len(below) > 1 and not _numbers(below)


def _stack(work: _SheetWork, row: int, first: int = 0, last: int = 1 << 30) -> list[Row]:
    """The text rows directly above a row, nearest first; an empty row may part headings from the first numbers."""
    rows: list[Row] = []
    start = row - 1
    while start > row - MOST_BETWEEN and _parts_headings(work.sheet.rows.get(start, {})):
        start -= 1
    if not _is_heading_line(work, start, row):
        start = row - 1
    for above in range(start, max(start - MOST_HEADING_ROWS, 0), -1):
        cells = work.free(above, first, last)
        if not cells or (_numbers(cells) and not _is_heading_of_years(work, above, cells)):
            break
        rows.append(cells)
    return rows


def _parts_headings(cells: Row) -> bool:
    """Whether a row may be between headings and their first numbers: it is empty, or one note."""
    return not cells or (len(cells) == 1 and is_note(next(iter(cells.values())).text))


def _is_heading_line(work: _SheetWork, above: int, row: int) -> bool:
    """Whether a row has a word over each number of a lower row, and no number."""
    cells, numbers = work.free(above), _numbers(work.free(row))
    return len(cells) > 1 and not _numbers(cells) and len(numbers) > 1 and all(column in cells for column in numbers)


def _begin(work: _SheetWork, row: int, free: Row) -> bool:
    """Start a table at each span of a row that holds numbers. Returns whether any was made."""
    stack = _stack(work, row)
    made = False
    for first, last in _spans(work, row, free, stack):
        if any(first <= column <= last for column in _numbers(free)):
            _make(work, row, first, last)
            made = True
    return made


def _spans(work: _SheetWork, row: int, free: Row, stack: list[Row]) -> list[tuple[int, int]]:
    """The runs of columns that belong together in a row and in the text rows above it."""
    occupied = set(free)
    for cells in stack:
        occupied |= set(cells)
    for top, left, bottom, right in work.sheet.merges:
        if top <= row <= bottom or top <= row - 1 <= bottom:
            covered = set(range(left, right + 1))
            if right - left < 8 and covered & occupied and all(work.is_free(r, left) for r in (row - 1, row)):
                occupied |= covered
    starts = {column for cells in stack[1:] for column in cells}
    numbers = _numbers(free)
    starts |= {column for column in free if column not in numbers and numbers and column > min(numbers)}
    spans: list[list[int]] = []
    for column in sorted(occupied):
        if spans:
            gap = column - spans[-1][1]
            if (gap == 1 and not _begins_another(stack, free, column)) or (gap == 2 and column not in starts):
                spans[-1][1] = column
                continue
        spans.append([column, column])
    return [(first, last) for first, last in spans]


def _begins_another(stack: list[Row], free: Row, column: int) -> bool:
    """Whether a table touches the one to its left: a label under a title that is of a declared kind."""
    entry = free.get(column)
    if entry is None or entry.number is not None or not any(left < column for left in _numbers(free)):
        return False
    titles = [cells[column].text for cells in stack[1:] if column in cells]
    return any(kind_of(title, (), "") is not None for title in titles)


def _make(work: _SheetWork, row: int, first: int, last: int) -> None:
    """One table from its first row of numbers down."""
    stack = _stack(work, row, first, last)
    heads, title, labels = _split_stack(stack, work.free(row, first, last))
    work.claim(labels)
    group = labels[0] if len(labels) == 1 else None
    if title is None:
        title = _title_above(work, min((min(cells.values()).row for cells in stack), default=row), first, last)
    for cells in heads:
        work.claim(list(cells.values()))
    if title:
        work.claim([title])
    headings = _headings(heads, first, last)
    known = {bare(words[-1]) for words in headings.values() if words}
    body = list(_body(work, row, first, last, known, " ".join(group.text.split()) if group else ""))
    for _, cells in body:
        work.claim(cells.values())
    table = PrintedTable(
        work.sheet.name,
        title.text if title else "",
        (title.row, title.column) if title else None,
        (first, last),
        (row, body[-1][1][min(body[-1][1])].row),
        headings,
        [],
    )
    table.code_columns = frozenset(
        c for c, words in headings.items() if words and bare(words[-1]) in vocabulary().labels
    )
    table.lines = _lines(body, table)
    work.tables.append(table)


def _split_stack(stack: list[Row], data: Row) -> tuple[list[Row], GridEntry | None, list[GridEntry]]:
    """The heading rows (nearest first), the title, and the labels between headings and numbers, above a table."""
    heads: list[Row] = []
    title: GridEntry | None = None
    labels: list[GridEntry] = []
    for depth, cells in enumerate(stack):
        only = next(iter(cells.values())) if len(cells) == 1 else None
        if only is None:
            heads.append(cells)
        elif is_note(only.text):
            if depth == 0 and only.column in _numbers(data):
                heads.append(cells)
        elif depth == 0 and (only.column in _numbers(data) and only.column != min(data)):
            heads.append(cells)
        elif not heads and _headings_follow(stack, depth):
            labels.append(only)
        else:
            title = only
            break
    return heads, title, labels


def _headings_follow(stack: list[Row], depth: int) -> bool:
    """Whether headings are above the single texts that begin at a depth: then these are labels of rows."""
    return next((len(cells) > 1 for cells in stack[depth:] if len(cells) != 1), False)


def _title_above(work: _SheetWork, row: int, first: int, last: int) -> GridEntry | None:
    """A single text a little above the headings, over the same columns."""
    for above in range(row - 1, max(row - 1 - TITLE_DISTANCE, 0), -1):
        cells = work.free(above, first, last)
        if not cells:
            continue
        if len(cells) == 1:
            only = next(iter(cells.values()))
            if only.number is None and not is_note(only.text):
                return only
            continue
        return None
    return None


def _headings(heads: list[Row], first: int, last: int) -> dict[int, tuple[str, ...]]:
    """The words over each column; a heading over a group of columns holds for all of them."""
    found: dict[int, list[str]] = {column: [] for column in range(first, last + 1)}
    for depth in range(len(heads) - 1, -1, -1):
        cells = heads[depth]
        over = ""
        for column in range(first, last + 1):
            if column in cells:
                over = cells[column].text
            elif depth == 0:
                over = ""
            if over:
                found[column].append(" ".join(over.split()))
    return {column: tuple(words) for column, words in found.items()}


def _body(work: _SheetWork, row: int, first: int, last: int, known: set[str], group: str) -> Iterable[tuple[str, Row]]:
    """The rows of a table from its first on, each with the label of the group it is in."""
    blank = 0
    end = max(work.sheet.rows)
    at = row
    while at <= end:
        cells = work.free(at, first, last)
        if not cells:
            blank += 1
            at += 1
            if blank > MOST_BLANK_ROWS:
                return
            continue
        numbers = _numbers(cells)
        if blank and not _goes_on(cells, numbers, first):
            return
        if numbers and not (at > row and _is_heading_of_years(work, at, cells)):
            yield group, cells
        elif not numbers:
            below = work.free(at + 1, first, last)
            if len(cells) == 1:
                only = next(iter(cells.values()))
                if is_note(only.text) or len(only.text) > LONG_LABEL or not below or not _numbers(below):
                    return
                group = " ".join(only.text.split())
                work.claim([only])
            elif _is_heading(cells, known):
                return
            else:
                yield group, cells
        else:
            return
        blank = 0
        at += 1


def _goes_on(cells: Row, numbers: list[int], first: int) -> bool:
    """Whether a row after an empty one still belongs to the table: a label of its own, and numbers."""
    return bool(numbers) and min(cells) == first and cells[first].number is None and len(cells) > 1


def _is_heading(cells: Row, known: set[str]) -> bool:
    words = [bare(entry.text) for entry in cells.values()]
    return sum(word in known for word in words) * 2 > len(words)


def _lines(body: list[tuple[str, Row]], table: PrintedTable) -> list[TableLine]:
    """The rows with their labels: the text columns before the first column of numbers, filled down."""
    label_columns = _label_columns(body, table)
    lines: list[TableLine] = []
    filled: dict[int, str] = {}
    for group, cells in body:
        labels = [group] if group else []
        own = [column for column in label_columns if column in cells]
        for column in label_columns:
            if column in cells:
                filled[column] = " ".join(cells[column].text.split())
                for later in label_columns:
                    if later > column:
                        filled.pop(later, None)
                labels.append(filled[column])
            elif own and column < own[0] and column in filled:
                labels.append(filled[column])
        numbers = [
            entry
            for column, entry in cells.items()
            if entry.number is not None and column not in label_columns and column not in table.code_columns
        ]
        texts = {
            column: entry.text
            for column, entry in cells.items()
            if entry.number is None or column in table.code_columns
        }
        lines.append(TableLine(next(iter(cells.values())).row, tuple(labels), numbers, texts))
    return lines


def _label_columns(body: list[tuple[str, Row]], table: PrintedTable) -> list[int]:
    """The columns of words before the first column of numbers; years in the first column are words too."""
    columns: list[int] = []
    for column in range(table.columns[0], table.columns[1] + 1):
        cells = [cells[column] for _, cells in body if column in cells]
        if not cells:
            continue
        numbers = [entry for entry in cells if entry.number is not None]
        years_first = not columns and table.columns[1] > column and all(map(_is_year, numbers))
        if column in table.code_columns or len(numbers) * 2 < len(cells) or years_first:
            columns.append(column)
        else:
            break
    return columns
