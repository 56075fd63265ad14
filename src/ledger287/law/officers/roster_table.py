"""Opens a roster: CSV, a workbook or Parquet, as one table of cells.

What enters: a path. What leaves: a frame with the file's own headings, and a problem for each row whose cells do not
fit them. Nothing is read from the cells here.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl

from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem, Refused


def frame_of(path: Path) -> tuple[pl.DataFrame, list[Problem]]:
    """The table of a file, unchanged, headings first, and the rows that cannot be used. Raises Refused."""
    kinds: dict[str, Callable[[Path], tuple[pl.DataFrame, list[Problem]]]] = {
        ".csv": _csv,
        ".parquet": _parquet,
        ".xlsx": _workbook,
        ".xls": _workbook,
    }
    read = kinds.get(path.suffix.lower())
    if read is None:
        raise Refused(f"{path}: expected a roster as {', '.join(kinds)}; found {path.suffix or 'no file extension'}.")
    if not path.is_file():
        raise Refused(f"{path}: no such file. Name one with a heading row and one row for each officer.")
    if not path.stat().st_size:
        raise Refused(f"{path}: an empty file; expected a heading row and one row for each officer.")
    try:
        return read(path)
    except (pl.exceptions.PolarsError, csv.Error, OSError, ValueError) as error:
        raise Refused(f"{path}: not a complete {path.suffix[1:]} file ({str(error).splitlines()[0]}).") from None


def _csv(path: Path) -> tuple[pl.DataFrame, list[Problem]]:
    """Text with commas, semicolons or tabs between cells; a row with cells too many is a problem, and not read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"{path}: expected text in UTF-8, found another encoding (byte {error.start:,}); save it as CSV UTF-8."
        ) from None
    first = text.split("\n", 1)[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    heading = [cell.strip() or f"(column {column_letters(place)})" for place, cell in enumerate(rows[0])]
    twice = next((cell for place, cell in enumerate(heading) if cell in heading[:place]), None)
    if twice is not None:
        raise Refused(f"{path}: expected each heading once, found {twice!r} twice; rename one of the columns.")
    problems = [
        problem(
            path,
            "unknown_column",
            number,
            None,
            f"{len(heading)} cells, as many as the heading has",
            f"{len(row)}",
            "Put cells that hold a comma in quotation marks; the row was not read.",
        )
        for number, row in enumerate(rows[1:], start=2)
        if len(row) > len(heading)
    ]
    cells = [[*row, *[""] * len(heading)][: len(heading)] for row in rows[1:]]
    return pl.DataFrame(cells, schema=dict.fromkeys(heading, pl.String), orient="row"), problems


def _parquet(path: Path) -> tuple[pl.DataFrame, list[Problem]]:
    return pl.read_parquet(path), []


def _workbook(path: Path) -> tuple[pl.DataFrame, list[Problem]]:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        sheet: pl.DataFrame = book.load_sheet(0).to_polars()
        return sheet, []
    except fastexcel.FastExcelError as error:
        raise ValueError(str(error)) from None


def problem(
    path: Path, kind: str, row: int | None, column: str | None, expected: str, found: str, remedy: str
) -> Problem:
    """A problem of a roster's row or column."""
    return Problem(kind, path.name, None, row, column, expected, found, remedy)
