"""AM and PM in a column of their own, next to the times of day that they belong to.

What enters: headings and first rows. What leaves: which column is the half of which, and rows with both in one cell. A
column of halves without such a neighbor is not joined: it is an open question, as a column that no field reads.
"""

import re
from collections.abc import Mapping, Sequence

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.guessing import HALVES, times_in
from ledger287.custody.intake.times.cell_sql import as_text
from ledger287.custody.intake.times.values import is_blank

_TWELVE = re.compile(r"(?:.*[ T])?(?:0?[1-9]|1[0-2])(?::\d\d(?::\d\d)?|\d\d)")
"""A time on a clock of twelve hours, without its half."""


def halves_of(heads: Sequence[str], rows: Sequence[Sequence[str]], left_out: set[str]) -> dict[int, int]:
    """The places of times whose halves are in a column next to them -> the place of that column."""
    found: dict[int, int] = {}
    for place, head in enumerate(heads):
        if head in left_out or times_in(_column(rows, place)) != HALVES:
            continue
        for near in (place - 1, place + 1):
            values = [value for value in _column(rows, near) if not is_blank(value)] if 0 <= near < len(heads) else []
            if values and near not in found and all(map(_TWELVE.fullmatch, values)):
                found[near] = place
                break
    return found


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row)]


def with_halves(cells: Sequence[str], halves: Mapping[int, int]) -> list[str]:
    """A row whose times have their halves."""
    joined = list(cells)
    for time, half in halves.items():
        if time < len(joined) and half < len(joined) and joined[time].strip() and _is_half(joined[half]):
            joined[time] = f"{joined[time].strip()} {joined[half].strip()}"
    return joined


def _is_half(cell: str) -> bool:
    return cell.strip().lower() in vocabulary()["halves_of_day"]


def half_sql(time: str, half: str) -> str:
    """A cell of a time with its half, in SQL."""
    words = ", ".join(map(as_text, vocabulary()["halves_of_day"]))
    both = f"lower(trim({half})) in ({words}) and trim({time}) <> ''"
    return f"case when {both} then trim({time}) || ' ' || trim({half}) else {time} end"
