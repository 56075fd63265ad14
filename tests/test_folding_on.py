"""A later list is folded from what the fold kept; the record is the same, to the byte, as one of every list folded.

What was kept is read only where it belongs to the record and to the code: else every list is folded again.
"""

import gzip
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawing import draws
from ledger287.api import open as open_ledger
from ledger287.core.problem import Refused
from ledger287.ledger.build import building, growing
from ledger287.ledger.build.building import build, build_from, fold_in
from ledger287.ledger.fold.folding import in_order
from ledger287.ledger.store import counts, parts
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import open_record
from ledger287.ledger.store.kept_state import STATE, read_state
from ledger287.sources.ice_lists.printed import PrintedList
from test_made_up_histories import MadeUp, histories, read


@pytest.fixture(autouse=True, scope="module")
def short_groups() -> Iterator[None]:
    """Groups and parts of few rows and lists, so that a record of few lists has many of them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parts, "GROUPED", {"rows": (40, 3), "lists": (3, 12)})
        patched.setattr(parts, "PART", {"rows": 120, "lists": 6})
        patched.setattr(counts, "BLOCK", 3)
        yield


def files(record: Path) -> dict[str, bytes]:
    """The files of a record's tables, and its pointer."""
    stored = open_record(record)
    found = {path.name: path.read_bytes() for path in stored.tables.iterdir()}
    return found | {"record.json": (record / "record.json").read_bytes()}


def without_state(record: Path) -> None:
    """Take from a record what its fold kept."""
    (open_record(record).tables / STATE).unlink(missing_ok=True)


@pytest.fixture()
def folds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lists each fold of every list took."""
    found: list[int] = []
    every = growing.fold_all

    def counted(lists: Sequence[PrintedList], *more: object) -> growing.Folded:
        found.append(len(lists))
        return every(lists, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "fold_all", counted)
    return found


@settings(
    max_examples=draws(8, 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories(), st.integers(0, 3))
def test_lists_one_after_the_other_give_the_record_of_all(history: list[MadeUp], late: int) -> None:
    lists = [found for found, _ in in_order(read(history))]
    with tempfile.TemporaryDirectory() as folder:
        whole, grown = Path(folder, "whole"), Path(folder, "grown")
        first = 1 + late % len(lists)
        build_from(lists[:first], grown, 0)
        for found in lists[first:]:
            fold_in([found], grown)
        build_from(lists, whole, 0)
        assert files(grown) == files(whole)


@settings(
    max_examples=draws(6, 3),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_what_a_fold_of_every_list_gives(
    history: list[MadeUp], chance: random.Random
) -> None:
    """Lists that come late too: a record with its fold's state and one without stay equal at each step."""
    lists = read(history)
    chance.shuffle(lists)
    with tempfile.TemporaryDirectory() as folder:
        kept, lost = Path(folder, "kept"), Path(folder, "lost")
        for record in (kept, lost):
            build_from(lists[:2], record, 0)
        for place in range(2, len(lists), 2):
            without_state(lost)
            for record in (kept, lost):
                fold_in(lists[place : place + 2], record)
            assert files(kept) == files(lost)


SPRING = (datetime(2025, 3, 1), datetime(2025, 5, 15))


@pytest.fixture(scope="module")
def spring() -> list[PrintedList]:
    """The real lists of spring 2025, when most days of signing were corrected, in order."""
    found = []
    for one, time in in_order(printed_lists(open_record())):
        if time.at and SPRING[0] <= time.at.replace(tzinfo=None) <= SPRING[1]:
            found.append(one)
    assert len(found) > 80
    return found


@pytest.mark.parametrize("seed", range(2))
def test_real_lists_fold_on(spring: list[PrintedList], tmp_path: Path, folds: list[int], seed: int) -> None:
    chance = random.Random(seed)
    first = chance.randint(10, 30)
    record, whole = tmp_path / "record", tmp_path / "whole"
    build_from(spring[:first], record)
    rest = spring[first:]
    while rest:
        many = chance.choice((1, 3, 12))
        fold_in(chance.sample(rest[:many], min(many, len(rest))), record)
        rest = rest[many:]
    assert folds == [first], "no list was folded twice"
    build_from(spring, whole)
    assert files(record) == files(whole)


def test_a_late_list_is_folded_with_every_other(spring: list[PrintedList], tmp_path: Path, folds: list[int]) -> None:
    late = spring.pop(20)
    build_from(spring, tmp_path / "record")
    fold_in([late], tmp_path / "record")
    assert folds == [len(spring), len(spring) + 1]
    spring.insert(20, late)
    build_from(spring, tmp_path / "whole")
    assert files(tmp_path / "record") == files(tmp_path / "whole")


def forged(
    body: Callable[[bytes], bytes], heading: Callable[[dict[str, object]], dict[str, object]]
) -> Callable[..., bytes]:
    def change(data: bytes) -> bytes:
        said, _, rest = gzip.decompress(data).partition(b"\n")
        return gzip.compress(json.dumps(heading(json.loads(said))).encode() + b"\n" + body(rest))

    return change


def same(value: Any) -> Any:
    """Unchanged."""
    return value


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda data: data[: len(data) // 2],
        lambda _: b"",
        lambda _: gzip.compress(b"[]"),
        forged(lambda body: body.replace(b'"undecided":0', b'"undecided":1'), same),
        forged(same, lambda said: said | {"made_by": "other code"}),
        forged(same, lambda said: said | {"tables": "tables-of-another"}),
        forged(same, lambda said: said | {"format": 0}),
    ],
    ids=["cut", "empty", "another file", "changed", "of other code", "of another record", "of another format"],
)
def test_what_does_not_belong_is_not_believed(
    spring: list[PrintedList],
    tmp_path: Path,
    folds: list[int],
    spoiled: Callable[[bytes], bytes],
) -> None:
    record, whole, few = tmp_path / "record", tmp_path / "whole", spring[:6]
    build_from(few[:5], record)
    stored = open_record(record)
    assert read_state(stored)
    place = stored.tables / STATE
    place.write_bytes(spoiled(place.read_bytes()))
    assert read_state(open_record(record)) is None
    fold_in(few[5:], record)
    assert folds == [5, 6]
    build_from(few, whole)
    assert files(record) == files(whole)


def test_other_readers_read_a_table_that_grew(spring: list[PrintedList], tmp_path: Path) -> None:
    record, file = tmp_path / "record", tmp_path / "whole.parquet"
    build_from(spring[:20], record)
    for found in spring[20:25]:
        fold_in([found], record)
    stored = open_record(record)
    for name in ("rows", "lists"):
        table = stored.read(name)
        file.write_bytes(stored.file(name))
        assert table.height == stored.facts["rows"][name]
        assert parquet.ParquetFile(file).metadata.num_row_groups == -(-table.height // parts.GROUPED[name][0])
        assert pl.DataFrame(parquet.read_table(file)).equals(table)
        assert duckdb.execute(f"SELECT count(*) FROM '{file}'").fetchall() == [(table.height,)]
        assert stored.scan(name).slice(table.height - 3).collect().equals(table.tail(3))
        of_each = [parquet.ParquetFile(path).metadata.num_rows for path in stored.parts.of(name)]
        assert len(of_each) > 2
        assert set(of_each[:-1]) == {parts.PART[name]}
        with open_ledger(record).duckdb as connection:
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchall() == [(table.height,)]


def test_full_parts_stay_the_files_that_they_were(spring: list[PrintedList], tmp_path: Path) -> None:
    record = tmp_path / "record"
    build_from(spring[:20], record)
    before = open_record(record)
    fold_in([spring[20]], record)
    after = open_record(record)
    assert before.tables != after.tables
    for name in ("rows", "lists"):
        *full, _ = before.parts.of(name)
        assert full
        assert all(one.samefile(two) for one, two in zip(full, after.parts.of(name), strict=False))


def test_where_files_cannot_be_linked_they_are_copied(
    spring: list[PrintedList], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    build_from(spring[:20], tmp_path / "a")
    build_from(spring[:21], tmp_path / "b")
    monkeypatch.setattr(os, "link", refused)
    fold_in([spring[20]], tmp_path / "a")
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"PAR1")])
def test_a_full_part_that_is_gone_or_cut_off_is_noticed(
    spring: list[PrintedList], tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    record = tmp_path / "record"
    build_from(spring[:20], record)
    harm(open_record(record).parts.of("rows")[0])
    with pytest.raises(Refused, match=r"Build (it|the record) again"):
        fold_in([spring[20]], record)


@pytest.mark.parametrize("file", ["rows.parquet", "lists.parquet", counts.COUNTS])
def test_what_is_damaged_is_not_kept(spring: list[PrintedList], tmp_path: Path, folds: list[int], file: str) -> None:
    record, whole, few = tmp_path / "record", tmp_path / "whole", spring[:12]
    build_from(few[:11], record)
    path = open_record(record).tables / file
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    try:
        fold_in(few[11:], record)
    except Refused as refused:
        assert "Build the record again." in str(refused)
        return
    assert folds == [11, 12], "every list was folded again"
    build_from(few, whole)
    assert files(record) == files(whole)


def test_the_state_of_another_record_is_not_believed(
    spring: list[PrintedList], tmp_path: Path, folds: list[int]
) -> None:
    build_from(spring[:5], tmp_path / "a")
    build_from(spring[:6], tmp_path / "b")
    other = (open_record(tmp_path / "b").tables / STATE).read_bytes()
    (open_record(tmp_path / "a").tables / STATE).write_bytes(other)
    fold_in(spring[6:7], tmp_path / "a")
    assert folds[-1] == 6


def test_a_build_keeps_the_state_too(shared_lists: Path, tmp_path: Path) -> None:
    place = tmp_path / "lists"
    place.mkdir()
    for path in sorted(shared_lists.rglob("*.xlsx"))[:3]:
        (place / path.name).write_bytes(path.read_bytes())
    build([place], tmp_path / "record")
    assert read_state(open_record(tmp_path / "record"))
