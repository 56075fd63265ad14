"""The record that ships is of this code and these declared data."""

from conftest import REPOSITORY
from costs import is_quick
from ledger287.ledger.store.folder import open_record, shipped
from ledger287.ledger.store.kept_state import DECIDING, read_state


def test_the_record_is_small_and_whole() -> None:
    files = [path for path in shipped().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert len({path.parent for path in files if path.suffix == ".parquet"}) == 1, "no older tables lie beside it"


def test_what_its_fold_kept_is_of_this_code() -> None:
    kept = read_state(open_record()) is not None
    assert kept, f"code or data that decides the record changed ({', '.join(DECIDING)}): run `make record`, commit both"


def test_a_change_of_what_decides_the_record_is_noticed_before_a_commit() -> None:
    """``make check`` and the hook before each commit both run the test above, of the inner loop too."""
    name = "tests/test_shipped.py::test_what_its_fold_kept_is_of_this_code"
    for file in ("Makefile", ".pre-commit-config.yaml"):
        assert name in (REPOSITORY / file).read_text(encoding="utf-8"), file
    assert is_quick("test_shipped.py", name.partition("::")[2])
