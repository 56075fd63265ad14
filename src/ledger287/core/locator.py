"""Where a value was printed: a cell, a page of a document, a row of a data set, a file of which every row counts, or a
URL; each by its sha256.

``str()`` of a locator is a promise: it is the text that answers, tables and pages show. ``as_json`` gives the
keys of the fields, and ``kind`` says which of the five it is.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

SHOWN = 12
"""How many digits of a sha256 a text shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one list. ``row`` counts from 1; ``column`` is the sheet's letters, as in ``F``."""

    file: str
    sha256: str
    sheet: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.file} [{self.sheet}] {self.column}{self.row} sha256 {self.sha256[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in points (1/72 inch) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"expected a box whose right and bottom are not before its left and top, found {self}")

    def __str__(self) -> str:
        return f"({self.left:g}, {self.top:g})-({self.right:g}, {self.bottom:g})"


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of a document, counted from 1, and where it matters the part of the page."""

    file: str
    sha256: str
    page: int
    box: Box | None = None

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"expected a page counted from 1, found {self.page} of {self.file}")

    def __str__(self) -> str:
        where = f" at {self.box}" if self.box else ""
        return f"{self.file} page {self.page}{where} sha256 {self.sha256[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of a data set, counted from 1 without the heading, and one of its columns by name or the row alone."""

    file: str
    sha256: str
    row: int
    column: str | None = None

    def __post_init__(self) -> None:
        if self.row < 1:
            raise ValueError(f"expected a row counted from 1, found {self.row} of {self.file}")

    def __str__(self) -> str:
        column = f" {self.column}" if self.column else ""
        return f"{self.file} row {self.row}{column} sha256 {self.sha256[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class EveryRow:
    """A file of which all rows count, such as a list on which agreements were counted."""

    file: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.file} sha256 {self.sha256[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class Url:
    """A URL; the sha256 of what it gave and when it was fetched, where it was."""

    url: str
    sha256: str | None = None
    fetched_at: datetime | None = None

    def __str__(self) -> str:
        when = f" fetched {self.fetched_at.date().isoformat()}" if self.fetched_at else ""
        return self.url + when + (f" sha256 {self.sha256[:SHOWN]}" if self.sha256 else "")


Locator = Cell | DocumentPage | DataRow | EveryRow | Url

KINDS: dict[type, str] = {Cell: "cell", DocumentPage: "page", DataRow: "row", EveryRow: "file", Url: "url"}


def as_json(locator: Locator) -> dict[str, Any]:
    """A locator as JSON values: its kind, then its fields by name; a date and time in ISO 8601."""
    found: dict[str, Any] = {"kind": KINDS[type(locator)]}
    for field in fields(locator):
        value = getattr(locator, field.name)
        if isinstance(value, Box):
            value = [value.left, value.top, value.right, value.bottom]
        found[field.name] = value.isoformat() if isinstance(value, datetime) else value
    return found


def column_letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
