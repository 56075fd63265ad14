"""A parsed sentence -> what it says of people held by ICE: how many, which part of them, on which days.

What enters: a sentence with its amounts, and what the text before it has settled. What leaves: ``SaidFigure``, one for
each figure. Promise: a figure without a part or a total that the sentence names is no claim here; people arrested,
deported, released or monitored are other people, and are left alone.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ledger287.factcheck.extract.amounts.times.timing import Background, times, when_of
from ledger287.factcheck.extract.model import Figure, Span, When
from ledger287.factcheck.outcomes.words import (
    Found,
    arresting_in,
    neutral_in,
    pattern,
    qualities_in,
    words_like,
)
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed

SMALLEST = 1000
"""A smaller bare number of people held is of a place, not of all that ICE holds."""
FEW = 20
"""A total this small is a manner of speaking: seven of ten."""
HALF_A_STEP = 2.5
YEARS = range(1980, 2060)
ROUNDED = 10_000
OF_ALL_OF_THEM = re.compile(r"\s+of\s+(?:whom|them|which)\b", re.IGNORECASE)
"""Words behind a share that make the number before it the total: 15,136 people, 63% of whom had no record."""
SAME = ("(", ", or", "or", "—", "–", ",", ", or about", "(about", "(or")


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """One figure on people held. ``part`` is the part of them, or None for all; ``share`` that it is a percentage."""

    part: str | None
    agency: str | None
    share: bool
    figure: Figure
    span: Span
    when: When
    covers: tuple[tuple[Span, str], ...]
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What the last sentence on people held has settled for a sentence that goes on: Of those, 73% …"""

    when: When
    agency: str | None


@dataclass(frozen=True, slots=True)
class _At:
    """A figure with its stretch of the sentence."""

    number: int
    amount: Amount
    first: int
    last: int
    share: bool
    whole: bool = False


def people_held(parsed: Parsed, behind: Background, before: Before | None = None) -> list[SaidFigure]:
    """What a sentence says of people held, in the order of its figures."""
    text = parsed.sentence.text
    parts, by = qualities_in(text), arresting_in(text)
    goes_on = before is not None and bool(pattern("carried").search(text)) and bool(parts or by)
    if not _is_of_people_held(parsed, parts, by, goes_on) or _is_either(by, text):
        return []
    figures = [at for number, amount in enumerate(parsed.amounts) for at in _figures_of(parsed, number, amount)]
    figures = [at for at in figures if not _is_idle(at, figures)]
    wholes = [at for at in figures if at.whole or _is_whole(at, figures, [*parts, *by], text)]
    others = [at for at in figures if at not in wholes]
    spots = times(parsed.tokens, parsed.amounts, behind)
    covers = _covers(parsed, parts, by, figures)
    found: list[SaidFigure] = []
    for at in figures:
        part, agency = (None, None) if at in wholes else (_near(at, others, parts, text), _near(at, others, by, text))
        if part is None and agency is None and (at.share or not _is_total(at, parsed)):
            continue
        when = when_of(at.number, at.amount, spots)
        if before and goes_on and at not in wholes and not when.windows:
            agency = agency or before.agency
        if not when.windows and at not in wholes:
            when = _of_the_whole([when_of(one.number, one.amount, spots) for one in wholes]) or when
        if not when.windows and found and found[-1].when.windows:
            when = found[-1].when  # and 49,184 on April 20, of whom 15,190 had a conviction
        if not when.windows and goes_on and before:
            when = replace(before.when, stated=False)
        begin = parsed.sentence.span.start
        span = Span(begin + at.first, begin + at.last)
        figure = _as_share(at.amount) if at.share else rounded(at.amount.figure)
        found.append(SaidFigure(part, agency, at.share, figure, span, when, covers, _state(parsed)))
    return found


def _is_either(by: list[Found], text: str) -> bool:
    """Whether two agencies are named as one: arrested by the Border Patrol or by ICE."""
    return any(text[one.last : other.first].strip() in ("or", "and", "or either") for one, other in pairwise(by))


def _of_the_whole(whens: list[When]) -> When | None:
    """The time of the people of whom a part is said: of the 70,766 held on January 25, 18,262 had a conviction."""
    timed = [when for when in whens if when.windows]
    return timed[0] if len(timed) == 1 else None


def _state(parsed: Parsed) -> str | None:
    """The one state that a sentence names."""
    states = _states(parsed)
    return states.pop() if len(states) == 1 else None


def _states(parsed: Parsed) -> set[str | None]:
    return {token.value for token in parsed.tokens if token.kind == "PLACE"}


def rounded(figure: Figure) -> Figure:
    """A large number in thousands or ten thousands, as people round it: 39,000 is right of 39,238."""
    value = figure.value
    if figure.rule != "exact" or value < ROUNDED or value % 1000:
        return figure
    step = 500 if value % 10_000 else 1000
    return replace(figure, low=min(figure.low, value - step), high=max(figure.high, value + step))


def _is_of_people_held(parsed: Parsed, parts: list[Found], by: list[Found], goes_on: bool) -> bool:
    text = parsed.sentence.text
    if not parsed.amounts or "PROGRAM" in parsed.kinds() or pattern("flows").search(text):
        return False
    if pattern("other_holders").search(text) or pattern("set_against").search(text) or len(_states(parsed)) > 1:
        return False
    if any(not _within(match.span(), by) for match in pattern("arrests").finditer(text)):
        return False
    if goes_on:
        return True
    if not pattern("held").search(text):
        return False
    return bool(parts or by or pattern("federal").search(text) or len(text.split()) < FEW)


def _figures_of(parsed: Parsed, number: int, amount: Amount) -> list[_At]:
    """The figures of one amount: a part of many, 9,545 of the 15,136 people held, is two."""
    noun, whole = amount.noun, amount.whole
    if amount.kind in ("percent", "ratio"):
        return [_place(parsed, number, amount, share=True)]
    if amount.kind == "portion" and whole is not None:
        if (noun and noun.unit) or (whole.noun and whole.noun.unit):
            return []  # two states hold 698 of the 1,651 agreements
        if whole.figure.value <= FEW:
            return [_place(parsed, number, amount, share=True)]
        part = replace(amount, last=max(amount.first, whole.first - 1))
        return [_place(parsed, number, part), replace(_place(parsed, number, whole), whole=True)]
    if amount.kind != "counted" or (noun and (noun.unit or noun.other not in (None, "people"))):
        return []
    return [_place(parsed, number, amount)]


def _place(parsed: Parsed, number: int, amount: Amount, *, share: bool = False) -> _At:
    """Where a figure is; a noun that is not everybody held (children) is no part of it, so that it stays unread."""
    start, figure = parsed.sentence.span.start, amount.figure.span
    first, last = parsed.tokens[amount.first].span.start, parsed.tokens[amount.last].span.end
    noun = parsed.sentence.text[figure.end - start : last - start]
    if amount.noun and amount.noun.other == "people" and noun.strip() and not pattern("people").search(noun):
        last = figure.end
    return _At(number, amount, first - start, last - start, share)


def _is_idle(at: _At, figures: list[_At]) -> bool:
    """A bare year, or a number too small to be of everybody held where no larger one is next to it."""
    figure = at.amount.figure
    if at.share:
        return False
    return figure.value < SMALLEST or (figure.value in YEARS and at.amount.noun is None and len(figures) > 1)


def _is_whole(at: _At, figures: list[_At], named: list[Found], text: str) -> bool:
    """Whether a number is of everybody, with shares or parts of it in the sentence: Of the 15,136 people, 9,545 …"""
    if at.share or len(figures) == 1:
        return False
    if text[: at.first].rstrip().lower().endswith(("of", "of the", "of some")):
        return True
    later = [one for one in figures if one.first > at.first]
    first = at is next(one for one in figures if not one.share)
    if not later or not first:
        return False
    if _is_same(at, later[0], text):
        return OF_ALL_OF_THEM.match(text[later[0].last :]) is not None
    smaller = all(one.share or one.amount.figure.value < at.amount.figure.value for one in later)
    return smaller and not any(at.last <= one.first and one.last <= later[0].first for one in named)


def _near(at: _At, figures: list[_At], named: list[Found], text: str) -> str | None:
    """Which of some named things a figure is of: the first behind it, before the next figure; else the last before."""
    if not named:
        return None
    place = figures.index(at)
    following = figures[place + 1].first if place + 1 < len(figures) else len(text)
    ahead = [one for one in named if at.last <= one.first < following]
    if ahead:
        return ahead[0].what
    if place + 1 < len(figures) and _is_same(at, figures[place + 1], text):
        return _near(figures[place + 1], figures, named, text)
    earlier = [one for one in named if one.last <= at.first]
    return earlier[-1].what if earlier else None


def _is_same(one: _At, other: _At, text: str) -> bool:
    """Whether two figures are one part, as a number and as a share: 9,545 (63.1%); 9,545, or 63.1%."""
    between = text[one.last : other.first].strip().lower()
    return one.share != other.share and between in SAME


def _is_total(at: _At, parsed: Parsed) -> bool:
    """Whether a number is of people, said or understood, and of no jail or state alone."""
    noun = at.amount.noun
    named = bool(noun and noun.other == "people") or bool(pattern("people").search(parsed.sentence.text))
    return named or at.amount.figure.value >= SMALLEST


def _as_share(amount: Amount) -> Figure:
    """A part of few, seven of ten, as a percentage; any other share as it was read."""
    if amount.kind != "portion" or amount.whole is None:
        return amount.figure
    whole, figure = amount.whole.figure.value, amount.figure
    value = 100 * figure.value / whole
    step = min(50 / whole, HALF_A_STEP)
    low, high = value - step, value + step
    if figure.rule in ("over", "least", "justover"):
        low, high = value, 100.0
    elif figure.rule in ("under", "below", "most", "upto"):
        low, high = (value - 5 if figure.rule == "under" else 0.0), value
    return Figure(value, low, high, figure.rule, figure.span, f"{figure.said} of {whole:g}")


def _within(place: tuple[int, int], named: list[Found]) -> bool:
    return any(one.first <= place[0] and place[1] <= one.last for one in named)


def _covers(parsed: Parsed, parts: list[Found], by: list[Found], figures: list[_At]) -> tuple[tuple[Span, str], ...]:
    """What the reading used of the sentence."""
    text, start = parsed.sentence.text, parsed.sentence.span.start
    found = [(Span(start + one.first, start + one.last), "which part") for one in (*parts, *by)]
    found += [(Span(start + one.first, start + one.last), "figure") for one in figures]
    found += words_like(text, "people", start, "what is counted")
    found += words_like(text, "held", start, "what is counted")
    found += [(token.span, "comparison") for token in parsed.tokens if token.kind == _direction(figures)]
    found += neutral_in(text, "neutral", start)
    return tuple(found)


def _direction(figures: list[_At]) -> str | None:
    """RISE or FALL, where a sentence gives both ends of a change."""
    start = next((one.amount.figure.value for one in figures if one.amount.role == "from"), None)
    end = next((one.amount.figure.value for one in figures if one.amount.role != "from"), None)
    return None if start is None or end is None or start == end else "RISE" if end > start else "FALL"
