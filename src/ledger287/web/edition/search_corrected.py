"""Words that are typed -> the same words as names have them, where each is nearly one of those.

What enters: every word of the names that can be found, and how many have it. What leaves: a text with the likeliest
word in the place of each that is none of them. The script (static/script/21-search.js) has the same rule.
"""

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import OSA

LEAST = 5
"""Letters from which a word is corrected; one letter of it,"""
TWO_FROM = 8
"""and two from so many on."""


class Words:
    """The words of names, and how many have each."""

    def __init__(self, times: Mapping[str, int]) -> None:
        self.times = times
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in times:
            self._beginning[word[0]].append(word)

    def corrected(self, text: str) -> str:
        """A text with each of its words as a name has it."""
        return " ".join(map(self._word, text.split()))

    def _word(self, word: str) -> str:
        if word in self.times or len(word) < LEAST or not word.isalpha():
            return word
        most = 2 if len(word) >= TWO_FROM else 1
        near = [
            (distance, -self.times[other], other)
            for other in self._beginning.get(word[0], ())
            if (distance := OSA.distance(word, other, score_cutoff=most)) <= most
        ]
        return min(near)[2] if near else word
