"""The URL at which a subscription is ended: a page that asks for confirmation, and a POST that ends it (one click, RFC
8058).

What enters: a token that ``notify`` signed. What leaves: the subscription's id, noted in the operator's folder. Nothing
about the visitor is kept, and no e-mail address is known here. Where the site was not given the folder, there is no
such page.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from ledger287.core.problem import Refused
from ledger287.web.follow.subscribers import FOLDER_VARIABLE, end, id_of, read_key
from ledger287.web.pages import PROBLEM
from ledger287.web.render.addresses import prefix
from ledger287.web.render.page import Page
from ledger287.web.render.problem.problem_response import BY_NAME, tell
from ledger287.web.render.rendering import MEDIA, html
from ledger287.web.render.response import NEVER, SAFE
from ledger287.web.server.query import LANGUAGES, Language, read_query
from ledger287.web.server.site import Site

NOT_SIGNED = "This link does not end a subscription of this site. Use the complete link from the newest email."


def add(app: FastAPI, site: Site) -> None:
    """Add the page and what it sends, in every language."""
    for lang in LANGUAGES:
        path = f"{prefix(lang)}/unsubscribe/{{token}}"
        app.add_api_route(
            path, _handler(site, lang), name="unsubscribe", methods=["GET", "HEAD", "POST"], include_in_schema=False
        )


def _handler(site: Site, lang: Language) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        folder = os.environ.get(FOLDER_VARIABLE)
        id = _id(folder, str(request.path_params["token"]))
        if folder is None or id is None:
            return tell(site, request.url.path, "not-found", NOT_SIGNED)
        done = request.method == "POST"
        if done:
            try:
                end(Path(folder), [id])
            except OSError:
                return tell(site, request.url.path, "error", "The subscription could not be ended. Try again later.")
        page = Page({}, shown={"done": done})
        text = html("unsubscribe.html", PROBLEM, page, read_query(lang, {}, site.today()), site.edition, {}, BY_NAME)
        headers = {**SAFE, "cache-control": NEVER, "content-type": MEDIA["html"], "x-robots-tag": "noindex"}
        return Response(text.encode(), 200, headers)

    return handler


def _id(folder: str | None, token: str) -> str | None:
    if not folder:
        return None
    try:
        return id_of(read_key(Path(folder)), token)
    except Refused:
        return None
