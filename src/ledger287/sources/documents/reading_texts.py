"""A document of which only the text of its pages is here: the same fields, its days doubtful at best.

What enters: the text of each page. What leaves: ``Document``. The module promises that nothing without a position is
called a day that was read.
"""

from collections.abc import Sequence
from pathlib import Path

from ledger287.sources.documents.document import Document
from ledger287.sources.documents.faults import signed_by_another
from ledger287.sources.documents.fields.bound import Addendum, addendum_pages, appendices_of, effective_said
from ledger287.sources.documents.fields.field import UNREAD, Field
from ledger287.sources.documents.fields.flow import Flow
from ledger287.sources.documents.fields.identity import model_of, version_day, version_of
from ledger287.sources.documents.fields.parties.agency import agency_of
from ledger287.sources.documents.fields.parties.others import another_by_text
from ledger287.sources.documents.fields.signed_pages.days import read_day, stamp_days
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.fields.signed_pages.signed import Signed, in_doubt
from ledger287.sources.documents.fields.terms import terms_of
from ledger287.sources.documents.pages import text_layer
from ledger287.sources.documents.reading import OF_FORM


def _addendum_text(text: str, number: int) -> Addendum:
    """An addendum of which only the text is available: the one stamp of a digital signature is ICE's, with doubt."""
    stamps = stamp_days(text)
    ice = Field(min(stamps).isoformat(), "doubt", number, None, "a stamp, by text only") if len(stamps) == 1 else UNREAD
    return Addendum(number, effective_said(text, number), ice)


def read_texts(file: str, sha256: str, pages: Sequence[str]) -> Document:
    """A document with only the text of its pages: there are no positions, so its days are doubtful at best."""
    texts = {number: text for number, text in enumerate(pages, 1) if text_layer.believed(text)}
    model = model_of(texts)
    version = version_of(texts, model.value)
    agency, state = agency_of(texts, {})
    days = [UNREAD, UNREAD]
    signing = next((number for number, text in texts.items() if is_signing(text) and not is_addendum(text)), None)
    if signing:
        rows = [line for line in texts[signing].splitlines() if not OF_FORM.search(line)]
        formed = version_day(version)
        exact = {day.day for line in rows if (day := read_day(line)) and day.exact}
        said = sorted(day for day in exact if formed is None or (day.month, day.day) != (formed.month, formed.day))
        if len(said) == 2:
            days = [Field(day.isoformat(), "doubt", signing, None, "by order") for day in said]
        elif len(said) == 1:
            days[1] = Field(said[0].isoformat(), "doubt", signing, None, "the one day that the page's text has")
    another = another_by_text(agency, signing, texts) if signing else None
    signed = in_doubt(Signed(days[1], days[0]), another, agency.value, signing or 0)
    days = [signed.agency_signed, signed.ice_signed]
    problems = (signed_by_another(Path(file), agency, signed.another),) if signed.another else ()
    return Document(
        file, sha256, model, version, agency, state, days[1], days[0], problems, signers=Signed(another=signed.another),
        terms=terms_of(Flow(texts), days[1], days[0]), appendices=appendices_of(texts),
        addenda=tuple(_addendum_text(texts[number], number) for number in addendum_pages(texts)),
    )  # fmt: skip
