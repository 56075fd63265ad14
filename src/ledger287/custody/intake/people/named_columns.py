"""A column of case numbers judged as one: whether the numbers in it have people's names, in whatever letters.

What enters: case numbers, and what the file says of its own places. What leaves: what the words are where they are
names, or None. A declared surname in one number is a name (``garcia-001``); where half of the different numbers hold
surnames or given names, and these differ, the column is of people. A word that comes again and again is a code; one
that no other number has, in a column that is numbers almost throughout, is taken for a name, whatever it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ledger287.custody.case.vocabulary import surnames, vocabulary
from ledger287.custody.intake.columns.assigning import PEOPLE
from ledger287.custody.intake.people.named_numbers import VOWELS, FilePlaces, counties, places_named
from ledger287.custody.intake.people.number_words import all_names, is_name, names, names_alone, ordinary, words_of

DIFFER, ENOUGH = 0.2, 50
"""The share of names that differ from each other, of those in a column, from which it is of people; and so many are
enough. Fewer are codes of places that have a person's name."""
OF_PLACES = 6
"""From so many numbers on, a word in more than half of them is a code."""
NUMBERS = 0.8
"""The share of numbers without a word, of those in a column, from which a word of its own is no code."""
SAMPLE = 5_000
"""So many rows of a large file, evenly spaced, are judged."""


def names_in_column(values: Iterable[str], places: Callable[[], FilePlaces] = FilePlaces) -> str | None:
    """What the words of a column of case numbers are, where they are people's names; else None."""
    different = list(dict.fromkeys(value for value in values if value))
    spoken = {value: words for value in different if not value.isdigit() and (words := words_of(value))}
    suspects = {value: words for value, words in spoken.items() if any(is_name(word, names()) for word in words)}
    lone = _lone(spoken) if len(spoken) <= (1 - NUMBERS) * len(different) else []
    if not suspects and not lone:
        return None
    where = places()
    if any(word not in where.words | _single(counties(frozenset())) for word in lone):
        return PEOPLE
    own, named = where.words, _single(counties(where.states))
    several = {*spoken.values()}
    if len(several) > 2 and several <= counties(frozenset()) and not any(map(_only_a_year, suspects)):
        return None  # agencies of several states
    often = Counter(word for words in spoken.values() for word in {*words})
    codes = {word for word, many in often.items() if many >= OF_PLACES and 2 * many > len(different)}
    found: Counter[str] = Counter()
    holding = 0
    for value, words in suspects.items():
        if _of_a_place(words, where) and not _only_a_year(value):
            continue
        passed = own | codes if _only_a_year(value) else own | codes | named
        numbered = any(map(str.isdigit, value))
        held = [word for word in words if (len(word) > 2 or not numbered) and word not in passed]
        said = [word for word in held if word not in ordinary()]
        again = ordinary() & {*words} and any(often[word] >= OF_PLACES for word in said)
        if numbered and all_names(said, surnames()) and not again:
            return PEOPLE
        if mine := [word for word in held if is_name(word, names()) and (numbered or names_alone(value))]:
            holding += 1
            found.update(mine)
    most = holding >= vocabulary()["personal"]["share"] * len(different)
    return PEOPLE if most and holding and len(found) >= min(ENOUGH, DIFFER * holding) else None


def _lone(spoken: Mapping[str, Sequence[str]]) -> list[str]:
    """The words that one case number has and no other, without ordinary ones and those that cannot be said."""
    often = Counter(word for words in spoken.values() for word in {*words})
    return [
        word
        for word, many in often.items()
        if many == 1 and len(word) > 3 and {*word} & VOWELS and word not in ordinary()
    ]


@cache
def _single(of: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(words[0] for words in of if len(words) == 1)


def _of_a_place(words: tuple[str, ...], where: FilePlaces) -> bool:
    """Whether the words that are not ordinary ones are a county's name."""
    return tuple(word for word in words if word not in ordinary()) in places_named(where.states)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(vocabulary()["personal"]["word_and_year"])


def _only_a_year(value: str) -> bool:
    return _year().search(value) is not None
