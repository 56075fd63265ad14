"""Whether a named agency held, signed or left an agreement on some days: the answer to a claim that names it.

What enters: a claim of shape ``holds`` with the agencies that its name may be. What leaves: an answer. Promise: agency,
model and day meet in one agreement; what an agency wished or refused is no agreement and is never decided from a list.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, Days, When
from ledger287.factcheck.extract.statements.named.before_lists import by_pages, never_by_pages, since_by_pages
from ledger287.factcheck.extract.statements.named.newest_list import held_before, is_of_now, last_with
from ledger287.factcheck.extract.statements.named.signing import (
    enough_models,
    first_signed,
    other_dating,
    signed_within,
)
from ledger287.factcheck.measures.evaluating import newest
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import moment, name_of, rules
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.verdicts.answers import Answer, Evidence

OTHER_PAPER = "the agreement's document"
MEASURES = {"signed": "signed_on", "left": "left_agency", "absent": "holds_none", "first": "signed_first"}


@dataclass(frozen=True, slots=True)
class Stand:
    """Whether one agency held an agreement on some days, and the list that tells."""

    agency: str
    held: bool
    models: tuple[str, ...]
    signed: tuple[str, ...]
    evidence: Evidence


def held(claim: Claim, name: str, behind: Background, index: Index, *, loose: bool = False) -> Answer:
    """The answer on a named agency. ``loose``: the sentence says "jail agreement" alone, which may be of either model
    that works in jails.
    """
    answer = held_before(_held(claim, name, behind, index), behind.published, index)
    if not loose or claim.model != "JEM" or answer.verdict not in ("contradicted", "was_true", "became_true"):
        return answer
    other = _held(replace(claim, model="WSO"), name, behind, index)
    if other.verdict != "supported":
        return answer
    reason = f"{other.reason.rstrip('.')}; a “jail agreement” may be of either model that works in jails."
    return replace(
        answer, verdict="cannot_tell", reason=reason, right=(), settles="which of the two jail models is meant"
    )


def says_jail(tokens: Sequence[Token]) -> bool:
    """Whether a model that is named is "jail" alone, without "enforcement"."""
    named = [token.text.lower() for token in tokens if token.kind == "MODEL" and token.value == "JEM"]
    return bool(named) and all(text.startswith("jail") and not JAIL_MODEL.search(text) for text in named)


JAIL_MODEL = when_needed(r"enforcement|model")


def _held(claim: Claim, name: str, behind: Background, index: Index) -> Answer:
    verb = {"signed": "signed", "left": "left", "absent": "did not hold", "first": "was the first to sign"}
    by_model = f" under {MODEL_CODES.get(claim.model, claim.model)}" if claim.model else ""
    what = "agreements under all three models" if "all" in claim.under else "an agreement"
    what = "agreements under more than one model" if "several" in claim.under else what
    meaning = f"{name} {verb.get(claim.sense, 'held')} {what}{by_model}"
    if claim.sense == "applied" and (applied := _applied(claim, name, behind, index)):
        return applied
    if claim.sense in ("wish", "never", "applied"):
        return unheld(claim, name, behind, index)
    then = by_pages(claim, name, meaning, index, behind.published)
    if not claim.agencies:
        if not then and claim.when.since and claim.is_plain:
            then = since_by_pages(claim, name, meaning, claim.when, behind.published, index)
        return then or Answer(
            claim,
            "cannot_tell",
            meaning,
            f"no agency named {name} was on any list of the record; it may be listed under another name.",
            measure="holds",
            settles=f"ledger287 agency {name!r}",
        )
    if claim.sense == "first":
        return first_signed(claim, name, index)
    since = claim.when if claim.when.since and claim.is_plain else None
    when = moment(replace(claim, when=When()) if since else claim, behind.published, index)
    if when.outside and claim.sense == "signed" and not claim.under:
        early = _signed_early(claim, meaning, index)
        if early:
            return early
    if when.outside:
        return then or Answer(
            claim,
            "not_in_record",
            meaning,
            f"{when.said} is not in the record: {when.outside}.",
            measure="holds",
            settles="a list of that time",
        )
    by = behind.published.last if behind.published else None
    stands = [_stand(agency, claim, when.windows, index, by) for agency in claim.agencies]
    if since and _is_too_early(claim, since, index):
        if whole := since_by_pages(claim, name, meaning, since, behind.published, index):
            return whole
        known = "; ".join(_worded(stand, index) for stand in stands[:3])
        begin = f"the record's lists begin on {brief(index.days[0])}"
        reason = f"{known}; {begin}, after the beginning that the sentence states."
        return Answer(claim, "not_in_record", meaning, reason, measure="holds", settles="a list of that time")
    if since and since.windows and any(stand.held for stand in stands):
        return _since(claim, meaning, [stand for stand in stands if stand.held], since, index)
    told_ = "; ".join(_worded(stand, index) for stand in stands[:3])
    shown = tuple(stand.evidence for stand in stands[:3])
    measure = MEASURES.get(claim.sense) or ("holds_several" if claim.under else "holds")
    elsewhere = {index.agencies[stand.agency][1] for stand in stands}
    if claim.sense == "left" and len(elsewhere) > 1 and not any(stand.held for stand in stands):
        where = " and ".join(sorted(map(name_of, elsewhere)))
        reason = f"agencies of that name are in {where}, and the sentence does not say which is meant: {told_}."
        return Answer(claim, "cannot_tell", meaning, reason, shown, measure=measure, settles="the state")
    exact = claim.sense == "signed" and all(one.length == 1 for one in claim.when.windows)
    if exact and sum(stand.held for stand in stands) == 1 < len(stands):
        one = next(stand for stand in stands if stand.held)
        state = name_of(index.agencies[one.agency][1])
        return Answer(
            claim,
            "supported",
            meaning,
            f"{_worded(one, index)}.",
            (one.evidence,),
            measure=measure,
            notes=(f"of the agencies with that name, only the one in {state} signed then",),
        )
    if len({stand.held for stand in stands}) > 1:
        where = " and ".join(sorted({name_of(index.agencies[stand.agency][1]) for stand in stands}))
        return Answer(
            claim,
            "cannot_tell",
            meaning,
            f"agencies of that name are in {where}: {told_}.",
            shown,
            measure=measure,
            settles="the state",
        )
    if claim.sense == "left" and stands[0].held and still_listed(claim, when.windows, index):
        told_ = f"{told_}; {ANOTHER}."
        return Answer(claim, "cannot_tell", meaning, told_, shown, measure=measure, settles="whether all are meant")
    if stands[0].held:
        return Answer(claim, "supported" if not when.wide else "was_true", meaning, f"{told_}.", shown, measure=measure)
    return _not_held(claim, meaning, measure, stands, told_, when.windows, index)


def _signed_early(claim: Claim, meaning: str, index: Index) -> Answer | None:
    """A signing before the first list that the day printed later confirms; the lists cannot rule one out."""
    for day, _, agency, _, model in index.signings:
        within = any(window.first <= day <= window.last for window in claim.when.windows)
        if agency in claim.agencies and under(claim.model, model) and within and len(claim.agencies) == 1:
            reason = f"{index.agencies[agency][0]} signed {model} on {brief(day)}, as the lists since then print."
            return Answer(claim, "supported", meaning, reason, measure="signed_on")
    return None


def unheld(claim: Claim, name: str, behind: Background, index: Index) -> Answer:
    """What an agency wishes, weighs, refuses or never did: the lists hold agreements, and say only what is on them."""
    meaning = f"what {name} means to do, or did not do, about an agreement"
    when = moment(replace(claim, when=When()), behind.published, index)
    stands = (
        []
        if when.outside
        else [_stand(agency, replace(claim, sense=""), when.windows, index) for agency in claim.agencies]
    )
    known = "; ".join(_worded(stand, index) for stand in stands[:3])
    once = any(stand.held or stand.signed for stand in stands)
    if claim.sense == "never" and len(stands) == 1 and once:
        stand, shown = stands[0], stands[0].evidence
        label = shown.sentence.partition(": ")[0]
        says = shown.sentence if stand.models else f"{label}: signed {', '.join(stand.signed[:4])}"
        return Answer(claim, "contradicted", f"{name} never held an agreement", f"{known}.",
                      (replace(shown, sentence=says),), measure="holds_none")  # fmt: skip
    by = behind.published.last if behind.published else index.days[-1]
    if claim.sense == "never" and (then := never_by_pages(claim, name, by, index)):
        return then
    reason = "the lists hold agreements that were signed, not what an agency wished, weighed or refused"
    return Answer(
        claim,
        "not_in_record",
        meaning,
        f"{reason}. {known or f'No agency named {name} was on a list'}.",
        tuple(stand.evidence for stand in stands[:3]),
        measure="holds",
        settles="the agency itself, or ICE's pending list",
    )


def _applied(claim: Claim, name: str, behind: Background, index: Index) -> Answer | None:
    """An application that ICE's pending list has: for the days meant, or before the story; None if there is none."""
    when = moment(claim, behind.published, index)
    if len(claim.agencies) != 1 or when.outside:
        return None
    last = max(window.last for window in when.windows)
    first = min(window.first for window in when.windows) if claim.when.windows and not claim.when.since else None
    for place in range(bisect_right(index.pending_days, last) - 1, -1, -1):
        listed = index.pending_lists[place]
        if first and listed.day < first:
            return None
        models = sorted(model for agency, _, model in index.pending_rows[place]
                        if agency == claim.agencies[0] and claim.model in (None, model))  # fmt: skip
        if models:
            label = f"{index.agencies[claim.agencies[0]][0]}, {index.agencies[claim.agencies[0]][1]}"
            says = f"{label}: {', '.join(models)} on the pending list"
            shown = Evidence("pended", says, float(len(models)), None, None, listed.day, listed.file, listed.sha256)
            reason = f"ICE's pending list of {brief(listed.day)} has it, for {', '.join(models)}."
            return Answer(claim, "supported", f"{name} applied for an agreement", reason, (shown,), measure="pended")
    return None


def _is_too_early(claim: Claim, since: When, index: Index) -> bool:
    """Whether a beginning is before the first list, and no signing day of what was listed confirms it."""
    began = max((one.last for one in since.windows), default=index.days[0])
    signings = [
        day for day, _, agency, _, model in index.signings if agency in claim.agencies and under(claim.model, model)
    ]
    return began < index.days[0] and not any(day <= began for day in signings)


def _not_held(
    claim: Claim, meaning: str, measure: str, stands: list[Stand], told_: str, windows: Sequence[Days], index: Index
) -> Answer:
    shown = tuple(stand.evidence for stand in stands[:3])
    if claim.sense == "signed":
        if other := None if claim.under else other_dating(claim, index):
            answer = Answer(claim, "supported_if", meaning, f"{told_}; {other.says}.", shown, requires=other.requires,
                            measure=measure)  # fmt: skip
            return answer if other.requires else replace(answer, verdict="cannot_tell", settles=OTHER_PAPER)
        under_it = f" under {claim.model}" if claim.model else " under all of these" if claim.under else ""
        made = {(stand.agency, one.split()[0]) for stand in stands for one in stand.signed}
        open_ = claim.under and any(enough_models(claim, [model for agency, model in made if agency == stand.agency])
                                   for stand in stands)  # fmt: skip
        return Answer(claim, "cannot_tell" if open_ else "contradicted", meaning,
                      f"{told_}; no signing{under_it} then.", shown, measure=measure,
                      settles="which of the agreements is meant" if open_ else None)  # fmt: skip
    if claim.sense in ("left", "absent"):
        return Answer(claim, "contradicted", meaning, f"{told_}.", shown, measure=measure)
    ever = [run for run in index.runs if run.agency_id in claim.agencies and under(claim.model, run.model)]
    if ever and claim.wording.vague:
        last = index.days[max(run.last for run in ever)]
        return Answer(claim, "contradicted", meaning, f"{told_}; last listed on {brief(last)}.", shown, measure=measure)
    if ever and not claim.under:
        first, last = index.days[min(run.first for run in ever)], index.days[max(run.last for run in ever)]
        days = Days(first, last)
        after = bool(windows) and first > windows[-1].last
        return Answer(
            claim,
            "became_true" if after else "was_true",
            meaning,
            f"{told_}; listed from {days}.",
            shown,
            right=(days,),
            measure=measure,
        )
    return Answer(claim, "contradicted", meaning, f"{told_}.", shown, measure=measure)


def _stand(agency: str, claim: Claim, windows: Sequence[Days], index: Index, by: date | None = None) -> Stand:
    places = sorted({place for window in windows for place in index.window(window.first, window.last)})
    if claim.sense == "" and is_of_now(claim, windows):
        places = places[-1:]  # who holds one now is on the newest list
    edges: tuple[int, ...] = (places[0], places[-1]) if places else ()
    if claim.sense == "absent" and claim.when.since and places:
        began = index.window(claim.when.windows[0].last, claim.when.windows[0].last)[-1]
        edges = (min(began, places[-1]), places[-1])  # none since 2021: none at the end of that year, and none now
        places = list(range(edges[0], edges[-1] + 1))
    mine = [run for run in index.runs if run.agency_id == agency]
    if claim.sense == "absent" and not (claim.when.period or claim.when.since):
        edges = edges[-1:]  # off the list as of this week: by the last list of these days
        runs = [run for run in mine if any(run.first <= place <= run.last for place in edges)]
    else:
        runs = [run for run in mine if any(run.first <= place <= run.last for place in edges)]
        runs += [run for run in mine if places and places[0] <= run.first <= places[-1]]
    models = tuple(sorted({run.model for run in runs}))
    signings = [(day, model) for day, _, signer, _, model in index.signings if signer == agency]
    if claim.sense == "signed":
        held = signed_within(claim, signings)
    elif claim.sense == "left":
        gone = [one for one in _left(agency, claim, windows, index) if by is None or one[0] <= by]
        if gone:
            return _departed(agency, models, gone[-1], index)
        held = False
    elif claim.sense == "absent":
        held = not _under_all(claim.model, models)
    elif claim.under:
        held = enough_models(claim, models)
    else:
        held = _under_all(claim.model, models)
    at = last_with(claim, runs, places)
    listed = index.lists[at] if places else newest(index, windows[-1].last)
    label = f"{index.agencies[agency][0]}, {index.agencies[agency][1]}"
    meeting = [model for model in models if under(claim.model, model)]
    if claim.sense == "signed":
        meeting = [model for day, model in signings if under(claim.model, model)
                   and any(window.first <= day <= window.last for window in claim.when.windows)]  # fmt: skip
    shown = Evidence(
        "holds",
        f"{label}: {', '.join(dict.fromkeys(meeting)) or 'no such agreement'}"
        + (" signed then" if claim.sense == "signed" and meeting else " on the list" if meeting else ""),
        float(len(meeting)),
        None,
        None,
        listed.day if listed else None,
        listed.file if listed else None,
        listed.sha256 if listed else None,
    )
    signed = tuple(f"{model} on {brief(day)}" for day, model in sorted(set(signings)) if under(claim.model, model))
    return Stand(agency, held, models, signed, shown)


def _departed(agency: str, models: tuple[str, ...], gone: tuple[date, str, int], index: Index) -> Stand:
    """An agency that left: the list that had the agreement last, and the first one without it as the evidence."""
    day, model, last = gone
    listed = index.lists[last + 1]
    label = f"{index.agencies[agency][0]}, {index.agencies[agency][1]}"
    says = f"{label}: {model} last on the list of {brief(index.days[last])}, not on the next, of {brief(day)}"
    shown = Evidence("left_agency", says, 0.0, None, None, day, listed.file, listed.sha256)
    return Stand(agency, True, models, (), shown)


MODEL_CODES = {"JEM+WSO": "JEM or WSO", "=JEM+WSO": "JEM or WSO, not TFM"}
"""Models of several kinds, as meanings of claims name them."""


def _under_all(model: str | None, held: Sequence[str]) -> bool:
    """Whether one of the models held is the one that is meant; with "=" before it, and none of them another."""
    alone = model is None or not model.startswith("=") or all(under(model, one) for one in held)
    return alone and any(under(model, one) for one in held)


def still_listed(claim: Claim, windows: Sequence[Days], index: Index) -> bool:
    """Whether the last list of these days has an agreement of the agency, under the model that is meant or any."""
    places = [place for one in windows for place in index.window(one.first, one.last)]
    last = max(places, default=len(index.days) - 1)
    runs = (run for run in index.runs if run.agency_id in claim.agencies and under(claim.model, run.model))
    return any(run.first <= last <= run.last for run in runs)


def _left(agency: str, claim: Claim, windows: Sequence[Days], index: Index) -> list[tuple[date, str, int]]:
    """The lists that no longer had an agreement of the agency, on the days meant or by then: day, model, last list."""
    last: dict[str, tuple[int, str]] = {}
    for run in index.runs:
        if run.agency_id == agency and under(claim.model, run.model):
            last[run.agreement_id] = max((run.last, run.model or ""), last.get(run.agreement_id, (-1, "")))
    gone = sorted(
        (index.days[place + 1], model, place) for place, model in last.values() if place + 1 < len(index.days)
    )
    slack = timedelta(days=rules()["now"]["days"])
    by_then = claim.when.said.lower().startswith(("as of", "by"))
    stated = bool(claim.when.windows) and not claim.when.since and not by_then
    return [one for one in gone if any((not stated or w.first <= one[0]) and one[0] <= w.last + slack for w in windows)]


ANOTHER = "another agreement of it was still on the list"
BEFORE_IT = timedelta(days=31)
"""What was signed so long before the day that "since" names may be said to have begun then by mistake."""


def _since(claim: Claim, meaning: str, stands: Sequence[Stand], since: When, index: Index) -> Answer:
    """Held now, and already at the beginning that the sentence names: by the signing days of what is listed."""
    began = max(one.last for one in since.windows)
    signed = [(day, agency, model) for stand in stands for day, _, agency, _, model in index.signings
              if agency == stand.agency and under(claim.model, model) and day <= began]  # fmt: skip
    by_then = {(agency, model) for _, agency, model in signed}
    told_ = "; ".join(_worded(stand, index) for stand in stands[:3])
    good = any(enough_models(claim, [model for agency, model in by_then if agency == stand.agency]) for stand in stands)
    what = "not all of these" if claim.under else "nothing"
    reason = f"{told_}." if good else f"{told_}; {what} signed by {brief(began)}."
    first = min((window.first for window in since.windows), default=began)
    if good and min(day for day, *_ in signed) < first - BEFORE_IT:
        reason = f"{told_}; it was so before {brief(first)} already."
        return Answer(claim, "cannot_tell", meaning, reason, tuple(stand.evidence for stand in stands[:3]),
                      measure="holds", settles="whether it is said to have begun then")  # fmt: skip
    return Answer(claim, "supported" if good else "contradicted", meaning, reason,
                  tuple(stand.evidence for stand in stands[:3]), measure="holds")  # fmt: skip


def _worded(stand: Stand, index: Index) -> str:
    name, state, *_ = index.agencies[stand.agency]
    if stand.evidence.measure == "left_agency":
        return f"{name} ({state}): {stand.evidence.sentence.partition(': ')[2]}"
    signed = f", signed {', '.join(stand.signed[:4])}" if stand.signed else ""
    if stand.signed and not stand.models and "signed then" in stand.evidence.sentence:
        return f"{name} ({state}): {signed.removeprefix(', ')}"  # not yet on a list: that says nothing against it
    return f"{name} ({state}): {', '.join(stand.models) or 'no agreement on the list then'}{signed}"
