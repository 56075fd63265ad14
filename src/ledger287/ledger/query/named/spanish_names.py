"""A Spanish search -> the same in the words that ICE prints: "alguacil del condado de Lee" is "lee county sheriff".

What enters: the letters of what was typed, and the states by their names. What leaves: the same search in English, or
None where it names no kind of agency or place in Spanish. A word that is nearly one of those for kinds is read as it.
The script (21-search.js) has the same rule.
"""

import re
from collections.abc import Mapping
from functools import cache

from ledger287.core import declared
from ledger287.ledger.query.named.near_words import nearest_kind

JOINED = re.compile(r"^(?:del|de los|de las|de la|de|en)\b ?")
BEFORE_STATE = re.compile(r" (?:de|del|en)$")
COUNTY = "condado"


@cache
def kinds() -> tuple[tuple[str, str, str], ...]:
    """The Spanish words for kinds, the longest first, each with its English ones and the kind to be shown first."""
    held = declared.declared_yaml("search/spanish_search.yml")["kinds"]
    return tuple(
        sorted(((one["says"], one["of"], one.get("kind", "")) for one in held), key=lambda one: (-len(one[0]), one[0]))
    )


@cache
def spanish_states() -> dict[str, str]:
    """The letters of a state's Spanish name, where they are others than those of the English one -> its code."""
    held: dict[str, str] = declared.declared_yaml("search/spanish_search.yml")["states"]
    return {name: code for code, name in held.items()}


@cache
def _kind_words() -> tuple[str, ...]:
    """Every word that names a kind."""
    return tuple(dict.fromkeys(word for says, _, _ in kinds() for word in says.split()))


def in_english(wanted: str, states: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A search in English, the code of the state that it names or "", and the kind to be shown first.

    ``states`` are codes of states by the letters of their names in every language.
    """
    words = wanted.split()
    near = " ".join(nearest_kind(word, _kind_words()) for word in words)
    kind = next((one for text in (wanted, near) for one in kinds() if f"{text} ".startswith(one[0] + " ")), None)
    if kind is None or (near == kind[0] and not kind[1]):
        return None
    name, of = JOINED.sub("", " ".join(words[len(kind[0].split()) :])), kind[1]
    if name and nearest_kind(name.split()[0], (COUNTY,)) == COUNTY:
        name, of = JOINED.sub("", name.partition(" ")[2]), f"county {of}".strip()
    state, parts = "", name.split()
    at = next((at for at in range(1, len(parts)) if " ".join(parts[at:]) in states), None)
    if at is not None:
        state = states[" ".join(parts[at:])]
        name = BEFORE_STATE.sub("", " ".join(parts[:at]))
    return f"{name} {of}".strip(), state, kind[2]
