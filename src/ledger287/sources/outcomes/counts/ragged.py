"""A CSV file whose lines do not have the same number of fields -> the first such line, in words.

What enters: the parts of a file that DuckDB could not divide into columns, and which headings are known. What leaves: a
refusal that names the line, how many fields its headings have, and how many it has; None where that is not the
fault. Promise: no field of a line is printed: it may be of a person.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.text import plural
from ledger287.sources.outcomes.counts.heads import HEADING_ROWS, ending

DIVIDERS = (",", "\t", ";", "|")
LONGEST_FIELD = 1_000_000
MARK = "\u00ef\u00bb\u00bf"
"""The mark at the beginning of a file in UTF-8, as Latin-1 reads it."""
REMEDY = (
    "A value with a comma, a quotation mark or a line break has to be in quotation marks. Correct the line, fetch the "
    "file again, or save it as .parquet."
)


def ragged(parts: Sequence[Path], known: Callable[[list[str]], object]) -> Refused | None:
    """The first line of any part with more or fewer fields than the part's headings."""
    for part in parts:
        if ending(part) == "csv" and (found := _first(part, known)) is not None:
            return found
    return None


def _first(part: Path, known: Callable[[list[str]], object]) -> Refused | None:
    for divider in DIVIDERS:
        headings = 0
        try:
            for at, line, fields in _records(part, divider):
                if not headings and at > HEADING_ROWS:
                    break
                if not headings:
                    headings = len(fields) if known([field.removeprefix(MARK) for field in fields]) else 0
                elif fields and len(fields) != headings:
                    return Refused(
                        f"{part.name}, line {line}: expected {plural(headings, 'field')}, as its headings have; found "
                        f"{len(fields)}. {REMEDY}"
                    )
        except csv.Error as error:
            return Refused(f"{part.name}: cannot be divided into fields ({error}). {REMEDY}") if headings else None
    return None


def _records(part: Path, divider: str) -> Iterator[tuple[int, int, list[str]]]:
    """The records of a part, each with its number and the line on which it begins."""
    opened = gzip.open if part.suffix.lower() == ".gz" else open
    with opened(part, "rb") as data:
        lines = csv.reader(io.TextIOWrapper(data, encoding="latin-1", newline=""), delimiter=divider)
        before = csv.field_size_limit(LONGEST_FIELD)
        try:
            start = 1
            for at, fields in enumerate(lines, 1):
                yield at, start, fields
                start = lines.line_num + 1
        finally:
            csv.field_size_limit(before)
