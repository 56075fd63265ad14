"""Clauses on agencies that a sentence names, by their structure: subject, verb, end (docs/decisions/0024).

The sentences are synthetic. What each has to come to was worked out from ``ledger287 agreements --on`` the story's day,
one sign for each agency in the order of the text: + in the record, - against it, ? not decided.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

SIGNS = {"supported": "+", "supported_if": "+", "contradicted": "-", "was_true": "-", "became_true": "-"}


def signs(checker: Checker, text: str, day: str) -> str:
    """The verdicts on named agencies of a text, in the order of their claims."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    named = [one for one in found if one.claim.shape == "holds" or one.claim.rank == "only"]
    return "".join(SIGNS.get(one.verdict, "?") for one in named)


LEAD = {
    "OH": "Ohio has nine 287(g) agreements. ",
    "WI": "Wisconsin has 16 287(g) agreements. ",
    "IN": "Indiana has 14 287(g) agreements. ",
    "UT": "Utah has 14 287(g) agreements. ",
    "NM": "New Mexico has one 287(g) agreement. ",
}
IN_AND_OUT = [
    ("OH", "The sheriffs of Franklin and Cuyahoga counties have stayed out, as has Hamilton County.", "+++"),
    ("OH", "The sheriffs of Franklin and Portage counties have stayed out, as has Seneca County.", "+--"),
    ("OH", "Cuyahoga County, home to Cleveland, is not among them, and neither is Franklin County.", "++"),
    ("OH", "Butler County, home to Hamilton, is not among them, and neither is Lake County.", "--"),
    ("WI", "Dane and Milwaukee counties have none.", "++"),
    ("WI", "Waukesha and Brown counties have none.", "--"),
    ("WI", "They include Palmyra, a village in Jefferson County, but not Milwaukee's police.", "++"),
    ("WI", "They include the sheriffs of Wood and Outagamie counties.", "++"),
    ("WI", "They include the sheriffs of Dane and Rock counties.", "--"),
    ("IN", "The police in Corydon and Kennard are on the list.", "++"),
    ("IN", "The police in Elkhart and Goshen are on the list.", "--"),
    ("IN", "The state police and the Department of Corrections are among them.", "++"),
    ("UT", "The Salt Lake County sheriff has never joined, and neither has Davis County.", "?+"),
    ("UT", "Washington County still has a task force agreement, and so does Weber County.", "++"),
    ("UT", "Cache County still has a task force agreement, but Kane County does not.", "-+"),
    ("NM", "The state's only partner is the Curry County sheriff.", "+"),
]


@pytest.mark.parametrize(("state", "clause", "expected"), IN_AND_OUT)
def test_a_clause_on_named_agencies_is_answered_for_each(
    checker: Checker, state: str, clause: str, expected: str
) -> None:
    assert signs(checker, LEAD[state] + clause, "2025-10-15") == expected


ONLY = [
    ("2025-10-15", "Forty states take part in 287(g), from Florida to New Mexico, whose lone participant is the Curry "
     "County sheriff.", "+"),
    ("2025-10-15", "Forty states take part in 287(g), from Florida to New Mexico, whose lone participant is the Eddy "
     "County sheriff.", "-"),
    ("2025-10-15", "New Mexico's only participant is the Curry County sheriff, ICE's 287(g) list shows.", "+"),
    ("2025-10-15", "Wisconsin's only participant is the Waukesha County sheriff, ICE's 287(g) list shows.", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), ONLY)
def test_the_only_one_of_a_place_is_answered(checker: Checker, day: str, text: str, expected: str) -> None:
    assert signs(checker, text, day)[:1] == expected


GONE = [
    ("2025-10-24", "Maine has no 287(g) agreements. The Wells Police Department is out of the program.", "+"),
    ("2025-10-15", "Maine has one 287(g) agreement. The Wells Police Department is out of the program.", "-"),
    ("2025-11-14", "In Utah, the 287(g) program lost one. Sanpete County is no longer on the list.", "+"),
    ("2025-11-14", "In Utah, the 287(g) program lost one. Cache County is no longer on the list.", "-"),
    ("2026-03-14", "In Wisconsin, Palmyra's police are no longer 287(g) partners.", "+"),
    ("2026-03-14", "In Wisconsin, the sheriffs of Wood and Brown counties are no longer 287(g) partners.", "--"),
]


@pytest.mark.parametrize(("day", "text", "expected"), GONE)
def test_who_is_no_longer_in_the_program_is_answered(checker: Checker, day: str, text: str, expected: str) -> None:
    assert signs(checker, text, day) == expected


BARRED = [
    "If the board agrees, Cuyahoga County is in the program.",
    "It is a myth that Cuyahoga County is in the program.",
    "Would Cuyahoga County be better off? Cuyahoga County is in the program?",
    "Critics wrongly say so; Cuyahoga County is in the program.",
    "Cuyahoga County is in the program in name alone.",
    "Cuyahoga County is among them in spirit.",
]


@pytest.mark.parametrize("clause", BARRED)
def test_a_clause_that_is_denied_wished_for_or_goes_on_is_not_decided(checker: Checker, clause: str) -> None:
    assert "-" not in signs(checker, LEAD["OH"] + clause, "2025-10-15")


def test_a_relative_clause_behind_it_is_of_the_agency_that_was_named(checker: Checker) -> None:
    text = (
        "Utah has 13 287(g) agreements. Davis County is not among them, and neither is Sanpete County, which left the "
    )
    assert signs(checker, text + "program on Nov. 13.", "2025-11-14") == "+++"
    assert signs(checker, text + "program on Nov. 5.", "2025-11-14") == "++-"


def test_an_agency_of_the_state_of_the_sentence_before_is_not_one_of_its_name_elsewhere(checker: Checker) -> None:
    """Georgia's Harris County has one; the Harris County of Texas has not."""
    text = "In Texas, {} County has a 287(g) agreement. The {} County Sheriff's Office has none."
    assert signs(checker, text.format("Tarrant", "Harris"), "2026-05-08") == "++"
    assert signs(checker, text.format("Travis", "Tarrant"), "2026-05-08") == "?-"
