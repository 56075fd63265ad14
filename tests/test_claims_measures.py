"""Every declared measure: a claim made from the record through it is supported, one that is off never is.

A measure without a sentence here fails the first test. A measure that is the plain reading of its sentence must give
``supported``; one that is only a rarer reading must give ``supported`` or ``supported_if``. A claim off by more than
its precision is contradicted, unless a declared reading or another day gives exactly it, which the answer then shows.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from drawing import draws
from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.evaluating import everywhere, points
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.measures import Reading, measures
from ledger287.factcheck.measures.readings import TOLD_LATER, name_of
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.case import is_later

STATES = ["FL", "TX", "GA", "NC", "PA", "WI", "TN", "VA"]
MODELS = {
    "JEM": " under the jail enforcement model",
    "WSO": " under the warrant service officer model",
    "TFM": " under the task force model",
    None: "",
}
ORDINALS = ["", "most", "second-most", "third-most", "fourth-most", "fifth-most", "sixth-most", "seventh-most",
            "eighth-most", "ninth-most", "tenth-most", "11th-most", "12th-most", "13th-most", "14th-most"]  # fmt: skip
OTHER_DAYS = ("was_true", "became_true")
LATER = timedelta(days=9)
"""How long after its day a synthetic article is printed: longer than "now" reaches back."""


@dataclass(frozen=True)
class Saying:
    """How a measure is said. ``of``: on a day, in a stretch of days, or from one day to another."""

    text: str
    of: str = "day"
    number: str = "count"
    places: str = "any"
    modelled: bool = True
    kind: str | None = None


ON = "Exactly {n} %s held 287(g) agreements{model}{place} on {day}."
SIGNED = "From {first} through {day}, exactly {n} %s signed 287(g) agreements{model}{place}."
STRETCH = "From {first} through {day}, ICE signed {n} 287(g) agreements{model}{place}."
HELD = "ICE had {n} 287(g) agreements{model}{place} on {day}."
GREW = "From {first} to {day}, the number of %s{model}{place} grew by {n}%%."
TIMES = "From {first} to {day}, the number of %s{model}{place} grew {n} times."
ROSE = "From {first} to {day}, the number of %s{model}{place} rose by {n}."
SAYINGS = {
    "agreements": Saying(HELD),
    "rows": Saying(HELD),
    "heading": Saying(HELD, places="nation", modelled=False),
    "signed_since": Saying(HELD, modelled=False),
    "agencies": Saying(ON % "law enforcement agencies"),
    "signed_agencies_since": Saying(ON % "law enforcement agencies", modelled=False),
    "sheriffs": Saying(ON % "sheriff's offices"),
    "sheriff_agreements": Saying(ON % "sheriff's offices"),
    "police": Saying(ON % "police departments"),
    "constables": Saying(ON % "constable offices"),
    "county_agencies": Saying(ON % "county agencies"),
    "police_listed": Saying(ON % "police departments"),
    "state_agencies_listed": Saying(ON % "state agencies"),
    "county_agencies_listed": Saying(ON % "county agencies"),
    "agreements_of_kind": Saying("On {day}, police departments{place} held {n} agreements{model}.", kind="police"),
    "campuses": Saying(ON % "campus police departments"),
    "state_agencies": Saying(ON % "state agencies"),
    "police_and_sheriffs": Saying(ON % "police departments and sheriff's offices"),
    "counties": Saying("Exactly {n} counties{place} had an agency with 287(g) agreements{model} on {day}."),
    "states": Saying("Agencies in exactly {n} states held 287(g) agreements{model} on {day}.", places="none"),
    "territories": Saying("Agencies in exactly {n} territories held 287(g) agreements{model} on {day}.", places="none"),
    "states_and_territories": Saying(
        "Agencies in exactly {n} states and territories held 287(g) agreements{model} on {day}.", places="none"
    ),
    "pending": Saying("Exactly {n} applications to 287(g){place} were pending on {day}.", modelled=False),
    "pending_agencies": Saying("Exactly {n} agencies{place} were pending for 287(g) on {day}.", modelled=False),
    "pending_or_signed": Saying(
        "Exactly {n} agencies{place} had signed or were awaiting approval of 287(g) agreements on {day}.",
        modelled=False,
    ),
    "agreements_and_pending": Saying(
        "Exactly {n} agencies{place} had signed or were awaiting approval of 287(g) agreements on {day}.",
        modelled=False,
    ),
    "signed": Saying(STRETCH, "stretch"),
    "signed_still_listed": Saying(STRETCH, "stretch"),
    "list_growth": Saying(STRETCH, "stretch"),
    "list_growth_agencies": Saying(SIGNED % "law enforcement agencies", "stretch"),
    "signed_agencies": Saying(SIGNED % "law enforcement agencies", "stretch"),
    "signed_sheriffs": Saying(SIGNED % "sheriff's offices", "stretch"),
    "signed_police": Saying(SIGNED % "police departments", "stretch"),
    "signed_counties": Saying(SIGNED % "counties", "stretch"),
    "signed_states": Saying("From {first} through {day}, agencies in exactly {n} new states signed 287(g) agreements.",
                            "stretch", places="none", modelled=False),
    "left": Saying("From {first} through {day}, exactly {n} 287(g) agreements{model}{place} were terminated.",
                    "stretch"),
    "left_agencies": Saying("From {first} through {day}, exactly {n} agencies{place} left the 287(g) program.",
                            "stretch", modelled=False),
    "left_any": Saying("From {first} through {day}, exactly {n} agencies{place} ended their 287(g) agreements.",
                       "stretch", modelled=False),
    "growth_agreements": Saying(GREW % "287(g) agreements", "pair", "percent"),
    "growth_rows": Saying(GREW % "287(g) agreements", "pair", "percent"),
    "growth_agencies": Saying(GREW % "agencies in 287(g)", "pair", "percent"),
    "growth_sheriffs": Saying(GREW % "sheriff's offices in 287(g)", "pair", "percent"),
    "growth_police": Saying(GREW % "police departments in 287(g)", "pair", "percent"),
    "multiple_agreements": Saying(TIMES % "287(g) agreements", "pair", "times"),
    "multiple_agencies": Saying(TIMES % "agencies in 287(g)", "pair", "times"),
    "multiple_sheriffs": Saying(TIMES % "sheriff's offices in 287(g)", "pair", "times"),
    "multiple_police": Saying(TIMES % "police departments in 287(g)", "pair", "times"),
    "change_agreements": Saying(ROSE % "287(g) agreements", "pair"),
    "change_agencies": Saying(ROSE % "agencies in 287(g)", "pair"),
    "change_sheriffs": Saying(ROSE % "sheriff's offices in 287(g)", "pair"),
    "change_police": Saying(ROSE % "police departments in 287(g)", "pair"),
    "share_agreements": Saying("On {day}, {state} accounted for {n}% of all 287(g) agreements.", number="percent",
                               places="state", modelled=False),
    "share_agencies": Saying("On {day}, {state} accounted for {n}% of all agencies with 287(g) agreements.",
                             number="percent", places="state", modelled=False),
    "share_sheriffs": Saying("On {day}, {state} accounted for {n}% of all sheriff's offices with 287(g) agreements.",
                             number="percent", places="state", modelled=False),
    "share_pending": Saying("On {day}, {state} accounted for {n}% of all pending applications to 287(g).",
                            number="percent", places="state", modelled=False),
    "share_counties": Saying("On {day}, {n}% of the counties in {state} had an agency with a 287(g) agreement{model}.",
                             number="percent", places="state"),
    "share_states": Saying("On {day}, {n}% of the states had an agency with a 287(g) agreement.", number="percent",
                           places="none", modelled=False),
    "share_kind_agreements": Saying("On {day}, police departments account for {n}% of all agreements{place}.",
                                    number="percent", places="nation", modelled=False, kind="police"),
    "share_kind": Saying("On {day}, {n}% of the agencies{place} with 287(g) agreements were sheriff's offices.",
                         number="percent", modelled=False, kind="sheriffs"),
    "share_model": Saying("On {day}, {n}% of the 287(g) agreements in {state} followed the{model}.", number="percent",
                          places="state"),
    "share_signed": Saying("Exactly {n}% of the 287(g) agreements{place} were signed from {first} through {day}.",
                           "stretch", "percent", modelled=False),
    "total_counties": Saying("On {day}, agencies in two of the {n} counties in {state} had 287(g) agreements.",
                             places="state", modelled=False),
    "rank_agreements": Saying("On {day}, {state} had the {n} 287(g) agreements{model} of any state.", number="rank",
                              places="state"),
    "rank_agencies": Saying("On {day}, {state} had the {n} agencies with a 287(g) agreement{model} of any state.",
                            number="rank", places="state"),
    "rank_fewest": Saying("On {day}, {state} had the {n} 287(g) agreements{model} of any state.", number="fewest",
                          places="state"),
    "rank_growth": Saying("From {first} to {day}, {state} saw the {n} increase in 287(g) agreements{model}.", "pair",
                          "largest", "state"),
    "rank_growth_percent": Saying("From {first} to {day}, {state} saw the {n} increase in 287(g) agreements{model}.",
                                  "pair", "largest", "state"),
    "gap_agreements": Saying("On {day}, {state} had {n} more 287(g) agreements{model} than {rival}.", places="two"),
    "gap_agencies": Saying("On {day}, {state} had {n} more agencies in 287(g){model} than {rival}.", places="two"),
    "times_agreements": Saying("On {day}, {state} had {n} times as many 287(g) agreements{model} as {rival}.",
                               number="times", places="two"),
    "times_agencies": Saying("On {day}, {state} had {n} times as many agencies in 287(g){model} as {rival}.",
                             number="times", places="two"),
    "states_without": Saying("On {day}, exactly {n} states had no 287(g) agreements{model}.", places="none"),
    "counties_without": Saying("On {day}, exactly {n} counties in {state} had no 287(g) agreements{model}.",
                               places="state"),
}  # fmt: skip
"""Measures whose claims have a figure."""
WORDED = ("gap_models", "gap_kinds", "gap_kinds_agencies")
"""Measures that sentences ask of in words alone; tests/test_claims_relations.py has them."""
STATEMENTS = ("holds", "holds_several", "holds_none", "signed_on", "left_agency", "signed_first", "only")
"""Measures whose claims are of a named agency, made below."""


def test_every_measure_is_made_here() -> None:
    assert set(measures()) == set(SAYINGS) | set(STATEMENTS) | set(WORDED)


@cache
def rows() -> list[dict[str, Any]]:
    table: dict[str, Any] = declared.declared_yaml("factcheck/readings.yml")
    return [row for units in table.values() for several in units.values() for row in several]


def rank_of(measure: str) -> int:
    """How plain a reading the measure is at its plainest; 0 where no declared reading names it."""
    return min((int(row["rank"]) for row in rows() if row["measure"] == measure), default=0)


def plain_measures() -> set[str]:
    return {measure for measure in SAYINGS if rank_of(measure) == 0}


def told(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


@dataclass(frozen=True)
class Made:
    """One claim to be made: the right values, and how a value is said."""

    measure: str
    reading: Reading
    right: list[float]
    article: date
    say: Callable[[float], str]
    number: str

    def written(self, value: float) -> float | None:
        """A value as the sentence can give it, or None."""
        if self.number == "count":
            return float(value) if value >= 2 and value == int(value) else None
        if self.number == "percent":
            return float(round(value)) if value >= 2 else None
        if self.number == "times":
            return round(value, 1) if value >= 1.3 else None
        return float(value) if 1 <= value < len(ORDINALS) else None

    def slack(self, value: float) -> float:
        """How far a value may be from the right one, by its written precision."""
        if self.number == "count":
            zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
            return 0.5 * 10 ** (zeros - 1) if zeros >= 2 else 0
        return {"percent": 1.0, "times": 0.1 * value + 0.05}.get(self.number, 0)


def number_said(number: str, value: float) -> str:
    if number == "count":
        return f"{int(value):,}"
    if number == "percent":
        return f"{int(value)}"
    if number == "times":
        return f"{value:.1f}"
    word = ORDINALS[int(value)]
    best = {"fewest": "fewest", "largest": "largest", "rank": "most"}[number]
    return best if int(value) == 1 else word.replace("most", best)


@st.composite
def claims(draw: st.DrawFn, index: Index, measure: str) -> Made:
    saying = SAYINGS[measure]
    low = 640 if saying.of != "day" or "pending" in measure or "since" in measure else 10
    place = draw(st.integers(low, 880))
    day = index.days[place]
    before = draw(st.integers(20, 120))
    first = max(index.days[0] + timedelta(days=2), day - timedelta(days=before))
    state = draw(st.sampled_from(STATES))
    rival = draw(st.sampled_from([one for one in STATES if one != state]))
    nation = saying.places in ("none", "nation") or (saying.places == "any" and draw(st.booleans()))
    needs_model = measure == "share_model"
    model = draw(st.sampled_from(list(MODELS)[: 3 if needs_model else 4])) if saying.modelled else None
    under = MODELS[model].removeprefix(" under the") if needs_model else MODELS[model]
    against = (rival,) if saying.places == "two" else ()
    scope = Scope(() if nation else (state,), model, saying.kind, against)
    windows = (Days(first, day),) if saying.of == "stretch" else (Days(day, day),)
    base = (Days(first, first),) if saying.of == "pair" else ()
    reading = Reading(measures()[measure], scope, windows, 0, None, base)
    if reading.measure.evaluator in TOLD_LATER:  # as known on the story's day; what is published later supports nothing
        reading = replace(reading, known=day + LATER)
    where = "" if saying.places == "none" else " nationwide" if nation else f" in {name_of(state)}"

    def say(value: float) -> str:
        return saying.text.format(n=number_said(saying.number, value), place=where, state=name_of(state), model=under,
                                  rival=name_of(rival), day=told(day), first=told(first))  # fmt: skip

    found = [point.value for point in points(reading, index) if not is_later(reading, point)]
    return Made(measure, reading, found, day + LATER, say, saying.number)


def answer_to(checker: Checker, made: Made, value: float) -> Answer:
    text = made.say(value)
    answers = checker.check_text(text, published=made.article).answers
    fitting = [one for one in answers if one.claim.figure and abs(one.claim.figure.value - value) < 1e-6]
    assert fitting, (text, [(one.measure, one.claim.figure) for one in answers])
    return next((one for one in fitting if one.measure == made.measure), fitting[0])


RELAXED = settings(max_examples=draws(15, 6), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("measure", sorted(SAYINGS))
def test_a_claim_made_through_a_measure_is_supported(checker: Checker, measure: str) -> None:
    plain = measure in plain_measures()

    @RELAXED
    @given(claims(checker.index, measure))
    def made_is_supported(made: Made) -> None:
        assume(made.right)
        value = made.written(made.right[-1])
        assume(value is not None)
        answer = answer_to(checker, made, value or 0.0)
        shown = (made.say(value or 0.0), answer.verdict, answer.reason)
        if plain:
            assert answer.measure == measure, shown
            assert answer.verdict == "supported", shown
        else:
            allowed = ("supported", "supported_if", *(OTHER_DAYS if rank_of(measure) >= 3 else ()))
            between = rank_of(measure) >= 3 and "what was right in between" in answer.reason  # by a nearer reading
            named = any(note.startswith("it is right counting ") for note in answer.notes)
            exchanged = named and answer.verdict in ("contradicted", *OTHER_DAYS)  # of the unit that is stated
            assert answer.verdict in allowed or (between and answer.verdict == "cannot_tell") or exchanged, shown
        assert answer.evidence, shown

    made_is_supported()


@pytest.mark.parametrize("measure", sorted(SAYINGS))
def test_a_claim_that_is_off_is_never_supported(checker: Checker, measure: str) -> None:
    if measure not in plain_measures():
        pytest.skip("a rarer reading of a sentence whose plain measure is tested")

    @RELAXED
    @given(claims(checker.index, measure), st.floats(0.02, 3).flatmap(lambda part: st.sampled_from([part, -part])))
    def off_is_not(made: Made, part: float) -> None:
        assume(made.right)
        off = math.copysign(max(1, abs(part) * made.right[-1]), part)
        value = made.written(round(made.right[-1] + off, 1) if made.number == "times" else round(made.right[-1] + off))
        assume(value is not None and value >= (2 if made.number in ("count", "percent") else 1))
        said = value or 0.0
        assume(all(abs(one - said) > made.slack(said) for one in made.right))
        answer = answer_to(checker, made, said)
        shown = (made.say(said), answer.verdict, answer.reason)
        assert answer.verdict != "supported", shown
        if answer.verdict in ("was_true", "became_true"):
            values = [point.value for point in everywhere(made.reading, checker.index)]
            assert answer.right, shown
            assert any(abs(one - said) <= made.slack(said) for one in values), shown
        elif answer.verdict == "supported_if":
            assert answer.requires, shown
            assert abs(answer.evidence[0].value - said) <= made.slack(said), shown
        elif answer.verdict == "cannot_tell":
            sorting = made.reading.scope.kind is not None and "how they are sorted" in answer.reason
            assert (
                answer.evidence[0].value == said
                or "is between" in answer.reason
                or "in between is not in the record" in answer.reason
                or sorting
            ), shown
        else:
            assert answer.verdict == "contradicted", shown

    off_is_not()


# -- named agencies ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """A sheriff's office whose name only one state has: its agreements by model, with their lists and signing days."""

    agency: str
    name: str
    state: str


def sheriffs(index: Index) -> Iterator[Stand]:
    names: dict[str, list[str]] = {}
    for agency, (name, *_rest) in index.agencies.items():
        names.setdefault(name, []).append(agency)
    for name, agencies in sorted(names.items()):
        plain = name.isascii() and name.endswith("County Sheriff's Office") and len(name.split()) <= 5
        if len(agencies) == 1 and plain and index.kinds.get(agencies[0]) == "sheriffs":
            yield Stand(agencies[0], name, index.agencies[agencies[0]][1])


def listed(index: Index, agency: str, place: int) -> set[str]:
    return {run.model for run in index.runs if run.agency_id == agency and run.first <= place <= run.last}


@RELAXED
@given(st.data())
def test_who_holds_an_agreement(checker: Checker, data: st.DataObject) -> None:
    index = checker.index
    stand = data.draw(st.sampled_from(list(sheriffs(index))))
    place = data.draw(st.integers(640, 880))
    day = index.days[place]
    near = [listed(index, stand.agency, at) for at in index.window(day, day)]
    assume(all(one == near[0] for one in near))
    models, article = near[0], day + LATER
    where, on = name_of(stand.state), told(day)
    texts = {
        "holds": (f"The {stand.name} in {where} had a 287(g) agreement on {on}.", bool(models)),
        "holds_none": (f"The {stand.name} in {where} had no 287(g) agreement on {on}.", not models),
        "holds_several": (
            f"The {stand.name} in {where} participated in 287(g) under more than one model on {on}.",
            len(models) > 1,
        ),
    }
    for measure, (text, right) in texts.items():
        answer = next(one for one in checker.check_text(text, published=article).answers if one.claim.shape == "holds")
        assert answer.measure == measure, (text, answer.reason)
        assert (answer.verdict == "supported") == right, (text, answer.reason)
        assert right or answer.verdict in ("contradicted", "was_true", "became_true"), (text, answer.reason)


@RELAXED
@given(st.data())
def test_when_an_agency_signed(checker: Checker, data: st.DataObject) -> None:
    index = checker.index
    known = {stand.agency: stand for stand in sheriffs(index)}
    day, _, agency, state, model = data.draw(st.sampled_from([row for row in index.signings if row[2] in known]))
    assume(date(2021, 2, 1) <= day <= date(2026, 4, 20))
    off = data.draw(st.sampled_from([0, 0, 40, -40, -80, 200]))
    said = day + timedelta(days=off)
    assume(date(2021, 2, 1) <= said <= date(2026, 4, 20))
    text = f"The {known[agency].name} in {name_of(state)} signed a 287(g) agreement{MODELS[model]} on {told(said)}."
    answer = next(one for one in checker.check_text(text, published=said + LATER).answers if one.claim.shape == "holds")
    assert answer.measure == "signed_on", (text, answer.reason)
    again = [row[0] for row in index.signings if row[2] == agency and row[4] == model]
    if said in again:
        assert answer.verdict == "supported", (text, answer.reason)
        return
    near = any(said < one <= said + timedelta(days=60) for one in again)  # the agency's own day may be before ICE's
    assert answer.verdict in (("cannot_tell", "supported_if") if near else ("contradicted", "supported_if")), text


@RELAXED
@given(st.data())
def test_who_left(checker: Checker, data: st.DataObject) -> None:
    index = checker.index
    stand = data.draw(st.sampled_from(list(sheriffs(index))))
    runs = [run for run in index.runs if run.agency_id == stand.agency]
    assume(runs)
    last = max(run.last for run in runs)
    gone = last + 1 < len(index.days)
    month = index.days[min(last + 1, len(index.days) - 1)]
    text = f"The {stand.name} in {name_of(stand.state)} ended its 287(g) agreement in {month:%B %Y}."
    answer = next(
        one
        for one in checker.check_text(text, published=month + timedelta(days=40)).answers
        if one.claim.shape == "holds"
    )
    assert answer.measure == "left_agency"
    if month == index.days[-1] and not gone:
        assert answer.verdict == "cannot_tell", "no list of the rest of that month is in the record"
        return
    assert (answer.verdict == "supported") == gone or not gone, (text, answer.reason)
    if len({run.agreement_id for run in runs}) == 1 and not gone:
        assert answer.verdict == "contradicted", (text, answer.reason)


@RELAXED
@given(st.data())
def test_who_was_first(checker: Checker, data: st.DataObject) -> None:
    index = checker.index
    known = {stand.agency: stand for stand in sheriffs(index)}
    day, _, agency, state, _ = data.draw(st.sampled_from([row for row in index.signings if row[2] in known]))
    text = f"The {known[agency].name} became the first in {name_of(state)} to sign a 287(g) agreement."
    answer = next(
        one for one in checker.check_text(text, published=date(2026, 5, 8)).answers if one.claim.shape == "holds"
    )
    first = min(row[0] for row in index.signings if row[3] == state)
    own = min(row[0] for row in index.signings if row[2] == agency)
    assert answer.measure == "signed_first"
    assert answer.verdict == ("supported" if own == first else "contradicted"), (text, answer.reason, day)


def test_who_is_the_only_one(checker: Checker) -> None:
    index = checker.index
    place = len(index.days) - 1
    day = index.days[place]
    tried = 0
    for stand in sheriffs(index):
        alone = index.series("agencies", Scope((stand.state,)))[place] == 1
        here = listed(index, stand.agency, place)
        if not here or (not alone and tried % 40):
            tried += 1
            continue
        tried += 1
        text = (
            f"On {told(day)}, the {stand.name} was the only agency in {name_of(stand.state)} with a 287(g) agreement."
        )
        answers = checker.check_text(text, published=day).answers
        answer = next(one for one in answers if one.measure == "only")
        steady = {index.series("agencies", Scope((stand.state,)))[at] for at in index.window(day, day)} == {1}
        assert (answer.verdict == "supported") == (alone and steady), (text, answer.reason)
