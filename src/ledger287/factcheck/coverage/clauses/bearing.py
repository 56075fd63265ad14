"""Whether a clause of a sentence bears on a claim that is in another one.

What enters: the tokens of a sentence, one of its clauses, and those of the claim. What leaves: whether what the clause
says can change what the claim says. Promise: a clause with an unknown subject, with one that may be what was counted, a
condition, a time where the claim has no day of its own, or a word of truth or figures, bears on it
(declared/factcheck/apart.yml).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.asides.closing import ends_as_speech, low_of
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.coverage.clauses.pieces import (
    COMPLEMENT,
    COORDINATE,
    PARTITIVE,
    RELATIVE,
    SentenceClause,
)
from ledger287.factcheck.coverage.clauses.verbs import is_assertive
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.stretches.beyond import said_in
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token

CONDITIONS = ("if", "unless", "whether", "until", "till", "lest", "except", "or", "nor", "even")
TIMED = ("after", "before", "when", "since", "once", "whenever")
COUNTABLE = ("UNIT", "NUM", "PROGRAM", "WHEN", "SIGN", "WORD")
"""Kinds of token that may be what was counted, before a relative clause."""


@dataclass(frozen=True, slots=True)
class ReadAlready:
    """What is known of a sentence: where the words that were not read begin, and the spans of its other claims."""

    unread: frozenset[int]
    rows: tuple[Span, ...]


@cache
def apart_words(name: str) -> frozenset[str]:
    """One of the declared lists."""
    return frozenset(str(one) for one in declared.declared_yaml("factcheck/apart.yml")[name])


def is_harmless(body: Sequence[Token]) -> bool:
    """Whether a clause neither speaks of truth or figures, nor sets a condition or an exception."""
    said = said_in(body)
    if "up" in said and said & {"made", "make", "makes"}:
        return False  # made the list up
    first, last = low_of(body[0]).split()[0], low_of(body[-1]).split()[-1]
    if first in ("as", "just", "like", "than") and last in ("do", "does", "did", "has", "have", "had", "is", "are"):
        return False  # just as Alabama does: the same is said of it
    return not said & (apart_words("truth") | apart_words("exceptions") | closing("figurative"))


def takes_back(body: Sequence[Token]) -> bool:
    """Whether what is said of the subject of a claim may take it back: a negation, an end, a word that points at it."""
    said = said_in(_without_members(body))
    negated = said & apart_words("negations") or any(word.endswith("n't") for word in said)
    return bool(negated or said & apart_words("ended") or said & {"them", "those", "that", "this", "these"})


def points_back(body: Sequence[Token]) -> bool:
    """Whether the subject of a clause may be what was counted, or the statement before it."""
    start = 1 if low_of(body[0]).split()[0] in (*COORDINATE, "while", "though", "although", "as", "because") else 0
    if start >= len(body):
        return True
    low = low_of(body[start])
    head = low.split()[0]
    if head in ("it", "they"):
        behind = low_of(body[start + 1]).split()[0] if start + 1 < len(body) else ""
        return behind in apart_words("copulas") or behind.endswith("n't")
    if low in apart_words("contracted"):
        return True
    second = low_of(body[start + 1]) if start + 1 < len(body) else ""
    counted = head in ("the", "these", "those", "its", "their", "most", "all") and second in apart_words("counted")
    return head in apart_words("pointing") or counted


def is_apart(
    tokens: Sequence[Token], clause: SentenceClause, own: Sequence[SentenceClause], claim: Claim, known: ReadAlready
) -> bool:
    """Whether a clause does not bear on a claim."""
    body = [tokens[at] for at in clause.places]
    if not is_harmless(body):
        return False
    if governs(clause, own) or _is_speech(tokens, clause):
        return _is_said(tokens, clause, known)
    if clause.verb is None or clause.opener in CONDITIONS or _is_before_colon(tokens, clause):
        return False
    if is_undated_past(tokens, own, claim) and {*said_in(body)} & apart_words("eras"):
        return False
    timed = clause.opener in TIMED or (clause.opener in ("while", "as") and clause.pieces[0].first <= 1)
    if timed and not (claim.when.windows and claim.when.stated):
        return False
    if clause.opener in (*RELATIVE, "where", PARTITIVE):
        return _is_of_another(tokens, clause, own, known)
    if clause.pieces[0].is_predicate and clause.opener in COORDINATE:
        plain = _without_members(body)
        return not takes_back(plain) and not said_in(plain) & POINTED
    return _is_of_its_own(tokens, clause)


def is_undated_past(tokens: Sequence[Token], own: Sequence[SentenceClause], claim: Claim) -> bool:
    """Whether a claim is in the past and has no day of its own, so that what is next to it may say when that was."""
    if claim.when.windows and claim.when.stated:
        return False
    return any(one.verb is not None and low_of(tokens[one.verb]) in apart_words("past") for one in own)


def _is_before_colon(tokens: Sequence[Token], clause: SentenceClause) -> bool:
    """Whether what follows a clause is what it speaks of: The pitch is simple: ICE has 895 agreements."""
    stop = clause.pieces[-1].stop
    return stop < len(tokens) and tokens[stop].text == ":"


def _is_of_its_own(tokens: Sequence[Token], clause: SentenceClause) -> bool:
    """Whether a clause has a subject of public life that is not what was counted, and says nothing of it."""
    piece = next(one for one in clause.pieces if one.verb is not None)
    piece = clause.pieces[0] if piece.is_predicate else piece
    start = piece.first + bool(piece.opener and piece.opener != COMPLEMENT)
    subject, body = tokens[start : piece.verb or piece.stop], [tokens[at] for at in clause.places]
    if not subject or points_back(tokens[piece.first : piece.stop]) or is_nominal(subject):
        return False
    denying = closing("denying") - (frozenset() if clause.opener == "as" else apart_words("ordinary"))
    denying -= apart_words("stances") | ({"no", "none"} if _is_named(subject) else set())
    rest = said_in(_without_members([one for one in body if one is not subject[0]]))
    if said_in(body) & (denying | UNREAL) or rest & POINTED or ends_as_speech(_without_members(body)):
        return False
    signing = any(one.kind == "SIGN" for one in body) and any(one.kind == "PLACE" for one in subject)
    return not signing and _is_of_public_life(subject)


def _is_named(subject: Sequence[Token]) -> bool:
    """Whether a subject is of proper names alone, so that what it has not is its own: Dover and Salem have none."""
    names = [one for one in subject if low_of(one) not in ("and", "or", "the", "both", ",")]
    return bool(names) and all(one.text[:1].isupper() and one.kind in ("WORD", "PLACE", "NAME") for one in names)


def _without_members(body: Sequence[Token]) -> list[Token]:
    """A clause without the words that only name what was counted as a whole: under them, among them, praised them."""
    found = list(body)
    for at, one in enumerate(body[1:], 1):
        before = low_of(body[at - 1])
        if low_of(one) in ("them", "those", "it") and (
            before in ("under", "among") or before in apart_words("stances")
        ):
            found = [each for each in found if each not in (one, body[at - 1])]
    return found


def is_nominal(subject: Sequence[Token]) -> bool:
    """Whether what is before a verb is no subject: a participle (hinging on …), or a part of what was counted."""
    first = low_of(subject[0])
    parts = any(
        low_of(one) == "of" and low_of(after) in POINTED | {"which", "whom"}
        for one, after in itertools.pairwise(subject)
    )
    return parts or (first.endswith(("ing", "ed")) and subject[0].kind == "WORD")


def _is_of_public_life(subject: Sequence[Token]) -> bool:
    """Whether a subject is a place, an agency, a named person, or a declared noun: no pigs that fly."""
    nouns = (closing("actors") - {"i", "you"}) | apart_words("subjects")
    if low_of(subject[-1]) in ("it", "they", "he", "she") and len(subject) == 1:
        return True
    return any(
        one.kind not in ("WORD", "FILL", "MARK", "OTHER", "HEDGE", "WHEN")
        or low_of(one).split()[-1] in nouns
        or (at > 0 and one.text[:1].isupper())
        for at, one in enumerate(subject)
    )


POINTED = frozenset(["them", "those", "these", "it", "half", "itself", "themselves", "dozens", "most"])
"""Words that may point at what was counted, as what is done to it."""


def governs(clause: SentenceClause, own: Sequence[SentenceClause]) -> bool:
    """Whether a claim's clause is what this one says: the chief said that …"""
    end = clause.pieces[-1].stop
    return any(one.opener in (COMPLEMENT, "that") and one.pieces[0].first >= end for one in own)


def _is_speech(tokens: Sequence[Token], clause: SentenceClause) -> bool:
    """Whether a clause is no more than who says so: its verb is one of saying."""
    return clause.verb is not None and not clause.opener and is_assertive(tokens[clause.verb])


def _is_said(tokens: Sequence[Token], clause: SentenceClause, known: ReadAlready) -> bool:
    """Whether a clause says as a fact, in declared words and names, that somebody says so."""
    body = [tokens[at] for at in clause.places]
    if clause.verb is None or said_in(body) & apart_words("unsaid"):
        return False
    if _is_source(tokens, clause):
        return True
    said = closing("actors") | apart_words("subjects") | apart_words("speaking") | neutral("attributing")
    return all(
        is_assertive(one) or one.kind in SPOKEN or one.text[:1].isupper() or {*low_of(one).split()} <= said
        for one in body
        if one.span.start in known.unread
    )


def _is_source(tokens: Sequence[Token], clause: SentenceClause) -> bool:
    """Whether the subject is a work that gives figures, whoever made it: An analysis by the group found that …"""
    subject = [low_of(tokens[at]) for at in clause.places if clause.verb is not None and at < clause.verb]
    head = (
        subject[1:4] if subject[:1] and subject[0] in ("a", "an", "the", "its", "their", "our", "one") else subject[:2]
    )
    return bool({*head} & apart_words("works"))


SPOKEN = ("MARK", "IN", "WHEN", "ICE", "PROGRAM", "PLACE", "NAME", "UNIT")
"""Kinds of token that may say who speaks, to whom and when."""
UNREAL = frozenset(["would", "could", "might", "should", "must", "may", "wishes", "wish", "wants", "want"])


def _spans(tokens: Sequence[Token], clause: SentenceClause) -> list[Span]:
    """Where the pieces of a clause are."""
    return [Span(tokens[one.first].span.start, tokens[one.stop - 1].span.end) for one in clause.pieces]


NUMBERS = ("number", "figure", "total", "tally", "count")
RISEN = ("grown", "climbed", "risen", "surged", "soared", "ballooned", "swelled")
"""Of a number that has grown since: what is said of it leaves it as it is."""


def _is_of_program(token: Token) -> bool:
    """Whether a word may count or sign something: agreements, signed; not a new law."""
    return token.kind in ("UNIT", "TOPIC", "PROGRAM") or (token.kind == "SIGN" and low_of(token) != "new")


TO_PLACES = (
    *("in", "of", "from", "with", "to", "near", "and", "at", "across", "for", "by", "than", "like", "on", "a", "the"),
    *("borders", "border", "neighbors", "adjoins", "abuts", "touches", "joins", "neighboring"),
)
"""Before a place that a clause on a name speaks of: which borders Virginia, where a judge from Ohio ruled."""


def has_stray_place(body: Sequence[Token]) -> bool:
    """Whether a place is in a clause without a word that ties it to what the clause says."""
    places = [at for at, one in enumerate(body) if one.kind == "PLACE" and at and not one.text.endswith(("’s", "'s"))]
    return any(low_of(body[at - 1]).split()[-1] not in TO_PLACES and body[at - 1].kind != "MARK" for at in places)


def _is_of_another(
    tokens: Sequence[Token], clause: SentenceClause, own: Sequence[SentenceClause], known: ReadAlready
) -> bool:
    """Whether a relative clause is of something that was not counted, or says nothing that takes from it."""
    body = [tokens[at] for at in clause.places]
    before = clause.pieces[0].first - 1
    marked = before >= 0 and tokens[before].kind == "MARK"
    at = before - 1 if marked else before
    if at < 0 or has_stray_place(body):
        return False
    if clause.opener == "that" and low_of(tokens[at]) in NUMBERS and low_of(tokens[at - 1]) in ("a", "an"):
        counts = any(one.kind in ("NUM", "FRACTION", "PCT", "MODEL", "PLACE") for one in body)
        return (
            any(one.kind == "RISE" or low_of(one) in RISEN for one in body) and not counts and not takes_back(body[1:])
        )
    model = tokens[at].kind in ("MODEL", "PROGRAM") and clause.opener == "which"
    if not model and takes_back(body[1:] if clause.opener == "that" else body):
        return False
    if points_back(tokens[before + 1 + bool(clause.opener) : clause.pieces[-1].stop]):
        return False
    counting = any(one.kind == "NUM" and one.span.start in known.unread for one in body)
    inside = any(one.holds(at) for one in own)
    ends = closing("ends") if model else frozenset()
    barred = POINTED | (closing("denying") - apart_words("stances") - ends) | neutral("narrowing")
    telling = any(map(_is_of_program, body)) and not any(
        one.start <= span.start < one.end for span in known.rows for one in _spans(tokens, clause)
    )
    if counting or telling or said_in(_without_members(body)) & (barred | {"other", "others", "more", "fewer"}):
        return False
    return not (inside and (not marked or tokens[at].kind in COUNTABLE))
