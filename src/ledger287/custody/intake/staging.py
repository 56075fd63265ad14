"""Stages the rows of a text file as Parquet, cell by cell, so that one expression audits every kind of file.

What enters: a ``Source`` that is not direct. What leaves: a Parquet file of the same rows with times as seconds, and
each problem with its row and column. A row that cannot be placed (no case, no such event) is left out and told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ledger287.core.problem import Refused
from ledger287.custody.batch.plan import TIMES, bit
from ledger287.custody.case.duties import PROBLEM
from ledger287.custody.case.vocabulary import event_words, plain
from ledger287.custody.intake.problems import Met
from ledger287.custody.intake.reading import CASE_TEXT, EXTRA, FREE, LOG_TEXT, Source, personal, problem, rows_of, text
from ledger287.custody.intake.values import identifies, read_time

BATCH = 50_000
MOST_TOLD = 10_000
"""Of each kind of problem, so many are told with their cell; all of them are counted."""


@dataclass(slots=True)
class Staged:
    """What staging a file met: problems, how many of each kind, and whether any time was the jail's own."""

    path: Path
    problems: list[Met] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    local: bool = False

    def met(self, source: Source, row: int, column: str, kind: str, found: str, case: str | None) -> None:
        """Keep a problem of a cell."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= MOST_TOLD:
            self.problems.append(problem(source.path, row, column, kind, found=found, case=case))


CASES = pa.schema(
    [("row", pa.int64()), *((name, pa.string()) for name in CASE_TEXT), *((name, pa.int64()) for name in TIMES),
     ("unclear", pa.int32()), ("local", pa.int32()), ("problems", pa.int32())]
)  # fmt: skip
LOG = pa.schema(
    [("row", pa.int64()), *((name, pa.string()) for name in LOG_TEXT), ("at", pa.int64()), ("local", pa.bool_())]
)


def stage(source: Source, out: Path) -> Staged:
    """Write a source's rows to ``out``. Raises Refused where a value names a person, or no row is left."""
    staged = Staged(out)
    schema, take = (LOG, _log_row) if source.shape == "log" else (CASES, _case_row)
    with pq.ParquetWriter(out, schema) as writer:
        for batch in _batches(source, staged, take):
            writer.write_table(pa.Table.from_pylist(batch, schema))
    if not staged.rows:
        raise Refused(f"{source.path}: expected rows of cases or events, found none that can be read.")
    return staged


def _batches(source: Source, staged: Staged, take: Any) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for number, cells in enumerate(rows_of(source.path, source.kind), 1):
        if EXTRA in cells:
            staged.met(source, number, "", "ragged_row", f"{len(cells[EXTRA])} more", None)
        named = {name: text(cells.get(head)) for head, name in source.columns.items()}
        if not any(named.values()):
            continue
        for head, name in source.columns.items():
            if name in FREE and (found := identifies(named[name])):
                raise personal(source.path, head, f"at row {number} a value that looks like {found}")
        row = take(source, staged, number, named)
        if row is not None:
            staged.rows += 1
            batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _head(source: Source, name: str) -> str:
    return next((head for head, other in source.columns.items() if other == name), name)


def _case_row(source: Source, staged: Staged, number: int, named: dict[str, str]) -> dict[str, Any] | None:
    case = named["case"]
    if not case:
        staged.met(source, number, _head(source, "case"), "no_case", "a blank", None)
        return None
    row: dict[str, Any] = {name: named[name] or None for name in CASE_TEXT if name in named}
    unclear = local = problems = 0
    for event in TIMES:
        cell = named.get(event, "")
        if not cell:
            continue
        found = read_time(cell)
        if found is None:
            staged.met(source, number, _head(source, event), "unreadable_time", repr(cell), case)
            unclear, problems = unclear | bit(event), problems | PROBLEM["unreadable_time"]
            continue
        row[event] = found[0]
        if found[1]:
            local |= bit(event)
    staged.local = staged.local or bool(local)
    return row | {"row": number, "unclear": unclear, "local": local, "problems": problems}


def _log_row(source: Source, staged: Staged, number: int, named: dict[str, str]) -> dict[str, Any] | None:
    case = named["case"]
    if not case:
        staged.met(source, number, _head(source, "case"), "no_case", "a blank", None)
        return None
    event = event_words().get(plain(named["event"]))
    if event is None:
        staged.met(source, number, _head(source, "event"), "unknown_event", repr(named["event"]), case)
        return None
    row: dict[str, Any] = {name: named[name] or None for name in LOG_TEXT if name in named}
    found = read_time(named["at"])
    if found is None:
        staged.met(source, number, _head(source, "at"), "unreadable_time", repr(named["at"]), case)
    staged.local = staged.local or bool(found and found[1])
    return row | {"row": number, "event": event, "at": found and found[0], "local": bool(found and found[1])}
