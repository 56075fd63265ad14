"""``ledger287 overview``: the program's state on one screen; what ``make run`` shows."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ledger287.cli.common import Json, Record, console, day_text, ledger, print_json
from ledger287.cli.record.changes import WORDS, tally
from ledger287.cli.record.status import show_status
from ledger287.cli.status_text import MODEL_NAMES
from ledger287.core.text import plural
from ledger287.core.time import day_of

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

MONTHS_SHOWN = 17
BAR_WIDTH = 48
DAYS_OF_CHANGES = 30
STATES_SHOWN = 12


def overview(record: Record = None, json: Json = False) -> None:
    """The state of the program by the newest list: totals, top states, the last changes, growth.

    Example: ledger287 overview
    """
    book = ledger(record)
    status = book.status()
    if status.list is None:
        return
    newest = day_of(status.list.published_at)
    since = newest - timedelta(days=DAYS_OF_CHANGES - 1)
    found = book.changes(since, newest).to_dicts()
    growth = by_month(book.growth())
    if json:
        print_json({"status": status, "changes": {"since": since, "until": newest, **tally(found)}, "growth": growth})
        return
    out = console()
    show_status(out, status, states=STATES_SHOWN)
    out.print(f"\n[dim]  the {DAYS_OF_CHANGES} days to {day_text(newest)}[/dim]")
    counts = tally(found)
    for kind, words in WORDS.items():
        if counts[kind]:
            out.print(f"  {counts[kind]:>5,}  {words}")
    show_growth(out, growth)
    if status.list.age_days > 14:
        out.print(
            f"\n  The newest list in this record is {plural(status.list.age_days, 'day')} old; "
            "`ledger287 update` looks for newer ones."
        )


def by_month(growth: "pl.DataFrame") -> list[dict[str, Any]]:
    """The last list of each month: ``month`` (its first day), and agreements by model."""
    months: dict[date, dict[str, Any]] = {}
    for row in growth.iter_rows(named=True):
        month = row["day"].replace(day=1)
        months[month] = {"month": month, **{model: row[model] for model in MODEL_NAMES}}
    return list(months.values())


def show_growth(out: "Console", growth: list[dict[str, Any]]) -> None:
    """Print one bar per month: agreements at the last list of each, one shade a model."""
    rows = growth[-MONTHS_SHOWN:]
    most = max(sum(row[model] for model in MODEL_NAMES) for row in rows)
    shades = {"JEM": "█", "WSO": "▓", "TFM": "░"}
    legend = "   ".join(f"{shades[model]} {name}" for model, name in MODEL_NAMES.items())
    out.print("\n[dim]  agreements at the last list of each month[/dim]")
    for row in rows:
        total = sum(row[model] for model in MODEL_NAMES)
        bar = ""
        reached = 0
        for model, shade in shades.items():
            reached += row[model]
            bar += shade * (round(reached * BAR_WIDTH / most) - len(bar))
        out.print(f"  {row['month']:%b %Y}  {bar:<{BAR_WIDTH}}  {total:>6,}")
    out.print(f"  [dim]{legend}[/dim]")
