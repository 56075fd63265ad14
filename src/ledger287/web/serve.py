"""Runs the site: one process, one event loop, a graceful stop."""

from pathlib import Path

import uvicorn

from ledger287.web.app import make_app
from ledger287.web.site import Site

LOOPBACK = ("127.0.0.1", "::1", "localhost")
BEFORE = (
    "This address can be reached from other machines. Put a reverse proxy with TLS and a limit on requests in front "
    "(docs/deploy.md shows one); the site itself speaks plain HTTP."
)


def serve(record: Path | None, host: str, port: int) -> None:
    """Serve a record until it is told to stop. Raises Refused where there is no record."""
    app = make_app(Site(record))
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        limit_concurrency=500,
        h11_max_incomplete_event_size=32 * 1024,
    )
