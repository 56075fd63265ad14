"""What tells search engines where to look: ``robots.txt`` and, where the site knows its own URL, a sitemap.

A sitemap must give URLs in full, and the Host that a request names is not taken for the site's own; so without
``--base-url`` there is none.
"""

from collections.abc import Awaitable, Callable, Iterator
from xml.sax.saxutils import escape

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from ledger287.web.edition.edition import Edition
from ledger287.web.pages import KINDS
from ledger287.web.render.addresses import address
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, Missing
from ledger287.web.server.site import Site

MOST = 50_000
"""URLs in one sitemap, by the protocol."""
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def add(app: FastAPI, site: Site) -> None:
    """Add both, and the parts that a long sitemap is split into."""
    for path, handler, name in (
        ("/robots.txt", _robots(site), "robots"),
        ("/sitemap.xml", _sitemap(site), "sitemap"),
        ("/sitemap-{part}.xml", _sitemap(site), "sitemap"),
    ):
        app.add_api_route(path, handler, name=name, methods=["GET", "HEAD"], include_in_schema=False)


def _robots(site: Site) -> Callable[[Request], Awaitable[Response]]:
    closed = ("/api/", "/metrics", "/unsubscribe/", "/es/unsubscribe/", "/*?")
    text = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed)
    if site.base_url:
        text += f"Sitemap: {site.base_url}/sitemap.xml\n"
    body = pack(text.encode(), "text/plain; charset=utf-8")

    async def robots(request: Request) -> Response:
        return respond(body, request.headers)

    return robots


def _sitemap(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def sitemap(request: Request) -> Response:
        part = str(request.path_params.get("part", ""))
        try:
            if not site.base_url:
                raise Missing("This site was not started with its own URL (base_url), which a sitemap must name.")
            body = await site.body(
                ("sitemap", part), lambda edition: _body(edition, site.base_url, part), alias_of(request)
            )
        except Missing as missing:
            return tell(site, request.url.path, "not-found", str(missing))
        return respond(body, request.headers)

    return sitemap


def _body(edition: Edition, base_url: str, part: str) -> Body:
    return pack(sitemap(edition, base_url, part).encode(), "application/xml")


def sitemap(edition: Edition, base_url: str, part: str = "", most: int = MOST) -> str:
    """The sitemap, or one part of it. Raises Missing where there is no such part."""
    entries = list(_entries(edition, base_url))
    parts = [entries[begin : begin + most] for begin in range(0, len(entries), most)]
    if part:
        if not part.isascii() or not part.isdigit() or not 1 <= int(part) <= len(parts):
            raise Missing("There is no such part of the sitemap.")
        return _urlset(parts[int(part) - 1])
    if len(parts) == 1:
        return _urlset(parts[0])
    named = "".join(f"<sitemap><loc>{base_url}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, len(parts) + 1))
    return f"{HEAD}<sitemapindex {SPACE}>\n{named}</sitemapindex>\n"


def _urlset(entries: list[str]) -> str:
    return f"{HEAD}<urlset {SPACE} {XHTML}>\n{''.join(entries)}</urlset>\n"


def _entries(edition: Edition, base_url: str) -> Iterator[str]:
    """Every page in every language, each with its other languages."""
    for kind in KINDS:
        for places in kind.instances(edition):
            found = {lang: escape(base_url + address(kind.pattern, places, lang=lang)) for lang in LANGUAGES}
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{lang}" href="{href}"/>' for lang, href in found.items()
            )
            for href in found.values():
                yield f"<url><loc>{href}</loc>{others}</url>\n"
