"""Who has an agreement at a place on a day: here, elsewhere in its county, and statewide.

Promise: of a ZIP code only agencies of its county are here with certainty; the police of the city of its post office
are here perhaps, for who lives within that city.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ledger287.core.jsonable import NotebookTable
from ledger287.ledger.query.answers import ListRef
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.geography import bare_department
from ledger287.places.gazetteer.naming import key
from ledger287.places.jurisdictions.deciding import Jurisdiction
from ledger287.places.neighbors import Neighbor
from ledger287.places.spots import POLICE, WORD_OF_A_CITY, Spot


@dataclass(frozen=True, slots=True)
class AgencyThere:
    """An agency with agreements in force, and its place."""

    agency_id: str
    name: str
    state: str
    models: tuple[str, ...]
    kind: str
    ground: str
    counties: tuple[str, ...]
    place: str | None
    population_served: int | None


@dataclass(frozen=True, slots=True)
class Near(NotebookTable):
    """Who has an agreement at a place on a day.

    ``here``: agencies whose ground includes the place; ``elsewhere``: agencies of other places in its county, or of an
    unknown part of the county; ``statewide``: agencies of the entire state. ``perhaps``: of a ZIP code, the police of
    the city of its post office, which serve only who lives within that city. ``neighbors``: the counties around, where
    the API or the command was to give them.
    """

    on: date
    list: ListRef | None
    known_on: date | None
    spot: Spot
    county_names: tuple[str, ...]
    here: tuple[AgencyThere, ...]
    elsewhere: tuple[AgencyThere, ...]
    statewide: tuple[AgencyThere, ...]
    cannot_tell_after: date | None = None
    perhaps: tuple[AgencyThere, ...] = ()
    neighbors: tuple[Neighbor, ...] | None = None


def placed(in_force: Iterable[InForce], spot: Spot) -> Spot:
    """A place whose county no table gives, in the county of the departments that are named after it."""
    if spot.counties or spot.place is None:
        return spot
    its = [one for one in in_force if one.jurisdiction.state == spot.state and one.jurisdiction.ground == "residents"]
    named = [one for one in its if one.jurisdiction.counties and _serves(one.jurisdiction, one.name, spot.place)]
    if not named:
        return spot
    counties = tuple(sorted({fips for one in named for fips in one.jurisdiction.counties}))
    return replace(spot, counties=counties, note=f"its county is that of {' and '.join(one.name for one in named)}")


def there(
    in_force: Iterable[InForce], spot: Spot
) -> tuple[list[AgencyThere], list[AgencyThere], list[AgencyThere], list[AgencyThere]]:
    """The agencies here, perhaps here, elsewhere in the county, and statewide."""
    here: list[AgencyThere] = []
    perhaps: list[AgencyThere] = []
    elsewhere: list[AgencyThere] = []
    statewide: list[AgencyThere] = []
    for one in in_force:
        its = one.jurisdiction
        if its.state != spot.state:
            continue
        if its.ground == "state":
            statewide.append(_shown(one))
        elif set(spot.counties) & {*its.counties, *its.reaches}:
            if spot.zip and not _of_county(its):
                (perhaps if spot.place and _serves(its, one.name, spot.place) else elsewhere).append(_shown(one))
            else:
                (here if spot.place is None or _serves(its, one.name, spot.place) else elsewhere).append(_shown(one))
    for found in (here, perhaps, elsewhere, statewide):
        found.sort(key=lambda one: (one.ground != "county", one.name))
    return here, perhaps, elsewhere, statewide


def _of_county(its: Jurisdiction) -> bool:
    return its.ground == "county" or its.kind == "prosecutor"


def _serves(its: Jurisdiction, called: str, place: str) -> bool:
    """Whether an agency's ground holds a place of its county."""
    if _of_county(its):
        return True
    names = [name for name in (its.place, its.roster_name, POLICE.sub("", called)) if name]
    ways = {key(way) for name in names for way in (name, bare_department(name))}
    return its.ground == "residents" and bool(ways & {key(place), key(WORD_OF_A_CITY.sub("", place))})


def _shown(one: InForce) -> AgencyThere:
    its = one.jurisdiction
    return AgencyThere(
        its.agency_id,
        one.name,
        its.state,
        one.models,
        its.kind,
        its.ground,
        its.counties,
        its.place,
        its.population_served,
    )
