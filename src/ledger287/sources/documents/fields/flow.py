"""The text of pages as one flow, in which a phrase is found however its letters were spaced or slightly misread.

What enters: the text of pages, by number. What leaves: places of phrases, and the page of each. The module promises
that numbers in a phrase's place are never taken from the phrase: what is found is what the page says.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from ledger287.sources.documents.pages.page import Box, ReadPage, around

ALIKE = 86
"""How alike, of 100, a stretch of text must be to a phrase."""


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """A stretch of the flow: its first and last sign, its page, and how alike it is to the phrase, 0 to 1."""

    start: int
    end: int
    page: int
    alike: float


class Flow:
    """Pages one after the other; ``text`` is as printed, places are counted in it."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._numbers = sorted(texts)
        self._starts: list[int] = []
        parts, at = [], 0
        for number in self._numbers:
            self._starts.append(at)
            parts.append(texts[number] + "\n")
            at += len(parts[-1])
        self.text = "".join(parts)
        self._letters, self._at = _squeezed(self.text)

    def page(self, place: int) -> int:
        """The page on which a place is."""
        return self._numbers[max(0, bisect_right(self._starts, place) - 1)]

    def find(self, phrase: str, start: int = 0, least: int = ALIKE) -> FlowPlace | None:
        """Where a phrase is, at or after a place; None where nothing is like it."""
        from rapidfuzz import fuzz

        wanted, _ = _squeezed(phrase)
        first = bisect_right(self._at, start - 1)
        letters = self._letters[first:]
        exact = letters.find(wanted)
        if exact >= 0:
            return self._place(first + exact, first + exact + len(wanted), 1.0)
        if len(letters) < len(wanted):
            return None
        near = fuzz.partial_ratio_alignment(wanted, letters, score_cutoff=least)
        if near is None or near.score < least:
            return None
        return self._place(first + near.dest_start, first + near.dest_end, near.score / 100)

    def _place(self, first: int, last: int, alike: float) -> FlowPlace:
        start, end = self._at[first], self._at[min(last, len(self._at)) - 1] + 1
        return FlowPlace(start, end, self.page(start), round(alike, 2))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Letters and digits of a text, small, and the place of each."""
    kept = list(map(str.isalnum, text))
    letters = "".join(compress(text, kept))
    low = letters.casefold()
    if len(low) != len(letters):  # a letter that is two when small is left as it is
        low = "".join(small if len(small := letter.casefold()) == 1 else letter for letter in letters)
    return low, list(compress(range(len(text)), kept))


@lru_cache(maxsize=20000)
def _bare_letters(word: str) -> str:
    return _squeezed(word)[0]


def _letters_of(page: ReadPage) -> tuple[str, list[int]]:
    """The letters of a page's words in one row, and the place of the word that each belongs to."""
    letters: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(page.words):
        plain = _bare_letters(word.text)
        letters.append(plain)
        owner += [index] * len(plain)
    return "".join(letters), owner


def box_of(page: ReadPage, text: str) -> Box | None:
    """The box of the words of a page that print a text; None where they are not together."""
    from rapidfuzz import fuzz

    wanted, _ = _squeezed(text)
    joined, owner = page.kept(_letters_of)
    if not wanted or len(joined) < len(wanted):
        return None
    near = fuzz.partial_ratio_alignment(wanted, joined, score_cutoff=ALIKE)
    if near is None or near.score < ALIKE or near.dest_end <= near.dest_start:
        return None
    return around(page.words[owner[near.dest_start] : owner[near.dest_end - 1] + 1])
