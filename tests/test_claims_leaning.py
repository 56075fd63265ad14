"""A figure that leans on the sentences before it accuses nobody by one of several things that they name."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 5, 8)
TRUE = [
    "North Carolina now has 30 agreements, while Arkansas has 80. At the end of December it had 28.",
    "Alabama now has 61 agreements, while Pennsylvania has 89. The state had 44 at the end of December.",
    "North Carolina has 30 agreements. Nationwide there are 1,783 agreements. At the end of December it had 28.",
    "ICE has 30 agreements with 28 agencies in North Carolina. Together with Louisiana, that makes 70.",
    "28 agreements are in force in Virginia. 26 agencies hold them. By comparison, Alabama has 61.",
    "Alabama now has 61 agreements, while Missouri has 98. Of these, 42 follow the task force model.",
    "Florida now has 346 agreements, while Kansas has 34. The total was 339 at the end of December.",
    "Louisiana has 40 agreements. “We are one of 32,” the sheriff said. The state had 29 at the end of December.",
    "With 380 agreements, Texas is home to 21.3% of the program. Georgia added 21 since "
    "the end of December, and Texas 121.",
    "Georgia now has 64 agreements, while Virginia has 28. Together with Virginia, that makes 92.",
]
FALSE = [
    "North Carolina has 30 agreements. At the end of December it had 128.",
    "Texas has 380 agreements. Of these, 289 follow the task force model.",
    "Texas has 380 agreements. Louisiana has 140.",
    "North Carolina now has 30 agreements, while Arkansas has 80. At the end of December it had 728.",
]


@pytest.mark.parametrize("text", TRUE, ids=[text[-50:] for text in TRUE])
def test_a_true_figure_accuses_nobody(checker: Checker, text: str) -> None:
    checked = checker.check_text(text, published=DAY)
    assert not [one.reason for one in checked.answers if one.against]
    assert not checked.conflicts


@pytest.mark.parametrize("text", FALSE, ids=[text[-50:] for text in FALSE])
def test_a_figure_that_is_right_of_nothing_named_is_contradicted(checker: Checker, text: str) -> None:
    last = checker.check_text(text, published=DAY).answers[-1]
    assert last.verdict == "contradicted", last.reason


THAN_ANOTHER = [
    "Kentucky has 20 agreements. Alabama has five more.",
    "South Carolina has 31 agreements; Georgia has two more.",
    "Pennsylvania has 39 agreements, and Texas has 133 more.",
    "Florida has 65 warrant service officer agreements; Texas has 31 more.",
    "South Carolina has 31 agreements. Tennessee has five more.",
    "Kentucky tiene 20 acuerdos. Alabama tiene cinco más.",
]


@pytest.mark.parametrize("text", THAN_ANOTHER)
def test_how_many_more_than_another_is_no_number_of_signings(checker: Checker, text: str) -> None:
    last = checker.check_text(text, published=date(2025, 9, 15)).answers[-1]
    assert last.verdict == "cannot_tell", last.reason


@pytest.mark.parametrize(
    "text",
    [
        "ICE has agreements in 40 states. Five states, among them Colorado, have one each.",
        "ICE has agreements in 40 states. Twelve states have 20 or more agreements.",
        "The two territories, Guam and the Northern Mariana Islands, hold three.",
    ],
)
def test_places_by_how_many_they_have_are_in_no_conflict(checker: Checker, text: str) -> None:
    checked = checker.check_text(text, published=date(2026, 2, 17))
    assert not checked.conflicts
    assert not [one.reason for one in checked.answers if one.against]


@pytest.mark.parametrize("said", ["like its neighbor North Carolina,", "unlike Georgia,", "like neighboring Georgia,"])
def test_what_is_said_of_another_place_too_is_not_passed_over(checker: Checker, said: str) -> None:
    found = checker.check_text(
        f"South Carolina, {said} has more than 30 agreements.", published=date(2025, 9, 15)
    ).answers
    assert "supported" not in [one.verdict for one in found]


def test_just_as_another_does_is_not_passed_over(checker: Checker) -> None:
    found = checker.check_text("Just as Alabama does, Georgia has 33 agreements.", published=date(2025, 9, 15)).answers
    assert "supported" not in [one.verdict for one in found]


def test_a_part_of_what_was_counted_is_in_no_conflict(checker: Checker) -> None:
    text = (
        "The Robbins Police Department in North Carolina is one of 28 agencies in the state with an agreement. North "
        "Carolina has 30 such agreements, 7 of them of that kind."
    )
    assert not checker.check_text(text, published=DAY).conflicts


JOINED = [
    "Louisiana has 18 287(g) agreements. Together with Arkansas, it has {}.",
    "Louisiana joined late. Together with Arkansas, the state has {} 287(g) agreements.",
    "Louisiana was late. Combined with Arkansas, it has {} 287(g) agreements.",
    "Louisiana was late. With Arkansas, it holds {} 287(g) agreements.",
    "Louisiana has 18 287(g) agreements. Together with Arkansas, that makes {}.",
    "Louisiana has 18 agreements. Together with Arkansas, that is {} 287(g) agreements.",
    "Luisiana llegó tarde. Junto con Arkansas, el estado suma {} acuerdos 287(g).",
    "Luisiana llegó tarde. Con Arkansas, suma {} acuerdos 287(g).",
]


@pytest.mark.parametrize("number", [41, 23])
@pytest.mark.parametrize("text", JOINED)
def test_a_sum_with_what_was_named_before_is_not_that_of_one(checker: Checker, text: str, number: int) -> None:
    last = checker.check_text(text.format(number), published=date(2025, 9, 15)).answers[-1]
    assert last.verdict in ("cannot_tell", "figure_fits"), last.reason
