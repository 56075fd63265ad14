"""The first looks at a written day: its strip, cut and stretched in several ways.

What enters: a strip on a page, the open page for its picture, and the days that are possible. What leaves: the looks.
The module promises to take all of them unless the first few, which are cut least alike, all say one possible day
exactly and pass over nothing: two where each of their letters is likely, else four, as many as the votes that a day
needs among ten. Of 115 strips as scanned, blurred, in black and white, with noise, slanted and with half the detail, no
such day is wrong. No more than four are taken either where these have hardly a digit: what is written there is no day.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ledger287.sources.documents.fields.signed_pages.days import DIGITS as SLIPS
from ledger287.sources.documents.fields.signed_pages.days import NAMED, read_day
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look, look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

CUTS = (
    (0, 0, 1.35), (4, 0, 1.0), (-3, -2, 1.35), (0, -4, 1.35), (0, 0, 1.0), (4, 0, 1.35), (-3, 0, 1.0), (0, -4, 1.0),
    (6, 3, 1.0), (8, -4, 1.2),
)  # fmt: skip
"""How much more of the strip a look takes above and below, in points, and by how much it is stretched."""
FIRST = 4
"""So many looks are enough where all of them say the same day exactly."""
CLEAR, SURE = 2, 0.5
"""So many are where each letter of theirs is so likely at least."""
MARGIN = 10
DPI = 220
LABELED = re.compile(r"(?i)^\W*d[ao]t[ec]\W*")
Enough = Callable[[Sequence[Look]], bool]


def looks_at(
    strip: Box, page: ReadPage, source: Any, window: tuple[date, date] | None = None, enough: Enough | None = None
) -> list[Look]:
    """Looks at a strip; the first few where these are enough, or as many as ``enough`` wants."""
    if ocr.strip_reader() is None:
        return []
    left, top, right, bottom = strip
    whole = ocr.draw_place(page, source, DPI, (left, top - MARGIN, right, bottom + MARGIN))
    scale = DPI / 72
    found: list[Look] = []
    for number, (above, below, stretch) in enumerate(CUTS):
        if number == FIRST and len(found) == FIRST and (are_no_day(found) or (window and say_one_day(found, window))):
            break
        if (enough and enough(found)) or (number == CLEAR and window and say_clearly(found, window)):
            break
        first = max(0, round((MARGIN - above) * scale))
        last = whole.shape[0] - max(0, round((MARGIN - below) * scale))
        if one := look(ocr.stretched(whole[first:last], stretch)):
            found.append(one)
    return found


def say_one_day(looks: Sequence[Look], window: tuple[date, date]) -> bool:
    """Whether each look says the same possible day exactly, and none passes over a sign."""
    days = [read_day(LABELED.sub("", one.text)) for one in looks]
    exact = {day.day for day in days if day and day.exact}
    said = all(day and day.exact for day in days) and not any(one.passed_over for one in looks)
    return said and len(exact) == 1 and window[0] <= min(exact) <= window[1]


def say_clearly(looks: Sequence[Look], window: tuple[date, date]) -> bool:
    """Whether the same is true of the first two looks, and each letter of theirs is likely."""
    return len(looks) == CLEAR and say_one_day(looks, window) and all(one.least >= SURE for one in looks)


def are_enough(looks: Sequence[Look], window: tuple[date, date]) -> bool:
    """Whether looks are so many, and say one day in such a way, that no more of them is needed."""
    return say_clearly(looks, window) or (len(looks) >= FIRST and say_one_day(looks, window))


NUMBERS = frozenset("0123456789/|-.")
LIKE = 0.6
"""The share of signs that are those of numbers, or are read for digits, from which a look may have a day in it."""


def are_no_day(looks: Sequence[Look]) -> bool:
    """Whether what looks say is no day: none of them has two signs of a number, looks like one, or names a month."""
    return not any(_may_be_day(LABELED.sub("", one.text).replace(" ", "")) for one in looks)


def _may_be_day(text: str) -> bool:
    like = sum(sign in NUMBERS or ord(sign) in SLIPS for sign in text)
    return sum(sign in NUMBERS for sign in text) > 1 or like > LIKE * len(text) or NAMED.search(text) is not None


def say_the(looks: Sequence[Look], layer: date) -> bool:
    """Whether looks say the day of the text layer."""
    return any((day := read_day(LABELED.sub("", one.text))) and day.day == layer for one in looks)


def say_no_day(looks: Sequence[Look]) -> bool:
    """Whether the first looks say no day exactly, so that a stamp's day has nothing against it."""
    days = [read_day(LABELED.sub("", one.text)) for one in looks]
    return len(looks) == FIRST and not any(day and day.exact for day in days)


def say_two_days(looks: Sequence[Look]) -> bool:
    """Whether looks say two days, so that no more of them is needed."""
    return len({day.day for one in looks if (day := read_day(LABELED.sub("", one.text)))}) > 1
