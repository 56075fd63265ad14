"""Where a value was printed: a cell of a sheet of a workbook, by name and by sha256."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one list. ``row`` counts from 1; ``column`` is the sheet's letters, as in ``F``."""

    file: str
    sha256: str
    sheet: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.file} [{self.sheet}] {self.column}{self.row} sha256 {self.sha256[:12]}"


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
