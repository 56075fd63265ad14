"""A site that is replaced is never gone: one rename, and what killed runs left is swept or put back."""

import errno
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commands import run_command
from ledger287.analysis.outcomes import adding
from ledger287.core import swapping
from ledger287.core.problem import Refused
from ledger287.core.swapping import aside_of, put_in_place, sweep, write_file


def made(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchanges:
        monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    site = made(tmp_path / "site", "old")
    put_in_place(made(aside_of(site), "new"), site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_folder_is_put_in_place(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put_in_place(made(aside_of(site), "new"), site)
    assert (site / "index.html").read_text() == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_a_reader_finds_a_site_at_every_moment(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "0")
    missed: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            if not site.exists():
                missed.append("gone")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        put_in_place(made(aside_of(site), str(number)), site)
    stop.set()
    reader.join()
    assert missed == []


def test_what_killed_runs_left_is_swept(tmp_path: Path, dead: int) -> None:
    site = made(tmp_path / "site", "stays")
    made(tmp_path / f".site.{dead}.part", "half")
    made(tmp_path / f".site.{dead}.old", "older")
    made(tmp_path / ".site.1.part", "of a process that runs")
    made(tmp_path / ".sites.part", "another's")
    sweep(site)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.1.part", ".sites.part", "site"]
    assert (site / "index.html").read_text() == "stays"


def test_a_site_that_a_kill_took_away_is_put_back(tmp_path: Path, dead: int) -> None:
    made(tmp_path / f".site.{dead}.old", "old")
    sweep(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def half_written(path: Path, data: bytes) -> int:
    """How a write ends on a disk that is full, next to the file that is there already."""
    if not (path.parent / "earlier").is_file():
        with path.open("wb") as file:
            return file.write(data)
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rows.csv", "agreements --on 2021-03-05 --out {}"),
        ("county.csv", "outcomes panel --from 2025-01-01 --to 2025-01-31 --out {}"),
        ("map.svg", "map --on 2021-03-05 --state VT --out {}"),
    ],
)
def test_a_file_that_cannot_be_written_leaves_the_earlier_one(
    tmp_path: Path, name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / name
    out.write_text("the earlier one", encoding="utf-8")
    (tmp_path / "earlier").touch()
    before = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr(Path, "write_bytes", half_written)
    done = run_command(*(word.format(out) for word in words.split()))
    assert done.returncode == 2
    assert str(out) in done.stderr
    assert "No space left on device" in done.stderr
    assert out.read_text(encoding="utf-8") == "the earlier one"
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_file_is_written_in_one_step_and_what_a_killed_run_left_is_swept(tmp_path: Path, dead: int) -> None:
    out = tmp_path / "rows.csv"
    (tmp_path / f".rows.csv.{dead}.part").write_text("half", encoding="utf-8")
    write_file(out, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert out.read_bytes() == b"new"


def test_a_folder_of_outcomes_stays_as_it_was_where_a_table_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "synthetic.csv"
    rows.write_text("Apprehension Date,Apprehension State\n2025-01-02,FLORIDA\n", encoding="utf-8")
    out = tmp_path / "outcomes"
    out.mkdir()
    (out / "added.json").write_text("{}", encoding="utf-8")

    def stops(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(adding, "_counts", stops)
    with pytest.raises(Refused, match="No space left on device; nothing was added"):
        adding.add(rows, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outcomes", "synthetic.csv"]
    assert [path.name for path in out.iterdir()] == ["added.json"]
