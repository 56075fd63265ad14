"""Between which days of the law the times of a table lie, so that law of other days is left out of its query.

What enters: the law, and two times between which every time of the table is. What leaves: what is known of each of
its times. Tables between the same days of the law have the same query.
"""

from collections.abc import Iterator

from ledger287.custody.case.hold_law import Law
from ledger287.custody.relations.known import NOTHING, ColumnFacts


def reached(law: Law, within: tuple[int, int] | None) -> ColumnFacts:
    """The last day on which law changed before the times, and the first after them."""
    if within is None:
        return NOTHING
    days = {*_days(law)}
    low = max((day for day in days if day <= within[0]), default=None)
    high = min((day for day in days if day > within[1]), default=None)
    return ColumnFacts(low, None if high is None else high - 1)


def _days(law: Law) -> Iterator[int]:
    """Every time at which a rule of the law begins or ends."""
    yield from (law.policy_since, law.served_since, law.checked_since, law.checked_until)
    yield from (model.since for model in law.models if model.since is not None)
    for kind in (law.forms, law.states, law.notices, law.orders):
        for one in kind:
            yield from (day for day in (one.since, one.until) if day is not None)
