"""``ledger287 roster``: which officers of a roster are current on a day, who lapses, what is missing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import WITH_PROBLEMS, On, Record, console, day_text, ledger, print_json
from ledger287.cli.law.rules import RulesJson
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.core.problem import Problem
    from ledger287.law.officers.roster import RosterAnswer


def roster(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Officers by number: CSV, xlsx or Parquet.")],
    on: On = None,
    within: Annotated[
        int, typer.Option("--within", metavar="N", min=0, help="Officers whose authority lapses within N days.")
    ] = 30,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="COLUMN", help="Ignore a column.", show_default=False),
    ] = None,
    record: Record = None,
    json: RulesJson = False,
) -> None:
    """Which officers are current on a day, who lapses soon, and what is missing.

    Columns: officer_id, agency, model, nominated, eligibility_attested, trained, certified, authorized,
    authorized_until, revoked, under_complaint. No names. Exits 1 when rows could not be read, or name an agency that
    the record does not have.

    Example: ledger287 roster officers.csv --on 2026-03-01 --within 60
    """
    from ledger287.core.time import day_of
    from ledger287.law.officers.roster import roster as answer_for
    from ledger287.law.officers.roster_file import read_roster

    officers, problems = read_roster(file, drop or (), ledger(record))
    answer = answer_for(officers, on or day_of(datetime.now(UTC)), within)
    if json:
        print_json({"roster": answer, "problems": problems})
    else:
        show_roster(console(), answer, problems)
    if problems:
        raise typer.Exit(WITH_PROBLEMS)


def show_roster(out: "Console", answer: "RosterAnswer", problems: "tuple[Problem, ...]") -> None:
    """Print a roster's standing as text."""
    from rich.markup import escape

    from ledger287.law.officers.roster import field_words

    out.print(f"[bold]{plural(answer.officers, 'officer')} on {day_text(answer.on)}[/bold]")
    for standing, number in sorted(answer.counts.items()):
        out.print(f"  {number:>6,}  {standing}")
    if answer.lapsing:
        out.print(f"\n  lapses within {plural(answer.within, 'day')}")
        for each in answer.lapsing:
            out.print(
                f"    {escape(each.officer_id)} ({each.model}): no later than the end of {day_text(each.current_to)}"
            )
    others = [each for each in answer.standings if each.standing != "current" or each.missing]
    if others:
        out.print("\n  to check")
        for each in others:
            lacks = f"; missing: {', '.join(map(field_words, each.missing))}" if each.missing else ""
            out.print(f"    {escape(each.officer_id)} ({each.model}): {each.standing}{lacks}", soft_wrap=True)
            for reason in each.reasons if each.standing != "current" else ():
                out.print(f"        [dim]{escape(reason)}[/dim]", soft_wrap=True)
    for problem in problems:
        out.print(f"  problem: {escape(str(problem))}", soft_wrap=True)
    out.print(f"\n[dim]{answer.says}[/dim]", soft_wrap=True)
