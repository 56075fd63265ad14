"""A custody command that is stopped, that may not read or write, or whose disk is full: one line and exit code 2."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.report.auditing import audit_into
from ledger287.custody.testing.simulate import write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


def says(command: str) -> bytes:
    """The line of a custody command that was stopped."""
    return f"ledger287 custody {command}: stopped; nothing was changed.\n".encode()


CLOCK = ("custody", "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--form", "I-247A")

AT = """
import builtins, os, signal, sys
number, (module, _, by) = int(sys.argv[1]), sys.argv[2].partition(" by ")
sys.argv = ["ledger287", *sys.argv[3:]]
usual, sent = builtins.__import__, []
def importing(name, globals=None, *rest, **more):
    if name == module and not sent and (not by or by == (globals or {}).get("__name__")):
        sent.append(name)
        os.kill(os.getpid(), number)
    return usual(name, globals, *rest, **more)
from ledger287.cli.main import run
builtins.__import__ = importing
run()
"""
"""Runs a command, and sends itself a signal when a module is about to be imported (MODULE, or MODULE by OTHER)."""


def stopped_at(module: str, number: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A command that gets a signal where it imports a module."""
    ask = [sys.executable, "-c", AT, str(int(number)), module, *words]
    return subprocess.run(ask, capture_output=True, check=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", ["ledger287.cli.quick.answer", "typer", "ledger287.custody.clock.answer"])
def test_a_command_stopped_while_it_loads(module: str, number: int) -> None:
    done = stopped_at(module, number, *CLOCK)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", says("clock"))


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("ledger287.custody.report.auditing", ("audit", "none.csv")),
        ("ledger287.custody.testing.simulate", ("simulate", "--cases", "5", "--out", "none.csv")),
        ("ledger287.custody.intake.columns.proposing", ("map", "none.csv")),
        ("ledger287.custody.report.verify", ("verify", "none")),
        ("ledger287.custody.report.one_case", ("exhibit", "none", "1", "--out", "none.html")),
    ],
)
def test_each_command_stopped_while_it_loads_its_own_part(module: str, words: tuple[str, ...]) -> None:
    done = stopped_at(module, signal.SIGTERM, "custody", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", says(words[0]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_audit_stopped_while_it_writes(tmp_path: Path, number: int) -> None:
    file = tmp_path / "made.parquet"
    write(file, 400, seed=3)
    out = tmp_path / "out"
    words = ("custody", "audit", str(file), "--out", str(out))
    done = stopped_at("ledger287.core.jsonable by ledger287.custody.report.report", number, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", says("audit"))
    assert {path.name for path in tmp_path.iterdir()} == {"made.parquet"}


def test_other_commands_keep_their_codes() -> None:
    done = stopped_at("typer", signal.SIGINT, "lists")
    assert done.returncode in (130, -signal.SIGINT)
    done = stopped_at("typer", signal.SIGTERM, "lists")
    assert done.returncode == -signal.SIGTERM


TABLE = """case,state,detainer_form,detainer_received,served_on_person,charges_cleared,released
synthetic-1,TX,I-247A,2025-08-13 09:00,2025-08-13 11:30,2025-08-15 10:00,2025-08-18 08:00
"""
NOBODY = 65534

EACH = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from ledger287.cli.main import run
answers = []
for words in json.loads(sys.argv[1]):
    said, sys.argv = io.StringIO(), ["ledger287", *words]
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        try:
            run()
        except SystemExit as end:
            answers.append([end.code, said.getvalue()])
print(json.dumps(answers))
"""
"""Runs several commands in one process: the exit code and the error output of each."""


def answers(commands: list[list[str]], folder: Path, *before: str) -> list[tuple[int, list[str]]]:
    """The exit code and the lines on the error output of each command, run in a folder."""
    words = [*before, sys.executable, "-c", EACH, json.dumps(commands)]
    done = subprocess.run(words, capture_output=True, check=True, cwd=folder, text=True)
    return [(code, said.splitlines()) for code, said in json.loads(done.stdout.splitlines()[-1])]


def custody(*commands: str) -> list[list[str]]:
    return [["custody", *words.split()] for words in commands]


def cases_in(folder: Path) -> None:
    """A table of a case and its report, in a folder."""
    (folder / "cases.csv").write_text(TABLE, encoding="utf-8")
    audit_into([folder / "cases.csv"], folder / "report", Options(zone="America/Chicago"), None)


def without_rights() -> list[str]:
    """What to put before a command so that closed folders are closed to it; skips where that is not to be had."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("as root, rights are dropped by setpriv")
    dropped = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}"]


def close(path: Path, mode: int) -> None:
    """Close a file or folder: another's, where this process is root."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    path.chmod(mode)


def test_what_may_not_be_read_or_written_is_one_line_in_every_command(tmp_path: Path) -> None:
    before = without_rights()
    cases_in(tmp_path)
    for name in ("closed", "within/open", "within/closed", "full"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("closed/cases.csv", "within/open/cases.csv", "mine.csv"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    shutil.copytree(tmp_path / "report", tmp_path / "closed-report")
    for name in ("closed", "within/closed", "closed-report"):
        close(tmp_path / name, 0o000)
    close(tmp_path / "mine.csv", 0o000)
    close(tmp_path / "full", 0o555)
    clock = "clock --releasable 2025-07-03T10:00 --zone America/Chicago --form I-247A"
    asked = custody(
        "audit closed --out out --zone America/Chicago",
        "audit closed/cases.csv --out out",
        "audit mine.csv --out out",
        "audit within --out out --zone America/Chicago",
        "audit cases.csv --out full/out --zone America/Chicago",
        "audit cases.csv --out out --zone America/Chicago --work full",
        "audit cases.csv --out out --zone America/Chicago --map closed/jail.yml",
        "audit cases.csv --out out --zone America/Chicago --roster mine.csv",
        "audit cases.csv --out out --zone America/Chicago --rules closed",
        "map closed/cases.csv",
        "map mine.csv",
        "map cases.csv --out full/jail.yml",
        "verify closed-report",
        "verify report --inputs closed",
        "exhibit closed-report synthetic-1 --out case.html",
        "exhibit report synthetic-1 --out full/case.html",
        "simulate --cases 5 --out full/synthetic.csv",
        "simulate --cases 5 --out closed/synthetic.parquet",
        f"{clock} --ics full/end.ics",
        f"{clock} --rules closed",
    )
    try:
        found = answers(asked, tmp_path, *before)
    finally:
        for path in (tmp_path / "closed", tmp_path / "within/closed", tmp_path / "closed-report", tmp_path / "full"):
            path.chmod(0o755)
    for words, (code, lines) in zip(asked, found, strict=True):
        assert (code, len(lines)) == (2, 1), (words, lines)
        assert lines[0].startswith(f"ledger287 custody {words[1]}: "), (words, lines)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a small disk is mounted by root only")
def test_a_full_disk_is_one_line_in_every_command_and_names_the_output(tmp_path: Path) -> None:
    cases_in(tmp_path)
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        with pytest.raises(OSError), (disk / "fill").open("wb", buffering=0) as fill:
            while True:
                fill.write(b"\0" * 4096)
        asked = custody(
            "audit cases.csv --out disk/out --zone America/Chicago",
            "map cases.csv --out disk/jail.yml",
            "exhibit report synthetic-1 --out disk/case.html",
            "simulate --cases 500 --out disk/synthetic.csv",
            "simulate --cases 500 --out disk/synthetic.parquet",
            "clock --releasable 2025-07-03T10:00 --zone America/Chicago --form I-247A --ics disk/end.ics",
        )
        found = answers(asked, tmp_path)
        left = [path.name for path in disk.iterdir()]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    for words, (code, lines) in zip(asked, found, strict=True):
        assert (code, len(lines)) == (2, 1), (words, lines)
        assert "disk/" in lines[0] and "cases.csv" not in lines[0], lines
    assert left == ["fill"]
