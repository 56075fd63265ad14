"""When an amount of a sentence is meant, by the dates around it.

What enters: a sentence's tokens and amounts, and what the text before has settled. What leaves: for one amount, its
time. Promise: rules of position alone, each stated here; a date of one clause is not that of another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ledger287.factcheck.extract.amounts.clauses_on_names import clauses_on_names
from ledger287.factcheck.extract.amounts.times.windows import month_number, resolve
from ledger287.factcheck.extract.model import Claim, Days, When, Where
from ledger287.factcheck.parse.dates import NUMBERS, Dated
from ledger287.factcheck.parse.model import Amount, Token

BREAKS = ("while", "but", "whereas", ";", "although", "though")
"""Words that end the reach of a date in the middle of a sentence."""
RELATIVE = ("that", "which", "who", "whose")
"""Words that open a clause of its own: a date at its end is of that clause alone."""


@dataclass(frozen=True, slots=True)
class Background:
    """What the text before a sentence has established: its date, the record's years, the last place and unit named."""

    published: Days | None
    years: tuple[int, int]
    where: Where | None = None
    unit: str | None = None
    home: str | None = None
    model: str | None = None
    last: Claim | None = None
    signing: bool = False
    """Whether the last sentence with a count counted what was signed."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence, each given to the amounts that it dates."""

    of: dict[int, When]
    leading: When | None
    trailing: When | None
    since: When | None
    pair: tuple[When, When] | None
    cut: int
    barred: int


def times(tokens: Sequence[Token], amounts: Sequence[Amount], behind: Background) -> Times:
    """Give every date of a sentence to an amount, or to all of them."""
    own: dict[int, When] = {}
    elsewhere, spots = _of_names(tokens, amounts), list[tuple[int, When]]()
    for place, when in _joined(tokens, behind):
        own |= {number: when for number in elsewhere.get(place, ()) if number not in own}
        if place not in elsewhere:
            spots.append((place, when))
    leading: When | None = None
    trailing: When | None = None
    opened = closed = 0
    deeds = -1
    since = next((when for _, when in spots if when.since and when.windows), None)
    pair, spots = _pair(spots)
    for place, when in spots:
        before = [n for n, amount in enumerate(amounts) if amount.last < place]
        after = [n for n, amount in enumerate(amounts) if amount.first > place]
        if not before and any(tokens[at].text == ";" for at in range(place, amounts[0].first if amounts else place)):
            continue  # of a statement of its own
        if not before:
            leading = _leading(leading, when)
            opened = place
            continue
        last = before[-1]
        gap = range(amounts[last].last + 1, place)
        parted = any(tokens[at].kind == "MARK" and tokens[at].text in ",;—:" for at in gap)
        if after and amounts[after[0]].role != "from" and _opens_clause(tokens, amounts, place, after[0]):
            for number in _of_clause(tokens, amounts, place, after):
                own.setdefault(number, when)
            continue
        near = bool(after) and amounts[after[0]].first - place <= _reach(tokens, place) and amounts[after[0]].role == ""
        if near and (amounts[after[0]].first - place > 3 or _tied(tokens, place)):
            own.setdefault(after[0], replace(when, since=False))
            own.setdefault(last, when)
        elif near and parted and not when.since:
            own.setdefault(after[0], when)
        elif (event := event_opens(tokens, amounts, place)) is not None:
            deeds = max(deeds, event)
            if amounts[last].first > event:
                own.setdefault(last, when)
        elif last not in own:
            own[last] = when
            plain = amounts[last].role != "from" and amounts[last].kind != "multiple"
            if not after and plain and not _of_base(tokens, amounts[last], place):
                trailing, closed = when, place
    if pair and not leading:
        leading = _stretch(pair)
    cut = next(
        (at for at in range(opened, len(tokens)) if opened > 2 and tokens[at].text.lower() in BREAKS), len(tokens)
    )
    marked = closed > 0 and tokens[closed - 1].kind == "MARK"
    breaks = BREAKS if marked else (*BREAKS, *RELATIVE)
    barred = max((at for at in range(closed) if tokens[at].text.lower() in breaks), default=-1)
    barred = max(barred, deeds)
    return Times(own, leading, trailing, since, pair, cut, barred)


def _of_names(tokens: Sequence[Token], amounts: Sequence[Amount]) -> dict[int, tuple[int, ...]]:
    """The dates of what is said of a place or an agency between marks, each with the amounts there, which it is of:
    Ohio, which in May had 30, now has 98. Without an amount there, only in a sentence of what is so now: Georgia, which
    passed a law in 2024, has 82; ten are in force in Arizona, where the sheriff lost his seat in 2016.
    """
    found: dict[int, tuple[int, ...]] = {}
    for start, end in clauses_on_names(tokens) if amounts else ():
        others = [one.text.lower() for at, one in enumerate(tokens) if not start < at < end]
        inside = tuple(number for number, amount in enumerate(amounts) if start < amount.first < end)
        now = any(one in PRESENT for one in others) and not any(one in PAST for one in others)
        if (now and not inside) or (inside and len(inside) < len(amounts)):
            found |= {at: inside for at in range(start, end) if tokens[at].kind == "WHEN"}
    return found


CLAUSES = (";", "and", "but", "while", "whereas", "then")
"""Before a date, open the clause that it dates: "124 in March and in April 179"."""


def _opens_clause(tokens: Sequence[Token], amounts: Sequence[Amount], place: int, following: int) -> bool:
    """Whether a date opens a clause of its own, with the next amount in it and no other date before that."""
    opens = place - 2 if tokens[place - 1].kind == "PLACE" else place - 1  # "and Texas in April 78"
    if tokens[opens].text.lower() not in CLAUSES:
        return False
    between = tokens[place + 1 : amounts[following].first]
    return not any(one.kind == "WHEN" or one.text.lower() in (*CLAUSES, ".") for one in between)


def _of_clause(tokens: Sequence[Token], amounts: Sequence[Amount], place: int, after: Sequence[int]) -> Iterator[int]:
    """The first amount behind a date that opens its clause; behind a semicolon all of them, up to another date."""
    yield after[0]
    for number in after[1:] if tokens[place - 1].text == ";" else ():
        if any(one.kind == "WHEN" or one.text in (";", ".") for one in tokens[place + 1 : amounts[number].first]):
            return
        yield number


PRESENT = ("has", "have", "holds", "hold", "is", "are", "lists", "shows", "counts", "now", "includes", "include")
PAST = ("had", "was", "were", "held", "listed", "counted", "showed", "reached", "stood", "included")
DEEDS = ("SIGN", "LEAVE")
"""Kinds of words for what happened: signed, joined, quit, were removed."""


def event_opens(tokens: Sequence[Token], amounts: Sequence[Amount], place: int) -> int | None:
    """The comma that opens the words on what happened on a date, where what is before it counts what there is now:
    has nine agreements, the newest signed in April; has 28, and he says that 12 quit in February."""
    marks = [at for at in range(1, place) if tokens[at].kind == "MARK" and tokens[at].text in ",—(:;"]
    if not marks or not marks[-1] > amounts[0].last:
        return None
    opens = marks[-1]
    if not any(one.kind in DEEDS for one in tokens[opens:place]):
        return None
    before = tokens[:opens]
    said = {word for one in before for word in one.text.lower().split()}
    now = bool(said & set(PRESENT)) and not said & set(PAST)
    return opens if now and not any(one.kind in DEEDS for one in before) else None


def _of_base(tokens: Sequence[Token], amount: Amount, place: int) -> bool:
    """Whether a date is that of what is compared with alone: has 80, 49 more than in November."""
    return any(one.text.lower().split()[-1] == "than" for one in tokens[amount.last + 1 : place])


THE_NUMBER = tuple([one, verb] for one in ("number", "count", "total", "figure", "tally") for verb in ("was", "is"))
"""Stand for the number of what was counted before."""


def _reach(tokens: Sequence[Token], place: int) -> int:
    """How far after a date its figure may be: farther where "when" connects them."""
    following = [token.text.lower() for token in tokens[place + 1 : place + 4]]
    if following[:1] == ["the"] and following[1:] in THE_NUMBER:
        return 4  # by the end of March the number was 36
    return 8 if any(token.text.lower() in ("when", "which") for token in tokens[place + 1 : place + 3]) else 3


def _tied(tokens: Sequence[Token], place: int) -> bool:
    """Whether what follows a date is said of that date: since January, when 135 agreements were in place."""
    return [token.text.lower() for token in tokens[place + 1 : place + 3]] == [",", "when"]


def _leading(one: When | None, other: When) -> When:
    """Of two dates that open a sentence: the days that they share, else the later that is no beginning."""
    if one is None:
        return other
    if other.said.lower().startswith(("as of", "as at")):
        return other
    shared = both(one, other)
    return shared if shared is not one else other if one.since or not one.windows else one


def _joined(tokens: Sequence[Token], behind: Background) -> list[tuple[int, When]]:
    """The dates of a sentence; two side by side that share days ("when he took office in January") as one."""
    found: list[tuple[int, When]] = []
    clauses = tuple(clauses_on_names(tokens))
    for place, token in enumerate(tokens):
        if token.kind != "WHEN" or token.dated is None:
            continue
        apart = [(start, end) for start, end in clauses if not start < place < end]
        before = [one for at, one in enumerate(tokens[:place]) if not any(start < at < end for start, end in apart)]
        when = resolve(in_its_year(token.dated, before, behind), behind.published, behind.years)
        if token.dated.kind == "later":
            when = _later(token, found)
        if found and place - found[-1][0] <= 2:
            shared = both(found[-1][1], when)
            if shared.windows and shared is not found[-1][1] and not _opens(found[-1][1]) and not _opens(when):
                found[-1] = (place, shared)
                continue
        found.append((place, when))
    return found


ORIGINS = ("from", "compared", "versus", "than", "against")
"""Words after which a month is of the time before: 1,035 in September 2025, up from 427 in March."""


def in_its_year(dated: Dated, before: Sequence[Token], behind: Background) -> Dated:
    """``157 in February 2025 and 137 in March``: a month is of the year that the sentence is in, or of the next."""
    parts = dict(dated.parts) if dated.kind == "month" else {}
    months = [one for one in before if one.dated and one.dated.kind == "month"]
    last, since = (dict(months[-1].dated.parts), months[-1].span.start) if months and months[-1].dated else ({}, 0)
    if parts.get("y") or parts.get("rel") or not parts.get("mon") or not str(last.get("y") or "").isdigit():
        return dated
    said = int(str(last["y"]))
    month, after = month_number(str(parts["mon"])), month_number(str(last["mon"]))
    between = {word for one in before if one.span.start > since for word in one.text.lower().split()}
    year = said - (month > after) if between & set(ORIGINS) else said + (month < after)
    if behind.published and date(year, month, 1) > behind.published.last:
        return dated
    return replace(dated, parts=tuple((name, str(year) if name == "y" else value) for name, value in dated.parts))


LATER = {"day": (1, 0), "week": (7, 2), "month": (30, 7), "year": (365, 15)}
"""Days that "later" moves a day by, and how many it may be off by."""


def _later(token: Token, found: Sequence[tuple[int, When]]) -> When:
    """``1,784 on May 7 and 1,783 a day later``: counted from the day before it in the sentence."""
    given = dict(token.dated.parts) if token.dated else {}
    base = found[-1][1].windows if found else ()
    if len(base) != 1:
        return When()
    said = str(given.get("n") or "one").lower()
    count = int(said) if said.isdigit() else NUMBERS.get(said, 1)
    step, slack = LATER[given.get("u") or given.get("v") or "day"]
    moved = timedelta(days=step * count)
    off = timedelta(days=slack)
    days = Days(base[0].first + moved - off, base[0].last + moved + off)
    return When((days,), True, False, token.text, token.span)


def _opens(when: When) -> bool:
    return when.said.lower().startswith(("from ", "between "))


def both(one: When, other: When) -> When:
    """Two dates of one thing: the days that they share, where they share any."""
    shared = [
        Days(max(a.first, b.first), min(a.last, b.last))
        for a in one.windows for b in other.windows
        if max(a.first, b.first) <= min(a.last, b.last)
    ]  # fmt: skip
    return replace(one, windows=tuple(shared[:1]), said=f"{one.said} {other.said}") if shared else one


def _pair(spots: list[tuple[int, When]]) -> tuple[tuple[When, When] | None, list[tuple[int, When]]]:
    """``from A through B`` and ``between A and B``: both ends, and the one stretch in their place."""
    for at in range(len(spots) - 1):
        (place, one), (other_place, other) = spots[at], spots[at + 1]
        ends = other.said.lower().startswith(("to ", "through ", "until ", "till ", "and "))
        if _opens(one) and ends and other_place - place <= 3 and one.windows and other.windows:
            one = _of_year_of(one, other)
            return (one, other), [*spots[:at], (place, _stretch((one, other))), *spots[at + 2 :]]
    return None, spots


def _of_year_of(one: When, other: When) -> When:
    """The first end of a stretch, a year earlier where its year is not said and it were after the second end."""
    first, last = one.windows[0], other.windows[0]
    if first.first <= last.last or re.search(r"\d{4}", one.said):
        return one
    years = last.last.year - first.first.year - (first.first.replace(year=last.last.year) > last.last)
    began = first.first.replace(year=first.first.year + years, day=min(first.first.day, 28)) if years else first.first
    return replace(one, windows=(Days(began, first.last + (began - first.first)),))


def stretch_of(one: When, other: When) -> When:
    """The stretch from one time to another, as in "between June 3 and March 1"."""
    return _stretch((_of_year_of(one, other), other))


def _stretch(pair: tuple[When, When]) -> When:
    one, other = pair
    first, last = one.windows[0].first, max(days.last for days in other.windows[:1])
    days = Days(min(first, last), max(first, last))
    ends = (one.windows[0], other.windows[0]) if first <= last else ()
    return When((days,), True, False, f"{one.said} {other.said}", one.span, True, ends)


def when_of(number: int, amount: Amount, spots: Times) -> When:
    """The time of one amount: its own, else what opens the sentence, else what closes it."""
    if spots.pair and amount.role == "from":
        return spots.pair[0]
    if spots.pair and amount.role == "to":
        return spots.pair[1]
    if number in spots.of:
        return spots.of[number]
    if amount.role == "from":
        return spots.since or When()
    if spots.leading and amount.first < spots.cut:
        return spots.leading
    return spots.trailing if spots.trailing and amount.first > spots.barred else When()
