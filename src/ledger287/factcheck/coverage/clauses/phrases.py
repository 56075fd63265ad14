"""Phrases that have a figure by themselves, and what is next to a figure behind a mark.

What enters: the tokens and clauses of a sentence. What leaves: the phrase or total that gives a figure as known
("Of its 24 agreements, …", "13 of the state's 26"), and the pieces next to it that do not bear on it.
"""

from collections.abc import Collection, Iterator, Sequence

from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.coverage.clauses.bearing import (
    CONDITIONS,
    TIMED,
    UNREAL,
    apart_words,
    is_harmless,
    points_back,
)
from ledger287.factcheck.coverage.clauses.pieces import ClausePiece, SentenceClause
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.stretches.beyond import said_in
from ledger287.factcheck.coverage.stretches.segments import is_of_powers
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token

PHRASES = ("of", "with", "at")
"""Open a phrase that has a figure by itself, next to a clause: Of its 24 agreements, …; Texas, with 327, …"""


def is_within(token: Token, spans: Sequence[Span]) -> bool:
    return any(token.span.start < one.end and one.start < token.span.end for one in spans)


def own_phrase(tokens: Sequence[Token], own: Sequence[SentenceClause], figure: Span) -> ClausePiece | None:
    """The piece without a verb that has a figure by itself: Of its 24 agreements, …; Texas, with 327 agreements, …"""
    for clause in own:
        holding = next((one for one in clause.pieces if _has(tokens, one, figure)), None)
        if holding and holding.verb is None and clause.verb is not None:
            return holding if low_of(tokens[holding.first]).split()[0] in PHRASES else None
    return None


def _has(tokens: Sequence[Token], piece: ClausePiece, span: Span) -> bool:
    return any(is_within(tokens[at], [span]) for at in range(piece.first, piece.stop))


def whole_of_part(tokens: Sequence[Token], figure: Span) -> Span | None:
    """The total that a part is said to be of, from its article on: 13 of the state's 26 agreements."""
    at = next((at for at, one in enumerate(tokens) if one.span.start <= figure.start < one.span.end), 0)
    start = at
    while start and at - start < 3 and low_of(tokens[start]).split()[0] != "of":
        start -= 1
    if not start or start == at or low_of(tokens[start]) != "of" or tokens[start - 1].kind not in PARTS:
        return None
    if start > 1 and low_of(tokens[start - 2]).split()[-1] in ("every", "each", "not", "only", "no", "last"):
        return None  # every one of Alabama's 45 agencies is a sheriff's office
    end = next((here for here in range(at, min(at + 4, len(tokens))) if tokens[here].kind == "UNIT"), None)
    return None if end is None else Span(tokens[start].span.start, tokens[end].span.end)


def possessed(tokens: Sequence[Token], own: Sequence[SentenceClause], figure: Span) -> Span | None:
    """A subject that gives a figure as known, right before its verb: Florida's 284 agreements outnumber those of …

    The verb is of the present, and nothing is between: a time there, or a past, may be that of the figure.
    """
    at = next((at for at, one in enumerate(tokens) if one.span.start <= figure.start < one.span.end), 0)
    unit = next((here for here in range(at + 1, min(at + 4, len(tokens))) if tokens[here].kind == "UNIT"), None)
    clause = next((one for one in own if one.holds(at)), None)
    if unit is None or clause is None or any(one.kind not in BETWEEN for one in tokens[at + 1 : unit]):
        return None
    if at == 0:
        return None
    start = at - 1
    owned = low_of(tokens[start]).endswith(("'s", "s'"))
    named = low_of(tokens[start]) == "the" and _in_place(tokens, unit)
    end = unit + 2 if named else unit
    if low_of(tokens[start]) == "state's" and start and low_of(tokens[start - 1]) == "the":
        start -= 1
    opens = start == clause.pieces[0].first + bool(clause.opener)
    verb = low_of(tokens[end + 1]).split() if end + 1 < len(tokens) else []
    present = bool(verb) and not verb[0].endswith("ed") and not {*verb} & apart_words("verbs_of_past")
    if not ((owned or named) and opens and clause.verb == end + 1 and present):
        return None
    return Span(tokens[start].span.start, tokens[end].span.end)


def _in_place(tokens: Sequence[Token], unit: int) -> bool:
    behind = tokens[unit + 1 : unit + 3]
    return len(behind) == 2 and low_of(behind[0]) in ("in", "of") and behind[1].kind == "PLACE"


BETWEEN = ("WORD", "MODEL", "PROGRAM", "FILL", "TOPIC")
"""Kinds of token between a number and its noun."""

PARTS = ("NUM", "FRACTION", "PCT")
NUMBERED = (*PARTS, "HEDGE", "TIMESWORD")
LEADING = ("and", "up", "down", "then")
NEXT_IN_RANK = ("followed", "trailing", "behind", "ahead", "from")
"""Open a phrase of who is next to it in rank, or of where it came from."""
DISTANT = frozenset(["after", "before", "earlier", "later", "than"])
"""Say how far something is from something else in time or number."""


def _is_of_parts(body: Sequence[Token]) -> bool:
    """Whether a phrase gives a share, ranks, earlier numbers, or how long after something it came."""
    at = 0
    while at + 1 < len(body) and low_of(body[at]).split()[0] in LEADING:
        at += 1
    lows = [low_of(one) for one in body]
    low = lows[at].split()[0]
    if low == "or":
        rest = body[at + 1 :]
        return any(one.kind in ("PCT", "FRACTION") or low_of(one) in ("percent", "in") for one in rest)
    if low in NEXT_IN_RANK:
        return True
    return body[at].kind in NUMBERED and bool(DISTANT & set(lows))


def _comes_of_it(body: Sequence[Token]) -> bool:
    """Whether a phrase by a participle says what came of something, or what went with it: , expanding its reach."""
    if len(body) < LEAST or low_of(body[0]) not in apart_words("outcomes") or _counts(body):
        return False
    known = closing("actors") | apart_words("subjects") | apart_words("reached")
    return is_of_powers(body) and _is_in(body[1:], known, PLACED)


def _is_in(body: Sequence[Token], known: frozenset[str], kinds: Collection[str]) -> bool:
    """Whether each word of a phrase is declared, or of a kind that names the program or a place."""
    declared = known | neutral("description") | neutral("anywhere")
    return all(one.kind in kinds or {*low_of(one).replace("'s", "").split()} <= declared for one in body)


PLACED = ("MARK", "ICE", "PROGRAM", "PLACE", "IN", "UNIT", "TOPIC", "NAME")


def _counts(body: Sequence[Token]) -> bool:
    """Whether a phrase has a number, a share or a model."""
    return any(one.kind in (*NUMBERED, "MODEL", "RANK", "PENDING", "LEAVE") for one in body)


def purpose(tokens: Sequence[Token], own: Sequence[SentenceClause], spans: Sequence[Span]) -> list[Span]:
    """What agreements are for, behind them or the agency: to give their officers immigration powers."""
    last = max(span.end for span in spans)
    found = []
    for piece in (one for clause in own for one in clause.pieces):
        for at in range(piece.first + 1, piece.stop - 2):
            if low_of(tokens[at]) != "to" or tokens[at].span.start < last or tokens[at - 1].kind not in SIGNED_WITH:
                continue
            body = tokens[at : piece.stop]
            said = {low_of(one) for one in body}
            powers = low_of(body[1]) in apart_words("purposes") and said & apart_words("powers")
            known = _is_in(body[1:], apart_words("powers"), ("MARK", "ICE", "PROGRAM", "IN"))
            narrowed = said & (apart_words("negations") | apart_words("of_models"))
            if powers and known and not narrowed and is_harmless(body) and not _counts(body):
                found.append(Span(body[0].span.start, body[-1].span.end))
            break
    return found


SIGNED_WITH = ("ICE", "UNIT", "PROGRAM")
LEAST = 3


def trailing(
    tokens: Sequence[Token], clauses: Sequence[SentenceClause], own: Sequence[SentenceClause], spans: Sequence[Span]
) -> list[Span]:
    """Phrases behind the pieces of a claim, set off by a mark, that give shares, ranks and earlier numbers."""
    found = []
    last = max(span.end for span in spans)
    for clause in clauses:
        for one in clause.pieces if clause in own or clause.verb is None else ():
            body = tokens[one.first : one.stop]
            if body[0].span.start < last or one.verb is not None or not one.first:
                continue
            plain = is_harmless(body) and not said_in(body) & (apart_words("unsaid") | apart_words("ended"))
            marked = tokens[one.first - 1].kind == "MARK"
            if marked and plain and (_is_of_parts(body) or _comes_of_it(body)):
                found.append(Span(body[0].span.start, body[-1].span.end))
    return found


def presupposed(
    tokens: Sequence[Token], clauses: Sequence[SentenceClause], phrase: ClausePiece
) -> Iterator[ClausePiece]:
    """What is next to a phrase that has a figure by itself: whatever is said there, the figure is given as known."""
    pieces = [one for clause in clauses for one in clause.pieces]
    pieces.sort(key=lambda one: one.first)
    at = pieces.index(phrase)
    subject = pieces[at - 1] if at and pieces[at - 1].verb is None else None
    fronted = at == 0 and low_of(tokens[phrase.first]) == "of"
    for place, one in enumerate(pieces):
        body = tokens[one.first : one.stop]
        conditional = one.opener in CONDITIONS or one.opener in TIMED
        hedged = not fronted and said_in(body) & (UNREAL | {"never", "not", "no"})
        if one is phrase or one is subject or conditional or hedged or not is_harmless(body):
            continue
        if place == at + 1 and not fronted and (one.verb is None or (one.opener and points_back(body))):
            continue
        yield one


PART = ("many", "most", "some", "several", "all", "half", "nearly", "almost", "the", "a", "each", "both", "mostly")
SOME, KINDS_SAID = ("many", "some", "several"), ("UNIT", "NAME", "MODEL", "PLACE")
"""Parts that may be said not to count, unless the sentence says which agencies, models or places they are."""
WHOLE = ("bulk", "majority", "few", "lot", "number", "all", "most", "half", "handful")


def parts_of_them(tokens: Sequence[Token], clauses: Sequence[SentenceClause], spans: Sequence[Span]) -> Iterator[Span]:
    """What most of those counted are, behind a mark: it leaves their number as it is, for whoever holds it wrong."""
    last = max(span.end for span in spans)
    for one in (piece for clause in clauses for piece in clause.pieces):
        body = tokens[one.first : one.stop]
        if len(body) < LEAST or body[0].span.start < last or not one.first or tokens[one.first - 1].kind != "MARK":
            continue
        lows = [low_of(each) for each in body[:4]]
        at = next((at for at, low in enumerate(lows) if low == "of"), 0)
        pointed = at and at + 1 < len(lows) and lows[at + 1] in ("them", "which", "whom", "these", "those")
        if lows[0] in SOME and not any(each.kind in KINDS_SAID for each in body[at + 2 :]):
            continue  # many of them duplicates
        if (
            pointed
            and lows[0] in PART
            and all(low in (*PART, *WHOLE) for low in lows[:at])
            and is_harmless([each for each in body if low_of(each) not in ("fewer than", "fewer")])
            and not said_in(body) & (apart_words("ended") | apart_words("negations") | {"only", "yet"})
        ):
            yield Span(body[0].span.start, body[-1].span.end)
