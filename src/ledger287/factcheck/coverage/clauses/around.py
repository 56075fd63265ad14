"""A sentence around a claim's own clause: its pieces, and which of them are of that clause.

What enters: the tokens of a sentence and one of its claims. What leaves: ``Around``. Promise: the claim's own clause
has every piece with a word of the claim, with the subject and the verb of that clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.coverage.clauses.bearing import TIMED, is_undated_past
from ledger287.factcheck.coverage.clauses.phrases import is_within
from ledger287.factcheck.coverage.clauses.pieces import RELATIVE, ClausePiece, SentenceClause, clauses_of
from ledger287.factcheck.coverage.stretches.beyond import own_spans
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token

NAMED = ("PLACE", "NAME", "ICE")
OF_PROGRAM = ("UNIT", "SIGN", "TOPIC", "PROGRAM", "LEAVE", "PENDING", "MODEL")
NUMBERED = ("NUM", "FRACTION", "PCT", "TIMESWORD", "MONEY", "RANK", "POINTS")
STATED = (*NUMBERED, "WHEN", "MODEL", "RANK", "PENDING", "LEAVE", "HEDGE", "NATION", "STATEWIDE")
"""Kinds of token by which a background says when, where or of which model something is."""


@cache
def words(name: str) -> frozenset[str]:
    """One of the declared lists."""
    return frozenset(str(one) for one in declared.declared_yaml("factcheck/open_words.yml")[name])


@dataclass(frozen=True, slots=True)
class Around:
    """A sentence with the pieces of a claim's own clause, and the others in their order."""

    tokens: Sequence[Token]
    pieces: tuple[ClausePiece, ...]
    own: frozenset[int]
    claim: Claim
    past: bool
    unread: frozenset[int]
    timing: frozenset[int]
    clauses: tuple[SentenceClause, ...]

    def body(self, at: int) -> Sequence[Token]:
        """The tokens of a piece."""
        return self.tokens[self.pieces[at].first : self.pieces[at].stop]

    def before(self, at: int) -> Token | None:
        """The word before a piece, marks aside."""
        first = self.pieces[at].first - 1
        while first >= 0 and self.tokens[first].kind == "MARK":
            first -= 1
        return self.tokens[first] if first >= 0 else None

    def is_marked(self, at: int) -> bool:
        """Whether a mark is before a piece."""
        first = self.pieces[at].first
        return first > 0 and self.tokens[first - 1].kind == "MARK"

    def is_closed(self, at: int) -> bool:
        """Whether a mark, or the end, is behind a piece."""
        stop = self.pieces[at].stop
        return stop >= len(self.tokens) or self.tokens[stop].kind == "MARK"


def around_of(tokens: Sequence[Token], claim: Claim, unread: frozenset[int]) -> Around | None:
    """The pieces of a sentence, and which of them are of the claim's own clause: its words, its subject, its verb."""
    spans = [span for span in own_spans(claim) if span is not None]
    clauses = clauses_of(tokens)
    pieces = sorted((one for clause in clauses for one in clause.pieces), key=lambda one: one.first)
    own: set[int] = set()
    mine: list[SentenceClause] = []
    for clause in clauses:
        holding = [
            one for one in clause.pieces if any(is_within(tokens[at], spans) for at in range(one.first, one.stop))
        ]
        if not holding:
            continue
        mine.append(clause)
        own |= {pieces.index(one) for one in holding}
        own |= {pieces.index(one) for one in clause.pieces if one.verb is not None}
        first = clause.pieces[0]
        predicate = next((one for one in clause.pieces if one.verb is not None), None)
        if predicate is not None and predicate is not first and predicate.is_predicate:
            own.add(pieces.index(_subject(clause, predicate)))
        if predicate is None and (carrier := _carrier(clauses, clause)) is not None:
            own.add(pieces.index(carrier))
    if not own:
        return None
    when = claim.when.span
    held = [span for span in spans if span != when]
    timing = frozenset(
        at for at in own
        if when is not None and pieces[at].opener in TIMED and pieces[at].verb is not None
        and not any(is_within(tokens[here], held) for here in range(pieces[at].first, pieces[at].stop))
    )  # fmt: skip
    past = is_undated_past(tokens, mine, claim)
    return Around(tokens, tuple(pieces), frozenset(own), claim, past, unread, timing, tuple(mine))


def _subject(clause: SentenceClause, predicate: ClausePiece) -> ClausePiece:
    """The piece that is the subject of one that begins with its verb."""
    return next(one for one in clause.pieces if one is predicate or one.verb is None)


def _carrier(clauses: Sequence[SentenceClause], clause: SentenceClause) -> ClausePiece | None:
    """The verb of the clause that a claim without one belongs to."""
    before = reversed(clauses[: clauses.index(clause)])
    carrier = next((one for one in before if one.verb is not None and one.opener not in (*RELATIVE, *TIMED)), None)
    return next((one for one in carrier.pieces if one.verb is not None), None) if carrier else None
