"""The cases that a lawyer can read: tests/custody/*.yml, each decided, and each with its reason."""

from typing import Any

import pytest

from custody_reading import case_of, declared, instant_of, shown
from ledger287.custody.case.case import decide
from ledger287.custody.case.hold_law import law
from ledger287.custody.duties.table import CLOCKS, HOLDS, named, problems_named
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
