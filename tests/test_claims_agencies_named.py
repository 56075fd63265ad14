"""Agencies that a sentence names in lists, by place, under both jail models, before the lists, or not at all."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

MARKS = {"supported": "+", "contradicted": "-", "was_true": "~", "became_true": "~"}
NAMED = (
    # each county behind a colon, whatever says that they take part
    ("2025-09-12", "Four counties in Indiana take part: Hamilton, Jasper, Noble and Rush.", "++++"),
    ("2025-09-12", "Four counties in Indiana take part: Hamilton, Jasper, Noble and Lake.", "+++-"),
    ("2025-09-12", "Indiana has four participating counties: Hamilton, Jasper, Noble and Rush.", "++++"),
    (
        "2025-09-12",
        "Indiana has four participating counties, according to ICE: Hamilton, Jasper, Noble and Rush.",
        "++++",
    ),
    # both of the models that work in jails
    ("2026-02-10", "The Ozark County Sheriff’s Office in Missouri has signed up under both jail models.", "++"),
    ("2026-02-10", "The Pettis County Sheriff’s Office in Missouri has signed up under both jail models.", "+-"),
    ("2026-04-10", "Sweetwater and Campbell counties in Wyoming have signed up under both jail models.", "++-+"),
    # a model that is run or used
    ("2025-06-20", "The sheriffs of Horry and York counties in South Carolina run the jail enforcement model.", "++"),
    (
        "2025-06-20",
        "The sheriffs of Horry and Greenville counties in South Carolina run the jail enforcement model.",
        "+-",
    ),
    # an office by where it is
    ("2025-04-14", "The sheriff’s office in Harford County, Maryland, belongs to the program.", "+"),
    ("2026-04-14", "The sheriff’s office in Harford County, Maryland, belongs to the program.", "~"),
    ("2025-06-20", "The Greenville County Sheriff’s Office in South Carolina is among the partners.", "+"),
    ("2025-06-20", "In South Carolina, the Greenville and Lancaster sheriffs hold warrant service agreements.", "++"),
    ("2025-06-20", "In South Carolina, the Greenville and Horry sheriffs hold warrant service agreements.", "+-"),
    # who has none either
    ("2025-09-12", "Lake County, Indiana, has no agreement, nor does Rush County.", "+-"),
    # the newest of those counted
    (
        "2025-09-18",
        "The 18 agencies in Georgia hold agreements, the newest of them Fayette County, which joined on Sept. 9.",
        "+",
    ),
    # a story of the time of ICE's older pages
    ("2010-08-20", "The Harris County Sheriff’s Office in Texas has an agreement.", "+"),
    ("2010-08-20", "The Arizona Department of Public Safety has a 287(g) agreement.", "+"),
    ("2012-06-01", "Cobb County, Georgia, runs the jail enforcement model.", "+"),
)
OPEN = (
    ("2025-09-12", "Four counties in Indiana take part in a study: Hamilton, Jasper, Noble and Rush."),
    ("2025-09-12", "Four counties in Indiana may take part: Hamilton, Jasper, Noble and Rush."),
    ("2025-09-12", "Four counties in Indiana take part only at night: Hamilton, Jasper, Noble and Rush."),
    ("2025-09-12", "Four counties in Indiana do not take part: Lake, Porter, Allen and Marion."),
    ("2026-02-10", "The Ozark County Sheriff’s Office in Missouri has rejected both jail models."),
    ("2026-02-10", "The Ozark County Sheriff’s Office in Missouri has neither of both jail models."),
    ("2025-06-20", "Horry County in South Carolina rarely uses the jail enforcement model."),
    ("2025-06-20", "Horry County in South Carolina uses the jail enforcement model as a threat."),
    (
        "2025-06-20",
        "The sheriffs of Horry and York counties in South Carolina run ads against the jail enforcement model.",
    ),
    ("2025-04-14", "The sheriff’s office in Harford County, Maryland, belongs to the program’s critics."),
    ("2025-06-20", "The Greenville County Sheriff’s Office in South Carolina is among the participants in the parade."),
    ("2025-09-18", "Two counties in Georgia sued, the latest of them Fayette County, which joined in September."),
    ("2004-08-20", "Harris County, Texas, has an agreement."),
    ("2018-08-20", "Harris County, Texas, has an agreement."),
    ("2010-08-20", "Harris County, Texas, has applied for an agreement."),
    ("2010-08-20", "Harris County, Texas, has a task force agreement."),
    ("2013-08-20", "Harris County, Texas, has an agreement with FEMA."),
)
UNREAD = (
    ("The 287(g) program is what keeps the valley’s jails full, a lawyer in Reno told the board.", "287(g)"),
    ("Deputies in Elko County follow the program’s rules less and less each year.", "Elko County"),
    ("The police in Ely and Wells are said to be partners in all but name.", "Ely"),
    ("State law bars the county from signing any such agreement.", "law"),
    ("Virginia became the third state to join the program, officials there said.", "third"),
    ("Troopers of the State Patrol and the Division of Forestry have joined.", "State Patrol"),
    ("The program is in use widely, along with deputies in Ely, Elko and Eureka counties.", "Eureka"),
)


def holding(checker: Checker, day: str, text: str) -> str:
    """The verdicts on the agencies that a sentence names, in their order."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return "".join(MARKS.get(one.verdict, "?") for one in found if one.claim.shape == "holds")


@pytest.mark.parametrize(("day", "text", "expected"), NAMED)
def test_each_agency_that_is_named_is_answered(checker: Checker, day: str, text: str, expected: str) -> None:
    assert holding(checker, day, text) == expected


@pytest.mark.parametrize(("day", "text"), OPEN)
def test_what_is_not_said_of_agreements_is_not_decided(checker: Checker, day: str, text: str) -> None:
    assert not set(holding(checker, day, text)) & set("+-~"), text


@pytest.mark.parametrize(("text", "words"), UNREAD)
def test_what_no_reading_took_up_is_a_claim_that_is_withheld(checker: Checker, text: str, words: str) -> None:
    checked = checker.check_text(text, published=date(2025, 6, 20))
    said = [
        checked.article.text[one.claim.span.start : one.claim.span.end]
        for one in checked.answers
        if one.verdict in ("cannot_tell", "law", "not_in_record") and one.law_holds is None
    ]
    assert any(words in one for one in said), checked.answers


def test_people_who_live_in_a_county_that_holds_agreements_are_not_held(checker: Checker) -> None:
    text = "Ozark County, Missouri, with fewer than 10,000 people, holds all three kinds of agreements."
    found = checker.check_text(text, published=date(2026, 2, 10)).answers
    assert [one.verdict for one in found if one.claim.figure] == ["not_in_record"]
