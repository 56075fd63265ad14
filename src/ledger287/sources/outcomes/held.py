"""The table of people held -> who was held on the day of the snapshot, with the cell of each number.

What enters: the tables of one workbook. What leaves: the total, its make-up by criminality and by arresting
agency, and what does not add up. Nothing is filled in: a part that is not printed is None, and a total that is
not printed is not computed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger287.core.locator import column_letters
from ledger287.sources.outcomes.as_of import fiscal_year_in
from ledger287.sources.outcomes.grid import GridEntry
from ledger287.sources.outcomes.parts import Parts, cell_of, meaning, parts_of
from ledger287.sources.outcomes.tables import PrintedTable

CRIMINALITY = ("convicted", "pending", "none")
AGENCIES = ("ICE", "CBP")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One printed number and where it is."""

    people: int
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PeopleHeld:
    """The people held: parts by (criminality or total, agency or total). Missing ones are not there."""

    parts: dict[tuple[str, str], PrintedNumber]
    title: str

    def number(self, criminality: str, agency: str) -> int | None:
        """A number of the table, or None where it is not printed."""
        part = self.parts.get((criminality, agency))
        return part.people if part else None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number that does not fit: where, what was expected, what is printed, and the kind of problem that it is."""

    sheet: str
    cell: str
    what: str
    expected: str
    found: str
    kind: str = "sum_differs"


def find_held(tables: Sequence[tuple[str, PrintedTable]]) -> tuple[PeopleHeld | None, list[Mismatch]]:
    """Who was held, and what does not add up. Of several such tables that of the latest fiscal year counts."""
    found = [table for kind, table in tables if kind == "detained_by_criminality"]
    if not found:
        return _from_disposition(tables)
    table = max(found, key=lambda one: (fiscal_year_in(one.title, one.sheet) or 0, -found.index(one)))
    read = parts_of(table)
    differing = {cell_of(entry) for pair in read.doubtful for entry in pair}
    copies = _copies(table, read, found)
    differing |= {cell_of(first) for _, first, _ in copies}
    negative = [entry for entry in read.people.values() if (entry.number or 0) < 0]
    differing |= {cell_of(entry) for entry in negative}
    parts = {
        of: PrintedNumber(round(entry.number or 0), table.sheet, cell_of(entry))
        for of, entry in read.people.items()
        if cell_of(entry) not in differing
    }
    held = PeopleHeld(parts, table.title)
    shares = {
        of: (entry.number or 0.0, _rounding(entry.text), cell_of(entry))
        for of, entry in read.shares.items()
        if cell_of(entry) not in differing
    }
    return held, [
        *_unread(read, table),
        *(
            Mismatch(
                sheet,
                cell_of(later),
                "people held",
                f"the {first.text} of {table.sheet.strip()} {cell_of(first)}",
                f"{later.text} for the same people",
                "doubtful_part",
            )
            for sheet, first, later in copies
        ),
        *(
            Mismatch(table.sheet, cell_of(one), "people held", "a number of people", one.text, "negative_count")
            for one in negative
        ),
        *_blanks(held, table.sheet),
        *_sums(held, read, table.sheet),
        *_shares(held, shares, table.sheet),
        *_dispositions(held, tables),
    ]


def _unread(read: Parts, table: PrintedTable) -> list[Mismatch]:
    """Labels of no known meaning, and cells that say different numbers of the same people."""
    known = "a word for a criminality, an arresting agency or the total"
    found = [
        Mismatch(table.sheet, f"{column_letters(column)}{row}", "people held", known, repr(words), "unknown_part")
        for row, column, words in read.unknown
    ]
    return found + [
        Mismatch(
            table.sheet,
            cell_of(later),
            "people held",
            f"the {first.text} of {cell_of(first)}",
            f"{later.text} for the same people",
            "doubtful_part",
        )
        for first, later in read.doubtful
    ]


def _blanks(held: PeopleHeld, sheet: str) -> list[Mismatch]:
    """Parts that are blank where others of their kind are printed: totals, and parts of one agency."""
    found = []
    total = held.parts.get(("total", "total"))
    inner = [[(name, agency) for name in CRIMINALITY] for agency in AGENCIES]
    for kinds in ([(name, "total") for name in CRIMINALITY], [("total", name) for name in AGENCIES], *inner):
        missing = [key for key in kinds if key not in held.parts]
        there = [held.parts[key] for key in kinds if key in held.parts]
        if missing and there:
            names = ", ".join(" of ".join(word for word in key if word != "total") for key in missing)
            at = _crossing(held, missing[0]) or (total or there[0]).cell
            found.append(Mismatch(sheet, at, "people held", f"a total of {names}", "none printed", "missing_value"))
    return found


def _crossing(held: PeopleHeld, key: tuple[str, str]) -> str | None:
    """The cell of a part that is not printed, where its row and its column have their totals; None without one."""
    row, column = held.parts.get((key[0], "total")), held.parts.get(("total", key[1]))
    if "total" in key or row is None or column is None:
        return None
    letters, number = column.cell.rstrip("0123456789"), row.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"{letters}{number}"


def _rounding(text: str) -> float:
    """How far rounding can move a share, from the digits it is printed with."""
    fraction = re.match(r"\d*", text.partition(".")[2])
    digits = len(fraction.group() if fraction else "") + (2 if "%" in text or "percent" in text else 0)
    return 0.5001 * 10.0**-digits + 1e-9


def _copies(table: PrintedTable, read: Parts, found: Sequence[PrintedTable]) -> list[tuple[str, GridEntry, GridEntry]]:
    """The cells of other tables of people held in the same fiscal year that say another number of the same people."""
    year = fiscal_year_in(table.title, table.sheet)
    others = [one for one in found if one is not table and fiscal_year_in(one.title, one.sheet) == year]
    return [
        (other.sheet, read.people[of], entry)
        for other in others
        for of, entry in parts_of(other).people.items()
        if of in read.people and read.people[of].number != entry.number
    ]


def _from_disposition(tables: Sequence[tuple[str, PrintedTable]]) -> tuple[PeopleHeld | None, list[Mismatch]]:
    """The total alone, from the table by processing disposition."""
    part = _disposition_total(tables)
    if part is None:
        return None, []
    expected = "a table by criminality and arresting agency"
    missing = Mismatch(part.sheet, part.cell, "people held", expected, "none that can be read", "missing_value")
    return PeopleHeld({("total", "total"): part}, "by processing disposition"), [missing]


def _disposition_total(tables: Sequence[tuple[str, PrintedTable]]) -> PrintedNumber | None:
    found = [table for kind, table in tables if kind == "detained_by_disposition"]
    if not found:
        return None
    table = max(found, key=lambda one: (fiscal_year_in(one.title, one.sheet) or 0, -found.index(one)))
    for line in table.lines:
        if meaning(line.labels[-1:]).total:
            for entry in line.numbers:
                if meaning(table.headings.get(entry.column, ())[-1:]).total:
                    return PrintedNumber(round(entry.number or 0), table.sheet, cell_of(entry))
    return None


def _sums(held: PeopleHeld, read: Parts, sheet: str) -> list[Mismatch]:
    found = []
    for row in ("total", *CRIMINALITY):
        total = held.parts.get((row, "total"))
        numbers = [held.number(row, agency) for agency in AGENCIES]
        others = sum(round(entry.number or 0) for entry in read.others.get(row, ()))
        given_in_all = sum(n or 0 for n in numbers)
        if total and None not in numbers and total.people not in (given_in_all, given_in_all + others):
            given = " + ".join(f"{n:,}" for n in numbers if n is not None)
            found.append(Mismatch(sheet, total.cell, f"{row} by agency", given, f"{total.people:,}"))
    for column in ("total", *AGENCIES):
        total = held.parts.get(("total", column))
        numbers = [held.number(row, column) for row in CRIMINALITY]
        if total and None not in numbers and sum(n or 0 for n in numbers) != total.people:
            given = " + ".join(f"{n:,}" for n in numbers if n is not None)
            found.append(Mismatch(sheet, total.cell, f"{column} by criminality", given, f"{total.people:,}"))
    return found


def _shares(held: PeopleHeld, shares: dict[tuple[str, str], tuple[float, float, str]], sheet: str) -> list[Mismatch]:
    found = []
    for (row, agency), (share, rounding, cell) in shares.items():
        part, total = held.number(row, agency), held.number(row, "total")
        if part is not None and total and abs(part / total - share) > rounding:
            found.append(Mismatch(sheet, cell, f"share of {agency}, {row}", f"{part / total:.4f}", f"{share:.4f}"))
    return found


def _dispositions(held: PeopleHeld, tables: Sequence[tuple[str, PrintedTable]]) -> list[Mismatch]:
    total, other = held.number("total", "total"), _disposition_total(tables)
    if total is None or other is None or other.people == total:
        return []
    return [Mismatch(other.sheet, other.cell, "total by processing disposition", f"{total:,}", f"{other.people:,}")]
