"""A body -> the response on the wire: only what the client lacks, compressed where it takes that, and safe headers.

Header lines are made once for a body and kept with it, so that answering again is little more than sending.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ledger287.web.render.addresses import prefix
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.query import Language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
"""For a drawing opened by itself: it may use its own style and typeface, and nothing else."""
SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
FRESH = "public, max-age=60"
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"

Lines = list[tuple[bytes, bytes]]
Extra = Iterable[tuple[str, str]]


class Reply:
    """A status, header lines and data, ready to be sent. Nothing is looked up or encoded any more."""

    __slots__ = ("data", "lines", "status")

    def __init__(self, status: int, lines: Lines, data: bytes) -> None:
        self.status, self.lines, self.data = status, lines, data

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        del receive
        await send({"type": "http.response.start", "status": self.status, "headers": self.lines})
        data = b"" if scope["method"] == "HEAD" else self.data
        await send({"type": "http.response.body", "body": data})


class Ready(Response):
    """A reply as the response that a route returns."""

    def __init__(self, reply: Reply) -> None:
        self.status_code, self.body, self.raw_headers = reply.status, reply.data, [*reply.lines]
        self.background = None


def respond(
    body: Body,
    query: Headers,
    changed_at: datetime | None = None,
    cache: str = FRESH,
    extra: Extra = (),
) -> Response:
    """The response to a reading request."""
    return Ready(reply(body, query, changed_at, cache, tuple(extra)))


def reply(
    body: Body,
    query: Mapping[str, str],
    changed_at: datetime | None = None,
    cache: str = FRESH,
    extra: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """What is sent to a client with these request headers."""
    key = (changed_at, cache, extra)
    made = body.wire.get(key)
    if made is None:
        made = body.wire[key] = _lines(body, body.modified or changed_at, cache, extra)
    modified, whole, plain, unchanged = made
    if unchanged is not None and _has_it(query, body.tag, modified):
        return Reply(304, unchanged, b"")
    if not body.packed or takes_gzip(query.get("accept-encoding", "")):
        return Reply(body.status, whole, body.data)
    data = body.plain()
    return Reply(body.status, [*plain, (b"content-length", str(len(data)).encode())], data)


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip: it is named, or ``*`` is, and not with a weight of zero."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weight = rest.strip().removeprefix("q=").strip() if rest.strip().startswith("q=") else "1"
        try:
            weights[name.strip()] = float(weight)
        except ValueError:
            weights[name.strip()] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _lines(
    body: Body, changed_at: datetime | None, cache: str, extra: tuple[tuple[str, str], ...]
) -> tuple[str | None, Lines, Lines, Lines | None]:
    """When it changed, and the lines of the stored body, of the unpacked one (length left out), and of a 304."""
    headers = {**SAFE, "cache-control": cache, "content-type": body.media_type, "vary": "accept-encoding"}
    if body.media_type.startswith("image/svg"):
        headers["content-security-policy"] = IMAGE_POLICY
    if body.status == 200 and cache != NEVER:
        headers["etag"] = body.tag
        if changed_at:
            headers["last-modified"] = format_datetime(changed_at, usegmt=True)
    headers.update(body.extra)
    headers.update(extra)
    stored = {**headers, "content-length": str(len(body.data))}
    if body.packed:
        stored["content-encoding"] = "gzip"
    unchanged = _encoded(headers, "content-type") if "etag" in headers else None
    return headers.get("last-modified"), _encoded(stored), _encoded(headers), unchanged


def _encoded(headers: Mapping[str, str], but: str = "") -> Lines:
    return [_line(name, value) for name, value in headers.items() if name != but]


@lru_cache(maxsize=1024)
def _line(name: str, value: str) -> tuple[bytes, bytes]:
    """A header line; most are the same for every body, and are kept once."""
    return name.encode("latin-1"), value.encode("latin-1")


def _has_it(query: Mapping[str, str], tag: str, modified: str | None) -> bool:
    """Whether the client says that it has just this body; a tag counts before a time."""
    tags = query.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or any(each.strip().removeprefix("W/") == tag for each in tags.split(","))
    return modified is not None and query.get("if-modified-since") == modified


def to_data(lang: Language) -> Callable[[Request], Awaitable[Response]]:
    """Data has no language: its URL under one leads to the only one there is, with the same parameters."""

    async def handler(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(request.url.path.removeprefix(prefix(lang)) + query, 308)

    return handler


def alias_of(request: Request) -> tuple[str, bytes]:
    """A request's URL as it was written."""
    return request.scope["path"], request.scope["query_string"]
