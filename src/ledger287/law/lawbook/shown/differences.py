"""What the law said on one day and not on another: rules that began, ended or were in doubt, values that changed.

What enters: a lawbook, two times and, if wished, a state. What leaves: ``RuleDifference``, one for each change, in the
order of the files; with a state, its own changes first.
"""

from dataclasses import dataclass
from datetime import datetime

from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Parameter, Provision, state_of, value_holds, weakest
from ledger287.law.lawbook.shown.wording import with_unit


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """A change of one rule: of its state (``what`` is None) or of one of its parameters."""

    rule: str
    says: str
    citation: str
    standing: str
    territory: tuple[str, ...] | None
    what: str | None
    before: str | None
    after: str | None


def differences(
    book: Lawbook, before: datetime, after: datetime, state: str | None = None
) -> tuple[RuleDifference, ...]:
    """Every change from one time to another; with ``state``, of that state's rules and then of the nation's."""
    found = []
    for entry in book.provisions:
        if state and entry.territory and state not in entry.territory:
            continue
        then, now = state_of(entry, before), state_of(entry, after)
        if then != now:
            found.append(_difference(entry, None, then, now))
        for name in dict.fromkeys(parameter.name for parameter in entry.parameters):
            old, new = _value(entry, name, before), _value(entry, name, after)
            if old != new and (then == now or (old and new)):
                found.append(_difference(entry, name, old, new))
    return tuple(sorted(found, key=lambda one: one.territory is None) if state else found)


def _difference(entry: Provision, what: str | None, before: str | None, after: str | None) -> RuleDifference:
    values = (each.standing for each in entry.parameters if each.name == what)
    standing = weakest(entry.standing, *values)
    return RuleDifference(entry.id, entry.says, entry.citation, standing, entry.territory, what, before, after)


def _value(entry: Provision, name: str, at: datetime) -> str | None:
    holding: list[Parameter] = [each for each in entry.parameters if each.name == name and value_holds(each, entry, at)]
    return with_unit(holding[-1].value, holding[-1].unit) if holding else None
