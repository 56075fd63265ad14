"""The counties that border on a place's counties, with their agencies, residents and rate.

What enters: the agencies in force, a place, and the geography. What leaves: ``Neighbor``, those of its own state first.
Promise: an agency counts for each county that its ground is in or reaches into; statewide agencies count for none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger287.ledger.query.history import MODELS
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.borders import bordering
from ledger287.places.gazetteer.geography import Geography
from ledger287.places.spots import Spot


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A county next to a place: its local agencies with an agreement, and how many there are per 100,000 residents."""

    fips: str
    name: str
    state: str
    agencies: int
    residents: int | None
    per_100k: float | None
    models: tuple[str, ...]


def by_county(in_force: Iterable[InForce]) -> dict[str, list[InForce]]:
    """County -> the local agencies whose ground is in it."""
    found: dict[str, list[InForce]] = defaultdict(list)
    for one in in_force:
        its = one.jurisdiction
        if its.ground != "state":
            for fips in dict.fromkeys((*its.counties, *its.reaches)):
                found[fips].append(one)
    return dict(found)


def neighbors(local: Mapping[str, Sequence[InForce]], spot: Spot, geography: Geography) -> tuple[Neighbor, ...]:
    """The counties that border on those of a place. ``local`` has the agencies of each county."""
    counties = geography.counties
    found = sorted({code for own in spot.counties for code in bordering(own)} - {*spot.counties})
    return tuple(
        Neighbor(
            code,
            counties[code].name,
            counties[code].state,
            len(those := local.get(code, ())),
            counties[code].population,
            rate(len(those), counties[code].population),
            tuple(model for model in MODELS if any(model in one.models for one in those)),
        )
        for code in sorted(found, key=lambda code: (counties[code].state != spot.state, counties[code].name))
    )


def rate(agencies: int, residents: int | None) -> float | None:
    """Agencies with an agreement per 100,000 residents; None where these are unknown."""
    return round(agencies * 1e5 / residents, 1) if residents else None
