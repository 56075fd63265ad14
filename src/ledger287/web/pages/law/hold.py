"""Hold: the times of one case are entered, and when the hold must have ended is shown, with every duty.

They are sent by POST and neither stored nor logged; no name or number of a person is requested.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError
from ledger287.custody.case.limits import ASKED
from ledger287.custody.case.vocabulary import codes
from ledger287.custody.clock.answer import NO_AUTHORITY, ClockAnswer, as_ics
from ledger287.law.clocks.calendar import zones
from ledger287.law.lawbook.book import shipped
from ledger287.web.edition.edition import Edition
from ledger287.web.forms.holding import CODES, answer_of, given_columns, read_case, settings
from ledger287.web.render import languages
from ledger287.web.render.law.law_words import law_in
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Language, Query

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("place", ("state", "zone", "model")),
    ("release", ("booked", "charges_cleared")),
    ("detainer", (
        "detainer_received", "detainer_form", "detainer_ground", "detainer_issued_by",
        "warrant_received", "warrant_form", "served_on_person", "officer_standing",
    )),
    ("custody", (
        "hold_started", "ice_notified", "custody_passed_to_ice", "paid_detention", "status_answered", "status_outcome",
    )),
    ("end", ("ice_took_person", "released")),
    ("claims", ("citizenship_claimed", "claim_reported", "complaint_filed", "complaint_forwarded")),
)  # fmt: skip
"""The parts of the form and their fields, in order."""
FIELDS = tuple(field for _, fields in STEPS for field in fields)
WHICH = tuple(f"{field}_which" for field in FIELDS)


def make(edition: Edition, query: Query) -> Page:
    """The empty form."""
    del edition, query
    return Page(
        {"post": "/api/v1/hold", "fields": list(FIELDS), "codes": {field: codes(field) for field in CODES}},
        shown=_form({}, (), "en"),
    )


def _form(
    given: Mapping[str, str], faults: tuple[QueryError, ...], lang: Language, zone: str | None = None
) -> dict[str, Any]:
    """What the template needs to show the form; ``zone`` is the jail's, where it is given."""
    usual = tuple(settings()["usual_zones"])

    def moment(at: datetime | None) -> str:
        return "" if at is None else languages.time_in(at, lang)

    return {
        "given": {name: given.get(name, "").strip()[:60] for name in (*FIELDS, *WHICH, "blank")},
        "faults": {fault.fields[0]: fault for fault in faults},
        "steps": STEPS,
        "codes": {field: codes(field) for field in CODES},
        "usual_zones": usual,
        "other_zones": tuple(name for name in zones() if name not in usual),
        "answer_of_case": None,
        "held_for_ice": any(given.get(name, "").strip() for name in ASKED),
        "broken": False,
        "not_checked": False,
        "moment": moment,
        "choices": {
            fault.fields[0]: tuple(datetime.fromisoformat(each).astimezone(ZoneInfo(zone)) for each in fault.choices)
            for fault in faults
            if zone and fault.code == "twice"
        },
        "no_authority": NO_AUTHORITY,
    }


def unreadable() -> Page:
    """The form again, for a body that is not a form."""
    return Page({}, shown={**_form({}, (), "en"), "broken": True})


def answered(lang: Language, given: Mapping[str, str]) -> tuple[Page, int]:
    """The form with its answer, or with what is wrong with its fields; to ask which of two times is no error."""
    case, faults = read_case(given)
    shown = _form(given, faults, lang, case.zone)
    if faults:
        return Page({}, shown=shown), 200 if all(fault.code == "twice" for fault in faults) else 422
    try:
        found = answer_of(case, given_columns(given))
    except Refused:
        return Page({}, shown={**shown, "broken": True}), 422
    return Page({}, shown={**shown, "answer_of_case": found, "not_checked": _not_checked(found.clock)}), 200


def _not_checked(clock: ClockAnswer | None) -> bool:
    """Whether the state's law on holds was not checked at all."""
    open_rule = clock.state_law_open if clock else None
    law = shipped().provision(open_rule).state_law if open_rule else None
    return law is not None and law.effect == "not checked"


def calendar(given: Mapping[str, str], lang: Language = "en") -> str | None:
    """The end and the deadlines as calendar entries, None where there is no answer. Each has a name of its own."""
    case, faults = read_case(given, f"hold-{uuid4().hex[:12]}")
    if faults:
        return None
    try:
        found = answer_of(case, given_columns(given)).clock
    except Refused:
        return None
    return as_ics(found, datetime.now(UTC), lambda text: law_in(text, lang) or text) if found else None


KINDS = (PageKind("hold", "/hold", make, once, timed=False, live=True),)
