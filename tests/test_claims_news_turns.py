"""Turns of news prose around a count: the right figure is supported in them, a wrong one contradicted, and a word that
changes what is said withdraws the verdict. The sentences are made for these tests.
"""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

DAY = date(2025, 10, 20)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def verdicts(checker: Checker, text: str, day: date = DAY) -> list[tuple[str, str]]:
    answers = checker.check_text(text, published=day).answers
    return [(one.claim.figure.said if one.claim.figure else "", one.verdict) for one in answers]


TURNS = [
    ("Some {} Kansas agencies are now tied to ICE by formal agreements.", "17", "61"),
    ("With that, the number of agencies in Kansas under contract with ICE climbs to {}.", "17", "61"),
    ("The move by Butler County means {} of Kansas’s 105 counties have signed on.", "16", "61"),
    ("Officers from {} counties have signed 287(g) agreements, about 19% of Wisconsin’s 72 counties.", "14", "51"),
    ("Sheriffs in {} of Wisconsin’s 72 counties have signed on.", "13", "51"),
    ("There are {} counties in Arizona whose sheriffs hold such a pact.", "six", "twelve"),
    ("At this time, ICE has 287(g) agreements with 907 agencies in {} states.", "40", "12"),
    ("As of July 25, there were 108 agreements across Alabama, Georgia, South Carolina and Tennessee, a leap from "
     "just {} in January.", "12", "61"),
    ("The list below sums up the {} agreements in Wisconsin by county and model.", "16", "61"),
    ("Stretched thin at home, ICE relies on agreements with {} agencies.", "907", "477"),
    ("From beach towns to mountain counties, {} agencies now work hand in hand with ICE.", "907", "477"),
    ("A recent study by a Denver law school sets out how {} agencies in Kansas have put their work with ICE in "
     "writing through active agreements.", "17", "61"),
    ("“ICE has {} agreements, and no court will stop us from signing more.”", "1,097", "2,222"),
    ("Six agencies have signed so far. Across Texas, {} agencies have done so.", "160", "477"),
    ("Some 21 agencies in Alabama are signed up with ICE. They hold {} task force agreements.", "12", "61"),
]  # fmt: skip


@pytest.mark.parametrize(("turn", "right", "wrong"), TURNS)
def test_a_turn_of_news_is_read(checker: Checker, turn: str, right: str, wrong: str) -> None:
    firm = ("supported", "supported_if", "was_true")
    found = dict(verdicts(checker, turn.format(right)))
    assert any(right in said and verdict in firm for said, verdict in found.items()), found
    found = dict(verdicts(checker, turn.format(wrong)))
    assert any(wrong in said and verdict == "contradicted" for said, verdict in found.items()), found


HOSTILE = [
    "The figures are wrong: as of Oct. 17, 2025, ICE reported 1,097 agreements.",
    "Texas has 206 agreements, and they will be signed next week.",
    "Six sheriffs signed the petition. Across Texas, 160 agencies have done so.",
    "There are 14 counties in Wisconsin.",
    "The sheriff’s decision in Kansas means 17 agencies may have signed on.",
    "There are 57 agreements in 11 Southern states.",
    "No agency in Wyoming asked. Across Texas, 160 agencies have done so.",
]


@pytest.mark.parametrize("sentence", HOSTILE)
def test_what_changes_the_meaning_withdraws_the_verdict(checker: Checker, sentence: str) -> None:
    found = verdicts(checker, sentence)
    assert not [one for one in found if one[1] in ("supported", "contradicted") and not one[0].startswith("Six")], found


def test_the_counties_that_a_state_has_are_not_those_that_take_part(checker: Checker) -> None:
    """``There are 72 counties in Wisconsin`` was called contradicted by the 14 that take part."""
    for sentence in ("There are {} counties in Wisconsin.", "Wisconsin has {} counties in all.",
                     "Wisconsin is made up of {} counties.", "Wisconsin’s counties number {}."):  # fmt: skip
        assert [one for _, one in verdicts(checker, sentence.format(72))] == ["supported"], sentence
    assert [one for _, one in verdicts(checker, "Wisconsin has 74 counties in all.")] == ["contradicted"]


def test_what_was_just_agreed_may_not_be_on_the_list_yet(checker: Checker) -> None:
    near = "The decision by Langlade County means 15 of Wisconsin’s 72 counties have signed on."
    assert dict(verdicts(checker, near))["15"] == "cannot_tell"
    far = "The decision by Langlade County means 25 of Wisconsin’s 72 counties have signed on."
    assert dict(verdicts(checker, far))["25"] == "contradicted"


def test_a_number_of_many_states_means_the_nation(checker: Checker) -> None:
    """``ICE has agreements with 135 agencies in 21 states`` was left open because it named no place."""
    assert dict(verdicts(checker, "ICE has agreements with 477 agencies in 40 states."))["477"] == "contradicted"
    assert dict(verdicts(checker, "ICE has agreements with 77 agencies in five states."))["77"] == "cannot_tell"


MORE = [
    ("Since the president returned to the Oval Office in January, {} Kansas agencies have signed deals with ICE.",
     "16", "61"),
    ("I wrote in spring that the network had grown. As of Oct. 17, 2025, ICE reports {} agreements.", "1,097", "2,222"),
    ("In Trump’s second turn as president, the stock of agreements has more than {}.", "sextupled", "twentyfold"),
    ("Kansas has 17 agencies on the list. That is up from {} in January 2025.", "two", "51"),
    ("As of Jan. 15, 2025, two Kansas agencies had signed. By mid-October, it was {}.", "17", "61"),
    ("Editorial: A year ago Kansas had two agencies in the program; today it has {}.", "17", "61"),
]  # fmt: skip


@pytest.mark.parametrize(("turn", "right", "wrong"), MORE)
def test_a_turn_of_another_author_is_read(checker: Checker, turn: str, right: str, wrong: str) -> None:
    right_found, wrong_found = (verdicts(checker, turn.format(figure)) for figure in (right, wrong))
    firm = ("supported", "supported_if", "was_true")
    assert [one for one in right_found if right in one[0] and one[1] in firm], right_found
    assert not [one for one in wrong_found if wrong in one[0] and one[1] in firm], wrong_found


FALSE_ACCUSATIONS = [
    ("2026-05-01", "Two agencies in Collin and Denton counties have joined the 287(g) program. Statewide, 300 agencies "
     "have entered into such agreements."),
    ("2026-02-13", "The national list has 1,414, so that Florida holds about 24% of them."),
    ("2025-07-31", "The only agencies in North Dakota that have signed any 287(g) agreements so far are six sheriff’s "
     "offices and the Dickinson Police Department."),
    ("2025-12-04", "Since he settled back into the big chair in January, 20 Kansas agencies have signed deals."),
    ("2026-02-05", "A tally finds 1,153 agencies with agreements, against 135 at the end of the Biden years."),
    ("2025-01-20", "When Trump left office in January 2021, ICE had 148 agreements; by the time he returned on Monday, "
     "the number had slipped to 135."),
    ("2025-11-12", "Washington.- ICE tiene suscritos 1.154 acuerdos."),
    ("2026-03-12", "Four Nebraska sheriffs and two state agencies remain in the program after Brown County’s office "
     "pulled out in February."),
    ("2025-10-09", "The agencies include more than 850 different police and sheriff’s departments in 40 states."),
    ("2025-08-14", "The program had grown to 895 agreements from 135, the fastest growth since 2009."),
    ("2025-08-14", "After a law passed in May 2024, Georgia has 31 agreements."),
    ("2025-08-14", "Under the law of May 2024, there are now 31 agreements in Georgia."),
    ("2025-08-14", "Por una ley aprobada en mayo de 2024, Georgia tiene 31 acuerdos 287(g)."),
    ("2025-09-05", "Of the 796 participating agencies, more than half are sheriff's offices. Pennsylvania has 36."),
    ("2025-09-05", "De las 796 agencias participantes, más de la mitad son oficinas de sheriff. Pensilvania tiene 36."),
    ("2025-06-23", "Texas reached 100 agreements; South Carolina has 19 agencies with 23."),
    ("2025-07-06", "The state has 302 agreements and Texas 110."),
    ("2025-08-14", "Of the nation's 3,143 counties, 348 have an agency with a 287(g) agreement."),
    ("2025-08-14", "There are 254 sheriffs in Texas, 101 of them with 287(g) agreements."),
    ("2025-08-14", "ICE has 895 agreements in force and 43 applications, for a total of 938."),
    ("2025-08-14", "ICE tiene 895 acuerdos y 43 pendientes, 938 en total."),
    ("2025-07-06", "La policía de Hialeah firmó el 2 de julio. El estado llegó así a 302 acuerdos y Texas, a 110."),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text"), FALSE_ACCUSATIONS)
def test_a_true_sentence_is_not_accused(checker: Checker, day: str, text: str) -> None:
    """Each was called contradicted on a set that nobody had built with, or while it was built with."""
    found = verdicts(checker, text, date.fromisoformat(day))
    assert found and not [one for one in found if one[1] == "contradicted"], found


def test_what_agreements_or_those_that_have_them_are_is_left_open(checker: Checker) -> None:
    text = "ICE has 1,154 agreements with 957 agencies across the country, of which 335 are in Florida."
    assert dict(verdicts(checker, text, date(2025, 11, 12)))["335"] == "cannot_tell"


def test_a_figure_right_only_long_after_a_stated_month_is_contradicted(checker: Checker) -> None:
    """``in June`` 800, which a list of July 8 was the first to have, was "true on later days"."""
    assert dict(verdicts(checker, "There were 900 agreements in June.", date(2025, 11, 12)))["900"] == "contradicted"


SAID_THAT_DAY = [
    "The Collier County Sheriff's Office announced on March 3, 2025, that it had signed a task force agreement.",
    "On March 3, 2025, the Collier County Sheriff's Office said it had signed a task force agreement.",
    "ICE announced on March 3, 2025, that the Collier County Sheriff's Office had signed a task force agreement.",
    "The Collier County Sheriff's Office signed a task force agreement, it said on March 3, 2025.",
    "The Collier County Sheriff's Office signed a task force agreement that was published on March 3, 2025.",
    "The Collier County Sheriff's Office signed a task force agreement that ICE approved on March 3, 2025.",
    "The Collier County Sheriff's Office signed a task force agreement before the governor spoke on March 3, 2025.",
    "El 3 de marzo de 2025, el sheriff del condado de Collier dijo que firmó un acuerdo de fuerza de tarea.",
    "La oficina del sheriff del condado de Collier firmó un acuerdo, informó el 3 de marzo de 2025.",
]


@pytest.mark.parametrize("text", SAID_THAT_DAY)
def test_the_day_of_what_is_said_is_no_day_of_signing(checker: Checker, text: str) -> None:
    found = verdicts(checker, text, date(2025, 8, 14))
    assert found and not [one for one in found if one[1] == "contradicted"], found


@pytest.mark.parametrize(
    "text",
    [
        "The Collier County Sheriff's Office signed a task force agreement on March 3, 2025, the sheriff said.",
        "ICE records show the Collier County Sheriff's Office signed its task force agreement on March 3, 2025.",
    ],
)
def test_a_wrong_day_of_signing_is_contradicted_whoever_says_it(checker: Checker, text: str) -> None:
    assert [one[1] for one in verdicts(checker, text, date(2025, 8, 14))] == ["contradicted"]


def test_the_police_of_a_county_are_not_its_sheriff(checker: Checker) -> None:
    text = "The Collier County police in Florida hold an agreement under the 287(g) program."
    assert [one[1] for one in verdicts(checker, text, date(2025, 8, 14))] == ["cannot_tell"]


def test_requests_that_rose_are_answered(checker: Checker) -> None:
    """It ended with an error, since a rise was taken for a table of readings."""
    text = "By August, the number of pending requests for 287(g) agreements had climbed to 895."
    assert [one[1] for one in verdicts(checker, text, date(2025, 8, 14))] == ["cannot_tell"]


def test_a_total_of_the_nation_is_not_that_of_the_states_before_it(checker: Checker) -> None:
    """454 was supported, as Florida's and Texas's together."""
    text = "ICE lists 317 287(g) agreements in Florida and 137 in Texas, and nationwide there are {} in all."
    day = date(2025, 8, 14)
    assert dict(verdicts(checker, text.format(895), day))["895"] == "supported"
    assert dict(verdicts(checker, text.format(454), day))["454"] not in ("supported", "figure_fits", "arithmetic_holds")


OWN_DAYS = [
    ("2025-03-19", "The Cherokee County Sheriff's Office in North Carolina signed a warrant service officer agreement "
     "with ICE on Feb. 20.", "supported_if"),
    ("2025-05-02", "The Navajo County Sheriff's Office in Arizona signed a warrant service officer agreement with ICE "
     "on March 31.", "supported_if"),
    ("2025-08-31", "The Banner County Sheriff's Office in Nebraska signed a task force agreement on Aug. 14.",
     "cannot_tell"),
    ("2025-08-31", "The Banner County Sheriff's Office in Nebraska signed a task force agreement on Aug. 30.",
     "contradicted"),
    ("2025-07-10", "The Lee County Sheriff's Office in Florida signed a new warrant service officer agreement with ICE "
     "on June 25.", "cannot_tell"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "verdict"), OWN_DAYS)
def test_a_day_of_the_agencys_own_document_is_not_accused(checker: Checker, day: str, text: str, verdict: str) -> None:
    """ICE's list prints the day on which ICE signed; the agency's signature and its documents have other days."""
    assert [one[1] for one in verdicts(checker, text, date.fromisoformat(day))] == [verdict]


BEFORE_ICE = [
    ("The Tampa Police Department in Florida signed a task force agreement on Feb. 14, 2025.", "cannot_tell"),
    ("The Tampa Police Department in Florida signed a task force agreement in January 2025.", "cannot_tell"),
    ("El Departamento de Policía de Tampa, en Florida, firmó un acuerdo 287(g) el 14 de febrero de 2025.",
     "cannot_tell"),
    ("The Tampa Police Department in Florida signed a task force agreement on Feb. 28, 2025.", "supported"),
    ("The Tampa Police Department in Florida signed a task force agreement on Dec. 14, 2024.", "contradicted"),
    ("The Tampa Police Department in Florida signed a task force agreement on March 4, 2025.", "contradicted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), BEFORE_ICE)
def test_a_day_shortly_before_that_of_ice_may_be_the_agencys_own(checker: Checker, text: str, verdict: str) -> None:
    found = checker.check_text(text, published=date(2025, 3, 10)).answers
    assert [one.verdict for one in found if one.claim.shape == "holds"] == [verdict]


OF_WEEK = [
    ("The Tampa Police Department in Florida signed a task force agreement on Friday, Feb. 28.", "supported"),
    ("The Tampa Police Department in Florida signed a task force agreement on Friday, Feb. 28, 2025.", "supported"),
    ("El Departamento de Policía de Tampa, en Florida, firmó un acuerdo 287(g) el pasado viernes 28 de febrero.",
     "supported"),
    ("The Tampa Police Department in Florida signed a task force agreement on Thursday, Feb. 28.", "cannot_tell"),
    ("The Tampa Police Department in Florida signed a task force agreement on Feb. 30.", "cannot_tell"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), OF_WEEK)
def test_a_day_of_the_week_before_a_day_of_a_month_is_of_that_day(checker: Checker, text: str, verdict: str) -> None:
    found = checker.check_text(text, published=date(2025, 3, 10)).answers
    assert [one.verdict for one in found if one.claim.shape == "holds"] == [verdict]


@pytest.mark.parametrize("day", ["Feb. 30", "Tuesday, Sept. 22", "2025-02-30"])
def test_a_day_that_is_in_no_calendar_is_told_and_not_judged(checker: Checker, day: str) -> None:
    found = checker.check_text(f"Texas had 172 agreements on {day}.", published=date(2025, 9, 24)).answers
    assert [one.verdict for one in found] == ["cannot_tell"]
    assert day in found[0].reason
