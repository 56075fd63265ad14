"""``ledger287 documents``: the agreements themselves, read from their PDFs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, console, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

documents = typer.Typer(name="documents", help="The agreements themselves: read from their PDFs.", no_args_is_help=True)
SHOWN = ("model", "version", "agency", "state", "ice_signed", "agency_signed")
NAMES = {
    "model": "model",
    "version": "form of",
    "agency": "agency",
    "state": "state",
    "ice_signed": "ICE signed",
    "agency_signed": "agency signed",
}


@documents.command()
def read(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of PDFs, or one PDF.")],
    json: Json = False,
) -> None:
    """Read agreements: model, version of the form, agency, state, and the days of both signatures.

    Each document is read in a child process with limits of time and memory; nothing inside it is run. A value is
    "read" where readings agree, "doubt" where one stands alone or another speaks against it, "unread" where there
    is none; nothing is guessed. Scans need an OCR reader: Debian's tesseract, or the extra ledger287[documents].
    Exits 1 when a document has problems.

    Keys of --json: a list with file, sha256, model, version, agency, state, ice_signed, agency_signed (each with
    value, certainty, page) and problems (each with kind, page, expected, found, remedy).

    Example: ledger287 documents read agreements/ --json
    """
    from ledger287.sources.documents.folder import documents_in
    from ledger287.sources.documents.opening import need_library

    need_library()
    paths = documents_in(folder)
    rows = _with_progress(paths)
    if json:
        print_json(rows)
    else:
        show_documents(console(), rows)
    if any(row["problems"] for row in rows):
        raise typer.Exit(WITH_PROBLEMS)


def _with_progress(paths: list[Path]) -> list[dict[str, Any]]:
    from ledger287.sources.documents.children import read_all

    if not sys.stderr.isatty():
        return read_all(paths)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=len(paths))
        step: Callable[[str], None] = lambda name: bar.update(task, advance=1, description=name)  # noqa: E731
        return read_all(paths, step)


def show_documents(out: "Console", rows: list[dict[str, Any]]) -> None:
    """Print what was read of documents as text."""
    from rich.markup import escape

    for row in rows:
        out.print(f"[bold]{escape(row['file'])}[/bold]  [dim]sha256 {row['sha256'][:16]}[/dim]", soft_wrap=True)
        for name in SHOWN:
            field = row[name]
            page = f", page {field['page']}" if field["page"] else ""
            value = escape(field["value"] or "-")
            out.print(f"  {NAMES[name]:<14} {value}  [dim]{field['certainty']}{page}[/dim]", soft_wrap=True)
        for problem in row["problems"]:
            where = f"page {problem['page']}: " if problem["page"] else ""
            said = f"{where}expected {problem['expected']}; found {problem['found']}. {problem['remedy']}"
            out.print(f"  problem: {escape(said)}", soft_wrap=True)
    out.print(f"[dim]{plural(len(rows), 'document')}[/dim]")
