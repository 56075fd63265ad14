"""``ledger287 map``: the agreements in force on a day, drawn by county."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import (
    Json,
    KnownOn,
    Model,
    On,
    Record,
    State,
    console,
    day_text,
    edge_text,
    ledger,
    print_json,
    replacing,
)
from ledger287.cli.working import working
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.charts.maps.map import MapAnswer

Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FILE.svg|png|html|geojson",
        help="The file to write; its extension decides the format.",
        show_default=False,
    ),
]


def map(
    out: Out,
    on: On = None,
    known_on: KnownOn = None,
    model: Model = None,
    state: State = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Draw the agreements in force on a day by county.

    The HTML page also shows how they grew month by month, and every county's agencies.

    Example: ledger287 map --on 2025-08-14 --state FL --out florida.svg
    """
    from ledger287.charts.maps.map import draw_map

    book = ledger(record)
    with replacing(out), working("drawing the map"):
        answer = draw_map(book, out, on, known_on=known_on, state=state, model=model)
    if json:
        print_json(answer)
    else:
        show_map(console(), answer)


def show_map(out: "Console", answer: "MapAnswer") -> None:
    """Print what was drawn."""
    from rich.markup import escape

    from ledger287.charts.maps.content import CATEGORIES
    from ledger287.charts.maps.wording import label_of
    from ledger287.cli.status_text import list_text
    from ledger287.cli.upkeep.export import size_text

    out.print(
        f"[bold]{escape(answer.path)}[/bold]: 287(g) by county on {day_text(answer.on)}, {size_text(answer.bytes)}"
    )
    if answer.list:
        out.print(f"[dim]{list_text(answer.list)}[/dim]")
    if answer.cannot_tell_after:
        out.print(f"[bold]{edge_text(answer.cannot_tell_after)}[/bold]; the map shows what that list says")
    out.print()
    for category in CATEGORIES:
        if answer.counties[category]:
            label = label_of(category, answer.model)
            out.print(f"  {label}: {plural(answer.counties[category], 'county', 'counties')}")
    if answer.local_only:
        out.print(f"  [dim]of these only by agencies of a part of the county: {answer.local_only:,}[/dim]")
    out.print()
    out.print(f"  {plural(answer.agreements, 'agreement')} of {plural(answer.agencies, 'agency', 'agencies')}:")
    placed = f"{answer.in_counties:,} in counties, {answer.statewide:,} of states as a whole"
    out.print(f"  {placed}, {answer.unplaced:,} not placed")
    for name in answer.unplaced_agencies:
        out.print(f"  [dim]not placed: {escape(name)}[/dim]")
