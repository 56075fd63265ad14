"""What each test function costs in seconds of a processor, and which are quick by it.

``costs.csv`` holds what ``make test-costs`` measured: of every function what all its cases took, with the processes
that they started and waited for. One is quick where that is at most ``QUICK``; one that has not been measured is not
quick until it is: nobody knows what it takes. ``make test-quick`` runs the quick functions only, and does not import a
file that has none. ``make test-new`` runs those that were not measured, and measures them.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

COSTS = Path(__file__).parent / "costs.csv"
QUICK = 0.02
"""Seconds of a processor that all cases of a quick function take together."""
SETTING_UP_LONG = ("test_documents_fields.py", "test_documents_other_files.py", "test_imports.py")
"""Files whose tests take little after seconds of set-up: processes that read documents, all code read for imports.

The inner loop leaves them out; `make check` runs the last.
"""
STARTING_JAVA = ("test_custody_store_spark.py", "test_outcomes_adding_spark.py", "::test_spark_", "_cluster.py")
STARTING_A_BROWSER = ("test_web_browser.py",)
NEEDING_A_PLUGIN = ("test_web_api_fuzzed.py",)
"""Of schemathesis, whose plugin takes a second to load in each process, and which the inner loop is run without."""
LEFT_OUT = (*STARTING_JAVA, *STARTING_A_BROWSER, *NEEDING_A_PLUGIN, *SETTING_UP_LONG)
"""What the inner loop leaves out, however little a function of it takes once it was set up."""

Test = tuple[str, str]
"""A file and a function of it."""


@cache
def measured() -> dict[Test, float]:
    """Each function that was measured, and its seconds."""
    with COSTS.open(encoding="utf-8", newline="") as lines:
        return {(row["file"], row["function"]): float(row["seconds"]) for row in csv.DictReader(lines)}


@cache
def functions(file: str) -> tuple[str, ...]:
    """The test functions of a file, by its text alone."""
    text = (COSTS.parent / file).read_text(encoding="utf-8")
    return tuple(re.findall(r"^ *(?:async )?def (test_\w+)", text, re.MULTILINE))


def is_quick(file: str, function: str) -> bool:
    """Whether the inner loop runs a test."""
    left_out = any(part in f"{file}::{function}" for part in LEFT_OUT)
    return not left_out and measured().get((file, function), QUICK + 1) <= QUICK


def is_new(file: str, function: str) -> bool:
    """Whether nobody has measured a test."""
    return (file, function) not in measured()


def test_of(item: pytest.Item) -> Test:
    """The file and the function of a test."""
    return item.path.name, getattr(item, "originalname", None) or item.name.partition("[")[0]


class Measuring:
    """Adds up what the cases of each function take in this process, and writes it where no other process does."""

    def __init__(self) -> None:
        self.seconds: defaultdict[Test, float] = defaultdict(float)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measures one test with what is set up for it."""
        before = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.seconds[test_of(item)] += sum(os.times()[:4]) - before

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hands what was measured to the process that started this one, or writes it."""
        handed = getattr(session.config, "workeroutput", None)
        if handed is not None:
            handed["costs"] = [(*test, spent) for test, spent in self.seconds.items()]
        else:
            write_costs(self.seconds)

    def pytest_testnodedown(self, node: Any) -> None:
        """Takes what a worker measured."""
        handed: Iterable[tuple[str, str, float]] = getattr(node, "workeroutput", {}).get("costs", ())
        for file, function, spent in handed:
            self.seconds[file, function] += spent


def write_costs(seconds: Mapping[Test, float]) -> None:
    """Writes what was measured, next to what was known of functions that were not run and are still there."""
    found = {**measured(), **seconds}
    kept = {test: spent for test, spent in found.items() if (COSTS.parent / test[0]).exists()}
    with COSTS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["file", "function", "seconds"])
        writer.writerows(
            (file, function, round(spent, 2))
            for (file, function), spent in sorted(kept.items())
            if function in functions(file)
        )
