"""How long agencies were listed as pending before they signed.

What enters: the record's pending runs. What leaves: a row for each run known by a day, and the median of those that
ended in a signing. Promises: the median counts only runs whose beginning was seen (not those of the first pending list,
which may have begun earlier) and whose signing was not before that beginning.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median, quantiles
from typing import Any

import polars as pl

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.time import Day, as_day, end_of_day
from ledger287.ledger.query.history import MODELS, reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas

WAITS = RecordTable(
    "waits",
    "One agency on the pending lists under one model, for a time.",
    (
        TableColumn("agency_id", "string", "The agency's id."),
        TableColumn("agency", "string", "The agency's name."),
        TableColumn("state", "string", "Postal code of the state or territory."),
        TableColumn("model", "string", "JEM, WSO or TFM."),
        TableColumn("pending_since", "date", "Day of the first pending list that has it."),
        TableColumn("pending_until", "date", "Day of the last pending list that has it."),
        TableColumn("outcome", "string", "signed, dropped (gone without a signing) or pending."),
        TableColumn("signed", "date", "Day of signing."),
        TableColumn(
            "days_to_signing", "integer", "Days from pending_since to the signing; below 0 where that was before."
        ),
        TableColumn("beginning_seen", "boolean", "Whether a pending list before this one lacked it."),
        TableColumn("counted", "boolean", "Whether it counts for the median."),
        TableColumn("agreement_id", "string", "The agreement that was signed."),
    ),
    ("agency_id", "model", "pending_since"),
)
COUNTED = (
    "%(signed)s applications of %(agencies)s agencies were seen to become pending and then lead to a signing; the "
    "median time in days was %(median)s."
)
OF_ONE = (
    "%(signed)s applications of one agency were seen to become pending and then lead to a signing; the median time in "
    "days was %(median)s."
)
ONE = "One agency was seen to become pending and then sign; the time in days was %(longest)s."
HALF = "Half of them took from %(lower)s to %(upper)s days; the longest time in days was %(longest)s."
APART = {
    "early": (
        "Not counted: applications signed before the first pending list that has them, %(early)s (agencies: "
        "%(early_agencies)s)."
    ),
    "dropped": "Not counted: applications gone without a signing, %(dropped)s (agencies: %(dropped_agencies)s).",
    "unseen": (
        "Not counted: applications signed, but already on the first pending list, so that nobody saw when they began, "
        "%(unseen)s (agencies: %(unseen_agencies)s)."
    ),
    "undated": (
        "Not counted: applications signed on a day that is not known, %(undated)s (agencies: %(undated_agencies)s)."
    ),
    "pending": (
        "Not counted: applications still pending on the newest pending list, %(pending)s (agencies: "
        "%(pending_agencies)s)."
    ),
}
"""What the median leaves out, by the key of its number in the summary; only groups that have any are named."""
NO_LIST = "Cannot tell: no pending list of this record was published by %(known)s; the first is of %(begins)s."
NOBODY = "No application of this kind is on a pending list of this record."
NOTE = (
    "An agency applies for each model on its own: the counts are of applications. The lists print no day of "
    "application: the time begins with the first pending list that has the agency."
)

TEXTS = (COUNTED, OF_ONE, ONE, HALF, *APART.values(), NO_LIST, NOBODY, NOTE)


def waits(
    atlas: Atlas, *, known_on: Day | None = None, state: str | None = None, model: str | None = None
) -> QuestionAnswer:
    """How long each agency was listed as pending before it signed, the newest first."""
    known, code, which = as_day(known_on, "known_on"), read_state(state), read_model(model)
    day = atlas.today()
    rows = [row for row in _runs(atlas, known) if code in (None, row["state"]) and which in (None, row["model"])]
    rows.sort(key=lambda row: (row["agency"], row["model"]))
    rows.sort(key=lambda row: row["pending_since"], reverse=True)
    summary = _summary(rows)
    newest = atlas.history.newest(None, known, "pending")
    after = atlas.cannot_tell_after(day, known, kind="pending")
    return QuestionAnswer(
        "waits",
        day,
        known,
        code,
        which,
        reference(newest, day) if newest else None,
        summary,
        tuple(Wording(text, summary) for text in _sentences(summary)) if rows else (_nothing(atlas, known),),
        (NOTE,),
        WAITS,
        framed(WAITS, rows),
        after,
    )


def _sentences(summary: dict[str, Any]) -> Iterator[str]:
    """The sentences that the figures allow: no median of nothing, no spread of one, no group of none."""
    if summary["median"] is not None:
        yield ONE if summary["signed"] == 1 else COUNTED if summary["agencies"] > 1 else OF_ONE
        if summary["lower"] is not None:
            yield HALF
    yield from (text for group, text in APART.items() if summary[group])


def _nothing(atlas: Atlas, known: date | None) -> Wording:
    """Why there is no row: no pending list was published by then, or none has such an application."""
    lists = atlas.history.lists("pending")
    if known and lists and not atlas.history.known(None, known, "pending"):
        return Wording(NO_LIST, {"known": known, "begins": lists[0].day})
    return Wording(NOBODY, {})


def _runs(atlas: Atlas, known_on: date | None) -> list[dict[str, Any]]:
    lists = atlas.history.lists("pending")[: atlas.history.known(None, known_on, "pending")]
    if not lists:
        return []
    days = {one.number: one.day for one in lists}
    names = {row["agency_id"]: row for row in atlas.table("agencies").iter_rows(named=True)}
    bound = end_of_day(known_on) if known_on else None
    rows = []
    for run in atlas.table("pending").filter(pl.col("first_list").is_in(list(days))).iter_rows(named=True):
        outcome_known = run["outcome_known_from"] and (bound is None or run["outcome_known_from"] <= bound)
        last = run["last_list"] if run["last_list"] in days else lists[-1].number
        outcome = run["outcome"] if outcome_known else "pending"
        wait = run["days_to_signing"] if outcome_known else None
        seen = run["first_list"] != lists[0].number
        rows.append(
            {
                "agency_id": run["agency_id"],
                "agency": " ".join(names[run["agency_id"]]["name"].split()),
                "state": names[run["agency_id"]]["state"],
                "model": run["model"],
                "pending_since": days[run["first_list"]],
                "pending_until": days[last],
                "outcome": outcome,
                "signed": run["signed"] if outcome_known else None,
                "days_to_signing": wait,
                "beginning_seen": seen,
                "counted": bool(seen and outcome == "signed" and wait is not None and wait >= 0),
                "agreement_id": run["agreement_id"] if outcome_known else None,
            }
        )
    return rows


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = sorted(row["days_to_signing"] for row in rows if row["counted"])
    lower, _, upper = quantiles(found, n=4, method="inclusive") if len(found) > 1 else (None, None, None)
    by_model = {
        code: {"signed": len(own), "median": _median(own)}
        for code in MODELS
        if (own := [row["days_to_signing"] for row in rows if row["counted"] and row["model"] == code])
    }
    early = [row for row in rows if row["days_to_signing"] is not None and row["days_to_signing"] < 0]
    dropped = [row for row in rows if row["outcome"] == "dropped"]
    pending = [row for row in rows if row["outcome"] == "pending"]
    signed = [row for row in rows if row["outcome"] == "signed"]
    undated = [row for row in signed if row["days_to_signing"] is None]
    unseen = [row for row in signed if not row["beginning_seen"] and row not in early + undated]
    return {
        "signed": len(found),
        "agencies": _agencies(row for row in rows if row["counted"]),
        "median": _median(found),
        "lower": _whole(lower),
        "upper": _whole(upper),
        "longest": found[-1] if found else None,
        "early": len(early),
        "early_agencies": _agencies(early),
        "dropped": len(dropped),
        "dropped_agencies": _agencies(dropped),
        "unseen": len(unseen),
        "unseen_agencies": _agencies(unseen),
        "undated": len(undated),
        "undated_agencies": _agencies(undated),
        "pending": len(pending),
        "pending_agencies": _agencies(pending),
        "by_model": by_model,
    }


def _agencies(rows: Iterable[dict[str, Any]]) -> int:
    return len({row["agency_id"] for row in rows})


def _median(found: list[int]) -> float | int | None:
    return _whole(median(found)) if found else None


def _whole(value: float | None) -> float | int | None:
    return None if value is None else int(value) if value == int(value) else value
