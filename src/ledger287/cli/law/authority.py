"""``ledger287 authority``: whether an agency's agreement lists a function on a day. It grants no authority."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import (
    WITH_PROBLEMS,
    KnownOn,
    On,
    Record,
    Rules,
    State,
    console,
    day_text,
    lawbook_of,
    ledger,
    print_json,
)
from ledger287.cli.law.rules import RulesJson

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.core.problem import Problem
    from ledger287.law.authority.authority_answer import AuthorityAnswer, UnderAgreement
    from ledger287.law.officers.roster import Officer


def authority(
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="As in: interrogate, hold, issue-detainer.")],
    agency: Annotated[
        str, typer.Option("--agency", metavar="NAME", help="Any spelling ever printed, or the agency's id.")
    ],
    state: State = None,
    on: On = None,
    setting: Annotated[
        str | None,
        typer.Option("--setting", metavar="jail|field", help="Where the officer acts.", show_default=False),
    ] = None,
    officer: Annotated[
        list[Path] | None,
        typer.Option("--officer", metavar="FILE", help="A roster of the agency's officers.", show_default=False),
    ] = None,
    officer_id: Annotated[
        str | None,
        typer.Option("--officer-id", metavar="NUMBER", help="One officer of the roster.", show_default=False),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="COLUMN", help="Ignore a column of the roster.", show_default=False),
    ] = None,
    known_on: KnownOn = None,
    rules: Rules = None,
    record: Record = None,
    json: RulesJson = False,
) -> None:
    """Whether an agency's agreement lists a function on a day, and its limits.

    Functions: interrogate, process, serve-arrest-warrant, serve-removal-warrant, arrest-without-warrant,
    arrest-for-felony, issue-detainer, prepare-charging-documents, take-oaths, detain-and-transport, hold.
    The answer grants no authority. Exits 1 when a roster has problems.

    Example: ledger287 authority interrogate --agency "Collier County Sheriff's Office" --on 2025-08-14
    """
    from ledger287.core.problem import Refused
    from ledger287.law.authority.deciding import authority as answer_for
    from ledger287.law.officers.roster_file import read_roster

    officers: list[Officer] = []
    problems: list[Problem] = []
    for path in officer or ():
        found, row_problems = read_roster(path, drop or ())
        officers += found
        problems += row_problems
    if officer_id:
        officers = [each for each in officers if each.officer_id == officer_id]
    if officer_id and not officers:
        where = ", ".join(map(str, officer or ())) or "no roster; give one with --officer FILE"
        raise Refused(f"no officer {officer_id!r} in {where}.")
    book = lawbook_of(rules)
    answer = answer_for(
        ledger(record), function, agency, state, on, setting, officers or None, known_on=known_on, book=book
    )
    if json:
        print_json(answer)
    else:
        show_authority(console(), answer)
    for problem in problems:
        typer.echo(f"ledger287: {problem}", err=True)
    if problems:
        raise typer.Exit(WITH_PROBLEMS)


def show_authority(out: "Console", answer: "AuthorityAnswer") -> None:
    """Print an answer as text."""
    from rich.markup import escape

    where = f", in the {answer.setting}" if answer.setting else ""
    out.print(f"[bold]{answer.verdict_says}[/bold]: {escape(answer.asked)}{where}")
    out.print(f"  {escape(answer.agency)}, {answer.state}  [dim]{answer.agency_id}[/dim], on {day_text(answer.on)}")
    shown = {reason for under in answer.agreements for reason in under.finding.reasons}
    for reason in answer.finding.reasons:
        if reason not in shown and (len(answer.agreements) > 1 or not reason.startswith("under the ")):
            out.print(f"  {escape(reason)}", soft_wrap=True)
    for under in answer.agreements:
        _agreement(out, under)
    for title, laws in (("for", answer.state_law_for), ("against", answer.state_law_against)):
        for law in laws:
            out.print(f"\n  state law {title}: {escape(law.says)}  [dim]{escape(law.citation)}[/dim]", soft_wrap=True)
    for officer in answer.officers:
        out.print(f"\n  officer {escape(officer.officer_id)} ({officer.model}): {officer.standing}")
        out.print(f"      by the roster: {_entries(officer.entry)}", soft_wrap=True)
        for reason in officer.reasons:
            out.print(f"      {escape(reason)}", soft_wrap=True)
    if answer.left_out:
        out.print("\n  officers of the roster left out, because the roster names another agency for them")
        for other in answer.left_out:
            out.print(f"      {escape(other)}", soft_wrap=True)
    if answer.finding.open_questions:
        out.print("\n  open")
        for question in answer.finding.open_questions:
            out.print(f"      {escape(question)}", soft_wrap=True)
    out.print(f"\n[dim]{answer.says}[/dim]", soft_wrap=True)


def _entries(officer: "Officer") -> str:
    """What a roster says of an officer, entry by entry."""
    from ledger287.law.officers.roster import field_words

    found = []
    for field in fields(officer)[3:]:
        value = getattr(officer, field.name)
        shown = (
            day_text(value) if isinstance(value, date) else "yes" if value else "no entry" if value is None else "no"
        )
        found.append(f"{field_words(field.name)} {shown}")
    return ", ".join(found)


def _agreement(out: "Console", under: "UnderAgreement") -> None:
    from rich.markup import escape

    out.print(f"\n  {under.model}  {under.verdict_says}  [dim]{under.agreement_id}[/dim]")
    for reason in under.finding.reasons:
        out.print(f"      {escape(reason)}", soft_wrap=True)
    if under.clause:
        out.print(
            f"      [dim]clause: {under.clause.rule}, {under.clause.citation}; {under.basis}[/dim]", soft_wrap=True
        )
    if under.document:
        out.print(f"      [dim]document: {escape(under.document)}[/dim]", soft_wrap=True)
    for limit in under.limits:
        if limit.says not in under.finding.reasons:
            out.print(f"      limit ({limit.topic}): {escape(limit.says)}", soft_wrap=True)
    for cell in under.finding.evidence[-1:]:
        out.print(f"      [dim]printed in {escape(str(cell))}[/dim]", soft_wrap=True)
