"""What each test file costs in seconds of a processor, and which files are quick by it.

``costs.csv`` holds what was measured by ``make test-costs``: of every file what its tests took, with the processes that
they started and waited for. A file is quick where that is at most ``QUICK``; one that has not been measured is quick
until it is. ``make test-quick`` collects quick files only. Nobody lists them.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Generator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

COSTS = Path(__file__).parent / "costs.csv"
QUICK = 1.0
"""Seconds of a processor that all tests of a quick file take together."""
STARTING_JAVA = ("test_custody_store_spark.py", "test_outcomes_adding_spark.py", "::test_spark_", "_cluster.py")
STARTING_A_BROWSER = ("test_web_browser.py",)


@cache
def measured() -> dict[str, float]:
    """Each file that was measured, and its seconds."""
    with COSTS.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: float(row["seconds"]) for row in csv.DictReader(lines)}


def is_quick(file: str) -> bool:
    """Whether the inner loop runs a test file, by its name."""
    starts = any(part in file for part in (*STARTING_JAVA, *STARTING_A_BROWSER))
    return not starts and measured().get(file, 0.0) <= QUICK


class Measuring:
    """Adds up what the tests of each file take in this process, and writes it at the end where no other does."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measures one test with what is set up for it."""
        before = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.seconds[item.path.name] += sum(os.times()[:4]) - before

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hands what was measured to the process that started this one, or writes it."""
        handed = getattr(session.config, "workeroutput", None)
        if handed is not None:
            handed["costs"] = dict(self.seconds)
        else:
            _write(self.seconds)

    def pytest_testnodedown(self, node: Any) -> None:
        """Takes what a worker measured."""
        for file, spent in getattr(node, "workeroutput", {}).get("costs", {}).items():
            self.seconds[file] += spent


def _write(seconds: Mapping[str, float]) -> None:
    """Writes what was measured, next to what was known of files that were not run."""
    found = {**measured(), **{file: round(spent, 1) for file, spent in seconds.items()}}
    with COSTS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["file", "seconds"])
        writer.writerows((file, spent) for file, spent in sorted(found.items()) if (COSTS.parent / file).exists())
