"""Sentences composed of parts that are each true of the record accuse nobody; a number changed in one is not supported.

The parts are what a report says of a state between marks, before its figure and with it; the numbers are taken from
the record. Each example is one sentence of all combinations, in English or in Spanish.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.measures.index import Scope

DAY, BEFORE = date(2026, 5, 8), date(2025, 12, 31)
PARTS: dict[str, Any] = declared.read_yaml((Path(__file__).parent / "composed.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Facts:
    """What the record has of a state, and how its name is printed."""

    name: str
    agreements: int
    agencies: int
    task_force: int
    before: int
    share: float


@dataclass(frozen=True)
class Drawn:
    """The parts of one sentence; ``language`` is 0 for English and 1 for Spanish."""

    states: tuple[str, ...]
    aside: tuple[str, str]
    frame: tuple[str, str]
    lead: tuple[str, str]
    language: int


DRAWN = st.builds(
    Drawn,
    st.permutations(list(PARTS["states"])).map(tuple),
    st.sampled_from(PARTS["asides"]),
    st.sampled_from(PARTS["frames"]),
    st.sampled_from(PARTS["leads"]),
    st.sampled_from((0, 1)),
)


@pytest.fixture(scope="module")
def facts(checker: Checker) -> dict[tuple[str, int], Facts]:
    """What the record has of each state, by its code and the language."""
    index = checker.index
    newest, old = (max(at for at, day in enumerate(index.days) if day <= one) for one in (DAY, BEFORE))
    every = index.series("agreements", Scope())[newest]
    found: dict[tuple[str, int], Facts] = {}
    for code, names in PARTS["states"].items():
        agreements = index.series("agreements", Scope((code,)))
        agencies, model = index.series("agencies", Scope((code,))), index.series("agreements", Scope((code,), "TFM"))
        counts = (int(agreements[newest]), int(agencies[newest]), int(model[newest]), int(agreements[old]))
        for language, name in enumerate(names):
            found[code, language] = Facts(name, *counts, 100 * agreements[newest] / every)
    return found


def composed(facts: dict[tuple[str, int], Facts], drawn: Drawn) -> str:
    """One sentence of its parts."""
    own, other, third = (facts[code, drawn.language] for code in drawn.states[:3])
    said = drawn.aside[drawn.language].format(own=own, third=third)
    joint, shares = own.agreements + other.agreements, own.share + other.share
    text = drawn.frame[drawn.language].format(own=own, other=other, said=said, sum=joint, shares=shares)
    text = f"{drawn.lead[drawn.language]}{text}"
    return text[:1].upper() + text[1:]


@given(drawn=DRAWN)
@settings(max_examples=150)
def test_a_true_sentence_accuses_nobody(checker: Checker, facts: dict[tuple[str, int], Facts], drawn: Drawn) -> None:
    text = composed(facts, drawn)
    checked = checker.check_text(text, published=DAY)
    assert not [one.reason for one in checked.answers if one.against], text
    assert not checked.conflicts, text


@given(drawn=DRAWN, off=st.sampled_from((7, 11, 13)))
@settings(max_examples=100)
def test_a_number_that_is_not_so_is_not_supported(
    checker: Checker, facts: dict[tuple[str, int], Facts], drawn: Drawn, off: int
) -> None:
    text = composed(facts, drawn)
    numbers = list(re.finditer(r"(?<![\d.])\d+(?![\d.%]*\d|%)", text))
    if not numbers or int(numbers[-1][0]) > 2000:
        return
    wrong = int(numbers[-1][0]) + off
    false = f"{text[: numbers[-1].start()]}{wrong}{text[numbers[-1].end() :]}"
    held = [one for one in checker.check_text(false, published=DAY).answers if one.verdict == "supported"]
    figures = [one.claim.figure for one in held if one.claim.figure and one.claim.figure.value == wrong]
    assert not [one for one in figures if one.span.end > numbers[-1].start()], false


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("number", range(len(PARTS["frames"])))
def test_a_plain_sentence_is_decided(
    checker: Checker, facts: dict[tuple[str, int], Facts], number: int, language: int
) -> None:
    drawn = Drawn(("TX", "MO", "FL"), ("", ""), PARTS["frames"][number], ("", ""), language)
    found = checker.check_text(composed(facts, drawn), published=DAY).answers
    assert found
    assert {one.verdict for one in found} <= {"supported", "arithmetic_holds"}, [one.reason for one in found]
