"""``ledger287 changes``: what happened between two days."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import (
    County,
    Json,
    KnownOn,
    ModelEver,
    Record,
    State,
    console,
    day_option,
    day_text,
    edge_text,
    ledger,
    print_json,
)
from ledger287.cli.record.tables import Bom, Format, Out, requested, write
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.ledger.query.before.gap import Gap
    from ledger287.ledger.query.edges import Edges


WORDS = {
    "signed": "signed",
    "listed": "listed for the first time",
    "renewed": "renewed",
    "perhaps_renewed": "perhaps renewed: a document of a later day, the same day of signing",
    "switched": "switched to another model",
    "relisted": "listed again",
    "delisted": "delisted",
    "addendum": "given an addendum",
    "pended": "new on the pending list",
    "pending_dropped": "gone from the pending list without a signing",
    "corrected": "corrected by ICE",
}


def changes(
    since: Annotated[date, day_option("--since", "First day, as 2026-05-01.")],
    until: Annotated[date | None, day_option("--until", "Last day; today if left out.")] = None,
    known_on: KnownOn = None,
    state: State = None,
    model: ModelEver = None,
    county: County = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help=f"One kind or more: {', '.join(WORDS)}.", show_default=False),
    ] = None,
    format: Format = None,
    out: Out = None,
    bom: Bom = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """What changed from one day to another, both included; corrections are listed apart.

    An agreement is "signed" on the day of its signing and "listed" on the day of the first list that has
    it; "delisted" on the day of the first list without it. What happened after the newest list is unknown.

    Example: ledger287 changes --since 2026-05-01 --until 2026-05-08 --state KY
    """
    from ledger287.law.agreements.evidence import evidence_of
    from ledger287.ledger.query.before.gap import gap_between
    from ledger287.ledger.query.edges import edges_of

    wanted = requested(format, out, bom, json)
    book = ledger(record)
    last = until or book.today()
    table = book.changes(since, until, state=state, model=model, kinds=kind or (), known_on=known_on, county=county)
    if wanted:
        from ledger287.analysis.answers.columns import CHANGES

        edge = edges_of(book, since, last, known_on, model)["cannot_tell_after"]
        write(CHANGES, table, book.stored, format, out, bom, edge=edge)
        return
    found = table.to_dicts()
    gap = None if county else gap_between(book, since, last, state, model, known_on=known_on)
    if json:
        found = [{**row, "evidence": evidence_of(row)} for row in found]
        events = [row for row in found if row["kind"] != "corrected"]
        corrections = [row for row in found if row["kind"] == "corrected"]
        print_json(
            {
                "since": since,
                "until": last,
                "known_on": known_on,
                "changes": events,
                "corrections": corrections,
                **edges_of(book, since, last, known_on, model),
                "gap": gap,
            }
        )
    else:
        ends = edges_of(book, since, last, known_on, model)
        if kind and not {one.replace("-", "_") for one in kind} & {"pended", "pending_dropped"}:
            ends["pending_cannot_tell_after"] = None
        show_changes(console(), found, since, last, ends, known_on)
        if gap:
            show_gap(console(), gap)


def show_gap(out: "Console", gap: "Gap") -> None:
    """Print what is known of the days without page or list: both ends compared, and no day."""
    from rich.markup import escape

    out.print(
        f"\n  [bold]No page and no list between {day_text(gap.after)} and {day_text(gap.before)}[/bold]: the days of "
        "what changed then are not known. Both ends compared:",
        soft_wrap=True,
    )
    ends = (
        ("of an agency that had one of that model, signed again", gap.renewed),
        ("gone by the first list", gap.gone),
        ("new on the first list", gap.new),
    )
    for words, rows in ends:
        out.print(f"  {plural(len(rows), 'agreement')} {words}")
        for row in rows:
            signed = f", signed {day_text(row.signed)}" if row.signed else ""
            out.print(f"    {row.state}  {row.model or '   '}  {escape(row.agency)}{signed}", soft_wrap=True)
    out.print(f"  {plural(gap.both, 'agreement')} unchanged on both")


def show_changes(
    out: "Console",
    found: list[dict[str, Any]],
    since: date,
    until: date,
    edge: "Edges",
    known_on: date | None = None,
) -> None:
    """Print changes by kind, the newest first, corrections last; and after which day nobody can tell."""
    from rich.markup import escape

    out.print(f"[bold]Changes from {day_text(since)} to {day_text(until)}[/bold]")
    if known_on:
        out.print(f"  as known on {day_text(known_on)}")
    before, after = edge["cannot_tell_before"], edge["cannot_tell_after"]
    pending_after = edge["pending_cannot_tell_after"]
    if (
        not found
        and not edge["model_note"]
        and (after is None or after >= since)
        and (before is None or before <= until)
    ):
        out.print("  none on the lists of these days" + (f" until {day_text(after)}" if after else ""))
    if edge["model_note"]:
        out.print(f"  [dim]{edge['model_note']}[/dim]", soft_wrap=True)
    if before:
        out.print(
            f"  [bold]cannot tell before {day_text(before)}: the first page is of that day[/bold]; when its agreements "
            "were signed: ledger287 agreements --ever",
            soft_wrap=True,
        )
    if after:
        out.print(f"  [bold]{edge_text(after)}[/bold]")
    if pending_after:
        out.print(f"  pending applications: {edge_text(pending_after, 'pending list')}")
    for kind, words in WORDS.items():
        rows = [row for row in found if row["kind"] == kind]
        if not rows:
            continue
        if kind == "corrected":
            out.print("\n[dim]Not events: cells that ICE corrected[/dim]")
        out.print(
            f"\n  {plural(len(rows), 'agreement')} {words}" if kind != "corrected" else f"  {len(rows):,} {words}"
        )
        for row in sorted(rows, key=lambda row: row["day"], reverse=True):
            out.print(
                f"    {day_text(row['day']):>12}  {row['state']}  {row['model']}  {escape(row['agency'])}"
                f"{escape(detail(row))}",
                soft_wrap=True,
            )
            show_evidence(out, row)


def show_evidence(out: "Console", row: dict[str, Any]) -> None:
    """Print what the agreement's own document says about a change of its day."""
    from rich.markup import escape

    from ledger287.law.agreements.evidence import evidence_of

    found = evidence_of(row)
    if found:
        out.print(f"                  [dim]{escape(found.says)}[/dim]", soft_wrap=True)


def detail(row: dict[str, Any]) -> str:
    """The part of a change that its kind does not tell: what the cell held before and after."""
    if row["kind"] in ("corrected", "renewed", "perhaps_renewed", "switched"):
        return f"  ({row['field']}: {shown(row['before'])} → {shown(row['after'])})"
    return ""


def shown(value: str | None) -> str:
    """A printed value, or a word for an empty cell."""
    return value.strip() if value and value.strip() else "empty"


def tally(found: list[dict[str, Any]]) -> Counter[str]:
    """How many changes of each kind."""
    return Counter(row["kind"] for row in found)
