"""The tables that ship -> states, counties, places and departments, to be found by code or by name.

A county whose code changed is found by both codes; ``County.now`` gives the codes that replaced it, and ``County.note``
says why. Lookups never guess: where nothing is found, ``closest_*`` offers names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from sys import intern

import polars as pl

from ledger287.core import declared
from ledger287.places.coverage.shares import Shares, shares_of
from ledger287.places.gazetteer.division_names import Division, DivisionNames
from ledger287.places.gazetteer.naming import county_key, key, words


@dataclass(frozen=True, slots=True)
class State:
    """A state, DC or a territory."""

    code: str
    fips: str
    name: str
    territory: bool


@dataclass(frozen=True, slots=True)
class County:
    """A county or what stands for one. ``population`` is None where no available source gives it.

    ``city_residents`` are the people whom the FBI assigns to departments of its cities, ``county_residents`` those whom
    it assigns to the sheriff and county police; ``now`` are the codes that replaced a former county's code.
    """

    fips: str
    name: str
    state: str
    populations: tuple[int | None, ...]
    city_residents: int
    latitude: float | None
    longitude: float | None
    now: tuple[str, ...]
    since: int | None
    note: str | None
    county_residents: int | None = None

    @property
    def population(self) -> int | None:
        """Its residents in the newest year."""
        return self.populations[-1]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. ``county`` is a code, None where the gazetteer names none."""

    name: str
    state: str
    county: str | None
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Alias:
    """What initials or a former name mean, and why."""

    place: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Department:
    """A row of the FBI's roster; its main county first."""

    ori: str
    name: str
    state: str
    counties: tuple[str, ...]
    type: str
    population: int | None
    officers: int
    year: int


def table(name: str) -> pl.DataFrame:
    """One of the tables of places, complete."""
    return pl.read_parquet(str(files("ledger287.places").joinpath("tables", f"{name}.parquet")), memory_map=False)


POPULATION_YEAR = 2023
"""Of the states and their counties."""


@cache
def population_year(state: str | None) -> int:
    """The year of a state's or territory's population; that of the states for the nation."""
    rows = declared.rows("places/territory_population.csv")
    return next((int(row["as_of"][:4]) for row in rows if row["territory"] == state), POPULATION_YEAR)


class Geography:
    """All the tables, each loaded when it is first used."""

    @cached_property
    def states(self) -> dict[str, State]:
        """Postal code -> state or territory."""
        territories = {code.code for code in declared.territories()}
        return {
            row["code"]: State(row["code"], row["fips"], row["name"], row["code"] in territories)
            for row in declared.rows("places/states.csv")
        }

    @cached_property
    def every_county(self) -> dict[str, County]:
        """Code -> county, former ones among them."""
        return {
            row[0]: County(
                row[0],
                row[1],
                row[2],
                tuple(row[3:7]),
                row[7] or 0,
                row[8],
                row[9],
                tuple(row[10].split(";")) if row[10] else (),
                row[11],
                row[12],
                row[13],
            )
            for row in table("counties").iter_rows()
        }

    @cached_property
    def counties(self) -> dict[str, County]:
        """Code -> county that there is today."""
        return {fips: county for fips, county in self.every_county.items() if not county.now}

    @cached_property
    def counties_of(self) -> dict[str, list[County]]:
        """State -> its counties."""
        found: dict[str, list[County]] = defaultdict(list)
        for county in self.counties.values():
            found[county.state].append(county)
        return found

    @cached_property
    def _county_names(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for fips, county in self.every_county.items():
            found.setdefault((county.state, key(county.name)), fips)
        for fips, county in sorted(self.every_county.items(), key=lambda item: bool(item[1].now)):
            found.setdefault((county.state, county_key(county.name)), fips)
        for (state, name), fips in list(found.items()):
            if name.endswith("city"):
                found.setdefault((state, name.removesuffix("city")), fips)
        return found

    def county_named(self, state: str, name: str) -> County | None:
        """The county of that name in a state; if a county and an independent city have the name, the county.

        ICE writes independent cities as ``Hopewell (independent city)``.
        """
        name = re.sub(r"\s*\(independent city\)", " city", name, flags=re.IGNORECASE)
        fips = self._county_names.get((state, key(name))) or self._county_names.get((state, county_key(name)))
        return self.every_county[fips] if fips else None

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, str]]]:
        """State -> the names of its counties in plain words, the longest first."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for fips, county in self.every_county.items():
            found[county.state].append((" ".join(words(county.name)), fips))
        return {state: sorted(names, key=lambda pair: -len(pair[0])) for state, names in found.items()}

    def county_within(self, state: str, text: str) -> County | None:
        """The county of a state whose full name is in a text; of several, the one with the longest name."""
        plain = f" {' '.join(words(text))} "
        plain = plain.replace(" countys ", " county ")
        for phrase, fips in self._phrases.get(state, ()):
            if f" {phrase} " in plain:
                return self.every_county[fips]
        return None

    @cached_property
    def places(self) -> dict[tuple[str, str], list[Place]]:
        """State and key of the name -> the places with that name."""
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for state, name, county, latitude, longitude in table("places").iter_rows():
            place = Place(name, intern(state), county and intern(county), latitude, longitude)
            found[place.state, key(name)].append(place)
        return found

    @cached_property
    def aliases(self) -> dict[str, Alias]:
        """Key of initials, or of a name no longer used -> the place meant."""
        return {
            way: Alias(row["place"], row["state"], row["why"])
            for row in declared.rows("places/aliases.csv")
            for way in (key(row["said"]), key(f"{row['said']}, {row['state']}"))
        }

    @cached_property
    def divisions(self) -> Mapping[tuple[str, str], tuple[Division, ...]]:
        """State and key of a name, with and without the word for its kind -> the Census places with that name."""
        return DivisionNames(table("divisions").iter_rows())

    @cached_property
    def zips(self) -> dict[str, tuple[str, str, str | None]]:
        """ZIP code -> state, county, and the city of its post office."""
        return {
            f"{code:05}": (intern(state), intern(county), city and intern(city))
            for code, state, county, city in table("zips").iter_rows()
        }

    @cached_property
    def zips_apart(self) -> dict[str, tuple[str, str, str]]:
        """ZIP code without a county of the record -> state or territory, city ("" where not given), and kind.

        Kinds: ``po box``, ``military`` and ``no county`` (Puerto Rico's).
        """
        rows = table("zips_apart").iter_rows()
        return {f"{code:05}": (state or "", city or "", kind) for code, state, city, kind in rows}

    @cached_property
    def zips_across(self) -> dict[str, tuple[str, ...]]:
        """ZIP code -> the other counties that parts of it are in; only of those that are in several."""
        return {row["zip"]: tuple(row["also"].split()) for row in declared.rows("places/zips_across.csv")}

    @cached_property
    def shares(self) -> Shares:
        """Department of a city in several counties -> the people of its ZIP codes in each."""
        return shares_of(table("shares"))

    @cached_property
    def departments(self) -> dict[str, Department]:
        """ORI -> department."""
        found: dict[str, Department] = {}
        where: dict[str | None, tuple[str, ...]] = {None: (), "": ()}
        for ori, name, state, counties, type, *figures in table("roster").iter_rows():
            if counties not in where:
                where[counties] = tuple(map(intern, counties.split(";")))
            found[ori] = Department(ori, name, intern(state), where[counties], intern(type), *figures)
        return found

    @cached_property
    def departments_of(self) -> dict[str, dict[str, list[Department]]]:
        """State -> type -> departments."""
        found: dict[str, dict[str, list[Department]]] = defaultdict(lambda: defaultdict(list))
        for department in self.departments.values():
            found[department.state][department.type].append(department)
        return found

    @cached_property
    def city_departments(self) -> dict[tuple[str, str], list[Department]]:
        """State and key of the name -> the departments of cities with that name."""
        found: dict[tuple[str, str], list[Department]] = defaultdict(list)
        for state, types in self.departments_of.items():
            for department in types["City"]:
                found[state, key(bare_department(department.name))].append(department)
        return found

    @cached_property
    def consolidated(self) -> dict[tuple[str, str], str]:
        """State and key of the name -> the county that a consolidated or independent city is."""
        return {
            (row["state"], key(row["name"])): row["county_fips"] for row in declared.rows("places/consolidated.csv")
        }


def other_cities(geography: Geography) -> Iterator[tuple[str, str, str | None]]:
    """The cities that the gazetteer lacks, by Census and by the FBI's roster: name, state and county, None where no
    table names it. Those of a name in one county come once.
    """
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at, places in geography.places.items():
        known[at].update(place.county or "" for place in places)
    for state, name, word, counties in table("divisions").iter_rows():
        one = Division(name, word, state, tuple(counties.split(";")) if counties else ())
        if (state, key(name)) not in known or (one.counties and not {*one.counties} & known[state, key(name)]):
            yield one.called, state, next(iter(one.counties), None)
            known[state, key(one.called)].update(one.counties or ("",))
    for (state, way), rows in geography.city_departments.items():
        for row in rows:
            if (state, way) not in known or (row.counties and not {*row.counties} & known[state, way]):
                yield bare_department(row.name), state, next(iter(row.counties), None)
                known[state, way].update(row.counties or ("",))


def bare_department(name: str) -> str:
    """A department's name in the roster without the county put behind it and without ``Police Department``."""
    bare = name.partition(",")[0].strip()
    for tail in (" Police Department", " Department of Public Safety"):
        bare = bare.removesuffix(tail)
    return bare


@cache
def geography() -> Geography:
    """The geography that ships."""
    return Geography()
