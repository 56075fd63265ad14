"""Numbers as Spanish stories tell them -> the shapes that English newspapers have.

What enters: a Spanish text. What leaves: stretches of it with their English: "alcanzó la cifra de mil" (reached 1,000),
"Pensilvania se mantiene en 30" (has 30), "tanto la Policía de Tampa como la de Orlando". Promise: only constructions of
closed words; what has another word in it stays what it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.happenings import FIGURE, english_of, states_said
from ledger287.factcheck.text.in_spanish.times import value_of

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
    r"|\b(?P<since>sumó|sumaron)(?= (?:más de |casi |unos |unas |cerca de )?[\d.,]+ (?:acuerdos|convenios|agencias) "
    r"desde\b)"
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

SUMS = when_needed(
    rf"(?i)(?<!\bque la )(?<!\bla )(?<!\buna )\b(?P<verb>suma|sumaba|totaliza|totalizaba)"
    rf"(?= (?:ya |hoy |ahora |actualmente )?{NEAR}(?:{FIGURE})\b)"
)
CREATED = when_needed(
    r"(?i)(?:(?<=programa)|(?<=287\(g\)))(?P<made>, (?:creado|nacido|lanzado|instaurado|establecido|aprobado) )"
    r"(?=(?:en|por|hace) )"
)
ONE_EACH = when_needed(r"(?i)\bun (?P<what>acuerdo|convenio|pacto) cada un[oa]\b")
GLAD = when_needed(
    r"(?i)\b(?:celebra|lamenta|aplaude|critica|elogia)(?:n|ron)? que [^.;:,]{2,50}? (?P<has>haya(?P<many>n)?)"
    r"(?= \w+(?:ado|ido|to|cho)\b)"
)
PUT_AT = when_needed(
    rf"(?i)\b(?P<put>(?:cifr|estim|situ|fij)(?:ó|aron|a|an) en) (?=(?:{FIGURE})\b)[\d.,]+ "
    r"(?P<the>los|las) (?=acuerdos|convenios|agencias)"
)
TERM = when_needed(
    r"(?i)\b(?:al (?:inicio|comienzo|arranque|principio) del (?:actual )?(?:mandato|gobierno)|"
    r"al (?:iniciar|comenzar|arrancar|empezar) (?:el|su) (?:mandato|gobierno))(?! de)\b"
)
OF_TRUMP = when_needed(r"\bTrump\b")
BARE_SHARE = when_needed(
    r"(?i)\d ?%(?P<comma>, )(?P<of>del (?P<which>carcelario|de (?:fuerzas? de tarea|grupos? de trabajo)|"
    r"de (?:oficial(?:es)? de )?(?:servicio de )?órdenes(?: judiciales)?))(?=[.;,]|$| y )"
)
OTHER_SHARE = when_needed(r"(?i)\b(?P<other>otro )(?=\d[\d.,]* ?%)")

NOW_HAS = when_needed(
    r"(?i), que (?:(?:hace|en|a|el) [^,.;:]{3,40}? )?(?:apenas |solo |sólo )?(?:tenía|sumaba|contaba con|registraba)"
    rf"[^,.;:]{{2,60}}, (?P<now>(?:ya |hoy |ahora )?(?:tiene|suma|cuenta con|registra|acumula)(?: ya| hoy| ahora)?)"
    rf"(?= {NEAR}(?:{FIGURE})\b)"
)
TIMES_OVER = when_needed(
    rf"(?i)\b(?P<did>multiplicó|multiplicaron|ha multiplicado|han multiplicado) por (?P<near>más de |casi |cerca de )?"
    rf"(?P<times>{FIGURE}) (?P<what>(?:los|las) (?:acuerdos|convenios|agencias)|el número de (?:acuerdos|convenios|"
    r"agencias))"
)
GOVERNOR = when_needed(
    r"(?P<the>\b(?:[Ee]l gobernador|[Ll]a gobernadora)"
    r"(?= (?:del estado|estatal|republican[oa]|demócrata|de [A-ZÁÉÍÓÚ][\wáéíóú]+(?: (?:del? )?[A-Z][\wáéíóú]+)?)"
    r"(?=[.;]|$| \w))(?! de [^,.;]{3,30}, [A-Z]))"
)
TWICE = 2
TREATED = when_needed(rf"(?P<it>\b[Ss]e trata(?P<then>ba)?(?: ya)? de)(?= {NEAR}(?:{FIGURE})\b)")
A_STATE = when_needed(
    r"(?<=, )(?P<a>estado(?= (?:con|que|donde|gobernado|clave)\b)|(?P<where>estado en (?:el )?(?:que|cual)(?= )))"
)


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
    for match in SUMS.finditer(text):
        yield (*match.span("verb"), "had" if match["verb"].lower().endswith("ba") else "has")
    for match in CREATED.finditer(text):
        yield (*match.span("made"), ", which was created ")
    for match in ONE_EACH.finditer(text):
        yield (*match.span(), "one agreement each")
    for match in GLAD.finditer(text):
        yield (*match.span("has"), "have" if match["many"] else "has")
    for match in PUT_AT.finditer(text):
        yield (*match.span("put"), "said there are")
        yield match.start("the"), match.end("the") + 1, ""
    for match in TERM.finditer(text):
        if OF_TRUMP.search(text[: match.start()]):
            yield (*match.span(), "when Trump took office")
    for match in NOW_HAS.finditer(text):
        yield (*match.span("now"), "now has")
    for match in GOVERNOR.finditer(text):
        yield (*match.span("the"), "The governor" if match["the"][0].isupper() else "the governor")
    for match in TIMES_OVER.finditer(text):
        times = value_of(match["times"])
        if times is not None and times >= TWICE:
            near = {"más de": "more than ", "casi": "nearly ", "cerca de": "nearly "}.get(
                (match["near"] or "").strip(), ""
            )
            what = "agencies" if match["what"].endswith("agencias") else "agreements"
            did = "has increased" if match["did"].startswith("h") else "increased"
            yield (*match.span(), f"{did} the number of {what} {near}{times:.0f}-fold")
    for match in ADDED.finditer(text):
        if match["since"]:
            yield (*match.span("since"), "have added" if match["since"].lower() == "sumaron" else "has added")
    for match in TREATED.finditer(text):
        said = "there were" if match["then"] else "there are"
        yield (*match.span(), said.capitalize() if match["it"][0] == "S" else said)
    for match in A_STATE.finditer(text):
        yield (*match.span("a"), "where" if match["where"] else "a state")
    for match in QUICKLY.finditer(text):
        yield (*match.span("soon"), "quickly")
    for match in OTHERS.finditer(text):
        yield (*match.span("others"), "")
    for match in BARE_MODEL.finditer(text):
        if MODEL_BEFORE.search(text[: match.start()]):
            yield (*match.span("of"), f"under the {_model(match['which'].lower())} model")
    for match in BARE_SHARE.finditer(text):
        if MODEL_BEFORE.search(text[: match.start()]):
            yield (*match.span("comma"), " are ")
            yield (*match.span("of"), f"under the {_model(match['which'].lower())} model")
    for match in OTHER_SHARE.finditer(text):
        yield (*match.span("other"), "")
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
def _placed() -> re.Pattern[str]:
    return when_needed(
        r"(?:^|(?<=[.;] ))(?P<rank>(?:[Ee]n |[Ee]l )(?:el )?(?P<which>segundo|tercer|cuarto|quinto|sexto|séptimo) "
        r"(?:lugar|puesto|sitio) (?:lo ocupa|es (?:para|de)|aparece|está|figura|se ubica|se sitúa|se coloca|viene|va|"
        rf"queda) )(?P<state>{states_said()})"
    )


@cache
def _and_in() -> re.Pattern[str]:
    return when_needed(
        rf"(?i)\bcorresponden? a {states_said()}(?P<rest>[^.;:]{{0,60}}?)(?:,| y) (?:otr[oa]s )?[\d.,]+ "
        rf"(?P<to>a) (?={states_said()})"
    )


@cache
def _follow() -> re.Pattern[str]:
    return when_needed(rf"(?P<are>(?:son los (?:estados )?que )?siguen a) (?={states_said()})")


@cache
def _over() -> re.Pattern[str]:
    return when_needed(
        rf"(?P<and>{states_said()},? y )?{states_said()}(?: ya)? "
        r"(?P<over>(?:super|rebas)(?:an?|aban?|ó|aron)(?: ya)? (?:los|las))"
        r"(?= (?:\d[\d.,]*|mil) (?:acuerdos|convenios|agencias)\b)"
    )


@cache
def _alone() -> re.Pattern[str]:
    return when_needed(
        rf"(?:^|(?<=[.;] ))(?P<only>(?:[Ss]olo|[Ss]ólo|[Tt]an solo|[Úú]nicamente) en) (?:{states_said()} y )?"
        rf"(?P<last>{states_said()})(?=,? (?:hay|había|existen|se)\b)"
    )


RANKS = {"segundo": "second", "tercer": "third", "cuarto": "fourth", "quinto": "fifth", "sexto": "sixth",
         "séptimo": "seventh"}  # fmt: skip


@cache
def _neighbor() -> re.Pattern[str]:
    return when_needed(rf"(?P<near>(?:[Ee]l|[Ll]a|[Ss]u) vecin[oa])(?= {states_said()})")


def _states(text: str) -> Iterator[Row]:
    """«28, y Texas, 14»: and Texas 14; «la vecina Georgia»: neighboring Georgia."""
    for match in _elliptic().finditer(text):
        if GIVEN.search(text[: match.start()]):
            yield (*match.span("comma"), " ")
    for match in _and_in().finditer(text):
        yield (*match.span("to"), "in")
    for match in _follow().finditer(text):
        yield (*match.span("are"), "follow")
    for match in _over().finditer(text):
        several, then = match["and"], match["over"].lower()
        past = then.startswith(("superó", "superaron", "superaba", "rebasó", "rebasaron", "rebasaba"))
        yield (*match.span("over"), f"{'had' if past else 'have' if several else 'has'} more than")
    for match in _alone().finditer(text):
        yield (*match.span("only"), "In" if match["only"][0].isupper() else "in")
        yield (*match.span("last"), f"{english_of(match['last'])} alone")
    for match in _placed().finditer(text):
        yield (*match.span("rank"), "")
        yield (*match.span("state"), f"{english_of(match['state'])} ranks {RANKS[match['which']]}")
    for match in _neighbor().finditer(text):
        yield (*match.span(), "Neighboring" if match["near"][0].isupper() else "neighboring")


GIVEN = when_needed(
    r"(?i)\b(?:tiene|suma|concentra|acapara|reúne|acumula|representa|aporta|cuenta con|registra) [^.;:]{2,70}$"
)
KINDS: tuple[Callable[[str], Iterator[Row]], ...] = (_plainly, _after, _one, _states)
