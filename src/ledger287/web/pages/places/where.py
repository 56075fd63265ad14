"""Where each value of an agreement was printed: first and last cell, as printed, and what was read otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger287.core.problem import Refused
from ledger287.ledger.query.answers import CellAnswer, SourceAnswer
from ledger287.ledger.query.lookup import FIELDS
from ledger287.web.edition.edition import Edition
from ledger287.web.render.csv_text import csv_bytes
from ledger287.web.render.page import Page, PageKind
from ledger287.web.server.query import Missing, Query


def make(edition: Edition, query: Query, agreement: str) -> Page:
    """The page of one agreement's cells."""
    del query
    try:
        values = edition.atlas.source(agreement)
    except Refused as refused:
        raise Missing(*refused.parts) from None
    facts = edition.agreements[agreement]
    agency = edition.indexes.agencies.get(facts["agency_id"]) or edition.then[facts["agency_id"]]
    by_field: dict[str, list[SourceAnswer]] = {field: [] for field in FIELDS}
    for value in values:
        by_field[value.field].append(value)
    return Page(
        {"agreement_id": agreement, "agency_id": facts["agency_id"], "model": facts["model"], "values": values},
        table=lambda: _table(values),
        shown={
            "agreement": agreement,
            "facts": facts,
            "agency": agency,
            "fields": {field: found for field, found in by_field.items() if found},
            "others": edition.agreements_of.get(facts["agency_id"], ()),
        },
    )


def _table(values: Iterable[SourceAnswer]) -> bytes:
    rows = [
        {
            "field": value.field,
            "value": value.value,
            "printed": value.printed,
            **_flat("first", value.first),
            **_flat("last", value.last),
            "by": value.by,
            "reason": value.reason,
            "source": value.source,
        }
        for value in values
    ]
    return csv_bytes(tuple(rows[0]) if rows else (), (list(row.values()) for row in rows))


def _flat(which: str, cell: CellAnswer) -> dict[str, Any]:
    return {f"{which}_{name}": getattr(cell, name) for name in ("file", "sha256", "day", "sheet", "row", "column")}


def every_agreement(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the agreements' pages."""
    return ({"agreement": agreement} for agreement in edition.agreements)


KINDS = (PageKind("where", "/where/{agreement}", make, every_agreement, table=True, timed=False, long_data=True),)
