"""What is beyond a figure's clause may have any words, by its kind; in the clause, and in other kinds, none.

The sentences are synthetic. Each is right with the first figure and wrong with the second.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

AUGUST = date(2025, 8, 14)
FIRM = ("supported", "supported_if", "contradicted", "arithmetic_holds", "arithmetic_fails")

BEYOND = [
    "By the sentencing-reform group’s reckoning, ICE has {} agreements in 40 states.",
    "A sentencing-reform group found that ICE has {} agreements in 40 states.",
    "A report by a Columbus housing group describes how ICE has signed {} agreements in 40 states.",
    "A report from a Columbus sentencing clinic says ICE has {} agreements in 40 states.",
    "Lawyers for bewildered motorists point out that ICE has {} agreements in 40 states.",
    "Advocates who have chronicled raids from Toledo say ICE has {} agreements in 40 states.",
    "The union that represents deputies says ICE has {} agreements in 40 states.",
    "ICE has {} agreements in 40 states, and motorists in Columbus have begun to avoid highways.",
    "ICE has {} agreements in 40 states, but pastors along the lake have opened shelters.",
    "ICE has quickly signed {} agreements in 40 states in its bid to widen the dragnet.",
    "ICE has {} agreements in 40 states, to the dismay of pastors.",
]
WITHHELD = [
    "ICE has {} orchard agreements in 40 states, and motorists in Columbus have begun to avoid highways.",
    "ICE has reportedly signed {} agreements in 40 states in its bid to widen the dragnet.",
    "A sentencing-reform group never found that ICE has {} agreements in 40 states.",
    "By the sentencing-reform group’s old list, ICE has {} agreements in 40 states.",
    "Lawyers for bewildered motorists deny that ICE has {} agreements in 40 states.",
    "ICE has {} agreements in 40 states, but motorists in Columbus say they are fewer.",
    "ICE has {} agreements in 40 states, but a clerk in Columbus shredded them.",
    "ICE has {} agreements in 40 states, and the orchard is a figment.",
    "ICE has {} agreements in 40 states, if the motorists of Columbus are right.",
    "There are {} agreements signed grudgingly.",
    "There are {} grudgingly signed agreements.",
    "ICE has {} agreements in 40 states, borrowed from the orchard towns.",
    "ICE has {} agreements in 40 states, in its bid to end the program.",
]


def figures(checker: Checker, text: str, value: int) -> list[str]:
    found = checker.check_text(text.format(value), published=AUGUST).answers
    return [one.verdict for one in found if one.claim.figure and one.claim.figure.value == value]


@pytest.mark.parametrize("text", BEYOND)
def test_any_words_beyond_the_clause_leave_a_figure_decided(checker: Checker, text: str) -> None:
    assert figures(checker, text, 895) == ["supported"]
    assert "supported" not in figures(checker, text, 995)


@pytest.mark.parametrize("text", WITHHELD)
def test_words_of_the_clause_and_of_classes_that_reach_over_it_withhold(checker: Checker, text: str) -> None:
    for value in (895, 995):
        assert not set(figures(checker, text, value)) & set(FIRM)


@pytest.mark.parametrize("word", ["orchard", "unsigned", "proposed", "tribal", "marble"])
def test_a_word_put_into_the_clause_withholds_whatever_is_beyond_it(checker: Checker, word: str) -> None:
    for text in BEYOND[:3]:
        changed = text.replace("{} agreements", f"{{}} {word} agreements")
        assert not set(figures(checker, changed, 895)) & set(FIRM)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("January began with {} agreements.", 135, 145),
        ("The middle of January found {} agreements in force.", 135, 145),
        ("ICE has turned to {} local agencies across 40 states.", 740, 790),
        ("The program has takers among the police and sheriffs of {} states.", 40, 44),
        ("The agency’s website put the agreements signed through Aug. 14 at {}.", 895, 995),
    ],
)
def test_a_time_or_the_program_as_a_subject_is_read(checker: Checker, text: str, right: int, wrong: int) -> None:
    assert figures(checker, text, right) == ["supported"]
    assert not set(figures(checker, text, wrong)) & {"supported", "supported_if"}


@pytest.mark.parametrize(
    "text",
    ["January began with {} orchard agreements.", "ICE has not turned to {} local agencies.",
     "The program has no takers among the police and sheriffs of {} states.",
     "January would have begun with {} agreements."],
)  # fmt: skip
def test_another_word_in_such_a_form_withholds(checker: Checker, text: str) -> None:
    for value in (135, 740, 40):
        assert not set(figures(checker, text, value)) & set(FIRM)
