"""``ledger287 custody``: audit holds, ask when one must have ended, make up logs to try it on."""

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ledger287.cli.common import WITH_PROBLEMS, Record, Rules, State, console, lawbook_of, ledger, print_json
from ledger287.cli.custody.shown import show_proposal, show_summary
from ledger287.core.problem import Refused
from ledger287.core.query_error import Field, QueryError
from ledger287.core.text import format_time, plural

if TYPE_CHECKING:
    from ledger287.custody.clock.answer import ClockAnswer
    from ledger287.custody.report.words import Words

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


def time_option(name: str, about: str) -> Any:
    """An option that takes a time."""
    return typer.Option(name, metavar="TIME", help=about, show_default=False)


@contextmanager
def one_line() -> Iterator[None]:
    """What stops a command from outside (Ctrl-C, a full disk, a folder that cannot be read) as a refusal in a line."""
    try:
        yield
    except KeyboardInterrupt:
        raise Refused("stopped; nothing was changed.") from None
    except OSError as error:
        raise Refused(f"{error.filename or 'a file of this command'}: {error.strerror or error}.") from None
    except (Refused, typer.Exit, typer.Abort, typer.BadParameter, ModuleNotFoundError):
        raise
    except Exception as error:
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


@custody.command()
@one_line()
def audit(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Tables of cases, or logs of events: CSV, xlsx, Parquet, JSON; folders, patterns and URIs of them.",
        ),
    ],
    zone: Zone = None,
    state: State = None,
    agency: Agency = None,
    model: ModelOf = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            "--drop", metavar="COLUMN", help="Ignore a column; may be given more than once.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write the report into this folder: HTML, CSV, JSON, Parquet.",
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            metavar="FILE",
            help="Officers by number: were those who served or held authorized that day?",
            show_default=False,
        ),
    ] = None,
    rules: Rules = None,
    map: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="YAML|NAME",
            help="Which column is which: a file that `custody map` wrote, or a ready map.",
            show_default=False,
        ),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates", metavar="month-first|day-first", help="How the files write 3/1/2025.", show_default=False
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="List the cases that were open then.", show_default=False),
    ] = None,
    run_at: Annotated[
        str | None,
        typer.Option("--run-at", metavar="TIME", help="When this was run, for the report.", show_default=False),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="duckdb|spark", help="The engine that runs it.")
    ] = "duckdb",
    work: Annotated[
        str | None,
        typer.Option("--work", metavar="DIR", help="Work here: a folder that every machine sees.", show_default=False),
    ] = None,
    spark_conf: Annotated[
        list[str] | None,
        typer.Option(
            "--spark-conf",
            metavar="NAME=VALUE",
            help="A setting of Spark; may be given more than once.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", metavar="en|es", help="The language of the report's pages and charts.")
    ] = "en",
    record: Record = None,
    json: CustodyJson = False,
) -> None:
    """Audit holds: every clock, which one governs, and each duty missed.

    Exits 1 when there are problems in the files; the rest is audited all the same; 3 where the engine or this program
    broke down. Not legal advice.

    Example: ledger287 custody audit cases.csv --zone America/Chicago --state TX --out report
    """  # fmt: skip
    from ledger287.custody.batch.plans.plan import Options
    from ledger287.custody.report.auditing import audit_into

    signal.signal(signal.SIGTERM, _stopped)
    options = Options(
        zone,
        state,
        agency,
        model,
        tuple(drop or ()),
        engine,
        roster=roster,
        rules=rules,
        map=map,
        dates=dates,
        as_of=as_of,
        run_at=run_at,
        work=work,
        spark_conf=tuple(spark_conf or ()),
        words=words_of(lang),
    )

    summary = audit_into(files, out, options, ledger(record))
    if json:
        print_json(summary)
    else:
        show_summary(summary, out)
    if summary.problems:
        raise typer.Exit(WITH_PROBLEMS)


def words_of(lang: str) -> "Words":
    """The words of a report in a language. Raises QueryError for one that there is not."""
    from ledger287.custody.report.words import ENGLISH, Words

    if lang == "en":
        return ENGLISH
    if lang != "es":
        raise QueryError(
            "unknown_language", Field("lang"), f": expected en or es, found {lang!r}.", choices=("en", "es")
        )
    from ledger287.web.render import languages
    from ledger287.web.render.law_words import law_in

    return Words(
        "es",
        lambda text: law_in(text, "es"),
        lambda at: languages.time_in(at, "es"),
        lambda day: f"{languages.short_month(day, 'es')} {day.year}",
    )


def _stopped(*_: object) -> None:
    """A request to end, such as a scheduler's, is handled like Ctrl-C, so that no unfinished file remains."""
    raise KeyboardInterrupt


@custody.command("map")
@one_line()
def map_columns(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A jail's export: CSV, xlsx, JSON, Parquet; or its s3:// URI.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="YAML", help="Write the map to this file.", show_default=False)
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates", metavar="month-first|day-first", help="How the file writes 3/1/2025.", show_default=False
        ),
    ] = None,
    ready: Annotated[bool, typer.Option("--ready", help="List the ready maps instead.")] = False,
    json: CustodyJson = False,
) -> None:
    """Propose which column of a file is which event, and show ten rows as an audit would read them.

    Check the map, change it where it is wrong, then audit with it. Exits 1 where an audit would lack something.

    Example: ledger287 custody map export.xlsx --out jail.yml
    """  # fmt: skip
    from ledger287.custody.intake.maps import ready_maps
    from ledger287.custody.intake.proposing import proposed
    from ledger287.custody.intake.times.moments import day_order

    if ready:
        if json:
            print_json(ready_maps())
        else:
            for name, about in ready_maps().items():
                console().print(f"[bold]{name}[/bold]  {about}", soft_wrap=True)
        return
    if file is None:
        raise Refused("custody map: expected a file, as: ledger287 custody map export.csv --out jail.yml")
    found = proposed(file, day_order(dates))
    if out is not None:
        write_whole(out, found.yaml)
    if json:
        print_json(found)
    else:
        show_proposal(found, out)
    if found.open:
        raise typer.Exit(WITH_PROBLEMS)


def write_whole(path: Path, text: str) -> None:
    """Write a text to a temporary file and rename it in one step. Raises Refused where it cannot be written."""
    from ledger287.core.swapping import write_file

    try:
        write_file(path, text.encode())
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}.") from None


@custody.command()
@one_line()
def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="The folder of an audit's report.")],
    inputs: Annotated[
        Path | None,
        typer.Option(
            "--inputs", metavar="DIR", help="Where the inputs are now, if they were moved.", show_default=False
        ),
    ] = None,
    record: Record = None,
    json: CustodyJson = False,
) -> None:
    """Run a report's audit again: does the same input give the same findings?

    Exits 0 where every table has the same rows, 1 where one has not.

    Example: ledger287 custody verify report
    """
    from rich.markup import escape

    from ledger287.custody.report.verify import verify as run_again

    found = run_again(report, inputs, ledger(record))
    if json:
        print_json(found)
    else:
        console().print(escape(found.says), soft_wrap=True)
    if not found.same:
        raise typer.Exit(WITH_PROBLEMS)


@custody.command()
@one_line()
def clock(
    releasable: Annotated[
        str, time_option("--releasable", "When the person was otherwise releasable, as 2025-07-03 10:00.")
    ],
    zone: Zone = None,
    state: State = None,
    form: Annotated[
        str | None, typer.Option("--form", metavar="I-247A", help="The detainer's form.", show_default=False)
    ] = None,
    model: ModelOf = None,
    agreement: Annotated[
        str | None,
        typer.Option(
            "--agreement",
            metavar="ID",
            help="In place of --model: the agreement, whose own document is used if read.",
            show_default=False,
        ),
    ] = None,
    received: Annotated[str | None, time_option("--received", "When the detainer was received.")] = None,
    passed: Annotated[str | None, time_option("--passed", "When custody passed to ICE, in law.")] = None,
    left: Annotated[str | None, time_option("--left", "When the person left, if so.")] = None,
    claimed: Annotated[str | None, time_option("--claimed", "When the person claimed US citizenship.")] = None,
    complaint: Annotated[str | None, time_option("--complaint", "When a complaint was made.")] = None,
    case: Annotated[
        str, typer.Option("--case", metavar="NUMBER", help="A case number for the calendar entries.")
    ] = "hold",
    ics: Annotated[
        Path | None,
        typer.Option(
            "--ics", metavar="FILE", help="Write the end and the deadlines as calendar entries.", show_default=False
        ),
    ] = None,
    rules: Rules = None,
    json: CustodyJson = False,
) -> None:
    """When one hold must have ended: no later than the earliest clock.

    Times carry an offset, or --zone names the jail's zone. The answer grants no authority to hold.

    Example: ledger287 custody clock --releasable "2025-07-03 10:00" --zone America/Chicago --form I-247A
    """  # fmt: skip
    from ledger287 import api
    from ledger287.custody.clock.answer import as_ics

    answer = api.custody_clock(
        releasable,
        zone=zone,
        state=state,
        form=form,
        model=model,
        agreement=agreement,
        received=received,
        passed=passed,
        left=left,
        claimed=claimed,
        complaint=complaint,
        case=case,
        lawbook=lawbook_of(rules),
    )
    if ics:
        write_whole(ics, as_ics(answer, datetime.now(UTC)))
    if json:
        print_json(answer)
    else:
        show_clock(answer)


def show_clock(answer: "ClockAnswer") -> None:
    """Print the end, the clocks behind it, and the deadlines."""
    from rich.markup import escape

    screen = console()
    screen.print(f"[bold]{escape(answer.says)}[/bold]", soft_wrap=True)
    if answer.left_says:
        screen.print(f"  {escape(answer.left_says)}", soft_wrap=True)
    screen.print(f"  {escape(answer.why)}", soft_wrap=True)
    room = max(len(one.clock) for one in answer.clocks)
    for one in answer.clocks:
        end = format_time(one.end) if one.end else "cannot tell"
        screen.print(f"    {one.clock:<{room}}  {end}", soft_wrap=True)
        screen.print(f"      [dim]{escape(one.note)}; {one.rule} ({one.standing})[/dim]", soft_wrap=True)
    for due in answer.deadlines:
        screen.print(f"  no later than {format_time(due.due)}: {escape(due.says)} ({due.rule})", soft_wrap=True)
    for label, lines in (("missed", answer.missed), ("cannot tell", answer.cannot_tell), ("problem", answer.problems)):
        for line in lines:
            screen.print(f"  {label}: {escape(line)}", soft_wrap=True)
    for note in answer.notes:
        screen.print(f"  [dim]{escape(note)}[/dim]", soft_wrap=True)


@custody.command()
@one_line()
def simulate(
    cases: Annotated[int, typer.Option("--cases", metavar="N", help="How many cases.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A file: .parquet, .csv or .json.")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same cases.")] = 1,
    log: Annotated[bool, typer.Option("--log", help="A log of events instead of a table of cases.")] = False,
    local: Annotated[
        bool, typer.Option("--local", help="Times as the jail's own clocks show them, without an offset.")
    ] = False,
    json: CustodyJson = False,
) -> None:
    """Write synthetic cases, each labeled as synthetic, with a known number of each fault.

    Example: ledger287 custody simulate --cases 1000 --seed 7 --out synthetic.csv
    """  # fmt: skip
    from ledger287.custody.testing.simulate import write

    done = write(out, cases, seed, local=local, log=log)
    if json:
        print_json(done)
        return
    from rich.markup import escape

    screen = console()
    screen.print(f"[bold]{plural(done.cases, 'synthetic case')}[/bold] in {escape(str(out))}")
    for name, number in done.faults.items():
        screen.print(f"  {number:>8,}  {escape(name)}")
