"""A parsed sentence -> what it says of ICE's arrests in one day, answered from ICE's own daily posts.

What enters: a sentence with its amounts, and what the text before it has settled. What leaves: answers, each with the
days of the posts that bear on it. Promise: what ICE posted is "as stated", never "supported", and a figure that ICE's
own post of that day, or a higher one, gives otherwise is contradicted by it; the days without a post are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger287.core.text import format_date
from ledger287.factcheck.extract.amounts.times.timing import Background, times, when_of
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.outcomes.words import neutral_in, pattern, words_like
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import HEDGED, Answer, Evidence, number
from ledger287.ledger.outcomes import store

FILE = "ice_posted_daily_arrests_jan2025.csv"
TABLE = "arrests and detainers that ICE posted, by day"
YEARS = range(1980, 2060)
SMALLEST = 100
NEAREST = 2
SOURCE = f"ICE's posts on X, as accounts of them print them (primary; {FILE})"
SETTLES = "ICE's records of arrests by day; a post is what ICE stated of the day"


@dataclass(frozen=True, slots=True)
class Post:
    """What ICE posted for one day, and where the copy was found."""

    day: date
    arrests: int
    source: str
    row: int


def posts() -> tuple[Post, ...]:
    """ICE's daily posts that are available, in order."""
    rows: Sequence[dict[str, Any]] = store.table("arrests_posted").sort("day").to_dicts()
    return tuple(Post(row["day"], row["arrests"], row["source"], row["row"]) for row in rows)


def arrests_in_a_day(parsed: Parsed, behind: Background, *, arrests_before: bool) -> Iterator[Answer]:
    """The answers to what a sentence says of arrests in one day."""
    text = parsed.sentence.text
    most, daily = bool(pattern("most").search(text)), bool(pattern("in_a_day").search(text))
    speaks = pattern("arrests").search(text) or (most and (pattern("posted").search(text) or arrests_before))
    by_ice = "ICE" in parsed.kinds() or (most and arrests_before)
    if not parsed.amounts or not speaks or not by_ice or pattern("flows").search(text):
        return
    spots = times(parsed.tokens, parsed.amounts, behind)
    for place, amount in enumerate(parsed.amounts):
        if not _counts_people(amount) or any(token.kind == "PLACE" for token in parsed.tokens):
            continue
        when = when_of(place, amount, spots)
        window = when.windows[0] if len(when.windows) == 1 else None
        if most and daily:
            yield from _most(parsed, amount, when, window, behind.published)
        elif window and window.length == 1 and not when.since:
            yield from _on(parsed, amount, when, window.first)
        elif daily and not when.windows:
            yield from _in_a_day(parsed, amount, behind.published)


def _counts_people(amount: Amount) -> bool:
    noun, value = amount.noun, amount.figure.value
    if amount.kind != "counted" or (noun and (noun.unit or noun.other not in (None, "people", "arrests"))):
        return False
    return value >= SMALLEST and not (noun is None and value in YEARS and float(value).is_integer() and value > 1990)


def _most(parsed: Parsed, amount: Amount, when: When, window: Days | None, published: Days | None) -> Iterator[Answer]:
    """The most arrests of a day: a higher one that ICE itself posted contradicts it."""
    last = min(published.last if published else date.max, window.last if window and not when.since else date.max)
    first = window.first if window and not when.since else date.min
    known = [one for one in posts() if first <= one.day <= last]
    if not known:
        return
    top = max(known, key=lambda one: one.arrests)
    claim, figure = _claim(parsed, amount, when), amount.figure
    meaning = f"the most arrests by ICE in one day: {_said(figure)}"
    rest = [one for one in sorted(known, key=lambda one: -one.arrests) if one is not top][:NEAREST]
    shown = tuple(_evidence(one, figure) for one in (top, *rest))
    if figure.right_for(top.arrests):
        yield Answer(claim, "as_stated", meaning, f"as stated by ICE: {_line(top)}, the most in its available posts.",
                     shown, measure="arrests_in_a_day", citations=(SOURCE,), settles=SETTLES,
                     notes=(_gaps(),))  # fmt: skip
    elif figure.high < top.arrests:
        yield Answer(claim, "contradicted", meaning, f"by ICE's own posts: {_line(top)}, is more.", shown,
                     measure="arrests_in_a_day", citations=(SOURCE,), notes=(_gaps(),))  # fmt: skip
    else:
        yield Answer(claim, "cannot_tell", meaning, f"the most in its available posts is {_line(top)}; not every day's "
                     "post is available.", shown, measure="arrests_in_a_day", citations=(SOURCE,), settles=SETTLES,
                     notes=(_gaps(),))  # fmt: skip


def _on(parsed: Parsed, amount: Amount, when: When, day: date) -> Iterator[Answer]:
    """The arrests of a day that is named."""
    post = next((one for one in posts() if one.day == day), None)
    claim, figure = _claim(parsed, amount, when), amount.figure
    meaning = f"{_said(figure)} arrests by ICE on {format_date(day)}"
    if post is None:
        return
    shown = (_evidence(post, figure),)
    if figure.right_for(post.arrests):
        yield Answer(claim, "as_stated", meaning, f"as stated by ICE: {_line(post)}.", shown,
                     measure="arrests_in_a_day", citations=(SOURCE,), settles=SETTLES)  # fmt: skip
    else:
        yield Answer(claim, "contradicted", meaning, f"by ICE's own post: {_line(post)}.", shown,
                     measure="arrests_in_a_day", citations=(SOURCE,))  # fmt: skip


def _in_a_day(parsed: Parsed, amount: Amount, published: Days | None) -> Iterator[Answer]:
    """The arrests of a day that is not named: right of a post; else what the nearest posts say otherwise."""
    known = [one for one in posts() if published is None or one.day <= published.last]
    if not known or (published and published.first - known[-1].day > timedelta(days=62)):
        return
    claim, figure = _claim(parsed, amount, When()), amount.figure
    meaning = f"{_said(figure)} arrests by ICE in one day"
    fitting = [one for one in known if figure.right_for(one.arrests)]
    if fitting and (figure.rule in ("exact", "about", "range") or fitting[-1].arrests <= 1.25 * figure.value):
        shown = tuple(_evidence(one, figure) for one in fitting[:3])
        yield Answer(claim, "as_stated", meaning, f"as stated by ICE: {_line(fitting[0])}.", shown,
                     measure="arrests_in_a_day", citations=(SOURCE,), settles=SETTLES)  # fmt: skip
        return
    near = sorted(known, key=lambda one: abs(one.arrests - figure.value))[:NEAREST]
    near.sort(key=lambda one: one.day)
    posts_near = "; ".join(_line(one) for one in near)
    yield Answer(claim, "cannot_tell", meaning, f"ICE's own posts say otherwise, the nearest: {posts_near}. {_gaps()}",
                 tuple(_evidence(one, figure) for one in near), measure="arrests_in_a_day", citations=(SOURCE,),
                 settles="the day that is meant")  # fmt: skip


def _claim(parsed: Parsed, amount: Amount, when: When) -> Claim:
    span = Span(parsed.tokens[amount.first].span.start, parsed.tokens[amount.last].span.end)
    text, start = parsed.sentence.text, parsed.sentence.span.start
    covers = (
        (span, "figure"),
        *((token.span, "comparison") for token in parsed.tokens if pattern("most").search(token.text)),
        *((token.span, "time") for token in parsed.tokens if token.kind == "PER"),
        *((token.span, "time") for token in parsed.tokens if token.kind == "WHEN" and when.since),
        *words_like(text, "in_a_day", start, "time"),
        *neutral_in(text, "arrests_neutral", start),
    )
    return Claim(
        "other",
        amount.figure,
        "arrests",
        Where((), True),
        when,
        span,
        parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=covers),
        terms=OfTopic(topic="arrests_in_a_day"),
    )


def _said(figure: Figure) -> str:
    return f"{HEDGED.get(figure.rule, '')}{number(figure.value)}"


def _line(one: Post) -> str:
    return f"{one.arrests:,} arrests on {format_date(one.day)}"


def _gaps() -> str:
    """Which days between the first and last post have none."""
    known = posts()
    days = {one.day for one in known}
    first, last = known[0].day, known[-1].day
    missing = [day for step in range((last - first).days) if (day := first + timedelta(days=step)) not in days]
    lacking = f"; no post of {', '.join(format_date(day) for day in missing)} is available" if missing else ""
    return f"Available posts are of {len(known)} days from {format_date(first)} to {format_date(last)}{lacking}."


def _evidence(one: Post, figure: Figure) -> Evidence:
    sentence = f"ICE posted {_line(one)} ({one.source})"
    return Evidence("arrests_in_a_day", sentence, float(one.arrests), round(figure.value - one.arrests, 3), None,
                    one.day, FILE, None, TABLE, (f"row {one.row}",))  # fmt: skip
