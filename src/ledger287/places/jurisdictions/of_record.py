"""A record -> the jurisdiction of each of its agencies.

The jurisdictions of the shipped record ship with the package. An agency of another record whose facts are the same (by
a digest of them) has the shipped one; the others are resolved again. So an answer is quick, and never rests on the
facts of another record.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import polars as pl

from ledger287.ledger.store.folder import Stored, open_record
from ledger287.places.gazetteer.geography import geography, table
from ledger287.places.jurisdictions.deciding import Facts, Jurisdiction, resolve_all

SEPARATOR = ";"
LISTED = ("counties", "reaches")


def facts_of(stored: Stored) -> tuple[Facts, ...]:
    """What a record says of each agency, by its id."""
    agencies = stored.read("agencies").sort("agency_id")
    names = stored.read("names").filter(pl.col("correction").is_null()).sort("last_list", "rows", descending=True)
    spelled = _grouped(names.select("agency_id", pl.col("name_printed").str.replace_all(r"\s+", " ").str.strip_chars()))
    counties = _grouped(
        stored.read("prints")
        .filter(pl.col("county").is_not_null(), pl.col("agency_id").is_not_null())
        .group_by("agency_id", "county")
        .agg(pl.len())
        .sort("agency_id", "len", "county", descending=[False, True, False])
        .select("agency_id", "county")
    )
    return tuple(
        Facts(
            row["agency_id"],
            row["state"],
            tuple(dict.fromkeys([row["name"], *spelled.get(row["agency_id"], ())])),
            row["type"],
            tuple(dict.fromkeys([*filter(None, [row["county"]]), *counties.get(row["agency_id"], ())])),
        )
        for row in agencies.iter_rows(named=True)
    )


def _grouped(frame: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for agency_id, value in frame.iter_rows():
        found.setdefault(agency_id, []).append(value)
    return {agency_id: tuple(dict.fromkeys(values)) for agency_id, values in found.items()}


def digest(facts: Facts) -> str:
    """A short digest of an agency's facts, the order of older spellings aside."""
    parts = (facts.state, facts.names[0], *sorted(facts.names), facts.type or "", *facts.counties_printed)
    return hashlib.blake2b("|".join(parts).encode(), digest_size=6).hexdigest()


def resolve_shipped() -> pl.DataFrame:
    """The jurisdictions of the shipped record, resolved from nothing, with the digest of each agency's facts."""
    facts = facts_of(open_record())
    return as_table(resolve_all(facts, geography())).with_columns(facts=pl.Series([digest(one) for one in facts]))


def jurisdictions_of(stored: Stored) -> tuple[Jurisdiction, ...]:
    """The jurisdiction of each agency of a record, by its id."""
    shipped = _shipped()
    facts = facts_of(stored)
    unresolved = [one for one in facts if shipped.get(one.agency_id, ("", None))[0] != digest(one)]
    found = {one.agency_id: one for one in resolve_all(unresolved, geography())} if unresolved else {}
    return tuple(found.get(one.agency_id) or shipped[one.agency_id][1] for one in facts)


@cache
def _shipped() -> dict[str, tuple[str, Jurisdiction]]:
    frame = table("jurisdictions")
    return {
        one.agency_id: (digest_of_facts, one)
        for one, digest_of_facts in zip(from_table(frame.drop("facts")), frame["facts"].to_list(), strict=True)
    }


SCHEMA: dict[str, Any] = {
    field.name: {"population_served": pl.Int32, "officers": pl.Int32, "figures_year": pl.Int16}.get(
        field.name, pl.Float64 if field.name in ("latitude", "longitude") else pl.String
    )
    for field in fields(Jurisdiction)
}


def as_table(jurisdictions: Sequence[Jurisdiction]) -> pl.DataFrame:
    """Jurisdictions as a table; several county codes are in one cell, with ``;`` between."""
    rows = [
        tuple(SEPARATOR.join(getattr(one, name)) or None if name in LISTED else getattr(one, name) for name in SCHEMA)
        for one in jurisdictions
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def from_table(frame: pl.DataFrame) -> tuple[Jurisdiction, ...]:
    """A table of jurisdictions as such."""
    places = [list(SCHEMA).index(name) for name in LISTED]
    found = []
    for row in frame.select(*SCHEMA).iter_rows():
        values = list(row)
        for place in places:
            values[place] = tuple(values[place].split(SEPARATOR)) if values[place] else ()
        found.append(Jurisdiction(*values))
    return tuple(found)
