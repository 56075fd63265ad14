"""Cells as people and jail systems write them -> times, codes, and what must not be there.

What enters: one text. What leaves: seconds with whether they are the jail's own clock's, or None; or the name of what
a text looks like that no audit needs. Nothing is guessed: a day without a time of day is no time.
"""

import re
from datetime import datetime, timedelta
from functools import cache

from ledger287.custody.case.vocabulary import plain, vocabulary

MIDNIGHT = datetime(1970, 1, 1)
US_TIME = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp])?\.?[Mm]?\.?"
)


YEARS = range(1900, 2101)
"""Years that a jail's log can mean; any other is a slip of the pen."""


def read_time(text: str) -> tuple[int, bool] | None:
    """A time -> seconds since 1970, and True where they are those of local clocks (no zone was given)."""
    text = text.strip()
    found = None
    if ":" in text:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = _us_time(text)
    if found is None or found.year not in YEARS:
        return None
    offset = found.utcoffset()
    seconds = (found.replace(tzinfo=None) - (offset or timedelta(0)) - MIDNIGHT) // timedelta(seconds=1)
    return seconds, offset is None


def _us_time(text: str) -> datetime | None:
    found = US_TIME.fullmatch(text)
    if not found:
        return None
    month, day, year, hour, minute = (int(part) for part in found.groups()[:5])
    half = (found.group(7) or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    try:
        return datetime(
            year, month, day, hour % 12 + (12 if half == "p" else 0) if half else hour, minute, int(found.group(6) or 0)
        )
    except ValueError:
        return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in vocabulary()["personal"]["values"].items()}


def identifies(text: str) -> str | None:
    """What a value looks like that names a person: an A-number, a social security number, a name."""
    return next((name for name, pattern in _patterns().items() if pattern.match(text)), None)


def personal_heading(heading: str) -> str | None:
    """The declared words for personal data that stand in a heading."""
    words = f" {plain(heading)} "
    return next((word for word in vocabulary()["personal"]["headings"] if f" {word} " in words), None)


def looks_personal(values: list[str], newest_year: int) -> str | None:
    """What a column that no field reads looks like, from some of its values."""
    told = [value for value in values if value.strip()]
    if not told:
        return None
    declared = vocabulary()["personal"]
    for value in told:
        if found := identifies(value):
            return f"{found} ({'*' * len(value.strip())})"
    person = re.compile(declared["person"])
    if sum(bool(person.match(value)) for value in told) >= declared["share"] * len(told):
        return "people's names"
    births = sum(_birth(value, newest_year - declared["birth_years"]) for value in told)
    return "dates of birth" if births >= declared["share"] * len(told) else None


DAY = re.compile(r"\s*(?:(\d{4})-\d{1,2}-\d{1,2}(?:[T ]00:00(?::00(?:\.0+)?)?)?|\d{1,2}[/-]\d{1,2}[/-](\d{4}))\s*")


def _birth(value: str, latest: int) -> bool:
    found = DAY.fullmatch(value)
    year = int(found.group(1) or found.group(2)) if found else 0
    return 1900 < year <= latest
