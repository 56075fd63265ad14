"""Between which days changes are known: no page and no list is not no event.

What enters: a ledger, and the days of a question. What leaves: the edges that the answer names, None where the pages
and lists reach further.
"""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from ledger287.ledger.query.parameters import note_of_model, read_model_ever

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


class Edges(TypedDict):
    """The day of the first page or list, of the newest list, and of the newest pending one, where days past it are
    requested; and what is known of a requested model that ended before the lists.
    """

    cannot_tell_before: date | None
    cannot_tell_after: date | None
    pending_cannot_tell_after: date | None
    model_note: str | None


def edges_of(book: "Ledger", since: date, until: date, known_on: date | None, model: str | None = None) -> Edges:
    """Before and after which day changes are unknown, and those of pending applications; under a model if one is given.

    Raises Refused for an unknown model.
    """
    return {
        "cannot_tell_before": book.cannot_tell_before(since),
        "cannot_tell_after": book.cannot_tell_after(until, known_on),
        "pending_cannot_tell_after": book.cannot_tell_after(until, known_on, kind="pending"),
        "model_note": note_of_model(read_model_ever(model), known_on),
    }
