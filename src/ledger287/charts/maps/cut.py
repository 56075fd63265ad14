"""A part of the map as SVG within a page: a state, or a county among its neighbors.

It takes its colors from the page around it (classes ``both``, ``task``, ``jail``, ``local``), so that it fits light and
dark pages; every county that is drawn links to a URL that the caller gives. Outlines and the positions of names are
computed once.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import ceil, hypot

from ledger287.charts.maps.content import CATEGORIES, MapContent, MapCounty
from ledger287.charts.maps.inside import area, roomiest
from ledger287.charts.maps.svg import OF_COUNTIES, View, path, view_of
from ledger287.charts.theme import text_width
from ledger287.places.gazetteer.shapes import QUANTUM, shapes

STATE_SIZE = (540.0, 460.0)
COUNTY_SIZE = (500.0, 416.0)
AROUND = 0.7
"""How much of a county's own size is shown on each side of it."""
Address = Callable[[str], str]
Say = Callable[[str, MapCounty | None], str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the turned sheet is drawn, and how large."""

    state: str
    box: Box
    scale: float
    codes: tuple[str, ...]

    @property
    def size(self) -> tuple[float, float]:
        return (self.box[2] - self.box[0]) * self.scale, (self.box[3] - self.box[1]) * self.scale


def state_svg(shown: MapContent, state: str, title: str, address: Address, say: Say) -> str:
    """A state with its counties, as large as fits."""
    codes = view_of(state).codes
    boxes = [_box(fips, state) for fips in codes]
    box = (
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    )
    return _drawn(shown, _framed(state, box, STATE_SIZE, codes), title, address, say, None)


def county_svg(shown: MapContent, codes: Sequence[str], title: str, address: Address, say: Say) -> str:
    """A county, by the shapes that show it, and what is around it."""
    state = shapes().counties[codes[0]].state
    boxes = [_box(fips, state) for fips in codes]
    x0, y0 = min(each[0] for each in boxes), min(each[1] for each in boxes)
    x1, y1 = max(each[2] for each in boxes), max(each[3] for each in boxes)
    more = AROUND * max(x1 - x0, y1 - y0)
    wide, tall = max(x1 - x0 + 2 * more, 1.2 * (y1 - y0 + 2 * more)), y1 - y0 + 2 * more
    tall = max(tall, wide / 1.2)
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    box = (middle[0] - wide / 2, middle[1] - tall / 2, middle[0] + wide / 2, middle[1] + tall / 2)
    near = tuple(fips for fips in _perhaps(state, box) if _meet(_box(fips, state), box))
    return _drawn(shown, _framed(state, box, COUNTY_SIZE, near), title, address, say, tuple(codes))


def _framed(state: str, box: Box, size: tuple[float, float], codes: tuple[str, ...]) -> _Frame:
    scale = min(size[0] / (box[2] - box[0]), size[1] / (box[3] - box[1]))
    return _Frame(state, box, scale, codes)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


APART = ("AK", "HI", "PR", "VI", "GU", "MP", "AS")
"""States and territories that the sheet sets apart from the rest, so that what is near on it is not near."""


@cache
def _same_sheet(state: str) -> tuple[str, ...]:
    """The counties that are placed on the sheet as they are on the ground, seen from a state."""
    counties = shapes().counties.values()
    if state in APART:
        return tuple(one.fips for one in counties if one.state == state)
    return tuple(one.fips for one in counties if one.state not in APART)


def _perhaps(state: str, box: Box) -> list[str]:
    """The counties whose circle meets a box: few, found without turning every outline."""
    circles = _circles(state)
    first = bisect_left(circles.across, box[0] - circles.farthest)
    end = bisect_right(circles.across, box[2] + circles.farthest)
    codes = _same_sheet(state)
    met = sorted(
        place
        for x, y, reach, place in zip(*(each[first:end] for each in circles.columns), strict=True)
        if x + reach > box[0] and x - reach < box[2] and y + reach > box[1] and y - reach < box[3]
    )
    return [codes[int(place)] for place in met]


@dataclass(frozen=True, slots=True)
class _Circles:
    """A circle around each county, from west to east, in columns, since every state has its own."""

    across: "array[float]"
    down: "array[float]"
    reach: "array[float]"
    place: "array[int]"

    @property
    def columns(self) -> "tuple[array[float], array[float], array[float], array[int]]":
        return self.across, self.down, self.reach, self.place

    @property
    def farthest(self) -> float:
        return max(self.reach)


@cache
def _circles(state: str) -> _Circles:
    """The circles around the counties: middles, turned as a state's own map is, radii, and places on the sheet."""
    codes = _same_sheet(state)
    middles = _turn(state).turned([_circle(fips)[:2] for fips in codes])
    found = sorted(
        (x * QUANTUM, y * QUANTUM, _circle(fips)[2] * QUANTUM, place)
        for place, (fips, (x, y)) in enumerate(zip(codes, middles, strict=True))
    )
    across, down, reach, place = zip(*found, strict=True)
    return _Circles(array("d", across), array("d", down), array("d", reach), array("H", place))


@cache
def _circle(fips: str) -> tuple[int, int, int]:
    """The middle and radius of a circle around a county, in steps of the sheet."""
    points = [point for ring in shapes().rings(fips) for point in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    wide, tall = max(across) - min(across), max(down) - min(down)
    return (max(across) + min(across)) // 2, (max(down) + min(down)) // 2, ceil(hypot(wide, tall) / 2) + 2


@cache
def _turn(state: str) -> View:
    return view_of(state)


@cache
def _box(fips: str, state: str) -> Box:
    """The bounds of a county in units of the sheet, turned as a state's own map is."""
    points = [point for ring in shapes().rings(fips) for point in _turn(state).turned(ring)]
    across, down = [x * QUANTUM for x, _ in points], [y * QUANTUM for _, y in points]
    return min(across), min(down), max(across), max(down)


@cache
def _outline(fips: str) -> str:
    return "".join(path(ring) for ring in shapes().rings(fips))


def _drawn(
    shown: MapContent, frame: _Frame, title: str, address: Address, say: Say, picked: tuple[str, ...] | None
) -> str:
    width, height = frame.size
    unit = frame.scale * QUANTUM
    moved = f"translate({-frame.box[0] * frame.scale:.1f} {-frame.box[1] * frame.scale:.1f}) scale({unit:.5f})"
    turn = _turn(frame.state).turn
    counties = [_county(shown, fips, frame, address, say) for fips in frame.codes]
    rim = "".join(_outline(fips) for fips in picked or ())
    striped = {one.category for fips in frame.codes if (one := shown.counties.get(fips)) and one.local_only}
    defs = "".join(_stripes(category, unit) for category in CATEGORIES if category in striped)
    if rim:
        defs += f'<path id="rim" d="{rim}"/>'
    parts = [
        f'<svg class="cut" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'role="group" aria-label="{escape(title)}">',
        f"<defs>{defs}</defs>" if defs else "",
        f'<g transform="{moved}{f" rotate({turn:g})" if turn else ""}">{"".join(counties)}',
        '<use class="picked halo" href="#rim"/><use class="picked" href="#rim"/>' if rim else "",
        "</g>",
        *_names(shown, frame),
        "</svg>",
    ]
    return "".join(parts)


def _stripes(category: str, unit: float) -> str:
    wide = 4 / unit
    return (
        f'<pattern id="local-{category}" width="{wide:.1f}" height="{wide:.1f}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="stripe-land" width="{wide:.1f}" height="{wide:.1f}"/>'
        f'<rect class="stripe-{category}" width="{wide * 0.55:.1f}" height="{wide:.1f}"/></pattern>'
    )


def _county(shown: MapContent, fips: str, frame: _Frame, address: Address, say: Say) -> str:
    county = shown.counties.get(fips)
    kind = f"c {county.category}{' local' if county.local_only else ''}" if county else "c"
    if shapes().counties[fips].state != frame.state:
        kind += " beyond"
    inside = f'<title>{escape(say(fips, county))}</title><path class="{kind}" d="{_outline(fips)}"/>'
    return f'<a href="{escape(address(fips))}" tabindex="-1">{inside}</a>'


def _names(shown: MapContent, frame: _Frame) -> Iterable[str]:
    """The names of the counties, where they fit."""
    unit = frame.scale * QUANTUM
    left, top = frame.box[0] * frame.scale, frame.box[1] * frame.scale
    width, height = frame.size
    for fips in frame.codes:
        name = OF_COUNTIES.sub("", shapes().counties[fips].name)
        x, y, wide = _room(fips, frame.state)
        size = next((size for size in (12.0, 10.5, 9.5) if wide * unit > text_width(name, size) + 4), None)
        at_x, at_y = x * unit - left, y * unit - top
        half = text_width(name, size or 0) / 2
        if size is None or not (half < at_x < width - half and size < at_y < height - 4):
            continue
        county = shown.counties.get(fips)
        kind = f' class="on-{"local" if county.local_only else county.category}"' if county else ""
        yield f'<text{kind} x="{at_x:.0f}" y="{at_y + size * 0.35:.0f}" font-size="{size:g}">{escape(name)}</text>'


@cache
def _room(fips: str, state: str) -> tuple[float, float, float]:
    """The middle and width of the widest place for a name in a county, in steps of the turned sheet."""
    ground = max(shapes().counties[fips].polygons, key=lambda polygon: abs(area(shapes().ring(polygon[0]))))
    return roomiest([_turn(state).turned(shapes().ring(ring)) for ring in ground], 60.0)
