"""``ledger287 update``: ICE's program page -> the lists not seen yet, folded into a record."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import WITH_PROBLEMS, console, day_text, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from ledger287.ledger.build.updating import TakenList, Updated

PROBLEMS_SHOWN = 20


def update(
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="URL", help="The page that links the lists; ICE's own if left out.", show_default=False
        ),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="DIR",
            help="Update the record in this folder (or $LEDGER287_RECORD); if left out, your own, kept in "
            "$XDG_DATA_HOME/ledger287 or ~/.local/share/ledger287.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with the keys given above.")] = False,
) -> None:
    """Download the lists that ICE has published since, and add them to a record.

    Requests each file once, waits between files, and resumes a download that broke off. A record that does not exist
    yet begins as a copy of the shipped one, which is never changed. Exits 1 when a list could not be downloaded, was
    excluded, or has cells that could not be understood. A table of the page itself, or a dated link in a format that is
    not read, is a problem once, and named without one while it stays as it was.

    Keys of --json: record, begun (as a copy of the shipped one), page, linked, unchanged, skipped (other
    workbooks), taken (each with file, sha256, bytes, kind, published_at, rows, accepted, rule, reason),
    from_shipped, newest_list, problems and reported_before (problems reported by an earlier
    update; each with kind, file, sheet, row, column, expected, found, remedy, sha256).

    Example: ledger287 update --record my-record
    """
    from ledger287.api import RECORD_VARIABLE
    from ledger287.sources.ice_lists.program_page import PROGRAM_PAGE

    named = record or os.environ.get(RECORD_VARIABLE)
    done = _with_progress(Path(named) if named else None, PROGRAM_PAGE if from_ is None else from_)
    if json:
        print_json(done)
    else:
        show_update(done)
    if done.problems or not all(taken.accepted for taken in done.taken):
        raise typer.Exit(WITH_PROBLEMS)


def _with_progress(record: Path | None, page: str) -> "Updated":
    from ledger287.ledger.build.updating import update as update_record

    if not sys.stderr.isatty():
        return update_record(record, page)
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading the page", total=None)

        def show(file: str, done: int, whole: int | None) -> None:
            bar.update(task, description=file, completed=done, total=whole)

        return update_record(record, page, progress=show)


def show_update(done: "Updated") -> None:
    """Print what was looked at, taken, skipped and excluded, the problems, and where the record is."""
    from rich.markup import escape

    out = console()
    out.print(f"[bold]{plural(done.linked, 'list')}[/bold] linked by {escape(done.page)}", soft_wrap=True)
    for taken in done.taken:
        out.print(f"  {_list_text(taken)}", soft_wrap=True)
    if not done.taken:
        out.print(f"  {_nothing_taken(done)}", soft_wrap=True)
    if done.unchanged:
        out.print(f"  {done.unchanged:,} unchanged since the last update")
    for name in done.skipped:
        out.print(f"  ignored: {escape(name)} (by its name not a list of agencies)", soft_wrap=True)
    if done.from_shipped:
        out.print(f"  {plural(done.from_shipped, 'list')} added from the record that ships with ledger287")
    for problem in done.reported_before:
        what = escape(f"{problem.place}, {problem.found}")
        out.print(f"  unchanged since it was reported: {what}", soft_wrap=True)
    if done.problems:
        out.print(f"  {plural(len(done.problems), 'problem')}")
    for problem in done.problems[:PROBLEMS_SHOWN]:
        out.print(f"    {escape(str(problem))}", soft_wrap=True)
    if len(done.problems) > PROBLEMS_SHOWN:
        out.print(f"    and {len(done.problems) - PROBLEMS_SHOWN:,} more; --json gives them all")
    begun = " (begun as a copy of the shipped one)" if done.begun else ""
    out.print(f"  record: {escape(done.record)}{begun}, newest list {_day(done.newest_list)}", soft_wrap=True)
    out.print(f"  [dim]answer from it: ledger287 status --record {escape(done.record)}[/dim]", soft_wrap=True)


def _nothing_taken(done: "Updated") -> str:
    if done.problems:
        return "no list was taken; see the problems"
    if done.reported_before:
        return "no list was taken; what was reported earlier was not read and may be newer than this record"
    return "nothing new; the record is as it was"


def _list_text(taken: "TakenList") -> str:
    from rich.markup import escape

    what = f"{escape(taken.file)} ({taken.kind}, {plural(taken.rows, 'row')}, published {_day(taken.published_at)})"
    if taken.accepted:
        return f"taken: {what}"
    return f"excluded: {what}, {taken.rule}: {escape(taken.reason or '')}"


def _day(moment: datetime | None) -> str:
    from ledger287.core.time import day_of

    return day_text(day_of(moment) if moment else None)
