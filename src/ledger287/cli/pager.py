"""Long answers on a terminal, a screen at a time.

What enters: the words of a command, and what it prints. What leaves: the same output, through the pager where a person
reads it on a terminal and it is longer than the screen; unchanged everywhere else. ``PAGER`` names the pager (empty or
``cat``: none), ``--no-pager`` does without.
"""

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

NO_PAGER = "--no-pager"
USUAL = "less -R"
PAGED = frozenset(
    {
        "agency", "agreements", "authority", "changes", "check", "coverage", "diff-template", "disagreements",
        "documents", "growth", "lists", "near", "outcomes", "ranks", "returns", "roster",
        "rules", "shares", "source", "status", "timeline", "waits",
    }
)  # fmt: skip
"""Commands that answer and end; the others run on, or show how far they are."""
NOT_PAGED = frozenset({"fetch", "--json", "--help", "-h"})


class KeptOutput(io.StringIO):
    """Output that is kept until its length is known; it says of itself what the terminal does."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """It is shown on a terminal in the end."""
        return True


def pager_of(words: Sequence[str], environment: Mapping[str, str], out: TextIO) -> list[str] | None:
    """The pager's own command, where one is to be used at all."""
    if not out.isatty() or NO_PAGER in words or not words or words[0] not in PAGED or NOT_PAGED & {*words}:
        return None
    named = shlex.split(environment.get("PAGER", USUAL))
    if not named or named == ["cat"] or environment.get("TERM") == "dumb":
        return None
    return named if shutil.which(named[0]) else None


@contextmanager
def paged(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Show what is printed within, through a pager where it is longer than the terminal is high."""
    out = sys.stdout
    pager = pager_of(words, environment, out)
    if pager is None:
        yield
        return
    held = KeptOutput()
    sys.stdout = held
    try:
        yield
    finally:
        sys.stdout = out
        show(held.getvalue(), out, pager, shutil.get_terminal_size().lines)


def show(text: str, out: TextIO, pager: Sequence[str], lines: int) -> None:
    """Print a text, through a pager where it has more lines than the screen."""
    if text.count("\n") < lines:
        out.write(text)
        out.flush()
        return
    try:
        with subprocess.Popen(pager, stdin=subprocess.PIPE) as shown, suppress(BrokenPipeError, KeyboardInterrupt):
            shown.communicate(text.encode(out.encoding or "utf-8", "replace"))
    except OSError:
        out.write(text)
        out.flush()
