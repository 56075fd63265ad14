"""The table of people held -> what each of its number cells counts, and which cells nothing says that of.

What enters: one table. What leaves: numbers of people and shares by (criminality or total, agency or total), the
columns of numbers and rows that have no known meaning, and cells that contradict each other. Criminality may be in
the rows and agencies over the columns, or the other way round, or both in the rows; a heading may be of two levels.
A label that could mean two things means none.
"""

import re
from dataclasses import dataclass, field

from ledger287.core.locator import column_letters
from ledger287.sources.outcomes.grid import GridEntry
from ledger287.sources.outcomes.tables import PrintedTable
from ledger287.sources.outcomes.vocabulary import bare, vocabulary

MARKS = re.compile(r"(?:\s*(?:[*†‡¹²³:]+|[(\[]\d{1,2}[)\]])|(?<=[a-z])\s*\d)+$")
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PartMeaning:
    """What a label or a heading says: a criminality, an agency, the total of all, and whether it is of shares."""

    criminality: str | None = None
    agency: str | None = None
    total: bool = False
    share: bool = False

    @property
    def known(self) -> bool:
        """Whether it says anything on whom the number counts."""
        return self.total or self.criminality is not None or self.agency is not None


NOTHING = PartMeaning()


@dataclass(slots=True)
class Parts:
    """The cells of a table of people held, by what they count."""

    people: dict[tuple[str, str], GridEntry] = field(default_factory=dict)
    shares: dict[tuple[str, str], GridEntry] = field(default_factory=dict)
    others: dict[str, list[GridEntry]] = field(default_factory=dict)
    """Numbers of people in columns of unknown meaning, by the criminality (or total) of their row."""
    unknown: list[tuple[int, int, str]] = field(default_factory=list)
    """Row, column and words of the labels and headings that say nothing known."""
    doubtful: list[tuple[GridEntry, GridEntry]] = field(default_factory=list)
    """Pairs of cells that say the same people and differ."""


def meaning(words: tuple[str, ...]) -> PartMeaning:
    """What the words of a row, or over a column, say, outermost first."""
    plain = [MARKS.sub("", bare(word)).strip() for word in words]
    share = any(any(sign in word for sign in vocabulary().shares) for word in plain)
    criminality = _one_of([_criminality(word) for word in plain])
    agency = _agency(" ".join(plain)) or _one_of([_agency(word) for word in plain])
    total = any(word in vocabulary().total for word in plain)
    return PartMeaning(criminality, agency, total and not criminality and not agency, share)


def _one_of(found: list[str | None]) -> str | None:
    known = {one for one in found if one}
    return known.pop() if len(known) == 1 else None


def _criminality(word: str) -> str | None:
    return _one_of([code if pattern.search(word) else None for code, pattern in vocabulary().criminality.items()])


def _agency(word: str) -> str | None:
    left = " ".join(vocabulary().fillers.sub(" ", word).split())
    return _one_of([code if pattern.search(left) else None for code, pattern in vocabulary().agency.items()])


def parts_of(table: PrintedTable) -> Parts:
    """What each number of the table counts."""
    parts = Parts()
    columns = {column: meaning(heading) for column, heading in table.headings.items()}
    numbered = {entry.column for line in table.lines for entry in line.numbers}
    counts = [column for column in sorted(numbered) if not columns[column].share]
    only = counts[0] if len(counts) == 1 else None
    for column in sorted(numbered):
        if not columns[column].known and not columns[column].share and column != only:
            at = table.lines[0].row
            parts.unknown.append((at, column, " ".join(table.headings[column]) or "a column without a heading"))
    for line in table.lines:
        row = meaning(line.labels)
        if not row.known:
            if line.numbers:
                parts.unknown.append((line.row, table.columns[0], " ".join(line.labels) or "a row without a label"))
            continue
        for entry in line.numbers:
            _take(parts, row, columns[entry.column], entry, entry.column == only)
    return parts


def _take(parts: Parts, row: PartMeaning, column: PartMeaning, entry: GridEntry, only: bool) -> None:
    if not column.known and not only:
        if not column.share:
            parts.others.setdefault(row.criminality or TOTAL, []).append(entry)
        return
    if (row.criminality and column.criminality) or (row.agency and column.agency):
        parts.unknown.append((entry.row, entry.column, entry.text))
        return
    of = (row.criminality or column.criminality or TOTAL, row.agency or column.agency or TOTAL)
    there = parts.shares if column.share or row.share else parts.people
    first = there.setdefault(of, entry)
    if first.number != entry.number:
        parts.doubtful.append((first, entry))


def cell_of(entry: GridEntry) -> str:
    """The cell as a spreadsheet names it."""
    return f"{column_letters(entry.column)}{entry.row}"
