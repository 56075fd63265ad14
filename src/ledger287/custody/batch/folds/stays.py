"""The stays of one case: a person who was released and booked again under the same number.

What enters: the lines of a log, or the rows of a table, that have one case number. What leaves: the same under a number
each: the first stay keeps the case's own, the second is ``NUMBER (stay 2)``. A new stay begins at a booking only where
the record shows that the person had left since the booking before. Two bookings without an end between them contradict
each other, and a case with an unclear time is not split: both remain one case, and are reported.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ledger287.custody.batch.folds.folding import Entry, as_served, fold
from ledger287.custody.case.facts import Case
from ledger287.custody.duties.table import ENDS
from ledger287.custody.relations.column import cases
from ledger287.custody.relations.table import Table

BOOKED = "booked"
AHEAD = ("detainer_received", "warrant_received")
"""Papers that come after the person left are those of the next stay."""


def stay_name(case: str, number: int) -> str:
    """The number of a case's stay, from 1."""
    return case if number == 1 else f"{case} (stay {number})"


def cases_of(entries: Sequence[Entry]) -> list[Case]:
    """The entries of one case number as its cases, one a stay."""
    parts = stays([as_served(entry) for entry in entries])
    return [replace(fold(part), case=stay_name(part[0].case, place)) for place, part in enumerate(parts, 1)]


def stays(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of one case by stay, each with at least the booking that begins it."""
    begins = _begins(entries)
    if not begins:
        return [list(entries)]
    found: list[list[Entry]] = [[] for _ in range(len(begins) + 1)]
    for entry in entries:
        found[sum(_is_after(entry, booked, left) for booked, left in begins)].append(entry)
    return found


def _begins(entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """When each later stay begins, and when the one before it ended."""
    if any(entry.at is None for entry in entries):
        return []
    booked = sorted({entry.at for entry in entries if entry.event == BOOKED and entry.at is not None})
    ends = [entry.at for entry in entries if entry.event in ENDS and entry.at is not None]
    found = []
    for last, new in pairwise(booked):
        between = [end for end in ends if last < end <= new]
        if between:
            found.append((new, max(between)))
    return found


def _is_after(entry: Entry, booked: int, left: int) -> bool:
    at = entry.at or 0
    if entry.event in ENDS:
        return at > booked
    return at > left if entry.event in AHEAD else at >= booked


def with_stays(log: Table) -> Table:
    """A log (times in UTC) whose cases of several stays are split, as ``stays`` splits the entries of one."""
    bookings = log.filter((log.event == BOOKED) & log["at"].notnull()).select("case", "at").distinct()
    bookings = bookings.mutate(last=bookings["at"].lag("case", "at"))
    bookings = bookings.filter(bookings["last"].notnull()).rename({"of": "case", "booked": "at"})
    untold = log.filter(log["at"].isnull()).select(without=log.case).distinct()
    bookings = bookings.anti_join(untold, bookings.of == untold.without)
    ends = log.filter(log.event.isin(ENDS)).select(ended=log.case, left=log["at"])
    between = bookings.join(
        ends, [bookings.of == ends.ended, ends.left > bookings["last"], ends.left <= bookings.booked]
    )
    begins = between.group_by(["of", "booked"]).aggregate(left=between.left.max())
    lines = log.select("row", "case", "event", "at")
    after = lines.join(begins, lines.case == begins.of)
    is_after = cases(
        (after.event.isin(ENDS), after["at"] > after.booked),
        (after.event.isin(AHEAD), after["at"] > after.left),
        otherwise=after["at"] >= after.booked,
    )
    later = after.filter(is_after).group_by("row").aggregate(stay=after.count() + 1)
    later = later.rename({"of_row": "row"})
    joined = log.left_join(later, log.row == later.of_row)
    number = joined.stay.cast("string")
    named = cases((joined.stay.notnull(), joined.case + " (stay " + number + ")"), otherwise=joined.case)
    return joined.mutate(case=named).drop("of_row", "stay")


def booked_twice(log: Table) -> Table:
    """How many cases of a log have two bookings at different times; where none has, nothing is to be parted."""
    booked = log.filter((log.event == BOOKED) & log["at"].notnull())
    by_case = booked.group_by("case").aggregate(low=booked["at"].min(), high=booked["at"].max())
    return by_case.filter(by_case.low != by_case.high).aggregate(many=by_case.count())


def stays_of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], int]:
    """Rows of a table with one case number -> the number of the stay of each, where they are stays one after another.

    A row has its ``file`` and ``row``, when its stay began (``begun``) and ended (``left``), in seconds, and whether
    these are of the jail's own clocks (``local``). Rows that overlap, or of which one has no end, are not stays.
    """
    known = list(rows)
    if any(row["begun"] is None or row["left"] is None for row in known) or len({row["local"] for row in known}) > 1:
        return {}
    known.sort(key=lambda row: (row["begun"], row["left"], row["file"], row["row"]))
    if any(one["left"] > two["begun"] or one["begun"] == two["begun"] for one, two in pairwise(known)):
        return {}
    return {(row["file"], row["row"]): number for number, row in enumerate(known, 1)}
