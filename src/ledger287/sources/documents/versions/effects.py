"""What a change of a form's words bears on, and whether it is one: functions, hold, supervision, reporting, term.

What enters: the kind, section and words of a change. What leaves: ``Effect``: the parts of an answer on authority
that it bears on, by declared sections and words. The module promises that a change is sure only where all its words are
words of forms or numbers, something weighty or several words differ, and it is not where names are filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.sources.documents.declaring import common_words, load

ALIKE = 80
"""How alike, of 100, letters must be to be the same words read differently."""
UNLIKE = 40
"""How alike letters are at most of which one word was not misread for the other."""
MANY = 4
"""So many words that differ are a change, even if none of them is weighty by itself."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change bears on, in the order declared; ``sure`` where it is not a slip and nothing filled in."""

    bears_on: tuple[str, ...]
    sure: bool


@cache
def _declared() -> dict[str, Any]:
    found: dict[str, Any] = load("documents/effects.yml")
    return found


def effect_of(kind: str, section: str, before: Sequence[str], after: Sequence[str]) -> Effect:
    """What a change bears on, and whether it is sure."""
    slips = _declared()["slips"]
    was = [slips.get(word, word) for word in before]
    now = [slips.get(word, word) for word in after]
    gone = [word for word in was if word not in now]
    come = [word for word in now if word not in was]
    return Effect(_bears_on(section, gone, come), _is_sure(kind, section, gone, come))


def _bears_on(section: str, gone: list[str], come: list[str]) -> tuple[str, ...]:
    differing = {*gone, *come}
    found = []
    for part, row in _declared()["parts"].items():
        if differing & set(row["words"]) or any(section.upper().startswith(name) for name in row["sections"]):
            found.append(part)
    return tuple(found)


def _is_sure(kind: str, section: str, gone: list[str], come: list[str]) -> bool:
    from rapidfuzz import fuzz

    rows = _declared()
    differing = [*gone, *come]
    if not differing or "[?]" in differing or "CONT" in section.upper().split():
        return False
    known = {*common_words(), *rows["turning"], *rows["quantities"]}
    if any(word not in known and not word.isdigit() for word in differing):
        return False
    if sum(word in rows["filled_in"] for word in differing) * 3 >= len(differing):
        return False
    heavy = {*rows["weighty"], *rows["turning"], *rows["quantities"]}
    weighty = [word for word in differing if word in heavy or (word.isdigit() and kind == "changed")]
    if not weighty and fuzz.ratio("".join(gone), "".join(come)) >= ALIKE:
        return False
    another = len(gone) == len(come) == 1 and fuzz.ratio(gone[0], come[0]) < UNLIKE
    return bool(weighty) or another or len(differing) >= MANY
