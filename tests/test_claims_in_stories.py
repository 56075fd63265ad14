"""What a story says with what it said before: numbers without a noun, the state, them, and counties of its state."""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

FILLER = " ".join(["Residents filled the hall until late in the evening, and nobody knew what would come of it."] * 8)
"""Makes a text long enough to be a story, not a quotation from one."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def verdicts(checker: Checker, text: str, day: date) -> dict[str, str]:
    story = f"{text}\n\n{FILLER}"
    return {one["said"]: one["verdict"] for one in checker.check_text(story, published=day).as_json()["claims"]}


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        # a number without a noun, some sentences behind what is counted
        (
            "ICE has 31 agreements in Georgia under 287(g). A law of 2024 told sheriffs to apply. We looked next door. "
            "Alabama has 23.",
            date(2025, 7, 14),
            {"23": "supported"},
        ),
        (
            "ICE has 31 agreements in Georgia under 287(g). We looked next door. Alabama has 41.",
            date(2025, 7, 14),
            {"41": "cannot_tell"},
        ),
        (
            "ICE lists 135 agreements under 287(g). Neighboring Wyoming has one; Kansas has two.",
            date(2025, 1, 24),
            {"one": "supported", "two": "supported"},
        ),
        (
            "ICE lists 1,783 agreements under 287(g). Texas has the most, with 380. Florida comes second with 346.",
            date(2026, 5, 8),
            {"Texas has the most": "supported", "380": "supported", "comes second": "supported", "346": "supported"},
        ),
        # the number that a share is of is not the model's or the place's
        (
            "ICE runs the 287(g) program. Task force agreements made up 55 percent of the 1,316 in effect on Friday.",
            date(2026, 1, 19),
            {"55 percent": "supported", "the 1,316": "supported"},
        ),
        (
            "Los acuerdos de fuerza de tarea del programa 287(g) representan el 55% de los 1,316 vigentes.",
            date(2026, 1, 19),
            {"el 55%": "supported", "de los 1,316": "supported"},
        ),
        # them are those counted, not the place before
        (
            "Teller is a county in Colorado with a 287(g) agreement. ICE lists 135 agreements, more than a third of "
            "them in Florida.",
            date(2025, 1, 24),
            {"135 agreements": "supported"},
        ),
        # the part of the story's own day
        (
            "ICE had 31 agreements in Georgia as of this morning under 287(g).",
            date(2025, 7, 14),
            {"31 agreements": "supported"},
        ),
        # who is still behind
        (
            "Texas had 287 agreements under 287(g), still behind Florida's 341.",
            date(2026, 1, 29),
            {"287 agreements": "supported", "341": "supported"},
        ),
        # of agencies that have agreements, a bare number may count either
        (
            "Los 67 alguaciles de Florida tienen acuerdos 287(g). El estado acumula 317, el 35 por ciento de los 895 "
            "del país.",
            date(2025, 8, 20),
            {"317": "supported", "de los 895": "supported"},
        ),
        # the state that the story spoke of last, whatever it said of it
        (
            "Texas and Florida signed 287(g) agreements. In Virginia it is wider. Of the state's 24 agreements, 19 "
            "follow the task force model.",
            date(2025, 6, 24),
            {"24 agreements": "supported", "19": "supported"},
        ),
    ],
)
def test_a_story_goes_on_with_what_it_said(checker: Checker, text: str, day: date, found: dict[str, str]) -> None:
    answers = verdicts(checker, text, day)
    assert {said: answers.get(said) for said in found} == found


def test_a_number_behind_something_else_is_of_nothing_known(checker: Checker) -> None:
    text = (
        "ICE has 31 agreements in Georgia under 287(g). The jails there hold 300 people for the government. "
        "Alabama has 41."
    )
    assert "contradicted" not in verdicts(checker, text, date(2025, 7, 14)).values()


def test_one_sheriff_who_speaks_is_not_what_is_counted(checker: Checker) -> None:
    text = (
        "ICE has 61 agreements with 45 agencies in Alabama. “We are one of 45,” the sheriff said. Oklahoma added 37 "
        "since the end of December, and Alabama 17."
    )
    assert not [one for one in checker.check_text(text, published=date(2026, 5, 8)).answers if one.against]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Texas has 230 agreements. Harris County is not on ICE's list under 287(g).", "supported"),
        ("Georgia has agreements. The Harris County Sheriff's Office has a 287(g) agreement.", "supported"),
        # named only behind it, the state may be another
        ("Harris County is not on ICE's list under 287(g). Texas has 230 agreements.", "cannot_tell"),
        ("The Harris County Sheriff's Office has a 287(g) agreement. Georgia has more, too.", "cannot_tell"),
        ("Harris County is not on ICE's list under 287(g). Georgia and Texas have agreements.", "cannot_tell"),
    ],
)
def test_a_county_is_of_the_one_state_of_the_text_that_has_it(checker: Checker, text: str, verdict: str) -> None:
    answers = checker.check_text(f"{text}\n\n{FILLER}", published=date(2025, 11, 20)).answers
    named = [one for one in answers if one.claim.shape == "holds" and one.compared]
    assert [one.verdict for one in named][:1] == [verdict]


def test_a_total_of_no_stated_day_is_in_no_conflict(checker: Checker) -> None:
    text = "ICE has 1,096 agreements nationwide. Five of the 82 agreements signed in September were in Alabama."
    assert not checker.check_text(text, published=date(2025, 10, 27)).conflicts


@pytest.mark.parametrize(
    "said", ["Even so", "All the same", "In the end", "In other words", "Either way", "In any case"]
)
def test_what_joins_a_sentence_to_the_one_before_changes_nothing(checker: Checker, said: str) -> None:
    right = checker.check_text(f"{said}, Texas has 380 agreements.", published=date(2026, 5, 8)).answers
    wrong = checker.check_text(f"{said}, Texas has 280 agreements.", published=date(2026, 5, 8)).answers
    assert (right[0].verdict, wrong[0].verdict) == ("supported", "contradicted")


@pytest.mark.parametrize(
    "text",
    [
        # a county where a town's police are
        "In Tulsa County, Oklahoma, the Bixby police signed a 287(g) agreement in April 2026.",
        "In Marion County, Florida, the Ocala Police Department signed a 287(g) agreement in April 2025.",
        "En el condado de Tulsa, Oklahoma, la policía de Bixby firmó un acuerdo 287(g) en abril de 2026.",
        "In Tarrant County, Texas, the town of Pantego signed a task force agreement on April 30.",
        # more of what was named before
        "Kansas has 24 warrant agreements and eight more under the task force model.",
        # on that day, not by then
        "Two Oklahoma agencies signed task force agreements this morning.",
        # numbers of what was named in between
        "There are 1,783 agreements under 287(g). Complaints about the agreements multiplied. Georgia had 10.",
        "There are 1,783 agreements under 287(g). Courts heard challenges last year. Texas had three. Florida had one.",
        "There are 1,783 agreements under 287(g). They reach many counties. Texas has 254. Georgia has 159.",
        "There are 1,783 agreements under 287(g). ICE opened detention centers last year. Texas has 20.",
        "There are 1,783 agreements under 287(g). Sanctuary cities are another matter. California has 30.",
        # a county of another state than the one that is named for contrast
        "Franklin County, home of Columbus, does not take part in 287(g). Pennsylvania has 89 agreements.",
        "Orange County, home of Disneyland, has no 287(g) agreement. Florida's law requires such agreements.",
        # the total that a sentence opens with is not of the model behind it
        "Of the 75 agreements in Tennessee under 287(g), the warrant model had 43 and the task force model 22.",
        "Of the 1,783 agreements under 287(g), the task force model accounts for 1,109.",
        "De los 1,783 acuerdos 287(g), el modelo de fuerza de tarea tiene 1,109.",
        # a part of what was counted, and what is more than it
        "Wisconsin has 23 agreements under 287(g), up from 14 in late August 2025. Most are for warrant officers. "
        "There are 18 of those; five more are under the jail enforcement model.",
        # a county's sheriff and jail together
        "Grayson County, Kentucky, holds 287(g) agreements under all three models.",
        "Grayson County, Kentucky, signed three 287(g) agreements on March 5, 2025.",
    ],
)
def test_what_is_true_is_not_held_against_another(checker: Checker, text: str) -> None:
    for story in (text, f"{text}\n\n{FILLER}"):
        checked = checker.check_text(story, published=date(2026, 5, 8))
        assert not [one.reason for one in checked.answers if one.against]
        assert not checked.conflicts


@pytest.mark.parametrize(
    "text",
    [
        "Tennessee's 75 agreements put it ahead of Missouri among 287(g) states.",
        "Tennessee's 75 agreements make it the top 287(g) state.",
        "Tennessee's 75 agreements dwarf Texas's under 287(g).",
        "St. Charles County, Missouri, has no 287(g) agreement.",
        "The Bixby police in Oklahoma signed a task force agreement this morning.",
        "The Orange County sheriff holds a task force agreement with ICE. Florida requires such agreements.",
    ],
)
def test_what_is_false_is_not_supported(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert not [one.reason for one in answers if one.verdict == "supported"]


def test_a_name_that_holds_a_word_is_no_such_word(checker: Checker) -> None:
    """Palm Beach has no "each" in it: two numbers of its agencies on one day cannot both be right."""
    text = "Palm Beach County, Florida, has {} agencies under 287(g). Palm Beach County, Florida, has {} agencies."
    assert checker.check_text(text.format(9, 12), published=date(2026, 5, 8)).conflicts
    assert not checker.check_text(text.format(9, 9), published=date(2026, 5, 8)).conflicts
