"""``ledger287 custody clock`` and ``simulate``: one hold, and synthetic ones to try an audit on."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli import stopping
from ledger287.cli.common import Rules, State, console, lawbook_of, print_json
from ledger287.cli.custody.group import (
    CustodyJson,
    ModelOf,
    Overwrite,
    Zone,
    custody,
    one_line,
    refuse_existing,
    time_option,
    write_whole,
)
from ledger287.core.text import format_time, plural

if TYPE_CHECKING:
    from ledger287.custody.clock.answer import ClockAnswer


@custody.command()
@one_line()
def clock(
    releasable: Annotated[
        str, time_option("--releasable", "When the person was otherwise releasable, as 2025-07-03 10:00.")
    ],
    zone: Zone = None,
    state: State = None,
    form: Annotated[
        str | None, typer.Option("--form", metavar="I-247A", help="The detainer's form.", show_default=False)
    ] = None,
    model: ModelOf = None,
    agreement: Annotated[
        str | None,
        typer.Option(
            "--agreement",
            metavar="ID",
            help="In place of --model: the agreement, whose own document is used if read.",
            show_default=False,
        ),
    ] = None,
    received: Annotated[str | None, time_option("--received", "When the detainer was received.")] = None,
    passed: Annotated[str | None, time_option("--passed", "When custody passed to ICE, in law.")] = None,
    left: Annotated[str | None, time_option("--left", "When the person left, if so.")] = None,
    claimed: Annotated[str | None, time_option("--claimed", "When the person claimed US citizenship.")] = None,
    complaint: Annotated[str | None, time_option("--complaint", "When a complaint was made.")] = None,
    case: Annotated[
        str, typer.Option("--case", metavar="NUMBER", help="A case number for the calendar entries.")
    ] = "hold",
    ics: Annotated[
        Path | None,
        typer.Option(
            "--ics", metavar="FILE", help="Write the end and the deadlines as calendar entries.", show_default=False
        ),
    ] = None,
    overwrite: Overwrite = False,
    rules: Rules = None,
    json: CustodyJson = False,
) -> None:
    """When one hold must have ended: no later than the earliest clock.

    Times carry an offset, or --zone names the jail's zone. The answer grants no authority to hold.

    Example: ledger287 custody clock --releasable "2025-07-03 10:00" --zone America/Chicago --form I-247A
    """  # fmt: skip
    from ledger287 import api
    from ledger287.custody.clock.answer import as_ics

    stopping.works()
    if ics:
        refuse_existing(ics, "--ics", overwrite=overwrite)
    answer = api.custody_clock(
        releasable,
        zone=zone,
        state=state,
        form=form,
        model=model,
        agreement=agreement,
        received=received,
        passed=passed,
        left=left,
        claimed=claimed,
        complaint=complaint,
        case=case,
        lawbook=lawbook_of(rules),
    )
    if ics:
        jail = " ".join(one for one in (state, zone, model, agreement) if one)
        write_whole(ics, as_ics(answer, datetime.now(UTC), place=jail))
    if json:
        print_json(answer)
    else:
        show_clock(answer)


def show_clock(answer: "ClockAnswer") -> None:
    """Print the end, the clocks behind it, and the deadlines."""
    from rich.markup import escape

    screen = console()
    screen.print(f"[bold]{escape(answer.says)}[/bold]", soft_wrap=True)
    if answer.left_says:
        screen.print(f"  {escape(answer.left_says)}", soft_wrap=True)
    screen.print(f"  {escape(answer.why)}", soft_wrap=True)
    room = max(len(one.clock) for one in answer.clocks)
    for one in answer.clocks:
        end = format_time(one.end) if one.end else "cannot tell"
        screen.print(f"    {one.clock:<{room}}  {end}", soft_wrap=True)
        screen.print(f"      [dim]{escape(one.note)}; {one.rule} ({one.standing})[/dim]", soft_wrap=True)
    for due in answer.deadlines:
        screen.print(f"  no later than {format_time(due.due)}: {escape(due.says)} ({due.rule})", soft_wrap=True)
    for label, lines in (("missed", answer.missed), ("cannot tell", answer.cannot_tell), ("problem", answer.problems)):
        for line in lines:
            screen.print(f"  {label}: {escape(line)}", soft_wrap=True)
    for note in answer.notes:
        screen.print(f"  [dim]{escape(note)}[/dim]", soft_wrap=True)


@custody.command()
@one_line()
def simulate(
    cases: Annotated[int, typer.Option("--cases", metavar="N", help="How many cases.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A file: .parquet, .csv or .json.")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same cases.")] = 1,
    log: Annotated[bool, typer.Option("--log", help="A log of events instead of a table of cases.")] = False,
    local: Annotated[
        bool, typer.Option("--local", help="Times as the jail's own clocks show them, without an offset.")
    ] = False,
    overwrite: Overwrite = False,
    json: CustodyJson = False,
) -> None:
    """Write synthetic cases, each labeled as synthetic, with a known number of each fault.

    Example: ledger287 custody simulate --cases 1000 --seed 7 --out synthetic.csv
    """  # fmt: skip
    from ledger287.custody.testing.simulate import write

    stopping.works()
    refuse_existing(out, "--out", overwrite=overwrite)
    done = write(out, cases, seed, local=local, log=log)
    if json:
        print_json(done)
        return
    from rich.markup import escape

    screen = console()
    screen.print(f"[bold]{plural(done.cases, 'synthetic case')}[/bold] in {escape(str(out))}")
    for name, number in done.faults.items():
        screen.print(f"  {number:>8,}  {escape(name)}")
