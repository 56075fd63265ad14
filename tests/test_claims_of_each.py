"""What is said of several places is of each of them or of all together, and a count "last year" names no day.

The sentences are synthetic.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

SIGNS = {"supported": "+", "supported_if": "+", "arithmetic_holds": "+", "contradicted": "-", "was_true": "-",
         "became_true": "-", "arithmetic_fails": "-"}  # fmt: skip
MAY = date(2026, 5, 8)
OPEN = [
    "Two states, including Texas and Florida, have more than 300 287(g) agreements.",
    "Five states, including Texas and Missouri, have more than 50 287(g) agreements.",
    "Nine states — among them Texas — have more than 300 agreements under 287(g).",
    "Dos estados, entre ellos Texas, tienen más de 300 acuerdos 287(g).",
    "Two states, Texas and Missouri, have at least 300 287(g) agreements.",
    "Texas and Missouri have more than 200 287(g) agreements.",
    "Missouri and Arkansas have fewer than 100 287(g) agreements.",
    "Dos estados, Texas y Misuri, tienen al menos 300 acuerdos 287(g).",
    "ICE had 1,000 287(g) agreements in force last year.",
    "There were 635 287(g) agreements last year.",
    "Last year, Texas had 100 287(g) agreements.",
    "Texas had 250 287(g) agreements in force last year.",
    "El año pasado había 635 acuerdos 287(g).",
]
FIRM = [
    ("Texas and Missouri have 478 287(g) agreements.", "+"),
    ("Texas and Missouri have 600 287(g) agreements.", "-"),
    ("Two states, Texas and Missouri, have 478 287(g) agreements between them.", "+"),
    ("Two states, Texas and Missouri, have at least 300 287(g) agreements combined.", "+"),
    ("Two states, Texas and Missouri, each have at least 300 287(g) agreements.", "+-"),
    ("Texas and Florida have more than 300 287(g) agreements.", "+"),
    ("Texas and Florida hold more than 700 of the 1,783 287(g) agreements.", "++"),
    ("Three states, Texas, Florida and Missouri, hold 824 of the 1,783 287(g) agreements.", "++"),
    ("Three states, Texas, Florida and Missouri, hold 900 of the 1,783 287(g) agreements.", "-+"),
    ("Tres estados, Texas, Florida y Misuri, reúnen 824 de los 1,783 convenios 287(g).", "++"),
    ("Last year there were more than 130 287(g) agreements.", "+"),
    ("ICE had 5,000 287(g) agreements in force last year.", "-"),
]
COUNTIES = [
    "Two Maryland counties, Cecil and Garrett, have 5 287(g) agreements.",
    "Two Maryland counties, Cecil and Garrett, have 2 287(g) agreements.",
    "Two Maryland counties (Cecil and Garrett) have five agreements under 287(g).",
]


def signs(checker: Checker, text: str) -> str:
    """The verdicts on a text in the order of its places: + for, - against, ? neither."""
    found = checker.check_text(text, published=MAY).answers
    return "".join(SIGNS.get(one.verdict, "?") for one in found)


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_of_each_or_of_all_is_left_open(checker: Checker, text: str) -> None:
    assert set(signs(checker, text)) == {"?"}


@pytest.mark.parametrize(("text", "expected"), FIRM)
def test_what_is_plainly_of_each_or_of_all_is_answered(checker: Checker, text: str, expected: str) -> None:
    assert signs(checker, text) == expected


@pytest.mark.parametrize("text", COUNTIES)
def test_agreements_of_named_counties_are_not_those_of_their_state(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=MAY).answers
    counted = [one.verdict for one in found if one.claim.unit == "agreements" and one.claim.sense != "listed"]
    assert counted == ["cannot_tell"]


def test_only_these_counties_is_wrong_where_one_of_them_has_none(checker: Checker) -> None:
    text = "Only two Maryland counties, Cecil and Garrett, have 287(g) agreements."
    found = checker.check_text(text, published=MAY).answers
    assert found[0].verdict == "contradicted"
    assert "But not Cecil" in found[0].reason


SCOPES = [
    # a time, place or model of another clause is not held against a number
    (
        "2025-05-21",
        "On April 6, Virginia had four 287(g) agreements, but agencies in 40 states hold 287(g) agreements.",
        "+?",
    ),
    (
        "2025-11-06",
        "Utah has eight 287(g) agreements under the warrant service officer model — and Florida had the most "
        "287(g) agreements of any state as of Sept. 11.",
        "?+",
    ),
    (
        "2026-02-05",
        "The 287(g) program in Indiana includes 16 law enforcement agencies, while 16% of 287(g) agreements "
        "were under the jail enforcement model as of June 6, 2025.",
        "+?",
    ),
    (
        "2025-09-18",
        "Texas had 29 task force agreements as of August 7, 2025, while as of Aug. 7, 742 law enforcement "
        "agencies had 287(g) agreements.",
        "+?",
    ),
    (
        "2025-06-11",
        "Of the 628 287(g) agreements as of May 27, 2025, 223 were under the warrant service officer model.",
        "+?",
    ),
    (
        "2025-06-11",
        "Of the 628 287(g) agreements as of May 27, 2025, 300 were under the warrant service officer model.",
        "+-",
    ),
    (
        "2025-09-24",
        "2 de los 14 acuerdos 287(g) de Indiana estaban bajo el modelo de aplicación en cárceles al 15 de "
        "septiembre de 2025.",
        "+?",
    ),
    # nor does a number in a list of states rest on a reading without the model next to it
    (
        "2025-08-14",
        "Florida tiene 65 acuerdos 287(g) bajo el modelo de oficial de servicio de órdenes, y Georgia 31.",
        "+?",
    ),
    (
        "2025-08-14",
        "Florida has 65 287(g) agreements under the warrant service officer model, and Georgia 27.",
        "+-",
    ),
    (
        "2025-04-08",
        "Texas and Maryland had 34 and 2 agencies with 287(g) agreements under the warrant service officer "
        "model, respectively as of March 6.",
        "?+",
    ),
    (
        "2025-10-15",
        "North Carolina (19), Arkansas (26) and Indiana (5) had 287(g) agreements under the warrant service "
        "officer model as of Oct. 1, 2025.",
        "??+",
    ),
    # a rank has the place and the time of its own clause
    (
        "2026-02-11",
        "287(g) agreements under the warrant service officer model are held by 65 law enforcement agencies in"
        " Florida, and Pennsylvania had the fifth-most 287(g) agreements of any state on October 31, 2025.",
        "+-",
    ),
    # a unit without a measure is not exchanged for another
    (
        "2026-03-23",
        "The number of sheriff's offices with 287(g) agreements grew by 332 from June 23, 2025 to March 23, 2026.",
        "+",
    ),
    (
        "2026-03-23",
        "The number of counties with 287(g) agreements grew by 834 from June 23, 2025 to March 23, 2026.",
        "?",
    ),
    # an agency of one state is not the one of another
    (
        "2025-11-03",
        "The Louisiana Military Department in Virginia signed a 287(g) agreement under the task force model "
        "in May 2025.",
        "?",
    ),
    (
        "2025-11-07",
        "The Nebraska State Patrol in South Carolina signed a task force agreement on August 28, 2025.",
        "?",
    ),
    (
        "2025-11-07",
        "The Nebraska State Patrol in Nebraska signed a task force agreement on August 28, 2025.",
        "+",
    ),
]


@pytest.mark.parametrize(("day", "text", "expected"), SCOPES)
def test_what_another_clause_states_is_not_held_against_a_number(
    checker: Checker, day: str, text: str, expected: str
) -> None:
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert "".join(SIGNS.get(one.verdict, "?") for one in found) == expected


OTHERS = [
    # a state is not dropped for a statement of law
    ("2026-05-08", "The first 287(g) agreement in Wyoming was signed in 2025.", "?"),
    (
        "2026-05-08",
        "287(g) agreements under the task force model are held by 16 law enforcement agencies in Ohio.",
        "+",
    ),
    # a time before a semicolon is of that statement
    ("2025-12-31", "In February the governor signed a law; Florida has 339 287(g) agreements.", "?+"),
    # who follows by agreements is no matter of agencies
    ("2026-05-08", "Texas has the most 287(g) agreements, followed by Florida and Pennsylvania.", "++?"),
    # what is of one state is no part of what is of another
    ("2026-05-08", "Of the 380 287(g) agreements in Texas, 346 are in Florida.", "??"),
    # a dateline with its day
    ("2026-05-08", "BALTIMORE, May 8, 2026 — ICE has 1,783 287(g) agreements.", "+"),
]


@pytest.mark.parametrize(("day", "text", "expected"), OTHERS)
def test_no_word_of_a_statement_is_passed_over(checker: Checker, day: str, text: str, expected: str) -> None:
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert "".join(SIGNS.get(one.verdict, "?") for one in found) == expected
    assert not any(one.verdict == "law" for one in found)


def test_a_number_that_is_denied_does_not_fit(checker: Checker) -> None:
    found = checker.check_text("No hay 1.783 acuerdos 287(g).", published=MAY).answers
    assert [one.verdict for one in found] == ["cannot_tell"]


def test_a_number_in_the_past_without_a_day_is_of_the_day_before_it(checker: Checker) -> None:
    text = "Of Kansas's neighbors, Tennessee had 56 287(g) agreements as of Dec. 30, 2025; Kansas had 28."
    found = checker.check_text(text, published=date(2026, 2, 26)).answers
    assert found[-1].verdict == "cannot_tell"


SPANISH = [
    "El 30 de octubre, 4 agencias policiales en Oklahoma tenían acuerdos 287(g) bajo el modelo de aplicación en "
    "cárceles; el 20 de junio de 2025, Pensilvania y Virginia Occidental tenían 53 acuerdos 287(g).",
    "Pensilvania tenía 3 convenios 287(g) bajo el modelo de oficial de servicio de órdenes al 6 de diciembre, frente "
    "a 3 el 28 de marzo de 2025.",
]


@pytest.mark.parametrize("text", SPANISH)
def test_a_time_or_model_of_the_own_clause_is_not_exchanged(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=date(2025, 12, 14)).answers
    assert found[-1].verdict != "supported"
