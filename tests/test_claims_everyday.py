"""Agencies as people call them, what they ended or applied for, and who is ahead: in English and in Spanish.

Each row is a synthetic sentence with the verdicts of its claims; the wrong twin of a construction is next to it.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY, SPRING = date(2025, 12, 14), date(2026, 5, 7)
CASES = [
    ("Las Vegas police signed a 287(g) agreement with ICE in June.", ["supported"]),
    ("Las Vegas police signed a 287(g) agreement with ICE in August.", ["contradicted"]),
    ("Orlando police and Tampa police both have 287(g) agreements.", ["supported"] * 2),
    ("Orlando police have not signed a 287(g) agreement.", ["contradicted"]),
    ("Orlando PD has a task force agreement.", ["supported"]),
    ("Orlando PD has a jail agreement under 287(g).", ["contradicted"]),
    ("Orlando police quietly have a 287(g) agreement.", ["cannot_tell"]),
    ("Florida police have signed 287(g) agreements.", ["cannot_tell"]),
    ("Campus police at the University of Central Florida have signed a 287(g) agreement.", ["supported"]),
    ("University of Florida police signed a 287(g) agreement in May 2025.", ["contradicted"]),
    ("Collier County Sheriff Ann Doe's office signed a task force agreement in February.", ["supported"]),
    ("Collier County Sheriff Ann Doe's office signed a jail agreement in February.", ["contradicted"]),
    ("Sheriff Ann Doe's office in Collier County has a 287(g) agreement.", ["supported"]),
    ("The Collier County sheriff does not have a 287(g) agreement.", ["contradicted"]),
    ("The Collier County Sheriff's Office let its 287(g) agreement expire.", ["contradicted"]),
    ("The Gwinnett County Sheriff's Office let its 287(g) agreement lapse.", ["supported"]),
    ("The Gwinnett County Sheriff's Office has had no 287(g) agreement since 2021.", ["supported"]),
    ("The Collier County Sheriff's Office stopped participating in the 287(g) program.", ["contradicted"]),
    ("The Collier County Sheriff's Office has applied for a 287(g) agreement.", ["not_in_record"]),
    ("Neither the Tallahassee Police Department nor the Orlando Police Department has a 287(g) agreement.",
     ["contradicted"] * 2),
    ("Both the Tallahassee Police Department and the Orlando Police Department signed 287(g) agreements.",
     ["supported"] * 2),
    ("The Camden Police Department's 287(g) agreement was terminated in August.", ["cannot_tell"]),
    ("The Collier County Sheriff's Office signed its first 287(g) agreement in June 2025.", ["cannot_tell"]),
    ("The Pinellas County Sheriff's Office has two 287(g) agreements.", ["supported"]),
    ("The Pinellas County Sheriff's Office has three 287(g) agreements.", ["contradicted"]),
    ("The Collier County Sheriff's Office has one 287(g) agreement.", ["supported", "cannot_tell"]),
    ("The Collier County Sheriff's Office has only one 287(g) agreement.", ["contradicted"]),
    ("Hillsborough County, Florida, has signed two 287(g) agreements since January.", ["supported"]),
    ("The Goliad County Sheriff's Office in Texas signed three 287(g) agreements in February.", ["contradicted"]),
    ("Since Inauguration Day, the Pinellas County Sheriff's Office has signed a task force agreement.", ["supported"]),
    ("Since Inauguration Day, the Orlando Police Department has signed a jail agreement.", ["contradicted"]),
    ("The Pinellas County Sheriff's Office is no longer a participant in 287(g).", ["contradicted"]),
    ("The city of Orlando has a 287(g) agreement with ICE.", ["supported"]),
    ("The City of Miami signed a 287(g) agreement in May.", ["contradicted"]),
    ("The City of Miami signed a deal last week.", ["cannot_tell"]),
    ("The Pinellas County Sheriff's Office no longer has three 287(g) agreements.", ["cannot_tell"] * 2),
    ("The Pinellas County Sheriff's Office has two other 287(g) agreements.", ["cannot_tell"] * 2),
    ("El alguacil del condado de Collier firmó un acuerdo 287(g).", ["supported"]),
    ("El sheriff de Collier, Juan Pérez, tiene un acuerdo 287(g).", ["supported"]),
    ("El condado de Collier puso fin a su acuerdo 287(g) con ICE.", ["contradicted"]),
    ("La policía de Las Vegas firmó un acuerdo 287(g) en junio.", ["supported"]),
    ("La policía de Las Vegas firmó un acuerdo 287(g) en agosto.", ["contradicted"]),
    ("La policía de Tallahassee solicitó un acuerdo 287(g).", ["not_in_record"]),
    ("En un año, los acuerdos 287(g) pasaron de 135 a 1,245.", ["supported"] * 2),
]  # fmt: skip
AHEAD = [
    ("Texas surpassed Florida in the number of 287(g) agreements.", ["supported"]),
    ("Texas trails Florida in 287(g) agreements.", ["was_true"]),
    ("Wyoming surpassed Florida in the number of 287(g) agreements.", ["contradicted"]),
    ("The task force model is the most common 287(g) model.", ["supported"]),
    ("The most common 287(g) model is the jail enforcement model.", ["contradicted"]),
    ("The jail enforcement model is the least common 287(g) model.", ["supported"]),
    ("The task force model is the most common 287(g) model among rural sheriffs.", ["cannot_tell"]),
    ("Texas superó a Florida en número de acuerdos 287(g).", ["supported"]),
    ("Wyoming supera a Florida en acuerdos 287(g).", ["contradicted"]),
    ("El modelo de fuerza de tarea es el más extendido del programa 287(g).", ["supported"]),
    ("El modelo de cárcel es el más común del programa 287(g).", ["contradicted"]),
    ("Texas surpassed Florida: 380 agreements compared with 346.", ["supported"] * 3),
    ("Texas superó a Florida: 380 convenios frente a 346.", ["supported"] * 3),
    ("Texas supera a Florida: 380 convenios contra 346.", ["supported"] * 3),
    ("Texas es el segundo estado con más acuerdos 287(g), después de Florida.", ["was_true"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_agency_is_known_by_its_everyday_name(checker: Checker, text: str, expected: list[str]) -> None:
    answers = checker.check_text(text, published=DAY).answers
    assert [one.verdict for one in answers] == expected, [one.reason for one in answers]


@pytest.mark.parametrize(("text", "expected"), AHEAD)
def test_who_is_ahead_is_answered(checker: Checker, text: str, expected: list[str]) -> None:
    answers = checker.check_text(text, published=SPRING).answers
    assert [one.verdict for one in answers] == expected, [one.reason for one in answers]


def test_an_application_is_on_the_pending_list(checker: Checker) -> None:
    index = checker.index
    listed = index.pending_lists[200]
    names = sorted({index.agencies[agency][0] for agency, *_ in index.pending_rows[200]})
    police = [name for name in names if name.endswith("Police Department") and len(checker.names.find(name, ())) == 1]
    text = f"The {police[0]} applied for a 287(g) agreement."
    (answer,) = checker.check_text(text, published=listed.day).answers
    assert (answer.verdict, answer.measure) == ("supported", "pended")
    assert answer.evidence[0].day == listed.day


def test_a_comparison_is_told_in_words(checker: Checker) -> None:
    (answer,) = checker.check_text("Texas has more 287(g) agreements than Florida.", published=SPRING).answers
    assert answer.meaning.startswith("Texas had more agreements than Florida")
