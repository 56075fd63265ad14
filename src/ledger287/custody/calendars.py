"""The calendar of the clocks as tables, so that a table of cases can be joined to it.

What enters: the declared zones and holidays, through ``rules.clock``. What leaves: for each zone and UTC day, how a
clock that starts in it ends; and for local times, the spans that say which instant they mean. The tables are
exact: a builder checks, for each part of a day, that one line holds over all of it, and refuses otherwise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger287.foundation.problems import Refused
from ledger287.rules import clock
from ledger287.rules.calendar import DAY, EPOCH, Local, Span, Zone, zone

COLUMNS = (
    "zone", "day", "midnight", "before_slope", "before", "at_midnight", "after_slope", "after", "month_before",
    "month_after",
)  # fmt: skip
READS: tuple[Local, ...] = ("clear", "twice", "never", "outside")
SHIFT = DAY
"""Added to offsets so that they are never negative in a table."""


def clock_rows(
    zones: Iterable[str], hours: float, excludes: str, first: int, last: int
) -> Iterator[tuple[str, int, int, int, int, int, int, int, int, int]]:
    """One row for each zone and UTC day from ``first`` to ``last`` that the declared table covers.

    A clock that starts before the local midnight in that day ends at ``before_slope * start + before``: a slope
    of 1 is so many seconds on, a slope of 0 an instant. After it likewise; at midnight itself, at
    ``at_midnight``. Months are those of the local days, as 202508.
    """
    for name in zones:
        where = zone(name)
        low = max(first, where.since[0] // DAY + 2)
        high = min(last, where.until // DAY - 30)
        for day in range(low, high + 1):
            yield _clock_row(where, day, hours, excludes)


def _clock_row(
    where: Zone, day: int, hours: float, excludes: str
) -> tuple[str, int, int, int, int, int, int, int, int, int]:
    start, stop = day * DAY, (day + 1) * DAY
    offset = where.offset(start) or 0
    local = where.day(stop)
    midnight = None if local is None else where.midnight(local)
    if midnight is None or not start < midnight < stop:
        raise Refused(f"zone {where.name}: no one local midnight in UTC day {day}; its calendar cannot be a table.")
    before = _line(where, start, midnight - 1, hours, excludes)
    after = _line(where, midnight + 1, stop - 1, hours, excludes)
    at_midnight = clock.end(midnight, hours, excludes, where)
    earlier, later = (EPOCH.fromordinal(EPOCH.toordinal() + (start + offset) // DAY), local)
    months = [found.year * 100 + found.month for found in (earlier, later) if found is not None]
    return (where.name, day, midnight, *before, at_midnight or 0, *after, months[0], months[-1])


def _line(where: Zone, low: int, high: int, hours: float, excludes: str) -> tuple[int, int]:
    """The slope and constant of ends over the starts from ``low`` to ``high``, both included."""
    ends = [clock.end(at, hours, excludes, where) for at in (low, (low + high) // 2, high)]
    first, middle, last = ends
    if first is not None and middle is not None and last is not None:
        if first == last == middle:
            return 0, first
        if first - low == last - high == middle - (low + high) // 2:
            return 1, first - low
    raise Refused(f"zone {where.name}: a clock of {hours} hours without {excludes} is no one line in a local day.")


@dataclass(frozen=True, slots=True)
class Family:
    """Zones whose clocks change at the same local times: the spans of one, and the others' distance from it."""

    spans: tuple[Span, ...]
    distances: dict[str, int]


def families(zones: Iterable[str], first: int, last: int) -> list[Family]:
    """The zones grouped by when their local clocks change, over local seconds from ``first`` to ``last``."""
    found: dict[tuple[tuple[int, Local, int], ...], Family] = {}
    for name in sorted(set(zones)):
        spans = _within(zone(name).spans, first, last)
        base = spans[0].offset
        shape = tuple((span.since, span.reads, span.offset - base) for span in spans)
        family = found.setdefault(shape, Family(spans, {}))
        family.distances[name] = base - family.spans[0].offset
    return list(found.values())


def _within(spans: tuple[Span, ...], first: int, last: int) -> tuple[Span, ...]:
    """The spans that reach into a range of local time, the first of them from the beginning."""
    before = [place for place, span in enumerate(spans) if span.since <= first]
    start = before[-1] if before else -1
    kept = [span for span in spans[max(start, 0) :] if span.since <= last]
    if start < 0:
        return (Span(-(2**60), spans[0].offset, "outside"), *kept)
    return (Span(-(2**60), kept[0].offset, kept[0].reads), *kept[1:])


def packed(span: Span) -> int:
    """A span's offset and how it reads, as one number that is never negative."""
    return (span.offset + SHIFT) * len(READS) + READS.index(span.reads)
