"""Pictures that can be used alone: the card of a page, and the charts and maps as SVG, PNG and CSV.

What enters: an edition, a language and the place that a path names. What leaves: bytes, kept as pages are. Each names
the list that it rests on and its day, so that it can be shown elsewhere. Raises ``Missing`` where a path names nothing.
"""

from collections.abc import Awaitable, Callable
from itertools import chain

import polars as pl
from fastapi import FastAPI, Request, Response

from ledger287.analysis.answers.written import frame_csv
from ledger287.charts.card import Card, card_svg, framed_svg
from ledger287.charts.maps.content import content
from ledger287.charts.maps.svg import svg
from ledger287.charts.maps.wording import words as map_words
from ledger287.charts.raster import png
from ledger287.charts.series.steps import Event, Series, series_svg
from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_state
from ledger287.places.spots import read_county
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.history import grown, lives
from ledger287.web.edition.snapshot import snapshot, status
from ledger287.web.pages.home import events, names
from ledger287.web.publish.extras import spoken
from ledger287.web.render import languages
from ledger287.web.render.addresses import prefix
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, TIME, Language, Missing, Query, read_query, refuse_repeated
from ledger287.web.server.site import Site

CARDS = ("/preview.png", "/preview/{kind}/{place}.png")
CHARTS = ("/chart/growth.{form}", "/chart/{kind}/{place}.{form}")
MAPS = ("/map.png", "/map/state/{place}.{form}")
SIZE = (1080, 340)
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
Make = Callable[[Edition, Query, dict[str, str]], Body]


def add(app: FastAPI, site: Site) -> None:
    """Add the URL of every picture, in every language."""
    for paths, make, name in ((CARDS, card, "preview"), (CHARTS, chart, "chart"), (MAPS, map_of, "map-file")):
        for path in paths:
            for lang in LANGUAGES:
                handler = _handler(site, name, make, lang)
                app.add_api_route(
                    prefix(lang) + path, handler, name=name, methods=["GET", "HEAD"], include_in_schema=False
                )


def _handler(site: Site, name: str, make: Make, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        path = {key: str(value) for key, value in request.path_params.items()}
        given = {key: value for key in TIME if (value := request.query_params.get(key))}
        key = (name, lang, request.scope["path"], tuple(given.items()))
        try:
            _refuse_others(request)
            body = await site.body(
                key, lambda edition: make(edition, read_query(lang, given, edition.today()), path), alias_of(request)
            )
        except Missing as missing:
            return tell(site, request.url.path, "not-found", str(missing))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", text_of(refused, on_page))
        return respond(body, request.headers)

    return handler


def _refuse_others(request: Request) -> None:
    """A PNG takes long to draw, and is of today alone; the others take the parameters of time."""
    drawn = request.url.path.endswith(".png")
    for wrong in set(request.query_params) - (set() if drawn else set(TIME)):
        takes = "a PNG takes none; take the SVG of another day" if drawn else "it takes on and known_on"
        raise Refused(f"no parameter {wrong[:50]!r}; {takes}.")
    refuse_repeated(request.query_params)


# -- cards -------------------------------------------------------------------------------------------


def card(edition: Edition, query: Query, path: dict[str, str]) -> Body:
    """The card of a page as PNG: its title, what it says, agreements by model, and the list."""
    drawn = card_svg(card_of(edition, query, path.get("kind"), path.get("place", "")))
    return pack(png(drawn, 1.0), MEDIA["png"])


def card_of(edition: Edition, query: Query, kind: str | None, place: str) -> Card:
    """The words of a card. Raises Missing where its page is not."""
    _ = languages.translations(query.lang).gettext
    rows = snapshot(edition, query).agreements
    if kind is None:
        title = _("The 287(g) program, agreement by agreement")
    elif kind == "state":
        code = _state(place)
        title, rows = _(edition.state_names[code]), rows.filter(pl.col("state") == code)
    elif kind == "model":
        title, rows = names(query)[_model(place)], rows.filter(pl.col("model") == place)
    elif kind == "county":
        title, rows = _county(edition, query, rows, place)
    elif kind == "agency":
        its = edition.indexes.agencies.get(place) or edition.then.get(place)
        if its is None:
            raise Missing(f"No agency has the id {place!r}.")
        title = f"{' '.join(its['name'].split())}, {_(edition.state_names[its['state']])}"
        rows = rows.filter(pl.col("agency_id") == place)
    else:
        raise Missing(f"No pictures of {kind!r}. Expected one of: state, county, agency, model.")
    number = languages.number_in
    held, agencies = rows.height, rows["agency_id"].n_unique()
    if not held:
        says = _("No agreement on this list")
    elif kind == "agency":
        says = _("Agreements with ICE under section 287(g): {n}").format(n=number(held, query.lang))
    else:
        says_of_all = languages.translations(query.lang).ngettext(
            "Agreements with ICE under section 287(g): {n}, of {agencies} agency",
            "Agreements with ICE under section 287(g): {n}, of {agencies} agencies",
            agencies,
        )
        says = says_of_all.format(n=number(held, query.lang), agencies=number(agencies, query.lang))
    counts = dict(rows.group_by("model").len().iter_rows())
    figures = [(code, names(query)[code], number(counts.get(code, 0), query.lang)) for code in MODELS]
    return Card(title, says, figures, _source(edition, query))


def _state(place: str) -> str:
    try:
        return read_state(place) or ""
    except Refused as refused:
        raise Missing(*refused.parts) from None


def _model(place: str) -> str:
    if place not in MODELS:
        raise Missing(f"No model {place!r}. Expected one of: {', '.join(MODELS)}.")
    return place


def _county(edition: Edition, query: Query, rows: pl.DataFrame, place: str) -> tuple[str, pl.DataFrame]:
    try:
        spot = read_county(place, edition.atlas.geography)
    except Refused as refused:
        raise Missing(*refused.parts) from None
    local = snapshot(edition, query).local
    ids = {one.jurisdiction.agency_id for fips in spot.counties for one in local.get(fips, ())}
    state = languages.translations(query.lang).gettext(edition.state_names[spot.state])
    name = languages.county_in(spot.name, query.lang)
    return f"{name[:1].upper()}{name[1:]}, {state}", rows.filter(pl.col("agency_id").is_in(list(ids)))


def _source(edition: Edition, query: Query) -> str:
    _ = languages.translations(query.lang).gettext
    listed = status(edition, query).list
    day = languages.date_in(listed.published_at.date(), query.lang) if listed else ""
    return _("Source: ICE’s list {file}, published {day}; {site}").format(
        file=listed.file if listed else "", day=day, site=site_name(edition)
    )


def site_name(edition: Edition) -> str:
    """What a picture says of where it is from: the site's own host, if it has one."""
    return edition.base_url.partition("://")[2] or "ledger287"


# -- charts and maps ---------------------------------------------------------------------------------


def chart(edition: Edition, query: Query, path: dict[str, str]) -> Body:
    """Agreements in force by model through time, of the nation, a state or a model: as SVG, PNG or CSV."""
    form = _form(path["form"], tuple(MEDIA))
    series, title = _series(edition, query, path.get("kind"), path.get("place", ""))
    if series is None:
        raise Missing("No list by then has an agreement here, so there is no chart.")
    if form == "csv":
        return pack(frame_csv(series.frame()).data, MEDIA["csv"])
    _ = languages.translations(query.lang).gettext
    marks = [Event(event.day, _(event.says)) for event in events()]
    drawn = framed_svg(series_svg(series, marks, title, *SIZE), *SIZE, title, _source(edition, query))
    return _picture(drawn, form)


def _series(edition: Edition, query: Query, kind: str | None, place: str) -> tuple[Series | None, str]:
    _ = languages.translations(query.lang).gettext
    by_state = lives(edition).by_state
    title = _("Agreements in force by model since January 2021")
    if kind == "state":
        code = _state(place)
        return grown(edition, query, by_state.get(code, ()), names(query)), f"{_(edition.state_names[code])}: {title}"
    every = grown(edition, query, chain.from_iterable(by_state.values()), names(query))
    if kind == "model":
        code = _model(place)
        series = every and Series(every.days, {code: every.counts[code]}, names(query))
        return series, f"{names(query)[code]}: {title}"
    if kind is not None:
        raise Missing(f"No charts of {kind!r}. Expected one of: state, model.")
    return every, title


def map_of(edition: Edition, query: Query, path: dict[str, str]) -> Body:
    """The map of a day, of the nation or a state, with its legend and source."""
    form = _form(path.get("form", "png"), ("svg", "png"))
    code = _state(path["place"]) if "place" in path else None
    if code is None:
        shown = snapshot(edition, query).shown
        return _picture(svg(shown, spoken(map_words(status(edition, query), shown), query.lang), None), form)
    status(edition, query)  # refuses a day before the lists
    rows = snapshot(edition, query).agreements.filter(pl.col("state") == code)
    shown = content(rows, edition.jurisdictions)
    status_then = edition.atlas.status(query.on, known_on=query.known_on, state=code)
    return _picture(svg(shown, spoken(map_words(status_then, shown), query.lang), code), form)


def _form(form: str, known: tuple[str, ...]) -> str:
    if form not in known:
        raise Missing(f"No picture ends in .{form[:20]}. Expected one of: {', '.join(known)}.")
    return form


def _picture(drawn: str, form: str) -> Body:
    return pack(png(drawn) if form == "png" else drawn.encode(), MEDIA[form])
