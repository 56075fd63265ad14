"""A department's residents -> how many of them live in each of its counties.

The FBI gives one figure for a department whose city is in several counties. It is split by the people of the city's ZIP
codes in each of them. Where there are no such figures, all are counted in the main county, up to its population, and
only the rest goes to the others, by their population (New York City is five counties). So no county is given more
people than live in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

Shares = dict[str, dict[str, int]]
"""A department's code (ORI) -> the people of its city's ZIP codes by county."""


def shares_of(table: pl.DataFrame) -> Shares:
    """The table of shares, by department."""
    found: Shares = {}
    for ori, county, people in table.iter_rows():
        found.setdefault(ori, {})[county] = people
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """The counties that a department reaches, the main one first, and the people it serves."""

    counties: tuple[str, ...]
    residents: int


def allot(ground: Ground, people: Mapping[str, int], weights: Mapping[str, int] | None = None) -> dict[str, int]:
    """County -> residents, by ``weights`` where they are known. Counties of unknown population get none."""
    known = [fips for fips in ground.counties if fips in people]
    if not known:
        return {}
    by = {fips: weights[fips] for fips in known if fips in weights} if weights else {}
    if len(by) > 1:
        total = sum(by.values())
        return {fips: min(people[fips], ground.residents * weight // total) for fips, weight in by.items()}
    main, others = known[0], known[1:]
    share = {main: min(ground.residents, people[main])}
    over, room = ground.residents - share[main], sum(people[fips] for fips in others)
    for fips in others:
        if over and room:
            share[fips] = min(people[fips], over * people[fips] // room)
    return share
