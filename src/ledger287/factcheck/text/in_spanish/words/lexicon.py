"""Ordinary Spanish nouns, adjectives and adverbs of newspapers, in all their forms -> English.

What enters: declared/factcheck/es/nouns.yml, adjectives.yml, adverbs.yml. What leaves: each form with its English.
Promise: only forms that follow the rules of Spanish plurals and genders are made; the declared singular is always one.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ledger287.core import declared

PLURALS = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "wife": "wives",
           "life": "lives", "leaf": "leaves", "thief": "thieves", "half": "halves", "crisis": "crises",
           "series": "series", "basis": "bases", "species": "species", "fish": "fish", "fisherman": "fishermen",
           "congressman": "congressmen", "councilman": "councilmen", "councilwoman": "councilwomen",
           "businessman": "businessmen", "clothes": "clothes", "minutes": "minutes", "steps": "steps",
           "headquarters": "headquarters", "outskirts": "outskirts", "proof": "proof", "information": "information",
           "training": "training", "help": "help", "housing": "housing", "equipment": "equipment",
           "traffic": "traffic", "evidence": "evidence", "luggage": "luggage", "rights": "rights",
           "police officer": "police officers", "news item": "news"}  # fmt: skip
"""English plurals that no rule makes, and words that have none."""
ACCENTED = str.maketrans("áéíóú", "aeiou")
VOWELS = "aeiouáéó"


MOVED = {"joven": "jóvenes", "crimen": "crímenes", "orden": "órdenes", "origen": "orígenes", "examen": "exámenes",
         "imagen": "imágenes", "margen": "márgenes", "dictamen": "dictámenes", "régimen": "regímenes"}  # fmt: skip
"""Plurals whose accent moves."""


def _spanish_plural(word: str) -> str:
    if word in MOVED:
        return MOVED[word]
    if word[-1] in VOWELS:
        return word + "s"
    if word.endswith("z"):
        return word[:-1] + "ces"
    if word.endswith("s") and word[-2] not in "áéíóú":
        return word
    if word[-2:-1] in "áéíóú":
        return word[:-2] + word[-2].translate(ACCENTED) + word[-1] + "es"
    return word + "es"


def _english_plural(said: str) -> str:
    head, _, last = said.rpartition(" ")
    if said in PLURALS or last in PLURALS:
        return PLURALS.get(said) or f"{head} {PLURALS[last]}".strip()
    if said.endswith(("s", "sh", "ch", "x", "z")):
        return said + "es"
    if said.endswith("y") and said[-2] not in "aeiou":
        return said[:-1] + "ies"
    return said + "s"


def _forms_of(declared_as: str, english: str) -> Iterator[tuple[str, str]]:
    """The singular and plural of a noun in its genders, with their English."""
    word, _, other = declared_as.partition("/")
    stem = word[:-1] if word[-1] in "oe" else word[:-2] + word[-2].translate(ACCENTED) + word[-1]
    for form in [word, stem + other] if other else [word]:
        head, _, rest = form.partition(" ")
        yield form, english
        yield f"{_spanish_plural(head)} {rest}".strip(), _english_plural(english)


@cache
def nouns() -> dict[str, str]:
    """Every form of every declared noun -> its English."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/es/nouns.yml")
    found: dict[str, str] = {}
    for declared_as, english in (data["people"] | data["nouns"]).items():
        for form, said in _forms_of(str(declared_as), str(english)):
            found.setdefault(form, said)
    return found


@cache
def people() -> frozenset[str]:
    """Every form of every noun for people."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/es/nouns.yml")
    return frozenset(form for word, said in data["people"].items() for form, _ in _forms_of(str(word), str(said)))


@cache
def adjectives() -> dict[str, str]:
    """Every form of every declared adjective -> its English."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/es/adjectives.yml")
    found: dict[str, str] = {}
    for declared_as, english in data["adjectives"].items():
        word = str(declared_as)
        forms = [word] if " " in word else [word, _spanish_plural(word)]
        if word.endswith("o") and " " not in word:
            forms += [word[:-1] + "a", word[:-1] + "as"]
        elif word.endswith(("or", "ón", "án", "és")):
            stem = word[:-2] + word[-2].translate(ACCENTED) + word[-1]
            forms += [stem + "a", stem + "as"]
        for form in forms:
            found.setdefault(form, str(english))
    return found


@cache
def compared() -> dict[str, tuple[str, str]]:
    """Adjectives that English compares by its last letters -> the word of the comparison, and of the highest degree."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/es/adjectives.yml")
    return {str(word): (str(more), str(most)) for word, (more, most) in data["compared"].items()}


@cache
def adverbs() -> dict[str, str]:
    """Every declared adverb -> its English."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/es/adverbs.yml")
    return {str(spanish): str(english) for spanish, english in data["adverbs"].items()}
