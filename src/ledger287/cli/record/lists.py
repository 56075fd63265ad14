"""``ledger287 lists``: every list with its verdict, or the rows of one."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, Record, console, day_text, ledger, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from datetime import datetime


def lists(
    set_aside: Annotated[bool, typer.Option("--set-aside", help="Only the lists that were excluded.")] = False,
    file: Annotated[
        str | None,
        typer.Option(
            "--file",
            metavar="NAME",
            help="The rows of one list as printed, by name or sha256.",
            show_default=False,
        ),
    ] = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Every list, the newest first: its kind, publication time, rows, verdict and reason.

    Example: ledger287 lists --set-aside
    """
    from rich.markup import escape

    book = ledger(record)
    if file:
        rows = book.list_rows(file)
        if json:
            print_json(rows.to_dicts())
            return
        for row in rows.iter_rows(named=True):
            cells = [row[f"{name}_printed"] for name in ("state", "agency", "type", "county", "model", "signed", "moa")]
            typer.echo(f"{row['row']:>5}  " + " | ".join((cell or "").strip() for cell in cells))
        return
    found = book.lists(set_aside=set_aside)
    if json:
        print_json(found.to_dicts())
        return
    out = console()
    for row in found.reverse().iter_rows(named=True):
        verdict = "" if row["verdict"] == "accepted" else f"  excluded ({row['rule']}): {row['reason']}"
        out.print(
            f"{day_text(row['day']):>12}{_clock(row['published_at']):>7}  {row['kind'] or 'no list':<13}  "
            f"{row['rows']:>6,} rows  {escape(row['file'])}{escape(verdict)}",
            soft_wrap=True,
        )
    out.print(f"[dim]{plural(found.height, 'list')}[/dim]")


def _clock(moment: "datetime | None") -> str:
    """The time of day in US Eastern time."""
    from ledger287.core.time import EASTERN

    return f"{moment.astimezone(EASTERN):%H:%M}" if moment else ""
