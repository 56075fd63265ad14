"""``ledger287 outcomes held`` and ``series``: people held on a day, and every snapshot."""

from datetime import date
from typing import Annotated

import typer

from ledger287.cli.common import Json, On, day_option, day_text, print_json
from ledger287.cli.outcomes.shown import figure, share_of, show_held
from ledger287.core.text import plural


def held(on: On = None, json: Json = False) -> None:
    """Who was held on a day, by criminality and arresting agency: the snapshot of that day, or the latest before it.

    Example: ledger287 outcomes held --on 2026-01-25 --json
    """
    from ledger287 import api
    from ledger287.ledger.outcomes.held import held_answer, held_on

    answer = held_answer(held_on(on or api.eastern_today()))
    if json:
        print_json(answer)
    else:
        ago = (
            f" ({plural(answer['days_before'], 'day')} before {day_text(answer['asked'])})"
            if answer["days_before"]
            else ""
        )
        typer.echo(f"Snapshot of {day_text(answer['as_of'])}{ago}: {answer['file']}")
        show_held(answer["held"])
        for line in answer["differs"]:
            typer.echo(f"  differs: {line}")
        for line in answer["mismatches"]:
            typer.echo(f"  does not add up: {line}")


def series(
    first: Annotated[date | None, day_option("--from", "Snapshots from this day on.")] = None,
    last: Annotated[date | None, day_option("--to", "Snapshots up to this day.")] = None,
    json: Json = False,
) -> None:
    """Every snapshot of people held: counts and shares by criminality and arresting agency.

    Example: ledger287 outcomes series --from 2025-01-01
    """
    from ledger287.ledger.outcomes.held import mismatches, series, shares, snapshot_answer

    chosen = series(first, last)
    if json:
        print_json({"snapshots": [snapshot_answer(one) for one in chosen], "mismatches": mismatches(chosen)})
        return
    if not chosen:
        every = series()
        typer.echo(f"  No snapshot in these days; there are {len(every)}, from {every[0].as_of} to {every[-1].as_of}.")
        return
    typer.echo("  day          held   convicted      pending      neither    by ICE")
    for one in chosen:
        parts = shares(one)
        cells = [
            f"{figure(one.number(name)):>7} {share_of(parts[name]):>5}" for name in ("convicted", "pending", "none")
        ]
        typer.echo(f"  {one.as_of}  {figure(one.number('total')):>6}  {' '.join(cells)}  {share_of(parts['ICE']):>5}")
    for line in mismatches(chosen):
        typer.echo(f"  does not add up: {line}")
