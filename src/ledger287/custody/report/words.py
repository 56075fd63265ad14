"""The words of a report in its reader's language: English as they are written here, others by what a surface gives.

What enters: an English text, and values for the places in it. What leaves: the text in the report's language; a text
that has no translation remains English.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger287.core.text import format_time


@dataclass(frozen=True, slots=True)
class ReportLanguage:
    """A language: its code, its texts, and how it writes times and months."""

    lang: str = "en"
    translated: Callable[[str], str | None] = lambda text: text
    time: Callable[[datetime], str] = format_time
    month: Callable[[date], str] = lambda day: f"{day:%b %Y}"

    def __call__(self, text: str, **values: Any) -> str:
        """A text in this language, with values in its places."""
        said = self.translated(text) or text
        return said.format(**values) if values else said

    def many(self, number: int, one: str, more: str) -> str:
        """A text of a number of things: ``one`` for 1, ``more`` with its place {many} for others."""
        return self(one) if number == 1 else self(more, many=f"{number:,}")


ENGLISH = ReportLanguage()
