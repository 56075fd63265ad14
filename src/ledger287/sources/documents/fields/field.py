"""A field of a document: its value, how sure it is, and where it was read.

``read`` is what the page says by readings that agree; ``doubt`` is a reading with its reason to doubt; ``unread`` is
no value. The module promises that a value is never made: it was printed or written on the page that is named.
"""

from dataclasses import dataclass
from typing import Literal

from ledger287.sources.documents.pages.page import Box

Certainty = Literal["read", "doubt", "unread"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``box`` is in points from the upper left of the upright page; ``why`` says what it rests on.

    ``confidence``, 0 to 1, is of the readings: 1 for print, the share of looks that agree for writing, the likeness to
    the form for a phrase, the reader's own for words of a picture; None where there is no reading.
    """

    value: str | None
    certainty: Certainty
    page: int | None = None
    box: Box | None = None
    why: str = ""
    confidence: float | None = None


UNREAD = Field(None, "unread")


def unread(why: str, page: int | None = None) -> Field:
    """A field that could not be read, with the reason."""
    return Field(None, "unread", page, None, why)
