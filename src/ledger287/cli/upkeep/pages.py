"""``ledger287 pages``: every page of a day made ahead, so that a server that starts has them at once."""

import sys
from datetime import date
from typing import Annotated

import typer

from ledger287.cli.common import Json, Record, day_option, print_json
from ledger287.core.query_error import QueryError
from ledger287.core.text import plural

STOPPED = 130
"""The exit code after Ctrl+C."""


def pages(
    on: Annotated[date | None, day_option("--on", "The day of the pages; today (US Eastern time) if left out.")] = None,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="The site's own URL, if `serve` is given one.")
    ] = "",
    record: Record = None,
    json: Json = False,
) -> None:
    """Make every page ready, in files that `serve` finds when it starts.

    The files are of one record and one version of this software. Most pages last, and are completed for the day of a
    request; the few others are of one day. LEDGER287_PAGES names the folder.

    Example: ledger287 pages
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from ledger287 import api
    from ledger287.web.edition.edition import open_edition
    from ledger287.web.publish.sheets import sheets
    from ledger287.web.server.kept.pages_file import FOLDER_VARIABLE
    from ledger287.web.server.kept.prepared import open_prepared, places_of
    from ledger287.web.server.kept.preparing import prepare
    from ledger287.web.server.serve import check_base_url

    check_base_url(base_url)
    day = on or api.eastern_today()
    edition = open_edition(record, lambda: day, base_url.rstrip("/"))
    place, of_day = places_of(edition, day)
    if place is None or of_day is None:
        says = f"there is no folder for the pages; set {FOLDER_VARIABLE} to one that this user may write to."
        raise QueryError("no_folder_for_pages", says)
    held = open_prepared(edition, day)
    if not held.finished:
        if held.lasting.place is None or held.of_day.place is None:
            says = (
                f"{place.parent} cannot be written to; set {FOLDER_VARIABLE} to a folder that this user may write to."
            )
            raise QueryError("no_folder_for_pages", says)
        columns = (TextColumn("{task.completed:,} pages"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as shown:
            every = not held.lasting.finished
            total = sum(every or not sheet.kind.lasts for sheet in sheets(edition, live=True))
            task = shown.add_task("pages", total=total, completed=len(held.held))
            folder = edition.atlas.stored.folder
            try:
                made = prepare(held, folder, edition.base_url, step=lambda: shown.advance(task), niceness=0)
            except KeyboardInterrupt:
                shown.stop()
                kept = plural(sum(len(file) for file in held.missing()), "page")
                typer.echo(f"ledger287 pages: stopped; {kept} are kept, and the next run goes on from them.", err=True)
                raise typer.Exit(STOPPED) from None
        if not (made and place.is_file() and of_day.is_file()):
            raise QueryError("pages_not_made", f"not every page of {day} could be made and kept; nothing is left.")
    size = place.stat().st_size + of_day.stat().st_size
    if json:
        files = {"file": str(place), "file_of_day": str(of_day)}
        print_json({**files, "on": day, "pages": len(held), "bytes": size})
        return
    typer.echo(f"{place.parent}: {len(held):,} pages for {day}, {size / 2**20:,.0f} MiB.")
