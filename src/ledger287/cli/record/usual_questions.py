"""The usual questions as commands: ``waits``, ``returns``, ``shares``, ``ranks`` and ``growth``."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
from ledger287.cli.record.tables import Bom, Format, Out, requested, write
from ledger287.cli.status_text import print_basis
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.analysis.answers.model import QuestionAnswer

SHOWN = 30
"""Rows that the terminal shows; a file has all."""
LEFT_OUT = frozenset(
    {"agency_id", "agreement_id", "agreements_before", "agreements_after", "state_name", "by", "id"}
    | {"people_lower", "people_upper", "people_of", "beginning_seen"}
)
"""Columns that only a file has."""


def waits(
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """How long agencies were listed as pending before they signed; the newest first.

    Example: ledger287 waits --state FL
    """
    _answer("waits", record, json, format, out, bom, known_on=known_on, state=state, model=model)


def returns(
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    all_left: Annotated[bool, typer.Option("--all", help="Also agencies that left and did not come back.")] = False,
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """Agencies that left the program and came back, under the same agreement or a new one.

    Example: ledger287 returns --all --state NC
    """
    options = {"known_on": known_on, "state": state, "model": model, "all_left": all_left}
    _answer("returns", record, json, format, out, bom, **options)


def shares(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """What share of a state's sheriffs, police departments, counties and people has an agreement.

    Counted against the FBI's roster of agencies and the Census Bureau's counties.

    Example: ledger287 shares --state FL
    """
    _answer("shares", record, json, format, out, bom, on=on, known_on=known_on, state=state, model=model)


def ranks(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    of: Annotated[str, typer.Option("--of", metavar="state|county", help="What is ranked.")] = "state",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="FIGURE",
            help="agreements, agencies, people, officers, agreements-per-100k, agencies-per-100k or people-share.",
        ),
    ] = "agreements",
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """States or counties by agreements, agencies, people or officers, in all or per resident; the most first.

    Example: ledger287 ranks --of county --by people --state TX
    """
    options = {"on": on, "known_on": known_on, "state": state, "model": model, "of": of, "by": by}
    _answer("ranks", record, json, format, out, bom, **options)


def growth(
    known_on: KnownOn = None,
    state: State = None,
    model: Model = None,
    by: Annotated[str, typer.Option("--by", metavar="all|model|kind|state", help="Group by this.")] = "all",
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """Agreements in force, agencies and signings month by month; the newest month first.

    Example: ledger287 growth --by model --format csv
    """
    _answer("growth", record, json, format, out, bom, known_on=known_on, state=state, model=model, by=by)


def _answer(
    question: str,
    record: Path | None,
    json: bool,
    format: str | None,
    out: Path | None,
    bom: bool,
    **options: date | str | bool | None,
) -> None:
    from ledger287.analysis.answers.questions import QUESTIONS

    wanted = requested(format, out, bom, json)
    book = ledger(record)
    answer = QUESTIONS[question].answer(book, **options)
    if wanted:
        kind = "pending list" if question == "waits" else "list"
        edge = answer.cannot_tell_after
        write(answer.table, answer.frame, book.stored, format, out, bom, edge=edge, kind=kind)
    elif json:
        print_json(answer.as_json())
    else:
        show_answer(console(), answer, str(options.get("by") or "").replace("-", "_"))


def show_answer(out: "Console", answer: "QuestionAnswer", by: str = "") -> None:
    """Print the sentences, the first rows, and what the answer rests on; the column of ``by`` is never left out."""
    from rich.markup import escape
    from rich.table import Table

    from ledger287.analysis.answers.questions import heading

    for sentence in answer.sentences:
        out.print(f"[bold]{escape(str(sentence))}[/bold]", soft_wrap=True)
    print_basis(out, answer, "pending list" if answer.question == "waits" else "list", says_more=False)
    columns = [column for column in answer.table.columns if column.name not in LEFT_OUT]
    rows = answer.rows
    if answer.question == "growth":  # the newest month first, the groups of each in their order
        rows = sorted(rows, key=lambda row: str(row["month"]), reverse=True)
    cells = [[_cell(column.name, row[column.name]) for row in rows[:SHOWN]] for column in columns]
    headings = [heading(column.name, answer.question) for column in columns]
    widths = fitted([column.name for column in columns], headings, cells, out.width - 1, by)
    shown = Table(box=None, pad_edge=True, padding=(0, 1, 0, 0), header_style="dim")
    kept = [place for place, width in enumerate(widths) if width]
    for place in kept:
        number = columns[place].type in ("integer", "number")
        shown.add_column(headings[place], justify="right" if number else "left", width=widths[place])
    for row in zip(*(cells[place] for place in kept), strict=True):
        shown.add_row(*map(escape, row))
    out.print()
    out.print(shown)
    if len(kept) < len(columns):
        left = ", ".join(headings[place] for place in range(len(columns)) if place not in kept)
        out.print(
            f"[dim]left out, since the terminal is narrow: {left}; all of them with --format csv[/dim]", soft_wrap=True
        )
    if len(rows) > SHOWN:
        out.print(f"[dim]{SHOWN} of {plural(len(rows), 'row')}; all of them with --format csv[/dim]")
    for note in answer.notes:
        out.print(f"[dim]{escape(note)}[/dim]", soft_wrap=True)


def fitted(
    names: Sequence[str], headings: Sequence[str], cells: Sequence[Sequence[str]], width: int, spared: str = ""
) -> list[int]:
    """The width of each column in a terminal of some width, in characters; 0 for one that is left out.

    No word and no figure is ever cut. Where the columns have no room, those of what is not known are left out first,
    then the last ones; never the first, nor the one that is ``spared``.
    """
    least = [
        max(map(len, [*heading.split(), *(word for cell in column for word in _unbroken(cell)), ""]))
        for heading, column in zip(headings, cells, strict=True)
    ]
    natural = [max(map(len, [heading, *column])) for heading, column in zip(headings, cells, strict=True)]
    kept = list(range(len(names)))
    while sum(least[place] + 1 for place in kept) > width:
        others = [place for place in kept[1:] if names[place] != spared]
        if not others:
            break
        kept.remove(next((place for place in reversed(others) if names[place].endswith("_unknown")), others[-1]))
    widths = [least[place] if place in kept else 0 for place in range(len(names))]
    for _ in range(max(0, width - sum(widths[place] + 1 for place in kept))):
        place = max(kept, key=lambda place: natural[place] - widths[place])
        if widths[place] >= natural[place]:
            break
        widths[place] += 1
    return widths


def _unbroken(cell: str) -> list[str]:
    """The parts of a cell between which a line may end: its words, but those of a day stay together."""
    return cell.split() if not cell[-4:].isdigit() or "," not in cell else [cell]


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_text(value)
    if name.endswith("_share"):
        return f"{value:.1%}"
    if name.endswith("_100k"):
        return f"{value:,.3f}"  # so that a column of rates is level
    return f"{value:,}" if isinstance(value, int | float) else str(value)
