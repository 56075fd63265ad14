"""When a hold began and ended, and every clock that applies to it.

What enters: a ``Case`` and the ``Law``. What leaves: the hold, its clocks, and which of them governs. It promises
that a hold begins when the person is otherwise releasable, that of several clocks the earliest governs, and
that no clock is added to another.
"""

from dataclasses import dataclass, replace

from ledger287.custody.case.facts import MASKS, MODEL_UNKNOWN, Case, earliest
from ledger287.custody.case.hold_law import Law, StateClock
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, events, marked, number, orders, span
from ledger287.custody.duties.table import (
    AGREEMENT,
    CEILING,
    HELD,
    NO_HOLD,
    NOT_ENDED,
    PERHAPS,
    REQUEST,
    STATE,
    UNTOLD,
)
from ledger287.law.clocks import clock

ASKED = ("detainer_received", "warrant_received", "hold_started", "custody_passed_to_ice", "ice_took_person")
ALONE = ("citizenship_claimed", "complaint_filed")
"""Events from which a duty runs that does not depend on the hold."""
PAPERS = ("detainer_received", "warrant_received", "served_on_person", "ice_notified")
SURE = ("hold_started", "custody_passed_to_ice")
"""Events that say that a person was held. That ICE took one says so only past the time in which releases are made."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Every clock of a case. ``zero_open`` and ``state_open`` end by law that is not settled: shown, never used.

    ``latest`` are the same clocks with the days left out too that are perhaps holidays (Inauguration Day, closures by
    executive order), where that moves one of them.
    """

    flat: int | None = None
    regulation: int | None = None
    request: int | None = None
    agreement: int | None = None
    zero: int | None = None
    zero_open: int | None = None
    state: int | None = None
    state_open: int | None = None
    state_untold: bool = False
    latest: "Limits | None" = None

    @property
    def late(self) -> "Limits":
        """The latest that each clock can end."""
        return self.latest or self

    @property
    def by_state(self) -> int | None:
        """The earlier of the two settled limits of a state."""
        return earliest(self.zero, self.state)


def hold_of(case: Case) -> tuple[int, int | None, int | None]:
    """Whether there was a hold, when it began and when the person left.

    A hold begins when the person is otherwise releasable: never at booking or on receipt of a detainer. Where
    that is not recorded, when the jail says that it held, or when custody passed.
    """
    start = case.at.get("charges_cleared")
    if start is None and "charges_cleared" not in case.unclear:
        start = case.at.get("hold_started", case.at.get("custody_passed_to_ice"))
    lost = bool({"released", "ice_took_person", "contract_began"} & case.unclear) or (
        _paid(case) and "custody_passed_to_ice" in case.unclear
    )
    left = None
    if not lost:
        left = earliest(case.at.get("released"), case.at.get("ice_took_person"), contract(case))
    if not held_for_ice(case):
        return NO_HOLD, start, left
    doubt = case.code("hold_for") == NOT_UNDERSTOOD
    if contradictory(case):
        return UNTOLD, None, None
    if start is None:
        return UNTOLD, None, left
    if left is None:
        return (UNTOLD if lost or doubt or doubtful(case) else NOT_ENDED), start, None
    if left <= start:
        return NO_HOLD, start, left
    # Of a detainer or hold without any time that is known, it is not known whether the person was held for it.
    if doubt or not any(event in case.at for event in ASKED) or sure_until(case, start, left) <= start:
        return UNTOLD, start, left
    if any(event in case.at for event in SURE):
        return HELD, start, left
    if "ice_took_person" not in case.at:
        return PERHAPS, start, left
    if left - start > span("release_processing_hours"):
        return HELD, start, left
    papers = not (case.absent("detainer_received") and case.absent("warrant_received"))
    return (PERHAPS if papers else UNTOLD), start, left


HOLD_TIMES = ("charges_cleared", "hold_started", "custody_passed_to_ice", "released", "ice_took_person")


def first_of_hold(case: Case) -> int | None:
    """Of a hold whose times contradict one another the first of them: a paper from before it was there in time,
    whichever of them is wrong. None where they do not, or where one of them is not certain."""
    if {*HOLD_TIMES} & case.unclear or not held_for_ice(case) or not contradictory(case):
        return None
    return earliest(*(case.at.get(event) for event in HOLD_TIMES))


def contradictory(case: Case) -> bool:
    """Whether the times of a hold contradict one another, so that it is not known how long it was."""
    return bool(contradictions(case)) or any(
        order.holds and case.reversed(order.before, order.after) for order in orders()
    )


def held_for_ice(case: Case) -> bool:
    """Whether the record has something of a hold for ICE; a hold that it says is another agency's is none."""
    return not all(case.absent(event) for event in ASKED) and case.code("hold_for") != number("hold_for", "other")


def _paid(case: Case) -> bool:
    return case.code("paid_detention") == number("paid_detention", "yes")


def contract(case: Case) -> int | None:
    """When custody passed under a paid detention contract: from then the person is ICE's prisoner, and no hold runs."""
    began = None if doubtful(case) == "contract_began" else case.at.get("contract_began")
    return earliest(began, case.at.get("custody_passed_to_ice") if _paid(case) else None)


def doubtful(case: Case) -> str | None:
    """The event by which custody perhaps passed under a contract: the cell that tells it is not understood, or denies
    the contract."""
    paid = case.code("paid_detention")
    denied = paid == number("paid_detention", "no")
    event = "custody_passed_to_ice" if paid == NOT_UNDERSTOOD else "contract_began" if denied else None
    return None if event is None or case.absent(event) else event


def sure_until(case: Case, start: int, left: int) -> int:
    """Until when a hold lasted for certain: till a contract began, where that is in doubt (``doubtful``)."""
    event = doubtful(case)
    return left if event is None else min(left, case.at.get(event, start))


def contradictions(case: Case) -> tuple[str, ...]:
    """Contradictions between the times of a hold, because of which its length is unknown."""
    if not held_for_ice(case):
        return ()
    at, found = case.at, []
    ends = [at[event] for event in ("released", "ice_took_person") if event in at]
    starts = [at[event] for event in ("charges_cleared", "hold_started") if event in at]
    if ends and starts and min(ends) < max(starts):
        found.append("left_before_hold")
    if len(ends) == 2 and max(ends) - min(ends) > span("same_end_minutes"):
        found.append("ends_differ")
    papers = [at[event] for event in PAPERS if event in at]
    long = ends and starts and min(ends) - min(starts) > span("year_days")
    late = ends and papers and max(papers) - min(ends) > span("year_days")
    if long or late:
        found.append("year_out_of_place")
    return tuple(found)


def of_read_texts(case: Case, law: Law, start: int | None) -> Case:
    """A case whose agency has an unknown model where the text of its own, of that time, was not read."""
    at, models = anchor(case, start), case.model
    for text in law.models:
        bit = MASKS[text.model]
        if at is not None and text.since is not None and at < text.since and models & bit:
            models = models & ~bit | MODEL_UNKNOWN
    return case if models == case.model else replace(case, model=models)


def limits_of(case: Case, law: Law, start: int | None, left: int | None) -> Limits:
    """Every clock that applies, by its own end. None of them is added to another."""
    found = _limits(case, law, start, left, late=False)
    latest = _limits(case, law, start, left, late=True)
    return found if latest == found else replace(found, latest=latest)


def _limits(case: Case, law: Law, start: int | None, left: int | None, *, late: bool) -> Limits:
    read = of_read_texts(case, law, start) if late else case
    passed, models = case.at.get("custody_passed_to_ice"), read.jail_models
    agreement = None
    if passed is not None and models and case.named("paid_detention") != "yes":
        agreement = clock.end(passed, min(law.model(model).hold_hours for model in models))
    if start is None:
        return Limits(agreement=agreement)
    flat = clock.end(start, law.default_hours)
    regulation = clock.end(start, law.regulation_hours, law.regulation_excludes, case.where, law.holidays, late=late)
    request = flat
    form = law.form(case.named("detainer_form"))
    if case.code("detainer_form") == NOT_UNDERSTOOD:
        request = None
    elif form and form.hours is not None:
        request = clock.end(start, form.hours, form.excludes, case.where, law.holidays, late=late)
    elif late and unnamed(case, law, start):
        request = regulation
    return _with_state(case, law, start, left, Limits(flat, regulation, request, agreement), late=late)


def unnamed(case: Case, law: Law, start: int | None) -> bool:
    """Whether no form is named for a time at which it may have been the older I-247, whose clock left out weekends.

    The end that is shown stays the earliest; a hold is past the form's clock for certain only past the later of them.
    """
    at = case.at.get("detainer_received", start)
    return case.code("detainer_form") == BLANK and at is not None and at < law.served_since


def _with_state(case: Case, law: Law, start: int, left: int | None, found: Limits, *, late: bool) -> Limits:
    ends: dict[tuple[bool, bool], int | None] = {}
    untold = False
    for limit in law.of_state(case.state):
        is_certain, end = _state_end(case, law, limit, start, found.flat if left is None else left, late=late)
        untold = untold or not is_certain
        if end is not None:
            # A judge's warrant lifts a bar on holds that rest on a civil request; one not understood may.
            zero, warrant = limit.hours == 0, case.code("warrant_form")
            if zero and warrant in marked("warrant_form", "judicial"):
                continue
            sure = limit.decides and not (zero and warrant == NOT_UNDERSTOOD)
            ends[zero, sure] = earliest(ends.get((zero, sure)), end)
    return Limits(
        found.flat,
        found.regulation,
        found.request,
        found.agreement,
        ends.get((True, True)),
        ends.get((True, False)),
        ends.get((False, True)),
        ends.get((False, False)),
        untold,
    )


def _state_end(
    case: Case, law: Law, limit: StateClock, start: int, until: int | None, *, late: bool
) -> tuple[bool, int | None]:
    """Whether a state's clock is known, and when it ends: only where the act is law at that time."""
    if limit.since is not None and until is not None and limit.since >= until:
        return True, None
    base: int | None = start
    if limit.starts == "receipt":
        if "detainer_received" in case.unclear:
            return not _holds_at(limit, start), None
        base = case.at.get("detainer_received")
    if base is None:
        return True, None
    end = clock.end(base, limit.hours, limit.excludes, case.where, law.holidays, late=late)
    if end is None:
        return not _holds_at(limit, start), None
    end = max(end, start, limit.since or start)
    return True, end if limit.until is None or end < limit.until else None


def anchor(case: Case, start: int | None) -> int | None:
    """The time that a case is filed under: the hold's start, else the first of its events by the vocabulary."""
    return start if start is not None else next((case.at[event] for event in events() if event in case.at), None)


def _holds_at(limit: StateClock, at: int) -> bool:
    return (limit.since is None or at >= limit.since) and (limit.until is None or at < limit.until)


def governing_of(limits: Limits) -> tuple[int, int | None]:
    """The earliest of the limits that apply, and which clock it is; of two at once the first named."""
    candidates = (
        (limits.by_state, STATE),
        (limits.request, REQUEST),
        (limits.agreement, AGREEMENT),
        (limits.regulation, CEILING),
    )
    known = [(end, which) for end, which in candidates if end is not None]
    if not known:
        return 0, None
    end, which = min(known)
    return which, end
