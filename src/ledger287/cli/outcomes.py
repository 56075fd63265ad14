"""``ledger287 outcomes``: who was identified, arrested, held and removed, from published statistics."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, print_json
from ledger287.core.problem import Refused

outcomes = typer.Typer(
    name="outcomes",
    help="Published statistics on people identified, arrested, held and removed: counts, never persons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file on this machine.", show_default=False)]
MOST_PROBLEMS_SHOWN = 12


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that was named. Raises Refused where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Name a file on this machine.") from None


@outcomes.command()
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
    typer.echo(f"  as of {answer['as_of'] or 'cannot tell'}: {answer['as_of_basis']['why']}")
    show_held(answer["held"])
    typer.echo(f"  {len(answer['tables'])} tables")
    for table in answer["tables"]:
        place = f"{table['sheet'].strip()} {table['cells']}"
        typer.echo(f"    {table['kind']:28} {table['numbers']:>6,} numbers  {place:34} {table['title'][:60]}")
    show_problems(answer["problems"])


def show_held(held: dict[str, Any] | None) -> None:
    """Print who was held, with shares."""
    if held is None:
        typer.echo("  people held: not in this file")
        return
    typer.echo(f"  people held: {_figure(held['total'])}")
    for name, said in (("convicted", "convicted"), ("pending", "charges pending"), ("none", "neither")):
        typer.echo(f"    {said:18}{_figure(held['by_criminality'][name]):>9}  {_share(held['shares'][name])}")
    for name in ("ICE", "CBP"):
        said = f"arrested by {name}"
        typer.echo(f"    {said:18}{_figure(held['by_arresting_agency'][name]):>9}  {_share(held['shares'][name])}")


def _figure(number: int | None) -> str:
    return f"{number:,}" if number is not None else "not printed"


def _share(share: float | None) -> str:
    return f"{share:.1%}" if share is not None else ""


def show_problems(problems: list[dict[str, Any]]) -> None:
    """Print problems, the first of them in full."""
    if not problems:
        return
    typer.echo(f"  {len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
    for one in problems[:MOST_PROBLEMS_SHOWN]:
        place = " ".join(filter(None, (one["sheet"], one["cell"])))
        typer.echo(f"    {place}: expected {one['expected']}; found {one['found']}. {one['remedy']}")
    if len(problems) > MOST_PROBLEMS_SHOWN:
        typer.echo(f"    and {len(problems) - MOST_PROBLEMS_SHOWN} more; --json gives them all")
