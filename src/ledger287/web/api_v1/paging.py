"""A long answer in pages. A cursor names the record's version, the question and a place in its answer.

The record of a version never changes, so that pages read one after another are one answer, with nothing missing and
nothing twice. Once another record is served, an old cursor is refused, so that two records are never mixed.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from ledger287.core.problem import Refused
from ledger287.web.edition.edition import Edition

T = TypeVar("T")
LONGEST = 200


class BadCursor(Refused):
    """A cursor that is none of ours, or of another question."""


class OldCursor(Refused):
    """A cursor of a record that is served no more."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of an answer: from where, how much at most, and the question that its cursors belong to."""

    version: str
    question: str
    begin: int
    limit: int

    def cut(self, items: list[T]) -> tuple[list[T], str | None]:
        """The items of this part, and the cursor of the next one."""
        if self.begin > len(items):
            raise BadCursor("The cursor points behind the end. Begin again without a cursor.")
        end = self.begin + self.limit
        return items[self.begin : end], self._cursor(end) if end < len(items) else None

    def _cursor(self, begin: int) -> str:
        text = json.dumps([self.version, self.question, begin], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def window(edition: Edition, name: str, given: dict[str, Any], today: date, limit: int, cursor: str | None) -> Window:
    """The part that a cursor names, the first one where there is none. ``given`` are the other parameters."""
    whole_question = json.dumps([name, given, str(today)], sort_keys=True, default=str)
    question = sha256(whole_question.encode()).hexdigest()[:10]
    if cursor is None:
        return Window(edition.version, question, 0, limit)
    version, of, begin = _read(cursor)
    if version != edition.version:
        raise OldCursor("The record was replaced since this cursor was given. Begin again without a cursor.")
    if of != question:
        raise BadCursor(
            "The cursor belongs to another question, or to another day. Repeat the parameters, or begin again "
            "without a cursor."
        )
    return Window(version, question, begin, limit)


def _read(cursor: str) -> tuple[str, str, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, question, begin = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if isinstance(version, str) and isinstance(question, str) and type(begin) is int and begin >= 0:
            return version, question, begin
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise BadCursor("Not a cursor that was given here. Begin again without a cursor.")
