"""Arrests and detainers in published counts: by state, day and month, with windows side by side; never as one series.

What enters: a state, or nothing. What leaves: the counts, each with its source and window. Two compilations of arrests
by state disagree because they cover other days and other releases; both are shown, with their difference.
"""

from datetime import date
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryField, as_text
from ledger287.ledger.outcomes import added, store
from ledger287.ledger.outcomes.small import small_withheld

COMPILATIONS: dict[str, dict[str, str | date]] = {
    "a": {
        "source": "compilation of January 20, 2025 to August 6, 2026",
        "first": date(2025, 1, 20),
        "last": date(2026, 8, 6),
        "file": "arrests_by_state_ccij_20250120_20260806.csv",
    },
    "b": {
        "source": "compilation of January 1, 2025 to July 31, 2026",
        "first": date(2025, 1, 1),
        "last": date(2026, 7, 31),
        "file": "arrests_by_state_ddp_20250101_20260731.csv",
    },
}
REASON_TAKEN = "Booked into Detention"


def state_code(state: str) -> str:
    """The code of a state or territory from its code or name. Raises Refused for any other text."""
    wanted = " ".join(as_text(state, "state", "FL").split()).casefold()
    for one in (*declared.states(), *declared.territories()):
        if wanted in (one.code.casefold(), one.name.casefold()):
            return one.code
    raise Refused(f"{state}: not a state or territory. Give its code, such as TX, or its name.")


def _name(state: str) -> str:
    return declared.state_names()[state_code(state)]


def arrests_by_state(state: str | None = None) -> dict[str, Any]:
    """Arrests by state in both compilations, side by side, with windows and differences."""
    frame = store.table("arrests_by_state")
    if state:
        frame = frame.filter(pl.col("state") == _name(state))
    rows = [
        {
            "state": row["state"],
            "a": row["arrests"],
            "b": row["arrests_b"],
            "difference": row["arrests_b"] - row["arrests"] if None not in (row["arrests"], row["arrests_b"]) else None,
            "rows": {"a": row["row"], "b": row["row_b"]},
        }
        for row in frame.sort("arrests", descending=True, nulls_last=True).iter_rows(named=True)
    ]
    return {
        "compilations": COMPILATIONS,
        "states": rows,
        "sums": {key: _known_sum(frame[name]) for key, name in (("a", "arrests"), ("b", "arrests_b"))},
        "added": small_withheld(added.arrests(state_code(state) if state else None), "arrests"),
        "cannot_show": "Neither says who made the arrest under an agreement: no count here is of 287(g) arrests.",
    }


def _known_sum(numbers: pl.Series) -> int | None:
    """The sum of what is printed; None where nothing is, which is not zero."""
    return int(numbers.sum()) if numbers.count() else None


def arrests_daily(state: str | None = None) -> dict[str, Any]:
    """Daily arrests of the five states that one compilation covers, and ICE's own daily posts of January 2025."""
    frame = store.table("arrests_daily")
    if state:
        known = sorted(frame["state"].unique().to_list())
        frame = frame.filter(pl.col("state") == _name(state))
        if frame.is_empty():
            raise Refused(f"no daily arrests of {_name(state)}: expected one of {', '.join(known)}.")
    posted = store.table("arrests_posted")
    with_kinds = state is None or _name(state) == "Minnesota"
    return {
        "states": sorted(frame["state"].unique().to_list()),
        "days": frame.sort("state", "day").to_dicts(),
        "minnesota_kinds": store.table("arrests_minnesota_kinds").to_dicts() if with_kinds else [],
        "posted": posted.to_dicts() if state is None else [],
        "posted_missing": [date(2025, 1, 22), date(2025, 1, 29), date(2025, 1, 30)] if state is None else [],
        "cannot_show": "ICE's posts are of 7 of 10 days and were not revised; they are no series.",
    }


def detainers(state: str) -> dict[str, Any]:
    """Detainers of a state by month, with why they were lifted, and by facility with small cells withheld."""
    code = state_code(state)
    return _published_detainers(state, code) | {
        "added": small_withheld(added.detainers(code, REASON_TAKEN), "detainers")
    }


def _published_detainers(state: str, code: str) -> dict[str, Any]:
    if code == "PA":
        return _pennsylvania()
    if code == "MN":
        return _minnesota()
    if code in added.states_with_detainers():
        own = small_withheld(added.detainers(code, REASON_TAKEN), "detainers") or {}
        says = "Only the file that was added has detainers of this state."
        return {"state": code, "total": own["total"], "months": own["months"], "cannot_show": says}
    others = "".join(f", {one}" for one in added.states_with_detainers() if one not in ("PA", "MN"))
    raise Refused(
        f"{state}: no counts of detainers. They are available for PA (2007 to 2015) and MN (2022 to 2026)"
        f"{others}; a file with others can be added: ",
        Ask("outcomes add", ("FILE",), (QueryField("out", "DIR"),)),
        ".",
    )


def _minnesota() -> dict[str, Any]:
    """By day and month since October 2022; why they were lifted and by which facility, for some months of it."""
    months, reasons = store.table("detainers_minnesota"), store.table("detainers_minnesota_reasons")
    part = store.table("detainers_minnesota_jails").row(0, named=True)
    total = int(reasons["detainers"].sum())
    taken = int(reasons.filter(pl.col("reason") == REASON_TAKEN)["detainers"].sum())
    return {
        "state": "MN",
        "total": int(months["detainers"].sum()),
        "months": months.to_dicts(),
        "days": store.table("detainers_minnesota_days").to_dicts(),
        "lifted": {
            "first": part["first"],
            "through": part["through"],
            "total": total,
            "taken": taken,
            "share_taken": round(taken / total, 6),
            "reasons": reasons.to_dicts(),
        },
        "cannot_show": "Detainers prepared, as one compilation counted them. Why they were lifted, and by which "
        "facility, is published for some months only; a detainer is not a person, and not an arrest.",
    }


def _pennsylvania() -> dict[str, Any]:
    reasons = store.table("detainers_by_reason")
    by_month = reasons.group_by("month").agg(
        detainers=pl.col("detainers").sum(),
        taken=pl.col("detainers").filter(pl.col("reason") == REASON_TAKEN).sum(),
    )
    by_reason = (
        reasons.group_by("reason").agg(pl.col("detainers").sum()).sort("detainers", "reason", descending=[True, False])
    )
    total = int(reasons["detainers"].sum())
    taken = int(reasons.filter(pl.col("reason") == REASON_TAKEN)["detainers"].sum())
    return {
        "state": "PA",
        "total": total,
        "taken": taken,
        "share_taken": round(taken / total, 6),
        "months": by_month.sort("month").to_dicts(),
        "reasons": by_reason.to_dicts(),
        "facility_years": store.table("detainers_by_facility_year").to_dicts(),
        "withheld": {
            "rule": "a facility-month under 5, and one more where it could be computed from the year, is withheld",
            "cells": int(store.table("detainers_by_facility")["withheld"].sum()),
            "of": store.table("detainers_by_facility").height,
        },
        "cannot_show": "A reason lifted is not said for about a third; a detainer is not a person, and not an arrest.",
    }
