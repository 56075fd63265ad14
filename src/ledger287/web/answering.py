"""A body -> the response on the wire: only what the client lacks, compressed where it takes that, and safe headers."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from ledger287.web.keeping import Body

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


def respond(
    body: Body,
    asked: Headers,
    changed_at: datetime | None = None,
    cache: str = FRESH,
    extra: Iterable[tuple[str, str]] = (),
) -> Response:
    """The response to a reading request."""
    headers = {**SAFE, "cache-control": cache, "content-type": body.media_type, "vary": "accept-encoding"}
    if body.media_type.startswith("image/svg"):
        headers["content-security-policy"] = IMAGE_POLICY
    if body.status == 200 and cache != NEVER:
        headers["etag"] = body.tag
        if changed_at:
            headers["last-modified"] = format_datetime(changed_at, usegmt=True)
    headers.update(extra)
    if "etag" in headers and _has_it(asked, body.tag, headers.get("last-modified")):
        return Response(status_code=304, headers={name: headers[name] for name in headers if name != "content-type"})
    data = body.data
    if body.packed:
        if "gzip" in asked.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
        else:
            data = body.plain()
    return Response(data, body.status, headers)


def _has_it(asked: Headers, tag: str, modified: str | None) -> bool:
    """Whether the client says that it has just this body; a tag counts before a time."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or any(each.strip().removeprefix("W/") == tag for each in tags.split(","))
    return modified is not None and asked.get("if-modified-since") == modified


def alias_of(request: Request) -> tuple[str, bytes]:
    """A request's address as it was written."""
    return request.scope["path"], request.scope["query_string"]
