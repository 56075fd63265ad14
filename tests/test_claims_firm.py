"""Sentences that a plain reading once judged firmly and wrongly: percentages, multiples, days after the newest list."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day


def verdicts(checker: Checker, story: str, text: str) -> list[str]:
    found = checker.check(read_article(text.encode(), "a.txt", month_or_day(story))).answers
    return [one.verdict for one in found]


@pytest.mark.parametrize(
    ("story", "text", "expected"),
    [
        # a multiple of what the sentence counted first
        ("2026-05-08", "Mississippi had 17 agreements in mid-February and nearly twice as many in May.", "ss"),
        ("2026-05-08", "Mississippi had 17 agreements in mid-February and four times as many in May.", "sc"),
        # a percentage is the true one rounded; else it is right only if it was cut off or rounded to ten
        ("2026-05-08", "Of the agreements, 28 percent are warrant service agreements.", "s"),
        ("2026-05-08", "Of the agreements, 27 percent are warrant service agreements.", "i"),
        ("2026-05-08", "Of the agreements, 26 percent are warrant service agreements.", "c"),
        ("2026-03-20", "The number of agreements has grown by 1,045 percent since January 2025.", "s"),
        ("2026-03-20", "The number of agreements has grown by 1,050 percent since January 2025.", "i"),
        ("2026-03-20", "The number of agreements has grown by 1,060 percent since January 2025.", "c"),
        # what happened after the newest list is not in the record
        ("2026-06-12", "Twelve more agencies signed this week.", "n"),
        ("2026-06-01", "Nineteen agencies in Ohio signed in May.", "?"),
        # what a state has, and what takes part in it
        ("2026-04-01", "The state of Texas has 254 counties.", "s"),
        ("2026-04-01", "The state of Texas has 200 counties.", "c"),
        ("2026-04-01", "Texas has 254 counties with agreements.", "c"),
        # a county named alone
        ("2026-01-15", "In Miami-Dade County, 13 agencies have agreements.", "s"),
        ("2026-01-15", "In Miami-Dade County, 23 agencies have agreements.", "c"),
        ("2026-01-15", "Miami-Dade has 13 agencies in the program.", "s"),
        ("2026-01-15", "Broward has 17 agencies in the program.", "c"),
        ("2026-01-15", "In Lee County, 22 agencies have signed agreements.", "?"),
        ("2026-03-16", "Bexar County went from no agreements in August 2025 to six in March.", "ss"),
        ("2026-03-16", "Bexar County went from no agreements in August 2025 to nine in March.", "sc"),
        ("2026-02-09", "No agency in Philadelphia has a 287(g) agreement.", "s"),
        ("2025-10-09", "No agency in Miami-Dade has a 287(g) agreement.", "w"),
        # days named by what happened on them; units that a series leaves out; words that move a figure
        ("2025-06-20", "On the day Trump returned to office, 135 agreements were in force.", "s"),
        ("2025-06-20", "On the day Trump returned to office, 175 agreements were in force.", "c"),
        ("2026-01-15", "Thirty-three states have task force agreements, 31 have jail agreements.", "ss"),
        ("2026-01-15", "Thirty-three states have task force agreements, 39 have jail agreements.", "sc"),
        ("2026-02-03", "The jail enforcement model makes up 151 of the agreements, the warrant model 460.", "ss"),
        ("2026-03-18", "Virginia had 32 agreements in January but was down to 27 in mid-March.", "ss"),
        ("2026-03-18", "Virginia had 32 agreements in January but was down to 22 in mid-March.", "sc"),
        ("2026-04-30", "All 50 states have at least one police agency in the program.", "c"),
        ("2025-11-18", "More than 550 sheriffs are enrolled, along with some 270 police departments.", "ss"),
        ("2025-10-09", "In Florida there were 326 agreements, in Texas 185.", "ss"),
        ("2025-10-09", "In Florida there were 326 agreements, in Texas 285.", "sc"),
        ("2026-01-02", "Tennessee has 56 agreements. It had 15 by the end of June.", "ss"),
        ("2025-12-03", "Illinois and Washington state have no participating agencies.", "s"),
        ("2026-03-20", "Over 40 percent of agreements are in Texas or Florida.", "s"),
        ("2026-03-20", "Over 50 percent of agreements are in Texas or Florida.", "w"),
        ("2026-03-20", "By Election Day 2024, 135 agreements were in force.", "s"),
        ("2026-01-15", "In 2025 ICE and its partners put their names to 1,186 agreements.", "s"),
    ],
)
def test_a_figure_gets_the_verdict_of_what_it_counts(checker: Checker, story: str, text: str, expected: str) -> None:
    names = {
        "s": "supported",
        "i": "supported_if",
        "c": "contradicted",
        "n": "not_in_record",
        "?": "cannot_tell",
        "w": "was_true",
    }
    assert verdicts(checker, story, text) == [names[letter] for letter in expected]


@pytest.mark.parametrize(
    "text",
    [
        "More than three-quarters of the states have no 287(g) agreements.",
        "Half of the states have no 287(g) agreements.",
        "22% of states have no 287(g) agreement.",
        "195 Texas sheriffs have no 287(g) agreement.",
        "1,497 agencies have no agreement with ICE under 287(g).",
        "Two-thirds of Missouri's sheriffs have no 287(g) agreement.",
        "In Missouri, 79 agencies used to hold 287(g) agreements.",
        "The Collier County Sheriff's Office in Florida used to have a 287(g) agreement.",
        "Texas overtook Florida in the number of agreements in May 2026.",
        "Florida overtook Texas in the number of agreements in December 2025.",
    ],
)
def test_a_word_that_turns_a_claim_and_was_not_used_leaves_nothing_firm(checker: Checker, text: str) -> None:
    assert set(verdicts(checker, "2026-05-08", text)) == {"cannot_tell"}


def test_what_is_read_with_its_no_stays_firm(checker: Checker) -> None:
    assert verdicts(checker, "2026-05-08", "Eleven states have no agreements.") == ["supported"]
    assert (
        verdicts(checker, "2026-05-08", "Texas has 380 agreements, and Vermont has no agreements.") == ["supported"] * 2
    )


NOT_FIRM = (
    ("2026-05-08", "Florida is said to have 346 agreements."),
    ("2026-05-08", "Florida is widely believed to hold 346 agreements."),
    ("2026-05-08", "Texas' 254 counties have 380 agreements."),
    ("2026-05-08", "There are 564 police chiefs who signed agreements."),
    ("2026-05-08", "There are against 95 agreements in Arkansas."),
)


@pytest.mark.parametrize(("day", "text"), NOT_FIRM)
def test_hearsay_and_what_all_places_have_are_not_firm(checker: Checker, day: str, text: str) -> None:
    assert not set(verdicts(checker, day, text)) & {"supported", "contradicted"}


@pytest.mark.parametrize(
    "text",
    [
        "All 67 Florida sheriffs hold both jail and task force agreements.",
        "Only Oregon, Hawaii and Vermont have no 287(g) agreements.",
    ],
)
def test_no_figure_fits_where_a_model_or_only_was_not_read(checker: Checker, text: str) -> None:
    assert set(verdicts(checker, "2026-05-08", text)) == {"cannot_tell"}


def test_agreements_of_one_day_are_held_against_their_days(checker: Checker) -> None:
    text = "The {} signed a {} agreement and a {} agreement on the same day in 2025."
    lee = text.format("Lee County Sheriff's Office in Florida", "jail enforcement", "task force")
    assert set(verdicts(checker, "2025-10-01", lee)) == {"contradicted"}
    fort_bend = text.format("Fort Bend County Sheriff's Office in Texas", "jail enforcement", "warrant service")
    assert set(verdicts(checker, "2025-10-01", fort_bend)) == {"supported"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "under" behind a verb of working is no hedge
        ("Arkansas agencies operate under 80 agreements with ICE.", "s"),
        ("Arkansas agencies operate under 90 agreements with ICE.", "c"),
        ("Arkansas has under 90 agreements with ICE.", "s"),
        # a model of what a place lacks, or has more of
        ("Wisconsin has not a single task force agreement.", "s"),
        ("Wisconsin has not a single jail enforcement agreement.", "c"),
        ("Texas has more jail enforcement agreements than Florida.", "s"),
        # shares by most
        ("Most of the agreements are under the task force model.", "s"),
        ("The bulk of the agreements are under the jail enforcement model.", "c"),
        # membership in the present
        ("The Hazleton Police Department in Pennsylvania is part of the program.", "s"),
        ("The Belknap County Sheriff's Office in New Hampshire is listed as a participant.", "s"),
        ("The Grafton County Sheriff's Office in New Hampshire is listed as a participant.", "?"),
        ("The Collier County Sheriff's Office in Florida gave up its agreement.", "c"),
        # days by what happened on them
        ("As 2025 closed, ICE had 1,274 agreements.", "s"),
        ("As 2025 closed, ICE had 1,400 agreements.", "c"),
        # a statement before a colon; a thought is none
        ("The pace has quickened: ICE has 1,783 agreements.", "s"),
        ("The governor is dreaming: ICE has 1,900 agreements.", "?"),
        # how far a day is from something else
        (
            "On Feb. 18, 2026, two weeks after Virginia's governor acted, 1,193 agencies held agreements nationwide.",
            "s",
        ),
        ("On Feb. 18, 2026, two weeks after 40 agencies quit, 1,400 agencies held agreements nationwide.", "?"),
    ],
)
def test_everyday_wordings_are_decided_as_they_are_meant(checker: Checker, text: str, expected: str) -> None:
    wanted = {"s": "supported", "c": "contradicted", "?": "cannot_tell"}[expected]
    found = set(verdicts(checker, "2026-05-08", text))
    assert found == {wanted} if expected != "?" else not found & {"supported", "contradicted"}, (text, found)
