"""The calendar of the clocks as tables, so that a table of cases can be joined to it.

What enters: the declared zones and holidays. What leaves: for each zone and UTC day, how a clock that starts in it
ends; and for local times, the spans that say which UTC time they mean. The tables are exact: for each part of a day
it is checked that one line holds over all of it, and refused otherwise; a test compares them with ``rules.clock``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from ledger287.core.problem import Refused
from ledger287.law.clocks.calendar import DAY, EPOCH, Holidays, Local, OffsetSpan, Zone, counts, zone
from ledger287.law.clocks.clock import HOUR

READS: tuple[Local, ...] = ("clear", "twice", "never", "outside")
SHIFT = DAY
"""Added to offsets so that they are never negative in a table."""
SPARE = 40
"""Days kept past the last one requested, so that a clock that starts on it ends within the table."""


def clock_table(
    zones: Iterable[str], hours: float, excludes: str, first: int, last: int, holidays: Holidays | None = None
) -> Any:
    """One row for each zone and UTC day from ``first`` to ``last`` that the declared table covers, as Arrow.

    The local ``midnight`` in that day is so many seconds into it; every end is counted in seconds from it, so that many
    days have the same line. A clock that starts before the midnight ends at ``before_slope * start + before``: a slope
    of 1 adds seconds to the start, a slope of 0 is a fixed time. After it likewise; at midnight itself, at
    ``at_midnight``. ``shift`` is by how many days the local day before the midnight differs from the UTC day.
    ``holidays`` are the lawbook's, needed where the clock leaves them out.
    """
    parts = [_clock_table(zone(name), hours, excludes, first, last, holidays) for name in zones]
    if not parts:
        return _clock_table(zone("America/New_York"), hours, excludes, first, first + 1, holidays).slice(0, 0)
    return pa.concat_tables(parts)


def _clock_table(where: Zone, hours: float, excludes: str, first: int, last: int, holidays: Holidays | None) -> Any:
    low, high = max(first, where.since[0] // DAY + 3), min(last, where.until // DAY - SPARE)
    locals_ = np.arange(low - 1, high + SPARE)
    days = [EPOCH + timedelta(days=int(day)) for day in locals_]
    midnights = np.array([where.midnight(day) or 0 for day in days], np.int64)
    counted = np.array([counts(day, excludes, holidays) for day in days])
    latest = np.array([counts(day, excludes, holidays, late=True) for day in days])
    begins = np.arange(low, high, dtype=np.int64) * DAY
    place = np.searchsorted(midnights, begins, side="left")
    middle = midnights[place]
    if not ((begins < middle) & (middle < begins + DAY)).all() or (midnights <= 0).any():
        raise Refused(f"zone {where.name}: a UTC day without one local midnight; its calendar cannot be a table.")
    return pa.table(
        {
            "zone": pa.array([where.name] * len(begins), pa.string()),
            "day": pa.array(np.arange(low, high), pa.int32()),
            "midnight": (middle - begins).astype(np.int32),
            "shift": (locals_[place - 1] - np.arange(low, high)).astype(np.int8),
            **_ends(where, hours, midnights, counted, begins, middle, ""),
            **_ends(where, hours, midnights, latest, begins, middle, "late_"),
        }
    )


def _ends(
    where: Zone, hours: float, midnights: Any, counted: Any, begins: Any, middle: Any, prefix: str
) -> dict[str, Any]:
    """The columns of one way to count days: how a clock that starts before, at or after a midnight ends."""
    # Seconds that the clock has run at the beginning of each local day, from the first one of the table.
    lengths = np.append(np.diff(midnights), DAY)
    run = np.concatenate(([0], np.cumsum(np.where(counted, lengths, 0))[:-1]))

    def ends(starts: Any) -> Any:
        """The earliest time at which the hours have run since each start."""
        day = np.searchsorted(midnights, starts, side="right") - 1
        target = run[day] + np.where(counted[day], starts - midnights[day], 0) + round(hours * HOUR)
        # The last day that began with less than that on the clock is the day in which it is reached.
        reached = np.searchsorted(run, target, side="left") - 1
        return midnights[reached] + target - run[reached]

    before = _lines(where, ends, begins, middle - 1)
    after = _lines(where, ends, middle + 1, begins + DAY - 1)
    return {
        f"{prefix}before_slope": before[0],
        f"{prefix}before": _from(middle, before),
        f"{prefix}at_midnight": (ends(middle) - middle).astype(np.int32),
        f"{prefix}after_slope": after[0],
        f"{prefix}after": _from(middle, after),
    }


def _lines(where: Zone, ends: Any, low: Any, high: Any) -> tuple[Any, Any]:
    """The slopes and constants of ends over the starts from ``low`` to ``high``, both included."""
    halfway = (low + high) // 2
    first, middle, last = ends(low), ends(halfway), ends(high)
    flat = (first == middle) & (middle == last)
    sloped = (first - low == middle - halfway) & (middle - halfway == last - high)
    if not (flat | sloped).all():
        raise Refused(f"zone {where.name}: a clock that is no one line in a part of a local day; no table can hold it.")
    return sloped.astype(np.int8), np.where(sloped, first - low, first)


def _from(middle: Any, lines: tuple[Any, Any]) -> Any:
    """The constants of lines by which starts and ends are counted from a midnight."""
    slopes, constants = lines
    return np.where(slopes == 1, constants, constants - middle).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Family:
    """Zones whose clocks change at the same local times: the spans of one, and the others' distance from it."""

    spans: tuple[OffsetSpan, ...]
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


def _within(spans: tuple[OffsetSpan, ...], first: int, last: int) -> tuple[OffsetSpan, ...]:
    """The spans that reach into a range of local time, the first of them from the beginning."""
    before = [place for place, span in enumerate(spans) if span.since <= first]
    start = before[-1] if before else -1
    kept = [span for span in spans[max(start, 0) :] if span.since <= last]
    if start < 0:
        return (OffsetSpan(-(2**60), spans[0].offset, "outside"), *kept)
    return (OffsetSpan(-(2**60), kept[0].offset, kept[0].reads), *kept[1:])


def packed(span: OffsetSpan) -> int:
    """A span's offset and how it reads, as one number that is never negative."""
    return (span.offset + SHIFT) * len(READS) + READS.index(span.reads)
