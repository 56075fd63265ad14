"""The API's operations on outcomes: people held on a day and since 2019, people identified and removed by agency."""

from datetime import date
from typing import Any, TypedDict

from pydantic import Field

from ledger287.analysis.outcomes.population import added_in, population_in
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import flows, held, identified
from ledger287.web.api_v1 import parameters
from ledger287.web.edition.edition import Edition
from ledger287.web.render.languages import N_


class HeldParameters(parameters.OnDay):
    """People held on a day."""


class SeriesParameters(parameters.Parameters):
    """Snapshots between two days."""

    since: parameters.Day | None = Field(None, description=N_("The first day."))
    until: parameters.Day | None = Field(None, description=N_("The last day; today if left out."))


class IdentifiedParameters(parameters.InState):
    """People identified and removed, of all agencies or of a state's."""


class PopulationParameters(parameters.InState, parameters.InCounty):
    """People held in a state or county between two days."""

    since: parameters.Day | None = Field(None, description=N_("The first day."))
    until: parameters.Day | None = Field(None, description=N_("The last day; today if left out."))


class Basis(TypedDict):
    """How the day of a snapshot is known."""

    basis: str
    why: str


class HeldNumbers(TypedDict):
    """People held, by criminality and arresting agency; ``cells`` says where each number is printed."""

    total: int | None
    by_criminality: dict[str, int | None]
    by_arresting_agency: dict[str, int | None]
    by_criminality_and_agency: dict[str, dict[str, int | None]]
    shares: dict[str, float | None]
    cells: dict[str, str]


class SnapshotRow(TypedDict):
    """One snapshot of people held, and the workbook that prints it."""

    as_of: date
    as_of_basis: Basis
    held: HeldNumbers
    fiscal_year: int | None
    file: str
    sha256: str
    published: date | None
    also_in: list[str]
    differs: list[str]
    source: str


class HeldOn(SnapshotRow):
    """The snapshot that answers for a day, how many days before it is, the day of the next, and sums that differ."""

    asked: date
    days_before: int
    next: date | None
    mismatches: list[str]


class Snapshots(TypedDict):
    """Snapshots in the order of their days, and the sums that differ from their totals."""

    snapshots: list[SnapshotRow]
    mismatches: list[str]


class Identified(TypedDict):
    """People identified and removed, FY2006 to FY2013: sums, each agency, the join, and what the source leaves out."""

    agencies: int
    identified: int
    removed: int
    by_year: list[dict[str, Any]]
    by_model: list[dict[str, Any]]
    join: dict[str, Any]
    rows: list[dict[str, Any]]
    leaves_out: str


class PopulationDay(TypedDict):
    """The people held on one day by one source; null where a county's count is under 5."""

    source: str
    day: date
    held: int | None
    withheld: bool


class PopulationMonth(TypedDict):
    """The mean and the most of a month by one source; null where a county never held 5."""

    source: str
    month: date
    held: float | None
    most: int | None


class Population(TypedDict):
    """People held in a state or county by day and by month, by source, and what is left out."""

    state: str
    county: str | None
    county_fips: list[str]
    days: list[PopulationDay]
    months: list[PopulationMonth]
    releases: dict[str, str]
    sources: dict[str, str]
    left_out: dict[str, Any]
    note: str
    added: dict[str, Any] | None


class AddedParameters(parameters.InState, parameters.InCounty):
    """Counts of files that were added to this copy: of the nation, a state or a county."""


class Added(TypedDict):
    """Counts of files that the operator of this copy added; null where none was. They are no part of the record."""

    state: str | None
    county: str | None
    county_fips: list[str]
    counts: dict[str, Any] | None


def held_on(edition: Edition, wanted: HeldParameters) -> HeldOn:
    """People held on a day."""
    return held.held_answer(held.held_on(wanted.on or edition.today()))  # type: ignore[return-value]


def series(edition: Edition, wanted: SeriesParameters) -> Snapshots:
    """Every snapshot between two days."""
    known = held.series(wanted.since, wanted.until or edition.today())
    return {
        "snapshots": [held.snapshot_answer(one) for one in known],  # type: ignore[misc]
        "mismatches": held.mismatches(known),
    }


def identified_and_removed(edition: Edition, wanted: IdentifiedParameters) -> Identified:
    """People identified and removed under 287(g)."""
    del edition
    state = flows.state_code(wanted.state) if wanted.state else None
    return identified.identified_answer(state)  # type: ignore[return-value]


def added(edition: Edition, wanted: AddedParameters) -> Added:
    """What files that were added to this copy count of a place."""
    del edition
    return added_in(wanted.county or wanted.state)  # type: ignore[return-value]


def population(edition: Edition, wanted: PopulationParameters) -> Population:
    """People held in a state or county by day."""
    place = wanted.county or wanted.state
    if place is None:
        raise Refused("no place given. Give state (TX) or county (13259, or Stewart County, GA).")
    return population_in(place, wanted.since, wanted.until or edition.today())  # type: ignore[return-value]
