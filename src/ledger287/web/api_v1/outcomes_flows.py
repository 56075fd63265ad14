"""The API's operations on arrests, detainers, one facility, and what an apprehension site names."""

from datetime import date
from typing import Any, TypedDict

from pydantic import Field

from ledger287.analysis.outcomes.deriving.jails import detainers_answer
from ledger287.analysis.outcomes.facilities import facility_answer
from ledger287.analysis.outcomes.landmarks.landmark import LandmarkAnswer, landmark_of
from ledger287.ledger.outcomes import flows
from ledger287.web.api_v1 import parameters
from ledger287.web.edition.edition import Edition
from ledger287.web.render.languages import N_


class ArrestsParameters(parameters.InState):
    """Arrests by state."""


class DetainersParameters(parameters.Parameters):
    """Detainers of a state."""

    state: parameters.Text = Field(description=N_("The state whose detainers were published, by code or name."))


class FacilityParameters(parameters.InState):
    """One facility."""

    q: parameters.Text = Field(description=N_("The facility's code (STWRTGA) or name."))


class LandmarkParameters(parameters.OnDay, parameters.InState):
    """What a site names."""

    text: parameters.Text = Field(description=N_("An apprehension site or a facility, as ICE's records name it."))


class Arrests(TypedDict):
    """Arrests by state in two compilations, side by side: windows, differences, sums, and what they cannot show."""

    compilations: dict[str, dict[str, Any]]
    states: list[dict[str, Any]]
    sums: dict[str, Any]
    added: dict[str, Any] | None
    cannot_show: str


class ArrestsDaily(TypedDict):
    """Arrests by day of the five states that one compilation covers, and ICE's own daily posts of January 2025."""

    states: list[str]
    days: list[dict[str, Any]]
    minnesota_kinds: list[dict[str, Any]]
    posted: list[dict[str, Any]]
    posted_missing: list[date]
    cannot_show: str


class Facility(TypedDict):
    """People held in one facility by month and source, ICE's averages between workbooks, and how sources compare."""

    code: str
    name: str | None
    state: str | None
    state_basis: str | None
    zip: str | None
    county_fips: str | None
    on_ice_list: bool | None
    months: list[dict[str, Any]]
    last_months: dict[str, date]
    added: dict[str, Any] | None
    intervals: list[dict[str, Any]]
    overlap: dict[str, Any] | None
    releases: dict[str, str]
    sources: dict[str, str]
    note: str


def arrests(edition: Edition, wanted: ArrestsParameters) -> Arrests:
    """Arrests by state."""
    del edition
    return flows.arrests_by_state(wanted.state)  # type: ignore[return-value]


def arrests_daily(edition: Edition, wanted: ArrestsParameters) -> ArrestsDaily:
    """Arrests by day."""
    del edition
    return flows.arrests_daily(wanted.state)  # type: ignore[return-value]


def detainers(edition: Edition, wanted: DetainersParameters) -> dict[str, Any]:
    """Detainers of a state."""
    del edition
    return detainers_answer(wanted.state)


def facility(edition: Edition, wanted: FacilityParameters) -> Facility:
    """People held in one facility."""
    del edition
    return facility_answer(wanted.q, wanted.state)  # type: ignore[return-value]


def landmark(edition: Edition, wanted: LandmarkParameters) -> LandmarkAnswer:
    """Which agency with an agreement, or which county, a site names; or cannot tell."""
    return landmark_of(edition.atlas, wanted.text, wanted.on or edition.today(), wanted.state)
