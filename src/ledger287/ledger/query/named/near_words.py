"""Words that are typed -> the same words as names have them, where each is nearly one of those.

What enters: every word of the names that can be found, and how many have it. What leaves: a text with the likeliest
word in the place of each that is none of them; and words for kinds of agencies, in full. The script
(static/script/21-search.js) has the same rule.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from ledger287.core import declared

LEAST = 5
"""Letters from which a word is corrected; one letter of it,"""
TWO_FROM = 8
"""and two from so many on; two as well where the letters are the same in another order (Chigaco)."""


@cache
def kind_words() -> dict[str, Any]:
    """Words for kinds of agencies and letters that sound alike, as declared, for the server and for the script."""
    held: dict[str, Any] = yaml.load(declared.text("search/search_words.yml"), declared.Loader)
    return held


def spelled(text: str, of_places: Container[str]) -> str:
    """What was typed, with the words of kinds in full and as they are spelled; words of places stay as they are."""
    return " ".join(word if word in of_places else _of_kind(word) for word in text.split())


@lru_cache(maxsize=4096)
def _of_kind(word: str) -> str:
    """The word of a kind that a word is short for, or is nearly; else the word itself."""
    held = kind_words()
    return str(held["short"].get(word)) if word in held["short"] else nearest_kind(word, held["kinds"])


def nearest_kind(word: str, kinds: Iterable[str]) -> str:
    """The word among some for kinds of agencies that a word is nearly; else the word itself."""
    held = kind_words()
    if len(word) < held["from"] or word in kinds:
        return word
    most = 2 if len(word) >= held["two_from"] else 1
    near = [(OSA.distance(word, kind), kind) for kind in kinds if kind[0] == word[0]]
    distance, kind = min(near, key=lambda one: one[0], default=(most + 1, word))
    return kind if distance <= most else word


def sound(words: str) -> str:
    """Words with one letter for all that sound alike."""
    for letters, one in _sounds():
        words = letters.sub(one, words)
    return words


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(letters), one) for letters, one in kind_words()["sounds"])


class Words:
    """The words of names, and how many have each."""

    def __init__(self, times: Mapping[str, int]) -> None:
        self.times = times
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in times:
            self._beginning[word[0]].append(word)

    @cached_property
    def _sounding(self) -> dict[str, list[str]]:
        """The words by their sound; those of few letters sound like too many others."""
        found: dict[str, list[str]] = defaultdict(list)
        long = [word for word in self.times if len(word) >= LEAST]
        for word, its in zip(long, sound("\n".join(long)).split("\n"), strict=True):
            found[its].append(word)
        return found

    def corrected(self, text: str) -> str:
        """A text with each of its words as a name has it."""
        return " ".join(map(self._word, text.split()))

    def _word(self, word: str) -> str:
        if word in self.times or len(word) < LEAST or not word.isalpha():
            return word
        most, same = 2 if len(word) >= TWO_FROM else 1, sorted(word)
        near = [(1, -self.times[other], other) for other in self._sounding.get(sound(word), ())]
        for other in self._beginning.get(word[0], ()):
            distance = OSA.distance(word, other, score_cutoff=2)
            if distance <= most or (distance == 2 and sorted(other) == same):
                near.append((distance, -self.times[other], other))
        return min(near)[2] if near else word
