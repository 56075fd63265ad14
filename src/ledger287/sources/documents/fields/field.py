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
    """One field. ``box`` is in points from the upper left of the upright page; ``why`` says what it rests on."""

    value: str | None
    certainty: Certainty
    page: int | None = None
    box: Box | None = None
    why: str = ""


UNREAD = Field(None, "unread")


def unread(why: str, page: int | None = None) -> Field:
    """A field that could not be read, with the reason."""
    return Field(None, "unread", page, None, why)
