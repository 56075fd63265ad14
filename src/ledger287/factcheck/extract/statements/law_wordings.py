"""Statements of law in their usual wordings, each a complete clause: what created the program, who may be compelled.

What enters: a sentence's text. What leaves: for each clause that is one of the declared wordings, its kind, its place,
and whether its provisions agree with it. Promise: a wording takes a clause from where it opens to where it closes, so
that a word between two of its own makes another clause of it, which no wording takes; what is said of "it" alone is
never said to differ (declared/factcheck/law_wordings.yml, law_wordings_rules.yml).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import filled_words, when_needed, with_words
from ledger287.factcheck.parse.numbers import words_value

FILES = ("law_wordings", "law_wordings_rules")
"""The declared files of wordings; the words of one may be used in those behind it."""
SAID = "said-"
"""Begins the topic of a claim that a wording took."""
OPENS = (
    r"(?:(?<![^\"“‘(])|(?<=[,;:—–] )|(?<=[,;:—–] [“\"])|(?<=\bthat )|(?<=\band )|(?<=\bbut )|(?<=\bsays )|(?<=\bsaid )"
    r"|(?<=[,;:—–] and )|(?<=\bbecause )|(?<=\bsince )|(?<=\bthough )|(?<=\bwhile ))"
)
CLOSES = (
    r"(?=[ ]?[.,;:?!—–)”\"]|[ ]?$"
    r"| (?:and|but|though|although|while|which|according|as|because|when|after|before|where)\b)"
)
PRONOUN = when_needed(
    r"(?i)^(?:in (?:19|20)\d\d,? )?(?:its?|under it|(?:under )?the (?:section|statute|provision|subsection|law))\b"
    r"|\b(?:[a-z]+ed|up|to) it$"
)
"""That a clause is of "it", "its" or "the law", whatever that may be."""
FEDERAL = when_needed(r"(?i)287|\b(?:congress|clinton|federal|amnesty|u\.s\.|immigration)\b")
"""That a clause is of the program of the nation, not of a county's own."""
OF_PROGRAM = when_needed(r"(?i)287|\b(?:program|agreements?|memorand\w+|models?|task[- ]force|warrant[- ]service)\b")
"""That a sentence is of the program at all, and not of other officers and their training."""


@dataclass(frozen=True, slots=True)
class LawKind:
    """A declared kind of statement: its wordings, by what the provisions say of them."""

    id: str
    near: tuple[str, ...]
    also: tuple[re.Pattern[str], ...]
    provisions: tuple[str, ...]
    wordings: tuple[tuple[str, re.Pattern[str]], ...]
    acts: tuple[tuple[bool, re.Pattern[str]], ...]
    years: tuple[int, int]
    takes: bool
    exact: bool
    of_program: bool
    federal: bool


@dataclass(frozen=True, slots=True)
class WordedLaw:
    """A clause that a wording took; ``holds`` is None where its sources are only shown."""

    id: str
    start: int
    end: int
    provisions: tuple[str, ...]
    holds: bool | None


@cache
def kinds() -> tuple[LawKind, ...]:
    """Every declared kind."""
    files: list[dict[str, Any]] = [declared.declared_yaml(f"factcheck/{name}.yml") for name in FILES]
    words = filled_words({name: said for data in files for name, said in data["words"].items()})
    return tuple(
        LawKind(
            row["id"],
            tuple(row["near"]),
            tuple(when_needed(one, re.I) for one in row.get("also", ())),
            tuple(row["provisions"]),
            tuple(
                (how, when_needed(f"{OPENS}(?:{with_words(text, words)}){CLOSES}", re.I))
                for how in ("dated", "agrees", "differs", "shown")
                for text in row.get(how, ())
            )
            + tuple(("loose", when_needed(with_words(text, words), re.I)) for text in row.get("loose", ())),
            tuple(
                (how == "agrees", when_needed(with_words(text, words), re.I))
                for how, texts in row.get("acts", {}).items()
                for text in texts
            ),
            tuple(row.get("years", (0, 0))),
            *(bool(row.get(key)) for key in ("takes", "exact", "of_program", "federal")),
        )
        for data in files
        for row in data["kinds"]
    )


@cache
def taking() -> frozenset[str]:
    """The topics of the kinds whose numbers are no claims of their own."""
    return frozenset(f"{SAID}{one.id}" for one in kinds() if one.takes)


@cache
def _states() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(one.name) for one in declared.states())})\b")


def worded_in(text: str) -> list[WordedLaw]:
    """The clauses of a sentence that are statements of law in a declared wording, one of each kind and of each clause.

    Of two kinds that take one clause, the one that is judged is kept, and else the one declared first.
    """
    found = sorted(_worded_in(text), key=lambda one: one.holds is None)
    kept: list[WordedLaw] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _worded_in(text: str) -> Iterator[WordedLaw]:
    low = text.lower()
    for kind in kinds():
        if not any(word in low for word in kind.near) or not all(one.search(text) for one in kind.also):
            continue
        for how, wording in kind.wordings:
            if found := wording.search(text):
                holds = _holds(kind, how, found)
                if (kind.federal and _states().search(text)) or (kind.of_program and not OF_PROGRAM.search(text)):
                    holds = None
                yield WordedLaw(kind.id, found.start(), found.end(), kind.provisions, holds)
                break


def _holds(kind: LawKind, how: str, found: re.Match[str]) -> bool | None:
    """Whether what a clause says is so; of "it" alone, only whether it agrees."""
    holds = {"agrees": True, "differs": False}.get(how)
    if how == "dated":
        given = found.groupdict()
        if given.get("y"):
            later = kind.exact or (bool(FEDERAL.search(found[0])) and kind.id == "origin")
            holds = _of_time(given["y"], kind.years, later=later)
        elif given.get("act"):
            holds = next((right for right, act in kind.acts if act.fullmatch(given["act"])), None)
            is_federal = NAMED_ACT.search(given["act"]) or FEDERAL.search(found[0])
            holds = holds if holds or is_federal else None
    return None if holds is False and PRONOUN.search(found[0]) else holds


DECADE = when_needed(r"(?i)(?:the )?(?:(early|late|mid)-? ?)?(\d{4})[’']?s")
PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9), None: (0, 9)}
"""The years of a decade that a part of it may mean at the widest."""


NAMED_ACT = when_needed(r"(?i)\b(?:homeland|patriot|laken|real id|secure fence|beautiful|control)\b")


def _of_time(said: str, years: tuple[int, int], *, later: bool) -> bool | None:
    """Whether a year, a decade or a part of one is the right one; a later one may be another start."""
    number = words_value(said)
    if said[-4:].isdigit() or number is not None:
        first = last = int(said[-4:] if number is None else number)
    else:
        found = DECADE.fullmatch(said)
        if found is None:
            return None
        first, last = (int(found[2]) + part for part in PARTS[found[1].lower() if found[1] else None])
    if first > years[1]:
        return False if later else None
    return last >= years[0]
