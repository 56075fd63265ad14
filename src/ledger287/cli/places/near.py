"""``ledger287 near``: every agency with an agreement at a place."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, KnownOn, On, Record, State, console, day_text, ledger, print_json
from ledger287.cli.status_text import print_basis
from ledger287.core.jsonable import as_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.places.nearby import AgencyThere, Near
    from ledger287.places.neighbors import Neighbor


def near(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help='"City, ST", a county (Collier County, FL) or its code (12021).')
    ],
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    neighbors: Annotated[
        bool,
        typer.Option("--neighbors", help="Also the counties around, with agencies, residents and rate."),
    ] = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """Every agency with an agreement at a place or in a county, with its models.

    Agencies of other places in the county, and statewide ones, are listed apart. For an unknown place the closest names
    are offered; a county that changed its code is found by both codes.

    Example: ledger287 near "Naples, FL" --on 2026-05-08
    """
    book = ledger(record)
    answer = book.near(place, on=on, known_on=known_on, state=state)
    around = book.neighbors(answer.spot, on=on, known_on=known_on) if neighbors else None
    if json:
        print_json({**as_json(answer), "neighbors": as_json(around)})
    else:
        show_near(console(), answer)
    if around is not None and not json:
        show_neighbors(console(), around)


def show_near(out: "Console", answer: "Near") -> None:
    """Print the agencies here, elsewhere in the county, and statewide."""
    from rich.markup import escape

    spot = answer.spot
    within = (
        f" [dim]({escape(', '.join(answer.county_names))})[/dim]"
        if (spot.place or spot.zip) and answer.county_names
        else ""
    )
    name = f"ZIP code {spot.zip}" if spot.zip else spot.name
    out.print(f"[bold]{escape(name)}, {spot.state}[/bold]{within} on {day_text(answer.on)}")
    print_basis(out, answer)
    if spot.note:
        out.print(f"[dim]{escape(spot.note)}[/dim]", soft_wrap=True)
    groups = (
        ("with an agreement here", answer.here),
        (f"perhaps, for who lives within the city of {escape(spot.place or '')}", answer.perhaps),
        ("elsewhere in the county, or in a part of it that is unknown", answer.elsewhere),
        ("statewide", answer.statewide),
    )
    if not spot.counties:
        out.print("\n  cannot tell which agencies are here")
    for words, agencies in groups:
        if agencies or (words == groups[0][0] and spot.counties):
            out.print(f"\n  {plural(len(agencies), 'agency', 'agencies')} {words}")
        _show_agencies(out, agencies)


def show_neighbors(out: "Console", around: "tuple[Neighbor, ...]") -> None:
    """Print the counties around: their agencies, residents, and agencies per 100,000 residents."""
    from rich.markup import escape

    out.print(f"\n  {plural(len(around), 'county', 'counties')} around")
    names = [f"{one.name}, {one.state}" for one in around]
    wide = max(map(len, names), default=0)
    for name, one in zip(names, around, strict=True):
        residents = "residents unknown" if one.residents is None else f"{one.residents:>10,} residents"
        rate = "" if one.per_100k is None else f"{one.per_100k:>6.1f} per 100,000"
        models = f"  {', '.join(one.models)}" if one.models else ""
        counted = f"{plural(one.agencies, 'agency', 'agencies'):>11}"
        out.print(f"    {escape(name):<{wide}} {counted}  {residents}  {rate}{models}", soft_wrap=True)


def _show_agencies(out: "Console", agencies: tuple["AgencyThere", ...]) -> None:
    from rich.markup import escape

    for one in agencies:
        models, kind = ", ".join(one.models), one.kind.replace("_", " ")
        out.print(f"    {models:<14} {escape(one.name)}  [dim]{kind}, {one.agency_id}[/dim]", soft_wrap=True)
