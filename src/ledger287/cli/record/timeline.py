"""``ledger287 timeline``: what happened, by day, with sources."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, Record, State, console, day_option, day_text, ledger, print_json
from ledger287.cli.plain import edge_text
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.analysis.timeline import Timeline


def timeline(
    state: State = None,
    agency: Annotated[
        str | None,
        typer.Option("--agency", metavar="NAME", help="One agency, by any spelling or its id.", show_default=False),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            show_default=False,
            help="One kind or more: agreement, provision, outcome, or one of figures (finding, money, count, target).",
        ),
    ] = None,
    since: Annotated[date | None, day_option("--since", "First day.")] = None,
    until: Annotated[date | None, day_option("--until", "Last day.")] = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """What happened since 1996, by day: agreements, law, findings, orders, money, targets, each with its source.

    Figures that differ are all shown, each with who says it.

    Example: ledger287 timeline --agency "Maricopa County Sheriff's Office"
    """
    from ledger287.analysis.timeline import timeline as answer_for

    answer = answer_for(ledger(record), state=state, agency=agency, kinds_wanted=kind or (), since=since, until=until)
    if json:
        print_json(answer)
    else:
        show_timeline(console(), answer)


def show_timeline(out: "Console", answer: "Timeline") -> None:
    """Print a timeline as text."""
    from rich.markup import escape

    where = answer.agency or answer.state or "the United States"
    out.print(f"[bold]Timeline of {escape(where)}[/bold]  [dim]{plural(len(answer.entries), 'entry', 'entries')}[/dim]")
    if answer.cannot_tell_after:
        out.print(f"[bold]{edge_text(answer.cannot_tell_after)}[/bold]; what is of later days is from other sources")
    for entry in answer.entries:
        lead = f"{entry.amount}: " if entry.amount else ""
        subject = (
            f"{entry.what}: " if entry.kind not in ("agreement", "provision", "outcome") and not entry.amount else ""
        )
        days = f"{day_text(entry.since)} to " if entry.since else ""
        out.print(
            f"  {days}{day_text(entry.day):>11}  [bold]{entry.kind}[/bold]  {escape(subject + lead + entry.says)}",
            soft_wrap=True,
        )
        where = f"{entry.by}: {entry.source} ({entry.grade}; {entry.locator})"
        out.print(f"               [dim]{escape(where)}[/dim]", soft_wrap=True)
        for agreement in entry.then:
            out.print(f"               [dim]then in force: {escape(agreement)}[/dim]", soft_wrap=True)
