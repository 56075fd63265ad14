"""Declared Spanish phrases and numbers in words -> English phrases and digits.

What enters: the words of a stretch, in lower case. What leaves: how many of them a phrase or a number takes, and its
English. Promise: the longest phrase wins, and one of words.yml is stronger than a form that is made by rule.
"""

from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.words.lexicon import adjectives, adverbs, nouns
from ledger287.factcheck.text.in_spanish.words.names import spanish_words
from ledger287.factcheck.text.in_spanish.words.verbs import before_infinitive, is_leading, verb_forms

WORDS = when_needed(r"[^\W_]+|%")
ENCLITIC = when_needed(r"(?P<verb>\w+(?:[aeií]r|ndo))(?P<it>l[aoe]s?|se)")
PRONOUNS = {"lo": " it", "la": " it", "los": " them", "las": " them", "le": "", "les": "", "se": ""}
UNACCENTED = str.maketrans("áéíóú", "aeiou")


@cache
def open_words() -> frozenset[str]:
    """Words of the open lexicon that words.yml does not have."""
    own = {str(one) for several in spanish_words()["phrases"].values() for one in several}
    return frozenset({*nouns(), *adjectives(), *verb_forms()} - own - {*spanish_words()["months"]})


@cache
def _phrases() -> dict[str, Any]:
    """A tree of phrases: word -> the words that may follow it; behind the last one its English, under a blank."""
    names = declared.state_names()
    rows = [(english, spanish) for english, several in spanish_words()["phrases"].items() for spanish in several]
    rows += [(names[code], spanish) for code, spanish in spanish_words()["states"].items() if code in names]
    rows += [(english, spanish) for spanish, english in spanish_words()["months"].items()]
    rows += [*((english, form) for form, (english, _) in verb_forms().items())]
    for table in (nouns(), adjectives(), adverbs()):
        rows += [(english, spanish) for spanish, english in table.items()]
    tree: dict[str, Any] = {}
    for english, spanish in rows:
        node = tree
        words = WORDS.findall(str(spanish).lower())
        for word in words:
            node = node.setdefault(word, {})
        if words:
            node.setdefault("", str(english))
    return tree


def phrase_at(plain: list[str], at: int) -> tuple[int, str]:
    """The longest declared phrase that begins at a word: how many words it has, and its English."""
    length, said = 0, ""
    node: dict[str, Any] | None = _phrases()
    for place in range(at, len(plain)):
        node = node.get(plain[place]) if node else None
        if node is None:
            break
        if "" in node:
            length, said = place + 1 - at, node[""]
    if length == 1 and at and plain[at] in nouns() and _names_a_thing(plain[at - 1]):
        return 1, nouns()[plain[at]]
    for several in (2, 1):
        if several >= length and at + several < len(plain) and is_leading(tuple(plain[at : at + several])):
            infinitive, pronoun = parted(plain[at + several])
            english = before_infinitive(tuple(plain[at : at + several]), infinitive)
            if english is not None:
                return several + 1, english + pronoun
    if length:
        return length, said
    infinitive, pronoun = parted(plain[at])
    english = _phrases().get(infinitive, {}).get("") if pronoun else None
    return (1, english + pronoun) if english is not None else (0, "")


def _names_a_thing(before: str) -> bool:
    """Whether a word that is a noun or a form of a verb is the noun, by the word before it: de ayuda, la espera."""
    return before in spanish_words()["before_nouns"]


def parted(word: str) -> tuple[str, str]:
    """An infinitive or gerund, and the pronoun behind it: anularlo, "it"; firmándolo."""
    if word in verb_forms() or len(word) <= SHORTEST:
        return word, ""
    match = ENCLITIC.fullmatch(word.translate(UNACCENTED))
    if match and match["verb"] in verb_forms():
        return match["verb"], PRONOUNS[match["it"]]
    return word, ""


SHORTEST = 6
"""The letters of the shortest verb with a pronoun."""


def number(plain: list[str], at: int) -> tuple[int, str]:
    """A number in words from some place: doscientos tres; mil cuatrocientos veintisiete; treinta y una."""
    table = spanish_words()
    total = current = 0
    place, last = at, at
    while place < len(plain):
        word = plain[place]
        if word in table["numbers"]:
            current += table["numbers"][word]
        elif word in table["scales"] and (place > at or word == "mil"):
            total += (current or 1) * table["scales"][word]
            current = 0
        elif not (word == "y" and place > at and place + 1 < len(plain) and plain[place + 1] in table["numbers"]
                  and current % 100 >= 30 and current % 10 == 0):  # fmt: skip
            break
        place += 1
        last = place
    if last == at or (last == at + 1 and plain[at] in table["articles"]):
        return 0, ""
    return last - at, f"{total + current:,}"
