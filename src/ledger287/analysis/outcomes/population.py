"""People held for ICE in a state or county by day, from two compilations that are never joined into one series.

What enters: a state, or a county's codes with its name, and two days. What leaves: the count of each day by source, the
months of it, and where a release of the records changes. A county's count under 5 is withheld. A facility is in the
county of its ZIP code; one whose county is not known is in none, and how many people that leaves out is said.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.panels.county_sites import arrests_in_counties
from ledger287.analysis.outcomes.parts import TableParts
from ledger287.analysis.outcomes.reach import with_reached
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import as_text
from ledger287.ledger.outcomes import added_places, store
from ledger287.ledger.outcomes.daily import SOURCES
from ledger287.ledger.outcomes.flows import state_code
from ledger287.places.gazetteer.geography import geography
from ledger287.places.spots import read_county
from ledger287.sources.outcomes.counts.facility_days import RELEASES

SMALL = 5
NOBODY = pl.DataFrame(schema={"source": pl.String, "day": pl.Date, "held": pl.Int32})
NOTE = (
    "Everybody who was there at any time of a day (newer source), or one count a day, close to midnight (older source, "
    "incomplete before fiscal year 2012). The two are never one series. People held in a county need not have been "
    "arrested in it, nor by an agency with an agreement."
)


def population_in(place: str, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """People held in a state, by code or name, or in a county, by code or name. Raises Refused with near names."""
    if (state := _state(place)) is not None:
        return population_of_state(state, first, last)
    spot = read_county(place, geography())
    return population_of_counties(spot.counties, spot.name, spot.state, first, last)


def added_in(place: str | None = None) -> dict[str, Any]:
    """What files that were added to this copy count of the nation, of a state, or of a county, by code or name."""
    if place is None:
        return {"state": None, "county": None, "county_fips": [], "counts": added_places.of_nation()}
    if (state := _state(place)) is not None:
        return {"state": state, "county": None, "county_fips": [], "counts": added_places.of_state(state)}
    spot = read_county(place, geography())
    where = {"state": spot.state, "county": spot.name, "county_fips": list(spot.counties)}
    held, arrests = added_places.of_counties(spot.counties), arrests_in_counties(spot.counties)
    counts = {"mark": added_places.MARK, "arrests": arrests, "detentions": held and held["detentions"]}
    return {**where, "counts": counts if held or arrests else None}


def _state(place: str) -> str | None:
    """The code of a state or territory, by code or name; None for the name of another place."""
    wanted = " ".join(as_text(place, "place", "Florida").split()).casefold()
    known = (*declared.states(), *declared.territories())
    named = any(wanted in (one.code.casefold(), one.name.casefold()) for one in known)
    return state_code(place) if named else None


def population_of_state(state: str, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """People held in a state by day, between two days, for JSON."""
    frame = _named(_by_place(store.folder(), "state_days").get(state, NOBODY))
    answer = _answer({"state": state, "county": None, "county_fips": []}, frame, first, last, small=False)
    return answer | {"added": _between(added_places.of_state(state), first, last)}


def population_of_counties(
    codes: Sequence[str], name: str, state: str, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """People held in a county (its code, or the codes that replaced it) by day, between two days, for JSON."""
    known = _by_place(store.folder(), "county_days")
    found = [_named(known[code]) for code in codes if code in known]
    frame = found[0] if len(found) == 1 else NOBODY
    if len(found) > 1:
        frame = pl.concat(found).group_by("source", "day").agg(pl.col("held").sum()).sort("source", "day")
    answer = _answer({"state": state, "county": name, "county_fips": list(codes)}, frame, first, last, small=True)
    return answer | {"added": _between(added_places.of_counties(codes), first, last)}


def _between(counts: dict[str, Any] | None, first: date | None, last: date | None) -> dict[str, Any] | None:
    """The months that a file of stays which was added counts, within two days; None without one."""
    held = counts and counts["detentions"]
    if not counts or not held:
        return None
    begin = (first or date.min).replace(day=1)
    months = [row for row in held["months"] if begin <= row["month"] <= (last or date.max)]
    return {"mark": counts["mark"], **held, "months": months}


def _answer(
    place: dict[str, Any], frame: pl.DataFrame, first: date | None, last: date | None, *, small: bool
) -> dict[str, Any]:
    if first and last and first > last:
        raise Refused(f"from {first} to {last}: the first day is after the last; swap them.")
    days = frame.filter(pl.col("day").is_between(first or date.min, last or date.max))
    return {
        **place,
        "days": _rows_of(days.sort("source", "day"), SMALL if small else 0),
        "months": monthly(days, first, last, small=small).to_dicts(),
        "releases": RELEASES,
        "sources": SOURCES,
        "left_out": _left_out(store.folder()),
        "note": NOTE,
    }


def _rows_of(days: pl.DataFrame, least: int) -> list[dict[str, Any]]:
    """A row a day, without a count under ``least``: from columns, in a third of the time of polars' own rows."""
    known = _dates(store.folder())
    dates = [known[day] for day in days["day"].to_physical().to_list()]
    columns = zip(days["source"].to_list(), dates, days["held"].to_list(), strict=True)
    if not least:
        return [{"source": source, "day": day, "held": held, "withheld": False} for source, day, held in columns]
    return [
        {"source": source, "day": day, "held": held if held >= least else None, "withheld": held < least}
        for source, day, held in columns
    ]


@cache
def _dates(_: Path) -> dict[int, date]:
    """Days since 1970, as polars keeps them, with their dates: those that any table of days has."""
    days = store.table("nation_days")["day"].unique()
    return dict(zip(days.to_physical().to_list(), days.to_list(), strict=True))


def _named(days: pl.DataFrame) -> pl.DataFrame:
    """The days of a place with the name of their source as a text."""
    return days.select(pl.col("source").cast(pl.String), "day", "held")


@cache
def _by_place(_: Path, name: str) -> TableParts:
    """Place -> its days, of a table by state or county; parted once."""
    place = "state" if name == "state_days" else "county_fips"
    return TableParts(store.read_once(name), place)


def monthly(days: pl.DataFrame, first: date | None, last: date | None, *, small: bool) -> pl.DataFrame:
    """Means by source and month over the days of the month between two days that the source reaches; a small one is
    withheld. A day without a row is one on which nobody was held."""
    counted = (
        days.lazy()
        .with_columns(month=pl.col("day").dt.truncate("1mo"))
        .group_by("source", "month")
        .agg(pl.col("held").sum(), most=pl.col("held").max())
    )
    months = (
        with_reached(counted, first, last)
        .with_columns(held=(pl.col("held") / pl.col("reached")).round(1))
        .drop("reached")
        .sort("source", "month")
        .collect()
    )
    if not small:
        return months
    enough = pl.col("most") >= SMALL
    return months.with_columns(pl.when(enough).then(pl.col("held")), pl.when(enough).then(pl.col("most")))


@cache
def _left_out(_: Path) -> dict[str, Any]:
    """The facilities whose county is not known, and their share of all people-days of the newer source."""
    codes = store.table("facilities").filter(pl.col("county_fips").is_null())["code"].to_list()
    months = store.table("facility_months").filter(pl.col("source").cast(pl.String) == "ddp")
    lost = float(months.filter(pl.col("code").cast(pl.String).is_in(codes))["held"].sum())
    return {"facilities": len(codes), "share_of_people_days": round(lost / float(months["held"].sum()), 4)}
