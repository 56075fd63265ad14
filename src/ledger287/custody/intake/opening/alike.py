"""Many Parquet files of one schema, looked at together: what was found out of the first need not be found out of each.

What enters: paths, and the headings whose values are looked at. What leaves: the files in whose first rows nothing is
in doubt. It promises no less than a look at each: a file with a value that may name a person, or without a case, is
not among them, and is opened by itself.
"""

from collections.abc import Sequence
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from ledger287.custody.case.event_words import event_named, keeps_otherwise
from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.files import peeking
from ledger287.custody.intake.times.cell_sql import as_name, as_text

DAY = r"^\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4})"
"""What may be a date of birth, in a column that no field reads."""


def metadata_of(path: Path) -> Any:
    """What a Parquet file says of itself, read once while the file is the same."""
    about = path.stat()
    return _metadata(path, about.st_mtime_ns, about.st_size, about.st_ino)


@lru_cache(maxsize=2048)
def _metadata(path: Path, *_: int) -> Any:
    import pyarrow.parquet as pq

    return pq.read_metadata(path)


def schema_of(path: Path) -> Any:
    """The columns of a Parquet file with their types, to compare; None where it cannot be read."""
    import pyarrow as pa

    try:
        columns = metadata_of(path).schema
        return tuple((one.path, one.physical_type, str(one.logical_type), one.converted_type) for one in columns)
    except (pa.ArrowException, OSError):
        return None


def _may_be_days(path: Path, times: Sequence[str]) -> bool:
    """Whether a column of timestamps may have midnights only, by the statistics of its file; so where it has none."""
    metadata, wanted = metadata_of(path), {*times}
    for place in range(metadata.num_columns if metadata.num_row_groups else 0):
        column = metadata.row_group(0).column(place)
        if column.path_in_schema not in wanted:
            continue
        known = [metadata.row_group(group).column(place).statistics for group in range(metadata.num_row_groups)]
        if any(one is None for one in known):
            return True
        ends = [end for one in known if one.has_min_max for end in (one.min, one.max)]
        if ends and all(getattr(end, "time", None) and end.time() == time() for end in ends):
            return True
    return False


def _all_midnight(head: str) -> str:
    """Whether a column of timestamps has some, all of them at midnight, as SQL."""
    name = as_name(head)
    return f"(count({name}) > 0 and count_if(epoch_us({name}) % 86400000000 <> 0) = 0)"


def days_in(path: Path, times: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a Parquet file has a column of timestamps that are all at midnight: days, exported as times.

    ``rows`` are its first; a column with a time at another hour in them needs no further look.
    """
    places = {head: place for place, head in enumerate(heads)}
    doubted = [head for head in times if not any(_has_hour(row[places[head]]) for row in rows)]
    if not doubted or not _may_be_days(path, doubted):
        return False
    query = f"select {' or '.join(map(_all_midnight, doubted))} from read_parquet(?, hive_partitioning = false)"
    cursor = peeking().cursor()
    try:
        (found,) = cursor.execute(query, [str(path)]).fetchone() or (False,)
        return bool(found)
    finally:
        cursor.close()


def _has_hour(cell: str) -> bool:
    """Whether a timestamp as text is at another hour than midnight."""
    return len(cell) > 10 and not cell[10:].startswith(" 00:00:00")


def with_other_grounds(paths: Sequence[Path], event: str) -> set[Path]:
    """The Parquet logs that have a line of another ground on which a person is kept: they are not read as they are."""
    listed = ", ".join(as_text(path) for path in paths)
    query = (
        f"select {as_name(event)}::varchar, list(distinct filename) "
        f"from read_parquet([{listed}], filename = true, hive_partitioning = false) group by 1"
    )
    cursor = peeking().cursor()
    try:
        rows = cursor.execute(query).fetchall()
    finally:
        cursor.close()
    others = (files for word, files in rows if word and event_named(word) is None and keeps_otherwise(word))
    return {Path(file) for files in others for file in files}


def plain_ones(
    paths: Sequence[Path], case: str, free: Sequence[str], unread: Sequence[str], times: Sequence[str], most: int
) -> set[Path]:
    """The files whose first rows have a case, and no value that may name a person.

    ``case`` is the heading of the case number, ``free`` those of texts that are read, ``unread`` of those that no field
    reads, ``times`` of timestamps: a file with a column of them that are all at midnight has days, and is in doubt.
    """
    import duckdb

    declared = vocabulary()["personal"]
    values, inside = declared["values"].values(), declared["inside"].values()
    everywhere = [*values, *inside, declared["person"], declared["person_in_capitals"]]
    wanted = dict.fromkeys(free, everywhere) | {head: [*everywhere, DAY] for head in unread}
    # One expression of all patterns is read in one pass over a value.
    joined = {head: as_text("|".join(f"(?:{one})" for one in patterns)) for head, patterns in wanted.items()}
    doubts = [f"coalesce(regexp_matches({as_name(head)}::varchar, {one}), false)" for head, one in joined.items()]
    doubts.append(f"coalesce(not regexp_matches({as_name(case)}::varchar, '[0-9]'), false)")  # words, or a name
    listed = ", ".join(as_text(path) for path in paths)
    doubt = " or ".join(doubts) or "false"
    query = (
        f"select filename, bool_or({doubt}), count(nullif(trim({as_name(case)}::varchar), '')) "
        f"from read_parquet([{listed}], filename = true, file_row_number = true, hive_partitioning = false) "
        f"where file_row_number < {most} group by filename"
    )
    cursor = peeking().cursor()
    try:
        rows = cursor.execute(query).fetchall()
    except duckdb.Error:
        return set()  # each is opened by itself, and says what is wrong with it
    finally:
        cursor.close()
    found = {Path(file) for file, doubt, cases in rows if cases and not doubt}
    return {path for path in found if not _may_be_days(path, times)}
