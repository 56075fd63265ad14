"""A table in parts by the value of one column: each is a slice of one frame, or a few, so that thousands of parts cost
no memory of their own.
"""

from collections.abc import Iterator, Mapping

import polars as pl

FEW = 4
"""Slices of a part, on average, up to which a table is not put in order first: that takes a multiple of its memory."""


class TableParts(Mapping[str, pl.DataFrame]):
    """Value of a column -> the rows that have it, in the table's order."""

    def __init__(self, frame: pl.DataFrame, column: str, *, with_column: bool = False) -> None:
        runs = frame[column].rle()
        if runs.len() > FEW * frame[column].n_unique():
            frame = frame.sort(column, maintain_order=True)
            runs = frame[column].rle()
        self._frame = frame if with_column else frame.drop(column)
        found: dict[str, list[tuple[int, int]]] = {}
        first = 0
        for value, length in zip(
            runs.struct.field("value").cast(pl.String), runs.struct.field("len").to_list(), strict=True
        ):
            found.setdefault(str(value), []).append((first, length))
            first += length
        self._places = dict(sorted(found.items()))

    def __getitem__(self, value: str) -> pl.DataFrame:
        """The rows with a value. Raises KeyError where no row has it."""
        slices = [self._frame.slice(*place) for place in self._places[value]]
        return slices[0] if len(slices) == 1 else pl.concat(slices)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
