"""``ledger287 site``: the site as files, for any web host."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ledger287.cli.common import Json, Record, print_json
from ledger287.core.text import plural


def site(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write.")],
    gzip: Annotated[
        bool, typer.Option("--gzip", help="Write pages and data as .gz alone, for a host that sends these.")
    ] = False,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="The site's own URL, for complete URLs in feeds.")
    ] = "",
    record: Record = None,
    json: Json = False,
) -> None:
    """Write the site as files: every page but those that need a server, in English and Spanish.

    With feeds and the flat tables of agreements. Links are relative, so the folder may be served from any place. It is
    replaced when the new one is complete.

    Example: ledger287 site --out public
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from ledger287.web.edition.edition import open_edition
    from ledger287.web.publish.export import export_site

    columns = (TextColumn("{task.completed:,} files"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as shown:
        task = shown.add_task("site", total=None)
        edition = open_edition(record, base_url=base_url.rstrip("/"))
        answer = export_site(edition, out, lambda done, all: shown.update(task, completed=done, total=all), packed=gzip)
    if json:
        print_json({"folder": str(answer.folder), "pages": answer.pages, "files": answer.files, "bytes": answer.bytes})
        return
    typer.echo(
        f"{answer.folder}: {plural(answer.pages, 'page')}, {plural(answer.files, 'other file')}, "
        f"{answer.bytes / 2**20:,.0f} MiB. "
        + ("docs/deploy.md says how it is served." if gzip else f"Try it: python3 -m http.server -d {answer.folder}")
    )
