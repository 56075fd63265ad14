"""Which agencies left the program, and which of them came back, under the same agreement or a new one.

What enters: the runs of the lists, and of the pages before 2021. What leaves: a row for each time that an agency had no
agreement on two lists or more, after a list that had one. Promise: absence from one list is not a departure; the years
without any list (August 2017 to January 2021) are no departure of an agency that is on both sides of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger287.analysis.answers.model import QuestionAnswer, Wording, framed
from ledger287.core.time import Day, as_day, joined
from ledger287.ledger.query.history import reference
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.tables import RecordTable, TableColumn
from ledger287.places.atlas import Atlas

FEWEST_LISTS = 2
"""Absent from fewer lists than this, an agency has not left."""

RETURNS = RecordTable(
    "returns",
    "One time that an agency left the program, and its return if there was one.",
    (
        TableColumn("agency_id", "string", "The agency's id."),
        TableColumn("agency", "string", "The agency's name, as printed last."),
        TableColumn("state", "string", "Postal code of the state or territory."),
        TableColumn("last_listed", "date", "Day of the last list that had it before."),
        TableColumn("left_by", "date", "Day of the first list without it."),
        TableColumn("returned", "date", "Day of the first list that has it again; empty where none does."),
        TableColumn(
            "signed_again",
            "date",
            "Day of signing of the agreement on that list, as printed last; of several the first.",
        ),
        TableColumn("days_away", "integer", "Days from left_by to the return."),
        TableColumn("models_before", "string", "Its models on that last list."),
        TableColumn("models_after", "string", "Its models on the first list after its return."),
        TableColumn("same_agreement", "boolean", "Whether an earlier agreement is back; empty where none is."),
        TableColumn("agreements_before", "string", "Ids of its agreements on that last list, with ; between."),
        TableColumn(
            "agreements_after", "string", "Ids of its agreements on the first list after that, with ; between."
        ),
    ),
    ("agency_id", "left_by"),
)
LEFT = "%(left)s agencies left the lists, and %(returned)s of them came back later."
LEFT_ONE = "%(left)s agencies left the lists, and one of them came back later."
LEFT_NONE = "%(left)s agencies left the lists, and none of them has come back."
NONE_LEFT = "No agency has left the lists."
ONE_BACK = "One agency left the lists and came back later."
ONE_GONE = "One agency left the lists and has not come back."
HOW = "Agencies that came back under an agreement that they had before: %(same)s; under a new one: %(new)s."
NOTE = (
    "The lists do not say why an agency left. The day of return is that of the first list that has the agency again; "
    "the agreement on it was signed on another day, given apart. From August 2017 to January 2021 there were no lists, "
    "and none from before 2011 is in this record."
)
TEXTS = (LEFT, LEFT_ONE, LEFT_NONE, NONE_LEFT, ONE_BACK, ONE_GONE, HOW, NOTE)
"""Every sentence of the answer, for those who translate."""


class _Run(NamedTuple):
    """An agreement of an agency on lists, by their places among pages and lists."""

    agreement_id: str
    model: str
    first: int
    last: int
    signed: date | None


def _sentences(summary: dict[str, Any]) -> Iterator[str]:
    """The sentences for the number that left; how they came back only where some did."""
    if not summary["left"]:
        yield NONE_LEFT
    elif summary["left"] == 1:
        yield ONE_BACK if summary["returned"] else ONE_GONE
    else:
        yield {0: LEFT_NONE, 1: LEFT_ONE}.get(summary["returned"], LEFT)
    if summary["returned"]:
        yield HOW


def returns(
    atlas: Atlas,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
    all_left: bool = False,
) -> QuestionAnswer:
    """Agencies that left and came back, the newest return first; with ``all_left`` those that did not, too."""
    known, code, which = as_day(known_on, "known_on"), read_state(state), read_model(model)
    days, runs, names = _every_run(atlas, known)
    rows = [
        row
        for agency_id, own in runs.items()
        if code in (None, names[agency_id][1])
        for row in _departures(agency_id, [run for run in own if which in (None, run.model)], days, names)
    ]
    back = [row for row in rows if row["returned"]]
    summary = {
        "left": len({row["agency_id"] for row in rows}),
        "returned": len({row["agency_id"] for row in back}),
        "same": len({row["agency_id"] for row in back if row["same_agreement"]}),
        "new": len({row["agency_id"] for row in back if not row["same_agreement"]}),
    }
    shown = sorted(rows if all_left else back, key=lambda row: (row["state"], row["agency"]))
    shown.sort(key=lambda row: row["returned"] or row["left_by"], reverse=True)
    newest, day = atlas.history.newest(None, known), atlas.today()
    return QuestionAnswer(
        "returns",
        day,
        known,
        code,
        which,
        reference(newest, day) if newest else None,
        summary,
        tuple(Wording(text, summary) for text in _sentences(summary)),
        (NOTE,),
        RETURNS,
        framed(RETURNS, shown),
        atlas.cannot_tell_after(day, known),
    )


def _every_run(
    atlas: Atlas, known_on: date | None
) -> tuple[list[date], dict[str, list[_Run]], dict[str, tuple[str, str]]]:
    """The days of pages and lists; agency -> its runs by their places among these; agency -> its name and state."""
    days: list[date] = []
    runs: dict[str, list[_Run]] = defaultdict(list)
    names: dict[str, tuple[str, str]] = {}
    for ledger in [atlas.past.pages, atlas] if atlas.past else [atlas]:
        count, before = ledger.history.known(None, known_on), len(days)
        signing = ledger.signing_days(known_on)
        days += ledger.history.days[:count]
        for run in ledger.history.runs:
            if run.first < count:
                last = min(run.last, count - 1)
                runs[run.agency_id].append(
                    _Run(run.agreement_id, run.model, run.first + before, last + before, signing.get(run.agreement_id))
                )
        for agency_id, name, state in ledger.table("agencies").select("agency_id", "name", "state").iter_rows():
            names[agency_id] = " ".join(name.split()), state
    return days, runs, names


def _departures(
    agency_id: str, runs: list[_Run], days: list[date], names: dict[str, tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    spans = joined([(run.first, run.last) for run in runs])
    for (_, last), after in zip(spans, [*spans[1:], None], strict=False):  # nothing where there are no spans
        away = (after[0] if after else len(days)) - last - 1
        if away < FEWEST_LISTS:
            continue
        then = [run for run in runs if run.first <= last <= run.last]
        again = [run for run in runs if after and run.first <= after[0] <= run.last]
        left, returned = days[last + 1], days[after[0]] if after else None
        yield {
            "agency_id": agency_id,
            "agency": names[agency_id][0],
            "state": names[agency_id][1],
            "last_listed": days[last],
            "left_by": left,
            "returned": returned,
            "signed_again": min((run.signed for run in again if run.signed), default=None),
            "days_away": (returned - left).days if returned else None,
            "models_before": _listed(run.model for run in then),
            "models_after": _listed(run.model for run in again) or None,
            "same_agreement": bool({r.agreement_id for r in then} & {r.agreement_id for r in again}) if again else None,
            "agreements_before": _listed(run.agreement_id for run in then),
            "agreements_after": _listed(run.agreement_id for run in again) or None,
        }


def _listed(found: Iterator[str]) -> str:
    return ";".join(sorted(set(found)))
