"""``ledger287 custody exhibit``: one case of a report as a page, or as a PDF."""

from pathlib import Path
from typing import Annotated

import typer

from ledger287.cli import stopping
from ledger287.cli.common import console, print_json
from ledger287.cli.custody.group import (
    CustodyJson,
    Overwrite,
    custody,
    one_line,
    refuse_existing,
    words_of,
    write_whole,
)
from ledger287.core.problem import Refused


@custody.command()
@one_line()
def exhibit(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="The folder of an audit's report.")],
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's number.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A file that ends in .pdf or .html.")],
    lang: Annotated[str, typer.Option("--lang", metavar="en|es", help="The language of the page.")] = "en",
    overwrite: Overwrite = False,
    json: CustodyJson = False,
) -> None:
    """One case of a report as an exhibit: its events, clocks and findings, with the law and the input's sha256.

    A PDF is printed by Chromium or Chrome, where one of them is installed; a page prints from any browser.

    Example: ledger287 custody exhibit report synthetic-117 --out exhibit.pdf
    """
    from rich.markup import escape

    from ledger287.custody.report.one_case import exhibit as page_of
    from ledger287.custody.report.one_case import print_pdf

    stopping.works()
    if out.suffix.lower() not in (".pdf", ".html"):
        raise Refused(f"{out}: expected a name that ends in .pdf or .html.")
    refuse_existing(out, "--out", overwrite=overwrite)
    page = page_of(report, case, words_of(lang))
    if out.suffix.lower() == ".pdf":
        print_pdf(page, out)
    else:
        write_whole(out, page)
    if json:
        print_json({"report": str(report), "case": case, "exhibit": str(out)})
    else:
        console().print(f"exhibit: {escape(str(out))}", soft_wrap=True)
