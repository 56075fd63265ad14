"""A Spanish search -> the same in the words that ICE prints: "alguacil del condado de Lee" is "lee county sheriff".

What enters: the letters of what was typed, and the states by their names. What leaves: the same search in English, or
None where it names no kind of agency or place in Spanish. The script (21-search.js) has the same rule.
"""

import re
from collections.abc import Mapping
from functools import cache

from ledger287.core import declared

JOINED = re.compile(r"^(?:del|de los|de las|de la|de|en)\b ?")
BEFORE_STATE = re.compile(r" (?:de|del|en)$")
COUNTY = "condado"


@cache
def kinds() -> tuple[tuple[str, str, str], ...]:
    """The Spanish words for kinds, the longest first, each with its English ones and the kind to be shown first."""
    held = declared.declared_yaml("web/spanish_search.yml")["kinds"]
    return tuple(
        sorted(((one["says"], one["of"], one.get("kind", "")) for one in held), key=lambda one: (-len(one[0]), one[0]))
    )


def in_english(wanted: str, states: Mapping[str, str]) -> tuple[str, str] | None:
    """A search in English, and the kind to be shown first.

    ``states`` are codes of states by the letters of their names in every language.
    """
    kind = next((one for one in kinds() if f"{wanted} ".startswith(one[0] + " ")), None)
    if kind is None or (wanted == kind[0] and not kind[1]):
        return None
    name, of = JOINED.sub("", wanted[len(kind[0]) + 1 :]), kind[1]
    if f"{name} ".startswith(COUNTY + " "):
        name, of = JOINED.sub("", name[len(COUNTY) + 1 :]), f"county {of}".strip()
    state, parts = "", name.split()
    at = next((at for at in range(1, len(parts)) if " ".join(parts[at:]) in states), None)
    if at is not None:
        state = states[" ".join(parts[at:])].lower()
        name = BEFORE_STATE.sub("", " ".join(parts[:at]))
    return " ".join(f"{name} {of} {state}".split()), kind[2]
