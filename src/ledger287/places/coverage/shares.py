"""A department's residents -> how many of them live in each of its counties.

The FBI gives one figure for a department whose city lies in several counties. All of them are counted in
the main county, as far as it has so many people; only what exceeds it goes to the others, by their people
(New York city is five counties). So no county is given more people than live in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """The counties that a department reaches, the main one first, and the people it serves."""

    counties: tuple[str, ...]
    residents: int


def allot(ground: Ground, people: Mapping[str, int]) -> dict[str, int]:
    """County -> residents. Counties of unknown population get none."""
    known = [fips for fips in ground.counties if fips in people]
    if not known:
        return {}
    main, others = known[0], known[1:]
    share = {main: min(ground.residents, people[main])}
    over, room = ground.residents - share[main], sum(people[fips] for fips in others)
    for fips in others:
        if over and room:
            share[fips] = min(people[fips], over * people[fips] // room)
    return share
