"""Whether a named agency's agreement is off the list: an agreement given up, a name that dropped off, one still kept.

What enters: a claim of sense ``left`` and whether the sentence speaks of the list or of what the agency did. What
leaves: the answer. Promise: the lists show on which day an agreement was listed last, and from which on it was not;
that it ended on a day is never said. What an agency did may reach the list weeks later, so it is held against a
sentence only where the list still had the agreement long after; no list after the story supports it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.verdicts.answers import Answer, Evidence

LAG = timedelta(days=45)
"""So long what an agency did may not be on the list yet."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Departure:
    """The last list that had an agreement of an agency, and the first one without it."""

    model: str
    last: int
    last_day: date
    first_without: date


def departures(claim: Claim, index: Index) -> list[Departure]:
    """When agreements of a claim's agencies and model left the list, and were not on the next one."""
    found = []
    mine = [run for run in index.runs if run.agency_id in claim.agencies and under(claim.model, run.model)]
    for run in mine:
        gone = run.last + 1
        goes_on = any(one.first <= gone <= one.last and one.model == run.model for one in mine)
        if gone < len(index.days) and not goes_on:
            found.append(Departure(run.model or "", run.last, index.days[run.last], index.days[gone]))
    return sorted(found, key=lambda one: one.first_without)


def left(claim: Claim, name: str, by: date, index: Index, *, of_list: bool) -> Answer:
    """The answer to the claim that one agency's agreement is no more."""
    what = f"an agreement under {claim.model}" if claim.model else "its agreement"
    meaning = f"{name} no longer has {what} on the list" if of_list else f"{name} gave up {what}"
    if len(claim.agencies) != 1:
        reason = f"no agency named {name} was on a list." if not claim.agencies else f"several are named {name}."
        return Answer(claim, "cannot_tell", meaning, reason, measure="left_agency", settles="the agency that is meant")
    if by < index.days[0]:
        reason = f"the record's lists begin on {brief(index.days[0])}."
        return Answer(claim, "not_in_record", meaning, reason, measure="left_agency", settles="a list of that time")
    place = index.window(by, by)[-1]
    label = f"{index.agencies[claim.agencies[0]][0]} ({index.agencies[claim.agencies[0]][1]})"
    mine = [run for run in index.runs if run.agency_id == claim.agencies[0] and run.first <= place]
    there = [run for run in mine if under(claim.model, run.model) and run.last >= place]
    gone = [one for one in departures(claim, index) if one.first_without <= by]
    said = "; ".join(_worded(one) for one in gone[-2:])
    if not gone:
        return _still(claim, meaning, label, place, index, of_list=of_list)
    if there:
        models = ", ".join(sorted({run.model or "" for run in there}))
        reason = f"{label}: {said}; {models} was on the list of {brief(index.days[place])}."
        return _shown(claim, "cannot_tell", meaning, reason, place, index, settles="which of its agreements is meant")
    windows = claim.when.windows
    fits = [one for one in gone if not windows or _is_within(one, claim) or (of_list and _is_first_without(one, claim))]
    if fits:
        return _shown(claim, "supported", meaning, f"{label}: {_worded(fits[-1])}.", fits[-1].last + 1, index)
    if open_ := [one for one in gone if _meets(one, claim)]:
        reason = f"{label}: {_worded(open_[-1])}; on which day in between is not in the record."
        return _shown(claim, "cannot_tell", meaning, reason, open_[-1].last + 1, index, settles="a list in between")
    near = not of_list and all(one.last_day >= windows[0].first - LAG for one in gone[-1:])
    near = near and gone[-1].first_without <= windows[-1].last + LAG + LAG
    reason = f"{label}: {said}"
    if near:
        reason += "; when it gave the agreement up is not on the lists."
        return _shown(claim, "cannot_tell", meaning, reason, gone[-1].last + 1, index, settles="the agency itself")
    return _shown(claim, "contradicted", meaning, f"{reason}.", gone[-1].last + 1, index)


def _still(claim: Claim, meaning: str, label: str, place: int, index: Index, *, of_list: bool) -> Answer:
    """What an agency is said to have no more, and the lists had until the story's day, or never."""
    mine = [run for run in index.runs if run.agency_id == claim.agencies[0] and run.first <= place]
    own = [run for run in mine if under(claim.model, run.model)]
    day = brief(index.days[place])
    if not own:
        models = ", ".join(sorted({run.model or "" for run in mine}))
        reason = f"{label}: no list by {day} had such an agreement{f', only {models}' if models else ''}."
        firm = bool(mine) and claim.model is not None and not _is_early(claim, index)
        return _shown(claim, "contradicted" if firm else "cannot_tell", meaning, reason, place, index,
                      settles=None if firm else "a list of that time")  # fmt: skip
    last = max(run.last for run in own)
    models = ", ".join(sorted({run.model or "" for run in own}))
    windows = claim.when.windows
    reached = index.days[place] >= windows[-1].last if windows else True
    late = index.days[last] >= index.days[place] + LAG
    if (of_list and reached) or late:
        until = f", and last on that of {brief(index.days[last])}" if late else ""
        reason = f"{label}: {models} was on the list of {day}{until}."
        return _shown(claim, "contradicted", meaning, reason, place, index)
    reason = f"{label}: {models} was on the list of {day}; that may follow later."
    return _shown(claim, "cannot_tell", meaning, reason, place, index, settles="a later list")


def gave_up_some(
    claim: Claim, name: str, by: date, index: Index, numbers: tuple[str | None, str | None, str | None]
) -> Answer:
    """How many of its agreements an agency gave up: by the list before the last change, and the newest."""
    meaning = f"{name} gave up {numbers[0] or numbers[1]} of its agreements"
    if len(claim.agencies) != 1 or by < index.days[0]:
        reason = "which agency is meant, or what it had, is not in the record."
        return Answer(claim, "cannot_tell", meaning, reason, measure="left_agency", settles="the agency that is meant")
    place = index.window(by, by)[-1]
    gone = [one for one in departures(claim, index) if one.first_without <= by]
    label = f"{index.agencies[claim.agencies[0]][0]} ({index.agencies[claim.agencies[0]][1]})"
    now = _models_on(claim, place, index)
    if not gone:
        reason = f"{label}: {', '.join(now) or 'no agreement'} on the list of {brief(index.days[place])}; none left it."
        return _shown(claim, "cannot_tell", meaning, reason, place, index, settles="a later list")
    recent = [one for one in gone if one.first_without >= gone[-1].first_without - LAG]
    had = _models_on(claim, min(one.last for one in recent), index)
    reason = (
        f"{label}: {', '.join(had)} on the list of {brief(min(one.last_day for one in recent))}, "
        f"{', '.join(now) or 'none'} on that of {brief(index.days[place])}."
    )
    every, some, of = numbers
    if every:
        right = not now and (every == "all" or len(had) == NUMBERS[every])
    else:
        right = len(had) - len(now) == NUMBERS[some or "one"] and (of is None or len(had) == NUMBERS[of])
    old = claim.when.windows and not any(_meets(one, claim) for one in recent)
    verdict = "supported" if right and not old else "cannot_tell" if right else "contradicted"
    return _shown(
        claim, verdict, meaning, reason, place, index, settles=None if verdict != "cannot_tell" else "the day"
    )


NUMBERS = {"one": 1, "two": 2, "both": 2, "three": 3}


def _models_on(claim: Claim, place: int, index: Index) -> list[str]:
    """The models of an agency's agreements on one list."""
    return sorted(run.model or "" for run in index.runs
                  if run.agency_id in claim.agencies and run.first <= place <= run.last)  # fmt: skip


def _is_early(claim: Claim, index: Index) -> bool:
    """Whether the agency is on the very first lists: what it had before them is not in the record."""
    return any(run.agency_id == claim.agencies[0] and run.first == 0 for run in index.runs)


def _meets(one: Departure, claim: Claim) -> bool:
    """Whether an agreement may have left the list within the days meant."""
    return any(one.last_day <= window.last and one.first_without >= window.first for window in claim.when.windows)


def _is_first_without(one: Departure, claim: Claim) -> bool:
    """Whether the first list without an agreement is of the days meant."""
    return any(window.first <= one.first_without <= window.last for window in claim.when.windows)


def _is_within(one: Departure, claim: Claim) -> bool:
    """Whether both lists that show that an agreement left are of the days meant, or of the days next to them."""
    return any(
        one.last_day >= window.first - ONE_DAY and one.first_without <= window.last + ONE_DAY and _meets(one, claim)
        for window in claim.when.windows
    )


def _worded(one: Departure) -> str:
    return f"{one.model} last on the list of {brief(one.last_day)}, not on the next, of {brief(one.first_without)}"


def _shown(
    claim: Claim, verdict: str, meaning: str, reason: str, place: int, index: Index, *, settles: str | None = None
) -> Answer:
    listed = index.lists[place]
    says = reason.rstrip(".")
    shown = Evidence("left_agency", says, 0.0, None, None, listed.day, listed.file, listed.sha256)
    return Answer(claim, verdict, meaning, reason, (shown,), measure="left_agency", settles=settles)  # type: ignore[arg-type]
