"""``ledger287 rules``: what the law, the forms and the agreements say, with sources, on a day."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import On, Rules, State, console, day_text, lawbook_of, print_json
from ledger287.core.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.law.agreements.table import FunctionsAnswer
    from ledger287.law.lawbook.book import Lawbook
    from ledger287.law.lawbook.provisions import Parameter, Unsettled
    from ledger287.law.lawbook.shown.differences import RuleDifference
    from ledger287.law.lawbook.shown.jurisdictions import JurisdictionEntry, JurisdictionsAnswer
    from ledger287.law.lawbook.shown.listing import ChangesAnswer, RuleAnswer, RuleOn, RulesAnswer

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
HOLDS = {"in force": "in force", "unsettled": "in doubt", "day unknown": "whose first day is not known"}
FOUND = {"missed": "barred"}
"""How a hold is there, where the word of an audit says it of a duty."""
DOUBT = {"unsettled": "in doubt", "day unknown": "first day unknown", "in force": ""}


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="One rule, in full.", show_default=False)] = None,
    on: On = None,
    state: State = None,
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option("--diff", metavar="DATE DATE", help="What changed between two days.", show_default=False),
    ] = None,
    table: Annotated[
        bool,
        typer.Option("--table", help="What the law of each state does to holds and agreements."),
    ] = False,
    functions: Annotated[
        bool, typer.Option("--functions", help="All functions by model and version, with the page that lists each.")
    ] = False,
    own: Rules = None,
    json: RulesJson = False,
) -> None:
    """The rules in force on a day, with their sources; what changed between two days.

    Rules that are in doubt on the day, or not verified, are shown as such.

    Example: ledger287 rules --on 2026-05-20 --state NM
    """
    from ledger287.core.problem import Refused
    from ledger287.law.lawbook.shown.listing import changes_of_law, rule_on, rules_on

    chosen = [name for name, given in (("--diff", diff), ("--table", table), ("--functions", functions)) if given]
    if len(chosen) > 1 or ((table or functions) and rule):
        raise Refused(f"{' and '.join(chosen)}{' and a rule' if rule else ''}: choose one of them.")
    if diff and (rule or on):
        raise Refused("--diff takes two days of its own; leave out ID and --on.")
    book = lawbook_of(own)
    if table or functions:
        _tables(table, on, state, json, book)
        return
    if diff:
        changes = changes_of_law(_day(diff[0]), _day(diff[1]), state, book)
        print_json(changes) if json else show_changes(console(), changes)
        return
    day = on or _today()
    if rule:
        one = rule_on(rule, day, state, book)
        print_json(one) if json else show_rule(console(), one)
        return
    found = rules_on(day, state, book)
    print_json(found) if json else show_rules(console(), found)


def _tables(table: bool, on: date | None, state: str | None, json: bool, book: "Lawbook") -> None:
    """The table of jurisdictions on a day, or that of functions."""
    from ledger287.core.problem import Refused
    from ledger287.law.agreements.table import functions_table
    from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on

    if not table:
        if on or state:
            raise Refused("--functions is about the forms, not a day or a state; leave out --on and --state.")
        listed = functions_table(book)
        print_json(listed) if json else show_functions(console(), listed)
        return
    answer = jurisdictions_on(on or _today(), state, book)
    print_json(answer) if json else show_table(console(), answer)


def show_table(out: "Console", answer: "JurisdictionsAnswer") -> None:
    """Print the law of all jurisdictions next to one another."""
    from rich.table import Table

    counted = ", ".join(f"{many} {what}" for what, many in answer.counts.items() if many)
    out.print(f"[bold]{plural(len(answer.jurisdictions), 'jurisdiction')} on {day_text(answer.on)}[/bold]: {counted}")
    table = Table(box=None, pad_edge=True, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("", "holds", "since", "standing", "a hold is", "agreements", "since", "standing"):
        table.add_column(name)
    for one in answer.jurisdictions:
        table.add_row(one.code, *_cells(one.holds), FOUND.get(one.a_hold_is, one.a_hold_is), *_cells(one.agreements))
    out.print(table)
    _end(
        out,
        answer.open_questions,
        f"{answer.says} (?) in doubt; (+1) a further rule. Rules of one: ledger287 rules --state CODE.",
    )


def _cells(entry: "JurisdictionEntry") -> tuple[str, str, str]:
    doubt = " (?)" if entry.rule and not entry.settled and entry.does != "not checked" else ""
    until = f"as of {day_text(entry.checked_until)}" if entry.does == "not checked" and entry.checked_until else ""
    reaches = f", {' and '.join(entry.reaches)} agencies" if entry.reaches else ""
    more = f" (+{len(entry.rules) - 1})" if entry.reaches and len(entry.rules) > 1 else ""
    perhaps = f" ({day_text(entry.perhaps_since)}?)" if entry.perhaps_since else ""
    perhaps += f"; in doubt from {day_text(entry.doubtful_since)}" if entry.doubtful_since else ""
    return (
        f"{entry.does}{reaches}{doubt}{more}",
        f"{day_text(entry.since)}{perhaps}" if entry.since else until,
        entry.standing or "",
    )


def show_functions(out: "Console", answer: "FunctionsAnswer") -> None:
    """Print every function with the versions that list it, and the words and page of one agreement each."""
    from rich.markup import escape

    name = ""
    for one in answer.listings:
        if one.name != name:
            name = one.name
            out.print(f"\n[bold]{escape(name)}[/bold]  [dim]{one.function}[/dim]")
        where = f" ({one.setting})" if one.setting not in (None, "any") else ""
        time = ", no time stated" if one.time_stated is False else ""
        out.print(f"  {one.version}: {'listed' + where + time if one.listed else 'not listed'}  [dim]{one.rule}[/dim]")
        if one.words and one.page and one.listed:
            out.print(f'      "{escape(one.words)}"', soft_wrap=True)
            out.print(f"      [dim]{escape(one.agency or '')}, page {one.page.page}[/dim]", soft_wrap=True)
    out.print(f"\n[dim]{answer.says}[/dim]", soft_wrap=True)


def _day(text: str) -> date:
    from ledger287.core.problem import Refused
    from ledger287.core.time import read_day

    try:
        return read_day(text)
    except ValueError as error:
        raise Refused(f"--diff: {error}") from None


def _today() -> date:
    from ledger287.core.time import day_of

    return day_of(datetime.now(UTC))


def show_rules(out: "Console", answer: "RulesAnswer") -> None:
    """Print the rules in force on a day as text, by kind."""
    where = f", for {answer.state} and nationwide" if answer.state else ""
    counted = [(sum(one.holds == holds for one in answer.rules), says) for holds, says in HOLDS.items()]
    counts = ", ".join(f"{many} {says}" for many, says in counted if many)
    out.print(f"[bold]{plural(len(answer.rules), 'rule')} on {day_text(answer.on)}[/bold]{where}: {counts}")
    kind = ""
    for entry in sorted(answer.rules, key=lambda entry: KINDS.index(entry.kind)):
        if entry.kind != kind:
            kind = entry.kind
            out.print(f"\n[bold]{kind.replace('_', ' ')}[/bold]")
        _line(out, entry)
    out.print()
    _not_in_force(out, answer)
    _end(out, answer.open_questions, f"{answer.says} One rule in full: ledger287 rules ID")


def _not_in_force(out: "Console", answer: "RulesAnswer") -> None:
    """How many rules are not shown, because they began later or had ended, and how to see them."""
    later, ended = len(answer.not_yet), len(answer.ended)
    left_out = [
        f"{plural(later, 'rule')} that began later" if later else "",
        f"{ended} that had ended" if ended else "",
    ]
    if later or ended:
        of = f" --state {answer.state}" if answer.state else ""
        seen = f" (each: ledger287 rules --diff {answer.on} {_today()}{of})" if later and answer.on < _today() else ""
        out.print(f"not in force then: {' and '.join(filter(None, left_out))}{seen}.", soft_wrap=True)


def _line(out: "Console", entry: "RuleOn") -> None:
    from rich.markup import escape

    where = f"{', '.join(entry.territory)}: " if entry.territory else ""
    marks = ", ".join(mark for mark in (entry.standing, DOUBT.get(entry.holds, entry.holds)) if mark)
    out.print(f"  {entry.id}  [dim]{marks}[/dim]")
    out.print(f"      {where}{escape(entry.says)}", soft_wrap=True)
    checked = f"{'as of' if _not_checked(entry) else 'checked until'} {day_text(entry.checked_until)}"
    days = "" if _not_checked(entry) else "".join(f"{one}; " for one in _days_of(entry))
    out.print(f"      [dim]{escape(entry.citation)}; {days}{checked}[/dim]", soft_wrap=True)


def _days_of(entry: "RuleOn") -> list[str]:
    """A rule's own days, as far as they are known: its first, its last, and those in doubt."""
    dates, gap = entry.dates, entry.unsettled
    days = [f"from {day_text(dates.effective)}"] if dates.effective else []
    days += [f"not before {day_text(dates.not_before)}"] if dates.not_before else []
    days += [f"until before {day_text(dates.ended)}"] if dates.ended else []
    return days + ([f"in doubt {_doubt(gap)}"] if gap else [])


def _not_checked(entry: "RuleOn") -> bool:
    """Whether it is not a rule, but says that nobody went through the state's law on holds."""
    return bool(entry.state_law and entry.state_law.effect == "not checked")


def show_rule(out: "Console", answer: "RuleAnswer") -> None:
    """Print one rule as text, in full."""
    from rich.markup import escape

    entry = answer.rule
    gone_over = f"last checked {day_text(entry.last_checked)}, for law made until {day_text(entry.checked_until)}"
    checked = gone_over if entry.last_checked else "from memory, never checked against a source"
    out.print(f"[bold]{entry.id}[/bold]  {escape(entry.citation)}")
    out.print(f"  {escape(entry.says)}", soft_wrap=True)
    if _not_checked(entry):
        out.print(
            f'\n  {entry.standing}; not checked as of {day_text(entry.checked_until)}: a hold there is "cannot tell"'
        )
    else:
        out.print(f"\n  {entry.standing}; {checked}")
        later = "" if entry.checked else ", by the law known here; this day was not checked"
        holds = "first day unknown" if entry.holds == "day unknown" else entry.holds
        out.print(f"  on {day_text(answer.on)}: {holds}{later}")
    elsewhere = f", not in {answer.state}" if answer.reaches is False else ""
    out.print(f"  {', '.join(entry.territory) if entry.territory else 'nationwide'}{elsewhere}")
    out.print(f"  source: {escape(entry.source)}", soft_wrap=True)
    for name in ("enacted", "effective", "comply_by", "ended", "not_before"):
        if getattr(entry.dates, name):
            out.print(f"  {name.replace('_', ' ')}: {day_text(getattr(entry.dates, name))}")
    if entry.unsettled:
        out.print(f"  in doubt {_doubt(entry.unsettled)}: {escape(entry.unsettled.why)}", soft_wrap=True)
    for value in entry.parameters:
        out.print(f"  {_value_text(value)}", soft_wrap=True)
    for part in entry.not_formalised:
        out.print(f"  not formalized: {escape(part.what)} ({escape(part.why)})", soft_wrap=True)
    _end(out, answer.open_questions, answer.says)


def _doubt(gap: "Unsettled") -> str:
    """For which days, and for which agreements, it is unknown whether a rule holds."""
    since = f"from {day_text(gap.since)}" if gap.since else "throughout"
    until = f" to before {day_text(gap.until)}" if gap.until else ", with no known end" if gap.since else ""
    return f"{since}{until}{', for agreements signed before it' if gap.reaches == 'existing' else ''}"


def _value_text(value: "Parameter") -> str:
    from rich.markup import escape

    from ledger287.law.lawbook.shown.wording import with_unit

    span = " ".join(
        text
        for text in (
            f"from {value.since}" if value.since else "",
            f"until before {value.until}" if value.until else "",
            f"({value.note})" if value.note else "",
            f"[{value.standing}]" if value.standing == "unverified" else "",
        )
        if text
    )
    return escape(f"{value.name} = {with_unit(value.value, value.unit)} {span}".rstrip())


def show_changes(out: "Console", answer: "ChangesAnswer") -> None:
    """Print what changed between two days as text."""
    own = sum(change.territory is not None for change in answer.changes)
    where = f": {own} in {answer.state}, {len(answer.changes) - own} nationwide" if answer.state else ""
    days = f"from {day_text(answer.before)} to {day_text(answer.after)}"
    out.print(f"[bold]{plural(len(answer.changes), 'change')} {days}[/bold]{where}")
    for place, change in enumerate(answer.changes):
        if answer.state and place in (0, own):
            out.print(f"\n[bold]{'nationwide' if change.territory is None else answer.state}[/bold]")
        _change(out, change)
    _end(out, answer.open_questions, answer.says)


def _change(out: "Console", change: "RuleDifference") -> None:
    from rich.markup import escape

    what = f"{change.what}: " if change.what else ""
    where = f"{', '.join(change.territory)}: " if change.territory else ""
    out.print(
        f"  {change.rule}  {what}{change.before or 'none'} -> {change.after or 'none'}  [dim]{change.standing}[/dim]"
    )
    out.print(f"      {where}{escape(change.says)}  [dim]{escape(change.citation)}[/dim]", soft_wrap=True)


def _end(out: "Console", questions: tuple[str, ...], says: str) -> None:
    out.print()
    for question in questions:
        out.print(f"open: {question}.", soft_wrap=True)
    out.print(f"[dim]{says}[/dim]", soft_wrap=True)
