"""us-atlas 3.0.1 -> src/ledger287/places/tables/shapes.json, the boundaries that the maps draw.

    cd "$(mktemp -d)" && npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    .venv/bin/python scripts/derive_shapes.py THAT/package ../shared/reference/county_population.csv

What enters: the package's counties-10m.json (the Census Bureau's cartographic boundaries, 2017 edition, in
degrees), and the Census Bureau's county names. What leaves: one JSON file, with places on the sheet that
places/projection.py describes, lines simplified (Visvalingam's method) to what a screen shows. The same
input gives the same bytes.

Promises, each checked before anything is written: a border between two counties is one line that both
use, walked once each way, so there is no gap between neighbors; every county has ground; lines cross
in at most CROSSED places, where rounding makes a strait narrower than a step (about 250 m) cross over.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any

from ledger287.core import declared
from ledger287.places.gazetteer.deriving import unmangled
from ledger287.places.gazetteer.projection import placement
from ledger287.places.gazetteer.shapes import ALPHABET, BASE, PATH, QUANTUM

CROSSED = 5
LEAST, SHARE = 0.25, 0.02
KITE = 0.6
TAKEN_OUT = "\\<>&\"'`"

Point = tuple[float, float]


@dataclass
class Topology:
    """Lines in multiples of QUANTUM, and for each county its polygons as rings of line numbers."""

    lines: list[list[Point]] = field(default_factory=list)
    counties: dict[str, list[list[list[int]]]] = field(default_factory=dict)


def read(path: Path) -> Topology:
    """The counties of a TopoJSON file in degrees, on the sheet, their lines as the file has them."""
    data = json.loads(path.read_text(encoding="utf-8"))
    arcs = [list(absolute(arc, data["transform"])) for arc in data["arcs"]]
    topology = Topology([[] for _ in arcs])
    for area in data["objects"]["counties"]["geometries"]:
        place = placement(area["id"]).place
        polygons = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
        topology.counties[area["id"]] = polygons
        for line in {plain(line) for polygon in polygons for ring in polygon for line in ring}:
            topology.lines[line] = [place(*point) for point in arcs[line]]
    return topology


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")


def plain(line: int) -> int:
    """The number of a line, whichever way it is walked."""
    return ~line if line < 0 else line


def absolute(arc: list[list[int]], transform: dict[str, Any]) -> Any:
    """The points of a delta-coded arc."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def limits(topology: Topology) -> dict[int, float]:
    """For each line the least triangle it keeps: finer where a county next to it is small."""
    finest: dict[int, float] = defaultdict(lambda: LEAST)
    for polygons in topology.counties.values():
        ground = max(abs(twice_area(walk(topology, polygon[0]))) / 2 for polygon in polygons)
        for line in (plain(line) for polygon in polygons for ring in polygon for line in ring):
            finest[line] = min(finest[line], ground * SHARE)
    return finest


def simplified(line: list[Point], least: float) -> list[Point]:
    """A line without the points whose triangle (Visvalingam's) is below ``least``; its ends stay."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    area = {i: triangle(*line[i - 1 : i + 2]) for i in range(1, len(line) - 1)}
    heap = [(size, i) for i, size in area.items()]
    heapify(heap)
    fewest = 4 if line[0] == line[-1] else 2
    left = len(line)
    while heap and left > fewest:
        size, i = heappop(heap)
        if area.get(i) != size:
            continue
        if size >= least:
            break
        del area[i]
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in area:
                area[j] = max(size, triangle(line[before[j]], line[j], line[after[j]]))
                heappush(heap, (area[j], j))
    return [line[0], *(line[i] for i in sorted(area)), line[-1]]


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rounded(line: list[Point]) -> list[Point]:
    """A line in multiples of QUANTUM, no point twice in a row."""
    steps = [(round(x / QUANTUM), round(y / QUANTUM)) for x, y in line]
    return steps[:1] + [b for a, b in pairwise(steps) if a != b]


def merge(topology: Topology) -> int:
    """Make one of two lines that run alike (a slit that rounding closed); leave out those of one point."""
    first: dict[tuple[Point, ...], int] = {}
    same: dict[int, int] = {}
    for i, line in enumerate(topology.lines):
        if tuple(line[::-1]) in first:
            same[i] = ~first[tuple(line[::-1])]
        elif tuple(line) in first:
            same[i] = first[tuple(line)]
        elif len(line) > 1 and line[0] != line[-1]:
            first[tuple(line)] = i
    for fips, polygons in topology.counties.items():
        topology.counties[fips] = [
            [without_spikes(renamed(n, same) for n in ring if len(topology.lines[plain(n)]) > 1) for ring in p]
            for p in polygons
        ]
    return len(same)


def without_spikes(ring: Iterable[int]) -> list[int]:
    """A ring without the lines that it walks out and straight back."""
    kept: list[int] = []
    for line in ring:
        if kept and kept[-1] == ~line:
            kept.pop()
        else:
            kept.append(line)
    while len(kept) > 1 and kept[0] == ~kept[-1]:
        kept = kept[1:-1]
    return kept


def renamed(line: int, same: dict[int, int]) -> int:
    found = same.get(plain(line), plain(line))
    return ~found if line < 0 else found


def fitted(topology: Topology) -> Topology:
    """Simplified and rounded; a line that then crosses another is taken again with more of its points."""
    finest = limits(topology)
    for _ in range(8):
        lines = [rounded(simplified(line, finest[i])) if line else [] for i, line in enumerate(topology.lines)]
        made = Topology(lines, dict(topology.counties))
        opened, merged, specks = open_slivers(made), merge(made), drop_specks(made)
        crossed = crossings(made)
        tell(f"opened {opened}; {merged} lines merged; {specks} specks left out; {len(crossed)} crossings")
        if len(crossed) <= CROSSED:
            turn_alike(made)
            return made
        for line in {line for pair in crossed for line in pair}:
            finest[line] /= 4
    raise SystemExit(f"lines still cross: {sorted(crossed)[:10]}")


def walk(topology: Topology, ring: list[int]) -> list[Point]:
    """The points of a ring, the first not repeated."""
    points: list[Point] = []
    for line in ring:
        steps = topology.lines[line] if line >= 0 else topology.lines[~line][::-1]
        if points and points[-1] != steps[0]:
            raise SystemExit(f"a ring is broken at {points[-1]} and {steps[0]}")
        points += steps[1:] if points else steps
    return points[:-1]


def twice_area(points: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))


def open_slivers(topology: Topology) -> list[str]:
    """Give ground back to the counties that us-atlas's simplification closed: Falls Church, Manassas Park.

    Such a county is two lines between the same two points. Each gets a point in its middle, moved out to
    its own side, so that the county is a kite, and its neighbors still share its border.
    """
    opened = []
    for fips, polygons in sorted(topology.counties.items()):
        if len(polygons) > 1 or twice_area(walk(topology, polygons[0][0])):
            continue
        out, back = polygons[0][0]
        (ax, ay), (bx, by) = walk(topology, [out, back])
        for line, turn in ((out, 1), (back, -1)):
            middle = (round((ax + bx) / 2 + turn * KITE * (by - ay)), round((ay + by) / 2 - turn * KITE * (bx - ax)))
            topology.lines[~line if line < 0 else line].insert(1, middle)
        opened.append(fips)
    return opened


def drop_specks(topology: Topology) -> int:
    """Leave out islands that rounding made into a point or a line, unless a county would be left without."""
    dropped = 0
    for fips, polygons in topology.counties.items():
        kept = []
        for polygon in polygons:
            rings = [ring for ring in polygon if ring and twice_area(walk(topology, ring))]
            if rings and rings[0] == polygon[0]:
                kept.append(rings)
            dropped += len(polygon) - len(rings)
        if not kept:
            raise SystemExit(f"{fips} is too small to be drawn")
        topology.counties[fips] = kept
    return dropped


def turn_alike(topology: Topology) -> None:
    """Walk outer rings one way and holes the other, so that neighbors walk a border in opposite directions."""
    for fips, polygons in topology.counties.items():
        topology.counties[fips] = [
            [
                ring if (twice_area(walk(topology, ring)) > 0) == (place == 0) else [~line for line in ring[::-1]]
                for place, ring in enumerate(polygon)
            ]
            for polygon in polygons
        ]


def crossings(topology: Topology) -> list[tuple[int, int]]:
    """Pairs of segments that cross or lie on each other. Meeting at an end is not a crossing."""
    used = {~n if n < 0 else n for polygons in topology.counties.values() for p in polygons for r in p for n in r}
    cells: dict[Point, list[tuple[int, Point, Point]]] = defaultdict(list)
    found = []
    for line in sorted(used):
        for a, b in pairwise(topology.lines[line]):
            box = [sorted((int(a[i]) // 20, int(b[i]) // 20)) for i in (0, 1)]
            touched = [(x, y) for x in range(box[0][0], box[0][1] + 1) for y in range(box[1][0], box[1][1] + 1)]
            seen = {other for cell in touched for other in cells[cell]}
            found += [(line, other) for other, c, d in sorted(seen) if cross(a, b, c, d)]
            for cell in touched:
                cells[cell].append((line, a, b))
    return found


def side(a: Point, b: Point, c: Point) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    if {a, b} == {c, d}:
        return True
    sides = side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
    return sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0


def put(value: int, out: list[str]) -> None:
    """One whole number as characters of ALPHABET: zigzag, BASE digits a character, lowest first."""
    rest = value * 2 if value >= 0 else -value * 2 - 1
    while rest >= BASE:
        out.append(ALPHABET[BASE + rest % BASE])
        rest //= BASE
    out.append(ALPHABET[rest])


def encode(topology: Topology) -> tuple[str, str]:
    """Rings and points as text, in the order of the counties' codes. The reader is shapes.py."""
    order: dict[int, int] = {}
    backwards: set[int] = set()
    rings: list[str] = []
    points: list[str] = []
    at = (0, 0)
    for fips in sorted(topology.counties):
        put(len(topology.counties[fips]), rings)
        for polygon in topology.counties[fips]:
            put(len(polygon), rings)
            for ring in polygon:
                put(len(ring), rings)
                for place, line in enumerate(ring):
                    steps = topology.lines[line] if line >= 0 else topology.lines[~line][::-1]
                    if ~line in order:
                        if ~line in backwards:
                            raise SystemExit(f"{fips}: a line is walked a third time")
                        backwards.add(~line)
                        put(len(order) - order[~line], rings)
                    elif line in order:
                        raise SystemExit(f"{fips}: a line is walked twice the same way")
                    else:
                        put(0, rings)
                        order[line] = len(order)
                        fresh = steps if place == 0 else steps[1:]
                        put(len(fresh), rings)
                        for x, y in fresh:
                            put(x - at[0], points)
                            put(y - at[1], points)
                            at = (x, y)
                    at = steps[-1]
    return "".join(rings), "".join(points)


def full_names(atlas: Path, census: Path) -> dict[str, str]:
    """Names with their kind of county, by code: the Census Bureau's, else as declared/places has them."""
    with census.open(encoding="utf-8", newline="") as file:
        known = {row["county_fips"]: unmangled(row["county"]) for row in csv.DictReader(file)}
    for table in ("former_counties", "territory_counties"):
        known |= {row["county_fips"]: row["county"] for row in declared.rows(f"places/{table}.csv")}
    areas = json.loads((atlas / "counties-10m.json").read_text(encoding="utf-8"))["objects"]["counties"]["geometries"]
    named = {area["id"]: area["properties"]["name"] for area in areas}
    return {fips: known.get(fips) or f"{name} Municipio" for fips, name in named.items()}


def main(atlas: Path, census: Path) -> None:
    if len(ALPHABET) != 2 * BASE or set(ALPHABET) & set(TAKEN_OUT):
        raise SystemExit("the alphabet must hold twice BASE characters, none of them special in JSON or HTML")
    topology = fitted(read(atlas / "counties-10m.json"))
    names = full_names(atlas, census)
    codes = sorted(topology.counties)
    rings, points = encode(topology)
    steps = [int(b) - int(a) for a, b in pairwise(["0", *codes])]
    shapes = {
        "source": "US Census Bureau, cartographic boundary files, 2017 edition, through us-atlas 3.0.1 (npm)",
        "vintage": 2017,
        "codes": steps,
        "names": "|".join(names[fips] for fips in codes),
        "rings": rings,
        "points": points,
    }
    text = json.dumps(shapes, ensure_ascii=False, separators=(",", ":")) + "\n"
    tell(f"{len(codes):,} counties")
    tell(f"{len(text.encode()):,} bytes, {len(gzip.compress(text.encode(), 9, mtime=0)):,} by gzip")
    PATH.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
