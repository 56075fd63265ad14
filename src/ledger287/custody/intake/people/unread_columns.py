"""A column that no field reads, or one of officers: whether its words are people's names, in remarks and by themselves.

What enters: the first values of the column, and what the file says of its own places. What leaves: what they look
like, or None. A declared surname with a capital is a name wherever it is in a text, unless it is an English word or a
place; names by themselves are found by the column: declared ones, or words of which hardly any comes twice.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from ledger287.core import declared
from ledger287.core.text import without_accents
from ledger287.custody.case.vocabulary import surnames, vocabulary
from ledger287.custody.intake.people.named_numbers import VOWELS, FilePlaces, places_named
from ledger287.custody.intake.people.number_words import all_names, names, ordinary, words_of
from ledger287.custody.intake.times.values import is_blank, is_own
from ledger287.places.gazetteer.geography import geography

PEOPLE = "people's names"
DIFFER, FROM = 0.8, 10
"""The share of values that differ from each other from which undeclared words are names, of so many values at least."""
MOST_ALONE = 3
"""A name by itself has so many words at most."""


@cache
def _words_too() -> frozenset[str]:
    """The declared names that are English words as well."""
    lines = declared.text("custody/names_that_are_words.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _of_a_place() -> frozenset[str]:
    """The words behind the name of a place or a body: county, unit, jail."""
    personal = vocabulary()["personal"]
    return frozenset({*personal["agency_words"], *personal["place_headings"], *personal["places_after"]})


def people_in(values: Iterable[str], places: Callable[[], FilePlaces] = FilePlaces) -> str | None:
    """What the values of a column look like, where they name people; else None."""
    given = [value for value in values if not is_blank(value.strip()) and not is_own(value)]
    different = list(dict.fromkeys(given))
    suspects = {word for value in different for word in _surnames_in(value)}
    if suspects and not suspects <= _places(places()):
        return PEOPLE
    alone = [value for value in different if _is_alone(value)]
    if len(alone) < 2 or 2 * len(alone) < len(different):
        return None
    named = [value for value in alone if _declared_name(value)]
    few_again = len(different) >= DIFFER * len(given)
    if not (len(named) >= 2 and 2 * len(named) >= len(different)) and not (few_again and len(given) >= FROM):
        return None
    here = _places(places())
    return PEOPLE if 2 * sum(not {*words_of(value)} <= here for value in alone) >= len(different) else None


def _surnames_in(text: str) -> Iterable[str]:
    """The declared surnames in a text that are written with a capital and are no words, nor in front of a place's."""
    written = re.findall(r"[A-Za-z]+", re.sub("['’]s?", "", without_accents(text)))
    for word, after in pairwise((*written, "")):
        capital = word[0].isupper() and (word.isupper() or word[1:].islower())
        small = word.lower()
        named = capital and small in surnames() and small not in _words_too() | ordinary()
        if named and after.lower() not in _of_a_place():
            yield small


def _is_alone(value: str) -> bool:
    """Whether a value is a few words that can be said, without a digit."""
    words = words_of(value)
    long = all(len(word) > 2 and {*word} & VOWELS for word in words)
    return 0 < len(words) <= MOST_ALONE and long and not any(map(str.isdigit, value))


def _declared_name(value: str) -> bool:
    words = words_of(value)
    return all_names(words, names()) and not {*words} <= _words_too()


def _places(where: FilePlaces) -> frozenset[str]:
    """The words of the file's own places, and the counties and cities of its states; of all where it names none."""
    of_counties = {words[0] for words in places_named(where.states) if len(words) == 1}
    return where.words | of_counties | _cities(where.states)


@cache
def _cities(states: frozenset[str]) -> frozenset[str]:
    return frozenset(name for state, name in geography().places if state in states)
