"""The limits on a hold: the clocks, and laws and forms that allow no hold. Each duty in its two forms.

What enters: a ``ReadCase`` of one case, or a table of cases with the ends of their clocks. What leaves: a verdict, or
the conditions of one, in the order in which they are put: what is certain comes before what is open.
"""

from __future__ import annotations

from ledger287.custody.case.facts import JEM, WSO
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import doubtful, governing_of
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, marked, number
from ledger287.custody.columns.words import absent, both, int_of, seconds
from ledger287.custody.duties.both_forms import (
    OPENED,
    ReadCase,
    Rules,
    Verdict,
    has_clock,
    missed_in,
    open_in,
    past,
    surely_past,
    with_clock,
)
from ledger287.custody.duties.table import BIT, MISSED, OPEN
from ledger287.custody.relations.column import cases, coalesce, literal
from ledger287.custody.relations.table import Table
from ledger287.law.clocks import clock


def over_limit(reading: ReadCase) -> Verdict:
    """Of the clocks that apply the earliest governs; one whose end is not known may be earlier still."""
    if reading.start is None or reading.left is None:
        return OPEN
    if past(reading, reading.limit):
        # Where only a day that is perhaps a holiday was counted, it is unknown whether the limit was passed.
        return MISSED if surely_past(reading, governing_of(reading.limits.late)[1]) else OPEN
    return OPEN if _another_may_end_earlier(reading, reading.left, reading.start) else None


def _another_may_end_earlier(reading: ReadCase, left: int, start: int) -> bool:
    case, limits = reading.case, reading.limits
    if limits.request is None and left > (start if case.code("detainer_form") == NOT_UNDERSTOOD else limits.flat or 0):
        return True
    if exceeds_agreement(reading) == OPEN:
        return True
    return bool(reading.audited & BIT["state_forbids"]) and (not case.state_known or limits.state_untold)


def over_limit_column(table: Table, audited: int) -> Rules:
    name = "over_limit"
    met = table.in_limits & table.request_end.notnull() & (table.v_exceeds_agreement == 0)
    if audited & BIT["state_forbids"]:
        met = met & table.state_known & ~table.state_untold
    rules: Rules = [
        (met, int_of(0)),
        (table.start.isnull() | table.left.isnull(), open_in(name)),
        (table.sure_left > table.limit_late, missed_in(name)),
        (table.left > table.limit_end, open_in(name)),
        (
            table.request_end.isnull() & (table.detainer_form == NOT_UNDERSTOOD) & (table.left > table.start),
            open_in(name),
        ),
        (
            table.request_end.isnull() & (table.detainer_form != NOT_UNDERSTOOD) & (table.left > table.flat_end),
            open_in(name),
        ),
        (table.v_exceeds_agreement == (BIT["exceeds_agreement"] << OPENED), open_in(name)),
    ]
    if audited & BIT["state_forbids"]:
        rules.append((~table.state_known | table.state_untold, open_in(name)))
    return rules


def exceeds_request(reading: ReadCase) -> Verdict:
    """The form's own clock; the default clock where the form is not named. A form of 0 hours has its own duty."""
    form = reading.law.form(reading.case.named("detainer_form"))
    if form and form.hours == 0:
        return None
    if reading.left is None or reading.limits.flat is None:
        return OPEN
    if reading.limits.request is None:
        return OPEN if reading.left > reading.limits.flat else None
    return _by_calendar(reading, reading.limits.request, reading.limits.late.request)


def _by_calendar(reading: ReadCase, end: int, late: int | None) -> Verdict:
    """Past a clock that leaves out holidays, open where days that are perhaps holidays or a contract decide."""
    if not past(reading, end):
        return None
    return MISSED if surely_past(reading, late) else OPEN


def exceeds_request_column(table: Table, law: Law) -> Rules:
    name = "exceeds_request"
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    return [
        (table.in_limits & table.request_end.notnull(), int_of(0)),
        (table.detainer_form.isin(none), int_of(0)),
        (table.left.isnull() | table.flat_end.isnull(), open_in(name)),
        (table.request_end.isnull() & (table.left > table.flat_end), open_in(name)),
        (table.sure_left > table.request_late, missed_in(name)),
        (table.left > table.request_end, open_in(name)),
    ]


def exceeds_regulation(reading: ReadCase) -> Verdict:
    """The ceiling of 8 CFR 287.7(d); where the zone is not known, only what no calendar could excuse is settled."""
    if reading.left is None or reading.start is None:
        return OPEN
    if reading.limits.regulation is None:
        least = clock.end(reading.start, reading.law.regulation_hours)
        return OPEN if past(reading, least) else None
    return _by_calendar(reading, reading.limits.regulation, reading.limits.late.regulation)


def exceeds_regulation_column(table: Table, law: Law) -> Rules:
    name = "exceeds_regulation"
    least = table.start + seconds(law.regulation_hours)
    return [
        (table.in_limits & table.regulation_end.notnull(), int_of(0)),
        (table.left.isnull() | table.start.isnull(), open_in(name)),
        (table.regulation_end.isnull() & (table.left > least), open_in(name)),
        (table.sure_left > table.regulation_late, missed_in(name)),
        (table.left > table.regulation_end, open_in(name)),
    ]


def exceeds_agreement(reading: ReadCase) -> Verdict:
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
    if not past(reading, end):
        return None
    return MISSED if case.jail_models and doubtful(case) is None else OPEN


def exceeds_agreement_column(table: Table, law: Law) -> Rules:
    name = "exceeds_agreement"
    fewest = min(seconds(model.hold_hours) for model in law.models)
    passed = table.custody_passed_to_ice
    paid = table.paid_detention == number("paid_detention", "yes")
    within = table.left <= cases((table.jail, table.agreement_end), otherwise=passed + fewest)
    return [
        (absent(table, "custody_passed_to_ice") | paid | ~table.maybe_jail, int_of(0)),
        (passed.isnull() | table.left.isnull(), open_in(name)),
        (within, int_of(0)),
        (table.jail & ~table.contract_doubted, missed_in(name)),
        (literal(True), open_in(name)),
    ]


def exceeds_state(reading: ReadCase) -> Verdict:
    """A state's own hours, from receipt or from release."""
    if not has_clock(reading, zero=False):
        return None
    found = _by_state(reading, reading.limits.state, reading.limits.state_open, reading.limits.state_untold)
    return OPEN if found == MISSED and not surely_past(reading, reading.limits.late.state) else found


def exceeds_state_column(table: Table, law: Law) -> Rules:
    name = "exceeds_state"
    return [
        (~with_clock(table, law, zero=False).fill_null(False), int_of(0)),
        (table.start.isnull() | table.left.isnull(), open_in(name)),
        (table.sure_left > table.state_late, missed_in(name)),
        (table.left > table.state_end, open_in(name)),
        ((table.left > table.state_open_end).fill_null(False) | table.state_untold, open_in(name)),
    ]


def state_forbids(reading: ReadCase) -> Verdict:
    """A state whose law allows no hold on a civil detainer. Without the state it is unknown."""
    if not reading.case.state_known:
        return OPEN
    if not has_clock(reading, zero=True) or reading.case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    return _by_state(reading, reading.limits.zero, reading.limits.zero_open, False)


def _by_state(reading: ReadCase, settled: int | None, unsettled: int | None, untold: bool) -> Verdict:
    if reading.start is None or reading.left is None:
        return OPEN
    if past(reading, settled):
        return MISSED if surely_past(reading, settled) else OPEN
    return OPEN if past(reading, unsettled) or untold else None


def state_forbids_column(table: Table, law: Law) -> Rules:
    name = "state_forbids"
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    return [
        (both(table.ended, table.state_known, table.zero_end.isnull(), table.zero_open_end.isnull()), int_of(0)),
        (~table.state_known, open_in(name)),
        (~with_clock(table, law, zero=True) | judicial, int_of(0)),
        (table.start.isnull() | table.left.isnull(), open_in(name)),
        (table.sure_left > table.zero_end, missed_in(name)),
        (table.left > table.zero_end, open_in(name)),
        (table.left > table.zero_open_end, open_in(name)),
    ]


def form_no_hold(reading: ReadCase) -> Verdict:
    """Form I-247G asks for notice of release only; a form that is not named may be one, once it is in use."""
    code = reading.case.code("detainer_form")
    if code == NOT_UNDERSTOOD or (code == BLANK and _may_ask_for_none(reading)):
        return OPEN
    form = reading.law.form(reading.case.named("detainer_form"))
    if form is None or form.hours != 0:
        return None
    return OPEN if reading.left is None or reading.start is None else MISSED


def _may_ask_for_none(reading: ReadCase) -> bool:
    """Whether a detainer is recorded at a time when a form was in use that asks for no hold."""
    at = reading.case.at.get("detainer_received", reading.start)
    forms = [form for form in reading.law.forms if form.hours == 0]
    in_use = at is None or any(at >= (form.since or at) for form in forms)
    return in_use and not reading.case.absent("detainer_received")


def form_no_hold_column(table: Table, law: Law) -> Rules:
    name = "form_no_hold"
    none = [number("detainer_form", form.name) for form in law.forms if form.hours == 0]
    mine = table.detainer_form.isin(none)
    at = coalesce(table.detainer_received, table.start)
    since = min((form.since or 0 for form in law.forms if form.hours == 0), default=None)
    in_use = literal(False) if since is None else at.isnull() | (at >= since)
    unnamed = (table.detainer_form == BLANK) & ~absent(table, "detainer_received") & in_use
    holds = [number("detainer_form", form.name) for form in law.forms if form.hours != 0]
    return [
        (table.detainer_form.isin(holds), int_of(0)),
        (table.detainer_form == NOT_UNDERSTOOD, open_in(name)),
        (unnamed, open_in(name)),
        (mine & (table.left.isnull() | table.start.isnull()), open_in(name)),
        (mine, missed_in(name)),
    ]
