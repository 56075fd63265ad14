"""Which states and counties have the most agreements, agencies, people and officers, in all and per resident.

What enters: the agreements in force on a day, with the places of their agencies. What leaves: one row per state or
county with its rank. Promise: equal figures have equal ranks; statewide agencies count for their state and for no
county.
"""

from collections import Counter, defaultdict
from typing import Any

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.history import reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas
from ledger287.places.coverage.people import Bounds, cover, total

OF = ("state", "county")
BY = ("agreements", "agencies", "people", "officers", "agreements-per-100k", "agencies-per-100k", "people-share")
RANKS = RecordTable(
    "ranks",
    "One state or county, ranked on a day.",
    (
        TableColumn("rank", "integer", "Its place; equal figures have the same."),
        TableColumn("id", "string", "Postal code of the state, or FIPS code of the county."),
        TableColumn("name", "string", "Its name."),
        TableColumn("state", "string", "Postal code of its state or territory."),
        TableColumn("agreements", "integer", "Agreements in force."),
        TableColumn("agencies", "integer", "Agencies with an agreement."),
        TableColumn("people", "integer", "People who live where a local agency has an agreement, at most."),
        TableColumn("officers", "integer", "Sworn officers of these agencies, by the FBI, where it gives them."),
        TableColumn("residents", "integer", "Residents (Census Bureau, 2023); empty where unknown."),
        TableColumn("agreements_per_100k", "number", "Agreements per 100,000 residents."),
        TableColumn("agencies_per_100k", "number", "Agencies per 100,000 residents."),
        TableColumn("people_share", "number", "people as a share of residents, from 0 to 1."),
    ),
    ("id",),
)
PLURALS = {"states": "state", "counties": "county"}
FIRST = {
    "state": "%(name)s ranks first of %(places)s states and territories with an agreement.",
    "county": "%(name)s, %(state)s, ranks first of %(places)s counties whose local agencies have an agreement.",
}
NOTES = {
    "state": "Statewide agencies count toward agreements, agencies and officers; people only of local agencies.",
    "county": "Local agencies only; one that serves several counties counts in each. Statewide agencies are in none.",
}


def ranks(
    atlas: Atlas,
    on: Day | None = None,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
    of: str = "state",
    by: str = "agreements",
) -> QuestionAnswer:
    """States or counties (``of``) in the order of a figure (``by``), the most first."""
    of = PLURALS.get(of, of)
    for name, given, choices in (("of", of, OF), ("by", by, BY)):
        if given not in choices:
            expected = f": expected one of {', '.join(choices)}, found {given!r}."
            raise QueryError("no_such_choice", QueryField(name), expected, choices=choices)
    day, known = as_day(on, "on") or atlas.today(), as_day(known_on, "known_on")
    code, which = read_state(state), read_model(model)
    listed = atlas.participating(day, known)
    rows = _rows(atlas, day, known, code, which, of)
    key = by.replace("-", "_")
    rows = [row for row in rows if row[key] is not None]
    rows.sort(key=lambda row: (-row[key], row["state"], row["name"]))
    for place, row in enumerate(rows):
        tied = place and rows[place - 1][key] == row[key]
        row["rank"] = rows[place - 1]["rank"] if tied else place + 1
    summary: dict[str, Any] = {
        "of": of,
        "by": by,
        "places": len(rows),
        **({k: rows[0][k] for k in ("id", "name", "state", key)} if rows else {}),
    }
    return QuestionAnswer(
        "ranks",
        day,
        known,
        code,
        which,
        reference(listed, day),
        summary,
        (Wording(FIRST[of], summary),) if rows else (),
        (NOTES[of],),
        RANKS,
        framed(RANKS, rows),
        atlas.cannot_tell_after(day, known),
    )


def _rows(atlas: Atlas, day: Any, known: Any, state: str | None, model: str | None, of: str) -> list[dict[str, Any]]:
    in_force = {
        one.jurisdiction.agency_id: one for one in atlas.in_force(day, known_on=known, state=state, model=model)
    }
    on_list = atlas.history.on_list(atlas.participating(day, known).number, state, model)
    held = Counter(on_list.unique("agreement_id")["agency_id"])
    groups: dict[str, list[str]] = defaultdict(list)
    for agency_id, one in in_force.items():
        its = one.jurisdiction
        places = (its.state,) if of == "state" else its.counties if its.ground != "state" else ()
        for place in places:
            groups[place].append(agency_id)
    geography = atlas.geography
    people = cover((one.jurisdiction for one in in_force.values()), geography.counties)
    rows = []
    for place, agencies in groups.items():
        if of == "state":
            own = geography.counties_of[place]
            name, where = geography.states[place].name, place
        else:
            own = [geography.counties[place]]
            name, where = own[0].name, own[0].state
        known_people = [county.population for county in own if county.population is not None]
        residents = sum(known_people) or None
        bounds = total(people.get(county.fips, Bounds(0, 0, 0, 0)) for county in own)
        agreements = sum(held[agency_id] for agency_id in agencies)
        officers = [in_force[agency_id].jurisdiction.officers for agency_id in agencies]
        rows.append(
            {
                "id": place,
                "name": name,
                "state": where,
                "agreements": agreements,
                "agencies": len(agencies),
                "people": bounds.upper if residents else None,
                "officers": sum(each or 0 for each in officers),
                "residents": residents,
                "agreements_per_100k": round(agreements * 1e5 / residents, 3) if residents else None,
                "agencies_per_100k": round(len(agencies) * 1e5 / residents, 3) if residents else None,
                "people_share": round(bounds.upper / residents, 4) if residents else None,
            }
        )
    return rows
