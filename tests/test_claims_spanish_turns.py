"""Spanish turns of one meaning, each in a true sentence of April 13, 2026: all give the same answer (synthetic)."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 4, 13)
SAYING = (
    "dijo que", "afirmó que", "insistió en que", "subrayó que", "presumió de que", "se jactó de que", "reconoció que",
    "admitió que", "aclaró que", "puntualizó que", "expuso que", "reiteró que", "enfatizó que", "remarcó que",
    "lamentó que", "resaltó que", "notificó que", "contó que", "alertó que", "advirtió de que", "constató que",
    "comprobó que", "documentó que", "ha reiterado que", "subraya que", "insiste en que",
)  # fmt: skip
HAVING = (
    "tiene", "suma", "acumula", "ostenta", "exhibe", "aporta", "figura con", "aparece con", "dispone de",
    "lleva firmados", "ha sellado", "ha rubricado", "ha formalizado", "ha concretado",
)  # fmt: skip
WHEN = (
    "cuando Trump tomó posesión", "cuando el presidente Trump asumió", "cuando Donald Trump volvió a la Casa Blanca",
    "cuando Trump regresó al poder", "al inicio del segundo mandato de Trump", "antes del regreso de Trump",
    "antes de que Trump volviera al poder", "al final del gobierno de Biden", "al cierre del gobierno de Biden",
    "al terminar el mandato de Biden", "el día de la toma de posesión", "antes de la investidura",
    "cuando el presidente juró el cargo", "cuando comenzó el segundo gobierno de Trump",
    "antes de la segunda presidencia de Trump", "durante los últimos días de Biden",
    "en vísperas de la investidura de Trump", "cuando Joe Biden dejó el cargo",
)  # fmt: skip
SPREAD = (
    "en", "de", "repartidos por", "distribuidos en", "diseminados por", "desperdigados por", "dispersos en",
    "esparcidos por", "ubicados en", "situados en", "presentes en", "localizados en", "extendidos por",
)  # fmt: skip
RISE = (
    "un alza del", "un aumento del", "una subida del", "un salto del", "un repunte del", "un disparo del",
    "lo que representa un aumento del", "lo que supone un incremento del", "lo que equivale a un alza del",
)  # fmt: skip
LEADS = (
    "encabeza la lista", "va a la cabeza", "es el número uno", "se coloca en primer lugar", "lidera la clasificación",
    "ocupa la primera posición", "encabeza el listado nacional", "es el primero de la lista", "se sitúa a la cabeza",
)  # fmt: skip
FOLLOWED = ("por", "de cerca por", "muy de cerca por", "a distancia por")
BODIES = ("agencias", "cuerpos policiacos", "corporaciones policíacas", "agencias colaboradoras")
FRAMES = [
    ("Un vocero de la agencia {} Florida tiene 344 acuerdos.", SAYING, ["supported"]),
    ("En total, Florida {} 344 acuerdos con el ICE.", HAVING, ["supported"]),
    ("Había 135 acuerdos con el ICE {}.", WHEN, ["supported"]),
    ("El programa del ICE suma 1,651 acuerdos {} 39 estados.", SPREAD, ["supported"] * 2),
    ("Los acuerdos con el ICE pasaron de 135 en enero de 2025 a 1,651, {} 1,123 %.", RISE,
     ["supported", "supported", "arithmetic_holds"]),
    ("Con 354 acuerdos, Texas {}.", LEADS, ["supported"] * 2),
    ("Texas tiene 354 acuerdos con el ICE, seguido {} Florida con 344.", FOLLOWED, ["supported"] * 2),
    ("El estado de Florida tiene 281 {} con acuerdos.", BODIES, ["supported"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [(frame.format(turn), expected) for frame, turns, expected in FRAMES for turn in turns],
)
def test_each_turn_is_read(checker: Checker, text: str, expected: list[str]) -> None:
    found = [one for one in checker.check_text(text, published=DAY).answers if one.verdict != "law"]
    assert [one.verdict for one in found] == expected


@pytest.mark.parametrize("turn", SPREAD)
def test_another_number_of_states_is_contradicted(checker: Checker, turn: str) -> None:
    text = f"El programa del ICE suma 1,651 acuerdos {turn} 29 estados."
    found = checker.check_text(text, published=DAY).answers
    assert [one.verdict for one in found][1] in ("contradicted", "was_true")


def test_a_republican_who_is_not_named_may_be_of_any_office(checker: Checker) -> None:
    text = "Cuando el republicano asumió, Florida tenía 48 acuerdos con el ICE."
    found = checker.check_text(text, published=DAY).answers
    assert "supported" not in {one.verdict for one in found}
