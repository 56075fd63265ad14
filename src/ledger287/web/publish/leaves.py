"""Pages of agreements' own documents as pictures, with a box around each place where a field was read.

What enters: a document's sha256 and a page on which fields were read. What leaves: a PNG, drawn in a child process
with limits from the PDF that is on this machine, and kept as other bodies are. Raises ``Missing`` where it has no
such place or the PDF is not here. The names that a page shows are indexed by no search.
"""

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock

from fastapi import FastAPI, Request, Response

from ledger287.core.problem import Refused
from ledger287.law.agreements.documents import FieldPlace, places_of
from ledger287.sources.documents.files.children import ReadingProcess
from ledger287.web.edition.documents_here import document_here
from ledger287.web.edition.edition import Edition
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.response import alias_of, respond
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import Missing
from ledger287.web.server.site import Site

PATH = "/document/{sha256}/{page}.png"
NOT_INDEXED = (("x-robots-tag", "noindex"),)
_drawing = Lock()


def add(app: FastAPI, site: Site) -> None:
    """Add the URL of every page of a document."""
    app.add_api_route(PATH, _handler(site), name="leaf", methods=["GET", "HEAD"], include_in_schema=False)


def _handler(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        sha256, page = (str(request.path_params[name]) for name in ("sha256", "page"))
        try:
            if request.query_params:
                raise Refused(f"no parameter {next(iter(request.query_params))[:50]!r}; a picture takes none.")
            key = ("leaf", sha256, page)
            body = await site.body(key, lambda edition: leaf(edition, sha256, page), alias_of(request))
        except Missing as missing:
            return tell(site, request.url.path, "not-found", str(missing))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", str(refused))
        return respond(body, request.headers)

    return handler


def leaf(edition: Edition, sha256: str, page: str) -> Body:
    """The picture of a page, with its boxes. Raises Missing where there is none."""
    del edition
    places = [place for place in places_of(sha256) if str(place.page) == page]
    path = document_here(sha256) if places else None
    if path is None:
        raise Missing(f"No picture of page {page[:12]} of {sha256[:16]}: no place read there, or its PDF is not here.")
    return replace(pack(_drawn(path, places), "image/png"), extra=NOT_INDEXED)


def _drawn(path: Path, places: list[FieldPlace]) -> bytes:
    with _drawing, tempfile.TemporaryDirectory(prefix="ledger287-") as folder:
        out, child = Path(folder) / "leaf.png", ReadingProcess()
        try:
            done = child.draw(path, out, places[0].page, [place.box for place in places])
        finally:
            child.stop()
        if not done.get("written"):
            raise Missing(f"Page {places[0].page} of {path.name} could not be drawn.")
        return out.read_bytes()
