"""``ledger287 outcomes``: its commands in the order in which help lists them."""

import typer

from ledger287.cli.outcomes.facilities import compare, facility, population
from ledger287.cli.outcomes.files import add, read
from ledger287.cli.outcomes.flows import arrests, detainers, identified, landmark
from ledger287.cli.outcomes.held import held, series
from ledger287.cli.outcomes.panel import panel

outcomes = typer.Typer(
    name="outcomes",
    help="Published statistics on people identified, arrested, held and removed: counts, never persons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
for command in (
    read,
    held,
    series,
    identified,
    arrests,
    detainers,
    facility,
    population,
    compare,
    landmark,
    add,
    panel,
):
    outcomes.command()(command)
