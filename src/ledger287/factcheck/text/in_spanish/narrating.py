"""Numbers as Spanish stories tell them -> the shapes that English newspapers have.

What enters: a Spanish text. What leaves: stretches of it with their English: "alcanzó la cifra de mil" (reached 1,000),
"Pensilvania se mantiene en 30" (has 30), "tanto la Policía de Tampa como la de Orlando". Promise: only constructions of
closed words; what has another word in it stays what it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.happenings import FIGURE, states_said

Row = tuple[int, int, str]
NEAR = r"(?:(?:unos|unas|casi|apenas|más de|menos de|cerca de|al menos|solo|sólo) )?"
MARK = when_needed(
    r"(?i)\b(?:alcan[zc]\w+|lleg\w+ a|super\w+|rebas\w+|toc[aó]\w*|pas[aóo]\w*)(?: (?:ya|esta semana|este mes|hoy))? "
    r"(?P<mark>(?:la (?:cifra|marca|barrera|cota)|el (?:umbral|listón|hito|tope))(?: (?:redonda|redondo|simbólica|"
    r"simbólico|histórica|histórico|récord))? de (?:los |las )?)(?=\d|mil\b|cien)"
)
STAYS = when_needed(
    rf"(?i)\b(?:se mantiene|se mantuvo|permanece|sigue|continúa|se queda|queda)(?: estancado| estancada)? (?:en|con)"
    rf"(?= {NEAR}(?:{FIGURE})\b(?! (?:de los|de las|estados|condados)))"
)
LISTS = when_needed(
    r"(?i)\b(?:lista|listado|registro|documento|página|portal|versión|edición|base de datos)\b[^,.;:]{0,40}? "
    r"(?P<has>recoge|contiene|consigna|enumera|contabiliza|reúne|trae|arroja|refleja|da cuenta de|contenía|recogía|"
    rf"enumeraba|consignaba|registra|registraba)(?= (?:ya )?{NEAR}(?:{FIGURE})\b)"
)
COUNTS = when_needed(rf"(?P<verb>\bcuentan?)(?= (?:ya )?{NEAR}(?:{FIGURE}) (?:agencias|acuerdos|convenios|socios))")
IS_ABOUT = when_needed(
    r"(?i)\b(?:total|número|cifra|cantidad) de [^,;.]{3,60}? "
    r"(?P<about>(?:ronda|rondaba|roza|rozaba)(?: ya)?(?: los| las)?)(?= \d)"
)
NEWEST = when_needed(
    r"(?i)(?<=\d de )(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
    r"(?: de \d{4})?(?P<newest>, (?:la última|la más reciente|el último|el más reciente)(?: disponible| publicad[ao]| "
    r"difundid[ao])?)(?=,)"
)
ADDED = when_needed(
    rf"(?i)\b(?P<verb>sum(?:ó|aron))(?= (?:otr[oa]s )?(?:{FIGURE}) (?:acuerdos|convenios|agencias)? ?"
    r"(?:nuev[oa]s )?en (?:un|una|dos|tres|cuatro|cinco|seis|apenas|solo|sólo|pocos|pocas|menos)\b)"
)
AFTER_SIGNING = when_needed(
    rf"(?i)\ba (?P<near>menos de |poco menos de |poco más de |más de |apenas |casi )?(?P<count>un|una|{FIGURE}) "
    r"(?P<unit>día|días|semana|semanas|mes|meses|año|años) de haber (?P<did>firmado|suscrito|ingresado|entrado)\b"
)
UNITS = {"día": "day", "semana": "week", "mes": "month", "meses": "month", "año": "year"}
COUNTED = {
    "un": "a", "una": "a", "dos": "two", "tres": "three", "cuatro": "four", "cinco": "five", "seis": "six",
    "siete": "seven", "ocho": "eight", "nueve": "nine", "diez": "10", "once": "11", "doce": "12",
}  # fmt: skip
NEARLY = {
    "menos de": "less than", "poco menos de": "just under", "poco más de": "just over", "más de": "more than",
    "apenas": "just", "casi": "nearly",
}  # fmt: skip
HAD_ONE = when_needed(
    r"(?i)\b(?P<verb>tienen?|tenían?|firmó|firmaron|suscribió|suscribieron|mantienen?) (?P<one>uno)(?=[.;,]|$)"
)
ONE_OF = when_needed(r"(?i)\b(?:acuerdos?|convenios?)\b")
BOTH = when_needed(
    r"(?P<both>\b[Tt]anto )(?=(?:la|el|en|[A-ZÁÉÍÓÚ])[^.;,]{2,70}? como (?:la|el|en|[A-ZÁÉÍÓÚ]))(?P<one>[^.;,]{2,70}?)"
    r"(?P<like> como )"
)

QUICKLY = when_needed(
    r"(?i)\b(?:pas|sub|salt|crec|aument)(?:ó|aron|ió|ieron) (?P<soon>en (?:cuestión de|pocos|pocas|unos|unas|unos "
    r"cuantos|unas cuantas) (?:días|semanas|meses))(?= de )"
)
OTHERS = when_needed(rf"(?i)\b(?P<others>otr[oa]s )(?=(?:{FIGURE}) (?:son|eran|siguen|corresponden|pertenecen)\b)")
BARE_MODEL = when_needed(
    r"(?i)\b(?:son|es|eran|con|y) (?:[\d.,]+ )?(?P<of>del (?P<which>carcelario|de (?:las )?cárcel(?:es)?|"
    r"de (?:fuerzas? de tarea|grupos? de trabajo)|de (?:oficial(?:es)? de )?(?:servicio de )?órdenes(?: judiciales)?))"
    r"(?=[.;,]|$| y )"
)
MODEL_BEFORE = when_needed(r"(?i)\b(?:modelos?|modalidad(?:es)?)\b")


def narrating_in(text: str) -> list[Row]:
    """The stretches of a text that are put otherwise."""
    found: list[Row] = []
    for one in KINDS:
        found += one(text)
    return found


def _plainly(text: str) -> Iterator[Row]:
    for match in MARK.finditer(text):
        yield (*match.span("mark"), "")
    for match in STAYS.finditer(text):
        yield (*match.span(), "has")
    for match in LISTS.finditer(text):
        past = match["has"].lower().endswith("ía") or match["has"].lower().endswith("aba")
        yield (*match.span("has"), "had" if past else "includes")
    for match in COUNTS.finditer(text):
        yield (*match.span("verb"), "have" if match["verb"].endswith("n") else "has")
    for match in IS_ABOUT.finditer(text):
        verb = "was" if "ba" in match["about"].lower() else "is"
        yield (*match.span("about"), f"{verb} nearly" if match["about"].lower().startswith("roz") else f"{verb} about")
    for match in QUICKLY.finditer(text):
        yield (*match.span("soon"), "quickly")
    for match in OTHERS.finditer(text):
        yield (*match.span("others"), "")
    for match in BARE_MODEL.finditer(text):
        if MODEL_BEFORE.search(text[: match.start()]):
            yield (*match.span("of"), f"under the {_model(match['which'].lower())} model")
    for match in NEWEST.finditer(text):
        yield (*match.span("newest"), "")


def _model(said: str) -> str:
    if "tarea" in said or "trabajo" in said:
        return "task force"
    return "warrant service officer" if "órdenes" in said else "jail enforcement"


def _after(text: str) -> Iterator[Row]:
    """«a menos de un mes de haber firmado»: less than a month after signing."""
    for match in AFTER_SIGNING.finditer(text):
        count = COUNTED.get(match["count"].lower(), match["count"])
        unit = UNITS[match["unit"].lower() if match["unit"].lower() in UNITS else match["unit"].lower()[:-1]]
        near = NEARLY.get((match["near"] or "").strip().lower(), "")
        doing = "signing" if match["did"].lower() in ("firmado", "suscrito") else "joining"
        yield (*match.span(), f"{near} {count} {unit}{'' if count == 'a' else 's'} after {doing}".strip())


def _one(text: str) -> Iterator[Row]:
    """«ya tenían uno», of agreements: had an agreement."""
    for match in HAD_ONE.finditer(text):
        if ONE_OF.search(text[: match.start()]):
            yield (*match.span("one"), "an agreement")
    for match in BOTH.finditer(text):
        yield (*match.span("both"), "")
        yield (*match.span("like"), " and ")


@cache
def _elliptic() -> re.Pattern[str]:
    return when_needed(
        rf"(?i)(?:\by|,|;) (?P<state>{states_said()})(?P<comma>, )"
        r"(?=(?:el |un )?\d[\d.,]* ?%|(?:otr[oa]s )?\d[\d.,]*(?=[.;,]|$))"
    )


@cache
def _neighbor() -> re.Pattern[str]:
    return when_needed(rf"(?P<near>(?:[Ee]l|[Ll]a|[Ss]u) vecin[oa])(?= {states_said()})")


def _states(text: str) -> Iterator[Row]:
    """«28, y Texas, 14»: and Texas 14; «la vecina Georgia»: neighboring Georgia."""
    for match in _elliptic().finditer(text):
        if GIVEN.search(text[: match.start()]):
            yield (*match.span("comma"), " ")
    for match in _neighbor().finditer(text):
        yield (*match.span(), "Neighboring" if match["near"][0].isupper() else "neighboring")


GIVEN = when_needed(
    r"(?i)\b(?:tiene|suma|concentra|acapara|reúne|acumula|representa|aporta|cuenta con|registra) [^.;:]{2,70}$"
)
KINDS: tuple[Callable[[str], Iterator[Row]], ...] = (_plainly, _after, _one, _states)
