"""``ledger287 coverage``: how many people live where an agreement is in force."""

from typing import TYPE_CHECKING

from ledger287.cli.common import (
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
from ledger287.cli.status_text import print_basis
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.places.coverage.people import Bounds, Coverage

UNCOUNTED_SHOWN = 5


def coverage(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """How many people live where a local agreement is in force, nobody counted twice.

    At least: city police their residents, a sheriff the rest of the county. At most: a sheriff the entire county.
    Statewide agencies are counted apart. The JEM and WSO apply in a jail, the TFM in the field.

    Example: ledger287 coverage --on 2026-05-08 --state FL
    """
    answer = ledger(record).coverage(on, known_on=known_on, state=state, model=model)
    if json:
        print_json(answer)
    else:
        show_coverage(console(), answer)


def show_coverage(out: "Console", answer: "Coverage") -> None:
    """Print coverage as text: bounds in all and by reach and model, statewide agencies, states, what is uncounted."""
    where = f" in {answer.state}" if answer.state else ""
    which = f" under the {answer.model}" if answer.model else ""
    out.print(f"[bold]People under 287(g) agreements on {day_text(answer.on)}[/bold]{where}{which}")
    print_basis(out, answer)
    whole = f"of {answer.population:,} residents" if answer.population else "of an unknown number of residents"
    from ledger287.core import declared

    territory = answer.state in {code.code for code in declared.territories()}
    when = str(answer.population_year) if territory else f"July 1, {answer.population_year}"
    vintage = f"Census Bureau, {when}; residents of cities: FBI, newest year"
    out.print(f"[dim]{whole}: {vintage}[/dim]", soft_wrap=True)
    out.print()
    _show_bounds(out, answer)
    _show_statewide(out, answer)
    if not answer.state:
        _show_states(out, answer)
    if answer.uncounted:
        out.print(
            f"\n  {plural(len(answer.uncounted), 'agency', 'agencies')} in neither bound, because their population "
            "is unknown",
            soft_wrap=True,
        )
        for one in answer.uncounted[:UNCOUNTED_SHOWN]:
            out.print(f"    [dim]{one.name}, {one.state}: {one.why}[/dim]", soft_wrap=True)
        if len(answer.uncounted) > UNCOUNTED_SHOWN:
            out.print(f"    [dim]and {len(answer.uncounted) - UNCOUNTED_SHOWN:,} more; --json names them all[/dim]")


def _show_bounds(out: "Console", answer: "Coverage") -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=True, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(" local agencies", no_wrap=True)
    for heading in ("at least", "at most", "in its counties", "counties"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = [(answer.model or "any model", answer.people)]
    if not answer.model:
        rows += [("in jail", answer.jail)]
        rows += [(f"  {code}", answer.by_model[code]) for code in ("JEM", "WSO") if code in answer.by_model]
        rows += [("in the field: TFM", answer.streets)]
    for label, bounds in rows:
        table.add_row(f" {label}", *_figures(bounds, answer.population))
    out.print(table)


def _figures(bounds: "Bounds", population: int) -> list[str]:
    shares = [f"{people:,}{share(people, population)}" for people in (bounds.lower, bounds.upper)]
    return [*shares, f"{bounds.in_counties:,}", f"{bounds.counties:,}"]


def share(people: int, population: int | None) -> str:
    """A share in words, as in `` (41%)``; nothing where the total is unknown."""
    return f" ({people / population:.0%})" if population else ""


def _show_statewide(out: "Console", answer: "Coverage") -> None:
    if not answer.statewide:
        out.print("\n  no statewide agency")
        return
    if answer.state:
        for one in answer.statewide:
            out.print(f"\n  {plural(len(one.agencies), 'statewide agency', 'statewide agencies')}")
            for name in one.agencies:
                only = "  [dim]holds people, and covers no residents[/dim]" if name in one.prisons else ""
                out.print(f"    {name}{only}", soft_wrap=True)
        return
    states = ", ".join(one.state for one in answer.statewide)
    whole = f"{answer.with_statewide:,}{share(answer.with_statewide, answer.population)}"
    where = plural(len(answer.statewide), "state or territory", "states and territories")
    out.print(f"\n  statewide agencies in {where}: {states}", soft_wrap=True)
    prisons = [one.state for one in answer.statewide if not one.covering]
    but = f" (but those of {', '.join(prisons)}: prisons only)" if prisons else ""
    out.print(f"  counting all of their people{but}, at most {whole}", soft_wrap=True)
    unknown = [one.state for one in answer.statewide if one.population is None and one.covering]
    if unknown:
        out.print(f"  [dim]population of {', '.join(unknown)} unknown, and not in these figures[/dim]", soft_wrap=True)


def _show_states(out: "Console", answer: "Coverage") -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(" state")
    for heading in ("at least", "at most", "counties"):
        table.add_column(heading, justify="right")
    table.add_column("statewide too")
    for one in sorted(answer.by_state, key=lambda one: (-one.people.lower, one.state)):
        figures = [f"{n:,}{share(n, one.population)}" for n in (one.people.lower, one.people.upper)]
        known = figures if one.population else ["unknown", "unknown"]
        table.add_row(f" {one.state}", *known, f"{one.people.counties:,}", "yes" if one.statewide else "")
    out.print()
    out.print(table)
