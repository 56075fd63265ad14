"""What one printed value means: a state, a model, a type, a day, a document's URL.

Each reader returns a ``Meaning``: the value, and how it was derived. ``exact`` is what ICE's own
words say; ``misprint`` and ``slip`` are declared readings of a misprint; ``nearest`` is a word one
letter or two away from a single declared one; ``ignored`` is a text declared to say nothing;
``unread`` is none of these and becomes a problem.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Generic, Literal, TypeVar
from urllib.parse import SplitResult, parse_qs, urlsplit

from rapidfuzz.distance import OSA

from ledger287.core import declared
from ledger287.core.declared import bare

How = Literal["exact", "misprint", "slip", "nearest", "ignored", "unread"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meaning(Generic[T]):
    """A value and how it was derived; ``note`` gives the reason where it is not exact."""

    value: T | None
    how: How
    note: str = ""


def _from_codes(text: str, codes: tuple[declared.Code, ...], slack: int) -> Meaning[str]:
    word = bare(text)
    for code in codes:
        if word == bare(code.name):
            return Meaning(code.code, "exact")
    for code in codes:
        if word in map(bare, code.misprints):
            return Meaning(code.code, "misprint", f"a misprint of {code.name}")
    near = sorted((OSA.distance(word, bare(code.name), score_cutoff=slack), code.code) for code in codes)
    if slack and near[0][0] <= slack and (len(near) == 1 or near[1][0] > near[0][0] + 1):
        name = next(code.name for code in codes if code.code == near[0][1])
        return Meaning(near[0][1], "nearest", f"{near[0][0]} letters from {name}, and close to no other")
    return Meaning(None, "unread")


@cache
def state(text: str | None) -> Meaning[str]:
    """A printed STATE -> its postal code."""
    if text is None or not text.strip():
        return Meaning(None, "unread")
    return _from_codes(text, declared.states() + declared.territories(), slack=2)


@cache
def model(text: str | None) -> Meaning[str]:
    """A printed SUPPORT TYPE -> JEM, WSO or TFM, or a model that may come."""
    if text is None or not text.strip():
        return Meaning(None, "unread")
    return _from_codes(text, declared.every_model(), slack=2)


@cache
def agency_type(text: str | None) -> Meaning[str]:
    """A printed TYPE -> county, municipality or state; None where ICE printed none."""
    if text is None or not text.strip() or bare(text) in declared.types().ignored:
        return Meaning(None, "ignored")
    return _from_codes(text, declared.types().codes, slack=2)


@cache
def county(text: str | None) -> Meaning[str]:
    """A printed COUNTY, trimmed; None where ICE printed none."""
    if text is None or not text.strip() or bare(text) in declared.cells().county_ignored:
        return Meaning(None, "ignored")
    return Meaning(" ".join(text.split()), "exact")


DAY_CELL = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$")
DAY_TEXT = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})$")


DAY_WRITTEN = re.compile(
    r"(?:[a-z]+day,? +)?(?:([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})"
    r"|(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4}|\d\d))$",
    re.IGNORECASE,
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
DAY_SERIAL = re.compile(r"([45]\d{4})(?:\.\d+)?$")
FIRST_OF_SERIALS = date(1899, 12, 30)
"""The day from which spreadsheet programs count days, by their 1900 calendar."""


def _written(text: str) -> date | None:
    """A day in words (September 22, 2025; 22-Sep-25) or as a spreadsheet's number of a day (45922)."""
    if serial := DAY_SERIAL.match(text):
        return FIRST_OF_SERIALS + timedelta(days=int(serial.group(1)))
    found = DAY_WRITTEN.match(text)
    if not found:
        return None
    month, day, year, other_day, other_month, other_year = found.groups()
    word = (month or other_month).casefold()
    place = next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word) or (word == "sept" and n == 9)), None)
    return _day(year or other_year, str(place), day or other_day) if place else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def signed(text: str | None) -> Meaning[date]:
    """A printed SIGNED cell -> its day. A day before the first possible agreement is unread."""
    if text is None or not text.strip():
        return Meaning(None, "ignored")
    text = text.strip()
    rules = declared.cells()
    found: date | None = None
    if cell := DAY_CELL.match(text):
        found = _day(*cell.groups())
    elif cell := DAY_TEXT.match(text):
        month, day, year = cell.groups()
        found = _day(year, month, day)
    else:
        found = _written(text)
    if found and rules.first_possible <= found < date(2100, 1, 1):
        return Meaning(found, "exact")
    plain = text.removesuffix(" 00:00:00")
    for slip in rules.slips:
        if match := re.fullmatch(slip.pattern, plain):
            year, month, day = slip.means.format(*match.groups()).split("-")
            found = _day(year, month, day)
            if found and rules.first_possible <= found:
                return Meaning(found, "slip", slip.reason)
    return Meaning(None, "unread")


PREFIX = re.compile(r"(?:https?://web\.archive\.org/web/[^/]+|chrome-extension://[a-z]+)/(.+)$", re.DOTALL)
REDIRECT_HOSTS = (
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.us",
    "links.govdelivery.com",
)


@cache
def address(raw: str | None) -> str | None:
    """A raw URL -> the document's own: unwrapped from mail-filter redirects, archive and viewer prefixes."""
    if not raw:
        return None
    text = raw.strip()
    for _ in range(4):
        if found := PREFIX.match(text):
            text = found.group(1)
            continue
        parts = _split(text)
        if parts and parts.netloc.endswith(REDIRECT_HOSTS):
            inner = parse_qs(parts.query).get("url") or parse_qs(parts.query).get("u")
            wrapped = re.search(r"__(https?:/.+?)__;", text)
            if inner:
                text = inner[0]
                continue
            if wrapped:
                text = re.sub(r"^(https?:)/+", r"\1//", wrapped.group(1))
                continue
        break
    return text or None


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """What a MOA or ADDENDUM cell says: a URL, that one is awaited, or nothing."""

    address: str | None
    awaited: bool
    read: bool


@cache
def document(text: str | None, link: str | None) -> DocumentCell:
    """A MOA or ADDENDUM cell's text, and the raw URL behind it -> the document it points to."""
    rules = declared.cells()
    word = bare((text or "").replace("\xa0", " "))
    if word.startswith(("http://", "https://")):
        return DocumentCell(address(text), False, True)
    if not word or word in rules.document_ignored:
        return DocumentCell(address(link), False, True)
    if word in rules.document_awaited:
        return DocumentCell(address(link), True, True)
    return DocumentCell(address(link), False, link is not None)
