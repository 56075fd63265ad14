"""A table in parts by the value of one column: each is a slice of one frame, so that thousands of parts cost no memory
of their own.
"""

from collections.abc import Iterator, Mapping

import polars as pl


class TableParts(Mapping[str, pl.DataFrame]):
    """Value of a column -> the rows that have it, in the table's order."""

    def __init__(self, frame: pl.DataFrame, column: str, *, with_column: bool = False) -> None:
        ordered = frame.sort(column, maintain_order=True)
        self._frame = ordered if with_column else ordered.drop(column)
        counts = ordered.group_by(column, maintain_order=True).len()
        self._places: dict[str, tuple[int, int]] = {}
        first = 0
        for value, length in counts.iter_rows():
            self._places[str(value)] = first, length
            first += length

    def __getitem__(self, value: str) -> pl.DataFrame:
        """The rows with a value. Raises KeyError where no row has it."""
        return self._frame.slice(*self._places[value])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
