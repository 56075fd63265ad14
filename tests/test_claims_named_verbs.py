"""What named agencies signed, have had, gave up, kept, and in which order they joined: true, false, and withheld.

The sentences are synthetic and the persons in them invented; who had which agreement on which day is of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FIRM = {"supported", "contradicted", "was_true", "became_true", "supported_if"}
CASES = [
    # the day of the story, the sentence, what makes it true, what makes it false, what no reading knows
    ("2025-04-15", "Collier County's jail is full, and its current jail enforcement agreement dates to {}.",
     "June 2020", None, "June 2020 marble"),
    ("2026-04-18", "South Dakota's Minnehaha County is busy; its warrant service agreement, signed {}, is in force.",
     "March 17, 2025", "April 2, 2025", "velvet March 17, 2025"),
    ("2025-08-19", "Cambria County's prison {} on July 31.", "signed", None, "velvet signed"),
    ("2026-01-12", "The Kenosha County sheriff, Max Poe, signed a {} agreement on Jan. 7.", None, "warrant service",
     "velvet warrant service"),
    ("2025-02-20", "The Oklahoma State Bureau of Investigation, the Bureau of Narcotics and the Department of Public "
     "Safety all signed task force agreements on {}.", "Feb. 18", "Feb. 19", "Feb. 18 kettle"),
    ("2026-05-06", "Kootenai County in north Idaho took both jail models {}.", "last August", None, "trombone"),
    ("2026-03-03", "Sheriff Max Poe of Bibb County, Ga., has had a {} agreement since Feb. 27, 2025.",
     "warrant service", "jail enforcement", "velvet warrant service"),
    ("2025-07-14", "Jackson County, Minn., has given up the {} agreement.", "jail enforcement", "warrant service",
     "jail enforcement kettle"),
    ("2025-07-14", "Jackson County, Minn., kept the {} agreement.", "warrant service", "task force",
     "velvet warrant service"),
    ("2026-05-08", "The Grafton County Sheriff's Office in New Hampshire is {}.", "no longer on ICE's list", None,
     "no longer on ICE's velvet list"),
    ("2026-05-07", "The Grafton County Sheriff's Office in New Hampshire {} ICE's list.", None, "has dropped off",
     "has dropped velvet off"),
    ("2026-01-16", "Bucks County in Pennsylvania came off ICE's list {}.", "on Thursday", "in November",
     "on Thursday kettle"),
    ("2025-09-26", "Hopewell's sheriff dropped {} of his three agreements this week.", "two", "one", "velvet two"),
    ("2025-12-05", "The sheriff of Brown County, Nebraska, ended {} his agreements.", "all three of", None,
     "all three velvet of"),
    ("2025-03-07", "Nassau County has become the {} New York jurisdiction in the program, after Rensselaer County.",
     "second", "first", "second velvet"),
    ("2025-12-16", "Frederick County, Virginia, joined on Dec. 8 as the state's {} sheriff's office with an agreement.",
     "23rd", "12th", "23rd velvet"),
    ("2025-03-21", "Tennessee's Hamilton County became the {} sheriff's office in the state with an agreement, behind "
     "Knox, Greene and Putnam.", "fourth", "second", "fourth velvet"),
    ("2025-09-25", "Guam's attorney general signed a task force agreement on Monday, making the island the {} U.S. "
     "territory in the program.", "first", None, "first velvet"),
]  # fmt: skip


def on_names(checker: Checker, text: str, day: str) -> list[str]:
    """The verdicts on the agencies that a text names."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return [one.verdict for one in found if one.claim.shape == "holds"]


@pytest.mark.parametrize(("day", "text", "right", "wrong", "open_"), CASES)
def test_what_an_agency_did_is_true_false_or_withheld(
    checker: Checker, day: str, text: str, right: str | None, wrong: str | None, open_: str
) -> None:
    if right is not None:
        verdicts = on_names(checker, text.format(right), day)
        assert "supported" in verdicts and not {"contradicted", "was_true"} & set(verdicts)
    if wrong is not None:
        verdicts = on_names(checker, text.format(wrong), day)
        assert {"contradicted", "was_true"} & set(verdicts)
    firm = [
        [one for one in on_names(checker, text.format(said), day) if one in FIRM] for said in (right or wrong, open_)
    ]
    assert len(firm[1]) < len(firm[0])


def test_a_sentence_goes_on_with_the_agency_of_the_one_before_it(checker: Checker) -> None:
    text = "Bucks County, Pennsylvania, elected Ann Doe. The county's name came off ICE's list {}."
    assert on_names(checker, text.format("on Thursday"), "2026-01-16")[-1] == "supported"
    assert on_names(checker, text.format("on the first Monday of November"), "2026-01-16")[-1] != "supported"


@pytest.mark.parametrize("text", [
    "Bucks County in Pennsylvania has not dropped its task force agreement.",
    "Bucks County in Pennsylvania wants to withdraw from the program.",
    "Bucks County in Pennsylvania nearly gave up its task force agreement.",
    "The prince of Bucks County in Pennsylvania gave up his task force agreement with the moon.",
    "Bucks County in Pennsylvania ended its contract with a food vendor.",
    "Bucks County in Pennsylvania ended its jail contract with ICE in June.",
    "Three deputies of Bucks County in Pennsylvania left the program in June after training.",
    "Bucks County in Pennsylvania withdrew in June from the lawsuit against the task force model.",
])  # fmt: skip
def test_what_was_not_given_up_is_not_held_against_an_agency(checker: Checker, text: str) -> None:
    for day in ("2025-11-20", "2026-01-16"):
        answers = checker.check_text(text, published=date.fromisoformat(day)).answers
        assert not [one for one in answers if one.claim.sense == "left" and one.verdict in FIRM]


def test_a_count_does_not_take_the_model_of_what_an_agency_signed(checker: Checker) -> None:
    text = (
        "Georgia now has a dozen agencies in the program, twice as many as in January, with the sheriffs of Monroe, "
        "Walker and Columbia counties all opting for the warrant service model in late February."
    )
    answers = checker.check_text(text, published=date(2025, 3, 10)).answers
    assert [one.verdict for one in answers if one.claim.shape == "multiple"] == ["cannot_tell"]


@pytest.mark.parametrize(("text", "verdict"), [
    ("Bristol County is off the list. That leaves three Massachusetts agencies with agreements.", "supported"),
    ("Bristol County is off the list. That leaves nine Massachusetts agencies with agreements.", "contradicted"),
])  # fmt: skip
def test_what_is_left_is_a_count_of_the_storys_day(checker: Checker, text: str, verdict: str) -> None:
    answers = checker.check_text(text, published=date(2021, 5, 25)).answers
    assert [one.verdict for one in answers if one.claim.shape == "count"] == [verdict]


@pytest.mark.parametrize(("day", "text", "verdicts"), [
    ("2026-02-10", "The Virginia Marine Resources Commission, which joined last June, has vanished from ICE's list.",
     ["supported", "supported"]),
    ("2025-12-01", "Biglerville's borough police in Pennsylvania fell off the list last week.", ["supported"]),
    ("2026-04-05", "Dallas, Georgia, a town of 14,000, signed on March 28; its officers will train this summer.",
     ["supported"]),
    ("2025-08-10", "The Calumet County sheriff in Wisconsin, Ron Poe, inked his warrant service pact on Aug. 7.",
     ["contradicted"]),
    ("2025-12-01", "Marlboro County, South Carolina, had a warrant service agreement since June 11 but dropped off the "
     "list on Tuesday.", ["supported"]),
    ("2025-11-04", "The Henderson County Sheriff's Office in Texas now has only its jail enforcement agreement.",
     ["was_true"]),
    ("2025-10-01", "Hopewell, Virginia, has given up its jail enforcement agreement, which it signed on July 2.",
     ["supported", "supported"]),
    ("2025-10-01", "Hopewell, Virginia, has given up its jail enforcement agreement, which it signed on June 30.",
     ["supported"]),
    ("2021-11-22", "Monmouth and Cape May counties in New Jersey both dropped off ICE's list in September.",
     ["contradicted", "contradicted"]),
    ("2026-03-05", "Garrett County, Maryland, is no longer on ICE's list.", ["contradicted"]),  # back since that day
])  # fmt: skip
def test_towns_boards_and_offices_are_known_by_their_everyday_names(
    checker: Checker, day: str, text: str, verdicts: list[str]
) -> None:
    assert [one for one in on_names(checker, text, day) if one != "cannot_tell"] == verdicts


@pytest.mark.parametrize(("day", "text", "verdicts"), [
    ("2021-06-01", "Bristol County, Massachusetts, fell off ICE's list, leaving Plymouth County as the state's only "
     "sheriff in the program.", ["supported", "contradicted"]),
    ("2026-02-10", "The Virginia State Police fell off ICE's list, which left Teller County as Colorado's only agency.",
     ["supported", "supported"]),
    ("2021-06-01", "Bristol County, Massachusetts, fell off ICE's list, nearly leaving Plymouth County as the state's "
     "only sheriff in the program.", ["supported"]),
])  # fmt: skip
def test_who_is_left_alone_is_held_to_the_list_of_the_day(
    checker: Checker, day: str, text: str, verdicts: list[str]
) -> None:
    assert [one for one in on_names(checker, text, day) if one != "cannot_tell"] == verdicts
