"""What two places have next to each other, sums of them, and what else everyday sentences say of a day's list."""

import re
from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.rewording.wordings import forms

WINTER = date(2025, 12, 16)
SPRING, JUNE, FALL, DECEMBER = date(2025, 4, 1), date(2025, 6, 12), date(2025, 9, 15), date(2025, 12, 1)
FEBRUARY, MARCH = date(2026, 2, 18), date(2026, 3, 15)
SAID = (
    # sums of what was counted in two places, and states of two clauses
    (FEBRUARY, "South Dakota has seven agreements and North Dakota 11, a combined 18.", "+++"),
    (FEBRUARY, "South Dakota has seven agreements and North Dakota 11, a combined 25.", "++-"),
    (FEBRUARY, "While six agreements are in place in Nebraska, Iowa has just two.", "++"),
    (FEBRUARY, "While six agreements are in place in Iowa, Nebraska has just two.", "--"),
    (FEBRUARY, "Ohio, Iowa and Nebraska have 25 agreements.", "+"),
    (FEBRUARY, "Nearly half of all agreements are in just two states: Florida, with 342, and Texas, with 304.", "+?++"),
    (FEBRUARY, "Agreements are in place in Ohio, and Texas has 304.", "+"),
    # side by side
    (FEBRUARY, "Ohio and Mississippi are even at 17 agreements.", "++"),
    (FEBRUARY, "Ohio and Missouri are even at 17 agreements.", "+-"),
    (FEBRUARY, "Louisiana has 29 agreements, as do North Carolina and Ohio.", "++-"),
    (FEBRUARY, "Mississippi has 17 agreements, the same number as Ohio.", "++"),
    (FEBRUARY, "Minnesota's nine agreements pale in comparison with Wisconsin's 21.", "+++"),
    (FEBRUARY, "Wisconsin's 21 agreements pale in comparison with Minnesota's nine.", "-++"),
    (FEBRUARY, "Florida's 342 agreements dwarf Ohio's 17.", "+++"),
    (FEBRUARY, "Only Florida, with 342 agreements, has more than Texas, which has 304.", "+++"),
    (FEBRUARY, "Only Florida, with 342 agreements, has more than Tennessee, which has 63.", "+-+"),
    (FEBRUARY, "Not a single agency in New Jersey is enrolled in the program.", "+"),
    (FEBRUARY, "Not a single agency in Ohio is enrolled in the program.", "-"),
    (MARCH, "Texas is closing in on Florida, with 327 agreements to Florida's 344.", "++"),
    # of all there are, and parts of them
    (MARCH, "Roughly a fifth of the nation's 1,517 agreements are in Texas.", "++"),
    (MARCH, "Roughly a third of the nation's 1,517 agreements are in Texas.", "-+"),
    (MARCH, "Task force agreements account for 889 of the 1,517, or 59%.", "+++"),
    (MARCH, "The task force model, revived by President Trump last year, now makes up 889 of the program's 1,517 "
            "agreements.", "++"),
    (MARCH, "The task force model, revived on Day One, accounts for fewer than half the pacts.", "?"),
    (MARCH, "New Hampshire has no jail or warrant service agreements.", "++"),
    (MARCH, "Wisconsin has no jail or warrant service agreements.", "--"),
    (MARCH, "ICE signed 125 new agreements in February, after 111 in January.", "++"),
    (MARCH, "Sauk County has two agreements, one under the jail model and one under the warrant service model.", "+++"),
    (MARCH, "Several Utah sheriffs, including those in Washington, Weber and Utah counties, have task force "
            "agreements.", "-+++"),
    # no agreement of a model, signings of two months, ranks
    (FALL, "Wisconsin sheriffs have signed 14 agreements, none of them for the task force model.", "++"),
    (FALL, "Texas sheriffs have signed 172 agreements, none of them for the task force model.", "?-"),
    (FALL, "Signings slowed to 82 in August from 141 in July.", "++"),
    (FALL, "Signings slowed to 82 in August from 151 in July.", "+-"),
    (FALL, "With 39 agreements, Pennsylvania ranks third, ahead of Virginia and Georgia.", "++++"),
    (FALL, "With 39 agreements, Pennsylvania ranks third, ahead of Virginia and Texas.", "+++-"),
    (FALL, "Pennsylvania is third behind Florida and Texas, with 39 agreements.", "++++"),
    (FALL, "Pennsylvania is third behind Florida and Georgia, with 39 agreements.", "+-++"),
    (FALL, "Pennsylvania has leapt into third place with 39 agreements.", "++"),
    (FALL, "Leading the list are Florida (325), Texas (172) and Pennsylvania (39).", "++++"),
    (FALL, "Leading the list are Texas (172) and Pennsylvania (39).", "-++"),
    (FALL, "Frederick County is one of eight Maryland counties in the program.", "++"),
    (FALL, "Prince George's County is one of eight Maryland counties in the program.", "-+"),
    (FALL, "Five hundred of the agreements let officers question and arrest people in the community.", "+"),
    (FALL, "New York has 10 agreements, and immigrant groups in Albany are pressing lawmakers to ban them.", "+"),
    (FALL, "New York has 10 agreements, and immigrant groups in Albany are pressing lawmakers to forge them.", "?"),
    (FALL, "Texas has 172 agreements, every one of them limited to jails.", "-+"),
    (FALL, "Maryland has eight agreements, every one of them limited to jails.", "++"),
    (FALL, "No jail in Ohio has signed.", "--"),
    # all there are, and those that have one
    (WINTER, "Of Tennessee's 95 sheriffs, 39 have 287(g) agreements.", "?+"),
    (WINTER, "Of Tennessee's 95 sheriffs, 55 have 287(g) agreements.", "?-"),
    (WINTER, "Of Tennessee's 95 sheriffs, 12 have 287(g) agreements.", "?-"),
    (WINTER, "Of the 50 states, 39 have an agreement.", "+"),
    (WINTER, "Minnesota has 87 counties and nine 287(g) agreements.", "?+"),
    (WINTER, "Maryland has 23 counties, eight of which have agreements.", "?+"),
    (WINTER, "Galveston County, Texas, has six agreements, two with the sheriff.", "??"),
    (WINTER, "In Maryland, eight of 23 counties have agreements.", "++"),
    (WINTER, "In Maryland, eight of 26 counties have agreements.", "+-"),
    (WINTER, "Of the state's 159 sheriffs, 29 have 287(g) agreements in Georgia.", "?+"),
    # two sheriffs of one deed
    (MARCH, "The Cloud and Osage county sheriffs in Kansas signed agreements on Dec. 8.", "-+"),
    (MARCH, "The sheriffs of Cloud and Osage counties in Kansas signed agreements on Dec. 8.", "-+"),
    # who is among them
    (DECEMBER, "Wisconsin has 17 agreements, with sheriffs in Brown, Fond du Lac and Kewaunee counties and elsewhere.",
     "++++"),
    (DECEMBER, "Wisconsin has 17 agreements, among them those of the sheriffs of Brown, Dane and Kewaunee counties.",
     "++-+"),
    (SPRING, "Texas's partners in the program include the sheriffs of Tarrant, Harris and Nueces counties.", "+-+"),
    (SPRING, "Texas has 63 agreements, the Tarrant County Sheriff's Office among them.", "++"),
    # what says nothing of the count
    (FEBRUARY, "ICE's online dashboard showed 1,425 active agreements as of Wednesday.", "+"),
    (FEBRUARY, "Wyoming, the least populous state, has 13 agreements.", "+"),
    (FEBRUARY, "Nebraska, whose governor has championed the program, has six agreements.", "+"),
    (FEBRUARY, "Nebraska, whose governor has ended the program, has six agreements.", "?"),
    (FEBRUARY, "Even in New York, there are 14 agreements.", "+"),
    (FEBRUARY, "The program had 1,425 agreements on Feb. 18, and more are on the way.", "+"),
    (JUNE, "Virginia now has 24 agreements, up from seven at the end of April, after ICE added nine in one "
           "batch on Thursday.", "++?"),
    (MARCH, "ICE now has 1,517 agreements after lawmakers faked the list.", "?"),
    (MARCH, "ICE now has 1,517 agreements once the governor signed.", "?"),
    # what the sentence leaves open is no accusation
    (MARCH, "Virginia has lost six agreements since September.", "?"),
    (MARCH, "Six of Maryland's eight agreements have ended since January.", "?+"),
    (MARCH, "Three New Hampshire sheriffs, in Belknap, Grafton and Hillsborough counties, signed task force agreements "
            "last year.", "?+++"),
)  # fmt: skip
MARKS = {
    "supported": "+",
    "supported_if": "+",
    "arithmetic_holds": "+",
    "contradicted": "-",
    "arithmetic_fails": "-",
    "was_true": "-",
    "became_true": "-",
}


@pytest.mark.parametrize(("day", "text", "expected"), SAID, ids=[one[1][:60] for one in SAID])
def test_each_claim_of_a_sentence_is_answered(checker: Checker, day: date, text: str, expected: str) -> None:
    found = [one for one in checker.check_text(text, published=day).answers if one.verdict != "law"]
    assert "".join(MARKS.get(one.verdict, "?") for one in found) == expected, [
        (one.meaning, one.verdict, one.reason) for one in found
    ]


def test_agencies_as_such_are_no_agency(checker: Checker) -> None:
    found = checker.check_text("Agencies signed on in February under 287(g).", published=MARCH).answers
    assert {(one.verdict, one.claim.shape) for one in found} <= {("cannot_tell", "other")}


COUNTING = re.compile(
    r"\b(?:no|none|fewer|more|less|most|every|all|each|first|second|third|busiest|half)\b", re.IGNORECASE
)
OF_AGENCIES = ("has no agreement.", "is not in the program.")
"""What forms say of named agencies, whose statements have no figure."""


def test_the_words_that_a_form_adds_and_counts_with_are_of_the_sentence() -> None:
    """A figure that is nowhere in the text is no claim: what it says would be lost in silence."""
    for form in forms():
        for said in form.also:
            # A difference, and a part of all, has its figure in the text.
            bare = re.sub(r"\{\w+\} (?:fewer|more|of all)\b|\{[^}]*\}", "", said)
            assert said.endswith(OF_AGENCIES) or not COUNTING.search(bare), said


@pytest.mark.parametrize(
    "text",
    [
        "ICE now has 1,904 agreements under 287(g).",
        "Texas has 400 agreements under the 287(g) program.",
        "No agency in Ohio has a 287(g) agreement.",
    ],
)
def test_nothing_is_held_against_a_day_after_the_newest_list(checker: Checker, text: str) -> None:
    """ICE may have published other lists since: the record does not have them."""
    (found,) = checker.check_text(text, published=date(2026, 5, 20)).answers
    assert found.verdict != "contradicted"


def test_a_model_of_the_next_clause_is_not_that_of_a_part(checker: Checker) -> None:
    text = (
        "About 56 percent of agreements nationwide are now for task forces, 769 of 1,380, while the jail model is "
        "down to one in five."
    )
    found = checker.check_text(text, published=date(2026, 2, 5)).answers
    assert "contradicted" not in {one.verdict for one in found}


WITHHELD = (
    (date(2026, 5, 8), "Guadalupe County is one of 206 counties in Texas participating in the program."),
    (date(2026, 5, 8), "Kane County was one of 10 Utah counties to sign 287(g) agreements."),
    (date(2026, 5, 8), "El condado de Sauk es uno de 20 condados de Wisconsin con un acuerdo 287(g)."),
    (date(2026, 5, 8), "Fifteen Texas agencies have three agreements."),
    (date(2026, 5, 8), "Nationwide, 237 agencies have more than one agreement."),
    (date(2026, 5, 8), "Quince agencias de Texas tienen tres acuerdos 287(g)."),
    (date(2026, 5, 8), "Brown County, Wisconsin, has had an agreement since March 2025."),
    (date(2026, 5, 8), "Lubbock County is one of 254 counties in Texas with a 287(g) agreement."),
    (
        date(2026, 5, 8),
        "Polk County is one of the 67 Florida counties that signed a warrant officer agreement.",
    ),
    (date(2026, 5, 8), "Camden County, one of 46 counties in Georgia with an agreement, signed in April."),
    (
        date(2026, 5, 8),
        "El condado de Camden, uno de los 46 condados de Georgia con un acuerdo, firmó en abril.",
    ),
    (date(2026, 5, 8), "Hernando County is one of 67 Florida counties that signed agreements in 2025."),
    (date(2026, 5, 8), "Grafton County is one of five counties in New Hampshire that left the program in May."),
    (date(2026, 7, 10), "Since April 1, ICE has signed 190 agreements."),
    (date(2026, 8, 10), "ICE signed 11 agreements in May 2026."),
    (date(2026, 11, 1), "The number of agreements has fallen since May 2026."),
    (date(2026, 11, 1), "No agreements have been signed since May 8."),
    (date(2026, 11, 1), "Half of all agreements have been signed since August 2025."),
)


@pytest.mark.parametrize(("day", "text"), WITHHELD, ids=[one[1][:60] for one in WITHHELD])
def test_what_is_not_settled_is_neither_supported_nor_contradicted(checker: Checker, day: date, text: str) -> None:
    found = [one for one in checker.check_text(text, published=day).answers if one.claim.figure or len(text) > 60]
    counted = [one for one in found if one.claim.figure or one.claim.shape != "holds"]
    assert not [one for one in counted if MARKS.get(one.verdict)], [(one.meaning, one.reason) for one in counted]


def test_a_county_that_is_one_of_so_many_is_answered_with_their_number(checker: Checker) -> None:
    text = "Sauk County is one of 20 Wisconsin counties with a 287(g) agreement."
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert [one.verdict for one in found] == ["supported", "supported"]


LEFT = (
    ("The Kenton County Sheriff's Office in Kentucky has left the 287(g) program.", "cannot_tell"),
    ("Kenton County, Kentucky, terminated its agreement in May.", "cannot_tell"),
    ("La Oficina del Sheriff del condado de Kenton, en Kentucky, dejó el programa 287(g).", "cannot_tell"),
    ("The Kenton County Sheriff's Office in Kentucky ended its warrant service officer agreement in May.", "supported"),
    ("The Grafton County Sheriff's Office in New Hampshire left the program in May.", "supported"),
)


@pytest.mark.parametrize(("text", "expected"), LEFT, ids=[one[0][:60] for one in LEFT])
def test_who_has_another_agreement_has_not_left_the_program(checker: Checker, text: str, expected: str) -> None:
    assert [one.verdict for one in checker.check_text(text, published=date(2026, 5, 8)).answers] == [expected]


def test_most_of_a_states_agreements_is_a_share_of_its_own(checker: Checker) -> None:
    for whose, verdict in (("police departments", "contradicted"), ("sheriffs", "supported")):
        text = f"Most of Arkansas's 80 agreements are with {whose}."
        found = checker.check_text(text, published=date(2026, 5, 8)).answers
        assert [(one.claim.shape, one.verdict) for one in found] == [("share", verdict), ("count", "supported")]
