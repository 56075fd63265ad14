"""The facility table of a workbook -> one row a facility, and the day to which its averages run.

What enters: a workbook as read. What leaves: each facility with its name, place, type and average population of
the year so far, and its cell. An average times the days it covers is a whole number of people-days, so the
averages themselves tell how many days they cover; the source line above the table gives the day after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.core.locator import column_letters
from ledger287.sources.outcomes.as_of import fiscal_year_in
from ledger287.sources.outcomes.tables import PrintedTable, TableLine
from ledger287.sources.outcomes.vocabulary import bare
from ledger287.sources.outcomes.workbook import DetentionWorkbook

LEVELS = ("level a", "level b", "level c", "level d", "adpdetclasslevela", "adpdetclasslevelb", "adpdetclasslevelc")
CRIMINAL = ("male crim", "female crim")
NON_CRIMINAL = ("male non-crim", "female non-crim")
ENOUGH = 40
MOST_BEHIND, MOST_AHEAD = 60, 20
WHOLE = 0.98
"""The share of averages that must give a whole number of people-days: a few cells are typed by hand."""


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A facility in one workbook. ``adp`` is its average daily population in the fiscal year so far.

    It is the sum by criminality, which one workbook prints where its levels are incomplete, else that of the levels.
    """

    name: str
    city: str
    state: str
    zip: str
    kind: str
    adp: float
    criminal: float
    non_criminal: float
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class FacilityTable:
    """The facilities of one workbook, and the days that their averages cover, where these can be determined."""

    rows: tuple[FacilityRow, ...]
    days: int | None
    through: date | None


def facility_table(book: DetentionWorkbook) -> FacilityTable:
    """The facilities of a workbook; an empty table where it has none."""
    tables = [one.table for one in book.tables if one.kind.id == "facilities"]
    if not tables:
        return FacilityTable((), None, None)
    table = tables[0]
    columns = {bare(words[-1]): column for column, words in table.headings.items() if words}
    rows = tuple(row for line in table.lines if (row := _row(line, columns, table)))
    entries = [
        entry
        for line in table.lines
        for entry in line.numbers
        if entry.number and any(entry.column == columns.get(name) for name in (*LEVELS, *CRIMINAL, *NON_CRIMINAL))
    ]
    averages = [entry.number or 0.0 for entry in entries]
    decimals = max((len(entry.text.partition(".")[2]) for entry in entries), default=0)
    words = " ".join(word for heading in table.headings.values() for word in heading)
    year = fiscal_year_in(table.sheet, table.title, words) or book.as_of.fiscal_year
    days = covered(averages, decimals, _likely(book, year))
    through = date(year - 1, 10, 1) + timedelta(days=days - 1) if days and year else None
    return FacilityTable(rows, days, through)


def _likely(book: DetentionWorkbook, year: int | None) -> int | None:
    """The days from October 1 to the day that the averages of the workbook run to, if they are of the same year."""
    through = book.as_of.through
    return (through - date(year - 1, 10, 1)).days + 1 if year and through and book.as_of.fiscal_year == year else None


def _row(line: TableLine, columns: dict[str, int], table: PrintedTable) -> FacilityRow | None:
    numbers = {entry.column: entry for entry in line.numbers}

    def total(names: Sequence[str]) -> float | None:
        found = [numbers[columns[name]].number or 0.0 for name in names if columns.get(name) in numbers]
        return sum(found) if found else None

    def text(name: str) -> str:
        return line.texts.get(columns.get(name, -1), "").strip()

    criminal, other = total(CRIMINAL), total(NON_CRIMINAL)
    adp = total(LEVELS) if criminal is None and other is None else (criminal or 0.0) + (other or 0.0)
    if not text("name") or adp is None:
        return None
    return FacilityRow(
        text("name"),
        text("city"),
        text("state").upper(),
        text("zip"),
        text("type detailed"),
        adp,
        criminal or 0.0,
        other or 0.0,
        table.sheet,
        f"{column_letters(columns['name'])}{line.row}",
    )


def covered(averages: Sequence[float], decimals: int, most: int | None) -> int | None:
    """The fewest days near the workbook's day for which the averages give whole numbers of people-days, or None."""
    if len(averages) < ENOUGH or decimals < 4:
        return None
    latest = most or 366
    for days in range(1, min(latest + MOST_AHEAD, 366) + 1):
        room = days * 0.6 * 10.0**-decimals + 1e-6
        whole = sum(abs(average * days - round(average * days)) <= room + average * days * 1e-9 for average in averages)
        if whole >= WHOLE * len(averages):
            return days if most is None or latest - days < MOST_BEHIND else None
    return None
