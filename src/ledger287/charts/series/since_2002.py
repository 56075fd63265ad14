"""The program since 2002 -> an SVG: steps where pages or lists exist, points for counts that others published, and gaps
where nothing is known.

A step holds from one page or list to the next, within a stretch in which there are such; between two stretches nothing
is drawn. A published count is a ring that no line joins. Colors are classes of the page around it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import sqrt

from ledger287.charts.theme import text_width

TOP, BOTTOM, LEFT, RIGHT = 18, 28, 52, 14
SIZE = 13
Across = Callable[[date], float]
Up = Callable[[float], float]
TICKS = (10, 50, 100, 250, 500, 1000, 1500, 2000, 3000, 5000)


@dataclass(frozen=True, slots=True)
class ListedStretch:
    """Counts of pages or lists, by day, without a gap between; and what they are."""

    kind: str
    counts: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class PublishedPoint:
    """A count that somebody published of a day."""

    day: date
    value: int
    says: str


def since_2002_svg(
    stretches: Sequence[ListedStretch],
    points: Sequence[PublishedPoint],
    gap: str,
    title: str,
    width: int,
    height: int,
    models: Sequence[ListedStretch] = (),
) -> str:
    """The drawing, ``width`` by ``height`` units; counts by the root of their size, so that small ones are seen.

    ``models`` are thin lines, each of a model for as long as pages or lists have it.
    """
    days = [day for one in stretches for day, _ in one.counts] + [one.day for one in points]
    first, last = date(min(days).year, 1, 1), max(days)
    most = max([count for one in stretches for _, count in one.counts] + [one.value for one in points])

    def x(day: date) -> float:
        return LEFT + (day - first).days / max(1, (last - first).days) * (width - LEFT - RIGHT)

    def y(count: float) -> float:
        return height - BOTTOM - sqrt(count / most) * (height - TOP - BOTTOM)

    parts = [f'<svg class="series since" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    for tick in TICKS:
        if tick <= most:
            parts.append(f'<path class="grid" d="M{LEFT} {y(tick):.1f}H{width - RIGHT}"/>')
            parts.append(f'<text class="tick" x="{LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:,}</text>')
    every = 1 if width > 700 else 4
    for year in range(first.year, last.year + 1, every):
        parts.append(f'<path class="year" d="M{x(date(year, 1, 1)):.1f} {height - BOTTOM}v5"/>')
        if year % 2 == 0 or every > 1:
            place = f'x="{x(date(year, 1, 1)):.1f}" y="{height - 8}" text-anchor="middle"'
            parts.append(f'<text class="tick" {place}>{year}</text>')
    parts += _gaps(first, stretches, x, height, gap)
    for one in models:
        parts.append(f'<path class="of-model {one.kind}" d="{_steps(one, x, y)}"><title>{one.kind}</title></path>')
    for one in stretches:
        parts.append(f'<path class="step {one.kind}" d="{_steps(one, x, y)}"/>')
    for point in points:
        ring = f'<circle class="published" cx="{x(point.day):.1f}" cy="{y(point.value):.1f}" r="4"/>'
        parts.append(f"<g><title>{escape(point.says)}</title>{ring}</g>")
    return "".join([*parts, "</svg>"])


def _gaps(first: date, stretches: Sequence[ListedStretch], x: Across, height: int, gap: str) -> list[str]:
    """The times before the first and between two stretches, each a band that says so where there is room."""
    found = []
    ends = [first, *(one.counts[-1][0] for one in stretches)]
    for begins, other in zip(ends, stretches, strict=False):
        start, end = x(begins), x(other.counts[0][0])
        if end - start > 8:
            wide = f'x="{start:.1f}" y="{TOP}" width="{end - start:.1f}" height="{height - BOTTOM - TOP}"'
            found.append(f'<rect class="gap" {wide}/>')
            if end - start > text_width(gap, SIZE - 1) + 8:
                middle = (start + end) / 2
                said = f'<text class="said" x="{middle:.1f}" y="{TOP + 14}" text-anchor="middle">{escape(gap)}</text>'
                found.append(said)
    return found


def _steps(one: ListedStretch, x: Across, y: Up) -> str:
    parts: list[str] = []
    before: int | None = None
    for place, (day, count) in enumerate(one.counts):
        if before is None:
            parts.append(f"M{x(day):.1f} {y(count):.1f}")
        elif count != before or place == len(one.counts) - 1:
            parts.append(f"H{x(day):.1f}V{y(count):.1f}")
        before = count
    return "".join(parts)
