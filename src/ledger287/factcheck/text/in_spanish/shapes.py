"""Spanish constructions that English newspapers say in another shape.

What enters: a Spanish text. What leaves: stretches of it with their English: "pasó de no tener ningún acuerdo a tener
18" (went from no agreements to 18), "figura desde el viernes en la lista" (has been on the list since Friday), "lo hizo
el 21" (on the 21st of the month that was named). Promise: only constructions of closed words are put otherwise;
a stretch that has another word in it stays what it is.
"""

import re
from collections.abc import Callable, Iterator

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.order import PARTICIPLE
from ledger287.factcheck.text.in_spanish.words.names import spanish_words

Row = tuple[int, int, str]
FIGURE = (
    r"(?=(?:(?:unos|unas|casi|apenas|más de|menos de|cerca de|al menos) )?"
    r"(?:\d|un[oa]?\b|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci|"
    r"veint|treinta|"
    r"cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien))"
)
THINGS = r"(?:acuerdos?|convenios?|pactos?|agencias?|corporaci(?:ón|ones)|dependencias?|condados?|alguaciles|socios?)"
MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
HAVING = r"(?:tener|contar con|sumar|acumular|registrar)"
LIST = r"(?:la lista|el listado|el registro)(?: (?:federal|oficial|pública|público))?(?: del? ICE)?"
TIME = (
    r"(?:(?:el|la|este|esta|hace|mediados|finales|principios|comienzos|fines|de|del|los|las) )*[\wáéíóú]+"
    r"(?: (?:de|del|pasado|pasada) ?(?:[a-záéíóú]+|\d{4})?){0,2}"
)

ABBREVIATED = when_needed(r"\((?P<name>[A-Z]{2,5}),? (?:en inglés|por sus? siglas?(?: en inglés)?)\)")
"""(ICE, en inglés): (ICE)."""
MODEL_NAMED = when_needed(
    r"(?i)(?:órdenes(?: judiciales| administrativas)?(?P<w> \(WSO[^)]{0,30}\))|"
    r"(?:fuerzas? de tareas?|grupos? de trabajo|operativ[oa])(?P<t> \(TFM?[^)]{0,30}\))|"
    r"(?:cárcel(?:es)?|carcelari[oa]|penitenciario)(?P<j> \(JEM[^)]{0,30}\)))"
)
"""The abbreviation of a model behind its name."""
WENT_FROM = when_needed(rf"(?i)\b(?P<verb>pas(?:ó|aron)|ha pasado|han pasado) de (?P<have>{HAVING} ){FIGURE}")
TO_HAVING = when_needed(rf"(?i)\bpas(?:ó|aron|ado) de [^;:]{{2,90}}? a (?P<have>{HAVING} ){FIGURE}")
FROM_NONE = when_needed(
    rf"(?i)\b(?P<verb>pas(?:ó|aron)|ha pasado|han pasado) de (?:no (?:{HAVING}) (?:ningún|ninguna)|"
    rf"cero|ningún|ninguna) (?P<what>{THINGS})\b"
)
LISTED_SINCE = when_needed(rf"(?i)\b(?P<verb>figura|aparece|está) desde (?P<time>{TIME}) (?P<on>en {LIST})\b")
MEMBER_SINCE = when_needed(
    r"(?i)\b(?:forma parte del programa|participa en el programa|pertenece al programa|está en el programa|"
    r"integra el programa)(?P<g>(?: federal)? 287\(g\))?(?=,? desde\b)"
)
HOLDER_SINCE = when_needed(
    r"(?i)\b(?:tiene|mantiene|cuenta con) (?:un |una )?(?P<what>acuerdo|convenio)(?P<g> 287\(g\))?(?: con(?: "
    r"el)? ICE)?"
    rf"(?=,? desde (?:hace |el |{MONTHS}|principios|mediados|finales|fines|20))"
)
THE_SAME_MONTH = when_needed(r"(?i)(?P<what>\bel (?P<day>\d{1,2}))(?=[.;,]|$| y )(?!,\d)")
DAY_AND_MONTH = when_needed(r"(?i)\b\d{1,2} de (?P<month>[a-z]+)\b")
NEWEST_LIST = when_needed(
    r"(?i)\bla (?:lista|versión) más reciente(?: (?:de|del) ICE)?, (?:del?|con fecha del|publicada el|fechada el) "
    r"(?P<day>\d{1,2}) de (?P<month>[a-z]+)(?: de (?P<year>\d{4}))?,(?= )"
)
TOOK_OFFICE = when_needed(
    r"(?i)\b(?:al (?:comenzar|iniciar|empezar|arrancar|inicio de|comienzo de)|cuando (?:comenzó|empezó|inició|"
    r"arrancó)) "
    r"(?:el|la|del) (?:gobierno|administración|presidencia|mandato) (?:de |del presidente )(?:Joe )?Biden\b"
)
STREETS = when_needed(
    r"(?i)\b(?P<the>el )?(?:modelo|esquema|tipo) que (?:l[eo]s )?(?:permite|autoriza|faculta)(?: a (?:los "
    r"agentes|los policías|"
    r"la policía|los oficiales|sus agentes))?(?: a)? (?:actuar|operar|patrullar|detener (?:a )?(?:inmigrantes|"
    r"migrantes)|"
    r"hacer (?:arrestos|detenciones)|interrogar (?:a )?(?:inmigrantes|migrantes)) en (?:la calle|las calles|la "
    r"vía pública)\b"
)
AS_OF_MODEL = when_needed(
    r"(?i)\b(?:un (?P<what>acuerdo|convenio) )como (?:agencia|oficiales|oficial|agentes) de (?:servicio de "
    r")?órdenes judiciales\b"
)
ALLOWED = when_needed(
    r"(?i)\b(?P<verb>permite|permiten|permitió) (?P<that>que) (?=[^.;:]{3,70}?\b(?P<do>hagan|realicen|ejerzan|"
    r"cumplan|desempeñen|"
    r"asuman|actúen|interroguen|detengan|identifiquen|ejecuten|colaboren|cooperen)\b)"
)
DOING = {
    "hagan": "do", "realicen": "perform", "ejerzan": "perform", "cumplan": "perform", "desempeñen": "perform",
    "asuman": "assume", "actúen": "act", "interroguen": "question", "detengan": "detain", "identifiquen": "identify",
    "ejecuten": "serve", "colaboren": "collaborate", "cooperen": "cooperate",
}  # fmt: skip
GREW_THAN = when_needed(
    rf"(?i)\b(?P<a>un )?(?P<share>\d[\d.,]* ?%) más que (?P<end>(?:en (?={MONTHS})|"
    r"a (?=principios|comienzos|finales|fines|mediados)|"
    r"l[oa]s (?=\d[\d.,]* (?:de|que había en) )))"
)
AMONG_FIRST = when_needed(
    r"(?i)\bfue(?:ron)? de (?:l[oa]s )primer[oa]s en (?=firmar|sumarse|unirse|adherirse|participar)"
)
RANKED = when_needed(
    r"(?i)\b(?P<ya>ya )?es (?:el|la) (?P<rank>segund[oa]|tercer[oa]|cuart[oa]|quint[oa])"
    r"(?=,| en (?:número|cantidad|total) de|, por número)"
)
RANKS = {"segund": "second", "tercer": "third", "cuart": "fourth", "quint": "fifth"}
OUTLET = (
    r"(?:este (?:medio|diario|periódico|portal)|esta (?:agencia|cadena|redacción|revista|publicación)|"
    r"[A-ZÁÉÍÓÚ][\wáéíóúñ]+(?: [A-ZÁÉÍÓÚ][\wáéíóúñ]+){0,3})"
)
COUNTING = (
    r"(?:(?:un|una|el|la|los|las) )?(?:cálculos?|análisis|recuentos?|conteos?|revisi(?:ón|ones)|"
    r"estimaciones|tabulaci(?:ón|ones))"
)
ANALYZED = when_needed(
    rf"(?i:\b(?P<by>según|de acuerdo con|de acuerdo a)) {COUNTING}(?: propi[oa]s?)?(?: (?:de|hecho por|"
    rf"realizado por|elaborado por) {OUTLET})?"
    r" (?:a partir de|con base en|basad[oa]s? en|con|sobre|de) (?:los |las )?(?:registros|datos|cifras|listas|"
    r"documentos|listados)"
    r"(?: públic[oa]s| oficiales| federales)?(?: de(?:l| la)? (?:ICE|propia agencia|agencia federal|propio ICE)"
    r")?(?=[,.;]|$| (?:hay|el|la|los|las|en)\b)"
)
BY_OUTLET = when_needed(
    rf"(?i)\b(?:según|de acuerdo con|de acuerdo a) {COUNTING} de (?:este (?:medio|diario|periódico|portal)|"
    r"esta (?:agencia|cadena|redacción|revista|publicación))(?=[,.;]|$)"
)
"""Who counted the federal lists: according to an analysis of them."""
CALLED = when_needed(
    r"\b(?:organización|coalición|grupo|alianza|red|asociación|fundación|campaña|colectivo|diario|periódico|"
    r"revista|portal|"
    r"cadena) (?P<name>[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?: (?:(?:de|del|la|los|las|por|para|sin|en|con|y) "
    r"){0,2}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){0,5})"
)
"""What an organization is called stays as it is printed: la organización Vecinos del Valle."""
TIMES_THOSE = when_needed(
    r"(?i)\bveces l[oa]s que (?:había|habían|existían|hubo|tenía|eran)(?= (?:en|hace|al|a|el|cuando)\b)"
)
GROWN_TO = when_needed(r"(?i)(?:(?<=crecido )|(?<=llegado )|(?<=creció ))hasta (?:l[oa]s )?(?=\d)")
PUBLISHED_BY = when_needed(
    r"(?i)\bque (?:publica|publicó|mantiene|divulga|difunde|actualiza)(?: en su (?:página|sitio|portal)(?: web)?)? "
    r"(?:la (?:propia )?(?:agencia|dependencia)|(?:el )?ICE)\b"
)
THERE_WERE = when_needed(rf"(?i)\bque (?:había|hubo)(?! (?:sido|ya sido|{PARTICIPLE}\b))")
ENDED_THEN = when_needed(
    r"(?i)\b(?P<end>pus(?:o|ieron) fin) (?P<when>(?:en|el|este|esta|la semana|a (?:principios|mediados|finales))"
    r" [^,.;]{2,25}?) "
    r"(?P<to>al?)(?= (?:acuerdo|convenio|su acuerdo|su convenio))"
)
ON_THE_STREET = when_needed(
    r"(?i)(?:(?<=acuerdos )|(?<=convenios ))(?:permiten|autorizan|facultan) a (?:los policías|los agentes|la "
    r"policía|sus agentes) "
    r"(?:a )?(?:actuar|operar|patrullar|interrogar a (?:inmigrantes|migrantes)|detener a (?:inmigrantes|migrantes)|"
    r"preguntar por el estatus migratorio) en (?:la calle|las calles|la vía pública)\b"
)
DIRECTIONS = when_needed(
    r"(?i)\ben el (?P<side>suroeste|sudoeste|sureste|sudeste|noroeste|noreste|nordeste|centro) de(?= [A-ZÁÉÍÓÚ])"
)
SIDES = {
    "suroeste": "southwestern", "sudoeste": "southwestern", "sureste": "southeastern", "sudeste": "southeastern",
    "noroeste": "northwestern", "noreste": "northeastern", "nordeste": "northeastern", "centro": "central",
}  # fmt: skip


INCLUDED = when_needed(rf"(?i)\b(?:inclu(?:ía|ían|yó|yeron)|contaba|enumeraba|reportaba) {FIGURE}")
NO_MORE_THAN = when_needed(
    rf"(?i)\bno (?P<verb>tiene|tienen|tenía|tenían|hay|había|cuenta con|cuentan con) más que {FIGURE}"
)
ONLY_SO_MANY = {
    "tiene": "has", "tienen": "have", "tenía": "had", "tenían": "had", "hay": "there are", "había": "there were",
    "cuenta con": "has", "cuentan con": "have",
}  # fmt: skip
SECOND_TERM = when_needed(
    r"(?i)\bdesde (?:que (?:comenzó|empezó|inició|arrancó) el|el (?:inicio|comienzo) del) segundo (?:mandato|"
    r"gobierno|período|periodo) "
    r"de (?:Donald )?Trump\b"
)
TRAINED = when_needed(
    r"(?i)\b(?P<a>una? )(?:capacitación|entrenamiento|adiestramiento|formación)(?P<online> en línea| virtual)? "
    r"de (?P<hours>\d{1,3}) "
    r"horas(?P<behind> en línea)?"
)
MODEL_ALONE = when_needed(
    r"(?i)(?:(?<=[:;,y] )|(?<=siguen )|(?<=sigue ))"
    r"el (?P<which>de (?:fuerzas? de tarea|grupos? de trabajo)|de (?:(?:oficial(?:es)?|agentes?) de )?"
    r"(?:servicio de )?órdenes(?: judiciales)?|carcelario|de (?:las )?cárcel(?:es)?)(?=,? (?:suma|tiene|cuenta|"
    r"acumula|con|\d))"
)
MODEL_BEFORE = when_needed(r"(?i)\b(?:modelos?|modalidad(?:es)?)\b")
ONE_OF_THOSE = when_needed(
    r"(?i)\b(?P<is>es|fue) una de las (?P<what>agencias|corporaciones|dependencias) que "
    r"(?=firm|se sum|se uni|particip|colabor|cooper|tien|suscrib)"
)
WITH_ONE_SINCE = when_needed(
    r"(?i), con (?:un )?(?:acuerdo|convenio)(?: vigente| firmado)?(?: con(?: el)? ICE)? "
    rf"(?=desde (?:hace |el |{MONTHS}|20))"
)
PLAINLY = (
    (WITH_ONE_SINCE, ", which has had an agreement "),
    (INCLUDED, "had "),
    (TIMES_THOSE, "times as many as"), (GROWN_TO, "to "), (PUBLISHED_BY, "that ICE publishes"),
    (THERE_WERE, "that there were"), (ON_THE_STREET, "are under the task force model"),
)  # fmt: skip


def shapes_in(text: str) -> list[Row]:
    """The stretches of a text that are put otherwise."""
    found: list[Row] = []
    for one in KINDS:
        found += one(text)
    return found


def _opening(match: re.Match[str], said: str) -> str:
    """A capital where the stretch has one."""
    return said[0].upper() + said[1:] if match[0][:1].isupper() else said


def _abbreviated(text: str) -> Iterator[Row]:
    if "(" not in text:
        return
    for match in ABBREVIATED.finditer(text):
        yield (*match.span(), f"({match['name']})")
    for match in MODEL_NAMED.finditer(text):
        group = next(one for one in ("w", "t", "j") if match[one])
        yield (*match.span(group), "")


def _went(text: str) -> Iterator[Row]:
    """«pasó de tener 2 acuerdos a 32»; «de no tener ningún convenio a contar con 18»."""
    if " de " not in text:
        return
    for match in WENT_FROM.finditer(text):
        yield (*match.span("have"), "")
    for match in TO_HAVING.finditer(text):
        yield (*match.span("have"), "")
    for match in FROM_NONE.finditer(text):
        thing = NONE_OF[match["what"].lower().removesuffix("s").removesuffix("e")]
        had = "has gone" if match["verb"].lower().startswith("ha ") else "went"
        yield (*match.span(), f"{'have gone' if match['verb'].lower().startswith('han') else had} from no {thing}")


def _since(text: str) -> Iterator[Row]:
    """What still is so is in English said of all the time since: figura desde el viernes en la lista."""
    if "desde " not in text:
        return
    for match in LISTED_SINCE.finditer(text):
        if re.search(r"(?i)\b(?:no|tampoco|nunca|se) $", text[: match.start()]):
            continue
        yield (*match.span("verb"), "has been on the list")
        yield match.start("on") - 1, match.end("on"), ""
    for match in MEMBER_SINCE.finditer(text):
        if not re.search(r"(?i)\b(?:no|tampoco|nunca|que) $", text[: match.start()]):
            yield (*match.span(), f"has been part of the {'287(g) ' if match['g'] else ''}program")
    for match in HOLDER_SINCE.finditer(text):
        if not re.search(r"(?i)\b(?:no|tampoco|nunca|que) $", text[: match.start()]):
            yield (*match.span(), "has had an agreement")


def _days(text: str) -> Iterator[Row]:
    """«firmó el 10 de marzo; el de Broome lo hizo el 21»: of the month that was named last."""
    months = spanish_words()["months"]
    for match in THE_SAME_MONTH.finditer(text):
        if not DID_ON.search(text[: match.start()]):
            continue
        sentence = re.split(r"[.?!] ", text[: match.start()])[-1]
        named = [months.get(one["month"].lower()) for one in DAY_AND_MONTH.finditer(sentence)]
        if int(match["day"]) <= LAST_DAY:
            known = named[-1] if named else None
            yield (*match.span("what"), f"on {known} {match['day']}" if known else f"on day {match['day']} of a month")
    for match in NEWEST_LIST.finditer(text):
        if month := months.get(match["month"].lower()):
            year = f", {match['year']}" if match["year"] else ""
            yield (*match.span(), _opening(match, f"the list of {month} {match['day']}{year}"))


NONE_OF = {
    "acuerdo": "agreements", "convenio": "agreements", "pacto": "agreements", "agencia": "agencies",
    "corporación": "agencies", "corporacion": "agencies", "dependencia": "agencies", "condado": "counties",
    "alguacil": "sheriffs", "socio": "partners",
}  # fmt: skip
DID_ON = when_needed(r"(?i)\b(?:hizo|hicieron|firmó|firmaron|suscribió|suscribieron|sumó|sumaron|unió|unieron) $")
LAST_DAY = 31


def _worded(text: str) -> Iterator[Row]:
    for match in TOOK_OFFICE.finditer(text):
        yield (*match.span(), _opening(match, "when Biden took office"))
    for match in STREETS.finditer(text):
        yield (*match.span(), f"{'the ' if match['the'] else ''}task force model")
    for match in AS_OF_MODEL.finditer(text):
        yield (*match.span(), "a warrant service officer agreement")
    for match in AMONG_FIRST.finditer(text):
        yield (*match.span(), "was among the first to ")
    for pattern, said in PLAINLY:
        for match in pattern.finditer(text):
            yield (*match.span(), said)
    for match in NO_MORE_THAN.finditer(text):
        yield (*match.span(), f"{ONLY_SO_MANY[match['verb'].lower()]} only ")
    for match in ONE_OF_THOSE.finditer(text):
        yield (*match.span(), f"{'is' if match['is'].lower() == 'es' else 'was'} among the agencies that ")
    for match in SECOND_TERM.finditer(text):
        yield (*match.span(), _opening(match, "since Trump took office"))
    for match in TRAINED.finditer(text):
        online = "online " if match["online"] or match["behind"] else ""
        yield (*match.span(), f"a {match['hours']}-hour {online}training")
    for match in MODEL_ALONE.finditer(text):
        if MODEL_BEFORE.search(text[max(match.start() - MODEL_NEAR, 0) : match.start()]):
            yield (*match.span(), f"the {_model(match['which'].lower())} model")
    for match in ENDED_THEN.finditer(text):
        yield (*match.span("end"), "ended")
        yield (*match.span("to"), "the" if match["to"].lower() == "al" else "")
    for match in RANKED.finditer(text):
        rank = RANKS[match["rank"].lower()[:-1]]
        yield (*match.span(), f"{'already ' if match['ya'] else ''}ranks {rank}")
    for pattern in (ANALYZED, BY_OUTLET):
        for match in pattern.finditer(text):
            yield (*match.span(), _opening(match, "according to an analysis of ICE data"))
    for match in CALLED.finditer(text):
        yield (*match.span("name"), " ".join(one[0].upper() + one[1:] for one in match["name"].split(" ")))
    for match in DIRECTIONS.finditer(text):
        yield (*match.span(), f"in {SIDES[match['side'].lower()]}")


MODEL_NEAR = 150
"""How many letters before it the word «modelo» may be: el de fuerza de tarea suma 521."""


def _model(said: str) -> str:
    if "tarea" in said or "trabajo" in said:
        return "task force"
    return "warrant service officer" if "órdenes" in said else "jail enforcement"


def _allowed(text: str) -> Iterator[Row]:
    """«permite que los policías hagan labores»: allows them to do it."""
    for match in ALLOWED.finditer(text):
        yield (*match.span("that"), "")
        yield (*match.span("do"), f"to {DOING[match['do'].lower()]}")


def _grew(text: str) -> Iterator[Row]:
    """«más que en enero», behind a percentage: an increase since January."""
    if "%" not in text:
        return
    for match in GREW_THAN.finditer(text):
        share = match["share"].replace(" ", "").replace(",", ".")
        from_those = match["end"].lower().startswith("l")
        yield (*match.span(), f"a {share} increase {'from the ' if from_those else 'since '}")


KINDS: tuple[Callable[[str], Iterator[Row]], ...] = (_abbreviated, _went, _since, _days, _worded, _allowed, _grew)
