"""What became known, or was withdrawn, in the last moment of a day is so on that day; a microsecond later, on the next.

The lists are synthetic; the times of their changes are set to the last moment of May 6, 2025, US Eastern time.
"""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

import ledger287
from ledger287.core.time import day_of, end_of_day
from ledger287.ledger.build.building import build
from making import three_lists

DAY = date(2025, 5, 6)
NEWEST = date(2025, 5, 5)
"""The day of the newest of the lists."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moment")
    build([three_lists(folder / "lists")], folder / "record")
    return folder / "record"


def known(record: Path, column: str, late: int) -> int:
    """How many changes are known on the day, where each has that time so many microseconds past the day's last."""
    (path,) = record.glob("tables-*/changes.parquet")
    kept = path.read_bytes()
    at = end_of_day(DAY) + timedelta(microseconds=late)
    found = pl.read_parquet(path)
    try:
        found.with_columns(pl.lit(at).cast(found.schema[column]).alias(column)).write_parquet(path)
        return ledger287.open(record).changes(date(2025, 1, 1), NEWEST, known_on=DAY).height
    finally:
        path.write_bytes(kept)


def test_the_last_moment_of_a_day_is_of_that_day() -> None:
    assert day_of(end_of_day(DAY)) == DAY
    assert day_of(end_of_day(DAY) + timedelta(microseconds=1)) == DAY + timedelta(days=1)


def test_what_was_known_in_the_last_moment_of_a_day_is_known_on_it(record: Path) -> None:
    assert known(record, "known_from", 0) > 0
    assert known(record, "known_from", 1) == 0


def test_what_was_withdrawn_in_the_last_moment_of_a_day_is_withdrawn_on_it(record: Path) -> None:
    assert known(record, "withdrawn_at", 0) == 0
    assert known(record, "withdrawn_at", 1) > 0
