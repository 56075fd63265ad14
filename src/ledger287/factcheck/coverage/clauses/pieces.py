"""A sentence in clauses: pieces between marks and joining words, and which of them belong together.

What enters: the tokens of a sentence. What leaves: its clauses in their order, each of one or more pieces. Promise:
every token that is no mark is in one piece; a piece without a finite verb belongs to the clause that it is in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.coverage.clauses.verbs import DETERMINERS, is_assertive, is_finite
from ledger287.factcheck.parse.model import Token

MARKS = (",", "—", "–", ";", ":", "(", ")", "“", "”", '"', ".", "!", "?")
COORDINATE = ("and", "but", "yet", "or", "nor", "so")
SUBORDINATE = ("as", "because", "since", "although", "though", "while", "whereas", "after", "before", "when", "until",
               "till", "once", "if", "unless", "whether", "even", "where", "whenever", "lest", "except")  # fmt: skip
RELATIVE = ("which", "who", "whom", "whose", "that")
PARTITIVE = "of which"
"""What opens a clause on some of those before: some of whom."""
PARTING = (";", ":", "—")
"""Marks behind which another statement begins."""
COMPLEMENT = "says"
"""What opens a clause that somebody says: that, or nothing."""


@dataclass(frozen=True, slots=True)
class ClausePiece:
    """Tokens ``first`` to ``stop`` (not included). ``opener`` joins it to others; ``verb`` is its first finite verb."""

    first: int
    stop: int
    opener: str
    verb: int | None

    @property
    def is_predicate(self) -> bool:
        """Whether it begins with its verb: its subject is that of the clause before."""
        return self.verb is not None and self.verb - self.first - bool(self.opener) <= 0


@dataclass(frozen=True, slots=True)
class SentenceClause:
    """Pieces that make one clause, and what joins it to the sentence ("" for a clause without a joining word)."""

    pieces: tuple[ClausePiece, ...]
    opener: str = ""

    def holds(self, at: int) -> bool:
        """Whether a token is in it."""
        return any(one.first <= at < one.stop for one in self.pieces)

    @property
    def verb(self) -> int | None:
        """Its first finite verb."""
        return next((one.verb for one in self.pieces if one.verb is not None), None)

    @property
    def places(self) -> Iterator[int]:
        """The places of its tokens."""
        return (at for one in self.pieces for at in range(one.first, one.stop))


def clauses_of(tokens: Sequence[Token]) -> tuple[SentenceClause, ...]:
    """The clauses of a sentence."""
    found: list[list[ClausePiece]] = []
    openers: list[str] = []
    waiting: int | None = None
    for piece in pieces_of(tokens):
        parted = not found or tokens[piece.first - 1].text in PARTING
        if _begins_clause(tokens, piece, openers, waiting, parted=parted):
            found.append([piece])
            openers.append(piece.opener)
            if piece.verb is None and parted:
                waiting = len(found) - 1
        else:
            at = waiting if waiting is not None and piece.verb is not None else len(found) - 1
            found[at].append(piece)
            waiting = None if piece.verb is not None else waiting
    return tuple(SentenceClause(tuple(one), opener) for one, opener in zip(found, openers, strict=True))


def _begins_clause(
    tokens: Sequence[Token], piece: ClausePiece, openers: Sequence[str], waiting: int | None, *, parted: bool
) -> bool:
    """Whether a piece is a clause of its own: not the verb of a subject that waits for one, nor a phrase next to it."""
    if parted or piece.opener or _is_speech(tokens, piece):
        return True
    if piece.verb is None:
        return bool(openers[-1]) and waiting is None
    return waiting is None and not piece.is_predicate


def _is_speech(tokens: Sequence[Token], piece: ClausePiece) -> bool:
    """Whether a piece says no more than that somebody says what is next to it: the chief said on Monday."""
    if piece.verb is None or piece.is_predicate or not is_assertive(tokens[piece.verb]):
        return False
    return all(one.kind in ("WHEN", "IN") for one in tokens[piece.verb + 1 : piece.stop])


def pieces_of(tokens: Sequence[Token]) -> Iterator[ClausePiece]:
    """The pieces of a sentence between marks, cut again at words that open a clause."""
    start = 0
    for at in range(len(tokens) + 1):
        if at == len(tokens) or _is_mark(tokens, at):
            if at > start:
                yield from _cut(tokens, start, at)
            start = at + 1


def _is_mark(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].text not in MARKS:
        return False
    return not (tokens[at].text == "." and at + 1 < len(tokens))


def _cut(tokens: Sequence[Token], start: int, stop: int) -> Iterator[ClausePiece]:
    first, opener = start, _opener(tokens, start, stop)
    for at in range(start + 1, stop):
        if at > first and (found := _opens(tokens, first, at, stop)) is not None:
            yield ClausePiece(first, at, opener, _verb(tokens, first, at))
            first, opener = at, found
    yield ClausePiece(first, stop, opener, _verb(tokens, first, stop))


def _opener(tokens: Sequence[Token], at: int, stop: int) -> str:
    """The joining word that a piece between marks begins with, where a verb follows."""
    low = low_of(tokens[at]).split()[0]
    joins = low in COORDINATE or low in SUBORDINATE or low in RELATIVE
    if low == "that" and at > 1 and low_of(tokens[at - 1]) in COORDINATE and joins:
        return COMPLEMENT if _verb(tokens, at + 1, stop) is not None else ""  # … said that X, and that Y
    near = range(at + 1, min(at + 4, stop))
    partly = next((here for here in near if low_of(tokens[here]) in ("which", "whom")), None)
    if partly is not None and low_of(tokens[partly - 1]) == "of" and _verb(tokens, partly + 1, stop) is not None:
        return PARTITIVE
    return _joined(tokens, at, low) if joins and _verb_behind(tokens, at, stop) else ""


def _joined(tokens: Sequence[Token], at: int, low: str) -> str:
    """The word that joins a clause; that behind "even": even as departments leave."""
    after = low_of(tokens[at + 1]).split()[0] if at + 1 < len(tokens) else ""
    return after if low == "even" and after in ("as", "though", "after", "before", "when", "while") else low


def _opens(tokens: Sequence[Token], first: int, at: int, stop: int) -> str | None:
    """What opens a clause at a token within a piece, or None."""
    low, before = low_of(tokens[at]).split()[0], tokens[at - 1]
    if low in COORDINATE:
        parted = _verb(tokens, first, at) is not None and _verb(tokens, at + 1, _next(tokens, at, stop)) is not None
        return low if parted else None
    if low in ("that", "how") and at > first + 1 and low_of(before) == "out" and is_assertive(tokens[at - 2]):
        return COMPLEMENT  # lawyers point out that …
    if low == "that" and (is_assertive(before) or low_of(before).split()[-1] in DETERMINERS):
        return COMPLEMENT if is_assertive(before) else None
    if low == "that" and low_of(before) in COORDINATE:
        return COMPLEMENT if _verb(tokens, at + 1, stop) is not None else None
    if first < at and low_of(before) == "of" and low in ("which", "whom"):
        return None
    if low_of(before) == "even" and low in SUBORDINATE:
        return None
    if low in SUBORDINATE or low in RELATIVE:
        return _joined(tokens, at, low) if _verb_behind(tokens, at, stop) else None
    if _says_behind_relative(tokens, first, at, stop):
        return ""
    saying = is_assertive(before) and is_finite(tokens, at - 1, first)
    behind = not is_finite(tokens, at, first) and low not in ("by", "to", "in", "on", "at")
    said = next((one for one in range(at + 1, stop) if low_of(tokens[one]).split()[0] in RELATIVE), stop)
    return COMPLEMENT if saying and behind and _verb(tokens, at, said) is not None else None


def _says_behind_relative(tokens: Sequence[Token], first: int, at: int, stop: int) -> bool:
    """Whether a relative clause ends before the verb of who says so: the union that represents deputies says that …"""
    if low_of(tokens[first]).split()[0] not in RELATIVE or at < first + 3 or at + 1 >= stop:
        return False
    return is_assertive(tokens[at]) and is_finite(tokens, at, first) and _verb(tokens, first + 1, at) is not None


def _next(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Where the next word that joins a clause is, behind one."""
    joins = (*COORDINATE, *SUBORDINATE, *RELATIVE)
    return next((one for one in range(at + 1, stop) if low_of(tokens[one]).split()[0] in joins), stop)


def _verb_behind(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a verb is behind a joining word, which a relative one may be the subject of: which borders Virginia."""
    first = at if low_of(tokens[at]).split()[0] in ("which", "who") else at + 1
    return any(is_finite(tokens, one, first) for one in range(at + 1, stop))


def _verb(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    return next((at for at in range(first, stop) if is_finite(tokens, at, first)), None)
