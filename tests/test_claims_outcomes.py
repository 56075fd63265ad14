"""Claims on people held, identified, removed and arrested: answered from published counts, with day, table and cell."""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

WINTER = date(2026, 2, 10)
SPRING = date(2021, 5, 1)


def answers(checker: Checker, text: str, published: date | None) -> list[Answer]:
    return list(checker.check_text(text, published=published).answers)


def verdicts(checker: Checker, text: str, published: date | None) -> list[str]:
    return [one.verdict for one in answers(checker, text, published)]


HELD = [
    ("About 74% of people held by ICE had no conviction.", WINTER, ["supported"]),
    ("More than 70,000 were held by ICE.", WINTER, ["supported"]),
    ("Almost 90,000 people were held by ICE on January 25, 2026.", WINTER, ["contradicted"]),
    ("In April 2021 ICE detained 15,136 people, of whom 9,545 (63.1%) had no criminal record.", SPRING,
     ["supported", "supported", "supported"]),
    ("20,733 people were in ICE custody in late March 2022; 72.5% had neither a conviction nor a pending charge.",
     date(2022, 5, 1), ["supported", "supported"]),
    ("Of 70,766 people in detention on January 25, 2026, 59,644 were arrested by ICE and 11,122 by CBP.", WINTER,
     ["supported", "supported", "supported"]),
    ("Of the 70,766 people in detention on January 25, 2026, 18,262 had a criminal conviction.", None,
     ["supported", "supported"]),
    ("ICE held 70,766 people. A quarter of them had been convicted of a crime.", WINTER, ["supported", "supported"]),
    ("Two in three detainees have a criminal conviction.", WINTER, ["contradicted"]),
    ("Nearly three in four ICE detainees have no criminal record.", WINTER, ["supported_if"]),
    ("More than 70,000 people were held by ICE.", SPRING, ["became_true"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "expected"), HELD, ids=lambda value: str(value)[:40])
def test_people_held_are_answered_from_snapshots(
    checker: Checker, text: str, day: date | None, expected: list[str]
) -> None:
    assert verdicts(checker, text, day) == expected


def test_an_answer_has_day_table_and_cells(checker: Checker) -> None:
    (answer,) = answers(checker, "About 74% of people held by ICE had no conviction.", WINTER)
    shown = answer.evidence[0]
    assert shown.day == date(2026, 1, 25)
    assert shown.value == pytest.approx(74.194)
    assert shown.table and shown.file == "FY26_detentionStats02022026.xlsx" and shown.sha256
    assert len(shown.cells) == 3 and all("!" in cell for cell in shown.cells)
    found = checker.check_text("About 74% of people held by ICE had no conviction.", published=WINTER).as_json()
    assert found["claims"][0]["evidence"][0]["cells"] == list(shown.cells)


def test_a_word_that_narrows_gets_no_firm_verdict(checker: Checker) -> None:
    for text in (
        "Only 5% of detainees have a violent criminal conviction.",
        "73% of people held by ICE had no violent conviction.",
        "73% of people held by ICE in county jails for a year had no conviction.",
    ):
        assert set(verdicts(checker, text, WINTER)) <= {"cannot_tell", "figure_fits", "not_in_record"}, text


def test_other_people_are_not_people_held(checker: Checker) -> None:
    for text in (
        "73% of the people whom ICE arrested had no conviction.",
        "ICE deported 70,766 people, and 73% of them had no conviction.",
        "The average daily population in ICE detention was 70,766.",
    ):
        assert not any(one.measure.startswith("held") for one in answers(checker, text, WINTER)), text


def test_between_snapshots_that_are_far_apart_nothing_is_contradicted(checker: Checker) -> None:
    for share in (47, 60):
        text = f"In December 2025, {share}% of ICE detainees had neither a conviction nor a pending charge."
        (answer,) = answers(checker, text, date(2026, 1, 5))
        assert answer.verdict == "cannot_tell" and "snapshot" in answer.reason


def test_days_without_a_snapshot_are_answered_by_daily_counts(checker: Checker) -> None:
    (answer,) = answers(checker, "In November 2025 about 65,000 people were in ICE detention.", date(2025, 12, 1))
    assert answer.verdict == "supported_if" and answer.requires
    assert "Deportation Data Project" in answer.citations[0]
    (far,) = answers(checker, "In December 2025 about 95,000 people were in ICE detention.", date(2026, 1, 5))
    assert far.verdict == "contradicted"


def test_people_held_in_a_state_are_of_that_state(checker: Checker) -> None:
    assert verdicts(checker, "ICE holds 20,000 people in Texas.", WINTER) == ["supported"]
    assert verdicts(checker, "ICE holds 1,500 people in Texas.", WINTER) == ["contradicted"]
    assert verdicts(checker, "Half of the people whom ICE holds in Texas have no conviction.", WINTER) == [
        "cannot_tell"
    ]


IDENTIFIED = [
    ("Maricopa County's deputies identified 41,891 people under 287(g), and 31,278 were removed.",
     ["supported", "supported"]),
    ("Under 287(g), 268,065 people were identified in fiscal years 2006 to 2013; 175,104 were deported.",
     ["supported", "supported"]),
    ("Maricopa County identified 60,000 people under 287(g).", ["contradicted"]),
    ("In fiscal year 2010 the Maricopa County Sheriff's Office identified 7,700 people under 287(g).", ["supported"]),
    ("Maricopa County identified 31,278 people under 287(g).", ["supported_if"]),
    ("In fiscal 2019 the Maricopa County Sheriff's Office identified 300 people under 287(g).", ["cannot_tell"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IDENTIFIED, ids=lambda value: str(value)[:40])
def test_people_identified_are_answered_from_the_table(checker: Checker, text: str, expected: list[str]) -> None:
    assert verdicts(checker, text, date(2014, 5, 1)) == expected


def test_people_identified_have_their_cells(checker: Checker) -> None:
    (answer,) = answers(checker, "Maricopa identified 41,891 people under 287(g).", None)
    assert answer.evidence[0].value == 41891
    assert answer.evidence[0].file == "identified_removed_fy2006_2013.csv"
    assert len(answer.evidence[0].cells) >= 5


def test_years_that_are_not_named_may_be_later_ones(checker: Checker) -> None:
    (answer,) = answers(checker, "Gwinnett County identified 15,000 people under 287(g).", date(2020, 1, 5))
    assert answer.verdict == "cannot_tell" and answer.settles == "the years that are meant"


ARRESTS = [
    ("By ICE's own posts the highest single day total of arrests was just 1,100.", date(2025, 3, 5), "contradicted"),
    ("ICE's arrests peaked at 1,100 in a day.", date(2025, 2, 10), "contradicted"),
    ("ICE arrested 1,100 people on January 26, 2025.", date(2025, 2, 1), "contradicted"),
    ("ICE arrested 956 people on January 26, 2025.", date(2025, 2, 1), "as_stated"),
    ("ICE made more than 1,100 arrests in a single day.", date(2025, 2, 1), "as_stated"),
    ("ICE arrested 1,100 people in one day.", date(2025, 2, 1), "cannot_tell"),
    ("The most people ICE arrested in one day was 2,200.", date(2025, 7, 1), "cannot_tell"),
]


@pytest.mark.parametrize(("text", "day", "expected"), ARRESTS, ids=lambda value: str(value)[:40])
def test_arrests_of_a_day_are_held_against_ices_own_posts(
    checker: Checker, text: str, day: date, expected: str
) -> None:
    (answer,) = answers(checker, text, day)
    assert answer.verdict == expected
    assert all(one.cells and one.day for one in answer.evidence)


def test_an_undated_day_names_the_nearest_posts(checker: Checker) -> None:
    (answer,) = answers(checker, "ICE arrested 1,100 people in one day.", date(2025, 1, 28))
    assert "1,179 arrests on January 27, 2025" in answer.reason and "January 29, 2025" in answer.reason


def test_a_story_on_detention_alone_is_checked(checker: Checker) -> None:
    filler = "The committee met for a second day, and its members asked about the budget of the coming year. " * 8
    text = filler + "ICE held 70,766 people in detention on January 25, 2026. " + filler
    checked = checker.check_text(text, published=WINTER)
    assert [one.verdict for one in checked.answers] == ["supported"]
    assert any("only its figures on people held" in note for note in checked.notes)


BY_STATE = [
    ("ICE filed more than 4,000 detainers in Pennsylvania in 2011.", ["supported"]),
    ("ICE filed more than 6,000 detainers in Pennsylvania in 2011.", ["contradicted"]),
    ("ICE filed 32,757 detainers in Pennsylvania from 2007 to 2015.", ["supported_if"]),
    ("ICE filed 900 detainers in Pennsylvania in 2019.", ["cannot_tell"]),
    ("About 55% of detainers in Pennsylvania ended in ICE custody.", ["supported"]),
    ("ICE filed 2,242 detainers in Minnesota in 2025.", ["supported"]),
    ("ICE filed 2,242 detainers in Ohio in 2025.", ["not_in_record"]),
    ("ICE made 143,000 arrests in Texas from January 2025 through July 2026.", ["supported"]),
    ("ICE made more than 200,000 arrests in Texas from January 2025 through July 2026.", ["contradicted"]),
    ("ICE made more than 200,000 arrests in Texas in June 2025.", ["contradicted"]),
    ("ICE made 9,000 arrests in Texas in June 2025.", ["cannot_tell"]),
]


@pytest.mark.parametrize(("text", "expected"), BY_STATE, ids=lambda value: str(value)[:60])
def test_arrests_and_detainers_of_a_state_are_answered_by_published_counts(
    checker: Checker, text: str, expected: list[str]
) -> None:
    found = answers(checker, text, date(2026, 9, 1))
    assert [one.verdict for one in found] == expected
    if expected != ["not_in_record"] and expected != ["cannot_tell"]:
        assert found[0].evidence[0].file and "287(g)" in found[0].notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "ICE deported 9,000 people from Texas in 2025.",
        "Deputies in Texas made 50 arrests in 2025.",
        "ICE arrested 300 people in Harris County, Texas, in 2025.",
    ],
)
def test_other_people_and_places_are_not_taken_for_a_states_arrests(checker: Checker, text: str) -> None:
    assert all(one.measure != "arrests_in_a_state" for one in answers(checker, text, date(2026, 9, 1)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On April 10, 2021, ICE held 15,136 people, 63% of whom had no criminal record.", ["supported"] * 2),
        ("On April 10, 2021, ICE held 18,136 people, 63% of whom had no criminal record.",
         ["contradicted", "supported"]),
        ("On Jan. 25, 2026, 70,766 people, a quarter of them convicted criminals, were in ICE detention.",
         ["supported"] * 2),
        ("ICE held 9,545 people, 63.1% of those in detention, with no criminal record on April 10, 2021.",
         ["supported"] * 2),
    ],
)  # fmt: skip
def test_a_number_before_a_share_of_whom_is_everybody(checker: Checker, text: str, expected: list[str]) -> None:
    assert verdicts(checker, text, date(2026, 5, 10)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who is counted: others than everybody held stay unread
        ("On January 25, 2026, ICE held 70,766 children in detention.", ["cannot_tell"]),
        ("On January 25, 2026, ICE held 70,766 women.", ["cannot_tell"]),
        ("ICE held 70,766 men and women on January 25, 2026.", ["supported"]),
        # who holds
        ("On January 25, 2026, the Border Patrol held 70,766 people.", ["not firm"]),
        ("CBP held 70,766 people in its own custody on January 25, 2026.", ["not firm"]),
        # one state's figure set against others', or of several: no reading is of that
        ("Florida held more than 5,000 people in ICE detention, more than any other state.", ["not firm"]),
        ("Georgia held more than 4,000 people in ICE detention, the most of any state.", ["not firm"]),
        (
            "Texas held more than 40,000 people in ICE detention, more than California and Florida combined.",
            ["not firm"],
        ),
        ("California and Texas together held more than 50,000 people in ICE detention.", ["not firm"]),
        ("Florida and Georgia held more than 60,000 people for ICE.", ["not firm"]),
        ("ICE held 59,644 people who were arrested by the Border Patrol or by ICE.", ["not firm"]),
        # "by ICE" after "arrested by CBP" is still who arrested them
        (
            "Of the 70,766 people held on January 25, 2026, 59,644 were arrested by CBP and 11,122 by ICE.",
            ["supported", "contradicted", "contradicted"],
        ),
        (
            "Of the 70,766 people held by ICE on January 25, 2026, 59,644 were arrested by ICE and 11,122 by the "
            "Border Patrol.",
            ["supported", "supported", "supported"],
        ),
        # a sentence with its own day and its own "those held" takes no part from the paragraph before
        (
            "On January 25, 2026, 59,644 of those held had been arrested by ICE.\n\nOn January 25, 2026, 18,262 of "
            "those held had been convicted of a crime.",
            ["supported", "supported"],
        ),
        # the verb directly before a number is its verb
        (
            "Maricopa County removed 31,278 people and identified 41,891 from 2006 to 2013.",
            ["supported", "supported"],
        ),
        (
            "Maricopa County removed 41,891 people and identified 31,278 from 2006 to 2013.",
            ["not supported", "not supported"],
        ),
    ],
)
def test_who_is_counted_by_whom_and_of_what(checker: Checker, text: str, expected: list[str]) -> None:
    found = verdicts(checker, text, WINTER)
    if expected[0] == "not supported":
        assert len(found) == 2 and "supported" not in found
    elif expected == ["not firm"]:
        assert found and not set(found) & {"supported", "as_stated", "contradicted", "figure_fits"}
    else:
        assert found == expected


PEOPLE_HELD = [
    ("2026-02-10", "ICE held 70,766 people on Jan. 25, 2026.", ["supported"]),
    ("2026-02-10", "ICE held 70,766 people on Jan. 28, 2026.", ["supported_if"]),
    ("2026-02-10", "ICE held 70,766 children on Jan. 25, 2026.", ["cannot_tell"]),
    ("2026-02-10", "ICE held 70,766 migrant mothers on Jan. 25, 2026.", ["cannot_tell"]),
    ("2025-03-18", "Of the 46,269 people ICE was holding on March 9, about half had neither a conviction nor a pending "
     "charge.", ["supported", "supported"]),
    ("2025-03-18", "Of the 46,269 people ICE was holding on March 9, two-thirds had neither a conviction nor a pending "
     "charge.", ["supported", "was_true"]),
    ("2025-12-02", "ICE held 39,703 people on Jan. 12, 2025, and 49,184 on April 20, 2025, of whom 15,190 had a "
     "conviction.", ["supported", "supported", "supported"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), PEOPLE_HELD)
def test_people_held_are_of_their_day_and_of_everybody(day: str, text: str, expected: list[str]) -> None:
    checker = Checker(ledger287.open())
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert [one.verdict for one in found] == expected, [one.reason for one in found]
    if expected == ["supported_if"]:
        assert "3 days before the day stated" in found[0].reason
