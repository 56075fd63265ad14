"""What the inner loop leaves out is named, and is there: ``slow.txt`` has no file or function that is gone."""

import ast
from pathlib import Path

import pytest

from conftest import REPOSITORY, STARTING_A_BROWSER, STARTING_JAVA, slow_tests


@pytest.mark.parametrize("entry", slow_tests())
def test_what_is_left_out_is_there(entry: str) -> None:
    file, _, function = entry.partition("::")
    tree = ast.parse((REPOSITORY / Path(file)).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert not function or function in names, f"{entry} is gone: take it out of tests/slow.txt"


def test_the_list_is_in_order_without_repeats() -> None:
    assert list(slow_tests()) == sorted(set(slow_tests()))


@pytest.mark.parametrize("starting", [STARTING_JAVA, STARTING_A_BROWSER])
def test_tests_that_share_a_long_start_are_together(request: pytest.FixtureRequest, starting: tuple[str, ...]) -> None:
    """One worker has them all, and starts what they share once."""
    shares = [any(part in item.nodeid for part in starting) for item in request.session.items]
    places = [place for place, one in enumerate(shares) if one]
    assert places == list(range(places[0], places[-1] + 1)) if places else True
