"""A document -> the row that ``documents read --json`` gives of it.

What enters: ``Document``. What leaves: plain values. The module promises that each field has value, certainty, page,
box (points from the upper left of the upright page: left, top, right, bottom) and confidence, whatever was read;
``sizes`` has the width and height, in points, of the pages that were read with positions.
"""

from typing import Any

from ledger287.core.problem import Problem
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.field import Field

FIELDS = ("model", "version", "agency", "state", "ice_signed", "agency_signed")
SIGNERS = ("ice_office", "agency_office", "ice_name", "agency_name")
TERMS = ("effective", "term", "ending_by_ice", "ending_by_agency")


def as_row(document: Document) -> dict[str, Any]:
    """A document as ``documents read --json`` gives it."""
    row: dict[str, Any] = {"file": document.file, "sha256": document.sha256}
    row |= {name: as_field(getattr(document, name)) for name in FIELDS}
    row["problems"] = [_problem(problem) for problem in document.problems]
    row |= {name: as_field(getattr(document.signers, name)) for name in SIGNERS}
    row |= {name: as_field(getattr(document.terms, name)) for name in TERMS}
    row["addenda"] = [
        {
            "page": one.page,
            "agreement_effective": as_field(one.agreement_effective),
            "ice_signed": as_field(one.ice_signed),
            "agency_signed": as_field(one.agency_signed),
        }
        for one in document.addenda
    ]
    row["appendices"] = [
        {
            "letter": one.letter,
            "title": as_field(one.title),
            "contacts": [{"side": each.side, "office": each.office, "page": each.page} for each in one.contacts],
        }
        for one in document.appendices
    ]
    row["sizes"] = [
        {"page": page, "width": round(width, 1), "height": round(height, 1)} for page, width, height in document.sizes
    ]
    row["also"] = [as_row(one) for one in document.also]
    return row


def as_field(one: Field) -> dict[str, Any]:
    """A field with its certainty and its place."""
    box = [round(side, 1) for side in one.box] if one.box else None
    sure = round(one.confidence, 2) if one.confidence is not None else None
    return {
        "value": one.value,
        "certainty": one.certainty,
        "page": one.page,
        "box": box,
        "confidence": sure,
        "why": one.why or None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "page": problem.row,
        "expected": problem.expected,
        "found": problem.found,
        "remedy": problem.remedy,
    }
