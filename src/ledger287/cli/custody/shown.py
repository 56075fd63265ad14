"""What ``ledger287 custody`` prints of an audit and of a proposed map.

What enters: the same results that are printed as JSON. What leaves: text on the terminal.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.cli.common import console
from ledger287.core.text import plural

if TYPE_CHECKING:
    from ledger287.custody.intake.columns.proposing import Proposal
    from ledger287.custody.report.tables.summary import Summary


FIRST_PROBLEMS = 5


def show_summary(summary: "Summary", out: Path | None, *, replaced: bool = False, every_problem: bool = False) -> None:
    """Print what an audit found: cases, duties, what was not audited, problems; whether a report was ``replaced``."""
    from rich.markup import escape
    from rich.table import Table

    from ledger287.custody.report.report_page import length_of

    screen = console()
    screen.print(
        f"[bold]{plural(summary.cases, 'case')}[/bold] in {plural(len(summary.files), 'file')}, "
        f"{summary.held:,} recorded as held for ICE"
    )
    for given in summary.rules_given:
        screen.print(f"  rule given: {escape(given)}", soft_wrap=True)
    if summary.made_up:
        screen.print("  synthetic: every case in these files is labeled as synthetic")
    for note in summary.notes:
        screen.print(f"  [dim]{escape(note)}[/dim]", soft_wrap=True)
    for number, words in (
        (summary.perhaps_held, "kept past release, with no hold recorded"),
        (summary.not_ended, "with no end in the record"),
        (summary.cannot_tell, "for which the hold is unknown"),
    ):
        if number:
            screen.print(f"  {number:,} {words}")
    if summary.as_of:
        counts = ", ".join(f"{many:,} {status}" for status, many in summary.open_cases.items()) or "no case"
        screen.print(f"  open on {escape(summary.as_of)}: {counts}")
    if summary.duties:
        table = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column(" duty")
        for name in ("missed", "cannot tell", "median", "longest"):
            table.add_column(name, justify="right")
        for one in summary.duties:
            hours = (
                "" if value is None else length_of(value * 3600) for value in (one.median_hours, one.longest_hours)
            )
            table.add_row(f" {one.duty}", f"{one.missed:,}", f"{one.cannot_tell:,}", *hours)
        screen.print(table)
    else:
        screen.print("  no finding in the duties that were audited" if summary.not_audited else "  no finding")
    for lacking in summary.not_audited:
        named = ", ".join(lacking["missing_columns"])
        screen.print(f"  [dim]not audited: {lacking['duty']} (no column {named})[/dim]")
    if summary.problems:
        screen.print(
            "  problems: "
            + ", ".join(f"{many:,} {kind.replace('_', ' ')}" for kind, many in sorted(summary.problems.items()))
            + " (row 1 is the first below the heading)",
            soft_wrap=True,
        )
        shown = summary.problems_shown if every_problem else summary.problems_shown[:FIRST_PROBLEMS]
        for problem in shown:
            screen.print(f"    [dim]{escape(problem)}[/dim]", soft_wrap=True)
        if (more := sum(summary.problems.values()) - len(shown)) > 0:
            where = f"{out / 'problems.csv'}, or here with --all-problems" if out else "with --out, or --all-problems"
            screen.print(f"    [dim]{more:,} more: {escape(where)}[/dim]", soft_wrap=True)
    if summary.span_says:
        screen.print(f"  {escape(summary.span_says)}", soft_wrap=True)
    if out:
        screen.print(
            f"  report: {escape(str(out / 'report.html'))}{' (in place of the one before)' if replaced else ''}"
        )
    screen.print(f"[dim]{escape(summary.says)}[/dim]", soft_wrap=True)


def show_proposal(found: "Proposal", out: Path | None) -> None:
    """Print which column is which, ten rows as they would be read, and the map."""
    from rich.markup import escape
    from rich.table import Table

    screen = console()
    kind = "log of events" if found.shape == "log" else "table of cases"
    screen.print(f"[bold]{escape(found.file)}[/bold]: a {kind}, heading on line {found.heading_line}", soft_wrap=True)
    table = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
    for name in (" column", "read as", "why"):
        table.add_column(name)
    for column in found.columns:
        table.add_row(f" {escape(column.heading)}", column.field or "-", f"[dim]{escape(column.why)}[/dim]")
    screen.print(table)
    for place, row in enumerate(found.rows, 1):
        cells = "; ".join(f"{name} {value}" for name, value in row.items())
        screen.print(f"  row {place}: {escape(cells)}", soft_wrap=True)
    if found.words:
        read = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
        for name in (" word", "rows", "read as"):
            read.add_column(name)
        for word in found.words:
            event = word.event or "[bold]not understood[/bold]: name its event in the map, under values, event"
            read.add_row(f" {escape(word.word)}", f"{word.rows:,}", event)
        screen.print(read)
    for lack in found.open:
        screen.print(f"  [bold]open[/bold]: {escape(lack)}", soft_wrap=True)
    for need in found.needed:
        screen.print(f"  [bold]needed[/bold]: {escape(need)}", soft_wrap=True)
    if out is None:
        screen.print(escape(found.yaml), soft_wrap=True)
    else:
        now = f"ledger287 custody audit {found.file} --map {out}"
        screen.print(f"  map: {escape(str(out))}; now: {escape(now)}", soft_wrap=True)
