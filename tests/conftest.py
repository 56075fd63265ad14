"""Fixtures that more than one test file uses."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared_lists() -> Path:
    """The folder of ICE's real lists, which is too large to lie in the repository.

    It lies beside the repository. Where it is missing a test is skipped, but never under CI, where a
    skipped test would pass for one that held.
    """
    place = SHARED / "lists"
    if place.is_dir():
        return place
    reason = f"{place}: ICE's lists are not here; this test reads them"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)
