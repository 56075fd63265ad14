"""What the statistics in Parquet files say of their columns: from when until when times reach, and what is blank.

What enters: the paths of files, and the columns that are wanted. What leaves: answers that hold for every row; where a
part of a file has no statistics, nothing is taken for known. No row is read.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ledger287.custody.intake.opening.alike import metadata_of
from ledger287.law.clocks.calendar import DAY, instant

EVER = (0, instant(datetime(2049, 1, 1, tzinfo=UTC)))
"""How far times are taken to reach where it is not known."""
MARGIN = 60 * DAY
"""How far beyond its times the calendars of a table reach."""
IN_A_SECOND = {"milliseconds": 1_000, "microseconds": 1_000_000, "nanoseconds": 1_000_000_000}


def reach(paths: Iterable[Path], heads: Collection[str]) -> tuple[int, int]:
    """From when until when the times under some headings reach, in seconds, with a margin for clocks."""
    found: list[int] = []
    for column, unit in _columns(paths, heads):
        known = column.statistics
        if known is None or (not known.has_min_max and known.null_count != column.num_values):
            return EVER
        if known.has_min_max:
            found += _ends(known, unit)
    return (min(found) - MARGIN, max(found) + MARGIN) if found else (0, 0)


def blank_columns(paths: Iterable[Path], heads: Collection[str]) -> frozenset[str]:
    """The headings under which no row of any file has a value."""
    blank = set(heads)
    for column, _ in _columns(paths, heads):
        known = column.statistics
        if known is None or not known.has_null_count or known.null_count != column.num_values:
            blank.discard(column.path_in_schema)
    return frozenset(blank)


def rows_in(path: Path) -> int:
    """How many rows a written table has."""
    return sum(metadata_of(part).num_rows for part in _parts(path))


def _columns(paths: Iterable[Path], heads: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Each stored part of the columns under some headings, with the unit of its times."""
    for part in (part for path in paths for part in _parts(path)):
        metadata = metadata_of(part)
        for place in range(metadata.num_columns if metadata.num_row_groups else 0):
            column = metadata.schema.column(place)
            if column.path in heads:
                unit = str(getattr(column.logical_type, "to_json", str)())
                for group in range(metadata.num_row_groups):
                    yield metadata.row_group(group).column(place), unit


def _ends(known: Any, unit: str) -> list[int]:
    """The first and the last time of a part, in seconds."""
    if isinstance(known.min_raw, int):
        # As dates and times they would be made by way of another library, which takes longer to load than an audit.
        by = next((many for name, many in IN_A_SECOND.items() if name in unit), 0)
        if by:
            return [known.min_raw // by, known.max_raw // by]
    return [_whole(known.min), _whole(known.max)]


def _whole(value: object) -> int:
    """A statistic of a time as seconds; one without a zone reads as if it were in UTC."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, datetime):
        return instant(value if value.tzinfo else value.replace(tzinfo=UTC))
    return int(str(value))


def _parts(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]
