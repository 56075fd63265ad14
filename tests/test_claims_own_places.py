"""Numbers of another state that are set against the first one's, models behind names, days behind two models.

The sentences are synthetic; the counts and signings are of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker


def shown(checker: Checker, text: str, day: date) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Figure, states and model of the counts of a text, with those of the named agencies left out."""
    found = checker.check_text(text, published=day).answers
    return [
        (one.claim.figure.said, one.claim.where.states, one.claim.model)
        for one in found
        if one.claim.figure and one.claim.shape == "count"
    ]


@pytest.mark.parametrize(("text", "read"), [
    ("Missouri ranks third with 71 agreements, behind Texas with 335.", [("71", "MO"), ("335", "TX")]),
    ("Florida has 344 agreements, nine more than Texas with 335.", [("344", "FL"), ("335", "TX")]),
    ("North Carolina has 18 agreements, behind Texas, at 50.", [("18", "NC"), ("50", "TX")]),
])  # fmt: skip
def test_a_number_behind_another_place_is_of_that_place(
    checker: Checker, text: str, read: list[tuple[str, str]]
) -> None:
    assert [(said, states[0]) for said, states, _ in shown(checker, text, date(2026, 3, 20))] == read


def test_a_number_of_another_place_is_not_held_to_the_model_before_it(checker: Checker) -> None:
    text = "Florida has 271 task force agreements, ahead of Texas with 335 agreements."
    found = checker.check_text(text, published=date(2026, 3, 20)).answers
    assert [one.verdict for one in found if one.claim.figure and one.claim.figure.said == "335"] == ["cannot_tell"]


@pytest.mark.parametrize(("text", "verdict"), [
    ("Four Utah sheriffs — Washington, Utah, Kane and Beaver counties — have task force agreements.", "supported"),
    ("Two Utah sheriffs — Washington and Utah counties — have task force agreements.", "cannot_tell"),
])  # fmt: skip
def test_names_between_dashes_leave_the_model_to_what_is_counted(checker: Checker, text: str, verdict: str) -> None:
    found = checker.check_text(text, published=date(2025, 11, 20)).answers
    assert [(one.claim.model, one.verdict) for one in found if one.claim.shape == "count"] == [("TFM", verdict)]


def test_a_day_behind_two_agreements_is_not_held_against_the_first(checker: Checker) -> None:
    text = "Collier County, Florida, has a jail agreement and a task force agreement, which it signed on Feb. 24, 2025."
    found = checker.check_text(text, published=date(2025, 11, 20)).answers
    assert [one.verdict for one in found if one.claim.shape == "holds"] == ["cannot_tell", "supported"]
