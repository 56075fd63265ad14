"""What commands that answer with a table share: ``--format``, ``--out`` and ``--bom``, and how a file is written."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import replacing
from ledger287.cli.plain import edge_text
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import plural

if TYPE_CHECKING:
    import polars as pl

    from ledger287.analysis.answers.written import WrittenTable
    from ledger287.ledger.store.folder import Stored
    from ledger287.ledger.store.tables import RecordTable

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="csv|xlsx|json|parquet",
        help="Write the table in this format; if left out, --out's extension decides.",
        show_default=False,
    ),
]
Csv = Annotated[
    str | None,
    typer.Option("--format", metavar="csv", help="Write the table as CSV.", show_default=False),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this file instead of the terminal.", show_default=False),
]
Bom = Annotated[
    bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, so that Excel reads accents correctly.")
]


def requested(format: str | None, out: Path | None, bom: bool, json: bool) -> bool:
    """Whether a table is to be written. Raises QueryError where options contradict each other."""
    wanted = format is not None or out is not None
    if json and wanted:
        raise QueryError(
            "two_forms", "leave out ", QueryField("json"), ", or ", QueryField("format"), ": an answer has one format."
        )
    if bom and not wanted:
        raise QueryError(
            "bom_alone", QueryField("bom"), " is of CSV; add ", QueryField("format", "csv"), ".", fields=("bom",)
        )
    return wanted


def write(
    table: "RecordTable",
    frame: "pl.DataFrame",
    stored: "Stored",
    format: str | None,
    out: Path | None,
    bom: bool = False,
    *,
    places: bool = False,
    edge: date | None = None,
    kind: str = "list",
) -> None:
    """Write a declared table to a file, or to standard output; say on standard error what was written, and after which
    day, ``edge``, the newest list of a kind cannot tell.
    """
    from ledger287.analysis.answers.written import FORMATS, WITH_PLACES, read_format, table_bytes

    form = read_format(format, out.name if out else None, WITH_PLACES if places else FORMATS)
    _send(table_bytes(table, frame, form, stored, bom=bom), form, out, frame.height)
    if edge:
        typer.echo(f"ledger287: {edge_text(edge, kind)}", err=True)


def write_csv(frame: "pl.DataFrame", format: str | None, out: Path | None = None, bom: bool = False) -> None:
    """Write any frame as CSV."""
    from ledger287.analysis.answers.written import frame_csv, read_format

    read_format(format, out.name if out else None, ("csv",))
    _send(frame_csv(frame, bom=bom), "csv", out, frame.height)


def _send(written: "WrittenTable", form: str, out: Path | None, rows: int) -> None:
    from ledger287.analysis.answers.written import BINARY
    from ledger287.core.swapping import write_file

    if out is None and form in BINARY and sys.stdout.isatty():
        raise QueryError(
            "needs_a_file",
            f"a file of the type {form} is not text; name where to write it: ",
            QueryField("out", f"FILE.{form}"),
            ".",
        )
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written.data)
        sys.stdout.buffer.flush()
    else:
        try:
            with replacing(out):
                write_file(out, written.data)
        except OSError as error:
            raise Refused(
                f"{out}: cannot be written ({error.strerror}). Name a file in a folder that exists."
            ) from None
        typer.echo(f"ledger287: {out}: {plural(rows, 'row')}, {form}", err=True)
    if written.guarded:
        cells = plural(written.guarded, "cell")
        typer.echo(
            f"ledger287: {cells} began with =, +, - or @ and got an apostrophe in front, so that no spreadsheet runs "
            "it as a formula",
            err=True,
        )
