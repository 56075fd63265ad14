"""The HTTP protocol with bounds on what arrives: the bytes of a request's head, and the time for head and body.

What is sent too slowly is cut off, so that idle or trickling clients hold no connection for long; of connections
there are only so many. The application bounds heads and bodies again, with words (``safety``); here is the floor below
it. Whatever is refused here has the safe headers, and is counted and logged as any other request.
"""

import asyncio
from time import perf_counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ledger287.web.render.response import NEVER, SAFE

MOST_HEAD = 32 * 1024
SECONDS_FOR_HEAD = 10.0
SECONDS_FOR_BODY = 30.0
SECONDS_TO_READ_ON = 1.0
"""For which what is still sent after a refusal is thrown away: a close with bytes unread would lose the answer."""
MOST_CONNECTIONS = 1000
SAFE_LINES = "".join(f"{name}: {value}\r\n" for name, value in SAFE.items())


def plain_response(status: str, words: str = "") -> bytes:
    """A complete response to what is not a request, after which the connection is closed."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {len(words)}\r\n"
    again = "retry-after: 5\r\n" if status.startswith("503") else ""
    return f"{head}{again}cache-control: {NEVER}\r\n{SAFE_LINES}connection: close\r\n\r\n{words}".encode("ascii")


class Bounded(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._in_head, self._refused = True, False
        self._head = self._lines = 0  # bytes that came after those with which a head began; bytes of complete lines

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; its first request must arrive in time."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse("503 Service Unavailable", "As many connections are open as the site takes.")
            return
        self._cut_off_after(SECONDS_FOR_HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._let_be()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes arrived."""
        if self._refused or self.transport.is_closing():
            return
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if (
            self._in_head
            and max(self._head, self._lines) > MOST_HEAD
            and not (self._refused or self.transport.is_closing())
        ):
            self._refuse("431 Request Header Fields Too Large")

    def send_400_response(self, msg: str) -> None:
        """Answer what is not a request."""
        self._refuse("400 Bad Request", msg)

    def _refuse(self, status: str, words: str = "") -> None:
        """Answer on the wire, close when the client does or soon, and note it where requests are noted."""
        self._refused = True
        self.transport.write(plain_response(status, words))
        self.transport.write_eof()
        self._cut_off_after(SECONDS_TO_READ_ON)
        meter = getattr(getattr(self.config.app, "state", None), "meter", None)
        if meter is not None:
            meter.refused += 1
            meter.note("other", "refused", int(status[:3]), perf_counter(), len(words))

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head, self._lines = True, 0, 0
        self._cut_off_after(SECONDS_FOR_HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of a request's head is complete."""
        super().on_header(name, value)
        self._lines += len(name) + len(value)

    def on_headers_complete(self) -> None:
        """A request's head is complete."""
        self._in_head = False
        self._cut_off_after(SECONDS_FOR_BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is complete."""
        self._let_be()
        super().on_message_complete()

    def _cut_off_after(self, seconds: float) -> None:
        self._let_be()
        self._timer = self.loop.call_later(seconds, self.transport.close)

    def _let_be(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
