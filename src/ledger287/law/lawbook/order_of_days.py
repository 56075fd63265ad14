"""The days of a provision that follow one another: of what it says of itself, and of its sources.

What enters: a provision. What leaves: pairs of days, the earlier first. Promise: days that are not known are left out.
"""

from collections.abc import Iterator
from datetime import date, datetime

from ledger287.law.lawbook.provisions import Provision

Days = tuple[str, date | datetime | None, str, date | datetime | None]
"""Two days, each by its name; the first is not after the second."""


def spans_of(entry: Provision) -> Iterator[Days]:
    """Where something begins, and the first day on which it no longer holds."""
    dates, gap = entry.dates, entry.unsettled
    yield "dates: effective", dates.effective, "ended", dates.ended
    yield "dates: enacted", dates.enacted, "ended", dates.ended
    yield "dates: not_before", dates.not_before, "ended", dates.ended
    yield "unsettled: since", gap.since if gap else None, "until", gap.until if gap else None
    for each in entry.parameters:
        yield f"parameter {each.name}: since", each.since, "until", each.until
        yield f"parameter {each.name}: since", each.since, "dates: ended", dates.ended


def _pairs(entry: Provision) -> Iterator[Days]:
    """Other days of which the first is not after the second."""
    dates, gap = entry.dates, entry.unsettled
    yield "dates: enacted", dates.enacted, "effective", dates.effective
    yield "dates: effective", dates.effective, "comply_by", dates.comply_by
    yield "dates: enacted", dates.enacted, "comply_by", dates.comply_by
    yield "dates: comply_by", dates.comply_by, "ended", dates.ended
    yield "dates: not_before", dates.not_before, "effective", dates.effective
    yield "unsettled: since", gap.since if gap else None, "dates: ended", dates.ended
    if gap and gap.reaches == "all":
        yield "dates: enacted", dates.enacted, "unsettled: since", gap.since
        yield "unsettled: until", gap.until, "dates: ended", dates.ended
    for each in entry.parameters:
        yield "dates: effective", dates.effective, f"parameter {each.name}: since", each.since
        yield f"parameter {each.name}: until", each.until, "dates: ended", dates.ended
    yield "checked_until", entry.checked_until, "last_checked", entry.last_checked


def days_of_sources(entry: Provision) -> Iterator[Days]:
    """Until when a rule was checked, and days of the rule that cannot be later."""
    for name in ("enacted", "effective"):
        yield "checked_until", entry.checked_until, f"dates: {name}", getattr(entry.dates, name)
    yield "last_checked", entry.last_checked, "dates: enacted", entry.dates.enacted
