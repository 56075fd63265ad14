"""How a date, a time and a number of things are written for people in English; data keep ISO dates.

One place: the command line, the pages in English, charts and messages all call these. Month names are
spelled here, so the computer's locale changes nothing.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def format_date(day: date, *, short: bool = False) -> str:
    """August 14, 2025; where ``short``, Aug 14, 2025. Of a date and time, its date as it is."""
    return f"{_month(day, short=short)} {day.day}, {day.year}"


def brief(day: date) -> str:
    """Aug 14, 2025."""
    return format_date(day, short=True)


def format_days(first: date, last: date) -> str:
    """Aug 14, 2025; of several days, Aug 14, 2025 to Aug 20, 2025."""
    start = format_date(first, short=True)
    return start if first == last else f"{start} to {format_date(last, short=True)}"


def format_month(day: date) -> str:
    """August 2025."""
    return f"{_month(day, short=False)} {day.year}"


def format_time(at: datetime) -> str:
    """Sat, Jul 5, 2025, 10:00 CDT: a date and time on the clocks of its own time zone."""
    return f"{WEEKDAYS[at.weekday()]}, {format_date(at, short=True)}, {at:%H:%M %Z}".rstrip()


def _month(day: date, *, short: bool) -> str:
    name = MONTHS[day.month - 1]
    return name[:3] if short else name


def without_accents(text: str) -> str:
    """A text whose letters have no accents."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")


def seen(text: str) -> str:
    """A text from a file with what a terminal would obey, or break a line at, as its code: a name with a line's end."""
    return text if text.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 agreement, 1,043 agreements."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Texas; Texas and Florida; Texas, Iowa and Florida; nothing for none."""
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""
