"""The fields of an audit's files by what may be in them: texts, numbers of officers, times of a hold.

What enters: the vocabulary. What leaves: names of fields.
"""

from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES
from ledger287.custody.case.vocabulary import FURTHER

LOG_TEXT = (
    "case", "event", "agency", "state", "zone", "form", "ground", "issued_by", "standing", "outcome", "model",
    "paid_detention", "hold_for", "officer",
)  # fmt: skip
CASE_TEXT = ("case", *PLACES, *OFFICERS, *FIELDS, "released_to")
NUMBERED = (*OFFICERS, "officer", "released_to")
"""Texts of numbers or bodies, which are refused where half of them look like names."""
FREE = ("case", "agency", "status_reference", "reference", "released_to", *NUMBERED)
OF_A_HOLD = (
    "charges_cleared", "detainer_received", "warrant_received", "hold_started", "custody_passed_to_ice", "released",
    "ice_took_person", "contract_began", "detainer_cancelled",
)  # fmt: skip
"""The events from whose times it is known whether and how long a person was held."""
STARTS, ENDS = ("charges_cleared", "hold_started", "custody_passed_to_ice"), ("released", "ice_took_person")
FURTHER_TIMES = tuple(name for name, base in FURTHER.items() if base in TIMES)
FURTHER_TEXT = tuple(name for name in FURTHER if name not in FURTHER_TIMES)
TIMED = (*TIMES, "at", *FURTHER_TIMES)
"""Fields that hold times, of a table or a log."""
FEW_BYTES = 50_000
"""Up to so many bytes of files, to plan a query takes longer than to answer it."""
