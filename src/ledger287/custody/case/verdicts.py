"""The verdict on each duty of one case: missed, cannot tell, or nothing to say.

What enters: a ``Reading``, a case with its hold and its clocks. What leaves: a verdict. One function a duty, named
like it, with the law it follows. The order of the tests is the rule: what is certain comes before what is open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ledger287.custody.case.duties import BIT, HELD, MISSED, NO_HOLD, OPEN, PERHAPS, Duty
from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, WSO, Case
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import Limits, anchor, governing_of
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD, marked, number, span
from ledger287.law.clocks import clock

Verdict = str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A case with what was worked out of it; ``audited`` and ``columns`` say what its table can show."""

    case: Case
    law: Law
    hold: int
    start: int | None
    left: int | None
    limits: Limits
    limit: int | None
    audited: int
    columns: frozenset[str] | None

    @property
    def detainer_possible(self) -> bool:
        """Whether a detainer is recorded, or the table cannot show one."""
        shown = self.columns is None or "detainer_received" in self.columns
        return not shown or not self.case.absent("detainer_received")

    def since(self, instant: int) -> bool:
        """Whether the hold began when a rule was in force already; taken so where its start is not known."""
        return self.start is None or self.start >= instant

    def models_possible(self, *masks: int) -> bool:
        """Whether the agency may have had one of these models on that day."""
        return bool(self.case.model & (sum(masks) | MODEL_UNKNOWN))


def verdict(duty: Duty, reading: Reading) -> Verdict:
    """The verdict on a duty. What was missed in a hold that is not certain is open."""
    if duty.kind != "alone" and reading.hold == NO_HOLD:
        return None
    found = RULES[duty.id](reading)
    if found is None or duty.kind == "alone" or reading.hold == HELD:
        return found
    if duty.kind == "limit" and reading.hold == PERHAPS and found == MISSED:
        # Time past release without a recorded hold may be ordinary processing; past the default clock it is not.
        flat, left = reading.limits.flat, reading.left
        return MISSED if flat is not None and left is not None and left > flat else OPEN
    return OPEN


def _past(reading: Reading, end: int | None) -> bool | None:
    """Whether the person left after an instant; None where that cannot be told."""
    return None if reading.left is None or end is None else reading.left > end


def over_limit(reading: Reading) -> Verdict:
    """Of the clocks that apply the earliest governs; one whose end is not known may be earlier still."""
    if reading.start is None or reading.left is None:
        return OPEN
    if _past(reading, reading.limit):
        # Where only a day that is perhaps a holiday was counted, whether the limit was passed cannot be told.
        return MISSED if _past(reading, governing_of(reading.limits.late)[1]) else OPEN
    return OPEN if _another_may_end_earlier(reading, reading.left, reading.start) else None


def _another_may_end_earlier(reading: Reading, left: int, start: int) -> bool:
    case, limits = reading.case, reading.limits
    if limits.request is None and left > (start if case.code("detainer_form") == NOT_UNDERSTOOD else limits.flat or 0):
        return True
    if exceeds_agreement(reading) == OPEN:
        return True
    return bool(reading.audited & BIT["state_forbids"]) and (not case.state_known or limits.state_untold)


def _by_calendar(left: int, end: int, late: int | None) -> Verdict:
    """Past a clock that leaves out holidays, open where days that are perhaps holidays decide."""
    if left <= end:
        return None
    return MISSED if late is None or left > late else OPEN


def exceeds_request(reading: Reading) -> Verdict:
    """The form's own clock; the default clock where the form is not named. A form of 0 hours has its own duty."""
    form = reading.law.form(reading.case.named("detainer_form"))
    if form and form.hours == 0:
        return None
    if reading.left is None or reading.limits.flat is None:
        return OPEN
    if reading.limits.request is None:
        return OPEN if reading.left > reading.limits.flat else None
    return _by_calendar(reading.left, reading.limits.request, reading.limits.late.request)


def exceeds_regulation(reading: Reading) -> Verdict:
    """The ceiling of 8 CFR 287.7(d); where the zone is not known, only what no calendar could excuse is settled."""
    if reading.left is None or reading.start is None:
        return OPEN
    if reading.limits.regulation is None:
        least = clock.end(reading.start, reading.law.regulation_hours)
        return OPEN if _past(reading, least) else None
    return _by_calendar(reading.left, reading.limits.regulation, reading.limits.late.regulation)


def exceeds_agreement(reading: Reading) -> Verdict:
    """JEM and WSO: so many hours from when custody passed to ICE, then "shall be released"."""
    case, passed = reading.case, reading.case.at.get("custody_passed_to_ice")
    paid = case.code("paid_detention")
    if case.absent("custody_passed_to_ice") or paid == number("paid_detention", "yes"):
        return None
    if not reading.models_possible(JEM, WSO):
        return None
    if passed is None or reading.left is None:
        return OPEN
    hours = min(law.hold_hours for law in reading.law.models)
    end = reading.limits.agreement if case.jail_models else clock.end(passed, hours)
    if not _past(reading, end):
        return None
    return MISSED if case.jail_models and paid != NOT_UNDERSTOOD else OPEN


def exceeds_state(reading: Reading) -> Verdict:
    """A state's own hours, from receipt or from release."""
    if not _has_clock(reading, zero=False):
        return None
    found = _by_state(reading, reading.limits.state, reading.limits.state_open, reading.limits.state_untold)
    return OPEN if found == MISSED and not _past(reading, reading.limits.late.state) else found


def state_forbids(reading: Reading) -> Verdict:
    """A state whose law allows no hold on a civil detainer. Without the state it cannot be told."""
    if not reading.case.state_known:
        return OPEN
    if not _has_clock(reading, zero=True) or reading.case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    return _by_state(reading, reading.limits.zero, reading.limits.zero_open, False)


def _has_clock(reading: Reading, *, zero: bool) -> bool:
    """Whether the state had such a clock at the case's first event or later."""
    at = anchor(reading.case, reading.start)
    clocks = (limit for limit in reading.law.of_state(reading.case.state) if (limit.hours == 0) == zero)
    return any(limit.until is None or at is None or at < limit.until for limit in clocks)


def _by_state(reading: Reading, settled: int | None, unsettled: int | None, untold: bool) -> Verdict:
    if reading.start is None or reading.left is None:
        return OPEN
    if _past(reading, settled):
        return MISSED
    return OPEN if _past(reading, unsettled) or untold else None


def form_no_hold(reading: Reading) -> Verdict:
    """Form I-247G asks for notice of release only."""
    if reading.case.code("detainer_form") == NOT_UNDERSTOOD:
        return OPEN
    form = reading.law.form(reading.case.named("detainer_form"))
    if form is None or form.hours != 0:
        return None
    return OPEN if reading.left is None or reading.start is None else MISSED


def _by_start(reading: Reading, event: str) -> Verdict:
    """What must be there when a hold begins: never there, there later, or at an uncertain time."""
    case = reading.case
    if event in case.unclear:
        return OPEN
    if event not in case.at:
        return MISSED
    if reading.start is None:
        return OPEN
    return MISSED if case.at[event] > reading.start else None


def no_detainer(reading: Reading) -> Verdict:
    """A hold rests on a detainer, or on custody that passed to ICE under a jail agreement."""
    found, case = _by_start(reading, "detainer_received"), reading.case
    received, soon = case.at.get("detainer_received"), span("release_processing_hours")
    if found == MISSED and received is not None and reading.start is not None and received <= reading.start + soon:
        found = OPEN
    if found is None or (received is None and "detainer_received" in case.unclear):
        return found
    if case.absent("custody_passed_to_ice") or not reading.models_possible(JEM, WSO):
        return found
    passed = case.at.get("custody_passed_to_ice")
    if passed is None or reading.start is None:
        return OPEN
    if passed > reading.start:
        return MISSED
    return None if case.jail_models else OPEN


def no_warrant(reading: Reading) -> Verdict:
    """ICE Policy 10074.2: a detainer comes with Form I-200 or I-205. A form without a hold asks for none."""
    form = reading.law.form(reading.case.named("detainer_form"))
    asks = form is None or form.hours != 0
    if not (asks and reading.detainer_possible and reading.since(reading.law.policy_since)):
        return None
    return _by_start(reading, "warrant_received")


def not_served(reading: Reading) -> Verdict:
    """Form I-247A takes effect only if a copy is served on the person; an unnamed form may be one."""
    code = reading.case.code("detainer_form")
    this = code == number("detainer_form", "I-247A")
    if not reading.detainer_possible or not (this or code <= 0):
        return None
    if not this and not reading.since(reading.law.served_since):
        return None
    found = _by_start(reading, "served_on_person")
    return found if this or found is None else OPEN


def ground_insufficient(reading: Reading) -> Verdict:
    """Foreign birth with no match is not probable cause (10074.2); nor is a form with no ground on it."""
    form = reading.law.form(reading.case.named("detainer_form"))
    asks = form is None or form.hours != 0
    if not (asks and reading.detainer_possible and reading.since(reading.law.policy_since)):
        return None
    ground = reading.case.code("detainer_ground")
    if ground <= 0:
        return OPEN
    return MISSED if ground in marked("detainer_ground", "sufficient", False) else None


def officer_without_authority(reading: Reading) -> Verdict:
    """The standing that the table states, and those of the roster, where it was given. One who was not is enough."""
    standings = (reading.case.code("officer_standing"), *reading.case.by_roster)
    if number("officer_standing", "not_authorised") in standings:
        return MISSED
    return OPEN if NOT_UNDERSTOOD in standings else None


def notice_late_state(reading: Reading) -> Verdict:
    """So many hours to notify ICE; where the act does not say from which event, late is what is late from both."""
    case, rule = reading.case, reading.law.notice(reading.case.state)
    if rule is None:
        return None
    if reading.start is None:
        return OPEN
    if reading.start < (rule.since or reading.start) or (rule.until is not None and reading.start >= rule.until):
        return None
    if "ice_notified" in case.unclear:
        return OPEN
    starts = [reading.start, case.at.get("detainer_received", reading.start) if rule.from_receipt else reading.start]
    first, last = (clock.end(at, rule.hours) or 0 for at in (min(starts), max(starts)))
    told = case.at.get("ice_notified", reading.left)
    if told is None:
        return OPEN
    if told > last and not (rule.from_receipt and "detainer_received" in case.unclear):
        return MISSED if rule.decides else OPEN
    return OPEN if told > first else None


def notice_missing_on_service(reading: Reading) -> Verdict:
    """WSO: immediately on service. The text has no number, so only a notice that was never given is missed."""
    case = reading.case
    if case.absent("served_on_person") or not reading.models_possible(WSO) or "ice_notified" in case.at:
        return None
    certain = "served_on_person" in case.at and case.absent("ice_notified") and case.model & WSO
    return MISSED if certain else OPEN


def notice_late_detainer(reading: Reading) -> Verdict:
    """JEM: ICE is told within about so many hours of a detainer that a designated officer issued."""
    case, issued = reading.case, reading.case.code("detainer_issued_by")
    if issued not in (number("detainer_issued_by", "designated_officer"), NOT_UNDERSTOOD):
        return None
    hours = reading.law.model("JEM").notice_hours
    if hours is None or case.absent("detainer_received") or not reading.models_possible(JEM):
        return None
    found = _in_time(case, "detainer_received", "ice_notified", lambda at: clock.end(at, hours))
    return found if found is None or (case.model & JEM and issued != NOT_UNDERSTOOD) else OPEN


def _in_time(case: Case, event: str, answer: str, due: Callable[[int], int | None]) -> Verdict:
    """A duty to answer one event by another: never answered, answered late, or at an uncertain time."""
    if event in case.unclear or answer in case.unclear:
        return OPEN
    if answer not in case.at:
        return MISSED
    end = due(case.at[event])
    if end is None or case.at[answer] < case.at[event]:
        return OPEN
    return MISSED if case.at[answer] > end else None


def claim_late(reading: Reading) -> Verdict:
    """JEM and WSO: immediately, generally within an hour. The TFM text has no such clause."""
    case = reading.case
    if case.absent("citizenship_claimed") or not reading.models_possible(JEM, WSO):
        return None
    hours = min(reading.law.model(model).claim_hours for model in case.jail_models or ("JEM", "WSO"))
    found = _in_time(case, "citizenship_claimed", "claim_reported", lambda at: clock.end(at, hours))
    return found if found is None or case.jail_models else OPEN


def complaint_late(reading: Reading) -> Verdict:
    """JEM and WSO: so many hours without weekends. The TFM text says in good time, which is no number."""
    case = reading.case
    if case.absent("complaint_filed") or not reading.models_possible(JEM, WSO):
        return None
    found = _in_time(case, "complaint_filed", "complaint_forwarded", lambda at: complaint_due(case, reading.law, at))
    return found if found is None or case.jail_models else OPEN


def complaint_due(case: Case, law: Law, filed: int) -> int | None:
    """By when a complaint is to reach ICE."""
    texts = [law.model(model) for model in case.jail_models or ("JEM", "WSO")]
    ends = [clock.end(filed, text.complaint_hours, text.complaint_excludes, case.where, law.holidays) for text in texts]
    known = [end for end in ends if end is not None]
    return min(known) if len(known) == len(ends) else None


def held_despite_answer(reading: Reading) -> Verdict:
    """The federal authority's own answer, as recorded. What follows from it is never decided here."""
    case = reading.case
    if case.code("status_outcome") not in marked("status_outcome", "against_hold"):
        return None
    answered = case.at.get("status_answered")
    if answered is None or reading.left is None:
        return OPEN if not case.absent("status_answered") else None
    ends = case.code("status_outcome") in marked("status_outcome", "ends_hold")
    return (MISSED if ends else OPEN) if reading.left > answered else None


def custody_without_agreement(reading: Reading) -> Verdict:
    """Custody passes to ICE in a jail only under an agreement that lists it, or a paid detention contract."""
    case = reading.case
    if case.absent("custody_passed_to_ice") or case.jail_models or not case.absent("contract_began"):
        return None
    if case.code("paid_detention") == number("paid_detention", "yes"):
        return None
    sure = "custody_passed_to_ice" in case.at and case.code("paid_detention") != NOT_UNDERSTOOD
    return MISSED if sure and not case.model & MODEL_UNKNOWN else OPEN


def held_after_cancelled(reading: Reading) -> Verdict:
    """A detainer that ICE cancelled asks for nothing more; a later detainer, or a judge's warrant, may."""
    case, cancelled = reading.case, reading.case.at.get("detainer_cancelled")
    if case.absent("detainer_cancelled") or case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    if cancelled is None or reading.left is None or "detainer_received" in case.unclear:
        return OPEN
    if reading.left <= cancelled:
        return None
    return OPEN if case.at.get("detainer_received", cancelled) > cancelled else MISSED


def no_judges_order(reading: Reading) -> Verdict:
    """Where state law requires a judge's order: never given is missed, given after the start cannot be told."""
    case, rule = reading.case, reading.law.order(reading.case.state)
    if rule is None or case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    if reading.start is None:
        return OPEN
    if reading.start < (rule.since or reading.start) or (rule.until is not None and reading.start >= rule.until):
        return None
    found = _by_start(reading, "judge_ordered")
    return OPEN if found and ("judge_ordered" in case.at or not rule.decides) else found


RULES: dict[str, Callable[[Reading], Verdict]] = {
    rule.__name__: rule
    for rule in (
        over_limit,
        exceeds_request,
        exceeds_regulation,
        exceeds_agreement,
        exceeds_state,
        state_forbids,
        form_no_hold,
        no_detainer,
        no_warrant,
        not_served,
        ground_insufficient,
        officer_without_authority,
        notice_late_state,
        notice_missing_on_service,
        notice_late_detainer,
        claim_late,
        complaint_late,
        held_despite_answer,
        custody_without_agreement,
        held_after_cancelled,
        no_judges_order,
    )
}
