"""A record and a format -> a folder with every table in that format, and a ``datapackage.json``.

The files are written to a temporary folder within the target folder, flushed, and moved into place when all of them are
there, ``datapackage.json`` last. An export that fails, is stopped, or finds the disk full leaves what was there before.
A folder that holds anything but an earlier export is refused; other files next to an earlier export are left alone. The
same record gives the same bytes, by the same version of ledger287 and of the libraries that write.
"""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Refused
from ledger287.ledger.store import datapackage
from ledger287.ledger.store.datapackage import FORMATS, Size
from ledger287.ledger.store.folder import Stored
from ledger287.ledger.store.formats import DATABASE, WORKBOOK, WRITERS, TableSource
from ledger287.ledger.store.tables import TABLES, RecordTable

PACKAGE = "datapackage.json"
FURTHER_TABLES = ("jurisdictions", "counties")
"""The names of the further tables in an export, derived from the record by rooms that may not be imported here."""
ASIDE = ".ledger287-export-"
MOVED_OUT = "earlier"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A table in a file of the export; ``table`` and ``rows`` are None for ``datapackage.json``.

    Where one file holds every table, each has an entry, with the size and hash of the entire file.
    """

    path: str
    table: str | None
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Exported(NotebookTable):
    """What an export wrote."""

    folder: str
    format: str
    files: tuple[ExportedFile, ...]


def export(
    stored: Stored, folder: Path, format: str, further: Sequence[tuple[RecordTable, pl.DataFrame]] = ()
) -> Exported:
    """Write every table of a record into a folder, and the further tables ``further`` that are derived from it.

    Raises Refused when it cannot, and then changes nothing.
    """
    if format not in FORMATS:
        raise Refused(f"no format {format!r}. Expected one of: {', '.join(FORMATS)}.")
    try:
        earlier = _earlier_export(folder)
        sources = [_source(stored, table) for table in TABLES]
        sources += [_derived_source(table, frame) for table, frame in further]
        files = _write_all(sources, folder, format, stored, earlier)
    except OSError as error:
        raise Refused(
            f"{folder}: the export could not be written ({error.strerror or error}). "
            "What was there before is untouched; make room or name another folder, and export again."
        ) from None
    _sweep(folder)
    return Exported(str(folder), format, files)


def _source(stored: Stored, table: RecordTable) -> TableSource:
    again = "If the record was being rebuilt, export again; else build it again."
    try:
        data = stored.file(table.name)
        frame = pl.read_parquet(io.BytesIO(data))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise Refused(f"{stored.path(table.name)}: the table could not be read ({error}). {again}") from None
    if dict(frame.schema) != dict(table.schema):
        raise Refused(
            f"{stored.path(table.name)}: expected the columns {', '.join(table.schema)}; "
            f"found {', '.join(frame.columns)}. Build the record again with this version of ledger287."
        )
    return TableSource(table, data, frame)


def _derived_source(table: RecordTable, frame: pl.DataFrame) -> TableSource:
    """A table that is not stored but derived from the record, with its own Parquet bytes."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=12, statistics=True)
    return TableSource(table, buffer.getvalue(), frame)


# -- the folder ------------------------------------------------------------------------------------


def _earlier_export(folder: Path) -> frozenset[str]:
    """The files of an export that the folder may hold. Raises Refused where it holds something else.

    After an export that was killed while it moved its files, those are files of exports, though not described.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder}: expected a folder, found a file. Name a folder to export into.")
    if not folder.is_dir() or all(path.name.startswith(ASIDE) for path in folder.iterdir()):
        return frozenset()
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        if found["name"] == datapackage.NAME:
            named = {resource["path"] for resource in found["resources"]} | {PACKAGE}
            killed = any(folder.glob(f"{ASIDE}*/{MOVED_OUT}"))
            return frozenset(_possible_files() if killed else named & _possible_files())
    raise Refused(
        f"{folder}: has files in it, and no export of ledger287 (expected none, or a {PACKAGE} named "
        f"{datapackage.NAME}). Name a new or empty folder."
    )


def _possible_files() -> set[str]:
    """The names that exports give, so that an altered description cannot make an export remove any other file."""
    names = [table.name for table in TABLES] + list(FURTHER_TABLES)
    tables = {f"{name}.{ending}" for name in names for ending in ("parquet", "csv", "json")}
    return tables | {DATABASE, WORKBOOK, PACKAGE}


def _write_all(
    sources: list[TableSource], folder: Path, format: str, stored: Stored, earlier: frozenset[str]
) -> tuple[ExportedFile, ...]:
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    aside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{os.getpid()}-", dir=folder))
        files = _write_files(sources, aside, format, stored)
        _move_in(aside, folder, list(dict.fromkeys(file.path for file in files)), earlier)
    except BaseException:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):
            for path in made:
                path.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return files


def _write_files(sources: list[TableSource], aside: Path, format: str, stored: Stored) -> tuple[ExportedFile, ...]:
    parts = WRITERS[format](sources, aside, stored)
    sizes = {path: _flushed(aside / path) for path in dict.fromkeys(part.path for part in parts)}
    package = datapackage.describe(FORMATS[format], parts, sizes, stored.facts)
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (aside / PACKAGE).write_bytes(text.encode())
    files = [ExportedFile(p.path, p.table.name, p.rows, sizes[p.path].bytes, sizes[p.path].sha256) for p in parts]
    size = _flushed(aside / PACKAGE)
    return (*files, ExportedFile(PACKAGE, None, None, size.bytes, size.sha256))


def _flushed(path: Path) -> Size:
    """Flush a written file to the disk, and measure it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return Size(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _move_in(aside: Path, folder: Path, names: list[str], earlier: frozenset[str]) -> None:
    """Move the new files into place and the earlier ones out, all of them or none; the description last.

    Only a kill or a power cut amid these few renames can leave files of both: then their hashes are not
    those that the description tells, and the next export clears them away.
    """
    for name in names:
        if name not in earlier and os.path.lexists(folder / name):
            raise Refused(
                f"{folder / name}: not a file of the export in this folder. Move it away, or name another folder."
            )
    out = aside / MOVED_OUT
    out.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in sorted({*names, *earlier} - {PACKAGE}):
            for old, new in ((folder / name, out / name), (aside / name, folder / name)):
                if os.path.lexists(old):
                    moved.append((old, new))
                    old.rename(new)
        (aside / PACKAGE).replace(folder / PACKAGE)
    except BaseException:
        if (aside / PACKAGE).exists():
            for old, new in reversed(moved):
                with suppress(FileNotFoundError):
                    new.rename(old)
        raise


def _sweep(folder: Path) -> None:
    """Remove the temporary folders of exports that were killed."""
    for path in folder.glob(f"{ASIDE}*"):
        writer = path.name.removeprefix(ASIDE).partition("-")[0]
        if writer.isdigit() and not _runs(int(writer)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process runs; True where that cannot be checked without disturbing it."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
