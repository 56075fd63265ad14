"""The charts of pages as files of their own: SVG, PNG, and their values as CSV.

What enters: the URL of a page behind ``/chart``, with the page's parameters, and the number of a chart on it. What
leaves: that chart with its title and source, so that it can be shown elsewhere. A PNG takes long to draw and is of the
page without parameters. Raises ``Missing`` where a page has no such chart.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response

from ledger287.analysis.answers.written import frame_csv
from ledger287.charts.raster import png
from ledger287.charts.series.standalone import standalone
from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.web.edition.edition import Edition
from ledger287.web.pages.record import agency, changes, outcomes, timeline
from ledger287.web.publish.pictures import MEDIA, site_name
from ledger287.web.render import languages
from ledger287.web.render.addresses import prefix
from ledger287.web.render.languages import N_
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.page import Page, PageKind
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, Language, Missing, Query, read_query, refuse_repeated
from ledger287.web.server.site import Site

NUMBER = "chart"
"""The parameter that says which chart of a page is meant, from 1."""
CHARTED = tuple(
    kind
    for kind in (*timeline.KINDS, *outcomes.KINDS, *changes.KINDS, *agency.KINDS)
    if kind.name != "outcomes_identified"
)
OF_LISTS = N_("ICE’s lists up to {day}")


def add(app: FastAPI, site: Site) -> None:
    """Add the URLs of the charts of every page that has some."""
    for kind in CHARTED:
        for lang in LANGUAGES:
            path = f"{prefix(lang)}/chart{kind.pattern}.{{form}}"
            handler = _handler(site, kind, lang)
            app.add_api_route(path, handler, name="chart", methods=["GET", "HEAD"], include_in_schema=False)


def _handler(site: Site, kind: PageKind, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        path = {key: str(value) for key, value in request.path_params.items()}
        form = path.pop("form")
        try:
            _refuse_others(request, kind, form)
            given = {key: value for key in (*kind.parameters, NUMBER) if (value := request.query_params.get(key))}
            number = _number(given.pop(NUMBER, "1"))
            key = ("chart", kind.name, lang, form, number, tuple(path.items()), tuple(given.items()))
            body = await site.body(
                key,
                lambda edition: _body(edition, kind, read_query(lang, given, edition.today()), path, form, number),
                alias_of(request),
            )
        except Missing as missing:
            return tell(site, request.url.path, "not-found", str(missing))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", text_of(refused, on_page))
        return respond(body, request.headers)

    return handler


def _refuse_others(request: Request, kind: PageKind, form: str) -> None:
    if form not in MEDIA:
        raise Missing(f"No picture ends in .{form[:20]}. Expected one of: {', '.join(MEDIA)}.")
    takes = (NUMBER,) if form == "png" else (*kind.parameters, NUMBER)
    for wrong in (name for name in request.query_params if name not in takes):
        raise Refused(f"no parameter {wrong[:50]!r}; expected: {', '.join(takes)}.")
    refuse_repeated(request.query_params)


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9]", text, re.ASCII):
        raise Refused(f"{NUMBER}: expected a number from 1 to 9, found {text[:50]!r}.")
    return int(text)


def _body(edition: Edition, kind: PageKind, query: Query, path: Mapping[str, str], form: str, number: int) -> Body:
    """A chart of a page, made. Raises Missing where it has none of that number, Refused where the page is refused."""
    charts = charts_of(kind.make(edition, query, **path))
    if number > len(charts):
        raise Missing("This page has no such chart.")
    chart = charts[number - 1]
    if form == "csv":
        return pack(frame_csv(chart["values"]()).data, MEDIA["csv"])
    width, height = re.findall(r'viewBox="0 0 (\d+) (\d+)"', chart["wide"])[0]
    source, key = _source(edition, query, chart), chart.get("key", ())
    drawn = standalone(chart["wide"], chart["title"], source, int(width), int(height), key)
    return pack(png(drawn) if form == "png" else drawn.encode(), MEDIA[form])


def charts_of(page: Page) -> list[Mapping[str, Any]]:
    """The charts of a page in their order: each with its drawing, title, source and values."""
    found = page.shown.get("charts") or page.shown.get("chart") or ()
    if isinstance(found, Mapping):
        return [found]
    return [chart for _, chart in found if chart]


def _source(edition: Edition, query: Query, chart: Mapping[str, Any]) -> str:
    """Who the values are from: as the chart names it, else ICE's lists up to the one of the day."""
    _ = languages.translations(query.lang).gettext
    named = chart.get("source")
    if named is None:
        published = edition.lists.on(query)[1].published_at.date()
        named = _(OF_LISTS).format(day=languages.date_in(published, query.lang))
    return _("Source: {source}; {site}").format(source=law_in(named, query.lang) or _(named), site=site_name(edition))
