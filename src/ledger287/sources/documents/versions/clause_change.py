"""A place where a document differs from its form, or a version from another."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["changed", "omitted", "added"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A place where a document differs. ``before`` are the form's words, ``after`` the document's.

    ``bears_on`` are the parts of an answer on authority that it touches; ``sure`` is False where it can be a slip.
    """

    kind: Kind
    section: str
    before: str
    after: str
    page: int | None
    context: str
    bears_on: tuple[str, ...] = ()
    sure: bool = False
