"""What a named agency did on a day, read by its verb: decided with open words around it, never with one within it.

The sentences are synthetic. Who signed what on which day is of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

NOVEMBER = date(2025, 11, 20)
FIRM = ("supported", "contradicted", "was_true", "became_true")


def named(checker: Checker, text: str, day: date = NOVEMBER) -> list[str]:
    """The verdicts on the agencies that a text names."""
    found = checker.check_text(text, published=day).answers
    return [one.verdict for one in found if one.claim.shape == "holds"]


READ = [
    "Onslow County, N.C., Sheriff Jim Poe signed a task force agreement on {} that his critics heard of at the fair.",
    "The Onslow County Sheriff's Office in North Carolina, which rents beds to cruise lines, signed a task force "
    "agreement on {}, adding to the work of its clerks.",
    "Onslow County, a bayside place of fishermen, signed a task force agreement on {} and plans to buy eleven boats.",
]


@pytest.mark.parametrize("text", READ)
def test_open_words_around_what_was_signed_leave_it(checker: Checker, text: str) -> None:
    assert "supported" in named(checker, text.format("Nov. 4"))
    assert "supported" not in named(checker, text.format("Oct. 4"))


@pytest.mark.parametrize("text", [
    "The fishing was poor in Onslow County, North Carolina, when its sheriff signed a task force agreement on {}.",
    "Onslow County, North Carolina, is proud of the agreement, having signed a task force agreement on {}.",
])  # fmt: skip
def test_what_somebody_of_an_agency_signed_is_supported_and_never_held_against_it(checker: Checker, text: str) -> None:
    assert "supported" in named(checker, text.format("Nov. 4"))
    assert not {"supported", "contradicted"} & set(named(checker, text.format("Oct. 4")))


@pytest.mark.parametrize("text", [
    "If Onslow County, North Carolina, signed a task force agreement on Nov. 4, its clerks were away.",
    "Onslow County, North Carolina, would have signed a task force agreement on Nov. 4.",
    "Onslow County, North Carolina, almost signed a task force agreement on Nov. 4.",
    "Onslow County, North Carolina, marble signed a task force agreement on Nov. 4.",
    "Onslow County, North Carolina, signed a velvet task force agreement on Nov. 4.",
    "Onslow County, North Carolina, signed a task force agreement saffron on Nov. 4.",
    "Onslow County, North Carolina, signed a task force agreement on Nov. 4 kettle.",
    "The trombone Onslow County, North Carolina, signed a task force agreement on Nov. 4.",
    "It is false that Onslow County, North Carolina, signed a task force agreement on Nov. 4.",
    "Onslow County, North Carolina, signed a task force agreement on Nov. 4, a claim that its sheriff denies.",
])  # fmt: skip
def test_a_word_within_it_or_one_that_takes_it_back_withholds(checker: Checker, text: str) -> None:
    for one in (text, text.replace("Nov. 4", "Oct. 4")):
        assert not set(named(checker, one)) & set(FIRM), one


@pytest.mark.parametrize("what", [
    "signed a contract with a food vendor on Oct. 3", "joined a lawsuit on Oct. 3", "added deputies on Oct. 3",
    "signed a memorandum with the library on Oct. 3", "entered a race of canoes on Oct. 3",
])  # fmt: skip
def test_what_is_no_agreement_of_the_program_is_not_held_against_it(checker: Checker, what: str) -> None:
    text = f"The Onslow County Sheriff's Office in North Carolina {what} and takes part in the 287(g) program."
    assert not set(named(checker, text)) & set(FIRM)


def test_the_day_of_another_agency_is_not_taken(checker: Checker) -> None:
    text = (
        "Onslow County, North Carolina, took part, and the trolls, whose chief signed a jail agreement on Oct. 4, did."
    )
    assert "contradicted" not in named(checker, text)


def test_a_parish_is_of_louisiana(checker: Checker) -> None:
    text = "Lafayette Parish Sheriff Max Poe signed two agreements on Dec. 11 as crowds danced in the streets."
    assert named(checker, text, date(2025, 12, 16))[-1] == "supported"


def test_a_model_elsewhere_in_the_sentence_is_that_of_the_agreement(checker: Checker) -> None:
    text = "Onslow County, North Carolina, sends its clerks to jail enforcement classes, having signed on Nov. 4."
    assert "supported" not in named(checker, text)


def test_what_is_said_of_law_is_named_and_not_judged(checker: Checker) -> None:
    text = "Florida has 317 agreements under the program, and a statute forbids its sheriffs to bathe."
    found = checker.check_text(text, published=date(2025, 8, 20)).answers
    assert [one.verdict for one in found if one.claim.figure is None] == ["cannot_tell"]
