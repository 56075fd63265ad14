"""Which counties share a border, by the boundaries that maps are drawn from (places/shapes.py).

A county of today whose code is newer than those boundaries has the borders of the ones that show its ground.
"""

from collections import defaultdict
from functools import cache

from ledger287.places.gazetteer.geography import geography
from ledger287.places.gazetteer.shapes import drawn_as, shapes


@cache
def _adjacent() -> dict[str, frozenset[str]]:
    """Shape -> the shapes with a line in common."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in shapes().lines:
        one, other = line.sides
        if other and other != one:
            found[one].add(other)
            found[other].add(one)
    return {fips: frozenset(those) for fips, those in found.items()}


@cache
def _shown_by() -> dict[str, tuple[str, ...]]:
    """Shape -> the counties of today whose ground it shows."""
    found: dict[str, list[str]] = defaultdict(list)
    for fips in geography().counties:
        for shape in drawn_as(fips):
            found[shape].append(fips)
    return {shape: tuple(codes) for shape, codes in found.items()}


@cache
def bordering(fips: str) -> tuple[str, ...]:
    """The counties of today that border on a county, by code; none for an island."""
    own = drawn_as(fips)
    around = {neighbor for shape in own for neighbor in _adjacent().get(shape, ())} | set(own)
    return tuple(sorted({code for shape in around for code in _shown_by().get(shape, ())} - {fips}))
