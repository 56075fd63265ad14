"""A detention workbook's bytes -> everything it says, in tables, with its day and its problems.

What enters: bytes and a name. What leaves: one ``DetentionWorkbook``. Every number cell is in a table, or in a sentence
of a sheet of words, or is a problem; a file of another kind gives a workbook without tables and its reason.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem
from ledger287.core.process.garbage import collecting_nothing
from ledger287.core.text import plural
from ledger287.sources.ice_lists.workbooks.package import Unreadable
from ledger287.sources.outcomes.as_of import AsOf, find_as_of
from ledger287.sources.outcomes.counts.headings import kind_of_headings
from ledger287.sources.outcomes.grid import GridEntry, GridSheet, read_grid
from ledger287.sources.outcomes.held import Mismatch, PeopleHeld, find_held
from ledger287.sources.outcomes.tables import PrintedTable, TableLine, find_tables
from ledger287.sources.outcomes.vocabulary import TableKind, bare, kind_of, vocabulary

OTHER = "other"
NAMELESS = TableKind(OTHER, (), (), (), (), None, False, "unknown", (), "A table that no declared kind fits")
MOST_REPORTED = 20
HEADING_ROWS = 15
REMEDIES = {
    "sum_differs": "Both are kept as printed.",
    "unknown_part": "Its numbers are in the table and in no answer on people held.",
    "doubtful_part": "Neither is used.",
    "missing_value": "It is null: a part that is not printed is not computed.",
    "negative_count": "It is not used.",
}


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with its kind. Its values are read off with ``values``."""

    kind: TableKind
    table: PrintedTable

    def values(self) -> "list[PrintedValue]":
        """Every number of the table with the words that say what it is."""
        parents = vocabulary().parents.get(self.kind.id, frozenset())
        children = vocabulary().children.get(self.kind.id, frozenset())
        found: list[PrintedValue] = []
        above = ""
        for line in self.table.lines:
            labels = self._labels(line)
            word = bare(labels[-1]) if labels else ""
            if (children and word not in children) or word in parents:
                above = labels[-1] if labels else ""
            elif above and (children or parents):
                labels = (above, *labels)
            for entry in line.numbers:
                heading = self.table.headings.get(entry.column, ())
                found.append(PrintedValue(labels, heading, self.kind.unit_of(heading), entry.number or 0.0, entry))
        return found

    def _labels(self, line: TableLine) -> tuple[str, ...]:
        return line.labels[:1] if self.kind.id.startswith("facilities") else line.labels


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """One number of a table: its row and column in words, its unit, and its cell."""

    labels: tuple[str, ...]
    heading: tuple[str, ...]
    unit: str
    number: float
    entry: GridEntry

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{column_letters(self.entry.column)}{self.entry.row}"


@dataclass(frozen=True, slots=True)
class DetentionWorkbook:
    """One detention workbook as read."""

    file: str
    sha256: str
    as_of: AsOf
    held: PeopleHeld | None
    tables: tuple[ReadTable, ...]
    problems: tuple[Problem, ...]
    numbers: int
    numbers_in_tables: int
    numbers_in_words: int
    numbers_unplaced: int


def read_workbook(data: bytes, file: str) -> DetentionWorkbook:
    """Read one workbook. A file that is none gives a workbook without tables and its problem."""
    with collecting_nothing():
        return _read(data, file)


def _read(data: bytes, file: str) -> DetentionWorkbook:
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        sheets = read_grid(data)
    except Unreadable as error:
        column = error.column
        problem = Problem(
            error.kind, file, error.sheet, error.row, column, error.expected, error.found, error.remedy, sha256
        )
        nothing = AsOf(None, "cannot tell", "the file could not be read", None, (), (), None, None)
        return DetentionWorkbook(file, sha256, nothing, None, (), (problem,), 0, 0, 0, 0)
    if found := _rows_of_persons(sheets):
        sheet, row, kind = found
        problem = Problem(
            "rows_of_persons", file, sheet, row, None, "a workbook of ICE's detention statistics",
            f"the headings of a file with a row for each person ({kind})",
            f"Nothing of it is shown. Count it with: ledger287 outcomes add {file}", sha256,
        )  # fmt: skip
        nothing = AsOf(None, "cannot tell", "the file is no workbook of statistics", None, (), (), None, None)
        return DetentionWorkbook(file, sha256, nothing, None, (), (problem,), 0, 0, 0, 0)
    return _WorkbookReading(file, sha256, sheets).result()


def _rows_of_persons(sheets: list[GridSheet]) -> tuple[str, int, str] | None:
    """The sheet and row with the headings of a file of persons, and its kind; None where no sheet has them."""
    for sheet in sheets:
        for row, cells in list(sheet.rows.items())[:HEADING_ROWS]:
            if kind := kind_of_headings([entry.text for entry in cells.values()]):
                return sheet.name, row, kind
    return None


class _WorkbookReading:
    """The passes over one workbook's sheets."""

    def __init__(self, file: str, sha256: str, sheets: list[GridSheet]) -> None:
        self.file, self.sha256, self.sheets = file, sha256, sheets
        self.tables: list[ReadTable] = []
        self.problems: list[Problem] = []
        self.in_words = 0
        self.unplaced = 0

    def result(self) -> DetentionWorkbook:
        prose = vocabulary().prose_sheets
        for sheet in self.sheets:
            if bare(sheet.name) in prose:
                self.in_words += sum(e.number is not None for cells in sheet.rows.values() for e in cells.values())
            else:
                self._take_tables(sheet)
            self._tell_errors(sheet)
            self._tell_formulas(sheet)
            self._tell_hidden(sheet)
        named = [(one.kind.id, one.table) for one in self.tables]
        as_of = find_as_of(self.sheets, named, self.file)
        held, mismatches = find_held(named)
        self._tell_day(as_of)
        self._tell_held(held, mismatches)
        numbers = sum(e.number is not None for s in self.sheets for cells in s.rows.values() for e in cells.values())
        in_tables = sum(len(line.numbers) for one in self.tables for line in one.table.lines)
        return DetentionWorkbook(
            self.file,
            self.sha256,
            as_of,
            held,
            tuple(self.tables),
            tuple(self.problems),
            numbers,
            in_tables,
            self.in_words,
            self.unplaced,
        )

    def _tell(
        self, kind: str, sheet: str | None, at: tuple[int, int] | None, expected: str, found: str, remedy: str
    ) -> None:
        row, column = (at[0], column_letters(at[1])) if at else (None, None)
        self.problems.append(Problem(kind, self.file, sheet, row, column, expected, found, remedy, self.sha256))

    def _take_tables(self, sheet: GridSheet) -> None:
        tables, left = find_tables(sheet)
        for table in tables:
            kind = kind_of(table.title, tuple(" ".join(words) for words in table.headings.values()), sheet.name)
            if kind is None:
                self._tell(
                    "unknown_table",
                    sheet.name,
                    (table.rows[0], table.columns[0]),
                    "a table whose title or headings declared/outcomes/tables.yml names",
                    repr(table.title or "a table without a title"),
                    "Its values are read as printed; declare the kind to give it a meaning.",
                )
            self.tables.append(ReadTable(kind or NAMELESS, table))
            self._tell_unlabeled(sheet, table)
            self._tell_unread(sheet, table)
        self.unplaced += len(left)
        for entry in left[:MOST_REPORTED]:
            self._tell(
                "unplaced_number",
                sheet.name,
                (entry.row, entry.column),
                "a number in a table",
                repr(entry.text),
                "Check the cell: no heading or label says what it is.",
            )
        if len(left) > MOST_REPORTED:
            entry = left[MOST_REPORTED]
            more = f"{len(left) - MOST_REPORTED:,} more numbers in no table"
            self._tell(
                "unplaced_number",
                sheet.name,
                (entry.row, entry.column),
                "numbers in tables",
                more,
                "Check the sheet.",
            )

    def _tell_unlabeled(self, sheet: GridSheet, table: PrintedTable) -> None:
        for line in table.lines:
            if not line.labels and line.numbers:
                entry = line.numbers[0]
                self._tell(
                    "unlabeled_number",
                    sheet.name,
                    (entry.row, entry.column),
                    "a label at the beginning of the row",
                    f"none next to {entry.text}",
                    "The number is read without a label.",
                )
        bare_columns: dict[int, list[GridEntry]] = {}
        for line in table.lines:
            for entry in line.numbers:
                if not table.headings.get(entry.column) and entry.column != table.columns[0]:
                    bare_columns.setdefault(entry.column, []).append(entry)
        for entries in bare_columns.values():
            self._tell(
                "unlabeled_number",
                sheet.name,
                (entries[0].row, entries[0].column),
                "a heading over the column",
                f"none over {plural(len(entries), 'number')}, the first {entries[0].text}",
                "They are read without a heading.",
            )

    def _tell_unread(self, sheet: GridSheet, table: PrintedTable) -> None:
        """Texts with a figure in them, in a column that is of numbers but for them."""
        numbers = Counter(entry.column for line in table.lines for entry in line.numbers)
        texts: dict[int, list[tuple[int, str]]] = {}
        for line in table.lines:
            for column, text in line.texts.items():
                if column in numbers and column not in table.code_columns:
                    texts.setdefault(column, []).append((line.row, text))
        for column, found in texts.items():
            unread = [(row, text) for row, text in found if any(map(str.isdigit, text))]
            if unread and len(found) < numbers[column]:
                more = f", and {len(unread) - 1} more in the column" if len(unread) > 1 else ""
                self._tell(
                    "unread_cell",
                    sheet.name,
                    (unread[0][0], column),
                    "a number",
                    f"{unread[0][1][:60]!r}{more}",
                    "It is in no answer.",
                )

    def _tell_errors(self, sheet: GridSheet) -> None:
        for at, text in sorted(sheet.errors.items()):
            self._tell("error_cell", sheet.name, at, "a value", text, "The cell is read as empty.")

    def _tell_formulas(self, sheet: GridSheet) -> None:
        """Cells whose formula was saved without its value: a program that does not compute wrote the workbook."""
        if sheet.empty_formulas:
            found = f"{plural(len(sheet.empty_formulas), 'formula')} without a value, the first here"
            remedy = "They are read as empty. Open the workbook in a spreadsheet program and save it."
            self._tell("formula_without_value", sheet.name, sheet.empty_formulas[0], "a value", found, remedy)

    def _tell_hidden(self, sheet: GridSheet) -> None:
        hidden = [
            entry
            for row, cells in sheet.rows.items()
            for column, entry in cells.items()
            if entry.number is not None and (sheet.hidden or row in sheet.hidden_rows or column in sheet.hidden_columns)
        ]
        if hidden:
            what = "a hidden sheet" if sheet.hidden else "hidden rows or columns"
            found = f"{plural(len(hidden), 'number')} in {what}, the first here"
            self._tell(
                "hidden_cells",
                sheet.name,
                hidden[0][:2],
                "numbers in plain sight",
                found,
                "They are read anyway.",
            )

    def _tell_day(self, as_of: AsOf) -> None:
        for clue in as_of.contradicted:
            row = int("".join(filter(str.isdigit, clue.cell or ""))) if clue.cell else None
            letters = "".join(filter(str.isalpha, clue.cell or "")) or None
            expected = f"a day close to {as_of.day}" if as_of.day else "a day that another clue confirms"
            remedy = f"The day used is {as_of.day}: {as_of.why}." if as_of.day else "The day is unknown."
            found = f"{clue.day} ({clue.says})"
            self.problems.append(
                Problem("wrong_as_of", self.file, clue.sheet, row, letters, expected, found, remedy, self.sha256)
            )
        if as_of.day is None and self.tables:
            self._tell(
                "unknown_as_of", None, None, "a day that the workbook covers", as_of.why, "It answers for no day."
            )

    def _tell_held(self, held: PeopleHeld | None, mismatches: list[Mismatch]) -> None:
        if not any(one.kind is not NAMELESS for one in self.tables):
            names = ", ".join(sheet.name for sheet in self.sheets[:6])
            self._tell(
                "no_tables",
                None,
                None,
                "a workbook of ICE's detention statistics",
                f"none of its tables (sheets: {names})",
                "Check that this is the file you meant.",
            )
        elif held is None or held.number("total", "total") is None:
            self._tell(
                "no_held",
                None,
                None,
                "the table of people currently detained by criminality and arresting agency",
                "none with a total",
                "It answers nothing on the total of people held: a total that is not printed is not computed.",
            )
        for one in mismatches:
            row = int("".join(filter(str.isdigit, one.cell)))
            letters = "".join(filter(str.isalpha, one.cell))
            self.problems.append(
                Problem(
                    one.kind,
                    self.file,
                    one.sheet,
                    row,
                    letters,
                    f"{one.expected} ({one.what})",
                    one.found,
                    REMEDIES[one.kind],
                    self.sha256,
                )
            )
