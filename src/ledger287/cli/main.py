"""The command line's door. The commonest question is answered before anything large is imported."""

import sys

TYPE_CHECKING = False  # as in the package: signals are caught before typing is loaded
if TYPE_CHECKING:
    from typing import Any

    from typer import Typer

    app: Typer


HELP: "tuple[list[str], ...]" = ([], ["--help"], ["-h"])
"""Words that are for the list of commands, which needs nothing of a record."""


def __getattr__(name: str) -> "Any":
    if name == "app":
        from ledger287.cli.commands import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def run() -> None:
    """The entry point of the ``ledger287`` command."""
    from ledger287.cli import stopping

    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    if command == "custody":
        stopping.catch()
    if command == "serve":
        from ledger287.cli.upkeep.lean import lean_memory

        lean_memory()
    if sys.argv[1:] not in HELP:
        from ledger287.cli.quick.answer import answered

        if answered(sys.argv[1:]):
            sys.exit(0)
    from ledger287.cli.pager import NO_PAGER, paged
    from ledger287.cli.quick.check import checked_quickly

    words = sys.argv[1:]
    sys.argv[1:] = [word for word in words if word != NO_PAGER]
    with paged(words):
        code = checked_quickly(sys.argv[1:])
        if code is None:
            code = _usual()
    sys.exit(code)


def _usual() -> int:
    """The commands as typer runs them."""
    from ledger287.cli.commands import app
    from ledger287.cli.common import run_safely

    return run_safely(lambda: app(prog_name="ledger287", standalone_mode=False), app)


if __name__ == "__main__":
    run()
