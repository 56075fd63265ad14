"""What a story leaves to the sentence before it: which agency "it" is, which state "the state" is, what is counted."""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

FILLER = " ".join(["Residents filled the hall until late in the evening, and nobody knew what would come of it."] * 8)
"""Makes a text long enough to be a story, not a quotation from one."""
LOUDOUN = "The Loudoun County Sheriff's Office in Virginia signed a 287(g) agreement."
SHELBY = "The Shelby County Sheriff's Office in Tennessee joined 287(g)."
HALL = "The Hall County Sheriff's Office in Georgia has a 287(g) agreement."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def verdicts(checker: Checker, before: str, said: str, day: date) -> set[str]:
    """The verdicts of a sentence of a story behind another one."""
    found = checker.check_text(f"{before} {said}\n\n{FILLER}", published=day).answers
    return {one.verdict for one in found if one.claim.sentence.start > len(before)}


@pytest.mark.parametrize(
    ("before", "said", "day", "found"),
    [
        (LOUDOUN, "It is a Warrant Service Officer agreement.", date(2025, 6, 24), {"supported"}),
        (LOUDOUN, "It is a Task Force Model agreement.", date(2025, 6, 24), {"contradicted"}),
        (LOUDOUN, "The sheriff's agreement is a Warrant Service Officer agreement.", date(2025, 6, 24), {"supported"}),
        (SHELBY, "Its agreement, dated Nov. 4, is for warrant service.", date(2025, 11, 11), {"supported"}),
        (SHELBY, "Its agreement, dated Nov. 4, is for jail enforcement.", date(2025, 11, 11), {"contradicted"}),
        (HALL, "Its jail enforcement agreement dates to June 2020.", date(2025, 7, 14), {"supported"}),
        (HALL, "It runs under the Jail Enforcement Model.", date(2025, 7, 14), {"supported"}),
        # a quotation between them changes nothing
        (f'{LOUDOUN} "We waited," he said.', "It is a Warrant Service Officer agreement.", date(2025, 6, 24),
         {"supported"}),
        # who is named by a bare name
        ("Virginia sheriffs have 287(g) agreements.",
         "Loudoun's is a Warrant Service Officer agreement, the narrowest.", date(2025, 6, 24), {"supported"}),
        ("Louisiana has 287(g) agreements.", "Kenner's department signed up for 287(g) in March, early by Louisiana's "
         "standards.", date(2025, 12, 20), {"supported"}),
        ("Kansas has 287(g) agreements.", "Finney County's goes back to 2020.", date(2025, 8, 21), {"supported"}),
        ("The Teller County jail takes part in 287(g).",
         "Teller is the only county in Colorado with a 287(g) agreement.", date(2025, 1, 24), {"supported"}),
        # of a name that several states have, the one of the story's state
        ("LINCOLN, Neb. — Nebraska has nine 287(g) agreements, and Iowa has two. Nebraska sheriffs wait.",
         "Lancaster County's sheriff has no agreement.", date(2025, 11, 24), {"supported"}),
        ("HARRISBURG, Pa. — Pennsylvania has six 287(g) agreements; Florida has more. Pennsylvania is new to it.",
         "Lancaster County's sheriff signed an agreement on April 24.", date(2025, 5, 4), {"supported"}),
    ],
)  # fmt: skip
def test_a_sentence_leans_on_the_agency_that_is_named_before_it(
    checker: Checker, before: str, said: str, day: date, found: set[str]
) -> None:
    assert verdicts(checker, before, said, day) == found


def test_the_account_says_what_stands_for_the_agency(checker: Checker) -> None:
    found = checker.check_text(f"{LOUDOUN} It is a Warrant Service Officer agreement.", published=date(2025, 6, 24))
    parts = {part.said: part.role for part in found.answers[-1].account.parts}
    assert parts["It"] == "the agency that is named before"


@pytest.mark.parametrize(
    "before",
    [
        "Commissioners will vote on an agreement for the Dade County Sheriff's Office in Georgia.",
        "The Dade County Sheriff's Office in Georgia has no 287(g) agreement.",
        "The Hall County Sheriff's Office and the Floyd County Sheriff's Office in Georgia have 287(g) agreements.",
        "The Dade County Sheriff's Office in Georgia applied for a 287(g) agreement.",
    ],
)
def test_nothing_leans_on_an_agency_that_has_none_or_on_two(checker: Checker, before: str) -> None:
    assert verdicts(checker, before, "It is a task force agreement.", date(2025, 7, 14)) <= {"cannot_tell"}


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        # the state of the paragraph, or of the story
        ("Missouri has 97 287(g) agreements. Eleven are for warrant service and nine for jail enforcement.",
         date(2026, 5, 5), {"11": "supported", "9": "supported"}),
        ("JEFFERSON CITY, Mo. — Missouri was slow. As of May 1 the state had 97 agreements with ICE, third-highest in "
         "the country behind Texas and Florida.", date(2026, 5, 5), {"97": "supported", "3": "supported"}),
        ("RICHMOND, Va. — Two dozen Virginia agencies have 287(g) agreements. Nineteen of the 24 follow the task force "
         "model.", date(2025, 6, 13), {"19": "supported"}),
        # no comma of its own: what the share is of was said before
        ("Nebraska agencies have 287(g) agreements. That is a third of the nine in force across Nebraska.",
         date(2025, 11, 24), {"33.33": "cannot_tell"}),
        # a new paragraph goes on with what was counted
        ("Missouri has 97 287(g) agreements.\n\n\"We bought lunch,\" she said.\n\nNeighboring Arkansas has 80, while "
         "Kansas has 34. Iowa has two.", date(2026, 5, 5), {"80": "supported", "34": "supported", "2": "supported"}),
        # and what is behind a name is no noun
        ("Kansas has 23 287(g) agreements. Iowa has just one, held by its Department of Public Safety. South Dakota "
         "has five.", date(2025, 11, 24), {"5": "cannot_tell"}),
        # "the state" is not held against one of two that it may be
        ("In Texas there are 172 287(g) agreements. Residents met. In all, six of the state's agreements are of the "
         "warrant service officer model. Idaho makes up 0.9% of the national total.", date(2025, 9, 22),
         {"6": "cannot_tell"}),
    ],
)  # fmt: skip
def test_a_number_is_of_the_state_that_its_story_speaks_of(
    checker: Checker, text: str, day: date, found: dict[str, str]
) -> None:
    given = {
        f"{one.claim.figure.value:.4g}": one.verdict
        for one in checker.check_text(f"{text}\n\n{FILLER}", published=day).answers
        if one.claim.figure and one.compared
    }
    assert {value: given.get(value) for value in found} == found


@pytest.mark.parametrize(
    ("said", "day", "found"),
    [
        ("North Carolina has 15 agreements under 287(g), third among the states.", date(2024, 10, 22),
         {"supported"}),
        ("North Carolina has 15 agreements under 287(g), second among the states.", date(2024, 10, 22),
         {"supported", "contradicted"}),
        ("ICE has 239 287(g) agreements. 54 of the 64 task force pacts were signed by Florida agencies.",
         date(2025, 3, 3), {"supported"}),
        ("Georgia had 31 287(g) agreements. Florida has about ten times Georgia's number.", date(2025, 7, 14),
         {"supported"}),
        ("August brought 82 new 287(g) agreements.", date(2025, 9, 16), {"supported"}),
        ("The list ICE put out Tuesday had 444 287(g) agreements.", date(2025, 4, 9), {"supported"}),
        ("Kansas has 23 287(g) agreements and Missouri the same number.", date(2025, 11, 24), {"supported"}),
        ("ICE listed 1,544 287(g) agreements, and 913 of them, or about 59 percent, used the task force model.",
         date(2026, 3, 19), {"supported"}),
        ("Texas, with 291 287(g) agreements, has passed Florida for the most of any state.", date(2026, 2, 5),
         {"supported", "contradicted"}),
        ("Nationally the list stood at 896 287(g) agreements this week, and Wyoming's share of it is a little more "
         "than 1%.", date(2025, 8, 22), {"supported"}),
        ("Kansas has 26 287(g) agreements. Twenty are Warrant Service Officer agreements, the narrowest type, and five "
         "are task force agreements.", date(2025, 12, 10), {"supported"}),
    ],
)  # fmt: skip
def test_how_stories_say_it(checker: Checker, said: str, day: date, found: set[str]) -> None:
    assert {one.verdict for one in checker.check_text(said, published=day).compared} == found


@pytest.mark.parametrize(
    "said",
    [
        "Texas holds 379 inmates for ICE, second in the nation.",
        "Texas has 379 287(g) agreements, second among the states in population.",
        "Texas has 379 287(g) agreements, second in the nation when counted per sheriff.",
        "Texas has 379 287(g) agreements, third in the nation for growth.",
    ],
)
def test_a_rank_in_something_else_is_none_by_agreements(checker: Checker, said: str) -> None:
    found = checker.check_text(said, published=date(2026, 5, 5)).compared
    assert not [one for one in found if one.against or one.measure.startswith("rank")]


@pytest.mark.parametrize(
    "tail",
    [
        "; that is not what the sheriffs say.",
        "; the governor disputes it.",
        "; nobody in the capital had heard of them.",
        "; or so ICE says.",
        "; the sheriffs signed them all in one week.",
    ],
)
def test_what_takes_back_behind_a_semicolon_withholds(checker: Checker, tail: str) -> None:
    said = f"Missouri has 97 287(g) agreements{tail}"
    found = checker.check_text(said, published=date(2026, 5, 5)).compared
    assert {one.verdict for one in found} <= {"figure_fits", "cannot_tell"}


def test_the_jail_version_may_be_either_model_that_works_in_jails(checker: Checker) -> None:
    said = "The Georgetown County Sheriff's Office in South Carolina signed the jail version of 287(g) on July 2."
    assert [one.verdict for one in checker.check_text(said, published=date(2025, 7, 17)).answers] == ["cannot_tell"]


def test_datelines_of_spanish_outlets(checker: Checker) -> None:
    text = (
        "ATLANTA (Univision 34).- Georgia tiene 49 acuerdos 287(g). En total, ocho departamentos de policía participan."
    )
    found = checker.check_text(text, published=date(2026, 1, 28)).answers
    assert [one.verdict for one in found] == ["supported", "supported"]


@pytest.mark.parametrize("since", ["Desde principios de abril", "Desde comienzos de abril", "Desde inicios de abril"])
def test_since_the_beginning_of_a_month_is_not_in_it(checker: Checker, since: str) -> None:
    found = checker.check_text(f"{since} se firmaron unos 175 acuerdos 287(g).", published=date(2026, 5, 4)).answers
    assert [one.verdict for one in found] == ["supported"]


def test_a_share_is_of_the_state_of_its_paragraph(checker: Checker) -> None:
    day, before = date(2026, 4, 22), "Missouri has 92 287(g) agreements."
    assert verdicts(checker, before, "Nearly four of every five are task force agreements.", day) == {"supported"}
    assert verdicts(checker, before, "Nearly a third are task force agreements.", day) <= {
        "contradicted",
        "cannot_tell",
    }


@pytest.mark.parametrize("share", ["about 20%", "or 42%"])
def test_a_share_behind_several_states_is_held_against_none(checker: Checker, share: str) -> None:
    text = f"Texas has 380, Florida 346 and Georgia 64 of the 1,783 287(g) agreements, {share}."
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert not [one for one in found if one.against and one.claim.shape == "share"]


def test_what_a_number_is_set_against_is_not_held_alone(checker: Checker) -> None:
    text = (
        "No Maryland agency has a task force agreement under 287(g). Such agreements made up nearly two-thirds of the "
        "1,316 across the country as of Wednesday, against none a year earlier."
    )
    assert not [one for one in checker.check_text(text, published=date(2026, 1, 21)).answers if one.against]


def test_a_past_number_without_a_day_is_in_conflict_with_none_of_today(checker: Checker) -> None:
    text = (
        "Texas and Florida each have 344 287(g) agreements. Florida had 194 agreements a year ago. Texas had 77. "
        f"{FILLER}"
    )
    assert not checker.check_text(text, published=date(2026, 4, 1)).conflicts


def test_a_story_that_never_says_287g_is_on_the_program(checker: Checker) -> None:
    text = (
        "Seven New Hampshire agencies have agreed to help federal immigration officers.\n\n"
        f"{FILLER}\n\nThere were 444 agreements in 38 states as of Wednesday. Florida leads with 200."
    )
    found = checker.check_text(text, published=date(2025, 4, 9)).answers
    given = {one.claim.figure.value: one.verdict for one in found if one.claim.figure}
    assert (given.get(444.0), given.get(200.0)) == ("supported", "supported")
