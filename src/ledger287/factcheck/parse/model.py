"""Tokens of the closed vocabulary, and the quantities that are made of them.

What enters: what tokenizing and the grammar found. What leaves: frozen values that every later step shares. Promise:
this module imports no other of the parser but dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger287.factcheck.extract.model import Figure, Span
from ledger287.factcheck.parse.dates import Dated


@dataclass(frozen=True, slots=True)
class Token:
    """A token. ``value`` is its word of the vocabulary, ``number`` that of a NUM, ``dated`` that of a WHEN."""

    kind: str
    value: str
    span: Span
    text: str
    number: float | None = None
    dated: Dated | None = None


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, with the words before it."""

    unit: str | None
    other: str | None
    model: str | None = None
    pending: bool = False
    place: str | None = None
    sign: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity. ``kind``: counted, portion, percent, points, ratio, multiple, money. ``role``: "", from or to.

    ``owner`` is the place or model that it is of by its place in a list or contest; ``unsure`` why that is not plain.
    """

    kind: str
    figure: Figure
    noun: Noun | None
    first: int
    last: int
    role: str = ""
    whole: "Amount | None" = None
    whose: tuple[Token, ...] = field(default=())
    owner: Token | None = None
    unsure: str | None = None

    def figure_first(self, tokens: Sequence[Token]) -> int:
        """Where the number begins, behind a "to" or "from" that belongs to its role."""
        return self.first + (tokens[self.first].kind in ("TO", "FROM"))
