"""Findings of an audit, one row each, from its decisions: rule, citation, the events and times they rest on.

What enters: the table of decisions as written, or one ``Decision``. What leaves: a row for each duty missed and each
that is unknown, with when the time ran from, when it was due, and when it was done. Both ways give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger287.core.finding import Citation, Finding
from ledger287.custody.case.case import Decision
from ledger287.custody.case.facts import WSO
from ledger287.custody.case.hold_law import DEFAULT_CLOCK, REGULATION, Law, StateClock
from ledger287.custody.case.vocabulary import number
from ledger287.custody.columns.clocks import by_model as hours_by_model
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.notices import complaint_due
from ledger287.custody.duties.open_reasons import calendar_says, law_says, perhaps_days
from ledger287.custody.duties.table import BIT, DUTIES, MISSED, OPEN, Duty
from ledger287.custody.relations.column import Column, cases, coalesce, greatest, least, literal, null, unnested
from ledger287.custody.relations.table import Table
from ledger287.custody.relations.wording import numbered, worded
from ledger287.law.clocks import clock
from ledger287.law.clocks.calendar import as_datetime
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision

TIMES_KEPT = (
    "detainer_received", "warrant_received", "served_on_person", "custody_passed_to_ice", "ice_notified",
    "status_answered", "citizenship_claimed", "claim_reported", "complaint_filed", "complaint_forwarded",
    "detainer_cancelled", "judge_ordered", "warrant_served",
)  # fmt: skip
"""The events that findings rest on, other than a hold's start and end; decisions carry them."""
EVENTS = {duty.id: ", ".join(duty.rests_on) for duty in DUTIES}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding of one case; times in seconds. ``seconds`` is how late, where that is known, and ``settled_by`` what
    would decide it, where it is open."""

    duty: str
    verdict: str
    rule: str
    since: int | None
    due: int | None
    done: int | None
    seconds: int | None
    settled_by: str = ""


# -- one case --------------------------------------------------------------------------------------------------


def rows_of(found: Decision, law: Law) -> tuple[Row, ...]:
    """The findings of one decision, in the order of the duties."""
    rows = []
    for duty in DUTIES:
        bit = BIT[duty.id]
        if not bit & (found.missed | found.open):
            continue
        verdict = MISSED if bit & found.missed else OPEN
        since, due, done = _times(duty, found, law)
        seconds = None
        if verdict == MISSED:
            end = found.left if done is None and duty.kind != "alone" else done
            if duty.kind == "hold" and end is not None and found.left is not None:
                end = min(end, found.left)
            seconds = None if end is None or due is None else end - due
        rule = _rule(duty, found, law)
        settled_by = _settled_by(duty, found, law, rule) if verdict == OPEN else ""
        rows.append(Row(duty.id, verdict, rule, since, due, done, seconds, settled_by))
    return tuple(rows)


def _settled_by(duty: Duty, found: Decision, law: Law, rule: str) -> str:
    """What would decide an open finding: a day of the calendar, the law itself, or else the facts of the duty."""
    if BIT[duty.id] & found.by_calendar and found.start is not None and found.left is not None:
        return calendar_says(perhaps_days(found.case, law, found.start, found.left))
    if BIT[duty.id] & found.by_law:
        return law_says(law.book.provision(rule).citation)
    return duty.settled_by


def _times(duty: Duty, found: Decision, law: Law) -> tuple[int | None, int | None, int | None]:
    case, limits, start, left = found.case, found.limits, found.start, found.left
    at = case.at.get

    def later(event: str, hours: float | None) -> int | None:
        begun = at(event)
        return None if begun is None or hours is None else clock.end(begun, hours)

    models = [law.model(model) for model in case.jail_models or ("JEM", "WSO")]
    filed, notice = at("complaint_filed"), law.notice(case.state)
    detainer = [time for time in (at("detainer_received"), _passed(found)) if time is not None]
    notified_at, issued = at("ice_notified"), later("detainer_received", law.model("JEM").notice_hours)
    claim = later("citizenship_claimed", min(model.claim_hours for model in models))
    service = at("warrant_served", at("served_on_person"))
    notified = None
    if notice and start is not None:
        received = at("detainer_received", start) if notice.from_receipt else start
        notified = clock.end(max(start, received), notice.hours)
    table: dict[str, tuple[int | None, int | None, int | None]] = {
        "over_limit": (start, found.limit, left),
        "exceeds_request": (start, limits.request, left),
        "exceeds_regulation": (start, limits.regulation, left),
        "exceeds_agreement": (at("custody_passed_to_ice"), limits.agreement, left),
        "exceeds_state": (start, limits.state, left),
        "state_forbids": (start, limits.zero, left),
        "form_no_hold": (start, start, left),
        "no_detainer": (start, start, min(detainer) if detainer else None),
        "no_warrant": (start, start, at("warrant_received")),
        "not_served": (start, start, at("served_on_person")),
        "ground_insufficient": (start, start, None),
        "officer_without_authority": (start, start, None),
        "notice_late_state": (start, notified, notified_at),
        "notice_missing_on_service": (service, service, notified_at),
        "notice_late_detainer": (at("detainer_received"), issued, notified_at),
        "claim_late": (at("citizenship_claimed"), claim, at("claim_reported")),
        "complaint_late": (
            filed,
            None if filed is None else complaint_due(case, law, filed),
            at("complaint_forwarded"),
        ),
        "held_despite_answer": (at("status_answered"), _later_of(start, at("status_answered")), left),
        "custody_without_agreement": (at("custody_passed_to_ice"), at("custody_passed_to_ice"), None),
        "held_after_cancelled": (at("detainer_cancelled"), _later_of(start, at("detainer_cancelled")), left),
        "no_judges_order": (start, start, at("judge_ordered")),
    }
    return table[duty.id]


def _later_of(*times: int | None) -> int | None:
    """The latest of the times that are known."""
    return max((time for time in times if time is not None), default=None)


def _passed(found: Decision) -> int | None:
    return found.case.at.get("custody_passed_to_ice") if found.case.jail_models else None


def _rule(duty: Duty, found: Decision, law: Law) -> str:
    """The rule that a finding is about: of the clock that governs, the form, the state or the model."""
    if duty.rule:
        return duty.rule
    case = found.case
    prefix = "wso" if case.model & WSO else "jem"
    form = law.form(case.named("detainer_form"))
    request = form.rule if form and form.hours is not None else DEFAULT_CLOCK
    over = {"start": found.start, "left": found.left}
    zero = law.state_rule(case.state, zero=True, **over) or "ina-287-g-1"
    hours = law.state_rule(case.state, zero=False, **over) or zero
    notice, order = law.notice(case.state), law.order(case.state)
    by_clock = ("", zero if found.limits.zero == found.limit else hours, request, f"{prefix}-hold", REGULATION)
    return {
        "over_limit": by_clock[found.governing] or DEFAULT_CLOCK,
        "exceeds_request": request,
        "exceeds_agreement": f"{prefix}-hold",
        "exceeds_state": hours,
        "state_forbids": zero,
        "notice_late_state": notice.rule if notice else "nc-hold",
        "claim_late": f"{prefix}-citizenship-claim",
        "complaint_late": f"{prefix}-complaint",
        "no_judges_order": order.rule if order else "nc-hold",
    }[duty.id]


def finding(row: Row, book: Lawbook) -> Finding:
    """One finding in words, with the provision it rests on."""
    duty = next(duty for duty in DUTIES if duty.id == row.duty)
    reasons = [duty.says]
    if row.seconds is not None:
        reasons.append(f"by {row.seconds / clock.HOUR:,.1f} hours")
    labeled = (("from", row.since), ("due no later than", row.due), ("done", row.done))
    reasons += [f"{word} {as_datetime(at).isoformat()}" for word, at in labeled if at is not None]
    reasons.append(f"rests on {EVENTS[row.duty]}")
    questions = (f"settled by {row.settled_by or duty.settled_by}",) if row.verdict == OPEN else ()
    return Finding(row.verdict, tuple(reasons), (), citations(book, (row.rule,)), questions)


def citations(book: Lawbook, rules: Sequence[str]) -> tuple[Citation, ...]:
    """Rules as citations."""
    return tuple(
        Citation(one.id, one.says, one.citation, one.standing, one.checked_until.isoformat())
        for one in map(book.provision, dict.fromkeys(rules))
    )


# -- tables ----------------------------------------------------------------------------------------------------


def rules_named(law: Law) -> tuple[str, ...]:
    """Every rule that a finding may be about."""
    states = (
        {limit.rule for limit in law.states}
        | {notice.rule for notice in law.notices}
        | {order.rule for order in law.orders}
    )
    models = {f"{model}-{topic}" for model in ("jem", "wso") for topic in ("hold", "citizenship-claim", "complaint")}
    own = {duty.rule for duty in DUTIES if duty.rule}
    forms = {form.rule for form in law.forms}
    return tuple(sorted({DEFAULT_CLOCK, REGULATION, "ina-287-g-1", "nc-hold", *states, *models, *own, *forms}))


def findings_of(decisions: Table, law: Law) -> Table:
    """One row per finding, case by case in the order of the duties, from decisions with their times in seconds."""
    table = decisions.filter((decisions.missed != 0) | (decisions.open != 0))
    wanted = unnested(BIT.values(), lambda bit: ((table.missed | table.open) & bit) != 0)
    table = _with_duties(table.mutate(bit=wanted))
    is_: Callable[[str], Column] = lambda name: table.bit == BIT[name]  # noqa: E731
    since, due, done = _time_columns(table, law)
    table = table.mutate(
        verdict=worded(cases(((table.missed & table.bit) != 0, 1), otherwise=2), (MISSED, OPEN)),
        since=cases(*((is_(name), column) for name, column in since.items()), otherwise=table.start),
        due=cases(*((is_(name), column) for name, column in due.items()), otherwise=table.start),
        done=cases(*((is_(name), column) for name, column in done.items()), otherwise=table.left),
        rule_place=_rule_places(table, law),
    )
    end = cases(
        ((table.kind == "hold"), least(table.done, table.left)),
        ((table.kind == "limit"), table.left),
        otherwise=table.done,
    )
    table = table.mutate(seconds=cases((table.verdict == MISSED, end - table.due), otherwise=null("int64")))
    found = _with_rules(table, law)
    found = found.mutate(seconds=found.seconds.cast("int64"))
    return found.select(
        "file", "row", "case", "agency", "state", "zone", "month", "duty", "verdict", "seconds", "since", "due", "done",
        "rests_on", "rule", "citation", "standing", "checked_until", "says", "settled_by",
    )  # fmt: skip


def _with_duties(table: Table) -> Table:
    """What is said of each duty, by its bit."""
    table = table.mutate(
        place=cases(*((table.bit == BIT[duty.id], n) for n, duty in enumerate(DUTIES, 1)), otherwise=1)
    )
    said: Callable[[Callable[[Duty], str]], Column] = lambda of: worded(table.place, list(map(of, DUTIES)))  # noqa: E731
    return table.mutate(
        duty=said(lambda duty: duty.id),
        kind=said(lambda duty: duty.kind),
        rests_on=said(lambda duty: EVENTS[duty.id]),
        says=said(lambda duty: duty.says),
    )


def _with_rules(table: Table, law: Law) -> Table:
    """What is said of each rule, by its place, and what would decide an open finding."""
    rules = [law.book.provision(one) for one in rules_named(law)]
    said: Callable[[Callable[[Provision], str]], Column] = lambda of: worded(table.rule_place, list(map(of, rules)))  # noqa: E731
    by_day, by_law = (table.by_calendar & table.bit) != 0, (table.by_law & table.bit) != 0
    settling = [*(duty.settled_by for duty in DUTIES), *(law_says(rule.citation) for rule in rules), calendar_says()]
    open_place = cases((by_day, len(settling)), (by_law, table.rule_place + len(DUTIES)), otherwise=table.place)
    return table.mutate(
        rule=worded(table.rule_place, rules_named(law)),
        citation=said(lambda rule: rule.citation),
        standing=said(lambda rule: rule.standing),
        checked_until=said(lambda rule: rule.checked_until.isoformat()),
        settled_by=worded(open_place, settling),
    )


Times = dict[str, Column]


def _time_columns(table: Table, law: Law) -> tuple[Times, Times, Times]:
    """Where a duty's time runs from, is due and was done, if not the hold's start, its start, and its end."""
    none = null("int64")
    jail = (table.models & 3) != 0
    claim = hours_by_model(table, law, "claim_hours")
    notice = null("int64")
    later = greatest(table.start, coalesce(table.detainer_received, table.start))
    last = cases((table.start.notnull(), later), otherwise=none)
    for one in law.notices:
        begun = last if one.from_receipt else table.start
        notice = cases((table.state == one.state, begun + round(one.hours * clock.HOUR)), otherwise=notice)
    issued = law.model("JEM").notice_hours
    passed = cases((jail, table.custody_passed_to_ice), otherwise=none)
    since = {
        "exceeds_agreement": table.custody_passed_to_ice,
        "notice_missing_on_service": coalesce(table.warrant_served, table.served_on_person),
        "notice_late_detainer": table.detainer_received,
        "claim_late": table.citizenship_claimed,
        "complaint_late": table.complaint_filed,
        "held_despite_answer": table.status_answered,
        "custody_without_agreement": table.custody_passed_to_ice,
        "held_after_cancelled": table.detainer_cancelled,
    }
    due = {
        "over_limit": table.limit_end,
        "exceeds_request": table.request_end,
        "exceeds_regulation": table.regulation_end,
        "exceeds_agreement": table.agreement_end,
        "exceeds_state": table.state_end,
        "state_forbids": table.zero_end,
        "notice_late_state": notice,
        "notice_missing_on_service": coalesce(table.warrant_served, table.served_on_person),
        "notice_late_detainer": none if issued is None else table.detainer_received + round(issued * clock.HOUR),
        "claim_late": table.citizenship_claimed + claim,
        "complaint_late": table.complaint_due,
        "held_despite_answer": greatest(table.start, table.status_answered),
        "custody_without_agreement": table.custody_passed_to_ice,
        "held_after_cancelled": greatest(table.start, table.detainer_cancelled),
    }
    done = {
        "no_detainer": least(table.detainer_received, passed),
        "no_warrant": table.warrant_received,
        "not_served": table.served_on_person,
        "ground_insufficient": none,
        "officer_without_authority": none,
        "notice_late_state": table.ice_notified,
        "notice_missing_on_service": table.ice_notified,
        "notice_late_detainer": table.ice_notified,
        "claim_late": table.claim_reported,
        "complaint_late": table.complaint_forwarded,
        "custody_without_agreement": none,
        "no_judges_order": table.judge_ordered,
    }
    return since, due, done


def _applies(table: Table, limit: StateClock) -> Column:
    """Whether a state's clock was law at some time of a hold (``StateClock.applies``)."""
    found = table.state == limit.state
    if limit.since is not None:
        found = found & (table.left.isnull() | (table.left > limit.since))
    if limit.until is not None:
        found = found & (table.start.isnull() | (table.start < limit.until))
    return found


def _rule_places(table: Table, law: Law) -> Column:
    """The place of a finding's rule among ``rules_named``, from 1."""
    wso = (table.models & WSO) != 0
    at = {rule: place for place, rule in enumerate(rules_named(law), 1)}

    def by_model(topic: str) -> Column:
        return cases((wso, at[f"wso-{topic}"]), otherwise=at[f"jem-{topic}"])

    def by_state(zero: bool, otherwise: Column) -> Column:
        pairs = []
        for state in law.by_state:
            mine = [limit for limit in law.of_state(state) if (limit.hours == 0) == zero]
            pairs += [(_applies(table, limit), at[limit.rule]) for limit in mine]
            pairs += [(table.state == state, at[limit.rule]) for limit in mine[:1]]
        return cases(*pairs, otherwise=otherwise)

    forms = [
        (table.detainer_form == number("detainer_form", form.name), at[form.rule])
        for form in law.forms
        if form.hours is not None
    ]
    request = cases(*forms, otherwise=at[DEFAULT_CLOCK])
    zero = by_state(True, literal(at["ina-287-g-1"]))
    hours = by_state(False, zero)
    orders = [(table.state == order.state, at[order.rule]) for order in law.orders]
    notices = [(table.state == notice.state, at[notice.rule]) for notice in law.notices]
    governing = cases(
        ((table.governing == duties.STATE) & (table.zero_end == table.limit_end), zero),
        (table.governing == duties.STATE, hours),
        (table.governing == duties.REQUEST, request),
        (table.governing == duties.AGREEMENT, by_model("hold")),
        (table.governing == duties.CEILING, at[REGULATION]),
        otherwise=at[DEFAULT_CLOCK],
    )
    own = numbered(table.place, [at.get(duty.rule, 0) for duty in DUTIES])
    return cases(
        (own != 0, own),
        (table.bit == BIT["over_limit"], governing),
        (table.bit == BIT["exceeds_request"], request),
        (table.bit == BIT["exceeds_agreement"], by_model("hold")),
        (table.bit == BIT["exceeds_state"], hours),
        (table.bit == BIT["state_forbids"], zero),
        (table.bit == BIT["notice_late_state"], cases(*notices, otherwise=at["nc-hold"])),
        (table.bit == BIT["claim_late"], by_model("citizenship-claim")),
        (table.bit == BIT["no_judges_order"], cases(*orders, otherwise=at["nc-hold"])),
        otherwise=by_model("complaint"),
    )
