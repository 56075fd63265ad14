"""A name that several agencies of a county have, and "the state" before any state is named: nobody is accused."""

import random
from collections import defaultdict
from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

FIRM = ("contradicted", "was_true", "became_true")
MODELS = {"TFM": "task force", "JEM": "jail enforcement", "WSO": "warrant service officer"}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def named(checker: Checker, text: str, day: date) -> Answer:
    return next(one for one in checker.check_text(text, published=day).answers if one.claim.shape == "holds")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # the jail and the sheriff are two agencies, and each has its own agreements
        ("The Oldham County Detention Center in Kentucky has a jail enforcement agreement.", "supported"),
        ("The Oldham County Detention Center in Kentucky has a task force agreement.", "contradicted"),
        ("The Oldham County sheriff in Kentucky has a task force agreement.", "supported"),
        ("The Oldham County sheriff in Kentucky has a jail enforcement agreement.", "contradicted"),
        # the county may be either
        ("Oldham County, Kentucky, has a jail enforcement agreement.", "cannot_tell"),
        ("Oldham County, Kentucky, has a task force agreement.", "supported"),
        ("Oldham County, Kentucky, has no jail enforcement agreement.", "cannot_tell"),
        ("Oldham County, Kentucky, has no task force agreement.", "contradicted"),
        ("Escambia County, Florida, has a warrant service officer agreement.", "cannot_tell"),
        ("Escambia County, Florida, has a jail enforcement agreement.", "contradicted"),
    ],
)
def test_a_county_is_its_jail_as_well_as_its_sheriff(checker: Checker, text: str, verdict: str) -> None:
    assert named(checker, text, date(2026, 5, 8)).verdict == verdict


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (
            date(2025, 4, 5),
            "The Franklin County Sheriff's Office in Pennsylvania has a warrant service officer agreement.",
        ),
        (date(2025, 4, 5), "Franklin County, Pennsylvania, has had a warrant service officer agreement since 2025."),
        (date(2025, 4, 30), "The Okaloosa County Sheriff's Office in Florida has a warrant service officer agreement."),
    ],
)
def test_what_a_list_printed_under_a_name_is_not_held_against_it(checker: Checker, day: date, text: str) -> None:
    """ICE's list of that day printed the jail's agreement under the sheriff's name; the record corrects it."""
    answer = named(checker, text, day)
    assert answer.verdict == "cannot_tell"
    assert "another agency" in answer.reason


def test_no_agency_is_accused_of_what_a_list_prints_for_it(checker: Checker) -> None:
    """Agencies drawn from lists of several days, those of counties with several agencies first."""
    drawn = random.Random(287)
    for day in drawn.sample([one for one in checker.index.days if one >= date(2025, 3, 1)], 4):
        rows = [row for row in ledger287.agreements(on=day).iter_rows(named=True) if row["county"]]
        by_county = defaultdict(set)
        for row in rows:
            by_county[row["state"], row["county"]].add(row["agency_id"])
        several = [row for row in rows if len(by_county[row["state"], row["county"]]) > 1]
        for row in (*drawn.sample(several, 12), *drawn.sample(rows, 6)):
            text = f"The {row['agency']} in {row['state_name']} has a {MODELS[row['model']]} agreement."
            answers = checker.check_text(text.replace("The The", "The"), published=day).answers
            assert not [one.reason for one in answers if one.verdict in FIRM], (day, text)


@pytest.mark.parametrize(
    "text",
    [
        "The state has 13 agreements. Missouri has 45.",
        "In all, 13 of the state's agreements are of the warrant service officer model. Missouri has 45.",
        "The state has 13 agreements. Lawmakers in Missouri passed a bill.",
        "El estado tiene 13 acuerdos. Misuri tiene 45.",
    ],
)
def test_the_state_is_none_that_is_named_only_behind_it(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date(2026, 2, 13)).answers
    assert answers[0].claim.figure and answers[0].claim.figure.value == 13
    assert answers[0].verdict == "cannot_tell"


def test_the_state_is_the_one_of_the_dateline_or_of_what_came_before(checker: Checker) -> None:
    for text in (
        "Missouri has 45 agreements. The state has 13 jail agreements.",
        "JEFFERSON CITY, Mo. — The state has 13 agreements.",
    ):
        answers = checker.check_text(text, published=date(2026, 2, 13)).answers
        assert answers[-1].verdict == "contradicted"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Most of the agreements in New Hampshire follow the task force model.", "cannot_tell"),
        ("Nearly all of the agreements in New Hampshire follow the task force model.", "cannot_tell"),
        ("La mayoría de los acuerdos de Nuevo Hampshire siguen el modelo de fuerza de tarea.", "cannot_tell"),
        ("All of the agreements in New Hampshire follow the task force model.", "supported"),
        ("Most of the agreements in New Hampshire follow the jail enforcement model.", "contradicted"),
        ("About 90% of the agreements in New Hampshire follow the task force model.", "contradicted"),
    ],
)
def test_most_of_them_is_not_held_against_all_of_them(checker: Checker, text: str, verdict: str) -> None:
    assert checker.check_text(text, published=date(2026, 2, 13)).answers[0].verdict == verdict


def test_a_number_of_all_but_one_state_is_in_no_conflict(checker: Checker) -> None:
    text = "All but eight of the 1,274 agreements are outside Minnesota. Outside Minnesota, there are 1,266 agreements."
    assert not checker.check_text(text, published=date(2025, 12, 31)).conflicts
    wrong = "There are 1,274 agreements nationwide. Nationwide, there are 1,266 agreements in all."
    assert checker.check_text(wrong, published=date(2025, 12, 31)).conflicts


def test_a_county_s_own_agreements_are_not_held_against_those_of_its_towns(checker: Checker) -> None:
    own = checker.check_text("There is one agreement in Lancaster County, Pennsylvania.", published=date(2025, 8, 8))
    assert own.answers[0].verdict == "cannot_tell"
    false = checker.check_text("There are 30 agreements in Lancaster County, Pennsylvania.", published=date(2025, 8, 8))
    assert false.answers[0].verdict == "contradicted"


def test_one_number_at_two_times_is_no_conflict_where_it_was_so_at_both(checker: Checker) -> None:
    text = "As of {}, agencies in 40 states had agreements. On Sept. 12, 2025, agencies in 40 states had agreements."
    assert not checker.check_text(text.format("June 20, 2025"), published=date(2026, 5, 8)).conflicts
    assert checker.check_text(text.format("Jan. 31, 2025"), published=date(2026, 5, 8)).conflicts
