"""Modules planted in the current folder are never run: not by a command, nor by a process that it starts."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main

from ledger287.cli.main import app
from making import list_name, made_up_rows, workbook_bytes

PLANTED = (
    "pickle", "json", "struct", "hashlib", "zipfile", "runpy", "polars", "multiprocessing", "typing", "sitecustomize",
    "usercustomize", "duckdb", "yaml", "rapidfuzz", "jinja2", "uvicorn", "logging", "ledger287", "encodings", "zlib",
)  # fmt: skip
LAUNCHER = "import sys\nfrom ledger287.cli.main import run\nif __name__ == '__main__':\n    sys.exit(run())\n"
ONE_AFTER_ANOTHER = """import sys
from ledger287.cli.main import run
if __name__ == '__main__':
    for line in sys.stdin.read().splitlines():
        sys.argv[1:] = line.split('|')
        path = list(sys.path)
        try:
            run()
        except SystemExit:
            pass
        except Exception as error:
            print('Traceback:', line, repr(error), file=sys.stderr)
        if sys.path != path:
            print('Traceback:', line, 'changed sys.path to', sys.path, file=sys.stderr)
"""
"""Runs commands in one process, which loads each library once, from wherever the first to need it would load it."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with enough lists for a second process, a story, and modules that note that they were run."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "bin").mkdir()
    (folder / "bin" / "ledger287").write_text(LAUNCHER, encoding="utf-8")
    (folder / "bin" / "several").write_text(ONE_AFTER_ANOTHER, encoding="utf-8")
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


def command(place: Path, *words: str, launcher: str = "ledger287") -> "subprocess.Popen[bytes]":
    """A command in the folder of the planted modules, as a user starts it: no variable sends Python elsewhere."""
    return subprocess.Popen(
        [sys.executable, str(place / "bin" / launcher), *words],
        cwd=place / "here",
        env={key: value for key, value in os.environ.items() if key not in ("PYTHONSAFEPATH", "PYTHONPATH")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def works(process: "subprocess.Popen[bytes]") -> bool:
    """Whether a process that it started has loaded what it needs, and computes: a second of a processor's time."""
    try:
        threads = Path(f"/proc/{process.pid}/task").iterdir()
        children = " ".join((thread / "children").read_text(encoding="ascii") for thread in threads).split()
        stats = [Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2] for child in children]
    except OSError:  # one that has just ended
        return False
    return any(int(stat.split()[11]) >= os.sysconf("SC_CLK_TCK") for stat in stats)


def ran(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("ran-*"))


def test_a_planted_module_is_not_run_by_a_site(place: Path) -> None:
    """Neither of one that is served nor of one that is written as files; both start processes of their own."""
    processes = [command(place, "serve", "--port", "0"), command(place, "site", "--out", "pages")]
    try:
        assert processes[0].stderr is not None
        assert b"serving on" in processes[0].stderr.readline()
        latest = time.monotonic() + 8  # the time in which these start, also where they have little of the processors
        while time.monotonic() < latest and not all(map(works, processes)) and not ran(place):
            time.sleep(0.1)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.communicate(timeout=30)
    assert ran(place) == []


FIRST = [
    ("build", "lists", "--out", "record"),
    ("custody", "simulate", "--cases", "30", "--out", "cases.csv"),
    ("custody", "audit", "cases.csv", "--out", "report"),
]
EVERY = [
    ("overview",), ("status", "--on", "2025-08-14"), ("agreements", "--on", "2025-08-14", "--format", "csv"),
    ("changes", "--since", "2025-08-01", "--until", "2025-08-14"), ("agency", "Collier County Sheriff's Office"),
    ("timeline", "--state", "CO"), ("disagreements",), ("growth",), ("ranks",), ("shares",), ("waits",), ("returns",),
    ("coverage", "--state", "KY"), ("near", "Naples, FL"), ("map", "--on", "2025-08-14", "--out", "map.svg"),
    ("rules", "--state", "FL"), ("check", "story0.txt", "story1.txt", "story2.txt", "--jobs", "2"),
    ("authority", "interrogate", "--agency", "ag-xmzr6yc", "--on", "2025-08-14"), ("roster", "officers.csv"),
    ("source", "ag-pm2afaf-tfm-2025-05-08"), ("lists",), ("update", "--from", "http://127.0.0.1:9/287g"),
    ("export", "out", "--format", "csv", "--record", "record"),
    ("notify", "--subscribers", "to.csv", "--folder", "notify", "--base-url", "http://127.0.0.1:9", "--dry-run"),
    ("diff-template", "JEM 2020", "JEM 02/15/2025"), ("custody", "map", "cases.csv"), ("custody", "verify", "report"),
    ("custody", "clock", "--releasable", "2026-05-08T12:00", "--state", "FL"),
    ("custody", "exhibit", "report", "synthetic-000000001", "--out", "exhibit.html"),
    ("outcomes", "read", "lists"), ("outcomes", "held"), ("outcomes", "series"), ("outcomes", "identified"),
    ("outcomes", "arrests"), ("outcomes", "detainers", "MN"), ("outcomes", "facility", "KRO"),
    ("outcomes", "population", "FL"), ("outcomes", "compare"), ("outcomes", "landmark", "Montgomery"),
    ("outcomes", "add", "story0.txt", "--out", "counted"), ("documents", "clauses", "papers/empty.pdf"),
    ("outcomes", "panel", "--from", "2025-01-01", "--to", "2025-01-31", "--out", "panel.csv"),
    ("documents", "show", "ag-pm2afaf-tfm-2025-05-08"), ("documents", "read", "papers"),
    ("documents", "fetch", "--urls", "to.csv", "--into", "fetched"), ("documents", "older"), ("documents", "compare"),
]  # fmt: skip
SERVED = {"serve", "pages", "site"}
"""Commands that last, tried until their child processes have started: ``pages`` starts what ``serve`` starts."""


def _names(group: Any, before: str = "") -> Iterator[str]:
    for name, one in group.commands.items():
        yield from _names(one, f"{before}{name} ") if hasattr(one, "commands") else (before + name,)


def test_every_command_is_tried() -> None:
    tried = {" ".join(words[:2]) if words[0] in ("custody", "outcomes", "documents") else words[0] for words in EVERY}
    first = {" ".join(words[:2]) if words[0] == "custody" else words[0] for words in FIRST}
    assert set(_names(typer.main.get_command(app))) == tried | first | SERVED


def test_a_planted_module_is_run_by_no_command(place: Path) -> None:
    (place / "here" / "officers.csv").write_text("id\n1\n", encoding="utf-8")
    (place / "here" / "to.csv").write_text("to,feed\nhttp://127.0.0.1:9/hook,nation\n", encoding="utf-8")

    commands = "\n".join("|".join(words) for words in (*FIRST, *EVERY))
    _, messages = command(place, launcher="several").communicate(commands.encode(), timeout=300)
    assert (ran(place), [line for line in messages.decode().splitlines() if "Traceback" in line]) == ([], [])
    made = ("record", "cases.csv", "report", "map.svg", "out", "exhibit.html", "panel.csv")
    assert [name for name in made if not (place / "here" / name).exists()] == []
