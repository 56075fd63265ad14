"""The pages of one document, as far as they are known; where its agreement begins, and where it is signed.

What enters: an open document. What leaves: ``KnownPages``, which reads a page when it is wanted, and the numbers of
pages. The module promises that no page is read twice, and that no more pictures are than declared.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger287.sources.documents.declaring import forms, limits
from ledger287.sources.documents.fields.bound import HEADING
from ledger287.sources.documents.fields.identity import TITLE, model_of, older_form_of, opens_poorly, version_of
from ledger287.sources.documents.fields.signed_pages.signatures import carries_on, goes_on, is_addendum, is_signing
from ledger287.sources.documents.files.opening import OpenedDocument
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import ReadPage

LETTER = (612.0, 792.0)
"""Width and height of a letter page, in points."""
BEGINS = re.compile(r"(?i)memorandum\s*of\s*agreement\s*\(MOA\)\s*constitutes\s*an\s*agreement")
HEAD = 900
"""In so many letters of its first page an agreement opens; the same words with slips are looked for in these only."""


@dataclass(slots=True)
class KnownPages:
    """What is known of the pages from ``first`` to ``last``: plain texts, and the pages read with positions."""

    opened: OpenedDocument
    first: int
    last: int
    texts: dict[int, str] = field(default_factory=dict)
    pages: dict[int, ReadPage] = field(default_factory=dict)
    looked: int = 0
    seen: set[int] = field(default_factory=set)
    """The pages of the file of which a picture was read."""
    too_large: dict[int, int] = field(default_factory=dict)
    damaged: list[int] = field(default_factory=list)
    """The pages that cannot be opened, though others can."""

    def page(self, number: int) -> ReadPage:
        """A page with positions, from its text layer or its picture."""
        if number in self.damaged:
            return ReadPage(number, *LETTER, "blank", ())
        if number not in self.pages:
            source = self.opened.document[number - 1]
            read = text_layer.read_page(source, number)
            if read.kind == "picture":
                self.looked += 1
                side = text_layer.widest_picture(source)
                if side > int(limits()["picture"]["own_side"]):
                    self.too_large[number] = side
                    read = ReadPage(number, read.width, read.height, "blank", ())
                else:
                    self.seen.add(number)
                    read = ocr.read_picture(source, number)
            self.pages[number] = read
            self.texts.setdefault(number, read.text)
        return self.pages[number]

    @property
    def may_look(self) -> bool:
        return self.looked < int(limits()["pictures"]["most"])

    def part(self, first: int, last: int) -> "KnownPages":
        """The work on some of the pages, with what is known of them."""
        texts = {number: text for number, text in self.texts.items() if first <= number <= last}
        pages = {number: page for number, page in self.pages.items() if first <= number <= last}
        return KnownPages(self.opened, first, last, texts, pages, self.looked, self.seen, self.too_large, self.damaged)


def title_page(work: KnownPages) -> int | None:
    """The page on which the agreement opens; where none does, one that names an agreement, or an older form."""
    opening = next((number for number, text in work.texts.items() if opens(text)), None)
    if opening is None and (older := older_form_of(work.texts)):
        return older[1]
    named = next((number for number, text in work.texts.items() if _names_one(text)), None)
    looks = limits()["pictures"]
    for number in range(work.first, opening or work.last + 1):
        if number in work.texts:
            continue
        if work.looked >= int(looks["most"] if opening is None and named is None else looks["before"]):
            break
        work.page(number)
        if opens(work.texts.get(number, "")):
            return number
        named = number if named is None and TITLE.search(work.texts.get(number, "")) else named
    return opening or named


def _names_one(text: str) -> bool:
    """Whether a page names a memorandum of agreement with ICE, as a letter or minutes about one can."""
    return len(TITLE.findall(text)) >= 2 or bool(TITLE.search(text) and "ICE" in text) or opens_poorly(text)


def opens(text: str) -> bool:
    """Whether an agreement opens on a page with this text."""
    return bool(BEGINS.search(text) or opens_poorly(text[:HEAD])) and not is_addendum(text)


def signing_page(work: KnownPages, start: int, model: str | None) -> int | None:
    """The page with the agreement's own signatures, not those of an addendum, or of an agreement that opens later."""
    for number, text in work.texts.items():
        if number >= start and is_signing(text) and not is_addendum(text) and not _anotheropens(work, start, number):
            work.page(number)
            return number
    guess = start - 1 + int(forms()["models"][model]["signature_page"] if model else 7)
    order = sorted(range(start, work.opened.pages + 1), key=lambda number: (abs(number - guess), number))
    for number in order:
        if number not in work.texts and work.may_look:
            text = work.page(number).text
            if is_signing(text) and not is_addendum(text) and not _anotheropens(work, start, number):
                return number
    return None


def _anotheropens(work: KnownPages, start: int, signing: int) -> bool:
    """Whether another agreement opens between the page where one begins and a page of signatures."""
    return any(number <= signing for number in _later_openings(work, start))


def _later_openings(work: KnownPages, start: int) -> list[int]:
    """The pages behind one on which another agreement opens: not the same page once more, as of pages scanned twice."""
    found, signed = [], False
    for number, text in sorted(work.texts.items()):
        if number <= start:
            continue
        signed = signed or (is_signing(text) and not is_addendum(text))
        if opens(text) and (signed or text != work.texts.get(start)):
            found.append(number)
    return found


def without_opening(work: KnownPages) -> int | None:
    """Where an agreement's opening is missing: its first page that is here. None where it is no form that is known.

    It must be signed, be of one model, and print the date of its form page after page.
    """
    model = model_of(work.texts)
    if model.certainty != "read" or version_of(work.texts, model.value).certainty != "read":
        return None
    signed = any(is_signing(text) and not is_addendum(text) for text in work.texts.values())
    return min(work.texts) if signed else None


def with_signatures(work: KnownPages, number: int) -> tuple[ReadPage, Any]:
    """The page with the signatures: that of the sentence above them, or the next where the sentence ends a page."""
    page = work.page(number)
    if number < work.last and goes_on(page) and (number + 1 in work.texts or work.may_look):
        after = work.page(number + 1)
        if carries_on(after):
            return after, work.opened.document[number]
    return page, work.opened.document[number - 1]


def next_title(work: KnownPages, start: int, signing: int | None) -> int | None:
    """The page after the signatures on which another agreement begins; of one that runs backwards, after its first."""
    backwards = signing is not None and runs_backwards(work.texts, start, signing)
    moved = signing is not None and is_before(work, start, signing)
    if signing is not None and signing < start and not backwards and not moved and opens(work.texts.get(start, "")):
        return start  # the opening of the signed one was not read, and this is the next
    least = start if backwards else signing or start
    return next((number for number in _later_openings(work, start) if number > least), None)


def is_before(work: KnownPages, start: int, signing: int) -> bool:
    """Whether a page of signatures is alone before the page on which its agreement opens."""
    return signing == work.first and start == signing + 1 and opens(work.texts.get(start, ""))


def runs_backwards(texts: Mapping[int, str], start: int, signing: int) -> bool:
    """Whether an agreement's pages are in reverse order: its appendices are before its signatures, its opening behind.

    Where the page that opens is of a second agreement instead, the appendices of the first are between the two.
    """
    before = appended_between(texts, 0, signing)
    return signing < start and opens(texts.get(start, "")) and before and not appended_between(texts, signing, start)


def appended_between(texts: Mapping[int, str], first: int, last: int) -> bool:
    """Whether an appendix begins on a page between two, apart from these."""
    return any(first < number < last and HEADING.search(text) for number, text in texts.items())
