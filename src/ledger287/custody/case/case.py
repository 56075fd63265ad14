"""One case, and the decision on it: the holds, every clock, which one governs, and each duty missed.

What enters: a ``Case`` (events with their times, codes) and the ``Law``. What leaves: a ``Decision``, made by one pure
function, ``decide``. It promises that of several limits only the earliest is the end, that clocks are never added
together, that an event whose time is not certain makes what rests on it ``cannot tell``, and that an unverified rule
decides nothing alone. ``custody.audit`` does the same over tables; a test checks that they are equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import Any

from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import Form, Law
from ledger287.custody.case.limits import (
    ALONE,
    Limits,
    anchor,
    contradictions,
    doubtful,
    governing_of,
    hold_of,
    limits_of,
    of_read_texts,
    sure_until,
)
from ledger287.custody.case.vocabulary import BLANK, orders
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.both_forms import ReadCase
from ledger287.custody.duties.open_reasons import opened_by_calendar, opened_by_law
from ledger287.custody.duties.table import BIT, PROBLEM
from ledger287.custody.duties.verdicts import verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What a case's record shows. ``limit`` is worded "no later than"; it grants no authority to hold.

    ``missed`` and ``open`` are masks of duties, ``problems`` of problems; ``governing`` is a number of a clock.
    ``by_calendar`` and ``by_law`` are those of the open duties that only a day, or only the law itself, decides.
    """

    case: Case
    hold: int
    start: int | None
    left: int | None
    limits: Limits
    governing: int
    limit: int | None
    over: int | None
    missed: int
    open: int
    problems: int
    by_calendar: int = 0
    by_law: int = 0


def decide(case: Case, law: Law, columns: frozenset[str] | None = None) -> Decision:
    """The decision on one case. ``columns`` are those that its table has, where it has not all of them.

    A duty whose columns are missing is not audited: it is neither missed nor kept nor open.
    """
    if case.forms:
        readings = [replace(case, coded={**case.coded, "detainer_form": form}, forms=()) for form in case.forms]
        return _agreed(case, [decide(reading, law, columns) for reading in readings])
    hold, start, left = hold_of(case)
    limits = limits_of(case, law, start, left)
    case = of_read_texts(case, law, start)  # the end that is shown stays the earliest
    governing, limit = governing_of(limits)
    audited = duties.audited(columns)
    reading = ReadCase(case, law, hold, start, left, limits, limit, audited, columns)
    missed = open_ = by_calendar = by_law = 0
    for duty in duties.DUTIES:
        found = verdict(duty, reading) if BIT[duty.id] & audited else None
        missed |= BIT[duty.id] if found == duties.MISSED else 0
        open_ |= BIT[duty.id] if found == duties.OPEN else 0
        by_calendar |= BIT[duty.id] if found == duties.OPEN and opened_by_calendar(duty.id, reading) else 0
        by_law |= BIT[duty.id] if found == duties.OPEN and opened_by_law(duty.id, reading) else 0
    over = (
        reading.sure - limit if missed & BIT["over_limit"] and reading.sure is not None and limit is not None else None
    )
    problems = problems_of(case, law, start, left, audited)
    return Decision(
        case, hold, start, left, limits, governing, limit, over, missed, open_, problems, by_calendar, by_law
    )


def _agreed(case: Case, readings: Sequence[Decision]) -> Decision:
    """What every reading of a case has in common: what is missed in each is missed, and other findings are open.

    The end is the earliest of them, and of a hold past each of them the latest, past which it certainly was; the form's
    own clock is given where it is the same in each.
    """
    one = readings[0]
    missed = reduce(and_, (reading.missed for reading in readings))
    found = reduce(or_, (reading.missed | reading.open for reading in readings))
    ends = [(reading.limit, reading.governing) for reading in readings if reading.limit is not None]
    limit, governing = (max if missed & BIT["over_limit"] else min)(ends, default=(None, 0))
    requests = {reading.limits.request for reading in readings}
    limits = replace(one.limits, request=requests.pop() if len(requests) == 1 else None)
    over = None
    if missed & BIT["over_limit"] and one.start is not None and one.left is not None and limit is not None:
        over = sure_until(case, one.start, one.left) - limit
    problems, by_calendar, by_law = (
        reduce(and_, (getattr(reading, name) for reading in readings)) for name in ("problems", "by_calendar", "by_law")
    )
    open_ = found & ~missed
    return Decision(
        case,
        one.hold,
        one.start,
        one.left,
        limits,
        governing,
        limit,
        over,
        missed,
        open_,
        problems,
        by_calendar,
        by_law,
    )


def month_of(case: Case, start: int | None) -> int | None:
    """The local month of a hold's start, else of the first event, as 202508; None where the zone is not known."""
    at = anchor(case, start)
    day = None if at is None or case.where is None else case.where.day(at)
    return None if day is None else day.year * 100 + day.month


def as_row(found: Decision) -> dict[str, Any]:
    """A decision as one row of a written audit, with times in seconds; the audit of a table gives the same."""
    case, limits = found.case, found.limits
    return {
        "case": case.case,
        "hold": found.hold,
        "month": month_of(case, found.start),
        "start": found.start,
        "left": found.left,
        "flat_end": limits.flat,
        "regulation_end": limits.regulation,
        "request_end": limits.request,
        "agreement_end": limits.agreement,
        "zero_end": limits.zero,
        "state_end": limits.state,
        "governing": found.governing,
        "limit_end": found.limit,
        "over_seconds": found.over,
        "missed": found.missed,
        "open": found.open,
        "by_calendar": found.by_calendar,
        "by_law": found.by_law,
        "problems": found.problems,
        "unclear": case.unclear_mask,
    }


def problems_of(case: Case, law: Law, start: int | None, left: int | None, audited: int = duties.ALL) -> int:
    """The problems of a case: those met in reading, and what its events and codes say of one another."""
    found = case.problems
    for order in orders():
        if case.reversed(order.before, order.after):
            found |= PROBLEM[f"{order.after}_before_{order.before}"]
    for name in contradictions(case):
        found |= PROBLEM[name]
    found |= PROBLEM["contract_denied"] if doubtful(case) == "contract_began" else 0
    answered = bool(audited & BIT["held_despite_answer"]) and "status_answered" in case.at
    found |= PROBLEM["status_outcome_blank"] if answered and case.code("status_outcome") == BLANK else 0
    form, received = law.form(case.named("detainer_form")), case.at.get("detainer_received")
    if form and received is not None and not _in_use(form, received):
        found |= PROBLEM["form_out_of_use"]
    times = (start, left, *(case.at.get(event) for event in ALONE))
    if any(time is not None and not law.checked_since <= time < law.checked_until for time in times):
        found |= PROBLEM["outside_checked_span"]
    return found


def _in_use(form: Form, at: int) -> bool:
    return (form.since is None or at >= form.since) and (form.until is None or at < form.until)
