"""The declared words of the detention workbooks, read once: kinds of tables, notes, labels of parts."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared


def bare(text: str) -> str:
    """A text for comparing: single spaces, one case, plain apostrophes and hyphens."""
    return " ".join(text.replace("’", "'").replace("–", "-").split()).casefold()


@dataclass(frozen=True, slots=True)
class TableKind:
    """One declared kind of table: the words that name it, and the units of its numbers."""

    id: str
    title: tuple[str, ...]
    any: tuple[str, ...]
    without: tuple[str, ...]
    headings: tuple[str, ...]
    sheet: str | None
    sheet_alone: bool
    unit: str
    units: tuple[tuple[str, str], ...]
    says: str

    def unit_of(self, heading: tuple[str, ...]) -> str:
        """The unit of a column, by its headings."""
        words = bare(" ".join(heading))
        return next((unit for word, unit in self.units if word in words), self.unit)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that declared/outcomes/tables.yml says, in the form the readers use."""

    kinds: tuple[TableKind, ...]
    labels: frozenset[str]
    notes: tuple[str, ...]
    prose_sheets: frozenset[str]
    parents: dict[str, frozenset[str]]
    children: dict[str, frozenset[str]]
    criminality: dict[str, re.Pattern[str]]
    agency: dict[str, re.Pattern[str]]
    fillers: re.Pattern[str]
    shares: tuple[str, ...]
    total: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The declared words, parsed once."""
    data: dict[str, Any] = declared.declared_yaml("outcomes/tables.yml")
    kinds = tuple(
        TableKind(
            name,
            tuple(map(bare, row.get("title", ()))),
            tuple(map(bare, row.get("any", ()))),
            tuple(map(bare, row.get("not", ()))),
            tuple(map(bare, row.get("headings", ()))),
            row.get("sheet"),
            row.get("sheet_alone", False),
            row["unit"],
            tuple((bare(word), unit) for word, unit in row.get("units", {}).items()),
            row["says"],
        )
        for name, row in data["kinds"].items()
    )
    return Vocabulary(
        kinds,
        frozenset(map(bare, data["labels"])),
        tuple(map(bare, data["notes"])),
        frozenset(map(bare, data["prose_sheets"])),
        {kind: frozenset(map(bare, words)) for kind, words in data["parents"].items()},
        {kind: frozenset(map(bare, words)) for kind, words in data["children"].items()},
        {code: _any_of(patterns) for code, patterns in data["criminality"].items()},
        {code: _any_of(patterns) for code, patterns in data["agency"].items()},
        re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(data["fillers"], key=len)[::-1])),
        tuple(map(bare, data["shares"])),
        frozenset(map(bare, data["total"])),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def is_note(text: str) -> bool:
    """Whether a single cell is a note rather than a title or a label."""
    words = bare(text)
    return words.startswith(vocabulary().notes) or len(words) > 160


def _fits(kind: TableKind, title: str) -> bool:
    """Whether a title has every word of a kind, one of its alternatives, and none that rules it out."""
    return (
        all(any(either in title for either in word.split("|")) for word in kind.title)
        and (not kind.any or any(word in title for word in kind.any))
        and not any(word in title for word in kind.without)
    )


def kind_of(title: str, headings: tuple[str, ...], sheet: str) -> TableKind | None:
    """The declared kind of a table, or None: title first, then headings, then the sheet."""
    title, heads, sheet = bare(title), bare(" | ".join(headings)), bare(sheet)
    for kind in vocabulary().kinds:
        if kind.title and _fits(kind, title) and (kind.sheet is None or kind.sheet in sheet):
            return kind
    for kind in vocabulary().kinds:
        if kind.headings and all(word in heads for word in kind.headings):
            return kind
    return next((kind for kind in vocabulary().kinds if kind.sheet_alone and kind.sheet and kind.sheet in sheet), None)
