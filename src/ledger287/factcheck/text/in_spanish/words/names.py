"""Names of agencies and counties as Spanish stories print them -> as ICE's lists do.

What enters: a Spanish text. What leaves: the stretches that name an agency or a county, each with its English name.
Promise: a county of the name of a state is not made of it, and an office is meant by its holder only where the holder
does what an office does (``DOING``).
"""

import re
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.lexicon import plain
from ledger287.factcheck.text.synonyms import spelled_out

NAMED = r"(?P<name>[A-ZÁÉÍÓÚÑ][\w’'-]+(?: (?:de |del |la |los )?[A-ZÁÉÍÓÚÑ][\w’'-]+){0,2})"
CITY = r"(?:la [Cc]iudad de )?"
SHERIFF = (
    r"(?<!departamento )(?<!Departamento )\b(?:[Ee]l |[Ll]a )?(?<!nuevo )(?<!nueva )(?<!anterior )(?<!actual )"
    r"(?:[Ss]heriff|[Aa]lguacil)"
)
PERSON = r"(?:[A-ZÁÉÍÓÚÑ][\w’'-]+ ){1,2}[A-ZÁÉÍÓÚÑ][\w’'-]+"
DOING = (
    r"(?=(?:, [^,.;]{3,60},)? (?:(?:no|ya|también|ha|había|recientemente) )*(?:firm|suscrib|tiene|tuvo|cancel|termin|"
    r"rescind|puso|se |particip|solicit|rechaz|declin|form|cuenta|mant|es|fue|dej|abandon|suscrito|lo hizo|renov|sali|"
    r"perdi|ingres|entr|figura|aparec|está|sigue|conserv|sum|ni (?:el|la|los|las|en)\b|ni [A-Z]|(?:sólo|solo) ))"
)
"""What a sheriff is said to do, where his office is meant: no word of saying."""
AMONG = (
    r"(?:"
    + "|".join(
        f"(?<={one} )"
        for one in (
            *("entre ellos", "entre ellas", "incluido", "incluida", "incorporación del", "adhesión del", "salida del"),
            *("firma del", "entrada del", "retirada del", "baja del", "retiro del", "ingreso del"),
        )
    )
    + r")"
)
"""Behind one of these a sheriff is a member: entre ellos el sheriff del condado de Niagara."""
UNIVERSITIES = {"Internacional": "International", "Estatal": "State", "Central": "Central", "Agrícola": "A&M"}
AGENCIES = (
    (when_needed(rf"(?<=\bpero )sí (?:el|la|lo está el|figura el) de {NAMED}"), "{name} County is"),
    (when_needed(rf"{SHERIFF}(?: {PERSON})? del [Cc]ondado(?: de)? {NAMED}(?:, {PERSON},)?" + DOING),
     "{name} County Sheriff's Office"),
    (when_needed(rf"{SHERIFF} de {NAMED}(?:, {PERSON},)?" + DOING),
     "{name} County Sheriff's Office"),
    (when_needed(rf"{AMONG}(?:[Ee]l |[Ll]a )?(?:[Ss]heriff|[Aa]lguacil) (?:del [Cc]ondado(?: de)?|de) {NAMED}"),
     "{name} County Sheriff's Office"),
    (when_needed(rf"(?:[Ll]a [Pp]olicía|[Ee]l [Dd]epartamento de [Pp]olicía) de la [Uu]niversidad de {NAMED}"),
     "University of {name} Police Department"),
    (when_needed(rf"(?:[Ll]a )?[Oo]ficina del? (?:[Ss]heriff|[Aa]lguacil) del? [Cc]ondado(?: de)? {NAMED}"),
     "{name} County Sheriff's Office"),
    (when_needed(rf"(?:[Ee]l )?[Dd]epartamento del? (?:[Ss]heriff|[Aa]lguacil) del? [Cc]ondado(?: de)? {NAMED}"),
     "{name} County Sheriff's Department"),
    (when_needed(rf"(?:[Ll]a )?[Oo]ficina del? (?:[Ss]heriff|[Aa]lguacil) de {NAMED}"),
     "{name} County Sheriff's Office"),
    (when_needed(rf"(?:[Ee]l )?[Dd]epartamento del? (?:[Ss]heriff|[Aa]lguacil) de {NAMED}"),
     "{name} County Sheriff's Department"),
    (when_needed(rf"(?:[Ee]l [Dd]epartamento de |[Ll]a )?[Pp]olicía [Mm]etropolitana de {NAMED}"),
     "{name} Metropolitan Police Department"),
    (when_needed(rf"(?:[Ee]l )?[Dd]epartamento de [Pp]olicía de {CITY}{NAMED}"), "{name} Police Department"),
    (when_needed(
        rf"(?:[Ll]a [Pp]olicía|(?:[Ee]l )?[Dd]epartamento de [Pp]olicía) del [Cc]ondado(?: de)? {NAMED}"),
     "{name} County Police Department"),
    (when_needed(rf"[Ll]a [Pp]olicía (?:[Mm]unicipal )?de (?!(?:[Cc]arreteras|[Cc]aminos|[Aa]utopistas)"
        rf"\b){CITY}{NAMED}"),
     "{name} Police Department"),
    (when_needed(rf"(?:[Ll]a )?[Oo]ficina del? (?:[Ss]heriff|[Aa]lguacil) de la [Pp]arroquia(?: de)? {NAMED}"),
     "{name} Parish Sheriff's Office"),
    (when_needed(rf"{SHERIFF} de la [Pp]arroquia(?: de)? {NAMED}(?:, {PERSON},)?" + DOING),
     "{name} Parish Sheriff's Office"),
    (when_needed(rf"\b(?:la )?[Pp]arroquia(?: de)? {NAMED}"), "{name} Parish"),
    (when_needed(rf"\b[Dd]el [Cc]ondado(?: de)? {NAMED}"), "of {name} County"),
    (when_needed(rf"\b[Aa]l [Cc]ondado(?: de)? {NAMED}"), "to {name} County"),
    (when_needed(rf"\b(?:[Ee]l )?[Cc]ondado(?: de)? {NAMED}"), "{name} County"),
    (when_needed(rf"{SHERIFF} del [Cc]ondado {NAMED}"), "{name} County Sheriff's Office"),
)  # fmt: skip
"""Names of agencies and counties as Spanish stories print them, and as ICE's lists do."""
PATROLS = (
    (
        when_needed(
            rf"\b(?:[Ee]l )?[Dd]epartamento (?:[Cc]orreccional|de (?:[Cc]orreccion(?:al)?es|[Pp]risiones))"
            rf"(?: del [Ee]stado)? de {NAMED}"
        ),
        "{name} Department of Corrections",
    ),
    (
        when_needed(rf"\b(?:[Ee]l )?[Dd]epartamento de [Ss]eguridad [Pp]ública(?: del [Ee]stado)? de {NAMED}"),
        "{name} Department of Public Safety",
    ),
    (when_needed(rf"\b[Ll]a [Gg]uardia [Nn]acional(?: del [Ee]stado)? de {NAMED}"), "{name} National Guard"),
    (
        when_needed(
            rf"\b(?:[Ll]a [Ff]iscalía [Gg]eneral|[Ll]a (?:[Oo]ficina del (?:[Ff]iscal|[Pp]rocurador) [Gg]eneral|"
            rf"[Pp]rocuraduría [Gg]eneral))(?: del [Ee]stado)? de {NAMED}"
        ),
        "{name} Attorney General's Office",
    ),
    (
        when_needed(
            rf"[Ll]a (?:[Pp]atrulla|[Pp]olicía)(?: [Ee]statal)? de (?:[Cc]aminos|[Cc]arreteras|[Aa]utopistas) "
            rf"de {NAMED}"
        ),
        "{name} Highway Patrol",
    ),
    (when_needed(rf"[Ll]a [Pp]atrulla [Ee]statal de {NAMED}"), "{name} State Patrol"),
    (when_needed(rf"[Ll]a [Pp]olicía [Ee]statal de {NAMED}"), "{name} State Police"),
)
"""Names of the forces of a state."""
OWN = {"State Police": "state_police", "Attorney General's Office": "attorneys_general"}
"""Offices that some states call otherwise: the list of declared names."""
UNIVERSITY = when_needed(
    rf"(?:[Ll]a )?[Uu]niversidad (?P<kind>{'|'.join(UNIVERSITIES)}) de(?:l| la)? {NAMED}(?: \([A-Z]+\))?" + DOING
)
"""La Universidad Estatal de Florida firmó: Florida State University."""
MODELS = ("jail enforcement model", "warrant service officer model", "task force model")
"""Their names are declared with an article, and are read without one too: un acuerdo del modelo carcelario."""


@cache
def spanish_words() -> dict[str, Any]:
    """The declared Spanish words, by their kinds."""
    data: dict[str, Any] = dict(declared.declared_yaml("factcheck/es/words.yml"))
    phrases: dict[str, list[str]] = {}
    for table in (declared.declared_yaml("factcheck/es/turns.yml"), data["phrases"]):
        for english, several in table.items():
            ways = [way for one in several for way in spelled_out(str(one), data["written"])]
            phrases.setdefault(str(english), []).extend(ways)
    for model in MODELS:
        ways = [one.partition(" ")[2] for one in phrases[f"the {model}"] if one.startswith(("el ", "la "))]
        phrases[model].extend(ways)
    data["phrases"] = phrases
    return data


@cache
def _states() -> frozenset[str]:
    """The names of states in either language: the counties of one are not a county."""
    names = {*declared.state_codes()} | {*spanish_words()["states"].values()}
    return frozenset(plain(str(name)) for name in names)


def names_in(text: str) -> list[tuple[int, int, str]]:
    """The stretches that name an agency or a county, each with the name that ICE's lists print."""
    if not NAMING.search(text):
        return []
    found = [
        (*match.span(), english.format(name=_name(match)))
        for pattern, english in AGENCIES
        for match in pattern.finditer(text)
        if plain(_name(match)) not in _states() or _is_county(text, match)
    ]
    found += _patrols(text)
    found += [
        (*match.span(), f"{match['name']} {UNIVERSITIES[match['kind']]} University")
        for match in UNIVERSITY.finditer(text)
    ]
    return found


NAMING = when_needed(
    r"(?i)ondado|heriff|lguacil|olicía|arroquia|niversidad|epartamento|atrulla|uardia|iscalía|iscal |rocurad|"
    r"(?<=pero )sí "
)
"""Words without which no agency and no county is named."""


def _is_county(text: str, match: re.Match[str]) -> bool:
    """Whether a county of the name of a state is meant: la oficina del alguacil del condado de Utah."""
    said = match[0].lower()
    definite = "del condado de " in said or said.startswith(("el condado de ", "al condado de "))
    return definite and not re.match(r" (?:con|que|donde|en el que)\b", text[match.end() :])


def _name(match: re.Match[str]) -> str:
    """The name that a pattern of agencies found, in whichever of its places."""
    return str(match.groupdict().get("name") or match.groupdict().get("other"))


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """The names of states by their codes, and the codes by either name."""
    states = {plain(str(spanish)): str(code) for code, spanish in spanish_words()["states"].items()}
    names = declared.state_names()
    return names, {plain(name): code for code, name in names.items()} | states


def _patrols(text: str) -> list[tuple[int, int, str]]:
    """The forces of states, by the names that ICE's lists print."""
    names, codes = _codes()
    words = spanish_words()
    found: list[tuple[int, int, str]] = []
    for pattern, english in PATROLS:
        for match in pattern.finditer(text):
            code = codes.get(plain(match["name"]))
            if code in names:
                said = english.format(name=names[code])
                own = next((words[kind].get(code) for end, kind in OWN.items() if said.endswith(end)), None)
                found.append((*match.span(), own or said))
    return found
