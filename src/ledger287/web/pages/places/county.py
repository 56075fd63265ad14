"""A county's page: who holds an agreement there, since when, how many people that reaches, and what is around it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.facilities import RELEASED, in_counties
from ledger287.charts.maps.cut import county_svg
from ledger287.charts.series.timeline import Bar, axis_svg, bar_svg
from ledger287.core.problem import Refused
from ledger287.core.text import listed
from ledger287.ledger.query.history import MODELS
from ledger287.places.coverage.people import NOBODY, total, unknown_in
from ledger287.places.gazetteer.geography import population_year
from ledger287.places.gazetteer.shapes import drawn_as
from ledger287.places.nearby import AgencyThere, there
from ledger287.places.neighbors import neighbors
from ledger287.places.spots import Spot, read_county
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.history import bars, lives
from ledger287.web.edition.snapshot import Snapshot, latest, snapshot, status
from ledger287.web.pages.places.state import county_links, titled
from ledger287.web.pages.then import PastSubject, is_before_lists, then_page
from ledger287.web.render import languages
from ledger287.web.render.csv_text import csv_bytes
from ledger287.web.render.page import Page, PageKind
from ledger287.web.server.query import Missing, Query

CHANGES_SHOWN = 12
NAMED = 3
"""Agencies that the paragraph at the top names under each model."""


def make(edition: Edition, query: Query, fips: str) -> Page:
    """The page of one county, by its code; that of a former county leads to what replaced it."""
    spot = _spot(edition, fips)
    if is_before_lists(edition, query):
        counties = edition.atlas.geography.counties
        names = [languages.county_in(counties[code].name, query.lang) for code in spot.counties]
        return then_page(edition, query, PastSubject(spot.state, tuple(spot.counties), listed(names)))
    now, nation = snapshot(edition, query), status(edition, query)
    local = list(dict.fromkeys(chain.from_iterable(now.local.get(code, ()) for code in spot.counties)))
    here, _, _, statewide = there([*local, *now.statewide.get(spot.state, ())], spot)
    past = {life.agreement_id: life for code in spot.counties for life in lives(edition).by_county.get(code, ())}
    history = bars(edition, query, past.values())
    earlier = _before_lists(edition, query, spot)
    people = total(now.people.get(code, NOBODY) for code in spot.counties)
    unknown = set(unknown_in(spot.counties, local, edition.atlas.geography))
    around = neighbors(now.local, spot, edition.atlas.geography)
    ids = {bar.agency_id for bar in history} | {one.agency_id for one in here}
    recent = latest(edition, query)
    changes = recent.of_agencies(CHANGES_SHOWN, ids)
    residents = _residents(edition, spot)
    held = in_counties(spot.counties, query.on) if (query.known_on or RELEASED) >= RELEASED else []
    return Page(
        {
            "on": query.on,
            "known_on": query.known_on,
            "list": nation.list,
            "county": spot,
            "here": here,
            "statewide": statewide,
            "population": residents,
            "population_year": population_year(spot.state),
            "people": people,
            "uncounted": sorted(unknown),
            "history": history,
            "earlier": earlier,
            "neighbours": around,
            "changes": changes,
            "facilities": held,
        },
        nation.list,
        lambda: _table(history),
        {
            "facilities": held,
            "status": nation,
            "spot": spot,
            "fips": fips,
            "state_name": edition.state_names[spot.state],
            "now_names": [edition.atlas.geography.counties[code].name for code in spot.counties],
            "agencies": here,
            "plainly": _plainly(here, history, earlier),
            "statewide": statewide,
            "people": people if here else NOBODY,
            "uncounted": [one for one in here if one.agency_id in unknown],
            "residents": residents,
            "population_year": population_year(spot.state),
            "history": _drawn(edition, query, history),
            "earlier": earlier,
            "axis": axis_svg(lives(edition).days[0], _until(edition, query)),
            "around": around,
            "changes": changes,
            "since": recent.since,
            "drawn": _map(now, spot, query),
            "printed": _printed(edition, ids, edition.lists.known(query)),
        },
    )


def _spot(edition: Edition, fips: str) -> Spot:
    if not (fips.isdigit() and len(fips) == 5):
        raise Missing(f"{fips!r} is no code of a county; expected five digits, as 12021 for Collier County, Florida.")
    try:
        return read_county(fips, edition.atlas.geography)
    except Refused as refused:
        raise Missing(*refused.parts) from None


def _before_lists(edition: Edition, query: Query, spot: Spot) -> list[dict[str, Any]]:
    """The agreements of local agencies that ICE's pages and rosters had before its lists begin, the oldest first."""
    atlas = edition.atlas
    placed: dict[str, list[str]] = edition.recent.get("past in counties", lambda: _past_in_counties(edition))
    found = []
    for agency_id in sorted({agency_id for code in spot.counties for agency_id in placed.get(code, ())}):
        try:
            answer = atlas.agency(agency_id, known_on=query.known_on)
        except Refused:
            continue
        found += [
            {
                "agency_id": agency_id,
                "agency": answer.name,
                "agreement_id": one.agreement_id,
                "model": one.model,
                "signed": one.signed,
                "first_day": one.first_day,
                "last_day": one.last_day,
            }
            for one in answer.agreements
            if one.last_day < edition.lists.begins
        ]
    return sorted(found, key=lambda one: (one["first_day"], one["agreement_id"]))


def _past_in_counties(edition: Edition) -> dict[str, list[str]]:
    """The agencies that ICE's pages and rosters named before its lists begin, by the counties that they serve."""
    atlas = edition.atlas
    if atlas.past is None:
        return {}
    placed = {**atlas.jurisdiction_then, **atlas.jurisdiction_of}
    found: dict[str, list[str]] = {}
    for agency_id in {agency_id for agency_id, *_ in atlas.past.names()}:
        if place := placed.get(agency_id):
            for code in {*place.counties, *place.reaches}:
                found.setdefault(code, []).append(agency_id)
    return found


def _residents(edition: Edition, spot: Spot) -> int | None:
    people = [edition.atlas.geography.counties[code].population for code in spot.counties]
    return sum(filter(None, people)) if any(number is not None for number in people) else None


@dataclass(frozen=True, slots=True)
class UnderModel:
    """Agencies with an agreement under one model, the first by day, and how many more.

    ``since`` is the day of the oldest agreement in force; ``first`` the first day known on which one of the agencies
    had an agreement under the model, where that is earlier: an agreement that was renewed, or one before a gap.
    """

    model: str
    agencies: tuple[tuple[str, str], ...]
    more: int
    since: date
    first: date | None


def _plainly(
    here: Iterable[AgencyThere], history: Iterable[Bar], earlier: Iterable[Mapping[str, Any]]
) -> list[UnderModel]:
    """Who has an agreement under which model, and since when: for the paragraph at the top."""
    names = {one.agency_id: one.name for one in here}
    every = [(bar.agency_id, bar.model, bar.signed or bar.first_day) for bar in history]
    every += [(one["agency_id"], one["model"], one["signed"] or one["first_day"]) for one in earlier]
    found = []
    for model in MODELS:
        present: dict[str, date] = {}
        for bar in history:
            if bar.listed and bar.model == model and bar.agency_id in names:
                day = bar.signed or bar.first_day
                present[bar.agency_id] = min(day, present.get(bar.agency_id, day))
        if not present:
            continue
        firsts = {one: min(day for id, which, day in every if (id, which) == (one, model)) for one in present}
        ids = sorted(present, key=lambda one: (firsts[one], names[one]))
        since, first = min(present.values()), min(firsts.values())
        shown = tuple((agency_id, names[agency_id]) for agency_id in ids[:NAMED])
        found.append(UnderModel(model, shown, len(ids) - len(shown), since, first if first < since else None))
    return found


def _drawn(edition: Edition, query: Query, history: Iterable[Bar]) -> list[tuple[Bar, str]]:
    """Each bar with its drawing, those still in force first."""
    first, last = lives(edition).days[0], _until(edition, query)
    return [(bar, bar_svg(bar, first, last)) for bar in sorted(history, key=lambda bar: not bar.listed)]


def _until(edition: Edition, query: Query) -> Any:
    return min(query.on, query.known_on or query.on, lives(edition).days[-1])


def _table(history: Iterable[Bar]) -> bytes:
    columns = ("agreement_id", "agency_id", "agency", "model", "signed", "first_day", "last_day", "listed")
    return csv_bytes(columns, ([getattr(bar, name) for name in columns] for bar in history))


def _map(now: Snapshot, spot: Spot, query: Query) -> Callable[[Any], str] | None:
    """The county among its neighbors, drawn when the template gives their URLs; None where it has no shape."""
    codes = tuple(dict.fromkeys(shape for code in spot.counties for shape in drawn_as(code)))
    if not codes:
        return None
    title = languages.translations(query.lang).gettext("Map of {county} and the counties around it")
    title = title.format(county=languages.county_in(spot.name, query.lang, article=True))
    return lambda href: county_svg(now.shown, codes, title, county_links(href), titled(query))


def _printed(edition: Edition, ids: Iterable[str], known: int) -> list[tuple[str, str]]:
    """Every spelling under which the lists up to the one ``known`` printed the county's agencies, with the agency."""
    spellings = edition.recent.get("spellings", lambda: _spellings(edition))
    return sorted(
        (name, agency_id) for agency_id in ids for name, first in spellings.get(agency_id, ()) if first <= known
    )


def _spellings(edition: Edition) -> dict[str, list[tuple[str, int]]]:
    """Each agency's spellings, as far as ICE printed them, with the number of the first list that has them."""
    names = edition.atlas.table("names").filter(pl.col("correction").is_null())
    plain = pl.col("name_printed").str.replace_all(r"\s+", " ").str.strip_chars()
    firsts = names.group_by("agency_id", plain, maintain_order=True).agg(pl.col("first_list").min())
    found: dict[str, list[tuple[str, int]]] = {}
    for agency_id, name, first in firsts.iter_rows():
        found.setdefault(agency_id, []).append((name, first))
    return found


def every_county(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the counties' pages, including those of former codes."""
    return ({"fips": fips} for fips in edition.atlas.geography.every_county)


KINDS = (PageKind("county", "/county/{fips}", make, every_county, table=True, day_apart=True),)
