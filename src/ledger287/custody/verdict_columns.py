"""The clocks and verdicts of ``limits`` and ``verdicts``, as columns: one ``with_`` for each step, in their order.

What enters: a table of cases with holds, models and calendars. What leaves: the ends of clocks, and each duty's
verdict as a number that holds its bit of the missed or of the open ones. Comparisons with an unknown time are
unknown, and a case that no condition settles falls through to the next, as in the row's own function.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

from ledger287.custody import duties
from ledger287.custody.duties import ALL, BIT, DUTIES, HELD, NO_HOLD, PERHAPS, PROBLEM
from ledger287.custody.events import NOT_UNDERSTOOD, marked, number
from ledger287.custody.facts import JEM, MODEL_UNKNOWN, UNKNOWN_STATE, WSO
from ledger287.custody.law import Law, StateClock
from ledger287.custody.limits import ALONE
from ledger287.custody.plan import bit
from ledger287.foundation.problems import Refused
from ledger287.rules.clock import HOUR

Column = Any
OPENED = 32
"""By how many bits the open duties lie above the missed ones."""


def _int(value: int | None, kind: str = "int64") -> Column:
    return ibis.null(kind) if value is None else ibis.literal(value, kind)


def _seconds(hours: float) -> int:
    return round(hours * HOUR)


def _cases(*pairs: tuple[Column, Any], otherwise: Any) -> Column:
    return ibis.cases(*pairs, else_=otherwise) if pairs else otherwise


def _least(ends: list[Column]) -> Column:
    return ibis.null("int64") if not ends else ends[0] if len(ends) == 1 else ibis.least(*ends)


def _both(*conditions: Column) -> Column:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def _unclear(table: ir.Table, *events: str) -> Column:
    return (table.unclear & sum(map(bit, events))) != 0


def _absent(table: ir.Table, event: str) -> Column:
    return table[event].isnull() & ~_unclear(table, event)


def _by_model(table: ir.Table, law: Law, name: str) -> Column:
    """The hours of the agency's model, the fewer where it has two, in seconds; of either where it is not known."""
    jem, wso = (_seconds(getattr(law.model(model), name)) for model in ("JEM", "WSO"))
    if jem == wso:
        return ibis.literal(jem, "int64")
    has_jem, has_wso = (table.models & JEM) != 0, (table.models & WSO) != 0
    return _cases((has_jem & ~has_wso, _int(jem)), (has_wso & ~has_jem, _int(wso)), otherwise=_int(min(jem, wso)))


# -- clocks ----------------------------------------------------------------------------------------------------


def with_clocks(table: ir.Table, law: Law) -> ir.Table:
    """Every clock's end (``limits.limits_of``), then the earliest (``limits.governing_of``)."""
    jail = (table.models & (JEM | WSO)) != 0
    paid = table.paid_detention == number("paid_detention", "yes")
    table = table.mutate(
        flat_end=table.start + _seconds(law.default_hours),
        jail=jail,
        agreement_end=_cases(
            (jail & ~paid, table.custody_passed_to_ice + _by_model(table, law, "hold_hours")), otherwise=_int(None)
        ),
    )
    table = table.mutate(request_end=_request_end(table, law))
    table = table.mutate(**_state_ends(table, law))
    table = table.mutate(by_state=ibis.least(table.zero_end, table.state_end))
    limit = ibis.least(table.by_state, table.request_end, table.agreement_end, table.regulation_end)
    table = table.mutate(limit_end=limit)
    return table.mutate(
        governing=ibis.cases(
            (table.by_state == table.limit_end, duties.STATE),
            (table.request_end == table.limit_end, duties.REQUEST),
            (table.agreement_end == table.limit_end, duties.AGREEMENT),
            (table.regulation_end == table.limit_end, duties.CEILING),
            else_=0,
        ).cast("int8")
    )


def _request_end(table: ir.Table, law: Law) -> Column:
    pairs = [(table.detainer_form == NOT_UNDERSTOOD, _int(None))]
    for form in law.forms:
        if form.hours is None:
            continue
        mine = table.detainer_form == number("detainer_form", form.name)
        if form.excludes == "nothing":
            pairs.append((mine, table.start + _seconds(form.hours)))
        else:
            _same_as_regulation(law, form.hours, form.excludes, form.rule)
            pairs.append((mine, table.regulation_end))
    return _cases(*pairs, otherwise=table.flat_end)


def _same_as_regulation(law: Law, hours: float, excludes: str, rule: str) -> None:
    if (hours, excludes) != (law.regulation_hours, law.regulation_excludes):
        raise Refused(
            f"rule {rule}: a clock of {hours} hours without {excludes}, which is not the regulation's, has no calendar "
            "table yet; add one in custody/audit.py (with_calendar)."
        )


def _state_ends(table: ir.Table, law: Law) -> dict[str, Column]:
    ends: dict[str, list[Column]] = {"zero_end": [], "zero_open_end": [], "state_end": [], "state_open_end": []}
    untold = []
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    doubtful = table.warrant_form == NOT_UNDERSTOOD
    for limit in law.states:
        here, end, not_told = _state_end(table, law, limit)
        untold.append(not_told)
        if limit.hours == 0:
            mine = here & ~judicial
            sure = mine & ~doubtful if limit.decides else ibis.literal(False)
            ends["zero_end"].append(_cases((sure, end), otherwise=_int(None)))
            ends["zero_open_end"].append(_cases((mine & ~sure, end), otherwise=_int(None)))
        else:
            name = "state_end" if limit.decides else "state_open_end"
            ends[name].append(_cases((here, end), otherwise=_int(None)))
    found = {name: _least(columns) for name, columns in ends.items()}
    any_untold = untold[0]
    for one in untold[1:]:
        any_untold = any_untold | one
    return found | {"state_untold": any_untold.fill_null(False)}


def _state_end(table: ir.Table, law: Law, limit: StateClock) -> tuple[Column, Column, Column]:
    """Whether the clock applies to a row; when it ends there; whether that cannot be told."""
    here = (table.state == limit.state) & table.start.notnull()
    if limit.since is not None:
        here = here & (ibis.literal(limit.since, "int64") < ibis.coalesce(table.left, table.flat_end))
    holds = (table.start >= (limit.since or 0)) & (
        ibis.literal(True) if limit.until is None else table.start < limit.until
    )
    base, not_told = table.start, ibis.literal(False)
    if limit.starts == "receipt":
        base = table.detainer_received
        not_told = here & _unclear(table, "detainer_received") & holds
    if limit.excludes == "nothing":
        end = base + _seconds(limit.hours)
    else:
        _same_as_regulation(law, limit.hours, limit.excludes, limit.rule)
        end = table.regulation_end
        not_told = here & end.isnull() & holds
    floor = table.start if limit.since is None else ibis.greatest(table.start, ibis.literal(limit.since, "int64"))
    end = _cases((end.notnull(), ibis.greatest(end, floor)), otherwise=_int(None))
    if limit.until is not None:
        end = _cases((end < limit.until, end), otherwise=_int(None))
    return here, end, not_told


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
    }
    shows_detainers = "detainer_received" in columns
    table = table.mutate(
        detainer_possible=~_absent(table, "detainer_received") if shows_detainers else ibis.literal(True),
        maybe_jail=(table.models & (JEM | WSO | MODEL_UNKNOWN)) != 0,
        state_known=table.state.notnull() & (table.state != UNKNOWN_STATE),
    )
    always = ("exceeds_agreement",)
    wanted = {name: rule for name, rule in rules.items() if BIT[name] & audited or name in always}
    table = table.mutate(**{f"v_{name}": _cases(*rule(table, law), otherwise=_int(0)) for name, rule in wanted.items()})
    return table.mutate(v_over_limit=_cases(*_over_limit(table, audited), otherwise=_int(0)))


Rules = list[tuple[Column, Column]]


def _missed(name: str) -> Column:
    return _int(BIT[name])


def _open(name: str) -> Column:
    return _int(BIT[name] << OPENED)


def _over_limit(table: ir.Table, audited: int) -> Rules:
    name = "over_limit"
    rules: Rules = [
        (table.start.isnull() | table.left.isnull(), _open(name)),
        (table.left > table.limit_end, _missed(name)),
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
        (table.detainer_form.isin(none), _int(0)),
        (table.left.isnull() | table.flat_end.isnull(), _open(name)),
        (table.request_end.isnull() & (table.left > table.flat_end), _open(name)),
        (table.left > table.request_end, _missed(name)),
    ]


def _exceeds_regulation(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_regulation"
    least = table.start + _seconds(law.regulation_hours)
    return [
        (table.left.isnull() | table.start.isnull(), _open(name)),
        (table.regulation_end.isnull() & (table.left > least), _open(name)),
        (table.left > table.regulation_end, _missed(name)),
    ]


def _exceeds_agreement(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_agreement"
    fewest = min(_seconds(model.hold_hours) for model in law.models)
    passed = table.custody_passed_to_ice
    paid = table.paid_detention == number("paid_detention", "yes")
    within = table.left <= _cases((table.jail, table.agreement_end), otherwise=passed + fewest)
    return [
        (_absent(table, "custody_passed_to_ice") | paid | ~table.maybe_jail, _int(0)),
        (passed.isnull() | table.left.isnull(), _open(name)),
        (within, _int(0)),
        (table.jail & (table.paid_detention != NOT_UNDERSTOOD), _missed(name)),
        (ibis.literal(True), _open(name)),
    ]


def _with_clock(table: ir.Table, law: Law, *, zero: bool) -> Column:
    return table.state.isin(sorted({limit.state for limit in law.states if (limit.hours == 0) == zero}))


def _exceeds_state(table: ir.Table, law: Law) -> Rules:
    name = "exceeds_state"
    return [
        (~_with_clock(table, law, zero=False).fill_null(False), _int(0)),
        (table.start.isnull() | table.left.isnull(), _open(name)),
        (table.left > table.state_end, _missed(name)),
        ((table.left > table.state_open_end).fill_null(False) | table.state_untold, _open(name)),
    ]


def _state_forbids(table: ir.Table, law: Law) -> Rules:
    name = "state_forbids"
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    return [
        (~table.state_known, _open(name)),
        (~_with_clock(table, law, zero=True) | judicial, _int(0)),
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
        (_unclear(table, event), _open(name)),
        (table[event].isnull(), _missed(name)),
        (table.start.isnull(), _open(name)),
        (table[event] > table.start, _missed(name)),
    ]


def _no_detainer(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name, passed = "no_detainer", table.custody_passed_to_ice
    lacks = table.detainer_received.isnull() | (table.detainer_received > table.start).fill_null(False)
    excused = lacks & ~_absent(table, "custody_passed_to_ice") & table.maybe_jail
    return [
        (_unclear(table, "detainer_received"), _open(name)),
        (excused & (passed.isnull() | table.start.isnull()), _open(name)),
        (excused & (passed > table.start), _missed(name)),
        (excused & table.jail, _int(0)),
        (excused, _open(name)),
        *_by_start(table, "detainer_received", name)[1:],
    ]


def _asks_for_hold(table: ir.Table, law: Law) -> Column:
    """Whether a detainer that asks for a hold is possible, under the policy of 2017."""
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    since = table.start.isnull() | (table.start >= law.policy_since)
    return _both(~table.detainer_form.isin(none), table.detainer_possible, since)


def _no_warrant(table: ir.Table, law: Law) -> Rules:
    return [(~_asks_for_hold(table, law), _int(0)), *_by_start(table, "warrant_received", "no_warrant")]


def _not_served(table: ir.Table, law: Law) -> Rules:
    name = "not_served"
    this = table.detainer_form == number("detainer_form", "I-247A")
    since = table.start.isnull() | (table.start >= law.served_since)
    applies = table.detainer_possible & (this | ((table.detainer_form <= 0) & since))
    event = table.served_on_person
    fault = event.isnull() | table.start.isnull() | (event > table.start)
    return [
        (~applies, _int(0)),
        (this, _cases(*_by_start(table, "served_on_person", name), otherwise=_int(0))),
        (fault, _open(name)),
    ]


def _ground_insufficient(table: ir.Table, law: Law) -> Rules:
    name = "ground_insufficient"
    return [
        (~_asks_for_hold(table, law), _int(0)),
        (table.detainer_ground <= 0, _open(name)),
        (table.detainer_ground.isin(marked("detainer_ground", "sufficient", False)), _missed(name)),
    ]


def _officer_without_authority(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name = "officer_without_authority"
    return [
        (table.officer_standing == NOT_UNDERSTOOD, _open(name)),
        (table.officer_standing == number("officer_standing", "not_authorised"), _missed(name)),
    ]


def _notice_late_state(table: ir.Table, law: Law) -> Rules:
    name, rules = "notice_late_state", []
    told = _cases((table.ice_notified.notnull(), table.ice_notified), otherwise=table.left)
    received = ibis.coalesce(table.detainer_received, table.start)
    for notice in law.notices:
        here = (table.state == notice.state).fill_null(False)
        first = ibis.least(table.start, received) + _seconds(notice.hours)
        last = ibis.greatest(table.start, received) + _seconds(notice.hours)
        before = table.start < (notice.since or 0)
        after = ibis.literal(False) if notice.until is None else table.start >= notice.until
        late = (told > last) & ~_unclear(table, "detainer_received")
        rules += [
            (here & table.start.isnull(), _open(name)),
            (here & (before | after), _int(0)),
            (here & (_unclear(table, "ice_notified") | told.isnull()), _open(name)),
            (here & late, _missed(name) if notice.decides else _open(name)),
            (here & (told > first), _open(name)),
        ]
    return rules


def _notice_missing_on_service(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name = "notice_missing_on_service"
    maybe = (table.models & (WSO | MODEL_UNKNOWN)) != 0
    certain = table.served_on_person.notnull() & _absent(table, "ice_notified") & ((table.models & WSO) != 0)
    return [
        (_absent(table, "served_on_person") | ~maybe | table.ice_notified.notnull(), _int(0)),
        (certain, _missed(name)),
        (ibis.literal(True), _open(name)),
    ]


def _in_time(table: ir.Table, event: str, answer: str, due: Column, sure: Column, name: str) -> Rules:
    """A duty to answer one event by another (``verdicts._in_time``); open where the duty itself is not sure."""
    fault = _cases((sure, _missed(name)), otherwise=_open(name))
    return [
        (_unclear(table, event, answer), _open(name)),
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
        (_absent(table, "detainer_received") | ~maybe, _int(0)),
        *_in_time(table, "detainer_received", "ice_notified", table.detainer_received + _seconds(hours), sure, name),
    ]


def _claim_late(table: ir.Table, law: Law) -> Rules:
    due = table.citizenship_claimed + _by_model(table, law, "claim_hours")
    return [
        (_absent(table, "citizenship_claimed") | ~table.maybe_jail, _int(0)),
        *_in_time(table, "citizenship_claimed", "claim_reported", due, table.jail, "claim_late"),
    ]


def _complaint_late(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    return [
        (_absent(table, "complaint_filed") | ~table.maybe_jail, _int(0)),
        *_in_time(table, "complaint_filed", "complaint_forwarded", table.complaint_due, table.jail, "complaint_late"),
    ]


def _held_despite_answer(table: ir.Table, law: Law) -> Rules:  # noqa: ARG001
    name, answered = "held_despite_answer", table.status_answered
    return [
        (~table.status_outcome.isin(marked("status_outcome", "against_hold")), _int(0)),
        (_absent(table, "status_answered"), _int(0)),
        (answered.isnull() | table.left.isnull() | (table.left > answered), _open(name)),
    ]


# -- masks -----------------------------------------------------------------------------------------------------


def with_masks(table: ir.Table, law: Law, columns: frozenset[str]) -> ir.Table:
    """The verdicts as two masks, with what was missed in a hold that is not certain as open; problems besides."""
    audited = duties.audited(columns)
    total = _int(0)
    for duty in DUTIES:
        if BIT[duty.id] & audited:
            total = total + table[f"v_{duty.id}"]
    by_kind = {kind: sum(BIT[duty.id] for duty in DUTIES if duty.kind == kind) for kind in ("limit", "hold", "alone")}
    table = table.mutate(total=total)
    table = table.mutate(
        would_miss=table.total & ALL,
        would_open=table.total // (1 << OPENED),
        kept=_cases((table.hold == NO_HOLD, _int(by_kind["alone"])), otherwise=_int(ALL)),
        doubted=_cases(
            (table.hold == HELD, _int(0)),
            ((table.hold == PERHAPS) & (table.left > table.flat_end), _int(by_kind["hold"])),
            otherwise=_int(by_kind["hold"] | by_kind["limit"]),
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
    first, second = (_cases((flag, _int(PROBLEM[name], "int32")), otherwise=_int(0, "int32")) for flag, name in flags)
    return first + second


def over(table: ir.Table) -> ir.Table:
    """Seconds past the limit, where the limit was passed for certain."""
    missed = (table.missed & BIT["over_limit"]) != 0
    return table.mutate(over_seconds=_cases((missed, table.left - table.limit_end), otherwise=_int(None)))
