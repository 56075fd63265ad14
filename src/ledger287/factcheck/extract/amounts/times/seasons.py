"""Months, their parts, and seasons, which stories tell time by.

What enters: the words of a time and the day of the article. What leaves: the days.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.parse.dates import NUMBERS

SEASONS = {"winter": 1, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}
"""The month that each season begins with here."""


def of_season(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """A season of a year, or its early, middle or late month; without a year the latest not after the article."""
    if not given.get("y") and article is None:
        return []
    month, part = SEASONS[given["s"] or ""], given.get("part")
    month += {"early": 0, "mid": 1, "late": 2}[part] if part else 0
    year = int(given["y"] or 0) if given.get("y") else article.last.year if article else 0
    if given.get("o"):
        year -= "last" in (given["o"] or "")
    elif not given.get("y") and article and date(year, month, 1) > article.last:
        year -= 1
    return [months_from(year, month, 1 if part else 3)]


def of_midyear(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The days around the end of June."""
    said = given.get("y") or "year"
    if not said.isdigit() and article is None:
        return []
    year = int(said) if said.isdigit() else article.last.year - ("last" in said) if article else 0
    if not said.isdigit() and article and date(year, 6, 20) > article.last:
        year -= 1
    return [Days(date(year, 6, 20), date(year, 7, 10))]


def of_last_season(given: dict[str, str | None], article: Days | None) -> list[Days]:
    """The latest such season that was over, or begun three months ago, when the article was printed."""
    if article is None:
        return []
    month = SEASONS[given["s"] or ""]
    seasons = [months_from(year, month, 3) for year in (article.last.year, article.last.year - 1)]
    return [next((one for one in seasons if one.last < article.last), seasons[-1])]


def months_from(year: int, month: int, length: int) -> Days:
    """So many months from the first day of one."""
    end = year * 12 + month - 2 + length
    return Days(date(year, month, 1), month_days(end // 12, end % 12 + 1).last)


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


PARTS_OF_YEAR = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}


def part_of(said: str, last: date) -> Days:
    """``early this month``, ``late last year``: up to a story's last day."""
    part = said.replace("-", " ").split()[0]
    if said.endswith("month"):
        month = last.replace(day=1) - timedelta(days=1) if "last" in said else last
        days = month_days(month.year, month.month, part)
    else:
        year = last.year - ("last" in said)
        first, end = PARTS_OF_YEAR[part]
        days = Days(date(year, first, 1), month_days(year, end).last)
    return Days(min(days.first, last), min(days.last, last))
