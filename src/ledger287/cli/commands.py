"""Every command, by name."""

from typing import Annotated

import typer

from ledger287 import __version__
from ledger287.cli.check import check
from ledger287.cli.custody.commands import custody
from ledger287.cli.documents.documents import diff_template, documents
from ledger287.cli.law.authority import authority
from ledger287.cli.law.roster import roster
from ledger287.cli.law.rules import rules
from ledger287.cli.outcomes.group import outcomes
from ledger287.cli.places.coverage import coverage
from ledger287.cli.places.map import map
from ledger287.cli.places.near import near
from ledger287.cli.record.agency import agency
from ledger287.cli.record.agreements import agreements
from ledger287.cli.record.changes import changes
from ledger287.cli.record.disagreements import disagreements
from ledger287.cli.record.lists import lists
from ledger287.cli.record.overview import overview
from ledger287.cli.record.source import source
from ledger287.cli.record.status import status
from ledger287.cli.record.timeline import timeline
from ledger287.cli.record.usual_questions import growth, ranks, returns, shares, waits
from ledger287.cli.upkeep.build import build
from ledger287.cli.upkeep.export import export
from ledger287.cli.upkeep.notify import notify
from ledger287.cli.upkeep.pages import pages
from ledger287.cli.upkeep.serve import serve
from ledger287.cli.upkeep.site import site
from ledger287.cli.upkeep.update import update

app = typer.Typer(
    name="ledger287",
    help="The 287(g) program as a record that can be checked: agencies, agreements, changes, and where each "
    "value was printed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    overview,
    status,
    agreements,
    changes,
    agency,
    timeline,
    disagreements,
    growth,
    ranks,
    shares,
    waits,
    returns,
    coverage,
    near,
    map,
    rules,
    check,
    authority,
    roster,
    source,
    lists,
    build,
    update,
    export,
    pages,
    serve,
    site,
    notify,
):
    app.command()(command)

app.add_typer(custody)
app.add_typer(outcomes)
app.command("diff-template")(diff_template)
app.add_typer(documents)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ledger287 {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
    _no_pager: Annotated[
        bool, typer.Option("--no-pager", help="On a terminal, print long answers without a pager ($PAGER, else less).")
    ] = False,
) -> None:
    """The 287(g) program as a record that can be checked."""
