"""Nothing that users rely on changes by accident: today's doors still hold every line of the golden ones.

The doors, and how they are listed, are in ``golden_doors.py``; the lines they must hold in ``golden/*.json``. What
was added since is not a failure. What is gone or changed is one, unless ``golden/renamed.yml`` declares it; the tables
of the record that ships must be the same to the byte.
"""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

import pytest

import golden_doors
from golden_doors import GOLDEN, GROUPS, Doors, Lines, today_of
from ledger287.core import declared

EXACT = "tables"
"""The group in which nothing may be added either."""
SHOWN = 25
REMEDY = (
    "Users rely on these. If the change is intended, list it in CHANGELOG.md and declare it in "
    "tests/golden/renamed.yml, or write the golden files again: python tests/golden_doors.py --write"
)


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    golden_doors.close()


def golden_of(group: str) -> Doors:
    """The golden lines of a group, by door."""
    doors: Doors = json.loads((GOLDEN / f"{group}.json").read_text(encoding="utf-8"))
    return doors


@cache
def renamed() -> list[dict[str, Any]]:
    """What is declared to be renamed or taken away."""
    return declared.read_yaml((GOLDEN / "renamed.yml").read_text(encoding="utf-8")) or []


def new_door(group: str, door: str) -> str:
    """The name of a door today."""
    for each in renamed():
        if each["door"] == f"{group}, {door}" and each["old"] is None:
            return str(each["new"])
    return door


def declared_gone(group: str, door: str, today: Lines) -> set[str]:
    """The lines of a door that may be gone: declared, with what replaced them there."""
    return {
        each["old"]
        for each in renamed()
        if each["door"] == f"{group}, {door}" and each["old"] and (each["new"] is None or each["new"] in today)
    }


def differences(golden: Lines, today: Lines, accepted: set[str], exact: bool = False) -> Lines:
    """What is gone from a door, each line with the nearest of those that are new, and what may not be added."""
    gone = [line for line in golden if line not in set(today) and line not in accepted]
    new = [line for line in today if line not in set(golden)]
    told = []
    for line in gone[:SHOWN]:
        near = get_close_matches(line, new, 1)
        told += [f"  - gone:  {line}", *(f"    today: {other}" for other in near)]
    told += [f"  ... and {len(gone) - SHOWN} more lines are gone"] if len(gone) > SHOWN else []
    return told + ([f"  + added: {line}" for line in new] if exact and not gone else [])


CASES = [(group, door) for group in GROUPS for door in golden_of(group)]


@pytest.mark.parametrize(("group", "door"), CASES, ids=[f"{group}: {door}" for group, door in CASES])
def test_a_door_holds_what_it_held(group: str, door: str) -> None:
    doors = today_of(group)
    today = doors.get(new_door(group, door))
    if today is None:
        pytest.fail(f"{group}: the door {door!r} is gone; there are {', '.join(doors)}.\n{REMEDY}", pytrace=False)
    told = differences(golden_of(group)[door], today, declared_gone(group, door, today), group == EXACT)
    if told:
        pytest.fail("\n".join([f"{group}, {door}:", *told, REMEDY]), pytrace=False)


def test_every_group_is_pinned_and_small() -> None:
    files = list(GOLDEN.glob("*.json"))
    assert {path.stem for path in files} == set(GROUPS)
    assert sum(path.stat().st_size for path in files) < 300_000


def test_what_is_renamed_is_declared_with_a_reason() -> None:
    for each in renamed():
        assert set(each) == {"door", "old", "new", "reason"}, each
        assert each["reason"], each
        group, _, door = each["door"].partition(", ")
        assert door in golden_of(group), each
        assert each["old"] is None or each["old"] in golden_of(group)[door], each


def test_a_line_that_is_gone_is_told_with_the_nearest() -> None:
    golden, today = ["agencies: number", "rows: number"], ["agencys: number", "more: number", "rows: number"]
    assert differences(golden, golden, set()) == []
    assert differences(golden, [*golden, "more: number"], set()) == []
    assert differences(golden, [*golden, "more: number"], set(), exact=True) == ["  + added: more: number"]
    assert differences(golden, today, set()) == ["  - gone:  agencies: number", "    today: agencys: number"]
    assert differences(golden, today, {"agencies: number"}) == []
