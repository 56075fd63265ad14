"""Statements of law in a sentence -> answers from declared facts, with citation and standing.

What enters: a sentence. What leaves: at most one answer of law: whether the statement holds, fails, or
is only shown beside the sources. Promise: a fact that is only recalled never decides.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ledger287 import declared
from ledger287.claims.answers import Answer
from ledger287.claims.model import Claim, Span, When, Where
from ledger287.claims.numbers import words_value
from ledger287.claims.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Law:
    """A declared statement of law."""

    id: str
    pattern: re.Pattern[str]
    also: tuple[re.Pattern[str], ...]
    value: tuple[float, float] | None
    holds: bool | None
    says: str
    citations: tuple[str, ...]


@cache
def laws() -> tuple[Law, ...]:
    """Every declared statement."""
    rows: list[dict[str, Any]] = yaml.safe_load(declared.text("claims/law.yml"))
    return tuple(
        Law(
            row["id"],
            re.compile(row["pattern"], re.I),
            tuple(re.compile(also, re.I) for also in row.get("also", ())),
            tuple(row["value"]) if "value" in row else None,
            row.get("holds"),
            row["says"],
            tuple(row["citations"]),
        )
        for row in rows
    )


@cache
def attested() -> tuple[dict[str, Any], ...]:
    """Figures of before the record, from secondary sources."""
    return tuple(yaml.safe_load(declared.text("claims/attested.yml")))


def beside(claim: Claim) -> tuple[str, ...]:
    """What secondary sources say of a time before the record."""
    units = {"states": ("states",)}.get(claim.unit, ("agreements",))
    return tuple(
        f"a secondary source gives {row['value']} {row['unit']} then: {row['source']}"
        for row in attested()
        if row["unit"] in units
        and not claim.where.states
        and any(one.first <= row["to"] and one.last >= row["from"] for one in claim.when.windows)
    )


def law_in(sentence: Sentence) -> tuple[Answer, ...]:
    """The statement of law that a sentence makes, by the first declared pattern that it has."""
    text = sentence.text
    for law in laws():
        found = law.pattern.search(text)
        if not found or not all(also.search(text) for also in law.also):
            continue
        given = found.groupdict()
        said = given.get("n") or given.get("m")
        holds = law.holds
        if law.value and said:
            value = _value(said)
            holds = None if value is None else law.value[0] <= value <= law.value[1]
        span = Span(sentence.span.start + found.start(), sentence.span.start + found.end())
        claim = Claim("law", None, "law", Where(), When(), span, sentence.span, speaker=sentence.speaker, law=law.id)
        state = {True: "agrees with the sources", False: "differs from the sources", None: "beside the sources"}[holds]
        return (
            Answer(
                claim, "law", law.says, f"{state}: {law.says}.", citations=law.citations, law_holds=holds, measure="law"
            ),
        )
    return ()


def _value(said: str) -> float | None:
    digits = said.replace(",", "")
    return float(digits) if digits.isdigit() else words_value(said)
