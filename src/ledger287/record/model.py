"""What the fold carries from list to list: an accepted list, an agreement, a run of equal printing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from ledger287.record.changes import Change


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """An accepted list. ``day`` is its Eastern day; ``prints`` says how often it prints each row."""

    number: int
    published_at: datetime
    day: date
    sha256: str
    columns: frozenset[str]
    prints: dict[int, int]


@dataclass(slots=True)
class Agreement:
    """An agreement as the lists so far tell it. ``signed`` is the day last printed for it."""

    id: str
    agency_id: str
    model: str
    signed: date | None
    first_list: int
    last_list: int
    first_day: date
    shown_since: dict[date | None, date] = field(default_factory=dict)
    document: str | None = None
    addendum: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    listed: bool = True
    ended: Change | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """An agreement printed alike (the same print, so often) on every accepted list from one to another."""

    agreement_id: str
    print: int
    times: int
    first_list: int
    last_list: int
