"""What the fold carries from list to list: what a list says, an agreement, a run of equal printing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from ledger287.ledger.fold.changes import Change
from ledger287.ledger.identity.signing_days import Signing

Slot = tuple[str, str]
"""Agency id and model: what a list says is there, whatever the signing day."""

Prints = dict[int, int]
"""Number of a print -> how often a list prints it."""


class Unsure(NamedTuple):
    """A row whose model is unknown, or of one that may come: which agency's, of which day, with which document."""

    agency_id: str
    signed: date | None
    document: str | None
    signing: Signing | None


@dataclass(frozen=True, slots=True)
class ListMeaning:
    """What the rows of a list say, whatever its name: ``prints``, and by ``signings`` those that count.

    ``printed_again`` counts the rows of agreements that another row prints already, however spelled;
    ``signed`` gives each slot's signing day; ``key`` is the same for lists with the same agreements,
    however ordered, spelled or repeated, and for no others. ``unsure`` are rows whose model cannot be determined.
    """

    prints: Prints
    signings: dict[Signing, Prints]
    rows: int
    printed_again: int
    signed: dict[Slot, date | None]
    key: int
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """An accepted list. ``day`` is its Eastern day."""

    number: int
    published_at: datetime
    day: date
    sha256: str
    columns: frozenset[str]
    seen: ListMeaning


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
class AgreementRun:
    """An agreement printed alike (the same print, so often) on every accepted list from one to another."""

    agreement_id: str
    print: int
    times: int
    first_list: int
    last_list: int
