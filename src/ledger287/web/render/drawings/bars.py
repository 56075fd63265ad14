"""Counts by week and model -> an SVG of stacked bars, with colors from the page (classes ``m-JEM`` and so on)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from math import ceil

from ledger287.web.render.languages import short_month
from ledger287.web.server.query import Language

WEEK = timedelta(days=7)
TOP, BOTTOM, LEFT = 18, 24, 30
LEAST_LABEL = 34
"""Units that the name of a month or a year needs."""


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def bars_svg(
    counts: Mapping[str, Sequence[int]], first: date, title: str, width: int, height: int, lang: Language = "en"
) -> str:
    """Bars for the weeks from the Monday ``first`` on, the models of a week on top of each other."""
    totals = [sum(each) for each in zip(*counts.values(), strict=True)]
    step = _step(max(totals, default=1))
    most = max(step, ceil(max(totals, default=1) / step) * step)
    wide = (width - LEFT) / max(1, len(totals))
    scale = (height - TOP - BOTTOM) / most
    ground = height - BOTTOM
    parts = [f'<svg class="bars" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    for count in range(0, most + 1, step):
        y = ground - count * scale
        parts.append(f'<path class="grid" d="M0 {y:.1f}H{width}"/>')
        if count:
            parts.append(f'<text x="0" y="{y - 4:.1f}">{count:,}</text>')
    floor = [0] * len(totals)
    for model, numbers in counts.items():
        boxes = [
            f"M{LEFT + place * wide + wide * 0.12:.1f} {ground - low * scale:.1f}"
            f"h{wide * 0.76:.1f}v{-number * scale:.1f}h{-wide * 0.76:.1f}z"
            for place, (low, number) in enumerate(zip(floor, numbers, strict=True))
            if number
        ]
        parts.append(f'<path class="m-{model}" d="{"".join(boxes)}"/>')
        floor = [low + number for low, number in zip(floor, numbers, strict=True)]
    parts += _months(first, len(totals), wide, height, lang)
    return "".join([*parts, "</svg>"])


def _months(first: date, weeks: int, wide: float, height: int, lang: Language) -> list[str]:
    """The first week that begins in a month or, where months have no room, in a year."""
    parts = []
    by_month = wide * 4 > LEAST_LABEL
    before: tuple[int, ...] | None = None
    last = -100.0
    for place in range(weeks):
        day = first + place * WEEK
        key = (day.year, day.month) if by_month else (day.year,)
        x = LEFT + place * wide
        if key != before and x - last >= LEAST_LABEL + 8:
            words = short_month(day, lang) + (f" {day.year}" if day.month == 1 or before is None else "")
            parts.append(f'<path class="year" d="M{x:.1f} {height - BOTTOM}v5"/>')
            parts.append(f'<text x="{x:.1f}" y="{height - 6}">{words if by_month else day.year}</text>')
            last = x
        before = key
    return parts


def _step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives three or four lines."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if most <= 4 * factor * unit:
                return factor * unit
        unit *= 10
