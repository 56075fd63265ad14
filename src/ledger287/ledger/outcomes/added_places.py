"""What files that the operator of this copy added count of a place: the nation, a state, a county.

What enters: a state, or a county's codes. What leaves: the counts by kind of file, each with its file and window, or
None where no file was added. A month of a facility, a county or a state with fewer than 5 is withheld.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from ledger287.ledger.outcomes import added, store
from ledger287.ledger.outcomes.flows import REASON_TAKEN
from ledger287.ledger.outcomes.small import Counts, shown, small_withheld
from ledger287.sources.outcomes.counts.counted import SMALLEST

MARK = "Added by the operator of this copy; not part of the record that ships, and never one series with it."


def of_nation() -> Counts | None:
    """Arrests by month and state and by criminality, detainers by state, and people held at midnight by month."""
    arrests = small_withheld(added.arrests(), "arrests")
    if arrests is not None:
        arrests["criminality"] = _criminality()
    detainers = [
        shown({"state": state, "detainers": own["total"], "taken": own["taken"]}, "detainers")
        for state in added.states_with_detainers()
        if (own := added.detainers(state, REASON_TAKEN)) is not None
    ]
    found = {
        "arrests": arrests,
        "detainers": {"file": added.file_of("detainers"), "says": added.SAYS["detainers"], "states": detainers}
        if detainers
        else None,
        "detentions": _held(None),
    }
    return _marked(found)


def of_state(state: str) -> Counts | None:
    """Arrests by month, detainers by month and reason, people held at midnight in a state's facilities."""
    facilities = store.table("facilities").filter(pl.col("state") == state)["code"]
    found = {
        "arrests": small_withheld(added.arrests(state), "arrests"),
        "detainers": small_withheld(added.detainers(state, REASON_TAKEN), "detainers")
        if state in added.states_with_detainers()
        else None,
        "detentions": _held(facilities.to_list()),
    }
    return _marked(found)


def of_counties(codes: Sequence[str]) -> Counts | None:
    """People held at midnight in the facilities of a county (its code, or those that replaced it), by month."""
    facilities = store.table("facilities").filter(pl.col("county_fips").is_in(list(codes)))["code"]
    return _marked({"detentions": _held(facilities.to_list())})


def _marked(found: dict[str, Any]) -> Counts | None:
    return {"mark": MARK, **found} if any(found.values()) else None


def _criminality() -> list[dict[str, Any]]:
    """Arrests by what ICE's file says of criminality, without the months in which fewer than 5 are of a kind."""
    frame = store.table("added_arrests_by_kind").group_by("criminality")
    counts = frame.agg(pl.col("arrests").sum(), withheld_months=pl.col("withheld").sum())
    return counts.sort("arrests", "criminality", descending=[True, False]).to_dicts()


def _held(codes: list[str] | None) -> dict[str, Any] | None:
    """People at midnight in all facilities together, by month: the mean over the days that the file reaches."""
    frame = added.held()
    if frame is None:
        return None
    days = pl.col("days").cast(pl.Float64)
    reached = frame.group_by("month").agg(reached=days.max())
    own = frame if codes is None else frame.filter(pl.col("code").is_in(codes))
    months = (
        own.join(reached, on="month")
        .group_by("month")
        .agg(midnight=(pl.col("midnight") * days / pl.col("reached")).sum().round(2), facilities=pl.len())
        .sort("month")
        .select("month", "facilities", added.small_withheld("midnight"), withheld=pl.col("midnight") < SMALLEST)
    )
    return {**added.about("detentions", frame), "months": months.to_dicts()} if months.height else None
