"""Times as jail systems write them -> seconds since 1970, and whether they are those of the jail's own clocks.

What enters: one text, or a day and a time of day from two columns, and in which order the file writes day and month.
What leaves: a ``Moment``, or why there is none. Nothing is guessed: a day without a time of day is not a time, and a
day that could be read in two orders is read only once the order is known.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import format_date
from ledger287.custody.case.vocabulary import vocabulary
from ledger287.law.clocks.calendar import zones

DayOrder = Literal["month-first", "day-first"]
ORDERS: tuple[DayOrder, ...] = ("month-first", "day-first")
Why = Literal["day_only", "time_only", "ambiguous", "unreadable", "zone_season", "year"]

WHY = {
    "day_only": ", a day without a time of day",
    "time_only": ", a time of day without its day",
    "zone_season": ", whose time zone had another name on that day: write its offset, as -05:00",
    "ambiguous": ", whose day and month could be exchanged",
    "year": ", whose year is not one of these records",
}
"""Why there is no time, as a problem says it behind the cell."""
MIDNIGHT = datetime(1970, 1, 1)
YEARS = range(1900, 2101)
"""Years that a jail's log can mean; any other is a slip of the pen."""
CENTURY = 70
"""A year of two digits below this is of the 2000s, as spreadsheets read it."""
SERIAL_DAY = date(1899, 12, 30)
SERIALS = range(32_874, 58_441)
"""Spreadsheets' numbers of the days from 1990 to 2059; another number is not taken for a day."""
MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
} | vocabulary()["months"]

_ISO_DAY = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
_COMPACT = r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
_NUMBERS = r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<y>\d{4}|\d{2})"
_NAMED = r"(?P<d>\d{1,2})[- ./]?(?P<name>[A-Za-z]{3,9})\.?[-, ./]*(?P<y>\d{4}|\d{2})"
_NAMED_FIRST = r"(?P<name>[A-Za-z]{3,9})\.?[- ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[- ]+(?P<y>\d{4})"
_WEEKDAY = re.compile(r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[.,]*\s+", re.IGNORECASE)
_DAYS = tuple(re.compile(form) for form in (_ISO_DAY, _COMPACT, _NUMBERS, _NAMED, _NAMED_FIRST))
_WORDS: dict[str, dict[str, Any]] = vocabulary()["zone_words"]
_NAMED_ZONE = rf"Z|UTC|GMT|{'|'.join(_WORDS)}"
_TIME = re.compile(
    r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?\s?[Mm]?\.?)?"
    rf"\s*(?P<zone>{_NAMED_ZONE}|[+-]\d{{2}}:?\d{{2}}(?::?\d{{2}})?)?"
    r"|(?P<digits>\d{3,4}|\d{6})(?:\s?h(?:rs?|ours)?\.?|\s?(?P<half3>[AaPp]\.?\s?[Mm]?\.?))?"
    rf"\s*(?P<zone2>{_NAMED_ZONE}|[+-]\d{{2}}:?\d{{2}})?"
    r"|(?P<h12>\d{1,2})\s*(?P<half2>[AaPp]\.?[Mm]\.?)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[ T,:@-]*(?:at\s+)?")
_TIME_FIRST = re.compile(
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)[ ,]+(?P<day>\S+)"
    r"|(?P<digits>\d{4}) (?P<then>\d{1,2}([/-])\d{1,2}\5\d{2,4}|\d{4}-\d\d-\d\d)"
)
_JOINED = re.compile(r"(\d{4}-\d\d-\d\d)-(\d\d)\.(\d\d)\.(\d\d)((?:\.\d+)?)")
_POINTS = re.compile(r"(?P<start>^\S*[-/]\S+ )(?P<time>\d{1,2}\.\d{2}(?:\.\d{2})?(?=\.|\s|$))")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FRACTION = re.compile(r"0?[.,]\d+")
_MILLISECONDS = re.compile(r"1\d{12}")
"""Milliseconds since 1970 in UTC, of 2001 to 2033, as web systems write them: no other form has thirteen digits."""
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff"))
"""Signs that browsers and spreadsheets put into a time, and that nobody sees."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: ``seconds`` since 1970, in UTC, or as the jail's own clocks show them where ``local``."""

    seconds: int
    local: bool


@dataclass(frozen=True, slots=True)
class DayText:
    """A day as written: the readings it allows, by order; both where day and month could be exchanged."""

    readings: dict[DayOrder, date]

    def day(self, order: DayOrder | None) -> date | None:
        """The day in an order; in either where both are one day, None where the order would be needed."""
        if order is not None:
            return self.readings.get(order)
        found = set(self.readings.values())
        return found.pop() if len(found) == 1 else None


def day_order(text: str | None) -> DayOrder | None:
    """An order of day and month, as typed. Raises Refused."""
    if text is None:
        return None
    for order in ORDERS:
        if text.strip().lower().replace(" ", "-") == order:
            return order
    raise QueryError("dates", QueryField("dates"), f": expected {' or '.join(ORDERS)}, found {text!r}.", choices=ORDERS)


def read_moment(text: str, order: DayOrder | None = None) -> Moment | Why:
    """A time with its day. ``order`` is how the file writes day and month, where numbers alone do not show it."""
    text = " ".join(text.translate(_UNSEEN).split())
    if _SERIAL.fullmatch(text):
        return _serial(text)
    if _MILLISECONDS.fullmatch(text):
        return Moment(int(text) // 1000, local=False)
    text = _time_last(_WEEKDAY.sub("", text, count=1))
    for form in _DAYS:
        found = form.match(text)
        day = _day(found) if found else None
        if found is None or day is None:
            continue
        rest = text[found.end() :]
        if not rest.strip(" ,T"):
            return "day_only"
        return _with_time(day, _BETWEEN.sub("", rest, count=1), order)
    if any(_year(found) not in YEARS for form in _DAYS if (found := form.match(text))):
        return "year"
    return "time_only" if _TIME.fullmatch(text) or _FRACTION.fullmatch(text) else "unreadable"


def _time_last(text: str) -> str:
    """A time with its day first and colons in its time of day: ``13:05:00 02/27/2025``, ``01.05.00.000000 PM`` and
    ``2025-02-27-13.05.00.000000`` are what some jail systems and databases write."""
    if found := _JOINED.fullmatch(text):
        return f"{found[1]} {found[2]}:{found[3]}:{found[4]}{found[5]}"
    if found := _TIME_FIRST.fullmatch(text):
        text = f"{found['day'] or found['then']} {found['time'] or found['digits']}"
    return _POINTS.sub(lambda found: f"{found['start']}{found['time'].replace('.', ':', 2)}", text)


def join_moment(day_text: str, time_text: str, order: DayOrder | None = None) -> Moment | Why:
    """A day and a time of day from two columns. A time of day that has its own day must have the same."""
    if not time_text.strip():
        return read_moment(day_text, order)
    day = _only_day(day_text)
    if day is None and not day_text.strip() and _time_of_day(time_text):
        return "time_only"
    if day is None:
        return "unreadable"
    if (clock := _time_of_day(time_text)) is None:
        both = read_moment(time_text, order)
        known = day.day(order)
        if isinstance(both, Moment) and known is not None and _day_of(both) == known:
            return both
        return "unreadable"
    return _with_time(day, clock, order)


def orders_of(text: str) -> frozenset[DayOrder]:
    """The orders of day and month in which a text's day can be read; empty where its numbers leave no question."""
    text = _WEEKDAY.sub("", " ".join(text.split()), count=1)
    found = re.match(_NUMBERS, text)
    day = _day(found) if found else None
    if day is None or (len(day.readings) == 2 and len(set(day.readings.values())) == 1):
        return frozenset()
    return frozenset(day.readings)


def two_days(text: str) -> str | None:
    """Both days that a text with numbers alone may mean, in words; None where its day is no question."""
    cleaned = _WEEKDAY.sub("", " ".join(text.translate(_UNSEEN).split()), count=1)
    found = re.match(_NUMBERS, cleaned)
    day = _day(found) if found else None
    if day is None or len(set(day.readings.values())) < 2:
        return None
    one, two = day.readings.values()
    return f"may be {format_date(one)} or {format_date(two)}; write the year first, as {one} or {two}"


def _serial(text: str) -> Moment | Why:
    day, _, fraction = text.replace(",", ".").partition(".")
    if int(day) not in SERIALS:
        return "unreadable"
    if not fraction:
        return "day_only"
    at = datetime.combine(SERIAL_DAY, datetime.min.time()) + timedelta(days=int(day))
    return Moment(_seconds(at) + _of_fraction(fraction), True)


FINE = 5
"""So many digits behind the point of a day's number show its second."""


def is_coarse(text: str) -> bool:
    """Whether a day's number, or the part of a day, has too few digits for its second and is no minute as written."""
    number, _, digits = text.strip().replace(",", ".").partition(".")
    return (
        number.isdigit() and 0 < len(digits) < FINE and digits.isdigit() and int(digits) * 1440 % 10 ** len(digits) > 0
    )


def _of_fraction(digits: str) -> int:
    """The seconds of a part of a day: an entire minute, where as many digits as are written cannot tell it from one."""
    seconds, written = float(f"0.{digits}") * 86_400, 0.5 * 10 ** -len(digits) * 86_400
    minute = round(seconds / 60) * 60
    return minute if abs(minute - seconds) <= written else round(seconds)


def _day(found: re.Match[str]) -> DayText | None:
    """The day of a match, in every order in which it is a day."""
    parts, year = found.groupdict(), _year(found)
    if year not in YEARS:
        return None
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        read = {"month-first": _date(year, one, two), "day-first": _date(year, two, one)}
        readings: dict[DayOrder, date] = {order: day for order in ORDERS if (day := read[order])}
        return DayText(readings) if readings else None
    month = MONTHS.get(parts["name"][:3].lower()) if "name" in parts else int(parts["m"])
    day = _date(year, month or 0, int(parts["d"]))
    return None if day is None else DayText(dict.fromkeys(ORDERS, day))


def _year(found: re.Match[str]) -> int:
    year = int(found["y"])
    return year if len(found["y"]) > 2 else year + (2000 if year < CENTURY else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day: DayText, time_text: str, order: DayOrder | None) -> Moment | Why:
    found = _TIME.fullmatch(time_text.strip())
    clock = _clock(found) if found else None
    if found is None or clock is None:
        return "unreadable"
    known = day.day(order)
    if known is None:
        return "ambiguous" if order is None else "unreadable"
    seconds = _seconds(datetime.combine(known, datetime.min.time())) + clock
    zone = (found.group("zone") or found.group("zone2") or "").upper() or None
    offset = _offset(zone)
    if zone in _WORDS and not any(
        zones()[one].offset(seconds - (offset or 0)) == offset for one in _WORDS[zone]["zones"]
    ):
        return "zone_season"
    return Moment(seconds - (offset or 0), offset is None)


def _clock(found: re.Match[str]) -> int | None:
    """Seconds after midnight; 24:00 is the midnight that ends the day."""
    parts = found.groupdict()
    half = None
    if digits := parts["digits"]:
        hours = 2 - len(digits) % 2
        hour, minute, second = int(digits[:hours]), int(digits[hours : hours + 2]), int(digits[hours + 2 :] or 0)
        half = parts["half3"]
    elif parts["h12"]:
        hour, minute, second, half = int(parts["h12"]), 0, 0, parts["half2"]
    else:
        hour, minute, second, half = int(parts["h"]), int(parts["mi"]), int(parts["s"] or 0), parts["half"]
    if minute > 59 or second > 59:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def _offset(text: str | None) -> int | None:
    """The seconds by which a written offset is ahead of UTC."""
    if text is None:
        return None
    if text[0] not in "+-":
        return int(_WORDS[text]["minutes"]) * 60 if text in _WORDS else 0
    digits = text[1:].replace(":", "").ljust(6, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:])
    return -seconds if text[0] == "-" else seconds


def _only_day(text: str) -> DayText | None:
    """The day of a column of days; a midnight that a spreadsheet adds to it is not a time of day."""
    text = _WEEKDAY.sub("", " ".join(text.split()), count=1)
    text = re.sub(r"[ T]+(?:00:00(?::00)?(?:\.0+)?|12:00(?::00)? ?AM)$", "", text, flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{5})(?:\.0+)?", text):
        serial = int(found.group(1))
        return DayText(dict.fromkeys(ORDERS, SERIAL_DAY + timedelta(days=serial))) if serial in SERIALS else None
    for form in _DAYS:
        if (match := form.fullmatch(text)) and (day := _day(match)):
            return day
    return None


def _time_of_day(text: str) -> str | None:
    """A time of day as text; spreadsheets give it as a fraction of a day, or on the day before their first."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:1899-12-3[01]|1900-01-0[01])[ T]", "", text)
    if _FRACTION.fullmatch(text) or text in ("0", "00", "0.0"):
        second = _of_fraction(text.replace(",", ".").partition(".")[2] or "0") % 86_400
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return text if _TIME.fullmatch(text) else None


def _seconds(at: datetime) -> int:
    return (at - MIDNIGHT) // timedelta(seconds=1)


def _day_of(moment: Moment) -> date:
    return (MIDNIGHT + timedelta(seconds=moment.seconds)).date()
