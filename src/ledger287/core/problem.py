"""A problem: where it was met, what was expected, what was found, and what to do about it.

What kinds there are belongs to the layer that raises them: each declares its own with ``declare_kinds``, next to
the code that raises them, and nothing here needs editing for a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger287.core.locator import Cell, DataRow, DocumentPage, EveryRow, Locator
from ledger287.core.query_error import Refused

__all__ = ["Problem", "Refused", "declare_kinds", "declared_kinds"]

_DECLARED: dict[str, dict[str, str]] = {}


def declare_kinds(layer: str, kinds: Mapping[str, str]) -> Mapping[str, str]:
    """Declares the kinds of problem that a layer raises, each with what it means; returns them.

    Two layers may raise the same kind. One layer declares its kinds once: a second, different declaration
    under its name raises ValueError.
    """
    wrong = [kind for kind in kinds if not kind.replace("_", "").isalnum() or kind != kind.lower()]
    if wrong:
        raise ValueError(f"{layer}: expected kinds of lower case letters, digits and underscores, found {wrong}")
    if _DECLARED.get(layer, dict(kinds)) != dict(kinds):
        raise ValueError(f"{layer}: its kinds of problem were declared before; declare them in one place")
    _DECLARED[layer] = dict(kinds)
    return kinds


def declared_kinds() -> dict[str, dict[str, str]]:
    """The kinds of problem of every layer loaded so far, by layer, with what each means."""
    return {layer: dict(kinds) for layer, kinds in sorted(_DECLARED.items())}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``row`` is the sheet's own row number (from 1), ``column`` its letters.

    In a data set ``row`` counts the rows of data from 1 and ``column`` is a heading; in a document ``page`` counts
    from 1. ``sha256`` is that of the file's bytes, where the problem is of a file that was read.
    """

    kind: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    expected: str
    found: str
    remedy: str
    sha256: str | None = None
    page: int | None = None

    @classmethod
    def at(cls, where: Locator, kind: str, *, expected: str, found: str, remedy: str) -> "Problem":
        """A problem at a locator of any kind."""
        if isinstance(where, DocumentPage):
            return cls(kind, where.file, None, None, None, expected, found, remedy, where.sha256, where.page)
        if isinstance(where, DataRow):
            return cls(kind, where.file, None, where.row, where.column, expected, found, remedy, where.sha256)
        if isinstance(where, Cell):
            return cls(kind, where.file, where.sheet, where.row, where.column, expected, found, remedy, where.sha256)
        file = where.file if isinstance(where, EveryRow) else where.url
        return cls(kind, file, None, None, None, expected, found, remedy, where.sha256)

    @property
    def place(self) -> str:
        """Where it was met, in words."""
        place = self.file
        if self.sheet:
            place += f" [{self.sheet}]"
        if self.page:
            place += f" page {self.page}"
        if self.row:
            letters = self.column or "row "
            named = self.column and not (self.column.isalpha() and self.column.isupper())
            place += f" row {self.row} column {self.column}" if named else f" {letters}{self.row}"
        elif self.column:
            place += f" column {self.column}"
        return place

    def __str__(self) -> str:
        return f"{self.place}: expected {self.expected}; found {self.found}. {self.remedy}"
