"""Every document that was read against the agreement whose row links it.

What enters: a ledger, and the shipped table of documents. What leaves: ``Compared``: how many were compared, and each
difference. The module promises that a name is judged only with the names of all agencies of the state.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger287.law.agreements.documents import Difference, differences, read_documents

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared. ``days_compared`` are documents whose ICE day was read without doubt."""

    compared: int
    days_compared: int
    days_equal: int
    differences: tuple[Difference, ...]


def compare_all(ledger: "Ledger") -> Compared:
    """The shipped documents against a record."""
    agencies = {row["agency_id"]: row for row in ledger.table("agencies").iter_rows(named=True)}
    agreements = {row["agreement_id"]: row for row in ledger.table("agreements").iter_rows(named=True)}
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for id_, row in agencies.items():
        names[row["state"]].append((id_, row["name"]))
    found: list[Difference] = []
    compared = days = equal = 0
    for document in read_documents():
        agreement: dict[str, Any] | None = agreements.get(document.agreement or "")
        if agreement is None:
            continue
        compared += 1
        agency = agencies[agreement["agency_id"]]
        others = [name for id_, name in names[agency["state"]] if id_ != agreement["agency_id"]]
        told = differences(
            document.file,
            document.agreement,
            (document.model, document.agency, document.ice_signed, document.ice_certainty),
            (agreement["model"], agency["name"], agreement["signed"]),
            others,
        )
        found += told
        if document.ice_signed and document.ice_certainty == "read" and agreement["signed"]:
            days += 1
            equal += document.ice_signed == agreement["signed"]
    return Compared(compared, days, equal, tuple(found))
