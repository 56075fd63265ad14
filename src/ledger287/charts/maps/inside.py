"""Where within an outline a label has the most room.

What enters: rings of points. What leaves: a place and the room around it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

Outline = Sequence[tuple[float, float]]
"""The points of a ring, in units of the page."""


def area(ring: Outline) -> float:
    """The area within a ring, negative where it runs anticlockwise on the sheet."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def roomiest(rings: Sequence[Outline], tall: float) -> tuple[float, float, float]:
    """The middle and width of the widest level strip within a polygon that has a height free above and below it."""
    top, bottom = min(y for _, y in rings[0]) + tall, max(y for _, y in rings[0]) - tall
    levels = [top + (bottom - top) * step / 12 for step in range(13)]
    crossings = chords(rings, {y + part * tall for y in levels for part in STRIP})
    best = (0.0, 0.0, 0.0)
    for step, y in enumerate(levels):
        for chord in crossings[y]:
            left, right = chord
            if (right - left) * (1 - abs(step - 6) / 60) <= best[2]:
                continue  # a strip is never wider than its middle
            for part in STRIP:
                if part:
                    left, right = _shared(left, right, crossings[y + part * tall])
            wide = (right - left) * (1 - abs(step - 6) / 60)
            if wide > best[2]:
                best = (left + right) / 2, y, wide
    return best


STRIP = (-1, -0.5, 0, 0.5, 1)
"""Where a strip is looked at, in parts of its height from its middle."""


def _shared(left: float, right: float, others: list[tuple[float, float]]) -> tuple[float, float]:
    """What a stretch has in common with the one of ``others`` that contains its middle."""
    middle = (left + right) / 2
    for a, b in others:
        if a < middle < b:
            return max(left, a), min(right, b)
    return middle, middle


def chords(rings: Sequence[Outline], levels: Iterable[float]) -> dict[float, list[tuple[float, float]]]:
    """For each level line, the stretches of it that lie within a polygon, its holes left out."""
    at = sorted(levels)
    crossings_at: list[list[float]] = [[] for _ in at]
    for ring in rings:
        x, y = ring[-1]
        for next_x, next_y in ring:
            if y != next_y:
                low, high = (y, next_y) if y < next_y else (next_y, y)
                for place in range(bisect_left(at, low), bisect_left(at, high)):
                    crossings_at[place].append(x + (at[place] - y) * (next_x - x) / (next_y - y))
            x, y = next_x, next_y
    found = {}
    for level, crossings in zip(at, crossings_at, strict=True):
        crossings.sort()
        found[level] = list(zip(crossings[::2], crossings[1::2], strict=False))
    return found
