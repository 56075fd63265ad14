"""The group ``ledger287 custody``: the options that its commands share, and how what stops one of them is said.

What stops a command from outside is a line and exit code 2; an engine or this program that breaks down is exit code 3.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ledger287.cli import stopping
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField

if TYPE_CHECKING:
    from ledger287.custody.report.words import ReportLanguage

custody = typer.Typer(
    name="custody",
    help="When a hold for ICE must end, what a case's record shows was missed, and what it cannot tell.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Zone = Annotated[
    str | None,
    typer.Option("--zone", metavar="ZONE", help="The jail's time zone, as America/Chicago.", show_default=False),
]
ModelOf = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="JEM|WSO|TFM|none",
        help="The agency's model, where the files do not say.",
        show_default=False,
    ),
]
Agency = Annotated[
    str | None,
    typer.Option("--agency", metavar="NAME", help="The agency, where the files do not say.", show_default=False),
]

BROKE_DOWN = 3
"""The exit code where an engine, or this program itself, broke down: no answer, and no fault of the question."""
CustodyJson = Annotated[bool, typer.Option("--json", help="Print JSON, with the keys that docs/custody.md gives.")]

Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Write over a file that is there already, which is otherwise refused.")
]


def time_option(name: str, about: str) -> Any:
    """An option that takes a time."""
    return typer.Option(name, metavar="TIME", help=about, show_default=False)


@contextmanager
def one_line() -> Iterator[None]:
    """What stops a command from outside (Ctrl-C, a full disk, a folder that cannot be read) as a refusal in a line."""
    try:
        with _in_words():
            yield
    except BaseException:
        if stopping.came():
            raise Refused(stopping.STOPPED) from None
        raise
    finally:
        stopping.done()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise Refused(stopping.STOPPED) from None
    except OSError as error:
        raise Refused(f"{error.filename or 'its output'}: {error.strerror or error}.") from None
    except (Refused, typer.Exit, typer.Abort, typer.BadParameter, ModuleNotFoundError):
        raise
    except Exception as error:
        if stopping.came():
            raise  # what an engine made of the signal
        first = str(error).strip().splitlines()[0] if str(error).strip() else ""
        if type(error).__name__ == "EngineStopped":
            _broke_down(f"the engine stopped: {error}")
        if type(error).__module__.split(".")[0] not in ("duckdb", "_duckdb", "pyarrow"):
            where = _place_of(error)
            _broke_down(f"a fault of this program, not of your files: {type(error).__name__}{where}: {first}")
        if "No space left" in first or "disk" in first.lower():
            raise Refused(
                f"the disk is full, where the report is written or in the temporary folder: {first}"
            ) from None
        if "Permission denied" in first or "Cannot open file" in first:
            raise Refused(first) from None
        _broke_down(f"the engine stopped: {type(error).__name__}: {first}")


def _broke_down(says: str) -> NoReturn:
    """One line, and the exit code of a command that gives no answer."""
    typer.echo(f"ledger287: {' '.join(says.split())}", err=True)
    raise typer.Exit(BROKE_DOWN) from None


def _place_of(error: BaseException) -> str:
    """Where in this program a fault was met, so that it can be reported: the module and line of its last own frame."""
    found = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_globals.get("__name__", "")
        if name.startswith("ledger287.") and frame.f_code.co_name != "one_line":
            found = f" in {name}, line {line}"
    return found


def words_of(lang: str) -> "ReportLanguage":
    """The words of a report in a language. Raises QueryError for one that there is not."""
    from ledger287.custody.report.words import ENGLISH, ReportLanguage

    if lang == "en":
        return ENGLISH
    if lang != "es":
        raise QueryError(
            "unknown_language", QueryField("lang"), f": expected en or es, found {lang!r}.", choices=("en", "es")
        )
    from ledger287.web.render import languages
    from ledger287.web.render.law.law_words import law_in

    return ReportLanguage(
        "es",
        lambda text: law_in(text, "es"),
        lambda at: languages.time_in(at, "es"),
        lambda day: f"{languages.short_month(day, 'es')} {day.year}",
    )


def refuse_existing(path: Path, option: str, *, overwrite: bool) -> None:
    """Raise Refused where a file would be written over unasked; a pipe or a terminal is no such file."""
    if path.is_file() and not overwrite:
        raise Refused(f"{option} {path}: is there already; nothing was written. Name another file, or add --overwrite.")


def write_whole(path: Path, text: str) -> None:
    """Write a text to a temporary file and rename it in one step. Raises Refused where it cannot be written."""
    from ledger287.core.swapping import write_file

    try:
        write_file(path, text.encode())
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}.") from None
