"""Measures: named queries over the record, each with its English sentence; evaluated by name.

What enters: a reading (a measure with its place, model and days) and the index. What leaves: points, each a
value with the list that gives it. Promise: every measure is declared in declared/measures/*.yml; this module
holds only how its evaluator counts.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import yaml

from ledger287 import declared
from ledger287.claims.index import Index, Listed, Scope
from ledger287.claims.model import Days

TERM_BEGAN = date(2025, 1, 20)
"""The day since which the newer agreements are counted: the executive order that revived the program."""

COMPARING = ("growth", "multiple", "difference", "change")
"""Evaluators that set two lists beside each other, and so have no value of their own on each."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared measure."""

    id: str
    evaluator: str
    one: str
    many: str
    sentence: str
    series: str = ""
    unit: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim. ``requires`` is what the sentence would have to say, where it does not."""

    measure: Measure
    scope: Scope
    windows: tuple[Days, ...]
    rank: int = 0
    requires: str | None = None
    base: tuple[Days, ...] = ()
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A value, the list that it rests on, and for a comparison the list that it starts from."""

    value: float
    listed: Listed | None
    base: Listed | None = None
    base_value: float | None = None
    place: int = -1


@cache
def measures() -> dict[str, Measure]:
    """Every declared measure, by id."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Measure] = {}
    for name in ("counts", "changes", "shares"):
        for measure, row in yaml.load(declared.text(f"measures/{name}.yml"), loader).items():
            found[measure] = Measure(measure, **row)
    return found


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


Series = Callable[[Measure, Scope, Index], list[Point | None]]


def _scoped(measure: Measure, scope: Scope) -> Scope:
    return Scope(scope.states, scope.model, measure.kind or scope.kind)


def _on_list(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if measure.series == "police_and_sheriffs":
        parts = [index.series("agencies", Scope(scope.states, scope.model, kind)) for kind in ("police", "sheriffs")]
        values: Iterable[int] = (sum(pair) for pair in zip(*parts, strict=True))
    else:
        values = index.series(measure.series, _scoped(measure, scope))
    return [
        Point(value, listed, place=place) for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))
    ]


def _on_pending(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    values = index.pending(_scoped(measure, scope), agencies=measure.series == "agencies")
    return [
        Point(value, listed, place=place)
        for place, (value, listed) in enumerate(zip(values, index.pending_lists, strict=True))
    ]


def _with_pending(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """On each list, with the pending list in force then; none where that is too old to tell."""
    return [_one_with_pending(measure, scope, index, place) for place in range(len(index.lists))]


def _one_with_pending(measure: Measure, scope: Scope, index: Index, place: int) -> Point | None:
    days = [one.day for one in index.pending_lists]
    limit = declared.limits()["known_list_age"]["pending_days"]
    listed = index.lists[place]
    at = bisect_right(days, listed.day) - 1
    if at < 0 or (listed.day - days[at]).days > limit:
        return None
    apart = measure.evaluator == "signed_or_pending"
    more = index.pending_new(scope, at, place) if apart else index.pending(scope)[at]
    return Point(index.series("agencies" if apart else "agreements", scope)[place] + more, listed, place=place)


def _with_pending_then(reading: Reading, index: Index) -> list[Point]:
    """The points on the reading's days alone: each list costs a look at all of its agencies."""
    places = sorted({place for window in reading.windows for place in index.window(window.first, window.last)})
    places = places if len(places) <= 40 or reading.rank == 0 else places[-40:]
    found = (_one_with_pending(reading.measure, reading.scope, index, place) for place in places)
    return [point for point in found if point is not None]


def _share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    of = _scoped(measure, scope)
    whole = Scope((), of.model if of.states else None, of.kind)
    parts = index.series(measure.series, of)
    wholes = index.series(measure.series, whole)
    return [
        Point(100 * part / all_, listed, base_value=float(all_), place=place) if all_ else None
        for place, (part, all_, listed) in enumerate(zip(parts, wholes, index.lists, strict=True))
    ]


def _share_model(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """Of the agreements of a place, those under one model."""
    parts, wholes = index.series(measure.series, scope), index.series(measure.series, Scope(scope.states))
    return [
        Point(100 * part / all_, listed, base_value=float(all_), place=place) if all_ else None
        for place, (part, all_, listed) in enumerate(zip(parts, wholes, index.lists, strict=True))
    ]


def _share_kind(_measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """Of the agencies of a place and model, those of one kind."""
    parts, wholes = index.series("agencies", scope), index.series("agencies", Scope(scope.states, scope.model))
    return [
        Point(100 * part / all_, listed, base_value=float(all_), place=place) if all_ else None
        for place, (part, all_, listed) in enumerate(zip(parts, wholes, index.lists, strict=True))
    ]


def _pending_share(_measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    parts, wholes = index.pending(scope), index.pending(Scope((), scope.model if scope.states else None))
    return [
        Point(100 * part / all_, listed, base_value=float(all_), place=place) if all_ else None
        for place, (part, all_, listed) in enumerate(zip(parts, wholes, index.pending_lists, strict=True))
    ]


def counties_of(states: tuple[str, ...]) -> int:
    """How many counties (or what stands for them) some states have; all states where none is named."""
    from ledger287.places.geography import geography

    places = geography().counties_of
    codes = states or tuple(code.code for code in declared.states())
    return sum(len(places.get(state, ())) for state in codes)


def _county_share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    total = counties_of(scope.states)
    values = index.series("counties", _scoped(measure, scope))
    return [Point(100 * value / total, listed, base_value=float(total), place=place) if total else None
            for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))]  # fmt: skip


def _state_share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    values = index.series("states", _scoped(measure, scope))
    return [Point(100 * value / 50, listed, base_value=50.0, place=place)
            for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))]  # fmt: skip


def _ranking(measure: Measure, scope: Scope, index: Index) -> tuple[list[list[int]], list[list[int]]]:
    """The counts of the states (or the model) that are ranked, and those of all that they are ranked among."""
    if scope.states:
        own = [index.series(measure.series, Scope((state,), scope.model)) for state in scope.states]
        others = [index.series(measure.series, Scope((state,), scope.model)) for state in sorted(index.states)]
    else:
        own = [index.series(measure.series, Scope((), scope.model))]
        others = [index.series(measure.series, Scope((), code.code)) for code in declared.models()]
    return own, others


def _rank(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """The place of a state among all, or of a model among the three; equal counts share a place.

    Of several states named together it is the place of the last.
    """
    own, others = _ranking(measure, scope, index)
    found: list[Point | None] = []
    for place, listed in enumerate(index.lists):
        value = min(one[place] for one in own)
        rank = 1 + sum(other[place] > value for other in others)
        found.append(Point(rank, listed, base_value=float(value), place=place))
    return found


def _rank_fewest(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """The place from below among the states that have any; none where the state itself has none."""
    own, others = _ranking(measure, scope, index)
    found: list[Point | None] = []
    for place, listed in enumerate(index.lists):
        value = max(one[place] for one in own)
        rank = 1 + sum(0 < other[place] < value for other in others)
        has = min(one[place] for one in own) > 0
        found.append(Point(rank, listed, base_value=float(value), place=place) if has else None)
    return found


def _against(measure: Measure, scope: Scope, index: Index) -> Iterable[tuple[int, int, int, Listed]]:
    """Place, count, count of the states compared with, and list."""
    own = index.series(measure.series, Scope(scope.states, scope.model, measure.kind))
    other = index.series(measure.series, Scope(scope.against, scope.model, measure.kind))
    return zip(range(len(own)), own, other, index.lists, strict=True)


def _gap(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if not scope.states or not scope.against:
        return [None] * len(index.lists)
    return [Point(a - b, listed, base_value=float(b), place=at) for at, a, b, listed in _against(measure, scope, index)]


def _times(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if not scope.states or not scope.against:
        return [None] * len(index.lists)
    rows = _against(measure, scope, index)
    return [Point(a / b, listed, base_value=float(b), place=at) if b else None for at, a, b, listed in rows]


def _without(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """Of the fifty states, or of a place's counties, those that have none."""
    total = 50 if measure.series == "states" else counties_of(scope.states)
    values = index.series(measure.series, Scope(scope.states, scope.model, measure.kind))
    return [
        Point(total - value, listed, base_value=float(total), place=place)
        for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))
    ]


def _total_counties(reading: Reading, _index: Index) -> list[Point]:
    return [Point(counties_of(reading.scope.states), None)]


SERIES: dict[str, Series] = {
    "on_list": _on_list,
    "on_pending_list": _on_pending,
    "signed_or_pending": _with_pending,
    "agreements_and_pending": _with_pending,
    "share": _share,
    "share_kind": _share_kind,
    "share_model": _share_model,
    "pending_share": _pending_share,
    "county_share": _county_share,
    "state_share": _state_share,
    "rank": _rank,
    "rank_fewest": _rank_fewest,
    "gap": _gap,
    "times": _times,
    "without": _without,
    "only": _on_list,
    # The four below have no value of their own on each list, only the counts that they compare.
    "growth": _on_list,
    "multiple": _on_list,
    "difference": _on_list,
    "change": _on_list,
}


def _serial(reading: Reading, index: Index) -> list[Point]:
    """The points of a series that fall on the reading's days."""
    values = series(reading.measure, reading.scope, index)
    pending = reading.measure.evaluator in ("on_pending_list", "pending_share")
    days = [one.day for one in index.pending_lists] if pending else index.days
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


def newest(index: Index, day: date) -> Listed | None:
    """The list in force at the end of a day."""
    place = bisect_right(index.days, day) - 1
    return index.lists[place] if place >= 0 else None


def _signed(reading: Reading, index: Index) -> list[Point]:
    scope = _scoped(reading.measure, reading.scope)
    return [
        Point(index.signed(window.first, window.last, scope, unit=reading.measure.unit), index.lists[-1])
        for window in reading.windows
    ]


def _signed_and_listed(reading: Reading, index: Index) -> list[Point]:
    return [
        Point(index.signed_listed(window, place, reading.scope), index.lists[place])
        for window in reading.windows
        for place in index.window(window.last, window.last + timedelta(days=14))[:4]
    ]


def _signed_since(reading: Reading, index: Index) -> list[Point]:
    return [
        Point(
            index.signed_listed(Days(TERM_BEGAN, index.days[place]), place, reading.scope, unit=reading.measure.unit),
            index.lists[place],
        )
        for window in reading.windows
        for place in index.window(window.first, window.last)[-3:]
        if index.days[place] >= TERM_BEGAN
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
    return [Point(index.left(window, reading.scope), newest(index, window.last)) for window in reading.windows]


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
