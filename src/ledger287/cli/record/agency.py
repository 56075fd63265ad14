"""``ledger287 agency``: one agency with all that the lists say of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, KnownOn, Record, State, console, day_text, ledger, print_json
from ledger287.cli.record.changes import WORDS, detail, show_evidence
from ledger287.core.text import plural

LISTS_BEGIN = 2021

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.ledger.query.answers import AgreementAnswer
    from ledger287.places.atlas import PlacedAgency


def agency(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Any spelling ever printed, or the agency's id.")],
    state: State = None,
    known_on: KnownOn = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """One agency: its names, agreements and changes.

    The beginning of a name that only one agency has means that one, and the answer says so. Any other name that no list
    printed gets the closest ones offered.

    Example: ledger287 agency "Collier County Sheriff's Office"
    """
    answer = ledger(record).agency(name, state=state, known_on=known_on)
    if json:
        print_json(answer)
    else:
        show_agency(console(), answer)


def show_agency(out: "Console", answer: "PlacedAgency") -> None:
    """Print an agency as text."""
    from rich.markup import escape

    about = ", ".join(part for part in (answer.type, answer.county) if part)
    out.print(f"[bold]{escape(answer.name)}[/bold], {answer.state}  [dim]{answer.id}[/dim]")
    if answer.note:
        out.print(f"  {escape(answer.note)}", soft_wrap=True)
    if about:
        out.print(f"  [dim]{escape(about)}, as ICE printed it last[/dim]")
    for line in place_lines(answer):
        out.print(f"  {escape(line)}", soft_wrap=True)
    out.print(f"\n  {plural(len(answer.agreements), 'agreement')}")
    for agreement in sorted(answer.agreements, key=lambda a: (a.signed is None, a.signed, a.model)):
        if agreement.status == "listed":
            stands = f"on the list of {day_text(agreement.last_day)}"
        else:
            stands = f"last on the list of {day_text(agreement.last_day)}, gone by {day_text(agreement.gone_day)}"
        out.print(f"    {agreement.model}  signed {day_text(agreement.signed):>12}   {stands}")
        out.print(
            f"         [dim]{agreement.agreement_id}  {escape(agreement.document or _no_document(agreement))}[/dim]",
            soft_wrap=True,
        )
        for remark in agreement.link_remarks:
            out.print(f"         perhaps the wrong document: {escape(remark.says)}", soft_wrap=True)
    for run in answer.pending:
        ends = {
            "pending": "still pending on the newest pending list",
            "dropped": "left without a signing; the lists do not say why",
            "signed": f"signed {_days(run.days_to_signing)}",
        }
        out.print(
            f"    {run.model}  pending {day_text(run.first_day)} to {day_text(run.last_day)}: {ends[run.outcome]}"
        )
    out.print(f"\n  Printed under {plural(len({name.name.strip() for name in answer.names}), 'name')}")
    for name in answer.names:
        out.print(
            f"    {escape(name.name.strip())}  [dim]{escape(name.state.strip())}, "
            f"{day_text(name.first_day)} to {day_text(name.last_day)}, {plural(name.rows, 'row')}[/dim]",
            soft_wrap=True,
        )
    if answer.attested:
        out.print("\n  What other sources say (they never overrule a list or page)")
        for one in answer.attested:
            more = ", ".join(filter(None, (one.model, f"signed {day_text(one.signed)}" if one.signed else "")))
            more = f" ({more})" if more else ""
            what = f"{one.says}{more}"
            out.print(
                f"    {day_text(one.as_of):>11}  {what}  [dim]{escape(one.title)}; {one.grade}, "
                f"{one.file} line {one.line}[/dim]",
                soft_wrap=True,
            )
    if answer.changes:
        out.print("\n  Changes")
        for row in answer.changes:
            out.print(
                f"    {day_text(row['day']):>12}  {row['model']}  {WORDS[row['kind']]}{escape(detail(row))}",
                soft_wrap=True,
            )
            show_evidence(out, row)


def _no_document(agreement: "AgreementAnswer") -> str:
    """Why there is no URL: none was posted, or the pages before 2021 give only the file's name."""
    if agreement.last_day.year < LISTS_BEGIN:
        return "the page's link is known by its file name only (see: ledger287 source)"
    return "no document posted"


def place_lines(answer: "PlacedAgency") -> list[str]:
    """An agency's kind, counties, ORI and figures, and a contradiction with ICE's county."""
    its = answer.jurisdiction
    if its is None:
        return []
    counties = ", ".join(f"{name} ({fips})" for name, fips in zip(answer.county_names, its.counties, strict=True))
    where = counties or ("statewide" if its.ground == "state" else "county not known")
    lines = [f"{its.kind.replace('_', ' ')}, {where}, {its.confidence} confidence"]
    if its.ori:
        serves = f", serves {its.population_served:,}" if its.population_served else ""
        lines.append(f"ORI {its.ori}{serves}, {its.officers:,} officers (FBI, {its.figures_year})")
    return [*lines, its.problem] if its.problem else lines


def _days(number: int | None) -> str:
    if number is None:
        return "on an unknown day"
    if number < 0:
        return f"{plural(-number, 'day')} before the first list that has it as pending"
    return f"{plural(number, 'day')} after the first list that has it as pending"
