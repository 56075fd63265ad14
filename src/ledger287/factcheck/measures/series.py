"""The value of a measure on every list: one function for each evaluator that has one.

What enters: a measure, its scope, the index. What leaves: a point for each list, in the order of publication; None
where it has no value. Promise: nothing is counted here, only put together from the counts of index.py.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from ledger287.core import declared
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.measures import Measure, Point
from ledger287.ledger.query.history import DatedList

Series = Callable[[Measure, Scope, Index], list[Point | None]]


def scoped(measure: Measure, scope: Scope) -> Scope:
    return replace(scope, kind=measure.kind or scope.kind, against=())


def _on_list(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if measure.series == "police_and_sheriffs":
        parts = [index.series("agencies", replace(scope, kind=kind, against=())) for kind in ("police", "sheriffs")]
        values: Iterable[int] = (sum(pair) for pair in zip(*parts, strict=True))
    else:
        values = index.series(measure.series, scoped(measure, scope))
    return [
        Point(value, listed, place=place) for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))
    ]


def _on_pending(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    values = index.pending(scoped(measure, scope), agencies=measure.series == "agencies")
    return [
        Point(value, listed, place=place)
        for place, (value, listed) in enumerate(zip(values, index.pending_lists, strict=True))
    ]


def _with_pending(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """On each list, with the pending list in force then; none where that is too old to tell."""
    return [one_with_pending(measure, scope, index, place) for place in range(len(index.lists))]


def one_with_pending(measure: Measure, scope: Scope, index: Index, place: int) -> Point | None:
    days = index.pending_days
    limit = declared.limits()["known_list_age"]["pending_days"]
    listed = index.lists[place]
    at = bisect_right(days, listed.day) - 1
    if at < 0 or (listed.day - days[at]).days > limit:
        return None
    apart = measure.evaluator == "signed_or_pending"
    more = index.pending_new(scope, at, place) if apart else index.pending(scope)[at]
    return Point(index.series("agencies" if apart else "agreements", scope)[place] + more, listed, place=place)


def _share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    of = scoped(measure, scope)
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


def _share_kind(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """Of the agencies of a place and model, those of one kind."""
    unit = measure.series
    parts, wholes = index.series(unit, scope), index.series(unit, Scope(scope.states, scope.model))
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


def counties_of(states: tuple[str, ...], *, cities: bool = True) -> int:
    """How many counties (or what is in their place) some states have; all states where none is named.

    ``cities``: with the cities that are in no county, as the Census Bureau counts.
    """
    from ledger287.places.gazetteer.geography import geography

    places = geography().counties_of
    codes = states or tuple(code.code for code in declared.states())
    return sum(cities or not one.name.lower().endswith(" city") for state in codes for one in places.get(state, ()))


def _county_share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    total = counties_of(scope.states)
    values = index.series("counties", scoped(measure, scope))
    return [Point(100 * value / total, listed, base_value=float(total), place=place) if total else None
            for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))]  # fmt: skip


def _state_share(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    values, total = index.series("states", scoped(measure, scope)), declared.states_alone()
    return [Point(100 * value / total, listed, base_value=float(total), place=place)
            for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))]  # fmt: skip


def tied(measure: Measure, scope: Scope, index: Index, place: int) -> bool:
    """Whether another has just as many as the one that is ranked, on one list."""
    own, others = _ranking(measure, scope, index)
    value = min(one[place] for one in own)
    return sum(other[place] == value for other in others) > sum(one[place] == value for one in own)


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


def _against(measure: Measure, scope: Scope, index: Index) -> Iterable[tuple[int, int, int, DatedList]]:
    """Place, count, count of the states compared with, and list."""
    own = index.series(measure.series, Scope(scope.states, scope.model, measure.kind))
    other = index.series(measure.series, Scope(scope.against, scope.model, measure.kind))
    return zip(range(len(own)), own, other, index.lists, strict=True)


def _gap(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if not scope.states or not scope.against:
        return [None] * len(index.lists)
    return [Point(a - b, listed, base_value=float(b), place=at) for at, a, b, listed in _against(measure, scope, index)]


def _gap_models(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """How many more agreements a place has under one model than under another."""
    if not scope.model or not scope.against:
        return [None] * len(index.lists)
    own = index.series(measure.series, Scope(scope.states, scope.model))
    other = index.series(measure.series, Scope(scope.states, scope.against[0]))
    return [Point(a - b, listed, base_value=float(b), place=at)
            for at, (a, b, listed) in enumerate(zip(own, other, index.lists, strict=True))]  # fmt: skip


def _gap_kinds(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """How many more agreements agencies of one kind have than those of another."""
    if not scope.kind or not scope.against:
        return [None] * len(index.lists)
    own = index.series(measure.series, Scope(scope.states, scope.model, scope.kind))
    other = index.series(measure.series, Scope(scope.states, scope.model, scope.against[0]))
    return [Point(a - b, listed, base_value=float(b), place=at)
            for at, (a, b, listed) in enumerate(zip(own, other, index.lists, strict=True))]  # fmt: skip


def _times(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    if not scope.states or not scope.against:
        return [None] * len(index.lists)
    rows = _against(measure, scope, index)
    return [Point(a / b, listed, base_value=float(b), place=at) if b else None for at, a, b, listed in rows]


def _without(measure: Measure, scope: Scope, index: Index) -> list[Point | None]:
    """Of the fifty states, or of a place's counties, those that have none."""
    total = declared.states_alone() if measure.series == "states" else counties_of(scope.states)
    values = index.series(measure.series, Scope(scope.states, scope.model, measure.kind))
    return [
        Point(total - value, listed, base_value=float(total), place=place)
        for place, (value, listed) in enumerate(zip(values, index.lists, strict=True))
    ]


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
    "gap_models": _gap_models,
    "gap_kinds": _gap_kinds,
    "times": _times,
    "without": _without,
    "only": _on_list,
    # The four below have no value of their own on each list, only the counts that they compare.
    "growth": _on_list,
    "multiple": _on_list,
    "difference": _on_list,
    "change": _on_list,
}
