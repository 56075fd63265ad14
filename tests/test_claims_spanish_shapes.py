"""Spanish constructions that English newspapers say in another shape, and those that look like them and stay open."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.gloss import glossed
from ledger287.factcheck.text.published import month_or_day

FIRM = ("supported", "contradicted", "arithmetic_holds", "arithmetic_fails")
SAID = [
    ("La oficina (ICE, por sus siglas en inglés) publicó la lista.", "The office (ICE) published the list."),
    ("Ohio pasó de tener dos acuerdos en enero a 12 en junio.",
     "Ohio rose from two agreements in January to 12 in June."),
    ("Virginia pasó de no tener ningún convenio a contar con 18.", "Virginia went from no agreements to 18."),
    ("La policía de Wells figura desde el viernes en la lista.",
     "Wells Police Department has been on the list since Friday."),
    ("La policía de Wells forma parte del programa desde abril.",
     "Wells Police Department has been part of the program since April."),
    ("La policía de Wells tiene un acuerdo con ICE desde abril.",
     "Wells Police Department has had an agreement since April."),
    ("La policía de Wells firmó el 2 de abril; la de Doral lo hizo el 7.",
     "Wells Police Department signed on April 2; Doral Police Department did so on April 7."),
    ("Hay 29 acuerdos y otras siete agencias esperan.", "There are 29 agreements and another seven agencies expect."),
    ("La lista más reciente, del 8 de mayo, incluye 80 acuerdos.", "The list of May 8 includes 80 agreements."),
    ("Al comenzar el gobierno de Biden había 148 acuerdos.", "When Biden took office there were 148 agreements."),
    ("Todas siguen el modelo que les permite actuar en la calle.", "All follow the task force model."),
    ("El programa permite que los policías realicen labores federales.",
     "The program allows the officers to perform federal duties."),
    ("Hay 958 acuerdos, un 610 % más que los 135 de enero.",
     "There are 958 agreements, a 610% increase from the 135 of January."),
    ("La policía de Wells fue de las primeras en firmar.", "Wells Police Department was among the first to sign."),
    ("La Policía de Carreteras de Misuri también firmó.", "Missouri Highway Patrol also signed."),
    ("La Policía del Condado de Nassau firmó.", "Nassau County Police Department signed."),
    ("La organización Manos del Sur tiene 80 voluntarios.", "The organization Manos Del Sur has 80 volunteers."),
    ("Texas es el segundo en número de acuerdos, solo por detrás de Florida.",
     "Texas ranks second by number of agreements, behind only Florida."),
    ("Hoy participan siete agencias de Ohio.", "Seven agencies in Ohio now participate."),
    ("En lo que va de abril se han firmado 110 acuerdos.", "So far in April 110 agreements have been signed."),
    ("Los datos más recientes muestran que 80 agencias participan.",
     "The most recent data shows that 80 agencies participate."),
    ("Desde que comenzó el segundo mandato de Trump, la cifra creció.", "Since Trump took office, the figure rose."),
    ("Los agentes reciben una capacitación de 40 horas en línea.", "The officers receive a 40-hour online training."),
    ("De los tres modelos, el de fuerza de tarea tiene 80 acuerdos y el carcelario 12.",
     "Of the three models, the task force model has 80 agreements and the jail enforcement model 12."),
    ("Florida sigue a la cabeza con 80 acuerdos.", "Florida still leads the nation with 80 agreements."),
    ("En Idaho hay una decena de acuerdos.", "In Idaho there are about 10 agreements."),
    ("La policía de Wells es una de las agencias que firmaron en abril.",
     "Wells Police Department is among the agencies that signed in April."),
    ("La policía de Wells, con un acuerdo desde abril, no respondió.",
     "Wells Police Department, which has had an agreement since April, did not respond."),
    ("El 10 de abril la página de ICE contaba 444 acuerdos.", "On April 10 ICE's page had 444 agreements."),
    ("Nebraska no tiene más que seis acuerdos.", "Nebraska has only six agreements."),
    ("Entre el 1 y el 20 de febrero ICE firmó 50 acuerdos.",
     "Between February 1 and February 20 ICE signed 50 agreements."),
    ("Maine se estrenó con la policía de Wells.", "Maine joined with Wells Police Department."),
    ("El viernes la lista incluía 80 acuerdos.", "On Friday the list had 80 agreements."),
    ("En Kansas hay 28 convenios, frente a los 16 de octubre pasado.",
     "In Kansas there are 28 agreements, compared with the 16 of last October."),
    ("En mayo hay 718 acuerdos, más de cinco veces los que existían en enero.",
     "In May there are 718 agreements, more than five times as many as in January."),
    ("Son 152 del modelo carcelario y otros 465 al de oficiales de servicio de órdenes judiciales.",
     "There are 152 under the jail enforcement model and another 465 under the warrant service officer model."),
    ("Quedan 12 solicitudes por resolver en la lista que publica la agencia.",
     "12 applications remain pending in the list that ICE publishes."),
    ("El condado puso fin en enero al acuerdo.", "The county ended in January the agreement."),
    ("En Kansas el programa ha crecido hasta las 30 agencias.", "In Kansas the program has grown to 30 agencies."),
    ("Más de 700 acuerdos permiten a los policías actuar en la calle.",
     "More than 700 agreements are under the task force model."),
    ("El condado canceló el acuerdo que había firmado en mayo.",
     "The county terminated the agreement that had signed in May."),
    ("En mayo se firmaron 20 acuerdos.", "In May, 20 agreements were signed."),
]  # fmt: skip


@pytest.mark.parametrize(("spanish", "said"), SAID)
def test_a_construction_is_said_as_english_newspapers_do(spanish: str, said: str) -> None:
    gloss = glossed(read_article(spanish.encode(), "synthetic", None))
    assert gloss
    assert gloss.article.text.strip() == said


READ = [
    ("Según cálculos de este diario a partir de los registros de ICE, hay 1.783 acuerdos.", "2026-05-08", "supported"),
    ("Según los reportes de la propia agencia, hay 1.650 acuerdos.", "2026-05-08", "contradicted"),
    ("En todo el país, la cifra de acuerdos del ICE llegó a 1.783.", "2026-05-08", "supported"),
    ("La lista más reciente, del 8 de mayo, incluye 1.783 acuerdos.", "2026-05-08", "supported"),
    ("Actualmente, 139 agencias participan en el programa, informó un grupo de defensa de los inmigrantes.",
     "2022-09-15", "supported"),
    ("Hasta el 15 de enero, otras tres agencias de Misuri esperaban la aprobación de ICE.", "2026-01-15", "supported"),
    ("Texas es el segundo en número de acuerdos, solo por detrás de Florida.", "2025-09-05", "supported"),
    ("La Policía Estatal de Virginia fue retirada de la lista de ICE esta semana.", "2026-02-10", "supported"),
    ("En lo que va de abril se han firmado 77 acuerdos.", "2026-04-21", "contradicted"),
    ("Virginia pasó de no tener ningún acuerdo a comienzos de año a contar con 18 agencias.",
     "2025-07-30", "contradicted"),
    ("El alguacil de Broome, en Nueva York, figura desde marzo en la lista de ICE.", "2025-03-28", "supported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "verdict"), READ)
def test_a_construction_is_read(checker: Checker, text: str, day: str, verdict: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    assert verdict in [one.verdict for one in answers]


def test_members_are_named_as_the_first_of_them_is(checker: Checker) -> None:
    text = "En Oklahoma participan 35 agencias, entre ellas la policía de Vinita y la de la ciudad de Tulsa."
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-03-18"))).answers
    assert [one.verdict for one in answers] == ["supported", "supported", "contradicted"]
    text = "En Georgia participan 24 alguaciles, entre ellos el del condado de Hall."
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2025-06-12"))).answers
    assert [one.verdict for one in answers] == ["supported", "supported"]


OPEN = [
    ("2025-06-20", "La policía de Wells, en Maine, no es una de las agencias que firmaron en abril."),
    ("2025-06-20", "La policía de Wells, en Maine, sería una de las agencias que firmaron en abril."),
    ("2025-06-20",
     "La policía de Wells, en Maine, es una de las agencias que firmaron en abril un pacto de limpieza."),
    ("2025-06-20", "La policía de Wells, en Maine, con un acuerdo desde abril que nadie vio, calla."),
    ("2025-10-10",
     "Desde que comenzó el segundo mandato de Trump en el club, el número de agencias pasó de 133 a 858."),
    ("2026-02-20", "Apenas el 11 % de los acuerdos nuevos son carcelarios."),
    ("2026-02-20", "En Idaho hay quizá una decena de acuerdos."),
    ("2026-02-20", "Florida sigue a la cabeza en turismo con 342 acuerdos."),
    ("2026-02-20", "Tennessee ocupa el tercer puesto nacional en pobreza con 63 acuerdos."),
    ("2026-02-20", "El condado de Fulton, en Georgia, no tiene acuerdo de basura."),
    ("2026-02-20", "Los datos más recientes muestran que 1.193 agencias quieren convenios."),
    ("2026-02-20", "Nebraska no tiene más que seis acuerdos buenos."),
    ("2026-02-20", "Entre el 1 y el 20 de febrero ICE pidió firmar 50 acuerdos."),
    ("2026-02-20", "El viernes la lista incluía 1.425 acuerdos y bailes."),
    ("2026-02-20", "Más de 700 acuerdos no permiten a los policías actuar en la calle."),
    ("2026-02-20", "Más de 700 acuerdos permiten a los policías actuar en la calle solo de día."),
    ("2026-02-20", "En Kansas habría 28 convenios, frente a los 16 de octubre pasado."),
    ("2025-06-20", "La agencia firmó 718 contratos de comida, más de cinco veces los que existían en enero."),
    ("2026-02-20", "Quedan 12 solicitudes urgentes por resolver, según la lista que publica la agencia."),
    ("2026-02-20", "El condado de Bucks, en Pensilvania, puso fin en enero al acuerdo con su cocinero."),
    ("2025-10-10", "En Kansas el programa había crecido, decían, hasta las 16 agencias soñadas."),
    ("2026-05-08", "La lista más reciente, del 8 de mayo, incluye 1.783 acuerdos falsos."),
    ("2026-05-08",
     "Según un recuento de este diario a partir de los registros de ICE, solo los acuerdos urbanos son 1.783."),
    ("2026-05-08", "Según un recuento de este diario, habría 1.783 acuerdos vigentes."),
    ("2026-05-08", "Según un recuento de este diario, los 1.783 acuerdos caducados siguen en la lista."),
    ("2025-06-12", "En Georgia participan 24 oficinas del alguacil, entre ellas quizá la del condado de Hall."),
    ("2025-06-12",
     "En Georgia participan 24 oficinas del alguacil, entre ellas la del condado de Hall hasta el lunes."),
    ("2025-10-17", "La policía de Wells, en Maine, supuestamente figura desde abril en la lista de ICE."),
    ("2025-10-17", "La policía de Wells, en Maine, figura desde abril en la lista de espera de ICE."),
    ("2025-10-17", "La policía de Wells, en Maine, quiere tener un acuerdo con ICE desde abril."),
    ("2025-10-17", "La policía de Wells, en Maine, tiene un acuerdo verbal con ICE desde abril."),
    ("2025-10-17", "Casi nadie cree que la policía de Wells, en Maine, forma parte del programa desde abril."),
    ("2025-10-17", "La policía de Wells, en Maine, formaría parte del programa desde abril."),
    ("2025-10-17", "La policía de Wells, en Maine, fingió que forma parte del programa desde abril."),
    ("2026-04-21", "En lo que va de abril se han firmado 110 acuerdos en el condado vecino."),
    ("2026-04-21", "En lo que va de abril se han firmado 110 acuerdos secretos."),
    ("2026-04-21", "En lo que va de abril no se han firmado 110 acuerdos."),
    ("2025-09-05", "Texas es el segundo en número de acuerdos por habitante, solo por detrás de Florida."),
    ("2025-09-05", "Texas es el segundo en número de arrestos, solo por detrás de Florida."),
    ("2025-09-05", "Texas ya no es el segundo en número de acuerdos, solo por detrás de Florida."),
    ("2025-03-19", "El alguacil de Broome, en Nueva York, firmó el 14."),
    ("2025-05-12", "El modelo de fuerza de tarea no permite que los agentes interroguen a las personas en la calle."),
    ("2025-05-12",
     "El modelo de fuerza de tarea permite que los agentes interroguen a las personas blancas en la calle."),
    ("2025-05-12", "El modelo de fuerza de tarea permite que los agentes interroguen a las personas sin supervisión."),
    ("2025-10-17", "Tennessee pasaría de tener dos acuerdos en enero a 38 a mediados de octubre."),
    ("2025-10-17", "Tennessee pasó de tener dos acuerdos rurales en enero a 38 a mediados de octubre."),
    ("2025-07-30",
     "Virginia pasó de no tener ningún convenio en las ciudades a comienzos de año a contar con 27 agencias."),
    ("2025-09-05", "Hay 958 acuerdos, un 610% más que los 135 de enero en las cárceles."),
    ("2025-09-05", "Hay 958 acuerdos, un 608% más que en enero en los condados rurales."),
    ("2025-09-05", "Casi hay 958 acuerdos, un 608 % más que en enero, si se suman los borradores."),
    ("2026-01-16",
     "Hasta el 15 de enero, 29 agencias de Misuri tenían un acuerdo y otras tres esperaban en vano la aprobación."),
    ("2025-05-02", "Nuevo Hampshire suma 10 agencias, todas con el modelo que no les permite actuar en la calle."),
    ("2025-06-20",
     "La Policía Metropolitana de Las Vegas firmó el 16 de junio un acuerdo como agencia de servicio social."),
    ("2026-02-10", "La Policía Estatal de Virginia fue retirada de la lista de ICE esta semana por error."),
    ("2026-02-10", "La Policía Estatal de Virginia fue retirada de la lista de Navidad esta semana."),
    ("2025-09-05", "La Policía de Carreteras de Misuri también firmó otra carta."),
    ("2025-03-19", "La Policía del Condado de Nassau, en Nueva York, firmó el 10 de marzo un acuerdo con la DEA."),
    ("2025-09-05", "Un grupo de defensa de inmigrantes teme que 957 agencias participen."),
    ("2026-05-08", "La cifra de acuerdos con consulados llegó a 1.783."),
    ("2026-05-08", "Los acuerdos rondan los 1.783, si se cuentan los pendientes."),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text"), OPEN)
def test_what_only_looks_like_one_stays_open(checker: Checker, day: str, text: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    assert not [one.meaning for one in answers if one.verdict in FIRM]


UNSETTLED = [
    ("2025-06-30", "Georgia ranks third by number of agreements, with 30, ahead of Virginia.", "30"),
    ("2026-02-13", "Nine states have only one agreement.", "Nine"),
    ("2025-09-05", "There are 957 agreements, up 610% from January.", "957"),
    ("2025-10-10", "Texas has 185 agreements, just over half of Florida's 326.", "just over half"),
    ("2025-09-10", "With this Tuesday's signing, 17 agencies in Utah work with ICE.", "17"),
    ("2025-10-10", "Texas suma 185 acuerdos, poco más de la mitad de los 326 de Florida.", "poco más de la mitad"),
]


@pytest.mark.parametrize(("day", "text", "said"), UNSETTLED)
def test_a_figure_that_may_be_of_another_is_not_judged(checker: Checker, day: str, text: str, said: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    assert not [one for one in answers if one.claim.figure and one.claim.figure.said == said and one.verdict in FIRM]


def test_the_county_in_which_police_are_is_not_accused(checker: Checker) -> None:
    text = "La policía de Doral, en el condado de Miami-Dade, firmó el mes pasado."
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-02-20"))).answers
    assert [one.verdict for one in answers] == ["supported", "cannot_tell"]
