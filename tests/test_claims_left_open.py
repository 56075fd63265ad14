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
