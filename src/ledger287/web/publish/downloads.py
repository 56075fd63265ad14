"""Flat tables of agreements, every table of the record as a file, the map as GeoJSON, and a Frictionless Data Package.

The files of tables are made once for an edition (``table_files``), in a folder of their own that goes when a newer
record is served. CSV goes compressed to clients that take that.
"""

import tempfile
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ledger287.analysis.answers.columns import CHANGES, EVER, IN_FORCE
from ledger287.analysis.answers.flat import flat_agreements
from ledger287.analysis.answers.written import table_bytes
from ledger287.charts.maps.content import content
from ledger287.charts.maps.geojson import geojson
from ledger287.core.problem import Refused
from ledger287.core.query_error import text_of
from ledger287.ledger.store.exporting import PACKAGE
from ledger287.ledger.store.tables import TABLES
from ledger287.places.jurisdictions.tables import COUNTIES, JURISDICTIONS
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.table_files import FORMATS, File, files_by_child
from ledger287.web.render.addresses import prefix
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.problem.problem_words import on_page
from ledger287.web.render.response import FRESH, SAFE, alias_of, respond, takes_gzip, to_data
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.query import LANGUAGES, TIME, read_query, refuse_repeated, refuse_unknown
from ledger287.web.server.site import Site

NAMES = tuple(table.name for table in (*TABLES, JURISDICTIONS, COUNTIES))
GEOJSON = "application/geo+json"
FLAT_FORMATS = {
    "csv": FORMATS["csv"],
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": FORMATS["parquet"],
    "geojson": GEOJSON,
}
ALL_CHANGES = "changes_all"
BEGINNING = date(1996, 9, 30)
"""The day section 287(g) became law; no change is of an earlier one."""
FLAT = {f"{table.name}.{form}": media for table in (IN_FORCE, EVER) for form, media in FLAT_FORMATS.items()} | {
    f"{ALL_CHANGES}.{form}": media for form, media in FLAT_FORMATS.items() if form != "geojson"
}
"""The flat tables of agreements and of changes, by file name, with their media types."""
MAP = "agreements.geojson"
READABLE = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


class Downloads:
    """The files of the edition that is served, made when they are first requested."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = ""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[str, File] = {}

    def of(self, edition: Edition) -> dict[str, File]:
        """The files by name. Raises Refused where they cannot be made."""
        with self._lock:
            if self._version != edition.version:
                folder = tempfile.TemporaryDirectory(prefix="ledger287-download-")
                try:
                    self._files = files_by_child(edition.atlas.stored.folder, edition.version, Path(folder.name))
                except BaseException:
                    folder.cleanup()
                    raise
                if self._folder:
                    self._folder.cleanup()
                self._folder, self._version = folder, edition.version
            return self._files


def add(app: FastAPI, site: Site) -> None:
    """Add every download."""
    downloads = Downloads()
    app.state.downloads = downloads
    hidden: dict[str, Any] = {"methods": ["GET", "HEAD"], "include_in_schema": False, "response_model": None}
    app.add_api_route(f"/download/{MAP}", _map(site), name="download.map", **hidden)
    for name in FLAT:
        app.add_api_route(f"/download/{name}", _flat(site, name), name="download.flat", **hidden)
    handler = _handler(site, downloads)
    for name in (*(f"{table}.{form}" for table in NAMES for form in FORMATS), PACKAGE):
        app.add_api_route(f"/download/{name}", handler, name="download", **hidden)
    for lang in LANGUAGES:
        if prefix(lang):
            app.add_api_route(f"{prefix(lang)}/download/{{name}}", to_data(lang), name="download", **hidden)


def _handler(site: Site, downloads: Downloads) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        path = request.url.path
        try:
            refuse_unknown(request.query_params, ())
        except Refused as refused:
            return tell(site, path, "cannot-be-answered", str(refused))
        try:
            files = await anyio.to_thread.run_sync(downloads.of, site.edition)
        except Refused:
            return tell(
                site, path, "busy", "The files are being replaced. Ask again in a minute.", {"retry-after": "60"}
            )
        return _sent(files[path.rpartition("/")[2]], request)

    return handler


def _sent(file: File, request: Request) -> Response:
    tag = f'"{file.sha256[:20]}"'
    headers = {
        **SAFE,
        **READABLE,
        "cache-control": FRESH,
        "etag": tag,
        "vary": "accept-encoding",
        "repr-digest": f"sha-256=:{_base64(file.sha256)}:",
    }
    known_tags = request.headers.get("if-none-match", "")
    if known_tags.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known_tags.split(",")):
        return Response(status_code=304, headers=headers)
    packed = Path(f"{file.path}.gz")
    path = file.path
    if takes_gzip(request.headers.get("accept-encoding", "")) and "range" not in request.headers and packed.exists():
        path, headers["content-encoding"] = packed, "gzip"
    return FileResponse(path, headers=headers, media_type=file.media_type, filename=file.name)


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()


def _flat(site: Site, name: str) -> Callable[[Request], Awaitable[Response]]:
    """A flat table; that of a day is kept as pages are."""
    table, _, form = name.partition(".")
    takes: tuple[str, ...] = ("on", "known_on") if table == IN_FORCE.name else ("known_on",)
    takes += ("bom",) if form == "csv" else ()

    async def handler(request: Request) -> Response:
        try:
            given = _given(request, takes)
            key = ("download.flat", name, tuple(given.items()))
            body = await site.body(key, lambda edition: flat_body(edition, name, form, given), alias_of(request))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", text_of(refused, on_page))
        return respond(body, request.headers)

    return handler


def _given(request: Request, takes: tuple[str, ...]) -> dict[str, str]:
    """The parameters of a request. Raises Refused for one that the file does not take."""
    for name in request.query_params:
        if name not in takes:
            raise Refused(f"no parameter {name[:50]!r}; expected: {', '.join(takes)}.")
    refuse_repeated(request.query_params)
    return {name: value for name in takes if (value := request.query_params.get(name))}


def flat_body(edition: Edition, name: str, form: str, given: dict[str, str]) -> Body:
    """A flat table of agreements or changes as a file; ``bom=true`` begins CSV with a byte-order mark."""
    bom = given.get("bom", "false")
    if bom not in ("true", "false"):
        raise Refused(f"bom: expected true or false, found {bom[:50]!r}.")
    query = read_query("en", {key: value for key, value in given.items() if key != "bom"}, edition.today())
    atlas = edition.atlas
    if name.startswith(ALL_CHANGES):
        table, frame = CHANGES, atlas.changes(BEGINNING, edition.today(), known_on=query.known_on)
    else:
        ever = name.startswith(EVER.name)
        found = flat_agreements(atlas, None if ever else query.on, known_on=query.known_on, ever=ever)
        table, frame = found.table, found.frame
    data = table_bytes(table, frame, form, atlas.stored, bom=bom == "true").data
    body = pack(data, FLAT[name])
    extra = (*READABLE.items(), ("content-disposition", f'attachment; filename="{name}"'))
    return Body(body.data, body.media_type, body.packed, body.tag, extra=extra)


def _map(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """The map of a day as GeoJSON, kept as pages are."""

    async def handler(request: Request) -> Response:
        given = {name: value for name in TIME if (value := request.query_params.get(name))}
        key = ("download.map", tuple(given.items()))
        try:
            refuse_unknown(request.query_params, TIME)
            body = await site.body(key, lambda edition: _map_body(edition, given), alias_of(request))
        except Refused as refused:
            return tell(site, request.url.path, "cannot-be-answered", text_of(refused, on_page))
        return respond(body, request.headers)

    return handler


def _map_body(edition: Edition, given: dict[str, str]) -> Body:
    query = read_query("en", given, edition.today())
    atlas = edition.atlas
    shown = content(atlas.as_of(query.on, known_on=query.known_on), atlas.jurisdictions())
    shapes = geojson(shown, atlas.status(query.on, known_on=query.known_on))
    found = pack(shapes.encode(), GEOJSON)
    extra = (*READABLE.items(), ("content-disposition", f'attachment; filename="{MAP}"'))
    return Body(found.data, found.media_type, found.packed, found.tag, extra=extra)
