"""Times as stories name them: what ended with a figure, ends of quarters, how long a growth took, terms of office.

Each row is a synthetic sentence with its day and the verdicts of its claims; the second half has the same constructions
with a wrong figure, or with a word that is not understood.
"""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.numbers import fraction, multiple

MAY, OCTOBER, JANUARY, SPRING = date(2025, 5, 5), date(2025, 10, 5), date(2026, 1, 5), date(2026, 5, 7)
RIGHT = [
    (MAY, "April ended with 517 agreements in force under 287(g)."),
    (MAY, "The month ended with 517 287(g) agreements nationwide."),
    (OCTOBER, "As of the third quarter's end, 1,035 287(g) agreements were in force."),
    (OCTOBER, "The fiscal year ended with 1,035 287(g) agreements in effect."),
    (OCTOBER, "By late summer, the country had 956 287(g) agreements."),
    (OCTOBER, "Under Trump, 923 287(g) agreements have been signed."),
    (OCTOBER, "Under the Biden administration, no 287(g) agreements were signed."),
    (JANUARY, "ICE closed 2025 with 1,274 287(g) agreements."),
    (JANUARY, "The year 2025 ended with 1,274 287(g) agreements in force."),
    (JANUARY, "In the final month of the year, ICE signed 96 287(g) agreements."),
    (JANUARY, "2025 saw 1,186 new 287(g) agreements."),
    (JANUARY, "At midyear, there were 736 287(g) agreements."),
    (JANUARY, "In less than a year, 287(g) agreements rose from 135 to 1,274."),
    (JANUARY, "Between January and December 2025, 287(g) agreements rose from 135 to 1,274."),
    (JANUARY, "Within a year, the number of 287(g) agreements had grown ninefold."),
    (SPRING, "April brought 179 new 287(g) agreements."),
    (date(2025, 6, 5), "After four months in office, Trump's administration had 635 287(g) agreements."),
]
NOT_RIGHT = [
    (MAY, "April ended with 917 agreements in force under 287(g)."),
    (OCTOBER, "At the end of fiscal year 2025, ICE had 737 287(g) agreements."),
    (OCTOBER, "Under the Biden administration, 12 287(g) agreements were signed."),
    (JANUARY, "In the final month of the year, ICE signed 196 287(g) agreements."),
    (JANUARY, "Between January and December 2025, 287(g) agreements rose from 635 to 1,274."),
    (SPRING, "At the end of the first quarter, ICE had 1,400 287(g) agreements."),
]
WITHHELD = [
    (JANUARY, "In less than a year, 287(g) agreements rose from 427 to 1,274."),
    (JANUARY, "Over six months, the number of 287(g) agreements doubled."),
    (MAY, "April ended with 517 grandfathered agreements in force under 287(g)."),
]


def verdicts(checker: Checker, day: date, text: str) -> list[str]:
    return [answer.verdict for answer in checker.check_text(text, published=day).answers]


@pytest.mark.parametrize(("day", "text"), RIGHT)
def test_a_time_is_read(checker: Checker, day: date, text: str) -> None:
    assert set(verdicts(checker, day, text)) == {"supported"}


@pytest.mark.parametrize(("day", "text"), NOT_RIGHT)
def test_a_wrong_figure_of_that_time_is_not_right(checker: Checker, day: date, text: str) -> None:
    found = verdicts(checker, day, text)
    assert {"contradicted", "was_true", "became_true"} & set(found), found


@pytest.mark.parametrize(("day", "text"), WITHHELD)
def test_what_is_told_roughly_or_not_understood_is_withheld(checker: Checker, day: date, text: str) -> None:
    found = verdicts(checker, day, text)
    assert found[0] in ("cannot_tell", "figure_fits"), found


def test_the_year_of_the_first_end_follows_from_the_second(checker: Checker) -> None:
    text = "From January to December the number of agreements under 287(g) grew from 135 to 1,274."
    first, _ = checker.check_text(text, published=JANUARY).answers
    assert first.claim.when.windows[0].first == date(2025, 1, 1)


def test_a_count_up_to_the_day_may_rest_on_any_list_of_the_week(checker: Checker) -> None:
    """A story of May 7, 2026 has the lists of the week before; each gives another number of signings."""
    for value in (1725, 1736):
        text = f"Since Trump took office, ICE has signed {value:,} 287(g) agreements."
        assert "contradicted" not in verdicts(checker, SPRING, text), value


def test_now_is_the_story_s_own_day(checker: Checker) -> None:
    """Florida's task force agreements: 271 until April 29, 2026, and 272 from the list of April 30."""
    text = "Florida has {} task force agreements under 287(g)."
    for day, value, verdict in [
        (date(2026, 5, 4), 271, "was_true"),  # an earlier list of the week
        (date(2026, 5, 4), 272, "supported"),
        (date(2026, 5, 1), 271, "supported"),  # replaced the day before
        (date(2026, 4, 30), 271, "supported"),  # in force as the day began
        (date(2026, 4, 30), 272, "supported"),
        (date(2026, 5, 4), 274, "contradicted"),
    ]:
        assert verdicts(checker, day, text.format(value)) == [verdict], (day, value)


def test_an_earlier_list_of_the_week_is_named_with_the_figure_of_the_story_s_day(checker: Checker) -> None:
    text = "Florida has 271 task force agreements under 287(g)."
    (answer,) = checker.check_text(text, published=date(2026, 5, 4)).answers
    assert str(answer.right[0]).endswith("Apr 29, 2026") and answer.evidence[-1].value == 272
    stated = checker.check_text(f"As of April 29, 2026, {text}", published=date(2026, 5, 4)).answers[0]
    assert stated.verdict == "supported"


def test_a_rarer_reading_of_an_earlier_list_names_that_list(checker: Checker) -> None:
    text = "In all, 1,651 partnerships exist under 287(g)."
    (answer,) = checker.check_text(text, published=date(2026, 4, 27)).answers
    assert answer.verdict != "contradicted"


def test_a_day_of_the_week_is_the_last_of_its_name(checker: Checker) -> None:
    """1,414 agreements until the list of February 17, 2026, a Tuesday, which has 1,425; the story is of a Thursday."""
    text = "As of {}, ICE had {} agreements under 287(g)."
    for name, value, verdict in [
        ("Wednesday", "1,425", "supported"),
        ("Wednesday", "1,414", "was_true"),
        ("Thursday", "1,425", "supported"),
        ("Tuesday", "1,414", "supported"),  # in force as the day began
        ("Monday", "1,414", "supported"),
        ("Monday", "1,425", "became_true"),
    ]:
        assert verdicts(checker, date(2026, 2, 19), text.format(name, value)) == [verdict], (name, value)


def test_more_than_so_many_times_is_false_of_exactly_so_many() -> None:
    """As "more than 40" is of 40; and more than half of exactly half."""
    span = Span(0, 1)
    assert not multiple(6, "over", "more than six times", span).right_for(6)
    assert multiple(6, "over", "more than six times", span).right_for(6.01)
    assert multiple(6, "least", "at least six times", span).right_for(6)
    assert not fraction(0.5, "over", "more than half", span).right_for(50)
    assert fraction(0.5, "over", "more than half", span).right_for(50.1)


EDGES = [
    (SPRING, "At the start of the year, 25 Missouri agencies had 287(g) agreements.", ("supported",)),
    (SPRING, "At the start of the year, 29 Missouri agencies had 287(g) agreements.", ("was_true",)),
    (JANUARY, "By the end of the year 17 West Virginia agencies had signed 287(g) agreements.", ("supported",)),
    (JANUARY, "By the end of the year 14 West Virginia agencies had signed 287(g) agreements.", ("was_true",)),
    (JANUARY, "At the end of 2025, 14 West Virginia agencies had 287(g) agreements.", ("was_true",)),
    # a second number that the first is compared with has its own day
    (SPRING, "79 Missouri agencies have 287(g) agreements, up from 25 on Jan. 1 and nine last October.",
     ("supported",) * 3),
    (SPRING, "Missouri has 79 agencies with 287(g) agreements, compared with 25 on Jan. 1 and nine on Oct. 31.",
     ("supported",) * 3),
    (SPRING, "79 Missouri agencies have 287(g) agreements, up from 25 on Jan. 1 and 19 last October.",
     ("supported", "supported", "contradicted")),
    # a month without a year is of its sentence's year, or of the year before where it is what a number rose from
    (SPRING, "ICE had 1,035 287(g) agreements in September 2025, up from 427 in March.", ("supported",) * 2),
    (SPRING, "ICE had 517 287(g) agreements in April 2025, up from 135 in December.", ("supported",) * 2),
    (SPRING, "In March 2025 Florida had 194 287(g) agreements and Texas in April 78.", ("supported",) * 2),
    # a rank before a colon is no mere remark
    (SPRING, "Missouri has become one of the worst states for 287(g): 79 agencies have 287(g) agreements.",
     ("figure_fits",)),
    (SPRING, "Missouri has become one of the fastest-growing states: 79 agencies have 287(g) agreements.",
     ("figure_fits",)),
]  # fmt: skip
"""The right figures are of the lists in force on those days: Missouri 9, 25, 29, 79; West Virginia 14, 17."""


@pytest.mark.parametrize(("day", "text", "verdicts"), EDGES)
def test_a_time_given_by_its_edge_and_each_number_by_its_own(
    checker: Checker, day: date, text: str, verdicts: tuple[str, ...]
) -> None:
    checked = checker.check_text(text, published=day)
    assert tuple(one.verdict for one in checked.compared) == verdicts, [one.reason for one in checked.answers]
    assert not checked.conflicts


SAME_DAYS = [
    ("2026-03-03", "More than 1,250 agencies have joined the program, compared with {} at the close of the Biden "
     "administration.", 133, 155),
    ("2025-01-20", "When Trump left office in January 2021, ICE had {} such agreements in 26 states.", 148, 178),
    ("2026-02-13", "As of Friday, {} law enforcement agencies had agreed to help with immigration enforcement, "
     "according to ICE data.", "1,182", "1,382"),
    ("2026-03-06", "Just {} Maryland agreements remained on the federal list by Thursday.", "two", "seven"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "right", "wrong"), SAME_DAYS, ids=[text[:50] for _, text, *_ in SAME_DAYS])
def test_a_time_in_other_words_is_the_same_time(day: str, text: str, right: object, wrong: object) -> None:
    checker = Checker(ledger287.open())
    for value, verdicts in ((right, {"supported"}), (wrong, {"contradicted", "was_true", "became_true"})):
        found = checker.check_text(text.format(value), published=date.fromisoformat(day)).answers
        said = [one for one in found if one.claim.figure and str(value) in one.claim.figure.said]
        assert {one.verdict for one in said} <= verdicts, [(one.verdict, one.reason) for one in said]
        assert said


def test_agreements_that_remain_unsigned_are_not_read_as_such() -> None:
    text = "Two Maryland agreements remained unsigned by Thursday."
    found = Checker(ledger287.open()).check_text(text, published=date(2026, 3, 6)).answers
    assert [one.verdict for one in found] == ["figure_fits"]
