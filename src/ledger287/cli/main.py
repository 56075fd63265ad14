"""The command line's door: every command, by name."""

import sys

import typer

from ledger287.cli.common import run_safely
from ledger287.cli.status import status

app = typer.Typer(
    name="ledger287",
    help="The 287(g) program as a record that can be checked: agencies, agreements, changes, and where each "
    "value was printed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (status,):
    app.command()(command)


@app.callback()
def main() -> None:
    """Hold the commands together; a single one would else lose its name."""


def run() -> None:
    """The entry point of the ``ledger287`` command."""
    sys.exit(run_safely(app))


if __name__ == "__main__":
    run()
