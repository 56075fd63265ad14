"""People held by facility, county, state and day, from two sources that are never joined into one series.

What enters: a facility's code or name, or a state. What leaves: its months, or days, by source, with where releases
change; and how the two sources compare where they overlap. ICE's averages of the year so far give the average of the
interval between two workbooks, with bounds.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz.fuzz import token_set_ratio

from ledger287.analysis.outcomes.compared.intervals import intervals_compared
from ledger287.analysis.outcomes.compared.own_measures import own_measures
from ledger287.analysis.outcomes.deriving.facility_tables import printed_names, words_of
from ledger287.analysis.outcomes.parts import TableParts
from ledger287.analysis.outcomes.reach import with_reached
from ledger287.core.problem import Refused
from ledger287.core.searching.near import likely_names, offer
from ledger287.ledger.outcomes import added, store
from ledger287.ledger.outcomes.daily import SOURCES
from ledger287.ledger.outcomes.flows import state_code
from ledger287.sources.outcomes.counts.facility_days import DDP, RELEASES

NOTE = (
    "held counts everyone who was there at any time of a day; midnight counts those there at midnight. The older "
    "source has one count, close to midnight, and is incomplete before fiscal year 2012. No series crosses from one "
    "source or release to the other."
)
OFFERED = 6


def find_facility(query: str, state: str | None = None) -> dict[str, Any]:
    """The one facility meant, by code or name. Raises Refused with the likely_names ones."""
    frame = store.table("facilities")
    if state:
        frame = frame.filter(pl.col("state") == state_code(state))
    rows = frame.to_dicts()
    wanted = " ".join(query.upper().split())
    new = added.held()
    if new is not None and state is None and wanted in set(new["code"]) - set(frame["code"]):
        rows.append({**dict.fromkeys(frame.columns), "code": wanted})
    for row in rows:
        if row["code"] == wanted:
            return row
    named = [row for row in rows if row["name"] and " ".join(row["name"].upper().split()) == wanted]
    if not named:
        known = {code for code, names in printed_names().items() if words_of(wanted) in {name for name, _ in names}}
        named = [row for row in rows if row["code"] in known]
    if not named:
        words = set(wanted.split())
        named = [row for row in rows if row["name"] and words <= set(row["name"].upper().replace(",", " ").split())]
    if len(named) == 1:
        return named[0]
    if named:
        offered = "; ".join(f"{row['name']} ({row['code']})" for row in named[:OFFERED])
        raise Refused(f"{len(named)} facilities fit {query!r}: {offered}. Give the code.")
    names = {row["code"]: row["name"] for row in rows if row["name"]}
    codes = {name: code for code, name in names.items()}
    near = [f"{name} ({codes[name]})" for name in likely_names(wanted, codes, OFFERED, token_set_ratio)]
    if not near:
        raise Refused(f"no facility {query!r}. Facilities are on the pages of outcomes by state and county.")
    raise Refused(f"no facility {query!r}.{offer(' Closest: {}.', near)}")


def facility_answer(query: str, state: str | None = None) -> dict[str, Any]:
    """One facility: what is known of it, its months by source, its intervals, and how the sources compare."""
    row = find_facility(query, state)
    code = row["code"]
    months = _of_code(store.folder(), "facility_months").get(code, store.table("facility_months").clear())
    known = with_reached(months.lazy().with_columns(pl.col("source").cast(pl.String))).collect()
    shown = known.select(
        "source",
        "month",
        "days",
        held=(pl.col("held") / pl.col("reached")).round(2),
        midnight=(pl.col("midnight") / pl.col("reached")).round(2),
        convicted=(pl.col("convicted") / pl.col("reached")).round(2),
        most=pl.col("most"),
    )
    last = {source: frame["month"].max() for (source,), frame in shown.group_by("source", maintain_order=True)}
    return {
        **row,
        "months": shown.sort("source", "month").to_dicts(),
        "last_months": last,
        "added": added.facility_months(code),
        "intervals": _intervals(code),
        "overlap": next(iter(store.table("overlap").filter(pl.col("code") == code).to_dicts()), None),
        "releases": RELEASES,
        "sources": SOURCES,
        "note": NOTE,
    }


def _intervals(code: str) -> list[dict[str, Any]]:
    frame = _of_code(store.folder(), "intervals").get(code)
    return [] if frame is None else frame.sort("through").drop("code", "state").to_dicts()


@cache
def _of_code(_: Path, name: str) -> TableParts:
    """Code -> its rows of a table; parted once."""
    frame = store.table(name).with_columns(pl.col("code").cast(pl.String)).drop_nulls("code")
    return TableParts(frame, "code", with_column=True)


def state_answer(state: str, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """People held in a state by day, by source, between two days, as a frame; and its facilities."""
    code = state_code(state)
    frame = store.table("state_days").filter(pl.col("state").cast(pl.String) == code)
    frame = frame.filter(pl.col("day").is_between(first or date.min, last or date.max))
    facilities = store.table("facilities").filter(pl.col("state") == code)
    return {
        "state": code,
        "days": frame.select(pl.col("source").cast(pl.String), "day", "held"),
        "facilities": facilities.select("code", "name", "zip", "county_fips").to_dicts(),
        "releases": RELEASES,
        "sources": SOURCES,
        "note": NOTE,
    }


def compared() -> dict[str, Any]:
    """How the two sources compare where they speak of the same facility and day."""
    return dict(_compared(store.folder()))


@cache
def _compared(_: Path) -> dict[str, Any]:
    frame = store.table("overlap")
    largest = frame.sort("largest_gap", descending=True).row(0, named=True)
    names = dict(store.table("facilities").select("code", "name").iter_rows())
    return {
        "facilities": frame.height,
        "facility_days": int(frame["days"].sum()),
        "people_days": {"ddp_midnight": int(frame["ddp_midnight"].sum()), "uwchr": int(frame["uwchr"].sum())},
        "median_of_facility_medians": frame.select(pl.col("median_difference").abs().median()).item(),
        "largest_gap": {
            "code": largest["code"],
            "name": names.get(largest["code"]),
            "day": largest["largest_gap_day"],
            "people": largest["largest_gap"],
        },
        "releases": store.table("releases").row(0, named=True),
        "intervals": intervals_compared(),
        "nation": own_measures(),
        "note": NOTE,
    }


RELEASED = date(2026, 3, 10)
"""The day of the newest facility-days: nobody could know them earlier."""
SHOWN_FROM = 50
"""People a day, over the last twelve months, from which a facility has a page."""


@cache
def _monthly(_: Path) -> dict[str, list[tuple[date, float]]]:
    """Code -> the newer source's means of people held a day, by month, the last month by its days so far."""
    months = store.table("facility_months").with_columns(pl.col("source", "code").cast(pl.String))
    newer = with_reached(months.filter(pl.col("source") == DDP).lazy()).collect()
    means = newer.select("code", "month", mean=pl.col("held") / pl.col("reached"))
    found: dict[str, list[tuple[date, float]]] = {}
    for code, month, mean in means.sort("code", "month").iter_rows():
        found.setdefault(code, []).append((month, mean))
    return found


@cache
def _by_county(_: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in store.table("facilities").drop_nulls("county_fips").sort("code").iter_rows(named=True):
        found.setdefault(row["county_fips"], []).append(row)
    return found


def in_counties(codes: Iterable[str], on: date) -> list[dict[str, Any]]:
    """The facilities of some counties that held people in the last month up to a day, the fullest first."""
    monthly = _monthly(store.folder())
    rows = []
    for fips in codes:
        for row in _by_county(store.folder()).get(fips, ()):
            past = [pair for pair in monthly.get(row["code"], ()) if pair[0] <= on]
            if past and past[-1][0] >= min(on, RELEASED).replace(day=1):
                rows.append(
                    {"code": row["code"], "name": row["name"], "month": past[-1][0], "held": round(past[-1][1], 1)}
                )
    return sorted(rows, key=lambda row: (-row["held"], row["code"]))


@cache
def _shown(_: Path) -> tuple[str, ...]:
    first = date(RELEASED.year - 1, RELEASED.month, 1)
    monthly = _monthly(store.folder())
    return tuple(
        code for code, past in sorted(monthly.items()) if sum(m for day, m in past if day >= first) / 12 >= SHOWN_FROM
    )


def shown_codes() -> tuple[str, ...]:
    """The codes of facilities that have a page of their own in an export."""
    return _shown(store.folder())


def of_county(fips: str) -> list[dict[str, Any]]:
    """The facilities of a county, by code."""
    return _by_county(store.folder()).get(fips, [])


def shown_counties() -> tuple[str, ...]:
    """The codes of the counties of facilities that have a page of their own in an export."""
    chosen = store.table("facilities").filter(pl.col("code").is_in(shown_codes())).drop_nulls("county_fips")
    return tuple(sorted(set(chosen["county_fips"])))
