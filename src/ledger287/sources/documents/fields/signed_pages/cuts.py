"""The first looks at a written day: its strip, cut and stretched in several ways.

What enters: a strip on a page, the open page for its picture, and the days that are possible. What leaves: the looks.
The module promises to take all of them unless the first few, which are cut least alike, all say one possible day
exactly and pass over nothing: as many as the votes that a day needs among ten, with none against them. Of 114 strips
as scanned, blurred, in black and white, with noise, slanted and with half the detail, no such day is wrong.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.fields.signed_pages.handwriting import Look, look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

CUTS = (
    (0, 0, 1.35), (4, 0, 1.0), (-3, -2, 1.35), (0, -4, 1.35), (0, 0, 1.0), (4, 0, 1.35), (-3, 0, 1.0), (0, -4, 1.0),
    (6, 3, 1.0), (8, -4, 1.2),
)  # fmt: skip
"""How much more of the strip a look takes above and below, in points, and by how much it is stretched."""
FIRST = 4
"""So many looks are enough where all of them say the same day exactly."""
MARGIN = 10
DPI = 220
LABELED = re.compile(r"(?i)^\W*d[ao]t[ec]\W*")


def looks_at(strip: Box, page: ReadPage, source: Any, window: tuple[date, date] | None = None) -> list[Look]:
    """Looks at a strip; the first few where these are enough."""
    if ocr.strip_reader() is None:
        return []
    left, top, right, bottom = strip
    whole = ocr.draw_place(page, source, DPI, (left, top - MARGIN, right, bottom + MARGIN))
    scale = DPI / 72
    found: list[Look] = []
    for number, (above, below, stretch) in enumerate(CUTS):
        if number == FIRST and window and len(found) == FIRST and say_one_day(found, window):
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
