"""Choices of words, and where in a sentence each fact's figure is."""

import random
from dataclasses import dataclass, field
from typing import TypeVar

from claim_templates.facts import Fact
from ledger287.core import declared

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
OPEN, CLOSE = "⟦", "⟧"
T = TypeVar("T")


def state_name(code: str) -> str:
    """A state's name."""
    return next(one.name for one in declared.states() + declared.territories() if one.code == code)


def number(value: float, spelled: bool) -> str:
    """A number as it is printed."""
    if spelled and value == int(value) and 0 < value < len(WORDS):
        return WORDS[int(value)]
    return f"{value:,g}" if value != int(value) else f"{int(value):,}"


@dataclass
class Say:
    """One saying of facts: its choices, drawn in their order, and its facts by the marks around their figures."""

    rng: random.Random
    facts: list[Fact] = field(default_factory=list)

    def of(self, *options: T) -> T:
        """One of several ways."""
        return options[self.rng.randrange(len(options))]

    def mark(self, fact: Fact, said: str) -> str:
        """A figure between marks, with the number of its fact."""
        if fact not in self.facts:
            self.facts.append(fact)
        return f"{OPEN}{self.facts.index(fact)}|{said}{CLOSE}"


@dataclass(frozen=True)
class Said:
    """A sentence as printed, with the spans of its facts' figures."""

    text: str
    spans: tuple[tuple[Fact, int, int], ...]


def printed(marked: str, facts: list[Fact]) -> Said:
    """A marked sentence without its marks, and where each figure is."""
    marked = marked[:1].upper() + marked[1:] if not marked.startswith(OPEN) else marked
    text, spans = "", []
    rest = marked
    while OPEN in rest:
        before, _, rest = rest.partition(OPEN)
        inner, _, rest = rest.partition(CLOSE)
        at, _, said = inner.partition("|")
        text += before
        said = said[:1].upper() + said[1:] if not text else said
        spans.append((facts[int(at)], len(text), len(text) + len(said)))
        text += said
    return Said(text + rest, tuple(spans))
