"""Spanish stories: the same vocabulary in a second lexicon; numbers in words, both separators, spans."""

import pytest

from ledger287.core.problem import Refused
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Checked


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
    ("2025-07-02", "El ICE firmó 109 acuerdos 287(g) en junio de 2025.", 109, "supported"),
    ("2025-08-14", "Ninguna agencia en Vermont tiene un acuerdo 287(g).", 0, "supported"),
    ("2026-04-02", "Florida tiene 344 acuerdos 287(g), más que cualquier otro estado.", 344, "supported"),
    ("2025-08-20", "Desde enero, los acuerdos pasaron de 135 a 895.", 135, "supported"),
    ("2025-08-20", "Los acuerdos aumentaron de 135 en enero de 2025 a 895.", 135, "supported"),
    ("2025-08-20", "De los 895 acuerdos, 317 están en Florida.", 317, "supported"),
    ("2025-08-20", "De los 895 acuerdos, 117 están en Florida.", 117, "contradicted"),
    ("2025-08-20", "Ningún condado de Vermont tiene un acuerdo 287(g).", 0, "supported"),
    ("2025-08-20", "Ningún condado de Florida tiene un acuerdo 287(g).", 0, "contradicted"),
    ("2025-08-20", "El programa 287(g) está presente en 40 estados.", 40, "supported"),
    ("2025-08-20", "En lo que va de año se han firmado más de 700 acuerdos.", 700, "supported"),
    ("2026-01-05", "Texas ocupa el segundo lugar del país, con 259 acuerdos 287(g).", 2, "supported"),
    ("2026-01-05", "Texas ocupa el segundo lugar del país, con 259 acuerdos 287(g).", 259, "supported"),
    ("2026-01-05", "Texas ocupa el tercer lugar del país, con 259 acuerdos 287(g).", 3, "contradicted"),
    ("2025-08-20", "Todos los acuerdos de Nuevo Hampshire son del modelo de fuerza de tarea.", 100, "supported"),
    ("2026-03-20", "Maryland pasó de ocho convenios en febrero a solo dos.", 8, "supported"),
    ("2026-03-20", "Maryland pasó de ocho convenios en febrero a solo dos.", 2, "supported"),
    ("2026-03-20", "Maryland pasó de diecinueve agencias en febrero a apenas dos.", 19, "contradicted"),
    ("2026-03-20", "Maryland cayó de ocho acuerdos en febrero a dos.", 8, "supported"),
    ("2025-08-20", "La lista pasó de ciento treinta y cinco acuerdos en enero a 120.", 135, "supported"),
    ("2025-10-25", "Alabama creció de 23 acuerdos en julio a 33 en octubre.", 33, "supported"),
    ("2025-10-25", "Alabama creció de 23 acuerdos en julio a 53 en octubre.", 53, "contradicted"),
    ("2025-11-20", "En Wyoming no participa ninguna agencia en el programa 287(g).", 0, "contradicted"),
    ("2025-11-20", "En Vermont no participa ninguna agencia en el programa 287(g).", 0, "supported"),
    ("2025-12-15", "Florida y Texas suman 589 acuerdos, casi la mitad del total nacional.", 589, "supported"),
    ("2025-12-15", "En el operativo Texas sumaba 250 acuerdos.", 250, "figure_fits"),
    ("2025-10-20", "Al 20 de octubre de 2025 el ICE mantenía 1,907 convenios.", 1907, "contradicted"),
    ("2025-07-20", "Del 1 al 30 de junio se firmaron 109 acuerdos 287(g) en todo el país.", 109, "supported"),
    ("2025-12-31", "A finales de diciembre había 1,274 acuerdos vigentes.", 1274, "supported"),
    ("2025-08-14", "Texas cuenta actualmente con 137 acuerdos, mientras que Florida tiene 317.", 317, "supported"),
    ("2026-01-20", "Más de un centenar de agencias de Georgia participan en el programa 287(g).", 100, "contradicted"),
    ("2025-11-20", "Texas no tiene ningún convenio 287(g).", 0, "contradicted"),
    ("2025-11-20", "Vermont ya no tiene ningún convenio 287(g).", 0, "figure_fits"),
    ("2025-11-20", "Doce agencias del este de Utah tienen acuerdos.", 12, "cannot_tell"),
    ("2025-08-14", "Texas suma 137 acuerdos nuevos.", 137, "cannot_tell"),
    ("2025-10-20", "El 30 por ciento de los acuerdos del país corresponde a Florida.", 30, "supported"),
    ("2025-08-14", "Texas podría tener 237 acuerdos 287(g).", 237, "cannot_tell"),
    ("2025-08-14", "Texas tiene 237 acuerdos morados 287(g).", 237, "cannot_tell"),
    ("2026-02-10", "El 48% de las personas bajo custodia de ICE no tenía antecedentes penales.", 48, "supported"),
    ("2026-02-10", "El 25,8 % de los detenidos por el ICE tenían condenas penales.", 25.8, "supported"),
    ("2026-02-10", "El 60% de los detenidos por ICE ha sido condenado por un delito.", 60, "contradicted"),
    ("2026-02-10", "Casi el 85% de los detenidos fueron arrestados por ICE.", 85, "supported"),
    ("2025-02-01", "ICE arrestó a 956 personas el 26 de enero de 2025.", 956, "as_stated"),
    ("2025-02-01", "ICE realizó 1,179 arrestos en una sola jornada, el 27 de enero de 2025.", 1179, "as_stated"),
    ("2013-12-01", "El condado de Maricopa identificó a 41,891 personas con el programa 287(g).", 41891, "supported"),
    ("2015-12-01", "ICE expidió 32,757 órdenes de retención en Pensilvania entre 2007 y 2015.", 32757, "supported_if"),
)
"""Synthetic sentences."""


@pytest.mark.parametrize(("day", "text", "value", "verdict"), SAID)
def test_a_spanish_sentence(checker: Checker, day: str, text: str, value: float, verdict: str) -> None:
    answers = [one for one in check(checker, text, day).answers if one.claim.figure]
    found = {one.claim.figure.value: one.verdict for one in answers if one.claim.figure}
    assert found.get(value, "cannot_tell") == verdict


PAIRS = (
    ('Florida has {n} agreements with ICE.',
     'Florida tiene {n} acuerdos con el ICE.'),
    ('ICE has {n} agreements nationwide.',
     'ICE tiene {n} acuerdos en todo el país.'),
    ('There are more than {n} agreements in Texas.',
     'Hay más de {n} acuerdos en Texas.'),
    ('Nearly {n} law enforcement agencies participate in the 287(g) program.',
     'Casi {n} agencias policiales participan en el programa 287(g).'),
    ("In Georgia, {n} sheriff's offices have signed agreements.",
     'En Georgia, {n} oficinas del sheriff han firmado acuerdos.'),
    ('Agencies in {n} states have agreements under the task force model.',
     'Agencias en {n} estados tienen acuerdos bajo el modelo de fuerza de tarea.'),
    ('About {n} agencies in Florida take part in the 287(g) program.',
     'Unas {n} agencias en Florida participan en el programa 287(g).'),
    ('At least {n} agreements are in force in Texas.',
     'Al menos {n} acuerdos están vigentes en Texas.'),
    ('Fewer than {n} agreements are in force in Georgia.',
     'Menos de {n} acuerdos están vigentes en Georgia.'),
    ('Texas has {n} 287(g) agreements.',
     'Texas tiene {n} acuerdos 287(g).'),
    ('In Texas there are {n} 287(g) agreements.',
     'En Texas hay {n} acuerdos 287(g).'),
    ('ICE has signed {n} agreements under the 287(g) program.',
     'ICE ha firmado {n} acuerdos bajo el programa 287(g).'),
    ('The 287(g) program has {n} agreements in South Carolina.',
     'El programa 287(g) tiene {n} acuerdos en Carolina del Sur.'),
    ('ICE had {n} agreements on Aug. 14, 2025.',
     'El ICE tenía {n} acuerdos el 14 de agosto de 2025.'),
    ('As of Aug. 14, 2025, ICE had {n} agreements.',
     'Hasta el 14 de agosto de 2025, el ICE tenía {n} acuerdos.'),
    ('ICE signed {n} 287(g) agreements in June 2025.',
     'El ICE firmó {n} acuerdos 287(g) en junio de 2025.'),
    ('In July 2025, {n} 287(g) agreements were signed.',
     'En julio de 2025, se firmaron {n} acuerdos 287(g).'),
    ('{n} agencies nationwide have 287(g) agreements.',
     '{n} agencias en todo el país tienen acuerdos 287(g).'),
    ('{n} states have 287(g) agreements.',
     '{n} estados tienen acuerdos 287(g).'),
    ('ICE has {n} agreements under the warrant service officer model.',
     'ICE tiene {n} acuerdos bajo el modelo de oficial de servicio de órdenes.'),
    ('ICE has {n} agreements under the jail enforcement model.',
     'ICE tiene {n} acuerdos bajo el modelo de cárcel.'),
    ('ICE has {n} agreements under the task force model.',
     'ICE tiene {n} acuerdos bajo el modelo de fuerza de tarea.'),
    ('{n} Texas sheriffs have signed agreements with ICE.',
     '{n} sheriffs de Texas han firmado acuerdos con el ICE.'),
    ('North Carolina has {n} agreements with ICE.',
     'Carolina del Norte tiene {n} acuerdos con el ICE.'),
    ('In Pennsylvania, {n} agencies have 287(g) agreements.',
     'En Pensilvania, {n} agencias tienen acuerdos 287(g).'),
    ('According to ICE, there are {n} agreements nationwide.',
     'Según el ICE, hay {n} acuerdos en todo el país.'),
    ('A total of {n} agencies have 287(g) agreements.',
     'Un total de {n} agencias tienen acuerdos 287(g).'),
    ('Only {n} agencies in Virginia have 287(g) agreements.',
     'Solo {n} agencias en Virginia tienen acuerdos 287(g).'),
    ('Almost {n} agreements are active nationwide.',
     'Casi {n} acuerdos están activos en todo el país.'),
    ('Up to {n} agencies in Tennessee have 287(g) agreements.',
     'Hasta {n} agencias en Tennessee tienen acuerdos 287(g).'),
    ('{n} counties in Florida have 287(g) agreements.',
     '{n} condados en Florida tienen acuerdos 287(g).'),
    ('{n} police departments in Texas have 287(g) agreements.',
     '{n} departamentos de policía en Texas tienen acuerdos 287(g).'),
    ('ICE currently has {n} 287(g) agreements in Alabama.',
     'Actualmente el ICE tiene {n} acuerdos 287(g) en Alabama.'),
    ('Texas and Florida have {n} agreements.',
     'Texas y Florida tienen {n} acuerdos.'),
    ('New Hampshire has {n} 287(g) agreements.',
     'Nuevo Hampshire tiene {n} acuerdos 287(g).'),
    ('The agencies of {n} states take part in the 287(g) program.',
     'Las agencias de {n} estados participan en el programa 287(g).'),
    ('ICE could have {n} agreements.',
     'El ICE podría tener {n} acuerdos.'),
    ('{n} agreements are pending.',
     '{n} acuerdos están pendientes.'),
)  # fmt: skip


PROSE_PAIRS = (
    ('Although Texas has {n} agreements, Florida has more.',
     'Aunque Texas tiene {n} acuerdos, Florida tiene más.'),
    ('Florida has more agreements than Texas.',
     'Florida tiene más acuerdos que Texas.'),
    ('Florida has fewer agencies than Texas.',
     'Florida tiene menos agencias que Texas.'),
    ('Texas, with {n} agreements, ranks second, behind Florida.',
     'Texas, con {n} acuerdos, ocupa el segundo lugar, por detrás de Florida.'),
    ('Georgia will have {n} agreements.',
     'Georgia tendrá {n} acuerdos.'),
    ('Georgia would have {n} agreements.',
     'Georgia tendría {n} acuerdos.'),
    ('Georgia expects to have {n} agreements.',
     'Georgia espera tener {n} acuerdos.'),
    ('In July 2025 {n} agreements were signed.',
     'En julio de 2025 se suscribieron {n} acuerdos.'),
    ('When Donald Trump returned to the White House there were {n} agreements.',
     'Cuando Donald Trump regresó a la Casa Blanca había {n} acuerdos.'),
    ('There were no agreements in Vermont on Aug. 14, 2025.',
     'No había acuerdos en Vermont el 14 de agosto de 2025.'),
    ('There is not a single agreement in Vermont.',
     'No hay un solo acuerdo en Vermont.'),
    ('Vermont does not have a single agreement.',
     'Vermont no tiene un solo acuerdo.'),
    ('Texas no longer has {n} agreements.',
     'Texas ya no tiene {n} acuerdos.'),
    ('Texas does not have {n} agreements.',
     'Texas no tiene {n} acuerdos.'),
    ('Just over {n} agreements are in force in Texas.',
     'Poco más de {n} acuerdos están vigentes en Texas.'),
    ('Just under {n} agreements are in force in Texas.',
     'Poco menos de {n} acuerdos están vigentes en Texas.'),
    ('No fewer than {n} agencies in Florida have agreements.',
     'No menos de {n} agencias en Florida tienen acuerdos.'),
    ('At most {n} agencies in Florida have agreements.',
     'A lo sumo {n} agencias en Florida tienen acuerdos.'),
    ('Exactly {n} agencies in Florida have agreements.',
     'Exactamente {n} agencias en Florida tienen acuerdos.'),
    ('Florida is still the state with the most agreements: {n}.',
     'Florida sigue siendo el estado con más acuerdos: {n}.'),
    ('Nearly half of the agreements are under the task force model.',
     'Casi la mitad de los acuerdos están bajo el modelo de fuerza de tarea.'),
    ('A third of the agreements are in Florida.',
     'Un tercio de los acuerdos están en Florida.'),
    ('One in three agreements is in Florida.',
     'Uno de cada tres acuerdos está en Florida.'),
    ('{n} percent of the agreements are in Florida.',
     'El {n} por ciento de los acuerdos están en Florida.'),
    ('Texas has {n} agreements, most of them under the task force model.',
     'Texas tiene {n} acuerdos, la mayoría del modelo de fuerza de tarea.'),
    ('Of the {n} agreements, 317 are in Florida.',
     'De los {n} acuerdos, 317 están en Florida.'),
    ('{n} of them are warrant service officer agreements.',
     '{n} de ellos son acuerdos de órdenes judiciales.'),
    ('Texas has {n} agreements, including those of Hays County.',
     'Texas tiene {n} acuerdos, entre ellos los del condado de Hays.'),
    ('Neither Vermont nor Illinois have {n} agreements.',
     'Ni Vermont ni Illinois tienen {n} acuerdos.'),
    ('The sheriffs of Collier, Lee and Charlotte counties, in Florida, have agreements.',
     'Los alguaciles de Collier, Lee y Charlotte, en Florida, tienen acuerdos.'),
    ('Miami Police Department, Hialeah Police Department and Doral Police Department have agreements.',
     'La policía de Miami, Hialeah y Doral tienen acuerdos.'),
    ("Utah County Sheriff's Office, in Utah, has a 287(g) agreement.",
     'La oficina del alguacil del condado de Utah, en Utah, tiene un acuerdo 287(g).'),
    ('The number of agreements rose from 135 to 895 so far this year.',
     'El número de acuerdos pasó de 135 a 895 en lo que va del año.'),
    ('The number of agreements has doubled since January.',
     'El número de acuerdos se ha duplicado desde enero.'),
    ('ICE has {n} new agreements.',
     'ICE tiene {n} acuerdos nuevos.'),
    ('There are already {n} agencies of Texas that collaborate with ICE.',
     'Ya son {n} las agencias de Texas que colaboran con ICE.'),
    ('According to data of the agency, Alabama totals {n} agreements.',
     'De acuerdo con datos de la agencia, Alabama suma {n} acuerdos.'),
    ('Florida maintains {n} agreements, said the governor.',
     'Florida mantiene {n} acuerdos, aseguró el gobernador.'),
    ('Except in Texas, there are {n} agreements.',
     'Excepto en Texas, hay {n} acuerdos.'),
    ('Every county of Florida has an agreement.',
     'Cada condado de Florida tiene un acuerdo.'),
    ('Florida National Guard signed on April 2, 2025.',
     'La Guardia Nacional de Florida firmó el 2 de abril de 2025.'),
    ('Texas Office of the Attorney General had signed its own a week earlier.',
     'La Fiscalía General de Texas había firmado el suyo una semana antes.'),
)  # fmt: skip
"""Constructions of newspaper prose: concessions, comparisons, denials, what is to come, shares, agencies together."""


FIGURES = (5, 31, 40, 137, 317, 740, 895, 900)


def reading(checker: Checker, text: str) -> list[tuple[object, ...]]:
    answers = check(checker, text, "2025-08-20").answers
    return [(a.verdict, a.measure, a.claim.where.states, a.claim.model, a.claim.when.windows) for a in answers]


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_one_sentence_in_both_languages_has_one_reading_and_one_verdict(
    checker: Checker, english: str, spanish: str
) -> None:
    for figure in FIGURES:
        assert reading(checker, english.format(n=figure)) == reading(checker, spanish.format(n=figure)), figure


@pytest.mark.parametrize(("english", "spanish"), PROSE_PAIRS)
def test_one_construction_in_both_languages_has_one_reading_and_one_verdict(
    checker: Checker, english: str, spanish: str
) -> None:
    for figure in (31, 137, 895):
        read = reading(checker, english.format(n=figure))
        assert read, english
        assert read == reading(checker, spanish.format(n=figure)), figure


def test_there_are_three_hundred_pairs() -> None:
    assert len(set(PAIRS)) * len(FIGURES) >= 300


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("La Oficina del Sheriff del Condado de Collier firmó un acuerdo 287(g) en 2025, en Florida.", "supported"),
        ("El Condado de Collier firmó un acuerdo 287(g) el 24 de febrero de 2025, en Florida.", "supported"),
        ("La Patrulla de Carreteras de Florida tiene un acuerdo con el ICE.", "supported"),
        ("La Patrulla de Carreteras de Florida firmó un acuerdo el 8 de julio de 2025.", "contradicted"),
        ("La policía de Miami Springs no participa en el programa 287(g).", "contradicted"),
        ("El Departamento de Policía de Miami Springs no participa en el programa 287(g).", "contradicted"),
    ],
)
def test_agencies_are_found_by_their_spanish_names(checker: Checker, text: str, verdict: str) -> None:
    assert [one.verdict for one in check(checker, text, "2025-08-20").answers] == [verdict]


def test_spans_are_of_the_original(checker: Checker) -> None:
    text = "Según el ICE, Oklahoma tiene veintisiete acuerdos 287(g) vigentes."
    (claim,) = check(checker, text, "2025-12-15").as_json()["claims"]
    assert text[slice(*claim["span"])].startswith("veintisiete acuerdos")
    assert text[slice(*claim["sentence_span"])] == text
    assert {part["said"] for part in claim["read"] if part["role"] == "place"} == {"Oklahoma"}


def test_what_is_quoted_has_no_spaces_at_its_ends(checker: Checker) -> None:
    """Words that English has in another order took the space before them along: quedan[ 11 agencias]."""
    text = (
        "Retiraron este mes a sus condados del programa; en Georgia quedan 11 agencias adheridas. En Florida rigen 244 "
        "acuerdos con 183 agencias. En Nevada rigen nueve acuerdos con cuatro agencias."
    )
    found = check(checker, text, "2026-05-08").answers
    spans = [one.claim.span for one in found] + [part.span for one in found for part in one.account.parts]
    said = [text[span.start : span.end] for span in spans]
    assert len(found) >= 5 and not [words for words in said if words != words.strip()]
    assert "11 agencias" in said and "nueve acuerdos" in said


def test_who_speaks_is_named_without_the_verb(checker: Checker) -> None:
    text = "El condado de Bucks puso fin a su convenio a finales de octubre, según dijo un portavoz del alguacil."
    assert {one.claim.wording.speaker for one in check(checker, text, "2026-05-08").answers} == {
        "un portavoz del alguacil"
    }


def test_a_separator_that_is_not_settled_is_doubtful(checker: Checker) -> None:
    text = "En todo el país, ICE llegó a 1.783 con sus acuerdos."
    (answer,) = check(checker, text, "2026-05-08").answers
    assert answer.verdict == "figure_fits"
    assert answer.account.unread_words == ("1.783",)
    settled = "La cifra creció 12,5 por ciento en el país.\n\n" + text
    assert [one.verdict for one in check(checker, settled, "2026-05-08").answers][-1] == "supported"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("El ICE tiene 1.783 acuerdos en todo el país.", "supported"),
        ("El ICE tiene 1.873 acuerdos en todo el país.", "contradicted"),
        ("El ICE tiene 1.783 millones de acuerdos en todo el país.", "cannot_tell"),
    ],
)
def test_what_is_counted_has_no_decimals(checker: Checker, text: str, verdict: str) -> None:
    assert [one.verdict for one in check(checker, text, "2026-05-08").answers] == [verdict]


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
    assert f"in {language} " in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["ICE has 895 agreements.", "895 agreements, 740 agencies, 40 states", "La Porte and Des Moines County joined.",
     "Most El Paso deputies on the list are under a TFM agreement; no El Dorado deputy is."],
)  # fmt: skip
def test_english_with_foreign_names_is_read_as_english(text: str) -> None:
    assert read_article(text.encode(), "synthetic", None).blocks


def test_an_agreement_that_was_lost_is_found(checker: Checker) -> None:
    text = "El condado de Brown, en Nebraska, perdió su acuerdo 287(g) en diciembre de 2025."
    assert [answer.verdict for answer in check(checker, text, "2026-05-08").answers] == ["supported"]


NEWS = [
    ("2025-10-02", "Del total de 1.035 acuerdos, 521 son de fuerza de tarea y 133 de cárcel.", ["supported"] * 3),
    ("2025-10-02", "Del total de 1.035 acuerdos, 521 son de fuerza de tarea y 381 de cárcel.",
     ["supported", "supported", "contradicted"]),
    ("2025-09-12", "Más de tres cuartas partes de los acuerdos de Florida corresponden al modelo de fuerza de tarea.",
     ["supported"]),
    ("2026-03-13", "La Universidad Estatal de Florida firmó en febrero de este año.", ["supported"]),
    ("2026-03-13", "La Universidad Estatal de Florida firmó en mayo del año pasado.", ["contradicted"]),
    ("2026-01-20", "Pensilvania es hoy el quinto estado con más agencias: 51.", ["was_true", "supported"]),
    ("2026-05-06", "Abril fue el mes con más firmas del año: unas 180.", ["supported", "supported"]),
    ("2026-05-06", "Marzo fue el mes con más firmas del año: unas 180.", ["contradicted", "contradicted"]),
    ("2025-07-17", "Hoy figuran 826 acuerdos, y los duendes bailan.", ["figure_fits"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), NEWS)
def test_news_wordings_in_spanish(checker: Checker, day: str, text: str, expected: list[str]) -> None:
    found = check(checker, text, day).answers
    assert [one.verdict for one in found] == expected, [one.reason for one in found]


TURNS = [
    ("2026-02-10", "En Nueva York hay 14 acuerdos, entre ellos los de la policía y el alguacil del condado de Nassau.",
     ["figure_fits", "cannot_tell"]),
    ("2025-02-24", "La Fiscalía General de Texas había firmado el suyo una semana antes.", ["cannot_tell"]),
    ("2026-01-15", "La Policía de Doral firmó el 7 de enero. La de Hialeah lo había hecho en julio de 2025.",
     ["supported", "supported"]),
    ("2026-01-15", "El condado de Florida con más acuerdos es Palm Beach.", ["cannot_tell"]),
    ("2026-03-16", "El total nacional pasó de 1.000 en septiembre a 1.528 a mediados de marzo.",
     ["supported", "supported"]),
    ("2026-05-08", "Nadie en Texas tiene 380 acuerdos con ICE.", ["cannot_tell", "cannot_tell"]),
    ("2026-05-08", "Ninguna agencia de Texas tiene 380 acuerdos.", ["cannot_tell", "cannot_tell"]),
    ("2026-05-08", "Texas sumó 26 acuerdos en abril de 2026.", ["cannot_tell"]),
    ("2026-05-08", "Florida acaba de firmar 346 acuerdos.", ["figure_fits"]),
    ("2026-05-08", "En Colorado apenas hay un acuerdo.", ["supported"]),
    ("2026-05-08", "Ni California ni Illinois tienen agencias en el programa 287(g).", ["supported"]),
    ("2026-05-08", "Ni California ni Texas tienen agencias en el programa 287(g).", ["contradicted"]),
    ("2026-05-08", "Texas tiene 380 acuerdos abandonados.", ["figure_fits"]),
    ("2026-05-08", "Texas tiene 380 acuerdos duplicados.", ["figure_fits"]),
    ("2026-05-08", "Desde que Trump regresó al poder, los acuerdos se han multiplicado por veinte.", ["contradicted"]),
    ("2026-05-08", "Nueva Jersey carece de convenios 287(g).", ["supported"]),
    ("2026-05-08", "Massachusetts mantiene un único acuerdo.", ["supported"]),
    ("2026-05-08", "(EFE) La cifra de acuerdos en todo el país llegó a 1.783.", ["figure_fits"]),
]  # fmt: skip
"""What hangs on the words around it: examples, a day counted back, an agency by its place alone, separators."""


@pytest.mark.parametrize(("day", "text", "expected"), TURNS)
def test_turns_of_phrase(checker: Checker, day: str, text: str, expected: list[str]) -> None:
    found = check(checker, text, day).answers
    assert [one.verdict for one in found] == expected, [one.reason for one in found]


def test_jails_are_of_either_model_that_works_there(checker: Checker) -> None:
    found = check(checker, "A mediados de 2022 quedaban 142 acuerdos. Todos eran de cárceles.", "2022-12-01").answers
    assert found
    assert not {one.verdict for one in found} & {"contradicted", "was_true", "became_true"}
