"""A record in a folder: its tables as Parquet, and ``record.json`` that points to them.

The tables are in a folder named by a hash of their bytes; ``record.json`` is replaced in one step when all of them are
written and flushed. So a reader gets the old record or the new one, never a mixture, and a build that is stopped, or
finds the disk full, leaves the old record as it was. The temporary folder of a killed build is removed by the next
build. The longest tables are in groups of rows, and a record that grew has the groups of the one before as they were.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from ledger287 import __version__
from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryError, QueryField
from ledger287.ledger.store.counts import COUNTS, CountedBefore, counts_file
from ledger287.ledger.store.parquet_groups import NotGroups, one_file
from ledger287.ledger.store.parts import (
    Beginning,
    FullPart,
    PartNames,
    TableFiles,
    beginning_of,
    files_of,
    part_name,
    write_flushed,
)
from ledger287.ledger.store.tables import BY_NAME, TABLES

FORMAT = 1
POINTER = "record.json"
ASIDE = ".writing-"
"""What is being written is in a folder with this name and the number of the process that writes it."""
A_DAY = 24 * 60 * 60
"""Seconds after which the folder of a build whose process cannot be checked is taken to be abandoned."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record on disk. ``facts`` is what record.json says in addition to where the tables are."""

    folder: Path
    tables: Path
    facts: dict[str, Any]

    def read(self, name: str) -> pl.DataFrame:
        """One complete table. Raises Refused for another name, and where its file is damaged."""
        path = self.path(name)
        if not path.is_file() and self.tables.is_dir() and name not in self.facts["rows"]:
            raise Refused(f"no table {name!r}. Expected one of: {', '.join(sorted(self.facts['rows']))}.")
        try:
            return pl.read_parquet(self.parts.of(name), memory_map=False)
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = str(error).split("\n")[0]
            raise Refused(f"{path}: the table cannot be read ({reason}). Build the record again.") from None

    def scan(self, name: str) -> pl.LazyFrame:
        """One table, lazily."""
        return pl.scan_parquet(self.parts.of(name))

    @property
    def parts(self) -> PartNames:
        """Where the files of each table are."""
        return PartNames(self.tables, self.facts.get("parts", {}))

    def path(self, name: str) -> Path:
        """The Parquet file of one table; of one that has grown long, the last of several."""
        return self.tables / f"{name}.parquet"

    def file(self, name: str) -> bytes:
        """One table as one Parquet file. Raises OSError and Refused where it cannot be read."""
        first, *others = [path.read_bytes() for path in self.parts.of(name)]
        try:
            return one_file([first, *others]) if others else first
        except NotGroups as error:
            raise Refused(f"{self.path(name)}: {error}. Build the record again.") from None


def shipped() -> Path:
    """The folder of the record that ships with the package."""
    return Path(str(files("ledger287.ledger").joinpath("shipped")))


def open_record(folder: Path | None = None) -> Stored:
    """The record in a folder, by default the shipped one. Raises Refused where there is none."""
    place = folder or shipped()
    pointer = place / POINTER
    try:
        facts = json.loads(pointer.read_text(encoding="utf-8"))
        tables = place / facts["tables"]
    except FileNotFoundError:
        build = Ask("build", ("LISTS_DIR",), (QueryField("out", str(place)),))
        says = f"{place}: no record here (expected {POINTER}). Build one with: "
        raise QueryError("no_record", says, build, fields=("record",)) from None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"{pointer}: not a record's pointer ({error}). Build the record again.") from None
    if facts.get("format") != FORMAT:
        raise Refused(
            f"{place}: a record of format {facts.get('format')}, expected {FORMAT}. "
            "Build it again with this version of ledger287."
        )
    stored = Stored(place, tables, facts)
    missing = [table.name for table in TABLES if not all(path.is_file() for path in stored.parts.of(table.name))]
    if missing:
        raise Refused(f"{tables}: the record lacks {', '.join(missing)}. Build it again.")
    return stored


@dataclass(frozen=True, slots=True)
class WrittenBefore:
    """What a record keeps of the one that it grew from: beginnings of tables, and counts."""

    beginnings: Mapping[str, Beginning] = field(default_factory=dict)
    counted: CountedBefore | None = None


def is_as_written(stored: Stored) -> bool:
    """Whether the tables are, to the byte, those that were written: their folder is named by their hash.

    Of full parts, which nothing that grows the record reads, the length is compared.
    """
    parts = stored.parts
    try:
        files = {name: TableFiles(parts.full_of(name), stored.path(name).read_bytes()) for name in stored.facts["rows"]}
        if any(part.place is None or part.place.stat().st_size != part.size for part in _full(files).values()):
            return False
    except OSError:
        return False
    return stored.tables.name == _name(files)


def beginning(stored: Stored, name: str, rows: int) -> Beginning | None:
    """What a record's table begins with and a grown one keeps: files and groups with none but its first rows."""
    return beginning_of(name, stored.parts, rows)


def _full(files: Mapping[str, TableFiles]) -> dict[str, FullPart]:
    """The full parts of all tables by the names of their files."""
    return {part_name(name, place): part for name, its in files.items() for place, part in enumerate(its.full)}


def _name(files: Mapping[str, TableFiles]) -> str:
    digest = hashlib.sha256()
    for _, its in sorted(files.items()):
        for part in its.full:
            digest.update(part.sha256.encode())
        digest.update(its.last)
    return f"tables-{digest.hexdigest()[:16]}"


def write_record(
    folder: Path,
    tables: dict[str, pl.DataFrame],
    more: Callable[[str], dict[str, bytes]] | None = None,
    earlier: WrittenBefore | None = None,
) -> Stored:
    """Write a record, replacing one that is there in a single step. Raises Refused when it cannot.

    ``more`` gives files to lie with the tables, from the name of their folder. ``earlier`` is of a record with the same
    first rows, where there is one.
    """
    names = (*BY_NAME, *sorted(tables.keys() - BY_NAME.keys()))
    earlier = earlier or WrittenBefore()
    made = {name: files_of(name, tables[name], earlier.beginnings.get(name)) for name in names}
    encoded = {f"{name}.parquet": its.last for name, its in made.items()}
    encoded[COUNTS] = counts_file(tables, earlier.counted)
    facts, full = _facts(tables, made, earlier), _full(made)
    encoded |= more(facts["tables"]) if more else {}
    aside = folder / f"{ASIDE}{os.getpid()}"
    place = folder / facts["tables"]
    is_new = not folder.exists()
    placed = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep_abandoned(folder)
        _write_all(aside, encoded, full, facts)
        placed = _put(aside, place, encoded, full)
        _flush_folder(folder)
        (aside / POINTER).replace(folder / POINTER)
    except OSError as error:
        raise Refused(
            f"{folder}: the record could not be written ({error.strerror or error}). "
            "What was there before is untouched; make room or name another folder, and build again."
        ) from None
    finally:
        if placed and (aside / POINTER).exists():  # the pointer was not replaced, so nothing names them
            shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # the folder is kept if it holds anything
                folder.rmdir()
    _sweep(folder, keep=facts["tables"])
    return Stored(folder, place, facts)


def _facts(tables: dict[str, pl.DataFrame], made: Mapping[str, TableFiles], earlier: WrittenBefore) -> dict[str, Any]:
    lists = tables["lists"]
    left_out = {name: start.left_out for name, start in earlier.beginnings.items()}
    newest: datetime | None = lists.filter(pl.col("accepted"))["published_at"].max()  # type: ignore[assignment]
    parts = {name: [part.fact for part in its.full] for name, its in made.items() if its.full}
    return {
        "format": FORMAT,
        "software": f"ledger287 {__version__}",
        "tables": _name(made),
        "lists": lists.height,
        "accepted": int(lists["accepted"].sum()),
        "newest_list": newest.isoformat() if newest else None,
        "rows": {name: frame.height + left_out.get(name, 0) for name, frame in sorted(tables.items())},
        **({"parts": parts} if parts else {}),
    }


def _write_all(aside: Path, encoded: dict[str, bytes], full: Mapping[str, FullPart], facts: dict[str, Any]) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "tables").mkdir(parents=True)
    for name, part in full.items():
        part.put(aside / "tables" / name)
    for name, data in encoded.items():
        write_flushed(aside / "tables" / name, data)
    text = json.dumps(facts, indent=2, sort_keys=True) + "\n"
    write_flushed(aside / POINTER, text.encode())


def _put(aside: Path, place: Path, encoded: dict[str, bytes], full: Mapping[str, FullPart]) -> bool:
    """Put the tables in their place; whether there was nothing before. Damaged ones are replaced."""
    if _whole(place, encoded, full):
        return False
    was_there = place.exists()
    if was_there:
        place.rename(aside / "damaged")
    try:
        (aside / "tables").rename(place)
    except OSError:
        if not _whole(place, encoded, full):  # else another build has just put the very same
            raise
    return not was_there


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk before the pointer names one of them."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(place: Path, encoded: dict[str, bytes], full: Mapping[str, FullPart]) -> bool:
    """Whether these very tables lie there already."""
    parts = all((path := place / name).is_file() and path.stat().st_size == its.size for name, its in full.items())
    return parts and all(
        (path := place / name).is_file() and path.read_bytes() == data for name, data in encoded.items()
    )


def _sweep(folder: Path, keep: str) -> None:
    """Remove older tables but the newest, which a reader may still have open."""
    others = [path for path in folder.glob("tables-*") if path.is_dir() and path.name != keep]
    others.sort(key=_changed_at, reverse=True)
    for path in others[1:]:
        shutil.rmtree(path, ignore_errors=True)


def _sweep_abandoned(folder: Path) -> None:
    """Remove what killed builds left; before writing, for it may be what fills the disk."""
    for path in folder.glob(f"{ASIDE}*"):
        if _is_abandoned(path):
            shutil.rmtree(path, ignore_errors=True)


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another build has swept it away
        return 0.0


def _is_abandoned(aside: Path) -> bool:
    """Whether the build that wrote into this folder is gone."""
    number = aside.name.removeprefix(ASIDE)
    if os.name == "posix" and number.isascii() and number.isdigit():
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return int(number) == os.getpid()
    return time.time() - _changed_at(aside) > A_DAY
