"""Who has an agreement and signed it on a day: both must hold, in one agreement, on the story's day."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

SUMMER, MAY = date(2025, 9, 20), date(2026, 5, 8)

ENDED = [
    "The Bucks County Sheriff's Office in Pennsylvania has a 287(g) agreement, which it signed on May 13, 2025.",
    "The Bucks County Sheriff's Office in Pennsylvania is in the program, having signed on May 13, 2025.",
    "The Bucks County Sheriff's Office in Pennsylvania takes part in the program, which it joined on May 13, 2025.",
    "Bucks County, Pennsylvania, works with ICE under an agreement that was signed in May 2025.",
    "The Harford County Sheriff's Office in Maryland, which signed in June 2020, holds a 287(g) agreement.",
    "The Virginia State Police hold an agreement, signed in February 2025.",
    "La oficina del alguacil del condado de Bucks, en Pensilvania, tiene un acuerdo 287(g), que firmó en mayo de 2025.",
    "El condado de Bucks, Pensilvania, tiene un acuerdo, firmado el 13 de mayo de 2025.",
]


def verdicts(checker: Checker, text: str, day: date = MAY) -> set[str]:
    """The verdicts on the named agencies of a text."""
    found = checker.check_text(text, published=day).answers
    return {one.verdict for one in found if one.claim.shape == "holds"}


@pytest.mark.parametrize("text", ENDED)
def test_what_ended_since_is_not_had(checker: Checker, text: str) -> None:
    assert verdicts(checker, text) in ({"was_true"}, {"cannot_tell"}, {"was_true", "cannot_tell"})


def test_most_of_them_were_true_and_the_answer_says_until_when(checker: Checker) -> None:
    found = checker.check_text(ENDED[0], published=MAY).answers
    assert all(one.verdict == "was_true" and "Jan 13, 2026" in one.reason for one in found if one.claim.agencies)


@pytest.mark.parametrize("text", [ENDED[0], ENDED[3], ENDED[5], ENDED[6]])
def test_it_was_so_while_it_was_on_the_list(checker: Checker, text: str) -> None:
    assert verdicts(checker, text, SUMMER) == {"supported"}


@pytest.mark.parametrize("text", [
    "The Collier County Sheriff's Office in Florida has a task force agreement, which it signed on Feb. 24, 2025.",
    "The Collier County Sheriff's Office in Florida is in the program, having signed in February 2025.",
    "La oficina del alguacil del condado de Collier, en Florida, tiene un acuerdo, que firmó el 24 de febrero de 2025.",
    "The Bucks County Sheriff's Office in Pennsylvania had a task force agreement, which it signed on May 13, 2025.",
    "The Bucks County Sheriff's Office in Pennsylvania has signed an agreement, on May 13, 2025.",
])  # fmt: skip
def test_what_is_in_force_and_what_is_told_of_the_past_is_supported(checker: Checker, text: str) -> None:
    assert verdicts(checker, text) == {"supported"}


def test_another_signing_day_than_the_agreement_in_force_has_is_contradicted(checker: Checker) -> None:
    text = "The Collier County Sheriff's Office in Florida has a task force pact, which it signed on Feb. 27, 2025."
    assert verdicts(checker, text) == {"contradicted"}


@pytest.mark.parametrize("text", [
    "The Collier County Sheriff's Office in Florida has an agreement, which Sheriff Jane Roe signed in February 2025.",
    "The Bucks County Sheriff's Office in Pennsylvania has an agreement, which Sheriff Jane Roe signed in May 2025.",
])  # fmt: skip
def test_no_list_says_who_signed(checker: Checker, text: str) -> None:
    """The sheriff's name is invented."""
    assert "supported" not in verdicts(checker, text)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The Lyon County Sheriff's Office in Nevada has a task force agreement, which it signed on June 3, 2025.",
         "contradicted"),
        ("The Lyon County Sheriff's Office in Nevada has a jail agreement, which it signed on June 3, 2025.",
         "supported"),
        ("The Collier County Sheriff's Office has a jail agreement and signed it on Feb. 24, 2025.", "contradicted"),
        ("The Crow Wing County Sheriff's Office in Minnesota has a warrant service agreement that it signed on April "
         "25, 2025.", "contradicted"),
    ],
)  # fmt: skip
def test_the_model_that_is_had_is_the_model_that_was_signed(checker: Checker, said: str, verdict: str) -> None:
    """Another model's agreement of the same day is no second answer."""
    answers = checker.check_text(said, published=date(2026, 5, 8)).answers
    assert [one.verdict for one in answers] == [verdict]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The Kootenai County Sheriff's Office in Idaho has two 287(g) agreements, both of which it signed on Aug. 28, "
         "2025.", "supported"),
        ("The Red Willow County Sheriff's Office in Nebraska has two 287(g) agreements, which it signed on April "
         "5, 2026.",
         "contradicted"),
        ("The Kootenai County Sheriff's Office in Idaho had two 287(g) agreements on Aug. 1, 2025.", "contradicted"),
    ],
)  # fmt: skip
def test_how_many_are_had_is_of_now_where_the_day_is_of_the_signing(checker: Checker, said: str, verdict: str) -> None:
    answers = checker.check_text(said, published=date(2026, 5, 8)).answers
    assert [one.verdict for one in answers if one.claim.figure] == [verdict]
