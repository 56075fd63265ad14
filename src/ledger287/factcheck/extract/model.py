"""The parts of a claim as data: figures with the values for which they are right, times, claims.

What enters: what tokenising and parsing understood. What leaves: frozen values that every later step
shares. Promise: spans are offsets into the article's text, and a claim never holds what was not written.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ledger287.core.text import format_days

Rule = Literal["exact", "about", "under", "justover", "over", "least", "upto", "most", "below", "range"]
Shape = Literal[
    "count",
    "signed",
    "left",
    "growth",
    "multiple",
    "change",
    "gap",
    "times",
    "share",
    "total",
    "rank",
    "holds",
    "other",
    "law",
    "rate",
]


Sense = Literal[
    "",
    "absent",
    "all_but",
    "applied",
    "as_many",
    "denied",
    "fell",
    "first",
    "left",
    "listed",
    "models",
    "never",
    "not connected",
    "not enough",
    "of_place",
    "ordinal",
    "own",
    "own_signed",
    "pending_or_signed",
    "rank_fewest",
    "rank_growth",
    "rose",
    "signed",
    "strict",
    "than",
    "threshold",
    "wish",
    "without",
]
"""In which sense a claim of its shape is meant: a count of places without, a rank by growth, never held."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text, the end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of Eastern days, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return format_days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with the values for which it is right, both bounds included."""

    value: float
    low: float
    high: float
    rule: Rule
    span: Span
    said: str

    def right_for(self, found: float) -> bool:
        """Whether the figure, with its hedge and precision, is right for a value."""
        return self.low <= found <= self.high


@dataclass(frozen=True, slots=True)
class When:
    """The time that a claim speaks of. ``windows`` are alternatives; none where it is the article's own.

    ``stated`` tells whether the sentence names it; ``since`` that it is the beginning of a stretch; ``ends`` the two
    times between which a stretch is, where both are named: between January and October.
    """

    windows: tuple[Days, ...] = ()
    stated: bool = False
    since: bool = False
    said: str = ""
    span: Span | None = None
    period: bool = False
    ends: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """The place that a claim speaks of: states by code, all of them where empty and ``known``; counties by their FIPS
    code where the claim is of these alone; ``outside``: the states that are left out, of which ``states`` are the rest.
    """

    states: tuple[str, ...] = ()
    known: bool = True
    said: str = ""
    counties: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def nation(self) -> bool:
        """Whether the entire country is meant."""
        return not self.states


@dataclass(frozen=True, slots=True)
class Claim:
    """One quantitative statement. ``unit`` and ``model`` are words of the closed vocabulary.

    ``sense`` is how the shape is meant; ``kind`` the kind of agency that agreements are counted of; ``topic`` the key
    of the rule or outcome that it is about; ``against`` the state that a figure is compared with; ``named`` the states
    of its sentence where none is next to it; ``vague`` a word for a time that is not understood; ``unsure`` why the
    sentence around the figure is not; ``spelled`` that a pattern named every word of its span; ``distinct`` that the
    sentence counts agencies and agreements apart, so that neither replaces the other; ``covers`` what a special
    reading used of the sentence, with the role.
    """

    shape: Shape
    figure: Figure | None
    unit: str
    where: Where
    when: When
    span: Span
    sentence: Span
    model: str | None = None
    pending: bool = False
    speaker: str | None = None
    whole: Figure | None = None
    base: "Claim | None" = None
    qualified: str | None = None
    agencies: tuple[str, ...] = ()
    topic: str = ""
    rank: str | None = None
    sense: Sense = ""
    kind: str | None = None
    per: str | None = None
    role: str = ""
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    vague: str | None = None
    unsure: str | None = None
    spelled: bool = False
    distinct: bool = False
    both: tuple[str, ...] = field(default=())
    covers: tuple[tuple[Span, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is meant as its shape says, of every kind of agency."""
        return not (self.sense or self.kind)
