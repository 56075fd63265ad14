"""Two days, two states, or two lists side by side: totals, and what is in one only or says something else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.ledger.query.answers import ListRef, Status
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_state
from ledger287.web.edition.differing import VALUES, WHATS, Difference, of_agreements, of_lists, table_of, without
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.lists import SHA, Listed, pages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

ROWS_SHOWN = 200


@cache
def usual_first_day() -> date:
    """The day that a comparison of two days begins with."""
    day: date = declared.declared_yaml("web/compare.yml")["first_day"]
    return day


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its day or list, and its totals. ``label`` is a state's code, where states are compared."""

    day: date | None
    list: ListRef | None
    sha: str
    agreements: int
    agencies: int
    rows: int
    by_model: Mapping[str, int]
    by_state: Mapping[str, int]
    kind: str = "participating"
    label: str | None = None


def make(edition: Edition, query: Query) -> Page:
    """The comparison that the parameters ask for."""
    found: list[Difference] | None = None
    if query.get("list_a") or query.get("list_b"):
        mode = "lists"
        sides, found = _two_lists(edition, query)
    elif query.get("state_b"):
        mode = "states"
        sides = _two_states(edition, query)
    else:
        mode = "days"
        sides, found = _two_days(edition, query)
    return _page(edition, query, mode, sides, found)


def _page(edition: Edition, query: Query, mode: str, sides: tuple[Side, Side], found: list[Difference] | None) -> Page:
    what = query.get("what")
    not_compared = _in_one_only(edition, sides) if found else ()
    found = without(found, not_compared) if found else found
    if what and what not in WHATS:
        raise Refused(f"what: expected one of {', '.join(WHATS)}, found {what!r}.")
    chosen = [one for one in found or () if what in (None, one.what)]
    page, count = pages(len(chosen), ROWS_SHOWN, query.get("page"))
    shown = chosen[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN]
    counts = Counter(one.what for one in found or ())
    state = read_state(query.get("state"))
    return Page(
        {
            "compares": mode,
            "a": sides[0],
            "b": sides[1],
            "state": state,
            "known_on": query.known_on,
            "counts": {each: counts[each] for each in WHATS} if found is not None else None,
            "page": page,
            "pages": count,
            "not_compared": list(not_compared),
            "differences": shown,
        },
        sides[1].list,
        lambda: table_of(chosen),
        {
            "mode": mode,
            "sides": sides,
            "state": state,
            "state_b": read_state(query.get("state_b")),
            "counts": counts,
            "total": len(found or ()),
            "compared": found is not None,
            "not_compared": not_compared,
            "rows": shown,
            "what": what,
            "pages": (page, count),
            "cannot_tell_after": _edge(edition, query, mode),
            "models": MODELS,
            "by_state": _by_state(edition, sides) if mode != "states" and not state else [],
            "first_day": query.get("a") or _usual(edition).isoformat(),
            "second_day": query.get("b") or _newest(edition, query).isoformat(),
        },
    )


def _in_one_only(edition: Edition, sides: tuple[Side, Side]) -> tuple[str, ...]:
    """The fields for which only one of the two lists has a column: what the other could not print is no change."""
    first, second = (edition.lists.find(side.sha) if side.sha else None for side in sides)
    if first is None or second is None:
        return ()
    held = edition.indexes.lists
    here, there = held[first.first]["columns"], held[second.first]["columns"]
    return tuple(field for field in VALUES if (field in here) != (field in there))


def _by_state(edition: Edition, sides: tuple[Side, Side]) -> list[tuple[str, str, int, int]]:
    """Each state with its agreements on both sides, the greatest difference first."""
    codes = {*sides[0].by_state, *sides[1].by_state}
    rows = [
        (code, edition.state_names[code], sides[0].by_state.get(code, 0), sides[1].by_state.get(code, 0))
        for code in codes
    ]
    return sorted(rows, key=lambda row: (row[2] - row[3] if row[3] >= row[2] else row[3] - row[2], row[1]))


# -- days and states -----------------------------------------------------------------------------------


def _days(edition: Edition, query: Query) -> tuple[date, date]:
    return query.day("a") or _usual(edition), query.day("b") or _newest(edition, query)


def _usual(edition: Edition) -> date:
    """The first of the two days where none is requested: the declared one, as far as the record goes back."""
    return max(usual_first_day(), edition.lists.begins)


def _edge(edition: Edition, query: Query, mode: str) -> date | None:
    """The day of the newest list where a compared day is after it; None of two lists, which have their own days."""
    if mode == "lists":
        return None
    return edition.atlas.cannot_tell_after(max(_days(edition, query)), query.known_on)


def _newest(edition: Edition, query: Query) -> date:
    """The day of the newest list on the day that the page was requested for, so that its URL can be cited."""
    return edition.indexes.days[edition.lists.on(query)[0]]


def _two_days(edition: Edition, query: Query) -> tuple[tuple[Side, Side], list[Difference]]:
    state = read_state(query.get("state"))
    days = _days(edition, query)
    first, second = (edition.atlas.as_of(day, known_on=query.known_on) for day in days)
    if state:
        first, second = (rows.filter(pl.col("state") == state) for rows in (first, second))
    sides = tuple(_side(edition.atlas.status(day, known_on=query.known_on, state=state)) for day in days)
    return (sides[0], sides[1]), of_agreements(first, second)


def _two_states(edition: Edition, query: Query) -> tuple[Side, Side]:
    """Two states on one day, or each on a day of its own. Their agreements are not the same, so none is compared."""
    one, other = read_state(query.get("state")), read_state(query.get("state_b"))
    if one is None:
        raise Refused("Which state is to be compared with it? Give both: state and state_b.")
    second = query.day("b") or _newest(edition, query)
    first = query.day("a") or second
    atlas, known_on = edition.atlas, query.known_on
    return (
        _side(atlas.status(first, known_on=known_on, state=one), one),
        _side(atlas.status(second, known_on=known_on, state=other), other),
    )


def _side(status: Status, label: str | None = None) -> Side:
    return Side(
        status.on,
        status.list,
        status.list.sha256[:SHA] if status.list else "",
        status.agreements,
        status.agencies,
        status.rows,
        status.by_model,
        status.by_state,
        label=label,
    )


# -- lists ---------------------------------------------------------------------------------------------


def _two_lists(edition: Edition, query: Query) -> tuple[tuple[Side, Side], list[Difference]]:
    first, second = (_read_list(edition, name, query.get(name)) for name in ("list_a", "list_b"))
    sides = (_list_side(edition, first), _list_side(edition, second))
    return sides, of_lists(edition.indexes, first.first, second.first)


def _read_list(edition: Edition, name: str, text: str | None) -> Listed:
    found = edition.lists.find(text) if text else None
    if found is None:
        raise Refused(f"{name}: expected the name of a list's file, or the beginning of its SHA-256, found {text!r}.")
    return found


def _list_side(edition: Edition, one: Listed) -> Side:
    held = edition.indexes
    row = held.lists[one.first]
    prints = [held.print(number) for _, number in held.rows_of(one.first)]
    keys = {
        (held.agreement(one.first, each["print"]) or (each["agency_id"], each["model"])): each
        for each in prints
        if each["agency_id"]
    }
    models = Counter(each["model"] for each in keys.values())
    day = row["day"]
    ref = ListRef(row["file"], row["published_at"], one.sha, 0)
    return Side(
        day,
        ref,
        one.sha[:SHA],
        len(keys),
        len({each["agency_id"] for each in keys.values()}),
        row["rows"],
        {model: models[model] for model in MODELS},
        dict(Counter(each["state"] for each in keys.values())),
        row["kind"],
    )


KINDS = (
    PageKind(
        "compare",
        "/compare",
        make,
        once,
        takes=("a", "b", "state", "state_b", "list_a", "list_b", "what", "page"),
        table=True,
    ),
)
