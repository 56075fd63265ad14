"""Runs the site: one process, one event loop, a graceful stop."""

import errno
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ledger287.core.process.garbage import spare_what_is_here
from ledger287.core.query_error import QueryError, QueryField
from ledger287.web.server.app import make_app
from ledger287.web.server.kept.warming import Warmer
from ledger287.web.server.notes import note_as
from ledger287.web.server.site import Site
from ledger287.web.server.wire import Bounded

LOOPBACK = ("127.0.0.1", "::1", "localhost")
BEFORE = (
    "This site can be reached from other machines. Put a reverse proxy with TLS and a limit on requests in front "
    "(docs/deploy.md shows one); the site itself speaks plain HTTP."
)
PORTS_TRIED, HIGHEST_PORT = 20, 65535
TURN_SECONDS = 0.0001
"""After which a thread gives way: where indexes are built, a request waits for no longer than that each time."""
SECONDS_TO_STOP = 10
"""For which running requests may still be answered after SIGTERM or Ctrl+C."""
BASE = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?/?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?/?")


@dataclass(frozen=True, slots=True)
class Serving:
    """What is reported once the site answers: where, and which record."""

    url: str
    host: str
    port: int
    edition: str
    newest_list: str


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            self.announce(self.servers[0].sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running requests finish. A SIGTERM is heeded then, and not raised again: what is left ends in order."""
        await super().shutdown(sockets)
        self._captured_signals = [each for each in self._captured_signals if each != signal.SIGTERM]


def serve(
    record: Path | None,
    host: str,
    port: int,
    *,
    base_url: str = "",
    allowed_hosts: Sequence[str] = (),
    log: bool = False,
    announce: Callable[[Serving], None] = lambda _: None,
    next_free: bool = False,
) -> None:
    """Serve a record until it is stopped; with ``next_free``, at the next free port where the given one is taken.

    Raises Refused where there is no record, or the port cannot be listened on.
    """
    check_base_url(base_url)
    sys.setswitchinterval(TURN_SECONDS)
    port = _free_port(host, port, PORTS_TRIED if next_free else 1)
    site = Site(record, base_url=base_url)
    note_as(lines=log)
    app = make_app(site, allowed_hosts=allowed_hosts, log_to=sys.stderr if log else None)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Bounded,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
    shown = f"[{host}]" if ":" in host else host

    warmer = Warmer(site)

    def tell(found: int) -> None:
        edition = site.edition
        spare_what_is_here()
        announce(Serving(f"http://{shown}:{found}/", host, found, edition.version, str(edition.newest)))
        warmer.start()  # which may have something to note, after the line that says where the site is

    server = _Server(config, tell)
    try:
        server.run()
    except SystemExit:
        raise _taken(host, port) from None
    finally:
        warmer.stop()


def check_base_url(base_url: str) -> None:
    """Raises QueryError where it is given and cannot be a site's own URL."""
    if base_url and not BASE.fullmatch(base_url):
        expected = f": expected the site's own URL, as https://ledger.example, found {base_url!r}."
        raise QueryError("not_a_base_url", QueryField("base_url"), expected)


def _taken(host: str, port: int, reason: str = "") -> QueryError:
    says = f"cannot listen on {host}:{port}{reason}. Is the port in use? Name another "
    return QueryError(
        "port_taken", says, QueryField("port"), ", or take the next free one with ", QueryField("next_free"), "."
    )


def _free_port(host: str, port: int, tried: int) -> int:
    """The port, or the first free one of the ``tried`` from it on, before anything is loaded. Raises QueryError."""
    for number in range(port, min(port + tried, HIGHEST_PORT + 1)):
        try:
            found = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
            socket.create_server(found[4][:2], family=found[0]).close()
        except OSError as error:
            if error.errno == errno.EADDRINUSE and number + 1 < min(port + tried, HIGHEST_PORT + 1):
                continue
            reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
            raise _taken(host, number, f" ({reason})") from None
        return number
    raise _taken(host, port)
