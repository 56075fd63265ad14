"""A state's law through time: its own rules on holds and agreements, each from its first day to its last.

What enters: a lawbook, a state and a last day. What leaves: ``Period``, in the order of their first days. Rules of
federal courts over the state are left out; what was not checked is a period like any other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.law.lawbook.book import Lawbook, shipped
from ledger287.law.lawbook.provisions import BearsOn, Effect, Standing, first_day


@dataclass(frozen=True, slots=True)
class Period:
    """One rule over time. ``until`` is its last day; ``doubtful_from`` and ``doubtful_to`` the days that are unsettled.

    ``since`` is the first day on which it is, or may be, law; None where none is known.
    """

    rule: str
    does: Effect
    bears_on: BearsOn
    standing: Standing
    citation: str
    says: str
    since: date | None
    until: date | None
    doubtful_from: date | None
    doubtful_to: date | None


def law_through_time(state: str, on: date, book: Lawbook | None = None) -> tuple[Period, ...]:
    """The rules of a state that began by a day, in the order of their first days."""
    found = []
    for entry in (book or shipped()).state_laws.get(state, ()):
        law, gap = entry.state_law, entry.unsettled
        if law is None or (entry.kind == "holding" and law.effect == "hold"):
            continue
        doubt = gap if gap and gap.reaches == "all" else None
        since = doubt.since if doubt and doubt.since else first_day(entry)
        if since and since > on:
            continue
        found.append(
            Period(
                entry.id,
                law.effect,
                law.bears_on,
                entry.standing,
                entry.citation,
                entry.says,
                None if law.effect == "not checked" else since,
                entry.dates.ended - timedelta(days=1) if entry.dates.ended else None,
                doubt.since if doubt else None,
                doubt.until - timedelta(days=1) if doubt and doubt.until else None,
            )
        )
    return tuple(sorted(found, key=lambda period: (period.since or date.min, period.rule)))
