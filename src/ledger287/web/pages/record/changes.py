"""What changed: by day, week, state or kind, corrections apart from events, with a chart of signings by week."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.core.text import format_date
from ledger287.ledger.fold.changes import KINDS as KINDS_OF_CHANGE
from ledger287.ledger.query.before.gap import gap_between
from ledger287.ledger.query.edges import edges_of
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_kinds, read_model_ever, read_state
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.lists import months, pages
from ledger287.web.render import languages
from ledger287.web.render.drawings.bars import WEEK, bars_svg, monday
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Query

MonthsOf = list[tuple[int, list[tuple[str, date, date, int]]]]
"""Year -> its months: as in ``2025-08``, the first and last day, and a count."""
CHANGES_A_PAGE = 100
SPAN = timedelta(days=89)
"""Days before the newest list's day that are shown where none are requested: 90 including that day."""
ORDERS = ("day", "week", "state", "kind")
CORRECTED = "corrected"
LONGEST_CHART = 330
"""The number of weeks that the chart can show distinguishably."""


@dataclass(frozen=True, slots=True)
class ChangesQuestion:
    """The question about changes. ``agencies`` are those of the county, where one is named."""

    since: date
    until: date
    state: str | None = None
    model: str | None = None
    kind: str | None = None
    county: str | None = None
    county_name: str | None = None
    agencies: tuple[str, ...] | None = None
    by: str = "day"
    fips: str | None = None


def make(edition: Edition, query: Query) -> Page:
    """The changes of a span of days, newest first, a page at a time."""
    number, ref = edition.lists.on(query)
    wanted = _wanted(edition, query, edition.indexes.days[number])
    every = _within(edition, query, wanted)
    corrections = wanted.kind == CORRECTED
    chosen = _chosen(every, wanted, corrections)
    page, count = pages(chosen.height, CHANGES_A_PAGE, query.get("page"))
    rows = chosen.slice((page - 1) * CHANGES_A_PAGE, CHANGES_A_PAGE).to_dicts()
    counts = _counts(every)
    table = every if wanted.kind is None else chosen
    gap = None
    if not wanted.county:
        span = (wanted.since, wanted.until, wanted.state, wanted.model)
        gap = gap_between(edition.atlas, *span, known_on=query.known_on)
    printed = _printed(edition, query, wanted)
    return Page(
        {
            "since": wanted.since,
            "until": wanted.until,
            "signed_as_printed": printed,
            "gap": gap,
            "known_on": query.known_on,
            "counts": counts,
            "total": chosen.height,
            "page": page,
            "pages": count,
            "changes": rows,
            **edges_of(edition.atlas, wanted.since, wanted.until, query.known_on, wanted.model),
        },
        ref,
        table,
        {
            "wanted": wanted,
            "printed": printed,
            "gap": gap,
            "counts": counts,
            "corrections": counts.get(CORRECTED, 0),
            "events": sum(number for kind, number in counts.items() if kind != CORRECTED),
            "shows": [("corrections" if corrections else "events", grouped(rows, wanted.by))],
            "total": chosen.height,
            "pages": (page, count),
            "charts": chart(edition, query, every, wanted),
            "months": _months(edition, query, wanted),
            "month": None,
            "edges": edges_of(edition.atlas, wanted.since, wanted.until, query.known_on, wanted.model),
        },
    )


def make_month(edition: Edition, query: Query, month: str) -> Page:
    """All changes of one month."""
    known = {key: first for _, found in edition.months_of_changes for key, first, _ in found}
    newest = edition.atlas.newest_day(query.known_on)
    if newest and re.fullmatch(r"\d{4}-\d\d", month) and month > newest.isoformat()[:7]:
        raise Missing(f"Cannot tell of the month {month!r}: the newest list is of {format_date(newest)}.")
    if month not in known:
        raise Missing(f"No change is of the month {month!r}. Expected one as 2025-08 on which the record has a change.")
    first = known[month]
    until = _last(first)
    wanted = ChangesQuestion(first, until)
    every = _within(edition, query, wanted)
    counts = _counts(every)
    shows = [
        (name, grouped(_chosen(every, wanted, name == "corrections").to_dicts(), "day"))
        for name in ("events", "corrections")
    ]
    printed = _printed(edition, query, wanted)
    return Page(
        {
            "since": first,
            "until": until,
            "signed_as_printed": printed,
            "counts": counts,
            "changes": every.to_dicts(),
            **edges_of(edition.atlas, first, until, query.known_on),
        },
        edition.lists.on(query)[1],
        every,
        {
            "wanted": wanted,
            "printed": printed,
            "gap": None,
            "counts": counts,
            "corrections": counts.get(CORRECTED, 0),
            "events": sum(number for kind, number in counts.items() if kind != CORRECTED),
            "shows": shows,
            "total": every.height,
            "pages": (1, 1),
            "charts": chart(edition, query, every, wanted),
            "months": _months(edition, query, wanted),
            "month": month,
            "edges": edges_of(edition.atlas, first, until, query.known_on),
        },
    )


# -- choosing ------------------------------------------------------------------------------------------


def _wanted(edition: Edition, query: Query, newest: date) -> ChangesQuestion:
    begins = query.day("since")
    until = query.day("until") or (newest if begins is None or begins <= newest else max(begins, query.today))
    since = begins or max(until, date.min + SPAN) - SPAN
    if until < since:
        raise Refused(f"until {until} is before since {since}; swap the two days.")
    by = query.get("by") or "day"
    if by not in ORDERS:
        raise Refused(f"by: expected one of {', '.join(ORDERS)}, found {by!r}.")
    kind = query.get("kind")
    state = read_state(query.get("state"))
    county, name, agencies, fips = query.get("county"), None, None, None
    if county:
        spot, ids = edition.atlas.local_agencies(county)
        name, agencies, fips = (
            f"{languages.county_in(spot.name, query.lang)}, {spot.state}",
            tuple(ids),
            spot.counties[0],
        )
    kinds = read_kinds([kind]) if kind else [None]
    return ChangesQuestion(
        since, until, state, read_model_ever(query.get("model")), kinds[0], county, name, agencies, by, fips
    )


def _within(edition: Edition, query: Query, wanted: ChangesQuestion) -> pl.DataFrame:
    """The changes of every kind in the span, of the requested state, model and county, earliest first."""
    return _asked_for(edition, query, wanted).filter(pl.col("day").is_between(wanted.since, wanted.until))


def _asked_for(edition: Edition, query: Query, wanted: ChangesQuestion) -> pl.DataFrame:
    """The changes of every day and kind, of the requested state, model and county, earliest first."""
    known = query.known_on
    found = edition.changes if known is None else edition.atlas.changes(date.min, date.max, known_on=known)
    if wanted.state:
        found = found.filter(pl.col("state") == wanted.state)
    if wanted.model:
        found = found.filter(pl.col("model") == wanted.model)
    return found.filter(pl.col("agency_id").is_in(wanted.agencies)) if wanted.agencies is not None else found


def _printed(edition: Edition, query: Query, wanted: ChangesQuestion) -> int:
    """Agreements whose signing day, as a page or list prints it, is in the span: a change need not have been seen."""
    past = edition.atlas.past
    signed: set[str] = set()
    for tables in (edition.atlas, *((past.pages,) if past else ())):
        days = tables.signing_days(query.known_on)
        states = tables.table("agencies").select("agency_id", "state")
        rows = tables.table("agreements").join(states, on="agency_id")
        for one, agency, state, model in rows.select("agreement_id", "agency_id", "state", "model").iter_rows():
            asked = wanted.state in (None, state) and wanted.model in (None, model)
            theirs = wanted.agencies is None or agency in wanted.agencies
            if asked and theirs and one in days and wanted.since <= days[one] <= wanted.until:
                signed.add(one)
    return len(signed)


def _months(edition: Edition, query: Query, wanted: ChangesQuestion) -> MonthsOf:
    """The months with a change that was requested, each with how many there were of the kind, else with signings."""
    found = _asked_for(edition, query, wanted)
    one = found.filter(pl.col("kind") == (wanted.kind or "signed"))
    counted = Counter(day.isoformat()[:7] for day in one["day"])
    shown = months((one if wanted.kind else found)["day"].to_list())
    return [(year, [(key, first, _last(first), counted[key]) for key, first, _ in its]) for year, its in shown]


def _last(first: date) -> date:
    """The last day of a month, by its first."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _chosen(every: pl.DataFrame, wanted: ChangesQuestion, corrections: bool) -> pl.DataFrame:
    """The events or the corrections, newest first, in the order of their groups."""
    if wanted.kind and wanted.kind != CORRECTED:
        found = every.filter(pl.col("kind") == wanted.kind)
    else:
        is_one = pl.col("kind") == CORRECTED
        found = every.filter(is_one if corrections else ~is_one)
    found = found.reverse()
    if wanted.by == "state":
        return found.sort("state", maintain_order=True)
    if wanted.by == "kind":
        place = {kind: index for index, kind in enumerate(KINDS_OF_CHANGE)}
        return found.sort(pl.col("kind").replace_strict(place, return_dtype=pl.Int32), maintain_order=True)
    return found


def _counts(every: pl.DataFrame) -> dict[str, int]:
    found = dict(every.group_by("kind").len().iter_rows())
    return {kind: found[kind] for kind in KINDS_OF_CHANGE if kind in found}


def grouped(rows: Sequence[dict[str, Any]], by: str) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Rows under their headings: a day, the Monday of a week, a state, or a kind."""
    if by == "week":
        return [(day, list(found)) for day, found in groupby(rows, key=lambda row: monday(row["day"]))]
    return [(key, list(found)) for key, found in groupby(rows, key=lambda row: row[by])]


# -- drawing -------------------------------------------------------------------------------------------


def chart(edition: Edition, query: Query, every: pl.DataFrame, wanted: ChangesQuestion) -> dict[str, Any]:
    """Signings by week in the span, for wide and for narrow screens; none where nothing was signed."""
    signed = every.filter(pl.col("kind") == "signed")
    if signed.is_empty():
        return {}
    first, last = monday(max(wanted.since, signed["day"][0])), monday(min(wanted.until, signed["day"][-1]))
    weeks = (last - first) // WEEK + 1
    if weeks > LONGEST_CHART:
        return {}
    counts = {model: [0] * weeks for model in MODELS}
    for day, model in signed.filter(pl.col("model").is_in(MODELS)).select("day", "model").iter_rows():
        counts[model][(monday(day) - first) // WEEK] += 1
    title = languages.translations(query.lang).gettext("Agreements signed by week and model")
    return {
        "wide": bars_svg(counts, first, title, 1080, 180, query.lang),
        "narrow": bars_svg(counts, first, title, 350, 150, query.lang),
        "title": f"{title}, {_of(edition, query, wanted)}",
        "key": MODELS,
        "counts": [(model, model, sum(numbers)) for model, numbers in counts.items()],
        "months": [(first + place * WEEK, each) for place, each in enumerate(zip(*counts.values(), strict=True))],
        "values": lambda: pl.DataFrame({"week_from": [first + place * WEEK for place in range(weeks)], **counts}),
    }


def _of(edition: Edition, query: Query, wanted: ChangesQuestion) -> str:
    """The days, state, county and model that a chart is of."""
    _ = languages.translations(query.lang).gettext
    days = " – ".join(languages.date_in(day, query.lang, "medium") for day in (wanted.since, wanted.until))
    state = _(edition.state_names[wanted.state]) if wanted.state else None
    return ", ".join(filter(None, (days, state, wanted.county_name, wanted.model)))


def every_month(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the months' pages."""
    return ({"month": key} for _, found in edition.months_of_changes for key, *_ in found)


TAKES = ("since", "until", "state", "kind", "model", "county", "by", "page")
KINDS = (
    PageKind("changes", "/changes", make, once, takes=TAKES, table=True),
    PageKind("month", "/changes/{month}", make_month, every_month, table=True),
)
