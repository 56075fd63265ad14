"""A right number is not supported with words next to it that say more, or elsewhere, or of another time (synthetic)."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FALL, SPRING, WINTER = date(2025, 9, 15), date(2026, 5, 8), date(2026, 2, 20)
HELD = [
    # cities and towns are not agencies
    (FALL, "Thirty Georgia cities have agreements."),
    (FALL, "Thirty cities in Georgia take part in the program."),
    (FALL, "Thirty-nine Pennsylvania municipalities have signed agreements."),
    (FALL, "More than 800 cities have signed agreements."),
    (FALL, "Treinta ciudades de Georgia tienen acuerdos 287(g)."),
    (FALL, "Treinta y nueve municipios de Pensilvania han firmado acuerdos."),
    # a model alone
    (SPRING, "In Texas, 189 agencies have task force agreements alone."),
    (SPRING, "Nationwide, 1,109 agencies signed under the task force model alone."),
    # near a place, not in it
    (FALL, "Around Savannah, Georgia, 30 agencies have agreements."),
    (FALL, "South of Macon, 30 agencies in Georgia have agreements."),
    (FALL, "Along the border, 134 agencies in Texas have agreements."),
    (FALL, "On the coast, 30 agencies in Georgia have agreements."),
    # more than another state
    (FALL, "Georgia, with 33 agreements, outpaces Texas."),
    (FALL, "Georgia, con 33 acuerdos 287(g), supera a Texas."),
    # how long, and what is to come
    (FALL, "For a decade, 30 agencies in Georgia have taken part in the program."),
    (FALL, "For months, Texas has had 172 agreements."),
    (FALL, "Georgia is to have 33 agreements."),
    # a law that is not there
    (FALL, "Despite a state ban, 30 Georgia agencies have agreements."),
    (FALL, "Under a court order, Georgia has 33 agreements."),
    (FALL, "A pesar de una prohibición estatal, Georgia tiene 33 acuerdos 287(g)."),
    (FALL, "Georgia has 33 agreements, thanks to a state mandate that every city join."),
    (FALL, "Cerca de Savannah, 30 agencias de Georgia tienen acuerdos."),
    # true of cities, false of all agencies
    (date(2025, 12, 20), "In South Carolina, seven cities and towns have signed 287(g) agreements."),
    (date(2026, 2, 15), "Treinta y siete ciudades de Texas tienen acuerdos 287(g)."),
    # an order that was not read
    (date(2026, 2, 15), "Tennessee, with 63 agreements, is third behind Florida and Missouri."),
    # whose number it is
    (FALL, "Georgia ties Virginia for fourth, behind Pennsylvania, with 33 agreements."),
    (SPRING, "Delaware has banned 287(g) agreements, the only state to do so."),
]
TRUE = [
    (WINTER, "In Maryland, eight sheriffs had agreements when the governor signed the ban this week."),
    (WINTER, "Eight Maryland sheriffs had agreements when Gov. Wes Moore signed the bill on Tuesday."),
    (WINTER, "Eight Maryland sheriffs held agreements when the bill was signed this week."),
    (WINTER, "Ocho alguaciles de Maryland tenían acuerdos cuando el gobernador firmó la ley esta semana."),
    (FALL, "Six Georgia agencies had agreements when President Trump signed an order on Jan. 20."),
    (FALL, "Seis agencias de Georgia tenían acuerdos 287(g) cuando Trump firmó la orden el 20 de enero."),
    (FALL, "Pennsylvania ranks third, behind only Florida and Texas, with 39 agreements."),
    (FALL, "Thirty agencies in Georgia have agreements."),
]


@pytest.mark.parametrize(("day", "text"), HELD)
def test_more_than_the_number_is_said(checker: Checker, day: date, text: str) -> None:
    found = [one for one in checker.check_text(text, published=day).answers if one.claim.shape in ("count", "signed")]
    assert found
    assert not {one.verdict for one in found} & {"supported", "supported_if", "contradicted", "was_true"}


@pytest.mark.parametrize(("day", "text"), TRUE)
def test_a_true_number_is_supported_next_to_another_clause(checker: Checker, day: date, text: str) -> None:
    verdicts = [one.verdict for one in checker.check_text(text, published=day).answers]
    assert "supported" in verdicts and not set(verdicts) & {"contradicted", "was_true", "became_true"}


ONE_WRONG = [
    ("Tennessee ranks third, behind only Florida and Georgia, with 55 agreements.", "GA"),
    ("Pennsylvania ranks fourth, behind only Florida, Texas and Georgia, with 49 agreements.", "GA"),
    ("Texas is second, behind only Georgia, with 250 agreements.", "GA"),
]


@pytest.mark.parametrize(("text", "state"), ONE_WRONG)
def test_who_is_behind_only_whom_is_checked_by_name(checker: Checker, text: str, state: str) -> None:
    found = checker.check_text(text, published=date(2025, 12, 20)).answers
    named = [one for one in found if one.claim.shape == "gap" and state in one.claim.where.states]
    assert named and all(one.verdict in ("contradicted", "was_true") for one in named)


LONG = ["For years", "For a century", "Over the years", "For generations", "For free"]


@pytest.mark.parametrize("how", LONG)
def test_how_long_a_named_agency_has_held_is_left_open(checker: Checker, how: str) -> None:
    text = f"{how}, the Keller Police Department in Texas has held a 287(g) agreement."
    assert {one.verdict for one in checker.check_text(text, published=date(2025, 12, 20)).answers} == {"cannot_tell"}


@pytest.mark.parametrize(
    "text", ["Only Florida has more than 300 287(g) agreements.", "Solo Florida tiene más de 300 acuerdos 287(g)."]
)
def test_the_only_one_of_a_week_that_has_a_second_is_left_open(checker: Checker, text: str) -> None:
    (answer,) = checker.check_text(text, published=date(2026, 2, 15)).answers
    assert answer.verdict == "cannot_tell" and "Texas (301)" in answer.reason


def test_a_number_of_those_combined_is_not_that_of_the_first(checker: Checker) -> None:
    text = "Florida has more 287(g) agreements than Georgia, Alabama and Tennessee combined: 342 to 165."
    answers = checker.check_text(text, published=date(2026, 2, 15)).answers
    counts = [one for one in answers if one.claim.shape == "count" and one.claim.figure]
    found = {one.claim.figure.value: one.verdict for one in counts if one.claim.figure}
    assert found == {342: "supported", 165: "cannot_tell"}


@pytest.mark.parametrize(
    "text",
    [
        "Of the pending applications in Florida, 100% are under the task force model.",
        "100% of Florida's pending applications are under the task force model.",
        "In Texas, 36% of pending applications are for the task force model.",
    ],
)
def test_a_share_of_a_states_pending_applications_is_not_held_to_be_of_all(checker: Checker, text: str) -> None:
    """All three of Florida's were for task forces, and five of Texas's fourteen; of the nation's 28 under it, fewer."""
    answers = checker.check_text(text, published=date(2025, 8, 14)).answers
    assert [one.verdict for one in answers if one.claim.shape == "share"] == ["cannot_tell"]
