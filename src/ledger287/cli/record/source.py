"""``ledger287 source``: where each value of an agreement was printed."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, Record, console, day_text, ledger, print_json

if TYPE_CHECKING:
    from ledger287.ledger.query.answers import CellAnswer


def source(
    agreement_id: Annotated[str, typer.Argument(metavar="AGREEMENT_ID", help="As `ledger287 agency` gives it.")],
    field: Annotated[
        str | None,
        typer.Option(
            "--field",
            metavar="F",
            show_default=False,
            help="One of: state, agency, type, county, model, signed, moa, addendum.",
        ),
    ] = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Where each value of an agreement was printed, first and last.

    By file, sha256, sheet, row and column, as printed, with the correction that changed it, if any; then what was read
    in the agreement's own document, with its page.

    Keys of --json: agreement_id, values, document (as in `documents show`; null where it was not read).

    Example: ledger287 source ag-xmzr6yc-tfm-2025-02-24 --field signed
    """
    from rich.markup import escape

    from ledger287.law.agreements.documents import document_of

    answers = ledger(record).source(agreement_id, field=field)
    if json:
        print_json({"agreement_id": agreement_id, "values": answers, "document": document_of(agreement_id)})
        return
    out = console()
    out.print(f"[bold]{escape(agreement_id)}[/bold]")
    for answer in answers:
        out.print(f"\n  {answer.field}: {escape(answer.value or 'nothing')}", soft_wrap=True)
        if answer.printed != answer.value:
            out.print(f"    printed  {escape(repr(answer.printed))}", soft_wrap=True)
        if answer.by:
            out.print(
                f"    read so  {escape(answer.reason or '')} [dim]({answer.by}; {escape(answer.source or '')})[/dim]",
                soft_wrap=True,
            )
        for word, cell in (("first", answer.first), ("last", answer.last)):
            out.print(f"    {word:<7}  {_cell_text(cell)}", soft_wrap=True)
    if field not in (None, "signed", "moa"):
        return
    own = document_of(agreement_id)
    if own is None:
        out.print("\n  its own document was not read: template assumed in every answer by its text", soft_wrap=True)
    else:
        out.print(f"\n  in its own document: {escape(own.file)}  [dim]sha256 {own.sha256[:16]}[/dim]", soft_wrap=True)
        page = f", page {own.signed_page}" if own.signed_page else ""
        for party, day, sure in (
            ("ICE", own.ice_signed, own.ice_certainty),
            ("the agency", own.agency_signed, own.agency_certainty),
        ):
            out.print(f"    signed by {party}: {day_text(day) if day else 'unread'}  [dim]{sure}{page}[/dim]")


def _cell_text(cell: "CellAnswer") -> str:
    from rich.markup import escape

    place = f"{cell.file} [{cell.sheet}] {cell.column}{cell.row}"
    return f"{day_text(cell.day):>12}  {escape(place)}  [dim]sha256 {cell.sha256[:16]}[/dim]"
