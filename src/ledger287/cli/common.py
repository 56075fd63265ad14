"""What the commands share: options, days, output, and how an error is reported.

Exit codes are a promise: 0 answered, 1 answered with problems, 2 wrong usage.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli import plain
from ledger287.cli.usage import command_path, usage_text
from ledger287.core.problem import Refused
from ledger287.core.query_error import command_line, text_of

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.law.lawbook.book import Lawbook
    from ledger287.places.atlas import Atlas

day_text, edge_text = plain.day_text, plain.edge_text
ANSWERED, WITH_PROBLEMS, WRONG_USAGE = 0, 1, 2


def _day(text: str) -> date:
    try:
        return plain.given_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Record = Annotated[
    Path | None,
    typer.Option(
        "--record",
        metavar="DIR",
        help="Answer from the record in this folder (or $LEDGER287_RECORD) instead of the shipped one.",
        show_default=False,
    ),
]
SparkConf = Annotated[
    list[str] | None,
    typer.Option(
        "--spark-conf",
        metavar="NAME=VALUE",
        help="A setting of Spark; may be given more than once.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, with the keys that docs/record.md gives.")]
On = Annotated[
    date | None,
    typer.Option(
        "--on",
        parser=_day,
        metavar="DATE",
        help="The day to answer for, as 2025-08-14; today if left out.",
        show_default=False,
    ),
]
KnownOn = Annotated[
    date | None,
    typer.Option(
        "--known-on",
        parser=_day,
        metavar="DATE",
        show_default=False,
        help="Answer only from lists published by the end of this day.",
    ),
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="XX", help="One state or territory, by code or name.", show_default=False),
]
County = Annotated[
    str | None,
    typer.Option(
        "--county",
        metavar="FIPS",
        help="Local agencies of one county, by its code (12021) or name (Collier County, FL).",
        show_default=False,
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="PATH",
        help="Rules of your own (a YAML file, or a folder): in place of the shipped ones, by id, or in addition.",
        show_default=False,
    ),
]
Model = Annotated[str | None, typer.Option("--model", metavar="JEM|WSO|TFM", help="One model.", show_default=False)]
ModelEver = Annotated[
    str | None,
    typer.Option("--model", metavar="JEM|WSO|TFM", help="One model; before 2013 also HYB.", show_default=False),
]


def day_option(name: str, about: str) -> Any:
    """An option that takes a day."""
    return typer.Option(name, parser=_day, metavar="DATE", help=about, show_default=False)


def ledger(record: Path | None) -> "Atlas":
    """The record that the options name."""
    from ledger287 import api

    found = api.open(record)
    found.warns_past_newest_list = False  # a command says so in its answer
    return found


def print_json(answer: Any) -> None:
    """Print an answer as JSON on standard output."""
    from ledger287.core.jsonable import as_json

    typer.echo(json.dumps(as_json(answer), indent=2, ensure_ascii=False))


def console() -> "Console":
    """The terminal, for text answers: sentences are wrapped between words. Elsewhere, lines are not folded."""
    from ledger287.cli.wrapping import WrappingConsole

    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160
    return WrappingConsole(highlight=False, soft_wrap=False, width=wide, emoji=False, markup=True)


OF_CUSTODY = ("duckdb", "pyarrow")
"""Libraries that only audits, SQL and files on persons need."""
NEEDS_CUSTODY = (
    "this needs the extra custody, which is not installed. In a clone: make custody. Elsewhere: "
    "pip install 'ledger287[custody]'."
)


USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]
"""What typer raises for wrong words of a command; it has no public name there."""

UNREADABLE = "is not readable."
"""How typer ends what it says of a path that is there and may not be read."""


def _say_usage(error: Any, commands: Any) -> None:
    """What is wrong with the words of a command, in one line, and in another what to type to see what it takes.

    A command without its words, such as ``custody`` alone, shows its help. A path that may not be read is no
    fault of the words, and has one line.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return
    path = command_path(error, sys.argv[1:], commands)
    says = usage_text(error)
    typer.echo(f"{path}: {says}", err=True)
    if not says.endswith(UNREADABLE):
        typer.echo(f"What it takes: {path} -h", err=True)


def _refuse(says: str, commands: Any) -> int:
    """Say on standard error why a command does not answer, under the name of the one that was typed."""
    typer.echo(f"{command_path(None, sys.argv[1:], commands)}: {says}", err=True)
    return WRONG_USAGE


def run_safely(run: Callable[[], Any], commands: Any = None) -> int:
    """Run the commands; tell a refusal on standard error, under the name of the one typed. Returns the exit code."""
    from ledger287.ledger.query.answers import PastNewestList

    plain.print_plainly()
    warnings.simplefilter("ignore", PastNewestList)  # a command says so in its answer
    try:
        code = run()
    except USAGE_ERROR as error:
        _say_usage(error, commands)
        return WRONG_USAGE
    except Refused as refused:
        return _refuse(text_of(refused, command_line), commands)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{where}{error.strerror or error}. Free some room, or name another place.", commands)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in OF_CUSTODY:
            raise
        return _refuse(NEEDS_CUSTODY, commands)
    except KeyboardInterrupt:
        _refuse("stopped; nothing was changed.", commands)
        return 130
    return code if isinstance(code, int) else ANSWERED


@contextmanager
def replacing(path: Path | None) -> Iterator[None]:
    """Around the writing of a file that the user named: say on stderr that it took the place of one that was there."""
    there = path is not None and path.is_file()
    yield
    if there:
        typer.echo(f"ledger287: {path}: replaced the file that was there", err=True)


def lawbook_of(rules: Path | None) -> "Lawbook":
    """The lawbook to answer from; rules of the user's own are named on stderr, each with what it replaces."""
    from ledger287.law.lawbook.book import open_lawbook

    book = open_lawbook(rules)
    for given in book.given:
        typer.echo(f"ledger287: rule given: {given}", err=True)
    return book
