"""An agency's agreements through time -> an SVG of lanes: when each was on ICE's lists, was signed, was pending.

It takes its colors from the page (classes ``m-JEM`` and so on), so that it fits light and dark pages. The words next to
it say what it shows, so that to a screen reader it is one picture with a name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil

import polars as pl

from ledger287.web.render.languages import short_month
from ledger287.web.server.query import Language

Across = Callable[[date], float]
"""The horizontal position of a day in the drawing."""
TOP, LANE, BOTTOM, LEFT, RIGHT = 8, 30, 26, 52, 14
BAR, THIN = 14, 8
ROOM, LAST = 34, 26
"""What the words of a year or month need to the next ones, and to the end of the drawing."""
SHORT_SPAN = 3 * 366
"""The number of days up to which quarters are marked as well as years."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time on the lists: participating, or pending; ``open`` where the newest list still has it."""

    first: date
    last: date
    open: bool = False
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One agreement or application: its model, its times on the lists, and days that are marked with what they are."""

    model: str
    stretches: tuple[Stretch, ...]
    signed: date | None = None


def lanes_frame(lanes: Sequence[Lane]) -> pl.DataFrame:
    """What the drawing shows: a row for each time on the lists."""
    columns = ("model", "signed", "pending", "first_listed", "last_listed", "open")
    rows = [(one.model, one.signed, at.pending, at.first, at.last, at.open) for one in lanes for at in one.stretches]
    return pl.DataFrame(rows, columns, orient="row", infer_schema_length=None)


def lanes_svg(lanes: Sequence[Lane], until: date, title: str, width: int, lang: Language = "en") -> str:
    """The drawing, ``width`` units wide, from a little before the first day of a lane to ``until``."""
    days = [day for lane in lanes for each in lane.stretches for day in (each.first, each.last)]
    days += [lane.signed for lane in lanes if lane.signed]
    first = min(days)
    start = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    scale = (width - LEFT - RIGHT) / max(1, (until - start).days)

    def x(day: date) -> float:
        return LEFT + (day - start).days * scale

    height = TOP + LANE * len(lanes) + BOTTOM
    parts = [f'<svg class="lanes" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    parts += _axis(start, until, x, height, scale, lang)
    for place, lane in enumerate(lanes):
        parts += _lane(lane, TOP + LANE * place + LANE / 2, x)
    return "".join([*parts, "</svg>"])


def _axis(start: date, until: date, x: Across, height: int, scale: float, lang: Language) -> list[str]:
    parts = []
    bottom = height - BOTTOM
    each = max(1, ceil(ROOM / (365 * scale)))  # of years that are close, only some are named
    for year in range(start.year, until.year + 1):
        for month in (1, 4, 7, 10) if (until - start).days < SHORT_SPAN else (1,):
            day = date(year, month, 1)
            if not start <= day <= until:
                continue
            parts.append(f'<path class="{"year" if month == 1 else "grid"}" d="M{x(day):.1f} {TOP}V{bottom}"/>')
            words = str(year) if month == 1 else short_month(day, lang)
            room = (until.year - year) % each == 0 if month == 1 else 91 * scale > ROOM
            if room and x(until) - x(day) > LAST:
                parts.append(f'<text x="{x(day):.1f}" y="{height - 8}">{words}</text>')
    return parts


def _lane(lane: Lane, y: float, x: Across) -> list[str]:
    parts = [f'<text class="label" x="0" y="{y + 4.5:.1f}">{lane.model}</text>']
    solid = [each for each in lane.stretches if not each.pending]
    if lane.signed and solid and lane.signed < solid[0].first:
        parts.append(f'<path class="waits" d="M{x(lane.signed):.1f} {y:.1f}H{x(solid[0].first):.1f}"/>')
    for each in lane.stretches:
        tall = THIN if each.pending else BAR
        wide = max(2.5, x(each.last) - x(each.first))
        name = "pending" if each.pending else f"m-{lane.model}"
        parts.append(
            f'<rect class="{name}" x="{x(each.first):.1f}" y="{y - tall / 2:.1f}" width="{wide:.1f}" height="{tall}"/>'
        )
        if not each.open and not each.pending:
            parts.append(f'<path class="end" d="M{x(each.last) + 1:.1f} {y - BAR / 2 - 3:.1f}v{BAR + 6}"/>')
    if lane.signed:
        parts.append(f'<circle class="signed" cx="{x(lane.signed):.1f}" cy="{y:.1f}" r="4"/>')
    return parts
