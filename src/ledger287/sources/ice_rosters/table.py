"""One table of history as it was handed over -> its rows, each with its line; or a refusal that says where.

What enters: a folder and the name of a table of the register of sources. What leaves: its rows. It promises that
the bytes are those on which the decisions of declared/history were made, that the headings are known, and that no
row is dropped.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.source import sources


@dataclass(frozen=True, slots=True)
class PageLine:
    """A row of a table: its line in the file (the heading is line 1), and its cells by heading."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells[heading]


def declared_sha256(file: str) -> str:
    """The sha256 of a file as the register of sources has it. Raises Refused where no source has the file."""
    for source in sources().values():
        for one in source.files:
            if one.file == file:
                return one.sha256
    raise Refused(f"{file} belongs to no source. Register it in declared/sources.yml.")


def read_table(folder: Path, file: str, headings: Sequence[str]) -> list[PageLine]:
    """The rows of one table. Raises Refused where it is missing, changed, or has other headings."""
    path = folder / file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: expected a table of the history; {error.strerror or error}.") from None
    found, expected = hashlib.sha256(data).hexdigest(), declared_sha256(file)
    if found != expected:
        raise Refused(
            f"{path}: expected the bytes of sha256 {expected[:16]}, found {found[:16]}. Compare it with the table that "
            "was read before, check the decisions in declared/history, then declare its sha256 in "
            "declared/sources.yml."
        )
    return read_lines(file, data, headings)


def read_lines(file: str, data: bytes, headings: Sequence[str]) -> list[PageLine]:
    """The rows of a table's bytes. Raises Refused where the headings or a row's width are not as expected."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{file}: expected UTF-8; byte {error.start} is not. Save the table as UTF-8.") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    printed = next(reader, [])
    if printed != list(headings):
        odd = sorted(set(printed) ^ set(headings)) or printed
        raise Refused(
            f"{file} line 1: expected the headings {', '.join(headings)}; found other ones ({', '.join(odd)}). "
            "Have the reader in sources/ice_rosters read or ignore each of them."
        )
    lines = []
    for cells in reader:
        if len(cells) != len(printed):
            raise Refused(
                f"{file} line {reader.line_num}: expected {len(printed)} cells, found {len(cells)}. Correct the line."
            )
        lines.append(PageLine(reader.line_num, dict(zip(printed, cells, strict=True))))
    return lines


def read_day(file: str, line: PageLine, heading: str) -> date | None:
    """A day as 2012-08-01; None where the cell is empty. Raises Refused where it is not a day."""
    text = line[heading].strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"{file} line {line.line}, {heading}: expected a day such as 2012-08-01, found {text!r}. Correct the cell."
        ) from None
