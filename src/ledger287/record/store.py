"""A record in a folder: its tables as Parquet, and ``record.json`` that points to them.

The tables lie in a folder named by a hash of their bytes; ``record.json`` is replaced in one step when
all of them are written and flushed. So a reader meets the old record or the new one, never half of
either, and a build that is stopped, or finds the disk full, leaves the old record as it was.
"""

import hashlib
import io
import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.foundation.problems import Refused
from ledger287.record.tables import BY_NAME, TABLES

FORMAT = 1
POINTER = "record.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record on disk. ``facts`` is what record.json says beside the place of the tables."""

    folder: Path
    tables: Path
    facts: dict[str, Any]

    def read(self, name: str) -> pl.DataFrame:
        """One table, whole."""
        return pl.read_parquet(self.tables / f"{name}.parquet", memory_map=False)

    def scan(self, name: str) -> pl.LazyFrame:
        """One table, lazily."""
        return pl.scan_parquet(self.tables / f"{name}.parquet")

    def path(self, name: str) -> Path:
        """The Parquet file of one table."""
        return self.tables / f"{name}.parquet"


def shipped() -> Path:
    """The folder of the record that ships with the package."""
    return Path(str(files("ledger287.record").joinpath("shipped")))


def open_record(folder: Path | None = None) -> Stored:
    """The record in a folder, by default the shipped one. Raises Refused where there is none."""
    place = folder or shipped()
    pointer = place / POINTER
    try:
        facts = json.loads(pointer.read_text(encoding="utf-8"))
        tables = place / facts["tables"]
    except FileNotFoundError:
        raise Refused(
            f"{place}: no record here (expected {POINTER}). Build one with: ledger287 build LISTS_DIR --out {place}"
        ) from None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"{pointer}: not a record's pointer ({error}). Build the record again.") from None
    if facts.get("format") != FORMAT:
        raise Refused(
            f"{place}: a record of format {facts.get('format')}, expected {FORMAT}. "
            "Build it again with this version of ledger287."
        )
    missing = [table.name for table in TABLES if not (tables / f"{table.name}.parquet").is_file()]
    if missing:
        raise Refused(f"{tables}: the record lacks {', '.join(missing)}. Build it again.")
    return Stored(place, tables, facts)


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=12, statistics=True)
    return buffer.getvalue()


def write_record(folder: Path, tables: dict[str, pl.DataFrame]) -> Stored:
    """Write a record, replacing one that is there in a single step. Raises Refused when it cannot."""
    encoded = {name: _bytes(tables[name]) for name in BY_NAME}
    digest = hashlib.sha256(b"".join(encoded[name] for name in sorted(encoded))).hexdigest()[:16]
    facts = _facts(tables, f"tables-{digest}")
    aside = folder / f".writing-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_all(aside, encoded, facts)
        place = folder / facts["tables"]
        if not _whole(place, encoded):
            if place.exists():
                shutil.rmtree(place)
            (aside / "tables").rename(place)
        (aside / POINTER).replace(folder / POINTER)
    except OSError as error:
        raise Refused(
            f"{folder}: the record could not be written ({error.strerror or error}). "
            "What was there before is untouched; make room or name another folder, and build again."
        ) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _sweep(folder, keep=facts["tables"])
    return Stored(folder, folder / facts["tables"], facts)


def _facts(tables: dict[str, pl.DataFrame], place: str) -> dict[str, Any]:
    lists = tables["lists"]
    newest: datetime | None = lists.filter(pl.col("accepted"))["published_at"].max()  # type: ignore[assignment]
    return {
        "format": FORMAT,
        "tables": place,
        "lists": lists.height,
        "accepted": int(lists["accepted"].sum()),
        "newest_list": newest.isoformat() if newest else None,
        "rows": {name: frame.height for name, frame in sorted(tables.items())},
    }


def _write_all(aside: Path, encoded: dict[str, bytes], facts: dict[str, Any]) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "tables").mkdir(parents=True)
    for name, data in encoded.items():
        _write_flushed(aside / "tables" / f"{name}.parquet", data)
    text = json.dumps(facts, indent=2, sort_keys=True) + "\n"
    _write_flushed(aside / POINTER, text.encode())


def _write_flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _whole(place: Path, encoded: dict[str, bytes]) -> bool:
    """Whether these very tables lie there already."""
    return all(
        (path := place / f"{name}.parquet").is_file() and path.read_bytes() == data for name, data in encoded.items()
    )


def _sweep(folder: Path, keep: str) -> None:
    """Remove older tables but the newest two, which a reader may still have open."""
    others = [path for path in folder.glob("tables-*") if path.is_dir() and path.name != keep]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[1:]:
        shutil.rmtree(path, ignore_errors=True)
