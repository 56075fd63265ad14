"""Which cell of a case has a year that cannot be right, where times of the case contradict one another.

What enters: nothing. What leaves: SQL over the written cases. Of the events that a contradiction is about, the one that
is about a year from the middle of the case's times is named, wherever in the row its column is.
"""

from ledger287.custody.case.limits import PAPERS
from ledger287.custody.case.vocabulary import events, orders, span

_ENDS, _STARTS = ("released", "ice_took_person"), ("charges_cleared", "hold_started")
ABOUT: dict[str, tuple[str, ...]] = {
    "left_before_hold": (*_ENDS, *_STARTS),
    "ends_differ": _ENDS,
    "year_out_of_place": (*_ENDS, *_STARTS, *PAPERS),
} | {f"{order.after}_before_{order.before}": (order.after, order.before) for order in orders()}
"""The events that a kind of problem is about."""
REMEDY = "Check the year of this cell; what rests on it is answered as cannot tell."


def far_columns(kind: str) -> str:
    """SQL for the events of a kind of problem, a list of names, that are about a year from the case's other times.

    ``kind`` is SQL for the kind. The list is empty where the kind is about no times, or none of them is far.
    """
    times = ", ".join(f"{{'event': '{event}', 'at': epoch(\"{event}\")}}" for event in events())
    known = f"list_filter([{times}], lambda one: one.at is not null)"
    middle = f"list_median(list_transform({known}, lambda one: one.at))"
    names = " ".join(
        f"when '{name}' then [{', '.join(repr(event) for event in about)}]" for name, about in ABOUT.items()
    )
    mine = f"case {kind} {names} else [] end"
    far = f"list_contains({mine}, one.event) and abs(one.at - {middle}) > {span('year_days')}"
    return f"list_transform(list_filter({known}, lambda one: {far}), lambda one: one.event)"
