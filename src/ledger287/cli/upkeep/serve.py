"""``ledger287 serve``: the record as pages, feeds and an API on this machine."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Record, print_json

if TYPE_CHECKING:
    from ledger287.web.server.serve import Serving

PORT = 2870


def serve(
    host: Annotated[str, typer.Option("--host", help="The host name or IP address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="The port to listen on; 0 takes any that is free. Left out: 2870, or the next one that is free.",
            show_default=False,
        ),
    ] = None,
    next_free: Annotated[
        bool, typer.Option("--next-free", help="Where the port is taken, take the next free one, and say so.")
    ] = False,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="The site's own URL, as https://ledger.example, for feeds and the sitemap.",
            show_default=False,
        ),
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allowed-host",
            metavar="NAME",
            help="Answer only requests to this name; may be given more than once.",
            show_default=False,
        ),
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="Write a line of JSON for each request on standard error.")
    ] = False,
    record: Record = None,
    json: Annotated[
        bool,
        typer.Option("--json", help="Print the URL that it serves as JSON, with the keys that docs/site.md gives."),
    ] = False,
) -> None:
    """Serve the record as pages, feeds and an API. Ctrl+C ends it.

    A record that is rebuilt or updated meanwhile is served as soon as it is complete.

    Example: ledger287 serve --port 2870
    """
    from ledger287.web.server.serve import BEFORE, LOOPBACK
    from ledger287.web.server.serve import serve as run

    wanted = PORT if port is None else port

    def announce(serving: "Serving") -> None:
        if json:
            print_json(serving)
        if wanted and serving.port != wanted:
            typer.echo(f"ledger287: port {wanted} is taken; {serving.port} is the next free one", err=True)
        typer.echo(f"ledger287: serving on {serving.url} (Ctrl+C ends it)", err=True)
        if host not in LOOPBACK:
            typer.echo(f"ledger287: {BEFORE}", err=True)

    run(
        record,
        host,
        wanted,
        base_url=base_url or "",
        allowed_hosts=allowed_host or (),
        log=log,
        announce=announce,
        next_free=next_free or port is None,
    )
