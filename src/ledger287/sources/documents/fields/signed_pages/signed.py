"""The two columns of a page of signatures -> the day of each side, and who signed for it.

What enters: a page of signatures, and the open page for its picture. What leaves: ``Signed``. The module promises that
printed days are looked at first, so that what is written is sought among the days that they leave possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger287.sources.documents.fields.field import UNREAD, Field, unread
from ledger287.sources.documents.fields.parties.printed import ANOTHER, IN_BLOCK
from ledger287.sources.documents.fields.signed_pages.printed import printed_day
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn, columns
from ledger287.sources.documents.fields.signed_pages.signers.offices import signer_of
from ledger287.sources.documents.fields.signed_pages.signing import looked_day, possible
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import ReadPage


@dataclass(frozen=True, slots=True)
class Signed:
    """What a page of signatures says."""

    ice_signed: Field = UNREAD
    agency_signed: Field = UNREAD
    ice_office: Field = UNREAD
    agency_office: Field = UNREAD
    ice_name: Field = UNREAD
    agency_name: Field = UNREAD
    further: bool = False
    """Whether somebody else signed below one of the two, on a day of their own."""
    another: tuple[str, int] | None = None
    """The other agency whose page of signatures it is, and the page."""
    again: int | None = None
    """A later page of signatures of the same agreement, with other days."""


def no_page() -> Signed:
    """Where no page of signatures was found."""
    missing = unread("no page of signatures was found")
    return Signed(missing, missing, missing, missing, missing, missing)


def in_doubt(signed: Signed, another: str | None, agency: str | None, page: int) -> Signed:
    """What a page says that another agency signed: its days are doubts, and its officers are not the agency's."""
    if another is None:
        return signed
    why = f"the page is signed for {another}, not for {agency}"
    fields = {
        name: replace(one, certainty="doubt", why=why)
        for name in ("ice_signed", "agency_signed", "ice_office", "agency_office", "ice_name", "agency_name")
        if (one := getattr(signed, name)).value is not None
    }
    return replace(signed, **fields, another=(another, page))


def of_an_unknown(signed: Signed, model: Field, agency: Field) -> Signed:
    """The days of a document of which the model or the agency was not read apart from the signatures: doubts.

    Nothing shows that its page of signatures is its own: one of another agency, bound in, would look the same.
    """
    if model.value is None:
        why = "the model was not read, so the page of signatures may be of another document"
    elif agency.value is None or agency.why == IN_BLOCK:
        why = "the agency was not read apart from the signatures, which may be another agency's"
    elif agency.certainty == "doubt" and ANOTHER in agency.why:
        why = f"{ANOTHER}, whose signatures these may be"
    else:
        return signed
    ice, other = doubted(signed.ice_signed, why), doubted(signed.agency_signed, why)
    return replace(signed, ice_signed=ice, agency_signed=other)


def doubted(one: Field, why: str) -> Field:
    """A field that was read, as a doubt; any other as it is."""
    return replace(one, certainty="doubt", why=why) if one.certainty == "read" else one


def against_later(signed: Signed, later: Signed, page: int, copy: bool = False) -> Signed:
    """The days of a page of signatures where a later page of the same agreement is signed too: others make doubts.

    Where the later page is a ``copy`` on which the other side signed, each has its day from the copy that it signed.
    """
    if copy and (joined := _counterparts(signed, later)):
        return joined
    why = f"page {page} is signed too, with another day"
    ice, agency = (
        doubted(one, why) if other.value not in (None, one.value) else one
        for one, other in (
            (signed.ice_signed, later.ice_signed),
            (signed.agency_signed, later.agency_signed),
        )
    )
    differs = later.ice_signed.value not in (None, ice.value) or later.agency_signed.value not in (None, agency.value)
    return replace(signed, ice_signed=ice, agency_signed=agency, again=page if differs else None)


def _counterparts(signed: Signed, later: Signed) -> Signed | None:
    """Two copies of a page of which each has the day of one side; None where they are not that."""
    first = (signed.ice_signed.value is not None, signed.agency_signed.value is not None)
    behind = (later.ice_signed.value is not None, later.agency_signed.value is not None)
    if (first, behind) == ((False, True), (True, False)):
        return replace(signed, ice_signed=later.ice_signed, ice_office=later.ice_office, ice_name=later.ice_name)
    if (first, behind) == ((True, False), (False, True)):
        return replace(
            signed,
            agency_signed=later.agency_signed,
            agency_office=later.agency_office,
            agency_name=later.agency_name,
        )
    return None


def days_on(page: ReadPage, source: Any, version: date | None, may_look: bool) -> Signed:
    """The days of a page of signatures, as an addendum has one: who signed it is not looked for."""
    found, page = _columns(page, source, may_look)
    days = _days(found, page, source, version, None)
    return Signed(days["ice"], days["agency"])


def signed_on(page: ReadPage, source: Any, version: date | None, may_look: bool, known: date | None = None) -> Signed:
    """The days of a page of signatures and its signers; ``known`` is a day on which the document was there."""
    found, page = _columns(page, source, may_look)
    days = _days(found, page, source, version, known)
    signers = {column.side: signer_of(column, page, source) for column in found}
    ice, agency = signers.get("ice", (UNREAD, UNREAD)), signers.get("agency", (UNREAD, UNREAD))
    further = any(column.further for column in found)
    return Signed(days["ice"], days["agency"], ice[0], agency[0], ice[1], agency[1], further)


def _columns(page: ReadPage, source: Any, may_look: bool) -> tuple[tuple[SignatureColumn, ...], ReadPage]:
    """The two columns; where the page's words do not show both, its picture is read, by one reader, then the other."""
    found = columns(page)
    if len(found) < 2 and may_look and page.kind == "text":
        found, page = _better(found, page, ocr.read_picture(source, page.number))
    if len(found) < 2 and may_look:
        found, page = _better(found, page, ocr.read_again(page, source))
    return found, page


def _better(
    found: tuple[SignatureColumn, ...], page: ReadPage, again: ReadPage
) -> tuple[tuple[SignatureColumn, ...], ReadPage]:
    """The columns of a second reading, where it shows more of them."""
    more = columns(again)
    return (more, again) if len(more) > len(found) else (found, page)


def _days(
    found: Sequence[SignatureColumn], page: ReadPage, source: Any, version: date | None, known: date | None
) -> dict[str, Field]:
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
        days[column.side] = looked_day(column, page, source, possible(column.side, other, version), known)
    if len(waiting) == 2 and days["ice"].certainty != "read" and days["agency"].certainty == "read":
        column = next(column for column in waiting if column.side == "ice")
        days["ice"] = looked_day(column, page, source, possible("ice", days["agency"], version), known)
    return days
