"""Readings evaluated: the values that a measure has on some days, each with the list that gives it.

What enters: a reading and the index. What leaves: points. Promise: every evaluator that a declared measure names is
here; two lists are only compared with each other in the order of their days.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.measures import Measure, Point, Reading
from ledger287.factcheck.measures.series import SERIES, counties_of, one_with_pending, scoped
from ledger287.ledger.query.history import DatedList

COMPARING = ("growth", "multiple", "difference", "change")
"""Evaluators that compare two lists, and so have no separate value on each."""


def points(reading: Reading, index: Index) -> list[Point]:
    """The values that a reading has on its days."""
    return EVALUATORS[reading.measure.evaluator](reading, index)


def everywhere(reading: Reading, index: Index) -> list[Point]:
    """The values on every list, for a measure that has one on each; none for others."""
    if reading.measure.evaluator not in SERIES or reading.measure.evaluator in COMPARING:
        return []
    return [point for point in series(reading.measure, reading.scope, index) if point is not None]


def series(measure: Measure, scope: Scope, index: Index) -> "list[Point | None]":
    """The values of a measure on every list, made once."""
    key = (measure.id, scope)
    if key not in index.kept:
        index.kept[key] = SERIES[measure.evaluator](measure, scope, index)
    found: list[Point | None] = index.kept[key]
    return found


def _with_pending_then(reading: Reading, index: Index) -> list[Point]:
    """The points on the reading's days alone: each list costs a look at all of its agencies."""
    places = sorted({place for window in reading.windows for place in index.window(window.first, window.last)})
    places = places if len(places) <= 40 or reading.rank == 0 else places[-40:]
    found = (one_with_pending(reading.measure, reading.scope, index, place) for place in places)
    return [point for point in found if point is not None]


def _total_counties(reading: Reading, _index: Index) -> list[Point]:
    """How many counties there are, with independent cities and without: Maryland has 23 and Baltimore, or 24."""
    both = dict.fromkeys(counties_of(reading.scope.states, cities=cities) for cities in (True, False))
    return [Point(total, None) for total in both]


def _serial(reading: Reading, index: Index) -> list[Point]:
    """The points of a series that fall on the reading's days."""
    values = series(reading.measure, reading.scope, index)
    pending = reading.measure.evaluator in ("on_pending_list", "pending_share")
    days = index.pending_days if pending else index.days
    limit = timedelta(days=declared.limits()["known_list_age"]["pending_days"])
    found: list[Point] = []
    for window in reading.windows:
        for place in index.window(window.first, window.last, days):
            point = values[place]
            stale = (
                pending and point is not None and point.listed is not None and window.first - point.listed.day > limit
            )
            if point is not None and not stale:
                found.append(point)
    return found


def newest(index: Index, day: date) -> DatedList | None:
    """The list in force at the end of a day."""
    place = bisect_right(index.days, day) - 1
    return index.lists[place] if place >= 0 else None


def _signed(reading: Reading, index: Index) -> list[Point]:
    """Signings as all lists tell them, then as those known on the story's day did, which lack what was listed later."""
    scope, unit, known = scoped(reading.measure, reading.scope), reading.measure.unit, reading.known

    def signed_in(window: Days, listed: DatedList) -> Point:
        value = index.signed(window.first, window.last, scope, unit=unit, known_on=listed.day)
        return Point(value, listed)

    found = [signed_in(window, index.lists[-1]) for window in reading.windows]
    if known is None or known >= index.days[-1]:
        return found
    for window in reading.windows:
        found += [signed_in(window, listed) for listed in _lists_of(window, known, index)]
    return found


def _lists_of(window: Days, known: date, index: Index) -> list[DatedList]:
    """The list in force on the story's day; of signings up to it, also those of the week before."""
    now = newest(index, known)
    if window.last < known or (known - window.first).days <= _declared()["lately"]["days"]:
        return [now] if now else []
    week = timedelta(days=_declared()["now"]["days"])
    return [index.lists[at] for at in index.window(known - week, known)]


@cache
def _declared() -> dict[str, Any]:
    data: dict[str, Any] = declared.declared_yaml("factcheck/windows.yml")
    return data


def _signed_and_listed(reading: Reading, index: Index) -> list[Point]:
    """Signings that a list soon after them had, or that the newest list of the story's day still has."""
    known = reading.known or index.days[-1]
    newest_then = index.window(known, known)[-1:]
    return [
        Point(index.signed_listed(window, place, reading.scope), index.lists[place])
        for window in reading.windows
        for place in [*index.window(window.last, window.last + timedelta(days=14))[:4], *newest_then]
    ]


def _signed_since(reading: Reading, index: Index) -> list[Point]:
    since = _declared()["newer"]["since"]
    return [
        Point(
            index.signed_listed(Days(since, index.days[place]), place, reading.scope, unit=reading.measure.unit),
            index.lists[place],
        )
        for window in reading.windows
        for place in index.window(window.first, window.last)[-3:]
        if index.days[place] >= since
    ]


def _share_signed(reading: Reading, index: Index) -> list[Point]:
    """Of the agreements on the last list of the days, those that were signed on them."""
    found = []
    for window in reading.windows:
        place = index.window(window.last, window.last)[-1]
        whole = index.series("agreements", reading.scope)[place]
        if whole:
            found.append(
                Point(
                    100 * index.signed_listed(window, place, reading.scope) / whole,
                    index.lists[place],
                    base_value=float(whole),
                )
            )
    return found


def _left(reading: Reading, index: Index) -> list[Point]:
    scope, measure = scoped(reading.measure, reading.scope), reading.measure
    return [
        Point(index.left(window, scope, by=measure.unit, wholly=not measure.series), newest(index, window.last))
        for window in reading.windows
    ]


def _ends(reading: Reading, index: Index) -> Iterable[tuple[Point, Point]]:
    """Each value before with each value after, no two pairs alike."""
    values = series(reading.measure, reading.scope, index)
    first = [values[place] for window in reading.base for place in index.window(window.first, window.last)]
    last = [values[place] for window in reading.windows for place in index.window(window.first, window.last)]
    starts = {point.value: point for point in first if point}
    ends = {point.value: point for point in last if point}
    for start in starts.values():
        for end in ends.values():
            if start.place <= end.place:
                yield start, end


def _growth(reading: Reading, index: Index) -> list[Point]:
    sign = -100 if reading.falling else 100
    return [
        Point(sign * (end.value - start.value) / start.value, end.listed, start.listed, start.value, end.place)
        for start, end in _ends(reading, index)
        if start.value
    ]


def _multiple(reading: Reading, index: Index) -> list[Point]:
    return [
        Point(end.value / start.value, end.listed, start.listed, start.value, end.place)
        for start, end in _ends(reading, index)
        if start.value
    ]


def _change(reading: Reading, index: Index) -> list[Point]:
    """How many more (or fewer) on the later days than on the earlier."""
    sign = -1 if reading.falling else 1
    return [
        Point(sign * (end.value - start.value), end.listed, start.listed, start.value, end.place)
        for start, end in _ends(reading, index)
    ]


def _rank_growth(reading: Reading, index: Index) -> list[Point]:
    """The place of a state by what it gained, in number or (``percent``) in proportion."""
    if not reading.scope.states or not reading.base:
        return []
    share = reading.measure.unit == "percent"
    firsts = [place for window in reading.base for place in index.window(window.first, window.last)]
    lasts = [place for window in reading.windows for place in index.window(window.first, window.last)]
    rows = {s: index.series(reading.measure.series, Scope((s,), reading.scope.model)) for s in sorted(index.states)}
    found = {}
    for first in sorted({firsts[0], firsts[-1]} if firsts else ()):
        for last in sorted({lasts[0], lasts[-1]} if lasts else ()):
            gains = {
                state: (row[last] - row[first]) / (row[first] if share else 1)
                for state, row in rows.items()
                if row[first] or not share
            }
            own = [gains[state] for state in reading.scope.states if state in gains]
            if len(own) == len(reading.scope.states) and first <= last:
                rank = 1 + sum(gain > min(own) for gain in gains.values())
                found[rank] = Point(rank, index.lists[last], index.lists[first], min(own), last)
    return list(found.values())


def _difference(reading: Reading, index: Index) -> list[Point]:
    """From the list in force as the days begin (or the first published on them) to the last published on them."""
    values = series(reading.measure, reading.scope, index)
    found: list[Point] = []
    for window in reading.windows:
        places = list(index.window(window.first, window.last))
        if len(places) < 2:
            continue
        last = values[places[-1]]
        starts = {point.value: point for place in places[:2] if (point := values[place])}
        if last:
            found += [
                Point(last.value - start.value, last.listed, start.listed, start.value, last.place)
                for start in starts.values()
            ]
    return found


EVALUATORS: dict[str, Callable[[Reading, Index], list[Point]]] = {
    **dict.fromkeys(SERIES, _serial),
    "total_counties": _total_counties,
    "signed": _signed,
    "signed_and_listed": _signed_and_listed,
    "signed_since": _signed_since,
    "left": _left,
    "share_signed": _share_signed,
    "signed_or_pending": _with_pending_then,
    "agreements_and_pending": _with_pending_then,
    "growth": _growth,
    "multiple": _multiple,
    "difference": _difference,
    "change": _change,
    "rank_growth": _rank_growth,
}
