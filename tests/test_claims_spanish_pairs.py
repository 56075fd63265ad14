"""Sixty more pairs of one sentence in English and Spanish, of kinds of newspaper prose: one reading and one verdict."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day

PAIRS = (
    # a subject behind its verb
    ("In Texas, {n} agreements are in force.", "En Texas rigen {n} acuerdos."),
    ("In Georgia {n} agencies already participate in the program.",
     "En Georgia ya participan en el programa {n} agencias."),
    ("{n} agreements remain in Alabama.", "En Alabama quedan {n} acuerdos."),
    ("In June 2025 {n} agreements were signed nationwide.",
     "En junio de 2025 se firmaron {n} acuerdos en todo el país."),
    ("{n} agreements are active in South Carolina.", "En Carolina del Sur están activos {n} acuerdos."),
    ("In Tennessee {n} counties still have agreements.", "En Tennessee quedan {n} condados con acuerdos."),
    # relative clauses and clauses next to it
    ("Florida, which has {n} agreements, leads the nation.", "Florida, que tiene {n} acuerdos, encabeza la lista."),
    ("Texas, where {n} agencies participate, ranks second.",
     "Texas, donde participan {n} agencias, ocupa el segundo lugar."),
    ("ICE, which has {n} agreements nationwide, is growing.",
     "ICE, que tiene {n} acuerdos en todo el país, está creciendo."),
    ("The agencies that signed in Texas have {n} agreements.",
     "Las agencias que firmaron en Texas tienen {n} acuerdos."),
    ("Although Florida has more, Texas has {n} agreements.", "Aunque Florida tiene más, Texas tiene {n} acuerdos."),
    ("Texas has {n} agreements, while Florida has 317.", "Texas tiene {n} acuerdos, mientras que Florida tiene 317."),
    ("Texas has {n} agreements and Florida 317.", "Texas tiene {n} acuerdos y Florida 317."),
    ("Texas has {n} agreements, but Florida has 317.", "Texas tiene {n} acuerdos, pero Florida tiene 317."),
    # who says so, behind
    ("Texas has {n} agreements, the sheriff said.", "Texas tiene {n} acuerdos, dijo el alguacil."),
    ("Texas has {n} agreements, said the governor.", "Texas tiene {n} acuerdos, informó la gobernadora."),
    ("According to the federal list, Texas has {n} agreements.", "Según la lista federal, Texas tiene {n} acuerdos."),
    ("ICE says it has {n} agreements nationwide.", "ICE dice que tiene {n} acuerdos en todo el país."),
    ("The governor said that Texas has {n} agreements.", "El gobernador dijo que Texas tiene {n} acuerdos."),
    # days and how long ago
    ("By Aug. 14, 2025, ICE had signed {n} agreements.",
     "Para el 14 de agosto de 2025, ICE había firmado {n} acuerdos."),
    ("In late July Texas had {n} agreements.", "A finales de julio Texas tenía {n} acuerdos."),
    ("In early March 2025 ICE had {n} agreements nationwide.",
     "A principios de marzo de 2025 ICE tenía {n} acuerdos en todo el país."),
    ("A year ago ICE had {n} agreements nationwide.", "Hace un año ICE tenía {n} acuerdos en todo el país."),
    ("Two months ago Texas had {n} agreements.", "Hace dos meses Texas tenía {n} acuerdos."),
    ("Last week ICE had {n} agreements nationwide.", "La semana pasada ICE tenía {n} acuerdos en todo el país."),
    ("On Thursday Texas had {n} agreements.", "El jueves Texas tenía {n} acuerdos."),
    ("As of Thursday, ICE had {n} agreements nationwide.", "Hasta el jueves, ICE tenía {n} acuerdos en todo el país."),
    ("Since January the number of agreements went from 135 to {n}.",
     "Desde enero el número de acuerdos pasó de 135 a {n}."),
    ("Texas has {n} agreements, up from 26 in January.", "Texas tiene {n} acuerdos, frente a 26 en enero."),
    ("At the end of June ICE had {n} agreements nationwide.",
     "Al cierre de junio ICE tenía {n} acuerdos en todo el país."),
    # comparisons, ranks
    ("Florida has more agreements than any other state: {n}.",
     "Florida tiene más acuerdos que cualquier otro estado: {n}."),
    ("Texas has fewer agreements than Florida.", "Texas tiene menos acuerdos que Florida."),
    ("Texas ranks second, with {n} agreements.", "Texas ocupa el segundo lugar, con {n} acuerdos."),
    ("Georgia already ranks third by number of agreements.", "Georgia es ya el tercer estado con más acuerdos."),
    ("Florida has twice as many agreements as Texas.", "Florida tiene el doble de acuerdos que Texas."),
    ("Texas surpassed Florida, {n} agreements to 317.", "Texas superó a Florida, {n} acuerdos contra 317."),
    ("Florida has the most agreements, {n}.", "Florida es el estado con más acuerdos, {n}."),
    # models and parts
    ("Of the 895 agreements, {n} are task force.", "De los 895 acuerdos, {n} son de fuerza de tarea."),
    ("{n} are warrant service officer agreements.", "{n} son acuerdos de oficiales de órdenes."),
    ("Half of the agreements are task force.", "La mitad de los acuerdos son de fuerza de tarea."),
    ("More than a third of the agreements are in Florida.", "Más de un tercio de los acuerdos están en Florida."),
    ("Most of the agreements in Texas are under the jail enforcement model.",
     "La mayoría de los acuerdos de Texas son del modelo carcelario."),
    ("All the agreements in New Hampshire are under the task force model.",
     "Todos los acuerdos de Nuevo Hampshire son del modelo de fuerza de tarea."),
    ("None of the agencies in Vermont participates.", "Ninguna de las agencias de Vermont participa."),
    ("Four in 10 agreements are in Florida.", "Cuatro de cada diez acuerdos están en Florida."),
    # agencies by their names
    ("Collier County Sheriff's Office, in Florida, signed a task force agreement on Feb. 24, 2025.",
     "La Oficina del Sheriff del condado de Collier, en Florida, firmó un acuerdo de fuerza de tarea el 24 de "
     "febrero de 2025."),
    ("Collier County, in Florida, signed on Feb. 24, 2025.",
     "El condado de Collier, en Florida, firmó el 24 de febrero de 2025."),
    ("Florida Highway Patrol has an agreement with ICE.",
     "La Patrulla de Caminos de Florida tiene un acuerdo con ICE."),
    ("Miami Springs Police Department, in Florida, has an agreement.",
     "El Departamento de Policía de Miami Springs, en Florida, tiene un acuerdo."),
    ("Harris County, in Texas, does not participate in the program.",
     "El condado de Harris, en Texas, no participa en el programa."),
    ("Brown County, in Nebraska, lost its agreement.", "El condado de Brown, en Nebraska, perdió su acuerdo."),
    ("The sheriffs of Collier, Lee and Hendry counties, in Florida, signed.",
     "Los alguaciles de Collier, Lee y Hendry, en Florida, firmaron."),
    # denials, wishes, what is to come, limits
    ("Texas did not sign {n} agreements.", "Texas no firmó {n} acuerdos."),
    ("Texas does not reach {n} agreements.", "El estado de Texas no alcanza los {n} acuerdos."),
    ("Texas will sign {n} agreements.", "Texas va a firmar {n} acuerdos."),
    ("Texas wants to sign {n} agreements.", "Texas quiere firmar {n} acuerdos."),
    ("Texas has only {n} agreements.", "Texas solo tiene {n} acuerdos."),
    ("Another {n} agreements are pending.", "Otros {n} acuerdos están pendientes."),
    ("Texas has {n} agreements left.", "Al estado de Texas le quedan {n} acuerdos."),
    ("Texas has {n} more agreements than in June.", "Texas tiene {n} acuerdos más que en junio."),
)  # fmt: skip
FIGURES = (31, 137, 895)


def read(checker: Checker, text: str) -> list[tuple[object, ...]]:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2025-08-20"))).answers
    return [(a.verdict, a.measure, a.claim.where.states, a.claim.model, a.claim.when.windows) for a in answers]


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_a_sentence_of_prose_has_one_reading_and_one_verdict_in_both_languages(
    checker: Checker, english: str, spanish: str
) -> None:
    for figure in FIGURES:
        assert read(checker, english.format(n=figure)) == read(checker, spanish.format(n=figure)), figure
