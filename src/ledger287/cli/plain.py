"""Text for any terminal: days in words, and signs that its encoding has. Imports nothing large."""

import codecs
import io
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
