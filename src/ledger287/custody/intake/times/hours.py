"""Whether a file's times of day may be of 12 hours without AM and PM, which no one time can show.

What enters: rows, and the places of their times. What leaves: what leaves it open, or None. A database that
writes the hour of a day by its 12-hour form loses half of the day in silence: 9:00 AM and 9:00 PM are both ``09:00``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.fields import TIMED
from ledger287.custody.intake.files import Cells
from ledger287.custody.intake.times.values import is_blank

_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2}):(\d\d)(?::\d\d)?(?![\d:])")
"""A time of day with a colon; military time without one is of 24 hours by its form."""
_SAID = re.compile(r"[AaPp]\.?\s?[Mm]?\.?$|\d[TtZz]|[+-]\d\d:?\d\d$|[A-Z]{2,4}$", re.ASCII)
"""AM or PM, the ``T`` of ISO 8601, an offset, a time zone: with these a time says which half of the day it is in."""


_CELL = re.compile(r"(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
"""A time or a time of day as it comes from a workbook's own cell, which is of 24 hours."""


def places_of_hours(
    heads: Sequence[str], columns: Mapping[str, str], pairs: Mapping[str, tuple[str, str]]
) -> list[int]:
    """The places of the columns in which an event's time of day is."""
    paired = {time for _, time in pairs.values()}
    return [place for place, head in enumerate(heads) if columns.get(head) in TIMED or head in paired]


def half_unknown(rows: Iterable[Cells], places: Sequence[int], kind: str) -> str | None:
    """How many different times of day there are, with one of them, where each is from 1:00 to 12:59; else None."""
    least = int(vocabulary()["spans"]["times_of_half_a_day"])
    found: dict[tuple[int, str], str] = {}
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            at = None if is_blank(cell) else _CLOCK.search(cell)
            if at is None or (kind == "xlsx" and _CELL.fullmatch(cell)):
                continue
            if _SAID.search(cell) or not 1 <= int(at[1]) <= 12:
                return None
            found.setdefault((int(at[1]), at[2]), at.group())
    if len(found) < least:
        return None
    return f"{len(found)} different times of day, each from 1:00 to 12:59, such as {next(iter(found.values()))}"
