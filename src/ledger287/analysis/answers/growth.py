"""How the program grew, month by month: agreements and agencies by model, kind of agency or state.

What enters: the runs of the lists. What leaves: one row per month and group, of the last list of the month. Promise: a
month without a list has no row, and the last month says of which day its list is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.history import History, ListedRun, counted, reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas

BY = ("all", "model", "kind", "state")
GROWTH = RecordTable(
    "growth",
    "One month and group: the agreements in force on the last list of the month.",
    (
        TableColumn("month", "string", "The month, as 2025-08."),
        TableColumn("day", "date", "Day of the last list of the month."),
        TableColumn("by", "string", "all, model, kind or state."),
        TableColumn("group", "string", "The model, kind of agency or state; all where not grouped."),
        TableColumn("agreements", "integer", "Agreements in force."),
        TableColumn("agencies", "integer", "Agencies with an agreement."),
        TableColumn("signed", "integer", "Agreements signed in the month, including those no longer in force."),
    ),
    ("month", "group"),
)
GREW = "From %(first_day)s to %(last_day)s the agreements in force went from %(first)s to %(last)s."
MOST = "Most agreements were signed in %(peak_month)s: %(peak)s."
NO_LIST = "Cannot tell: no list of this record was published by %(known)s; the first is of %(begins)s."
NOTHING = "No agreement of this kind is on a list of this record."
NOTE = (
    "Each figure is from the last list of its month. Signed counts signing days as last printed, for agreements on "
    "any list."
)


def growth(
    atlas: Atlas, *, known_on: Day | None = None, state: str | None = None, model: str | None = None, by: str = "all"
) -> QuestionAnswer:
    """Agreements and agencies at the end of each month since January 2021, and those signed in it."""
    if by not in BY:
        expected = f": expected one of {', '.join(BY)}, found {by!r}."
        raise QueryError("no_such_choice", QueryField("by"), expected, choices=BY)
    known, code, which = as_day(known_on, "known_on"), read_state(state), read_model(model)
    history, day = atlas.history, atlas.today()
    count = history.known(None, known)
    groups: dict[str, list[ListedRun]] = defaultdict(list)
    for run in history.runs:
        if run.first < count and code in (None, run.state) and which in (None, run.model):
            groups[_group(atlas, run, by)].append(run)
    places = _month_ends(history.days[:count])
    signed = atlas.signing_days(known)
    rows = [row for name in sorted(groups) for row in _months(history, groups[name], places, count, by, name, signed)]
    rows.sort(key=lambda row: row["month"])
    newest = history.newest(None, known)
    summary = _summary(rows)
    return QuestionAnswer(
        "growth",
        day,
        known,
        code,
        which,
        reference(newest, day) if newest else None,
        summary,
        tuple(_sentences(summary)) if rows else (_nothing(atlas, known, count),),
        (NOTE,),
        GROWTH,
        framed(GROWTH, rows),
        atlas.cannot_tell_after(day, known),
    )


def _sentences(summary: Mapping[str, Any]) -> Iterator[Wording]:
    """The sentences that the figures allow: no month has the most signings where none was signed."""
    yield Wording(GREW, summary)
    if summary["peak"]:
        yield Wording(MOST, summary)


def _nothing(atlas: Atlas, known: date | None, count: int) -> Wording:
    """Why there is no row: no list was published by then, or none has such an agreement."""
    if known and not count:
        return Wording(NO_LIST, {"known": known, "begins": atlas.history.days[0]})
    return Wording(NOTHING, {})


def _group(atlas: Atlas, run: ListedRun, by: str) -> str:
    if by == "model":
        return run.model or "unknown"
    if by == "kind":
        return atlas.jurisdiction_of[run.agency_id].kind
    return run.state if by == "state" else "all"


def _month_ends(days: list[date]) -> dict[str, int]:
    """Month -> the place of its last list."""
    return {f"{day:%Y-%m}": place for place, day in enumerate(days)}


def _months(
    history: History,
    runs: list[ListedRun],
    places: dict[str, int],
    count: int,
    by: str,
    name: str,
    days: Mapping[str, date],
) -> list[dict[str, Any]]:
    agreements = counted(((run.agreement_id, run.first, run.last) for run in runs), count)
    agencies = counted(((run.agency_id, run.first, run.last) for run in runs), count)
    signed = Counter(f"{days[key]:%Y-%m}" for key in {run.agreement_id for run in runs} if key in days)
    return [
        {
            "month": month,
            "day": history.days[place],
            "by": by,
            "group": name,
            "agreements": agreements[place],
            "agencies": agencies[place],
            "signed": signed[month],
        }
        for month, place in places.items()
    ]


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    if not rows:
        return {}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        totals[row["month"]].update({"agreements": row["agreements"], "signed": row["signed"]})
    months = sorted(totals)
    peak = max(months, key=lambda month: totals[month]["signed"])
    return {
        "first_day": rows[0]["day"],
        "last_day": rows[-1]["day"],
        "first": totals[months[0]]["agreements"],
        "last": totals[months[-1]]["agreements"],
        "peak_month": date.fromisoformat(f"{peak}-01"),
        "peak": totals[peak]["signed"],
    }
