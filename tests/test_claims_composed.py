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

DAY = date(2026, 5, 8)
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
    """What the record has of each state on the newest list, by its code and the language."""
    return facts_of(checker, DAY)


def facts_of(checker: Checker, day: date) -> dict[tuple[str, int], Facts]:
    """What the record has of each state on a day, and at the end of the year before."""
    index = checker.index
    ended = date(day.year - 1, 12, 31)
    newest, old = (max(at for at, each in enumerate(index.days) if each <= one) for one in (day, ended))
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


@dataclass(frozen=True)
class Nation:
    """What the record has of the entire country."""

    agreements: int
    agencies: int
    states: int
    task_force: int


DAYS = (date(2025, 9, 12), date(2025, 11, 18), date(2026, 1, 15), date(2026, 3, 20), date(2026, 5, 8))


@pytest.fixture(scope="module")
def told(checker: Checker) -> dict[date, tuple[dict[tuple[str, int], Facts], Nation]]:
    """What the record has on each of the days."""
    index, found = checker.index, {}
    for day in DAYS:
        at = max(at for at, each in enumerate(index.days) if each <= day)
        agreements, agencies, states = (
            int(index.series(unit, Scope())[at]) for unit in ("agreements", "agencies", "states")
        )
        nation = Nation(agreements, agencies, states, int(index.series("agreements", Scope((), "TFM"))[at]))
        found[day] = (facts_of(checker, day), nation)
    return found


@given(
    day=st.sampled_from(DAYS),
    states=st.permutations(list(PARTS["states"])),
    sentences=st.lists(st.sampled_from(PARTS["sentences"]), min_size=1, max_size=4, unique_by=lambda pair: pair[0]),
    language=st.sampled_from((0, 1)),
    apart=st.sampled_from((" ", "\n\n")),
)
@settings(max_examples=80)
def test_a_story_of_true_sentences_accuses_nobody(
    checker: Checker,
    told: dict[date, tuple[dict[tuple[str, int], Facts], Nation]],
    day: date,
    states: list[str],
    sentences: list[list[str]],
    language: int,
    apart: str,
) -> None:
    facts, nation = told[day]
    own, other = (facts[code, language] for code in states[:2])
    numbers = {
        "sum": own.agreements + other.agreements,
        "rest": nation.agreements - own.agreements,
        "under": own.agreements - 1 - own.agreements % 5,
    }
    text = apart.join(pair[language].format(own=own, other=other, nation=nation, **numbers) for pair in sentences)
    checked = checker.check_text(text, published=day)
    assert not [one.reason for one in checked.answers if one.against], (day, text)
    assert not checked.conflicts, (day, text)


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
