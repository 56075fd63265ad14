"""Every document that was read against the agreement whose row links it.

What enters: a ledger, and the shipped table of documents. What leaves: ``Compared``: how many were compared, and each
difference. The module promises that a name is judged only with the names of all agencies of the state.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ledger287.law.agreements.documents import Certainty, DocumentDifference, ReadDocument, differences, read_documents
from ledger287.ledger.identity.documents import day_of_document

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


Result = Literal["same", "differs", "same, in doubt", "differs, in doubt", "not read"]


@dataclass(frozen=True, slots=True)
class SignatureDays:
    """The days of signing: as ICE's list prints it, in the name of the document's file, and of the signatures.

    ``page`` is that of the signatures.
    """

    file: str
    agreement: str
    listed: date
    url_day: date | None
    ice_signed: date | None
    ice_certainty: Certainty
    agency_signed: date | None
    agency_certainty: Certainty
    page: int | None
    result: Result


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared. ``days_compared`` are documents whose ICE day was read without doubt."""

    compared: int
    days_compared: int
    days_equal: int
    differences: tuple[DocumentDifference, ...]
    days: tuple[SignatureDays, ...]


def compare_all(ledger: "Ledger") -> Compared:
    """The shipped documents against a record."""
    agencies = {row["agency_id"]: row for row in ledger.table("agencies").iter_rows(named=True)}
    agreements = {row["agreement_id"]: row for row in ledger.table("agreements").iter_rows(named=True)}
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for id_, row in agencies.items():
        names[row["state"]].append((id_, row["name"]))
    found: list[DocumentDifference] = []
    rows: list[SignatureDays] = []
    compared = 0
    for document in read_documents():
        agreement: dict[str, Any] | None = agreements.get(document.agreement or "")
        if agreement is None:
            continue
        compared += 1
        agency = agencies[agreement["agency_id"]]
        others = [name for id_, name in names[agency["state"]] if id_ != agreement["agency_id"]]
        differing = differences(
            document.file,
            document.agreement,
            (document.model, document.agency, document.ice_signed, document.ice_certainty),
            (agreement["model"], agency["name"], agreement["signed"]),
            others,
        )
        found += differing
        if agreement["signed"]:
            rows.append(_days(document, agreement["agreement_id"], agreement["signed"]))
    counted = [row.result for row in rows]
    equal = counted.count("same")
    return Compared(compared, equal + counted.count("differs"), equal, tuple(found), tuple(rows))


def _days(document: ReadDocument, agreement: str, listed: date) -> SignatureDays:
    same = "same" if document.ice_signed == listed else "differs"
    doubt = "" if document.ice_certainty == "read" else ", in doubt"
    result: Any = f"{same}{doubt}" if document.ice_signed else "not read"
    return SignatureDays(
        document.file,
        agreement,
        listed,
        day_of_document(document.file),
        document.ice_signed,
        document.ice_certainty,
        document.agency_signed,
        document.agency_certainty,
        document.signed_page,
        result,
    )
