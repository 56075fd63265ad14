"""What a visitor enters about one case -> when the hold must have ended, and every duty; used by the page and the API.

What enters: texts by the names of the custody vocabulary (events, codes, ``state``, ``zone``), times as the jail's
clocks showed them or with an offset. What leaves: ``HoldAnswer``, or the faults of the fields. Nothing is kept. A time
that clocks showed twice is never guessed at: the answer asks which. What is left blank is unknown, unless ``blank`` is
``none``; a duty that rests on what is unknown is not checked, and the answer says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ledger287.core import declared
from ledger287.core.finding import Citation
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField, by_name, text_of
from ledger287.custody.case.case import Decision, decide
from ledger287.custody.case.facts import MODEL_UNKNOWN, Case, model_mask
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.limits import hold_of
from ledger287.custody.case.vocabulary import code_named, codes, events, number
from ledger287.custody.clock.answer import ClockAnswer, clock_answer
from ledger287.custody.clock.remarks import order_notes, remarks, span_notes
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.findings import citations, rows_of
from ledger287.custody.intake.problems import KINDS as SAID
from ledger287.custody.intake.times.moments import two_days
from ledger287.custody.intake.times.values import read_time
from ledger287.law.clocks.calendar import Zone, as_datetime, zones
from ledger287.ledger.query.parameters import read_state

START = "charges_cleared"
CODES = (
    "detainer_form", "detainer_ground", "detainer_issued_by", "warrant_form", "model", "officer_standing",
    "paid_detention", "status_outcome",
)  # fmt: skip
HERE = {words: name.rpartition("|")[2] for name, words in duties.INSTEAD.items()}
"""What the command line, which can read a roster, names together with a field -> the field alone, as used here."""
Why = Literal["missing", "unreadable", "twice", "never", "outside", "unknown", "no_zone", "several_zones", "two_days"]


SAYS: Mapping[Why, str] = {
    "missing": "this time is needed",
    "unreadable": "expected a time such as 2025-07-03 10:00 or 2025-07-03T10:00-05:00",
    "twice": "clocks there showed this time twice; say which is meant",
    "never": "clocks there never showed this time",
    "outside": "this time is outside the years for which the clocks of time zones are known here; check the year",
    "unknown": "expected another word",
    "no_zone": "the jail's time zone or state is needed to read a time without an offset",
    "two_days": "day and month can be exchanged here; write the year first, as 2025-07-03 10:00",
    "several_zones": "the state is in more than one time zone; name the jail's",
}


def _fault(field: str, why: Why, found: str, choices: tuple[str, ...] = ()) -> QueryError:
    """What is wrong with one field. ``choices`` are the zones, or the two times, one of which is meant."""
    choose = f" Expected one of: {', '.join(choices)}." if choices else ""
    return QueryError(why, QueryField(field), f": {SAYS[why]} (found {found[:60]!r}).{choose}", choices=choices)


@dataclass(frozen=True, slots=True)
class Looked:
    """A duty that was checked and is missed or unknown; times are in the jail's time zone."""

    duty: str
    verdict: str
    says: str
    since: datetime | None
    due: datetime | None
    done: datetime | None
    hours_late: float | None
    settled_by: str
    rule: Citation


@dataclass(frozen=True, slots=True)
class HoldProblem:
    """Contradictions between the given times, or between them and the law that is known here."""

    kind: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class HoldAnswer:
    """The clock of a case and its duties. ``clock`` is None where the times contradict one another."""

    zone: str | None
    clock: ClockAnswer | None
    duties: tuple[Looked, ...]
    nothing_found: tuple[str, ...]
    not_looked_at: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[HoldProblem, ...]
    notes: tuple[str, ...] = ()


@cache
def settings() -> dict[str, Any]:
    """The declared settings of the form."""
    data: dict[str, Any] = declared.declared_yaml("web/hold.yml")
    return data


def hold_answer(given: Mapping[str, str], name: str = "hold") -> HoldAnswer:
    """The answer to what was entered about a case. Raises Refused with every fault of its fields."""
    case, faults = read_case(given, name)
    if faults:
        raise Refused(" ".join(text_of(fault, by_name) for fault in faults))
    return answer_of(case, given_columns(given))


def read_case(given: Mapping[str, str], name: str = "hold") -> tuple[Case, tuple[QueryError, ...]]:
    """A case from what was entered, and what is wrong with it."""
    entered = {field: text.strip()[:60] for field, text in given.items() if text.strip()}
    state, faults = _state(entered.get("state"))
    zone, more = _zone(entered, state)
    faults += more
    at: dict[str, int] = {}
    for event in events():
        if event in entered:
            found, fault = _instant(event, entered[event], entered.get(f"{event}_which"), zone)
            faults += [fault] if fault else []
            at |= {} if found is None else {event: found}
    if START not in entered:
        faults.append(_fault(START, "missing", ""))
    coded = {}
    for field in CODES:
        if field in entered:
            code = code_named(field, entered[field])
            faults += [] if code else [_fault(field, "unknown", entered[field], codes(field))]
            coded[field] = number(field, code)
    mask = model_mask(coded["model"]) if "model" in coded else MODEL_UNKNOWN
    return Case(name, at, state=state, zone=zone, coded=coded, model=mask), tuple(faults)


def _state(text: str | None) -> tuple[str | None, list[QueryError]]:
    try:
        return read_state(text), []
    except Refused:
        return None, [_fault("state", "unknown", text or "")]


def _zone(entered: Mapping[str, str], state: str | None) -> tuple[str | None, list[QueryError]]:
    """The jail's zone: as named, else that of a state with one. A zone of several is never taken for a state."""
    named = entered.get("zone")
    if named:
        return (named, []) if named in zones() else (None, [_fault("zone", "unknown", named, tuple(zones()))])
    if state:
        from ledger287.law.lawbook.zones import zones_of

        mine = zones_of(state)
        return (mine[0], []) if len(mine) == 1 else (None, [_fault("zone", "several_zones", state, mine)])
    local = [event for event in events() if event in entered and (read_time(entered[event]) or (0, False))[1]]
    return None, [_fault("zone", "no_zone", "")] if local else []


def _instant(event: str, text: str, which: str | None, zone: str | None) -> tuple[int | None, QueryError | None]:
    found = read_time(text)
    if found is None:
        return None, _fault(event, "two_days" if two_days(text) else "unreadable", text)
    seconds, local = found
    first, last = span()
    if not first <= seconds < last:
        return None, _fault(event, "outside", text)
    if not local:
        return seconds, None
    if zone is None:
        return None, None
    at, reads = zones()[zone].read(seconds)
    if at is not None:
        return at, None
    if reads != "twice":
        return None, _fault(event, "never" if reads == "never" else "outside", text)
    both = instants(zones()[zone], seconds)
    if which in ("first", "second") and len(both) > 1:
        return both[0 if which == "first" else -1], None
    return None, _fault(event, "twice", text, tuple(shown(at, zone).isoformat() for at in both))


@cache
def span() -> tuple[int, int]:
    """The seconds between which clocks are declared; no time outside them is reckoned with."""
    known = zones().values()
    return max(zone.since[0] for zone in known), min(zone.until for zone in known)


def instants(zone: Zone, local: int) -> tuple[int, ...]:
    """The times (UTC) at which clocks of a time zone showed a local time, the earlier first."""
    return tuple(sorted({local - by for by in set(zone.offsets) if zone.offset(local - by) == by}))


def shown(at: int, zone: str | None) -> datetime:
    """A time in a time zone, else in UTC."""
    return as_datetime(at).astimezone(ZoneInfo(zone)) if zone else as_datetime(at)


def given_columns(given: Mapping[str, str]) -> frozenset[str]:
    """What was entered; with ``blank=none``, for every event that it happened or did not."""
    entered = {field for field, text in given.items() if text.strip()}
    return frozenset(entered | set(events()) if given.get("blank") == "none" else entered)


def answer_of(case: Case, columns: frozenset[str]) -> HoldAnswer:
    """The clock and the duties of a case."""
    the_law = law()
    _, start, left = hold_of(case)
    decision = decide(case, the_law, columns)
    said = remarks(case, the_law, start) if start is not None else ()
    looked = tuple(
        row
        for row in _looked(decision, case)
        if left is not None or row.verdict == duties.MISSED or _kind(row.duty) != "limit"
    )
    audited = duties.named(duties.audited(columns))
    notes = () if start is None else order_notes(case, the_law, start)
    silent = [duty.says for duty in duties.DUTIES if duty.id in audited and not _of(duty.id, decision)]
    return HoldAnswer(
        case.zone,
        clock_answer(case, the_law, columns) if start is not None else None,
        looked,
        tuple(silent) if left is not None else (),
        tuple(
            (duty.says, tuple(HERE.get(each, each) for each in lacking))
            for duty, lacking in duties.not_audited(columns)
        ),
        tuple(
            HoldProblem(one, SAID[one].expected, SAID[one].found)
            for one in duties.problems_named(decision.problems)
            if one in SAID and one not in duties.NOTED
        )
        + tuple(HoldProblem(one.kind, one.expected, one.found) for one in said if one.kind),
        (*notes, *span_notes(decision.problems, the_law, start)),
    )


def _of(duty: str, decision: Decision) -> bool:
    return bool(duties.BIT[duty] & (decision.missed | decision.open))


def _kind(name: str) -> str:
    return next(duty.kind for duty in duties.DUTIES if duty.id == name)


def _looked(decision: Decision, case: Case) -> tuple[Looked, ...]:
    by_id = {duty.id: duty for duty in duties.DUTIES}

    def local(at: int | None) -> datetime | None:
        return None if at is None else shown(at, case.zone)

    return tuple(
        Looked(
            row.duty,
            row.verdict,
            by_id[row.duty].says,
            local(row.since),
            local(row.due),
            local(row.done),
            None if row.seconds is None else round(row.seconds / 3600, 1),
            row.settled_by or by_id[row.duty].settled_by,
            citations(law().book, (row.rule,))[0],
        )
        for row in rows_of(decision, law())
    )
