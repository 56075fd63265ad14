"""The verdicts of ``verdicts`` as columns: each duty's verdict, and the masks of them, over all rows of a table.

What enters: a table of cases with the ends of their clocks. What leaves: two masks of duties, missed and open, and the
problems. A case that no condition settles falls through to the next, as in the row's own function.
"""

import ibis
import ibis.expr.types as ir

from ledger287.custody.batch.clock_columns import by_model
from ledger287.custody.batch.columns import Column, absent, both, cases, int_of, seconds, unclear
from ledger287.custody.batch.plan import BY_ROSTER
from ledger287.custody.case import duties
from ledger287.custody.case.duties import ALL, BIT, DUTIES, HELD, NO_HOLD, PERHAPS, PROBLEM
from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, UNKNOWN_STATE, WSO
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import ALONE
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD, marked, number, span

OPENED = 32
"""By how many bits the open duties lie above the missed ones."""


# -- verdicts --------------------------------------------------------------------------------------------------


def with_verdicts(table: ir.Table, law: Law, columns: frozenset[str]) -> ir.Table:
    """Each duty's verdict, before it is asked whether the hold is certain."""
    audited = duties.audited(columns)
    rules = {
        "exceeds_agreement": _exceeds_agreement,
        "exceeds_request": _exceeds_request,
        "exceeds_regulation": _exceeds_regulation,
        "exceeds_state": _exceeds_state,
        "state_forbids": _state_forbids,
        "form_no_hold": _form_no_hold,
        "no_detainer": _no_detainer,
        "no_warrant": _no_warrant,
        "not_served": _not_served,
        "ground_insufficient": _ground_insufficient,
        "officer_without_authority": _officer_without_authority,
        "notice_late_state": _notice_late_state,
        "notice_missing_on_service": _notice_missing_on_service,
        "notice_late_detainer": _notice_late_detainer,
        "claim_late": _claim_late,
        "complaint_late": _complaint_late,
        "held_despite_answer": _held_despite_answer,
        "custody_without_agreement": _custody_without_agreement,
        "held_after_cancelled": _held_after_cancelled,
        "no_judges_order": _no_judges_order,
    }
    shows_detainers = "detainer_received" in columns
    table = table.mutate(
        detainer_possible=~absent(table, "detainer_received") if shows_detainers else ibis.literal(True),
        maybe_jail=(table.models & (JEM | WSO | MODEL_UNKNOWN)) != 0,
        state_known=table.state.notnull() & (table.state != UNKNOWN_STATE),
    )
    always = ("exceeds_agreement",)
    wanted = {name: rule for name, rule in rules.items() if BIT[name] & audited or name in always}
    table = table.mutate(
        **{f"v_{name}": cases(*rule(table, law), otherwise=int_of(0)) for name, rule in wanted.items()}
    )
    return table.mutate(v_over_limit=cases(*_over_limit(table, audited), otherwise=int_of(0)))


Rules = list[tuple[Column, Column]]


def _missed(name: str) -> Column:
    return int_of(BIT[name])


def _open(name: str) -> Column:
    return int_of(BIT[name] << OPENED)


def _over_limit(table: ir.Table, audited: int) -> Rules:
    name = "over_limit"
    rules: Rules = [
        (table.start.isnull() | table.left.isnull(), _open(name)),
        (table.left > table.limit_late, _missed(name)),
        (table.left > table.limit_end, _open(name)),
        (
            table.request_end.isnull() & (table.detainer_form == NOT_UNDERSTOOD) & (table.left > table.start),
            _open(name),
        ),
        (
            table.request_end.isnull() & (table.detainer_form != NOT_UNDERSTOOD) & (table.left > table.flat_end),
            _open(name),
        ),
        (table.v_exceeds_agreement == (BIT["exceeds_agreement"] << OPENED), _open(name)),
    ]
    if audited & BIT["state_forbids"]:
        rules.append((~table.state_known | table.state_untold, _open(name)))
    return rules


def _exceeds_request(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_request"
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    return [
        (table.detainer_form.isin(none), int_of(0)),
        (table.left.isnull() | table.flat_end.isnull(), _open(name)),
        (table.request_end.isnull() & (table.left > table.flat_end), _open(name)),
        (table.left > table.request_late, _missed(name)),
        (table.left > table.request_end, _open(name)),
    ]


def _exceeds_regulation(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_regulation"
    least = table.start + seconds(law.regulation_hours)
    return [
        (table.left.isnull() | table.start.isnull(), _open(name)),
        (table.regulation_end.isnull() & (table.left > least), _open(name)),
        (table.left > table.regulation_late, _missed(name)),
        (table.left > table.regulation_end, _open(name)),
    ]


def _exceeds_agreement(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_agreement"
    fewest = min(seconds(model.hold_hours) for model in law.models)
    passed = table.custody_passed_to_ice
    paid = table.paid_detention == number("paid_detention", "yes")
    within = table.left <= cases((table.jail, table.agreement_end), otherwise=passed + fewest)
    return [
        (absent(table, "custody_passed_to_ice") | paid | ~table.maybe_jail, int_of(0)),
        (passed.isnull() | table.left.isnull(), _open(name)),
        (within, int_of(0)),
        (table.jail & (table.paid_detention != NOT_UNDERSTOOD), _missed(name)),
        (ibis.literal(True), _open(name)),
    ]


def _with_clock(table: ir.Table, law: Law, *, zero: bool) -> Column:
    """Whether the state had such a clock at the case's first event or later (``verdicts._has_clock``)."""
    last: dict[str, int | None] = {}
    for limit in (limit for limit in law.states if (limit.hours == 0) == zero):
        ends = last.get(limit.state, 0)
        last[limit.state] = None if limit.until is None or ends is None else max(ends, limit.until)
    found = table.state.isin(sorted(state for state, until in last.items() if until is None))
    for state, until in last.items():
        if until is not None:
            found = found | ((table.state == state) & (table.anchor.isnull() | (table.anchor < until)))
    return found.fill_null(False)


def _exceeds_state(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_state"
    return [
        (~_with_clock(table, law, zero=False).fill_null(False), int_of(0)),
        (table.start.isnull() | table.left.isnull(), _open(name)),
        (table.left > table.state_late, _missed(name)),
        (table.left > table.state_end, _open(name)),
        ((table.left > table.state_open_end).fill_null(False) | table.state_untold, _open(name)),
    ]


def _state_forbids(table: ir.Table, law: Law) -> Rules:
    name = "state_forbids"
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    return [
        (~table.state_known, _open(name)),
        (~_with_clock(table, law, zero=True) | judicial, int_of(0)),
        (table.start.isnull() | table.left.isnull(), _open(name)),
        (table.left > table.zero_end, _missed(name)),
        (table.left > table.zero_open_end, _open(name)),
    ]


def _form_no_hold(table: ir.Table, law: Law) -> Rules:
    name = "form_no_hold"
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    mine = table.detainer_form.isin(none)
    return [
        (table.detainer_form == NOT_UNDERSTOOD, _open(name)),
        (mine & (table.left.isnull() | table.start.isnull()), _open(name)),
        (mine, _missed(name)),
    ]


def _by_start(table: ir.Table, event: str, name: str) -> Rules:
    """What must be there when a hold begins (``verdicts._by_start``)."""
    return [
        (unclear(table, event), _open(name)),
        (table[event].isnull(), _missed(name)),
        (table.start.isnull(), _open(name)),
        (table[event] > table.start, _missed(name)),
    ]


def _no_detainer(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name, passed = "no_detainer", table.custody_passed_to_ice
    lacks = table.detainer_received.isnull() | (table.detainer_received > table.start).fill_null(False)
    late = (table.detainer_received > table.start).fill_null(False)
    soon = late & (table.detainer_received <= table.start + span("release_processing_hours"))
    excused = lacks & ~absent(table, "custody_passed_to_ice") & table.maybe_jail
    return [
        (unclear(table, "detainer_received"), _open(name)),
        (excused & (passed.isnull() | table.start.isnull()), _open(name)),
        (excused & (passed > table.start), _missed(name)),
        (excused & table.jail, int_of(0)),
        (excused | soon, _open(name)),
        *_by_start(table, "detainer_received", name)[1:],
    ]


def _asks_for_hold(table: ir.Table, law: Law) -> Column:
    """Whether a detainer that asks for a hold is possible, under the policy of 2017."""
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    since = table.start.isnull() | (table.start >= law.policy_since)
    return both(~table.detainer_form.isin(none), table.detainer_possible, since)


def _no_warrant(table: ir.Table, law: Law) -> Rules:
    return [(~_asks_for_hold(table, law), int_of(0)), *_by_start(table, "warrant_received", "no_warrant")]


def _not_served(table: ir.Table, law: Law) -> Rules:
    name = "not_served"
    this = table.detainer_form == number("detainer_form", "I-247A")
    since = table.start.isnull() | (table.start >= law.served_since)
    applies = table.detainer_possible & (this | ((table.detainer_form <= 0) & since))
    event = table.served_on_person
    fault = event.isnull() | table.start.isnull() | (event > table.start)
    return [
        (~applies, int_of(0)),
        (this, cases(*_by_start(table, "served_on_person", name), otherwise=int_of(0))),
        (fault, _open(name)),
    ]


def _ground_insufficient(table: ir.Table, law: Law) -> Rules:
    name = "ground_insufficient"
    return [
        (~_asks_for_hold(table, law), int_of(0)),
        (table.detainer_ground <= 0, _open(name)),
        (table.detainer_ground.isin(marked("detainer_ground", "sufficient", False)), _missed(name)),
    ]


def _officer_without_authority(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name = "officer_without_authority"
    standings = [table[column] for column in ("officer_standing", *BY_ROSTER) if column in table.columns]
    lacks = number("officer_standing", "not_authorised")
    return [
        *((standing == lacks, _missed(name)) for standing in standings),
        *((standing == NOT_UNDERSTOOD, _open(name)) for standing in standings),
    ]


def _notice_late_state(table: ir.Table, law: Law) -> Rules:
    name, rules = "notice_late_state", []
    told = cases((table.ice_notified.notnull(), table.ice_notified), otherwise=table.left)
    received = ibis.coalesce(table.detainer_received, table.start)
    for notice in law.notices:
        here = (table.state == notice.state).fill_null(False)
        other = received if notice.from_receipt else table.start
        first = ibis.least(table.start, other) + seconds(notice.hours)
        last = ibis.greatest(table.start, other) + seconds(notice.hours)
        before = table.start < (notice.since or 0)
        after = ibis.literal(False) if notice.until is None else table.start >= notice.until
        late = told > last
        if notice.from_receipt:
            late = late & ~unclear(table, "detainer_received")
        rules += [
            (here & table.start.isnull(), _open(name)),
            (here & (before | after), int_of(0)),
            (here & (unclear(table, "ice_notified") | told.isnull()), _open(name)),
            (here & late, _missed(name) if notice.decides else _open(name)),
            (here & (told > first), _open(name)),
        ]
    return rules


def _notice_missing_on_service(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name = "notice_missing_on_service"
    maybe = (table.models & (WSO | MODEL_UNKNOWN)) != 0
    certain = table.served_on_person.notnull() & absent(table, "ice_notified") & ((table.models & WSO) != 0)
    return [
        (absent(table, "served_on_person") | ~maybe | table.ice_notified.notnull(), int_of(0)),
        (certain, _missed(name)),
        (ibis.literal(True), _open(name)),
    ]


def _in_time(table: ir.Table, event: str, answer: str, due: Column, sure: Column, name: str) -> Rules:
    """A duty to answer one event by another (``verdicts._in_time``); open where the duty itself is not sure."""
    fault = cases((sure, _missed(name)), otherwise=_open(name))
    return [
        (unclear(table, event, answer), _open(name)),
        (table[answer].isnull(), fault),
        (due.isnull() | (table[answer] < table[event]), _open(name)),
        (table[answer] > due, fault),
    ]


def _notice_late_detainer(table: ir.Table, law: Law) -> Rules:
    name, hours = "notice_late_detainer", law.model("JEM").notice_hours
    if hours is None:
        return []
    designated = number("detainer_issued_by", "designated_officer")
    maybe = table.detainer_issued_by.isin((designated, NOT_UNDERSTOOD)) & ((table.models & (JEM | MODEL_UNKNOWN)) != 0)
    sure = ((table.models & JEM) != 0) & (table.detainer_issued_by == designated)
    return [
        (absent(table, "detainer_received") | ~maybe, int_of(0)),
        *_in_time(table, "detainer_received", "ice_notified", table.detainer_received + seconds(hours), sure, name),
    ]


def _claim_late(table: ir.Table, law: Law) -> Rules:
    due = table.citizenship_claimed + by_model(table, law, "claim_hours")
    return [
        (absent(table, "citizenship_claimed") | ~table.maybe_jail, int_of(0)),
        *_in_time(table, "citizenship_claimed", "claim_reported", due, table.jail, "claim_late"),
    ]


def _complaint_late(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    return [
        (absent(table, "complaint_filed") | ~table.maybe_jail, int_of(0)),
        *_in_time(table, "complaint_filed", "complaint_forwarded", table.complaint_due, table.jail, "complaint_late"),
    ]


def _held_despite_answer(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name, answered = "held_despite_answer", table.status_answered
    return [
        (~table.status_outcome.isin(marked("status_outcome", "against_hold")), int_of(0)),
        (absent(table, "status_answered"), int_of(0)),
        (answered.isnull() | table.left.isnull(), _open(name)),
        ((table.left > answered) & table.status_outcome.isin(marked("status_outcome", "ends_hold")), _missed(name)),
        (table.left > answered, _open(name)),
    ]


def _custody_without_agreement(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name = "custody_without_agreement"
    paid = table.paid_detention == number("paid_detention", "yes")
    known = table.custody_passed_to_ice.notnull() & (table.paid_detention != NOT_UNDERSTOOD)
    excused = absent(table, "custody_passed_to_ice") | table.jail | ~absent(table, "contract_began") | paid
    return [
        (excused, int_of(0)),
        (known & ((table.models & MODEL_UNKNOWN) == 0), _missed(name)),
        (ibis.literal(True), _open(name)),
    ]


def _held_after_cancelled(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name, cancelled = "held_after_cancelled", table.detainer_cancelled
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    return [
        (absent(table, "detainer_cancelled") | judicial, int_of(0)),
        (cancelled.isnull() | table.left.isnull() | unclear(table, "detainer_received"), _open(name)),
        (table.left <= cancelled, int_of(0)),
        ((table.detainer_received > cancelled).fill_null(False), _open(name)),
        (ibis.literal(True), _missed(name)),
    ]


def _no_judges_order(table: ir.Table, law: Law) -> Rules:
    name, rules = "no_judges_order", []
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    ordered = table.judge_ordered
    for order in law.orders:
        here = (table.state == order.state).fill_null(False) & ~judicial
        before = table.start < (order.since or 0)
        after = ibis.literal(False) if order.until is None else table.start >= order.until
        never = _missed(name) if order.decides else _open(name)
        rules += [
            (here & table.start.isnull(), _open(name)),
            (here & (before | after), int_of(0)),
            (here & unclear(table, "judge_ordered"), _open(name)),
            (here & ordered.isnull(), never),
            (here & (ordered > table.start), _open(name)),
        ]
    return rules


# -- masks -----------------------------------------------------------------------------------------------------


def with_masks(table: ir.Table, law: Law, columns: frozenset[str]) -> ir.Table:
    """The verdicts as two masks, with what was missed in a hold that is not certain as open; problems besides."""
    audited = duties.audited(columns)
    total = int_of(0)
    for duty in DUTIES:
        if BIT[duty.id] & audited:
            total = total + table[f"v_{duty.id}"]
    by_kind = {kind: sum(BIT[duty.id] for duty in DUTIES if duty.kind == kind) for kind in ("limit", "hold", "alone")}
    table = table.mutate(total=total)
    table = table.mutate(
        would_miss=table.total & ALL,
        would_open=table.total // (1 << OPENED),
        kept=cases((table.hold == NO_HOLD, int_of(by_kind["alone"])), otherwise=int_of(ALL)),
        doubted=cases(
            (table.hold == HELD, int_of(0)),
            ((table.hold == PERHAPS) & (table.left > table.flat_end), int_of(by_kind["hold"])),
            otherwise=int_of(by_kind["hold"] | by_kind["limit"]),
        ),
    )
    return table.mutate(
        missed=(table.would_miss & table.kept & (ALL ^ table.doubted)).cast("int32"),
        open=((table.would_open | (table.would_miss & table.doubted)) & table.kept).cast("int32"),
        problems=table.problems + _more_problems(table, law),
    )


def _more_problems(table: ir.Table, law: Law) -> Column:
    out_of_use = []
    for form in law.forms:
        mine = table.detainer_form == number("detainer_form", form.name)
        if form.since is not None:
            out_of_use.append(mine & (table.detainer_received < form.since))
        if form.until is not None:
            out_of_use.append(mine & (table.detainer_received >= form.until))
    wrong = ibis.literal(False)
    for one in out_of_use:
        wrong = wrong | one.fill_null(False)
    outside = ibis.literal(False)
    for name in ("start", "left", *ALONE):
        time = table[name]
        outside = outside | ((time < law.checked_since) | (time >= law.checked_until)).fill_null(False)
    flags = ((wrong, "form_out_of_use"), (outside, "outside_checked_span"))
    first, second = (cases((flag, int_of(PROBLEM[name])), otherwise=int_of(0)) for flag, name in flags)
    return first + second


def over(table: ir.Table) -> ir.Table:
    """Seconds past the limit, where the limit was passed for certain."""
    missed = (table.missed & BIT["over_limit"]) != 0
    return table.mutate(over_seconds=cases((missed, table.left - table.limit_end), otherwise=int_of(None)))
