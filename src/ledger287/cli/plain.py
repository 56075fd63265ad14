"""Text for any terminal: days in words, and signs that its encoding has. Imports nothing large."""

import codecs
import io
import re
import shutil
import sys
import unicodedata
from datetime import UTC, date, datetime

from ledger287.core.text import format_date
from ledger287.core.time import day_of, read_day


def given_day(text: str) -> date:
    """A day as typed for an option; of one after today it is said that it is still to come. Raises ValueError."""
    day = read_day(text)
    if day > day_of(datetime.now(UTC)):
        sys.stderr.write(f"ledger287: {day_text(day)} is still to come\n")
    return day


def day_text(day: date | datetime | None) -> str:
    """A date as printed in text answers: Aug 14, 2025."""
    return format_date(day, short=True) if day else "unknown"


def edge_text(day: date, kind: str = "list") -> str:
    """The note on days after the newest list: a day without a list is not a day without events."""
    return f"cannot tell after {day_text(day)}: the newest {kind} is of that day"


STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""What sets bold or a color, and takes no room."""
COLUMN = re.compile(r"\S {2,}(?=\S)")
"""The end of a column: words more than one space apart."""
LEAST = 20
"""A terminal with fewer columns left than this gets lines as they are."""


def hanging(line: str, width: int) -> int:
    """How far in a line goes on where it is wrapped: as far as it begins, or as its last column in the left half."""
    bare = STYLE.sub("", line)
    columns = [found.end() for found in COLUMN.finditer(bare) if found.end() <= width // 2]
    return columns[-1] if columns else len(bare) - len(bare.lstrip())


def line_breaks(line: str, width: int) -> list[int]:
    """Where a line is divided, so that no part is wider than the terminal but for a word that is."""
    if len(STYLE.sub("", line)) <= width or width - hanging(line, width) < LEAST:
        return []
    found, begins, room = [], 0, width
    for word in re.finditer(r"\S+", line):
        if len(STYLE.sub("", line[begins : word.end()])) > room and line[begins : word.start()].strip():
            begins, room = word.start(), width - hanging(line, width)
            found.append(begins)
    return found


def wrapped(text: str, width: int) -> str:
    """Lines of text, wrapped between words."""
    lines: list[str] = []
    for line in text.split("\n"):
        ends = [*line_breaks(line, width), len(line)]
        begins = [0, *ends[:-1]]
        within = " " * hanging(line, width)
        parts = [line[begin:end].rstrip() for begin, end in zip(begins, ends, strict=True)]
        lines += [parts[0], *(within + part for part in parts[1:])]
    return "\n".join(lines)


def on_terminal(text: str) -> str:
    """Text as standard output takes it: wrapped between words on a terminal, else as it is."""
    return wrapped(text, shutil.get_terminal_size().columns) if sys.stdout.isatty() else text


PLAIN = str.maketrans(
    {"→": "->", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "█": "#", "▓": "+"}
    | {"░": ".", "×": "x", "·": "*", "•": "*", "≥": ">=", "≤": "<=", "\xa0": " "}
)
"""What is printed where the terminal's encoding lacks a sign."""


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """A text that an encoding lacks, in the signs that all have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    decomposed = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(PLAIN))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return plain.encode("ascii", "replace").decode(), error.end


def print_plainly() -> None:
    """Print in any locale: where its encoding lacks a sign, the nearest plain one."""
    codecs.register_error("plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="plainly")
