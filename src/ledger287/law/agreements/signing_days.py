"""The days on which an agreement was signed, by each of its sources, and what goes by each of them.

What enters: what was read in a document, and the day that ICE's list prints. What leaves: a ``SigningDay`` for each
source. The module promises to put none of them in place of another: where they differ, all of them are shown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ledger287.law.agreements.documents import Certainty, ReadDocument
from ledger287.ledger.identity.documents import day_of_document

Source = Literal["list", "url", "ice_signature", "agency_signature"]
USED: dict[Source, tuple[str, str]] = {
    "list": ("ICE's list", "counts, timelines, the agreement's id, and from when it is in force for authority"),
    "url": ("the name of the document's file", "whether a link to a document of a later day may mean a renewal"),
    "ice_signature": ("ICE's signature", "evidence on days printed again; authority on a day before it cannot tell"),
    "agency_signature": ("the agency's signature", "with ICE's, from when it is in effect; authority as for ICE's"),
}
"""Each source of a day: its name, and what goes by that day."""


@dataclass(frozen=True, slots=True)
class SigningDay:
    """A day of signing by one source. ``certainty`` is how a signature's day was read; None for print of ICE's own."""

    of: Source
    name: str
    day: date | None
    certainty: Certainty | None
    used_for: str


def signing_days(found: ReadDocument, listed: date | None) -> tuple[SigningDay, ...]:
    """The days of one agreement: as listed, in the name of its document's file, and of both signatures."""
    days: dict[Source, tuple[date | None, Certainty | None]] = {
        "list": (listed, None),
        "url": (day_of_document(found.file), None),
        "ice_signature": (found.ice_signed, found.ice_certainty),
        "agency_signature": (found.agency_signed, found.agency_certainty),
    }
    return tuple(SigningDay(of, USED[of][0], day, sure, USED[of][1]) for of, (day, sure) in days.items())
