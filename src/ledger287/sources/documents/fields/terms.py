"""When a document says that it takes effect, how long it lasts, and how each side ends it.

What enters: the flow of pages, and the days of both signatures. What leaves: four fields. The forms all say that an
agreement takes effect with both signatures; then the day is the later of the two, and no surer than they are. The
module promises that days of notice are the numbers that the page prints, and that an unknown clause is "unread".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ledger287.sources.documents.fields.field import UNREAD, Field, unread
from ledger287.sources.documents.fields.flow import Flow, FlowPlace, box_of
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.pages.page import ReadPage

EFFECTIVE = "this MOA becomes effective upon"
SIGNATURES = "becomes effective upon signature of both parties"
LASTING = "will remain in effect until either party"
REACH = 3200
"""How far after its first words the clause on the term reaches, in signs."""
NUMBERS = {
    "thirty": 30, "sixty": 60, "ninety": 90, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
    "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36,
}  # fmt: skip
NUMBER = r"(\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")(?:\s*\(\d{1,3}\))?"
PERIOD = re.compile(rf"(?i)\b(?:period|term)\s+of\s+{NUMBER}[\s\-]*(year|month)s?")
LAST_DAY = re.compile(r"(?i)\b(?:expires?|terminates?|ends?|in\s+effect\s+(?:until|through))\s+(?:on\s+)?(.{6,24})")
NOTICE = re.compile(rf"(?i)\b{NUMBER}[\s\-]*days?\W{{0,3}}(?:prior\s+|advance\s+)?(?:written\s+)?notice")
AFTER_RECEIPT = re.compile(rf"(?i)take\s*effect\s*{NUMBER}[\s\-]*days?\s*after")
BY_AGENCY = "termination by the LEA shall be provided, in writing"
BY_ICE = "move from suspension to termination, ICE will provide the LEA"
NEXT = "in instances where serious misconduct"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the clause on the term says. ``effective`` is a day, ISO."""

    effective: Field = UNREAD
    term: Field = UNREAD
    ending_by_ice: Field = UNREAD
    ending_by_agency: Field = UNREAD


def terms_of(flow: Flow, ice: Field, agency: Field) -> Terms:
    """The fields of the clause on the term."""
    if not flow.text:
        missing = unread("no page was read on which the form has it")
        return Terms(missing, missing, missing, missing)
    start = flow.find(EFFECTIVE)
    if start is None:
        missing = unread("no clause on when it takes effect was found on the pages that were read")
        return Terms(missing, missing, missing, missing)
    clause = flow.text[start.start : start.start + REACH]
    by_ice, by_agency = _endings(flow, start)
    return Terms(_effective(flow, start, ice, agency), _term(flow, start, clause), by_ice, by_agency)


def placed_terms(terms: Terms, page: Callable[[int], ReadPage], flow: Flow) -> Terms:
    """The fields with the boxes of the words that they rest on."""
    start = flow.find(EFFECTIVE)
    if start is None:
        return terms
    box = box_of(page(start.page), SIGNATURES)
    found = {}
    for name, words in (
        ("effective", SIGNATURES), ("term", LASTING), ("ending_by_ice", BY_ICE), ("ending_by_agency", BY_AGENCY),
    ):  # fmt: skip
        one: Field = getattr(terms, name)
        near = box_of(page(one.page), words) if one.page else None
        if one.value and one.page:
            found[name] = replace(one, box=near or (box if one.page == start.page else None))
    return replace(terms, **found)


def _effective(flow: Flow, start: FlowPlace, ice: Field, agency: Field) -> Field:
    """The day on which it takes effect: with both signatures, or a day that is printed."""
    said = re.split(r"(?i)\band\b|;", flow.text[start.start : start.start + 140])[0]
    printed = read_day(said)
    if printed and printed.exact:
        return Field(printed.day.isoformat(), "read", start.page, None, "printed", 1.0)
    upon = flow.find(SIGNATURES, start.start)
    if upon is None or upon.start > start.start + 60:
        return unread("takes effect in a way that no known form has", start.page)
    if ice.value is None or agency.value is None:
        return unread("takes effect with both signatures, and not both days were read", start.page)
    day = max(ice.value, agency.value)
    sure = ice.certainty == agency.certainty == "read"
    why = "with both signatures: the later of their days"
    return Field(day, "read" if sure else "doubt", start.page, None, why, upon.alike)


def _term(flow: Flow, start: FlowPlace, clause: str) -> Field:
    """How long it lasts."""
    lasting = flow.find(LASTING, start.start)
    period = PERIOD.search(clause)
    if period:
        value = f"{_number(period[1])} {period[2].casefold()}s"
        sure = lasting is None or lasting.start > start.start + REACH
        why = "a period is printed" if sure else "a period is printed, and that it lasts until a party ends it"
        return Field(value, "read" if sure else "doubt", flow.page(start.start + period.start()), None, why)
    for match in LAST_DAY.finditer(clause):
        day = read_day(match[1])
        if day and day.exact:
            page = flow.page(start.start + match.start())
            return Field(f"until {day.day.isoformat()}", "read", page, None, "a last day is printed", 1.0)
    if lasting and lasting.start < start.start + REACH:
        return Field("until a party ends it", "read", lasting.page, None, "as the forms have it", lasting.alike)
    return unread("how long it lasts is not said as in any known form", start.page)


def _endings(flow: Flow, start: FlowPlace) -> tuple[Field, Field]:
    """How ICE and how the agency ends it."""
    lasting = flow.find(LASTING, start.start)
    if lasting and lasting.start < start.start + REACH:
        both = NOTICE.search(flow.text, lasting.end - 4, lasting.end + 60)
        if both:
            found = _notice(flow, both)
            after = {_number(match[1]) for match in AFTER_RECEIPT.finditer(flow.text, both.end(), both.end() + 1300)}
            if after - {_number(both[1])}:
                why = f"the clause names other days too: {', '.join(map(str, sorted(after)))}"
                found = replace(found, certainty="doubt", why=why)
            return found, found
    return _by_ice(flow, start), _by_agency(flow, start)


def _by_ice(flow: Flow, start: FlowPlace) -> Field:
    place = flow.find(BY_ICE, start.start)
    notice = NOTICE.search(flow.text, place.end - 2, place.end + 40) if place else None
    if notice is None:
        return unread("how ICE ends it is not said as in any known form", start.page)
    return _notice(flow, notice)


def _by_agency(flow: Flow, start: FlowPlace) -> Field:
    place = flow.find(BY_AGENCY, start.start)
    if place is None or place.start > start.start + REACH:
        return unread("how the agency ends it is not said as in any known form", start.page)
    following = flow.find(NEXT, place.end)
    sentence = flow.text[place.start : min(following.start if following else place.end + 200, place.end + 400)]
    days = re.search(rf"(?i)\b{NUMBER}[\s\-]*days?\b", sentence)
    if days:
        return Field(f"{_number(days[1])} days' written notice", "read", place.page, None, "printed", place.alike)
    return Field("written notice, no period", "read", place.page, None, "as the forms have it", place.alike)


def _notice(flow: Flow, match: "re.Match[str]") -> Field:
    value = f"{_number(match[1])} days' written notice"
    return Field(value, "read", flow.page(match.start()), None, "printed", 1.0)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.casefold()]
