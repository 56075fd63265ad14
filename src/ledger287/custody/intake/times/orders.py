"""In which order a file writes day and month, as its own days show it.

What enters: rows, and the places of their days. What leaves: the orders that some day settles, and a day that does not.
"""

from collections.abc import Iterable, Sequence

from ledger287.custody.intake.files import Cells
from ledger287.custody.intake.times.moments import ORDERS, DayOrder, Moment, orders_of, read_moment
from ledger287.custody.intake.times.values import is_blank


def orders_in(rows: Iterable[Cells], places: Sequence[int]) -> tuple[dict[DayOrder, str], str | None]:
    """The orders that some day settles, each with the first text that does; and a text that leaves it open."""
    certain: dict[DayOrder, str] = {}
    doubt = None
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            if is_blank(cell):
                continue
            found = orders_of(cell)
            if len(found) == 1:
                certain.setdefault(next(iter(found)), cell)
            elif found and doubt is None:
                doubt = cell
        if len(certain) == 2:
            break
    return certain, doubt


def local_in(rows: Iterable[Cells], places: Sequence[int]) -> bool:
    """Whether the first time in some columns that can be read is one of the jail's own clocks, without an offset."""
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            for found in () if is_blank(cell) else (read_moment(cell, order) for order in ORDERS):
                if isinstance(found, Moment):
                    return found.local
    return False
