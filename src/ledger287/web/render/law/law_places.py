"""What the places of a sentence's pattern may hold, and how each is said in Spanish.

What enters: the English words of a place, such as "in Volusia County, Florida", and its kind. What leaves: the same in
Spanish, with the gender and number by which the words around it agree. Promise: names of agencies and words that a
story is quoted with stay as they are; units, models and kinds of agencies are those of ``languages/places.es.yml``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from ledger287.core import declared
from ledger287.web.render.law.law_names import (
    COUNTY,
    DAY,
    STRETCH,
    closures,
    counties,
    lasting,
    listed,
    long_day,
    moment,
    of_code,
    span,
    states,
)

MASCULINE, FEMININE = 0, 2
"""The first form of a gender; the next one is its plural."""
NUMBER = r"\$?[\d,]*\.?\d+(?: (?:million|billion))?"
HEDGES = {
    "about": "cerca de",
    "nearly": "casi",
    "just over": "poco más de",
    "more than": "más de",
    "at least": "al menos",
    "as many as": "hasta",
    "at most": "como máximo",
    "fewer than": "menos de",
    "less than": "menos de",
    "up to": "hasta",
}
HEDGED = f"(?:(?:{'|'.join(HEDGES)}) )?"
AMOUNT = f"(?:{HEDGED}{NUMBER}(?: to {NUMBER})?|no|some|…)"
ORDINALS = ("primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo")
CLOSED = "(?:Inauguration Day|(?:the|a) closure by executive order)"
QUOTED = r"“[^”]*”(?: \(its point may be a decimal sign\))?"
CODE = "=?[A-Z]{3,4}"


@dataclass(frozen=True, slots=True)
class SpanishPhrase:
    """Spanish words, and the form of the words that agree with them: masculine, its plural, feminine, its plural."""

    text: str
    form: int | None = None


@cache
def words() -> dict[str, Any]:
    """The declared units, models and kinds."""
    path = files("ledger287.web.render").joinpath("languages", "places.es.yml")
    data: dict[str, Any] = declared.read_yaml(path.read_text(encoding="utf-8"))
    return data


@cache
def _units() -> dict[str, tuple[str, str, int, bool]]:
    """English unit -> singular, plural, gender; whether the English one is plural."""
    found: dict[str, tuple[str, str, int, bool]] = {}
    for one, many, single, several, gender in words()["units"]:
        form = FEMININE if gender == "f" else MASCULINE
        found |= {one: (single, several, form, False), many: (single, several, form, True)}
    return found


def _either(some: object) -> str:
    return "|".join(re.escape(str(one)) for one in sorted(some, key=len, reverse=True))  # type: ignore[call-overload]


@cache
def shapes() -> dict[str, str]:
    """What each kind of place may hold; a kind that is not here holds any words up to a semicolon."""
    units, under = _either(_units()), _either(words()["models"])
    where = r"(?:nationwide|(?:in|outside) (?:the )?[A-Z][^;:“”]*?(?<!\.))"
    days = f"(?:on {DAY}|from {DAY}(?: to {DAY})?)"
    scope = f"(?:in a part that is not named|(?:{where})?(?: ?under (?:{under}))?)"
    return {
        "day": DAY,
        "date": DAY,
        "n": r"[\d,]*\.?\d+",
        "said": r".+?(?<!\.)",
        "model": "[A-Z]{3,4}",
        "models": r"(?:[A-Z]{3,4}(?:, [A-Z]{3,4})*|none|an agreement)",
        "code": r"[^\s;:]+",
        "text": ".+?",
        "texts": ".+",
        "rest": ".+",
        "amount": AMOUNT,
        "what": f"(?:{AMOUNT} )?(?:{units})",
        "units": f"(?:{units})",
        "under": f"(?: under (?:{under}))?",
        "undermodel": f"(?:{under})",
        "thanmodel": f"(?:{under})",
        "was": "(?:was|were)",
        "where": where,
        "days": days,
        "ondays": f"(?:,? {days})?",
        "grew": "(?:grew|fell)",
        "more": "(?:more|fewer)",
        "stretch": f"{STRETCH}(?:(?:; | and ){STRETCH})*(?:; and others)?",
        "pct": f"(?:{HEDGED}{NUMBER}(?: to {NUMBER})?|no|)%",
        "given": f"(?:{HEDGED})?{NUMBER}(?:%| times)?",
        "rank": r"-?\d+(?:st|nd|rd|th)",
        "scope": scope,
        "kind": f"(?:{_either(words()['kinds'])}|…)",
        "name": r"[^;]+?(?<!\.)",
        "states": r"[A-Z][^;:“”]*?(?<!\.)",
        "quoted": rf"{QUOTED}(?:, {QUOTED})*(?: and \d+ more)?",
        "signings": f"{CODE} on {DAY}(?:(?:, | and ){CODE} on {DAY})*",
        "agency": r"[^;:]+?",
        "side": "(?:above|below)",
        "when": "[^()]+?",
        "per": "(?:day|week|month|year)",
        "unitcode": r"[a-z_]+",
        "conflictunit": r"[a-z_ ]+?",
        "sourcelines": ".+",
        "file": r"[^\s,]+",
        "acounty": "[A-Z][^,;:]*?",
        "stateab": "[A-Z]{2}",
        "statecode": "[A-Z]{2}",
        "counts": ".+",
        "language": r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: \([^()]*\))?|another script)",
        "codequoted": r"'[^']*'",
        "param": "[a-z_]+(?: [a-z]+)*",
        "codeid": r"\S+?",
        "yourtext": r"[^;]+?",
        "heldas": f"(?:{_either(words()['held'])})",
        "countedhow": f"(?:{_either(words()['counted'])})",
        "heldtable": "ICE currently detained by criminality and arresting agency",
        "cells": r"[^;]+![A-Z]+\d+",
        "cellsrest": "[^;]+",
        "bare": r"[\d.,]+%",
        "ofstretch": f"{STRETCH}(?:; {STRETCH})*(?:; and others)?",
        "datesrest": f"{DAY}(?:, {DAY})*",
        "scopeby": r"[^;:]+?",
        "source": r"(?:(?!\) \().)+?",
        "grade": "(?:primary|secondary|counted|from memory|unverified|verified|list|typed)",
        "letter": "[A-Z]",
        "basis": r"[^()]+",
        "theby": r"[^;:]+?",
        "by": r"[^;:]+?",
        "event": "[a-z_]+",
        "clockname": f"(?:{_either(words()['clocks'])})",
        "codeform": r"[^\s;:()]+",
        "moment": rf"[A-Z][a-z]{{2}}, {DAY}, \d\d:\d\d(?: \S+?)?",
        "lasting": r"\d[\d,]* [a-z]+(?: and \d+ minutes?)?",
        "citedrest": r".+",
        "closures": rf"(?:{CLOSED}(?: \({DAY}\))?)(?:(?:, | or ){CLOSED}(?: \({DAY}\))?)*",
        "casename": r"[^()]*",
        "years": r"fiscal years? \d{4}(?: to \d{4})?",
    }


def said(kind: str, text: str) -> SpanishPhrase | None:
    """The Spanish of what a place holds; None for a kind that is not said here."""
    maker = _MAKERS.get(kind)
    return maker(text) if maker else None


# -- numbers and units ---------------------------------------------------------------------------------


def _number(text: str) -> str:
    return text.replace(" million", " millones").replace(" billion", " mil millones")


def _amount(text: str) -> str:
    hedge = next((one for one in HEDGES if text.startswith(f"{one} ")), "")
    number = {"no": "0", "some": "algunos"}.get(text) or _number(text.removeprefix(hedge).strip())
    if " to " in number:
        low, high = number.split(" to ")
        number = f"de {low} a {high}"
    return f"{HEDGES[hedge]} {number}" if hedge else number


def _what(text: str) -> SpanishPhrase:
    unit = next(one for one in sorted(_units(), key=len, reverse=True) if text.endswith(one))
    single, several, gender, plural = _units()[unit]
    amount = text.removesuffix(unit).strip()
    if amount == "no":
        return SpanishPhrase(f"{'ninguna' if gender else 'ningún'} {single}", gender)
    if amount == "some":
        return SpanishPhrase(f"{'algunas' if gender else 'algunos'} {several}", gender + 1)
    if not amount:
        return SpanishPhrase(several if plural else single, gender + plural)
    if amount.rpartition(" ")[2] == "1" and " to " not in amount:
        return SpanishPhrase(f"{_amount(amount)} {single}", gender)
    return SpanishPhrase(f"{_amount(amount)} {several}", gender + 1)


def _percent(text: str) -> SpanishPhrase:
    number = text.removesuffix("%")
    if number in ("no", ""):
        return SpanishPhrase("el 0%", MASCULINE)
    hedge = next((one for one in HEDGES if number.startswith(f"{one} ")), "")
    number = number.removeprefix(hedge).strip()
    share = f"entre el {number.replace(' to ', ' y el ')}%" if " to " in number else f"el {number}%"
    return SpanishPhrase(f"{HEDGES[hedge]} {share}" if hedge else share, MASCULINE)


def _given(text: str) -> SpanishPhrase:
    return SpanishPhrase(f"{_amount(text.removesuffix(' times'))} veces" if text.endswith(" times") else _amount(text))


def _rank(text: str) -> SpanishPhrase:
    place = int(text[:-2])
    return SpanishPhrase(f"el {ORDINALS[place - 1]} lugar" if 0 < place <= len(ORDINALS) else f"el lugar {place}")


def _units_alone(text: str) -> SpanishPhrase:
    single, several, gender, plural = _units()[text]
    return SpanishPhrase(several if plural else single, gender + plural)


def _years(text: str) -> SpanishPhrase:
    years = re.findall(r"\d{4}", text)
    return SpanishPhrase(f"años fiscales {years[0]} a {years[1]}" if len(years) > 1 else f"año fiscal {years[0]}")


# -- places and names ----------------------------------------------------------------------------------


def _where(text: str) -> SpanishPhrase | None:
    if text == "nationwide":
        return SpanishPhrase("en todo el país")
    preposition, _, names = text.partition(" ")
    found = states(names) or counties(names)
    before = "fuera de" if preposition == "outside" else "en"
    comma = "," if found and ", " in found and not states(names) else ""
    return SpanishPhrase(f"{before} {found or names}{comma}")


def _name(text: str) -> SpanishPhrase:
    if text in words()["names"]:
        return SpanishPhrase(words()["names"][text])
    if text in words()["models"]:
        return SpanishPhrase(words()["models"][text][1])
    found = states(text) or counties(text)
    return SpanishPhrase(found or text, MASCULINE + (" and " in text))


def _under(text: str) -> SpanishPhrase:
    model = text.strip().removeprefix("under ")
    return SpanishPhrase(f" {words()['models'][model][0]}" if text.strip() else "")


def _model(text: str) -> SpanishPhrase:
    return SpanishPhrase(words()["models"][text][1])


def _scope(text: str) -> SpanishPhrase:
    if text == "in a part that is not named":
        return SpanishPhrase("estaba en una parte que no se nombra")
    where, _, model = text.partition("under ")
    said_ = [f"estaba {there.text}"] if where.strip() and (there := _where(where.strip())) else []
    return SpanishPhrase(" y ".join([*said_, *([f"era{_under(f'under {model}').text}"] if model else [])]))


def _kind(text: str) -> SpanishPhrase:
    return SpanishPhrase(words()["kinds"].get(text, text))


# -- days ----------------------------------------------------------------------------------------------


def _days(text: str) -> SpanishPhrase:
    found = text.partition(" ")[2]
    return SpanishPhrase(span(found) if text.startswith("on ") or " to " in found else f"desde el {long_day(found)}")


def _stretch(text: str) -> SpanishPhrase:
    spans = [span(one) for one in re.findall(STRETCH, text)]
    return SpanishPhrase("; ".join([*spans, *(["y otros días"] if text.endswith("and others") else [])]))


# -- what a story or a list says -----------------------------------------------------------------------


def _quoted(text: str) -> SpanishPhrase:
    found = text.replace("(its point may be a decimal sign)", "(su punto puede ser un signo decimal)")
    return SpanishPhrase(re.sub(r" and (\d+) more$", r" y \1 más", found))


def _signings(text: str) -> SpanishPhrase:
    each = [f"{model} el {long_day(day)}" for model, day in re.findall(f"({CODE}) on ({DAY})", text)]
    return SpanishPhrase(listed(each) if " and " in text else ", ".join(each))


def _models(text: str) -> SpanishPhrase:
    return SpanishPhrase({"none": "ninguno", "an agreement": "un acuerdo"}.get(text, text))


def _acounty(text: str) -> SpanishPhrase:
    """Un condado de Mecklenburg."""
    found = COUNTY.search(text)
    article = {"County": "un condado de", "Parish": "una parroquia de"}.get(found[1]) if found else None
    return SpanishPhrase(f"{article} {COUNTY.sub('', text)}" if article else f"un lugar llamado {text}")


def _counts(text: str) -> SpanishPhrase:
    """Texas (12), Florida (3) y 4 más; of models: JEM 12, WSO 3."""
    more = re.search(r" and (\d+) more$", text)
    names = re.split(r", | and ", text[: more.start()] if more else text)
    own = [re.sub(r"^(.*?)(?= \(| \d|$)", lambda at: states(at[1]) or at[1], one, count=1) for one in names]
    return SpanishPhrase(f"{', '.join(own)} y {more[1]} más" if more else listed(own))


def _of_stretch(text: str) -> SpanishPhrase:
    spans = [span(one) for one in re.findall(STRETCH, text)]
    own = [f"d{one}" if one.startswith("el ") else one for one in spans]
    return SpanishPhrase("; ".join([*own, *(["y de otros días"] if text.endswith("and others") else [])]))


def _scope_by(text: str) -> SpanishPhrase:
    if found := re.fullmatch(r"all (\d+) agencies of the table", text):
        return SpanishPhrase(f"las {found[1]} agencias de la tabla")
    if text.startswith("the agencies of "):
        return SpanishPhrase(f"las agencias de {states(text.removeprefix('the agencies of ')) or text[16:]}")
    return SpanishPhrase(text)


_MAKERS: dict[str, Callable[[str], SpanishPhrase | None]] = {
    "amount": lambda text: SpanishPhrase(_amount(text), MASCULINE + (text not in ("1", "no"))),
    "grew": lambda text: SpanishPhrase("aumentó" if text == "grew" else "disminuyó"),
    "more": lambda text: SpanishPhrase("más" if text == "more" else "menos"),
    "ondays": lambda text: SpanishPhrase(
        f"{',' * text.startswith(',')} {_days(text.strip(', ')).text}" if text else ""
    ),
    "what": _what,
    "units": _units_alone,
    "under": _under,
    "undermodel": _model,
    "thanmodel": lambda text: SpanishPhrase(words()["models"][text][0]),
    "where": _where,
    "days": _days,
    "date": lambda text: SpanishPhrase(long_day(text)),
    "stretch": _stretch,
    "pct": _percent,
    "given": _given,
    "rank": _rank,
    "scope": _scope,
    "kind": _kind,
    "name": _name,
    "states": lambda text: SpanishPhrase(states(text) or text),
    "quoted": _quoted,
    "signings": _signings,
    "models": _models,
    "was": lambda _: SpanishPhrase(""),
    "years": _years,
    "side": lambda text: SpanishPhrase({"above": "mayor", "below": "menor"}[text]),
    "per": lambda text: SpanishPhrase({"day": "día", "week": "semana", "month": "mes", "year": "año"}[text]),
    "unitcode": lambda text: SpanishPhrase(words()["codes"].get(text, text)),
    "conflictunit": lambda text: SpanishPhrase(words()["codes"].get(text.replace(" ", "_"), text)),
    "statecode": lambda text: SpanishPhrase(of_code(text)),
    "acounty": _acounty,
    "counts": _counts,
    "language": lambda text: SpanishPhrase(words()["languages"].get(text.split(" (")[0], text)),
    "yourtext": lambda text: SpanishPhrase("su texto" if text.lower() == "your text" else text),
    "heldas": lambda text: SpanishPhrase(words()["held"][text]),
    "countedhow": lambda text: SpanishPhrase(words()["counted"][text]),
    "heldtable": lambda _: SpanishPhrase("personas detenidas por ICE, por antecedentes y agencia que arrestó"),
    "cellsrest": lambda text: SpanishPhrase(re.sub(r"(\d+) cells$", r"\1 celdas", text)),
    "ofstretch": _of_stretch,
    "datesrest": lambda text: SpanishPhrase(", ".join(long_day(one) for one in re.findall(DAY, text))),
    "scopeby": _scope_by,
    "theby": lambda text: SpanishPhrase(words()["articles"].get(text, text)),
    "closures": lambda text: SpanishPhrase(closures(text)),
    "event": lambda text: SpanishPhrase(words()["events"].get(text, text)),
    "clockname": lambda text: SpanishPhrase(words()["clocks"][text]),
    "moment": lambda text: SpanishPhrase(moment(text)),
    "lasting": lambda text: SpanishPhrase(lasting(text)),
    "basis": lambda text: SpanishPhrase(words()["bases"].get(text, text)),
}


def kinds() -> frozenset[str]:
    """Every kind of place that is said here."""
    return frozenset(chain(_MAKERS, shapes()))
