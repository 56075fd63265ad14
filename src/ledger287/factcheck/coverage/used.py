"""What the claims of one sentence hold together: the places, models, days and figures that were read from it.

What enters: a parsed sentence with its claims. What leaves: ``Used``, and ``TokenSpot``, one token seen with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed


@dataclass(frozen=True, slots=True)
class Used:
    """What the claims of a sentence hold, together."""

    claims: tuple[Claim, ...]
    states: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    shapes: frozenset[str] = frozenset()
    times: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    figures: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    spelled: tuple[Span, ...] = ()
    counties: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    pending: bool = False
    nation: bool = False
    amounts: dict[int, bool] = field(default_factory=dict)
    covers: tuple[tuple[Span, str], ...] = ()


def used_by(parsed: Parsed, claims: Sequence[Claim]) -> Used:
    """What some claims of one sentence hold."""
    figured = [one for one in claims if one.figure]
    return Used(
        tuple(claims),
        frozenset(state for one in claims for state in (*(one.where.outside or one.where.states), *one.against)),
        frozenset(
            model
            for one in claims
            for said in (one.model, *(one.against if one.sense == "models" else ()))
            if said
            for model in (said, f"={said}")
        ),
        frozenset(unit for one in claims for unit in (one.unit, one.kind) if unit),
        frozenset(one.shape for one in claims),
        tuple(one.when.said.lower() for one in claims if one.when.said),
        tuple(one.span for one in claims),
        tuple(one.figure.span for one in figured if one.figure),
        tuple(one.span for one in claims if one.shape == "holds" or one.rank == "only"),
        tuple(one.span for one in claims if one.wording.spelled),
        frozenset(one.where.said for one in claims if one.where.counties),
        _directions(figured),
        any(one.pending or one.sense == "pending_or_signed" for one in claims),
        any(one.where.nation and one.where.known for one in claims),
        {
            place: any(overlaps(one.span, token.span) for one in claims)
            for place, token in enumerate(parsed.tokens)
            if token.kind in ("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS")
        },
        tuple(one for claim in claims for one in claim.wording.covers),
    )


MOVED = {"rose": "rise", "fell": "fall"}
"""Notes of counts that are said to have come from below or above."""


def _directions(claims: Sequence[Claim]) -> frozenset[str]:
    """Which way the figures of a sentence are said to go, where both ends or a growth is read."""
    found = {"fall" if one.falls else "rise" for one in claims if one.shape in ("growth", "change", "gap")}
    found |= {MOVED[one.sense] for one in claims if one.sense in MOVED}
    if any(one.shape in ("multiple", "times") for one in claims):
        found.add("rise")
    for one in claims:
        if one.base and one.base.figure and one.figure and one.shape == "count" and one.base.wording.role != "from":
            found.add("rise" if one.figure.value > one.base.figure.value else "fall")
    starts = [one.figure for one in claims if one.wording.role == "from" and one.figure]
    ends = [one.figure for one in claims if one.wording.role != "from" and one.shape == "count" and one.figure]
    for start in starts:
        for end in ends:
            if end.value != start.value:
                found.add("rise" if end.value > start.value else "fall")
    return frozenset(found)


def covered(span: Span, covers: Sequence[tuple[Span, str]]) -> str | None:
    """The role that a reading of its own gave to all of a stretch, or None."""
    return next((role for one, role in covers if one.start <= span.start and span.end <= one.end), None)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class TokenSpot:
    """One token in its sentence, with what the claims of the sentence hold."""

    token: Token
    place: int
    parsed: Parsed
    used: Used
