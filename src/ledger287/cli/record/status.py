"""``ledger287 status``: the program on one day."""

from typing import TYPE_CHECKING

from ledger287.cli.common import (
    County,
    Json,
    KnownOn,
    Model,
    On,
    Record,
    State,
    console,
    day_text,
    ledger,
    print_json,
)
from ledger287.cli.status_text import status_lines

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.ledger.query.answers import Status
    from ledger287.ledger.query.before.bounds import Bounds


def status(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    county: County = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """The program on a day: agreements, agencies, states, models.

    By the newest accepted list published by the end of that day.

    Example: ledger287 status --on 2025-08-14 --state FL
    """
    from ledger287.ledger.query.before.past import OnlyBounds

    try:
        answer = ledger(record).status(on, known_on=known_on, state=state, model=model, county=county)
    except OnlyBounds as only:
        show_bounds(console(), only.bounds, str(only), json)
        return
    if json:
        print_json(answer)
    else:
        show_status(console(), answer)


def show_bounds(out: "Console", found: "Bounds", says: str, json: bool) -> None:
    """Print what is known of a day without a list: JSON with the keys of a status, and ``bounds``."""
    from dataclasses import fields

    from ledger287.ledger.query.answers import Status

    if json:
        nothing: dict[str, object] = {field.name: None for field in fields(Status)}
        print_json({**nothing, "on": found.on, "known_on": found.known_on, "county": None, "bounds": found})
        return
    out.print(f"[bold]287(g) on {day_text(found.on)}[/bold]: bounds only")
    out.print(says[:1].upper() + says[1:], soft_wrap=True, markup=False)


def show_status(out: "Console", answer: "Status", states: int | None = None) -> None:
    """Print a status as text; ``states`` limits how many states are named."""
    from rich.text import Text

    for line in status_lines(answer, states):
        out.print(Text.assemble(*line))
