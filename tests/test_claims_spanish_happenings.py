"""Who came or left and what that left, comparisons, and numbers as Spanish stories tell them (synthetic sentences)."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 4, 13)
TRUE = [
    (date(2026, 1, 8), "Con la firma de la Policía de Doral, Florida llegó a 340 acuerdos.", 2),
    (date(2026, 1, 8), "Con la incorporación de la Policía de Doral al programa, Florida llegó a 340 acuerdos.", 2),
    (date(2024, 2, 6), "Virginia se quedó sin acuerdos tras la salida del sheriff del condado de Culpeper.", 2),
    (date(2025, 10, 24), "Con la salida de la Policía de Wells, Maine dejó de tener agencias en el programa.", 2),
    (date(2025, 8, 1), "Georgia suma 28 agencias adheridas, más que Tennessee, que tiene 22.", 3),
    (date(2026, 3, 9), "Virginia Occidental tiene 36 acuerdos, menos que Georgia, con 57.", 3),
    (date(2025, 8, 1), "El 287(g) se extiende ya por 40 estados. Quedan fuera California, Illinois y Oregón.", 4),
    (date(2026, 5, 8), "De las 1,497 agencias, 564 son policías municipales y 759, oficinas del sheriff.", 3),
    (date(2026, 2, 11), "Hay 1,414 acuerdos, según el listado que ICE actualizó este miércoles.", 1),
    (date(2026, 5, 8), "La lista incluye 1,783 acuerdos de 1,497 agencias.", 2),
    (date(2024, 9, 20), "El 287(g) tiene hoy 135 acuerdos con agencias de 21 estados.", 2),
    (date(2026, 4, 13), "ICE dice tener 1,651 acuerdos en 39 estados.", 2),
    (date(2026, 4, 30), "En Arkansas, 65 agencias tienen en conjunto 80 acuerdos.", 2),
]  # fmt: skip
FALSE = [
    (date(2025, 8, 1), "Georgia suma 28 agencias adheridas, más que Tennessee, que tiene 41.", {"41"}),
    (date(2026, 5, 8), "De las 1,497 agencias, 564 son policías municipales y 412, oficinas del sheriff.", {"412"}),
    (date(2026, 5, 8), "La lista incluye 1,783 acuerdos de 1,409 agencias.", {"1,409"}),
    (date(2026, 4, 13), "ICE dice tener 1,951 acuerdos en 39 estados.", {"1,951"}),
]
WITHHELD = [
    "Con la posible firma de la Policía de Doral, Florida llegaría a 344 acuerdos.",
    "Sin la firma de la Policía de Doral, Florida tiene 344 acuerdos.",
    "Con la salida de la Policía de Wells en duda, Maine tiene 344 acuerdos.",
    "Más que Georgia, que tiene menos de 28, Florida tiene 344 acuerdos.",
    "ICE dice no tener 1,651 acuerdos.",
    "ICE dijo querer tener 1,651 acuerdos.",
]


@pytest.mark.parametrize(("day", "text", "claims"), TRUE)
def test_a_true_sentence_is_supported(checker: Checker, day: date, text: str, claims: int) -> None:
    answers = checker.check_text(text, published=day).answers
    assert [one.verdict for one in answers] == ["supported"] * claims


@pytest.mark.parametrize(("day", "text", "wrong"), FALSE)
def test_a_false_figure_is_contradicted(checker: Checker, day: date, text: str, wrong: set[str]) -> None:
    answers = checker.check_text(text, published=day).answers
    said = {one.claim.figure.said: one.verdict for one in answers if one.claim.figure is not None}
    assert {one for one, verdict in said.items() if verdict == "contradicted"} == wrong
    assert {verdict for one, verdict in said.items() if one not in wrong} == {"supported"}


@pytest.mark.parametrize("text", WITHHELD)
def test_what_may_be_otherwise_is_withheld(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=DAY).answers
    assert not {one.verdict for one in answers if one.claim.shape == "count"} & {"supported", "contradicted"}


TURNS = [
    ("Florida tiene {} 344 acuerdos.", (
        "a la fecha", "al día de hoy", "en estos momentos", "por ahora", "hoy en día", "hasta la fecha")),
    ("{}, Florida tiene 344 acuerdos.", (
        "De esta manera", "Con las últimas incorporaciones", "Según datos oficiales consultados por este diario",
        "Según consta en la lista del ICE", "Según los datos más recientes de ICE")),
    ("Florida tiene 344 acuerdos, {}.", (
        "lo que ha generado críticas", "lo que ha sembrado temor en la comunidad", "según recoge el diario")),
    ("Florida tiene 344 acuerdos con el ICE {}.", (
        "para colaborar en la detención de inmigrantes", "para identificar a inmigrantes sin papeles")),
]  # fmt: skip


@pytest.mark.parametrize(("frame", "turn"), [(frame, one) for frame, turns in TURNS for one in turns])
def test_a_turn_of_the_news_is_read(checker: Checker, frame: str, turn: str) -> None:
    right, wrong = (
        checker.check_text(frame.format(turn).replace("344", figure), published=DAY).compared
        for figure in ("344", "944")
    )
    assert [one.verdict for one in right] == ["supported"]
    assert [one.verdict for one in wrong] == ["contradicted"]


TOLD = [
    (date(2026, 4, 21), "Indiana pasó en ocho días de 22 a 31 acuerdos.", 2),
    (date(2025, 5, 1), "En los primeros cien días de Trump, los acuerdos pasaron de 135 a 517.", 2),
    (date(2026, 2, 3), "De los 1,380 acuerdos, apenas 151 son del modelo carcelario.", 2),
    (date(2026, 2, 13), "La vecina Alabama tiene 51 acuerdos.", 1),
    (date(2025, 7, 2), "Florida concentra el 39 % de los acuerdos y Texas, el 15 %.", 2),
    (date(2026, 5, 15), "En la lista del 8 de mayo, la última disponible, Georgia aparece con 64 acuerdos.", 1),
    (date(2026, 4, 13), "El programa, creado en 1996, tiene ahora 1,651 acuerdos en 39 estados.", 2),
    (date(2026, 4, 13), "Texas, que hace apenas un año tenía 69 acuerdos, suma ya 354.", 2),
    (date(2026, 4, 13), "Carolina del Sur suma 44 acuerdos, 15 más que Carolina del Norte.", 2),
    (date(2026, 4, 13), "Los acuerdos con ICE en Tennessee ascienden a 71.", 1),
    (date(2026, 4, 13), "Colorado y Massachusetts tienen un acuerdo cada uno.", 2),
    (date(2026, 4, 13), "En tercer lugar aparece Misuri, con 86 acuerdos.", 2),
    (date(2026, 4, 13), "Entre los estados con más acuerdos figuran Texas (354), Florida (344) y Misuri (86).", 4),
    (date(2026, 4, 13), "Los estados con más acuerdos son Texas, con 354, Florida, con 344, y Misuri, con 86.", 3),
    (
        date(2026, 4, 13),
        "El 60 % de los 1,651 convenios es del modelo de grupo de trabajo; el 10 %, del carcelario.",
        3,
    ),
    (date(2026, 4, 13), "ICE presume en su página web de tener 1,651 acuerdos en 39 estados.", 2),
    (date(2026, 4, 13), "Míchigan y Wisconsin tienen ocho y 23 acuerdos, respectivamente.", 2),
    (date(2026, 4, 13), "La Policía de Kenner, en Luisiana, tiene dos acuerdos.", 1),
    (date(2026, 4, 13), "El sheriff de Teller, en Colorado, es el único del estado con un acuerdo.", 1),
    (date(2026, 4, 13), "El condado de Teller es el único de Colorado que participa en el programa.", 1),
    (date(2026, 4, 13), "La oficina del sheriff de Harris, en Texas, no está en el programa.", 1),
    (date(2026, 4, 13), "La Oficina del Sheriff de Broward tiene dos acuerdos.", 1),
    (date(2026, 4, 13), "Solo en Texas y Florida hay 698 acuerdos.", 1),
    (date(2026, 4, 13), "Solo Texas y Florida superan los 300 acuerdos.", 1),
    (date(2026, 4, 13), "ICE crece sin pausa. Se trata de 1,651 acuerdos en 39 estados.", 2),
    (date(2026, 1, 30), "Enero terminó con 1,371 acuerdos, de los que 341 corresponden a Florida y 287 a Texas.", 3),
    (date(2026, 1, 30), "Florida, bastión republicano, acumula 341 acuerdos con ICE.", 1),
    (date(2026, 1, 30), "A preguntas de la prensa, un vocero respondió que hay 1,371 acuerdos en vigor.", 1),
    (date(2026, 1, 30), "Florida (341 acuerdos), Texas (287) y Tennessee (63) encabezan la lista.", 4),
    (date(2025, 8, 14), "Luego de Florida y Texas figuran Georgia, con 31 acuerdos, y Virginia, con 30.", 2),
    (date(2026, 4, 13), "Hay mil 651 acuerdos con el ICE.", 1),
    (date(2026, 4, 13), "Hay 1 mil 651 acuerdos con el ICE.", 1),
    (date(2025, 9, 25), "Wisconsin cuenta 14 agencias.", 1),
    (date(2026, 4, 13), "La lista del ICE recoge 1,651 acuerdos.", 1),
    (date(2026, 4, 13), "El número de acuerdos ronda ya los 1,650.", 1),
    (date(2026, 4, 13), "Pensilvania tiene 79 acuerdos; Misuri se mantiene en 86.", 2),
    (date(2025, 9, 10), "El programa alcanzó la cifra redonda de mil acuerdos.", 1),
    (date(2026, 4, 13), "En comparación, Florida tiene 344 acuerdos por una ley estatal.", 0),
]
"""With how many claims of each are supported; of the last one, whose cause was not read, none."""


@pytest.mark.parametrize(("day", "text", "claims"), TOLD)
def test_numbers_as_stories_tell_them(checker: Checker, day: date, text: str, claims: int) -> None:
    answers = checker.check_text(text, published=day).answers
    assert [one.verdict for one in answers].count("supported") == claims
    assert not {one.verdict for one in answers} & {"contradicted"}


@pytest.mark.parametrize(
    "text",
    [
        "Indiana pasó en ocho días de 12 a 51 acuerdos.",
        "La vecina Alabama tiene 151 acuerdos.",
        "La lista del ICE recoge 2,651 acuerdos.",
        "El número de acuerdos ronda ya los 2,650.",
        "El programa alcanzó la cifra redonda de 3 mil acuerdos.",
        "Wisconsin cuenta 140 agencias.",
        "Los acuerdos con ICE en Tennessee ascienden a 171.",
        "El programa, creado en 1996, tiene ahora 2,651 acuerdos.",
        "Hay mil 951 acuerdos con el ICE.",
    ],
)
def test_a_false_number_so_told_is_not_supported(checker: Checker, text: str) -> None:
    verdicts = {one.verdict for one in checker.check_text(text, published=DAY).answers}
    assert "contradicted" in verdicts and "supported" not in verdicts


@pytest.mark.parametrize(
    "text",
    [
        "Three states have the most agreements: Texas with 354, Florida with 344 and Missouri with 86.",
        "The states with the most agreements are Texas, with 354, Florida, with 344, and Missouri, with 86.",
    ],
)
def test_a_number_behind_its_own_state_is_not_of_the_next_one(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=DAY).answers
    said = {one.claim.figure.said: (one.verdict, one.claim.where.states) for one in answers if one.claim.figure}
    assert said["354"] == ("supported", ("TX",))
    assert said["344"] == ("supported", ("FL",))
    assert "contradicted" not in {one.verdict for one in answers}


def test_how_many_times_more_is_of_two_meanings(checker: Checker) -> None:
    text = "Hay 1,651 acuerdos, once veces más que en enero de 2025."
    verdicts = {one.verdict for one in checker.check_text(text, published=DAY).answers if one.claim.shape == "multiple"}
    assert not verdicts & {"supported", "contradicted", "arithmetic_holds", "arithmetic_fails"}


@pytest.mark.parametrize(
    "text",
    [
        "Texas and Florida have more than 300 agreements each. No other state has as many as 100 agreements.",
        "No other state has 100 agreements.",
    ],
)
def test_no_other_state_is_not_no_state(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=DAY).answers
    assert "contradicted" not in {one.verdict for one in answers}
    assert answers[-1].verdict == "cannot_tell"


@pytest.mark.parametrize(
    "text",
    [
        "La presidenta recordó que hace un año el país tenía 135 acuerdos y que hoy tiene 1,371.",
        "The president said that a year ago the country had 135 agreements and that it now has 1,371.",
        "A year ago the country had 135 agreements and that today it has 1,371.",
    ],
)
def test_what_is_so_now_is_not_of_a_year_ago(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date(2026, 1, 30)).answers
    assert "contradicted" not in {one.verdict for one in answers}
