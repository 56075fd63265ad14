"""When one hold must have ended: the answer to ``ledger287 custody clock``, and its calendar entries.

What enters: a ``Case`` and the law. What leaves: every clock with its end and rule, the one that governs and why, and
the deadlines of duties. Of several limits only the earliest is given as the end, worded "no later than"; the
answer grants no authority to hold, and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from ledger287.core.finding import Citation
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import format_time, listed, plural
from ledger287.custody.case.case import decide, problems_of
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import DEFAULT_CLOCK, REGULATION, Law
from ledger287.custody.case.limits import Limits, contradictions, governing_of, hold_of, limits_of
from ledger287.custody.case.vocabulary import orders
from ledger287.custody.clock.asking import FIELDS
from ledger287.custody.clock.remarks import order_notes, remarks, span_notes
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.findings import citations, rows_of
from ledger287.custody.duties.notices import complaint_due
from ledger287.custody.duties.table import CLOCKS, NOTED, problems_named
from ledger287.custody.intake.problems import KINDS
from ledger287.law.clocks import clock
from ledger287.law.clocks.calendar import as_datetime

OPEN_ZERO = "open: whether state law allows this hold is unknown"
OPEN_HOURS = "open: this limit is not settled, and decides nothing"
ALARMS = (8, 1)
"""How many hours before an end or a deadline a calendar rings."""
HOUR = 3600
NO_AUTHORITY = "This grants no authority to hold. It is not legal advice."


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One clock: from when, to when, by which rule; ``end`` is None where it is unknown or does not apply."""

    clock: str
    rule: str
    citation: str
    standing: str
    since: datetime | None
    end: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline of a duty."""

    duty: str
    says: str
    due: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """When the hold must have ended. ``no_later_than`` is in the jail's zone where it is named, else in UTC.

    ``state_law_open`` is the rule that leaves it open whether state law allows the hold at all; None where a
    statute bars the hold, where the state's law is known to allow one, and where no state was named. ``left`` is when
    the person left, and ``hours_past_end`` how long after the end that was, less than zero where it was before.
    """

    case: str
    says: str
    no_later_than: datetime | None
    governing: str
    why: str
    clocks: tuple[ClockReading, ...]
    deadlines: tuple[Deadline, ...]
    missed: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    problems: tuple[str, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    state_law_open: str | None = None
    left: datetime | None = None
    hours_past_end: float | None = None
    left_says: str | None = None


def clock_answer(case: Case, law: Law, columns: frozenset[str] | None = None) -> ClockAnswer:
    """The clocks of one case. Raises Refused where no time is given at which the person was otherwise releasable, or
    where the times contradict one another. ``columns`` are those that were entered: nothing of the others is missed.
    """
    _, start, left = hold_of(case)
    if start is None:
        _refuse_contradictions(case)
        says = "a clock needs the time at which the person was otherwise releasable: "
        raise QueryError("missing_time", says, QueryField("releasable", "TIME"), ".")
    limits = limits_of(case, law, start, left)
    governing, limit = governing_of(limits)
    readings = _readings(case, law, start, limits)
    decision = decide(case, law, columns)
    shown = None if limit is None else _local(case, limit)
    open_rule = _open_rule(law, case, start, limits)
    of_state = (*_state_says(law, case, open_rule), *order_notes(case, law, start))
    says = " ".join((_end_says(law, case, start, limits, shown), *of_state, NO_AUTHORITY))
    why = (
        f"Of the clocks that apply, {CLOCKS[governing]} ends first; clocks are never added to one another."
        if governing
        else "No clock can be computed: " + _why_no_end(case)
    )
    has_left = left is not None
    mask = problems_of(case, law, start, left)
    problems, said = problems_named(mask), remarks(case, law, start)
    return ClockAnswer(
        case.case,
        says,
        shown,
        CLOCKS[governing],
        why,
        readings,
        _deadlines(case, law),
        tuple(f"{one.id}: {one.says}" for one in duties.DUTIES if has_left and duties.BIT[one.id] & decision.missed),
        tuple(
            f"{row.duty}: settled by {row.settled_by}"
            for row in rows_of(decision, law)
            if has_left and row.verdict == duties.OPEN
        ),
        tuple(dict.fromkeys([*(one for one in problems if one not in NOTED), *(one.kind for one in said)])),
        citations(law.book, [reading.rule for reading in readings] + [row.rule for row in rows_of(decision, law)]),
        (*(one.says for one in said), *span_notes(mask, law, start)),
        open_rule,
        None if left is None else _local(case, left),
        None if left is None or limit is None else round((left - limit) / HOUR, 2),
        None if left is None else _left_says(case, start, left, limits),
    )


def _refuse_contradictions(case: Case) -> None:
    """Times that cannot all be right: no clock is computed from them, and each contradiction is named."""
    reversed_ = [order for order in orders() if order.holds and case.reversed(order.before, order.after)]
    kinds = [*contradictions(case), *(f"{order.after}_before_{order.before}" for order in reversed_)]
    if kinds:
        said = "; ".join(f"expected {KINDS[kind].expected}, found {KINDS[kind].found}" for kind in kinds)
        given = [QueryField(FIELDS[event]) for event in FIELDS if event in case.at]
        named = [part for field in given for part in (", ", field)][1:]
        raise QueryError(
            "times_contradict", f"the times contradict one another: {said}. Check these and their years: ", *named, "."
        )


def _end_says(law: Law, case: Case, start: int, limits: Limits, end: datetime | None) -> str:
    """The end in a sentence; where a state bars the hold, that it does, and whether from the start or from that law."""
    if end is None:
        return "Cannot tell when the hold must end."
    barred = _rules(law, case, start, zero=True, decides=True) if governing_of(limits)[1] == limits.zero else []
    if not barred:
        return f"No later than {format_time(end)}."
    cited = listed(dict.fromkeys(law.book.provision(rule).citation for rule in barred))
    why = f"State law allows no hold on a civil detainer ({cited})"
    then = "when the person was otherwise releasable" if limits.zero == start else "when that became law"
    return f"{why}: no later than {format_time(end)}, {then}."


def _left_says(case: Case, start: int, left: int, limits: Limits) -> str:
    """When the person left, and by how much that was before or after the end."""
    says, end, latest = f"The person left {format_time(_local(case, left))}", *_ends(limits)
    if left <= start:
        return f"{says}, not later than when otherwise releasable: there was no hold."
    if end is None:
        return f"{says}; without an end it cannot be said whether that was in time."
    past = left - end
    which = "at this end" if not past else f"{_long(abs(past))} {'after' if past > 0 else 'before'} this end"
    if past > 0 and latest is not None and left <= latest:
        return f"{says}, {which}; cannot tell whether that was too late: {_perhaps(case, latest)}."
    return f"{says}, {which}."


def _ends(limits: Limits) -> tuple[int | None, int | None]:
    """The end that governs, and the latest that it can be where a day is perhaps a holiday."""
    return governing_of(limits)[1], governing_of(limits.late)[1]


def _perhaps(case: Case, later: int) -> str:
    """The later end of a clock that leaves out holidays, and on what it depends."""
    day = format_time(_local(case, later))
    return f"{day} if Inauguration Day or a closure by executive order is a holiday, which is not settled"


def _long(seconds: int) -> str:
    """A time span in hours and minutes; one of less than a minute in seconds."""
    hours, minutes = seconds // HOUR, seconds % HOUR // 60
    parts = [plural(many, one) for many, one in ((hours, "hour"), (minutes, "minute")) if many]
    return " and ".join(parts) or plural(seconds, "second")


def _open_rule(law: Law, case: Case, start: int, limits: Limits) -> str | None:
    """The rule that leaves it open whether state law allows the hold at all, where nothing bars it outright."""
    if limits.zero is not None or limits.zero_open is None:
        return None
    return next(iter(_rules(law, case, start, zero=True, decides=False)), None)


def _state_says(law: Law, case: Case, open_rule: str | None) -> tuple[str, ...]:
    """What the first line says of state law where it leaves the end open: an end is not permission."""
    if case.state is None:
        return ("No state was named; its law may end the hold earlier, or allow none.",)
    if open_rule is None:
        return ()
    rule = law.book.provision(open_rule)
    if rule.state_law and rule.state_law.effect == "not checked":
        return (f"{rule.says} It may end the hold earlier, or allow none.",)
    return (f"Whether state law allows this hold at all is unknown: {rule.citation}.",)


def _why_no_end(case: Case) -> str:
    if case.where is None:
        return "this form does not count some days; they are those of the jail's own calendar. Name its time zone."
    return "the form is not one that is understood here, or the day is outside the calendar."


def _local(case: Case, at: int) -> datetime:
    where = case.where
    offset = where.offset(at) if where else None
    if offset is None:
        return as_datetime(at)
    from zoneinfo import ZoneInfo

    return as_datetime(at).astimezone(ZoneInfo(case.zone or "UTC"))


def _readings(case: Case, law: Law, start: int, limits: Limits) -> tuple[ClockReading, ...]:
    form = law.form(case.named("detainer_form"))
    request = form.rule if form and form.hours is not None else DEFAULT_CLOCK
    named = "the form's own clock"
    if request == DEFAULT_CLOCK:
        why = "the form is not named" if form is None else "how long this form requests is not known"
        named = f"{why}; the default clock is used"
    prefix = "wso" if case.jail_models == ("WSO",) else "jem"
    passed = case.at.get("custody_passed_to_ice")
    rows: list[tuple[str, str, int | None, int | None, str]] = [
        (
            "48 consecutive hours",
            law_default(),
            start,
            limits.flat,
            "the default clock, from when otherwise releasable",
        ),
        ("48 hours without weekends and holidays", REGULATION, start, limits.regulation, _ceiling(case, limits)),
        (CLOCKS[duties.REQUEST], request, start, limits.request, named),
    ]
    if passed is not None:
        note = "from when custody passed to ICE" if case.jail_models else "applies only under a JEM or WSO agreement"
        rows.append((CLOCKS[duties.AGREEMENT], f"{prefix}-hold", passed, limits.agreement, note))
    for end, zero, note in (
        (limits.zero, True, "state law allows no hold on a civil detainer"),
        (limits.zero_open, True, OPEN_ZERO),
        (limits.state, False, "a limit of state law"),
        (limits.state_open, False, OPEN_HOURS),
    ):
        rules = () if end is None else _rules(law, case, start, zero=zero, decides=not note.startswith("open"))
        rows += [(CLOCKS[duties.STATE], rule, start, end, note) for rule in rules]
    return tuple(_reading(case, law, *row) for row in rows)


def _rules(law: Law, case: Case, start: int, *, zero: bool, decides: bool) -> list[str]:
    """Every provision of the state behind one of its clocks, as ``limits_of`` looks at them: until the person left, or
    for the default clock's hours."""
    left = hold_of(case)[2]
    at = clock.end(start, law.default_hours) or start + 1 if left is None else left
    return [
        limit.rule
        for limit in law.of_state(case.state)
        if (limit.hours == 0) == zero and limit.decides == decides and limit.applies(start, at)
    ]


def law_default() -> str:
    """The rule of the default clock."""
    return DEFAULT_CLOCK


def _ceiling(case: Case, limits: Limits) -> str:
    if case.where is None:
        return "cannot tell: name the jail's time zone"
    if limits.regulation is None:
        return "cannot tell: the time is outside the calendar of federal holidays that is known here"
    if limits.late.regulation != limits.regulation and limits.late.regulation is not None:
        return f"a ceiling; {_perhaps(case, limits.late.regulation)}"
    return "a ceiling on what may be requested; it lengthens nothing"


def _reading(case: Case, law: Law, name: str, rule: str, since: int | None, end: int | None, note: str) -> ClockReading:
    cited = citations(law.book, (rule,))[0]
    return ClockReading(
        name,
        rule,
        cited.citation,
        cited.standing,
        None if since is None else _local(case, since),
        None if end is None else _local(case, end),
        note,
    )


def _deadlines(case: Case, law: Law) -> tuple[Deadline, ...]:
    found = []
    prefix = "wso" if case.jail_models == ("WSO",) else "jem"
    texts = [law.model(model) for model in case.jail_models]
    claimed, filed = case.at.get("citizenship_claimed"), case.at.get("complaint_filed")
    if claimed is not None and texts:
        due = clock.end(claimed, min(text.claim_hours for text in texts))
        found.append(("claim_late", "report the claim to US citizenship to ICE", due, f"{prefix}-citizenship-claim"))
    if filed is not None and texts:
        found.append(
            ("complaint_late", "forward the complaint to ICE", complaint_due(case, law, filed), f"{prefix}-complaint")
        )
    received, hours = case.at.get("detainer_received"), law.model("JEM").notice_hours
    if received is not None and hours is not None and "JEM" in case.jail_models:
        says = "notify ICE of the detainer, where the jail's own designated officer issued it"
        found.append(("notice_late_detainer", says, clock.end(received, hours), "jem-tell-ice"))
    notice, start = law.notice(case.state), hold_of(case)[1]
    if notice and start is not None and start >= (notice.since or 0):
        first = min(start, case.at.get("detainer_received", start)) if notice.from_receipt else start
        says = "notify ICE; the earliest reading of the act" if notice.from_receipt else "notify ICE"
        found.append(("notice_late_state", says, clock.end(first, notice.hours), notice.rule))
    known = sorted((due, duty, says, rule) for duty, says, due, rule in found if due is not None)
    return tuple(Deadline(duty, says, _local(case, due), rule) for due, duty, says, rule in known)


# -- calendar entries ------------------------------------------------------------------------------------------


def as_ics(answer: ClockAnswer, stamp: datetime, say: Callable[[str], str] = str, place: str = "") -> str:
    """The one earliest end, and the deadlines of duties, as calendar entries (RFC 5545).

    ``place`` is what is known of the jail: cases of two with one number and the same times have their own entries.
    ``say`` gives each title and description in the language of the reader.
    """
    entries = []
    if answer.no_later_than:
        title = f"Hold must have ended, no later than this ({answer.case})"
        entries.append(("end", answer.no_later_than, title, answer.says + " " + answer.why))
    entries += [
        (one.duty, one.due, f"No later than this: {one.says} ({answer.case})", f"Rule {one.rule}. {NO_AUTHORITY}")
        for one in answer.deadlines
    ]
    contents = "|".join([answer.case, place, *(f"{one.rule} {one.since} {one.end}" for one in answer.clocks)])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ledger287//custody clock//EN"]
    for name, at, title, text in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid5(NAMESPACE_URL, f'{contents}|{name}|{at}')}@ledger287",
            f"DTSTAMP:{_utc(stamp)}",
            f"DTSTART:{_utc(at)}",
            f"SUMMARY:{_escaped(say(title))}",
            f"DESCRIPTION:{_escaped(say(text))}",
            "TRANSP:TRANSPARENT",
            *(line for hours in ALARMS for line in _alarm(hours, say(title))),
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _alarm(hours: int, title: str) -> tuple[str, ...]:
    return ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(title)}", f"TRIGGER:-PT{hours}H", "END:VALARM")


def _utc(at: datetime) -> str:
    from datetime import UTC

    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, then continued ones that begin with a space."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > 74:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part]) + "\r\n"
