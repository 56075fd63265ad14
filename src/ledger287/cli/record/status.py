"""``ledger287 status``: the program on one day."""

from typing import TYPE_CHECKING

from ledger287.cli.common import (
    County,
    Json,
    KnownOn,
    ModelEver,
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
    from ledger287.places.atlas import BoundedStatus


def status(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: ModelEver = None,
    county: County = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """The program on a day: agreements, agencies, states, models.

    By the newest accepted list published by the end of that day; before 2021 by ICE's page of that time, or bounds.

    Example: ledger287 status --on 2025-08-14 --state FL
    """
    from ledger287.places.atlas import BoundedStatus

    answer = ledger(record).status_or_bounds(on, known_on=known_on, state=state, model=model, county=county)
    if json:
        print_json(answer)
    elif isinstance(answer, BoundedStatus):
        show_bounds(console(), answer)
    else:
        show_status(console(), answer)


def show_bounds(out: "Console", answer: "BoundedStatus") -> None:
    """Print what is known of a day without a list."""
    from ledger287.ledger.query.before.bounds import Among, in_words

    where = f"{answer.county.name}, {answer.county.state}" if answer.county else answer.state
    says = in_words(answer.bounds, Among(where, answer.model))
    out.print(f"[bold]287(g) on {day_text(answer.on)}[/bold]: bounds only")
    if answer.known_on:
        out.print(f"[dim]as known on {day_text(answer.known_on)}[/dim]")
    out.print(says[:1].upper() + says[1:], soft_wrap=True, markup=False)
    if answer.model_note:
        out.print(f"[dim]{answer.model_note}[/dim]", soft_wrap=True)


def show_status(out: "Console", answer: "Status", states: int | None = None) -> None:
    """Print a status as text; ``states`` limits how many states are named."""
    from rich.text import Text

    for line in status_lines(answer, states):
        out.print(Text.assemble(*line))
