"""Spanish sentences in the order of English: subjects, adjectives, pronouns, denials; and the lexicon of open words."""

import pytest

from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.gloss import glossed
from ledger287.factcheck.text.in_spanish.words.lexicon import adjectives, adverbs, nouns
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Checked


def english(text: str) -> str:
    gloss = glossed(read_article(text.encode(), "synthetic", None))
    assert gloss
    return gloss.article.text.strip()


def check(checker: Checker, text: str, day: str) -> Checked:
    return checker.check(read_article(text.encode(), "synthetic", month_or_day(day)))


SAID = [
    # a subject behind its verb
    ("En Florida rigen 206 acuerdos.", "In Florida 206 agreements are in force."),
    ("En abril se firmaron 179 acuerdos.", "In April 179 agreements were signed."),
    ("En Texas participan ya 300 agencias.", "In Texas 300 agencies already participate."),
    ("En Maryland quedan tres condados con acuerdos.", "In Maryland three counties still have agreements."),
    ("El condado de Davidson, donde está Nashville, dejó el programa.",
     "Davidson County, where Nashville is, left the program."),
    # a sentence without a subject
    ("Es la cuarta agencia de Nevada en el programa.",
     "It is the fourth law enforcement agency of Nevada in the program."),
    ("Hace un año eran apenas 31.", "A year ago there were only 31."),
    ("Cerró el año con 1,274 acuerdos en el país.", "The year ended with 1,274 agreements nationwide."),
    ("En febrero había 1,492 acuerdos; tres semanas antes no llegaban a 1,300.",
     "In February there were 1,492 agreements; three weeks earlier there were fewer than 1,300."),
    ("Hay 39 estados con agencias inscritas; 11 no tienen ninguna.",
     "There are 39 states with agencies enrolled; 11 have none."),
    ("En Texas están vigentes 137 acuerdos firmados por 105 agencias.",
     "In Texas 137 agreements signed by 105 agencies are in force."),
    # adjectives behind nouns
    ("Arkansas es uno de los casos más llamativos del programa.",
     "Arkansas is one of the most striking cases of the program."),
    ("La agencia de Wells fue la primera en sumarse al programa.",
     "The agency of Wells was the first to join the program."),
    ("La comisión aprobó una ley presupuestaria y el condado una tensa votación.",
     "The commission approved a budget law and the county a tense vote."),
    ("Es el condado más grande del estado.", "It is the largest county of the state."),
    ("En abril se alcanzó la cifra mensual más alta.", "In April the highest monthly figure was reached."),
    ("El gobierno tiene 60 solicitudes más en espera.", "The government has 60 more applications pending."),
    ("Una ley de 2025 obliga a las cárceles de condado a firmar.", "A 2025 law requires the county jails to sign."),
    # pronouns
    ("La ley los prohíbe en California.", "The law bans them in California."),
    ("El condado la firmó en mayo y los vecinos quieren anularlo.",
     "The county signed it in May and the neighbors want to cancel it."),
    ("Al estado le quedan seis acuerdos.", "The state has six agreements left."),
    ("Los ocho condados rescindieron sus acuerdos.", "The eight counties terminated their agreements."),
    # denials
    ("La ciudad todavía no ha votado el acuerdo.", "The city has not yet voted the agreement."),
    ("El condado no envía agentes.", "The county does not send officers."),
    ("El condado no renovó su acuerdo.", "The county did not renew its agreement."),
    # persons, titles, names
    ("En abril Texas desplazó a Florida con más acuerdos.", "In April Texas overtook Florida with more agreements."),
    ("La directiva de la gobernadora Abigail Spanberger rige en Virginia.",
     "The directive of Governor Abigail Spanberger is in force in Virginia."),
    ("Los comisionados de El Paso y la organización CASA protestaron.",
     "The commissioners of El Paso and the organization CASA protested."),
    # models, lists, numbers
    ("De los 628 acuerdos, 99 corresponden a oficiales de órdenes y 223 son del modelo carcelario.", None),
    ("La oficina ya no aparecía en el listado federal.", "The office was no longer on the federal list."),
    ("Al estado le quedan seis; uno de ellos es de la policía.",
     "The state has six left; one of them is of the police."),
    ("Georgia es ya el tercer estado con más acuerdos.", "Georgia already ranks third by number of agreements."),
    ("En Carolina del Norte no pasan de 15.", "In North Carolina there are no more than 15."),
]  # fmt: skip


@pytest.mark.parametrize(("spanish", "said"), SAID)
def test_the_order_is_that_of_english(spanish: str, said: str | None) -> None:
    assert said is None or english(spanish) == said


def test_an_unknown_word_stays_what_it_is() -> None:
    assert "zurrapas" in english("El condado más zurrapas del país firmó un acuerdo con el programa.")


BARRED = frozenset(declared.declared_yaml("factcheck/es/asides.yml")["forbidden"])


def test_no_word_that_can_turn_a_claim_is_in_the_open_lexicon() -> None:
    english_too = {str(one) for one in declared.declared_yaml("factcheck/clauses.yml")["pointing"]}
    english_too |= {str(one) for one in declared.declared_yaml("factcheck/asides.yml")["forbidden"]}
    for table in (nouns(), adjectives(), adverbs()):
        turned = {word: said for word, said in table.items() if word in BARRED and not set(said.split()) & english_too}
        assert not turned


def test_no_open_word_is_one_that_changes_nothing_wherever_it_stands() -> None:
    anywhere = frozenset(declared.declared_yaml("factcheck/neutral_words.yml")["anywhere"])
    described = {"grupo", "grupos", "programa", "programas", "gobierno", "funcionarios", "funcionarias", "way"}
    found = {word for word, said in nouns().items() if set(said.split()) <= anywhere}
    assert found <= described


WITHHELD = [
    # a raid is no operation of the program, and what was signed just now is not all there is
    ("2025-12-15", "En el operativo Texas sumaba 250 acuerdos.", 250, "figure_fits"),
    ("2026-05-08", "Florida acaba de firmar 346 acuerdos.", 346, "figure_fits"),
    # how long it took in days says from when
    ("2025-04-03", "El número de acuerdos pasó de 379 a 444 en tres días, según la lista oficial.", 379, "cannot_tell"),
]


@pytest.mark.parametrize(("day", "text", "value", "verdict"), WITHHELD)
def test_what_is_not_read_withholds(checker: Checker, day: str, text: str, value: float, verdict: str) -> None:
    found = {one.claim.figure.value: one.verdict for one in check(checker, text, day).answers if one.claim.figure}
    assert found[value] == verdict


def test_spans_of_reordered_words_are_of_the_original(checker: Checker) -> None:
    text = "En Texas participan ya 300 agencias en el programa 287(g)."
    (claim,) = check(checker, text, "2026-05-08").as_json()["claims"]
    assert "300 agencias" in text[slice(*claim["span"])]
    assert text[slice(*claim["sentence_span"])] == text
    for part in claim["read"]:
        assert part["said"] in text
