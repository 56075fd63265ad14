"""The FOIA table of people identified and removed under 287(g), FY2006 to FY2013 -> rows by agency and year.

What enters: the CSV's bytes. What leaves: one row per agency and fiscal year, with its cell, and a problem for each
value that is not a count and for each total that is not the sum of its years. A blank cell is not a number: the agency
had no agreement yet, or the office did not report; it is kept as None, never as 0.
"""

import csv
import hashlib
import io
from dataclasses import dataclass

from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem

YEARS = tuple(range(2006, 2014))


@dataclass(frozen=True, slots=True)
class IdentifiedRow:
    """What one agency identified and had removed in one fiscal year, as printed."""

    printed: str
    fiscal_year: int
    identified: int | None
    removed: int | None
    row: int
    identified_cell: str
    removed_cell: str


def read_identified(data: bytes, file: str) -> tuple[list[IdentifiedRow], list[Problem]]:
    """The rows of the table, and what in them is not understood."""
    sha256 = hashlib.sha256(data).hexdigest()
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    headings = next(reader, [])
    place = {name: at for at, name in enumerate(headings)}
    found: list[IdentifiedRow] = []
    problems: list[Problem] = []

    def tell(row: int, at: int, expected: str, said: str) -> None:
        remedy = "Check the cell; the value is left out."
        problems.append(Problem("missing_value", file, None, row, column_letters(at), expected, said, remedy, sha256))

    def count(cells: list[str], row: int, name: str) -> int | None:
        at = place.get(name)
        text = cells[at].strip() if at is not None and at < len(cells) else ""
        if not text or at is None:
            return None
        try:
            number = float(text.replace(",", ""))
        except ValueError:
            tell(row, at, "a count of people", repr(text))
            return None
        if number != int(number) or number < 0:
            tell(row, at, "a whole number of people", repr(text))
            return None
        return int(number)

    for row, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        removed_sum = 0
        for year in YEARS:
            identified, removed = (count(cells, row, f"{year}_{what}") for what in ("identified", "removed"))
            removed_sum += removed or 0
            found.append(
                IdentifiedRow(
                    cells[0].strip(),
                    year,
                    identified,
                    removed,
                    row,
                    f"{column_letters(place.get(f'{year}_identified', 0))}{row}",
                    f"{column_letters(place.get(f'{year}_removed', 0))}{row}",
                )
            )
        total = count(cells, row, "all_removed")
        if total is not None and total != removed_sum:
            tell(row, place["all_removed"], f"{removed_sum:,}, the sum of the years", f"{total:,}")
    return found, problems
