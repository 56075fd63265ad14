"""The answers that a ledger gives, as data: what the command line, Python and later pages share.

``as_json`` of each is a promise: its keys are documented in docs/record.md and held by a test.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from ledger287.core.jsonable import NotebookTable, as_json

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class OneRow(NotebookTable):
    """A dataclass that a notebook shows as a table of its fields; ``to_polars`` and ``to_pandas`` give one row."""

    __slots__ = ()

    def to_polars(self) -> "pl.DataFrame":
        """The answer as a frame of one row; what holds several values is a list or a struct."""
        import polars as pl

        return pl.DataFrame([as_json(self)], infer_schema_length=None)

    def to_pandas(self) -> "pd.DataFrame":
        """The same for pandas, which must be installed."""
        return self.to_polars().to_pandas()


class PastNewestList(UserWarning):
    """A table was requested for days after the newest list; of those it says nothing, not that nothing happened."""


@dataclass(frozen=True, slots=True)
class ListRef:
    """A list that an answer rests on. ``age_days`` is from its Eastern day to the day of the question."""

    file: str
    published_at: datetime
    sha256: str
    age_days: int


@dataclass(frozen=True, slots=True)
class Status(OneRow):
    """The program on one day, by the newest accepted participating list published by its end.

    ``rows`` are printed lines; ``agreements`` are counted once however often printed; ``states`` are
    of the 50 and DC. ``pending`` is None where the newest pending list is too old to answer.
    ``cannot_tell_after`` is the day of the newest list, where the day of the question is after it. ``model_note`` says
    what is known of a requested model that ended before the lists.
    """

    on: date
    list: ListRef | None
    rows: int
    agreements: int
    agencies: int
    states: int
    territories: int
    by_model: dict[str, int]
    by_state: dict[str, int]
    pending: int | None
    pending_list: ListRef | None
    known_on: date | None = None
    state: str | None = None
    model: str | None = None
    cannot_tell_after: date | None = None
    model_note: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling under which an agency was printed, and the days of the first and last list with it."""

    name: str
    state: str
    first_day: date
    last_day: date
    rows: int


@dataclass(frozen=True, slots=True)
class LinkRemark:
    """What is odd about an agreement's link: ``agency_id`` is whose document it seems to be, ``model`` of which."""

    kind: Literal["another_agency", "another_model"]
    agency_id: str | None
    model: str | None
    says: str


@dataclass(frozen=True, slots=True)
class AgreementAnswer:
    """An agreement. ``last_day`` is that of the last list that has it; ``gone_day`` of the first without."""

    agreement_id: str
    model: str
    signed: date | None
    status: str
    first_day: date
    last_day: date
    gone_day: date | None
    document: str | None
    addendum: str | None
    replaces: str | None
    replaced_by: str | None
    link_remarks: tuple[LinkRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingAnswer:
    """A time for which the agency was listed as pending under a model."""

    model: str
    first_day: date
    last_day: date
    outcome: str
    agreement_id: str | None
    days_to_signing: int | None


@dataclass(frozen=True, slots=True)
class AttestedAnswer:
    """What a source other than a list or page says of the agency, before 2021 or of the years before.

    ``says`` is listed, pending, signed, document, rescinded or expired; ``line`` is where in the table ``file``;
    ``copies`` are the lines that repeat it, which count for nothing more.
    """

    as_of: date
    says: str
    agency: str
    model: str | None
    signed: date | None
    document: str | None
    publisher: str
    title: str
    grade: str
    known_on: date
    file: str
    line: int
    copies: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class AgencyAnswer(OneRow):
    """One agency with all that the lists and pages say of it; ``changes`` are rows as ``Ledger.changes`` gives them.

    ``attested`` is what lesser sources say of it, as of when; they never overrule a list. ``note`` says where the
    agency was found by the beginning of its name.
    """

    id: str
    name: str
    state: str
    type: str | None
    county: str | None
    names: tuple[Name, ...]
    agreements: tuple[AgreementAnswer, ...]
    pending: tuple[PendingAnswer, ...]
    changes: tuple[dict[str, Any], ...]
    attested: tuple[AttestedAnswer, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """A cell of a list, and the list's Eastern day."""

    file: str
    sha256: str
    day: date
    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class SourceAnswer(OneRow):
    """One value of an agreement: where it was printed first and last, and the reading that changed it."""

    agreement_id: str
    field: str
    value: str | None
    printed: str | None
    first: CellAnswer
    last: CellAnswer
    by: str | None
    reason: str | None
    source: str | None
