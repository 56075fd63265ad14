"""Decisions as they are written, and read back for the findings.

What enters: the audit's expression. What leaves: the columns of ``cases.parquet``: times as timestamps, codes as words,
masks of duties and problems as numbers (docs/custody.md says which bit is which).
"""

from collections.abc import Sequence

from ledger287.custody.case.facts import MODEL_UNKNOWN
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, codes, events
from ledger287.custody.columns.clocks import request_end
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.findings import TIMES_KEPT
from ledger287.custody.relations.column import Column, cases, null
from ledger287.custody.relations.table import Table
from ledger287.custody.relations.wording import worded

ALWAYS = ("start", "left", "flat_end", "regulation_end", "limit_end")
"""Written for every case; the other times only for a case with a finding, which rests on them."""
WITH_FINDINGS = ("agreement_end", "zero_end", "state_end", "complaint_due")
OTHER_EVENTS = tuple(event for event in events() if event not in TIMES_KEPT)
"""Events that no finding rests on, other than a hold's start and end; written for the page of a case with a finding."""
INSTANTS = (*ALWAYS, *WITH_FINDINGS, *TIMES_KEPT, *OTHER_EVENTS)
MODEL_WORDS = {
    mask: "; ".join(name for name, one in (("JEM", 1), ("WSO", 2), ("TFM", 4), ("unknown", 8)) if mask & one) or "none"
    for mask in sorted(range(16), key=lambda mask: mask.bit_count() != 1)
}
"""The words of each mask of models, the common ones first."""


NUMBERS = {
    "row": "int64", "month": "int32", "over_seconds": "int64", "missed": "int32", "open": "int32",
    "by_calendar": "int32", "by_law": "int32", "problems": "int64", "unclear": "int32",
}  # fmt: skip
"""The kind of each number as it is written, whatever an engine makes of its sum."""
LOST = "not understood"
"""How an unknown form is written."""


def written(decided: Table) -> Table:
    """The decisions as they are written: times as timestamps, codes as words, masks as numbers."""
    decided = decided.mutate(flagged=(decided.missed != 0) | (decided.open != 0))
    flagged = decided.flagged
    named = cases((flagged & (decided.detainer_form != BLANK), decided.detainer_form + 2), otherwise=null("int32"))
    words = {
        "hold": worded(decided.hold + 1, duties.HOLDS),
        "governing": worded(decided.governing + 1, duties.CLOCKS),
        "models": worded(decided.models + 1, [MODEL_WORDS[mask] for mask in range(16)]),
        "detainer_form": worded(named, (LOST, "", *codes("detainer_form"))),
    }
    evidence = {name: _where(flagged, decided[name]) for name in (*WITH_FINDINGS, *TIMES_KEPT, *OTHER_EVENTS)}
    table = with_instants(decided.mutate(**words, **evidence), ALWAYS)
    table = table.mutate(**{name: table[name].cast(kind) for name, kind in NUMBERS.items()})
    return table.select(
        "file", "row", "case", "agency", "state", "zone", "month", "models", "hold", "governing", "over_seconds",
        "flagged", "missed", "open", "by_calendar", "by_law", "problems", "unclear", "detainer_form", *INSTANTS,
    )  # fmt: skip


def _where(condition: Column, seconds: Column) -> Column:
    """Seconds as a date and time where a condition holds; the others are not converted."""
    if seconds.blank:
        return seconds.as_instant()
    return cases((condition, seconds.as_instant()), otherwise=null(""))


def with_instants(table: Table, names: Sequence[str]) -> Table:
    return table.mutate(**{name: table[name].as_instant() for name in names})


def read_back(kept: Table, law: Law) -> Table:
    """The written decisions with findings, as the columns that findings are made of."""
    forms = [(kept.detainer_form == name, place) for place, name in enumerate(codes("detainer_form"), 1)]
    forms.append((kept.detainer_form == LOST, NOT_UNDERSTOOD))
    kept = kept.filter(kept.flagged)
    found = kept.mutate(
        models=cases(
            *((kept.models == word, mask) for mask, word in MODEL_WORDS.items()), otherwise=MODEL_UNKNOWN
        ).cast("int8"),
        detainer_form=cases(*forms, otherwise=0).cast("int8"),
        governing=cases(
            *((kept.governing == word, place) for place, word in enumerate(duties.CLOCKS)), otherwise=0
        ).cast("int8"),
        **{name: kept[name].as_seconds() for name in INSTANTS},
    )
    return found.mutate(request_end=request_end(found, law))
