"""How the county-month panel moves with the rules that it is made by, and how well each of its joins went.

What enters: the panel, and the record. What leaves: sums under three rules for agreements and three ways to count
people held, each with each; and for each join its match rate and what it left out. Promise: nothing here is a cause;
where a sum moves with the rule, an answer that rests on one rule alone rests on that choice.
"""

from datetime import date
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.panels.county_panel import RULES, STATEWIDE, identified_by_county
from ledger287.analysis.outcomes.panels.sites import Sites, join_of
from ledger287.ledger.outcomes import identified, store
from ledger287.places.atlas import Atlas

COLUMNS = ("agreements_end", "agreements_any_day", "agreements_all_days")
HELD = (("detained_midnight", "at midnight"), ("detained_any_time", "at any time of a day"),
        ("detained_listed", "at midnight, in facilities on ICE's own list alone"))  # fmt: skip


def sensitivity(panel: pl.DataFrame) -> list[dict[str, Any]]:
    """People held a day in counties with an agreement, under each rule for agreements and each way of counting people.

    ``share`` is of all people held whose county is known in the months of the panel.
    """
    rows: list[dict[str, Any]] = []
    for rule, column in zip(RULES, COLUMNS, strict=True):
        for name, says in HELD:
            known = panel.drop_nulls(name)
            total = float(known[name].sum())
            inside = float(known.filter(pl.col(column) > 0)[name].sum())
            months = max(known["month"].n_unique(), 1)
            rows.append(
                {
                    "agreements": rule,
                    "people": says,
                    "county_months": known.filter(pl.col(column) > 0).height,
                    "held_with_an_agreement": round(inside / months, 1),
                    "held_in_all": round(total / months, 1),
                    "share": round(inside / total, 4) if total else None,
                }
            )
    return rows


def joins(ledger: Atlas, last: date, arrested: Sites | None = None) -> dict[str, Any]:
    """The match rates of the panel's joins, with everything that was not matched."""
    sites = {"arrests_to_counties": join_of(arrested)} if arrested else {}
    return {
        **sites,
        "agencies_to_counties": _agencies(ledger, last),
        "facilities_to_counties": _facilities(),
        "identified_to_agencies": identified.identified_answer()["join"],
        "identified_to_counties": _identified(ledger),
    }


def _identified(ledger: Atlas) -> dict[str, Any]:
    left = identified_by_county(ledger)[1]
    every = identified.agencies()
    people = sum(one.identified for one in every)
    lost = sum(one.identified for one in every if one.printed in left)
    return {
        "agencies": len(every),
        "matched": len(every) - len(left),
        "rate": round(1 - len(left) / len(every), 4),
        "rate_of_people": round(1 - lost / people, 4),
        "unmatched": left,
    }


def _agencies(ledger: Atlas, last: date) -> dict[str, Any]:
    day = min(last, ledger.newest_day() or last)
    if day < ledger.history.days[0]:
        return {"on": None, "local_agencies": 0, "matched": 0, "unmatched": [], "statewide_left_out": []}
    frame = ledger.as_of(day).select("agency_id", "agency", "state").unique(maintain_order=True)
    unplaced, statewide, placed = [], [], 0
    for agency_id, name, state in frame.iter_rows():
        place = ledger.jurisdiction_of[agency_id]
        if place.kind in STATEWIDE:
            statewide.append({"agency_id": agency_id, "agency": name, "state": state})
        elif place.counties:
            placed += 1
        else:
            unplaced.append({"agency_id": agency_id, "agency": name, "state": state})
    local = placed + len(unplaced)
    return {
        "on": day,
        "local_agencies": local,
        "matched": placed,
        "rate": round(placed / local, 4) if local else None,
        "unmatched": unplaced,
        "statewide_left_out": statewide,
    }


def _facilities() -> dict[str, Any]:
    frame = store.table("facilities")
    months = store.table("facility_months").filter(pl.col("source").cast(pl.String) == "ddp")
    people = dict(months.group_by(pl.col("code").cast(pl.String)).agg(pl.col("held").sum()).iter_rows())
    counted = frame.filter(pl.col("code").is_in(list(people)))
    lost = counted.filter(pl.col("county_fips").is_null())
    total = sum(people.values())
    gone = sum(people[code] for code in lost["code"])
    unmatched = [
        {"code": code, "name": name, "state": state, "share_of_people_days": round(people[code] / total, 6)}
        for code, name, state in lost.select("code", "name", "state").iter_rows()
    ]
    unmatched.sort(key=lambda row: (-row["share_of_people_days"], row["code"]))
    return {
        "facilities": counted.height,
        "matched": counted.height - lost.height,
        "rate": round((counted.height - lost.height) / counted.height, 4),
        "rate_of_people_days": round(1 - gone / total, 4),
        "unmatched": unmatched,
    }
