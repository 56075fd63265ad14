"""Statements that count without a figure, places that are left out, states counted by what each has, figures to come.

All sentences are synthetic, worded for these tests, and answered from the record.
"""

from typing import Any

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day


def verdicts(checker: Checker, day: str, text: str) -> dict[str, str]:
    """The verdict of each claim, by the words that it was read from."""
    checked = checker.check(read_article(text.encode(), "synthetic", month_or_day(day)))
    return {
        one.claim.figure.said if one.claim.figure else checked.article.text[one.claim.span.start : one.claim.span.end]:
        one.verdict for one in checked.answers
    }  # fmt: skip


AUGUST, JANUARY, APRIL = "2025-08-20", "2026-01-05", "2026-04-02"
SAID: tuple[tuple[str, str, dict[str, str]], ...] = (
    # every, none, neither, not one, not every, most
    (AUGUST, "Each agreement in New Hampshire follows the task force model.", {"Each": "supported"}),
    (AUGUST, "Not every agreement in New Hampshire is under the task force model.", {"Not every": "contradicted"}),
    (AUGUST, "All of Utah's agreements are under the warrant service officer model.", {"All": "contradicted"}),
    (AUGUST, "None of Maryland's agreements is under the task force model.", {"None": "supported"}),
    (AUGUST, "Maryland holds eight agreements, none of them under the jail model.", {"eight": "supported",
                                                                                   "none": "contradicted"}),
    (AUGUST, "Neither Vermont nor Oregon holds any 287(g) agreements.", {"Neither": "supported"}),
    (AUGUST, "Neither Vermont nor Florida holds any 287(g) agreements.", {"Neither": "contradicted"}),
    (AUGUST, "There isn't a single 287(g) agreement in Vermont.", {"isn't": "supported"}),
    (AUGUST, "Not one sheriff in Texas has joined the 287(g) program.", {"Not one": "contradicted"}),
    (AUGUST, "Every sheriff in Florida has signed an agreement.", {"Every": "supported"}),
    (AUGUST, "Every county in Texas has an agreement.", {"Every": "contradicted"}),
    (AUGUST, "The number of agreements nationwide rose in July.", {"rose": "supported"}),
    (AUGUST, "The number of 287(g) agreements fell in 2025.", {"fell": "contradicted"}),
    # units are not exchanged where a statement names one
    (AUGUST, "28 agencies hold 25 agreements in South Carolina.", {"28": "contradicted", "25": "contradicted"}),
    # the only one, by kind and by number
    (JANUARY, "Guam is the only territory with a 287(g) agreement.", {"the only": "supported"}),
    (JANUARY, "Puerto Rico is the only territory with a 287(g) agreement.", {"the only": "contradicted"}),
    (JANUARY, "Florida is the only state with more than 300 agreements.", {"Florida": "supported"}),
    (JANUARY, "Texas is the only state with more than 300 agreements.", {"Texas": "contradicted"}),
    (JANUARY, "Only two states have more than 200 agreements.", {"Only two": "supported"}),
    (JANUARY, "Only two states have more than 300 agreements.", {"Only two": "contradicted"}),
    (JANUARY, "Half of the states have more than 20 agreements.", {"Half": "contradicted"}),
    (JANUARY, "Only Florida and Texas have more than 200 agreements each.", {"Florida": "supported"}),
    (JANUARY, "Forty states have more than 900 agreements.", {"Forty": "supported_if", "more than 900": "supported"}),
    (JANUARY, "Georgia is among two states with more than 200 agreements.", {"two": "cannot_tell",
                                                                             "more than 200": "cannot_tell"}),
    # places left out, what is left, what is part of it
    (APRIL, "Outside Florida and Texas, 880 agreements are in force.", {"880": "supported"}),
    (APRIL, "There are 1,200 agreements outside Florida and Texas.", {"1,200": "contradicted"}),
    (APRIL, "Maryland has two agreements left.", {"two": "supported"}),
    (APRIL, "West Virginia's 36 agreements include 35 under the task force model.", {"36": "supported",
                                                                                     "35": "supported"}),
    (APRIL, "Pennsylvania's 73 agencies put it third in the nation.", {"73": "supported", "third": "supported"}),
    (APRIL, "Pennsylvania's 73 agencies put it second in the nation.", {"73": "supported", "second": "contradicted"}),
    # the words around a figure: who says so, what a model does, a clause that bears on nothing, what follows from it
    (AUGUST, "The Records Project (RP), a nonpartisan watchdog, calculated that ICE had 895 agreements.",
     {"895": "supported"}),
    (AUGUST, "ICE has 895 agreements, while lawyers and neighbors worry about trust.", {"895": "supported"}),
    (AUGUST, "ICE has 895 agreements, though lawyers call the tally a stretch.", {"895": "figure_fits"}),
    (AUGUST, "ICE has 895 agreements, which let officers question drivers during routine patrols.",
     {"895": "figure_fits", "which let officers question drivers during routine patrols": "law"}),
    (APRIL, "ICE has 1,560 agreements, meaning Texas has roughly one in five of them.",
     {"1,560": "supported", "roughly one in five": "supported"}),
    (AUGUST, "Under the second Trump administration, the program's agreements have more than quadrupled in number.",
     {"more than quadrupled": "supported"}),
    ("2025-09-10", "From January 2025 through early September, agreements rose from 135 to 957.",
     {"135": "supported", "957": "supported"}),
    (JANUARY, "Georgia, at 43 agreements, trails only Florida, Texas, Tennessee, Pennsylvania and Alabama.",
     {"trails only": "supported", "43": "supported"}),
    (JANUARY, "Georgia, at 43 agreements, trails only Florida, Texas, Tennessee, Pennsylvania and Ohio.",
     {"trails only": "contradicted", "43": "supported"}),
    (JANUARY, "West Virginia has 17 agencies in the program, all but two under the task force model.",
     {"17": "supported", "all but": "cannot_tell"}),
    ("2026-02-01", "ICE has agreements in 39 states and Guam.", {"39": "supported", "Guam": "supported"}),
    ("2026-02-01", "ICE has agreements in 39 states and Puerto Rico.", {"39": "supported",
                                                                       "Puerto Rico": "contradicted"}),
    (APRIL, "Texas had 259 agreements on Jan. 5, 2026. There are now 150.", {"259": "supported",
                                                                                  "150": "contradicted"}),
    # what only looks alike
    (AUGUST, "Outside Florida, Texas has the most agreements, 137.", {"the most": "figure_fits", "137": "figure_fits"}),
    (AUGUST, "Texas has 137 agreements left to sign.", {"137": "cannot_tell"}),
    (AUGUST, "Under the Biden administration, the number of agreements more than quadrupled.",
     {"more than quadrupled": "contradicted"}),
    ("2025-08-20", "ICE has 895 agreements with agencies in 40 states, a sixfold increase since January.",
     {"895": "supported", "40": "supported", "sixfold": "cannot_tell"}),
    # a figure that is said to have risen or fallen to its value
    (AUGUST, "The number of participating agencies has soared to 740.", {"740": "supported"}),
    (AUGUST, "The number of participating agencies has fallen to 740.", {"740": "cannot_tell"}),
    (APRIL, "The number of agreements in Maryland has fallen to two.", {"two": "supported"}),
    (AUGUST, "The program, which was created in 1996, now includes 740 agencies.", {"740": "supported"}),
    (AUGUST, "Before Trump returned to office, there were 135 agreements.", {"135": "supported"}),
    # comparisons without a figure
    (APRIL, "Montana has fewer agreements than Wyoming.", {"fewer": "supported"}),
    (AUGUST, "Texas has more agreements than Florida.", {"more": "contradicted"}),
    (AUGUST, "Texas has more rural agreements than Florida.", {"more": "cannot_tell"}),
    (AUGUST, "ICE has more agreements in Florida than in any other state.", {"more": "supported"}),
    (AUGUST, "ICE has more agreements in Texas than in any other state.", {"more": "contradicted"}),
    (AUGUST, "Every Florida county has at least one agency in the program.", {"Every": "supported"}),
    (APRIL, "Fourteen months ago, there were only 135 such agreements; now there are 1,560.",
     {"only 135": "supported", "1,560": "supported"}),
    # named agencies
    (JANUARY, "Brown County, Wisconsin, signed a warrant service officer agreement in October 2020.",
     {"Brown County": "supported"}),
    (AUGUST, "Harris County does not take part in the 287(g) program.", {"Harris County": "cannot_tell"}),
    (AUGUST, "Harris County, Georgia, does not take part in the 287(g) program.", {"Harris County": "contradicted"}),
    (AUGUST, "Tennessee's Knox County's sheriff signed a jail agreement.", {"Knox County": "supported"}),
    (AUGUST, "The Knox County Sheriff's Office in Tennessee has never signed an agreement.",
     {"Knox County Sheriff's Office": "contradicted"}),
    (AUGUST, "The Tarrant County Sheriff's Office refused to sign a 287(g) agreement.",
     {"Tarrant County Sheriff's Office": "not_in_record"}),
    # figures to come, wished for, or on a condition
    (AUGUST, "If 15 more sheriffs sign, 910 agreements would be in force.", {"15": "cannot_tell",
                                                                             "910": "cannot_tell"}),
    (AUGUST, "The program could grow to 1,200 agreements.", {"1,200": "cannot_tell"}),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), SAID, ids=[text[:50] for _, text, _ in SAID])
def test_a_statement(checker: Checker, day: str, text: str, expected: dict[str, str]) -> None:
    assert verdicts(checker, day, text) == expected


@pytest.mark.parametrize("word", ["Nearly", "purple", "reportedly"])
@pytest.mark.parametrize(
    "text", ["Each agreement in New Hampshire {} follows the task force model.",
             "Only two {} states have more than 200 agreements.", "Outside {} Florida, 1,216 agreements are in force."]
)  # fmt: skip
def test_a_word_more_withdraws_the_verdict(checker: Checker, text: str, word: str) -> None:
    found: Any = verdicts(checker, APRIL if "Outside" in text else JANUARY, text.format(word))
    assert not set(found.values()) & {"supported", "contradicted"}, found


TABLE = """<html><body><article><p>ICE had 896 agreements under the 287(g) program.</p><table>
<tr><th>State</th><th>Agreements</th></tr><tr><td>Florida</td><td>317</td></tr><tr><td>Texas</td><td>999</td></tr></table>
<table><tr><td><p>In Georgia, 31 agreements were in force under the program.</p></td><td>2</td></tr></table>
</article></body></html>"""


def test_rows_of_a_table_are_never_mixed_into_sentences(checker: Checker) -> None:
    checked = checker.check(read_article(TABLE.encode(), "synthetic", month_or_day(AUGUST)))
    assert [one.claim.figure.value for one in checked.answers if one.claim.figure] == [896, 31, 317, 999]
    assert any("2 figures of tables read as sentences of their own" in note for note in checked.notes)
