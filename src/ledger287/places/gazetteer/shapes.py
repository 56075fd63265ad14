"""County boundaries for drawing, on the sheet of projection.py and in degrees.

What enters: tables/shapes.json, as scripts/derive_shapes.py wrote it (Census Bureau, 2017 edition). What leaves:
counties as rings of lines that neighbors share, states as rings, and the same in degrees. Codes that the edition does
not have, because a county changed since or before, are drawn by the relation declared in
declared/places/former_counties.csv; ``drawn_as`` gives those codes, and is empty where there are none.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from ledger287.core import declared
from ledger287.places.gazetteer.projection import placement

PATH = Path(__file__).parents[1] / "tables" / "shapes.json"
QUANTUM = 0.05
BASE = 43
ALPHABET = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\\<>&\"'`")[: 2 * BASE]

Point = tuple[int, int]
Ring = tuple[int, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A county. Rings are numbers of lines, ``~n`` where line n is walked backwards; the outer ring first."""

    fips: str
    name: str
    state: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class BorderLine:
    """A stretch of border or coast, in steps of QUANTUM, and the counties on its two sides."""

    points: tuple[Point, ...]
    sides: tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Shapes:
    """All counties, by code, and the lines they are made of."""

    source: str
    vintage: int
    counties: dict[str, Shape]
    lines: tuple[BorderLine, ...]

    def ring(self, ring: Ring) -> list[Point]:
        """The points of a ring, the first not repeated at the end."""
        points: list[Point] = []
        for number in ring:
            walked = self.lines[number].points if number >= 0 else self.lines[~number].points[::-1]
            points.extend(walked[1:] if points else walked)
        return points[:-1]

    def rings(self, fips: str) -> Iterator[list[Point]]:
        """All rings of a county, outer ones and holes."""
        for polygon in self.counties[fips].polygons:
            for ring in polygon:
                yield self.ring(ring)

    def degrees(self, fips: str) -> list[list[list[tuple[float, float]]]]:
        """A county's polygons in degrees, as GeoJSON wants them: outer rings anticlockwise, closed."""
        ground = placement(fips).ground
        polygons = []
        for polygon in self.counties[fips].polygons:
            rings = []
            for ring in polygon:
                points = [ground(x * QUANTUM, y * QUANTUM) for x, y in reversed(self.ring(ring))]
                rings.append([(round(x, 4), round(y, 4)) for x, y in [*points, points[0]]])
            polygons.append(rings)
        return polygons

    def box(self, codes: Iterable[str]) -> tuple[int, int, int, int]:
        """The least and greatest x and y of some counties: left, top, right, bottom."""
        points = [point for fips in codes for ring in self.rings(fips) for point in ring]
        across, down = [x for x, _ in points], [y for _, y in points]
        return min(across), min(down), max(across), max(down)

    def outline(self, state: str) -> list[list[Point]]:
        """The rings of a state's own outline: its lines that have no county of it on the other side."""
        ends: dict[Point, list[tuple[Point, ...]]] = defaultdict(list)
        for line in self.lines:
            within = [side is not None and self.counties[side].state == state for side in line.sides]
            if within[0] != within[1]:
                walked = line.points if within[0] else line.points[::-1]
                ends[walked[0]].append(walked)
        rings = []
        for start in sorted(ends):
            while ends[start]:
                ring = list(ends[start].pop())
                while ring[-1] != ring[0]:
                    ring.extend(ends[ring[-1]].pop()[1:])
                rings.append(ring[:-1])
        return rings

    def borders(self) -> Iterator[tuple[Point, ...]]:
        """The lines between two states."""
        for line in self.lines:
            if line.sides[1] and self.counties[line.sides[0]].state != self.counties[line.sides[1]].state:
                yield line.points

    def of_state(self, state: str) -> tuple[str, ...]:
        """The counties of a state, by code."""
        return tuple(fips for fips, shape in self.counties.items() if shape.state == state)


class _NumberReader:
    """Whole numbers out of a text of ALPHABET: zigzag, BASE digits a character, lowest first."""

    digits = {character: number for number, character in enumerate(ALPHABET)}  # noqa: RUF012

    def __init__(self, text: str) -> None:
        self.left = iter(text)

    def next(self) -> int:
        value, unit = 0, 1
        while True:
            digit = self.digits[next(self.left)]
            if digit < BASE:
                value += digit * unit
                return value >> 1 if value % 2 == 0 else -(value + 1 >> 1)
            value += (digit - BASE) * unit
            unit *= BASE


class _Decoder:
    """The rings and points of shapes.json: a line comes once with its points, then again by number."""

    def __init__(self, rings: str, points: str) -> None:
        self.rings, self.points = _NumberReader(rings), _NumberReader(points)
        self.lines: list[list[Point]] = []
        self.sides: list[list[str]] = []
        self.pen: Point = (0, 0)

    def county(self, fips: str) -> tuple[Polygon, ...]:
        count = self.rings.next
        return tuple(tuple(self._ring(fips) for _ in range(count())) for _ in range(count()))

    def _ring(self, fips: str) -> Ring:
        ring: list[int] = []
        for place in range(self.rings.next()):
            back = self.rings.next()
            number = len(self.lines) - back
            if back:
                self.sides[number].append(fips)
                self.pen = self.lines[number][0]
            else:
                start = [self.pen] if place else []
                self.lines.append(start + [self._point() for _ in range(self.rings.next())])
                self.sides.append([fips])
            ring.append(~number if back else number)
        return tuple(ring)

    def _point(self) -> Point:
        x, y = self.points.next(), self.points.next()
        self.pen = (self.pen[0] + x, self.pen[1] + y)
        return self.pen


def text() -> str:
    """The package's file of shapes, as a page embeds it."""
    return PATH.read_text(encoding="utf-8").strip()


@cache
def shapes() -> Shapes:
    """The shapes that ship."""
    data = json.loads(text())
    states = {row["fips"]: row["code"] for row in declared.rows("places/states.csv")}
    decoder = _Decoder(data["rings"], data["points"])
    counties = {}
    for number, name in zip(accumulate(data["codes"]), data["names"].split("|"), strict=True):
        fips = f"{number:05}"
        counties[fips] = Shape(fips, name, states[fips[:2]], decoder.county(fips))
    lines = tuple(
        BorderLine(tuple(line), (sides[0], sides[1] if len(sides) > 1 else None))
        for line, sides in zip(decoder.lines, decoder.sides, strict=True)
    )
    return Shapes(data["source"], data["vintage"], counties, lines)


@cache
def _relation() -> dict[str, tuple[str, ...]]:
    """Codes that have no shape -> the shapes that show their ground, by declared/places/former_counties.csv."""
    drawn = shapes().counties
    found: dict[str, list[str]] = defaultdict(list)
    for row in declared.rows("places/former_counties.csv"):
        former, now = row["county_fips"], row["now"].split(";")
        if former in drawn:
            for fips in now:
                found[fips].append(former)
        else:
            found[former] += [fips for fips in now if fips in drawn]
    return {fips: tuple(codes) for fips, codes in found.items() if fips not in drawn}


def drawn_as(fips: str) -> tuple[str, ...]:
    """The shapes that show a county: itself, or those that stand for a code that changed; empty if none."""
    return (fips,) if fips in shapes().counties else _relation().get(fips, ())
