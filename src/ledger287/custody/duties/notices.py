"""What ICE must be notified of, and by when. Each duty in its two forms.

What enters: a ``ReadCase`` of one case, or a table of cases with the ends of their clocks. What leaves: a verdict, or
the conditions of one, in the order in which they are put: what is certain comes before what is open.
"""

from __future__ import annotations

from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, WSO, Case
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD, number
from ledger287.custody.columns.clocks import by_model
from ledger287.custody.columns.words import absent, any_of, both, int_of, seconds, unclear
from ledger287.custody.duties.both_forms import (
    SERVICES,
    ReadCase,
    Rules,
    Verdict,
    in_time,
    in_time_rules,
    missed_in,
    open_in,
)
from ledger287.custody.duties.table import MISSED, OPEN
from ledger287.custody.relations.column import cases, coalesce, greatest, least, literal
from ledger287.custody.relations.table import Table
from ledger287.law.clocks import clock


def notice_late_state(reading: ReadCase) -> Verdict:
    """So many hours to notify ICE; where the act does not say from which event, late is what is late from both."""
    case, rule = reading.case, reading.law.notice(reading.case.state)
    if rule is None:
        return None
    if reading.start is None:
        return OPEN
    if reading.start < (rule.since or reading.start) or (rule.until is not None and reading.start >= rule.until):
        return None
    if "ice_notified" in case.unclear or not reading.shows("ice_notified"):
        return OPEN
    starts = [reading.start, case.at.get("detainer_received", reading.start) if rule.from_receipt else reading.start]
    first, last = (clock.end(at, rule.hours) or 0 for at in (min(starts), max(starts)))
    notified_at = case.at.get("ice_notified", reading.left)
    if notified_at is None:
        return OPEN
    if notified_at > last and not (rule.from_receipt and "detainer_received" in case.unclear):
        return MISSED if rule.decides else OPEN
    return OPEN if notified_at > first else None


def notice_late_state_column(table: Table, law: Law) -> Rules:
    name, rules = "notice_late_state", []
    notified_at = cases((table.ice_notified.notnull(), table.ice_notified), otherwise=table.left)
    received = coalesce(table.detainer_received, table.start)
    for notice in law.notices:
        here = (table.state == notice.state).fill_null(False)
        other = received if notice.from_receipt else table.start
        first = least(table.start, other) + seconds(notice.hours)
        last = greatest(table.start, other) + seconds(notice.hours)
        before = table.start < (notice.since or 0)
        after = literal(False) if notice.until is None else table.start >= notice.until
        late = notified_at > last
        if notice.from_receipt:
            late = late & ~unclear(table, "detainer_received")
        rules += [
            (here & table.start.isnull(), open_in(name)),
            (here & (before | after), int_of(0)),
            (
                here & (unclear(table, "ice_notified") | ~table.shows_ice_notified | notified_at.isnull()),
                open_in(name),
            ),
            (here & late, missed_in(name) if notice.decides else open_in(name)),
            (here & (notified_at > first), open_in(name)),
        ]
    return rules


def notice_missing_on_service(reading: ReadCase) -> Verdict:
    """WSO: immediately on service. The text has no number, so only a notice that was never given is missed."""
    case = reading.case
    if all(map(case.absent, SERVICES)) or not reading.models_possible(WSO) or "ice_notified" in case.at:
        return None
    certain = any(event in case.at for event in SERVICES) and case.absent("ice_notified") and case.model & WSO
    return MISSED if certain else OPEN


def notice_missing_on_service_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name = "notice_missing_on_service"
    maybe = (table.models & (WSO | MODEL_UNKNOWN)) != 0
    served = any_of(table[event].notnull() for event in SERVICES)
    certain = served & absent(table, "ice_notified") & ((table.models & WSO) != 0)
    never = both(*(absent(table, event) for event in SERVICES))
    return [
        (never | ~maybe | table.ice_notified.notnull(), int_of(0)),
        (certain, missed_in(name)),
        (literal(True), open_in(name)),
    ]


def notice_late_detainer(reading: ReadCase) -> Verdict:
    """JEM: ICE is notified, within about a number of hours, of a detainer that a designated officer issued."""
    case, issued = reading.case, reading.case.code("detainer_issued_by")
    if issued not in (number("detainer_issued_by", "designated_officer"), NOT_UNDERSTOOD):
        return None
    hours = reading.law.model("JEM").notice_hours
    if hours is None or case.absent("detainer_received") or not reading.models_possible(JEM):
        return None
    found = in_time(case, "detainer_received", "ice_notified", lambda at: clock.end(at, hours))
    return found if found is None or (case.model & JEM and issued != NOT_UNDERSTOOD) else OPEN


def notice_late_detainer_column(table: Table, law: Law) -> Rules:
    name, hours = "notice_late_detainer", law.model("JEM").notice_hours
    if hours is None:
        return []
    designated = number("detainer_issued_by", "designated_officer")
    maybe = table.detainer_issued_by.isin((designated, NOT_UNDERSTOOD)) & ((table.models & (JEM | MODEL_UNKNOWN)) != 0)
    sure = ((table.models & JEM) != 0) & (table.detainer_issued_by == designated)
    return [
        (absent(table, "detainer_received") | ~maybe, int_of(0)),
        *in_time_rules(
            table, "detainer_received", "ice_notified", table.detainer_received + seconds(hours), sure, name
        ),
    ]


def claim_late(reading: ReadCase) -> Verdict:
    """JEM and WSO: immediately, generally within an hour. The TFM text has no such clause."""
    case = reading.case
    if case.absent("citizenship_claimed") or not reading.models_possible(JEM, WSO):
        return None
    hours = min(reading.law.model(model).claim_hours for model in case.jail_models or ("JEM", "WSO"))
    found = in_time(case, "citizenship_claimed", "claim_reported", lambda at: clock.end(at, hours))
    return found if found is None or case.jail_models else OPEN


def claim_late_column(table: Table, law: Law) -> Rules:
    due = table.citizenship_claimed + by_model(table, law, "claim_hours")
    return [
        (absent(table, "citizenship_claimed") | ~table.maybe_jail, int_of(0)),
        *in_time_rules(table, "citizenship_claimed", "claim_reported", due, table.jail, "claim_late"),
    ]


def complaint_late(reading: ReadCase) -> Verdict:
    """JEM and WSO: so many hours without weekends. The TFM text says in good time, which is not a number."""
    case = reading.case
    if case.absent("complaint_filed") or not reading.models_possible(JEM, WSO):
        return None
    found = in_time(case, "complaint_filed", "complaint_forwarded", lambda at: complaint_due(case, reading.law, at))
    return found if found is None or case.jail_models else OPEN


def complaint_due(case: Case, law: Law, filed: int) -> int | None:
    """By when a complaint is to reach ICE."""
    texts = [law.model(model) for model in case.jail_models or ("JEM", "WSO")]
    ends = [clock.end(filed, text.complaint_hours, text.complaint_excludes, case.where, law.holidays) for text in texts]
    known = [end for end in ends if end is not None]
    return min(known) if len(known) == len(ends) else None


def complaint_late_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    return [
        (absent(table, "complaint_filed") | ~table.maybe_jail, int_of(0)),
        *in_time_rules(
            table, "complaint_filed", "complaint_forwarded", table.complaint_due, table.jail, "complaint_late"
        ),
    ]
