"""Decisions as they are written, and read back for the findings.

What enters: the audit's expression. What leaves: the columns of ``cases.parquet``: instants as timestamps, codes as
words, masks of duties and problems as numbers (docs/custody.md says which bit is which).
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from ledger287.custody import duties
from ledger287.custody.events import NOT_UNDERSTOOD, codes
from ledger287.custody.facts import MODEL_UNKNOWN
from ledger287.custody.findings import TIMES_KEPT

ENDS = (
    "flat_end", "regulation_end", "request_end", "agreement_end", "zero_end", "state_end", "limit_end", "complaint_due",
)  # fmt: skip
INSTANTS = ("start", "left", *ENDS, *TIMES_KEPT)
MODEL_WORDS = {
    mask: "; ".join(name for name, one in (("JEM", 1), ("WSO", 2), ("TFM", 4), ("unknown", 8)) if mask & one) or "none"
    for mask in range(16)
}


def written(decided: ir.Table) -> ir.Table:
    """The decisions as they are written: instants as timestamps, codes as words, masks as numbers."""
    forms = [(decided.detainer_form == place, name) for place, name in enumerate(codes("detainer_form"), 1)]
    words = {
        "hold": ibis.cases(*((decided.hold == place, word) for place, word in enumerate(duties.HOLDS)), else_=""),
        "governing": ibis.cases(
            *((decided.governing == place, word) for place, word in enumerate(duties.CLOCKS)), else_=""
        ),
        "models": ibis.cases(*((decided.models == mask, word) for mask, word in MODEL_WORDS.items()), else_="unknown"),
        "detainer_form": ibis.cases(
            *forms, (decided.detainer_form == NOT_UNDERSTOOD, "not understood"), else_=ibis.null("string")
        ),
    }
    table = with_instants(decided.mutate(**words), INSTANTS)
    return table.select(
        "file", "row", "case", "agency", "state", "month", "hold", "models", "detainer_form", "governing",
        "over_seconds", "missed", "open", "problems", "unclear", *INSTANTS,
    )  # fmt: skip


def with_instants(table: ir.Table, names: Sequence[str]) -> ir.Table:
    return table.mutate(**{name: table[name].as_timestamp("s") for name in names})


def kept_columns() -> dict[str, str]:
    """The written columns that findings are made of."""
    named = ("file", "case", "agency", "state", "month", "models", "detainer_form", "governing", "missed", "open")
    return {name: name for name in (*named, *INSTANTS)} | {"row": "case_row"}


def read_back(kept: ir.Table) -> ir.Table:
    forms = [(kept.detainer_form == name, place) for place, name in enumerate(codes("detainer_form"), 1)]
    return kept.mutate(
        models=ibis.cases(
            *((kept.models == word, mask) for mask, word in MODEL_WORDS.items()), else_=MODEL_UNKNOWN
        ).cast("int8"),
        detainer_form=ibis.cases(*forms, else_=0).cast("int8"),
        governing=ibis.cases(
            *((kept.governing == word, place) for place, word in enumerate(duties.CLOCKS)), else_=0
        ).cast("int8"),
        row=kept.case_row.cast("int64"),
        month=kept.month.cast("int32"),
        missed=kept.missed.cast("int32"),
        open=kept.open.cast("int32"),
    )
