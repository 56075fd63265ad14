"""Any words beyond a claim's clause: the structure of a sentence says which can bear on it, and not a list of words.

What enters: the account of a sentence, and one of its claims. What leaves: the account of that claim, without the
unread words of pieces that its clause ends before. Promise: each unread word in the claim's own clause stays, but for
adverbs of manner and adjuncts behind the claim; a piece next to it is passed over by its kind, whatever its words are,
unless one is of the closed classes that reach over its boundary (open_kinds.py; docs/decisions/0029).
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account, Part
from ledger287.factcheck.coverage.clauses.apart import ANY_WORDS, is_by_itself
from ledger287.factcheck.coverage.clauses.around import Around, around_of, words
from ledger287.factcheck.coverage.clauses.bearing import is_harmless
from ledger287.factcheck.coverage.clauses.open_kinds import begins_with_verb, is_background, is_beyond, is_speech
from ledger287.factcheck.coverage.clauses.pieces import RELATIVE
from ledger287.factcheck.coverage.clauses.purposes import purposes
from ledger287.factcheck.coverage.clauses.verbs import forms
from ledger287.factcheck.coverage.stretches.beyond import own_spans, tells
from ledger287.factcheck.coverage.stretches.sources import SOURCE
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

SHAPES = ("count", "signed", "share", "growth", "multiple", "change", "left", "total", "holds", "rank", "gap")


def with_open_words(account: Account, parsed: Parsed, claim: Claim, *, fits: bool) -> Account:
    """The account of one claim without the unread words of pieces beyond its clause.

    ``fits``: the record has the figure as it was read. Otherwise nothing is passed over that may say which is meant.
    """
    tokens = parsed.tokens
    if account.whole or claim.shape not in SHAPES or any(one.text == "?" for one in tokens):
        return account
    around = around_of(tokens, claim, frozenset(part.span.start for part in account.unread))
    if around is None:
        return account
    passed: set[int] = set()
    while found := [at for at in _others(around, passed) if is_beyond(around, at, passed)]:
        passed.update(found)
    spans = {_span(around, at): SOURCE if _is_of_speech(around, at, passed) else ANY_WORDS for at in passed}
    spans |= dict.fromkeys(
        (*_manners(around), *_adjuncts(around), *purposes(around), *_joined(around, passed)), ANY_WORDS
    )
    kept = tuple(_without(part, spans) for part in account.parts)
    changed = [part for part, before in zip(kept, account.parts, strict=True) if part is not before]
    if not fits and (not is_by_itself(tokens, around.clauses, claim) or any(tells(part, parsed) for part in changed)):
        return account
    return Account(kept)


def _span(around: Around, at: int) -> Span:
    return Span(around.body(at)[0].span.start, around.body(at)[-1].span.end)


def _joined(around: Around, passed: set[int]) -> Iterator[Span]:
    """The stretches of two or more pieces in a row that are passed over."""
    first = None
    for at in range(len(around.pieces) + 1):
        if at in passed:
            first = at if first is None else first
        elif first is not None:
            if at - first > 1:
                yield Span(_span(around, first).start, _span(around, at - 1).end)
            first = None


def _is_of_speech(around: Around, at: int, passed: set[int]) -> bool:
    """Whether a piece says who says so: the piece itself, its subject, or what is said of that."""
    if around.pieces[at].verb is None or around.pieces[at].opener in RELATIVE:
        behind = at + 1
        while behind in passed and around.pieces[behind].opener in RELATIVE:
            behind += 1
        return behind in passed and is_speech(around, behind) and begins_with_verb(around, behind)
    return is_speech(around, at)


def _others(around: Around, passed: set[int]) -> list[int]:
    """The pieces that are not of the claim's own clause, or only say when it is: when the board met on Monday."""
    return [
        at for at in range(len(around.pieces)) if at not in passed and (at not in around.own or at in around.timing)
    ]


def _without(part: Part, spans: dict[Span, str]) -> Part:
    role = next((role for one, role in spans.items() if one.start <= part.span.start and part.span.end <= one.end), "")
    return replace(part, role=role) if role and part.role in (UNREAD, TURNED) else part


def _manners(around: Around) -> Iterator[Span]:
    """The adverbs right before a verb, before the figure, that only say how something was done: quietly, grudgingly.

    Behind the figure they would tell which agreements are meant: 558 agreements signed grudgingly.
    """
    figure = around.claim.figure
    for piece in (around.pieces[at] for at in around.own if figure is not None):
        for at in range(piece.first, piece.stop - 1):
            one, low = around.tokens[at], low_of(around.tokens[at])
            if figure is None or one.span.end > figure.span.start or one.kind != "WORD" or not low.endswith("ly"):
                continue
            if len(low) > SHORTEST_MANNER and low.isalpha() and low not in words("not_manner"):
                yield from [one.span] if _is_verbal(around.tokens[at + 1]) else []


SHORTEST_MANNER = 5


def _is_verbal(token: Token) -> bool:
    low = low_of(token).split()[0]
    known = low in forms("auxiliaries") or low in forms("irregular") or low in forms("regular")
    return known or token.kind in ("SIGN", "RISE", "FALL", "TOPIC", "LEAVE")


def _adjuncts(around: Around) -> Iterator[Span]:
    """Why, or in spite of what, a claim's clause is so, behind all of the claim: in its bid to widen the net."""
    last = max(span.end for span in own_spans(around.claim) if span is not None)
    for piece in (around.pieces[at] for at in around.own):
        for at in range(piece.first + 1, piece.stop - 1):
            if around.tokens[at].span.start < last:
                continue
            body = around.tokens[at : piece.stop]
            said = " ".join(low_of(one) for one in body)
            if any(said.startswith(f"{one} ") for one in words("adjuncts")):
                if is_harmless(body) and is_background(around, body):
                    yield Span(body[0].span.start, body[-1].span.end)
                break
