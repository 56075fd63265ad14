"""A custody command that is stopped: one line and exit code 2, while it still loads its modules and while it works."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

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
@pytest.mark.parametrize("module", ["ledger287.cli.quick", "typer", "ledger287.custody.clock.answer"])
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
