"""The verdict on every duty: of one case, and over all rows of a table as masks.

What enters: a ``ReadCase``, or a table of cases with the ends of their clocks. What leaves: a verdict on a duty; or two
masks of duties, missed and open, and the problems. What was missed in a hold that is not certain is open.
"""

from __future__ import annotations

from collections.abc import Callable

from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, UNKNOWN_STATE, WSO
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import ALONE
from ledger287.custody.case.vocabulary import BLANK, number
from ledger287.custody.columns.words import absent, int_of
from ledger287.custody.columns.words import total as total_of
from ledger287.custody.duties import custody, limits, notices, papers
from ledger287.custody.duties.both_forms import OPENED, ReadCase, Rules, Verdict, surely_past
from ledger287.custody.duties.open_reasons import with_openings
from ledger287.custody.duties.table import ALL, BIT, DUTIES, HELD, MISSED, NO_HOLD, OPEN, PERHAPS, PROBLEM, Duty
from ledger287.custody.duties.table import audited as audited_by
from ledger287.custody.relations.column import Column, cases, literal
from ledger287.custody.relations.table import Table

ROWS: dict[str, Callable[[ReadCase], Verdict]] = {
    "over_limit": limits.over_limit,
    "exceeds_request": limits.exceeds_request,
    "exceeds_regulation": limits.exceeds_regulation,
    "exceeds_agreement": limits.exceeds_agreement,
    "exceeds_state": limits.exceeds_state,
    "state_forbids": limits.state_forbids,
    "form_no_hold": limits.form_no_hold,
    "no_detainer": papers.no_detainer,
    "no_warrant": papers.no_warrant,
    "not_served": papers.not_served,
    "ground_insufficient": papers.ground_insufficient,
    "officer_without_authority": papers.officer_without_authority,
    "notice_late_state": notices.notice_late_state,
    "notice_missing_on_service": notices.notice_missing_on_service,
    "notice_late_detainer": notices.notice_late_detainer,
    "claim_late": notices.claim_late,
    "complaint_late": notices.complaint_late,
    "held_despite_answer": custody.held_despite_answer,
    "custody_without_agreement": custody.custody_without_agreement,
    "held_after_cancelled": custody.held_after_cancelled,
    "no_judges_order": papers.no_judges_order,
}
"""Each duty -> its form on one case."""
COLUMNS: dict[str, Callable[[Table, Law], Rules]] = {
    "exceeds_request": limits.exceeds_request_column,
    "exceeds_regulation": limits.exceeds_regulation_column,
    "exceeds_agreement": limits.exceeds_agreement_column,
    "exceeds_state": limits.exceeds_state_column,
    "state_forbids": limits.state_forbids_column,
    "form_no_hold": limits.form_no_hold_column,
    "no_detainer": papers.no_detainer_column,
    "no_warrant": papers.no_warrant_column,
    "not_served": papers.not_served_column,
    "ground_insufficient": papers.ground_insufficient_column,
    "officer_without_authority": papers.officer_without_authority_column,
    "notice_late_state": notices.notice_late_state_column,
    "notice_missing_on_service": notices.notice_missing_on_service_column,
    "notice_late_detainer": notices.notice_late_detainer_column,
    "claim_late": notices.claim_late_column,
    "complaint_late": notices.complaint_late_column,
    "held_despite_answer": custody.held_despite_answer_column,
    "custody_without_agreement": custody.custody_without_agreement_column,
    "held_after_cancelled": custody.held_after_cancelled_column,
    "no_judges_order": papers.no_judges_order_column,
}
"""Each duty -> its form over a table; ``over_limit`` is made last, of what the others found."""


def verdict(duty: Duty, reading: ReadCase) -> Verdict:
    """The verdict on a duty. What was missed in a hold that is not certain is open."""
    if duty.kind != "alone" and reading.hold == NO_HOLD:
        return None
    found = ROWS[duty.id](reading)
    if found is None or duty.kind == "alone" or reading.hold == HELD:
        return found
    if duty.kind == "limit" and reading.hold == PERHAPS and found == MISSED:
        # Time past release without a recorded hold may be ordinary processing; past the default clock it is not.
        return MISSED if surely_past(reading, reading.limits.flat) else OPEN
    return OPEN


def with_verdicts(table: Table, law: Law, columns: frozenset[str]) -> Table:
    """Each duty's verdict, before considering whether the hold is certain."""
    audited = audited_by(columns)
    shows_detainers = "detainer_received" in columns
    table = table.mutate(
        detainer_possible=~absent(table, "detainer_received") if shows_detainers else literal(True),
        maybe_jail=(table.models & (JEM | WSO | MODEL_UNKNOWN)) != 0,
        **{f"shows_{event}": literal(event in columns) for event in ("judge_ordered", "ice_notified")},
        state_known=(table.state.notnull() & (table.state != UNKNOWN_STATE)).fill_null(False),
        clear=table.unclear == 0,
        ended=table.start.notnull() & table.left.notnull(),
        in_limits=(table.start.notnull() & (table.left <= table.limit_end)).fill_null(False),
    )
    always = ("exceeds_agreement",)
    wanted = {name: rule for name, rule in COLUMNS.items() if BIT[name] & audited or name in always}
    rules = {name: rule(table, law) for name, rule in wanted.items()}
    # In most rows a duty is met, as its first rule says: that is computed first, for all rows alike.
    met = {f"met_{name}": given[0][0] for name, given in rules.items() if given and given[0][1].zero}
    table = table.mutate(**met)
    firsts = {name: [(table[f"met_{name}"], int_of(0))] for name in rules if f"met_{name}" in met}
    rules = {name: [*firsts.get(name, given[:1]), *given[1:]] for name, given in rules.items()}
    table = table.mutate(**{f"v_{name}": cases(*given, otherwise=int_of(0)) for name, given in rules.items()})
    table = table.drop(*met)
    return table.mutate(v_over_limit=cases(*limits.over_limit_column(table, audited), otherwise=int_of(0)))


def with_masks(table: Table, law: Law, columns: frozenset[str]) -> Table:
    """The verdicts as two masks, where what was missed in an uncertain hold is open; and the problems."""
    audited = audited_by(columns)
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
            ((table.hold == PERHAPS) & (table.sure_left > table.flat_end), int_of(by_kind["hold"])),
            otherwise=int_of(by_kind["hold"] | by_kind["limit"]),
        ),
    )
    table = table.mutate(
        missed=(table.would_miss & table.kept & (int_of(ALL) - table.doubted)).cast("int32"),
        open=((table.would_open | (table.would_miss & table.doubted)) & table.kept).cast("int32"),
        problems=table.problems + _more_problems(table, law, audited),
    )
    return with_openings(table, law)


def _more_problems(table: Table, law: Law, audited: int) -> Column:
    out_of_use = []
    for form in law.forms:
        mine = table.detainer_form == number("detainer_form", form.name)
        if form.since is not None:
            out_of_use.append(mine & (table.detainer_received < form.since))
        if form.until is not None:
            out_of_use.append(mine & (table.detainer_received >= form.until))
    wrong = literal(False)
    for one in out_of_use:
        wrong = wrong | one.fill_null(False)
    outside = literal(False)
    for name in ("start", "left", *ALONE):
        time = table[name]
        outside = outside | ((time < law.checked_since) | (time >= law.checked_until)).fill_null(False)
    blank = literal(False)
    if audited & BIT["held_despite_answer"]:
        blank = table.status_answered.notnull() & (table.status_outcome == BLANK)
    flags = ((wrong, "form_out_of_use"), (outside, "outside_checked_span"), (blank, "status_outcome_blank"))
    return total_of(cases((flag, int_of(PROBLEM[name])), otherwise=int_of(0)) for flag, name in flags)


def over(table: Table) -> Table:
    """Seconds past the limit, where the limit was passed for certain."""
    missed = (table.missed & BIT["over_limit"]) != 0
    return table.mutate(over_seconds=cases((missed, table.sure_left - table.limit_end), otherwise=int_of(None)))
