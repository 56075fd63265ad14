"""The shapes of answers that come from tables: one row each, and the pages that hold them.

Their keys are those of the command line's ``--json`` (docs/record.md); what a column means is said where the record's
tables are declared.
"""

from datetime import date, datetime
from typing import Any, Literal, TypedDict

from ledger287.analysis.timeline import TimelineEntry
from ledger287.law.agreements.documents import ReadDocument
from ledger287.law.agreements.evidence import DocumentEvidence
from ledger287.ledger.fold.changes import Kind
from ledger287.ledger.query.answers import ListRef, SourceAnswer
from ledger287.ledger.query.before.gap import Gap

Model = Literal["JEM", "WSO", "TFM", "HYB"]


class ChangeRow(TypedDict):
    """What happened between two lists. ``evidence``: what the agreement's own document says of a change of its day."""

    day: date
    kind: Kind
    agency_id: str
    agency: str
    state: str
    model: str | None
    agreement_id: str | None
    other_id: str | None
    field: str | None
    before: str | None
    after: str | None
    last_list: str | None
    first_list: str | None
    known_from: datetime
    evidence: DocumentEvidence | None


class Changes(TypedDict):
    """A page of changes, earliest first; corrections are listed apart. ``total`` counts both.

    ``cannot_tell_before``: the day of the first page, where days before it are requested.
    ``cannot_tell_after``: the day of the newest list (of the newest pending one), where days after it are requested.
    ``model_note``: what is known of a requested model that ended before the lists.
    ``gap``: both ends of the days from 2017 to 2021 that have no page and no list, where the span reaches into them.
    """

    since: date
    until: date
    known_on: date | None
    gap: Gap | None
    changes: list[ChangeRow]
    corrections: list[ChangeRow]
    total: int
    next: str | None
    cannot_tell_before: date | None
    cannot_tell_after: date | None
    pending_cannot_tell_after: date | None
    model_note: str | None


class AgencyRow(TypedDict):
    """An agency, and the models under which it has an agreement in force on the requested day."""

    agency_id: str
    name: str
    state: str
    type: str | None
    county: str | None
    kind: str
    counties: list[str]
    models: list[Model]


class Agencies(TypedDict):
    """A page of agencies, by state and name; ``q_note`` says so where they are those of near names only."""

    on: date
    known_on: date | None
    agencies: list[AgencyRow]
    total: int
    next: str | None
    cannot_tell_after: date | None
    model_note: str | None
    q_note: str | None


class AgreementRow(TypedDict):
    """An agreement as the list of a day printed it (``times`` is how often), with its place and days of listing.

    One of a roster of 2007 to 2010 has no ``agreement_id``, and no ``model`` where the roster prints none.
    """

    agreement_id: str | None
    agency_id: str
    agency: str
    state: str
    county: str | None
    type: str | None
    model: str | None
    signed: date | None
    moa: str | None
    moa_awaited: bool
    addendum: str | None
    times: int
    state_name: str
    model_name: str | None
    kind: str | None
    statewide: bool | None
    county_fips: str | None
    county_names: str | None
    place: str | None
    county_population: int | None
    population_served: int | None
    officers: int | None
    latitude: float | None
    longitude: float | None
    first_listed: date | None
    last_listed: date | None
    delisted: date | None
    status: Literal["listed", "delisted"] | None
    replaces: str | None
    replaced_by: str | None


class Agreements(TypedDict):
    """A page of the agreements in force on a day, or of all that were ever listed by then."""

    on: date
    ever: bool
    known_on: date | None
    agreements: list[AgreementRow]
    total: int
    next: str | None
    cannot_tell_after: date | None
    model_note: str | None


class TimelineRows(TypedDict):
    """A page of what happened, earliest first, with the keys of ``ledger287 timeline --json``."""

    state: str | None
    agency_id: str | None
    agency: str | None
    kinds: tuple[str, ...]
    since: date | None
    until: date | None
    entries: list[TimelineEntry]
    total: int
    next: str | None
    cannot_tell_after: date | None


class UsualAnswer(TypedDict):
    """A page of the answer to a usual question: its figures, its sentences, and rows of its table."""

    question: str
    on: date
    known_on: date | None
    state: str | None
    model: str | None
    list: ListRef | None
    summary: dict[str, Any]
    says: list[str]
    notes: list[str]
    rows: list[dict[str, Any]]
    total: int
    next: str | None
    cannot_tell_after: date | None


class ListRow(TypedDict):
    """A list with its verdict."""

    file: str
    sha256: str
    kind: Literal["participating", "pending"] | None
    day: date | None
    published_at: datetime | None
    published_basis: str | None
    rows: int
    agreements: int
    verdict: Literal["accepted", "set aside"]
    rule: str | None
    reason: str | None


class Lists(TypedDict):
    """A page of lists, in the order of publication."""

    lists: list[ListRow]
    total: int
    next: str | None


class PrintedRow(TypedDict):
    """A row of a list, as printed."""

    row: int
    state_printed: str | None
    agency_printed: str | None
    type_printed: str | None
    county_printed: str | None
    model_printed: str | None
    signed_printed: str | None
    moa_printed: str | None
    addendum_printed: str | None
    moa_link: str | None
    addendum_link: str | None


class RowsOfList(TypedDict):
    """A list, and a page of its rows."""

    list: ListRow
    rows: "list[PrintedRow]"
    total: int
    next: str | None


class Source(TypedDict):
    """Where each value of an agreement was printed, first and last; ``document`` is its own, where that was read."""

    agreement_id: str
    values: tuple[SourceAnswer, ...]
    document: ReadDocument | None
