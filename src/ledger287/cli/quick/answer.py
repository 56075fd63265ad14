"""``ledger287 status`` and ``--version`` without the libraries that their answers do not need.

What enters: the words of a command. What leaves: the answer printed, or False where the usual way is to answer: other
commands, other options, anything typed wrongly, days before 2021, a record without its file of counts. Promise: what
is printed is what the usual way prints; tests compare the two.
"""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ledger287 import __version__
from ledger287.cli.plain import given_day
from ledger287.cli.quick.words import options_given, written
from ledger287.cli.status_text import Line, status_lines
from ledger287.core.jsonable import as_json
from ledger287.core.time import day_of
from ledger287.ledger.query.answers import Status
from ledger287.ledger.query.quick import quick_status, shipped_folder

TAKES = ("--on", "--known-on", "--state", "--model", "--record")
WIDE, NARROW = 160, 60
"""Columns where output is not a terminal, and those below which the usual way folds the tables."""
STYLES = {"bold": "\x1b[1m", "dim": "\x1b[2m"}
USUAL = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "JUPYTER_COLUMNS")
"""Variables that change how the usual way prints."""


def answered(words: Sequence[str]) -> bool:
    """Print the answer where it can be had quickly; whether it was."""
    if list(words) == ["--version"]:
        return written(f"ledger287 {__version__}\n") or sys.exit(1)
    given = options_given(words, "status", TAKES)
    if given is None or any(name in os.environ for name in USUAL) or os.name != "posix":
        return False
    try:
        on, known_on = (given_day(given[name]) if name in given else None for name in ("--on", "--known-on"))
    except ValueError:
        return False
    record = given.get("--record") or os.environ.get("LEDGER287_RECORD")
    folder = Path(record) if record else shipped_folder()
    today = day_of(datetime.now(UTC))
    found = quick_status(folder, on or today, known_on, given.get("--state"), given.get("--model"))
    if found is None:
        return False
    text = _json(found) if "--json" in given else _text(found)
    if text is None:
        return False
    if not written(text):
        sys.exit(1)
    return True


def _json(found: Status) -> str:
    return json.dumps(as_json(found) | {"county": None}, indent=2, ensure_ascii=False) + "\n"


def _text(found: Status) -> str | None:
    """The lines as the terminal takes them; None where it is too narrow for tables."""
    terminal = sys.stdout.isatty()
    wide = shutil.get_terminal_size().columns if terminal or "COLUMNS" in os.environ else WIDE
    if wide < NARROW:
        return None
    plain = not terminal or os.environ.get("TERM", "").lower() in ("dumb", "unknown")
    return "".join(_shown(line, wide, plain) for line in status_lines(found))


def _shown(line: Line, wide: int, plain: bool) -> str:
    if sum(len(text) for text, _ in line) <= wide:
        return "".join(_styled(text, style, plain) for text, style in line) + "\n"
    whole = "".join(text for text, _ in line)
    style = line[0][1] if len({style for _, style in line}) == 1 else ""
    return "".join(_styled(part, style, plain) + "\n" for part in textwrap.wrap(whole, wide))


def _styled(text: str, style: str, plain: bool) -> str:
    return text if plain or not style or not text else f"{STYLES[style]}{text}\x1b[0m"
