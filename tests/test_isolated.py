"""Modules planted in the current folder are never run: not by a command, nor by a process that it starts."""

import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from making import list_name, made_up_rows, workbook_bytes

PLANTED = (
    "pickle", "json", "struct", "hashlib", "zipfile", "runpy", "polars", "multiprocessing", "typing", "sitecustomize",
    "usercustomize", "duckdb", "yaml", "rapidfuzz", "jinja2", "uvicorn", "logging", "ledger287", "encodings", "zlib",
)  # fmt: skip
LAUNCHER = "import sys\nfrom ledger287.cli.main import run\nif __name__ == '__main__':\n    sys.exit(run())\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with enough lists for a second process, a story, and modules that note that they were run."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "bin").mkdir()
    (folder / "bin" / "ledger287").write_text(LAUNCHER, encoding="utf-8")
    here = folder / "here"
    (here / "lists").mkdir(parents=True)
    first = date(2025, 2, 1)
    for number in range(90):
        day = first + timedelta(days=number)
        data = workbook_bytes(made_up_rows(5 + number % 3), saved_at=None)
        (here / "lists" / list_name(day)).write_bytes(data)
    for number in range(3):
        text = "By August 14, 2025, 895 agreements were in force under section 287(g)."
        (here / f"story{number}.txt").write_text(text, encoding="utf-8")
    (here / "papers").mkdir()
    (here / "papers" / "empty.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    for name in PLANTED:
        note = f"import os, pathlib\npathlib.Path({str(folder)!r}, 'ran-{name}').touch()\n"
        (here / f"{name}.py").write_text(note, encoding="utf-8")
    return folder


def command(place: Path, *words: str) -> "subprocess.Popen[bytes]":
    for path in place.glob("ran-*"):
        path.unlink()
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep + os.environ.get("PYTHONPATH", "")}
    return subprocess.Popen(
        [sys.executable, str(place / "bin" / "ledger287"), *words],
        cwd=place / "here",
        env={key: value for key, value in surroundings.items() if key != "PYTHONSAFEPATH" and value != os.pathsep},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("ran-*"))


@pytest.mark.parametrize(
    "words",
    [
        ("build", "lists", "--out", "record"),
        ("status", "--on", "2025-08-14"),
        ("check", "story0.txt", "story1.txt", "story2.txt", "--jobs", "2"),
        ("authority", "interrogate", "Collier County Sheriff's Office", "--on", "2025-08-14"),
        ("map", "--on", "2025-08-14", "--out", "map.svg"),
        ("documents", "read", "papers"),
        ("export", "out", "--format", "csv", "--record", "record"),
    ],
    ids=lambda words: words[0],
)
def test_a_planted_module_is_not_run(place: Path, words: tuple[str, ...]) -> None:
    process = command(place, *words)
    _, told = process.communicate(timeout=120)
    assert ran(place) == []
    assert b"Traceback" not in told, told.decode()


def test_a_planted_module_is_not_run_by_a_site_that_is_served(place: Path) -> None:
    process = command(place, "serve", "--port", "0")
    try:
        assert process.stderr is not None
        assert b"serving on" in process.stderr.readline()
        deadline = time.monotonic() + 8  # the time in which its child processes start
        while time.monotonic() < deadline and not ran(place):
            time.sleep(0.5)
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert ran(place) == []
