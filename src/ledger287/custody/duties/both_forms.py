"""What the verdicts on one case and over a table share, each word in its two forms.

What enters: a case with its hold and its clocks, or a table with theirs. What leaves: a ``ReadCase``, and the small
tests that several duties make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ledger287.custody.case.facts import MODEL_UNKNOWN, Case
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import Limits, anchor, first_of_hold, sure_until
from ledger287.custody.case.vocabulary import number
from ledger287.custody.columns.words import both, int_of, unclear
from ledger287.custody.duties.table import BIT, MISSED, OPEN
from ledger287.custody.relations.column import Column, cases
from ledger287.custody.relations.table import Table

Verdict = str | None


SERVICES = ("warrant_served", "served_on_person")
"""The service of a paper that a warrant service officer tells ICE of: the warrant's, where it is recorded apart."""


OPENED = 32
"""By how many bits the open duties lie above the missed ones."""


Rules = list[tuple[Column, Column]]


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case with what was worked out of it; ``audited`` and ``columns`` say what its table can show."""

    case: Case
    law: Law
    hold: int
    start: int | None
    left: int | None
    limits: Limits
    limit: int | None
    audited: int
    columns: frozenset[str] | None

    @property
    def detainer_possible(self) -> bool:
        """Whether a detainer is recorded, or the table cannot show one."""
        shown = self.columns is None or "detainer_received" in self.columns
        return not shown or not self.case.absent("detainer_received")

    @property
    def sure(self) -> int | None:
        """Until when the hold lasted for certain; None where its start or its end is not known."""
        known = self.start is not None and self.left is not None
        return sure_until(self.case, self.start or 0, self.left or 0) if known else None

    def shows(self, event: str) -> bool:
        """Whether the table of the case can show an event."""
        return self.columns is None or event in self.columns

    def since(self, instant: int) -> bool:
        """Whether the hold began when a rule was in force already; taken so where its start is not known."""
        return self.start is None or self.start >= instant

    def models_possible(self, *masks: int) -> bool:
        """Whether the agency may have had one of these models on that day."""
        return bool(self.case.model & (sum(masks) | MODEL_UNKNOWN))


def past(reading: ReadCase, end: int | None) -> bool | None:
    """Whether the person left after a time; None where that is unknown."""
    return None if reading.left is None or end is None else reading.left > end


def surely_past(reading: ReadCase, end: int | None) -> bool:
    """Whether the person was held past a time for certain, though a contract perhaps began before the end."""
    return reading.sure is not None and end is not None and reading.sure > end


def by_start(reading: ReadCase, event: str) -> Verdict:
    """What must be there when a hold begins: never there, there later, or at an uncertain time."""
    case = reading.case
    if event in case.unclear:
        return OPEN
    if event not in case.at:
        return MISSED
    if reading.start is None:
        first = first_of_hold(case)
        return None if first is not None and case.at[event] <= first else OPEN
    return MISSED if case.at[event] > reading.start else None


def by_start_rules(table: Table, event: str, name: str) -> Rules:
    """What must be there when a hold begins (``by_start``)."""
    return [
        (unclear(table, event), open_in(name)),
        (table[event].isnull(), missed_in(name)),
        (without_start(table, event), open_in(name)),
        (table[event] > table.start, missed_in(name)),
    ]


def in_place(table: Table, event: str) -> Column:
    """Whether what must be there when a hold begins was there, as it is in most rows: they need no other test."""
    return table.clear & (table[event] <= table.start)


def without_start(table: Table, event: str) -> Column:
    """Whether no start is known that a paper could be measured by (``limits.first_of_hold``)."""
    return table.start.isnull() & ~(table[event] <= table.hold_first).fill_null(False)


def in_time(case: Case, event: str, answer: str, due: Callable[[int], int | None]) -> Verdict:
    """A duty to answer one event by another: never answered, answered late, or at an uncertain time."""
    if event in case.unclear or answer in case.unclear:
        return OPEN
    if answer not in case.at:
        return MISSED
    end = due(case.at[event])
    if end is None or case.at[answer] < case.at[event]:
        return OPEN
    return MISSED if case.at[answer] > end else None


def in_time_rules(table: Table, event: str, answer: str, due: Column, sure: Column, name: str) -> Rules:
    """A duty to answer one event by another (``in_time``); open where the duty itself is not sure."""
    fault = cases((sure, missed_in(name)), otherwise=open_in(name))
    return [
        (unclear(table, event, answer), open_in(name)),
        (table[answer].isnull(), fault),
        (due.isnull() | (table[answer] < table[event]), open_in(name)),
        (table[answer] > due, fault),
    ]


def has_clock(reading: ReadCase, *, zero: bool) -> bool:
    """Whether the state had such a clock at the case's first event or later."""
    at = anchor(reading.case, reading.start)
    clocks = (limit for limit in reading.law.of_state(reading.case.state) if (limit.hours == 0) == zero)
    return any(limit.until is None or at is None or at < limit.until for limit in clocks)


def with_clock(table: Table, law: Law, *, zero: bool) -> Column:
    """Whether the state had such a clock at the case's first event or later (``has_clock``)."""
    last: dict[str, int | None] = {}
    for limit in (limit for limit in law.states if (limit.hours == 0) == zero):
        ends = last.get(limit.state, 0)
        last[limit.state] = None if limit.until is None or ends is None else max(ends, limit.until)
    found = table.state.isin(sorted(state for state, until in last.items() if until is None))
    for state, until in last.items():
        if until is not None:
            found = found | ((table.state == state) & (table.anchor.isnull() | (table.anchor < until)))
    return found.fill_null(False)


def asks_for_hold_column(table: Table, law: Law) -> Column:
    """Whether a detainer that asks for a hold is possible, under the policy of 2017."""
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    since = table.start.isnull() | (table.start >= law.policy_since)
    return both(~table.detainer_form.isin(none), table.detainer_possible, since)


def missed_in(name: str) -> Column:
    return int_of(BIT[name])


def open_in(name: str) -> Column:
    return int_of(BIT[name] << OPENED)
