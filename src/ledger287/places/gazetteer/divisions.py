"""Census's names of places and county subdivisions, and ZIP codes -> tables of names, of ZIPs, of cities' shares.

What enters: the folder with Census's names and codes and with ZIP codes (see declared/places/sources.yml), and what
the other tables have. What leaves: three tables, of which the same files make the same bytes.

``divisions``: a place or subdivision with its counties: a subdivision's is in its code; a place's are those of the
gazetteer, the ZIP codes, the roster, a subdivision of its name or ``town_counties.csv``, else none. ``zips``: a ZIP
code with one county.
``zips_apart``: one without, and why.
``shares``: for the roster's cities in several counties, the share of their people in each, by ZIP codes.
"""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.places.gazetteer.naming import key

DIVISIONS = {"state": pl.String, "name": pl.String, "word": pl.String, "counties": pl.String}
ZIPS = {"zip": pl.Int32, "state": pl.String, "county_fips": pl.String, "city": pl.String}
APART = {"zip": pl.Int32, "state": pl.String, "city": pl.String, "kind": pl.String}
SHARES = {"ori": pl.String, "county_fips": pl.String, "people": pl.Int32}
WORD = re.compile(r"^(.*?)((?: [a-z(][\w()\-]*)+)$")
"""A name, and the words that say what it is: Mahoning township, Naples city."""
CODE_OF_A_SUBDIVISION = 10

Named = dict[tuple[str, str], dict[str, int]]
"""State and key of a name -> its counties, with people where a source gives them."""


def divided(
    folder: Path, fips: frozenset[str], places: Iterable[tuple[Any, ...]], roster: Iterable[tuple[Any, ...]]
) -> dict[str, pl.DataFrame]:
    """The four tables. ``places`` and ``roster`` are the rows of those tables."""
    every = list(_read(folder / "zip_to_county_2022.csv.gz"))
    zips = [row for row in every if row["county_fips"] in fips]
    by_zip: Named = defaultdict(dict)
    for row in zips:
        its = by_zip[row["state"], key(row["primary_city"])]
        its[row["county_fips"]] = its.get(row["county_fips"], 0) + int(row["population"] or 0)
    departments = list(roster)
    named = list(_read(folder / "places_and_subdivisions_geoid.csv.gz"))
    return {
        "divisions": _frame(_divisions(named, fips, places, by_zip, departments), DIVISIONS),
        "zips": _frame((_of_zip(row) for row in zips), ZIPS),
        "zips_apart": _frame((_apart(row) for row in every if row["county_fips"] not in fips), APART),
        "shares": _frame(_shares(departments, by_zip), SHARES),
    }


def _read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _frame(rows: Iterable[tuple[Any, ...]], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(sorted(set(rows), key=str), orient="row", schema=dict(schema))


def _of_zip(row: dict[str, str]) -> tuple[Any, ...]:
    return int(row["zip"]), row["state"], row["county_fips"], row["primary_city"] or None


def _apart(row: dict[str, str]) -> tuple[Any, ...]:
    """A ZIP code without a county of the record: of PO boxes, of the military, or of a county that is not in it."""
    kind = "no county" if row["county_fips"] else row["zip_type"].lower().replace("_", " ")
    return int(row["zip"]), row["state"] or None, row["primary_city"] or None, kind


def _split(name: str) -> tuple[str, str]:
    found = WORD.match(name)
    return (found.group(1), found.group(2).strip()) if found else (name, "")


def _divisions(
    named: list[dict[str, str]],
    fips: frozenset[str],
    places: Iterable[tuple[Any, ...]],
    by_zip: Named,
    departments: list[tuple[Any, ...]],
) -> Iterator[tuple[Any, ...]]:
    """State, name, the word that says what it is, counties."""
    gazetteer: dict[tuple[str, str], set[str]] = defaultdict(set)
    for state, name, county, *_ in places:
        if county:
            gazetteer[state, key(name)].add(county)
    policed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, name, state, counties, kind, *_ in departments:
        if kind == "City" and counties:
            policed[state, key(name.partition(",")[0])].update(counties.split(";"))
    subdivided: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in named:
        name, word = _split(row["name"])
        if len(row["geoid"]) == CODE_OF_A_SUBDIVISION and row["geoid"][:5] in fips:
            subdivided[row["state"], key(name)].add(row["geoid"][:5])
            yield row["state"], name, word, row["geoid"][:5]
    towns = {
        (row["state"], key(row["place"])): {row["county_fips"]} for row in declared.rows("places/town_counties.csv")
    }
    for row in named:
        if row["kind"] != "place":
            continue
        name, word = _split(row["name"])
        ways = [(row["state"], key(row["name"])), (row["state"], key(name))]
        sources = (policed, gazetteer, by_zip, subdivided, towns)
        found = next((one[way] for one in sources for way in ways if one.get(way)), ())
        yield row["state"], name, word, ";".join(sorted(found)) or None


def _shares(departments: list[tuple[Any, ...]], by_zip: Named) -> Iterator[tuple[Any, ...]]:
    for ori, name, state, counties, kind, *_ in departments:
        if kind != "City" or not counties or ";" not in counties:
            continue
        people = by_zip.get((state, key(name.partition(",")[0])), {})
        mine = {county: people[county] for county in counties.split(";") if people.get(county)}
        if mine:
            yield from ((ori, county, number) for county, number in mine.items())
