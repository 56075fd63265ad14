"""Clauses next to the one that a figure is in: passed over where they cannot bear on it, and only there.

The sentences are synthetic. Each of ``APART`` is right with the first figure and wrong with the second; of ``BEARING``
none is decided, whichever figure it has.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.coverage.stretches.beyond import BEYOND

AUGUST = date(2025, 8, 20)
FIRM = ("supported", "contradicted", "was_true", "became_true", "arithmetic_holds", "arithmetic_fails")
RIGHT, WRONG = ("supported",), ("contradicted", "was_true", "became_true")


def figures(checker: Checker, text: str) -> list[tuple[str, str]]:
    """The figures of a text with their verdicts."""
    found = checker.check_text(text, published=AUGUST).answers
    return [(one.claim.figure.said, one.verdict) for one in found if one.claim.figure and one.claim.shape == "count"]


APART = [
    "Florida has {} agreements, even though Gov. Jane Roe has kept the troopers at home.",
    "Florida has {} agreements, though the officers who patrol its highways come from small towns.",
    "Florida has {} agreements, a pace no other state of its size can match.",
    "Florida has {} agreements, despite the mayor's order that town officers pitch in.",
    "Florida has {} agreements, thanks to the lawmakers who pushed for the program.",
    "With {} agreements in Florida, our neighbors now have reason to fear a patrol car.",
    "Lawmakers in Florida have been quick to embrace the program, with {} agreements in all.",
]


NAMING = [
    "Florida has {} agreements, including those of the sheriffs along the coast.",
    "Florida has {} agreements as protesters from the towns fill the streets.",
]


@pytest.mark.parametrize("text", NAMING)
def test_a_clause_with_a_word_for_agencies_supports_and_never_accuses(checker: Checker, text: str) -> None:
    assert figures(checker, text.format(317))[:1] == [("317", "supported")]
    assert figures(checker, text.format(517))[0][1] == "cannot_tell"


@pytest.mark.parametrize("text", APART)
def test_a_clause_that_cannot_bear_on_the_figure_is_passed_over(checker: Checker, text: str) -> None:
    assert figures(checker, text.format(317))[:1] == [("317", "supported")]
    said, verdict = figures(checker, text.format(517))[0]
    assert (said, verdict in WRONG) == ("517", True), verdict


BEARING = [
    "Florida has {} agreements, even though Gov. Jane Roe says there are fewer.",
    "Florida has {} agreements, even though some of them have lapsed.",
    "Florida has {} agreements, though a judge blocked it.",
    "Florida has {} agreements, though auditors doubt the number.",
    "Florida has {} agreements as pigs have wings.",
    "With {} agreements in Florida, our neighbors have never feared a patrol car.",
    "Florida has {} agreements, as nobody in the legislature ordered.",
    "Florida has {} agreements, but the department includes every handshake of its chiefs.",
    "Florida has {} agreements when the moon turns blue.",
    "Florida has {} agreements, a total no auditor can match.",
    "Florida has {} agreements, including those that have expired.",
    "Florida has {} agreements, including dozens on paper.",
    "Florida has {} agreements, despite the mayor's claim that there are none.",
    "Florida has {} agreements, thanks to a generous way of counting.",
    "Florida has {} agreements, which the sheriffs of Georgia signed.",
    "Florida has {} agreements, which nobody believes.",
    "Florida has {} agreements, from the sheriff's imagination to the mayor's dreams.",
    "With {} agreements in Florida, our neighbors would have reason to fear every patrol car.",
    "With {} agreements in Florida, our neighbors might leave if the governor signed them.",
    "Lawmakers in Florida would be quick to embrace the program, with {} agreements in all.",
    "Lawmakers in Florida dream of a program with no rivals, with {} agreements in all.",
    "Florida has {} velvet agreements, even though Gov. Jane Roe has kept the troopers at home.",
    "Florida has {} agreements somewhere, even though Gov. Jane Roe has kept the troopers at home.",
]


@pytest.mark.parametrize("text", BEARING)
def test_a_clause_that_may_bear_on_the_figure_withholds(checker: Checker, text: str) -> None:
    for value in (317, 517):
        for said, verdict in figures(checker, text.format(value)):
            assert said != str(value) or verdict not in FIRM, (said, verdict)


@pytest.mark.parametrize("word", ["not", "former", "unsigned", "marble", "proposed", "if"])
def test_a_word_in_the_figures_own_clause_still_withholds(checker: Checker, word: str) -> None:
    text = f"Florida has 317 {word} agreements, even though Gov. Jane Roe has kept the troopers at home."
    assert all(verdict not in FIRM for _, verdict in figures(checker, text))


def test_a_place_in_the_other_clause_holds_nothing_against_a_figure(checker: Checker) -> None:
    text = "ICE has {} agreements, even though the sheriffs who patrol Texas have stayed home."
    assert figures(checker, text.format(895)) == [("895", "supported")]
    assert [verdict for _, verdict in figures(checker, text.format(995))] == ["cannot_tell"]


def test_the_words_of_the_other_clause_are_named_as_such(checker: Checker) -> None:
    text = "Florida has 317 agreements, including those of the sheriffs along the coast."
    (answer,) = (one for one in checker.check_text(text, published=AUGUST).answers if one.claim.figure)
    said = " ".join(part.said for part in answer.account.parts if part.role == BEYOND)
    assert "sheriffs along coast" in said
    assert "Florida" not in said


NOVEMBER = date(2025, 11, 12)
SIGNED = "Onslow County, North Carolina, signed a task force agreement on Nov. 4"
NOT_THEN = "Onslow County, North Carolina, signed a task force agreement on Nov. 8"
LATER = [
    "adding to the load of its deputies.",
    "joining towns along the coast that had waited for years.",
    "and plans to train its deputies in the classroom.",
    "and the commissioners who oppose it have left the room.",
]


def named(checker: Checker, text: str) -> list[str]:
    """The verdicts on the agencies that a text names."""
    found = checker.check_text(text, published=NOVEMBER).answers
    return [one.verdict for one in found if one.claim.shape == "holds"]


@pytest.mark.parametrize("later", LATER)
def test_what_came_with_a_signing_takes_nothing_of_it_back(checker: Checker, later: str) -> None:
    assert named(checker, f"{SIGNED}, {later}")[0] == "supported"
    assert named(checker, f"{NOT_THEN}, {later}")[0] == "contradicted"


@pytest.mark.parametrize(
    "later",
    ["but the sheriff denies it.", "and pigs fly.", "according to a false rumor.", "if the rumor is true.",
     "and the moon is made of cheese.", "claiming what nobody has seen.", "but it was a hoax."],
)  # fmt: skip
def test_what_denies_a_signing_withholds(checker: Checker, later: str) -> None:
    for said in (SIGNED, NOT_THEN):
        assert all(verdict not in FIRM for verdict in named(checker, f"{said}, {later}"))


def test_a_county_of_several_states_is_known_by_the_model_and_day_that_it_signed(checker: Checker) -> None:
    assert named(checker, "The Cass County sheriff signed a task force agreement on Feb. 28, 2025.") == ["supported"]
    assert named(checker, "The Cass County sheriff signed an agreement on Feb. 28, 2025.") == ["cannot_tell"]
    assert named(checker, "The Cass County sheriff signed a jail enforcement agreement on Feb. 28, 2025.") == [
        "cannot_tell"
    ]


MODEL = "Florida has {} agreements under the task force model"


@pytest.mark.parametrize("what", ["that critics say turns patrol deputies into agents.",
                                  "which the Obama administration shut down amid protests."])  # fmt: skip
def test_what_a_model_is_like_does_not_bear_on_its_count(checker: Checker, what: str) -> None:
    joint = " " if what.startswith("that") else ", "
    assert figures(checker, f"{MODEL.format(245)}{joint}{what}") == [("245", "supported")]
    assert figures(checker, f"{MODEL.format(999)}{joint}{what}") == [("999", "contradicted")]


@pytest.mark.parametrize("what", ["which no longer exists.", "that never took effect.", "which the sheriff denies."])
def test_a_model_that_is_denied_withholds(checker: Checker, what: str) -> None:
    joint = " " if what.startswith("that") else ", "
    assert all(verdict not in FIRM for _, verdict in figures(checker, f"{MODEL.format(999)}{joint}{what}"))


def test_what_a_rise_is_blamed_on_does_not_bear_on_it(checker: Checker) -> None:
    text = ("Texas has gone from 36 agreements at the end of February 2025 to 380 on May 8, 2026, a more than {} "
            "increase that local advocates attribute to a new state mandate.")  # fmt: skip
    for word, verdict in (("tenfold", "arithmetic_holds"), ("twelvefold", "arithmetic_fails")):
        found = checker.check_text(text.format(word), published=date(2026, 5, 8)).answers
        assert [one.verdict for one in found if one.claim.figure] == ["supported", "supported", verdict]
    denied = "increase that never happened"
    found = checker.check_text(text.partition("increase")[0].format("twelvefold") + denied + ".",
                               published=date(2026, 5, 8)).answers  # fmt: skip
    assert found[-1].verdict not in FIRM


def test_a_count_and_its_share_are_both_of_the_model_that_both_are_said_of(checker: Checker) -> None:
    text = "More than {} of the agreements, or roughly six in 10, now follow the task force model."
    found = checker.check_text(text.format("1,500"), published=date(2026, 4, 24)).answers
    assert found[0].verdict not in FIRM


@pytest.mark.parametrize(
    "tail", [", , , ,", "; : — ( )", ", — ; ” ”", " including , , ,", " as , ( ) ,", ", who , , ,"]
)
def test_marks_without_words_are_no_clause(checker: Checker, tail: str) -> None:
    assert figures(checker, f"Florida has 317 agreements in velvet{tail}") == [("317", "figure_fits")]
