"""What every usual question answers with: sentences, a declared table, and what they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ledger287.core.text import format_date, format_month
from ledger287.ledger.query.answers import ListRef
from ledger287.ledger.store.tables import RecordTable

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with places to fill in, as ``%(number)s agencies left.``; a page translates it and writes values."""

    text: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return self.text % {name: _worded(name, value) for name, value in self.values.items()}


def _worded(name: str, value: Any) -> str:
    """A value as English text has it."""
    if value is None:
        return "unknown"
    if isinstance(value, date):
        return format_month(value) if name.endswith("_month") else format_date(value)
    if name.endswith("_share"):
        return f"{value:.1%}"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """The answer to one usual question. ``summary`` has its figures by name; the sentences put them in words.

    ``on`` is the day of the question; ``list`` the newest list that the answer rests on; ``notes`` say what it cannot
    tell.
    """

    question: str
    on: date
    known_on: date | None
    state: str | None
    model: str | None
    list: ListRef | None
    summary: Mapping[str, Any]
    sentences: tuple[Wording, ...]
    notes: tuple[str, ...]
    table: RecordTable
    frame: pl.DataFrame
    cannot_tell_after: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer with the keys that docs/record.md gives."""
        return {
            "question": self.question,
            "on": self.on,
            "known_on": self.known_on,
            "state": self.state,
            "model": self.model,
            "list": self.list,
            "summary": dict(self.summary),
            "says": [str(sentence) for sentence in self.sentences],
            "notes": list(self.notes),
            "rows": self.rows,
            "cannot_tell_after": self.cannot_tell_after,
        }

    @property
    def rows(self) -> Rows:
        """The table's rows."""
        return self.frame.to_dicts()


def framed(table: RecordTable, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of the declared columns."""
    return pl.DataFrame(rows, schema=pl.Schema(table.schema), infer_schema_length=None)
