"""Agencies as people call them, and what is said of them in plain words: each with its agreement, or withheld.

The sentences are synthetic; what they say of the agencies is on ICE's lists, or is not.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

MAY = date(2026, 5, 8)


def verdicts(checker: Checker, text: str) -> list[str]:
    """The verdicts on the agencies that a text names."""
    found = checker.check_text(f"ICE signed agreements with many agencies. {text}", published=MAY).answers
    return [one.verdict for one in found if one.claim.shape == "holds" or one.claim.rank == "only"]


TRUE = [
    "The Texas Department of Public Safety has a task force agreement.",
    "Texas DPS has a task force agreement.",
    "The Georgia State Patrol has a task force agreement.",
    "The Missouri Highway Patrol takes part in the program.",
    "The Tennessee Highway Patrol has a task force agreement.",
    "Tennessee state troopers have a task force agreement.",
    "Onslow County deputies in North Carolina work under a task force agreement.",
    "The Pinal County Attorney's Office in Arizona signed a task force agreement in August 2025.",
    "The Tampa police chief signed a task force agreement on Feb. 28, 2025.",
    "Police in Tampa, Florida, hold a task force agreement.",
    "In October 2025, Sherburne County in Minnesota became a partner under the jail enforcement model.",
    "Onslow County, North Carolina, takes part.",
    "Wake County, North Carolina, does not take part.",
    "Wake County, North Carolina, has none.",
    "Wake County, North Carolina, has stayed out of the program.",
]


@pytest.mark.parametrize("text", TRUE)
def test_an_agency_is_known_by_the_name_that_people_use(checker: Checker, text: str) -> None:
    assert verdicts(checker, text) == ["supported"]


FALSE = [
    "Texas DPS has a jail enforcement agreement.",
    "The Georgia State Patrol has a warrant service agreement.",
    "Tennessee state troopers have a jail enforcement agreement.",
    "Onslow County deputies in North Carolina work under a jail enforcement agreement.",
    "The Tampa police chief signed a task force agreement on March 7, 2025.",
    "Onslow County, North Carolina, has none.",
    "Onslow County, North Carolina, has stayed out of the program.",
    "Onslow County, North Carolina, does not take part.",
]


@pytest.mark.parametrize("text", FALSE)
def test_what_is_not_so_of_it_is_contradicted(checker: Checker, text: str) -> None:
    assert verdicts(checker, text) == ["contradicted"]


OPEN = [
    "The California Highway Patrol has a task force agreement.",
    "Texas DPS may have a task force agreement.",
    "Purple Texas DPS troopers in disguise have a task force agreement.",
    "Texas DPS has a marble task force agreement.",
    "The Tampa police chief almost signed a task force agreement on Feb. 28, 2025.",
    "Nobody in the Tampa police signed a task force agreement on Feb. 28, 2025.",
    "Onslow County, North Carolina, has none of the patience that its neighbors have.",
    "Wake County, North Carolina, has stayed out of the program's pilot stage.",
    "Sherburne County, Minnesota, is the only agency with a jail enforcement agreement.",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_understood_of_it_withholds(checker: Checker, text: str) -> None:
    assert not {"supported", "contradicted"} & set(verdicts(checker, text))


def test_each_town_of_a_list_has_a_police_department_of_its_own(checker: Checker) -> None:
    assert verdicts(checker, "Tampa, Miami and Orlando police all hold task force agreements.") == ["supported"] * 3
    assert verdicts(checker, "The Marco Island and Naples police departments both hold task force agreements.") == [
        "supported",
        "supported",
    ]
    found = verdicts(checker, "Tampa, Miami and Wakanda police all hold task force agreements.")
    assert found[-1] == "cannot_tell"


def test_the_only_one_there_is_the_only_one_of_the_state_that_is_named(checker: Checker) -> None:
    text = "Sherburne County, Minnesota, is the only agency there with a jail enforcement agreement."
    assert verdicts(checker, text) == ["supported"]


def test_no_agreement_of_a_county_is_no_count_of_its_state(checker: Checker) -> None:
    text = "Wake and Mecklenburg counties in North Carolina have no agreement with ICE."
    found = checker.check_text(text, published=MAY).answers
    assert [(one.claim.shape, one.verdict) for one in found] == [("holds", "supported")] * 2


@pytest.mark.parametrize("who", ["Nobody", "No one", "No police force or sheriff"])
def test_nobody_is_no_agency(checker: Checker, who: str) -> None:
    for state, verdict in (("Vermont", "supported"), ("Florida", "contradicted")):
        found = checker.check_text(f"{who} in {state} takes part in the 287(g) program.", published=MAY).answers
        assert [one.verdict for one in found] == [verdict], [(one.meaning, one.reason) for one in found]
