"""Which states and counties have the most agreements, agencies, people and officers, in all and per resident.

What enters: the agreements in force on a day, with the places of their agencies. What leaves: one row per state or
county with its rank. Promise: equal figures have equal ranks; a figure that is not known is empty, has no rank, and is
counted; a rank is among all of the nation, also where only a state's rows are requested; statewide agencies count for
their state and for no county.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.history import reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas
from ledger287.places.coverage.people import Bounds, cover, total, uncounted

OF = ("state", "county")
BY = ("agreements", "agencies", "people", "officers", "agreements-per-100k", "agencies-per-100k", "people-share")
RANKS = RecordTable(
    "ranks",
    "One state or county, ranked on a day.",
    (
        TableColumn("rank", "integer", "Its place among all of the nation; equal figures have the same."),
        TableColumn("id", "string", "Postal code of the state, or FIPS code of the county."),
        TableColumn("name", "string", "Its name."),
        TableColumn("state", "string", "Postal code of its state or territory."),
        TableColumn("agreements", "integer", "Agreements in force."),
        TableColumn("agencies", "integer", "Agencies with an agreement."),
        TableColumn(
            "people", "integer", "People who live where a local agency has an agreement, at most; empty where unknown."
        ),
        TableColumn(
            "people_unknown", "integer", "Local agencies of which no source gives whom they serve: not in people."
        ),
        TableColumn("officers", "integer", "Sworn officers of these agencies, by the FBI; empty where it gives none."),
        TableColumn("officers_unknown", "integer", "Agencies of which the FBI gives no officers: not in officers."),
        TableColumn("residents", "integer", "Residents (Census Bureau, 2023); empty where unknown."),
        TableColumn("agreements_per_100k", "number", "Agreements per 100,000 residents."),
        TableColumn("agencies_per_100k", "number", "Agencies per 100,000 residents."),
        TableColumn("people_share", "number", "people as a share of residents, at most, from 0 to 1."),
    ),
    ("id",),
)
PLURALS = {"states": "state", "counties": "county"}
AMONG = {
    ("state", True): "states and territories with an agreement",
    ("state", False): "states and territories with an agreement for which the figure is known",
    ("county", True): "counties whose local agencies have an agreement",
    ("county", False): "counties whose local agencies have an agreement and for which the figure is known",
}
"""What is ranked, by whether all that have an agreement have the figure too."""
CALLED = {"state": "%(name)s", "county": "%(name)s, %(state)s,"}
SHAPES = {
    "first": "{called} ranks first of %(places)s {among}.",
    "first_shared": "%(tied)s share first place of %(places)s {among}: {called} is one of them.",
    "place": "{called} ranks number %(rank)s of %(places)s {among}.",
    "place_shared": "{called} ranks number %(rank)s of %(places)s {among}; %(tied)s share this rank.",
}
PLACES = {
    (of, every, shape): text.format(called=CALLED[of], among=among)
    for (of, every), among in AMONG.items()
    for shape, text in SHAPES.items()
}
UNRANKED = "With an agreement but not ranked, because the figure is not known: %(unranked)s."
ABSENT = {
    ("state", "none"): "%(state_name)s has no rank: it has no agreement that counts here.",
    ("state", "unknown"): "%(state_name)s has no rank: it has an agreement, but the figure is not known.",
    ("county", "none"): "%(state_name)s has no county whose local agencies have an agreement that counts here.",
    ("county", "unknown"): "No county of %(state_name)s has a rank: the figure is not known.",
}
AT_MOST = (
    "People and their share are upper bounds: where it is not known how many people an agency serves, all whom it "
    "may serve count. Shares and coverage give the least too."
)
NOTES = {
    "state": "Statewide agencies count toward agreements, agencies and officers; people only of local agencies.",
    "county": "Local agencies only; one that serves several counties counts in each. Statewide agencies are in none.",
}
TEXTS = (*PLACES.values(), UNRANKED, *ABSENT.values(), *NOTES.values(), AT_MOST)


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
    """States or counties (``of``) in the order of a figure (``by``), the most first; ranks are the nation's."""
    of = PLURALS.get(of, of)
    for name, given, choices in (("of", of, OF), ("by", by, BY)):
        if given not in choices:
            expected = f": expected one of {', '.join(choices)}, found {given!r}."
            raise QueryError("no_such_choice", QueryField(name), expected, choices=choices)
    day, known = as_day(on, "on") or atlas.today(), as_day(known_on, "known_on")
    code, which = read_state(state), read_model(model)
    listed = atlas.participating(day, known)
    every = _rows(atlas, day, known, which, of)
    key = by.replace("-", "_")
    ranked = _ranked([row for row in every if row[key] is not None], key)
    rows = [row for row in ranked if code in (None, row["state"])]
    summary: dict[str, Any] = {
        "of": of,
        "by": by,
        "places": len(ranked),
        "unranked": len(every) - len(ranked),
        **({"state_name": atlas.geography.states[code].name} if code else {}),
        **({k: rows[0][k] for k in ("id", "name", "state", key, "rank")} if rows else {}),
        **({"tied": sum(row["rank"] == rows[0]["rank"] for row in ranked)} if rows else {}),
    }
    has_one = any(row["state"] == code for row in every)
    return QuestionAnswer(
        "ranks",
        day,
        known,
        code,
        which,
        reference(listed, day),
        summary,
        tuple(Wording(text, summary) for text in _sentences(summary, has_one)),
        (NOTES[of], AT_MOST),
        RANKS,
        framed(RANKS, rows),
        atlas.cannot_tell_after(day, known),
    )


def _ranked(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The rows in the order of the figure, each with its rank among all of them."""
    rows = sorted(rows, key=lambda row: (-row[key], row["state"], row["name"]))
    for place, row in enumerate(rows):
        tied = place and rows[place - 1][key] == row[key]
        row["rank"] = rows[place - 1]["rank"] if tied else place + 1
    return rows


def _sentences(summary: dict[str, Any], has_one: bool) -> Iterator[str]:
    """The sentences that the figures allow; ``has_one``: whether the requested state has any row, ranked or not."""
    of = summary["of"]
    if "rank" in summary:
        shape = ("first" if summary["rank"] == 1 else "place") + ("_shared" if summary["tied"] > 1 else "")
        yield PLACES[of, not summary["unranked"], shape]
        if summary["unranked"]:
            yield UNRANKED
    elif "state_name" in summary:
        yield ABSENT[of, "unknown" if has_one else "none"]


def _rows(atlas: Atlas, day: Any, known: Any, model: str | None, of: str) -> list[dict[str, Any]]:
    in_force = {one.jurisdiction.agency_id: one for one in atlas.in_force(day, known_on=known, model=model)}
    on_list = atlas.history.on_list(atlas.participating(day, known).number, None, model)
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
        given = [each for each in officers if each is not None]
        local = [in_force[id] for id in agencies if in_force[id].jurisdiction.ground != "state"]
        unserved = sum(uncounted(one) is not None for one in local)
        known_reach = residents is not None and (not local or unserved < len(local))
        rows.append(
            {
                "id": place,
                "name": name,
                "state": where,
                "agreements": agreements,
                "agencies": len(agencies),
                "people": bounds.upper if known_reach else None,
                "people_unknown": unserved,
                "officers": sum(given) if given else None,
                "officers_unknown": len(officers) - len(given),
                "residents": residents,
                "agreements_per_100k": round(agreements * 1e5 / residents, 3) if residents else None,
                "agencies_per_100k": round(len(agencies) * 1e5 / residents, 3) if residents else None,
                "people_share": round(bounds.upper / residents, 4) if residents and known_reach else None,
            }
        )
    return rows
