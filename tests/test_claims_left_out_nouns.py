"""Nouns that a sentence leaves out by "those" and "ones", numbers reached, edges of a month, scenes, and small shares.

The sentences are synthetic.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FIRM = {"supported": "+", "contradicted": "-", "was_true": "-", "arithmetic_fails": "-"}
SAID = [
    ("2025-11-21", "Agencies in Florida hold 28% of all agreements, and those in Texas 19%.", "++"),
    ("2025-11-21", "Agencies in Florida hold 28% of all agreements, and those in Texas 29%.", "+-"),
    ("2025-11-21", "Florida agencies have 28% of all agreements, while those in Texas have 19%.", "++"),
    ("2025-08-01", "Texas has 35 JEM agreements, 68 WSO ones and 29 TFM ones.", "+++"),
    ("2025-08-01", "Texas has 35 JEM agreements, 68 WSO ones and 80 TFM ones.", "++-"),
    ("2025-08-01", "In Texas, 29 agencies hold TFM agreements, and 68 hold WSO ones.", "++"),
    ("2026-01-28", "With these, 34 Alabama departments have joined the program.", "+"),
    ("2026-01-28", "With these, 49 Alabama departments have joined the program.", "-"),
    ("2025-10-17", "The latest signings bring the number of Louisiana agencies in the program to 19.", "+"),
    ("2025-10-17", "The newcomers put the number of Louisiana agencies in the program at 25.", "-"),
    ("2025-12-31", "ICE had 1,274 agreements, up from 1,187 at the start of the month.", "++"),
    ("2025-12-31", "ICE had 1,274 agreements, up from 900 at the beginning of the month.", "+-"),
    ("2025-08-01", "By July’s end, ICE had 875 agreements.", "+"),
    ("2025-08-01", "At July’s end the agency was up to 920 agreements in 40 states.", "-+"),
    ("2025-12-12", "Police and sheriffs in 34 of Georgia’s 159 counties have signed agreements.", "++"),
    ("2025-12-12", "Police and sheriffs in 44 of Georgia’s 159 counties have signed agreements.", "-+"),
    ("2025-03-20", "The agency’s website put the agreements at 379, with partners in 33 states.", "++"),
    ("2025-03-20", "The agency’s website put the agreements at 479, with partners in 41 states.", "--"),
    ("2025-08-15", "More than 100 Texas agencies have either signed one or applied to.", "+"),
    ("2025-08-15", "More than 180 Texas agencies have signed or applied to sign.", "-"),
    ("2025-09-18", "From farm towns to the suburbs of big cities, 829 agencies have joined the program.", "+"),
    ("2025-09-18", "From farm towns to the suburbs of big cities, 929 agencies have joined the program.", "-"),
    (
        "2025-09-18",
        "More than 800 law enforcement agency partners work directly with ICE to protect their communities.",
        "+",
    ),
    ("2025-04-15", "Nearly 70% of the agreements were signed since Trump’s inauguration to a second term.", "+"),
    ("2026-05-08", "Missouri has roughly one in 10 agreements.", "-"),
    ("2026-05-08", "Missouri has about one in 20 agreements.", "+"),
    ("2026-05-08", "Florida has nearly one in five agreements.", "+"),
    (
        "2025-09-18",
        "Under the jail model there are 129 agreements in 28 states; under the warrant model, 371 in 35 states.",
        "++++",
    ),
    (
        "2025-09-18",
        "Under the jail model there are 129 agreements in 28 states; under the warrant model, 371 in 35 states; "
        "and under the task force model, 500 in 36.",
        "+++++-",
    ),
    (
        "2025-09-18",
        "Under the jail model there are 150 agreements; under the warrant model, 371; and under the task force "
        "model, 500.",
        "-++",
    ),
    (
        "2026-01-01",
        "There were 1,056 agencies with officers signed up to help ICE, up from 135 during the Biden administration.",
        "++",
    ),
    ("2026-04-30", "Some 1,281 agencies had officers enrolled by Thursday.", "-"),
    ("2025-12-12", "Montana, Idaho, Wyoming and Utah had 41 agreements among them on Dec. 12.", "+"),
    ("2025-12-12", "Montana, Idaho, Wyoming and Utah had 61 agreements among them on Dec. 12.", "-"),
    ("2025-03-20", "ICE lists 379 agreements signed through March 19.", "+"),
    ("2025-03-20", "ICE lists 479 agreements signed through March 19.", "-"),
    (
        "2025-11-21",
        "The Task Force Model has been taken up by the sheriff’s offices of Bracken, Marshall and Clark "
        "counties in Kentucky.",
        "++-",
    ),
]
OPEN = [
    ("2025-11-21", "Agencies in Florida hold 28% of all agreements, and those in Texas not counted 29%."),
    ("2025-11-21", "Agencies in Florida hold 28% of all agreements, and those in Texas alone may hold 29%."),
    ("2025-08-01", "Texas has 68 older WSO ones and 80 rural TFM ones."),
    ("2025-08-01", "Sheriffs may sign up to 140 agreements in Texas."),
    ("2025-10-17", "The newcomers would put the number of Louisiana agencies in the program at 25."),
    ("2025-10-17", "The newcomers put the number of Louisiana agencies in the program somewhere at 25."),
    ("2025-09-18", "From counties in Texas to towns in Florida, 829 agencies have joined the program."),
    ("2025-09-18", "From border counties to big cities, barely 829 agencies have allegedly joined the program."),
    ("2025-09-18", "Under the jail model there are 129 agreements; under the rural warrant model, 371 in 35 states."),
    ("2026-04-30", "Some 1,281 agencies had officers enrolled in classes by Thursday."),
    ("2025-12-12", "Montana, Idaho, Wyoming and Utah had 61 agreements among them and the tribes on Dec. 12."),
    ("2025-03-20", "ICE lists 479 agreements signed through lawyers."),
    ("2026-01-28", "Without these, 49 Alabama departments have joined the program."),
]


def marks(checker: Checker, day: str, text: str) -> str:
    """The verdicts on a text in the order of its claims: + for, - against, ? neither."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return "".join(FIRM.get(one.verdict, "?") for one in found)


@pytest.mark.parametrize(("day", "text", "expected"), SAID)
def test_what_a_sentence_leaves_out_is_read_with_it(checker: Checker, day: str, text: str, expected: str) -> None:
    assert marks(checker, day, text) == expected


@pytest.mark.parametrize(("day", "text"), OPEN)
def test_what_looks_like_it_stays_open(checker: Checker, day: str, text: str) -> None:
    assert marks(checker, day, text)[-1:] in ("", "?")


def test_a_county_that_two_states_of_a_story_have_is_not_guessed(checker: Checker) -> None:
    story = (
        "Texas leads with 380 agreements, followed by Florida with 346. Missouri is third with 98.\n\n"
        "The Tarrant County Sheriff’s Office has held a jail agreement since 2020. "
        "The Dallas County Sheriff’s Office has none."
    )
    assert marks(checker, "2026-05-08", story)[-1] == "?"


def test_who_holds_agreements_holds_no_people(checker: Checker) -> None:
    text = "In January, 133 agencies had agreements. Today there are 1,497 in 39 states, holding 1,783 agreements."
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert not [one for one in found if "people held" in one.meaning]


def test_thirty_days_are_those_of_the_overview(checker: Checker) -> None:
    """`ledger287 overview` counts the story's own day among them: April 9 to May 8."""
    (found,) = checker.check_text(
        "In the past 30 days, 151 agreements were signed.", published=date(2026, 5, 8)
    ).answers
    assert found.verdict == "supported"
