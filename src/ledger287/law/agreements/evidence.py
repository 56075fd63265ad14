"""What an agreement's own document says about a change of its signing day, or about its renewal.

What enters: a change of the record, as a row. What leaves: ``DocumentEvidence``: ICE's signature as the document has
it, and which of the two days it supports; None where the change is of something else, or the day was not read.
The module promises that nothing of the record changes by it: it is shown next to the change, for a reader to weigh.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ledger287.core.text import format_date
from ledger287.law.agreements.documents import ReadDocument, document_of

Supports = Literal["before", "after", "neither"]
WORDS = {"after": "as ICE prints it now", "before": "as ICE printed it first", "neither": "neither of the two days"}


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """The days in an agreement's own document, and which side of a change ICE's signature supports."""

    sha256: str
    file: str
    page: int | None
    ice_signed: date
    agency_signed: date | None
    supports: Supports
    says: str


def evidence_of(change: Mapping[str, Any]) -> DocumentEvidence | None:
    """The evidence on a change; ``change`` is a row of ``changes``."""
    renewal = change["kind"] == "renewed"
    if change["field"] != "signed" or change["kind"] not in ("corrected", "renewed"):
        return None
    own = document_of(change["agreement_id"]) if change["agreement_id"] else None
    if own is None or own.ice_signed is None or own.ice_certainty != "read":
        return None
    signed = own.ice_signed.isoformat()
    supports: Supports = "after" if change["after"] == signed else "before" if change["before"] == signed else "neither"
    agency = own.agency_signed if own.agency_certainty == "read" else None
    return DocumentEvidence(
        own.sha256, own.file, own.signed_page, own.ice_signed, agency, supports, _says(own, supports, renewal)
    )


def _says(own: ReadDocument, supports: Supports, renewal: bool) -> str:
    page = f", page {own.signed_page}" if own.signed_page else ""
    day = format_date(own.ice_signed) if own.ice_signed else ""
    fits = "the day of the renewal" if renewal and supports == "after" else WORDS[supports]
    return f"its own document{page}: ICE signed on {day}, {fits}"
