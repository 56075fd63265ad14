"""The cases that a lawyer can read: tests/custody/*.yml, each decided, and each with its reason."""

from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any

import pytest

from custody_making import cases
from custody_reading import case_of, declared, instant_of, shown
from ledger287.custody.case.case import decide
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.vocabulary import codes
from ledger287.custody.duties.table import BIT, CLOCKS, HOLDS, named, problems_named
from ledger287.custody.duties.table import DUTIES as DUTIES_OF_AUDITS

ENDS = [*declared("ends.yml"), *declared("weeks.yml")]
DUTIES = [*declared("duties.yml"), *declared("events.yml"), *declared("bars.yml")]


@pytest.mark.parametrize("given", ENDS, ids=lambda given: given["id"])
def test_when_a_hold_must_have_ended(given: dict[str, Any]) -> None:
    found, expected, zone = decide(case_of(given), law()), given["expected"], given.get("zone")
    assert set(expected) <= {"end", "by", "ceiling"}
    end = instant_of(expected["end"], zone)
    assert found.limit == end, f"{given['why']} Found {shown(found.limit, zone)}."
    assert CLOCKS[found.governing] == expected["by"], given["why"]
    if "ceiling" in expected:
        ceiling = found.limits.regulation
        assert ceiling == instant_of(expected["ceiling"], zone), f"{given['why']} Found {shown(ceiling, zone)}."


@pytest.mark.parametrize("given", DUTIES, ids=lambda given: given["id"])
def test_what_was_missed(given: dict[str, Any]) -> None:
    found, expected = decide(case_of(given), law()), given["expected"]
    assert set(expected) <= {"missed", "cannot_tell", "problems", "hold", "over_seconds"}
    assert set(named(found.missed)) == set(expected.get("missed", ())), given["why"]
    assert set(named(found.open)) == set(expected.get("cannot_tell", ())), given["why"]
    assert set(problems_named(found.problems)) == set(expected.get("problems", ())), given["why"]
    if "hold" in expected:
        assert HOLDS[found.hold] == expected["hold"]
    if "over_seconds" in expected:
        assert found.over == expected["over_seconds"], given["why"]


def test_there_are_enough_cases_and_each_says_why() -> None:
    ids = [given["id"] for given in (*ENDS, *DUTIES)]
    assert len(ids) >= 200
    assert all(given["why"].strip() for given in (*ENDS, *DUTIES))
    assert all(len({given["id"] for given in cases}) == len(cases) for cases in (ENDS, DUTIES))


def test_every_state_whose_law_bears_on_holds_has_a_case() -> None:
    """Of a state that bars holds one at least that missed it, and one of any state with a provision on holds."""
    worked = [given for given in (*ENDS, *DUTIES) if given.get("state")]
    missed = {given["state"] for given in worked if "state_forbids" in given["expected"].get("missed", ())}
    checked = {
        state: [clock for clock in clocks if not clock.rule.endswith("holds-not-checked")]
        for state, clocks in law().by_state.items()
    }
    assert {state for state, clocks in checked.items() if clocks} <= {given["state"] for given in worked}
    assert {
        state for state, clocks in checked.items() if any(one.decides and not one.hours for one in clocks)
    } <= missed


def test_of_each_duty_a_case_missed_it_met_it_and_cannot_tell() -> None:
    for duty in DUTIES_OF_AUDITS:
        found = {
            verdict: [given["id"] for given in DUTIES if duty.id in given["expected"].get(verdict, ())]
            for verdict in ("missed", "cannot_tell")
        }
        assert found["missed"] and found["cannot_tell"], duty.id
        assert len(DUTIES) > len(found["missed"]) + len(found["cannot_tell"]), duty.id


def test_a_case_on_several_forms_has_what_it_has_on_each() -> None:
    """Missed is what is missed on each form, and open what is missed or open on any; of a hold that is past each of
    the ends the latest is given, past which it certainly was, and of any other the earliest."""
    forms, later = tuple(range(1, len(codes("detainer_form")) + 1)), 0
    for case in cases(800, 287):
        each = [decide(replace(case, coded={**case.coded, "detainer_form": form}), law()) for form in forms]
        found = decide(replace(case, forms=forms), law())
        missed = reduce(and_, (one.missed for one in each))
        assert found.missed == missed
        assert found.open == reduce(or_, (one.missed | one.open for one in each)) & ~missed
        ends = [one.limit for one in each if one.limit is not None]
        past_each = bool(missed & BIT["over_limit"])
        assert found.limit == (max if past_each else min)(ends, default=None)
        if past_each:
            assert found.over == min(one.over for one in each if one.over is not None)
            later += len(set(ends)) > 1
    assert later, "of some of these holds the forms have different ends"
