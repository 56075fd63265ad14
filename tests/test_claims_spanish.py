"""Spanish stories: the same vocabulary in a second lexicon; numbers in words, both separators, spans."""

import pytest

import ledger287
from ledger287.core.problem import Refused
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Checked


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def check(checker: Checker, text: str, day: str) -> Checked:
    return checker.check(read_article(text.encode(), "synthetic", month_or_day(day)))


SAID = (
    ("2025-08-14", "ICE tiene 895 acuerdos bajo el programa 287(g).", 895, "supported"),
    ("2025-08-14", "Texas tiene 237 acuerdos 287(g).", 237, "contradicted"),
    (
        "2025-08-20",
        "Hasta el 14 de agosto de 2025, 740 agencias se habían sumado al programa 287(g).",
        740,
        "supported",
    ),
    ("2025-12-15", "Oklahoma tiene veintisiete acuerdos 287(g) vigentes.", 27, "supported"),
    ("2026-05-08", "El ICE tiene mil setecientos ochenta y tres acuerdos en todo el país.", 1783, "supported"),
    ("2025-08-14", "En Carolina del Sur hay 30 acuerdos con el ICE.", 30, "supported"),
    ("2025-05-30", "ICE tiene 317 acuerdos bajo el modelo de fuerza de tarea.", 317, "contradicted"),
    ("2025-07-02", "El ICE firmó 116 acuerdos 287(g) en junio de 2025.", 116, "supported"),
    ("2025-08-14", "Ninguna agencia en Vermont tiene un acuerdo 287(g).", 0, "supported"),
    ("2025-08-14", "Texas podría tener 237 acuerdos 287(g).", 237, "cannot_tell"),
    ("2025-08-14", "Texas tiene 237 acuerdos morados 287(g).", 237, "cannot_tell"),
)
"""Synthetic sentences."""


@pytest.mark.parametrize(("day", "text", "value", "verdict"), SAID)
def test_a_spanish_sentence(checker: Checker, day: str, text: str, value: float, verdict: str) -> None:
    answers = [one for one in check(checker, text, day).answers if one.claim.figure]
    found = {one.claim.figure.value: one.verdict for one in answers if one.claim.figure}
    assert found.get(value, "cannot_tell") == verdict


PAIRS = (
    ("Florida has {n} agreements with ICE.", "Florida tiene {n} acuerdos con el ICE."),
    ("ICE has {n} agreements nationwide.", "ICE tiene {n} acuerdos en todo el país."),
    ("There are more than {n} agreements in Texas.", "Hay más de {n} acuerdos en Texas."),
    ("Nearly {n} law enforcement agencies participate in the 287(g) program.",
     "Casi {n} agencias policiales participan en el programa 287(g)."),
    ("In Georgia, {n} sheriff's offices have signed agreements.",
     "En Georgia, {n} oficinas del sheriff han firmado acuerdos."),
    ("Agencies in {n} states have agreements under the task force model.",
     "Agencias en {n} estados tienen acuerdos bajo el modelo de fuerza de tarea."),
)  # fmt: skip


@pytest.mark.parametrize("figure", [5, 31, 40, 137, 317, 740, 895, 900])
@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_one_sentence_in_both_languages_has_one_verdict(
    checker: Checker, english: str, spanish: str, figure: int
) -> None:
    one, other = (check(checker, text.format(n=figure), "2025-08-14").answers for text in (english, spanish))
    assert [(a.verdict, a.measure, a.claim.where.states) for a in one] == [
        (a.verdict, a.measure, a.claim.where.states) for a in other
    ]


def test_spans_are_of_the_original(checker: Checker) -> None:
    text = "Según el ICE, Oklahoma tiene veintisiete acuerdos 287(g) vigentes."
    (claim,) = check(checker, text, "2025-12-15").as_json()["claims"]
    assert text[slice(*claim["span"])].startswith("veintisiete acuerdos")
    assert text[slice(*claim["sentence_span"])] == text
    assert {part["said"] for part in claim["read"] if part["role"] == "place"} == {"Oklahoma"}


def test_a_separator_that_is_not_settled_is_doubtful(checker: Checker) -> None:
    text = "El ICE tiene 1.783 acuerdos en todo el país."
    (answer,) = check(checker, text, "2026-05-08").answers
    assert answer.verdict == "figure_fits"
    assert answer.account.unread_words == ("1.783",)
    settled = "La cifra creció 12,5 por ciento en el país.\n\n" + text
    assert [one.verdict for one in check(checker, settled, "2026-05-08").answers][-1] == "supported"


def test_other_languages_are_refused_by_name() -> None:
    text = "O programa tem 895 acordos com as agências dos estados que não são do governo e os condados com uma lei."
    with pytest.raises(Refused, match="Portuguese"):
        read_article(text.encode(), "synthetic", None)


OTHERS = (
    ("Italian (italiano)", "L'agenzia ha 895 accordi con le contee di 40 stati, secondo il rapporto."),
    ("Italian (italiano)", "Il programma ha 895 accordi."),
    ("Tagalog", "Ang ahensya ay may 895 kasunduan sa mga estado ng bansa."),
    ("Haitian Creole (kreyòl ayisyen)", "Gen 895 akò nan peyi a, ak anpil ajans ki siyen yo."),
    ("Portuguese (português)", "O ICE tem 895 acordos com agências de 40 estados."),
    ("French (français)", "ICE a signé 895 accords avec les comtés et les villes."),
    ("German (Deutsch)", "Die Behörde hat 895 Vereinbarungen mit 40 Bundesstaaten."),
    ("Vietnamese (Tiếng Việt)", "ICE có 895 thỏa thuận với các cơ quan của 40 bang."),
    ("Chinese (中文)", "移民局共有895项287(g)协议。"),
    ("Russian (русский)", "Ведомство заключило 895 соглашений по программе 287(g)."),
    ("Ukrainian (українська)", "Відомство має 895 угод за програмою 287(g)."),
    ("Korean (한국어)", "이민국은 287(g) 협약 895건을 맺었다."),
    ("Arabic (العربية)", "لدى الوكالة 895 اتفاقية ضمن برنامج 287(g)"),
)
"""Synthetic sentences, with the language that the refusal names."""


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_a_language_that_is_not_read_is_named(language: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_article(text.encode(), "synthetic", None)
    assert f"in {language} left aside" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["ICE has 895 agreements.", "895 agreements, 740 agencies, 40 states", "La Porte and Des Moines County joined.",
     "Most El Paso deputies on the list are under a TFM agreement; no El Dorado deputy is."],
)  # fmt: skip
def test_english_with_foreign_names_is_read_as_english(text: str) -> None:
    assert read_article(text.encode(), "synthetic", None).blocks
