"""``ledger287 agreements``: the agreements in force on a day, or all of them, as one flat table."""

from typing import TYPE_CHECKING, Annotated

import typer

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
from ledger287.cli.record.tables import Bom, Out, requested, write
from ledger287.cli.status_text import print_basis
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.analysis.answers.flat import FlatAgreements

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="csv|xlsx|json|parquet|geojson",
        help="Write the table in this format; if left out, --out's extension decides.",
        show_default=False,
    ),
]


def agreements(
    on: On = None,
    known_on: KnownOn = None,
    state: State = None,
    model: ModelEver = None,
    county: County = None,
    ever: Annotated[
        bool, typer.Option("--ever", help="All agreements ever listed, not only those of one day.")
    ] = False,
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """The agreements in force on a day: one row each, with names, days, place and document.

    The newest signed come first. In CSV a cell that a spreadsheet would run as a formula gets an apostrophe in
    front; the command says how many.

    Example: ledger287 agreements --on 2026-05-08 --state TX --format csv --out texas.csv
    """
    from ledger287.analysis.answers.flat import flat_agreements

    wanted = requested(format, out, bom, json)
    book = ledger(record)
    answer = flat_agreements(book, on, known_on=known_on, state=state, model=model, county=county, ever=ever)
    if wanted:
        edge = answer.cannot_tell_after
        write(answer.table, answer.frame, book.stored, format, out, bom, places=True, edge=edge)
    elif json:
        print_json(
            {
                "on": answer.on or book.today(),
                "ever": ever,
                "known_on": answer.known_on,
                "list": answer.list,
                "agreements": answer.frame.to_dicts(),
                "total": answer.frame.height,
                "cannot_tell_after": answer.cannot_tell_after,
                "model_note": answer.model_note,
            }
        )
    else:
        show_agreements(console(), answer)


def show_agreements(out: "Console", answer: "FlatAgreements") -> None:
    """Print the agreements, a line each."""
    from rich.markup import escape

    on = f"in force on {day_text(answer.on)}" if answer.on else "ever listed"
    out.print(f"[bold]{plural(answer.frame.height, 'agreement')} {on}[/bold]")
    print_basis(out, answer)
    if answer.model_note:
        out.print(f"  [dim]{answer.model_note}[/dim]", soft_wrap=True)
    for row in answer.frame.iter_rows(named=True):
        gone = f", delisted {day_text(row['delisted'])}" if row["delisted"] else ""
        where = (row["county_names"] or "").replace(";", ", ")
        out.print(
            f"    {day_text(row['signed']):>12}  {row['state']}  {row['model'] or 'unknown'}  {escape(row['agency'])}"
            f"[dim]{'  ' + escape(where) if where else ''}{gone}[/dim]",
            soft_wrap=True,
        )
    out.print("[dim]as a table: --format csv, xlsx, json, parquet or geojson[/dim]")
