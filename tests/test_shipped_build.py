"""The record that ships is what ``ledger287 build`` makes of ICE's lists, to the byte."""

from pathlib import Path

from ledger287.ledger.build.building import build
from ledger287.ledger.store.folder import open_record


def test_a_build_of_the_lists_gives_the_record_that_ships(shared_lists: Path, tmp_path: Path) -> None:
    summary = build([shared_lists], tmp_path / "record")
    built, kept = open_record(tmp_path / "record"), open_record()
    assert built.facts == kept.facts
    for path in sorted(kept.tables.glob("*.parquet")):
        assert (built.tables / path.name).read_bytes() == path.read_bytes(), path.name
    assert summary.read == 1173
    assert summary.unused_corrections == ()
    assert summary.undecided == 0
    assert summary.new_agencies == 0


def test_every_row_of_every_list_is_in_it(shared_lists: Path) -> None:
    stored = open_record()
    assert stored.facts["lists"] == len(list(shared_lists.rglob("*.xlsx")))
    assert stored.read("rows").height == stored.read("lists")["rows"].sum() == 360188
