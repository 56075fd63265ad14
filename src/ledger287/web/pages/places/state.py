"""A state's page, and the page of all states."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from ledger287.charts.maps.content import MapCounty
from ledger287.charts.maps.cut import state_svg
from ledger287.charts.series.steps import Series
from ledger287.core.problem import Refused
from ledger287.law.lawbook.shown.listing import RuleOn, rules_on
from ledger287.law.lawbook.shown.through_time import law_through_time
from ledger287.ledger.query.answers import Status
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_state
from ledger287.places.coverage.people import NOBODY, Coverage, StateCoverage
from ledger287.places.gazetteer.shapes import shapes
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.history import grown, lives
from ledger287.web.edition.snapshot import Snapshot, latest, pending, snapshot, status
from ledger287.web.pages.home import growth_charts, names
from ledger287.web.pages.then import PastSubject, is_before_lists, then_page
from ledger287.web.render import languages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Query

CHANGES_SHOWN = 15
COLUMNS = ("agreement_id", "agency_id", "agency", "county", "type", "model", "signed")

ANY_COUNTY = "00000"


def make_states(edition: Edition, query: Query) -> Page:
    """All states by agreements on a day."""
    if is_before_lists(edition, query):
        return then_page(edition, query)
    nation = status(edition, query)
    table = (
        snapshot(edition, query)
        .agreements.group_by("state")
        .agg(
            agreements=pl.len(),
            agencies=pl.col("agency_id").n_unique(),
            **{model: (pl.col("model") == model).sum() for model in MODELS},
        )
        .with_columns(name=pl.col("state").replace_strict(edition.state_names))
        .sort(pl.col("agreements"), "name", descending=[True, False])
        .select("state", "name", "agreements", "agencies", *MODELS)
    )
    held = set(table["state"].to_list())
    without = [code for code in edition.states if code not in held]
    answer = {"on": query.on, "known_on": query.known_on, "list": nation.list}
    shown = {"status": nation, "states": table.to_dicts(), "without": without}
    return Page({**answer, "states": table.to_dicts(), "without": without}, nation.list, table, shown)


def make_state(edition: Edition, query: Query, state: str) -> Page:
    """One state on a day: its totals, agencies, coverage, history and law."""
    try:
        code = read_state(state) or ""
    except Refused as refused:
        raise Missing(*refused.parts) from None
    if is_before_lists(edition, query):
        return then_page(edition, query, PastSubject(state=code))
    now = snapshot(edition, query)
    rows = now.by_state.get(code, now.agreements.clear())
    table = rows.select(COLUMNS).sort("agency", "model", "signed")
    status = _status(edition, query, code, rows)
    coverage = _coverage(now.coverage, code)
    wide = {one.jurisdiction.agency_id for one in now.statewide.get(code, ())}
    law = state_law(edition, min(query.on, query.known_on or query.on), code)
    waiting = pending(edition, query).by_state.get(code, ())
    without = [county for county in edition.atlas.geography.counties_of.get(code, ()) if county.fips not in now.local]
    changes = latest(edition, query).of(CHANGES_SHOWN, state=code)
    words = languages.translations(query.lang)
    title = words.gettext("Agreements in force by model since January 2021")
    series = grown(edition, query, lives(edition).by_state.get(code, ()), names(query))
    listed = table.to_dicts()
    history = through_time(code, query.on, series)
    return Page(
        {
            "status": status,
            "coverage": coverage,
            "agreements": listed,
            "statewide": sorted(wide),
            "pending": waiting,
            "counties_without": [county.fips for county in without],
            "changes": changes,
            "law": law,
            "law_through_time": history,
        },
        status.list,
        table,
        {
            "status": status,
            "code": code,
            "name": edition.state_names[code],
            "coverage": coverage,
            "rows": [row for row in listed if row["agency_id"] not in wide],
            "wide": [row for row in listed if row["agency_id"] in wide],
            "places_of": _places(edition, listed),
            "charts": growth_charts(series, query, title),
            "drawn": _map(now, code, query, edition.state_names[code]),
            "striped": any(county.local_only for fips, county in now.shown.counties.items() if _is_of(fips, code)),
            "pending": waiting,
            "pending_list": pending(edition, query).ref,
            "pending_known": pending(edition, query).is_known,
            "without": sorted(without, key=lambda county: county.name),
            "counties": len(edition.atlas.geography.counties_of.get(code, ())),
            "changes": changes,
            "since": latest(edition, query).since,
            "law": law,
            "history": history,
        },
    )


def _places(edition: Edition, listed: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """Agency -> the codes and names of the counties that it is an agency of."""
    counties, where = edition.atlas.geography.counties, edition.atlas.jurisdiction_of
    ids = {row["agency_id"] for row in listed}
    return {id: [(fips, counties[fips].name) for fips in where[id].counties if fips in counties] for id in ids}


def _status(edition: Edition, query: Query, code: str, rows: pl.DataFrame) -> Status:
    """A state's status, as ``Ledger.status`` gives it, from the rows of its agreements."""
    nation = status(edition, query)
    territory = edition.atlas.geography.states[code].territory
    held = dict(rows.group_by("model").len().iter_rows())
    return replace(
        nation,
        rows=int(rows["times"].sum()),
        agreements=rows.height,
        agencies=rows["agency_id"].n_unique(),
        states=int(bool(rows.height and not territory)),
        territories=int(bool(rows.height and territory)),
        by_model={model: held.get(model, 0) for model in MODELS},
        by_state={code: rows.height} if rows.height else {},
        pending=None if nation.pending is None else len(pending(edition, query).by_state.get(code, ())),
        state=code,
    )


def _coverage(nation: Coverage, code: str) -> Mapping[str, Any]:
    """What the nation's coverage says of one state."""
    found = next((one for one in nation.by_state if one.state == code), None)
    own = found or StateCoverage(code, None, NOBODY, NOBODY, NOBODY, False)
    return {
        "population": own.population,
        "population_year": nation.population_year,
        "people": own.people,
        "jail": own.jail,
        "streets": own.streets,
        "statewide": next((one for one in nation.statewide if one.state == code), None),
        "uncounted": tuple(one for one in nation.uncounted if one.state == code),
    }


def _is_of(fips: str, code: str) -> bool:
    return shapes().counties[fips].state == code


def titled(query: Query) -> Callable[[str, MapCounty | None], str]:
    """What is shown of a county where it is pointed at on a map."""
    none = languages.translations(query.lang).gettext("no agreement of a local agency")

    def say(fips: str, county: MapCounty | None) -> str:
        name = languages.county_in(shapes().counties[fips].name, query.lang)
        name = f"{name[:1].upper()}{name[1:]}"
        if county is None:
            return f"{name}: {none}"
        return f"{name}. {_held(county)}"

    return say


def _held(county: MapCounty) -> str:
    return "; ".join(f"{agency.name}: {', '.join(agency.models)}" for agency in county.agencies)


def _map(now: Snapshot, code: str, query: Query, name: str) -> Callable[[Any], str]:
    """The state's map, drawn when the template gives its URLs."""
    words = languages.translations(query.lang)
    title = words.gettext("Map of {state} by county").format(state=words.gettext(name))
    return lambda href: state_svg(now.shown, code, title, county_links(href), titled(query))


def county_links(href: Callable[..., str]) -> Callable[[str], str]:
    """The URL of each county's page, from what gives URLs, called once."""
    pattern = href("county", fips=ANY_COUNTY)
    return lambda fips: pattern.replace(ANY_COUNTY, fips)


def state_law(edition: Edition, on: date, code: str) -> tuple[RuleOn, ...]:
    """The state's own law on agreements, as it is on a day, and what courts say about it."""
    found: tuple[RuleOn, ...] = edition.recent.get(
        ("law", on, code),
        lambda: tuple(rule for rule in rules_on(on, code).rules if rule.state_law and rule.territory),
    )
    return found


def through_time(code: str, on: date, series: Series | None) -> list[dict[str, Any]]:
    """The state's law through time, each rule with the agreements in force on its first day, where a list tells."""
    return [
        {"period": period, "agreements": _in_force(series, period.since) if period.since else None}
        for period in law_through_time(code, on)
    ]


def _in_force(series: Series | None, day: date) -> int | None:
    """Agreements by the newest list of a day; None before the first list."""
    place = bisect_right(series.days, day) - 1 if series else -1
    return None if series is None or place < 0 else sum(int(counts[place]) for counts in series.counts.values())


def every_state(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the states' pages, including territories on no list: their law has a page too."""
    return ({"state": code} for code in edition.state_names)


KINDS = (
    PageKind("states", "/states", make_states, once, table=True),
    PageKind("state", "/state/{state}", make_state, every_state, table=True),
)
