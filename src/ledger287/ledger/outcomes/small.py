"""Counts of an added file -> the same counts without those that are small enough to point at one person.

What enters: counts by month, with sums by state or by reason. What leaves: the counts in which a number under
``SMALLEST`` is None, and the next smallest month too where a single one could be computed from the sum. Promise: every
surface, on the command line as on pages, shows an added file's counts through here.
"""

from typing import Any

from ledger287.sources.outcomes.counts.counted import SMALLEST

Counts = dict[str, Any]


def small_withheld(counts: Counts | None, name: str) -> Counts | None:
    """Counts with months, sums, states and reasons under 5 withheld."""
    if counts is None:
        return None
    rows = sorted(counts["months"], key=lambda row: row[name])
    hidden = sum(row[name] < SMALLEST for row in rows)
    few = {row["month"] for row in rows[: 2 if hidden == 1 else hidden]}
    months = [
        {**row, **{key: None for key in row if key != "month"}}
        if row["month"] in few
        else _part_withheld(row, row[name])
        for row in counts["months"]
    ]
    lists: Counts = {key: [shown(row, name) for row in counts[key]] for key in ("states", "reasons") if key in counts}
    total: Counts = {"total": None} if counts["total"] < SMALLEST else {}
    total |= _part_withheld({"taken": counts["taken"]}, counts["total"]) if "taken" in counts else {}
    other: Counts = {"not_a_state": None} if 0 < (counts.get("not_a_state") or 0) < SMALLEST else {}
    return {**counts, **lists, **total, **other, "months": [{**row, "withheld": row["month"] in few} for row in months]}


def shown(row: Counts, name: str) -> Counts:
    """A row of counts; one under 5 without them."""
    number = row[name]
    return _part_withheld(row if number >= SMALLEST else {**row, name: None}, number)


def _part_withheld(row: Counts, number: int) -> Counts:
    """A row without how many were ``taken``, where that or the rest of its number is of one to four people."""
    taken = row.get("taken")
    small = taken is not None and (0 < taken < SMALLEST or 0 < number - taken < SMALLEST or number < SMALLEST)
    return {**row, "taken": None} if small else row
