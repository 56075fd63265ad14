"""One document: opened, its pages read as far as its fields need, its fields decided.

What enters: a path. What leaves: ``Document`` with its fields and problems. The module promises that a text layer is
read on every page, and a picture only where a field is looked for: the title, then the page of signatures that the
form of its model has, then its neighbors, then the pages with the term, appendices and addenda, up to the declared
number. Where a file holds several agreements, each is read by its own pages.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ledger287.core.text import plural
from ledger287.sources.documents.addenda import addenda_of
from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.faults import (
    OTHER,
    addendum_alone,
    by_others_or_again,
    damaged,
    form_problem,
    has_picture,
    is_no_agreement,
    left_unseen,
    none_found,
    out_of_order,
    stray_pages,
    too_large,
)
from ledger287.sources.documents.fields.bound import Addendum, appendices_of
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.flow import Flow, box_of
from ledger287.sources.documents.fields.identity import (
    model_of,
    not_after,
    version_day,
    version_of,
)
from ledger287.sources.documents.fields.parties.agency import agency_of
from ledger287.sources.documents.fields.parties.others import another_agency, another_by_text
from ledger287.sources.documents.fields.parties.pages_of_others import pages_of_others
from ledger287.sources.documents.fields.parties.printed import ANOTHER, IN_BLOCK
from ledger287.sources.documents.fields.signed_pages.copies import are_copies
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.fields.signed_pages.signed import (
    Signed,
    against_later,
    in_doubt,
    no_page,
    of_an_unknown,
    signed_on,
)
from ledger287.sources.documents.fields.signed_pages.signers.same_hand import of_one_hand
from ledger287.sources.documents.fields.signed_pages.signing import in_order
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import look
from ledger287.sources.documents.fields.strays import strays_of
from ledger287.sources.documents.fields.terms import placed_terms, terms_of
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.files.opening import fault, open_document, sha256_of
from ledger287.sources.documents.known_pages import (
    KnownPages,
    appended_between,
    next_title,
    runs_backwards,
    signing_page,
    title_page,
    with_signatures,
    without_opening,
)
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import Box, ReadPage, lines


def read_document(path: Path) -> Document:
    """A document's fields. It is meant to be called in a child process with limits."""
    opened, problems = open_document(path)
    if opened is None:
        return Document(path.name, sha256_of(path), problems=tuple(problems))
    work = KnownPages(opened, 1, opened.pages)
    for number in range(1, opened.pages + 1):
        try:
            plain = text_layer.plain_text(opened.document[number - 1])
        except pdfium().PdfiumError:
            work.damaged.append(number)
            continue
        if text_layer.believed(plain):
            work.texts[number] = plain
    if work.damaged:
        problems += damaged(path, work)
    opening = title_page(work)
    start = without_opening(work) if opening is None else opening
    if ocr.page_reader() is None and (start is None or signing_page(work, start, None) is None):
        pictures = sum(has_picture(work, number) for number in range(1, opened.pages + 1))
        if pictures:
            expected, said = "text on every page, or an OCR reader", f"{plural(pictures, 'page')} without text"
            problems.append(fault(path, "no_reader", expected, said, GET))
    if start is None:
        problems += too_large(path, work) + left_unseen(path, work, None)
        if len(work.damaged) + len(work.too_large) < opened.pages:
            problems.append(none_found(path, work))
        return Document(opened.file, opened.sha256, problems=tuple(problems))
    known = datetime.fromtimestamp(path.stat().st_mtime).date()
    first = start
    found, rest = _read_part(work, start, known)
    other = is_no_agreement(found, work) if rest is None and not found.addenda else None
    if other:
        expected = "a memorandum of agreement under 287(g)"
        problems += [fault(path, "not_an_agreement", expected, other, OTHER), *too_large(path, work)]
        problems += left_unseen(path, work, first)
        return Document(opened.file, opened.sha256, problems=tuple(problems))
    problems += addendum_alone(path, found, work) or form_problem(path, found, work)
    problems += out_of_order(path, found, work, opening)
    problems += by_others_or_again(path, found) + stray_pages(path, found)
    also: list[Document] = []
    while rest is not None:
        start, part = rest
        one, rest = _read_part(part, start, known)
        also.append(one)
        problems += form_problem(path, one, part)
        problems += by_others_or_again(path, one) + stray_pages(path, one)
        expected, said = "one agreement in a file", f"another that begins on page {start}"
        problems.append(fault(path, "several_agreements", expected, said, EACH, start))
    problems += too_large(path, work) + left_unseen(path, work, first)
    return replace(found, problems=tuple(problems), also=tuple(also))


def _read_part(work: KnownPages, start: int, known: date) -> tuple[Document, tuple[int, KnownPages] | None]:
    """The agreement that begins on a page, and where another begins after its signatures, if one does."""
    work.page(start)
    model = model_of(work.texts)
    signing = signing_page(work, start, model.value)
    if start > work.first:
        signing = _signed_before(work, start, signing, model.value)
    _read_behind(work, signing)
    again = next_title(work, start, signing)
    if again:
        begins = start + 1 if signing and runs_backwards(work.texts, start, signing) else again
        rest = again, work.part(begins, work.last)
        work = work.part(work.first, begins - 1)
        model = model_of(work.texts)
    else:
        rest = None
    version = version_of(work.texts, model.value)
    agency, state = _agency(work, start)
    formed = version_day(version)
    signed = no_page()
    if signing is not None:
        signed = of_an_unknown(_signed(work, signing, agency, formed, known), model, agency)
    strays = strays_of(agency, work.texts, signing)
    version = _boxed(work, version, [version.value] if version.value else ())
    version = not_after(version, (signed.ice_signed, signed.agency_signed), model.value, partial(_seen_version, work))
    other, ice = in_order(signed.agency_signed, signed.ice_signed, version_day(version), known)
    addenda: list[Addendum] = []
    for addendum in addenda_of(work, signing, ice, model, agency):
        ice, ices = of_one_hand(ice, addendum.ice_signed)
        other, others = of_one_hand(other, addendum.agency_signed)
        addenda.append(replace(addendum, ice_signed=ices, agency_signed=others))
    flow = Flow(work.texts)
    terms = placed_terms(terms_of(flow, ice, other), work.page, flow)
    if signed.further and terms.effective.certainty == "read":
        doubted = replace(terms.effective, certainty="doubt", why="a further signature is below one of the two")
        terms = replace(terms, effective=doubted)
    model = _boxed(work, model, forms()["models"][model.value]["phrases"] if model.value else ())
    agency = _seen_again(work, _boxed(work, agency, [agency.value] if agency.value else ()))
    return Document(
        work.opened.file,
        work.opened.sha256,
        model,
        version,
        agency,
        state,
        ice,
        other,
        terms=terms,
        signers=signed,
        addenda=tuple(addenda),
        appendices=appendices_of(work.texts),
        strays=strays,
        sizes=tuple((number, page.width, page.height) for number, page in sorted(work.pages.items())),
    ), rest


def _signed_before(work: KnownPages, start: int, signing: int | None, model: str | None) -> int | None:
    """The page of signatures before the opening, where pages run backwards or it was not read; else the one known."""
    if signing is None:
        return signing_page(work, work.first, model)
    if not appended_between(work.texts, start, signing):
        return signing
    before = signing_page(work, work.first, model)
    return before if before and runs_backwards(work.texts, start, before) else signing


def _agency(work: KnownPages, start: int) -> tuple[Field, Field]:
    """The agency; where it is in doubt, the first page is read from its picture, or by a second reader of pictures."""
    agency, state = agency_of(work.texts, work.pages)
    if agency.certainty == "read" or not work.may_look:
        return agency, state
    if work.page(start).kind == "picture":
        return _named_faintly(work, agency, state)
    work.looked += 1
    seen = ocr.read_picture(work.opened.document[start - 1], start)
    again = agency_of({**work.texts, start: f"{work.texts.get(start, '')}\n{seen.text}"}, {**work.pages, start: seen})
    return again if again[0].certainty == "read" or agency.value is None else (agency, state)


FAINT_PAGES = 3
"""On so many pages of a scan a name is looked for in print that the first reader of pictures left out."""


def _named_faintly(work: KnownPages, agency: Field, state: Field) -> tuple[Field, Field]:
    """The agency of a scan, with what the second reader of pictures finds on its pages: names in faint or dotted print.

    Nothing is gained where the first reader is the same one.
    """
    if ocr.page_reader() == "rapidocr":
        return agency, state
    texts, pages = dict(work.texts), dict(work.pages)
    for number, page in [row for row in sorted(work.pages.items()) if row[1].kind == "picture"][:FAINT_PAGES]:
        seen = ocr.read_again(page, work.opened.document[number - 1])
        texts[number] = f"{texts.get(number, '')}\n{seen.text}"
        pages[number] = seen
    again = agency_of(texts, pages)
    return again if again[0].certainty == "read" else (agency, state)


def _seen_again(work: KnownPages, agency: Field) -> Field:
    """A name in doubt, looked at again on its picture: read where a second reader has every letter of it."""
    if agency.certainty != "doubt" or agency.page is None or agency.box is None or agency.value is None:
        return agency
    if agency.why == IN_BLOCK or ANOTHER in agency.why or agency.value[:1].islower():
        return agency
    page, source = work.page(agency.page), work.opened.document[agency.page - 1]
    words = tuple(word for word in page.words if _inside(word.box, agency.box))
    seen = [look(ocr.draw_place(page, source, NAME_DPI, _wider(line.box))) for line in lines(words)]
    said = "".join(re.sub(r"[^a-z]", "", one.text.casefold()) for one in seen if one)
    if re.sub(r"[^a-z]", "", agency.value.casefold()) not in said:
        return agency
    return replace(
        agency, certainty="read", why=f"{agency.why}, and the same letters by a second reader of its picture"
    )


def _seen_version(work: KnownPages, version: Field) -> str:
    """What a second reader sees where the date of the form is printed."""
    if version.page is None or version.box is None:
        return ""
    place = ocr.draw_place(work.page(version.page), work.opened.document[version.page - 1], NAME_DPI,
                           _wider(version.box))  # fmt: skip
    seen = look(place)
    return seen.text if seen else ""


def _inside(box: Box, outer: Box) -> bool:
    return outer[1] <= (box[1] + box[3]) / 2 <= outer[3] and outer[0] - 1 <= box[0] and box[2] <= outer[2] + 1


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return left - 3, top - 2, right + 3, bottom + 2


def _boxed(work: KnownPages, one: Field, phrases: Sequence[str]) -> Field:
    """A field with the box of the first of the phrases that its page prints."""
    if one.page is None:
        return one
    page = work.page(one.page)
    return replace(one, box=next((box for phrase in phrases if (box := box_of(page, phrase))), None))


def _read_behind(work: KnownPages, signing: int | None) -> None:
    """Read the pages around and behind the signatures: the clause on the term, appendices, addenda."""
    if signing is None:
        return
    for number in (signing - 1, *range(signing + 1, work.last + 1)):
        if work.first <= number and number not in work.texts and work.may_look:
            work.page(number)


def _signed(work: KnownPages, signing: int, agency: Field, formed: date | None, known: date) -> Signed:
    """What the signatures say; those of another agency, bound in, give way to the document's own before or behind them.

    Where a later page of the same agreement is signed too, days that differ are doubts.
    """
    page, source = with_signatures(work, signing)
    signed = signed_on(page, source, formed, work.may_look, known)
    another = _another_on(page, agency, work)
    bound_in: tuple[str, int] | None = None
    for number, text in sorted(work.texts.items()):
        if number > page.number and is_signing(text) and not is_addendum(text):
            own, source = with_signatures(work, number)
            name = another_agency(agency, own, work.texts)
            if name is not None:
                bound_in = bound_in or (name, own.number)
            else:
                later = signed_on(own, source, formed, work.may_look, known)
                if another is None:
                    copy = are_copies(work.texts[page.number], work.texts[own.number])
                    return against_later(signed, later, own.number, copy)
                return replace(later, another=(another, page.number))
    return in_doubt(signed, another, agency.value, page.number) if another else replace(signed, another=bound_in)


def _another_on(page: ReadPage, agency: Field, work: KnownPages) -> str | None:
    """The other agency that a page of signatures names: in the agency's column, below both, or at its foot."""
    return (
        another_agency(agency, page, work.texts)
        or another_by_text(agency, page.number, work.texts)
        or pages_of_others(agency, work.texts).get(page.number)
    )


NAME_DPI = 220
OF_FORM = re.compile(r"(?i)\b(?:rev\w{2,5}|approved)\b")
"""The line at the foot of a page with the date of its form."""
EACH = "Each was read by its own pages; cut them apart to keep each with its own sha256."
GET = "Install Debian's tesseract-ocr or the extra ledger287[documents], and read it again."
