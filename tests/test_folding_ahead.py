"""Lists folded while others are still read: the record is the one that a single process makes, whatever names say."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ledger287.ledger.build.building import build
from ledger287.ledger.build.growing import Ahead
from ledger287.sources.ice_lists import reading
from making import list_name, made_up_rows, workbook_bytes

FIRST = date(2025, 3, 1)
COUNT = 80
"""Enough files for two processes."""
Fold = Callable[[str, int], bytes]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A list a day; on one day two, and one that is there twice under another name."""
    folder = tmp_path / "lists"
    folder.mkdir()
    for number in range(COUNT):
        name = list_name(FIRST + timedelta(days=number))
        (folder / name).write_bytes(workbook_bytes(made_up_rows(3 + number // 4)))
    (folder / list_name(FIRST + timedelta(days=70), "pm")).write_bytes(workbook_bytes(made_up_rows(21)))
    again = (folder / list_name(FIRST + timedelta(days=60))).read_bytes()
    (folder / list_name(FIRST + timedelta(days=61), "pm")).write_bytes(again)
    return folder


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """How many lists each build had folded ahead; None where none of that was of use."""
    found: list[int | None] = []
    real = Ahead.begun

    def remembered(self: Ahead, order: object) -> object:
        folding = real(self, order)  # type: ignore[arg-type]
        found.append(len(folding.folded.lists) if folding else None)
        return folding

    monkeypatch.setattr(Ahead, "begun", remembered)
    return found


def tables(lists: Path, out: Path, processes: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of the record that so many processes build."""
    monkeypatch.setattr(os, "cpu_count", lambda: processes)
    build([lists], out)
    return {path.name: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_two_processes_fold_ahead_what_one_folds(
    lists: Path, tmp_path: Path, begun: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tables(lists, tmp_path / "one", 1, monkeypatch)
    assert tables(lists, tmp_path / "two", 2, monkeypatch) == one
    assert tables(lists, tmp_path / "three", 3, monkeypatch) == one
    assert begun[0] == 0
    assert begun[1] and 30 < begun[1] <= COUNT + 1 and begun[2] == begun[1]


def test_a_list_without_a_day_in_its_name_is_read_with_the_first(
    lists: Path, tmp_path: Path, begun: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = (lists / list_name(FIRST + timedelta(days=9))).read_bytes()
    (lists / "participatingAgencies.xlsx").write_bytes(early)
    one = tables(lists, tmp_path / "one", 1, monkeypatch)
    assert tables(lists, tmp_path / "two", 2, monkeypatch) == one
    assert begun[1] and begun[1] > 30


def test_a_name_that_is_wrong_makes_all_be_folded_again(
    lists: Path, tmp_path: Path, begun: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Month and day exchanged: named May 3, saved on March 5, which was folded before this one is read."""
    saved = datetime(2025, 3, 5, 15, tzinfo=UTC)
    for part in ("am", "pm"):
        name = lists / list_name(date(2025, 5, 3), part)
        name.write_bytes(workbook_bytes(made_up_rows(3 + (part == "pm")), saved_at=saved))
    one = tables(lists, tmp_path / "one", 1, monkeypatch)
    assert tables(lists, tmp_path / "two", 2, monkeypatch) == one
    assert begun[1] is None


def test_no_file_with_a_later_name_is_read_before_one_with_an_earlier(lists: Path) -> None:
    shares = reading._shares(list(reading.find_workbooks([lists]).paths), 2)
    first, second = ([reading.expected_day(path.name) or date.min for path in share] for share in shares)
    assert first and second
    assert first == sorted(first) and second == sorted(second) and first[-1] <= second[0]
