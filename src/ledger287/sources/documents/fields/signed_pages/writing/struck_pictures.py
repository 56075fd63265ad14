"""A day on a scan that somebody struck out: a line runs through the writing in its picture.

What enters: the strip of a day on a page, and the open page. What leaves: whether a line crosses what is written. The
module promises that the rule on which a day is written is no line across it, nor is a stroke of the writing itself.
"""

from collections.abc import Iterator
from typing import Any

from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

DPI = 220
POINT = DPI / 72
"""Pixels to a point."""
SLOPES = tuple(step / 50 for step in range(-5, 6))
"""By how much a line across a day can rise or fall along its length."""
SHORTEST, SHARE = 26.0, 0.5
"""The length of a line across a day, in points, and the share of the writing that it runs through, at least."""
CLEAR = 2.0
"""How far above the foot of the letters, in points, the middle of such a line is: a rule is lower."""
NEAR, FAR, SIDES = 1.6, 3.2, 0.4
"""From where to where, in points above and below a line, writing is looked for, and along what share of it."""
APART = 8.0
"""So many points without ink are the end of what is written."""
FAINT = 30
"""By fewer shades than this no ink differs from its paper."""


def is_struck_in_picture(strip: Box, foot: float, page: ReadPage, source: Any) -> bool:
    """Whether a line runs through what is written in a strip; ``foot`` is the height of the foot of its letters."""
    import numpy as np

    picture = ocr.draw_place(page, source, DPI, strip)
    if min(picture.shape) < 2 * FAR * POINT:
        return False
    paper, ink = float(np.percentile(picture, 80)), float(np.percentile(picture, 2))
    if paper - ink < FAINT:
        return False
    dark = picture < (paper + ink) / 2
    lowest = (foot - max(0.0, strip[1]) - CLEAR) * POINT
    return any(
        _is_through(level, row, first, last)
        for slope in SLOPES
        for level in (_sheared(dark, slope),)
        for row, first, last in _runs(level, lowest)
    )


def _sheared(dark: Any, slope: float) -> Any:
    """A picture in which lines of a slope are level, about its middle column."""
    import numpy as np

    high, wide = dark.shape
    columns = np.arange(wide)
    moved = np.arange(high)[:, None] + np.round((columns - wide / 2) * slope).astype(int)[None, :]
    inside = (moved >= 0) & (moved < high)
    return np.where(inside, dark[np.clip(moved, 0, high - 1), columns[None, :]], False)


def _runs(level: Any, lowest: float) -> Iterator[tuple[int, int, int]]:
    """The longest dark run of each row where it is long, a point up or down allowed for: row, first and last column."""
    import numpy as np

    near = level.copy()
    near[1:] |= level[:-1]
    near[:-1] |= level[1:]
    at = np.arange(1, level.shape[1] + 1)[None, :]
    length = np.where(near, at - np.maximum.accumulate(np.where(near, 0, at), axis=1), 0)
    for row in np.nonzero(length.max(axis=1) >= SHORTEST * POINT)[0]:
        end = int(length[row].argmax()) + 1
        first = end - int(length[row, end - 1])
        if FAR * POINT <= row <= lowest:
            yield int(row), first, end


def _is_through(level: Any, row: int, first: int, last: int) -> bool:
    """Whether there is writing above and below a run, and the run is as long as most of what is written there."""
    near, far = round(NEAR * POINT), round(FAR * POINT)
    above, below = level[row - far : row - near + 1, first:last], level[row + near : row + far + 1, first:last]
    if min(above.any(axis=0).mean(), below.any(axis=0).mean()) < SIDES:
        return False
    begins, ends = _written(level[: row + far].any(axis=0), first, last)
    return last - first >= SHARE * (ends - begins)


def _written(inked: Any, first: int, last: int) -> tuple[int, int]:
    """From which column to which there is ink around a run, with no wide gap."""
    import numpy as np

    apart = round(APART * POINT)
    left, right = np.nonzero(inked[:first])[0][::-1], np.nonzero(inked[last:])[0] + last
    begins, ends = first, last
    for column in left:
        if begins - column > apart:
            break
        begins = int(column)
    for column in right:
        if column - ends > apart:
            break
        ends = int(column) + 1
    return begins, ends
