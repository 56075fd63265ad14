"""The declared words of what a named agency did.

What enters: declared/factcheck/deeds.yml. What leaves: the patterns of verbs with their kinds, and the lists. Promise:
no word outside of that file says what an agency did.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import grouped_words, when_needed, with_words


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A pattern of a verb with what is around it, and the kind of what was done."""

    kind: str
    pattern: re.Pattern[str]


@cache
def data() -> dict[str, Any]:
    """What the file holds."""
    held: dict[str, Any] = declared.declared_yaml("factcheck/deeds.yml")
    return held


@cache
def _macros() -> dict[str, str]:
    states = sorted((one.name for one in declared.states() + declared.territories()), key=len, reverse=True)
    return grouped_words(data()["macros"], {"STATE": f"(?:{'|'.join(map(re.escape, states))})"})


def with_macros(form: str, own: dict[str, str] | None = None) -> str:
    """A pattern with the macros of the file, and with some of its own, put in."""
    added = {name: f"(?:{part})" for name, part in (own or {}).items()}
    return with_words(form, {**_macros(), **added})


@cache
def verb_forms() -> tuple[VerbForm, ...]:
    """The patterns of verbs, in the order in which one is preferred where two begin at one place."""
    return tuple(VerbForm(row["kind"], when_needed(with_words(row["form"], _macros()))) for row in data()["verbs"])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern that the file gives by a name of its own."""
    return when_needed(with_words(data()[name], _macros()))


@cache
def macro(name: str) -> re.Pattern[str]:
    """A macro as a pattern."""
    return when_needed(_macros()[name])


@cache
def undone() -> re.Pattern[str]:
    """Words right before a verb that say that it is not so, or not yet."""
    return when_needed(rf"(?i)\b(?:{data()['undone']})\W*$|n[’']t\W*$")


@cache
def doubted() -> re.Pattern[str]:
    """Words of a statement that may take back what it says."""
    return when_needed(rf"(?i)\b(?:{data()['doubted']})\b|n[’']t\b")


@cache
def supposed() -> re.Pattern[str]:
    """Words before a verb that say that it may not be so."""
    return when_needed(rf"(?i)\b(?:{data()['supposed']})\b")


@cache
def other_thing() -> re.Pattern[str]:
    """Words behind a verb without an object that are no time or circumstance: joined the choir."""
    return when_needed(rf" (?!(?:{data()['months_and_days']})\b)[a-z]")


def listed(name: str) -> tuple[str, ...]:
    """A list of words."""
    return tuple(data()[name])


def counts() -> dict[str, int]:
    """Number words as numbers."""
    return dict(data()["counts"])
