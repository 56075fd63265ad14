"""Days, times and spans of the record.

A *day* is a calendar day in US Eastern time, because ICE publishes from Washington; a *time* is an aware ``datetime``,
kept in UTC. What a user types as a day becomes the last moment of that day.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger287.core.query_error import QueryError, QueryField

Day = date | str
"""A day as a caller gives it: a date, or text such as 2025-08-14."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EASTERN = ZoneInfo("America/New_York")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days that a question can be of. Nothing in the record is near either end."""


def day_of(moment: datetime) -> date:
    """The US Eastern calendar day of an aware ``datetime``."""
    return moment.astimezone(EASTERN).date()


def at_eastern(day: date, clock: time) -> datetime:
    """The UTC time at which clocks in US Eastern time show ``clock`` on ``day``."""
    return datetime.combine(day, clock, tzinfo=EASTERN).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last microsecond of an Eastern day, in UTC: what "by the end of that day" means."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return at_eastern(day + timedelta(days=1), time()) - timedelta(microseconds=1)


def read_day(text: str) -> date:
    """A day as people type it in a question: 2025-08-14. Raises ValueError with what was expected."""
    day = _day_in(text)
    if day is None:
        raise ValueError(f"expected a day such as 2025-08-14, found {text!r}")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(_out_of_range(day))
    return day


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if DAY.fullmatch(text.strip()) else None
    except ValueError:
        return None


def _out_of_range(day: date) -> str:
    return f"expected a day from {FIRST_DAY} to {LAST_DAY}, found {day}"


def as_day(value: "Day | None", field: str) -> date | None:
    """A day given as a date or as text, 2025-08-14. Raises QueryError that says what to give."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    day = _day_in(value) if isinstance(value, str) else None
    if day and FIRST_DAY <= day <= LAST_DAY:
        return day
    expected = f"expected a day such as '2025-08-14' or date(2025, 8, 14), found {value!r}"
    says = f": {_out_of_range(day) if day else expected}."
    raise QueryError("not_a_day", QueryField(field), says, fields=(field,))


def needed_day(value: "Day", field: str) -> date:
    """A day that must be given. Raises QueryError that says what to give."""
    found = as_day(value, field)
    if found is None:
        raise QueryError("missing_day", QueryField(field), ": expected a day such as '2025-08-14', found none.")
    return found


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of whole numbers, both ends included, with those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
