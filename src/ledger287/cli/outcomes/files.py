"""``ledger287 outcomes read`` and ``add``: a file as read, and a file joined to a folder of outcomes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, SparkConf, print_json
from ledger287.cli.outcomes.shown import File, file_bytes, show_held, show_problems
from ledger287.cli.working import working
from ledger287.core.text import plural

BROKE_DOWN = 3
"""The exit code where an engine broke down: no answer, and no fault of the file."""


def read(file: File, json: Json = False) -> None:
    """Read one of ICE's detention workbooks: its day and why, people held, every table, every problem.

    Example: ledger287 outcomes read FY26_detentionStats02022026.xlsx --json
    """
    from ledger287.sources.outcomes.answer import as_answer
    from ledger287.sources.outcomes.workbook import read_workbook

    book = read_workbook(file_bytes(file), file.name)
    answer = as_answer(book, values=json)
    if json:
        print_json(answer)
    else:
        _show_read(answer)
    if book.problems:
        raise typer.Exit(WITH_PROBLEMS)


def _show_read(answer: dict[str, Any]) -> None:
    typer.echo(f"{answer['file']}")
    typer.echo(f"  as of {answer['as_of'] or 'an unknown day'}: {answer['as_of_basis']['why']}")
    show_held(answer["held"])
    typer.echo(f"  {plural(len(answer['tables']), 'table')}")
    for table in answer["tables"]:
        place = f"{table['sheet'].strip()} {table['cells']}"
        typer.echo(f"    {table['kind']:28} {table['numbers']:>6,} numbers  {place:34} {table['title'][:60]}")
    show_problems(answer["problems"])


def add(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A file, or a folder of its parts.", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder of outcomes to add to; created if it is new.")
    ],
    engine: Annotated[
        str, typer.Option("--engine", metavar="duckdb|spark", help="The engine that counts rows of persons.")
    ] = "duckdb",
    spark_conf: SparkConf = None,
    json: Json = False,
) -> None:
    """Add a file to a folder of outcomes: a detention workbook, or a file of arrests, detainers or detentions.

    Rows of persons are counted while they are read; only counts are written, and cells under 5 are withheld. Answer
    from the folder by setting LEDGER287_OUTCOMES to it. Exits 3 where Spark breaks down.

    Example: ledger287 outcomes add arrests-latest.parquet --out my-outcomes
    """
    from ledger287.analysis.outcomes.adding import add as add_file
    from ledger287.core.process.spark import EngineStopped
    from ledger287.sources.outcomes.answer import problem_answer

    try:
        with working("counting the rows"):
            added = add_file(file, out, engine, tuple(spark_conf or ()))
    except EngineStopped as stopped:
        typer.echo(f"ledger287: the engine stopped: {stopped}", err=True)
        raise typer.Exit(BROKE_DOWN) from None
    problems = [problem_answer(one) for one in added.problems]
    if json:
        print_json(
            {
                "file": added.file,
                "kind": added.kind,
                "tables": added.tables,
                "counts": added.counts,
                "problems": problems,
            }
        )
    else:
        typer.echo(f"  {added.file}: {added.kind}")
        for name, number in added.counts.items():
            typer.echo(f"    {name.replace('_', ' '):12} {number:>12,}")
        for name, number in added.tables.items():
            typer.echo(f"    {name}.parquet has {plural(number, 'row')}")
        show_problems(problems)
    if problems:
        raise typer.Exit(WITH_PROBLEMS)
