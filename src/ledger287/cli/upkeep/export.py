"""``ledger287 export``: every table of the record as files, with their description."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import Json, Record, console, ledger, print_json
from ledger287.cli.working import working
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.ledger.store.exporting import Exported

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR", help="The folder to write into: new, empty, or with an earlier export.", show_default=False
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", metavar="parquet|csv|json|sqlite|xlsx", help="How to write the tables.", show_default=False
    ),
]


def export(folder: Folder, format: Format, record: Record = None, json: Json = False) -> None:
    """Write every table of the record into a folder, and where its agencies are.

    With a datapackage.json (Frictionless) that describes each column. An earlier export in the folder is
    replaced when all is written.

    Example: ledger287 export out --format csv
    """
    from ledger287.ledger.past.exported import past_tables
    from ledger287.ledger.store.exporting import export as write
    from ledger287.places.jurisdictions.tables import place_tables

    book = ledger(record)
    with working("writing the tables"):
        done = write(book.stored, folder, format, [*place_tables(book), *past_tables(book)])
    if json:
        print_json(done)
    else:
        show_export(console(), done)


def show_export(out: "Console", done: "Exported") -> None:
    """Print the files of an export, with their tables, rows and sizes; a file's size once."""
    from rich.markup import escape
    from rich.table import Table

    tables = {file.table for file in done.files if file.table}
    out.print(f"[bold]{escape(done.folder)}[/bold]: {plural(len(tables), 'table')} as {done.format}")
    out.print()
    shown = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
    shown.add_column(" file")
    shown.add_column("table")
    shown.add_column("rows", justify="right")
    shown.add_column("size", justify="right")
    sized: set[str] = set()
    for file in done.files:
        size = "" if file.path in sized else size_text(file.bytes)
        sized.add(file.path)
        shown.add_row(f" {file.path}", file.table or "", "" if file.rows is None else f"{file.rows:,}", size)
    out.print(shown)


def size_text(size: int) -> str:
    """A size in bytes as printed in text answers: 512 bytes, 41 kB, 2.6 MB."""
    if size < 1000:
        return plural(size, "byte")
    return f"{size / 1000:,.0f} kB" if size < 999_500 else f"{size / 1e6:,.1f} MB"
