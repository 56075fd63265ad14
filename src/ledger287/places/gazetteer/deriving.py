"""The reference files -> the compact tables that ship: counties, places, roster, divisions, ZIP codes, shares of
cities; and the jurisdictions.

``python -m ledger287.places.gazetteer.deriving ../shared/reference`` writes them; without the folder, the jurisdictions
alone, which is needed after the shipped record was built again. The same files give the same bytes, by the same version
of polars. What is left out, and why, is in declared/places/sources.yml.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.places.coverage.shares import Ground, Shares, allot, shares_of
from ledger287.places.gazetteer.divisions import divided
from ledger287.places.gazetteer.naming import county_key, key

TABLES = Path(__file__).parents[1] / "tables"
YEARS = (2020, 2021, 2022, 2023)
COUNTY_SEPARATORS = (",", ";")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _states() -> list[dict[str, str]]:
    return list(declared.rows("places/states.csv"))


@cache
def _rosters() -> dict[str, Any]:
    data: dict[str, Any] = declared.declared_yaml("places/rosters.yml")
    return data


def derive(reference: Path) -> dict[str, pl.DataFrame]:
    """The tables, by name, from the folder with the three reference files."""
    population = _read(reference / "county_population.csv")
    names = _CountyNames(population)
    agencies = _read(reference / "fbi_agencies.csv")
    places = _places(_read(reference / "places.csv"), names, _connecticut(agencies, names))
    roster = _roster(agencies, names, places)
    fips = frozenset(names.found.values())
    more = divided(reference.parent / "geography", fips, places, roster)
    shares = shares_of(more["shares"])
    return {
        **more,
        "counties": _counties(population, places, roster, shares),
        "places": pl.DataFrame(places, orient="row", schema=PLACES),
        "roster": pl.DataFrame(roster, orient="row", schema=ROSTER),
    }


PLACES = {
    "state": pl.String,
    "place": pl.String,
    "county_fips": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}
ROSTER = {
    "ori": pl.String,
    "name": pl.String,
    "state": pl.String,
    "county_fips": pl.String,
    "type": pl.String,
    "population": pl.Int32,
    "officers": pl.Int32,
    "year": pl.Int16,
}
COUNTIES = {
    "county_fips": pl.String,
    "county": pl.String,
    "state": pl.String,
    **{f"population_{year}": pl.Int32 for year in YEARS},
    "city_police_population": pl.Int32,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "now": pl.String,
    "since": pl.Int16,
    "note": pl.String,
    "county_police_population": pl.Int32,
}


def unmangled(text: str) -> str:
    """A text whose UTF-8 was read as Latin-1 and written again, corrected: the source has DoÃ±a Ana for Doña Ana."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


class _CountyNames:
    """Finds a county's code by state and name, as the reference files write them."""

    def __init__(self, population: list[dict[str, str]]) -> None:
        self.code_of = {row["name"]: row["code"] for row in _states()}
        self.found: dict[tuple[str, str], str] = {}
        listed = [(self.code_of[row["state"]], unmangled(row["county"]), row["county_fips"]) for row in population]
        listed += [(r["state"], r["county"], r["county_fips"]) for r in declared.rows("places/territory_counties.csv")]
        former = [
            (row["state"], row["county"], row["county_fips"] if ";" in row["now"] else row["now"])
            for row in declared.rows("places/former_counties.csv")
        ]
        for state, name, fips in listed:
            self.found[state, key(name)] = fips
        for state, name, fips in listed + former:
            self.found.setdefault((state, county_key(name)), fips)
        for state, name, fips in listed:
            if county_key(name).endswith("city"):  # the gazetteer writes Radford for Radford city
                self.found.setdefault((state, county_key(name).removesuffix("city")), fips)

    def fips(self, state: str, name: str) -> str | None:
        """The code of a county, or None."""
        return self.found.get((state, key(name))) or self.found.get((state, county_key(name)))


def _connecticut(agencies: list[dict[str, str]], names: _CountyNames) -> dict[str, str]:
    """Connecticut's towns with police -> their planning region, by the roster; the gazetteer has the old counties."""
    found = ((key(row["pub_agency_name"]), names.fips("CT", row["county_name"])) for row in agencies)
    towns = (row["state_abbr"] == "CT" and row["agency_type_name"] == "City" for row in agencies)
    return {town: fips for (town, fips), is_town in zip(found, towns, strict=True) if is_town and fips}


def _places(rows: list[dict[str, str]], names: _CountyNames, connecticut: dict[str, str]) -> list[tuple[Any, ...]]:
    found = {
        (
            row["STATE_CODE"],
            row["CITY"].strip(),
            (row["STATE_CODE"] == "CT" and connecticut.get(key(row["CITY"])))
            or names.fips(row["STATE_CODE"], row["COUNTY"]),
            round(float(row["LATITUDE"]), 4),
            round(float(row["LONGITUDE"]), 4),
        )
        for row in rows
        if row["LATITUDE"] and row["LONGITUDE"]
    }
    return sorted(found, key=lambda row: tuple(str(value) for value in row))


def _roster(rows: list[dict[str, str]], names: _CountyNames, places: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    state_of = {row["roster_code"]: row["code"] for row in _states()}
    kept = [row for row in rows if row["state_abbr"] in state_of]
    listed = {row["ori"]: _listed_counties(row, state_of, names) for row in kept}
    numbered = _counties_by_number(listed)
    towns = {(state, key(place)): fips for state, place, fips, *_ in places}
    found = []
    for row in kept:
        state = state_of[row["state_abbr"]]
        counties = listed[row["ori"]]
        main = numbered.get(row["ori"][:5]) or towns.get((state, key(row["pub_agency_name"])))
        local = row["agency_type_name"] in ("City", "County")
        if not counties and local and main:
            counties = [main]
        if main in counties:
            counties = [main, *(fips for fips in counties if fips != main)]
        found.append(
            (
                row["ori"],
                row["pub_agency_name"].strip(" :,"),
                state,
                ";".join(counties) or None,
                row["agency_type_name"],
                int(row["population"]) or None,
                int(row["officer_ct"]),
                int(row["data_year"]),
            )
        )
    return sorted(found)


def _listed_counties(row: dict[str, str], state_of: dict[str, str], names: _CountyNames) -> list[str]:
    """The counties that a row of the roster names, in its order."""
    if repaired := _rosters()["counties"].get(row["ori"]):
        return list(repaired)
    found = (names.fips(state_of[row["state_abbr"]], part) for part in row["county_name"].split(","))
    return [fips for fips in found if fips]


def _counties_by_number(listed: dict[str, list[str]]) -> dict[str, str]:
    """The first five signs of an ORI -> the county that most departments so numbered lie in.

    An ORI has the number of its county after the state; so it tells which of several counties is the main one.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for ori, counties in listed.items():
        if len(counties) == 1:
            votes[ori[:5]][counties[0]] += 1
    return {number: count.most_common(1)[0][0] for number, count in sorted(votes.items())}


def _counties(
    population: list[dict[str, str]],
    places: list[tuple[Any, ...]],
    roster: list[tuple[Any, ...]],
    shares: Shares,
) -> pl.DataFrame:
    code_of = {row["name"]: row["code"] for row in _states()}
    centres = _centres(places)
    people = {row["county_fips"]: int(row["pop_2023"]) for row in population}
    policed = _policed(roster, people, shares)
    by_county_police = _by_county_police(roster)
    blank = (None,) * len(YEARS)
    rows: list[tuple[Any, ...]] = [
        (
            row["county_fips"],
            unmangled(row["county"]),
            code_of[row["state"]],
            *(int(row[f"pop_{year}"]) for year in YEARS),
            policed.get(row["county_fips"], 0),
            *centres.get(row["county_fips"], (None, None)),
            None,
            None,
            None,
            by_county_police.get(row["county_fips"]),
        )
        for row in population
    ]
    rows += [
        (
            row["county_fips"],
            row["county"],
            row["state"],
            *blank,
            None,
            None,
            None,
            None,
            None,
            row["note"] or None,
            None,
        )
        for row in declared.rows("places/territory_counties.csv")
    ]
    rows += [
        (
            row["county_fips"],
            row["county"],
            row["state"],
            *blank,
            None,
            None,
            None,
            row["now"],
            int(row["since"]),
            row["note"],
            None,
        )
        for row in declared.rows("places/former_counties.csv")
    ]
    return pl.DataFrame(sorted(rows), orient="row", schema=COUNTIES)


def _centres(places: Iterable[tuple[Any, ...]]) -> dict[str, tuple[float, float]]:
    """A county's point: the mean of its places, which is where its people live rather than in its middle."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _, _, fips, latitude, longitude in places:
        if fips:
            found[fips].append((latitude, longitude))
    return {
        fips: (round(sum(p[0] for p in points) / len(points), 4), round(sum(p[1] for p in points) / len(points), 4))
        for fips, points in found.items()
    }


def _by_county_police(roster: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """County -> the people whom the FBI assigns to its sheriff and county police: those of no city's department."""
    since = _rosters()["policing_since"]
    found: Counter[str] = Counter()
    for _, _, _, counties, kind, population, _, year in roster:
        if kind == "County" and population and counties and year >= since:
            found[counties.partition(";")[0]] += population
    return dict(found)


def _policed(roster: Iterable[tuple[Any, ...]], people: dict[str, int], shares: Shares) -> dict[str, int]:
    """County -> the people whom the FBI assigns to its cities' own departments."""
    since = _rosters()["policing_since"]
    found: Counter[str] = Counter()
    for ori, _, _, counties, kind, population, _, year in roster:
        if kind == "City" and population and counties and year >= since:
            found.update(allot(Ground(tuple(counties.split(";")), population), people, shares.get(ori)))
    return dict(found)


def write(tables: dict[str, pl.DataFrame], folder: Path) -> None:
    """Write tables as Parquet files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", compression_level=19, statistics=False)


def main(reference: Path | None) -> None:
    """Derive and write all tables, the jurisdictions of the shipped record last; without a folder these alone."""
    if reference:
        write(derive(reference), TABLES)
    from ledger287.places.jurisdictions.of_record import resolve_shipped

    write({"jurisdictions": resolve_shipped()}, TABLES)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
