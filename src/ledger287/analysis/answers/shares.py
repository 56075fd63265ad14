"""What share of a state's sheriffs, police departments, counties and people has an agreement on a day.

What enters: the agencies in force, the FBI's roster, and the Census Bureau's counties. What leaves: one row per state
and a row for the nation. Promise: a share counts only agencies that are in its denominator, those matched to the
roster; agreements of others are counted in a column of their own, so that no share can be over 100%.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.history import reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas
from ledger287.places.coverage.people import Bounds, is_statewide
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.geography import POPULATION_YEAR, Department

NATION = "US"
SHARES = RecordTable(
    "shares",
    "One state, or the nation (US), with the share of its agencies, counties and people that have an agreement.",
    (
        TableColumn("state", "string", "Postal code of the state or territory; US for the 50 states and DC."),
        TableColumn("state_name", "string", "Name of the state."),
        TableColumn("sheriffs", "integer", "Sheriffs' offices in the FBI's roster that have an agreement."),
        TableColumn(
            "sheriffs_of", "integer", "Sheriffs' offices in the FBI's roster (its County agencies, except police)."
        ),
        TableColumn("sheriffs_share", "number", "Their share, from 0 to 1; empty where the roster has none."),
        TableColumn(
            "police", "integer", "City and town police departments in the FBI's roster that have an agreement."
        ),
        TableColumn("police_of", "integer", "City and town police departments in the FBI's roster."),
        TableColumn("police_share", "number", "Their share, from 0 to 1."),
        TableColumn(
            "others", "integer", "Agencies with an agreement that are in neither: statewide, campus, constables ..."
        ),
        TableColumn("counties", "integer", "Counties with a local agency that has an agreement."),
        TableColumn("counties_of", "integer", "Counties."),
        TableColumn("counties_share", "number", "Their share, from 0 to 1."),
        TableColumn("people_lower", "integer", "People who live where a local agency has an agreement, at least."),
        TableColumn("people_upper", "integer", "The same, at most."),
        TableColumn("people_of", "integer", f"Residents (Census Bureau, {POPULATION_YEAR})."),
        TableColumn("people_lower_share", "number", "people_lower as a share, from 0 to 1."),
        TableColumn("people_upper_share", "number", "people_upper as a share, from 0 to 1."),
        TableColumn("statewide", "boolean", "Whether a statewide agency has an agreement too, prisons included."),
    ),
    ("state",),
)
AGENCIES = (
    "%(sheriffs)s of %(sheriffs_of)s sheriffs' offices (%(sheriffs_share)s) and %(police)s of %(police_of)s city and "
    "town police departments (%(police_share)s) have an agreement."
)
PLACES = (
    "A local agency has one in %(counties)s of %(counties_of)s counties (%(counties_share)s); between "
    "%(people_lower)s and %(people_upper)s of %(people_of)s people (%(people_lower_share)s to %(people_upper_share)s) "
    "live where it serves."
)
NOWHERE = "No local agency has one in any of %(counties_of)s counties."
ONE_FIGURE = (
    "A local agency has one in %(counties)s of %(counties_of)s counties (%(counties_share)s); %(people_upper)s of "
    "%(people_of)s people (%(people_upper_share)s) live where it serves."
)
UNCOUNTED = (
    "A local agency has one in %(counties)s of %(counties_of)s counties (%(counties_share)s); no source says how many "
    "of %(people_of)s people live where it serves."
)
UNKNOWN = (
    "Not known for %(state_name)s: shares are of the 50 states and DC. Of a territory the record has no complete "
    "roster of agencies and no population."
)
OWN = "Agencies with an agreement in %(state_name)s: %(others)s."
NOTE = (
    "Agencies are counted against the FBI's roster of agencies that report to it. It lacks some: many sheriffs in "
    "Pennsylvania, and all in a few other states. An agency that is not in it counts as others."
)


def shares(
    atlas: Atlas,
    on: Day | None = None,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
) -> QuestionAnswer:
    """Shares by state on a day, the largest share of sheriffs' offices first, the nation before all."""
    day, known = as_day(on, "on") or atlas.today(), as_day(known_on, "known_on")
    code, which = read_state(state), read_model(model)
    in_force = atlas.in_force(day, known_on=known, model=which)
    people = {one.state: one for one in atlas.coverage(day, known_on=known, model=which).by_state}
    geography = atlas.geography
    if code and geography.states[code].territory:
        own = [one for one in in_force if one.jurisdiction.state == code]
        row = _unknown(code, geography.states[code].name, own)
        return _answered(atlas, day, known, code, which, [row], (UNKNOWN, OWN))
    states = [one for one in geography.states.values() if not one.territory]
    rows = []
    for one in states:
        own = [each for each in in_force if each.jurisdiction.state == one.code]
        found = people.get(one.code)
        rows.append(
            {
                "state": one.code,
                "state_name": one.name,
                **_agencies(own, geography.departments_of[one.code]),
                **_counties(own, [county.fips for county in geography.counties_of[one.code]]),
                **_people(
                    found.people if found else Bounds(0, 0, 0, 0),
                    [county.population for county in geography.counties_of[one.code]],
                ),
                "statewide": _statewide(own),
            }
        )
    nation = {
        "state": NATION,
        "state_name": "United States",
        **_added(rows),
        "statewide": any(r["statewide"] for r in rows),
    }
    with_shares = [_with_shares(row) for row in (nation, *rows)]
    first, *others = with_shares
    others.sort(key=lambda row: (-(row["sheriffs_share"] or 0), -(row["people_upper_share"] or 0), row["state"]))
    chosen = [row for row in others if row["state"] == code] if code else [first, *others]
    return _answered(atlas, day, known, code, which, chosen, (AGENCIES, _places(chosen[0])))


def _places(row: dict[str, Any]) -> str:
    """The sentence on counties and people: no bounds where they are equal, and no zero that nobody counted."""
    if not row["counties"]:
        return NOWHERE
    if not row["people_upper"]:
        return UNCOUNTED
    return ONE_FIGURE if row["people_lower"] == row["people_upper"] else PLACES


def _answered(
    atlas: Atlas,
    day: date,
    known: date | None,
    state: str | None,
    model: str | None,
    rows: list[dict[str, Any]],
    texts: tuple[str, ...],
) -> QuestionAnswer:
    """The answer whose sentences are of its first row."""
    head = rows[0]
    return QuestionAnswer(
        "shares",
        day,
        known,
        state,
        model,
        reference(atlas.participating(day, known), day),
        head,
        tuple(Wording(text, head) for text in texts),
        (NOTE,),
        SHARES,
        framed(SHARES, rows),
        atlas.cannot_tell_after(day, known),
    )


def _unknown(state: str, name: str, own: list[InForce]) -> dict[str, Any]:
    """The row of a territory: its agencies are counted, all that needs a roster or a population is not known."""
    row: dict[str, Any] = dict.fromkeys(SHARES.schema)
    return row | {"state": state, "state_name": name, "others": len(own), "statewide": _statewide(own)}


def _statewide(own: Iterable[InForce]) -> bool:
    return any(is_statewide(each) for each in own)


def is_sheriff(department: Department) -> bool:
    """Whether a County row of the roster is a sheriff's office: counties' police departments say so in their name."""
    return department.type == "County" and "police" not in department.name.lower()


def _agencies(own: Iterable[InForce], roster: dict[str, list[Department]]) -> dict[str, int]:
    sheriffs = {one.ori for one in roster.get("County", ()) if is_sheriff(one)}
    police = {one.ori for one in roster.get("City", ())}
    held = {one.jurisdiction.ori for one in own} - {None}
    others = sum(one.jurisdiction.ori not in sheriffs | police for one in own)
    return {
        "sheriffs": len(held & sheriffs),
        "sheriffs_of": len(sheriffs),
        "police": len(held & police),
        "police_of": len(police),
        "others": others,
    }


def _counties(own: Iterable[InForce], every: list[str]) -> dict[str, int]:
    held = {fips for one in own if one.jurisdiction.ground != "state" for fips in one.jurisdiction.counties}
    return {"counties": len(held & set(every)), "counties_of": len(every)}


def _people(bounds: Bounds, populations: list[int | None]) -> dict[str, int]:
    return {
        "people_lower": bounds.lower,
        "people_upper": bounds.upper,
        "people_of": sum(each or 0 for each in populations),
    }


ADDED = ("sheriffs", "sheriffs_of", "police", "police_of", "others", "counties", "counties_of", "people_lower")


def _added(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in (*ADDED, "people_upper", "people_of")}


def _with_shares(row: dict[str, Any]) -> dict[str, Any]:
    filled = dict(row)
    for part, of in (
        ("sheriffs", ""),
        ("police", ""),
        ("counties", ""),
        ("people_lower", "people"),
        ("people_upper", "people"),
    ):
        base = row[f"{of or part}_of"]
        filled[f"{part}_share"] = round(row[part] / base, 4) if base else None
    return filled
