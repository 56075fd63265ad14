"""The declared words of asides.

What enters: declared/factcheck/asides.yml. What leaves: each list as a set, and phrases as tuples of words. Promise:
no word outside of that file opens an aside.
"""

from functools import cache

from ledger287.core import declared
from ledger287.factcheck.coverage.lists import spanish


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    data = declared.declared_yaml("factcheck/asides.yml")
    return {name: tuple(str(word) for word in words) for name, words in data.items()}


@cache
def words(name: str) -> frozenset[str]:
    """One of the lists as a set; what is barred in an aside is barred in Spanish as well."""
    return frozenset(_lists()[name]) | (spanish() if name == "forbidden" else frozenset())


@cache
def openers(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list by their words, the longest first."""
    return tuple(sorted((tuple(one.split()) for one in _lists()[name]), key=len, reverse=True))


@cache
def opening_with(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of a list by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in openers(name):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}
