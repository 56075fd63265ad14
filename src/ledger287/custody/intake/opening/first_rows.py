"""The first rows of a file, and where its heading is among them.

What enters: a file, and a map where one is given. What leaves: the sheet that is read, the place of the heading, and
the first rows; a heading of two lines is joined in the second of them.
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.custody.case.vocabulary import plain
from ledger287.custody.intake.columns.headings import LOOK_FOR, heading_row, held, two_lines
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.files import Cells, TextForm, grid_of, sheets

LOOK_AT = 1000
"""How many rows of a file are looked at before it is read."""


def first_rows(
    path: Path, kind: str, form: TextForm | None, given: Map | None
) -> tuple[str | None, int, list[Cells], bool]:
    """The sheet that is read, where its heading is, its first rows, and whether the heading is of two lines, which are
    then joined in the second: of several sheets the first that has a known heading."""
    named = given.headings if given else ()
    if kind != "workbook":
        rows = list(islice(grid_of(path, kind, form, most=LOOK_FOR + LOOK_AT), LOOK_FOR + LOOK_AT))
        return None, *(_headed(rows, named) if kind == "csv" else (0, rows, False))
    names = sheets(path)
    if given and given.sheet:
        if given.sheet not in names:
            raise Refused(f"{path}: expected the sheet {given.sheet!r} that the map names, found {', '.join(names)}.")
        names = [given.sheet]
    best: tuple[int, str | None, int, list[Cells], bool] = (-1, None, 0, [], False)
    for name in names:
        rows = list(islice(grid_of(path, kind, sheet=name), LOOK_FOR + LOOK_AT))
        if not rows:
            continue
        first, rows, in_two = _headed(rows, named)
        score = sum(held(cell, "cases") is not None or held(cell, "log") is not None for cell in rows[first])
        score += 3 * sum(plain(cell) in {plain(one) for one in named} for cell in rows[first])
        if score > best[0]:
            best = (score, name, first, rows, in_two)
    return (best[1] if len(names) > 1 else None), *best[2:]


def _headed(rows: list[Cells], named: Sequence[str]) -> tuple[int, list[Cells], bool]:
    """Where the heading is, and the rows; a heading of two lines is joined in the second of them."""
    first = heading_row(rows, named)
    both = two_lines(rows, first, named) if rows else None
    if both is None:
        return first, rows, False
    return both[0], [*rows[: both[0]], both[1], *rows[both[0] + 1 :]], True
