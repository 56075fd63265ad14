"""The declared words of asides.

What enters: declared/factcheck/asides.yml, asides_scenes.yml and asides_sources.yml. What leaves: each list as a set,
and phrases as tuples of words. Promise: no word outside of these files opens an aside.
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
def scene_words(name: str) -> frozenset[str]:
    """One of the lists of what opens or closes a sentence around its figures."""
    return _listed_in("asides_scenes.yml", name)


@cache
def source_words(name: str) -> frozenset[str]:
    """One of the lists of who says so."""
    return _listed_in("asides_sources.yml", name)


def _listed_in(file: str, name: str) -> frozenset[str]:
    return frozenset(str(one) for one in declared.declared_yaml(f"factcheck/{file}")[name])


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
