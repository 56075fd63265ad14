"""``ledger287 serve``: the record as pages, feeds and an API on this machine."""

from typing import Annotated

import typer

from ledger287.cli.common import Record


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 2870,
    record: Record = None,
) -> None:
    """Serve the record as pages, feeds and an API. Ctrl+C ends it.

    A record that is rebuilt or updated meanwhile is served as soon as it is whole.

    Example: ledger287 serve --port 2870
    """
    from ledger287.web.serve import BEFORE, LOOPBACK
    from ledger287.web.serve import serve as run

    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"ledger287: serving on http://{shown}:{port}/ (Ctrl+C ends it)", err=True)
    if host not in LOOPBACK:
        typer.echo(f"ledger287: {BEFORE}", err=True)
    run(record, host, port)
