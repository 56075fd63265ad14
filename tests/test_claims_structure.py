"""A figure in a clause of which every word was read, next to clauses of which some were not.

All sentences are synthetic; the figures are those of the lists of the days given.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FEBRUARY, MAY = date(2026, 2, 18), date(2026, 5, 8)
AUGUST, FALL, WINTER = date(2025, 8, 14), date(2025, 10, 17), date(2025, 12, 10)
SIGNS = {"supported": "+", "arithmetic_holds": "+", "contradicted": "-", "arithmetic_fails": "-"}
APART = (
    # who says so, in words and names of public life
    (FEBRUARY, "A deputy director told a legislative panel that Ohio has {} agreements.", 17),
    (FEBRUARY, "Ohio has {} agreements, the department's spokesman told reporters on Tuesday.", 17),
    # the same subject goes on
    (MAY, "ICE now lists {} agreements and hopes for bigger ones by spring.", 1783),
    (FEBRUARY, "Pennsylvania has climbed to {} agreements and overtook Missouri on the way.", 62),
    # a subject of its own
    (FEBRUARY, "Nebraska has {} agreements, and the governor has toured a prison in McCook.", 6),
    (FEBRUARY, "Commissioner Roe keeps a boat in Sandusky, and Ohio has {} agreements.", 17),
    # relative clauses of something that was not counted
    (
        FEBRUARY,
        "Under the task force model, which the Obama administration let expire, 808 agreements are in force.",
        None,
    ),
    # figures that are given as known
    (MAY, "Of Pennsylvania's {} agreements, 14 belong to constables, and Gov. Roe keeps a list of their horses.", 89),
    (MAY, "Texas, with {} agreements, keeps a tight grip on the rodeo.", 380),
    (FEBRUARY, "Ohio, where the governor has praised the sheriffs, has {} agreements.", 17),
    # what a work says, whoever made it; what came of it; what agreements are for; how a number has moved
    (FEBRUARY, "An analysis by the justice reform group Roe Watch found that Ohio has {} agreements.", 17),
    (MAY, "Ohio has {} agreements with ICE, expanding the reach of federal agents in the Midwest.", 21),
    (MAY, "Ohio has {} agreements with ICE to give their officers immigration policing powers.", 21),
    (MAY, "ICE has {} agreements across the country, a number that has grown quickly since January.", 1783),
)
BEARING = (
    "Texas has {} agreements, if the newspaper is right.",
    "Texas has {} agreements, and the sheriffs of Tarrant County say that is a fable.",
    "Texas has {} agreements, but Gov. Roe has torn them up.",
    "Texas has {} agreements, and most of them gather dust.",
    "Texas has {} agreements, and it is a figment of somebody's pen.",
    "Texas has {} agreements and never signed them.",
    "Nobody told a legislative panel that Texas has {} agreements.",
    "The sheriff would have told a panel that Texas has {} agreements.",
    "A poet told a walrus that Texas has {} agreements.",
    "The plan is simple: Texas has {} agreements.",
    "Texas has {} agreements that nobody in Austin honors.",
    "Texas has {} agreements, which were never countersigned in Washington.",
    "Before the governor took office, Texas had {} agreements.",
    "Texas has {} agreements, and money grows on trees.",
    "Texas has {} agreements, and black is white in Austin.",
    "With {} agreements, Texas would be the largest partner of the agency.",
    "Unless the governor objects, Texas has {} agreements.",
    "Texas has {} agreements, except that the sheriffs disagree.",
    "Texas has {} agreements, 40 of them about fishing.",
    "Texas has {} agreements, excluding those of the campuses.",
    "Texas has {} agreements, counting the ones that nobody ever signed.",
    "Texas has {} agreements with ICE to breed dolphins.",
    "Texas has {} agreements with ICE to end immigration enforcement.",
    "Texas has {} agreements, a number that never existed.",
    # another time than that of the story
    "Texas had {} agreements, and Rick Perry was still governor.",
    "Texas had {} agreements, while Jeff Sessions ran the Justice Department.",
    "Texas had {} agreements, prompting Biden to vow in his campaign to end them.",
    # what the speaker speaks of
    "Texas has {} agreements, said Sheriff John Doe, reading from a two-year-old handout.",
    "Texas has {} agreements, said Sheriff John Doe, speaking of Canada.",
    "Texas has {} agreements, said Sheriff John Doe, who was talking about school resource officers.",
    # agreements of another kind, or of one model
    "Texas has {} agreements to give officers discounts at gyms.",
    "Texas has {} agreements to train deputies in Spanish.",
    "Texas has {} agreements to give deputies power to make arrests on the street.",
    "Texas has {} agreements, expanding Medicaid to rural hospitals.",
    "Texas has {} agreements, giving nurses from other states the right to practice.",
    "Texas has {} agreements, setting aside those its police departments hold.",
    "Texas has {} agreements, and judges have struck down the lot.",
    "Texas has {} agreements, and ICE lists even fewer.",
    "Texas has {} agreements, hinging on how clerks in Austin add.",
)


def verdicts(checker: Checker, text: str, day: date) -> dict[str, str]:
    found = checker.check_text(text, published=day).answers
    return {one.claim.figure.said: SIGNS.get(one.verdict, "?") for one in found if one.claim.figure}


@pytest.mark.parametrize(("day", "text", "right"), [row for row in APART if row[2] is not None])
def test_a_clause_that_does_not_bear_on_a_figure_leaves_its_support(
    checker: Checker, day: date, text: str, right: int
) -> None:
    assert "+" in verdicts(checker, text.format(f"{right:,}"), day).values()
    wrong = verdicts(checker, text.format(f"{right * 3 + 11:,}"), day)
    assert "+" not in wrong.values()


@pytest.mark.parametrize("text", BEARING)
def test_a_clause_that_bears_on_a_figure_withholds(checker: Checker, text: str) -> None:
    for figure in ("380", "580"):
        found = verdicts(checker, text.format(figure), MAY)
        assert not {"+", "-"} & {sign for said, sign in found.items() if figure in said}, (text, found)


def test_the_other_clause_is_named_in_the_account(checker: Checker) -> None:
    text = "Commissioner Roe keeps a boat in Sandusky, and Ohio has 17 agreements."
    (found,) = (one for one in checker.check_text(text, published=FEBRUARY).answers if one.claim.figure)
    assert any(part.role.startswith("another clause") for part in found.account.parts)


def test_nothing_is_held_against_a_figure_whose_place_is_in_another_clause(checker: Checker) -> None:
    text = "The governor of Texas has toured a prison, and 12 agreements are in force."
    assert "-" not in verdicts(checker, text, MAY).values()


def test_what_is_given_as_known_is_never_held_against_a_figure(checker: Checker) -> None:
    text = "By April 1 the two biggest states were tied, at 344 apiece."
    assert "-" not in verdicts(checker, text, date(2026, 4, 8)).values()


def test_each_one_of_a_total_is_no_part_of_it(checker: Checker) -> None:
    text = "Every one of Alabama's 45 participating agencies is a sheriff's office."
    assert "+" not in verdicts(checker, text, MAY).values()


def test_a_noun_of_two_adjectives_is_one_subject(checker: Checker) -> None:
    text = "The governor's office said more than 4,700 state and local officers had been credentialed."
    assert "-" not in verdicts(checker, text, date(2025, 10, 7)).values()


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Of 628 agreements, 306 are for task forces, 223 for serving warrants in jails and 99 in jails.", "++++"),
        ("Of 628 agreements, 306 are for task forces, 123 for serving warrants in jails and 199 in jails.", "++--"),
        ("There are 628 agreements: 306 for task forces, 223 that serve warrants and 99 inside jails.", "++++"),
    ],
)
def test_a_number_that_serves_warrants_or_is_in_jails_has_its_model(checker: Checker, text: str, signs: str) -> None:
    found = checker.check_text(text, published=date(2025, 5, 30)).answers
    assert "".join(SIGNS.get(one.verdict, "?") for one in found if one.claim.figure) == signs


@pytest.mark.parametrize(
    "text",
    [
        "Georgia has 64 agreements, said Sheriff John Doe of Cobb County.",
        "Georgia has 64 agreements, and Sheriff John Doe of Floyd County says his deputies are proud to take part.",
        "Sheriff John Doe of Cobb County said Georgia has 64 agreements.",
        "Tennessee has 75 agreements, giving deputies authority to serve immigration warrants.",
        "Tennessee has agreements with 66 agencies, giving deputies authority to serve immigration warrants.",
        "Between January 2025 and today, Texas signed more than 300 agreements.",
        "Baldwin County in Alabama has seven agreements.",
        "ICE had 1,783 agreements, said Jane Roe, who ran Homeland Security under Obama.",
        "Tennessee has 450 agreements, giving nurses from other states the right to practice.",
        "Georgia had 900 agreements, and Jimmy Carter was still governor.",
    ],
)
def test_nothing_is_held_against_a_figure_for_what_is_said_next_to_it(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=MAY).answers
    assert "contradicted" not in {one.verdict for one in found}, [(one.verdict, one.reason) for one in found]


@pytest.mark.parametrize(
    ("day", "text", "signs"),
    [
        (
            WINTER,
            "A review by a statewide news site found that agreements in Texas grew since January, from 26 to 248.",
            "++",
        ),
        (WINTER, "That brings the total number of agreements in Texas to 248.", "+"),
        (WINTER, "That brings the total number of agreements in Texas to 948.", "-"),
        (FALL, "They cover 40 states plus Guam under the 287(g) program.", "++"),
        (FALL, "The agreements take in about 900 police departments, sheriff's offices and state bodies.", "+"),
        (WINTER, "Between Inauguration Day and November 6, agreements nationwide rose from 135 to 1,649.", "+-"),
    ],
)
def test_a_count_in_everyday_constructions_is_decided(checker: Checker, day: date, text: str, signs: str) -> None:
    found = checker.check_text(text, published=day).answers
    told = {"supported": "+", "supported_if": "+", "contradicted": "-"}
    assert "".join(told.get(one.verdict, "?") for one in found if one.claim.figure) == signs


def test_the_police_of_a_county_are_its_police(checker: Checker) -> None:
    for text in (
        "The police of Nassau County, in New York, signed the agreement on March 10.",
        "La Policía del Condado de Nassau, en Nueva York, firmó el acuerdo el 10 de marzo.",
    ):
        (found,) = checker.check_text(text, published=date(2025, 3, 19)).answers
        assert found.verdict == "supported"


def test_a_share_of_those_just_counted_is_not_held_to_all_agreements(checker: Checker) -> None:
    text = "More than 420 police departments now take part in the program, almost all under the task force model."
    found = checker.check_text(text, published=date(2026, 3, 27)).answers
    assert [one.verdict for one in found if one.claim.shape == "share"] == ["cannot_tell"]


@pytest.mark.parametrize(
    ("day", "text", "sign"),
    [
        (date(2025, 11, 20), "Decisions by Tooele and Weber mean 10 of Utah's 29 county sheriffs have signed on.", "+"),
        (date(2025, 10, 10), "Twenty-three sheriff's offices around South Carolina have agreements.", "-"),
        (date(2025, 10, 10), "Sixty-three sheriff's offices around South Carolina have agreements.", "-"),
    ],
)
def test_usual_ways_to_say_a_count_are_read(checker: Checker, day: date, text: str, sign: str) -> None:
    found = checker.check_text(text, published=day).answers
    assert SIGNS.get(next(one.verdict for one in found if one.claim.figure), "?") == sign, [one.reason for one in found]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (MAY, "The Knox County sheriff in Tennessee has a jail enforcement agreement, and the Tennessee Highway Patrol "
              "signed a task force agreement in May 2025."),
        (AUGUST, "The program has 895 agreements in 40 states, and nearly half are under the task force model."),
        (AUGUST, "El programa tiene 895 acuerdos 287(g) en 40 estados, y casi la mitad son del modelo de fuerza de "
                 "tarea."),
        (WINTER, "The task force model is used in 34 states and one territory, the jail model in 31 states."),
        (MAY, "Tennessee tiene 75 acuerdos 287(g), más del triple que en agosto de 2025."),
    ],
)  # fmt: skip
def test_what_is_of_another_agency_or_noun_is_not_held_against_a_claim(checker: Checker, day: date, text: str) -> None:
    found = checker.check_text(text, published=day).answers
    assert not {"contradicted", "was_true", "became_true"} & {one.verdict for one in found}


def test_a_share_in_words_that_is_nearly_right_is_not_called_wrong(checker: Checker) -> None:
    text = "Four in five of Florida's 339 agreements are task force agreements."
    assert "-" not in verdicts(checker, text, date(2026, 1, 5)).values()


@pytest.mark.parametrize(
    "text",
    [
        "Of Florida's 327 agreements, 9 are in Lee County, and 254 follow the task force model.",
        "Florida has 327 agreements, nine of them in Lee County, and 65 are warrant service officer agreements.",
        "Nine agreements are in Lee County, Florida, and 264 agencies in all take part in the state.",
    ],
)
def test_a_county_of_an_earlier_number_is_not_that_of_a_later_one(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=date(2025, 10, 1)).answers
    assert "contradicted" not in {one.verdict for one in found}, [(one.verdict, one.reason) for one in found]
