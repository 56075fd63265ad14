"""``ledger287 build``: folders of lists -> a record."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, console, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from ledger287.ledger.build.building import BuildSummary

PROBLEMS_SHOWN = 8


def build(
    lists: Annotated[list[Path], typer.Argument(metavar="LISTS_DIR...", help="Folders that hold ICE's lists.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write the record to.")],
    json: Json = False,
) -> None:
    """Build the record of the lists in some folders.

    A record in DIR is replaced in one step when all is done. Exits 1 when there are problems; the
    record is written all the same, and its problems table names each cell.

    Example: ledger287 build my-lists --out my-record
    """
    from ledger287.ledger.build.building import build as build_record

    summary = _with_progress(lists, out) if sys.stderr.isatty() else build_record(lists, out)
    if json:
        print_json(summary)
    else:
        show_summary(summary)
    if summary.problems:
        raise typer.Exit(WITH_PROBLEMS)


def _with_progress(lists: list[Path], out: Path) -> "BuildSummary":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from ledger287.ledger.build.building import build as build_record

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading lists", total=None)
        return build_record(lists, out, lambda done, total: bar.update(task, completed=done, total=total))


def show_summary(summary: "BuildSummary") -> None:
    """Print what a build did: lists, which were excluded and why, values corrected, problems."""
    from rich.markup import escape

    out = console()
    out.print(
        f"[bold]{plural(summary.read, 'list')} read[/bold], {summary.accepted:,} accepted "
        f"({summary.participating:,} participating, {summary.pending:,} pending), {plural(summary.rows, 'row')}"
    )
    if summary.other_files:
        out.print(f"  {plural(summary.other_files, 'file')} of other kinds ignored")
    for excluded in summary.set_aside:
        out.print(f"  excluded: {escape(excluded.file)} ({excluded.rule}: {escape(excluded.reason)})", soft_wrap=True)
    out.print(f"  {plural(summary.agencies, 'agency', 'agencies')}, {plural(summary.agreements, 'agreement')}")
    declared = sum(number for by, number in summary.corrected.items() if by not in READINGS)
    read = ", ".join(f"{number} {READINGS[by]}" for by, number in summary.corrected.items() if by in READINGS)
    out.print(f"  values corrected in rows printed alike: {declared} by correction" + (f", {read}" if read else ""))
    if summary.unused_corrections:
        out.print(
            f"  corrections that these lists do not need: {', '.join(summary.unused_corrections)}",
            soft_wrap=True,
        )
    if summary.new_agencies:
        out.print(
            f"  {plural(summary.new_agencies, 'agency', 'agencies')} not in the committed registry (see CONTRIBUTING)"
        )
    if summary.undecided:
        out.print(f"  {plural(summary.undecided, 'new signing day')} that no rule decides, counted as renewals")
    show_problems(summary)
    out.print(f"  record: {escape(summary.out)}")


READINGS = {"misprint": "misprints", "slip": "slips of typing", "nearest": "nearest words"}


def show_problems(summary: "BuildSummary") -> None:
    """Print the problems: how many of each kind, and the first few in full."""
    from collections import Counter

    from rich.markup import escape

    out = console()
    if not summary.problems:
        out.print("  no problems")
        return
    kinds = Counter(problem.kind for problem in summary.problems)
    kinds_text = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in kinds.most_common())
    out.print(f"  {plural(len(summary.problems), 'problem')}: {kinds_text}")
    shown: set[str] = set()
    for problem in summary.problems:
        if problem.kind not in shown and len(shown) < PROBLEMS_SHOWN:
            shown.add(problem.kind)
            out.print(f"    [dim]such as[/dim] {escape(str(problem))}", soft_wrap=True)
