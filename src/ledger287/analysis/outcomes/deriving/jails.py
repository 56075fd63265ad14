"""Detainers of Pennsylvania and Minnesota by the jail that they were sent to, each joined to its county and its code.

What enters: the counts by facility (and year), small ones withheld. What leaves: a row for each jail with its county,
how that is known, its code on ICE's lists, and the detainers that are shown; with the match rate and every jail that is
not matched. Promise: a detainer is joined to a jail, never to a person; a name that could be of two counties is of
none.
"""

import re
from collections import defaultdict
from functools import cache
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.deriving.facility_tables import words_of
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import flows, store
from ledger287.places.gazetteer.geography import Geography, geography
from ledger287.places.spots import read_spot

STATES = ("PA", "MN")
COUNTY = re.compile(r"^(.+?)\s+(?:COUNTY|CNTY|CO\.?)\b", re.IGNORECASE)
ENDING = re.compile(r",?\s+(?:PA|MN)$", re.IGNORECASE)


def jails(state: str = "PA") -> dict[str, Any]:
    """Every jail of a state with its detainers, and how well the join went, for JSON."""
    places, codes = geography(), _codes(state)
    rows: list[dict[str, Any]] = []
    counted = _pennsylvania() if state == "PA" else store.table("detainers_minnesota_jails").with_columns(city=None)
    for row in counted.iter_rows(named=True):
        fips, by = _county(row["facility"] or "", row["city"] or "", state, places)
        matching = codes.get(_plain(row["facility"] or ""), set())
        rows.append(
            {
                **row,
                "county_fips": fips,
                "county": places.every_county[fips].name if fips else None,
                "county_by": by,
                "code": next(iter(matching)) if len(matching) == 1 else None,
            }
        )
    rows.sort(key=lambda row: (-(row["detainers"] or 0), row["facility"] or ""))
    return {"jails": rows, "join": _join(rows)}


def _pennsylvania() -> pl.DataFrame:
    frame = store.table("detainers_by_facility_year")
    return frame.group_by("facility", "city", maintain_order=True).agg(
        detainers=pl.col("detainers").sum(),
        years_withheld=pl.col("detainers").null_count(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
    )


def _join(rows: list[dict[str, Any]]) -> dict[str, Any]:
    total = sum(row["detainers"] or 0 for row in rows)

    def part(name: str) -> dict[str, Any]:
        matched = [row for row in rows if row[name]]
        detainers = sum(row["detainers"] or 0 for row in matched)
        return {
            "jails": len(matched),
            "detainers": detainers,
            "share_of_detainers": round(detainers / total, 4) if total else None,
            "unmatched": [
                {"facility": row["facility"], "city": row["city"], "detainers": row["detainers"]}
                for row in rows
                if not row[name]
            ],
        }

    return {
        "jails": len(rows),
        "detainers_shown": total,
        "to_county": part("county_fips"),
        "to_code": part("code"),
        "note": "counts of a jail with fewer than 5 detainers are withheld and in no sum here; a county known by its "
        "city is that of the post office, and a jail near a border may be across it",
    }


def _county(facility: str, city: str, state: str, places: Geography) -> tuple[str | None, str | None]:
    """The county of a jail: as declared, else the one that its name has, else that of its city where that is one."""
    declared_county = _declared().get(facility)
    if declared_county:
        return declared_county, "declared"
    named = COUNTY.match(facility)
    if named and (county := places.county_named(state, f"{named.group(1)} County")):
        return county.fips, "its name"
    if not city:
        return None, None
    try:
        spot = read_spot(f"{city.title()}, {state}", None, places)
    except Refused:
        return None, None
    return (spot.counties[0], "its city") if len(spot.counties) == 1 else (None, None)


@cache
def _declared() -> dict[str, str]:
    return {row["facility"]: row["county_fips"] for row in declared.rows("outcomes/jail_counties.csv")}


def _plain(name: str) -> str:
    """A jail's name for comparing: without the state at its end, usual abbreviations made alike."""
    return words_of(re.sub(r"\bCNTY\b", "COUNTY", ENDING.sub("", name.upper())))


def _codes(state: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    frame = store.table("facilities").filter(pl.col("state") == state).drop_nulls("name")
    for code, name in frame.select("code", "name").iter_rows():
        found[_plain(name)].add(code)
    return found


def detainers_answer(state: str) -> dict[str, Any]:
    """Detainers of a state by month and why they were lifted, with its jails where they are published."""
    answer = flows.detainers(state)
    return answer | jails(answer["state"]) if answer["state"] in STATES else answer
