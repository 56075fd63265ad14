"""What rules, figures, corrections and findings say, in the language of a page.

What enters: an English sentence that the record, the law or a checker gives. What leaves: its Spanish one, from the
``*.es.yml`` files of ``languages``, or None where there is none for exactly this English: a corrected sentence is never
shown with an older translation. Sentences with a name, a day or a number in them are translated by pattern; what a
place of a pattern may hold is said by its name (``PLACES``).
"""

import re
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from re import Match, Pattern

import yaml

from ledger287.core import declared
from ledger287.web.render import languages
from ledger287.web.server.query import Language

THE = "the "
"""What may precede a name: the law of the District of Columbia."""
FILES = ("provisions", "figures", "corrections", "sentences")
MOST_NESTED = 4
"""Sentences in sentences, at most."""
DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
ANY = "[^;]+?"
PLACES = {"day": DAY, "n": r"[\d,]*\.?\d+", "model": "[A-Z]{3}", "code": r"[^\s;:]+", "texts": ".+", "rest": ".+"}
"""What a place holds; any words up to a semicolon (``ANY``) where it is not named here. A digit after the name tells
places of one kind apart."""
PLACE = re.compile(r"\\\{([a-z]+)(\d?)\\\}")
FILL = re.compile(r"\{([a-z]+)(\d?)\}")
SEPARATOR = "; "


def _pattern(english: str) -> Pattern[str]:
    return re.compile(PLACE.sub(lambda at: f"(?P<{at[1]}{at[2]}>{PLACES.get(at[1], ANY)})", re.escape(english)))


@cache
def _file(name: str) -> dict[str, list[dict[str, str]]]:
    path = files("ledger287.web.render").joinpath("languages", f"{name}.es.yml")
    held: dict[str, list[dict[str, str]]] = yaml.load(path.read_text(encoding="utf-8"), declared.Loader)
    return held


@cache
def _declared() -> tuple[dict[str, str], dict[str, list[tuple[Pattern[str], str]]]]:
    """Translations by their text; patterns by their first word, those that begin with a place under none."""
    patterns: dict[str, list[tuple[Pattern[str], str]]] = {}
    for one in (one for name in FILES for one in _file(name).get("patterns", ())):
        first = one["en"].split(" ")[0]
        patterns.setdefault("" if "{" in first else first, []).append((_pattern(one["en"]), one["es"]))
    return {english: spanish for name in FILES for english, spanish in texts("es", name).items()}, patterns


def texts(lang: Language, name: str = "provisions") -> dict[str, str]:
    """Each translated sentence of a file with its translation."""
    return {} if lang == "en" else {one["en"]: one["es"] for one in _file(name).get("texts", ())}


@lru_cache(maxsize=20_000)
def law_in(text: str, lang: Language, depth: int = 0) -> str | None:
    """A sentence in a language; None where it is not translated."""
    if lang == "en":
        return text
    translated, patterns = _declared()
    if text in translated:
        return translated[text]
    if depth > MOST_NESTED:
        return None
    for first in (text.split(" ", maxsplit=1)[0], ""):
        for pattern, spanish in reversed(patterns.get(first, ())):
            if found := pattern.fullmatch(text):
                filled = _filled(spanish, found, lang, depth)
                if filled is not None:
                    return filled
    return _held("texts", text, lang, depth) if SEPARATOR in text else None


def _filled(spanish: str, found: Match[str], lang: Language, depth: int) -> str | None:
    """A translation with its places filled; None where a sentence within it has no translation."""
    parts: list[str] = []
    at = 0
    for place in FILL.finditer(spanish):
        held = _held(place[1], found[place[1] + place[2]], lang, depth)
        if held is None:
            return None
        parts += [spanish[at : place.start()], held]
        at = place.end()
    return "".join([*parts, spanish[at:]])


def _held(kind: str, text: str, lang: Language, depth: int) -> str | None:
    if kind == "state":
        return languages.translations(lang).gettext(text.removeprefix(THE))
    if kind == "counted":
        gettext = languages.translations(lang).gettext
        pairs = [one.rpartition(" ") for one in text.split(", ")]
        return ", ".join(f"{gettext(name)} {number}" for name, _, number in pairs)
    if kind == "day":
        return _day(text, lang)
    if kind == "text":
        return law_in(text, lang, depth + 1)
    if kind == "texts":
        each = [law_in(part, lang, depth + 1) or (None if " " in part else part) for part in text.split(SEPARATOR)]
        return None if None in each else SEPARATOR.join(part or "" for part in each)
    if kind == "forms":
        return text.replace(" or ", " o ").replace(" and ", " y ")
    return text


def _day(text: str, lang: Language) -> str:
    for form, written in (("long", "%B %d, %Y"), ("medium", "%b %d, %Y")):
        try:
            return languages.date_in(datetime.strptime(text, written).date(), lang, form)
        except ValueError:
            continue
    return text
