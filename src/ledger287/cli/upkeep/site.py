"""``ledger287 site``: the site as files, for any web host."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ledger287.cli.common import Json, Record, print_json
from ledger287.core.text import plural


def site(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write.")],
    record: Record = None,
    json: Json = False,
) -> None:
    """Write the site as files: every page but those that need a server, in English and Spanish.

    Links are relative, so the folder may be served from any place. It is replaced when the new one is complete.

    Example: ledger287 site --out public
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from ledger287.web.edition.edition import open_edition
    from ledger287.web.publish.export import export_site

    with Progress(
        SpinnerColumn(), TextColumn("{task.completed:,} files"), disable=not sys.stderr.isatty(), transient=True
    ) as shown:
        task = shown.add_task("site", total=None)
        answer = export_site(open_edition(record), out, lambda done: shown.update(task, completed=done))
    if json:
        print_json({"folder": str(answer.folder), "pages": answer.pages, "files": answer.files, "bytes": answer.bytes})
        return
    typer.echo(
        f"{answer.folder}: {plural(answer.pages, 'page')}, {plural(answer.files, 'other file')}, "
        f"{answer.bytes / 2**20:,.0f} MiB. Try it: python3 -m http.server -d {answer.folder}"
    )
