"""The record that ships is what ``ledger287 build`` makes of ICE's lists, to the byte."""

from pathlib import Path

from conftest import REPOSITORY, slow_tests
from ledger287.ledger.build.building import build
from ledger287.ledger.store.folder import open_record, shipped
from ledger287.ledger.store.kept_state import DECIDING, read_state


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


def test_the_record_is_small_and_whole() -> None:
    files = [path for path in shipped().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert len({path.parent for path in files if path.suffix == ".parquet"}) == 1, "no older tables lie beside it"


def test_every_row_of_every_list_is_in_it(shared_lists: Path) -> None:
    stored = open_record()
    assert stored.facts["lists"] == len(list(shared_lists.rglob("*.xlsx")))
    assert stored.read("rows").height == stored.read("lists")["rows"].sum() == 360188


def test_what_its_fold_kept_is_of_this_code() -> None:
    kept = read_state(open_record()) is not None
    assert kept, f"code or data that decides the record changed ({', '.join(DECIDING)}): run `make record`, commit both"


def test_a_change_of_what_decides_the_record_is_noticed_before_a_commit() -> None:
    """``make check`` and the hook before each commit both run the test above, of the inner loop too."""
    name = "tests/test_shipped.py::test_what_its_fold_kept_is_of_this_code"
    for file in ("Makefile", ".pre-commit-config.yaml"):
        assert name in (REPOSITORY / file).read_text(encoding="utf-8"), file
    assert not {name, name.split("::", maxsplit=1)[0]} & set(slow_tests())
