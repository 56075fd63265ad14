"""The HTTP protocol with bounds on what arrives: the bytes of a request's head, and the time for head and body.

What is sent too slowly is cut off, so that idle or trickling clients hold no connection for long. The application
bounds bodies again, with words (``safety``); here is the floor below it.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 32 * 1024
SECONDS_FOR_HEAD = 10.0
SECONDS_FOR_BODY = 30.0
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class Bounded(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._in_head, self._head = True, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; its first request must arrive in time."""
        super().connection_made(transport)
        self._cut_off_after(SECONDS_FOR_HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._let_be()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes arrived."""
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > MOST_HEAD and not self.transport.is_closing():
            self.transport.write(TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head = True, 0
        self._cut_off_after(SECONDS_FOR_HEAD)

    def on_headers_complete(self) -> None:
        """A request's head is whole."""
        self._in_head = False
        self._cut_off_after(SECONDS_FOR_BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._let_be()
        super().on_message_complete()

    def _cut_off_after(self, seconds: float) -> None:
        self._let_be()
        self._timer = self.loop.call_later(seconds, self.transport.close)

    def _let_be(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
