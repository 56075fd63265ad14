"""Reads the cases of tests/custody/*.yml, which a lawyer can read, into ``Case``. Every case there is synthetic."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger287.core.declared import read_yaml
from ledger287.custody.case.facts import UNKNOWN_STATE, Case, model_mask
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD, number
from ledger287.custody.intake.times.values import read_time
from ledger287.law.clocks.calendar import zone

FOLDER = Path(__file__).parent / "custody"
UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def declared(file: str) -> list[dict[str, Any]]:
    """The cases of a file, each with the file's defaults where it says nothing else."""
    data = read_yaml((FOLDER / file).read_text(encoding="utf-8"))
    defaults = data["defaults"]
    found = []
    for case in data["cases"]:
        whole = {**defaults, **case}
        for inner in ("given", "codes"):
            whole[inner] = {**defaults.get(inner, {}), **case.get(inner, {})}
        found.append(whole)
    return found


def instant_of(value: Any, zone_name: str | None) -> int:
    """A time of the jail's clocks, or with its offset, in UTC."""
    text = value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    found = read_time(text)
    assert found is not None, text
    seconds, local = found
    if not local:
        return seconds
    at, reads = zone(zone_name or "America/New_York").read(seconds)
    assert at is not None, (text, reads)
    return at


def case_of(declared_case: dict[str, Any]) -> Case:
    """A declared case as a ``Case``."""
    zone_name = declared_case.get("zone")
    start = instant_of(declared_case["start"], zone_name)
    at, unclear = {}, set()
    if declared_case.get("start_recorded", True):
        at["charges_cleared"] = start
    for event, value in declared_case["given"].items():
        if value == "unclear":
            unclear.add(event)
        elif value is not None:
            at[event] = start + _shift(value)
    codes = {name: value for name, value in declared_case["codes"].items() if value is not None}
    if declared_case.get("form"):
        codes["detainer_form"] = declared_case["form"]
    coded = {name: NOT_UNDERSTOOD if value == "?" else number(name, str(value)) for name, value in codes.items()}
    assert all(value for value in coded.values()) and all(
        value != NOT_UNDERSTOOD or codes[name] == "?" for name, value in coded.items()
    ), codes
    model = declared_case.get("model")
    mask = model_mask(number("model", model)) if model else 8
    state = declared_case.get("state")
    assert state != UNKNOWN_STATE
    return Case(declared_case["id"], at, frozenset(unclear), "Made-up County Jail", state, zone_name, coded, mask)


CONCERNS: dict[str, tuple[tuple[str, ...], dict[str, tuple[Any, ...]]]] = {
    "over_limit": ((), {}),
    "exceeds_request": ((), {}),
    "exceeds_regulation": ((), {}),
    "exceeds_agreement": (("custody_passed_to_ice",), {"model": ("JEM", "WSO"), "paid_detention": (None, "no")}),
    "exceeds_state": (("detainer_received",), {"state": ("NC",)}),
    "state_forbids": ((), {"state": ("CA", "CO", "IL", "OR", "WA"), "warrant_form": ("judicial",)}),
    "form_no_hold": ((), {"form": ("I-247A", "I-247", "I-247D")}),
    "no_detainer": (("detainer_received",), {}),
    "no_warrant": (("warrant_received",), {}),
    "not_served": (("served_on_person",), {"form": ("I-247A",)}),
    "ground_insufficient": ((), {"detainer_ground": ("biometric_match", "final_order", "pending_proceedings")}),
    "officer_without_authority": ((), {"officer_standing": ("authorised",)}),
    "notice_late_state": (("ice_notified",), {"state": ("NC",)}),
    "notice_missing_on_service": (("served_on_person", "ice_notified"), {"model": ("WSO",)}),
    "notice_late_detainer": (
        ("detainer_received", "ice_notified"),
        {"model": ("JEM",), "detainer_issued_by": ("designated_officer",)},
    ),
    "claim_late": (("citizenship_claimed", "claim_reported"), {"model": ("JEM", "WSO")}),
    "complaint_late": (("complaint_filed", "complaint_forwarded"), {}),
    "held_despite_answer": (("status_answered",), {}),
    "custody_without_agreement": (("custody_passed_to_ice",), {}),
    "held_after_cancelled": (("detainer_cancelled",), {}),
    "no_judges_order": (("judge_ordered",), {"state": ("NC",)}),
}
"""What a case must have for a duty to be met in it, and not merely to be of no concern: events with their times, and
one of the values of a field or code."""
ALONE = ("claim_late", "complaint_late", "custody_without_agreement")
"""Duties that need no hold with an end."""
VERDICTS = ("missed", "cannot_tell")


def met(duty: str, cases: list[dict[str, Any]]) -> list[str]:
    """The cases, by id, that a duty concerns and in which it is neither missed nor unknown."""
    events, fields = CONCERNS[duty]
    found = []
    for case in cases:
        given, values, expected = case["given"], {**case["codes"], **case}, case["expected"]
        timed = all(given.get(event) not in (None, "unclear") for event in events)
        ended = any(given.get(end) not in (None, "unclear") for end in ("released", "ice_took_person"))
        held = duty in ALONE or (ended and not expected.get("hold"))
        fits = all(values.get(name) in wanted for name, wanted in fields.items())
        if timed and held and fits and not any(duty in expected.get(verdict, ()) for verdict in VERDICTS):
            found.append(str(case["id"]))
    return found


def _shift(text: str) -> int:
    found = re.fullmatch(r"start(?: ([+-]) (\d+)([dhms]))?", text)
    assert found, text
    sign, many, unit = found.groups()
    return 0 if not sign else (1 if sign == "+" else -1) * int(many) * UNITS[unit]


def shown(at: int | None, zone_name: str | None) -> str:
    """A UTC time as local clocks show it, for messages."""
    if at is None:
        return "none"
    where = zone(zone_name or "America/New_York")
    return str(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at + (where.offset(at) or 0)))
