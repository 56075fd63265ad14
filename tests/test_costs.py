"""What the inner loop runs follows from what was measured: it is little, and every room has some of it."""

import ast

import pytest
from scripts.architecture import ORDER

from conftest import REPOSITORY
from costs import QUICK, STARTING_A_BROWSER, STARTING_JAVA, is_quick, measured

FILES = sorted(path.name for path in (REPOSITORY / "tests").glob("test_*.py"))
BUDGET = 60.0
"""Seconds of a processor that the quick files may take together, as they were measured."""


def rooms_of(file: str) -> set[str]:
    """The rooms from which a test file imports."""
    tree = ast.parse((REPOSITORY / "tests" / file).read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {module.split(".")[1] for module in modules if module.startswith("ledger287.")}


@pytest.mark.parametrize("room", [room for room in ORDER if room != "api"])
def test_every_room_has_quick_tests(room: str) -> None:
    quick = [file for file in FILES if is_quick(file) and room in rooms_of(file)]
    assert len(quick) >= 2, f"{room}: its quick test files are {quick}"


def test_quick_files_take_little_together() -> None:
    assert sum(seconds for seconds in measured().values() if seconds <= QUICK) <= BUDGET


def test_what_was_measured_is_of_the_files_that_are_there() -> None:
    assert set(measured()) <= set(FILES), "files are gone: take them out of tests/costs.csv, or run `make test-costs`"
    assert len(set(FILES) - set(measured())) <= 25, "many files are new: run `make test-costs`"


@pytest.mark.parametrize("starting", [STARTING_JAVA, STARTING_A_BROWSER])
def test_tests_that_share_a_long_start_are_together(request: pytest.FixtureRequest, starting: tuple[str, ...]) -> None:
    """One worker has them all, and starts what they share once."""
    shares = [any(part in item.nodeid for part in starting) for item in request.session.items]
    places = [place for place, one in enumerate(shares) if one]
    assert places == list(range(places[0], places[-1] + 1)) if places else True
