"""What can be missed in a case: each duty with its words, its rule, and the columns it needs.

What enters: nothing but the declared law. What leaves: ``DUTIES``, in the order of their bits, and the
problems a case can have. A duty whose columns a table does not have is not audited, and the report says so;
it is never counted as kept.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from ledger287.custody.case.hold_law import POLICY, REGULATION, SERVED
from ledger287.custody.case.vocabulary import code_fields, companions, orders

Kind = Literal["limit", "hold", "alone"]

NO_HOLD, HELD, PERHAPS, NOT_ENDED, UNTOLD = range(5)
HOLDS = (
    "no hold for ICE",
    "held for ICE",
    "kept past release with a detainer or warrant on file; whether as a hold is not recorded",
    "no end of the hold is recorded",
    "cannot tell whether or how long the person was held",
)
STATE, REQUEST, AGREEMENT, CEILING = range(1, 5)
CLOCKS = ("", "state law", "the form's request", "the agreement", "the regulation's ceiling")
"""The clocks by number; of two that end at once the first is named."""

MISSED, OPEN = "missed", "cannot tell"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. ``kind``: a limit on the hold, a condition of the hold, or a duty that is independent of it.

    ``rule`` is empty where it depends on the case (the clock, the state, the model). ``rests_on`` are the
    events of a finding: from which the time runs, then those that end it. One of two columns is enough where a need
    has both, as ``one|other``. A duty of a state's law needs only the state: where that law asks for an event for which
    the table has no column, the finding is open.
    """

    id: str
    kind: Kind
    rule: str
    says: str
    settled_by: str
    rests_on: tuple[str, ...]
    needs: tuple[str, ...] = ()


ENDS = ("released", "ice_took_person")
DUTIES = (
    Duty(
        "over_limit",
        "limit",
        "",
        "held past the earliest limit that applies",
        "the times of release and of the events that start each clock, and the form's name",
        ("charges_cleared", *ENDS),
    ),
    Duty(
        "exceeds_request",
        "limit",
        "",
        "held longer than the detainer's form asks",
        "the form's name, and when the person became releasable and left",
        ("charges_cleared", *ENDS),
    ),
    Duty(
        "exceeds_regulation",
        "limit",
        REGULATION,
        "held longer than the regulation's ceiling, Saturdays, Sundays and federal holidays not counted",
        "the jail's zone, and when the person became releasable and left",
        ("charges_cleared", *ENDS),
    ),
    Duty(
        "exceeds_agreement",
        "limit",
        "",
        "kept longer after custody passed to ICE than the agreement allows, unless a paid detention agreement applies",
        "the agency's model on that day, and when custody passed and the person left",
        ("custody_passed_to_ice", *ENDS),
        ("custody_passed_to_ice",),
    ),
    Duty(
        "exceeds_state",
        "limit",
        "",
        "held longer than state law allows",
        "when the detainer was received and the person left; for unsettled law, the act itself",
        ("charges_cleared", "detainer_received", *ENDS),
        ("state",),
    ),
    Duty(
        "state_forbids",
        "limit",
        "",
        "held on a civil detainer in a state whose law allows no such hold",
        "the state; whether the time was a hold; for unsettled law, the act itself",
        ("charges_cleared", *ENDS),
        ("state",),
    ),
    Duty(
        "form_no_hold",
        "limit",
        "form-i-247g",
        "held on a form that asks only for notice and gives no authority to hold",
        "the form's name, and whether the time was a hold",
        ("charges_cleared", *ENDS),
        ("detainer_form",),
    ),
    Duty(
        "no_detainer",
        "hold",
        REGULATION,
        "held without a detainer, or before one was received",
        "when the detainer was received; whether custody passed under a jail agreement",
        ("charges_cleared", "detainer_received", "custody_passed_to_ice"),
        ("detainer_received",),
    ),
    Duty(
        "no_warrant",
        "hold",
        POLICY,
        "held without a warrant (I-200 or I-205), or before one was received",
        "when the warrant was received",
        ("charges_cleared", "warrant_received"),
        ("warrant_received",),
    ),
    Duty(
        "not_served",
        "hold",
        SERVED,
        "held on Form I-247A without a copy served on the person, or before it was; the form takes effect only so",
        "the form's name, and when a copy was served",
        ("charges_cleared", "served_on_person"),
        ("served_on_person",),
    ),
    Duty(
        "ground_insufficient",
        "hold",
        POLICY,
        "held on a stated ground that is not enough for probable cause",
        "the ground stated on the form",
        ("detainer_received",),
        ("detainer_ground",),
    ),
    Duty(
        "officer_without_authority",
        "hold",
        "ina-287-g-1",
        "served or held by an officer who was not authorized on that day",
        "the officer's standing on the day of service and of the hold's start, by the roster",
        ("served_on_person", "charges_cleared"),
        ("officer_standing",),
    ),
    Duty(
        "notice_late_state",
        "hold",
        "",
        "ICE not notified, or not in the time that state law sets",
        "from which event the act's hours run, and when ICE was notified",
        ("charges_cleared", "detainer_received", "ice_notified"),
        ("state",),
    ),
    Duty(
        "notice_missing_on_service",
        "alone",
        "wso-tell-ice",
        "ICE not notified when a warrant was served; the agreement says immediately",
        "when ICE was notified, and the agency's model on that day",
        ("warrant_served", "served_on_person", "ice_notified"),
        ("warrant_served|served_on_person", "ice_notified"),
    ),
    Duty(
        "notice_late_detainer",
        "alone",
        "jem-tell-ice",
        "ICE not notified, or not within about the agreement's hours, of a detainer that the jail's own officer issued",
        "when the detainer was issued and ICE was notified, and by whom it was issued",
        ("detainer_received", "ice_notified"),
        ("detainer_received", "detainer_issued_by", "ice_notified"),
    ),
    Duty(
        "claim_late",
        "alone",
        "",
        "a claim to US citizenship not reported to ICE, or not in the time that the agreement gives",
        "when the claim was made and reported, and the agency's model on that day",
        ("citizenship_claimed", "claim_reported"),
        ("citizenship_claimed", "claim_reported"),
    ),
    Duty(
        "complaint_late",
        "alone",
        "",
        "a complaint not forwarded to ICE, or not in the time that the agreement gives",
        "when the complaint was made and forwarded, the jail's zone, and the agency's model on that day",
        ("complaint_filed", "complaint_forwarded"),
        ("complaint_filed", "complaint_forwarded"),
    ),
    Duty(
        "held_despite_answer",
        "hold",
        POLICY,
        "held after the federal authority answered that it takes no action, or that the person is a citizen",
        "the federal authority: its recorded answer is only repeated here; ICE decides what follows from it",
        ("status_answered", *ENDS),
        ("status_answered", "status_outcome"),
    ),
    Duty(
        "custody_without_agreement",
        "alone",
        "ina-287-g-1",
        "custody taken for ICE with no agreement in force that lists it, and no paid detention contract",
        "the agency's model on that day, and whether a paid detention contract applied",
        ("custody_passed_to_ice",),
        ("custody_passed_to_ice",),
    ),
    Duty(
        "held_after_cancelled",
        "hold",
        REGULATION,
        "held after ICE canceled the detainer",
        "when ICE canceled the detainer, and when the person left",
        ("detainer_cancelled", *ENDS),
        ("detainer_cancelled",),
    ),
    Duty(
        "no_judges_order",
        "hold",
        "",
        "held without the order of a judge or magistrate that state law requires",
        "when a judge or magistrate ordered the hold; for unsettled law, the act itself",
        ("charges_cleared", "judge_ordered"),
        ("state",),
    ),
)  # fmt: skip
BIT = {duty.id: 1 << place for place, duty in enumerate(DUTIES)}
ALL = (1 << len(DUTIES)) - 1

FIRST_ORDERS, FIRST_FIELDS, LATER_FIELDS = 8, 8, 9
"""How many orders of events and fields of codes had their bits before the rest was added at the end."""
PROBLEMS: tuple[str, ...] = (
    *(f"{order.after}_before_{order.before}" for order in orders()[:FIRST_ORDERS]),
    "repeated_event",
    "contradictory_event",
    "unreadable_time",
    "no_zone",
    "time_shown_twice",
    "time_never_shown",
    "unknown_zone",
    "unknown_state",
    "unknown_agency",
    *(f"unknown_{field}" for field in code_fields()[:FIRST_FIELDS]),
    "form_out_of_use",
    "outside_checked_span",
    "unknown_officer",
    "personal_case",
    "left_before_hold",
    "ends_differ",
    "year_out_of_place",
    *(f"{order.after}_before_{order.before}" for order in orders()[FIRST_ORDERS:]),
    *(f"unknown_{field}" for field in code_fields()[FIRST_FIELDS:LATER_FIELDS]),
    *(f"{one.event}_untimed" for one in companions()),
    "contract_denied",
    "status_outcome_blank",
    *(f"unknown_{field}" for field in code_fields()[LATER_FIELDS:]),
)
"""The problems of a case, in the order of their bits. ``personal_case`` stops the audit: it is in no report."""
PROBLEM = {name: 1 << place for place, name in enumerate(PROBLEMS)}


NOTED = frozenset({"outside_checked_span"})
"""What a case carries that is not a fault of its record: an answer says it once, and it changes no exit code."""

INSTEAD = {
    "officer_standing": "officer_standing, or served_by or held_by with --roster",
    "warrant_served|served_on_person": "warrant_served or served_on_person",
}
"""What can replace a column that a duty needs."""


@cache
def audited(columns: frozenset[str] | None) -> int:
    """The duties that a table with these columns can be audited for, as bits; None stands for every column."""
    if columns is None:
        return ALL
    return sum(BIT[duty.id] for duty in DUTIES if all(_has(columns, need) for need in duty.needs))


def _has(columns: frozenset[str], need: str) -> bool:
    return any(one in columns for one in need.split("|"))


def not_audited(columns: frozenset[str] | None) -> tuple[tuple[Duty, tuple[str, ...]], ...]:
    """The duties that cannot be audited, each with the columns that are missing."""
    mask = audited(columns)
    return tuple(
        (duty, tuple(INSTEAD.get(need, need) for need in duty.needs if not _has(columns or frozenset(), need)))
        for duty in DUTIES
        if not BIT[duty.id] & mask
    )


@cache
def named(mask: int) -> tuple[str, ...]:
    """The duties of a mask, by id."""
    return tuple(duty.id for duty in DUTIES if BIT[duty.id] & mask)


@cache
def problems_named(mask: int) -> tuple[str, ...]:
    """The problems of a mask, by name."""
    return tuple(name for name in PROBLEMS if PROBLEM[name] & mask)
