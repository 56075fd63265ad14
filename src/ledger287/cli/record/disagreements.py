"""``ledger287 disagreements``: where the sources differ, and how published counts compare with the record."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, Record, console, day_text, ledger, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.analysis.disagreements import Disagreements


def disagreements(
    unresolved: Annotated[bool, typer.Option("--unresolved", help="Only disagreements without a reason.")] = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """Where sources on the program differ, each with its reason or "unresolved"; and every published count compared.

    Copies of one source count once. Nothing is ranked by how many repeat it.

    Example: ledger287 disagreements --unresolved
    """
    from dataclasses import replace

    from ledger287.analysis.disagreements import UNRESOLVED
    from ledger287.analysis.disagreements import disagreements as answer_for

    answer = answer_for(ledger(record))
    if unresolved:
        answer = replace(
            answer,
            disagreements=tuple(one for one in answer.disagreements if one.reason == UNRESOLVED),
            counts=tuple(one for one in answer.counts if one.result == UNRESOLVED),
        )
    if json:
        print_json(answer)
    else:
        show_disagreements(console(), answer)


def show_disagreements(out: "Console", answer: "Disagreements") -> None:
    """Print disagreements and compared counts as text."""
    from rich.markup import escape

    out.print(f"[bold]{plural(len(answer.counts), 'published count')} compared with the record[/bold]")
    for count in answer.counts:
        unit = count.unit if count.value != 1 else {"agencies": "agency"}.get(count.unit, count.unit.removesuffix("s"))
        said = f"{count.value:,} {unit} ({count.by}): [bold]{count.result}[/bold], {escape(count.record)}"
        out.print(f"  {day_text(count.as_of):>11}  {said}", soft_wrap=True)
        if count.reason:
            out.print(f"               [dim]{escape(count.reason)}[/dim]", soft_wrap=True)
    out.print(f"\n[bold]{plural(len(answer.disagreements), 'disagreement')}[/bold]")
    for one in answer.disagreements:
        out.print(f"  [bold]{one.kind}[/bold]  {escape(one.about)}", soft_wrap=True)
        for side in one.sides:
            where = f"{side.by}, {day_text(side.as_of)}; {side.grade}; {side.locator}"
            out.print(f"      {escape(side.says)}  [dim]{escape(where)}[/dim]", soft_wrap=True)
        out.print(f"      [dim]why: {escape(one.reason)}[/dim]", soft_wrap=True)
