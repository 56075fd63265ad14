"""The site as one ASGI application: pages in every language and form, assets, and what the other parts add."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ledger287.foundation.problems import Refused
from ledger287.web.addresses import prefix
from ledger287.web.answering import FOREVER, alias_of, respond
from ledger287.web.asked import LANGUAGES, Form, Language, Missing, ask
from ledger287.web.assets import by_address
from ledger287.web.edition import Edition
from ledger287.web.keeping import Body, pack
from ledger287.web.page import Kind, Page
from ledger287.web.pages import KINDS, problem_page
from ledger287.web.rendering import MEDIA, render
from ledger287.web.site import Site

BY_NAME = {kind.name: kind for kind in KINDS}


def make_app(site: Site, watch: bool = True) -> FastAPI:
    """The application over a site. ``watch`` looks for a newer record while it runs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if watch:
            site.shelf.watch()
        yield
        site.shelf.stop()

    app = FastAPI(title="ledger287", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.site = site
    app.add_api_route("/static/{name}", _asset, include_in_schema=False)
    for kind in KINDS:
        for lang in LANGUAGES:
            for form in _forms(kind, lang):
                app.add_api_route(_route(kind, lang, form), _page_handler(site, kind, lang, form), **HIDDEN)
    app.add_exception_handler(404, _missing)
    app.add_middleware(Quick, site=site)
    return app


HIDDEN: dict[str, Any] = {"include_in_schema": False, "methods": ["GET", "HEAD"]}


def _forms(kind: Kind, lang: Language) -> tuple[Form, ...]:
    """The forms of a page; the plain one last, since its pattern would match the others too. Data has no language."""
    if lang != "en":
        return ("html",)
    return ("json", "csv", "html") if kind.table else ("json", "html")


def _route(kind: Kind, lang: Language, form: Form) -> str:
    pattern = prefix(lang) + kind.pattern
    if form != "html":
        return (pattern + "index" if pattern.endswith("/") else pattern) + f".{form}"
    return pattern.rstrip("/") or "/"


def _page_handler(site: Site, kind: Kind, lang: Language, form: Form) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        given = {name: value for name in kind.parameters if (value := request.query_params.get(name))}
        path = {name: str(value) for name, value in request.path_params.items()}
        key = (kind.name, lang, form, tuple(path.items()), tuple(given.items()))
        body = await site.body(
            key, lambda edition: page_body(edition, kind, lang, form, path, given), alias_of(request)
        )
        return respond(body, request.headers, site.edition.changed_at)

    return handler


def page_body(
    edition: Edition,
    kind: Kind,
    lang: Language,
    form: Form,
    path: Mapping[str, str],
    given: Mapping[str, str],
    fixed: bool = False,
) -> Body:
    """One page, made and rendered; where it is refused, a page that says why and what to ask instead."""
    try:
        asked = ask(lang, given, edition.today())
        page = kind.make(edition, asked, **path)
        status = 200
    except Refused as refused:
        status = 404 if isinstance(refused, Missing) else 400
        kind, page = problem_page(status, str(refused))
        asked, form, path = ask(lang, {}, edition.today()), ("html" if form == "csv" else form), {}
    data = render(kind, page, asked, edition, path, form, BY_NAME, fixed)
    return pack(data, MEDIA[form], status)


async def _asset(name: str, request: Request) -> Response:
    asset = by_address().get(f"/static/{name}")
    if asset is None:
        return await _missing(request, None)
    return respond(asset.body, request.headers, cache=FOREVER)


async def _missing(request: Request, _: Any) -> Response:
    """The page for an address that no page has."""
    site: Site = request.app.state.site
    lang: Language = "es" if request.url.path.startswith("/es/") else "en"
    kind, page = problem_page(404, f"There is no page at {request.url.path[:200]}.")
    data = render(kind, page, ask(lang, {}, site.today()), site.edition, {}, "html", BY_NAME)
    return respond(pack(data, MEDIA["html"], 404), request.headers)


class Quick:
    """Answers an address that was answered before, without looking for its route."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            body = self.site.quick(scope["path"], scope["query_string"])
            if body is not None:
                await respond(body, Headers(scope=scope), self.site.edition.changed_at)(scope, receive, send)
                return
        await self.app(scope, receive, send)


__all__ = ["BY_NAME", "Page", "make_app", "page_body"]
