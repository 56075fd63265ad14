"""One more file -> the folder of outcomes that answers are read from, with what it adds.

What enters: a workbook of ICE's detention statistics, or a file of arrests, detainers or detentions, and a folder.
What leaves: that folder, begun from the tables that ship, with the file's numbers in it: a workbook joins the
snapshots; a file with rows of persons is counted, and only its counts are written. A file whose bytes are already
there adds nothing. The folder is changed in one step: a run that ends early leaves it as it was.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.deriving import detention_tables
from ledger287.core.problem import Problem, Refused
from ledger287.core.swapping import aside_of, put_in_place, sweep
from ledger287.core.time import day_of
from ledger287.ledger.outcomes import store
from ledger287.ledger.outcomes.added import FILE
from ledger287.sources.outcomes.counts.heads import ending, parts_of
from ledger287.sources.outcomes.counts.person_files import Counted, count_file
from ledger287.sources.outcomes.folder import ReadFile, published_by
from ledger287.sources.outcomes.workbook import read_workbook

TABLES = {
    "held": detention_tables.held_table,
    "values": detention_tables.values_table,
    "facility_averages": detention_tables.facility_averages_table,
}
REPEATED = "repeated"
KINDS_COUNTED = ("arrests", "detainers", "detentions")


@dataclass(frozen=True, slots=True)
class AddedCounts:
    """What a file added: its kind, the rows now in each table it touched, and the problems met."""

    file: str
    kind: str
    tables: dict[str, int]
    counts: dict[str, int]
    problems: tuple[Problem, ...]


def add(path: Path, out: Path, engine: str = "duckdb", settings: Sequence[str] = ()) -> AddedCounts:
    """Add one file, or the parts in a folder, to a folder of outcomes; ``engine`` counts rows of persons.

    Raises Refused for a file that cannot be read, or of no known kind; EngineStopped where Spark breaks down.
    """
    if not path.exists():
        raise Refused(f"{path}: no such file.")
    aside = aside_of(out)
    try:
        sweep(out)
        shutil.copytree(out, aside) if out.is_dir() else aside.mkdir(parents=True)
        added = _add(path, aside, engine, settings)
        if added.kind != REPEATED or not out.is_dir():
            put_in_place(aside, out)
        return added
    except OSError as error:
        raise Refused(f"{error.filename or out}: {error.strerror or error}; nothing was added.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _add(path: Path, out: Path, engine: str, settings: Sequence[str]) -> AddedCounts:
    """Add it to a folder that nobody else reads yet."""
    _begin(out)
    sha256 = _digest(path)
    known = _known(out)
    if sha256 in known:
        problem = Problem(
            "repeated_file", path.name, None, None, None, "a file that is not there yet",
            f"the bytes of {known[sha256]}", "Nothing was added.", sha256,
        )  # fmt: skip
        return AddedCounts(path.name, REPEATED, {}, {}, (problem,))
    added = _workbook(path, out) if path.is_file() and ending(path) == "xlsx" else None
    added = added or _counts(path, out, engine, settings)
    files = _files(out)
    if added.kind in KINDS_COUNTED:
        if added.kind in files:
            added = replace(added, problems=(_replaced(path, files[added.kind]["file"], added.kind), *added.problems))
        files = {**files, added.kind: {"file": path.name, "sha256": sha256}}
    gone = {one["sha256"] for kind, one in _files(out).items() if files[kind] != one}
    hashes = {key: name for key, name in _hashes(out).items() if key not in gone}
    own = {"sha256": {**hashes, sha256: path.name}, "files": files}
    (out / FILE).write_text(json.dumps(own, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return added


def _replaced(path: Path, before: str, kind: str) -> Problem:
    return Problem(
        "replaced_file", path.name, None, None, None, f"one file of {kind} in a folder", f"the counts of {before}",
        "They are replaced by the counts of this file; to keep both, add it to another folder.",
    )  # fmt: skip


def _written(out: Path) -> dict[str, Any]:
    own = out / FILE
    found: dict[str, Any] = json.loads(own.read_text(encoding="utf-8")) if own.is_file() else {}
    return found if "sha256" in found else {"sha256": found, "files": {}}


def _hashes(out: Path) -> dict[str, str]:
    return dict(_written(out)["sha256"])


def _files(out: Path) -> dict[str, dict[str, str]]:
    return dict(_written(out)["files"])


def _begin(out: Path) -> None:
    for table in sorted(store.SHIPPED.glob("*.parquet")):
        if not (out / table.name).exists():
            shutil.copyfile(table, out / table.name)


def _digest(path: Path) -> str:
    """The sha256 of a file; of a folder, that of the names and digests of its parts."""
    if path.is_dir():
        parts = (f"{part.relative_to(path)} {_digest(part)}\n" for part in parts_of(path))
        return hashlib.sha256("".join(parts).encode()).hexdigest()
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _known(out: Path) -> dict[str, str]:
    held = pl.read_parquet(out / "held.parquet", columns=["sha256", "file"])
    return dict(held.iter_rows()) | _hashes(out)


def _workbook(path: Path, out: Path) -> AddedCounts | None:
    """Add a detention workbook; None where the file is no such workbook."""
    book = read_workbook(path.read_bytes(), path.name)
    if not any(one.kind.id != "other" for one in book.tables):
        return None
    if book.held is None or book.as_of.day is None:
        raise Refused(
            f"{path.name}: a detention workbook whose {'people held' if book.held is None else 'day'} is unknown: "
            f"{book.as_of.why}. Look at it with: ledger287 outcomes read {path.name}"
        )
    files = [ReadFile(book, published_by(book))]
    rows: dict[str, int] = {}
    for name, made in TABLES.items():
        frame = _joined(pl.read_parquet(out / f"{name}.parquet"), made(files))
        frame.write_parquet(out / f"{name}.parquet", compression="zstd", statistics=False)
        rows[name] = frame.height
    return AddedCounts(path.name, "detention statistics", rows, {"numbers": book.numbers_in_tables}, book.problems)


def _joined(there: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    if new.height == 0:
        return there
    words = [name for name, kind in there.schema.items() if kind == pl.Categorical]
    plain = [frame.with_columns(pl.col(words).cast(pl.String)) for frame in (there, new)]
    aligned = plain[1].select(pl.col(name).cast(kind) for name, kind in plain[0].schema.items())
    return pl.concat([plain[0], aligned]).with_columns(pl.col(words).cast(pl.Categorical))


def _counts(path: Path, out: Path, engine: str, settings: Sequence[str]) -> AddedCounts:
    counted = count_file(path, engine, settings, day_of(datetime.now(UTC)))
    rows: dict[str, int] = {}
    for name, frame in counted.tables.items():
        frame.write_parquet(out / f"{name}.parquet", compression="zstd", statistics=False)
        rows[name] = frame.height
    counts = {"rows": counted.rows, "flagged": counted.flagged, "without_day": counted.without_day}
    if counted.kind == "arrests":
        counts["without_site"] = counted.without_site
    if counted.kind == "detentions":
        counts |= {"without_end": counted.without_end, "ended_before": counted.ended_before}
    return AddedCounts(path.name, counted.kind, rows, counts, tuple(_not_counted(path.name, counted)))


def _not_counted(file: str, counted: Counted) -> Iterator[Problem]:
    """A problem for rows without a day, for ends that cannot be, and for each column that the file does not have."""
    said = (
        ("unreadable_day", counted.without_day, "a day, not after today, in every row", "without one",
         "counted nowhere"),
        ("unreadable_day", counted.without_end, "a day, not after today, where a stay ended", "with another text",
         "counted as not ended"),
        ("ended_before", counted.ended_before, "stays that end after they begin", "that end before",
         "counted as ended on the day they began"),
    )  # fmt: skip
    for kind, number, expected, found, what in said:
        if number:
            text = f"{number:,} rows {found}"
            yield Problem(kind, file, None, None, None, expected, text, f"They are {what}.")
    for name in counted.missing:
        yield Problem("unknown_column", file, None, None, None, f"a column for {name}", "none", "Counted as not said.")
