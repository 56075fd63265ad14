"""Statements of rank: who leads, who comes second, who is the only one.

What enters: a parsed sentence and the index. What leaves: answers from the counts of all states or models.
Promise: equal counts share a place; "the only" needs both that there is one and that it is the one named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.claims.answers import Answer
from ledger287.claims.attaching import Background, times
from ledger287.claims.events import held
from ledger287.claims.index import Index
from ledger287.claims.judging import judge
from ledger287.claims.model import Claim, Figure, Span, When, Where
from ledger287.claims.naming import Names
from ledger287.claims.parsing import Parsed
from ledger287.claims.tokens import Token

PLACES_TOLD = {"most": 1.0, "second": 2.0, "third": 3.0}


def ranks(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    spots = times(parsed.tokens, (), behind)
    for at, token in enumerate(parsed.tokens):
        if token.kind != "RANK" or token.value not in PLACES_TOLD or not _ranked(parsed):
            continue
        subject = _subject(parsed.tokens, at)
        if subject is None:
            continue
        when = spots.leading or spots.trailing or When()
        if when.since:
            when = When()
        value = PLACES_TOLD[token.value]
        span = Span(min(token.span.start, subject.span.start), max(token.span.end, subject.span.end))
        figure = Figure(value, value, value, "exact", token.span, token.text)
        unit = next(
            (
                one.value
                for one in parsed.tokens
                if one.kind == "UNIT" and one.value in ("agencies", "agreements", "sheriffs", "police")
            ),
            "agreements",
        )
        place = subject.kind == "PLACE"
        where = Where((subject.value,), True, subject.text) if place else Where((), True)
        model = next((one.value for one in parsed.tokens if one.kind == "MODEL"), None)
        claim = Claim(
            "rank",
            figure,
            "agencies" if unit in ("agencies", "sheriffs", "police") else "agreements",
            where,
            when,
            span,
            parsed.sentence.span,
            model,
            speaker=parsed.sentence.speaker,
            rank=token.value,
        )
        yield judge(claim, behind.published, index)


def _ranked(parsed: Parsed) -> bool:
    kinds = parsed.kinds()
    return bool(kinds & {"PROGRAM", "MODEL"}) or any(
        one.kind == "UNIT" and one.value in ("agreements", "partnerships", "agencies", "sheriffs", "police")
        for one in parsed.tokens
    )


def _subject(tokens: Sequence[Token], at: int) -> Token | None:
    before = [token for token in tokens[:at] if token.kind in ("PLACE", "MODEL")]
    if before:
        return (
            before[-1]
            if before[-1].kind == "PLACE" or not any(token.kind == "PLACE" for token in before)
            else next(token for token in reversed(before) if token.kind == "PLACE")
        )
    after = [token for token in tokens[at + 1 :] if token.kind in ("PLACE", "MODEL")]
    return after[0] if after else None


def only(parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index) -> Iterator[Answer]:
    """ "X is the only agency in Y under Z": one agency there, and it is X."""
    mark = next((token for token in parsed.tokens if token.kind == "RANK" and token.value == "only"), None)
    if mark is None or (not _ranked(parsed) and "TOPIC" not in parsed.kinds()):
        return
    subjects = [token for token in parsed.tokens if token.kind == "NAME"]
    within = [token for token in parsed.tokens if token.kind == "PLACE" and token.span.start > mark.span.start]
    if not subjects:
        yield from _only_state(parsed, behind, mark, index)
        return
    where = Where((within[0].value,), True, within[0].text) if within else Where()
    spots = times(parsed.tokens, (), behind)
    when = spots.leading or spots.trailing or When()
    figure = Figure(1, 1, 1, "exact", mark.span, mark.text)
    model = next((token.value for token in parsed.tokens if token.kind == "MODEL"), None)
    span = Span(min(subjects[0].span.start, mark.span.start), max(subjects[0].span.end, mark.span.end))
    claim = Claim(
        "count",
        figure,
        "agencies",
        where,
        when,
        span,
        parsed.sentence.span,
        model,
        speaker=parsed.sentence.speaker,
        rank="only",
    )
    counted = judge(claim, behind.published, index)
    found = names.find(subjects[0].value, where.states or states)
    named = held(replace(claim, shape="holds", figure=None, agencies=found), subjects[0].value, behind, index)
    good = counted.verdict in ("supported", "was_true") and named.verdict in ("supported", "was_true")
    worst = counted if counted.verdict not in ("supported", "was_true") else named
    verdict = (counted.verdict if counted.verdict == "was_true" else named.verdict) if good else worst.verdict
    yield replace(
        counted,
        verdict=verdict,
        reason=f"{counted.reason} {named.reason}",
        evidence=counted.evidence + named.evidence,
        measure="only",
    )


def _only_state(parsed: Parsed, behind: Background, mark: Token, index: Index) -> Iterator[Answer]:
    before = [token for token in parsed.tokens if token.kind == "PLACE" and token.span.start < mark.span.start]
    if "state" not in mark.text.lower() or not before:
        return
    figure = Figure(1, 1, 1, "exact", mark.span, mark.text)
    model = next((token.value for token in parsed.tokens if token.kind == "MODEL"), None)
    claim = Claim(
        "count",
        figure,
        "states",
        Where((), True),
        When(),
        Span(before[-1].span.start, mark.span.end),
        parsed.sentence.span,
        model,
        rank="only",
    )
    yield judge(claim, behind.published, index)
