"""The other sheets of a workbook: one with the same headings is read as well, and none vanishes.

What enters: a workbook, the sheet that is read and its headings. What leaves: the sheets whose rows are read after its
own, each with where its columns are; notes that name the sheets, and what stops the file. A name that looks like a
person's is not shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.text import listed
from ledger287.custody.case.vocabulary import plain
from ledger287.custody.intake.columns.headings import held, holds_values, unique
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.files import Cells, grid_of, sheets
from ledger287.custody.intake.opening.first_rows import headed
from ledger287.custody.intake.times.values import shown


@dataclass(frozen=True, slots=True)
class FurtherSheet:
    """A sheet that is read after the first: ``skip`` rows are above its data, ``places`` are those of its columns in
    the order of the first sheet, ``first`` its first rows in that order."""

    name: str
    skip: int
    places: tuple[int, ...]
    first: tuple[Cells, ...] = ()

    def rows(self, path: Path) -> Iterator[Cells]:
        """The rows of data, each with a cell for every heading."""
        for cells in islice(grid_of(path, "workbook", sheet=self.name), self.skip, None):
            yield self.ordered(cells)

    def ordered(self, cells: Cells) -> Cells:
        """A row's cells in the order of the first sheet, and those past its headings."""
        return [*(cells[place] if place < len(cells) else "" for place in self.places), *cells[len(self.places) :]]


@dataclass(frozen=True, slots=True)
class OtherSheets:
    """The sheets that are read as well, the names of those that are not, and what stops the file."""

    further: tuple[FurtherSheet, ...] = ()
    unread: tuple[str, ...] = ()
    faults: tuple[Refused, ...] = ()


def other_sheets(path: Path, sheet: str | None, heads: Sequence[str], given: Map | None) -> OtherSheets:
    """The sheets next to the one that is read. One that a map names is read alone."""
    if sheet is None:
        return OtherSheets()
    others = [name for name in sheets(path) if name != sheet]
    if given and given.sheet:
        return OtherSheets(unread=tuple(others))
    named = given.headings if given else ()
    further, unread, faults = [], [], []
    for name in others:
        if not (rows := list(islice(grid_of(path, "workbook", sheet=name), LOOK))):
            continue
        first, rows, _ = headed(rows, named)
        own = unique(rows[first])
        while own and own[-1] not in heads and own[-1].startswith("column "):
            own.pop()
        if sorted(own) == sorted(heads):
            places = tuple(own.index(head) for head in heads)
            one = FurtherSheet(name, first + 1, places)
            further.append(FurtherSheet(name, first + 1, places, tuple(map(one.ordered, rows[first + 1 :]))))
        elif _of_holds(own, named) or (len(own) == len(heads) and holds_values(own, rows[first + 1 :])):
            faults.append(_asked(path, sheet, name))
        else:
            unread.append(name)
    return OtherSheets(tuple(further), tuple(unread), tuple(faults))


LOOK = 1060
"""How many rows of a further sheet are looked at."""


def _of_holds(heads: Sequence[str], named: Sequence[str]) -> bool:
    """Whether headings are those of cases or events: a case's number, and one thing more."""
    wanted = {plain(name) for name in named}
    fields = {found.field for head in heads if (found := held(head, "cases") or held(head, "log"))}
    return ("case" in fields and len(fields) > 1) or len(wanted & {plain(head) for head in heads}) > 1


def _asked(path: Path, sheet: str, other: str) -> Refused:
    return Refused(
        f"{path}: the sheet {shown(other)} looks like cases or events too, and its headings are not those of the sheet "
        f"{shown(sheet)}. Save each as a file of its own, or name the one to read in a map (sheet: NAME)."
    )


def notes_on_sheets(path: str, sheet: str | None, skip: int, found: OtherSheets, file: Path) -> Iterator[str]:
    """What is said of the sheets: which were read, with their rows where several are one table, and which were not."""
    if sheet is None:
        return
    if found.further:
        counts = [sum(1 for _ in islice(grid_of(file, "workbook", sheet=sheet), skip, None))]
        counts += [sum(1 for _ in one.rows(file)) for one in found.further]
        parts, last = [], 0
        for name, many in zip((sheet, *(one.name for one in found.further)), counts, strict=True):
            parts.append(f"{shown(name)} (rows {last + 1:,} to {last + many:,})")
            last += many
        yield f"{path}: the sheets {listed(parts)} were read as one table."
    else:
        yield f"{path}: sheet {shown(sheet)} was read."
    if found.unread:
        names = listed([shown(name) for name in found.unread])
        yield f"{path}: not read: {'sheet' if len(found.unread) == 1 else 'sheets'} {names}."
