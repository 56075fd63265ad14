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
    ledger,
    print_json,
    told,
    told_edge,
)
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.ledger.query.answers import ListRef, Status
    from ledger287.ledger.query.bounds import Bounds


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
    from ledger287.ledger.query.past import OnlyBounds

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
    out.print(f"[bold]287(g) on {told(found.on)}[/bold]: bounds only")
    out.print(says[:1].upper() + says[1:], soft_wrap=True, markup=False)


def show_status(out: "Console", answer: "Status", states: int | None = None) -> None:
    """Print a status as text; ``states`` limits how many states are named."""
    from rich.table import Table

    where = f" in {answer.state}" if answer.state else ""
    county = getattr(answer, "county", None)
    where = f" in {county.name}, {county.state} (local agencies)" if county else where
    which = f" under the {answer.model}" if answer.model else ""
    out.print(f"[bold]287(g) on {told(answer.on)}[/bold]{where}{which}")
    if answer.list:
        out.print(f"[dim]{told_list(answer.list)}[/dim]")
    for figure in getattr(answer.list, "published", ()):
        out.print(f"[dim]published: {figure.says} ({figure.by}, {told(figure.as_of)}; {figure.source})[/dim]")
    if answer.known_on:
        out.print(f"[dim]as known on {told(answer.known_on)}[/dim]")
    if answer.cannot_tell_after:
        out.print(f"[bold]{told_edge(answer.cannot_tell_after)}[/bold]; what follows is what that list says")
    if county and county.note:
        out.print(f"[dim]{county.note}[/dim]", soft_wrap=True)
    out.print()
    if not answer.state:
        places = plural(answer.states, "state")
        if answer.territories:
            places += f" and {plural(answer.territories, 'territory', 'territories')}"
        where = f", in {places}"
    else:
        where = ""
    out.print(f"  {plural(answer.agreements, 'agreement')} of {plural(answer.agencies, 'agency', 'agencies')}{where}")
    if answer.rows != answer.agreements:
        out.print(f"  [dim]({plural(answer.rows, 'row')} printed; an agreement printed twice is counted once)[/dim]")
    if answer.pending is not None and answer.pending_list:
        out.print(f"  {answer.pending:,} pending, by the list of {told(answer.pending_list.published_at)}")
    elif answer.pending_list:
        out.print(
            f"  [dim]pending: cannot tell; the newest pending list is {answer.pending_list.age_days} days old[/dim]"
        )
    else:
        out.print("  [dim]pending: cannot tell; no pending list was published by then[/dim]")
    out.print()
    table = Table(box=None, pad_edge=True, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    for model, name in {**MODEL_NAMES, **THEN}.items():
        if model in answer.by_model:
            table.add_row(f" {name}", f"{answer.by_model[model]:,}")
    out.print(table)
    if not answer.state:
        ranked = sorted(answer.by_state.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = ranked[:states] if states else ranked
        table = Table(box=None, pad_edge=True, show_header=False, padding=(0, 2, 0, 0))
        for _ in range(4):
            table.add_column()
            table.add_column(justify="right")
        for start in range(0, len(shown), 4):
            table.add_row(*(text for code, number in shown[start : start + 4] for text in (f" {code}", f"{number:,}")))
        out.print()
        out.print("[dim]  agreements by state[/dim]" + (f" [dim](top {states})[/dim]" if states else ""))
        out.print(table)


MODEL_NAMES = {"JEM": "Jail Enforcement Model", "WSO": "Warrant Service Officer", "TFM": "Task Force Model"}


THEN = {"HYB": "Jail and task force (hybrid, to 2012)", "TTFM": "Tribal Task Force Model"}
"""Models that no list has today."""


def told_list(found: "ListRef") -> str:
    """The list an answer rests on, with its age, in words."""
    age = "of that day" if found.age_days == 0 else f"{plural(found.age_days, 'day')} old then"
    return f"by {found.file}, published {told(found.published_at)} ({age}), sha256 {found.sha256[:12]}"
