"""The kinds of problem that reading a roster of officers raises."""

from ledger287.core.problem import declare_kinds

KINDS = declare_kinds(
    "law.officers",
    {
        "missing_value": "A required value that is blank.",
        "unreadable_day": "A day that cannot be read.",
        "days_out_of_order": "Two days of an officer in an order that cannot be.",
        "duplicate_officer": "An officer who is in the roster twice.",
        "unknown_agency": "An agency that the record does not have.",
        "unknown_column": "A column whose heading is not known, or a row with more cells than headings.",
        "unknown_model": "A model that is not JEM, WSO or TFM.",
    },
)
