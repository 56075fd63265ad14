"""The declared words of claims on outcomes, as compiled patterns.

What enters: declared/factcheck/outcomes.yml. What leaves: patterns by name, and parts of a sentence that they match.
Promise: every word that a reading here rests on is declared there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span


@dataclass(frozen=True, slots=True)
class Quality:
    """A part of the people held: how it is said, and the other parts that the same words may mean."""

    id: str
    pattern: re.Pattern[str]
    says: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a sentence that name one thing, with their place in the sentence."""

    what: str
    first: int
    last: int


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = declared.declared_yaml("factcheck/outcomes.yml")
    return data


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A declared pattern."""
    return when_needed(_data()[name], re.IGNORECASE)


@cache
def neutral_words(name: str) -> frozenset[str]:
    """The declared words that change nothing in a claim of a kind."""
    return frozenset(str(word) for word in _data()[name])


@cache
def qualities() -> dict[str, Quality]:
    """The declared parts of the people held, by id."""
    return {
        name: Quality(
            name,
            when_needed(rf"\b(?:{row['pattern'].strip()})(?!\w)", re.IGNORECASE),
            row["says"],
            tuple(row.get("others", {}).items()),
        )
        for name, row in _data()["qualities"].items()
    }


@cache
def _arresting() -> dict[str, re.Pattern[str]]:
    return {name: when_needed(text, re.IGNORECASE) for name, text in _data()["agencies"].items()}


def arresting_in(text: str) -> list[Found]:
    """The agencies that are said to have arrested the people held, in order; "by CBP" alone where one was said so."""
    found = [Found(name, *match.span()) for name, words in _arresting().items() for match in words.finditer(text)]
    found.sort(key=lambda one: one.first)
    said = next((one.last for one in found if "arrested" in text[one.first : one.last].lower()), None)
    return [one for one in found if said is not None and one.last >= said]


def qualities_in(text: str) -> list[Found]:
    """The parts of the people held that a sentence names, in order; of words that overlap the longest."""
    every = [Found(one.id, *match.span()) for one in qualities().values() for match in one.pattern.finditer(text)]
    kept: list[Found] = []
    for one in sorted(every, key=lambda found: (found.first - found.last, found.first)):
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda found: found.first)


def words_like(text: str, name: str, start: int, role: str) -> Iterator[tuple[Span, str]]:
    """The stretches of a sentence that a declared pattern matches, as parts that were read."""
    for match in pattern(name).finditer(text):
        yield Span(start + match.start(), start + match.end()), role


def neutral_in(text: str, name: str, start: int) -> Iterator[tuple[Span, str]]:
    """The words of a sentence that a declared list says change nothing in such a claim."""
    words = neutral_words(name)
    for match in re.finditer(r"[\w’'-]+", text):
        if match.group().lower().replace("’", "'") in words:
            yield Span(start + match.start(), start + match.end()), "neutral"
