"""The addenda that are bound with an agreement: each with its own days, from its own page of signatures.

What enters: the pages of one agreement, and what was read of it. What leaves: ``Addendum`` for each. The module
promises that one addendum is not counted twice: a page with its clause and a page with its signatures are one, and so
are two signed copies of a page, of which days that differ are doubts; and that an addendum that another agency signed
is one of its own with doubts.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from ledger287.sources.documents.fields.bound import Addendum, addendum_pages, effective_said
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.parties.others import another_agency
from ledger287.sources.documents.fields.signed_pages.copies import are_copies
from ledger287.sources.documents.fields.signed_pages.signatures import is_signing
from ledger287.sources.documents.fields.signed_pages.signed import (
    Signed,
    against_later,
    days_on,
    in_doubt,
    of_an_unknown,
)
from ledger287.sources.documents.known_pages import KnownPages, with_signatures

EARLIER = timedelta(days=60)
"""How long before ICE's signature of an agreement an addendum to it can have been signed."""


def addenda_of(work: KnownPages, signing: int | None, ice: Field, model: Field, agency: Field) -> tuple[Addendum, ...]:
    """The addenda that are bound behind an agreement, each with its own days."""
    found = []
    pages = [number for number in addendum_pages(work.texts) if number != signing]
    taken: set[int] = set()
    for number in pages:
        if number in taken:
            continue
        copies = [other for other in pages if other > number and are_copies(work.texts[number], work.texts[other])]
        taken.update(copies)
        signed = _signed_page(work.texts, number, pages)
        taken.add(signed)
        days = _days(work, signed, ice, agency)
        for other in copies:
            days = against_later(days, _days(work, other, ice, agency), other, True)
        days = of_an_unknown(days, model, agency)
        said = effective_said(work.texts[number], number)
        found.append(Addendum(number, said, days.ice_signed, days.agency_signed, None, days.another, days.again))
    return tuple(found)


def _signed_page(texts: Mapping[int, str], number: int, pages: list[int]) -> int:
    """The page on which an addendum is signed: the next, where only that one has the sentence above signatures."""
    after = number + 1
    return after if after in pages and is_signing(texts[after]) and not is_signing(texts[number]) else number


def _days(work: KnownPages, number: int, ice: Field, agency: Field) -> Signed:
    page, source = with_signatures(work, number)
    first = date.fromisoformat(ice.value) - EARLIER if ice.value and ice.certainty == "read" else None
    days = days_on(page, source, first, work.may_look)
    another = another_agency(agency, page, work.texts)
    return in_doubt(days, another, agency.value, page.number)
