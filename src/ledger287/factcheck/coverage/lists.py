"""The declared lists of words that change nothing.

What enters: declared/factcheck/neutral_words.yml. What leaves: each list as a set. Promise: no word outside of that
file is passed over.
"""

from functools import cache

from ledger287.core import declared


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = declared.declared_yaml("factcheck/neutral_words.yml")
    return {name: frozenset(str(word) for word in words) for name, words in data.items()}


def neutral(name: str) -> frozenset[str]:
    """One of the lists."""
    return _lists()[name]


@cache
def spanish() -> frozenset[str]:
    """The Spanish words that may bear on a figure, so that no stretch with one of them is passed over."""
    data = declared.declared_yaml("factcheck/es/asides.yml")
    return frozenset(str(word) for word in data["forbidden"])
