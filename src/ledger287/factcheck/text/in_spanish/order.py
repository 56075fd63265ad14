"""Spanish turns of phrase that no word-by-word gloss gives, because what a word says hangs on the words around it.

What enters: a Spanish text. What leaves: stretches of it with their English: "más acuerdos que Texas" (than),
"había 30" (there were), "ni ... ni" (neither, nor), "los alguaciles de Hays, Bexar y Webb" (counties). Promise: a
turn is read only where its words settle it; everything else is left to the declared words.
"""

import re
from collections.abc import Iterator
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.lexicon import plain
from ledger287.factcheck.text.in_spanish.words.names import NAMED, spanish_words

Row = tuple[int, int, str]
CAPS = r"[A-ZÁÉÍÓÚÑ][\w’'-]+(?: (?:de |del |la |los )?[A-ZÁÉÍÓÚÑ][\w’'-]+){0,2}"
LISTED = rf"{CAPS}(?:, {CAPS})* (?:y|e) {CAPS}"

THAN = when_needed(
    r"(?i)\b(?:más|menos|mayor(?:es)?|menor(?:es)?)\b(?: (?!que\b|muestra|indica|revela|señala|dice|confirma|"
    r"apunta|refleja|asegura|afirma)[\w()%]+){0,6}?"
    r"(?<!\bde)(?<!\bpara)(?<!\bdesde)(?<!\bsin) (?P<que>que)"
    r"(?= (?-i:[A-ZÁÉÍÓÚÑ]|\d)| (?:el|la|los|las|en|a|hace|antes|nunca|ahora|cualquier|ningún|todos|todas|su|sus|"
    r"otros|otras)\b)"
)
"""What is compared: más acuerdos que Texas; menos agencias que hace un año; más que las 282 de Florida."""
FEWER = when_needed(
    r"(?i)\bmenos(?= (?:acuerdos|convenios|pactos|agencias|corporaciones|dependencias|condados|estados|alguaciles|"
    r"sheriffs|firmas)\b)"
)
RELATIVE = when_needed(r"(?i)\b(?:más|menos)\b[^,.;]*\bque (?:el|la|los|las) \w+(?:[oó]|aron|ieron|an|en)\b")
"""«los condados más grandes que los firmaron»: no comparison."""
PARTICIPLE = r"\w+(?:ado|ido|ito|rto|sto|cho|elto)"
THERE = when_needed(rf"(?i)\b(?P<no>no )?(?P<verb>había|habían|hubo)(?= (?:ya )?(?!(?:sido|{PARTICIPLE})\b))")
"""«había 30 acuerdos», and not «había firmado»."""
NEITHER = when_needed(r"(?i)\bni\b(?! (?:una? sol[oa]|siquiera|por asomo|uno?a? de|uno)\b)")
DENYING = when_needed(r"(?i)\b(?:no|sin|ningun[oa]|ningún|nunca|tampoco|jamás|nadie)\b")
COUNTIES_OF = when_needed(
    rf"(?P<who>[Ll]os (?:alguaciles|sheriffs)|[Ll]as [Oo]ficinas (?:del (?:[Aa]lguacil|[Ss]heriff)|de (?:los )?"
    rf"(?:alguaciles|sheriffs)))(?: de los condados)? de (?P<names>{LISTED})"
)
POLICE_OF = when_needed(
    rf"(?P<who>[Ll]as? [Pp]olicías?(?: municipal(?:es)?)?|[Ll]os [Dd]epartamentos de [Pp]olicía) de "
    rf"(?P<names>{LISTED})"
)
COUNTIES = when_needed(rf"(?P<who>[Ll]os [Cc]ondados) de (?P<names>{LISTED})")
WITH_MOST = when_needed(
    r"(?i)\b(?P<of>el |un )?estado (?P<land>del país )?que más "
    r"(?P<what>acuerdos|convenios|agencias|condados|contratos|pactos) "
    r"(?:tiene|suma|acumula|registra|reúne|concentra|ha firmado|posee|aporta|mantiene)"
)
PROGRAM = when_needed(
    r"(?i)\b(?P<of>el )?(?P<so>llamado |denominado |polémico |controvertido )?programa "
    r"(?:federal |de ICE |del ICE )?287 ?\(?g\)?"
)
AS = when_needed(r"(?<=\w )como(?= (?:el |la |los |las )?(?:condado de |oficina )?[A-ZÁÉÍÓÚÑ])")
AS_AFTER = when_needed(
    r"(?i)(?:condados|agencias|estados|ciudades|municipios|lugares|corporaciones|dependencias)(?: \w+)? $"
)
MOST_UNDER = when_needed(
    r"(?i)(?<=, )(?P<casi>casi )?(?P<who>la mayoría|la mayor parte|todos|todas)(?P<under> del)(?= modelo)"
)
MOST = when_needed(
    r"(?i)(?<=, )(?:en su mayoría|la mayoría|la mayor parte)"
    r"(?= (?:oficinas|departamentos|policías|alguaciles|sheriffs|en|con|firmad|suscrit))"
)
AGAIN = when_needed(
    rf"(?P<before>^|[.;,] |\b(?:[Nn]i|y|o|que|como|pero|pero sí|a diferencia de|pero no|aunque no|entre ell[oa]s|"
    rf"incluid[oa]s?|(?:[Tt]ambién )?(?:figuran?|aparecen?|están?|firmó|firmaron)(?: también)?) )"
    rf"(?P<again>(?:[EeLl](?:[la]|[oa]s) d(?:e(?: la ciudad de)?|el [Cc]ondado(?: de)?|e los [Cc]ondados de) ))"
    rf"(?P<name>{LISTED}|{NAMED.removeprefix('(?P<name>').removesuffix(')')})"
)
"""«La Policía de Doral firmó. La de Hialeah lo había hecho»: an agency of the kind that was named last."""
MEMBERS = when_needed(
    r"(?i)\b(?:incluid[oa]s?|incluyendo|entre ell[oa]s|como) (?:la|el|las|los) (?:policía|alguacil|sheriff|del? "
    r"|oficina)"
    r"[^.;:()]{0,80}(?:y|o|,) $"
)
"""Within a list of members, each is named as the first is."""
LEANS = (
    r"(?:, [^,.;]{3,50},)? (?:(?:no|ya|también|lo|ha|había|se|acaba de) )*(?:hizo|hicieron|hecho|firm|suscri|sum|adhi|"
    r"uni|incorpor|sali|retir|cancel|rescind|tiene|tuvo|mantiene|figura|aparece|está|sigue|renov|entr|particip|"
    r"dej|abandon)"
)
"""What an agency is said to do."""
KNOWING = ("ni", "a", "entre", "incluido", "incluida", "incluidos", "incluidas", "figura", "figuran", "aparece",
           "aparecen", "está", "están", "firmó", "firmaron", "pero", "aunque")  # fmt: skip
"""First words of what is before an agency that is named by its place alone, with no verb of its own."""
KINDS = (
    (when_needed(r"[Pp]olicía"), "{name} Police Department"),
    (when_needed(r"(?:[Aa]lguacil|[Ss]heriff)(?:es|s)?\b"), "{name} County Sheriff's Office"),
    (when_needed(r"(?<!lguacil del )(?<!heriff del )[Cc]ondados?"), "{name} County"),
)


PERSONAL = when_needed(
    r"(?i)\b(?:interrog|entrevist|cuestion|arrest|deten|detuv|detien|reten|retuv|retien|identific|proces|transfer|"
    r"transfier|traslad|deport|expuls|liber|encarcel|capacit|entren|adiestr|permit|autoriz|facult|habilit|"
    r"obliga|preocup)\w*"
    r"(?: ya)? (?P<a>a)(?= (?:los|las|la policía|un|una|unos|unas|más de|menos de|casi|cerca de|\d|personas|"
    r"inmigrantes|migrantes|policías|agentes|nadie|quien|sus|su)\b)"
)
"""The "a" before persons, for which English has no word: capacitó a 30 agentes."""
COUNTED = (
    r"(?:acuerdos|convenios|pactos|agencias|corporaciones|dependencias|departamentos|oficinas|alguaciles|sheriffs|"
    r"condados|estados|universidades|ciudades|jurisdicciones|solicitudes|entidades|cuerpos)"
)
NEAR = r"(?:(?:más de|menos de|casi|unos|unas|apenas|al menos|cerca de|solo|sólo) )?"
THERE_ARE = when_needed(
    rf"(?i)\b(?P<ya>ya )?(?P<son>son|eran|suman)(?: (?P<too>ya))? {NEAR}"
    rf"[\w.,]+(?: y \w+)?(?: (?P<art>(?:los|las)))(?= {COUNTED}\b)"
)
"""«ya son cinco las agencias de Nevada»: there are already five."""
THOSE = when_needed(r"(?i)\b(?P<lead>entre ell[oa]s|incluid[oa]s|incluyendo) (?:los|las)(?= del? )")
"""Entre ellos los del condado de Hays: including those of it."""
IT_HAS = when_needed(
    r"(?:^|(?<=[.;] ))(?:[Hh]oy|[Aa]hora|[Aa]ctualmente)(?: ya)? (?:tiene|suma|cuenta con|acumula|registra)"
    rf"(?= {NEAR}\d)"
)


ONLY = when_needed(
    r"(?i)\b(?:apenas|solo|sólo|solamente|únicamente|tan solo) (?P<verb>hay|existe|existen|tiene|tienen|cuenta con|"
    r"cuentan con|suma|suman|había|tenía|tenían)(?P<one> una?)?(?= (?:\d|\w+ (?:acuerdo|agencia|convenio)|acuerdo|"
    r"agencia|convenio|condado|alguacil|sheriff|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez))"
)
"""«apenas hay un acuerdo», «solo tiene 3»: there is only one, has only 3."""
HAD_THEN = when_needed(
    r"(?i)\b(?P<verb>contaba|contaban|cuenta|cuentan) "
    r"(?:(?:en|a (?:principios|comienzos|inicios|mediados|fines|finales) de) [a-z]+(?: de \d{4})?|entonces) "
    r"(?P<con>con)\b"
)
"""«contaba en septiembre con ocho acuerdos»: had in September a total of eight agreements."""
HAS = {"contaba": "had", "contaban": "had", "cuenta": "has", "cuentan": "have"}
FOLD = when_needed(
    r"(?i)\bse (?:(?:ha|han) )?multiplic(?:ó|aron|ado) por (?P<near>(?:más de|casi|unas|cerca de) )?"
    r"(?P<times>\d[\d.,]*|[a-z]+)\b"
)
"""Se multiplicó por veinte: grew 20-fold."""
FOLD_NEAR = {"más de": "more than ", "casi": "nearly ", "unas": "about ", "cerca de": "nearly "}
AND_OF = when_needed(rf"(?<=[ ,]y )\d[\d.,]*(?: agencias| acuerdos| convenios)? (?P<of>de)(?= (?P<state>{CAPS})\b)")
"""276 agencias de Florida y 201 de Texas: in it."""
ONLY_VERBS = {
    "hay": "there are", "existe": "there is", "existen": "there are", "tiene": "has", "tienen": "have",
    "cuenta con": "has", "cuentan con": "have", "suma": "has", "suman": "have", "había": "there were",
    "tenía": "had", "tenían": "had",
}  # fmt: skip
NEITHER_HAS = when_needed(
    rf"(?P<names>[Nn]i {CAPS}(?:,? ni {CAPS})+) (?P<verb>tienen?|cuentan? con|mantienen?)(?= (?!un |una )[a-z]+s\b)"
)
"""«Ni California ni Illinois tienen agencias»: they have none."""
DATELINE = when_needed(
    r"^(?P<city>[A-ZÁÉÍÓÚÑ][\w .]{2,30}?)(?:,? \d{1,2} (?:de )?[a-z]{3,10}\.?)?"
    r"(?: \((?:EFE|AP|AFP|Reuters|Europa Press|REUTERS)\) ?\.?|(?P<bare> ?\.)) ?[-–—]+ ?"
)
"""WASHINGTON, 8 may (EFE).- or Washington.- : as an English wire begins."""


def settled_in(text: str) -> list[Row]:
    """The dateline; agencies that are named by their place alone, and several named together."""
    states = {one.name for one in declared.states()} - {"Washington", "New York"}
    datelines = [
        (*match.span(), f"{match['city'].upper()} (AP) — ")
        for match in DATELINE.finditer(text)
        if not (match["bare"] and match["city"] in states)
    ]
    return [*datelines, *_neither_has(text), *_again(text), *_named_together(text)]


def _neither_has(text: str) -> Iterator[Row]:
    for match in NEITHER_HAS.finditer(text):
        names = [one for one in re.split(r",? ?\b[Nn]i ", match["names"]) if one]
        states = [_state(name) for name in names]
        if all(states):
            yield (*match.span(), _joined("", [str(one) for one in states], " have no"))


@cache
def _state(name: str) -> str | None:
    """The English name of a state."""
    codes = {plain(str(spanish)): code for code, spanish in spanish_words()["states"].items()}
    names = declared.state_names()
    found = codes.get(plain(name))
    return names.get(found) if found else next((one for one in names.values() if plain(one) == plain(name)), None)


def turns_in(text: str) -> list[Row]:
    """The stretches of a text whose English their surroundings settle, where no longer declared phrase has them."""
    found: list[Row] = []
    for one in (_had_then, _than, _fewer, _people, _there, _neither, _most, _numbered):
        found += one(text)
    return found


def _had_then(text: str) -> Iterator[Row]:
    for match in HAD_THEN.finditer(text):
        yield (*match.span("verb"), HAS[match["verb"].lower()])
        yield (*match.span("con"), "a total of")


def _than(text: str) -> Iterator[Row]:
    for match in THAN.finditer(text):
        if not RELATIVE.match(match[0] + text[match.end() : match.end() + 40].split(",", maxsplit=1)[0]):
            yield (*match.span("que"), "than")


def _fewer(text: str) -> Iterator[Row]:
    for match in FEWER.finditer(text):
        yield (*match.span(), "Fewer" if match[0][0].isupper() else "fewer")


def _there(text: str) -> Iterator[Row]:
    for match in THERE.finditer(text):
        if re.search(r"(?i)\b(?:se|lo|la|los|las|le|les) $", text[: match.start()]):
            continue
        said = "there were no" if match["no"] else "there were"
        yield (*match.span(), said[0].upper() + said[1:] if match[0][0].isupper() else said)


def _neither(text: str) -> Iterator[Row]:
    """The first of two is "neither"; one after it, or after a word that denies, is "nor"."""
    for clause in re.finditer(r"[^.;:]+", text):
        denied = False
        places = list(NEITHER.finditer(clause[0]))
        for at, match in enumerate(places):
            before = clause[0][: match.start()]
            denied = denied or bool(
                re.search(r"(?i)\b(?:no|sin|ningun[oa]|ningún|nunca|tampoco|jamás|nadie)\b", before)
            )
            said = "nor" if at or denied else "neither"
            if at or denied or len(places) > 1:
                capital = match[0][0].isupper()
                yield clause.start() + match.start(), clause.start() + match.end(), said.title() if capital else said


def _named_together(text: str) -> Iterator[Row]:
    """Several agencies or counties of one kind: los alguaciles de Hays, Bexar y Webb."""
    for pattern, before, after in (
        (COUNTIES_OF, "the sheriffs of ", " counties"),
        (COUNTIES, "", " counties"),
    ):
        for match in pattern.finditer(text):
            names = _names(match["names"])
            if names and plain(names[0]) not in _states():
                yield (*match.span(), _joined(before, names, after))
    for match in POLICE_OF.finditer(text):
        names = _names(match["names"])
        if names and not _states() & {plain(name) for name in names}:
            yield (*match.span(), _joined("", [f"{name} Police Department" for name in names], ""))


def _again(text: str) -> Iterator[Row]:
    """An agency named by the place alone, of the kind of the last one before it: ni la de Wake."""
    for match in AGAIN.finditer(text):
        if plain(match["name"]) in _states():
            continue
        before = text[: match.start("again")]
        ends = [
            (found[-1].end(), english) for pattern, english in KINDS if (found := list(pattern.finditer(before[-300:])))
        ]
        if not ends:
            continue
        listed = match["before"] in ("y ", "o ", ", ") and MEMBERS.search(before)
        known = match["before"].strip().lower().removeprefix("también ").split(" ")[0]
        if known not in KNOWING and not listed and not re.match(LEANS, text[match.end("name") :]):
            continue
        feminine = match["again"][1].lower() == "a"
        kind = max(ends)[1]
        if (feminine and kind.endswith("County")) or (not feminine and "Police" in kind):
            continue
        names = [kind.format(name=name) for name in _names(match["name"])]
        if set(map(plain, _names(match["name"]))) & _states():
            continue
        said = _joined("", names, "") if len(names) > 1 else names[0]
        yield match.start("again"), match.end("name"), said


def _names(said: str) -> list[str]:
    return re.split(r", | (?:y|e) ", said)


def _joined(before: str, names: list[str], after: str) -> str:
    return f"{before}{', '.join(names[:-1])} and {names[-1]}{after}"


@cache
def _states() -> frozenset[str]:
    """The names of states in either language: what is of a state is not of a county."""
    names = {*declared.state_codes()} | {*spanish_words()["states"].values()}
    return frozenset(plain(str(name)) for name in names)


def _people(text: str) -> Iterator[Row]:
    for match in PERSONAL.finditer(text):
        yield match.start("a"), match.end("a") + 1, ""
    for match in THERE_ARE.finditer(text):
        already = " already" if match["ya"] or match["too"] else ""
        said = ("there were" if match["son"].lower() == "eran" else "there are") + already
        yield match.start(), match.end("too") if match["too"] else match.end("son"), said
        yield match.start("art"), match.end("art") + 1, ""
    for match in FOLD.finditer(text):
        if (value := _value(match["times"])) >= TWICE:
            yield (*match.span(), f"grew {FOLD_NEAR.get((match['near'] or '').strip().lower(), '')}{value:.0f}-fold")
    for match in AND_OF.finditer(text):
        if _state(match["state"]):
            yield (*match.span("of"), "in")
    for match in ONLY.finditer(text):
        verb = ONLY_VERBS[match["verb"].lower()]
        said = f"{verb} only one" if match["one"] else f"{verb} only"
        yield (*match.span(), "there is only one" if match["one"] and verb == "there are" else said)
    for match in THOSE.finditer(text):
        yield (*match.span(), "including those")
    for match in IT_HAS.finditer(text):
        yield (*match.span(), "It now has" if match[0][0].isupper() else "it now has")


def _most(text: str) -> Iterator[Row]:
    for match in MOST_UNDER.finditer(text):
        who = "all" if match["who"].lower().startswith("tod") else "most of them"
        if match["casi"]:
            who = "nearly all"
        yield (*match.span(), f"{who} under the")
    for match in MOST.finditer(text):
        yield (*match.span(), "most of them")
    for match in WITH_MOST.finditer(text):
        english = _counted(match["what"])
        of = {"el ": "the ", "un ": "a "}.get((match["of"] or "").lower(), "")
        land = " in the country" if match["land"] else ""
        yield (*match.span(), f"{of}state{land} with the most {english}")
    for match in AS.finditer(text):
        if AS_AFTER.search(text[: match.start()]):
            yield (*match.span(), "such as")


def _numbered(text: str) -> Iterator[Row]:
    for match in PROGRAM.finditer(text):
        the = "the " if match["of"] else ""
        so = {"llamado": "so-called ", "denominado": "so-called "}.get((match["so"] or "").strip().lower(), "")
        so = so or ("controversial " if match["so"] else "")
        yield (*match.span(), f"{the}{so}287(g) program")
        if match["of"]:
            yield match.end("of"), match.end(), f"{so}287(g) program"


TWICE = 2


def _value(said: str) -> int:
    """The value of a whole number in digits or in one word; 0 for what is none."""
    return int(said) if said.isdigit() else int(spanish_words()["numbers"].get(said.lower(), 0))


def _counted(said: str) -> str:
    phrases = spanish_words()["phrases"]
    return next(
        (str(english) for english, several in phrases.items() if said.lower() in {str(one) for one in several}), said
    )
