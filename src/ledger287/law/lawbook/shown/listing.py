"""The rules as answers: those in force on a day, one of them, and what changed between two days.

What enters: a day and, if wished, a state. What leaves: frozen answers, the same for the command line, Python and
pages; ``as_json`` of each is a promise, and docs/rules.md gives its keys. A day means its noon in US Eastern time,
since a day of law begins at midnight in the state's own zone and noon there is the same day in every state.
"""

from dataclasses import dataclass
from datetime import date, time

from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryField
from ledger287.core.text import brief, plural
from ledger287.core.time import at_eastern
from ledger287.law.lawbook.book import Lawbook, shipped
from ledger287.law.lawbook.provisions import (
    Clause,
    Dates,
    Kind,
    Parameter,
    Provision,
    Standing,
    State,
    StateLaw,
    Unsettled,
    checked,
    outside_span,
    state_of,
)
from ledger287.law.lawbook.shown.differences import RuleDifference, differences
from ledger287.ledger.query.parameters import read_state

STATUTE = "ina-287-g-1"
NOT_ADVICE = "Not legal advice. A rule says until when it was checked; later law is unknown here."


@dataclass(frozen=True, slots=True)
class NotFormalised:
    """A part of a rule that is not encoded, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class RuleOn:
    """A provision as it is on a day: whether it ``holds`` then, and whether the day was ``checked``."""

    id: str
    says: str
    kind: Kind
    citation: str
    standing: Standing
    checked_until: date
    last_checked: date | None
    checked: bool
    holds: State
    territory: tuple[str, ...] | None
    dates: Dates
    unsettled: Unsettled | None
    state_law: StateLaw | None
    clause: Clause | None
    parameters: tuple[Parameter, ...]
    not_formalised: tuple[NotFormalised, ...]
    source: str
    file: str


@dataclass(frozen=True, slots=True)
class RulesAnswer(NotebookTable):
    """The rules in force on a day; with ``state``, those of the state and of the nation.

    Those whose first day is not known are among them; ``not_yet`` and ``ended`` are the ids of those that surely were
    not in force.
    """

    on: date
    state: str | None
    rules: tuple[RuleOn, ...]
    open_questions: tuple[str, ...]
    says: str = NOT_ADVICE
    not_yet: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleAnswer(NotebookTable):
    """One rule on a day, whether it holds then or not.

    ``reaches`` says whether the rule is of the requested ``state``, or of the nation; None where no state was given.
    """

    on: date
    state: str | None
    reaches: bool | None
    rule: RuleOn
    open_questions: tuple[str, ...]
    says: str = NOT_ADVICE


@dataclass(frozen=True, slots=True)
class ChangesAnswer(NotebookTable):
    """What the law said on one day and not on another."""

    before: date
    after: date
    state: str | None
    changes: tuple[RuleDifference, ...]
    open_questions: tuple[str, ...]
    says: str = NOT_ADVICE


def rules_on(on: date, state: str | None = None, book: Lawbook | None = None) -> RulesAnswer:
    """The rules in force on a day, those in doubt then included. Raises Refused for an unknown state."""
    place, book = read_state(state), book or shipped()
    at = at_eastern(on, time(12))
    found = tuple(_on(entry, on) for entry in book.in_force(at, place))
    then: dict[State, list[str]] = {"not yet": [], "ended": []}
    for entry in book.provisions:
        if (is_then := state_of(entry, at)) in then and (
            place is None or entry.territory is None or place in entry.territory
        ):
            then[is_then].append(entry.id)
    unknown = sum(one.holds == "day unknown" for one in found)
    open_ = (*_outside(on), *_before_the_statute(on, book, unknown))
    return RulesAnswer(on, place, found, open_, not_yet=tuple(then["not yet"]), ended=tuple(then["ended"]))


def rule_on(rule: str, on: date, state: str | None = None, book: Lawbook | None = None) -> RuleAnswer:
    """One rule by its id, as it is on a day; with ``state``, also whether it applies in that state.

    Raises Refused with the closest ids, for the name of a state in place of an id, and for an unknown state.
    """
    book = book or shipped()
    if rule.strip().casefold() not in book.by_id:
        _refuse_state(rule)
    entry, place = book.provision(rule), read_state(state)
    reaches = None if place is None else entry.territory is None or place in entry.territory
    return RuleAnswer(on, place, reaches, _on(entry, on), _outside(on))


def _refuse_state(text: str) -> None:
    """Refuses a state's code or name where an id is expected, with the question that was meant."""
    try:
        code = read_state(text)
    except Refused:
        return
    raise Refused(f"no rule {text!r}: it is a state. For its rules: ", Ask("rules", (), (QueryField("state", code),)))


def changes_of_law(before: date, after: date, state: str | None = None, book: Lawbook | None = None) -> ChangesAnswer:
    """Every rule that began, ended or changed from one day to another, in the order of the files."""
    if after < before:
        raise Refused(f"{after} is before {before}; swap the two days.")
    place = read_state(state)
    found = differences(book or shipped(), at_eastern(before, time(12)), at_eastern(after, time(12)), place)
    return ChangesAnswer(before, after, place, found, _outside(after))


def _before_the_statute(on: date, book: Lawbook, unknown: int) -> tuple[str, ...]:
    """What a day before the program leaves open: no law of that time was looked for."""
    first = book.provision(STATUTE).dates.effective
    if not first or on >= first:
        return ()
    says = f"the day is before {brief(first)}, when the statute on 287(g) became law; no earlier law is known here"
    many = plural(unknown, "rule")
    return (f"{says}, and whether {many} of unknown first day held then is not known" if unknown else says,)


def _outside(day: date) -> tuple[str, ...]:
    says = outside_span(day)
    return (says,) if says else ()


def _on(entry: Provision, day: date) -> RuleOn:
    at = at_eastern(day, time(12))
    return RuleOn(
        entry.id,
        entry.says,
        entry.kind,
        entry.citation,
        entry.standing,
        entry.checked_until,
        entry.last_checked,
        checked(entry, at),
        state_of(entry, at),
        entry.territory,
        entry.dates,
        entry.unsettled,
        entry.state_law,
        entry.clause,
        entry.parameters,
        tuple(NotFormalised(what, why) for what, why in entry.not_formalised),
        entry.source,
        entry.file,
    )
