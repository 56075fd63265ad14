"""Agreements in force and jurisdictions -> how many people live where one is in force, nobody counted twice.

Three figures, each no less than the one before, none above the population:

``lower``: the residents of municipal agencies (of a city in several counties split by its ZIP codes), and for a
sheriff (or a county's jail or police) the people whom the FBI assigns to the sheriff and county police; where it
assigns none, the county's people minus the residents of cities with their own departments.
``upper``: a sheriff covers the entire county.
``in_counties``: all people of every county in which any local agency has an agreement.

Statewide agencies, a state's prison department among them, are counted apart: that one (prisons.py) holds people, and
covers nobody.
Agencies whose people no source gives are named, not guessed. A further agreement never lowers a figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.ledger.query.answers import ListRef
from ledger287.places.coverage.prisons import InForce, holds_people_only, reach
from ledger287.places.coverage.shares import Ground, allot
from ledger287.places.gazetteer.geography import County, Geography, geography
from ledger287.places.jurisdictions.deciding import Jurisdiction


@dataclass(frozen=True, slots=True)
class Bounds:
    """People living where an agreement is in force; ``counties`` is how many have any."""

    lower: int
    upper: int
    in_counties: int
    counties: int


NOBODY = Bounds(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Statewide:
    """Every statewide agency of a state; ``population`` is the state's, None where unknown.

    ``prisons`` are those of ``agencies`` that only hold people: where all are, none covers the state's people.
    """

    state: str
    population: int | None
    agencies: tuple[str, ...]
    models: tuple[str, ...]
    prisons: tuple[str, ...] = ()

    @property
    def covering(self) -> bool:
        """Whether any of them serves all people of the state."""
        return len(self.prisons) < len(self.agencies)


@dataclass(frozen=True, slots=True)
class StateCoverage:
    """One state's coverage by local agencies, in all and by where the models have effect."""

    state: str
    population: int | None
    people: Bounds
    jail: Bounds
    streets: Bounds
    statewide: bool


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An agency with an agreement that no bound includes, and why."""

    agency_id: str
    name: str
    state: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Coverage(NotebookTable):
    """Coverage on a day. ``with_statewide`` are the upper bound plus all people of states with a statewide agency that
    serves them; a state's prison department serves none.

    ``population`` is that of the requested states, without territories, by the Census Bureau's estimate
    for ``population_year``; ``jail`` and ``streets`` (the field) are by the models that apply there.
    """

    on: date
    list: ListRef | None
    known_on: date | None
    state: str | None
    model: str | None
    population: int
    population_year: int
    people: Bounds
    jail: Bounds
    streets: Bounds
    by_model: dict[str, Bounds]
    statewide: tuple[Statewide, ...]
    with_statewide: int
    by_state: tuple[StateCoverage, ...]
    uncounted: tuple[Uncounted, ...]
    cannot_tell_after: date | None = None


@dataclass(slots=True)
class _County:
    """What is in force in one county: residents of its covered cities, and the rest that a sheriff adds."""

    residents: int = 0
    rest: int | None = None


def cover(jurisdictions: Iterable[Jurisdiction], counties: Mapping[str, County]) -> dict[str, Bounds]:
    """County -> bounds, of the local agencies given; counties of unknown population have zeros."""
    people = _people(counties)
    found: dict[str, _County] = {}
    seen: set[str] = set()
    for one in jurisdictions:
        if one.ground == "state":
            continue
        for fips in one.counties:
            found.setdefault(fips, _County())
        if one.ground == "residents" and one.population_served and (one.ori or one.agency_id) not in seen:
            seen.add(one.ori or one.agency_id)
            for fips, residents in _residents(one, people).items():
                found.setdefault(fips, _County()).residents += residents
        elif one.ground == "county":
            own = _residents(one, people) if one.roster_type == "City" and one.population_served else {}
            for fips in one.counties:
                county = counties.get(fips)
                rest = _rest(county, people.get(fips, 0)) + own.get(fips, 0)
                found[fips].rest = max(found[fips].rest or 0, rest, 0)
    return {fips: _bounds(people.get(fips, 0), what) for fips, what in found.items()}


def _rest(county: County | None, people: int) -> int:
    """The people of a county whom no city's department serves: the FBI's own figure, else what is left of them."""
    if county is None:
        return 0
    if county.county_residents is not None:
        return min(county.county_residents, people)
    return people - county.city_residents


def is_statewide(one: "InForce") -> bool:
    """Whether an agency is of its entire state, a prison department included: the one measure of every answer."""
    return one.jurisdiction.ground == "state"


def _people(counties: Mapping[str, County]) -> dict[str, int]:
    return {fips: county.population for fips, county in counties.items() if county.population is not None}


def _residents(one: Jurisdiction, people: Mapping[str, int]) -> dict[str, int]:
    weights = geography().shares.get(one.ori) if one.ori else None
    return allot(Ground((*one.counties, *one.reaches), one.population_served or 0), people, weights)


def unknown_in(fips_codes: Iterable[str], local: Iterable[InForce], geography: Geography) -> tuple[str, ...]:
    """The ids of local agencies that serve people of these counties, nobody knows how many, so that no bound has them.

    None where a sheriff, a jail or a county's police is among them: the upper bound is everybody then.
    """
    codes, agencies, people = set(fips_codes), list(local), _people(geography.counties)
    if any(one.jurisdiction.ground == "county" and codes & {*one.jurisdiction.counties} for one in agencies):
        return ()
    return tuple(
        one.jurisdiction.agency_id
        for one in agencies
        if uncounted(one) or not any(_residents(one.jurisdiction, people).get(fips) for fips in codes)
    )


def _bounds(people: int, what: _County) -> Bounds:
    lower = min(people, what.residents + (what.rest or 0))
    upper = people if what.rest is not None else lower
    return Bounds(lower, upper, people, 1)


def total(bounds: Iterable[Bounds]) -> Bounds:
    """Bounds of several counties, added."""
    lower = upper = inside = number = 0
    for one in bounds:
        lower, upper, inside, number = (
            lower + one.lower,
            upper + one.upper,
            inside + one.in_counties,
            number + one.counties,
        )
    return Bounds(lower, upper, inside, number)


def covered(in_force: Iterable[InForce], geography: Geography, state: str | None) -> dict[str, Any]:
    """The figures of a ``Coverage``, by field, from the agencies with an agreement in force."""
    agencies = list(in_force)
    held = {model for one in agencies for model in one.models}
    models = [model for among in reach().values() for model in among if model in held]
    by = {model: _cover(agencies, (model,), geography) for model in models}
    whole = _cover(agencies, tuple(models), geography)
    where = {name: _cover(agencies, among, geography) for name, among in reach().items()}
    statewide = _statewide(agencies, geography)
    population = _populations(geography)
    codes = [state] if state else [code for code, one in geography.states.items() if not one.territory]
    known = [fips for fips in whole if geography.counties[fips].population is not None]
    covering = {one.state: one.population or 0 for one in statewide if one.covering}
    outside = sum(whole[fips].upper for fips in known if geography.counties[fips].state not in covering)
    return {
        "population": sum(population.get(code, 0) for code in codes),
        "people": total(whole.values()),
        "jail": total(where["jail"].values()),
        "streets": total(where["streets"].values()),
        "by_model": {model: total(found.values()) for model, found in by.items()},
        "statewide": statewide,
        "with_statewide": outside
        + sum(people for state, people in covering.items() if not geography.states[state].territory),
        "by_state": _by_state(agencies, whole, where, population, geography),
        "uncounted": tuple(filter(None, (uncounted(one) for one in agencies))),
    }


def _cover(agencies: Iterable[InForce], models: tuple[str, ...], geography: Geography) -> dict[str, Bounds]:
    return cover((one.jurisdiction for one in agencies if set(one.models) & set(models)), geography.counties)


def _populations(geography: Geography) -> dict[str, int]:
    """State or territory -> its residents."""
    found: dict[str, int] = defaultdict(int)
    for row in declared.rows("places/territory_population.csv"):
        found[row["territory"]] = int(row["population"])
    for county in geography.counties.values():
        if county.population is not None:
            found[county.state] += county.population
    return found


def _statewide(agencies: Iterable[InForce], geography: Geography) -> tuple[Statewide, ...]:
    found: dict[str, list[InForce]] = defaultdict(list)
    for one in agencies:
        if is_statewide(one):
            found[one.jurisdiction.state].append(one)
    population = _populations(geography)
    return tuple(
        Statewide(
            state,
            population.get(state),
            tuple(sorted(one.name for one in found[state])),
            tuple(sorted({model for one in found[state] for model in one.models})),
            tuple(sorted(one.name for one in found[state] if holds_people_only(one))),
        )
        for state in sorted(found)
    )


def _by_state(
    agencies: Iterable[InForce],
    whole: Mapping[str, Bounds],
    where: Mapping[str, Mapping[str, Bounds]],
    population: Mapping[str, int],
    geography: Geography,
) -> tuple[StateCoverage, ...]:
    statewide = {one.jurisdiction.state for one in agencies if is_statewide(one)}
    local = {one.jurisdiction.state for one in agencies}
    parts = {name: _split(found, geography) for name, found in (("people", whole), *where.items())}
    return tuple(
        StateCoverage(
            state,
            population.get(state),
            total(parts["people"].get(state, ())),
            total(parts["jail"].get(state, ())),
            total(parts["streets"].get(state, ())),
            state in statewide,
        )
        for state in sorted(local)
    )


def _split(found: Mapping[str, Bounds], geography: Geography) -> dict[str, list[Bounds]]:
    states: dict[str, list[Bounds]] = defaultdict(list)
    for fips, bounds in found.items():
        states[geography.counties[fips].state].append(bounds)
    return states


def uncounted(one: InForce) -> Uncounted | None:
    """Why no bound includes an agency, if none does."""
    its = one.jurisdiction
    if is_statewide(one):
        if not holds_people_only(one):
            return None
        why = "a state's prison department: it holds people, and serves no residents of the state"
        return Uncounted(its.agency_id, one.name, its.state, its.kind, why)
    if its.ground == "part":
        why = f"{its.kind}: serves no population that an available source gives"
    elif not its.counties:
        why = "its county is unknown"
    elif its.ground == "residents" and not its.population_served:
        why = "the FBI's roster gives no population for it" if its.ori else "not in the FBI's roster: residents unknown"
    else:
        return None
    return Uncounted(its.agency_id, one.name, its.state, its.kind, why)
