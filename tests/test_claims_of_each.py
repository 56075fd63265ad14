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
