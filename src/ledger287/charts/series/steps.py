"""Agreements by model through time -> an SVG of stacked steps, with dated events.

It takes its colors from the page around it (classes ``m-JEM`` and so on), so that it fits light and dark pages.
A step holds from one list to the next, since nothing is known between two lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from math import ceil

import polars as pl

from ledger287.charts.theme import text_width

TOP, BOTTOM = 44, 28
SIZE = 13
WIDE = 640
"""The least width at which names and events are next to what they name; narrower charts number the events."""
EVENT_ROOM = 8
"""Units kept free between the labels of two events."""
ROWS = 2


@dataclass(frozen=True, slots=True)
class Event:
    """A day that is marked, with what is said of it."""

    day: date
    says: str


@dataclass(frozen=True, slots=True)
class Series:
    """Counts on each day, by model; ``labels`` are the models' names.

    ``until`` is the day up to which the last counts are drawn, where that is not their own.
    """

    days: tuple[date, ...]
    counts: Mapping[str, Sequence[int]]
    labels: Mapping[str, str]
    until: date | None = None

    @property
    def totals(self) -> list[int]:
        """All models together, day by day."""
        return [sum(each) for each in zip(*self.counts.values(), strict=True)]

    def frame(self) -> pl.DataFrame:
        """The counts as a table: a row a day, a column a model."""
        return pl.DataFrame({"day": list(self.days), **{code: list(its) for code, its in self.counts.items()}})


def month_ends(series: Series) -> list[tuple[date, tuple[int, ...]]]:
    """The counts on the last day of each month that has one, in the order of the labels: a chart as a table."""
    shown = [series.counts[model] for model in series.labels if model in series.counts]
    ends = {(day.year, day.month): place for place, day in enumerate(series.days)}
    return [(series.days[place], tuple(counts[place] for counts in shown)) for place in ends.values()]


def series_svg(series: Series, events: Sequence[Event], title: str, width: int, height: int) -> str:
    """The chart, ``width`` by ``height`` units, which are pixels where it is shown at its own size.

    On a narrow one the events have the numbers that ``marked`` gives, for a list beneath.
    """
    right = max(text_width(f"{name} {counts[-1]:,}", SIZE) for name, counts in _named(series)) + 16
    wide = width >= WIDE
    plot = _Plot(series, width, right if wide else 8, height)
    parts = [
        f'<svg class="series" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        *plot.grid(),
        *plot.areas(),
        *(plot.labels() if wide else ()),
        *plot.events(events, wide),
        "</svg>",
    ]
    return "".join(parts)


def marked(series: Series, events: Sequence[Event]) -> list[Event]:
    """The events that lie within a chart, in the order of their numbers."""
    return [event for event in events if series.days[0] <= event.day <= series.days[-1]]


def _named(series: Series) -> list[tuple[str, Sequence[int]]]:
    return [(series.labels[model], counts) for model, counts in series.counts.items()]


class _Plot:
    """Places days and counts on the plane."""

    def __init__(self, series: Series, width: float, right: float, height: int) -> None:
        self.series, self.height = series, height
        self.first, self.last = series.days[0].toordinal(), (series.until or series.days[-1]).toordinal()
        self.step = _round_step(max(series.totals))
        self.most = max(ceil(max(series.totals) / self.step), 1) * self.step
        self.left = ceil(text_width(f"{self.most:,}", SIZE)) + 8
        self.width = width - self.left - right
        self.edge = width - 2

    def x(self, day: date) -> float:
        span = max(1, self.last - self.first)
        return self.left + (day.toordinal() - self.first) / span * self.width

    def y(self, count: float) -> float:
        return self.height - BOTTOM - count / self.most * (self.height - TOP - BOTTOM)

    def grid(self) -> list[str]:
        """Lines of round counts, and the years."""
        parts = []
        for count in range(0, self.most + 1, self.step):
            y = self.y(count)
            parts.append(f'<path class="grid" d="M{self.left} {y:.1f}H{self.left + self.width:.1f}"/>')
            parts.append(f'<text class="tick" x="{self.left - 6}" y="{y + 4:.1f}" text-anchor="end">{count:,}</text>')
        return [*parts, *self._years()]

    def _years(self) -> Iterator[str]:
        """The years, by two digits where one of them has room for no more, and of many only every second or third."""
        spans = {
            year: (
                self.x(max(date(year, 1, 1), self.series.days[0])),
                self.x(min(date(year, 12, 31), self.series.days[-1])),
            )
            for year in range(self.series.days[0].year, self.series.days[-1].year + 1)
        }
        two, four = text_width("’00", SIZE) - 4, text_width("2000", SIZE) + 4
        short = any(two <= end - start < four for start, end in spans.values())
        longest = max(end - start for start, end in spans.values())
        short = short or longest < two
        every = ceil((two + 7) / longest) if short and longest else 1
        for year, (start, end) in spans.items():
            said = f"’{year % 100:02}" if short else str(year)
            if (max(spans) - year) % every == 0 and end - start >= (
                longest / 2 if every > 1 else two if short else four
            ):
                middle = (start + end) / 2
                yield f'<text class="tick" x="{middle:.1f}" y="{self.height - 8}" text-anchor="middle">{said}</text>'
            if self.series.days[0] <= date(year, 1, 1):
                yield f'<path class="year" d="M{start:.1f} {self.height - BOTTOM}v6"/>'

    def areas(self) -> list[str]:
        """One area a model, on top of those before it."""
        parts = []
        floor = [0] * len(self.series.days)
        for model, counts in self.series.counts.items():
            roof = [low + count for low, count in zip(floor, counts, strict=True)]
            parts.append(f'<path class="m-{model}" d="{self._steps(roof)}{self._steps(floor, back=True)}z"/>')
            floor = roof
        return parts

    def _steps(self, heights: Sequence[int], back: bool = False) -> str:
        points: list[tuple[float, float]] = []
        last = len(heights) - 1
        stepped = [place for place, (before, count) in enumerate(pairwise(heights), 1) if before != count]
        for place in (0, *stepped, *((last,) if last not in (0, *stepped[-1:]) else ())):
            x = self.x(self.series.days[place])
            if place:
                points.append((x, self.y(heights[place - 1])))
            points.append((x, self.y(heights[place])))
        if self.series.until:
            points.append((self.x(self.series.until), self.y(heights[last])))
        if back:
            points.reverse()
        return ("L" if back else "M") + _level_or_upright([(f"{x:.1f}", f"{y:.1f}") for x, y in points])

    def labels(self) -> list[str]:
        """The models' names and last counts next to their areas, without overlap."""
        wanted = []
        floor = 0
        for model, counts in self.series.counts.items():
            wanted.append((self.y(floor + counts[-1] / 2), model, counts[-1]))
            floor += counts[-1]
        places: list[float] = []
        for y, _, _ in wanted:
            places.append(min(y, places[-1] - SIZE - 4) if places else y)
        x = self.left + self.width + 10
        return [
            f'<text class="label" x="{x:.1f}" y="{y + 4:.1f}">{escape(self.series.labels[model])} '
            f'<tspan class="figure">{count:,}</tspan></text>'
            for y, (_, model, count) in zip(places, wanted, strict=True)
        ]

    def events(self, events: Sequence[Event], wide: bool) -> list[str]:
        """A fine line for each event; its words above it and across no other's line, or its number where the chart is
        narrow.
        """
        parts = []
        taken = [float("-inf")] * ROWS
        shown = marked(self.series, events)
        lines = [self.x(event.day) for event in shown]
        for number, event in enumerate(shown, 1):
            x = self.x(event.day)
            said = event.says if wide else str(number)
            long = text_width(said, SIZE - 1)
            usual = x - (0 if wide and x < self.width / 3 else long / 2)
            starts = [min(max(self.left, at), self.edge - long) for at in (usual, x - long, x)]
            others = [line for line in lines if line != x]
            start = next((at for at in starts if not any(at < line < at + long for line in others)), starts[0])
            row = next((row for row in range(ROWS) if start > taken[row] + EVENT_ROOM), ROWS - 1)
            taken[row] = start + long
            parts.append(
                f'<g class="event"><title>{escape(event.says)}</title>'
                f'<path d="M{x:.1f} {TOP - 8}V{self.height - BOTTOM}"/></g>'
                f'<text class="said" x="{start:.1f}" y="{TOP - 14 - 15 * row}">{escape(said)}</text>'
            )
        return parts


def _round_step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives four or five lines."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if most <= 5 * factor * unit:
                return factor * unit
        unit *= 10


def _level_or_upright(points: Sequence[tuple[str, str]]) -> str:
    """A line of steps: each point by the one number in which it differs from the one before."""
    parts = [" ".join(points[0])]
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x != x and next_y != y:
            parts.append(f"L{next_x} {next_y}")
        elif next_x != x:
            parts.append(f"H{next_x}")
        elif next_y != y:
            parts.append(f"V{next_y}")
    return "".join(parts)
