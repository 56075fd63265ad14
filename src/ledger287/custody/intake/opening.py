"""A source on an engine: its rows as a table of cases, whichever way its file gives them.

What enters: sources, and an engine. What leaves: one table of cases of all files, without the rows that are left out,
and the problems that were met on the way. A log is folded here; a case number in more than one row leaves here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from ledger287.core.problem import Refused
from ledger287.core.query_error import Field, QueryError
from ledger287.custody.batch.audit import place_of
from ledger287.custody.batch.duplicates import duplicated
from ledger287.custody.batch.engines import Engine, local_times
from ledger287.custody.batch.folding import WORDS, fold_table
from ledger287.custody.batch.plan import FIELDS, OFFICERS, PLACES, TIMES, Asked, bit
from ledger287.custody.batch.time_columns import with_local_times
from ledger287.custody.case.vocabulary import event_words, plain
from ledger287.custody.intake.problems import Met
from ledger287.custody.intake.reading import Source, problem
from ledger287.custody.intake.staging import Staged, stage
from ledger287.custody.intake.values import shown
from ledger287.law.clocks.calendar import DAY, instant, zones

FOLDED = 500
"""The number under which a folded log is opened, past those of the files."""
EVER = (0, instant(datetime(2049, 1, 1, tzinfo=UTC)))
MARGIN = 60 * DAY
"""How far beyond its times the calendars of a table reach."""
COUNTED = ("unclear", "local", "problems")
"""The whole numbers of a case next to its times: fields as bits, and how many problems its cells have."""


@dataclass(slots=True)
class Opened:
    """A source on an engine: its rows as a table of cases, and how its times are given."""

    source: Source
    table: ir.Table
    path: Path
    staged: Staged | None
    local: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)


def open_on(source: Source, number: int, work: Path, engine: Engine, asked: Asked) -> Opened:
    """One source on an engine, as a table of cases; a log is folded and written once, since it is read again."""
    path, staged = source.path, None
    if source.direct:
        table = engine.direct(path, number, source.columns, source.types)
        local = local_times(source.columns, source.types)
    else:
        staged = stage(source, work / f"{number}.parquet")
        path, table, local = staged.path, engine.staged(staged.path, number), ()
    one = Opened(source, table, path, staged, local)
    if source.shape == "log":
        folded = work / f"folded-{number}.parquet"
        engine.write(_folded(one, engine, asked), folded)
        one.table, one.path, one.local = engine.staged(folded, FOLDED + number), folded, ()
    one.table = one.table.mutate(file=ibis.literal(str(source.path), "string"))
    return one


def _folded(one: Opened, engine: Engine, asked: Asked) -> ir.Table:
    """A log as a table of cases: its times as instants, its events by the vocabulary, one row a case."""
    table = one.table
    missing = {name: ibis.null("string") for name in (*PLACES, *sorted({column for column, _ in WORDS.values()}))}
    table = table.mutate(**{name: null for name, null in missing.items() if name not in table.columns})
    if one.staged is None:
        table = _with_events(one, table, engine)
        table = table.mutate(local=ibis.literal(bool(one.local)))
    table = table.filter(table.case.notnull() & (table.case != ""))
    zones_written = zone_names(_words(engine, table, "zone"))
    if (one.local or (one.staged and one.staged.local)) and not asked.zone and not any(zones_written.values()):
        raise no_zone(one.source.path)
    low, high = reach(one, ("at",))
    zone, _ = place_of(table.zone, zones_written, asked.zone, None)
    used = sorted({name for name in (*zones_written.values(), asked.zone) if name})
    return fold_table(with_local_times(table, zone, used, low, high))


def no_zone(path: Path) -> Refused:
    """What is said where no time of a file can be placed."""
    zone = Field("zone", "America/Chicago")
    return QueryError("no_time_zone", f"{path}: its times have no time zone. Name the jail's: ", zone, ".")


def _with_events(one: Opened, table: ir.Table, engine: Engine) -> ir.Table:
    words = _words(engine, table, "event")
    known = {word: event_words().get(plain(word)) for word in words}
    lost = [word for word, event in known.items() if event is None]
    if lost:
        rows = engine.answer(
            table.filter(table.event.isin(lost)).select("row", "event", "case").limit(1000)
        ).to_pylist()
        one.counts["unknown_event"] = len(rows)
        for row in rows:
            one.counts.setdefault("unknown_event", 0)
            one.source = _with_problem(
                one.source,
                problem(
                    one.source.path, row["row"], "event", "unknown_event", found=shown(row["event"]), case=row["case"]
                ),
            )
    named = ibis.cases(
        *((table.event == word, event) for word, event in known.items() if event), else_=ibis.null("string")
    )
    table = table.mutate(event=named)
    return table.filter(table.event.notnull())


def _with_problem(source: Source, problem: Met) -> Source:
    return replace(source, problems=(*source.problems, problem))


def _words(engine: Engine, table: ir.Table, column: str) -> list[str]:
    found = (
        engine.answer(table.filter(table[column].notnull()).select(column).distinct().limit(5001))
        .column(column)
        .to_pylist()
    )
    if len(found) > 5000:
        raise Refused(f"column {column}: expected codes or names that repeat, found more than 5,000 different ones.")
    return sorted(found)


def reach(one: Opened, times: Sequence[str]) -> tuple[int, int]:
    """From when until when a file's times reach, in seconds, by the statistics in it; with a margin for clocks.

    Where a part of the file has no statistics, it may reach as far as the declared zones do.
    """
    found: list[int] = []
    for path in sorted(one.path.glob("*.parquet")) if one.path.is_dir() else [one.path]:
        metadata = pq.ParquetFile(path).metadata
        heads = {head for head, name in one.source.columns.items() if name in times} if one.source.direct else set()
        wanted = {*times} if one.path != one.source.path else heads
        for place in range(metadata.num_columns if metadata.num_row_groups else 0):
            if metadata.row_group(0).column(place).path_in_schema not in wanted:
                continue
            for group in range(metadata.num_row_groups):
                column = metadata.row_group(group).column(place)
                known = column.statistics
                if known is None or (not known.has_min_max and known.null_count != column.num_values):
                    return EVER
                if known.has_min_max:
                    found += [_whole(known.min), _whole(known.max)]
    return (min(found) - MARGIN, max(found) + MARGIN) if found else (0, 0)


def _whole(value: object) -> int:
    """A statistic of a time as seconds; one without a zone reads as if it were in UTC."""
    if isinstance(value, datetime):
        return instant(value if value.tzinfo else value.replace(tzinfo=UTC))
    return int(str(value))


def rows_in(path: Path) -> int:
    """How many rows a written table has."""
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    return sum(pq.ParquetFile(part).metadata.num_rows for part in parts)


def columns_of(opened: list[Opened], asked: Asked) -> frozenset[str]:
    """The fields that every file has, and those that a default stands in for."""
    found: frozenset[str] | None = None
    for one in opened:
        fields = one.source.fields
        if one.source.shape == "log":
            given = {name for name, (column, _) in WORDS.items() if column in fields}
            fields = frozenset(TIMES) | given | (fields & frozenset(PLACES))
        found = fields if found is None else found & fields
    found = found or frozenset()
    defaults = {name for name in ("zone", "state", "agency", "model") if getattr(asked, name)}
    if asked.roster and found & set(OFFICERS):
        defaults.add("officer_standing")
    return found | defaults


def together(opened: list[Opened], engine: Engine) -> tuple[ir.Table, list[tuple[str, int, str]]]:
    """Every file's cases as one table, without those whose number stands in more than one row."""
    tables = []
    for one in opened:
        texts = (*PLACES, *OFFICERS, *FIELDS)
        blanks = {name: ibis.null("string") for name in texts if name not in one.table.columns}
        blanks |= {name: ibis.null("int64") for name in TIMES if name not in one.table.columns}
        blanks |= {name: ibis.literal(0, "int64") for name in ("unclear", "problems") if name not in one.table.columns}
        if "local" not in one.table.columns:
            blanks["local"] = ibis.literal(sum(map(bit, one.local)), "int64")
        table = one.table.mutate(**blanks)
        # An engine may have kept a staged 0 in 32 bits, and tables go together only where their types are the same.
        table = table.mutate(**{name: table[name].cast("int64") for name in COUNTED})
        tables.append(table.select("file", "row", "case", *texts, *TIMES, *COUNTED))
    table = tables[0] if len(tables) == 1 else ibis.union(*tables)
    found = duplicated(engine, table, only_logs=len(opened) == 1 and opened[0].source.shape == "log")
    if not found:
        return table, []
    twice = engine.memory("twice", pa.table({"twice": pa.array(sorted({case for *_, case in found}))}))
    return table.anti_join(twice, table.case == twice.twice), found


def problems_told(opened: list[Opened], dups: list[tuple[str, int, str]]) -> tuple[tuple[Met, ...], dict[str, int]]:
    """The problems told with their cells, and how many there are of each kind, of those that reading met."""
    told: list[Met] = []
    counts: dict[str, int] = {}
    for one in opened:
        told += one.source.problems
        for met in one.source.problems:
            if met.kind in ("unknown_column", "unmapped_heading"):
                counts[met.kind] = counts.get(met.kind, 0) + 1
        found = one.staged.counts if one.staged else one.counts
        told += one.staged.problems if one.staged else ()
        for kind, many in found.items():
            counts[kind] = counts.get(kind, 0) + many
    for file, row, case in dups[:10_000]:
        told.append(problem(Path(file), row, "case", "duplicate_case", found=shown(case), case=case))
    if dups:
        counts["duplicate_case"] = len(dups)
    return tuple(told), counts


def notes_of(opened: list[Opened]) -> tuple[str, ...]:
    """How each file was read, where that is not plain: its encoding, its heading's line, what was left out."""
    return tuple(note for one in opened for note in (*one.source.notes, *(one.staged.notes if one.staged else ())))


def zone_names(words: Sequence[str]) -> dict[str, str | None]:
    """What is written for zones -> the zone's name, None where it is none."""
    return {word: word if word in zones() else None for word in words}
