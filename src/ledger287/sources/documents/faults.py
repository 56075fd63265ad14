"""What is wrong with a document that was opened, in a line each.

What enters: a document, and the pages that are known of it. What leaves: problems. The module promises that pages that
were not read are named: damaged ones, those with pictures that are too large, and those over the limit of pictures.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from ledger287.core.problem import Problem
from ledger287.core.text import plural
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.identity import older_form_of
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.files.opening import AGAIN, fault
from ledger287.sources.documents.known_pages import KnownPages, is_before, opens, runs_backwards
from ledger287.sources.documents.pages import ocr


def has_picture(work: KnownPages, number: int) -> bool:
    """Whether anything is drawn on a page without text: one that is blank, or damaged, needs no reader of scans."""
    if number in work.texts or number in work.damaged:
        return False
    return any(True for _ in work.opened.document[number - 1].get_objects(max_depth=1))


def none_found(path: Path, work: KnownPages) -> Problem:
    """Where no agreement begins on any page: pages with something else, or none with anything on them."""
    expected = "a memorandum of agreement under 287(g)"
    seen = ocr.page_reader() is not None or not any(has_picture(work, one) for one in range(1, work.opened.pages + 1))
    if seen and not any(text.strip() for text in work.texts.values()) and len(work.pages) == work.opened.pages:
        found = f"{plural(work.opened.pages, 'page')} with nothing on {'it' if work.opened.pages == 1 else 'them'}"
        return fault(path, "not_an_agreement", expected, found, AGAIN)
    found = "none on the pages that were looked at" if left_unseen(path, work, None) else "none"
    return fault(path, "not_an_agreement", expected, found, OTHER)


def is_no_agreement(found: Document, work: KnownPages) -> str | None:
    """What a document is instead: one about an agreement, as an agenda or a news story, or of another kind."""
    fields = (found.version, found.agency, found.ice_signed, found.agency_signed)
    if found.model.value is not None and all(one.value is None for one in fields):
        return "its name, and no form's date, agency or signatures"
    if older_form_of(work.texts) or len(work.texts) < work.opened.pages:
        return None
    opening = {number for number, text in work.texts.items() if opens(text)}
    signed = {number for number, text in work.texts.items() if is_signing(text)}
    if found.version.value is None and opening and opening == signed:
        return "a page that quotes one"
    if found.version.value is None and not opening and all(number <= FEW for number in signed):
        return "one about an agreement, without its opening and signatures"
    if found.model.value is not None or any(SECTION.search(text) for text in work.texts.values()):
        return None
    return "one that names no section 287(g)"


FEW = 4
"""On so many of its first pages no agreement is signed: a sentence like the one above signatures is another there."""
SECTION = re.compile(r"\b2\s?87\s?\W?\s?g\b|\b1\s?357\s?\W?\s?g\b")
"""Section 287(g) of the Act, or 8 U.S.C. 1357(g), as readers of pictures have it too."""


def form_problem(path: Path, found: Document, work: KnownPages) -> list[Problem]:
    """Where the form is none of those whose clauses are known: which older form it is, or that it is unknown."""
    if found.model.value is not None:
        return []
    older = older_form_of(work.texts)
    expected = "a form of 2019 to 2025"
    if older:
        return [fault(path, "older_form", expected, f"the {older[0]}", OLDER, older[1])]
    return [fault(path, "unknown_form", expected, f"none; {found.model.why}", READ_IT)]


def signed_by_another(path: Path, agency: Field, another: tuple[str, int]) -> Problem:
    """A page of signatures that another agency signed."""
    name, page = another
    return fault(path, "signed_by_another", f"signatures of {agency.value}", f"those of {name}", BOUND, page)


def out_of_order(path: Path, found: Document, work: KnownPages, opening: int | None) -> list[Problem]:
    """Where the page on which the agreement opens is missing, or its pages are in reverse order."""
    if opening is None:
        expected, said = "the page on which the agreement opens", "the pages behind it"
        return [fault(path, "no_opening", expected, said, WHOLE, min(work.texts))]
    signed = found.ice_signed.page or found.agency_signed.page
    if signed is not None and is_before(work, opening, signed):
        expected, said = f"signatures behind page {opening}, on which the agreement opens", "its page of signatures"
        return [fault(path, "signatures_first", expected, said, ORDER, signed)]
    if signed is None or not runs_backwards(work.texts, opening, signed):
        return []
    expected, said = "pages in their order", f"an agreement that opens on page {opening} and is signed before it"
    return [fault(path, "pages_reversed", expected, said, ORDER, opening)]


def stray_pages(path: Path, found: Document) -> list[Problem]:
    """Pages of another document among an agreement's own."""
    return [fault(path, "page_of_another", one.expected, one.found, BOUND, one.page) for one in found.strays]


WHOLE = "Its other pages were read. Get the complete document: that page names the parties."
ORDER = "It was read as it is. Put its pages in order before you quote page numbers."


def by_others_or_again(path: Path, found: Document) -> list[Problem]:
    """Pages of signatures of another agency, and further ones with other days, of an agreement or of its addenda."""
    others = [found.signers.another, *(one.another for one in found.addenda)]
    problems = [signed_by_another(path, found.agency, another) for another in others if another]
    for page in (found.signers.again, *(one.again for one in found.addenda)):
        if page is not None:
            expected, said = "one page of signatures", "another that is signed, with another day"
            problems.append(fault(path, "signed_again", expected, said, WHICH, page))
    return problems


def addendum_alone(path: Path, found: Document, work: KnownPages) -> list[Problem]:
    """A document that is an addendum without the agreement that it changes."""
    said = [text for text in work.texts.values() if text.strip()]
    if not found.addenda or len(work.texts) < work.opened.pages or not all(is_addendum(text) for text in said):
        return []
    return [fault(path, "not_an_agreement", "a memorandum of agreement under 287(g)", "an addendum alone", ITS_OWN)]


ITS_OWN = "Its own days were read; those of the agreement that it changes are in that agreement's document."
WHICH = "Look at both pages: one can correct the other, or renew the agreement. Days that differ are kept as doubts."
BOUND = "Look at the page: it can be bound in by mistake. Its days are kept as doubts."


def too_large(path: Path, work: KnownPages) -> list[Problem]:
    """The pages that were left alone, because their pictures are larger than any scan: one line for all of them."""
    if not work.too_large:
        return []
    most = f"pictures of at most {int(limits()['picture']['own_side']):,} pixels a side"
    many = plural(len(work.too_large), "page")
    found = f"one of {max(work.too_large.values()):,} pixels" + (f", on {many}" if len(work.too_large) > 1 else "")
    return [fault(path, "picture_too_large", most, found, SMALLER, min(work.too_large))]


def damaged(path: Path, work: KnownPages) -> list[Problem]:
    """The pages that cannot be opened: one line for all of them."""
    many = f"{len(work.damaged):,} of {plural(work.opened.pages, 'page')}"
    return [fault(path, "truncated", "pages that can be opened", f"{many} that cannot", AGAIN, work.damaged[0])]


def left_unseen(path: Path, work: KnownPages, start: int | None) -> list[Problem]:
    """The pages without text that were not looked at, since there are more than are: one line for all of them.

    The pages between the title and the signatures of a scan are left out on purpose, where no limit was met.
    """
    known = {*work.texts, *work.seen, *work.too_large, *work.damaged}
    unseen = [number for number in range(1, work.opened.pages + 1) if number not in known and has_picture(work, number)]
    most = int(limits()["pictures"]["most"])
    if not unseen or ocr.page_reader() is None or (len(work.seen) < most and min(unseen) > (start or 0)):
        return []
    return [not_seen(path, unseen)]


def not_seen(path: Path, unseen: Sequence[int]) -> Problem:
    """Pages without text that were not looked at."""
    expected = f"at most {int(limits()['pictures']['most'])} pages without text"
    found = f"{len(unseen):,} more, from page {unseen[0]} on, that were not looked at"
    return fault(path, "pages_not_seen", expected, found, CUT_OUT, unseen[0])


CUT_OUT = "An agreement or an addendum may be on them. Cut each agreement's own pages out, and read those."
OLDER = (
    "Its opening tells which form it is; its clauses are not declared. What is known of older forms is listed apart."
)
READ_IT = "Look at the document: its text may be broken, or its form new. Its other fields were read."
SMALLER = "Such a page is not read. Scan it again at 300 dpi, or save it smaller."
OTHER = "Is this the agreement itself? A letter, a web page or another agency's paper is not read."
