"""A place that no table has under this name, but a police department with an agreement does -> that department's place.

What enters: a text as people type a place, a state if known, and the agencies in force. What leaves: a spot, or None.
ICE prints "Pittsburgh Police Department" in New Hampshire, whose town is Pittsburg: the printed name finds it too.
The module promises that the note says whose name it was, and that departments of two places mean none.
"""

from collections.abc import Iterable
from dataclasses import replace

from ledger287.core.problem import Refused
from ledger287.ledger.query.parameters import read_state
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.geography import Geography, bare_department
from ledger287.places.gazetteer.naming import key
from ledger287.places.spots import Spot, read_spot


def named_by_agency(text: str, state: str | None, in_force: Iterable[InForce], geography: Geography) -> Spot | None:
    """The place of the one department, or of several of one place, whose printed name is this place's."""
    name, comma, last = text.rpartition(",")
    if state is None and comma:
        try:
            state = read_state(last.strip())
        except Refused:
            return None
    if state is None:
        return None  # a name alone may be of any state
    wanted = key(name if comma else text)
    its = [
        one
        for one in in_force
        if one.jurisdiction.ground == "residents"
        and one.jurisdiction.state == state
        and key(bare_department(one.name)) == wanted
    ]
    places = {one.jurisdiction.place or one.jurisdiction.roster_name for one in its}
    if len(places) != 1:
        return None
    try:
        spot = read_spot(f"{places.pop()}, {state}", None, geography)
    except Refused:
        return None
    note = f"{text.strip()}: as {its[0].name} is printed; its place is {spot.name}"
    return replace(spot, note=f"{note}; {spot.note}" if spot.note else note)
