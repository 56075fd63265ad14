"""What the inner loop runs follows from what was measured: it is little, and every room has some of it."""

import ast
from functools import cache
from pathlib import Path

import pytest
from scripts.architecture import ORDER

from conftest import REPOSITORY
from costs import STARTING_A_BROWSER, STARTING_JAVA, functions, is_quick, measured

TESTS = [
    (path.name, function)
    for path in sorted((REPOSITORY / "tests").glob("test_*.py"))
    for function in functions(path.name)
]
BUDGET = 10.0
"""Seconds of a processor that the quick tests may take together, as they were measured."""
FEWEST = 20
"""Quick functions in files that import from a room."""


@cache
def rooms_of(file: str) -> set[str]:
    """The rooms from which a test file imports."""
    tree = ast.parse((REPOSITORY / Path("tests", file)).read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {module.split(".")[1] for module in modules if module.startswith("ledger287.")}


def test_every_room_has_quick_tests() -> None:
    quick = [rooms_of(file) for file, function in TESTS if is_quick(file, function)]
    found = {room: sum(room in of for of in quick) for room in ORDER if room != "api"}
    assert min(found.values()) >= FEWEST, f"too few quick tests: {found}"


def test_quick_tests_take_little_together() -> None:
    assert sum(seconds for test, seconds in measured().items() if test in TESTS and is_quick(*test)) <= BUDGET


def test_most_tests_were_measured() -> None:
    unknown = set(TESTS) - set(measured())
    assert len(unknown) <= len(TESTS) // 10, f"{len(unknown)} tests are new: run `make test-new`"


@pytest.mark.parametrize("starting", [STARTING_JAVA, STARTING_A_BROWSER])
def test_tests_that_share_a_long_start_are_together(request: pytest.FixtureRequest, starting: tuple[str, ...]) -> None:
    """One worker has them all, and starts what they share once."""
    shares = [any(part in item.nodeid for part in starting) for item in request.session.items]
    places = [place for place, one in enumerate(shares) if one]
    assert places == list(range(places[0], places[-1] + 1)) if places else True
