"""Constructions of which the reading is one of several are not answered firmly; their plain twins are.

Each row is a synthetic sentence of May 8, 2026: the figure that is not firm, or the figures in their order with the
verdicts of a sentence that is plain.
"""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.withholding import FIRM

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
]
PLAIN = [
    ("In March, ICE signed 124 287(g) agreements and in April 179.", ((124, "supported"), (179, "supported"))),
    ("In March, ICE signed 179 287(g) agreements and in April 124.", ((179, "contradicted"), (124, "contradicted"))),
    ("In June 2025 there were 736 287(g) agreements and in December 1,274.", ((736, "supported"), (1274, "supported"))),
    ("In February 2025 ICE signed 157 287(g) agreements and in March 137.", ((157, "supported"), (137, "supported"))),
    ("In 2025 ICE signed 1,186 287(g) agreements and in 2026, 550.", ((1186, "supported"), (550, "supported"))),
    ("Nebraska has nine 287(g) agreements, three in Red Willow County alone.", ((9, "supported"), (3, "supported"))),
    ("Florida ranks second with 346 signed 287(g) agreements.", ((2, "supported"), (346, "supported"))),
    ("There are 1,783 287(g) agreements throughout this country.", ((1783, "supported"),)),
    ("Florida accounts for 25% of the nation's task force agreements under 287(g).", ((0.25, "supported"),)),
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


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
