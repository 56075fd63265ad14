"""Who came or left, and what that left, as Spanish stories say it with a noun -> clauses and comparisons of English.

What enters: a Spanish text. What leaves: stretches of it with their English: "Con la firma de la Policía de Doral, …"
(Doral Police Department signed an agreement, and …), "más que Georgia, que tiene 28" (more than Georgia's 28), "Maine
se quedó sin agencias" (has no agencies). Promise: only constructions of closed words, with a known name or a state.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.lexicon import plain
from ledger287.factcheck.text.in_spanish.words.names import names_in, spanish_words

Row = tuple[int, int, str]
LEFT = r"salida|retirada|retiro|baja|marcha|renuncia|partida"
CAME = r"firma|incorporación|adhesión|entrada|ingreso|llegada|inclusión|suma"
BY_WHAT = when_needed(
    rf"(?P<opens>(?:^|(?<=[.;] )))?(?P<lead>(?P<mark>, )?(?:[Cc]on|[Tt]ras|[Ll]uego de|[Dd]espués de|[Aa]nte) "
    rf"(?:la|el) (?:reciente )?(?:(?P<left>{LEFT})|(?P<came>{CAME})) (?:de|del) )$"
)
PROGRAM = r"(?: (?:del|al|en el) programa(?: 287\(g\))?)?"
DAY = r"(?:, (?:el|este) (?P<day>lunes|martes|miércoles|jueves|viernes|sábado|domingo)(?: pasado)?)?"
BEHIND = when_needed(rf"(?P<program>{PROGRAM}){DAY}(?P<end>, |(?=[.;]|$))")
FIGURE = r"\d[\d.,]*\d|\d|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
HAS = r"tiene|suma|cuenta con|acumula|registra|reúne|lleva|se quedó con|se queda con|quedó con|mantiene|posee"
SAYING = when_needed(
    r"(?i)\b(?P<says>presumen?(?= en su)|dicen?|aseguran?|afirman?|sostienen?|indican?|reportan?|"
    r"presumen? de|dijo|dijeron|aseguró|aseguraron|afirmó|afirmaron|reportó|presumió de)"
    r"(?P<where> en su (?:página(?: web)?|sitio(?: web)?|portal|web)(?: de)?)? "
    r"(?P<has>tener|contar con|mantener|sumar|haber firmado)(?= (?:ya )?(?:más de |casi |unos |cerca de )?"
    r"(?:acuerdos|convenios|\d))"
)
ELIDED = when_needed(
    rf"(?i)\b(?:son|eran)\b[^.;:]{{3,80}}?(?:,| y|;)(?: y)? (?P<figure>{FIGURE})(?P<comma>, )"
    r"(?=(?:oficinas?|policías|departamentos|universidades|agencias|alguaciles|sheriffs|fuerzas|cuerpos|del? )\b)"
)
TOGETHER = when_needed(
    r"(?i)\b(?P<what>agencias|dependencias|corporaciones) (?:ya )?(?P<hold>(?:tienen|suman|mantienen|acumulan|reúnen|"
    rf"cuentan con) (?:en conjunto|en total|entre todas))(?= (?:{FIGURE})\b)"
)
PUBLISHED = when_needed(
    r"(?i)(?<=\w )(?:que (?:el )?ICE (?P<one>publicó|actualizó|difundió|divulgó)|"
    r"que (?P<two>publicó|actualizó|difundió|divulgó) (?:el )?ICE)"
    r"(?= (?:este|el|esta|hoy|ayer) ?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana)?\b)"
)
THINGS = r"acuerdos|convenios|agencias|alguaciles|sheriffs|condados|corporaciones|dependencias"
WITHOUT = when_needed(
    rf"(?i)\b(?:se quedó sin|quedó sin|se ha quedado sin|dejó de tener)(?: ningún| ninguna)? (?={THINGS})"
)


def happenings_in(text: str) -> list[Row]:
    """The stretches of a text that are put otherwise."""
    found: list[Row] = []
    for one in KINDS:
        found += one(text)
    return found


def _by_what(text: str) -> Iterator[Row]:
    """«Tras la salida de la Policía de Wells, Maine …», before or behind the figure: a clause of its own."""
    if not EVENT.search(text):
        return
    for start, end, name in names_in(text):
        lead = BY_WHAT.search(text[:start])
        if lead is None or not name[0].isupper():
            continue
        did = "left the program" if lead["left"] else "signed an agreement"
        behind = BEHIND.match(text, end)
        if behind is None:
            continue
        if lead["opens"] is not None and behind["end"]:
            yield lead.start("lead"), start, ""
            day = f" on {spanish_words()['days'][behind['day'].lower()]}" if behind["day"] else ""
            yield start, end, f"{name} {did}{day}"
            yield end, behind.end(), ", and "
        elif lead["opens"] is None and not behind["day"]:
            before = text[: lead.start("lead")]
            yield lead.start("lead") - before.endswith(" "), start, "; "
            yield start, end, f"{name} {did}"
            if behind["program"]:
                yield end, behind.end("program"), ""


def _in_its_state(text: str) -> Iterator[Row]:
    """«La Policía de Kenner, en Luisiana, tiene dos acuerdos»: Kenner Police Department in Louisiana has two."""
    if "acuerdos" not in text and "convenios" not in text:
        return
    for _, end, name in names_in(text):
        placed = _in_state().match(text, end)
        if placed is not None and name[0].isupper():
            yield (*placed.span("lead"), " in ")
            yield (*placed.span("end"), " ")


@cache
def _in_state() -> re.Pattern[str]:
    return when_needed(
        rf"(?P<lead>, en ){states_said()}(?P<end>, )(?=(?:ya |hoy )?(?:tiene|cuenta con|mantiene|suma) (?:{FIGURE}) "
        r"(?:acuerdos|convenios)\b)"
    )


@cache
def _only() -> re.Pattern[str]:
    return when_needed(rf"(?P<only>\b(?:el|la) únic[oa] (?P<of>del|de|en el|en))(?= (?:{states_said()}|estado)\b)")


def _only_one(text: str) -> Iterator[Row]:
    """«es el único de Colorado con un acuerdo»: the only agency in it."""
    for match in _only().finditer(text):
        sentence = re.split(r"[.;:?!] ", text[: match.start()])[-1]
        if AGREEMENT_BEFORE.search(sentence) or not BODY.search(sentence):
            continue
        county = COUNTY.search(sentence) and not OFFICE.search(sentence)
        the = " the" if match["of"] in ("del", "en el") else ""
        yield (*match.span("only"), f"the only {'county' if county else 'agency'} in{the}")


AGREEMENT_BEFORE = when_needed(r"(?i)\b(?:acuerdo|convenio|pacto|modelo|contrato)\b[^.;:]{0,40}$")
BODY = when_needed(r"(?i)\b(?:policía|sheriff|alguacil|oficina|departamento|condado|universidad|patrulla)\b")
COUNTY = when_needed(r"(?i)\bcondado\b")
OFFICE = when_needed(r"(?i)\b(?:policía|sheriff|alguacil|oficina|departamento)\b")
EVENT = when_needed(rf"(?i)\b(?:{LEFT}|{CAME}) del? ")


@cache
def states_said() -> str:
    """The names of states in either language, as one pattern."""
    names = {*declared.state_names().values(), *(str(one) for one in spanish_words()["states"].values())}
    return f"(?i:{'|'.join(sorted((re.escape(one) for one in names), key=len, reverse=True))})"


def english_of(said: str) -> str:
    """The English name of a state."""
    codes = {plain(str(spanish)): code for code, spanish in spanish_words()["states"].items()}
    return declared.state_names().get(codes.get(plain(said), ""), said)


@cache
def _than() -> re.Pattern[str]:
    return when_needed(
        rf"(?i)\b(?P<than>(?:más|menos) que|por (?:delante|encima|detrás|debajo) de|frente a) {states_said()}"
        rf"(?P<has>(?:, que (?:{HAS}|con)| \((?=\d)|, con) )(?P<figure>{FIGURE})\b"
        rf"(?:(?P<and>,? y(?: que)? ){states_said()}(?P<too>(?:, que (?:{HAS})|, con) )(?P<second>{FIGURE})\b)?"
    )


def _compared(text: str) -> Iterator[Row]:
    """«más que Georgia, que tiene 28»: more than Georgia's 28."""
    for match in _than().finditer(text):
        if match["than"].lower() not in ("más que", "menos que") or match["has"].startswith(" ("):
            continue
        yield (*match.span("than"), "more than" if match["than"].lower().startswith("más") else "fewer than")
        yield (*match.span("has"), "'s ")
        if match["and"]:
            yield (*match.span("and"), " and ")
            yield (*match.span("too"), "'s ")


def _says(text: str) -> Iterator[Row]:
    """«ICE dice tener 649 acuerdos»: says it has."""
    for match in SAYING.finditer(text):
        says = match["says"].lower().removesuffix(" de")
        many, past = says.endswith("n"), says.endswith(("o", "ó", "ron"))
        has = {"haber firmado": "signed"}.get(match["has"].lower(), "")
        who = "they" if many else "it"
        verb = "said" if past else "say" if many else "says"
        own = ("had" if past else "have" if many else "has") + (f" {has}" if has else "")
        site = " on its website that" if match["where"] else ""
        yield (*match.span(), f"{verb}{site} {who} {own}")


def _elided(text: str) -> Iterator[Row]:
    """«564 son policías y 412, oficinas del sheriff»: and 412 are."""
    for match in ELIDED.finditer(text):
        yield (*match.span("comma"), " are ")


def _held(text: str) -> Iterator[Row]:
    for match in TOGETHER.finditer(text):
        yield (*match.span("hold"), "hold")
    for match in PUBLISHED.finditer(text):
        yield (*match.span(), "updated" if (match["one"] or match["two"]).lower() == "actualizó" else "published")
    for match in WITHOUT.finditer(text):
        yield (*match.span(), "has no ")


@cache
def _outside() -> re.Pattern[str]:
    return when_needed(
        r"(?:^|(?<=[.;] ))(?P<lead>(?:[Qq]uedan|[Ss]iguen|[Pp]ermanecen|[Ee]stán) fuera(?: del programa)?(?:, entre "
        rf"otros,|:)? )(?P<names>{states_said()}(?:, {states_said()})*(?: [yeo] {states_said()})?)(?=[.;]|$)"
    )


def _left_out(text: str) -> Iterator[Row]:
    """«Quedan fuera, entre otros, California e Illinois»: they have no agreements."""
    for match in _outside().finditer(text):
        yield (*match.span("lead"), "")
        for one in re.finditer(states_said(), match["names"]):
            at = match.start("names")
            yield at + one.start(), at + one.end(), f"{english_of(one[0])} has no agreements"


KINDS: tuple[Callable[[str], Iterator[Row]], ...] = (
    _by_what,
    _in_its_state,
    _only_one,
    _compared,
    _says,
    _elided,
    _held,
    _left_out,
)
