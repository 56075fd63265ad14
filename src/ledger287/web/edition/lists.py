"""ICE's lists as pages need them: which one a day rests on, the same bytes under several names, and pages of rows.

A page of rows holds a fixed number of rows of the sheet, including blank ones, so that the page of a row follows from
its number alone.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.core.text import format_date
from ledger287.core.time import day_of, end_of_day
from ledger287.ledger.query.answers import ListRef
from ledger287.ledger.query.indexes import LedgerIndexes
from ledger287.web.server.query import Query

ROWS_A_PAGE = 200
SHA = 16
"""Hexadecimal digits of a list's SHA-256 that name it in a URL."""
LEAST_OF_SHA = 8
"""Digits from which one is looked for by the beginning of its SHA-256."""
UNDATED = "undated"
"""In the place of a month."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One workbook by its bytes. ``numbers`` are the lists that are of these bytes, in the order of publication."""

    sha: str
    numbers: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first list of these bytes."""
        return self.numbers[0]


class EditionLists:
    """Every list by its bytes, by its file's name, and by its place among those of its kind."""

    def __init__(self, held: LedgerIndexes) -> None:
        self.held = held
        numbers: dict[str, list[int]] = {}
        for number, row in held.lists.items():
            numbers.setdefault(row["sha256"], []).append(number)
        self.by_sha = {sha[:SHA]: Listed(sha, tuple(found)) for sha, found in numbers.items()}
        self.by_file = {row["file"].lower(): row["sha256"][:SHA] for row in held.lists.values()}
        rows = held.ledger.table("rows").group_by("list").agg(pl.col("row").max())
        last = dict(rows.iter_rows())
        self.pages = {sha: page_of(last.get(one.first, 1)) for sha, one in self.by_sha.items()}
        numbers_of = held.of_kind["participating"]
        self._participating = [(held.lists[number]["published_at"], number) for number in numbers_of]
        accepted = sorted((held.lists[number]["published_at"], number) for number in held.accepted)
        self._accepted = [at for at, _ in accepted]
        self._last_of = list(accumulate((number for _, number in accepted), max))

    @property
    def begins(self) -> date:
        """The day of the first list of all."""
        return day_of(self._participating[0][0])

    @staticmethod
    def span_of(page: int) -> tuple[int, int]:
        """The first and last row of the sheet on a page."""
        return (page - 1) * ROWS_A_PAGE + 1, page * ROWS_A_PAGE

    @staticmethod
    def page_of(row: int) -> int:
        """The page that has a row."""
        return page_of(row)

    def rows_url(self, sha: str) -> str:
        """The URL of the file of a static export that has the rows of a list, with those of its month."""
        day = self.held.lists[self.by_sha[sha].first]["day"]
        return f"/list/{day:%Y-%m}.rows.gz" if day else f"/list/{UNDATED}.rows.gz"

    def on(self, query: Query) -> tuple[int, ListRef]:
        """The newest accepted participating list on the requested day, and how old it was then. Raises Refused."""
        day = min(query.on, query.known_on or query.on)
        bound: datetime = end_of_day(day)
        place = bisect_right(self._participating, bound, key=lambda entry: entry[0])
        if not place:
            raise Refused(
                f"no list was published by {format_date(day)}; the record begins on {format_date(self.begins)}."
            )
        number = self._participating[place - 1][1]
        row = self.held.lists[number]
        return number, ListRef(row["file"], row["published_at"], row["sha256"], (query.on - row["day"]).days)

    def known(self, query: Query) -> int:
        """The number of the last list of all that was accepted and published by the end of the requested day."""
        bound = end_of_day(min(query.on, query.known_on or query.on))
        place = bisect_right(self._accepted, bound)
        return self._last_of[place - 1] if place else 0

    def find(self, text: str) -> Listed | None:
        """A list by the name of its file or the beginning of its SHA-256."""
        wanted = text.strip().lower()
        sha = self.by_file.get(wanted) or self.by_file.get(f"{wanted}.xlsx") or wanted[:SHA]
        found = self.by_sha.get(sha)
        if found is None and len(wanted) >= LEAST_OF_SHA:
            near = [one for one in self.by_sha.values() if one.sha.startswith(wanted)]
            found = near[0] if len(near) == 1 else None
        return found

    def row_of(self, change: Mapping[str, Any]) -> tuple[str, int] | None:
        """The list and row that print what a change of the pending list tells: the last one, where it is gone."""
        file = change["last_list" if change["kind"] == "pending_dropped" else "first_list"]
        one = self.find(file) if file else None
        if one is None:
            return None
        for row in self.held.prints_of(change["agency_id"]):
            place = self.held.row_if_any(one.first, row["print"]) if row["model"] == change["model"] else None
            if place:
                return one.sha[:SHA], place
        return None

    def beside(self, one: Listed) -> tuple[int | None, int | None]:
        """The accepted lists of the same kind and of other bytes that were published before and after."""
        lists = self.held.lists
        numbers = self.held.of_kind.get(lists[one.first]["kind"], [])
        at = bisect_right(numbers, one.first)
        before = next((n for n in reversed(numbers[:at]) if lists[n]["sha256"] != one.sha), None)
        return before, next((n for n in numbers[at:] if lists[n]["sha256"] != one.sha), None)


def page_of(row: int) -> int:
    """The page, from 1, that has a row of the sheet."""
    return (row - 1) // ROWS_A_PAGE + 1


def pages(total: int, size: int, query: str | None) -> tuple[int, int]:
    """The requested page, and how many there are. Raises Refused where it is not the number of a page."""
    count = max(1, -(-total // size))
    try:
        page = int(query or 1)
    except ValueError:
        page = 0
    if not 1 <= page <= count:
        raise Refused(f"page: expected a number from 1 to {count}, found {query!r}.")
    return page, count


Months = list[tuple[int, list[tuple[str, date, int]]]]


def months(days: list[date]) -> Months:
    """Years, newest first, each with its months: as in ``2025-08``, the first day, and how many of the days."""
    found: dict[int, dict[int, int]] = {}
    for day in days:
        year = found.setdefault(day.year, {})
        year[day.month] = year.get(day.month, 0) + 1
    return [
        (year, [(f"{year}-{month:02}", date(year, month, 1), found[year][month]) for month in sorted(found[year])])
        for year in sorted(found, reverse=True)
    ]
