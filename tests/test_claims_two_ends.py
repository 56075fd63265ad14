"""Figures with two ends, shares, ranks and times in the words of news stories: each end has its own time and place.

The sentences are synthetic, labeled from the record's lists.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FITTING = ("supported", "supported_if", "was_true", "as_stated")
FIRM = ("supported", "contradicted", "arithmetic_holds", "arithmetic_fails")
RIGHT = [
    ("2026-05-08", "From the first week of March 2025 through early this month, the number of 287(g) agreements in "
     "Texas went from 36 to 380.", ["36", "380"]),
    ("2026-05-08", "287(g) agreements in Oklahoma increased from three to 64, and those in Arkansas from two to 80.",
     ["64", "80"]),
    ("2025-03-10", "Trump expanded the 287(g) program in his first term to 150 agreements, and the count had slipped "
     "to 135 by the time he returned.", ["150", "135"]),
    ("2025-03-10", "During the four years that Joe Biden was in the White House, ICE signed no new 287(g) "
     "agreements.", ["no"]),
    ("2026-05-08", "During the present administration, the number of 287(g) agreements has gone from 135 to 1,783.",
     ["135", "1,783"]),
    ("2025-11-05", "During the Trump administration, the number of 287(g) agreements has gone from 135 to 1,136.",
     ["135", "1,136"]),
    ("2025-12-31", "There has been an 844% increase in the number of 287(g) agreements since last December.", ["844%"]),
    ("2025-12-31", "ICE has 1,274 agreements in 39 states under 287(g), nearly half of them in Florida and Texas.",
     ["1,274", "39", "nearly half"]),
    ("2025-12-31", "Texas accounts for 20% of the national total of 287(g) agreements, behind Florida with 27%.",
     ["20%", "27%", "behind"]),
    ("2026-02-05", "111 agreements under 287(g) were signed in January, 32 of them in Texas and nine in West Virginia.",
     ["111", "32", "nine"]),
    ("2025-12-31", "Tennessee has 56 agreements under 287(g), fewer than only Florida and Texas.",
     ["56", "fewer than only"]),
    ("2025-12-31", "Texas ranks second only to Florida in 287(g) agreements, with 259.", ["259"]),
    ("2025-12-31", "Alaska has two agreements under 287(g) and none under the task force model.", ["two", "none"]),
    ("2026-02-05", "The 287(g) count in Texas rose from 259 late last year to 287 early this month.", ["259", "287"]),
    ("2026-05-08", "In April alone, ICE signed 179 agreements under 287(g), up from 124 in March.", ["179", "124"]),
    ("2025-12-31", "In the final days of the Biden presidency, the program counted 135 agreements in 21 states; today "
     "there are 1,274 in 39.", ["135", "21", "1,274", "39"]),
    ("2025-08-14", "Seven months into Trump's second term, ICE has 895 agreements, compared with 135 on the day he "
     "took office.", ["895", "135"]),
    ("2025-08-14", "ICE now has 895 agreements with 740 agencies, up from 135 with 133 agencies at the end of the "
     "Biden era.", ["895", "740", "135", "133"]),
    ("2026-05-08", "Georgia had six agreements at the start of last year, 43 at the end of it and 64 now.",
     ["six", "43", "64"]),
    ("2025-12-31", "Texas, with 259 agreements, and Florida, with 339, together account for 47% of the national total.",
     ["259", "339", "47%"]),
    ("2026-05-08", "Since Dec. 31, ICE has gained 509 agreements, 121 of them in Texas and 64 in Missouri.",
     ["121", "64"]),
    ("2026-03-02", "ICE signed 125 agreements in February after signing 111 in January.", ["125", "111"]),
    ("2025-12-31", "Georgia ranks sixth among the states with 43 agreements, one behind Alabama.",
     ["ranks sixth", "43", "one"]),
    ("2026-05-08", "Texas (380 agreements), Florida (346) and Missouri (98) have 46% of the national total.",
     ["380", "346", "98", "46%"]),
    ("2025-12-31", "When Biden took office, there were 148 agreements; when he left, 135.", ["148", "135"]),
    ("2026-05-08", "Arkansas went from two agreements on Jan. 20, 2025, to 35 at the end of that year and 80 today.",
     ["two", "35", "80"]),
    ("2026-05-08", "North Carolina's tally has barely moved, from 28 at the end of last year to 30.", ["28", "30"]),
    ("2025-12-31", "Florida's share of all 287(g) agreements has slipped from 36% a year ago to 27%.", ["36%", "27%"]),
    ("2026-02-02", "Trump ended his first term with about 150 agreements under 287(g) and began his second with 135.",
     ["about 150", "135"]),
    ("2026-01-31", "In the last year of the Biden administration, the program had 135 agreements.", ["135"]),
    ("2026-01-10", "The number of 287(g) agreements reached about 150 in 2020 before falling to 135 by the end of "
     "2024.", ["about 150", "135"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "figures"), RIGHT)
def test_each_end_is_read_with_its_own_time_and_place(
    checker: Checker, day: str, text: str, figures: list[str]
) -> None:
    answers = checker.check_text(text, published=date.fromisoformat(day)).answers
    verdicts = {one.claim.figure.said.replace(" %", "%"): one.verdict for one in answers if one.claim.figure}
    assert [verdicts.get(said) in FITTING for said in figures] == [True] * len(figures), verdicts
    assert not {"contradicted", "became_true"} & {*verdicts.values()}


WRONG = [
    ("2025-12-31", "Tennessee has 56 agreements under 287(g), fewer than only Texas.", "fewer than only"),
    ("2025-12-31", "Texas has 20% of the 287(g) agreements in the country, ahead of Florida with 27%.", "ahead of"),
    ("2026-05-08", "287(g) agreements in Oklahoma increased from three to 64, and those in Arkansas from two to 75.",
     "75"),
    ("2026-02-05", "ICE signed 111 agreements under 287(g) in January, 40 of them in Texas and nine in West Virginia.",
     "40"),
    ("2025-12-31", "Oklahoma has 27 agreements under 287(g) and none under the jail enforcement model.", "none"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "figure"), WRONG)
def test_a_wrong_end_is_contradicted(checker: Checker, day: str, text: str, figure: str) -> None:
    answers = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert {one.claim.figure.said: one.verdict for one in answers if one.claim.figure}[figure] == "contradicted"


EDGES = [
    ("2026-05-08", "Arkansas had {} agreements at the start of last year.", 2, 35),
    ("2026-05-08", "Arkansas had {} agreements at the end of last year.", 35, 2),
    ("2026-05-08", "Texas had {} agreements under 287(g) at the end of last month.", 376, 344),
]


@pytest.mark.parametrize(("day", "text", "right", "other"), EDGES)
def test_one_end_of_a_year_is_not_all_of_it(checker: Checker, day: str, text: str, right: int, other: int) -> None:
    def verdict(count: int) -> str:
        (answer,) = checker.check_text(text.format(count), published=date.fromisoformat(day)).answers
        return answer.verdict

    assert (verdict(right), verdict(other) == "supported") == ("supported", False)


LAST_MONTH_OF_THAT_NAME = [("2025-12-31", 135), ("2026-02-05", 1274)]


@pytest.mark.parametrize(("day", "count"), LAST_MONTH_OF_THAT_NAME)
def test_last_december_is_the_one_before_this_month(checker: Checker, day: str, count: int) -> None:
    text = f"Last December, ICE had {count:,} agreements under 287(g)."
    answers = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert [one.verdict for one in answers] == ["supported"]


BEARING = [
    ("2025-12-31", "Texas hardly ranks second only to Florida in 287(g) agreements, with 259."),
    ("2025-12-31", "ICE has 1,274 pledges of agreements in 39 states, nearly half of them in Florida and Texas."),
    ("2025-12-31", "Tennessee may have 56 agreements under 287(g), fewer than only Florida and Texas."),
    ("2025-08-14", "Sheriff Doe, a Trump ally, says the program had 135 agreements when he returned to office."),
    ("2025-12-31", "Texas accounts for 20% of the new 287(g) agreements, behind Florida with 27%."),
    ("2025-12-31", "Eight in 10 agreements in Florida were in place by the middle of 2025."),
    ("2025-12-31", "Ohio is the only state whose count of 287(g) agreements has shrunk this year."),
    ("2025-12-31", "Florida's share of all new 287(g) agreements has slipped from 36% a year ago to 27%."),
    ("2025-03-10", "During the four years that Joe Biden was nearly in the White House, ICE signed no new agreements."),
]


@pytest.mark.parametrize(("day", "text"), BEARING)
def test_a_word_that_is_not_read_withholds(checker: Checker, day: str, text: str) -> None:
    answers = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert not [
        one for one in answers if one.verdict in FIRM and one.claim.shape in ("count", "signed", "rank", "share")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "On Dec. 31 there were 1,274 agreements under 287(g), 847 more than on March 31.",
        "On Dec. 31 there were 1,274 agreements under 287(g), which was 847 more than on March 31.",
        "On Dec. 31 there were 1,274 agreements under 287(g), 509 fewer than on May 8.",
    ],
)
def test_a_number_of_an_earlier_day_is_compared_with_no_other_day_than_the_sentence_means(
    checker: Checker, text: str
) -> None:
    """847 more than on March 31 of the year before; 509 fewer than on May 8."""
    change = [one for one in checker.check_text(text, published="2026-05-08").answers if one.claim.shape == "change"]
    assert [one.verdict for one in change] == ["cannot_tell"]


@pytest.mark.parametrize(("said", "verdict"), [("No agency", "cannot_tell"), ("Three agencies", "cannot_tell"),
                                               ("Forty agencies", "contradicted")])  # fmt: skip
def test_a_month_of_no_year_is_held_against_nobody_that_is_right_of_one_year(
    checker: Checker, said: str, verdict: str
) -> None:
    """In an article of no day: in some Aprils nobody left, in one three agencies did."""
    left = checker.check_text(f"{said} left the 287(g) program in April.").answers
    assert [one.verdict for one in left] == [verdict]
