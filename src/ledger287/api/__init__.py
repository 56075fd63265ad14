"""The public Python API, complete: ``import ledger287`` gives every name of it.

A day is a date or text such as ``"2025-08-14"``. Tables are polars frames; ``.to_pandas()`` gives a pandas one.

>>> import ledger287
>>> ledger = ledger287.open()
>>> ledger.status(on="2025-08-14").agreements
895
"""

from ledger287.api.arguments import RECORD_VARIABLE as RECORD_VARIABLE
from ledger287.api.arguments import eastern_today, open
from ledger287.api.custody import custody_audit, custody_clock, custody_map, custody_verify
from ledger287.api.documents import changes_of_form, clauses_of, compare_documents, read_documents
from ledger287.api.law import (
    authority,
    authority_table,
    changes_of_law,
    functions_table,
    jurisdictions_on,
    open_lawbook,
    read_roster,
    roster,
    rule_on,
    rules_on,
)
from ledger287.api.outcomes import (
    landmark,
    outcomes_added,
    people_held,
    people_held_in,
    people_held_series,
    people_identified,
    read_detention_statistics,
)
from ledger287.api.record import agreements, answer, build, disagreements, draw_map, export, timeline
from ledger287.api.stories import check
from ledger287.core.problem import Problem, Refused
from ledger287.core.query_error import QueryError
from ledger287.ledger.query.answers import AgencyAnswer, SourceAnswer, Status
from ledger287.ledger.query.ledger import Ledger
from ledger287.places.atlas import Atlas

__all__ = [
    "AgencyAnswer",
    "Atlas",
    "Ledger",
    "Problem",
    "QueryError",
    "Refused",
    "SourceAnswer",
    "Status",
    "agreements",
    "answer",
    "authority",
    "authority_table",
    "build",
    "changes_of_form",
    "changes_of_law",
    "check",
    "clauses_of",
    "compare_documents",
    "custody_audit",
    "custody_clock",
    "custody_map",
    "custody_verify",
    "disagreements",
    "draw_map",
    "eastern_today",
    "export",
    "functions_table",
    "jurisdictions_on",
    "landmark",
    "open",
    "open_lawbook",
    "outcomes_added",
    "people_held",
    "people_held_in",
    "people_held_series",
    "people_identified",
    "read_detention_statistics",
    "read_documents",
    "read_roster",
    "roster",
    "rule_on",
    "rules_on",
    "timeline",
]
