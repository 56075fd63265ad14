"""One document: opened, its pages read as far as its fields need, its fields decided.

What enters: a path. What leaves: ``Document`` with its fields and problems. The module promises that a text layer is
read on every page, and a picture only where a field is looked for: the title, then the page of signatures that the
form of its model has, then its neighbors, then the rest up to the declared number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ledger287.core.problem import Problem
from ledger287.sources.documents.declaring import forms, limits
from ledger287.sources.documents.fields.agency import agency_of
from ledger287.sources.documents.fields.days import read_day
from ledger287.sources.documents.fields.field import UNREAD, Field
from ledger287.sources.documents.fields.identity import model_of, version_of
from ledger287.sources.documents.fields.signatures import columns, is_addendum, is_signing
from ledger287.sources.documents.fields.signing import in_order, looked_day, possible, printed_day
from ledger287.sources.documents.files.opening import Opened, open_document, sha256_of, told
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import Page

FIELDS = ("model", "version", "agency", "state", "ice_signed", "agency_signed")
TITLE = re.compile(r"(?i)memorandum\s*of\s*agreement|constitutes\s+an\s+agreement")


@dataclass(frozen=True, slots=True)
class Document:
    """One document that was read, or could not be."""

    file: str
    sha256: str
    model: Field = UNREAD
    version: Field = UNREAD
    agency: Field = UNREAD
    state: Field = UNREAD
    ice_signed: Field = UNREAD
    agency_signed: Field = UNREAD
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Work:
    """What is known of a document while it is read: plain texts, and the pages that were read with positions."""

    opened: Opened
    texts: dict[int, str] = field(default_factory=dict)
    pages: dict[int, Page] = field(default_factory=dict)
    looked: int = 0

    def page(self, number: int) -> Page:
        """A page with positions, from its text layer or its picture."""
        if number not in self.pages:
            source = self.opened.document[number - 1]
            read = text_layer.read_page(source, number)
            if read.kind == "picture":
                self.looked += 1
                read = ocr.read_picture(source, number)
            self.pages[number] = read
            self.texts.setdefault(number, read.text)
        return self.pages[number]

    @property
    def may_look(self) -> bool:
        return self.looked < int(limits()["pictures"]["most"])


def read_document(path: Path) -> Document:
    """A document's fields. It is meant to be called in a child process with limits."""
    opened, problems = open_document(path)
    if opened is None:
        return Document(path.name, sha256_of(path), problems=tuple(problems))
    work = _Work(opened)
    for number in range(1, opened.pages + 1):
        plain = text_layer.plain_text(opened.document[number - 1])
        if text_layer.believed(plain):
            work.texts[number] = plain
    start = _title_page(work)
    if start is None:
        problems.append(
            told(path, "not_an_agreement", "a memorandum of agreement under 287(g)", "none was found", OTHER)
        )
        return Document(opened.file, opened.sha256, problems=tuple(problems))
    work.page(start)
    model = model_of(work.texts)
    signing = _signing_page(work, start, model.value)
    version = version_of(work.texts, model.value)
    agency, state = agency_of(work.texts, work.pages)
    ice, other = _signed(work, signing, _version_day(version))
    known = datetime.fromtimestamp(path.stat().st_mtime).date()
    other, ice = in_order(other, ice, _version_day(version), known)
    return Document(opened.file, opened.sha256, model, version, agency, state, ice, other, tuple(problems))


def read_texts(file: str, sha256: str, pages: Sequence[str]) -> Document:
    """A document of which only the text of its pages is at hand: no positions, so its days are at most doubted."""
    texts = {number: text for number, text in enumerate(pages, 1) if text_layer.believed(text)}
    model = model_of(texts)
    version = version_of(texts, model.value)
    agency, state = agency_of(texts, {})
    days = [UNREAD, UNREAD]
    signing = next((number for number, text in texts.items() if is_signing(text) and not is_addendum(text)), None)
    if signing:
        said = sorted({day.day for line in texts[signing].splitlines() if (day := read_day(line)) and day.exact})
        if len(said) == 2:
            days = [Field(day.isoformat(), "doubt", signing, None, "by order") for day in said]
    return Document(file, sha256, model, version, agency, state, days[1], days[0])


OTHER = "Is this the agreement itself? A letter, a web page or another agency's paper is not read."


def _title_page(work: _Work) -> int | None:
    """The page on which the agreement begins."""
    for number, text in work.texts.items():
        if len(TITLE.findall(text)) >= 2 or (TITLE.search(text) and "ICE" in text):
            return number
    for number in range(1, work.opened.pages + 1):
        if number not in work.texts and work.may_look and TITLE.search(work.page(number).text):
            return number
    return None


def _signing_page(work: _Work, start: int, model: str | None) -> int | None:
    """The page with the agreement's own signatures, not those of an addendum."""
    for number, text in work.texts.items():
        if number >= start and is_signing(text) and not is_addendum(text):
            work.page(number)
            return number
    guess = start - 1 + int(forms()["models"][model]["signature_page"] if model else 7)
    order = sorted(range(start, work.opened.pages + 1), key=lambda number: (abs(number - guess), number))
    for number in order:
        if number not in work.texts and work.may_look:
            text = work.page(number).text
            if is_signing(text) and not is_addendum(text):
                return number
    return None


def _signed(work: _Work, signing: int | None, version: date | None) -> tuple[Field, Field]:
    """The days of ICE's and of the agency's signature: what is printed first, then what is written."""
    if signing is None:
        missing = Field(None, "unread", None, None, "no page of signatures was found")
        return missing, missing
    source = work.opened.document[signing - 1]
    page = work.page(signing)
    found = columns(page)
    if len(found) < 2 and page.kind == "text" and work.may_look:
        again = ocr.read_picture(source, signing)
        found, page = (columns(again), again) if len(columns(again)) > len(found) else (found, page)
    days = {"ice": UNREAD, "agency": UNREAD}
    waiting = []
    for column in found:
        printed = printed_day(column, page, source)
        if printed is None:
            waiting.append(column)
        else:
            days[column.side] = printed
    for column in sorted(waiting, key=lambda column: column.side, reverse=True):
        other = days["agency" if column.side == "ice" else "ice"]
        days[column.side] = looked_day(column, page, source, possible(column.side, other, version))
    if len(waiting) == 2 and days["ice"].certainty == "doubt" and days["agency"].certainty == "read":
        column = next(column for column in waiting if column.side == "ice")
        days["ice"] = looked_day(column, page, source, possible("ice", days["agency"], version))
    return days["ice"], days["agency"]


def _version_day(version: Field) -> date | None:
    if version.value is None or version.certainty != "read":
        return None
    month, day, year = version.value.split("/")
    return date(int(year), int(month), int(day))


def as_row(document: Document) -> dict[str, Any]:
    """A document as ``documents read --json`` gives it."""
    row: dict[str, Any] = {"file": document.file, "sha256": document.sha256}
    for name in FIELDS:
        one: Field = getattr(document, name)
        row[name] = {"value": one.value, "certainty": one.certainty, "page": one.page}
    row["problems"] = [_problem(problem) for problem in document.problems]
    return row


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "page": problem.row,
        "expected": problem.expected,
        "found": problem.found,
        "remedy": problem.remedy,
    }
