"""A day whose writing readers differ on, looked at with its strokes made thinner and thicker, at several sizes.

What enters: the strip of a day on a page, the open page, and the days that are possible. What leaves: the day that each
of these looks puts first, or none. A sign that is taken for another (a 6 for a 4) changes with the width of its
strokes, one that is read rightly does not. The module promises no day where a single look puts another first, or
where a day that hands write alike is not far behind.
"""

from datetime import date
from itertools import product
from typing import Any

from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look, Written, look, ranked
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

SIZES = (160, 220, 300)
STROKES = (-1, 0, 1, 2)
"""By how many pixels strokes are made thicker; thinner where it is less than none."""
WIDTHS = (0.75, 1.0)
ABOVE, BELOW = 4, 2
"""How much more of the page above and below the strip is looked at, in points."""


def seen_in_every_look(strip: Box, page: ReadPage, source: Any, window: tuple[date, date]) -> Written | None:
    """The day that every look puts first, by a clear lead."""
    left, top, right, bottom = strip
    pictures = [ocr.draw_place(page, source, size, (left, top - ABOVE, right, bottom + BELOW)) for size in SIZES]
    return in_every_look(pictures, window)


def in_every_look(pictures: list[Any], window: tuple[date, date]) -> Written | None:
    """The same of pictures of one writing."""
    looks: list[Look] = []
    first: date | None = None
    for picture, by, width in product(pictures, STROKES, WIDTHS):
        one = look(ocr.stretched(with_strokes(picture, by), width))
        if one is None or window[1] <= window[0]:
            return None
        [(day, _), *_], _ = ranked([one], *window, wide=False)
        if first not in (day, None):
            return None
        first = day
        looks.append(one)
    if not looks:
        return None
    days, share = ranked(looks, *window, wide=False)
    (best, _), (second, lead) = days[:2]
    need = limits()["writing"]
    alike = min((behind for day, behind in days[1:] if are_written_alike(best, day)), default=lead)
    if share < 1.0 or lead < float(need["varied"]) or alike < float(need["alone"]):
        return None
    return Written(best, lead, share, second)


def are_written_alike(one: date, other: date) -> bool:
    """Whether two days differ by one digit only, and hands write the two alike."""
    pairs = [{*pair} for pair in zip(f"{one:%m%d%Y}", f"{other:%m%d%Y}", strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and any(pairs[0] == {*alike} for alike in limits()["writing"]["alike"])


def with_strokes(picture: Any, by: int) -> Any:
    """A picture with its strokes made thicker, or thinner, by so many pixels."""
    import numpy as np

    if by == 0 or min(picture.shape) < 1:
        return picture
    side = abs(by) + 1
    padded = np.pad(picture, ((side // 2, side - 1 - side // 2),) * 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    return windows.min(axis=(2, 3)) if by > 0 else windows.max(axis=(2, 3))
