"""The site as one ASGI application: pages in every language and form, assets, and what the other parts add."""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, TextIO

from fastapi import FastAPI, Request, Response

from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.web.api_v1 import serving as api_v1
from ledger287.web.edition.edition import Edition
from ledger287.web.follow import ending
from ledger287.web.forms import forms
from ledger287.web.pages import KINDS, problem_page
from ledger287.web.publish import downloads, extras, feeds, leaves, page_charts, pictures, robots
from ledger287.web.render.addresses import prefix
from ledger287.web.render.assets import by_address
from ledger287.web.render.page import Page, PageKind
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.rendering import MEDIA, render
from ledger287.web.render.response import FOREVER, alias_of, respond, to_data
from ledger287.web.server import machine
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, Form, Language, Missing, read_query, refuse_unknown
from ledger287.web.server.safety import Gate
from ledger287.web.server.site import Site

BY_NAME = {kind.name: kind for kind in KINDS}


def make_app(
    site: Site, watch: bool = True, *, allowed_hosts: Iterable[str] = (), log_to: TextIO | None = None
) -> FastAPI:
    """The application over a site. ``watch`` looks for a newer record while it runs; ``log_to`` takes a line a request.

    With ``allowed_hosts`` no other name in a request's Host header is answered.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        site.serving = watch
        if watch:
            site.shelf.watch()
        yield
        site.shelf.stop()
        site.children.close()

    app = FastAPI(title="ledger287", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    meter = machine.Meter(log_to)
    app.state.site, app.state.meter = site, meter
    app.add_api_route("/static/{name}", _asset, name="asset", **HIDDEN)
    machine.add(app, site, meter)
    for part in (api_v1, feeds, downloads, robots, extras, page_charts, pictures, leaves, forms, ending):
        part.add(app, site)
    for kind in KINDS:
        for lang in LANGUAGES:
            for form in _forms(kind):
                data_elsewhere = form != "html" and lang != "en"
                handler = to_data(lang) if data_elsewhere else _page_handler(site, kind, lang, form)
                app.add_api_route(_route(kind, lang, form), handler, name=kind.name, **HIDDEN)
    app.add_exception_handler(404, _missing)
    app.add_exception_handler(405, _no_method)
    app.add_middleware(Gate, site=site, meter=meter, allowed_hosts=allowed_hosts)
    return app


HIDDEN: dict[str, Any] = {"include_in_schema": False, "methods": ["GET", "HEAD"]}


def _forms(kind: PageKind) -> tuple[Form, ...]:
    """The forms of a page; the plain one last, since its pattern would match the others too."""
    return ("json", "csv", "html") if kind.table else ("json", "html")


def _route(kind: PageKind, lang: Language, form: Form) -> str:
    pattern = prefix(lang) + kind.pattern
    if form != "html":
        return (pattern + "index" if pattern.endswith("/") else pattern) + f".{form}"
    return pattern.rstrip("/") or "/"


def _page_handler(site: Site, kind: PageKind, lang: Language, form: Form) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        try:
            refuse_unknown(request.query_params, kind.parameters)
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", str(refused))
        given = {name: value for name in kind.parameters if (value := request.query_params.get(name))}
        path = {name: str(value) for name, value in request.path_params.items()}
        site.opened(kind.name)
        body = await site.body(
            page_key(kind, lang, form, path, given),
            lambda edition: page_body(edition, kind, lang, form, path, given),
            alias_of(request),
        )
        return respond(body, request.headers, site.edition.changed_at)

    return handler


def page_key(
    kind: PageKind, lang: Language, form: Form, path: Mapping[str, str], given: Mapping[str, str]
) -> tuple[Hashable, ...]:
    """Under what a page is kept."""
    return (kind.name, lang, form, tuple(path.items()), tuple(given.items()))


def page_body(
    edition: Edition,
    kind: PageKind,
    lang: Language,
    form: Form,
    path: Mapping[str, str],
    given: Mapping[str, str],
    fixed: bool = False,
) -> Body:
    """One page, made, rendered and packed; where it is refused, a page that says why and what to ask instead."""
    return pack(*page_bytes(edition, kind, lang, form, path, given, fixed))


def page_bytes(
    edition: Edition,
    kind: PageKind,
    lang: Language,
    form: Form,
    path: Mapping[str, str],
    given: Mapping[str, str],
    fixed: bool = False,
    made: MutableMapping[Language, Page] | None = None,
    marks: bool = False,
) -> tuple[bytes, str, int]:
    """The bytes of one page, their media type, and the status; with ``marks``, to be completed for a day.

    ``made`` keeps what was made of the same page for its other forms, by language.
    """
    try:
        query = read_query(lang, given, edition.today())
        page = made.get(lang) if made else None
        if page is None:
            page = kind.make(edition, query, **path)
            if made is not None:
                made[lang] = page
        status = 200
    except Refused as refused:
        status = 404 if isinstance(refused, Missing) else 400
        kind, page = problem_page(status, text_of(refused, on_page), getattr(refused, "offers", ()))
        query, form, path = read_query(lang, {}, edition.today()), ("html" if form == "csv" else form), {}
    return render(kind, page, query, edition, path, form, BY_NAME, fixed, marks), MEDIA[form], status


async def _asset(name: str, request: Request) -> Response:
    asset = by_address().get(f"/static/{name}")
    if asset is None:
        return await _missing(request, None)
    return respond(asset.body, request.headers, cache=FOREVER)


async def _missing(request: Request, _: Any) -> Response:
    """The answer at a URL that does not exist."""
    path = request.url.path
    return tell(request.app.state.site, path, "not-found", f"There is no page at {path[:200]}.")


async def _no_method(request: Request, error: Any) -> Response:
    """The answer where a URL does not take a method."""
    allow = (error.headers or {}).get("Allow", "GET, HEAD")
    says = f"This URL takes {allow}, not {request.method[:20]}."
    return tell(request.app.state.site, request.url.path, "method", says, {"allow": allow})


__all__ = ["BY_NAME", "Page", "make_app", "page_body", "page_bytes", "page_key"]
