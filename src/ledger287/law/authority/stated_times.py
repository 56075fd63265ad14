"""What a clause on custody states of its time.

What enters: a provision. What leaves: whether it states a time, and the hours.
"""

from typing import TYPE_CHECKING

from ledger287.law.lawbook.provisions import Provision

if TYPE_CHECKING:
    pass


def time_stated(entry: Provision | None) -> bool | None:
    """False where the clause says that it states no time; None where the clause is about no time."""
    stated = [each.value for each in entry.parameters if each.name == "time_stated"] if entry else []
    return False if stated == [False] else None


def hours_stated(entry: Provision | None) -> float | None:
    """The hours for which a clause allows a hold; None where it gives none."""
    return next((float(each.value) for each in entry.parameters if each.name == "hold_hours"), None) if entry else None
