"""What is bound with an agreement: its appendices, and addenda with their own days.

What enters: the text of pages, and pages with positions. What leaves: ``Appendix`` and ``Addendum``. An appendix begins
where a page has its heading on a line of its own; a mention of one in a sentence is none. The module promises that an
addendum's days are never taken for the agreement's, and that the day on which an addendum says that the agreement took
effect is kept with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.field import UNREAD, Field, unread
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum
from ledger287.sources.documents.pages.page import Box

HEADING = re.compile(r"(?m)^\W{0,3}APPEND[Il1]X[\s\"“]{0,3}([A-E8])\W{0,3}$")
NEAR = 80
"""How alike, of 100, a title must be to one that the forms have."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An office that an appendix names as a point of contact, and for which party; persons are left out."""

    side: str
    office: str
    page: int


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix: its letter, its title, the page on which it begins, and the offices that it names as contacts."""

    letter: str
    title: Field
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Addendum:
    """An addendum bound with an agreement: what it says of the agreement's effective day, and its own days."""

    page: int
    agreement_effective: Field
    ice_signed: Field = UNREAD
    agency_signed: Field = UNREAD
    box: Box | None = None
    another: tuple[str, int] | None = None
    """The other agency whose page of signatures it is, and the page."""
    again: int | None = None
    """A further page of signatures of the same addendum, with other days."""


def appendices_of(texts: Mapping[int, str]) -> tuple[Appendix, ...]:
    """The appendices, each found by a heading on its own line; the first heading of a letter counts."""
    found: dict[str, Appendix] = {}
    for number, text in sorted(texts.items()):
        for match in HEADING.finditer(text):
            letter = match[1].upper().replace("8", "B")
            if letter not in found:
                after = [line.strip() for line in text[match.end() :].splitlines() if line.strip()]
                title = _title(after[:3], number)
                about_contacts = title.value and "contact" in title.value.casefold()
                contacts = contacts_of(text[match.end() :], number) if about_contacts else ()
                found[letter] = Appendix(letter, title, contacts)
    return tuple(found[letter] for letter in sorted(found))


def _title(after: list[str], number: int) -> Field:
    """The title under a heading: one that forms have, or as printed with doubt."""
    from rapidfuzz import fuzz

    for line in after[:2]:
        plain = line.upper()
        score, known = max((fuzz.ratio(plain, title.upper()), title) for title in forms()["appendices"])
        if score >= NEAR:
            return Field(known, "read", number, None, "as the forms have it", round(score / 100, 2))
    if after and 3 < len(after[0]) < 80:
        return Field(after[0], "doubt", number, None, "a title that no known form has")
    return unread("no title is printed under its heading", number)


OFFICE = re.compile(
    r"(?i)\b(?:office|department|affairs|division|bureau|operations|police|sheriff\W?s?|commissioner)\b"
)
NOT_OFFICE = re.compile(r"(?i)[\d@]|\b(?:pursuant|section|agree|information|media|street|road|box|washington)\b")


def contacts_of(text: str, number: int) -> tuple[Contact, ...]:
    """The offices that a page names as points of contact, by party."""
    found: list[Contact] = []
    side = ""
    for line in text.splitlines():
        party = re.match(r"(?i)^\W*for\s+(?:the\s+)?(lea|ice|dhs)\b\W*", line)
        if party:
            side = "agency" if party[1].casefold() == "lea" else "ice"
        said = line[party.end() :] if party else line
        plain = " ".join(re.sub(r"[_|•*]+", " ", said).split()).strip(" ,.;:")
        if side and 6 < len(plain) < 90 and OFFICE.search(plain) and not NOT_OFFICE.search(plain):
            one = Contact(side, plain, number)
            if one not in found and names_no_person(plain):
                found.append(one)
    return tuple(found)


def names_no_person(text: str) -> bool:
    """Whether a line is made of words of forms and offices only: a line with any other word can name a person."""
    known = {*common_words(), *forms()["names"], *forms()["agency_words"], *forms()["signing"]["offices"]}
    words = re.findall(r"[a-z]+", text.casefold().replace("’", "'").replace("'s", ""))
    if len(words) == 2 and words[0] in forms()["signing"]["offices"] and words[1] not in forms()["agency_words"]:
        return False
    return all(len(word) <= 2 or word in known for word in words)


EFFECTIVE = re.compile(r"(?i)was\s+\w{0,2}ffective\s+on\s+(.{6,26}?)\s+by\s+which")


def addendum_pages(texts: Mapping[int, str]) -> list[int]:
    """The pages with the signatures of an addendum."""
    return [number for number, text in sorted(texts.items()) if is_addendum(text)]


def effective_said(text: str, number: int) -> Field:
    """The day on which an addendum says that the agreement took effect."""
    match = EFFECTIVE.search(" ".join(text.split()))
    day = read_day(match[1]) if match else None
    if day is None:
        return unread("the addendum does not say when the agreement took effect, or it could not be read", number)
    return Field(day.day.isoformat(), "read" if day.exact else "doubt", number, None, "the addendum says it")
