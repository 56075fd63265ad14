"""Small words that the columns of an audit share; each made of columns as SQL.

What enters: columns and conditions. What leaves: a column. A comparison with an unknown time is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.duties.table import PROBLEM
from ledger287.custody.relations.column import Column, cases, least, literal, null
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.clock import HOUR


def int_of(value: int | None, kind: str = "int64") -> Column:
    """A number as a column; none as an unknown one."""
    return null(kind) if value is None else literal(value, kind)


def seconds(hours: float) -> int:
    """Hours as a number of seconds."""
    return round(hours * HOUR)


def least_of(ends: list[Column]) -> Column:
    """The earliest of the ends that are known."""
    return least(*ends) if ends else null("int64")


def both(*conditions: Column) -> Column:
    """Whether every condition holds."""
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def any_of(conditions: Iterable[Column]) -> Column:
    """Whether one condition holds."""
    found: Column | None = None
    for condition in conditions:
        found = condition if found is None else found | condition
    return literal(False) if found is None else found


def total(columns: Iterable[Column]) -> Column:
    """The sum of some columns."""
    found: Column | None = None
    for column in columns:
        found = column if found is None else found + column
    return int_of(0) if found is None else found


def flag(condition: Column, problem: str) -> Column:
    """A problem's bit where a condition holds."""
    return when(condition, PROBLEM[problem])


def when(condition: Column, number: int) -> Column:
    """A number where a condition holds, else 0."""
    return cases((condition, int_of(number)), otherwise=int_of(0))


def unclear(table: Table, *events: str) -> Column:
    """Whether the time of one of the events is unclear."""
    return (table.unclear & sum(map(bit, events))) != 0


def absent(table: Table, event: str) -> Column:
    """Whether the record has nothing of an event."""
    return table[event].isnull() & ~unclear(table, event)
