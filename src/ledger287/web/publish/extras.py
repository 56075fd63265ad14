"""Files of the site that are not pages: the map as a picture, and the index that a search without a server reads.

Each has one URL, in English, and is made from an edition and a question of time; a static export writes them too.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request, Response

from ledger287.charts.maps.svg import svg
from ledger287.charts.maps.wording import MapWords, words
from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search_files import index_json, places_json, zips_json
from ledger287.web.edition.snapshot import snapshot, status
from ledger287.web.render import languages
from ledger287.web.render.addresses import prefix
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, TIME, Language, Query, read_query, refuse_unknown
from ledger287.web.server.site import Site


@dataclass(frozen=True, slots=True)
class Extra:
    """A file: its URL, its media type, the parameters that it reads, what makes it, and whether it has words."""

    name: str
    address: str
    media_type: str
    takes: tuple[str, ...]
    make: Callable[[Edition, Query], bytes]
    languages: tuple[Language, ...] = ("en",)


def map_picture(edition: Edition, query: Query) -> bytes:
    """The complete map of the nation on a day, with its legend and source."""
    shown = snapshot(edition, query).shown
    return svg(shown, spoken(words(status(edition, query), shown), query.lang), None).encode()


def spoken(said: MapWords, lang: Language) -> MapWords:
    """A map's words in a language; names of agencies are as they are."""

    catalog = languages.translations(lang)

    def say(text: str) -> str:
        return law_in(text, lang) or catalog.gettext(text)

    return MapWords(
        say(said.title), say(said.day), say(said.counts), say(said.models), tuple(map(say, said.notes)),
        say(said.source), said.model, say, lambda name: languages.county_in(name, lang),
    )  # fmt: skip


def search_index(edition: Edition, query: Query) -> bytes:
    """The names that can be searched for without a server."""
    del query
    return index_json(edition)


def search_places(edition: Edition, query: Query) -> bytes:
    """The smaller cities and places that can be searched for without a server."""
    del query
    return places_json(edition)


def search_zips(edition: Edition, query: Query) -> bytes:
    """The ZIP codes that can be searched for without a server."""
    del query
    return zips_json(edition)


EXTRAS = (
    Extra("map-picture", "/map.svg", "image/svg+xml", TIME, map_picture, LANGUAGES),
    Extra("search-index", "/search-index.json", "application/json", (), search_index),
    Extra("search-places", "/search-places.json", "application/json", (), search_places),
    Extra("search-zips", "/search-zips.json", "application/json", (), search_zips),
)


def add(app: FastAPI, site: Site) -> None:
    """Add the URLs of all of them to an application."""
    for extra in EXTRAS:
        for lang in extra.languages:
            path, handler = prefix(lang) + extra.address, _handler(site, extra, lang)
            app.add_api_route(path, handler, name=extra.name, include_in_schema=False, methods=["GET", "HEAD"])


def extra_body(edition: Edition, extra: Extra, given: dict[str, str], lang: Language = "en") -> Body:
    """One file, made; a plain sentence where it is refused."""
    try:
        return pack(extra.make(edition, read_query(lang, given, edition.today())), extra.media_type)
    except Refused as refused:
        says = text_of(refused, on_page)
        return pack(f"{law_in(says, lang) or says}\n".encode(), "text/plain; charset=utf-8", 400)


def _handler(site: Site, extra: Extra, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        try:
            refuse_unknown(request.query_params, extra.takes)
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", str(refused))
        given = {name: value for name in extra.takes if (value := request.query_params.get(name))}
        key: Any = (extra.name, lang, tuple(given.items()))
        body = await site.body(key, lambda edition: extra_body(edition, extra, given, lang), alias_of(request))
        return respond(body, request.headers, site.edition.changed_at)

    return handler
