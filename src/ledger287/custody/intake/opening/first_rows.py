"""The first rows of a file, and where its heading is among them.

What enters: a file, and a map where one is given. What leaves: the sheet that is read, the place of the heading, and
the first rows; a heading of two lines is joined in the second of them.
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.text import listed
from ledger287.custody.case.vocabulary import plain
from ledger287.custody.intake.columns.headings import LOOK_FOR, heading_row, held, two_lines
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.files import Cells, TextForm, grid_of, sheets
from ledger287.custody.intake.times.values import shown

LOOK_AT = 1000
"""How many rows of a file are looked at before it is read."""


def first_rows(
    path: Path, kind: str, form: TextForm | None, given: Map | None
) -> tuple[str | None, int, list[Cells], tuple[Cells, ...]]:
    """The sheet that is read, where its heading is, its first rows, and the lines of a heading of two, which are joined
    in the second: of several sheets the first that has a known heading."""
    named = given.headings if given else ()
    if kind != "workbook":
        rows = list(islice(grid_of(path, kind, form, most=LOOK_FOR + LOOK_AT), LOOK_FOR + LOOK_AT))
        return None, *(headed(rows, named) if kind == "csv" else (0, rows, ()))
    wanted = names = sheets(path)
    if given and given.sheet:
        if given.sheet not in names:
            found = listed([shown(name) for name in names])
            raise Refused(f"{path}: expected the sheet {shown(given.sheet)} that the map names, found {found}.")
        wanted = [given.sheet]
    best: tuple[int, str | None, int, list[Cells], tuple[Cells, ...]] = (-1, None, 0, [], ())
    for name in wanted:
        rows = list(islice(grid_of(path, kind, sheet=name), LOOK_FOR + LOOK_AT))
        if not rows:
            continue
        first, rows, lines = headed(rows, named)
        score = sum(held(cell, "cases") is not None or held(cell, "log") is not None for cell in rows[first])
        score += 3 * sum(plain(cell) in {plain(one) for one in named} for cell in rows[first])
        if score > best[0]:
            best = (score, name, first, rows, lines)
    return (best[1] if len(names) > 1 else None), *best[2:]


def heads_again(rows: list[Cells], lines: Sequence[Cells]) -> list[Cells]:
    """Rows without those that are a line of the heading of two lines again."""
    return [row for row in rows if [cell.strip() for cell in row] not in lines] if lines else rows


def headed(rows: list[Cells], named: Sequence[str]) -> tuple[int, list[Cells], tuple[Cells, ...]]:
    """Where the heading is, and the rows; a heading of two lines is joined in the second of them, and they are given as
    they are written too: a report repeats them on each page."""
    first = heading_row(rows, named)
    both = two_lines(rows, first, named) if rows else None
    if both is None:
        return first, rows, ()
    lines = tuple([cell.strip() for cell in row] for row in rows[both[0] - 1 : both[0] + 1])
    return both[0], [*rows[: both[0]], both[1], *rows[both[0] + 1 :]], lines
