"""A day as printed, stamped or written on a page -> the days it can mean.

What enters: text of a text layer or of a reader of pictures. What leaves: ``Day``: the day, and whether the text says
it exactly or only after slips of such readers (O for 0, 1 for a slash) were taken back. No text gives two days: where
slips can be taken back in two ways, none is given.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.core.text import MONTHS as MONTH_NAMES

FULL = tuple(month.lower() for month in MONTH_NAMES)
MONTHS = tuple(month[:3] for month in FULL)
DIGITS = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "S": "5", "s": "5", "Z": "2", "z": "2",
     "B": "8", "g": "9", "a": "2", "J": "2", "é": "6", "G": "6", "b": "6"}
)  # fmt: skip
NAMED = re.compile(r"(?i)(?<![a-z])(?:" + "|".join(FULL + MONTHS + ("sept",)) + r")(?![a-z])")
YEARS = range(2002, 2040)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            "mon", "tues?", "wed", "thu(?:rs?)?", "fri", "sat", "sun")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and whether the text says so without any slip taken back."""

    day: date
    exact: bool


def read_day(text: str) -> Day | None:
    """The one day that a text means; None where it means none, or two."""
    plain = " ".join(text.replace("．", ".").replace("，", ",").replace("·", ".").replace("：", ":").split())
    exact = _exact(plain)
    if len(exact) == 1:
        return Day(exact.pop(), True)
    if exact:
        return None
    slipped = _slipped(plain)
    return Day(slipped.pop(), False) if len(slipped) == 1 else None


NUMBERED = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(20\d\d|\d\d)(?![\d/\-])")
SPELLED = re.compile(
    rf"(?i)\b({'|'.join(FULL + MONTHS + ('sept',))})\.?[\s-]{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?[\s,.]{{1,3}}(20\d\d)\b"
)


def no_day(text: str) -> str | None:
    """What a text has in the form of a day that is none, as 02/30/2025; None where it has a day, or no such form."""
    if _exact(" ".join(text.split())):
        return None
    found = NUMBERED.search(text) or SPELLED.search(text)
    return found[0] if found else None


def day_first(text: str) -> date | None:
    """The day of numbers that are one only with the month second: 25/03/2025."""
    found = NUMBERED.search(text)
    return _date(_year(found[4]), int(found[3]), int(found[1])) if found and int(found[1]) > 12 else None


def of_another_year(text: str, first: date, last: date) -> date | None:
    """The one day of a window that a text says but for one digit of its year: 2-12-2029 where only 2020 can be."""
    year = re.search(r"(\d{4})\W*$", text)
    if year is None:
        return None
    found = set()
    for other in range(first.year, last.year + 1):
        if sum(one != its for one, its in zip(year[1], str(other), strict=True)) == 1:
            day = read_day(text[: year.start()] + str(other))
            if day and first <= day.day <= last:
                found.add(day.day)
    return found.pop() if len(found) == 1 else None


def stamp_days(text: str) -> set[date]:
    """The days of digital signatures in a text: 2025.03.18 09:52:57, or 3/18/2025 | 9:52 AM EDT.

    Where the time is UTC and the day before may have been the local one, both are given.
    """
    found = _days_before(text)
    pattern = r"(?<!\d)(20[0-3]\d)\s?[.,]\s?([01]\d)\s?[.,]\s?([0-3]\d)(?!\d{3})"
    for year, month, day in re.findall(pattern, text):
        made = _date(int(year), int(month), int(day))
        if made:
            found.add(made)
    for month, day, year in re.findall(r"(?<!\d)(\d{1,2})/(\d{1,2})/(20[0-3]\d)\s?\|\s?\d{1,2}:\d\d", text):
        made = _date(int(year), int(month), int(day))
        if made:
            found.add(made)
    return found


EARLY_HOURS = 11
"""Until so many hours of a day by UTC it is the day before somewhere in the United States."""
UNIVERSAL = (
    re.compile(
        r"(?i)(?<!\d)(20[0-3]\d)\s?[.,/-]\s?([01]\d)\s?[.,/-]\s?([0-3]\d)[T ]\s?(\d\d)\s?[:.]\s?\d\d"
        r"(?:\s?[:.]\s?\d\d)?()(?:\.\d+)?\s?(?:Z\b|UTC|GMT|[+-]\s?00\W{0,2}00)"
    ),
    re.compile(
        r"(?i)(?<!\d)(\d{1,2})/(\d{1,2})/(20[0-3]\d)[\s|,]{1,3}(\d{1,2}):\d\d(?::\d\d)?\s?([ap]m)?\s?\(?(?:UTC|GMT|Z\b)"
    ),
)
"""A day with its time by UTC: the year first, or last."""


def _days_before(text: str) -> set[date]:
    """The days that times by UTC have in a text, and those before them, which may be the local ones."""
    found: set[date | None] = set()
    for year_first, pattern in zip((True, False), UNIVERSAL, strict=True):
        for one, two, three, hour, half in pattern.findall(text):
            day = _date(int(one), int(two), int(three)) if year_first else _date(int(three), int(one), int(two))
            at = int(hour) % 12 + 12 * (half.casefold() == "pm") if half else int(hour)
            if day and at < EARLY_HOURS:
                found |= {day, day - timedelta(days=1)}
    return {day for day in found if day}


def days_of_lines(texts: Iterable[str]) -> set[date]:
    """All of the days that lines print exactly, each line by itself."""
    return {day for text in texts for day in _exact(" ".join(text.split()))}


OF_OTHERS = re.compile(
    r"(?i)\b(?:received|filed|recorded|attest\w*|notary|scanned|effective|expir\w+|approv\w+|adopt\w+|birth|board|council"
    r"|commissioners?|meeting|resolution|printed|due|until|through|rec['’]?(?:v?d)|entered|logged|faxed|e?mailed|sent"
    r"|witness\w*|sworn|begins?|starts?|ends?|valid|amended|revised|prepared|drafted|reviewed|posted|copied|hearing)\b"
)
"""Words of stamps, of other persons' lines and of days that are not those of a signature."""


def speaks_against(texts: Sequence[str]) -> str | None:
    """Why a day that lines print at the place of a signature's may be another's; None where nothing says so."""
    if other := OF_OTHERS.search(" ".join(texts)):
        return f"printed next to the word {other[0]}"
    return "more than one day is printed at its place" if len(days_of_lines(texts)) > 1 else None


NAMES = "|".join(FULL + MONTHS + ("sept",))
FORMS = (
    (NUMBERED, (1, 3, 4)),
    (SPELLED, (1, 2, 3)),
    (re.compile(rf"(?i)\b(\d{{1,2}})(?:st|nd|rd|th)?[\s.\-]?({NAMES})[\s,.\-]{{0,3}}(20\d\d)\b"), (2, 1, 3)),
    (re.compile(rf"(?i)(?<!\d)(\d{{1,2}})-({NAMES})-(20\d\d|\d\d)(?!\d)"), (2, 1, 3)),
    (
        re.compile(rf"(?i)\b(\d{{1,2}})(?:st|nd|rd|th)? day of ({NAMES})\.?,? ?(?:in the year )?(20\d\d)\b"),
        (2, 1, 3),
    ),
    (re.compile(r"(?<![\d/\-])(20[0-3]\d)([/\-])(\d\d)\2(\d\d)(?!\d)"), (3, 4, 1)),
)
"""The forms in which a day is printed, each with the places of its month, day and year."""


def _exact(text: str) -> set[date]:
    found = {
        _date(_year(match[year]), _month(match[month]), int(match[day]))
        for pattern, (month, day, year) in FORMS
        for match in pattern.finditer(text)
    }
    return {day for day in found if day}


def without_days(text: str) -> str:
    """A text without everything that is in the form of a day."""
    for pattern, _ in FORMS:
        text = pattern.sub(" ", text)
    return text


def _slipped(text: str) -> set[date]:
    """The days that a text can mean once the slips of readers of pictures are taken back."""
    found: set[date | None] = set()
    squeezed = text.replace(" ", "").strip("-—_.,;:'`~")
    name = re.match(
        r"(?i)^\W*([a-z0-9]{3,9}?)\.?,?(\d[\dOoIlSZB|]?)(?:st|nd|rd|th)?[,.;]{0,2}([\dOolISZBJQ]{4})\W*$", squeezed
    )
    if name and (month := near_month(name[1])):
        found.add(_date(_digits(name[3]), month, _digits(name[2])))
    turned = re.match(r"(?i)^\W*(\d[\dOoIl]?)[.\-]?([a-z]{3,9}?)[.,\-]?([\dOolISsZzBJQ]{4})\W*$", squeezed)
    if turned and (month := near_month(turned[2])):
        found.add(_date(_digits(turned[3]), month, _digits(turned[1])))
    if NAMED.search(text):
        return {day for day in found if day}  # its letters are of a month, not digits misread
    if re.search(r"\d[.:;]/", squeezed):
        return {day for day in found if day}  # a digit that was not read: 2/2./2025 is as well 2/21/2025
    body = squeezed.translate(DIGITS)
    body = re.sub(r"[|\\]", "/", body)
    body = re.sub(r"[^\d/.\-]", "", body)
    parts = [part for part in re.split(r"[/.\-]+", body) if part]
    if len(parts) == 3:
        found.add(_numbers(*parts))
    elif len(parts) == 2:
        found |= _unslashed(parts)
    elif len(parts) == 1:
        for pattern in SLASHLESS:
            whole = re.match(pattern, parts[0])
            if whole:
                found.add(_numbers(*whole.groups()))
    return {day for day in found if day}


SLASHLESS = (r"^(\d\d)1(\d\d)1(20\d\d)$", r"^(\d)1(\d\d)1(20\d\d)$", r"^(\d)1(\d)1(20\d\d)$", r"^(\d\d)(\d\d)(20\d\d)$")
"""One number whose slashes were read as 1, or not at all: 0311712025, 03172025."""


def _unslashed(parts: list[str]) -> set[date | None]:
    """Two numbers of which one has swallowed a slash, read as 1 or left out: 03/0712025, 3-172025."""
    first, second = parts
    found: set[date | None] = set()
    for pattern in (r"^(\d\d)1(20\d\d)$", r"^(\d\d)(20\d\d)$", r"^(\d)1(20\d\d)$", r"^(\d)(20\d\d)$"):
        whole = re.match(pattern, second)
        if whole:
            found.add(_numbers(first, whole[1], whole[2]))
    for pattern in (r"^(\d\d)1(\d\d)$", r"^(\d)1(\d\d)$", r"^(\d)1(\d)$"):
        whole = re.match(pattern, first)
        if whole and len(second) in (2, 4):
            found.add(_numbers(whole[1], whole[2], second))
    return found


def _numbers(month: str, day: str, year: str) -> date | None:
    if len(month) > 2 or len(day) > 2 or len(year) not in (2, 4):
        return None
    return _date(_year(year), int(month), int(day))


def _year(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _digits(text: str) -> int:
    plain = text.translate(DIGITS).replace("|", "1")
    return int(plain) if plain.isdigit() else 0


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS.index(name[:3].casefold()) + 1


def near_month(word: str) -> int | None:
    """The month that a misread word is closest to; None where two are as close."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    low = word.casefold()
    if low[:3] in MONTHS and len(low) <= 4:
        return MONTHS.index(low[:3]) + 1
    close = process.extract(low, FULL, scorer=Levenshtein.distance, limit=2)
    if close[0][1] <= max(1, len(low) // 3) and close[0][1] < close[1][1]:
        return FULL.index(close[0][0]) + 1
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
