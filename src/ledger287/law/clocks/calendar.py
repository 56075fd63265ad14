"""The calendar of the clocks: federal holidays with their observed days, and what local clocks showed when.

What enters: the rule ``usc-5-6103`` and the declared table of offset intervals. What leaves: days that count, and UTC
times for local times and back. A UTC time is a whole number of seconds since 1970. The module promises that a local
time that happened twice or never is reported as such, and that a day outside the declared table has no answer rather
than a guessed one.

Closures by executive order and Inauguration Day are days that are perhaps left out, and are kept apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision

DAY = 86_400
EPOCH = date(1970, 1, 1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOLIDAYS, INAUGURATION, CLOSURES = "usc-5-6103", "usc-5-6103-c", "closures-by-executive-order"
EXCLUDED = ("nothing", "weekends", "weekends and holidays")

Local = Literal["clear", "twice", "never", "outside"]


def instant(at: datetime) -> int:
    """An aware time -> a whole number of seconds since 1970 in UTC; a part of a second is dropped."""
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1))


def as_datetime(at: int) -> datetime:
    """Seconds since 1970 in UTC -> the aware time."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)


# -- days ----------------------------------------------------------------------------------------------------


class Holidays:
    """The holidays of one lawbook: those of 5 U.S.C. 6103(a) and (b), by the parameters of ``usc-5-6103``.

    ``perhaps`` are days that may be left out too: Inauguration Day, a holiday only around Washington, and closures by
    executive order. Where one of them decides, the answer is "cannot tell".
    """

    def __init__(self, rule: Provision, inauguration: Provision, closures: Provision) -> None:
        self.rule = rule
        self._inauguration = {entry.name: entry.value for entry in inauguration.parameters}
        self._closures = frozenset(date.fromisoformat(str(entry.value)) for entry in closures.parameters)
        self._years: dict[int, frozenset[date]] = {}
        self._counted: frozenset[date] = frozenset()

    def perhaps(self, day: date) -> bool:
        """Whether a day that is not a holiday of 6103(a) may still be left out."""
        return day not in self._counted and (day in self._closures or day == self._inauguration_day(day.year))

    def counting(self, day: date) -> "Holidays":
        """The same holidays with one day that is perhaps one taken as a day that counts."""
        found = copy(self)
        found._counted = self._counted | {day}
        return found

    def is_inauguration(self, day: date) -> bool:
        """Whether a day is Inauguration Day, or the day on which it is observed."""
        return day == self._inauguration_day(day.year)

    def _inauguration_day(self, year: int) -> date | None:
        known = self._inauguration
        first, every = int(known["inauguration_first"]), int(known["inauguration_every"])
        if year < first or (year - first) % every:
            return None
        day = _day_of(str(known["inauguration_day"]), year)
        return day + timedelta(days=int(known["sunday_observed_days"])) if day.weekday() == 6 else day

    def of(self, year: int) -> frozenset[date]:
        """The legal public holidays whose own day or observed day falls in a year, both included.

        A day moves to Friday or Monday as 5 U.S.C. 6103(b) says; January 1 may be observed in the year before.
        """
        if year not in self._years:
            days = {
                day for near in (year, year + 1) for name in self._named(near) for day in (name, self._observed(name))
            }
            self._years[year] = frozenset(day for day in days if day.year == year)
        return self._years[year]

    def _named(self, year: int) -> Iterator[date]:
        for entry in self.rule.parameters:
            if entry.name.endswith("_observed_days"):
                continue
            day = _day_of(str(entry.value), year)
            since = entry.since.date() if isinstance(entry.since, datetime) else entry.since
            if since is None or day >= since:
                yield day

    def _observed(self, day: date) -> date:
        moved = {entry.name: int(entry.value) for entry in self.rule.parameters if entry.unit.startswith("days")}
        by = {5: moved["saturday_observed_days"], 6: moved["sunday_observed_days"]}.get(day.weekday(), 0)
        return day + timedelta(days=by)


def holidays(book: Lawbook) -> Holidays:
    """The holidays by a lawbook."""
    return Holidays(book.provision(HOLIDAYS), book.provision(INAUGURATION), book.provision(CLOSURES))


def _day_of(rule: str, year: int) -> date:
    """``07-04``, or ``3 monday 01`` (the third Monday of January), or ``last monday 05``."""
    words = rule.split()
    if len(words) == 1:
        return date(year, int(rule[:2]), int(rule[3:]))
    which, weekday, month = words[0], WEEKDAYS.index(words[1]), int(words[2])
    if which == "last":
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(which) - 1))


def counts(day: date, excludes: str, holidays: Holidays | None = None, *, late: bool = False) -> bool:
    """Whether hours of a day run on a clock that leaves out ``nothing``, ``weekends``, or those and holidays.

    ``late`` leaves out the days too that are perhaps holidays: the latest that such a clock can end.
    """
    if excludes == "nothing":
        return True
    if excludes not in EXCLUDED:
        raise Refused(f"a clock that excludes {excludes!r}: expected one of {', '.join(EXCLUDED)}.")
    if day.weekday() >= 5:
        return False
    if excludes == "weekends":
        return True
    if holidays is None:
        raise Refused("a clock that leaves out holidays needs the lawbook's: calendar.holidays(book).")
    return day not in holidays.of(day.year) and not (late and holidays.perhaps(day))


# -- zones ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OffsetSpan:
    """Local times from ``since`` on, up to the next span: their offset, or why they have none."""

    since: int
    offset: int
    reads: Local


@dataclass(frozen=True)
class Zone:
    """One time zone: its offset in seconds from each time in ``since`` on. It has no answer outside the table."""

    name: str
    since: tuple[int, ...]
    offsets: tuple[int, ...]
    until: int

    def offset(self, at: int) -> int | None:
        """The offset from UTC at a UTC time."""
        place = bisect_right(self.since, at)
        return self.offsets[place - 1] if place and at < self.until else None

    def day(self, at: int) -> date | None:
        """The local day of a UTC time."""
        offset = self.offset(at)
        return None if offset is None else EPOCH + timedelta(days=(at + offset) // DAY)

    def read(self, local: int) -> tuple[int | None, Local]:
        """A local time, as seconds since 1970 on local clocks -> its UTC time, or why it has none."""
        begins, spans = _spans(self.name)
        place = bisect_right(begins, local)
        if not place:
            return None, "outside"
        span = spans[place - 1]
        return (local - span.offset if span.reads == "clear" else None), span.reads

    def midnight(self, day: date) -> int | None:
        """The UTC time at which a local day begins."""
        return self.read((day - EPOCH).days * DAY)[0]

    @property
    def spans(self) -> tuple[OffsetSpan, ...]:
        """Local times by what they mean: clear, shown twice in autumn, or never shown in spring."""
        return _spans(self.name)[1]


@cache
def _spans(name: str) -> tuple[tuple[int, ...], tuple[OffsetSpan, ...]]:
    where = zones()[name]
    found = [OffsetSpan(where.since[0] + where.offsets[0], where.offsets[0], "clear")]
    for at, before, after in zip(where.since[1:], where.offsets, where.offsets[1:], strict=False):
        low, high = sorted((at + before, at + after))
        found += [OffsetSpan(low, after, "never" if after > before else "twice"), OffsetSpan(high, after, "clear")]
    found.append(OffsetSpan(where.until + where.offsets[-1], where.offsets[-1], "outside"))
    return tuple(span.since for span in found), tuple(found)


@cache
def zones() -> dict[str, Zone]:
    """The zones of the states and territories, by IANA's names."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in declared.rows("custody/zones.csv"):
        since = instant(datetime.fromisoformat(row["since"]))
        found.setdefault(row["zone"], []).append((since, int(row["offset_minutes"]) * 60))
    until = instant(datetime(2050, 1, 1, tzinfo=UTC))
    return {
        name: Zone(name, tuple(since for since, _ in table), tuple(offset for _, offset in table), until)
        for name, table in found.items()
    }


def zone(name: str) -> Zone:
    """One zone by its name. Raises Refused with the closest names."""
    known = zones()
    if name in known:
        return known[name]
    from rapidfuzz import process

    said = re.findall(r"[a-z]+", name.lower())[:2] if name.startswith("US/") or "/" not in name else []
    spoken = [row["zone"] for row in declared.rows("custody/zone_words.csv") if row["word"] in said]
    near = ", ".join(spoken[-1:] or (found for found, *_ in process.extract(name, list(known), limit=3)))
    raise Refused(f"no US time zone is named {name!r}. Did you mean: {near}?")
