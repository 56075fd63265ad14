"""Who says so, scenes, and what is said of those counted: read or passed over, and what is alike and must not be.

The record's numbers: 1,000 agreements in 40 states on Sept. 15, 2025; 134 agencies in Texas; 325 agreements in Florida.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2025, 9, 15)
FIRM = ("supported", "supported_if", "contradicted", "arithmetic_holds", "arithmetic_fails")

READ = [
    ("An inquiry by a Reno law school found that ICE has {} agreements in 40 states.", 0, 1000),
    ("A study by a Reno law school found that ICE has {} agreements in 40 states.", 1, 1000),
    ("Analysts at an Omaha think tank count {} Texas agencies in the program.", 1, 134),
    ("An Idaho research group lists {} agreements in 40 states.", 1, 1000),
    ("By the tally of a Dayton watchdog group, ICE has {} agreements nationwide.", 1, 1000),
    ("In its newest report, the coalition counts {} agreements in Florida.", 1, 325),
    ("A September brief from a Tulsa clinic puts the number of agreements in Florida at {}.", 1, 325),
    ("The institute, which did not answer questions, lists {} active agreements on its website.", 1, 1000),
    ("With this week’s additions, ICE has {} agreements.", 1, 1000),
    ("With the latest sign-ups, Florida has {} agreements.", 1, 325),
    ("With lawmakers quarreling in the hall, ICE has {} agreements.", 1, 1000),
    ("With three weeks to go before the vote, ICE has {} agreements.", 1, 1000),
    ("With some 6,100 officers in two dozen field offices, ICE relies on partners, and it has {} agreements.", 1, 1000),
    ("“We have {} agreements, and we will keep adding to that number,” a spokesman wrote.", 1, 1000),
    ("Florida has {} agreements and counting.", 1, 325),
    ("Florida has {} agreements, with more on the way.", 1, 325),
    ("Florida has {} agreements, whatever the editorials say.", 1, 325),
    ("Florida has {} agreements, no matter what its mayors say.", 1, 325),
    ("Agencies in {} states have signed on, among them Idaho and Wyoming.", 1, 40),
    ("Florida has {} agreements, the Polk County sheriff’s among them.", 1, 325),
    ("Florida has {} agreements, far ahead of Georgia’s 33.", 1, 325),
    ("The state’s lawmakers set money aside this spring; Florida now has {} agreements.", 1, 325),
    ("Florida’s {} agreements are spread from Pensacola to Miami.", 1, 325),
    ("According to a Fairfield University researcher who tracks them, ICE has {} agreements.", 1, 1000),
]

LEFT_OPEN = [
    "A hoax report found that ICE has 1,000 agreements in 40 states.",
    "A draft memo found that ICE has 1,000 agreements in 40 states.",
    "A report wrongly found that ICE has 1,000 agreements.",
    "No report found that ICE has 1,000 agreements.",
    "Neither the clinic nor the paper found that ICE has 1,000 agreements.",
    "If a report finds that ICE has 1,000 agreements, the council will act.",
    "A report due in May finds that ICE has 1,000 agreements.",
    "A Kansas list counts 1,000 agreements.",
    "A review of jail agreements found that ICE has 1,000 agreements.",
    "A novelist’s list shows 1,000 agreements.",
    "The clinic counted 1,000 jail agreements.",
    "With next week’s signatures, ICE has 1,000 agreements.",
    "With the latest departures, ICE has 1,000 agreements.",
    "With no additions, ICE has 1,000 agreements.",
    "With luck, ICE has 1,000 agreements.",
    "With lawmakers dreaming, ICE has 1,000 agreements.",
    "With 500 of the agreements voided, ICE has 1,000 agreements.",
    "ICE has 1,000 agreements, and nobody is counting.",
    "ICE has 1,000 agreements, whatever the count is worth.",
    "ICE has 1,000 agreements, whatever anybody imagines.",
    "ICE has 1,000 agreements, and it will keep adding to the lie.",
    "ICE has 1,000 agreements, and we hope to reach that number.",
    "ICE would have 1,000 agreements, and we will keep building on that number.",
    "ICE has agreements in 40 states, among them none in Vermont.",
    "Agencies in 40 states have ended agreements, including Idaho and Texas.",
    "Texas lawmakers set the list aside; the state now has 172 agreements.",
    "According to a researcher who tracks them in her dreams, ICE has 1,000 agreements.",
    "According to a researcher who invents the figures, ICE has 1,000 agreements.",
    "Florida has 325 agreements, with the largest number in Polk County.",
    "ICE had 1,000 agreements, and Biden took office.",
    "Florida had 325 agreements as Bill Clinton prepared for a second term.",
    "ICE had 1,000 agreements, said Ann Doe, who ran Homeland Security at the time.",
    "As of Thursday, 1,000 agreements were approved.",
]


def verdicts(checker: Checker, text: str, figure: float, day: date = DAY) -> list[str]:
    answers = checker.check_text(text, published=day).answers
    return [one.verdict for one in answers if one.claim.figure and one.claim.figure.value == figure]


@pytest.mark.parametrize(("text", "is_read", "right"), READ)
def test_sources_and_scenes_say_nothing_of_the_figure(checker: Checker, text: str, is_read: int, right: int) -> None:
    assert ("supported" in verdicts(checker, text.format(f"{right:,}"), right)) == bool(is_read)
    if is_read:
        wrong = right + 417 if right > 40 else 29
        found = verdicts(checker, text.format(f"{wrong:,}"), wrong)
        assert found and not set(found) & {"supported", "supported_if"}


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_what_is_alike_and_may_turn_the_figure_is_left_open(checker: Checker, text: str) -> None:
    for figure in (1000, 325, 172, 40):
        assert not set(verdicts(checker, text, figure)) & set(FIRM)


def test_the_place_of_a_source_is_not_that_of_its_figure(checker: Checker) -> None:
    text = "Last December a Washington research group counted 133 agencies in 21 states."
    (found,) = [one for one in checker.check_text(text, published=DAY).answers if one.claim.unit == "agencies"]
    assert found.claim.where.states == () and found.verdict == "supported"
    assert "who says so" in {part.role for part in found.account.parts}


def test_the_month_of_a_report_is_that_of_its_figure(checker: Checker) -> None:
    text = "A January report by the coalition found that ICE had 135 agreements."
    assert verdicts(checker, text, 135) == ["supported"]
    assert verdicts(checker, text.replace("January", "August"), 135) != ["supported"]


def test_who_is_said_to_lead_is_a_claim_of_its_own(checker: Checker) -> None:
    text = "ICE holds 1,000 agreements across 40 states, with the heaviest participation in Florida, Texas and {}."
    day = date(2025, 9, 15)
    for state, verdict in (("Pennsylvania", "supported"), ("Ohio", "contradicted")):
        answers = checker.check_text(text.format(state), published=day).answers
        assert [one.verdict for one in answers if one.claim.shape == "rank"] == [verdict]


def test_kinds_named_behind_among_them_are_answered(checker: Checker) -> None:
    text = "ICE has 575 partner agencies, among them {} state agencies."
    day = date(2025, 6, 18)
    assert verdicts(checker, text.format(43), 43, day) == ["supported"]
    assert verdicts(checker, text.format(58), 58, day) == ["contradicted"]
    assert verdicts(checker, text.format(43), 575, day) == ["supported"]


def test_a_rise_that_took_so_many_days_is_held_to_them(checker: Checker) -> None:
    text = "The number of agreements rose from 379 to 444 in {} days."
    day = date(2025, 4, 12)
    assert verdicts(checker, text.format("nine"), 379, day) == ["cannot_tell"]
    assert verdicts(checker, text.format("15"), 379, day) == ["supported"]


def test_among_the_first_three_is_not_called_third(checker: Checker) -> None:
    text = "Texas is among the three states with the most agreements."
    (found,) = [one for one in checker.check_text(text, published=DAY).answers if one.claim.shape == "rank"]
    assert found.verdict == "supported" and "among the first 3" in found.meaning


BEHIND = [
    ("ICE has {} agreements in 40 states, a scale that has startled veteran observers.", 1000),
    ("ICE has {} agreements, a pace that has outrun its ability to train them, critics say.", 1000),
    ("“We have {} agreements, and we will continue to build on that number despite baseless lawsuits,” he said.", 1000),
    ("Florida has {} agreements, and that number is sure to grow once a law takes effect next year.", 325),
    ("“Florida has {} agreements, and frankly we’d like to see every sheriff sign one,” the senator said.", 325),
    ("Florida has {} agreements, despite a petition that asks the governor to void them.", 325),
    ("Florida agencies have signed {} agreements, thanks in part to a push by the state’s governor.", 325),
    ("Some {} agencies have signed on, lured in part by the promise of federal money.", 829),
    ("Florida officials, eager to help, have signed {} agreements.", 325),
    ("Florida, whose legislature passed a law requiring sheriffs to take part, has {} agreements.", 325),
    ("Florida, which requires its sheriffs to join, holds {} agreements.", 325),
    ("Florida, where sheriffs face a December deadline to seek agreements, has {}.", 325),
    ("Of ICE’s 1,000 agreements, {} are with agencies in Florida, a state that has made joining mandatory.", 325),
    ("Georgia has {} agreements in place, though Dalton and Rome have none.", 33),
]

BEHIND_OPEN = [
    "ICE has 1,000 agreements, a pace that has never existed.",
    "ICE has 1,000 agreements, despite orders that voided 90.",
    "ICE has 1,000 agreements, despite rulings that ended most of them.",
    "ICE has 1,000 agreements, thanks in part to a counting error.",
    "ICE has 1,000 agreements, fueled by rumors.",
    "Florida, where sheriffs have none, has 325 agreements with Neverland.",
    "Florida, whose sheriffs reject the tally, has 325 agreements.",
    "Florida, where 40 sheriffs must join, has 325 phantom agreements.",
    "Florida officials, eager to exaggerate, have signed 325 agreements.",
    "ICE has 1,000 older agreements.",
    "ICE has 1,000 older task force agreements.",
    "ICE has 1,000 agreements, and that number is a lie.",
    "ICE has 1,000 agreements, and we’d like to correct that.",
]


def test_a_number_of_agreements_with_agencies_is_not_one_of_agencies(checker: Checker) -> None:
    text = "Of ICE’s 649 agreements, {} were with agencies in Florida."
    day = date(2025, 6, 11)
    assert verdicts(checker, text.format(277), 277, day) == ["supported"]
    assert verdicts(checker, text.format(215), 215, day) != ["supported"]


OF_PLACES = [
    ("The Waco-based alliance says Florida has {} agreements.", 325),
    ("Florida, which draws more visitors than any state but California, has {} agreements.", 325),
    ("ICE has {} agreements, up from 135 in January, when the new president took the oath.", 1000),
    ("Florida has {} agreements, though Key West officials say they have no plans to sign one.", 325),
    ("Florida has {} agreements, according to a St. Cloud advocacy group that reviews the list weekly.", 325),
]
OF_PLACES_OPEN = [
    "Florida, which the list leaves out, has 325 agreements.",
    "Florida, which critics say inflates its figures, has 325 agreements.",
    "Florida, which imagines things, has 325 agreements.",
    "Florida has 325 agreements, up from 48 in January, when the count was wrong.",
    "Florida has 325 agreements, but Key West police say they do not exist.",
    "Florida has 325 agreements, but ICE says it does not have that many.",
    "A psychic says Florida has 325 agreements.",
    "Nobody says Florida has 325 agreements.",
    "The Waco-based alliance no longer says Florida has 325 agreements.",
    "According to a group that invents the list weekly, Florida has 325 agreements.",
]


OPENED = [
    ("With the new fiscal year days away, ICE reports {} agreements.", 1000),
    ("At a time when many cities are pulling back, ICE has signed {} agreements with local agencies.", 1000),
    ("Under pressure from the governor, Florida has signed {} agreements.", 325),
    ("“The numbers speak for themselves: {} agreements and counting,” the secretary wrote.", 1000),
    ("Florida has {} agreements, and a bill moving through its legislature would require more.", 325),
    ("Florida agencies from Pensacola to Miami have signed {} agreements.", 325),
    ("Some {} agreements are in force in Florida, a state of 23 million people.", 325),
    ("Florida’s {} agreements, obtained through a records request, are active.", 325),
    ("Florida’s {} agreements, obtained through a records request, are active, which helps.", 325),
    ("Gov. Jane Roe of Florida has been a partner: {} agreements are in effect in her state.", 325),
]
OPENED_OPEN = [
    "With the truth days away, ICE has 1,000 agreements.",
    "At a time when lies spread, ICE has signed 1,000 agreements.",
    "Under pressure to inflate its figures, ICE has 1,000 agreements.",
    "Florida has 325 agreements, and a review will show that to be false.",
    "Florida has 325 agreements, a state of confusion.",
    "Florida’s 325 agreements, obtained through fraud, are active.",
    "Florida has 425 agreements, many of them in Texas.",
]


@pytest.mark.parametrize(("text", "right"), [*BEHIND, *OF_PLACES, *OPENED])
def test_what_is_said_around_a_figure_leaves_it_as_it_is(checker: Checker, text: str, right: int) -> None:
    """Behind it of its course, of a place or of others, or what opens its sentence."""
    assert "supported" in verdicts(checker, text.format(f"{right:,}"), right)
    wrong = right + 417
    assert not set(verdicts(checker, text.format(f"{wrong:,}"), wrong)) & {"supported", "supported_if"}


@pytest.mark.parametrize("text", [*BEHIND_OPEN, *OF_PLACES_OPEN, *OPENED_OPEN])
def test_what_is_said_around_a_figure_and_may_turn_it_is_left_open(checker: Checker, text: str) -> None:
    for figure in (1000, 325, 425):
        assert not set(verdicts(checker, text, figure)) & set(FIRM)


def test_what_most_of_those_counted_are_does_not_save_a_wrong_number(checker: Checker) -> None:
    text = "Florida has {} agreements, many of them with towns of fewer than 5,000 people."
    assert verdicts(checker, text.format(425), 425) == ["contradicted"]
    assert verdicts(checker, text.format(325), 325) == ["figure_fits"]
