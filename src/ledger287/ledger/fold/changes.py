"""What happened between two lists. Each change has two times: its day, and the time from which it was known.

A change that a later list takes back (an agreement missing from one list only, a pending row that did lead to a
signing) is not deleted: it is withdrawn from that list's publication on. So what was known on a day can always be
derived again.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal[
    "signed",
    "listed",
    "delisted",
    "relisted",
    "renewed",
    "perhaps_renewed",
    "switched",
    "corrected",
    "addendum",
    "pended",
    "pending_dropped",
]
KINDS: tuple[Kind, ...] = (
    "signed",
    "listed",
    "renewed",
    "perhaps_renewed",
    "switched",
    "relisted",
    "delisted",
    "addendum",
    "pended",
    "pending_dropped",
    "corrected",
)
CHANGE_COLUMNS = (
    "day",
    "kind",
    "agency_id",
    "agency",
    "state",
    "model",
    "agreement_id",
    "other_id",
    "field",
    "before",
    "after",
    "last_list",
    "first_list",
    "known_from",
)
"""What an answer tells of a change, in this order; the two lists by their file names."""


@dataclass(slots=True)
class Change:
    """One change. ``day`` is an Eastern day; ``known_from`` and ``withdrawn_at`` are UTC times.

    ``last_list`` is the last list that said otherwise, ``first_list`` the first that says so (numbers in the lists
    table); ``other_id`` the agreement replaced, in ``renewed`` and ``switched``; ``perhaps_renewed`` is a document of a
    much later day in the place of another, while the day of signing stays; ``field``, ``before`` and ``after`` as
    printed, in ``corrected``, ``renewed`` and ``addendum``.
    """

    kind: Kind
    day: date
    known_from: datetime
    agency_id: str
    model: str
    agreement_id: str | None = None
    other_id: str | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    last_list: int | None = None
    first_list: int | None = None
    withdrawn_at: datetime | None = None


@dataclass(slots=True)
class ChangeLog:
    """Changes in the order in which they became known.

    ``removed`` are those of an earlier fold that this one continues, taken back at the time when they became known.
    """

    changes: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> Change:
        """Note a change; returns it, for taking it back later."""
        self.changes.append(change)
        return change

    def withdraw(self, change: Change | None, at: datetime) -> None:
        """Take a change back from ``at`` on; a change known and taken back at the same time is removed."""
        if change is None or change.withdrawn_at:
            return
        if change.known_from >= at:
            if change in self.changes:
                self.changes.remove(change)
            else:
                self.removed.append(change)
        else:
            change.withdrawn_at = at
