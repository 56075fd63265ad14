"""Commands run as a user types them, in this process: arguments in, exit code and both outputs out.

A separate process costs a second before the first answer; only tests of processes (signals, limits, locales, what
a planted module does) start one.
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger287.cli.main import run


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, as ``subprocess.CompletedProcess`` names it."""

    returncode: int
    stdout: str
    stderr: str


@contextlib.contextmanager
def _environment(changes: Mapping[str, str | None], folder: Path | None) -> Iterator[None]:
    before, here = dict(os.environ), Path.cwd()
    for name, value in changes.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    try:
        if folder:
            os.chdir(folder)
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def run_command(*words: str, text: str = "", folder: Path | None = None, **environment: str) -> Done:
    """A command with what is typed into it, in a folder; its answers come from the record that ships."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    typed = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr
    code: object = 0
    with _environment({"LEDGER287_RECORD": None, **environment}, folder):
        sys.argv, sys.stdin, sys.stdout, sys.stderr = ["ledger287", *words], typed, *streams
        try:
            run()
        except SystemExit as ended:
            code = ended.code
        finally:
            sys.argv, sys.stdin, sys.stdout, sys.stderr = before
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return Done(code if isinstance(code, int) else int(code is not None), out, err)
