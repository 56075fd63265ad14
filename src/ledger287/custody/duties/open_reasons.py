"""What an open finding hangs on where every fact of the case is known: a day of the calendar, or the law itself.

What enters: a ``ReadCase`` of one case, or a table of cases with the ends of their clocks. What leaves: two masks of
duties, and the words for them. Where neither applies, what would settle it are facts, as the duty's own words say. The
module promises that a reader is never sent for facts that were given.
"""

from __future__ import annotations

from datetime import timedelta

from ledger287.core.text import format_date, listed
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import governing_of, unnamed
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD
from ledger287.custody.columns.clocks import unnamed_column
from ledger287.custody.columns.words import int_of, total
from ledger287.custody.duties.both_forms import ReadCase, past
from ledger287.custody.duties.table import BIT
from ledger287.custody.relations.column import Column, cases
from ledger287.custody.relations.table import Table
from ledger287.law.clocks import clock
from ledger287.law.clocks.calendar import Holidays

BY_CALENDAR = ("over_limit", "exceeds_request", "exceeds_regulation", "exceeds_state")
"""The duties whose clocks may leave out days that are perhaps holidays."""
BY_FORM = ("over_limit", "exceeds_request")
"""Those among them whose clock is the form's: where it is not named, the form decides first."""
OF_THE_CALENDAR = "Inauguration Day or a closure by executive order"
LAW = "the law itself, which is not settled or was not checked here: "


def calendar_says(days: str = OF_THE_CALENDAR) -> str:
    """What is open where a day decides that is perhaps a holiday."""
    return f"whether {days} is a holiday for this clock; every time was given, and no source here settles it"


def law_says(citation: str) -> str:
    """What is open where the law decides."""
    return LAW + citation


def perhaps_days(case: Case, law: Law, start: int, left: int) -> str:
    """The days of a hold that are perhaps holidays and decide, by name; the two kinds of them where none is found."""
    first, last = (case.where.day(at) if case.where else None for at in (start, left))
    if first is None or last is None:
        return OF_THE_CALENDAR
    span = (first + timedelta(days=more) for more in range((last - first).days + 1))
    holidays = law.holidays
    days = [day for day in span if day.weekday() < 5 and holidays.perhaps(day) and day not in holidays.of(day.year)]
    deciding = [day for day in days if _ends(case, law, start, holidays.counting(day)) < left]
    named = [
        f"{'Inauguration Day' if holidays.is_inauguration(day) else 'the closure by executive order'} "
        f"({format_date(day, short=True)})"
        for day in deciding or days
    ]
    return listed(named, "or") or OF_THE_CALENDAR


def _ends(case: Case, law: Law, start: int, holidays: Holidays) -> int:
    """The latest end of the regulation's clock; 0 where it is not known."""
    hours, excludes = law.regulation_hours, law.regulation_excludes
    return clock.end(start, hours, excludes, case.where, holidays, late=True) or 0


def opened_by_calendar(duty: str, reading: ReadCase) -> bool:
    """Whether only a day that is perhaps a holiday decides."""
    limits, late = reading.limits, reading.limits.late
    ends = {
        "over_limit": (reading.limit, governing_of(late)[1]),
        "exceeds_request": (limits.request, late.request),
        "exceeds_regulation": (limits.regulation, late.regulation),
        "exceeds_state": (limits.state, late.state),
    }.get(duty, (None, None))
    if duty in BY_FORM and unnamed(reading.case, reading.law, reading.start):
        return False
    return bool(past(reading, ends[0])) and past(reading, ends[1]) is False


def opened_by_law(duty: str, reading: ReadCase) -> bool:
    """Whether only law decides that is not settled, or that was not checked."""
    limits, case = reading.limits, reading.case
    if reading.start is None or duty not in ("state_forbids", "exceeds_state"):
        return False
    if duty == "exceeds_state":
        return not limits.state_untold and bool(past(reading, limits.state_open)) and not past(reading, limits.state)
    lawful = case.state_known and case.code("warrant_form") != NOT_UNDERSTOOD
    return lawful and bool(past(reading, limits.zero_open)) and not past(reading, limits.zero)


def with_openings(table: Table, law: Law) -> Table:
    """``by_calendar`` and ``by_law``: the open duties that a day, or the law itself, decides."""
    left = table.left
    ends = {
        "over_limit": (table.limit_end, table.limit_late),
        "exceeds_request": (table.request_end, table.request_late),
        "exceeds_regulation": (table.regulation_end, table.regulation_late),
        "exceeds_state": (table.state_end, table.state_late),
    }
    by_day = {name: ((left > end) & (left <= late)).fill_null(False) for name, (end, late) in ends.items()}
    named = ~unnamed_column(table, law)
    by_day |= {name: by_day[name] & named for name in BY_FORM}
    begun = table.start.notnull()
    understood = table.warrant_form != NOT_UNDERSTOOD
    barred, limited = ((left > end).fill_null(False) for end in (table.zero_end, table.state_end))
    by_law = {
        "state_forbids": begun
        & table.state_known
        & understood
        & (left > table.zero_open_end).fill_null(False)
        & ~barred,
        "exceeds_state": begun & ~table.state_untold & (left > table.state_open_end).fill_null(False) & ~limited,
    }
    return table.mutate(
        by_calendar=_mask(table, by_day),
        by_law=_mask(table, by_law),
    )


def _mask(table: Table, found: dict[str, Column]) -> Column:
    """The bits of the duties that are open and for which a condition holds."""
    # Hardly a row has such a duty open: the rest is worked out for those only.
    bits = [
        cases((((table.open & BIT[name]) != 0) & is_it, int_of(BIT[name])), otherwise=int_of(0))
        for name, is_it in found.items()
    ]
    some = (table.open & sum(BIT[name] for name in found)) != 0
    return cases((some, total(bits)), otherwise=int_of(0)).cast("int32")
