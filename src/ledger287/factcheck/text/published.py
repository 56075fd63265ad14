"""The article's own date: from a page's metadata, its first lines, or the file's name.

What enters: text. What leaves: a day, a month or a year as ``Days``, or None. Promise: a date that can be read
two ways (5/3/2025) is none.
"""

import re
from datetime import date, timedelta

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.seasons import month_days
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.parse.dates import FIRST_YEAR, dates_in


def read_stamp(text: str) -> Days | None:
    """The day of a time stamp such as 2025-03-05T10:00:00Z."""
    found = re.match(r"\s*(\d{4})-(\d{2})-(\d{2})", text)
    try:
        return Days(*(date(*(int(part) for part in found.groups())),) * 2) if found else None
    except (ValueError, TypeError):
        return None


STAMPED = when_needed(
    r"(?im)^\W*(?:posted|published|updated|date|dated|last updated|first published)\b[^\d\n]{0,30}"
    r"(?P<all>\d{4}-\d{2}-\d{2}|(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|"
    r"\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
ENGLISH_DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d{2}-\d{2}"
SPANISH_DAY = r"(?P<%s>\d{1,2})(?:º|\.º)? de (?P<%s>[A-Za-z]{4,10}) (?:de|del) (?P<%s>\d{4})"
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Ll]unes|[Mm]artes|[Mm]i[ée]rcoles|[Jj]ueves|[Vv]iernes|[Ss][áa]bado|"
    r"[Dd]omingo)"
)
DATELINE = when_needed(
    rf"(?m)^\W{{0,3}}(?:(?:By|BY|Por|POR) [^\n]{{2,60}}?[,|·•—–-] ?)?(?:{WEEKDAY},? )?(?:{ENGLISH_DAY})"
    r"\W*(?:(?:at )?\d{1,2}:\d{2}[^\n]{0,20})?$"
    r"|^[A-Z][A-Z .'-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:,| \(| ?[—–-]) ?"
    rf"(?:{ENGLISH_DAY})\)?(?: \([A-Za-z/ ]+\))? ?(?:[—–-]|$)"
)
"""A line of its own with the day, behind a byline or a day of the week; or the dateline of a release."""
SPANISH_LINE = when_needed(
    rf"(?m)^\W{{0,3}}(?:(?:Por|POR|By) [^\n]{{2,60}}?[,|·•—–-] ?)?"
    rf"(?:(?:[Pp]ublicad[oa]|[Aa]ctualizad[oa]|[Ff]echa)\b[^\d\n]{{0,20}})?(?:{WEEKDAY},? )?(?:el )?"
    rf"{SPANISH_DAY % ('d', 'm', 'y')}\W*(?:\d{{1,2}}:\d{{2}}[^\n]{{0,20}})?$"
    r"|^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ .'-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:,| \() ?"
    rf"{SPANISH_DAY % ('d2', 'm2', 'y2')}\)?(?: \([A-Za-z/ ]+\))? ?[—–-]"
)


def _spanish_day(head: str) -> Days | None:
    """The day of a Spanish line: Viernes 8 de mayo de 2026; Publicado el 8 de mayo de 2026."""
    found = SPANISH_LINE.search(head)
    if found is None:
        return None
    from babel.dates import get_month_names

    months = {name.lower(): number for number, name in get_month_names("wide", locale="es").items()} | {"setiembre": 9}
    day, month, year = (found[name] or found[f"{name}2"] for name in ("d", "m", "y"))
    try:
        only = date(int(year), months.get(month.lower(), 0), int(day))
    except ValueError:
        return None
    return Days(only, only)


def days_of_article(head: str) -> Days | None:
    """The date that the first lines of an article give it, where they say that they do."""
    found = STAMPED.search(head)
    if found and found["y"]:
        day, month = int(found["d"]), int(found["m"])
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (day, month) if month <= 12 else (month, day)
        try:
            only = date(int(found["y"]), month, day)
        except ValueError:
            return None
        return Days(only, only)
    line = STAMPED.search(head) or DATELINE.search(head)
    for one in dates_in(line[0], 0) if line else ():
        if one.kind in ("day", "iso"):
            windows = resolve(one, None, (FIRST_YEAR, FIRST_YEAR)).windows
            return windows[0] if windows and windows[0].first.year > FIRST_YEAR else None
    return _spanish_day(head)


def days_in_name(name: str) -> Days | None:
    """The date that a file's name begins with: 2025-03-05_story.txt, 2024-11_story.txt."""
    found = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?=[_\s.-])", name.rpartition("/")[2])
    if not found:
        return None
    try:
        if found[3]:
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return Days(day, day)
        return month_days(int(found[1]), int(found[2]))
    except (ValueError, IndexError):
        return None


def month_or_day(text: str) -> Days:
    """A date as typed after ``--date``: 2025-08-14, 2025-08 or 2025. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    if not found:
        raise ValueError(f"expected a date such as 2025-08-14, 2025-08 or 2025, found {text!r}")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(0 if year is None else year, month or 1, day or 1)
        if day:
            return Days(first, first)
        if month:
            return Days(first, date(first.year + month // 12, month % 12 + 1, 1).replace(day=1) - timedelta(days=1))
        return Days(first, date(first.year, 12, 31))
    except (ValueError, OverflowError):
        raise ValueError(f"expected a date such as 2025-08-14, found {text!r}") from None
