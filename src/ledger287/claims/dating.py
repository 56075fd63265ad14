"""Dates as news stories write them -> stretches of days; and the article's own date.

What enters: a sentence's text. What leaves: ``Dated`` spots, each with what stands before it (as of, since,
in) and what it says, not yet resolved; ``resolve`` turns one into windows of days, given the article's
date. Promise: a year that is not written is the latest that is not after the article; without an article's
date every year of the record stays possible.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from ledger287 import declared
from ledger287.claims.model import Days, Span, When

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
PREP = (
    r"(?:(?P<prep>as of|as at|since|through the end of|by the end of|at the end of|at the start of|at the beginning of|by|in|on|of|during|until|till|through|from|to|and|between|"
    r"before|after|at|starting|beginning|effective|dated|over|last|this|next)\s+)?(?:the\s+)?"
)
PART = (
    r"(?:(?P<part>(?:very )?early|mid|middle of|late|the first|first|the end of|end of|the start of|start of|the beginning of|beginning of|"
    r"(?:just )?(?:in )?the first (?:one|two|three|\d) weeks? of|first (?:one|two|three|\d) weeks? of|"
    r"the (?:first|second|last) half of|the (?:first|second|third|fourth|last) week of)[\s-]+(?:of )?)?"
)
FIRST_YEAR, LAST_YEAR = 1990, 2100
NUMBERS = {
    "one": 1,
    "a": 1,
    "an": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
COUNT = r"(?P<n>\d{1,3}|" + "|".join(NUMBERS) + r")"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written. ``kind`` says how ``parts`` are read."""

    span: Span
    prep: str
    kind: str
    parts: tuple[Any, ...]
    said: str


PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("iso", PREP + r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
        ("slashed", PREP + r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})(?![\d/])"),
        ("day", PREP + r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH.format("mon") + r",? (?P<y>\d{4})\b"),
        ("fiscal", PREP + r"(?:fiscal year|FY)[\s-]?(?P<y>\d{4}|\d{2})\b"),
        ("quarter", PREP + r"(?P<q>first|second|third|fourth) quarter(?: of (?P<y>\d{4}))?"),
        (
            "day",
            PREP
            + MONTH.format("mon")
            + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?!\d|,\d{3}|:|%)(?:,?\s+(?P<y>(?:19|20)\d{2})\b)?",
        ),
        (
            "month",
            PREP
            + PART
            + MONTH.format("mon")
            + r"(?:,? (?:of )?(?P<y>(?:19|20)\d{2})\b|(?P<rel> of last year| last year| of this year| this year)?\b)",
        ),
        (
            "season",
            PREP
            + r"(?:(?P<part>early|late|mid)[\s-])?(?P<s>spring|summer|fall|autumn|winter)(?: of)? (?P<y>(?:19|20)\d{2})\b",
        ),
        (
            "ago",
            r"(?:(?P<prep>about|roughly|nearly|almost|since|some)\s+)?"
            + COUNT
            + r" (?P<u>day|week|month|year|decade)s? (?:ago|earlier|prior|before)\b",
        ),
        (
            "past",
            r"(?:(?P<prep>over|in|during|for|within)\s+)?the (?:past|last|previous) (?:"
            + COUNT
            + r" )?(?P<u>day|week|month|year|decade)s?\b",
        ),
        (
            "relative",
            PREP
            + r"(?P<w>(?:start|beginning|outset|end) of (?:the|this|last) (?:fiscal |calendar )?year|so far this year|earlier this (?:year|month|week)|this (?:year|month|week|spring|summer|fall|winter|past week)|last (?:year|month|week)|"
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|currently|right now|now|at present|presently|to date|as of this writing|as of publication|at press time|"
            r"the time of publication|the time of writing|as of (?:the )?time of (?:publication|writing)|this writing|a year earlier|the year before|the same time last year|these days)\b",
        ),
        (
            "year",
            r"(?P<prep>(?:as of|since|by|in|from) (?:early|late|mid)|as of|since|by the end of|at the end of|at the start of|at the beginning of|the end of|by|in|during|until|through|from|to|and|between|before|after|of|early|late|mid|throughout|calendar year|for|year)[\s-]+(?P<y>(?:19|20)\d{2})(?P<alone> alone)?(?![\d,]\d|%| (?:agreements|agencies|counties|people|officers))\b",
        ),
        ("year", r"\((?P<y>(?:19|20)\d{2})\)"),
    )
)
GATES = {
    "iso": re.compile(r"\d-\d\d-\d"),
    "slashed": re.compile(r"\d/\d{1,2}/\d"),
    "day": re.compile(
        r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    ),
    "fiscal": re.compile(r"(?i)fiscal|FY"),
    "quarter": re.compile(r"(?i)quarter"),
    "season": re.compile(r"(?i)spring|summer|fall|autumn|winter"),
    "ago": re.compile(r"(?i)\b(?:ago|earlier|prior|before)\b"),
    "past": re.compile(r"(?i)\b(?:past|last|previous)\b"),
    "relative": re.compile(
        r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|now|today|tonight|yesterday|year|month|week|writing|publication|press|present|presently|currently|date|days|summer|spring|fall|winter)\b"
    ),
    "year": re.compile(r"(?:19|20)\d\d"),
}
"""A cheap look for what a date of each kind must have, before its whole pattern is tried at every place."""
GATES["month"] = GATES["day"]
PLAIN_MONTH = re.compile(r"(?i)^(may|march|mar)$")


@cache
def occasions() -> tuple[tuple[re.Pattern[str], tuple[Days, ...]], ...]:
    """What news stories name days by, declared in claims/occasions.yml."""
    found = []
    for row in yaml.safe_load(declared.text("claims/occasions.yml")):
        days = [Days(day, day) for day in row["days"]] if "days" in row else [Days(row["from"], row["to"])]
        found.append((re.compile(r"\b" + row["pattern"], re.I), tuple(days)))
    return tuple(found)


def dates_in(text: str, offset: int) -> list[Dated]:
    """Every date of a sentence in its order, none overlapping another; the more specific first."""
    found: list[Dated] = []

    def free(start: int, end: int) -> bool:
        return all(end + offset <= one.span.start or start + offset >= one.span.end for one in found)

    lower = text.lower()
    if any(name in lower for name in ("trump", "biden", "obama", "bush", "term", "inaugurat", "election", "executive")):
        for pattern, days in occasions():
            for match in pattern.finditer(text):
                if free(*match.span()):
                    found.append(_dated(match, "occasion", days, offset, match[0].split()[0].lower()))
    for kind, pattern in PATTERNS:
        if not GATES[kind].search(text):
            continue
        for match in pattern.finditer(text):
            if match[0].strip() and free(*match.span()) and _is_date(kind, match, text):
                given = match.groupdict()
                prep = (given.pop("prep", None) or "").lower()
                found.append(
                    _dated(
                        match,
                        kind,
                        tuple(sorted((k, v.lower() if v else None) for k, v in given.items())),
                        offset,
                        prep,
                    )
                )
    return sorted(found, key=lambda one: one.span.start)


def _dated(match: re.Match[str], kind: str, parts: tuple[Any, ...], offset: int, prep: str) -> Dated:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Dated(Span(start + offset, match.end() + offset), prep, kind, parts, match[0].strip())


def _is_date(kind: str, match: re.Match[str], text: str) -> bool:
    given = match.groupdict()
    if kind == "month":
        word = given["mon"]
        if not word[0].isupper() or (
            given["y"] is None and not given["prep"] and not given["part"] and not given["rel"]
        ):
            return False
        if PLAIN_MONTH.match(word) and not (given["prep"] or given["y"] or given["part"]):
            return False
        return not (match.end() < len(text) and text[match.end()].isalpha())
    if kind == "day":
        return given["mon"][0].isupper() and 1 <= int(given["d"]) <= 31
    if kind in ("iso", "slashed"):
        return 1 <= int(given["m"]) <= 12 and 1 <= int(given["d"]) <= 31
    if kind == "year":
        return text[match.end() : match.end() + 2] not in ("/9",)
    return True


def month_number(word: str) -> int:
    """1 for jan, Jan. and January."""
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(word.lower().rstrip(".")[:3]))


def month_days(year: int, month: int, part: str = "") -> Days:
    """The days of a month, or of its early, middle or late part."""
    last = monthrange(year, month)[1]
    low, high = 1, last
    weeks = re.search(r"first (one|two|three|\d) weeks?", part)
    if weeks:
        high = 7 * (NUMBERS.get(weeks[1]) or int(weeks[1]))
    elif "second half" in part:
        low = 16
    elif "first half" in part:
        high = 15
    elif "week" in part:
        low = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": last - 6}[
            part.split()[-3] if part.rsplit(maxsplit=1)[-1] == "of" else part.split()[-2]
        ]
        high = min(low + 6, last)
    elif re.search(r"early|start|beginning|first", part):
        high = 10
    elif "mid" in part:
        low, high = 10, 20
    elif re.search(r"late|end", part):
        low = last - 10 if "late" in part else last - 6
    return Days(date(year, month, low), date(year, month, min(high, last)))


def resolve(one: Dated, article: Days | None, years: tuple[int, int]) -> When:
    """The windows of days that a date means. ``years`` are the first and last year of the record."""
    since = one.prep in ("since", "starting", "beginning", "after") or one.said.lower().startswith("since")
    windows = tuple(_fit(days) for days in _windows(one, article, years))
    before = one.prep == "before" or one.said.lower().startswith("before")
    if before and windows and one.kind in ("occasion", "day", "iso", "month"):
        windows = tuple(Days(days.first - timedelta(days=14), days.first) for days in windows)
    period = one.prep in (
        "in",
        "during",
        "over",
        "between",
        "from",
        "throughout",
        "since",
        "for",
        "within",
    ) or one.kind in ("past", "fiscal", "quarter")
    period = (
        period or "weeks of" in one.said.lower() or one.said.lower().startswith(("this", "last", "so far", "earlier"))
    )
    return When(windows, True, since, one.said, one.span, period)


def _fit(days: Days) -> Days:
    return days if days.first <= days.last else Days(days.last, days.first)


def _windows(one: Dated, article: Days | None, years: tuple[int, int]) -> list[Days]:
    if one.kind == "occasion":
        return _of_occasion(one.parts, article)
    given = dict(one.parts)
    try:
        return _written(one, given, article, years)
    except (ValueError, OverflowError):
        return []


def _of_occasion(days: tuple[Days, ...], article: Days | None) -> list[Days]:
    past = [one for one in days if article is None or one.first <= article.last]
    return [past[-1]] if past else [days[0]]


def _written(one: Dated, given: dict[str, str | None], article: Days | None, years: tuple[int, int]) -> list[Days]:
    prep = one.prep
    if one.kind in ("iso", "slashed"):
        year = int(given["y"] or 0)
        day = date(year + 2000 if year < 100 else year, int(given["m"] or 0), int(given["d"] or 0))
        return [Days(day, day)]
    if one.kind in ("day", "month"):
        month = month_number(given["mon"] or "")
        number = int(given["d"] or 0) if one.kind == "day" else 0
        part = (given.get("part") or "") + (
            " end" if "end of" in prep else " start" if "start of" in prep or "beginning of" in prep else ""
        )
        return [
            Days(date(year, month, number), date(year, month, number)) if number else month_days(year, month, part)
            for year in _years(given, month, number or 1, article, years)
            if number <= monthrange(year, month)[1]
        ]
    if one.kind == "year":
        year = int(given["y"] or 0)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return []
        low, high = date(year, 1, 1), date(year, 12, 31)
        if "end of" in prep or prep.endswith("late"):
            low = date(year, 12, 20) if "end" in prep else date(year, 10, 1)
        elif "start" in prep or "beginning" in prep or prep.endswith("early"):
            high = date(year, 1, 15) if not prep.endswith("early") else date(year, 3, 31)
        elif prep.endswith("mid"):
            low, high = date(year, 5, 1), date(year, 8, 31)
        return [Days(low, high)]
    if one.kind == "fiscal":
        year = int(given["y"] or 0)
        year += 2000 if year < 100 else 0
        return [Days(date(year - 1, 10, 1), date(year, 9, 30))]
    if one.kind in ("quarter", "season"):
        return _part_of_year(one.kind, given, article)
    return _relative(one, given, article)


def _years(
    given: dict[str, str | None], month: int, day: int, article: Days | None, years: tuple[int, int]
) -> list[int]:
    if given.get("y"):
        return [int(given["y"] or 0)]
    if article is None:
        return list(range(years[1], years[0] - 1, -1))
    relative = given.get("rel") or ""
    if "last" in relative:
        return [article.last.year - 1]
    within = (article.last.year, month, day) <= (article.last.year, article.last.month, article.last.day)
    return [article.last.year if within or "this" in relative else article.last.year - 1]


def _part_of_year(kind: str, given: dict[str, str | None], article: Days | None) -> list[Days]:
    if not given.get("y") and article is None:
        return []
    year = int(given["y"]) if given.get("y") else article.last.year if article else 0
    if kind == "quarter":
        first = {"first": 1, "second": 4, "third": 7, "fourth": 10}[given["q"] or ""]
    else:
        first = {"winter": 1, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}[given["s"] or ""]
    return [Days(date(year, first, 1), month_days(year, first + 2).last)]


def _relative(one: Dated, given: dict[str, str | None], article: Days | None) -> list[Days]:
    if article is None:
        return []
    first, last = article.first, article.last
    if one.kind in ("ago", "past"):
        number = given.get("n") or "1"
        steps = NUMBERS.get(number) or int(number)
        days = steps * {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[given["u"] or ""]
        slack = max(1, days // 8)
        if one.kind == "past":
            return [Days(first - timedelta(days=days), last)]
        return [Days(first - timedelta(days=days + slack), last - timedelta(days=days - slack))]
    word = given["w"] or ""
    if word in ("a year earlier", "the year before", "the same time last year"):
        return [Days(first - timedelta(days=395), last - timedelta(days=335))]
    if word.startswith(("start of", "beginning of", "outset of", "end of")):
        return _edge_of_year(word, last)
    if word == "last year":
        return [Days(date(last.year - 1, 1, 1), date(last.year - 1, 12, 31))]
    if "year" in word:
        return [Days(date(last.year, 1, 1), last)]
    if word == "last month":
        before = date(last.year, last.month, 1) - timedelta(days=1)
        return [Days(before.replace(day=1), before)]
    if "month" in word:
        return [Days(last.replace(day=1), last)]
    if word == "last week":
        return [Days(first - timedelta(days=14), last)]
    if "week" in word:
        return [Days(first - timedelta(days=8), last)]
    if word in ("this spring", "this summer", "this fall", "this winter"):
        return [Days(last - timedelta(days=120), last)]
    if word.endswith("day") and word not in ("today", "yesterday"):
        return [Days(first - timedelta(days=8), last)]
    if word == "yesterday":
        return [Days(first - timedelta(days=1), last)]
    return []


def _edge_of_year(word: str, last: date) -> list[Days]:
    """``the start of the year``: its first two weeks; ``the end of last year``: its last two."""
    year = last.year - ("last" in word)
    if "fiscal" in word:
        began = date(year if last.month >= 10 else year - 1, 10, 1)
        return [Days(began, began + timedelta(days=14))]
    if word.startswith("end"):
        return [Days(date(year, 12, 18), date(year, 12, 31))]
    return [Days(date(year, 1, 1), date(year, 1, 14))]


def read_stamp(text: str) -> Days | None:
    """The day of a time stamp such as 2025-03-05T10:00:00Z."""
    found = re.match(r"\s*(\d{4})-(\d{2})-(\d{2})", text)
    try:
        return Days(*(date(*(int(part) for part in found.groups())),) * 2) if found else None
    except (ValueError, TypeError):
        return None


STAMPED = re.compile(
    r"(?im)^\W*(?:posted|published|updated|date|dated|last updated|first published)\b[^\d\n]{0,30}"
    r"(?P<all>\d{4}-\d{2}-\d{2}|(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
DATELINE = re.compile(
    r"(?m)^\W{0,3}(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d{2}-\d{2})\W*(?:\d{1,2}:\d{2}[^\n]{0,20})?$"
)


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
    return None


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
