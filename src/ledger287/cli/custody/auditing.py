"""``ledger287 custody audit``, ``map`` and ``verify``: a jail's files, how they are read, and a report run again."""

from pathlib import Path
from typing import Annotated

import typer

from ledger287.cli import stopping
from ledger287.cli.common import WITH_PROBLEMS, Record, Rules, SparkConf, State, console, ledger, print_json
from ledger287.cli.custody.group import (
    Agency,
    CustodyJson,
    ModelOf,
    Overwrite,
    Zone,
    custody,
    one_line,
    refuse_existing,
    words_of,
    write_whole,
)
from ledger287.cli.custody.shown import show_proposal, show_summary
from ledger287.cli.working import working
from ledger287.core.problem import Refused


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
        typer.Option(
            "--work",
            metavar="DIR|URI",
            help="Work here: a folder or store that every machine sees.",
            show_default=False,
        ),
    ] = None,
    spark_conf: SparkConf = None,
    all_problems: Annotated[
        bool, typer.Option("--all-problems", help="Print every problem, not only the first of them.")
    ] = False,
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

    stopping.works()
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
        all_problems=all_problems,
    )

    replaced = out is not None and (out / "audit.json").exists()
    with working("auditing"):
        summary = audit_into(files, out, options, ledger(record))
    if json:
        print_json(summary)
    else:
        show_summary(summary, out, replaced=replaced, every_problem=all_problems)
    if summary.problems:
        raise typer.Exit(WITH_PROBLEMS)


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
    overwrite: Overwrite = False,
    json: CustodyJson = False,
) -> None:
    """Propose which column of a file is which event, and show ten rows as an audit would read them.

    Check the map, change it where it is wrong, then audit with it. Exits 1 where an audit would lack something.

    Example: ledger287 custody map export.xlsx --out jail.yml
    """  # fmt: skip
    from ledger287.custody.intake.columns.maps import ready_maps
    from ledger287.custody.intake.columns.proposing import proposed
    from ledger287.custody.intake.times.moments import day_order

    stopping.works()
    if ready:
        if file is not None or out is not None or dates is not None:
            raise Refused("custody map --ready: lists the ready maps, and takes no file, --out or --dates.")
        if json:
            print_json(ready_maps())
        else:
            for name, about in ready_maps().items():
                console().print(f"[bold]{name}[/bold]  {about}", soft_wrap=True)
        return
    if file is None:
        raise Refused("expected a file, as: ledger287 custody map export.csv --out jail.yml")
    if out is not None and out.suffix.lower() not in (".yml", ".yaml"):
        # The file itself, named again by mistake, would be lost.
        raise Refused(f"--out {out}: expected a name for the map that ends in .yml or .yaml; nothing was written.")
    if out is not None and out.exists() and Path(file).exists() and out.samefile(file):
        raise Refused(f"--out {out}: is the export itself, by another name; name another file. Nothing was written.")
    if out is not None:
        refuse_existing(out, "--out", overwrite=overwrite)
    found = proposed(file, day_order(dates))
    if out is not None:
        write_whole(out, found.yaml)
    if json:
        print_json(found)
    else:
        show_proposal(found, out)
    if found.open:
        raise typer.Exit(WITH_PROBLEMS)


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

    stopping.works()
    found = run_again(report, inputs, ledger(record))
    if json:
        print_json(found)
    else:
        console().print(escape(found.says), soft_wrap=True)
    if not found.same:
        raise typer.Exit(WITH_PROBLEMS)
