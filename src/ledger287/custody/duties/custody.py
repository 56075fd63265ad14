"""ICE's own answer, custody without an agreement, and a detainer that was canceled. Each duty in its two forms.

What enters: a ``ReadCase`` of one case, or a table of cases with the ends of their clocks. What leaves: a verdict, or
the conditions of one, in the order in which they are put: what is certain comes before what is open.
"""

from __future__ import annotations

from ledger287.custody.case.facts import MODEL_UNKNOWN
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import doubtful
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, marked, number, span
from ledger287.custody.columns.words import absent, int_of, unclear
from ledger287.custody.duties.both_forms import ReadCase, Rules, Verdict, missed_in, open_in, surely_past
from ledger287.custody.duties.table import MISSED, OPEN
from ledger287.custody.relations.column import literal
from ledger287.custody.relations.table import Table


def held_despite_answer(reading: ReadCase) -> Verdict:
    """The federal authority's own answer, as recorded. What follows from it is never decided here."""
    case = reading.case
    if case.code("status_outcome") not in (*marked("status_outcome", "against_hold"), NOT_UNDERSTOOD, BLANK):
        return None
    answered = case.at.get("status_answered")
    if answered is None or reading.left is None:
        return OPEN if not case.absent("status_answered") else None
    ends = case.code("status_outcome") in marked("status_outcome", "ends_hold")
    return (MISSED if ends and surely_past(reading, answered) else OPEN) if reading.left > answered else None


def held_despite_answer_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name, answered = "held_despite_answer", table.status_answered
    return [
        (~table.status_outcome.isin((*marked("status_outcome", "against_hold"), NOT_UNDERSTOOD, BLANK)), int_of(0)),
        (absent(table, "status_answered"), int_of(0)),
        (answered.isnull() | table.left.isnull(), open_in(name)),
        (
            (table.sure_left > answered) & table.status_outcome.isin(marked("status_outcome", "ends_hold")),
            missed_in(name),
        ),
        (table.left > answered, open_in(name)),
    ]


def custody_without_agreement(reading: ReadCase) -> Verdict:
    """Custody passes to ICE in a jail only under an agreement that lists it, or a paid detention contract."""
    case = reading.case
    if case.absent("custody_passed_to_ice") or case.jail_models:
        return None
    if not case.absent("contract_began") and doubtful(case) != "contract_began":
        return None
    if case.code("paid_detention") == number("paid_detention", "yes"):
        return None
    sure = "custody_passed_to_ice" in case.at and doubtful(case) is None
    return MISSED if sure and not case.model & MODEL_UNKNOWN else OPEN


def custody_without_agreement_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name = "custody_without_agreement"
    paid = table.paid_detention == number("paid_detention", "yes")
    denied = table.paid_detention == number("paid_detention", "no")
    known = table.custody_passed_to_ice.notnull() & ~table.contract_doubted
    contract = paid | (~absent(table, "contract_began") & ~denied)
    excused = absent(table, "custody_passed_to_ice") | table.jail | contract
    return [
        (excused, int_of(0)),
        (known & ((table.models & MODEL_UNKNOWN) == 0), missed_in(name)),
        (literal(True), open_in(name)),
    ]


def held_after_cancelled(reading: ReadCase) -> Verdict:
    """A canceled detainer requires nothing more; a later detainer, or a judge's warrant, may. Who leaves in the hour
    behind it is perhaps being released.
    """
    case, cancelled = reading.case, reading.case.at.get("detainer_cancelled")
    if case.absent("detainer_cancelled") or case.code("warrant_form") in marked("warrant_form", "judicial"):
        return None
    if cancelled is None or reading.left is None or "detainer_received" in case.unclear:
        return OPEN
    if reading.left <= cancelled:
        return None
    renewed = case.at.get("detainer_received", cancelled) > cancelled
    released_by = cancelled + span("release_after_cancelling_minutes")
    return OPEN if renewed or not surely_past(reading, released_by) else MISSED


def held_after_cancelled_column(table: Table, law: Law) -> Rules:  # noqa: ARG001
    name, cancelled = "held_after_cancelled", table.detainer_cancelled
    judicial = table.warrant_form.isin(marked("warrant_form", "judicial"))
    return [
        (absent(table, "detainer_cancelled") | judicial, int_of(0)),
        (cancelled.isnull() | table.left.isnull() | unclear(table, "detainer_received"), open_in(name)),
        (table.left <= cancelled, int_of(0)),
        ((table.detainer_received > cancelled).fill_null(False), open_in(name)),
        (table.sure_left > cancelled + span("release_after_cancelling_minutes"), missed_in(name)),
        (literal(True), open_in(name)),
    ]
