"""What rules, figures, corrections, findings and verdicts say, in the language of a page.

What enters: an English sentence that the record, the law or a checker gives. What leaves: its Spanish one, from the
``*.es.yml`` files of ``languages``, or None where there is none for exactly this English: a corrected sentence is never
shown with an older translation. Sentences with a name, a day or a number in them are translated by pattern; what a
place of a pattern may hold is said by its name (``law_places``). Several sentences in a row are translated one by one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from re import Match, Pattern
from typing import Any

from ledger287.core import declared
from ledger287.web.render import languages
from ledger287.web.render.law import law_names, law_places
from ledger287.web.render.law.law_places import SpanishPhrase
from ledger287.web.server.query import Language

THE = "the "
"""What may precede a name: the law of the District of Columbia."""
FILES = ("provisions", "figures", "corrections", "sentences", "holding", "report", "messages", "checking")
CHECKED = ("holding", "messages", "checking")
"""Files in which each place of a pattern is of a declared kind; in the others a place may have any name."""
MOST_NESTED = 6
"""Sentences in sentences, at most."""
MOST_PARTS = 24
"""Sentences in a row, at most, that are tried together."""
ANY = "[^;]+?"
"""What a place holds that has no kind: any words up to a semicolon. A digit after a name tells places of one kind
apart."""
PLACE = re.compile(r"\\\{([a-z]+)(\d?)\\\}")
FILL = re.compile(r"\{([a-z]+)(\d?)\}")
FILL_OR_FORM = re.compile(r"\{(?:(?P<kind>[a-z]+)(?P<digit>\d?)|(?P<forms>[^{}]*/[^{}]*))\}")
SEPARATOR = "; "
BREAK = re.compile(r"(?<=[.;:]) (?=\S)")
"""Where one sentence ends and the next begins."""

NUMBERED = re.compile(r"[A-Z][A-Z\d]*-[\d-]+[;.]?")
"""The number of a report, as OIG-10-63, which is the same in every language."""


@dataclass(frozen=True)
class SentencePattern:
    """A pattern and its translation; ``typed`` where each of its places is of a declared kind."""

    english: str
    spanish: str
    typed: bool = True

    @cached_property
    def literal(self) -> str:
        """The longest words between places, which rule out most sentences at no cost."""
        return max(FILL.sub("\0", self.english).split("\0"), key=len)

    @property
    def said(self) -> int:
        """How many of its signs are words, not places: of two patterns that fit, the one with more is meant."""
        return len(FILL.sub("", self.english))

    @cached_property
    def pattern(self) -> Pattern[str]:
        """The pattern, made when it is first needed."""
        shapes = law_places.shapes()
        made = PLACE.sub(lambda at: f"(?P<{at[1]}{at[2]}>{shapes.get(at[1], ANY)})", re.escape(self.english))
        return re.compile(made, re.DOTALL)


@cache
def _file(name: str) -> dict[str, list[dict[str, str]]]:
    held: dict[str, list[dict[str, str]]] = declared.read_yaml(read(name))
    return held


def read(name: str) -> str:
    """The text of a file of translations."""
    return files("ledger287.web.render").joinpath("languages", f"{name}.es.yml").read_text(encoding="utf-8")


def sentences() -> Iterator[SentencePattern]:
    """Every pattern with its translation: those of the measures, then those of the files in their order."""
    yield from measures()
    for name in FILES:
        for one in _file(name).get("patterns", ()):
            yield SentencePattern(one["en"], one["es"], name in CHECKED)


def measures() -> Iterator[SentencePattern]:
    """The sentences of the checker's measures, each with its translation."""
    own: dict[str, Any] = dict(_file("measures"))
    for name in ("counts", "changes", "shares"):
        for measure, row in declared.declared_yaml(f"factcheck/measures/{name}.yml").items():
            if measure not in own:
                continue
            english, spanish = _measure_in_english(row["sentence"]), own[measure].replace(" {days}", "{ondays}")
            yield SentencePattern(english, spanish)
            if "{amount} {more}" in english:  # of "more agreements than": no number is named
                bare = spanish.replace("{amount} {units} {more}", "{more} {units}").replace("{amount} {more}", "{more}")
                yield SentencePattern(english.replace("{amount} {more}", "{more}"), bare)
            if "{grew} by {amount}" in english:  # of what grew, by whatever number
                bare = re.sub(r"\{grew\}(?: en)? \{amount\}%?", "{grew}", spanish)
                yield SentencePattern(re.sub(r"\{grew\} by \{amount\}%?", "{grew}", english), bare)


def _measure_in_english(text: str) -> str:
    """A measure's own sentence with the places of a pattern."""
    for ours, place in (
        ("{value} more {units}", "{amount} {more} {units}"),
        ("{value} more", "{amount} {more}"),
        ("{value} {units}", "{what}"),
        ("ranked {value}", "ranked {rank}"),
        ("by {value}", "by {amount}"),
        ("{value}%", "{pct}"),
        ("{value}", "{amount}"),
        ("grew by", "{grew} by"),
        (" {were} {scope}", "{model} {were} {scope}"),
        ("under {rival}", "under {thanmodel}"),
        ("{rival}", "{kind2}"),
        ("{against}", "{name2}"),
        ("{model}", "{under}"),
        ("{were}", "{was}"),
        ("{place}", "{where}"),
        (", {days}", "{ondays}"),
        (" {days}", "{ondays}"),
    ):
        text = text.replace(ours, place)
    return text


@cache
def _declared() -> dict[str, str]:
    """Translations by their text."""
    return {english: spanish for name in FILES for english, spanish in texts("es", name).items()}


@cache
def _patterns() -> dict[str, list[SentencePattern]]:
    """Patterns by their first word, with those that begin with a place; the one that says most comes first."""
    found: dict[str, list[SentencePattern]] = {"": []}
    for one in sentences():
        first = one.english.split(" ")[0]
        found.setdefault("" if "{" in first else first, []).append(one)
    free = found[""]
    return {
        first: sorted(own if own is free else own + free, key=lambda one: one.said, reverse=True)
        for first, own in found.items()
    }


def texts(lang: Language, name: str = "provisions") -> dict[str, str]:
    """Each translated sentence of a file with its translation."""
    return {} if lang == "en" else {one["en"]: one["es"] for one in _file(name).get("texts", ())}


@lru_cache(maxsize=20_000)
def law_in(text: str, lang: Language, depth: int = 0) -> str | None:
    """A sentence, or several in a row, in a language; None where one of them is not translated."""
    if lang == "en":
        return text
    found = _sentence(text, lang, depth)
    if found is None and depth <= MOST_NESTED and BREAK.search(text):
        found = _in_a_row(text, lang, depth)
    return found


@lru_cache(maxsize=20_000)
def _sentence(text: str, lang: Language, depth: int) -> str | None:
    """One sentence; a period or semicolon at its end is that of the translation too."""
    translated = _declared()
    if text in translated:
        return translated[text]
    if f"{text}." in translated:
        return translated[f"{text}."].removesuffix(".")
    if depth > MOST_NESTED:
        return None
    if text[-1:] in ".;" and len(text) > 1:
        bare = _sentence(text[:-1], lang, depth)
        if bare is not None:
            return f"{bare}{text[-1]}"
    patterns = _patterns()
    for one in patterns.get(text.split(" ", maxsplit=1)[0], patterns[""]):
        if one.literal in text and (found := one.pattern.fullmatch(text)):
            filled = _filled(one.spanish, found, lang, depth)
            if filled is not None:
                return filled
    return None


def _in_a_row(text: str, lang: Language, depth: int) -> str | None:
    """Sentences in a row: the longest stretch first that is translated as one."""
    parts = BREAK.split(text)
    if len(parts) > MOST_PARTS:
        return None
    found: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            if (at, end) == (0, len(parts)):
                continue
            own = _sentence(" ".join(parts[at:end]), lang, depth)
            if own is None and end == at + 1 and NUMBERED.fullmatch(parts[at]):
                own = parts[at]
            if own is not None:
                found.append(own[:1].upper() + own[1:] if found and found[-1].endswith(".") else own)
                at = end
                break
        else:
            return None
    return " ".join(found)


def _filled(spanish: str, found: Match[str], lang: Language, depth: int) -> str | None:
    """A translation with its places filled; None where a sentence within it has no translation."""
    held: dict[str, SpanishPhrase] = {}
    for place in FILL.finditer(spanish):
        own = _held(place[1], found[place[1] + place[2]], lang, depth)
        if own is None:
            return None
        held[place[0]] = own
    form = next((one.form for one in held.values() if one.form is not None), 0)

    def fill(at: Match[str]) -> str:
        if at["kind"]:
            return held[at[0]].text
        forms = at["forms"].split("/")
        return forms[form % 2] if len(forms) == len("sp") else forms[form]

    text = _contracted(FILL_OR_FORM.sub(fill, spanish))
    return text.replace(" alguna ", " ninguna ") if text.startswith(("ningún ", "ninguna ")) else text


def _contracted(text: str) -> str:
    """Text in which "de el" is "del", "a el" is "al", and no comma is left before another sign."""
    text = re.sub(r",+(?=[.,;:)]|$)", "", text)
    return re.sub(r"\b(de|a) el (?!Salvador\b)", lambda at: "del " if at[1] == "de" else "al ", text)


def _held(kind: str, text: str, lang: Language, depth: int) -> SpanishPhrase | None:
    if kind == "state":
        return SpanishPhrase(languages.translations(lang).gettext(text.removeprefix(THE)))
    if kind == "counted":
        gettext = languages.translations(lang).gettext
        pairs = [one.rpartition(" ") for one in text.split(", ")]
        return SpanishPhrase(", ".join(f"{gettext(name)} {number}" for name, _, number in pairs))
    if kind == "day":
        return SpanishPhrase(_day(text, lang))
    if kind == "text":
        own = law_in(text, lang, depth + 1)
        return None if own is None else SpanishPhrase(own)
    if kind == "texts":
        each = [law_in(part, lang, depth + 1) or (None if " " in part else part) for part in text.split(SEPARATOR)]
        return None if None in each else SpanishPhrase(SEPARATOR.join(part or "" for part in each))
    if kind == "sourcelines":
        lines = [_source_line(line, lang, depth) for line in text.rstrip(".").split(SEPARATOR)]
        return (
            None
            if None in lines
            else SpanishPhrase(SEPARATOR.join(line or "" for line in lines) + "." * text.endswith("."))
        )
    if kind in NAMES and (TELLING.search(text) or (kind == "agency" and text[:1].islower())):
        return None
    if kind in ("by", "source", "grade"):
        return SpanishPhrase(law_in(text, lang, depth + 1) or text)
    if kind == "forms":
        return SpanishPhrase(text.replace(" or ", " o ").replace(" and ", " y "))
    return law_places.said(kind, text) or SpanishPhrase(text)


NAMES = ("agency", "name", "by", "theby")
TELLING = re.compile(r"\b(?:was|were|that|which|not|has|have|is|are|but|had|signed)\b")
"""English words that are in no name: what has one is a sentence that a name's place must not hold."""
SOURCE_LINE = re.compile(rf"(?P<what>.+), (?P<by>[^,]+(?:, [^,]+)?), (?P<day>{law_names.DAY})")


def _source_line(line: str, lang: Language, depth: int) -> str | None:
    """What a source states, who it is, and the day."""
    found = SOURCE_LINE.fullmatch(line)
    what = law_in(found["what"], lang, depth + 1) if found else None
    if found is None or what is None:
        return None
    day = law_places.said("date", found["day"])
    return f"{what}, {law_in(found['by'], lang, depth + 1) or found['by']}, {day.text if day else found['day']}"


def _day(text: str, lang: Language) -> str:
    for form, written in (("long", "%B %d, %Y"), ("medium", "%b %d, %Y")):
        try:
            return languages.date_in(datetime.strptime(text, written).date(), lang, form)
        except ValueError:
            continue
    return text
