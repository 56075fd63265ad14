"""One case, from what a person types: the way into ``clock_answer``.

What enters: times, a zone, a state, a form and a model as texts. What leaves: a ``Case``. A time that cannot be
read, or that the jail's clocks showed twice or never, is refused with what to type instead.
"""

from collections.abc import Mapping
from datetime import timedelta

from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import format_date
from ledger287.custody.case.facts import MODEL_UNKNOWN, Case, model_mask
from ledger287.custody.case.vocabulary import code_named, codes, number
from ledger287.custody.intake.people.named_columns import names_in_column
from ledger287.custody.intake.people.named_numbers import counted, names_in
from ledger287.custody.intake.times.moments import two_days
from ledger287.custody.intake.times.values import names_in_number, quoted, read_time, with_article
from ledger287.law.clocks.calendar import as_datetime
from ledger287.law.clocks.calendar import zone as zone_named
from ledger287.ledger.query.parameters import read_state

FIELDS = {
    "charges_cleared": "releasable",
    "detainer_received": "received",
    "custody_passed_to_ice": "passed",
    "released": "left",
    "citizenship_claimed": "claimed",
    "complaint_filed": "complaint",
}


def case_of(
    name: str,
    times: Mapping[str, str | None],
    zone: str | None = None,
    state: str | None = None,
    form: str | None = None,
    model: str | None = None,
) -> Case:
    """A case of what was typed. Raises Refused."""
    if look := names_in_number(name) or names_in(counted([name])) or names_in_column([name]):
        says = f": expected a case's own number, found {_looks(look)} (not shown)."
        raise QueryError("personal", QueryField("case"), says)
    if zone:
        zone_named(zone)
    at = {event: _instant(event, text, zone) for event, text in times.items() if text}
    coded = {}
    for field, text in (("detainer_form", form), ("model", model)):
        if text:
            coded[field] = _code(field, text)
    mask = model_mask(coded["model"]) if "model" in coded else MODEL_UNKNOWN
    return Case(name, at, state=read_state(state), zone=zone, coded=coded, model=mask)


def _looks(look: str) -> str:
    return look if look.startswith("people") else f"what looks like {with_article(look)}"


def _code(field: str, text: str) -> int:
    found = code_named(field, text)
    if found is None:
        name = QueryField("form" if field == "detainer_form" else "model")
        expected = f": expected one of {', '.join(codes(field))}, found {quoted(text)}."
        raise QueryError("unknown_code", name, expected, choices=codes(field))
    return number(field, found)


def _outside(zone: str, text: str) -> str:
    """Why a time on local clocks has no answer, and what to type."""
    known = zone_named(zone)
    first, last = as_datetime(known.since[0]).date(), as_datetime(known.until).date() - timedelta(days=1)
    says = f"the clocks of that time zone are known here from {format_date(first)} to {format_date(last)}"
    return f"{says}; check the year, or give the time with its offset, as {text.strip()[:16].replace(' ', 'T')}-05:00"


def _instant(event: str, text: str, zone: str | None) -> int:
    field, found = QueryField(FIELDS[event]), read_time(text)
    if found is None and (asked := two_days(text)):
        raise QueryError("ambiguous_day", field, f": {quoted(text)} {asked}.")
    if found is None:
        expected = f": expected a time such as 2025-07-03 10:00 or 2025-07-03T10:00-05:00, found {quoted(text)}."
        raise QueryError("unreadable_time", field, expected)
    seconds, local = found
    if not local:
        return seconds
    if zone is None:
        says = f": {quoted(text)} has no offset. Name the jail's time zone: "
        raise QueryError("no_time_zone", field, says, QueryField("zone", "America/Chicago"), ".")
    at, reads = zone_named(zone).read(seconds)
    if at is None:
        why = {
            "twice": "clocks there showed it twice; give it with its offset, as 2025-11-02T01:30-05:00",
            "never": "clocks there left it out; give it with its offset",
        }.get(reads, _outside(zone, text))
        raise QueryError("time_not_placed", field, f": {quoted(text)} in {zone}: {why}.")
    return at
