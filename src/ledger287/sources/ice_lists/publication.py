"""When a list was published: from its name when its content allows it, else from its content.

A list of ICE's own carries a day and ``am``, ``mid`` or ``pm`` in its name; a capture by a web archive has the date and
time of the capture, in UTC. A name is considered wrong when rows are signed after the day that it gives, or when the
workbook was last saved after it and a slip of the name's year or month falls on the day of saving. Then the publication
time is the first slip of the name that the content allows, or the last saving, or the last day signed (without the
misprints of single rows). A name far later than the last saving is doubted too, where no row is signed after that
saving: it is a slip for the day of the saving (day and month exchanged, another month or year), or the list stays in
doubt, and is not accepted. A list whose name gives no day is placed with the first dated list that has the same rows,
else by its last saving, else by the last day signed; where none of these is known the time cannot be determined.

Only the list's own content is used, and for an undated list an equal list with a known time: so no list read later
moves another, and what was known on a day remains known.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from operator import attrgetter
from pathlib import Path

from ledger287.core import declared
from ledger287.core.text import plural
from ledger287.core.time import at_eastern, day_of, end_of_day
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.printed import PrintedList

PART_OF_DAY = {"am": time(9), "mid": time(12), "pm": time(17), "": time(12)}
NAME = re.compile(r"(?<!\d)(\d{6,9})(?!\d)(?:[ _-]*(am|mid|pm))?([^.]*)$", re.IGNORECASE)
PARTED = re.compile(r"(?<!\d)(?:(20\d\d)([-_. ])(\d\d?)\2(\d\d?)|(\d\d?)([-_. ])(\d\d?)\6(20\d\d|\d\d))(?!\d)")
"""A day with signs between its parts: 2026-05-08, 05-08-2026, 5.8.26."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(" + "|".join(MONTHS) + r")[a-z]{0,6}"
IN_WORDS = re.compile(
    rf"{MONTH}[-_. ]?(\d\d?)(?:st|nd|rd|th)?[-_., ]{{0,2}}(20\d\d)(?!\d)"
    rf"|(?<!\d)(\d\d?)[-_. ]?{MONTH}[-_. ]?(20\d\d)(?!\d)",
    re.IGNORECASE,
)
"""A day with its month in words: Aug052026, August 5, 2026, 5-Aug-2026."""
SAVED_NEAR = timedelta(days=10)
"""How far from the day of its last saving a wrongly named list is looked for. True ones: at most 8 days."""
SAVED_BEFORE = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Publication:
    """The date and time (UTC) and what it rests on, in words; ``at`` is None where it cannot be determined."""

    at: datetime | None
    basis: str
    doubt: str | None = None
    """Why the time is too doubtful for the list to enter the history."""
    by_own_content: bool = False
    """Whether neither its name nor an equal list gives the time; an equal list that is found later would."""


@dataclass(frozen=True, slots=True)
class _Named:
    day: date
    part: str
    again: bool


def publication(found: PrintedList) -> Publication:
    """The publication time of one list by its own name and content."""
    signed = _signed_days(found)
    if found.captured_at:
        if not _too_early(day_of(found.captured_at), signed):
            return Publication(found.captured_at, "the capture's own time")
        return _by_content(signed, found.saved_at, "rows are signed after the capture's time")
    named = _named(found.file)
    if named is None:
        return Publication(None, "the name gives no day")
    if not _too_early(named.day, signed) and not (not signed and _saved_in_a_slip(named, found.saved_at)):
        if found.saved_at and _long_after(named.day, signed, found.saved_at):
            return _later_than_saved(named, signed, found.saved_at)
        return Publication(_time_of(named, found.saved_at), "its name")
    return _slipped(named, signed, found.saved_at)


def named_day(file: str) -> date | None:
    """The day that a list's name gives, right or wrong."""
    named = _named(file)
    return named.day if named else None


def undated(found: PrintedList, dated: dict[frozenset[object], datetime]) -> Publication:
    """The publication time of a list whose name gives no day; ``dated`` maps rows to their first time."""
    same = dated.get(frozenset(found.prints))
    if same and found.prints:
        return Publication(same, "the name gives no day; the first dated list with the same rows")
    found_by = _by_content(_signed_days(found), found.saved_at, "the name gives no day")
    return replace(found_by, by_own_content=True)


def _by_content(signed: list[date], saved_at: datetime | None, why: str) -> Publication:
    """By the last saving, unless rows are signed after it; else by the last day signed."""
    latest = _latest(signed)
    if saved_at and (latest is None or day_of(saved_at) >= latest):
        return Publication(saved_at.astimezone(UTC), f"{why}; the workbook's last saving")
    if latest:
        return Publication(end_of_day(latest), f"{why}; its last signing day")
    return Publication(None, f"{why}, and nothing in the list does")


def _signed_days(found: PrintedList) -> list[date]:
    texts = Counter(map(attrgetter("signed"), found.prints))
    days = [(day, times) for text, times in texts.items() if (day := values.signed(text).value)]
    return [day for day, times in sorted(days) for _ in range(times)]


def _misprinted(signed: list[date]) -> int:
    """From how many rows on, signed after a list's day, it is the day that is wrong and not the rows."""
    limit = declared.limits()["accept"]["signed_after_list"]
    return int(max(limit["rows"], ceil(limit["share"] * len(signed))))


def _too_early(day: date, signed: list[date]) -> bool:
    """Whether too many rows are signed after ``day`` for a list of that day."""
    return len(signed) - bisect_right(signed, day) >= _misprinted(signed)


def _latest(signed: list[date]) -> date | None:
    """The last day signed, without days far later that a few misprinted rows can explain."""
    if not signed:
        return None
    sure = signed[-min(_misprinted(signed), len(signed))]
    beyond = sure + timedelta(days=declared.cells().days_after_list)
    return signed[bisect_right(signed, beyond) - 1]


def _long_after(day: date, signed: list[date], saved_at: datetime) -> bool:
    """Whether a name's day is later than a true list's can be; a row signed after the saving belies the saving."""
    saved = day_of(saved_at)
    return day - saved > SAVED_NEAR and not ((latest := _latest(signed)) and latest > saved)


def _later_than_saved(named: _Named, signed: list[date], saved_at: datetime) -> Publication:
    """A slip of the name that falls on the days after the last saving, else the name's own day, in doubt."""
    saved = day_of(saved_at)
    late = (named.day - saved).days
    why = f"its name says {named.day}, {plural(late, 'day')} after the workbook was last saved"
    for day in _slips_before(named.day):
        if timedelta(0) <= day - saved <= SAVED_BEFORE and not _too_early(day, signed):
            at = _time_of(_Named(day, named.part, named.again), saved_at)
            return Publication(at, f"{why}; {day}")
    return Publication(_time_of(named, saved_at), "its name", why)


def _slips_before(day: date) -> Iterator[date]:
    """The days before it that its name can be a slip for: day and month exchanged, another month or year."""
    parts = [(day.year, day.day, day.month)]
    parts += [(day.year, month, day.day) for month in range(12, 0, -1)]
    parts += [(year, day.month, day.day) for year in range(day.year - 1, day.year - 9, -1)]
    for year, month, number in parts:
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        if found < day:
            yield found


def _named(file: str) -> _Named | None:
    stem = PARTED.sub(_unparted, IN_WORDS.sub(_in_digits, Path(file).stem))
    match = NAME.search(stem)
    if not match:
        return None
    digits, part, rest = match.groups()
    for text in _eight_digits(digits):
        month, day, year = int(text[:2]), int(text[2:4]), int(text[4:])
        if 2015 <= year <= 2099:
            try:
                rest = (rest or "").strip(" _-").lower()
                return _Named(date(year, month, day), (part or "").lower(), bool(rest) and rest != "copy")
            except ValueError:
                continue
    return None


def _unparted(found: re.Match[str]) -> str:
    """A day with signs between its parts as the eight digits of ICE's names."""
    year, _, month, day, *other = found.groups()
    if year is None:
        month, _, day, year = other
        year = year if len(year) == 4 else f"20{year}"
    return f"{int(month):02}{int(day):02}{year}"


def _in_digits(found: re.Match[str]) -> str:
    """A day with its month in words as the eight digits of ICE's names."""
    word, day, year, other_day, other_word, other_year = found.groups()
    month = MONTHS.index((word or other_word).lower()) + 1
    return f"{month:02}{int(day or other_day):02}{year or other_year}"


def _eight_digits(digits: str) -> Iterator[str]:
    """The digits as eight: six have a year of two digits, seven a month of one; of eight the year may be in front.

    Of nine, each way to leave one out, those first that were typed twice.
    """
    if len(digits) == 6:
        yield f"{digits[:4]}20{digits[4:]}"
    elif len(digits) == 7:
        yield f"0{digits}"
    elif len(digits) == 8:
        yield digits
        yield digits[4:] + digits[:4]
    else:
        for place in sorted(range(9), key=lambda place: digits[place] != digits[place - 1 : place]):
            yield digits[:place] + digits[place + 1 :]


def _time_of(named: _Named, saved_at: datetime | None) -> datetime:
    """The part of the day the name gives; later that day when the workbook was saved only then."""
    at = at_eastern(named.day, PART_OF_DAY[named.part]) + timedelta(minutes=int(named.again))
    if saved_at and day_of(saved_at) == named.day and saved_at > at:
        return saved_at.replace(microsecond=0)
    return at


def _slips(day: date) -> Iterator[date]:
    """The days that a wrong year or a wrong month in a name could have meant, earliest first."""
    found = set()
    for year in range(day.year, day.year + 8):
        for month in range(1, 13):
            if (year == day.year) != (month == day.month):
                try:
                    found.add(day.replace(year=year, month=month))
                except ValueError:
                    continue
    yield from sorted(later for later in found if later > day)


def _saved_in_a_slip(named: _Named, saved_at: datetime | None) -> bool:
    """Whether a list was last saved long after its name's day, on a day that a slip of it means."""
    if saved_at is None or saved_at - end_of_day(named.day) < timedelta(days=20):
        return False
    saved = day_of(saved_at)
    return any(timedelta(0) <= later - saved <= timedelta(days=1) for later in _slips(named.day))


def _slipped(named: _Named, signed: list[date], saved_at: datetime | None) -> Publication:
    latest = _latest(signed)
    saved = day_of(saved_at) if saved_at else None
    why = f"its name says {named.day}, which its content rules out"
    for later in _slips(named.day):
        if latest and (_too_early(later, signed) or later - latest > timedelta(days=45)):
            continue
        if not latest and saved and not timedelta(0) <= later - saved <= timedelta(days=1):
            continue
        if saved and latest and saved >= latest and abs(saved - later) > SAVED_NEAR:
            continue
        return Publication(_time_of(_Named(later, named.part, named.again), saved_at), f"{why}; {later}")
    return _by_content(signed, saved_at, why)
