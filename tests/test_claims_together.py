"""Counts next to verbs of other clauses, who leads and who follows, and what several places have together.

The sentences are synthetic.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

FIRM = {"supported": "+", "contradicted": "-", "was_true": "-", "arithmetic_fails": "-"}
JUNE = "2025-12-31"
MAY = "2026-05-08"
HELD = [
    (MAY, "Maryland had nine agreements in early February; a law signed by Gov. Wes Moore brought that to two."),
    (MAY, "Maryland had nine agreements in early February, before a ban was signed into law."),
    (JUNE, "Tennessee had 15 287(g) agreements on June 30, when the governor signed the budget."),
    (JUNE, "Tennessee had 15 287(g) agreements on June 30, the day a law was signed."),
    (JUNE, "Tennessee had 15 287(g) agreements on June 30; the governor signed the budget that day."),
    (JUNE, "As of June 30, Tennessee had 15 agreements; critics withdrew their lawsuit."),
    (MAY, "Maryland had nine agreements in early February and the governor signed a ban."),
    (MAY, "There were nine agreements in Maryland in early February, when Gov. Wes Moore signed a ban."),
    (MAY, "Nine Maryland agencies were on the list in early February, when the ban was signed."),
    (JUNE, "Tennessee tenía 15 acuerdos 287(g) el 30 de junio, cuando el gobernador firmó el presupuesto."),
]
SAID = [
    (MAY, "Texas leads with 380 287(g) agreements; Florida follows with 346.", "++++"),
    (MAY, "Texas leads with 300 287(g) agreements; Florida follows with 346.", "+-++"),
    (MAY, "Texas leads with 380 287(g) agreements; Missouri follows with 98.", "++-+"),
    (MAY, "Texas leads with 380 287(g) agreements; Florida trails with 346.", "++++"),
    (MAY, "Texas leads the nation with 380 agreements; Florida, with 346, follows.", "++++"),
    (JUNE, "Florida leads with 339 287(g) agreements, Texas follows with 259.", "++++"),
    (MAY, "Texas (380), Florida (346) and Missouri (98) together have 824 287(g) agreements.", "++++"),
    (MAY, "Texas (380), Florida (346) and Missouri (98) together have 900 287(g) agreements.", "+++-"),
    (MAY, "Texas (380), Florida (346) y Missouri (98) juntos tienen 824 acuerdos 287(g).", "++++"),
    (MAY, "Arkansas (80), Tennessee (75) and Oklahoma (64) combined have 219 287(g) agreements.", "++++"),
    (MAY, "Texas (380), Florida (346), Missouri (98) and Arkansas (80) together have 904 287(g) agreements.", "+++++"),
    (MAY, "Texas has 380 287(g) agreements and Florida 346, for a total of 726.", "+++"),
    (MAY, "Texas has 380 287(g) agreements and Florida 346, for a total of 800.", "++-"),
    (MAY, "Texas has 380 287(g) agreements and Florida 346, totaling 726.", "+++"),
    (MAY, "Texas has 380 287(g) agreements, Florida 346 and Missouri 98, a total of 824.", "++++"),
    (MAY, "Texas tiene 380 acuerdos 287(g) y Florida 346, para un total de 726.", "+++"),
    (JUNE, "Florida, con 339, y Texas, con 259, suman 598 acuerdos 287(g).", "+++"),
    (MAY, "Texas, with 380, and Florida, with 346, account for 41% of the 287(g) agreements.", "+++"),
    (MAY, "Texas, with 380, and Florida, with 346, account for 19% of the 287(g) agreements.", "++-"),
    (MAY, "Texas (380 agreements) and Florida (346) account for 41% of all 287(g) agreements.", "+++"),
    (MAY, "Texas, con 380, y Florida, con 346, concentran el 41% de los acuerdos 287(g).", "+++"),
    (MAY, "Texas, Florida and Missouri — 380, 346 and 98 — have the most 287(g) agreements.", "++++"),
    (MAY, "Texas, Florida and Missouri (380, 346 and 98) have the most 287(g) agreements.", "++++"),
    (MAY, "Texas has the most agreements with 380; Florida follows with 346.", "++++"),
    (MAY, "Texas (380 287(g) agreements), Florida (346) and Missouri (98) lead the nation.", "++++"),
]
AGAINST = {"contradicted", "was_true", "became_true", "arithmetic_fails"}
NOT_ACCUSED = [
    "Texas and Florida lead in 287(g) agreements; Missouri (98) and Pennsylvania (89) follow.",
    "Texas and Florida lead in 287(g) agreements; Missouri and Pennsylvania follow with 98 and 89.",
    "Texas leads all states with 380 agreements; Florida, Missouri and Pennsylvania trail with 346, 98 and 89.",
    "Texas, con 380 acuerdos 287(g), y Florida, con 346, abarcan el 41% del total nacional.",
    "Texas has 380 287(g) agreements and Florida 346, bringing their combined total to 726.",
    "Texas has 380 287(g) agreements and Florida 346, accounting for 41% of the agreements.",
    "Texas had 195 sheriffs and Tennessee 49, for a total of 244.",
    "Texas led with 259 agreements on Dec. 31; Florida followed with 339.",
    "Texas leads with 195 sheriffs; Tennessee follows with 49.",
    "Texas — 380 — and Florida — 346 — account for 41% of agreements.",
    "Texas y Florida lideran en acuerdos 287(g); Missouri (98) y Pennsylvania (89) les siguen.",
    "Texas (380), Florida (346), Missouri (98), Pennsylvania (89) and Arkansas (80) together have 993 agreements.",
]


def marks(checker: Checker, day: str, text: str) -> str:
    """The verdicts on a text in the order of its places: + for, - against, ? neither."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return "".join(FIRM.get(one.verdict, "?") for one in sorted(found, key=lambda one: one.claim.span.start))


@pytest.mark.parametrize(("day", "text"), HELD)
def test_a_verb_of_another_clause_makes_no_count_one_of_signings(checker: Checker, day: str, text: str) -> None:
    assert marks(checker, day, text).startswith("+")


@pytest.mark.parametrize(("day", "text", "expected"), SAID)
def test_several_places_have_their_own_numbers(checker: Checker, day: str, text: str, expected: str) -> None:
    assert marks(checker, day, text) == expected


@pytest.mark.parametrize("text", NOT_ACCUSED)
def test_a_number_of_another_place_is_not_accused(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date.fromisoformat(MAY)).answers
    assert not [one for one in answers if one.verdict in AGAINST]


def test_who_left_behind_a_count_is_a_claim_of_its_own(checker: Checker) -> None:
    """Until now the seven were withheld, as if they might have left."""
    text = "Nebraska had seven agencies in the program, and Maine's Wells Police Department left in October 2025."
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert [one.verdict for one in found] == ["supported", "supported"]
