"""Comparisons in words, everyday names of models, series, kinds of agency: read, answered, and withheld where odd."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day

FITS, WRONG = (
    {"supported", "supported_if", "arithmetic_holds"},
    {"contradicted", "was_true", "became_true", "arithmetic_fails"},
)
KINDS = {"+": FITS, "-": WRONG, "?": {"cannot_tell", "figure_fits"}}
RIGHT = (
    # everyday names of models
    ("2026-01-30", "All eight of Maryland's agreements are limited to jails.", "++"),
    ("2026-01-30", "All nine of Maryland's agreements are limited to jails.", "-+"),
    ("2025-08-14", "In Florida, 65 of the agreements let deputies serve ICE warrants in jails.", "+"),
    ("2025-08-14", "In Florida, 75 of the agreements let deputies serve ICE warrants in jails.", "-"),
    ("2025-08-14", "In Florida, 65 of the agreements let rural deputies serve ICE warrants in jails.", "?"),
    ("2024-02-20", "Wisconsin has seven participating sheriff's offices, six of which only serve warrants.", "++"),
    ("2024-02-20", "Wisconsin has seven participating sheriff's offices, five of which only serve warrants.", "+-"),
    # series and parts
    ("2025-07-10", "Warrant service agreements are in effect in 35 states, task force agreements in 31.", "++"),
    ("2025-07-10", "Warrant service agreements are in effect in 35 states, task force agreements in 36.", "+-"),
    ("2025-02-03", "In Georgia six agencies take part, five of them sheriff's offices.", "++"),
    ("2025-02-03", "In Georgia six agencies take part, four of them sheriff's offices.", "+-"),
    ("2025-10-22", "There are 1,097 agreements: 137 jail enforcement, 406 warrant service and 554 task force.", "++++"),
    ("2025-08-14", "Every one of New Hampshire's 12 agreements is a jail enforcement agreement.", "--"),
    # one against another
    ("2025-06-27", "Oklahoma has 17 agreements, fewer than Alabama's 21.", "+++"),
    ("2025-06-27", "Oklahoma has 17 agreements, more than Alabama's 21.", "+-+"),
    ("2023-05-10", "Florida's 47 agencies exceed those of any other state; Texas is next with 26.", "++++"),
    ("2023-05-10", "Texas' 26 participating agencies exceed those of any other state.", "+-"),
    ("2026-04-24", "Missouri's 96 agreements put it third.", "++"),
    ("2026-04-24", "Missouri's 96 agreements put it fifth.", "-+"),
    ("2026-04-01", "Texas drew level with Florida on April 1, at 344 agreements each.", "+++"),
    ("2026-04-01", "Texas has more agreements than any other state.", "-"),
    ("2026-04-24", "Texas has more agreements than any other state.", "+"),
    ("2025-11-03", "In Texas, task force agreements outnumber those for warrant service.", "-"),
    ("2026-05-07", "In Texas, task force agreements outnumber those for warrant service.", "+"),
    ("2026-05-07", "In Texas, secret task force agreements outnumber those for warrant service.", "?"),
    # places left out, and named as examples
    ("2025-12-01", "Every state but 11 has at least one participating agency.", "+"),
    ("2025-12-01", "Every state but six has at least one participating agency.", "-"),
    ("2026-01-30", "Apart from Florida and Texas, no state has as many as 70 agreements.", "+"),
    ("2026-03-31", "Apart from Florida and Texas, no state has as many as 70 agreements.", "-"),
    ("2026-03-31", "Two states have more than 300 agreements each: Florida and Texas.", "+"),
    ("2026-03-31", "Two states have more than 300 agreements each: Florida and Georgia.", "-"),
    ("2026-02-20", "Eleven states, including Illinois and New Jersey, have no agreements.", "+++"),
    ("2026-02-20", "Eleven states, including Illinois and New Hampshire, have no agreements.", "++-"),
    # kinds of agency; units that are stated
    ("2026-02-13", "Sheriffs and other county agencies account for nearly two-thirds of the agreements.", "+"),
    ("2026-02-13", "City police account for nearly two-thirds of the agreements.", "-"),
    ("2025-05-30", "By May 29, some 635 agencies had signed 287(g) agreements with ICE.", "-"),
    # times
    ("2025-04-30", "April ended with over 500 agreements in 39 states.", "++"),
    ("2025-12-31", "The year closes with 1,474 agreements on ICE's list.", "-"),
    ("2026-05-07", "Indiana nearly doubled its number of agencies in just over three months, from 16 to 31.", "+++"),
    ("2025-07-10", "Exactly 450 agreements follow the task force model, which had been dormant since 2012.", "-"),
    # a share and its total; parts behind "including"; sums; who comes second
    ("2025-08-20", "Just over four in 10 of the country's 895 agreements follow the task force model.", "-+"),
    ("2025-08-14", "There were 895 agreements in place, including 442 under the task force model.", "++"),
    ("2025-08-14", "There were 895 agreements in place, including 544 under the task force model.", "+-"),
    ("2025-12-15", "Texas has fewer agreements than Florida and Tennessee combined.", "+"),
    ("2025-12-15", "Florida has fewer agreements than Texas and Tennessee combined.", "-"),
    ("2026-01-05", "With 259 agreements, Texas is second to Florida's 339.", "++++"),
    ("2025-12-15", "Only one territory, Guam, has an agreement.", "++"),
    ("2025-12-15", "More than a third of Florida's agreements are with sheriff's offices.", "+"),
    ("2025-12-15", "More than two-thirds of Florida's agreements are with sheriff's offices.", "-"),
    ("2026-03-31", "Only two Maryland counties, Garrett and Washington, are on ICE's list.", "+++"),
    ("2026-03-31", "Only two Maryland counties, Harford and Washington, are on ICE's list.", "--+"),
    ("2026-04-20", "Torrance County is the fourth in New Mexico with an agreement.", "+-"),
    # figures of other things in a clause of their own, and who says so
    ("2025-08-14", "Kansas, where 15 agencies take part, received $3 million for the effort.", "+!"),
    ("2025-08-14", "Kansas, where 25 agencies take part, received $3 million for the effort.", "-!"),
    ("2025-08-14", "Kansas, where 15 agencies allegedly take part, received $3 million for the effort.", "?!"),
    ("2025-08-14", "Thirty Wisconsin sheriffs are doing it, a county supervisor told the board Thursday.", "-"),
    ("2026-05-01", "Rep. Jane Doe, D-Pittsburgh, told colleagues that 88 Pennsylvania agencies have signed on.", "+"),
    ("2025-08-14", "ICE has 895 agreements, according to the Secretary", "+"),
    ("2026-05-01", "A source falsely told colleagues that 88 Pennsylvania agencies have signed on.", "?"),
)  # fmt: skip
"""Synthetic sentences with what becomes of their claims, in order: + fits, - does not, ? is withheld."""


@pytest.mark.parametrize(("day", "text", "expected"), RIGHT)
def test_a_relation_is_answered_or_withheld(checker: Checker, day: str, text: str, expected: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    found = "".join(next((sign for sign, kind in KINDS.items() if one.verdict in kind), "!") for one in answers)
    assert found == expected, [(one.verdict, one.meaning, one.reason) for one in answers]


def test_a_number_that_nothing_reads_is_named_and_makes_no_word_read(checker: Checker) -> None:
    text = "ICE has 895 agreements under the 287(g) program and 40 protesters in the hall."
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2025-08-14"))).answers
    assert [(one.claim.figure.value, one.verdict) for one in answers if one.claim.figure] == [
        (895, "figure_fits"),
        (40, "cannot_tell"),
    ]
