"""What a source states is not as stated where a sentence denies it, wishes for it, or names another time or place.

All sentences are synthetic, worded for these tests, and answered from the record.
"""

from datetime import date

import pytest

from conftest import SHARED
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

FOR_IT = {"supported", "supported_if", "as_stated", "figure_fits", "was_true", "became_true"}


def answers(checker: Checker, text: str) -> tuple[Answer, ...]:
    return checker.check_text(text, published=date(2025, 8, 29)).answers


@pytest.mark.parametrize(
    "text",
    [
        "When Trump took office in 2017 there were not 35 agreements.",
        "ICE does not have 6,000 deportation agents.",
        "ICE wants 6,000 deportation agents.",
        "ICE may hire 6,000 deportation agents.",
        "ICE did not make 956 arrests on January 26, 2025.",
        "14 million undocumented immigrants do not live in the U.S. illegally.",
        "More than $500 million from the One Big Beautiful Bill will not go to 287(g) partnerships.",
        "833 officers were not active in June 2009.",
        "Two Justice Department investigations found no pattern of violations.",
        "The goal is not one million arrests a year.",
        "The goal is one million arrests in a month.",
        "GAO found in 2021 that ICE supervised the 287(g) program well.",
        "ICE cut 6,000 deportation agents.",
        "The claim that 14 million immigrants lack legal status is wrong.",
        "It is a myth that more than $500 million will go to 287(g) partnerships.",
        "Congress rejected more than $500 million for the 287(g) program.",
        "Congress refused to give more than $500 million to 287(g) partnerships.",
        "Congress has yet to give more than $500 million to 287(g) partnerships.",
        "Congress should give more than $500 million to 287(g) partnerships.",
        "If Congress gives more than $500 million to 287(g) partnerships, sheriffs will sign.",
        "The Senate blocked more than $500 million for the 287(g) program.",
        "Trump abandoned the goal of one million deportations a year.",
        "The goal of one million deportations a year was set in 2019.",
        "ICE meets its target of 3,000 arrests a day.",
        "There were 35 fewer agreements when Trump took office in 2017.",
        "A judge ruled that Maricopa County did no racial profiling.",
    ],
)
def test_what_is_denied_or_wished_for_is_not_as_stated(checker: Checker, text: str) -> None:
    assert not {one.verdict for one in answers(checker, text)} & FOR_IT


@pytest.mark.parametrize(
    "text",
    [
        "In 2015, ICE had 6,000 deportation agents.",
        "Texas has 6,000 deportation agents.",
        "Texas troopers handed over 3,600 people.",
        "In 2010, 14 million undocumented immigrants lived in the United States.",
        "Florida has 14 million undocumented immigrants living in the state.",
        "Texas will get more than $500 million for 287(g) agreements from the federal act.",
        "Congress gave more than $500 million to 287(g) partnerships in 2019.",
        "Two Justice Department investigations of Texas sheriffs found a pattern of violations.",
        "833 officers were active in June 2012.",
        "Two Justice Department investigations in 2019 found a pattern of discrimination.",
        "Maricopa County had 9 agreements in October 2010.",
    ],
)
def test_another_year_or_place_is_another_figure(checker: Checker, text: str) -> None:
    assert not {one.verdict for one in answers(checker, text)} & FOR_IT


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ICE had 28 partners in September 2007.", "supported"),
        ("ICE had 41 partners in March 2008.", "supported"),
        ("ICE had 61 partners in September 2007.", "contradicted"),
        ("The program had 76 partners in March 2018.", "as_stated"),
        ("In 2009 there were 12 hybrid agreements.", "as_stated"),
        ("In August 2012 there were 9 hybrid agreements.", "as_stated"),
        ("In August 2012 there were 11 hybrid agreements.", "cannot_tell"),
        ("In 2010 there were 71 hybrid agreements.", "cannot_tell"),
        ("More than $500 million will go to 287(g).", "as_stated"),
        ("Before 2025 the program never had more than 71 agreements.", "contradicted"),
        ("Before 2012 the program never had more than 50 agreements.", "contradicted"),
        ("Under Obama the number of agreements fell from 71 to 32.", "cannot_tell"),
        ("Nearly 70 agreements existed in 2010.", "cannot_tell"),
        ("In August 2012, 66 agreements were in force.", "cannot_tell"),
        ("In August 2012, 96 agreements were in force.", "contradicted"),
        ("In September 2017, 100 agreements were in force.", "cannot_tell"),
        ("The number of agreements dropped from 71 in 2010 to 39 in 2013.", "supported"),
        ("Agreements fell from 68 in 2012 to 32 in 2016.", "supported"),
        ("When Obama left office, 36 agencies had agreements.", "as_stated"),
        ("When Obama left office, 136 agencies had agreements.", "contradicted"),
        ("When Obama took office, 67 agencies had agreements.", "as_stated"),
    ],
)
def test_counts_of_the_time_before_the_lists(checker: Checker, text: str, verdict: str) -> None:
    assert {one.verdict for one in answers(checker, text)} == {verdict}


def test_a_page_before_the_time_is_not_denied_to_give_the_figure(checker: Checker) -> None:
    """ICE's page of December 10, 2016 has 34: too long before the end of the year, but none gives it is untrue."""
    (found,) = answers(checker, "By the end of 2016, 34 agreements remained.")
    assert found.verdict == "cannot_tell" and "give 34 to 36; none of that time gives the figure" in found.reason
    (found,) = answers(checker, "By the end of 2016, 90 agreements remained.")
    assert "none gives the figure" in found.reason


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Collier County, Florida, has been in the program since 2007.", "not_in_record"),
        ("Frederick County, Maryland, has taken part since 2008.", "not_in_record"),
        ("Frederick County, Maryland, has been a partner since 2003.", "cannot_tell"),
        ("Maricopa County was a partner in 2009.", "supported"),
        ("Maricopa County was a partner in 2014.", "cannot_tell"),
        ("Maricopa County was a partner from 2003 to 2015.", "cannot_tell"),
        ("The Maricopa County Sheriff's Office has never signed an agreement.", "contradicted"),
        ("Cobb County, Georgia, has not signed an agreement.", "cannot_tell"),
    ],
)
def test_agencies_of_the_time_before_the_lists(checker: Checker, text: str, verdict: str) -> None:
    assert [one.verdict for one in answers(checker, text)] == [verdict]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The first 287(g) agreement was signed in 2002.", True),
        ("The first 287(g) agreements were signed in the early 2000s.", True),
        ("The first 287(g) agreement was signed in 2001.", False),
        ("The first 287(g) agreements were signed in the 1990s.", False),
        ("DHS pays $7,500 for equipment for each trained officer of a 287(g) agency.", True),
        ("DHS does not pay $7,500 for equipment for each trained officer.", None),
        ("DHS does not pay $75,000 for equipment for each trained officer.", None),
    ],
)
def test_statements_of_law_of_a_year_or_a_sum(checker: Checker, text: str, holds: bool | None) -> None:
    found = answers(checker, text)
    assert [one.law_holds for one in found] == [holds]
    said = {True: "agrees with", False: "differs from", None: "what the sources say"}[holds]
    assert found[0].reason.startswith(said)


@pytest.mark.parametrize("whose", ["Alabama's first 287(g) agreement", "The first 287(g) agreement in Alabama"])
def test_the_first_agreement_of_a_state_is_not_that_of_all(checker: Checker, whose: str) -> None:
    for year in (2002, 2003):
        (answer,) = answers(checker, f"{whose} was signed in {year}.")
        assert (answer.verdict, answer.law_holds) == ("cannot_tell", None)


@pytest.mark.parametrize("text", ["‘", "“", "’ ”"])
def test_a_text_without_a_word_has_no_answer(checker: Checker, text: str) -> None:
    assert answers(checker, text) == ()


ARTICLES = SHARED / "articles"
SAID: list[tuple[str, date, dict[float, set[str]]]] = [
    (
        "2025-03-05_partnering-with-local.txt",
        date(2025, 3, 5),
        {1100: {"contradicted"}, 6000: {"as_stated"}, 2700: {"figure_fits"}, 85: {"cannot_tell", "contradicted"}},
    ),
    ("undated_local-police-in-40-states.txt", date(2025, 5, 29), {635: {"supported"}}),
    (
        "undated_supercharges-partnerships.txt",
        date(2025, 8, 29),
        {
            35: {"as_stated"},
            3600: {"as_stated"},
            500_000_000: {"as_stated"},
            14_000_000: {"as_stated"},
            1_000_000: {"as_stated"},
            2: {"as_stated"},
            563: {"figure_fits", "arithmetic_holds", "cannot_tell"},
            150: {"figure_fits"},
        },
    ),
]
"""Figures of the stories in docs/articles.md, and how `check` answers each of them in its own sentence."""


@pytest.mark.parametrize(("name", "day", "said"), SAID, ids=[one[0] for one in SAID])
def test_the_stories_are_answered_as_the_table_says(
    checker: Checker, name: str, day: date, said: dict[float, set[str]]
) -> None:
    story = ARTICLES / name
    if not story.is_file():
        pytest.skip(f"{story}: not here")
    found: dict[float, set[str]] = {}
    for one in checker.check_text(story.read_bytes(), published=day).answers:
        if one.claim.figure and one.claim.shape != "law":
            found.setdefault(one.claim.figure.value, set()).add(one.verdict)
    other = {value for value, verdicts in said.items() if not found.get(value) or not found[value] <= verdicts}
    assert not other
