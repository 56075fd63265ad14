"""A long table in several Parquet files: full parts, and the last one, which alone changes as the record grows.

What enters: a table, and the files with which a record that it grew from begins, or none. What leaves: the files of the
table, those that stay as they are by their place. Promise: the files depend on the table's rows alone, and a table with
no more rows than a part is one file.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import polars as pl

from ledger287.ledger.store.parquet_groups import RowGroups, encode_groups, groups_of

GROUPED = {"rows": (2**18, 3), "lists": (2**11, 12)}
"""Tables written in groups of so many rows, with the effort of compressing them. Of the longest table, more effort
saves a seventh and takes four times as long."""
PART = {"rows": 2**21, "lists": 2**12}
"""How many rows a part of such a table has: a few groups."""
EFFORT = 12
"""The effort of compressing all other tables."""


@dataclass(frozen=True, slots=True)
class FullPart:
    """A file that no longer changes: its length and hash, and its bytes, or where an earlier record has it."""

    size: int
    sha256: str
    data: bytes | None = None
    place: Path | None = None

    def put(self, path: Path) -> None:
        """Have it under another name: the same file where the file system allows it, else a copy. Raises OSError."""
        if self.place is None:
            write_flushed(path, self.data or b"")
            return
        try:
            os.link(self.place, path)
        except OSError:
            shutil.copyfile(self.place, path)

    @property
    def fact(self) -> list[int | str]:
        """As it is named in ``record.json``."""
        return [self.size, self.sha256]


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The files of one table: its full parts and the bytes of the last one."""

    full: tuple[FullPart, ...]
    last: bytes


@dataclass(frozen=True, slots=True)
class Beginning:
    """Parts, then groups of rows, that an earlier record has.

    ``left_out`` of these rows are not in the table that is written.
    """

    full: tuple[FullPart, ...] = ()
    groups: RowGroups | None = None
    part: int = 0
    left_out: int = 0

    @property
    def rows(self) -> int:
        """How many rows they have."""
        return len(self.full) * self.part + (self.groups.rows if self.groups else 0)


@dataclass(frozen=True, slots=True)
class PartNames:
    """Where the parts of a record's tables are; ``full`` has the lengths and hashes of full parts, by table."""

    folder: Path
    full: Mapping[str, Sequence[Sequence[int | str]]] = field(default_factory=dict)

    def of(self, name: str) -> list[Path]:
        """The files of a table in the order of its rows."""
        earlier = [self.folder / part_name(name, place) for place in range(len(self.full.get(name, ())))]
        return [*earlier, self.folder / f"{name}.parquet"]

    def full_of(self, name: str) -> tuple[FullPart, ...]:
        """The full parts of a table."""
        said = self.full.get(name, ())
        return tuple(
            FullPart(int(size), str(digest), place=path)
            for path, (size, digest) in zip(self.of(name), said, strict=False)
        )


def part_name(name: str, place: int) -> str:
    """The name of a full part, counted from 0."""
    return f"{name}-{place + 1:04}.parquet"


def files_of(name: str, table: pl.DataFrame, start: Beginning | None = None) -> TableFiles:
    """The files of a table that begins so."""
    size, effort = GROUPED.get(name, (None, EFFORT))
    start = start or Beginning()
    full, groups, rest = list(start.full), start.groups, table.slice(start.rows - start.left_out)
    part = PART.get(name)
    while part and (room := part - (groups.rows if groups else 0)) < rest.height:
        data = encode_groups(rest.head(room), size, effort, groups)
        full.append(FullPart(len(data), sha256(data).hexdigest(), data))
        groups, rest = None, rest.slice(room)
    return TableFiles(tuple(full), encode_groups(rest, size, effort, groups))


def beginning_of(name: str, names: PartNames, rows: int) -> Beginning | None:
    """The parts and groups of a record's table that hold none but its first rows.

    None where another version of polars wrote them, which may write other bytes. Raises NotGroups where a file is not
    of such groups, and OSError.
    """
    part = PART[name]
    kept = names.full_of(name)[: rows // part]
    following = names.of(name)[len(kept)]
    groups = groups_of(following.read_bytes())
    if not groups.of_this_writer:
        return None
    return Beginning(kept, groups.first(GROUPED[name][0], rows - len(kept) * part), part)


def write_flushed(path: Path, data: bytes) -> None:
    """Write a file, and have it on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
