"""A status -> its lines of text. Imports nothing large: the quick answer prints them without the rest of the house."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ledger287.cli.plain import day_text, edge_text
from ledger287.core.text import plural

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from ledger287.ledger.query.answers import ListRef, Status

MODEL_NAMES = {"JEM": "Jail Enforcement Model", "WSO": "Warrant Service Officer", "TFM": "Task Force Model"}
THEN = {"HYB": "Jail and task force (hybrid, to 2012)", "TTFM": "Tribal Task Force Model"}
"""Models that no list has today."""
NO_HYBRIDS = "ICE's page names no hybrids: agreements for jail and task force are among those of the jail model"
HYBRIDS_END = 2012
ACROSS = 4
"""States in a line."""

Part = tuple[str, str]
"""Text and its style: bold, dim or none."""
Line = tuple[Part, ...]


def status_lines(answer: "Status", states: int | None = None) -> Iterable[Line]:
    """A status as lines; ``states`` limits how many states are named."""
    yield from _heading(answer)
    yield ()
    yield ((f"  {_counts(answer)}", ""),)
    if answer.rows != answer.agreements:
        yield ("  ", ""), (f"({plural(answer.rows, 'row')} printed; an agreement printed twice is counted once)", "dim")
    yield _pending(answer)
    yield ()
    names = {model: name for model, name in {**MODEL_NAMES, **THEN}.items() if model in answer.by_model}
    yield from _columns([(f" {name}", f"{answer.by_model[model]:,}") for model, name in names.items()], 1)
    if answer.model_note:
        yield ((f"  {answer.model_note}", "dim"),)
    elif answer.by_model.get("HYB") == 0 and answer.on.year <= HYBRIDS_END:
        yield ((f"  {NO_HYBRIDS}", "dim"),)
    if not answer.state:
        ranked = sorted(answer.by_state.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = ranked[:states] if states else ranked
        yield ()
        top: Line = ((" ", ""), (f"(top {states})", "dim")) if states else ()
        yield ("  agreements by state", "dim"), *top
        yield from _columns([(f" {code}", f"{number:,}") for code, number in shown], ACROSS)


def _heading(answer: "Status") -> Iterable[Line]:
    where = f" in {answer.state}" if answer.state else ""
    county = getattr(answer, "county", None)
    where = f" in {county.name}, {county.state} (local agencies)" if county else where
    which = f" under the {answer.model}" if answer.model else ""
    yield (f"287(g) on {day_text(answer.on)}", "bold"), (f"{where}{which}", "")
    if answer.list:
        yield ((list_text(answer.list), "dim"),)
    for figure in getattr(answer.list, "published", ()):
        yield ((f"published: {figure.says} ({figure.by}, {day_text(figure.as_of)}; {figure.source})", "dim"),)
    if answer.known_on:
        yield ((f"as known on {day_text(answer.known_on)}", "dim"),)
    if answer.cannot_tell_after:
        yield (edge_text(answer.cannot_tell_after), "bold"), ("; what follows is what that list says", "")
    if county and county.note:
        yield ((county.note, "dim"),)


def _counts(answer: "Status") -> str:
    counted = f"{plural(answer.agreements, 'agreement')} of {plural(answer.agencies, 'agency', 'agencies')}"
    if answer.state:
        return counted
    territories = f" and {plural(answer.territories, 'territory', 'territories')}" if answer.territories else ""
    return f"{counted}, in {plural(answer.states, 'state')}{territories}"


def _pending(answer: "Status") -> Line:
    if answer.pending is not None and answer.pending_list:
        return ((f"  {answer.pending:,} pending, by the list of {day_text(answer.pending_list.published_at)}", ""),)
    if answer.pending_list:
        age = f"the newest pending list is {plural(answer.pending_list.age_days, 'day')} old"
        return ("  ", ""), (f"pending: cannot tell; {age}", "dim")
    return ("  ", ""), ("pending: cannot tell; no pending list was published by then", "dim")


def _columns(cells: Sequence[tuple[str, str]], across: int) -> Iterable[Line]:
    """Names and numbers in columns, ``across`` pairs in a line, numbers to the right."""
    rows = [cells[start : start + across] for start in range(0, len(cells), across)]
    columns = [[row[place] for row in rows if place < len(row)] for place in range(across)]
    wide = [tuple(max((len(pair[side]) for pair in column), default=0) for side in (0, 1)) for column in columns]
    for row in rows:
        pairs = (f"{name:<{w}}  {number:>{n}}  " for (name, number), (w, n) in zip(row, wide, strict=False))
        yield (("".join(pairs).rstrip(), ""),)


def list_text(found: "ListRef") -> str:
    """The list an answer rests on, with its age, in words."""
    age = "of that day" if found.age_days == 0 else f"{plural(found.age_days, 'day')} old"
    return f"by {found.file}, published {day_text(found.published_at)} ({age}), sha256 {found.sha256[:12]}"


class DatedAnswer(Protocol):
    """An answer that rests on a list and may be as known on a day."""

    @property
    def list(self) -> "ListRef | None": ...
    @property
    def known_on(self) -> "date | None": ...
    @property
    def cannot_tell_after(self) -> "date | None": ...


def print_basis(out: "Console", answer: DatedAnswer, kind: str = "list", *, says_more: bool = True) -> None:
    """Print the list that an answer rests on, the day of knowing, and the day after which it cannot tell."""
    if answer.list:
        out.print(f"[dim]{list_text(answer.list)}[/dim]")
    if answer.known_on:
        out.print(f"[dim]as known on {day_text(answer.known_on)}[/dim]")
    if answer.cannot_tell_after:
        more = "; what follows is what that list says" if says_more else ""
        out.print(f"[bold]{edge_text(answer.cannot_tell_after, kind)}[/bold]{more}")
