"""The papers, orders and officers that a hold rests on. Each duty in its two forms.

What enters: a ``ReadCase`` of one case, or a table of cases with the ends of their clocks. What leaves: a verdict, or
the conditions of one, in the order in which they are put: what is certain comes before what is open.
"""

from __future__ import annotations

from ledger287.custody.batch.plans.plan import BY_ROSTER
from ledger287.custody.case.facts import JEM, WSO
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD, codes, marked, number, span
from ledger287.custody.columns.words import absent, int_of, unclear
from ledger287.custody.duties.both_forms import (
    ReadCase,
    Rules,
    Verdict,
    asks_for_hold_column,
    by_start,
    by_start_rules,
    in_place,
    missed_in,
    open_in,
    without_start,
)
from ledger287.custody.duties.table import MISSED, OPEN
from ledger287.custody.relations.column import cases, literal
from ledger287.custody.relations.table import Table


def no_detainer(reading: ReadCase) -> Verdict:
    """A hold rests on a detainer, or on custody that passed to ICE under a jail agreement."""
    found, case = by_start(reading, "detainer_received"), reading.case
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


def no_detainer_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name, passed = "no_detainer", table.custody_passed_to_ice
    lacks = table.detainer_received.isnull() | (table.detainer_received > table.start).fill_null(False)
    late = (table.detainer_received > table.start).fill_null(False)
    soon = late & (table.detainer_received <= table.start + span("release_processing_hours"))
    excused = lacks & ~absent(table, "custody_passed_to_ice") & table.maybe_jail
    nothing = table.detainer_received.isnull() & passed.isnull()
    return [
        (in_place(table, "detainer_received"), int_of(0)),
        (table.clear & nothing, missed_in(name)),
        (unclear(table, "detainer_received"), open_in(name)),
        (excused & (passed.isnull() | table.start.isnull()), open_in(name)),
        (excused & (passed > table.start), missed_in(name)),
        (excused & table.jail, int_of(0)),
        (excused | soon, open_in(name)),
        *by_start_rules(table, "detainer_received", name)[1:],
    ]


def _with_detainer(reading: ReadCase, event: str, found: Verdict) -> Verdict:
    """A paper of a detainer that came while release was perhaps being processed, and as soon, shares that doubt."""
    case, start = reading.case, reading.start
    paper, detainer = case.at.get(event), case.at.get("detainer_received")
    if found != MISSED or start is None or paper is None or paper > start + span("release_processing_hours"):
        return found
    late = "detainer_received" in case.unclear or (
        detainer is not None and start < detainer <= start + span("release_processing_hours")
    )
    return OPEN if late else found


def _with_detainer_rules(table: Table, event: str, name: str) -> Rules:
    """``by_start_rules`` for a paper of a detainer (``_with_detainer``)."""
    last = table.start + span("release_processing_hours")
    detainer, paper = table.detainer_received, table[event]
    came = ((detainer > table.start) & (detainer <= last)).fill_null(False) | unclear(table, "detainer_received")
    return [
        (came & ((paper > table.start) & (paper <= last)).fill_null(False), open_in(name)),
        *by_start_rules(table, event, name),
    ]


def no_warrant(reading: ReadCase) -> Verdict:
    """ICE Policy 10074.2: a detainer comes with Form I-200 or I-205. A form without a hold asks for none."""
    form = reading.law.form(reading.case.named("detainer_form"))
    asks = form is None or form.hours != 0
    if not (asks and reading.detainer_possible and reading.since(reading.law.policy_since)):
        return None
    return _with_detainer(reading, "warrant_received", by_start(reading, "warrant_received"))


def no_warrant_column(table: Table, law: Law) -> Rules:
    return [
        (in_place(table, "warrant_received"), int_of(0)),
        (~asks_for_hold_column(table, law), int_of(0)),
        *_with_detainer_rules(table, "warrant_received", "no_warrant"),
    ]


def not_served(reading: ReadCase) -> Verdict:
    """Form I-247A takes effect only if a copy is served on the person; an unnamed form may be one."""
    code = reading.case.code("detainer_form")
    this = code == number("detainer_form", "I-247A")
    if not reading.detainer_possible or not (this or code <= 0):
        return None
    if not this and not reading.since(reading.law.served_since):
        return None
    found = _with_detainer(reading, "served_on_person", by_start(reading, "served_on_person"))
    return found if this or found is None else OPEN


def not_served_column(table: Table, law: Law) -> Rules:
    name = "not_served"
    this = table.detainer_form == number("detainer_form", "I-247A")
    since = table.start.isnull() | (table.start >= law.served_since)
    applies = table.detainer_possible & (this | ((table.detainer_form <= 0) & since))
    event = table.served_on_person
    fault = event.isnull() | without_start(table, "served_on_person") | (event > table.start)
    return [
        (in_place(table, "served_on_person"), int_of(0)),
        (~applies, int_of(0)),
        (this, cases(*_with_detainer_rules(table, "served_on_person", name), otherwise=int_of(0))),
        (fault, open_in(name)),
    ]


def ground_insufficient(reading: ReadCase) -> Verdict:
    """Foreign birth with no match is not probable cause (10074.2); nor is a form with no ground on it."""
    form = reading.law.form(reading.case.named("detainer_form"))
    asks = form is None or form.hours != 0
    if not (asks and reading.detainer_possible and reading.since(reading.law.policy_since)):
        return None
    ground = reading.case.code("detainer_ground")
    if ground <= 0:
        return OPEN
    return MISSED if ground in marked("detainer_ground", "sufficient", False) else None


def ground_insufficient_column(table: Table, law: Law) -> Rules:
    name = "ground_insufficient"
    lacking = marked("detainer_ground", "sufficient", False)
    enough = [place for place in range(1, len(codes("detainer_ground")) + 1) if place not in lacking]
    return [
        (table.detainer_ground.isin(enough), int_of(0)),
        (~asks_for_hold_column(table, law), int_of(0)),
        (table.detainer_ground <= 0, open_in(name)),
        (table.detainer_ground.isin(lacking), missed_in(name)),
    ]


def officer_without_authority(reading: ReadCase) -> Verdict:
    """The standing that the table states, and those of the roster, where it was given. One who was not is enough."""
    standings = (reading.case.code("officer_standing"), *reading.case.by_roster)
    if number("officer_standing", "not_authorised") in standings:
        return MISSED
    return OPEN if NOT_UNDERSTOOD in standings else None


def officer_without_authority_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name = "officer_without_authority"
    standings = [table[column] for column in ("officer_standing", *BY_ROSTER) if column in table.columns]
    lacks = number("officer_standing", "not_authorised")
    return [
        *((standing == lacks, missed_in(name)) for standing in standings),
        *((standing == NOT_UNDERSTOOD, open_in(name)) for standing in standings),
    ]


def no_judges_order(reading: ReadCase) -> Verdict:
    """Where state law requires a judge's order: missed if never given, unknown if given after the start."""
    case, rule = reading.case, reading.law.order(reading.case.state)
    if rule is None or case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    if reading.start is None:
        return OPEN
    if reading.start < (rule.since or reading.start) or (rule.until is not None and reading.start >= rule.until):
        return None
    found = by_start(reading, "judge_ordered") if reading.shows("judge_ordered") else OPEN
    return OPEN if found and ("judge_ordered" in case.at or not rule.decides) else found


def no_judges_order_column(table: Table, law: Law) -> Rules:
    name, rules = "no_judges_order", []
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    ordered = table.judge_ordered
    for order in law.orders:
        here = (table.state == order.state).fill_null(False) & ~judicial
        before = table.start < (order.since or 0)
        after = literal(False) if order.until is None else table.start >= order.until
        never = missed_in(name) if order.decides else open_in(name)
        rules += [
            (here & table.start.isnull(), open_in(name)),
            (here & (before | after), int_of(0)),
            (here & (unclear(table, "judge_ordered") | ~table.shows_judge_ordered), open_in(name)),
            (here & ordered.isnull(), never),
            (here & (ordered > table.start), open_in(name)),
        ]
    return rules
