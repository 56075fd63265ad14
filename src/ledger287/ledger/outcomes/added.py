"""What files that were added to a folder of outcomes count: arrests, detainers, people held in facilities.

What enters: a state, or facility codes. What leaves: the counts of the file with its name and window, or None where no
file of that kind was added. They are a source of their own next to what ships, and never part of its series.
"""

import json
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.ledger.outcomes import store
from ledger287.sources.outcomes.counts.counted import SMALLEST

FILE = "added.json"
SAYS = {
    "arrests": "Arrests in the file that was added, not flagged as duplicates; none of them is said to be under an "
    "agreement.",
    "detainers": "Detainers in the file that was added, not flagged as duplicates; a detainer is not a person.",
    "detentions": "People at midnight by the stays in the file that was added, not flagged as duplicates.",
}


def file_of(kind: str) -> str | None:
    """The name of the file of a kind that the folder's counts are of."""
    path = store.folder() / FILE
    if not path.is_file():
        return None
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    found = known.get("files", {}).get(kind)
    return str(found["file"]) if found else None


def _table(kind: str, name: str) -> pl.DataFrame | None:
    return store.table(name) if file_of(kind) and store.has(name) else None


def _with_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """The state of each row as its postal code; None for a text that is no state."""
    codes = {text.upper(): one.code for one in (*declared.states(), *declared.territories())
             for text in (one.code, one.name)}  # fmt: skip
    state = pl.col("state").str.strip_chars().str.to_uppercase().replace_strict(codes, default=None)
    return frame.with_columns(printed=pl.col("state"), state=state)


def about(kind: str, months: pl.DataFrame) -> dict[str, Any]:
    """The file that counts of a kind are of, its window, and what they are."""
    return {
        "file": file_of(kind),
        "first_month": months["month"].min(),
        "last_month": months["month"].max(),
        "says": SAYS[kind],
    }


def arrests(state: str | None = None) -> dict[str, Any] | None:
    """Arrests by state and by month in the file that was added; a text that is no state is in ``not_a_state``."""
    frame = _table("arrests", "added_arrests_by_state")
    if frame is None:
        return None
    coded = _with_codes(frame)
    known = coded.drop_nulls("state") if state is None else coded.filter(pl.col("state") == state)
    by_state = known.group_by("state").agg(pl.col("arrests").sum()).sort("arrests", "state", descending=[True, False])
    other = coded.filter(pl.col("state").is_null())
    return {
        **about("arrests", frame),
        "states": by_state.to_dicts(),
        "months": known.group_by("month").agg(pl.col("arrests").sum()).sort("month").to_dicts(),
        "total": int(known["arrests"].sum()),
        "not_a_state": int(other["arrests"].sum()) if state is None else None,
    }


def detainers(state: str, taken: str) -> dict[str, Any] | None:
    """Detainers of a state by month, and why they were lifted, in the file that was added; ``taken`` is the reason
    that says booked into detention."""
    frame = _table("detainers", "added_detainers_by_reason")
    if frame is None:
        return None
    own = _with_codes(frame).filter(pl.col("state") == state)
    count = pl.col("detainers")
    was_taken = count.filter(pl.col("reason") == taken).sum()
    reasons = own.group_by("reason").agg(count.sum()).sort("detainers", "reason", descending=[True, False])
    return {
        **about("detainers", frame),
        "total": int(own["detainers"].sum()),
        "taken": int(own.select(was_taken).item()),
        "months": own.group_by("month").agg(count.sum(), taken=was_taken).sort("month").to_dicts(),
        "reasons": reasons.to_dicts(),
    }


def states_with_detainers() -> tuple[str, ...]:
    """The states that the file of detainers that was added has."""
    frame = _table("detainers", "added_detainers_by_reason")
    return () if frame is None else tuple(sorted(_with_codes(frame)["state"].drop_nulls().unique()))


def facility_months(code: str) -> dict[str, Any] | None:
    """The mean number of people at midnight in a facility, by month, in the added file; one under 5 is withheld."""
    frame = held()
    if frame is None:
        return None
    own = frame.filter(pl.col("code") == code).sort("month")
    shown = own.select("month", "days", small_withheld("midnight"), withheld=pl.col("midnight") < SMALLEST)
    return {**about("detentions", frame), "months": shown.to_dicts()}


def small_withheld(name: str) -> pl.Expr:
    """A column without its numbers under 5."""
    return pl.when(pl.col(name) >= SMALLEST).then(name).alias(name)


def held() -> pl.DataFrame | None:
    """Code, month, midnight and days of every facility in the file of stays that was added."""
    return _table("detentions", "added_facility_months")


def held_by_county() -> dict[tuple[str, Any], float]:
    """By county and month: people at midnight in its facilities, the mean where 5 or more, by the added file."""
    frame = held()
    if frame is None:
        return {}
    counties = store.table("facilities").select("code", "county_fips").drop_nulls()
    days = pl.col("days").cast(pl.Float64)
    reached = days.max().over("month")
    sums = (
        frame.with_columns(people=pl.col("midnight") * days / reached)
        .join(counties, on="code")
        .group_by("county_fips", "month")
        .agg(pl.col("people").sum().round(2))
        .filter(pl.col("people") >= SMALLEST)
    )
    return {(fips, month): people for fips, month, people in sums.iter_rows()}


def arrests_by_site() -> pl.DataFrame | None:
    """Arrests by apprehension site, state and month in the file that was added, under three rules for duplicates."""
    frame = _table("arrests", "added_arrests_by_site")
    return None if frame is None else _with_codes(frame)


def arrests_days() -> dict[Any, int]:
    """By month: the days on which the file of arrests that was added has any."""
    frame = _table("arrests", "added_arrests_days")
    return {} if frame is None else dict(frame.select("month", "days").iter_rows())


def arrests_by_state_month() -> pl.DataFrame | None:
    """Arrests by postal code and month in the file that was added, without flagged rows."""
    frame = _table("arrests", "added_arrests_by_state")
    if frame is None:
        return None
    known = _with_codes(frame).drop_nulls("state")
    return known.group_by("state", "month").agg(pl.col("arrests").sum()).sort("state", "month")
