"""What comes before the application: limits on what is sent, safe headers on what is answered, and counting.

Every request must have a known method, one Host, and a URL and headers of bounded length. A URL that was answered
before is then answered here at once. Any other request has a body that is bounded and arrives in time; only so many
are answered at once. An error of the program is reported without the visitor's text, in the answer and in the log.
"""

import asyncio
import logging
import re
import traceback
from collections.abc import Iterable
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ledger287.web.render.assets import by_address
from ledger287.web.render.problem.problem_response import tell
from ledger287.web.render.response import FOREVER, FRESH, NEVER, SAFE, reply
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.machine import METHODS, Meter
from ledger287.web.server.site import Site

log = logging.getLogger("ledger287.web")

LONGEST_ADDRESS = 4096
MOST_HEADERS = 16 * 1024
"""Bytes of all headers together."""
MOST_LINES = 100
"""Lines of headers."""
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_.\-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
"""A name or an IP address, with a port or without one."""
LEFT = 499
"""The status that is counted where a client leaves before its request is complete; nothing is sent."""
MOST_BODY = 64 * 1024
MOST_UPLOAD = 6 * 2**20
UPLOADS = ("/check", "/es/check", "/api/v1/check")
"""URLs that take a story or a file."""
SECONDS_TO_ARRIVE = 20.0
AT_ONCE = 200
ASKS = {
    b"accept-encoding": "accept-encoding",
    b"if-none-match": "if-none-match",
    b"if-modified-since": "if-modified-since",
}
"""The headers that an answer from what is kept depends on."""
SAFE_LINES = [(name.encode(), value.encode()) for name, value in SAFE.items()]


class _Refusal(Exception):
    """A body that is not read to its end: the kind of problem, and what to tell."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(kind)
        self.kind, self.says = kind, says


class Gate:
    """The outermost part of the site that is ours."""

    def __init__(
        self,
        app: ASGIApp,
        site: Site,
        meter: Meter,
        allowed_hosts: Iterable[str] = (),
        at_once: int = AT_ONCE,
        seconds: float = SECONDS_TO_ARRIVE,
    ) -> None:
        self.app, self.site, self.meter = app, site, meter
        self.hosts = frozenset(host.lower() for host in allowed_hosts)
        self.at_once, self.seconds = at_once, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await (self._close(receive, send) if scope["type"] == "websocket" else self.app(scope, receive, send))
            return
        begun, method = perf_counter(), scope["method"]
        self.site.traffic.note()
        refused = self._refusal(scope)
        if refused is None and method in ("GET", "HEAD"):
            found = self._kept(scope)
            if found is not None:
                name, body, cache = found
                headers_of = {ASKS[has]: value.decode("latin-1") for has, value in scope["headers"] if has in ASKS}
                answer = reply(body, headers_of, cache=cache)
                await answer(scope, receive, send)
                self.meter.note(method, name, answer.status, begun, len(answer.data))
                return
        await self._pass_on(scope, receive, send, begun, refused or self._has_no_place())

    def _kept(self, scope: Scope) -> tuple[str, Body, str] | None:
        """What is already kept for a URL: the name it is counted under, the body, and for how long it is valid."""
        path = scope["path"]
        if path.startswith("/static/"):
            asset = by_address().get(path)
            return None if asset is None else ("asset", asset.body, FOREVER)
        found = self.site.quick(path, scope["query_string"])
        if found is None:
            return None
        name = name_of(found[0])
        self.site.opened(name)
        return name, found[1], FRESH

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, begun: float, refused: _Refusal | None
    ) -> None:
        sent = _Sent(send)
        self.meter.running += 1
        try:
            if refused:
                self.meter.refused += 1
                await self._tell(refused, scope, receive, sent)
            else:
                await self._answer(scope, _Bounded(receive, scope["path"], self.seconds), sent)
        finally:
            self.meter.running -= 1
            self.meter.note(scope["method"], _route(scope, refused), sent.status, begun, sent.bytes)

    async def _answer(self, scope: Scope, receive: "_Bounded", sent: "_Sent") -> None:
        try:
            await self.app(scope, receive, sent)
        except ClientDisconnect:
            sent.status = sent.status or LEFT
        except Exception as error:
            if receive.refusal is None:
                _note_error(error, scope)
                receive.refusal = _Refusal("error", "This program met an error. What you sent was not noted.")
        if receive.refusal is not None and sent.status == 0:
            await self._tell(receive.refusal, scope, receive, sent)

    async def _tell(self, refused: _Refusal, scope: Scope, receive: Receive, sent: "_Sent") -> None:
        more = {"method": {"allow": "GET, HEAD"}, "busy": {"retry-after": "1"}}.get(refused.kind, {})
        unread = {"connection": "close"} if refused.kind in ("too-large", "too-slow", "host", "upgrade") else {}
        await tell(self.site, scope["path"], refused.kind, refused.says, more | unread)(scope, receive, sent)

    def _refusal(self, scope: Scope) -> _Refusal | None:
        """Why a request is not looked at, by its head alone."""
        if scope["method"] not in METHODS:
            return _Refusal("method", f"Expected one of the methods {', '.join(METHODS)}.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _Refusal("address-too-long", f"Expected a URL of at most {LONGEST_ADDRESS} bytes.")
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if len(headers) > MOST_LINES or sum(len(name) + len(value) for name, value in headers) > MOST_HEADERS:
            says = f"Expected headers of at most {MOST_LINES} lines and {MOST_HEADERS} bytes."
            return _Refusal("headers-too-large", says)
        wrong = self._wrong_host([value for name, value in headers if name == b"host"], scope)
        if wrong:
            return _Refusal("host", wrong)
        if any(name == b"upgrade" and value.lower() == b"websocket" for name, value in headers):
            return _Refusal("upgrade", "This site answers plain requests alone, not WebSocket.")
        length = next((value for name, value in headers if name == b"content-length"), b"0")
        if not length.isdigit() or int(length) > most_of(scope["path"]):
            return _too_large(scope["path"])
        return None

    def _has_no_place(self) -> _Refusal | None:
        """A refusal where as many requests are being answered as may be."""
        if self.meter.running >= self.at_once:
            return _Refusal("busy", "The site answers as many requests as it can. Ask again in a second.")
        return None

    def _wrong_host(self, given: list[bytes], scope: Scope) -> str | None:
        """What is wrong with the Host headers of a request. HTTP/1.0 needs none, where no names are given."""
        if not given and scope.get("http_version") == "1.0" and not self.hosts:
            return None
        if len(given) != 1:
            return f"Expected one Host header, found {len(given) or 'none'}."
        host = given[0].decode("latin-1").lower()
        if not HOST.fullmatch(host):
            return "Expected the name of a host in the Host header."
        if self.hosts and not (host in self.hosts or host.rpartition(":")[0] in self.hosts):
            return "Expected the site's own name in the Host header."
        return None

    async def _close(self, receive: Receive, send: Send) -> None:
        """No page speaks over a WebSocket."""
        begun = perf_counter()
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        self.meter.refused += 1
        self.meter.note("GET", "refused", 403, begun, 0)


class _Sent:
    """Passes a response on with safe headers, and notes its status and size."""

    def __init__(self, send: Send) -> None:
        self.send, self.status, self.bytes = send, 0, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            lines = [
                (name, _rooted(value) if name == b"location" else value) for name, value in message.get("headers", ())
            ]
            has = {name.lower() for name, _ in lines}
            lines += [line for line in SAFE_LINES if line[0] not in has]
            if self.status >= 400 and b"cache-control" not in has:
                lines.append((b"cache-control", NEVER.encode()))
            message = {**message, "headers": lines}
        else:
            self.bytes += len(message.get("body", b""))
        await self.send(message)


class _Bounded:
    """Receives a body no longer than its URL allows, within a time limit."""

    def __init__(self, receive: Receive, path: str, seconds: float) -> None:
        self.receive, self.path, self.seconds = receive, path, seconds
        self.until: float | None = None
        self.whole, self.bytes = False, 0
        self.refusal: _Refusal | None = None

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()
        if self.refusal is not None:
            raise self.refusal
        try:
            message = await self._in_time()
            self.bytes += len(message.get("body", b""))
            if self.bytes > most_of(self.path):
                raise _too_large(self.path)
        except _Refusal as refused:
            self.refusal = refused
            raise
        self.whole = not message.get("more_body", False)
        return message

    async def _in_time(self) -> Message:
        now = asyncio.get_running_loop().time()
        self.until = self.until or now + self.seconds
        try:
            async with asyncio.timeout_at(self.until):
                return await self.receive()
        except TimeoutError:
            raise _Refusal("too-slow", f"Expected the complete request within {self.seconds:.0f} seconds.") from None


def most_of(path: str) -> int:
    """The bytes of a body that a URL takes."""
    return MOST_UPLOAD if path.removesuffix(".json") in UPLOADS else MOST_BODY


def _rooted(location: bytes) -> bytes:
    """Where a redirect leads, from the root of the site: the Host of a request is never taken for the site's own."""
    parts = urlsplit(location.decode("latin-1"))
    return urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, "")).encode("latin-1")


def name_of(key: Any) -> str:
    """The name under which a kept body is counted."""
    return str(key[0]) if isinstance(key, tuple) else "other"


def _too_large(path: str) -> _Refusal:
    return _Refusal("too-large", f"Expected at most {most_of(path):,} bytes.")


def _route(scope: Scope, refused: _Refusal | None) -> str:
    if refused:
        return "refused"
    return str(getattr(scope.get("route"), "name", None) or "none")


def _note_error(error: Exception, scope: Scope) -> None:
    """Log where an error arose: its type and the lines of code, not its words, which may be a visitor's."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = " < ".join(
        f"{frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})" for frame in reversed(frames)
    )
    log.error("%s in route %s: %s", type(error).__name__, _route(scope, None), where)
