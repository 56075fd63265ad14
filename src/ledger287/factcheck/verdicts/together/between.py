"""Figures of what happened between two days, of which one is between two lists.

What enters: a claim with its readings and their values. What leaves: "cannot tell" where the next list would give the
figure, else None. Promise: only a list that comes soon after a day may stand for it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.evaluating import points
from ledger287.factcheck.verdicts.answers import Answer, evidence, number
from ledger287.factcheck.verdicts.case import ClaimCase
from ledger287.factcheck.verdicts.withheld.abstaining import closest_of

BETWEEN_LISTS = timedelta(days=35)
"""How long after a day the list may be that stands for it."""


def left_between(case: ClaimCase) -> Answer | None:
    """A number of those who left that holds if some left between two lists, of which one is of another time."""
    first, last = case.plain.windows[0].first, case.plain.windows[-1].last
    after = next((day for day in case.index.days if day > last), None)
    if after is None or after - last > BETWEEN_LISTS:
        return None
    more = points(replace(case.plain, windows=(Days(first, after),)), case.index)
    least, most = closest_of(case.found, case.figure).value, max((one.value for one in more), default=0)
    if not (least < case.figure.high and case.figure.low <= most and least < most):
        return None
    reason = (
        f"the record gives {number(least)} until {brief(last)}, and {number(most)} with the next list, of "
        f"{brief(after)}; when those left in between is not in the record."
    )
    shown = (evidence(case.plain, closest_of(case.found, case.figure), case.figure.value),)
    return Answer(case.claim, "cannot_tell", case.meaning, reason, shown, measure=case.plain.measure.id,
                  settles="a list of a day in between")  # fmt: skip


def ends_between(case: ClaimCase) -> Answer | None:
    """A growth between days of which one is between two lists, where the list after that day would give it."""
    wider = replace(case.plain, windows=_to_next(case.plain.windows, case), base=_to_next(case.plain.base, case))
    if (wider.windows, wider.base) == (case.plain.windows, case.plain.base):
        return None
    values = [point.value for point in points(wider, case.index)]
    least, most = min(values), max(values)
    if not (least <= case.figure.high and case.figure.low <= most):
        return None
    share = case.plain.measure.evaluator != "change"
    reason = (f"there is no list of each of the days between which it grew; those before and after them give "
              f"{number(least, share=share)} to {number(most, share=share)}.")  # fmt: skip
    shown = (evidence(case.plain, closest_of(case.found, case.figure), case.figure.value),)
    return Answer(case.claim, "cannot_tell", case.meaning, reason, shown, measure=case.plain.measure.id,
                  settles="a list of a day in between")  # fmt: skip


def _to_next(windows: Sequence[Days], case: ClaimCase) -> tuple[Days, ...]:
    """Single days without a list of their own, each with the days up to the next list."""
    found = []
    for one in windows:
        after = next((day for day in case.index.days if day >= one.last), one.last)
        near = one.length == 1 and after - one.last <= BETWEEN_LISTS
        found.append(Days(one.first, after) if near else one)
    return tuple(found)
