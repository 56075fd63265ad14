"""Outcomes: people held and identified by published statistics, apprehension sites. Counts, never persons."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.api.arguments import eastern_today, opened, path_of
from ledger287.core.problem import Refused
from ledger287.core.time import Day, as_day
from ledger287.places.atlas import Atlas

if TYPE_CHECKING:
    from ledger287.analysis.outcomes.landmarks.landmark import LandmarkAnswer
    from ledger287.ledger.outcomes.held import HeldAnswer, HeldSnapshot
    from ledger287.ledger.outcomes.identified import IdentifiedAgency
    from ledger287.sources.outcomes.workbook import DetentionWorkbook


def people_held(on: Day | None = None) -> "HeldAnswer":
    """How many people ICE held on a day (today in US Eastern time if left out), by its last snapshot up to then.

    ``.snapshot`` has the numbers by row and column of ICE's own table, with the workbook's file, sha256 and cells;
    ``.days_before`` says how old it was. Raises Refused before the first snapshot.
    """
    from ledger287.ledger.outcomes.held import held_on

    return held_on(as_day(on, "on") or eastern_today())


def people_held_series(first: Day | None = None, last: Day | None = None) -> "tuple[HeldSnapshot, ...]":
    """Every snapshot of people held from one day to another, both included; every one if none is given."""
    from ledger287.ledger.outcomes.held import series

    return series(as_day(first, "first"), as_day(last, "last"))


def people_identified(agency: str, state: str | None = None) -> "IdentifiedAgency":
    """How many people one agency identified and had removed under 287(g), by fiscal year, 2006 to 2013.

    The numbers are ICE's, with the cell of each. Raises Refused for an agency that the table does not have.
    """
    from ledger287.ledger.outcomes.flows import state_code
    from ledger287.ledger.outcomes.identified import find

    return find(agency, state_code(state) if state else None)


def people_held_in(place: str, first: Day | None = None, last: Day | None = None) -> dict[str, Any]:
    """How many people were held for ICE by day in a state or county, with the keys of ``outcomes population --json``.

    Numbers of people, from the Deportation Data Project; small ones are withheld. Raises Refused for an unknown place,
    with the closest ones.
    """
    from ledger287.analysis.outcomes.population import population_in

    return population_in(place, as_day(first, "first"), as_day(last, "last"))


def outcomes_added(place: str | None = None) -> dict[str, Any]:
    """What files that ``outcomes add`` counted say of the nation, a state or a county, with the keys of the API.

    ``counts`` is None where $LEDGER287_OUTCOMES names no folder with such a file. Raises Refused for an unknown place.
    """
    from ledger287.analysis.outcomes.population import added_in

    return added_in(place)


def read_detention_statistics(file: str | Path) -> "DetentionWorkbook":
    """Read one of ICE's detention workbooks: its day and why, people held, every table, every problem.

    Raises Refused for a file that cannot be read.
    """
    from ledger287.sources.outcomes.workbook import read_workbook

    path = path_of(file, "file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Name a workbook (.xlsx) of ICE's.") from None
    return read_workbook(data, path.name)


def landmark(ledger: Atlas, text: str, on: Day | None = None, state: str | None = None) -> "LandmarkAnswer":
    """The agency with an agreement on a day, or the county, that an apprehension site names; or ``cannot tell``.

    ``text`` is the site as typed, such as ``CAP - LEE COUNTY JAIL, AL STATE``; ``state`` is used where it names none.
    """
    from ledger287.analysis.outcomes.landmarks.landmark import landmark_of

    return landmark_of(opened(ledger), text, as_day(on, "on"), state)
