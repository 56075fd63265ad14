"""The cases that a lawyer can read: tests/custody/*.yml, each decided, and each with its reason."""

import re
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any

import pytest

from custody_making import cases
from custody_reading import FOLDER, case_of, declared, instant_of, met, shown
from ledger287.core.declared import read_yaml
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
        assert found["missed"] and found["cannot_tell"] and met(duty.id, DUTIES), duty.id


def test_where_a_limit_was_passed_the_seconds_are_worked_out() -> None:
    past = [given for given in DUTIES if "over_seconds" in given["expected"]]
    assert len(past) > 20
    for given in past:
        assert re.search(rf"\b{given['expected']['over_seconds']:,} s", given["why"]), given["id"]


def test_a_second_working_of_thirty_cases_agrees_with_the_first() -> None:
    """Each was drawn at random, and worked out from its input and the law before the first answer was looked at."""
    kinds = {"ends": ENDS, "duties": DUTIES}
    again = read_yaml((FOLDER / "again.yml").read_text(encoding="utf-8"))["cases"]
    assert len({(one["of"], one["id"]) for one in again}) == len(again) >= 30
    for one in again:
        first = next(given for given in kinds[one["of"]] if given["id"] == one["id"])
        expected, second, where = first["expected"], one["second"], first.get("zone")
        if one["of"] == "ends":
            assert second["by"] == expected["by"], one["id"]
            times = {"end", "ceiling"} & {*second} & {*expected}
            assert "end" in times
            assert all(instant_of(second[name], where) == instant_of(expected[name], where) for name in times), one[
                "id"
            ]
            continue
        assert all({*second.get(kind, ())} == {*expected.get(kind, ())} for kind in ("missed", "cannot_tell")), one[
            "id"
        ]
        assert second.get("over_seconds") in (None, expected.get("over_seconds")), one["id"]


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
