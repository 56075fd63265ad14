"""Dates as written -> windows of days, given the article's own date.

What enters: a ``Dated`` spot. What leaves: a ``When``. Promise: a year that is not written is the latest that is
not after the article; without an article's date every year of the record stays possible.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.holidays import holiday
from ledger287.factcheck.extract.amounts.times.seasons import (
    month_days,
    months_from,
    of_last_season,
    of_midyear,
    of_season,
    part_of,
)
from ledger287.factcheck.extract.model import Days, When
from ledger287.factcheck.parse.dates import FIRST_YEAR, LAST_YEAR, MONTHS, NUMBERS, WEEKDAYS, Dated

YEAR_AGO = {"about": 21, "plain": 7, "same": 0}
"""So many days around the same day of last year are still "about a year ago", "a year ago" or "a year ago today"."""
SAME_DAY = when_needed(r"(?i)\btoday\b|\bthis (?:very )?(?:day|date|time|point)\b|\bsame (?:day|date|time|point)\b")
ABOUT = ("about", "roughly", "nearly", "almost", "some")


def month_number(word: str) -> int:
    """1 for jan, Jan. and January."""
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(word.lower().rstrip(".")[:3]))


def resolve(one: Dated, article: Days | None, years: tuple[int, int]) -> When:
    """The windows of days that a date means. ``years`` are the first and last year of the record."""
    if one.kind == "later":
        return When()  # counted from the day before it in the sentence, where a reading does so
    opening = one.prep in ("since", "starting", "beginning", "after") and one.kind != "into"
    since = opening or one.said.lower().startswith("since")
    windows = tuple(_fit(days) for days in _windows(one, article, years))
    before = one.prep == "before" or one.said.lower().startswith("before")
    if before and windows and one.kind in ("occasion", "day", "iso", "month", "year"):
        windows = tuple(Days(days.first - timedelta(days=14), days.first) for days in windows)
    if one.prep == "after" and one.kind in ("month", "year"):
        windows = tuple(Days(days.last + timedelta(days=1), days.last + timedelta(days=1)) for days in windows)
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
    ) or one.kind in ("past", "within", "lasting", "fiscal", "quarter", "half", "span", "term")
    edged = one.kind in ("fiscal", "quarter", "half") and EDGE.search(one.said)
    period = (period and not edged) or (one.kind == "occasion" and bool(windows) and windows[0].length > 31)
    period = (
        period or "weeks of" in one.said.lower() or one.said.lower().startswith(("this", "last", "so far", "earlier"))
    )
    return When(windows, True, since, one.said, one.span, period)


EDGE = when_needed(r"(?i)\b(?P<last>end of|close of|[’']s (?:end|close)$)|\b(?:start|beginning|outset) of")
"""One end of a stretch of the year is meant, not all of it: at the end of the third quarter."""
EDGE_DAYS = 9


def _edge(days: Days, said: str) -> Days:
    """The last or first days of a stretch, where its end or start is meant."""
    found = EDGE.search(said)
    if found is None:
        return days
    length = timedelta(days=EDGE_DAYS)
    return Days(days.last - length, days.last) if found["last"] else Days(days.first, days.first + length)


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
        if one.kind == "month" and prep == "last":
            given = {**given, "ago": "last"}
        number = int(given["d"] or 0) if one.kind == "day" else 0
        of_week = given.get("wd") if number else None
        part = (given.get("part") or "") + (
            " end" if "end of" in prep else " start" if "start of" in prep or "beginning of" in prep else ""
        )
        return [
            Days(date(year, month, number), date(year, month, number)) if number else month_days(year, month, part)
            for year in _years(given, month, number or 1, article, years)
            if number <= monthrange(year, month)[1]
            and (not of_week or date(year, month, number).weekday() == WEEKDAYS.index(of_week))
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
        return [_edge(days, one.said) for days in _of_fiscal(given, article)]
    if one.kind == "quarter":
        return [_edge(days, one.said) for days in _part_of_year(one.kind, given, article)]
    if one.kind == "season":
        return of_season(given, article)
    if one.kind == "ended":
        return _of_ended(given, article)
    if one.kind == "midyear":
        return of_midyear(given, article)
    if one.kind == "holiday":
        return _of_holiday(given, article)
    if one.kind == "closing":
        return _of_closing(given, article, years)
    if one.kind == "last_season":
        return of_last_season(given, article)
    if one.kind in ("half", "span"):
        return _stretch_of_year(one.kind, given, article)
    if one.kind in ("term", "into"):
        return _of_term(one.kind, given, article)
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
    if given.get("ago") and month == article.last.month:
        return [article.last.year - 1]
    return [article.last.year if within or "this" in relative else article.last.year - 1]


def _part_of_year(kind: str, given: dict[str, str | None], article: Days | None) -> list[Days]:
    written = given.get("y")
    if not written and article is None:
        return []
    year = int(written) if written else article.last.year if article else 0
    year += 2000 if year < 100 else 0
    if kind == "quarter":
        number = int(given["qn"] or {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[given["q"] or "last"])
        first = 3 * number - 2
        if "last" in (given.get("o") or ""):
            year -= 1
        if given.get("fy"):
            return [months_from(year - 1 + (number > 1), (first + 8) % 12 + 1, 3)]
        if not written and article and date(year, first, 1) > article.last:
            year -= 1
    return [Days(date(year, first, 1), month_days(year, first + 2).last)]


def _of_ended(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The last days of what is said to have ended: April ended with; closed 2025 with; the fiscal year ended with."""
    word, said = given["w"] or "", given.get("y")
    if word.isdigit() or (word.endswith("year") and "fiscal" not in word and said):
        year = int(said or word)
        return [Days(date(year, 12, 18), date(year, 12, 31))]
    if given.get("mon"):
        month = month_number(given["mon"] or "")
        if not said and article is None:
            return []
        last = article.last if article else None
        year = int(said) if said else last.year - (month > last.month) if last else 0
        return [month_days(year, month, "end")]
    if article is None:
        return []
    last = article.last
    if "fiscal" in word:
        year = int(said) if said else last.year - (last < date(last.year, 9, 24))
        return [Days(date(year, 9, 20), date(year, 9, 30))]
    if word == "month":
        last = last if last.day > 24 else last.replace(day=1) - timedelta(days=1)
        return [month_days(last.year, last.month, "end")]
    return [Days(last - timedelta(days=9), last)] if word == "week" else _edge_of_year("end of the year", last)


def _of_fiscal(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The federal fiscal year: from October to September."""
    if given["y"]:
        year = int(given["y"])
        year += 2000 if year < 100 else 0
    elif article is None:
        return []
    else:
        current = article.last.year + (article.last.month >= 10)
        year = current if "this" in (given["fw"] or "") or "current" in (given["fw"] or "") else current - 1
    return [Days(date(year - 1, 10, 1), date(year, 9, 30))]


def _of_holiday(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The latest such holiday that is not after the article, or that of the year named."""
    if not given["y"] and article is None:
        return []
    years = [int(given["y"])] if given["y"] else [article.last.year, article.last.year - 1] if article else []
    days = [holiday(year, given["f"] or "") for year in years]
    past = [day for day in days if article is None or day <= article.last] or days
    return [Days(past[0], past[0])]


def _of_closing(given: dict[str, str | None], article: Days | None, years: tuple[int, int]) -> list[Days]:
    """``April ended with …``, ``the year closes with …``: the last days of it."""
    if given["mon"]:
        month = month_number(given["mon"])
        return [month_days(year, month, "end") for year in _years(given, month, 28, article, years)]
    year = given["y"] or given["z"]
    if year:
        return [Days(date(int(year), 12, 18), date(int(year), 12, 31))]
    return _edge_of_year("end of the year", article.last) if article else []


def _stretch_of_year(kind: str, given: dict[str, str | None], article: Days | None) -> list[Days]:
    """A half of a year, or its first or last weeks or months."""
    said = (given["y"] if kind == "half" else given["o"]) or ""
    if not said.isdigit() and article is None:
        return []
    year = int(said) if said.isdigit() else (article.last.year if article else 0) - ("last" in said)
    if kind == "half":
        return [months_from(year, 1 if given["h"] == "first" else 7, 6)]
    number, opening = _number(given["n"]), given["e"] in ("first", "opening")
    if article and not opening and not said.isdigit() and "last" not in said and article.last < date(year, 12, 1):
        year -= 1
    if given["u"] == "month":
        return [months_from(year, 1 if opening else 13 - number, number)]
    days = timedelta(days=number * (7 if given["u"] == "week" else 1) - 1)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [Days(first, first + days) if opening else Days(last - days, last)]


def _of_term(kind: str, given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The first days of a president's term, or a day so far into it, which may be that of the story."""
    who = (given["who"] or "").lower()
    terms = [date(2021, 1, 20)] if "biden" in who else [date(2017, 1, 20), date(2025, 1, 20)]
    past = [day for day in terms if article is None or day <= article.last]
    began = past[-1] if past else terms[0]
    steps = _number(given["n"]) * {"day": 1, "week": 7, "month": 30.44, "year": 365.25}[given["u"] or "day"]
    end = began + timedelta(days=int(steps))
    if kind == "into":
        slack = timedelta(days=max(2, int(steps) // 8))
        then = Days(end - slack, end + slack)
        windows = declared.declared_yaml("factcheck/windows.yml")
        share = 1 if "more" in (given.get("prep") or "") else windows["into_term"]["share"]
        reach = timedelta(days=int(steps * share))
        if article is None or not then.last < article.first <= end + reach:
            return [then]
        return [then, Days(article.first - timedelta(days=windows["now"]["days"]), article.last)]
    return [Days(began, min(end, article.last) if article else end)]


def _number(said: str | None) -> int:
    return NUMBERS.get(said or "one") or int(said or 1)


def _relative(one: Dated, given: dict[str, str | None], article: Days | None) -> list[Days]:
    if article is None:
        return []
    first, last = article.first, article.last
    if one.kind in ("ago", "past", "within", "lasting"):
        number = given.get("n") or "1"
        steps = NUMBERS.get(number) or int(number)
        days = steps * {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[given["u"] or ""]
        slack = max(1, days // 8)
        if given["u"] == "year" and steps == 1:
            slack = YEAR_AGO["same" if SAME_DAY.search(one.said) else "about" if one.prep in ABOUT else "plain"]
        if one.kind in ("past", "lasting"):
            days -= given["u"] == "day"  # in the past 30 days: the story's own is one of them
            return [Days(first - timedelta(days=days), last)]
        if one.kind == "within":
            hedge = given.get("h") or ""
            days += (
                slack if "over" in hedge or "more" in hedge else -slack if "under" in hedge or "less" in hedge else 0
            )
            return [Days(first - timedelta(days=days), last)]
        return [Days(first - timedelta(days=days + slack), last - timedelta(days=days - slack))]
    word = given["w"] or ""
    if SAME_DAY.search(word) and "year" in word:
        return [Days(_year_before(first), _year_before(last))]
    if word in ("a year earlier", "the year before"):
        return [Days(first - timedelta(days=395), last - timedelta(days=335))]
    if word.endswith("the year began"):
        return _edge_of_year("start of the year", last)
    if re.search(r"year[’']?s?[- ]end$|^(?:ended|closed|finished)|close of", word):
        return _edge_of_year("end of last year" if "last" in word else "end of the year", last)
    if word.startswith(("start of", "beginning of", "outset of", "end of")):
        return _edge_of_year(word, last)
    if word.startswith(("early ", "mid ", "mid-", "late ")):
        return [part_of(word, last)]
    edge = one.prep.endswith((" end of", " start of", " beginning of"))
    if edge and word in ("this year", "last year"):
        return _edge_of_year(f"{one.prep.split()[-2]} of {word}", last)
    if edge and word in ("this month", "last month"):
        return [part_of(f"{one.prep.split()[-2]} {word}", last)]
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
    if word in WEEKDAYS:
        if first != last:
            return [Days(first - timedelta(days=8), last)]
        day = last - timedelta(days=(last.weekday() - WEEKDAYS.index(word)) % 7)
        return [Days(day, day)]
    if word == "yesterday":
        return [Days(first - timedelta(days=1), last)]
    return []


def _year_before(day: date) -> date:
    """The same day of the year before; of a leap day the one before it."""
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)


def _edge_of_year(word: str, last: date) -> list[Days]:
    """``the start of the year``: its first two weeks; ``the end of last year``: its last two."""
    year = last.year - ("last" in word)
    if "fiscal" in word:
        began = date(year if last.month >= 10 else year - 1, 10, 1)
        return [Days(began, began + timedelta(days=14))]
    if word.startswith("end"):
        year -= "last" not in word and last < date(year, 12, 18)
        return [Days(date(year, 12, 18), date(year, 12, 31))]
    return [Days(date(year, 1, 1), date(year, 1, 14))]
