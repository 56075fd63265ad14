"""A site that is replaced is never gone: one rename, and what killed runs left is swept or put back."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ledger287.core import swapping
from ledger287.core.swapping import aside_of, put_in_place, sweep


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
