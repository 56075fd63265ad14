"""A picture of a page -> by how many degrees its lines slope, and the picture with level lines.

What enters: a page as an array of grays. What leaves: an angle, or a picture of the same size. The module promises 0
where no angle has clearly sharper lines than none: a blank page, or one that is level already.
"""

from typing import Any

from ledger287.sources.documents.declaring import limits

STEP, FINE = 0.5, 0.1
"""Degrees between the angles that are tried first, and around the best of them."""
EDGE = 40
"""By how many shades a point must be darker than the one two to its left to be the edge of a stroke."""
POINTS = 40000
"""So many edges are looked at; of more, every second, third and so on."""


def slope_of(picture: Any) -> float:
    """By how many degrees the lines of a picture slope, more than 0 where they fall to the right."""
    import numpy as np

    small = picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2].astype(np.int16)
    small = (small[::2, ::2] + small[1::2, ::2] + small[::2, 1::2] + small[1::2, 1::2]) // 4
    most, least, clear = (float(limits()["skew"][name]) for name in ("most", "least", "clear"))
    ways = [way for way in (_edges(small), _edges(small.T)) if len(way[0])]
    coarse = [(_sharpness(way, angle), angle, at) for at, way in enumerate(ways) for angle in _around(0, most, STEP)]
    if not coarse:
        return 0.0
    _, near, at = max(coarse)
    best, angle = max((_sharpness(ways[at], angle), angle) for angle in _around(near, STEP, FINE))
    if abs(angle) < least or abs(angle) > most or best < clear * _sharpness(ways[at], 0.0):
        return 0.0
    return round(angle if at == 0 else -angle, 1)


def _around(middle: float, reach: float, step: float) -> list[float]:
    many = round(reach / step)
    return [middle + step * number for number in range(-many, many + 1)]


def _edges(small: Any) -> tuple[Any, Any]:
    """Rows and columns of the left edges of strokes: letters have many, the rim of a photograph one a row."""
    import numpy as np

    rows, columns = np.nonzero(small[:, :-2] - small[:, 2:] > EDGE)
    every = max(1, len(rows) // POINTS)
    return rows[::every].astype(float), columns[::every] - small.shape[1] / 2


def _sharpness(edges: tuple[Any, Any], angle: float) -> float:
    """How unevenly the edges lie over rows that slope by an angle: lines of text are full rows and empty ones."""
    import numpy as np

    rows, columns = edges
    level = np.round(rows - columns * np.tan(np.radians(angle))).astype(int)
    counted = np.bincount(level - level.min())
    return float((np.diff(counted).astype(float) ** 2).sum())


def leveled(picture: Any, slope: float, window: tuple[int, int, int, int] | None = None) -> Any:
    """A picture turned about its middle by the degrees of ``slope_of``; what comes in from outside is white.

    ``window`` is the part that is wanted: left, top, right, bottom, in points of the picture.
    """
    import numpy as np

    high, wide = picture.shape
    first, start, last, end = window or (0, 0, wide, high)
    first, start, last, end = max(0, first), max(0, start), min(wide, last), min(high, end)
    if not slope:
        return picture[start : max(start, end), first : max(first, last)].copy()
    turn = np.radians(slope)
    down, across = np.mgrid[start : max(start, end), first : max(first, last)].astype(np.float32)
    down -= (high - 1) / 2
    across -= (wide - 1) / 2
    x = across * np.float32(np.cos(turn)) - down * np.float32(np.sin(turn)) + np.float32((wide - 1) / 2)
    y = across * np.float32(np.sin(turn)) + down * np.float32(np.cos(turn)) + np.float32((high - 1) / 2)
    left, top = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    outside = (left < 0) | (top < 0) | (left >= wide - 1) | (top >= high - 1)
    left, top = np.clip(left, 0, wide - 2), np.clip(top, 0, high - 2)
    x -= left
    y -= top
    given = picture.astype(np.float32)
    found = (given[top, left] * (1 - x) + given[top, left + 1] * x) * (1 - y)
    found += (given[top + 1, left] * (1 - x) + given[top + 1, left + 1] * x) * y
    found[outside] = 255
    return np.round(found).astype(np.uint8)
