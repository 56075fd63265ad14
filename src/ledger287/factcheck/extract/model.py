"""The parts of a claim as data: figures with the values for which they are right, times, claims.

What enters: what tokenising and parsing understood. What leaves: frozen values that every later step
shares. Promise: spans are offsets into the article's text, and a claim never holds what was not written.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

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
class SetAgainst:
    """What a claim's figure is set against: the ``whole`` that it is a share of, the ``base`` that it grew from, or
    other states; ``falls``: by how much it is less; ``parts``: the counts of the sentence that the share is of."""

    whole: Figure | None = None
    base: "Claim | None" = None
    against: tuple[str, ...] = ()
    falls: bool = False
    parts: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class InOrder:
    """A place in an order: the word for it ("only", "most", a number), the states that it is set ``against``, and the
    least number that each of the states has."""

    rank: str
    against: tuple[str, ...] = ()
    whole: Figure | None = None


@dataclass(frozen=True, slots=True)
class OfAgencies:
    """Agencies by their id; ``under``: "all" models or "several" where the sentence says so."""

    agencies: tuple[str, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfTopic:
    """The key of the rule or of the outcome that a claim is about."""

    topic: str


@dataclass(frozen=True, slots=True)
class PerTime:
    """The stretch of time that a rate is per."""

    per: str


AGAINST_OTHERS = (SetAgainst, InOrder)
"""The terms of a claim that sets its figure or its rank against those of others."""
Terms = SetAgainst | InOrder | OfAgencies | OfTopic | PerTime
"""The kinds of claim other than a plain count: each has what its kind needs, and nothing of another's."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How a sentence says a claim, and how far that was understood.

    ``speaker`` says so; ``qualified`` is the hedge; ``role`` what the figure does in its sentence; ``hints`` the places
    that it may be of; ``named`` the states of its sentence where none is next to it; ``vague`` a word for a time that
    is not understood; ``unsure`` why the sentence around it is not understood; ``spelled`` that a pattern named every
    word of its span; ``distinct`` that the sentence counts agencies and agreements apart, so that neither replaces the
    other; ``covers`` what a special reading used of the sentence, with the role.
    """

    speaker: str | None = None
    qualified: str | None = None
    role: str = ""
    hints: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    vague: str | None = None
    unsure: str | None = None
    spelled: bool = False
    distinct: bool = False
    covers: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One quantitative statement. ``unit`` and ``model`` are words of the closed vocabulary.

    ``sense`` is how the shape is meant; ``kind`` the kind of agency that agreements are counted of; ``terms`` what its
    kind of claim has in addition; ``wording`` how its sentence says it.
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
    kind: str | None = None
    sense: Sense = ""
    terms: Terms | None = None
    wording: Phrasing = Phrasing()

    @property
    def is_plain(self) -> bool:
        """Whether it is meant as its shape says, of every kind of agency."""
        return not (self.sense or self.kind)

    @property
    def whole(self) -> Figure | None:
        """What the figure is a share of, or the least number that each of the ranked has."""
        return self.terms.whole if isinstance(self.terms, AGAINST_OTHERS) else None

    @property
    def base(self) -> "Claim | None":
        """What the figure grew from."""
        return self.terms.base if isinstance(self.terms, SetAgainst) else None

    @property
    def against(self) -> tuple[str, ...]:
        """The states that the figure or the rank is set against."""
        return self.terms.against if isinstance(self.terms, AGAINST_OTHERS) else ()

    @property
    def falls(self) -> bool:
        """Whether the figure says by how much something is less."""
        return isinstance(self.terms, SetAgainst) and self.terms.falls

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The counts that the share is of, where its sentence gives them."""
        return self.terms.parts if isinstance(self.terms, SetAgainst) else ()

    @property
    def rank(self) -> str | None:
        """The place in an order."""
        return self.terms.rank if isinstance(self.terms, InOrder) else None

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that it names, by id."""
        return self.terms.agencies if isinstance(self.terms, OfAgencies) else ()

    @property
    def under(self) -> tuple[str, ...]:
        """Whether its agencies have agreements under "all" models or "several"."""
        return self.terms.under if isinstance(self.terms, OfAgencies) else ()

    @property
    def topic(self) -> str:
        """The rule or outcome that it is about."""
        return self.terms.topic if isinstance(self.terms, OfTopic) else ""

    @property
    def per(self) -> str | None:
        """The stretch of time that a rate is per."""
        return self.terms.per if isinstance(self.terms, PerTime) else None

    def compared(self, **terms: Any) -> "Claim":
        """The same claim, set against this too."""
        kept = self.terms if isinstance(self.terms, SetAgainst) else SetAgainst()
        return replace(self, terms=replace(kept, **terms))

    def worded(self, **wording: Any) -> "Claim":
        """The same claim, with this of its wording. Raises TypeError for what a wording does not have."""
        return replace(self, wording=replace(self.wording, **wording))
