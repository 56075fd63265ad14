"""``ledger287 rules``: what the law, the forms and the agreements say, with sources, on a day."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import On, State, console, plural, print_json, told

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.rules.differences import Difference
    from ledger287.rules.provisions import Provision

RulesJson = Annotated[bool, typer.Option("--json", help="Print JSON, with the keys that docs/rules.md gives.")]
KINDS = (
    "state_law",
    "state_policy",
    "statute",
    "regulation",
    "policy",
    "form",
    "analysis",
    "agreement",
    "holding",
    "fact",
    "oversight",
)
NOT_ADVICE = "Not legal advice. A rule says until when it was checked; later law is unknown here."


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="One rule, whole.", show_default=False)] = None,
    on: On = None,
    state: State = None,
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option("--diff", metavar="DATE DATE", help="What changed between two days.", show_default=False),
    ] = None,
    json: RulesJson = False,
) -> None:
    """The rules in force on a day, with their sources; what changed between two days.

    Rules that are in doubt on the day, or not verified, are shown as such.

    Example: ledger287 rules --on 2026-05-20 --state NM
    """
    from ledger287.foundation.problems import Refused
    from ledger287.record.ledger import read_state

    place = read_state(state)
    if diff and (rule or on):
        raise Refused("--diff takes two days of its own; leave out ID and --on.")
    if diff:
        _differences(diff, place, json)
    elif rule:
        _one(rule, on, json)
    else:
        _in_force(on, place, json)


def _noon(day: date) -> datetime:
    from ledger287.foundation.spans import at_eastern

    return at_eastern(day, time(12))


def _today() -> date:
    from ledger287.foundation.spans import day_of

    return day_of(datetime.now(UTC))


def _in_force(on: date | None, state: str | None, json: bool) -> None:
    from ledger287.rules.provisions import in_force, state_of

    day = on or _today()
    found = in_force(_noon(day), state)
    if json:
        print_json({"on": day, "state": state, "rules": [_as_json(entry, day) for entry in found], "says": NOT_ADVICE})
        return
    out = console()
    where = f" in {state} and the nation" if state else ""
    out.print(f"[bold]{plural(len(found), 'rule')} on {told(day)}[/bold]{where}")
    kind = ""
    for entry in sorted(found, key=lambda entry: KINDS.index(entry.kind)):
        if entry.kind != kind:
            kind = entry.kind
            out.print(f"\n[bold]{kind.replace('_', ' ')}[/bold]")
        doubt = {"unsettled": "in doubt", "day unknown": "", "in force": ""}[state_of(entry, _noon(day))]
        _line(out, entry, doubt)
    out.print(f"\n[dim]{NOT_ADVICE} One rule whole: ledger287 rules ID[/dim]", soft_wrap=True)


def _line(out: "Console", entry: "Provision", doubt: str) -> None:
    from rich.markup import escape

    where = f"{', '.join(entry.territory)}: " if entry.territory else ""
    marks = ", ".join(mark for mark in (entry.standing, doubt) if mark)
    out.print(f"  {entry.id}  [dim]{marks}[/dim]")
    out.print(f"      {where}{escape(entry.says)}", soft_wrap=True)
    out.print(f"      [dim]{escape(entry.citation)}; checked until {told(entry.checked_until)}[/dim]", soft_wrap=True)


def _one(rule: str, on: date | None, json: bool) -> None:
    from rich.markup import escape

    from ledger287.rules.provisions import provision

    entry, day = provision(rule), on or _today()
    if json:
        print_json({"on": day, "rule": _as_json(entry, day), "says": NOT_ADVICE})
        return
    out, facts = console(), _as_json(entry, day)
    out.print(f"[bold]{entry.id}[/bold]  {escape(entry.citation)}")
    out.print(f"  {escape(entry.says)}", soft_wrap=True)
    out.print(f"\n  {entry.standing}; checked until {told(entry.checked_until)}")
    out.print(f"  on {told(day)}: {facts['holds']}")
    out.print(f"  holds in {', '.join(entry.territory) if entry.territory else 'the nation'}")
    out.print(f"  [dim]source: {escape(entry.source)}[/dim]", soft_wrap=True)
    for name in ("enacted", "effective", "comply_by", "ended"):
        if getattr(entry.dates, name):
            out.print(f"  {name.replace('_', ' ')}: {told(getattr(entry.dates, name))}")
    if entry.unsettled:
        gap = entry.unsettled
        span = (
            f"{told(gap.since) if gap.since else 'the beginning'} to before {told(gap.until) if gap.until else 'now'}"
        )
        out.print(f"  in doubt from {span}, for {gap.reaches}: {escape(gap.why)}", soft_wrap=True)
    for value in facts["parameters"]:
        out.print(f"  {_told_value(value)}", soft_wrap=True)
    for what in facts["not_formalised"]:
        out.print(f"  not formalised: {escape(what['what'])} ({escape(what['why'])})", soft_wrap=True)
    out.print(f"\n[dim]{NOT_ADVICE}[/dim]")


def _told_value(value: dict[str, Any]) -> str:
    from rich.markup import escape

    span = " ".join(
        text
        for text in (
            f"from {value['since']}" if value["since"] else "",
            f"until {value['until']}" if value["until"] else "",
            f"({value['note']})" if value["note"] else "",
            f"[{value['standing']}]" if value["standing"] == "unverified" else "",
        )
        if text
    )
    return escape(f"{value['name']} = {value['value']} {value['unit']} {span}".rstrip())


def _differences(days: tuple[str, str], state: str | None, json: bool) -> None:
    from ledger287.foundation.problems import Refused
    from ledger287.foundation.spans import read_day
    from ledger287.rules.differences import differences

    try:
        before, after = map(read_day, days)
    except ValueError as error:
        raise Refused(f"--diff: {error}") from None
    if after < before:
        raise Refused(f"--diff: {after} is before {before}; swap the two days.")
    found = differences(_noon(before), _noon(after), state)
    if json:
        print_json({"before": before, "after": after, "state": state, "changes": found, "says": NOT_ADVICE})
        return
    out = console()
    out.print(f"[bold]{plural(len(found), 'change')} from {told(before)} to {told(after)}[/bold]")
    for change in found:
        _change(out, change)
    out.print(f"\n[dim]{NOT_ADVICE}[/dim]")


def _change(out: "Console", change: "Difference") -> None:
    from rich.markup import escape

    what = f"{change.what}: " if change.what else ""
    where = f"{', '.join(change.territory)}: " if change.territory else ""
    out.print(
        f"  {change.rule}  {what}{change.before or 'none'} -> {change.after or 'none'}  [dim]{change.standing}[/dim]"
    )
    out.print(f"      {where}{escape(change.says)}  [dim]{escape(change.citation)}[/dim]", soft_wrap=True)


def _as_json(entry: "Provision", day: date) -> dict[str, Any]:
    from ledger287.rules.provisions import checked, state_of

    return {
        "id": entry.id,
        "says": entry.says,
        "kind": entry.kind,
        "citation": entry.citation,
        "standing": entry.standing,
        "checked_until": entry.checked_until,
        "checked": checked(entry, _noon(day)),
        "holds": state_of(entry, _noon(day)),
        "territory": entry.territory,
        "dates": entry.dates,
        "unsettled": entry.unsettled,
        "state_law": entry.state_law,
        "clause": entry.clause,
        "parameters": [
            {
                "name": each.name,
                "value": each.value,
                "unit": each.unit,
                "since": each.since,
                "until": each.until,
                "note": each.note,
                "standing": each.standing,
            }
            for each in entry.parameters
        ],
        "not_formalised": [{"what": what, "why": why} for what, why in entry.not_formalised],
        "source": entry.source,
        "file": entry.file,
    }
