"""Constructions of which the reading is one of several are not answered firmly; their plain twins are.

Each row is a synthetic sentence of May 8, 2026: the figure that is not firm, or the figures in their order with the
verdicts of a sentence that is plain.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.names import FIRM

DAY = date(2026, 5, 8)
OPEN = [
    ("Kentucky signed 9 287(g) agreements this year, more than any other state.", 1),
    ("Ohio signed the most 287(g) agreements in 2026.", 1),
    ("Texas leads in police departments with 74 under 287(g), followed by Alabama with 20.", 2),
    ("Kansas has 34 287(g) agreements. Of these, 20 are with sheriffs.", 20),
    ("Of the 1,783 287(g) agreements in force, 1,000 were signed in 2025.", 1000),
    ("ICE surpassed 1,200 287(g) agreements in March 2026.", 1200),
    ("Throughout 2025, there were more than 900 287(g) agreements.", 900),
    ("As of April 1 there were 1,604 287(g) agreements, 300 more than two months earlier.", 300),
    ("On June 30 there were 736 287(g) agreements. A month earlier, there were 600.", 600),
    ("One of every four 287(g) agreements is in Texas, and one of five in Florida.", 5),
    ("Four Kansas counties with 287(g) agreements made 90 arrests.", 4),
    ("In the last 30 days, the list grew by 150 287(g) agreements.", 150),
    ("Among Georgia's 64 287(g) agreements, 37 are with sheriffs.", 37),
    ("ICE had 135 287(g) agreements the whole of 2025.", 135),
    ("Florida was the top state for 287(g) agreements struck last month.", 1),
    ("Texas has 380 287(g) agreements, one out of five.", 5),
    ("Florida and Texas are the two states with the most 287(g) agreements.", 2),
    ("Michigan and South Dakota are two states with eight 287(g) agreements each.", 2),
    ("The four states with the most 287(g) agreements hold half of all.", 4),
    ("Oregon, Illinois and California are three of the 11 states without a 287(g) agreement.", 3),
    ("Colorado and Massachusetts are the two states with a single 287(g) agreement.", 1),
    ("Six states account for more than half of all 287(g) agreements.", 6),
    ("Nearly half of the 287(g) agreements are in three states.", 3),
    ("Five states joined Texas in having more than 60 287(g) agreements.", 5),
    ("Iowa and Maryland are among the states with two 287(g) agreements.", 2),
    ("Texas and Florida have 380 and 346 287(g) agreements.", 380),
    ("Agencies in Missouri, Kentucky and Ohio hold 98, 42 and 21 287(g) agreements.", 98),
    ("Missouri has twice as many agencies with 287(g) agreements as Kentucky: 79 and 39.", 39),
    ("Twice as many agencies in Missouri hold 287(g) agreements as in Kentucky (39 and 79).", 79),
    ("Texas has 50 jail, 141 warrant and 189 task force agreements; Florida has 65, nine and 272, respectively.", 65),
    ("Texas has 50 jail, 141 warrant and 189 task force agreements; Florida has 65, nine and 272, respectively.", 9),
    ("Texas agencies hold 50 jail and 141 warrant agreements; Florida agencies hold 65 and nine, respectively.", 65),
    ("Kentucky lost five warrant service officer agreements this week and now has seven.", 7),
    ("In Mississippi, 17 of 26 agencies are sheriff's offices under 287(g); in Indiana, four of 31.", 17),
    ("Kansas has 34 287(g) agreements. Six in 10 of its agreements are task force agreements.", 60),
    ("Oklahoma has 64 287(g) agreements. About 62 percent of its agreements follow the task force model.", 62),
    ("Utah has 12 agencies in the 287(g) program. Its agreements number 1,783.", 1783),
    ("Six in 10 287(g) agreements are task force agreements; in Ohio, it is two in 10.", 20),
    ("Ohio has one jail agreement under 287(g), and its 11 warrant agreements make up half of its total.", 50),
    ("There were 736 287(g) agreements on June 30, 2025, 1,356 more than on March 31, 2025.", 1356),
    ("Texas had 104 287(g) agreements on June 30, 2025, six times as many as on March 31, 2025.", 6),
    ("Texas had 104 287(g) agreements on June 30, 2025, up 65 percent from March 31, 2025.", 65),
    ("195 of Texas' 254 sheriffs have no 287(g) agreement.", 195),
    ("Twenty of Wisconsin's 72 sheriffs lack a 287(g) agreement.", 20),
    ("Florida's Palm Beach County has 22 287(g) agreements with 21 agencies.", 22),
    ("Palm Beach County, Florida, has 22 287(g) agreements.", 22),
    ("Texas signed 12 287(g) agreements and now has 380.", 12),
    ("Of Florida's 346 287(g) agreements, 150 are with police agencies.", 150),
    ("The program reached 1,500 287(g) agreements on March 10, 2026.", 1500),
    ("The number of 287(g) agreements hit 500 on May 12, 2025.", 500),
    ("Pennsylvania had 43 287(g) agreements in 2025.", 43),
    ("62 percent of 287(g) agreements are under the task force model, and 28 percent are in Florida.", 62),
    ("Nearly half of the 287(g) agreements are in three states.", 3),
    (
        "Texas went from 26 287(g) agreements on Jan. 20, 2025, to 259 on Dec. 31, while Florida went from 48 to 339.",
        339,
    ),
    ("About four of ten 287(g) agreements are in Florida.", 4),
    ("The number of 287(g) agreements grew by 150 between Feb. 10 and March 4, 2025.", 150),
]
PLAIN = [
    ("Georgia had 20 287(g) agreements in 2024.", ((20, "contradicted"),)),
    ("ICE had reached 1,770 287(g) agreements by April 30, 2026.", ((1770, "supported"),)),
    ("Of Florida's 287(g) agreements, 171 are with police.", ((171, "supported"),)),
    ("Of Texas' agencies with 287(g) agreements, 195 are sheriffs.", ((195, "supported"),)),
    ("In March, ICE signed 124 287(g) agreements and in April 179.", ((124, "supported"), (179, "supported"))),
    ("In March, ICE signed 179 287(g) agreements and in April 124.", ((179, "contradicted"), (124, "contradicted"))),
    ("In June 2025 there were 736 287(g) agreements and in December 1,274.", ((736, "supported"), (1274, "supported"))),
    ("In February 2025 ICE signed 157 287(g) agreements and in March 137.", ((157, "supported"), (137, "supported"))),
    ("In 2025 ICE signed 1,186 287(g) agreements and in 2026, 550.", ((1186, "supported"), (550, "supported"))),
    ("Nebraska has nine 287(g) agreements, three in Red Willow County alone.", ((9, "supported"), (3, "supported"))),
    ("Florida ranks second with 346 signed 287(g) agreements.", ((2, "supported"), (346, "supported"))),
    ("There are 1,783 287(g) agreements throughout this country.", ((1783, "supported"),)),
    ("There are 39 states with 287(g) agreements.", ((39, "supported"),)),
    ("There are 20 states with 287(g) agreements.", ((20, "contradicted"),)),
    ("ICE has 287(g) agreements in the 20 states of the program.", ((20, "contradicted"),)),
    ("Missouri has twice as many agencies in 287(g) as Kentucky: 79 to 39.", ((2, "supported"), (79, "supported"))),
    ("Texas and Florida have 380 and 346 287(g) agreements, respectively.", ((380, "supported"), (346, "supported"))),
    ("195 of Texas' 254 sheriffs have a 287(g) agreement.", ((195, "supported"),)),
    ("As of May 8, ICE had 1,783 287(g) agreements, 1,356 more than on March 31, 2025.", ((1356, "supported"),)),
    (
        "Florida has 346 287(g) agreements, and 79 percent of its agreements are task force agreements.",
        ((79, "supported"),),
    ),
    (
        "Missouri has 98 287(g) agreements. About 80 percent of the state's agreements are task force agreements.",
        ((80, "supported"),),
    ),
    ("Texas and Florida have 800 287(g) agreements.", ((800, "contradicted"),)),
    ("Florida accounts for 25% of the nation's task force agreements under 287(g).", ((0.25, "supported"),)),
]
OWN_COUNTS = [
    ("Of the 17 Ohio agencies with 287(g) agreements, seven are sheriff's offices.", ((17, "s"), (7, "s"))),
    ("Of the 17 Ohio agencies with 287(g) agreements, 11 are sheriff's offices.", ((17, "s"), (11, "-"))),
    ("Of the 20 Wisconsin agencies with 287(g) agreements, 23 are sheriff's offices.", ((20, "s"), (23, "-"))),
    ("Six of the 17 Ohio agencies with 287(g) agreements are sheriff's offices.", ((6, "-"), (17, "s"))),
    ("Of Ohio's 21 287(g) agreements, 11 are sheriff's offices.", ((21, "s"), (11, "s"))),
    (
        "Ohio's 21 287(g) agreements are held by seven sheriffs and 10 police departments; sheriffs hold 11 of them.",
        ((21, "s"), (7, "s"), (10, "s"), (11, "s")),
    ),
    ("Most of Kansas's 34 287(g) agreements are warrant service officer agreements.", ((34, "s"),)),
    ("Most of Kansas's 24 287(g) agreements are warrant service officer agreements.", ((24, "-"),)),
    ("None of West Virginia's 36 287(g) agreements is a jail enforcement agreement.", ((36, "s"),)),
    ("Nearly all of the 89 287(g) agreements in Pennsylvania are task force agreements.", ((89, "s"),)),
    ("The majority of Ohio's 16 287(g) agreements are task force agreements.", ((16, "-"),)),
    ("In Alabama's Baldwin County, seven agencies have 287(g) agreements.", ((7, "s"),)),
    ("In Alabama's Baldwin County, six police departments have 287(g) agreements.", ((6, "s"),)),
    ("In Alabama’s Baldwin County, 24 police departments have 287(g) agreements.", ((24, "-"),)),
]
"""What is counted of a part is not what is counted of the total: "s" supported, "-" not supported."""


@pytest.mark.parametrize(("text", "value"), OPEN)
def test_what_a_sentence_leaves_open_is_not_answered_firmly(checker: Checker, text: str, value: float) -> None:
    answers = checker.check_text(text, published=DAY).answers
    meant = [one for one in answers if one.claim.figure and abs(one.claim.figure.value - value) < 1e-6]
    meant = meant or [one for one in answers if one.claim.figure and abs(one.claim.figure.value - 100 * value) < 1e-6]
    assert meant, [(one.claim.figure, one.verdict) for one in answers]
    assert not [one.reason for one in meant if one.verdict in FIRM]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_each_number_has_its_own_day_and_place(
    checker: Checker, text: str, expected: tuple[tuple[float, str], ...]
) -> None:
    checked = checker.check_text(text, published=DAY)
    found = {round(one.claim.figure.value, 4): one.verdict for one in checked.answers if one.claim.figure}
    wanted = {value if value in found else 100 * value: verdict for value, verdict in expected}
    assert {value: found.get(value) for value in wanted} == wanted
    assert not checked.conflicts


@pytest.mark.parametrize(("text", "figures"), OWN_COUNTS)
def test_part_and_total_have_their_own_unit_model_and_county(
    checker: Checker, text: str, figures: tuple[tuple[int, str], ...]
) -> None:
    answers = [one for one in checker.check_text(text, published=DAY).answers if one.claim.shape == "count"]
    found = [
        (int(one.claim.figure.value), one.verdict) for one in answers if one.claim.figure and one.claim.figure.value
    ]
    assert [(value, "s" if verdict == "supported" else "-") for value, verdict in found] == list(figures), found
    assert not [value for value, verdict in found if verdict.startswith("supported_")]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("In Tennessee, four of every ten 287(g) agreements are under the jail enforcement model.", False),
        ("Six in ten 287(g) agreements are under the task force model.", True),
        ("Nearly six of every 10 287(g) agreements are under the task force model.", False),
        ("Exactly six in ten 287(g) agreements are under the task force model.", False),
        ("Cuatro de cada diez acuerdos 287(g) están en Texas y Florida.", True),
        ("Siete de cada diez acuerdos 287(g) están en Texas.", False),
    ],
)
def test_a_part_of_ten_is_rounded_to_tenths(checker: Checker, text: str, right: bool) -> None:
    answers = checker.check_text(text, published=DAY).answers
    verdicts = {one.verdict for one in answers if one.claim.shape == "share"}
    assert ("supported" in verdicts) is right, verdicts


@pytest.mark.parametrize("last", ["Macomb", "Nonesuch"])
def test_of_a_list_of_agencies_none_is_right_where_another_is_not_known(checker: Checker, last: str) -> None:
    text = (
        "Eight Michigan agencies have 287(g) agreements, including the sheriffs of Jackson, Crawford and {} counties."
    )
    for named, right in (("Roscommon", True), (last, False)):
        answers = checker.check_text(text.format(named), published=DAY).answers
        said = [one.verdict for one in answers if one.claim.shape == "holds"]
        assert len(said) == 3
        assert set(said) == {"supported"} if right else "supported" not in said, said


@pytest.mark.parametrize(("said", "verdict"), [("1,000", "supported"), ("exactly 1,000", "contradicted")])
def test_a_number_that_is_meant_exactly_is_not_rounded(checker: Checker, said: str, verdict: str) -> None:
    text = f"On Sept. 30, 2025, there were {said} 287(g) agreements."  # of 1,035
    found = {one.verdict for one in checker.check_text(text, published=DAY).answers}
    assert found <= ({verdict} if verdict == "supported" else {"was_true", "contradicted"}), found
    assert found


def test_a_number_behind_a_dated_one_is_not_held_against_now(checker: Checker) -> None:
    text = "Florida had 339 agreements on Dec. 31, Texas {}; today Texas has 380."
    for value in (259, 325, 344):
        found = checker.check_text(text.format(value), published=date(2026, 5, 8)).answers
        assert [one.verdict for one in found if one.claim.figure and one.claim.figure.value == value] == ["cannot_tell"]
        assert [one.verdict for one in found if one.claim.figure and one.claim.figure.value == 380] == ["supported"]


def test_a_difference_from_a_day_is_not_held_against_now(checker: Checker) -> None:
    text = "ICE had 1,274 agreements when 2025 ended, {} more than at the end of March."
    for value in (847, 947):
        found = checker.check_text(text.format(value), published=date(2026, 5, 8)).answers
        assert [one.verdict for one in found] == ["supported", "cannot_tell"], found[-1].reason
