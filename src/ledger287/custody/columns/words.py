"""Small words that the columns of an audit share; each is an expression in ibis.

What enters: columns and conditions. What leaves: a column. A comparison with an unknown time is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.columns.later import Later
from ledger287.custody.duties.table import PROBLEM
from ledger287.law.clocks.clock import HOUR

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
else:
    ibis = Later("ibis")

Column = Any
"""A column of ibis; its operators are typed too loosely to be of help here."""


def int_of(value: int | None, kind: str = "int64") -> Column:
    """A number as a column; none as an unknown one."""
    return ibis.null(kind) if value is None else ibis.literal(value, kind)


def seconds(hours: float) -> int:
    """Hours as a number of seconds."""
    return round(hours * HOUR)


def cases(*pairs: tuple[Column, Any], otherwise: Any) -> Column:
    """The value of the first condition that holds."""
    return ibis.cases(*pairs, else_=otherwise) if pairs else otherwise


def least_of(ends: list[Column]) -> Column:
    """The earliest of the ends that are known."""
    return ibis.null("int64") if not ends else ends[0] if len(ends) == 1 else ibis.least(*ends)


def both(*conditions: Column) -> Column:
    """Whether every condition holds."""
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def any_of(conditions: Iterable[Column]) -> Column:
    """Whether one condition holds."""
    found: Column = None
    for condition in conditions:
        found = condition if found is None else found | condition
    return ibis.literal(False) if found is None else found


def total(columns: Iterable[Column]) -> Column:
    """The sum of some columns."""
    found: Column = None
    for column in columns:
        found = column if found is None else found + column
    return found


def flag(condition: Column, problem: str) -> Column:
    """A problem's bit where a condition holds."""
    return when(condition, PROBLEM[problem])


def when(condition: Column, number: int) -> Column:
    """A number where a condition holds, else 0."""
    return ibis.cases((condition, int_of(number)), else_=int_of(0))


def unclear(table: ir.Table, *events: str) -> Column:
    """Whether the time of one of the events is unclear."""
    return (table.unclear & sum(map(bit, events))) != 0


def absent(table: ir.Table, event: str) -> Column:
    """Whether the record has nothing of an event."""
    return table[event].isnull() & ~unclear(table, event)
