"""Fixtures that more than one test file uses."""

import atexit
import gc
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import drawing
from costs import STARTING_A_BROWSER, STARTING_JAVA, Measuring, functions, is_new, is_quick, test_of

if TYPE_CHECKING:
    from ledger287.factcheck.checking import Checker

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
# No deadline: a slow machine is not a fault of the code. Examples are the same for each run, unless a seed is given.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
os.environ.setdefault("LEDGER287_PAGES", "")  # sites that tests start leave no file of pages behind


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """No test takes the power away: what is written need not have reached the disk before a test goes on.

    A record has sixteen files and folders that are flushed, and thousands of records are written.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def checker() -> "Checker":
    """The checker of the record that ships: one for each process, since what it indexes takes a second."""
    import ledger287
    from ledger287.factcheck.checking import Checker

    return Checker(ledger287.open())


@pytest.fixture(scope="session")
def shared_lists() -> Path:
    """The folder of ICE's real lists, which is too large for the repository.

    It is next to the repository. Where it is missing a test is skipped, but never under CI, where a skipped test would
    be taken for one that passed.
    """
    place = SHARED / "lists"
    if place.is_dir():
        return place
    reason = f"{place}: ICE's lists are not here; this test reads them"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--costs`` measures what each test costs (``make test-costs``, and ``make test-new``)."""
    said = "measure what each test costs, or each new one; writes tests/costs.csv"
    parser.addoption("--costs", nargs="?", const="all", choices=["all", "new"], help=said)


def pytest_configure(config: pytest.Config) -> None:
    """Draws the examples of the properties from the seed where one is given (``make properties``)."""
    if config.getoption("--costs"):
        config.pluginmanager.register(Measuring())
    seed, profile = config.getoption("--hypothesis-seed"), config.getoption("--hypothesis-profile")
    if seed is not None:
        os.environ[drawing.VARIABLE] = "every"
    if profile is None:
        settings.load_profile("repeatable" if seed is None else "exploring")


def chosen(config: pytest.Config, path: Path) -> Callable[[str, str], bool] | None:
    """Which functions of a file alone are run: the quick ones in the inner loop, or those that nobody has measured."""
    if not path.name.startswith("test_"):
        return None
    if config.getoption("--costs") == "new":
        return is_new
    return is_quick if config.getoption("markexpr") == "not slow" else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file of which no test is run is not even imported."""
    only, file = chosen(config, collection_path), collection_path.name
    return None if only is None or any(only(file, function) for function in functions(file)) else True


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str) -> list[pytest.Item] | None:
    """Nor are the cases of a function made that is not run: there are thousands."""
    only = chosen(collector.config, collector.path) if name.startswith("test") else None
    return None if only is None or only(collector.path.name, name) else []


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collects no garbage while tests are collected: all of them are kept."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Collects garbage less often: what thousands of tests keep is looked through again and again for nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure() -> None:
    """Gives back what was left out once Python ends, so that libraries that look for leaks then find none.

    No sooner: pytest looks through everything five times as it ends, for errors that nobody saw.
    """
    atexit.register(gc.unfreeze)


def in_workers_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests in the order in which two workers each start the half of them, and take from the end of the other's.

    Those that share what takes many seconds to start (Java with Spark, a browser with its site) come first in a half:
    one worker has them all, and starts it once.
    """
    first, middle, others = [], [], []
    for item in items:
        if any(part in item.nodeid for part in STARTING_JAVA):
            first.append(item)
        elif any(part in item.nodeid for part in STARTING_A_BROWSER):
            middle.append(item)
        else:
            others.append(item)
    half = max(0, len(items) // 2 - len(first))
    return [*first, *others[:half], *middle, *others[half:]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that are not quick, and puts all in the order of the workers."""
    items[:] = in_workers_order(items)
    for item in items:
        if not is_quick(*test_of(item)):
            item.add_marker(pytest.mark.slow)
