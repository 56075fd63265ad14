"""A source on an engine: its rows as a table of cases, whichever way its file gives them.

What enters: sources, and an engine. What leaves: one table of cases of all files, without the rows that are left out,
and the problems that were met on the way. A log is folded here; a case number in more than one row leaves here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ledger287.custody.audit import with_local_times
from ledger287.custody.duplicates import duplicated
from ledger287.custody.engines import Engine, local_times
from ledger287.custody.events import event_words, plain
from ledger287.custody.folding import OF_EVENT, fold_table
from ledger287.custody.met import Met
from ledger287.custody.plan import FIELDS, PLACES, TIMES, Asked, bit
from ledger287.custody.reading import FREE, Source, personal, problem
from ledger287.custody.staging import Staged, stage
from ledger287.foundation.problems import Refused
from ledger287.rules.calendar import DAY, zones

MARGIN = 60 * DAY
"""How far beyond its times the calendars of a table reach."""


@dataclass(slots=True)
class Opened:
    """A source on an engine: its rows as a table of cases, and how its times are given."""

    source: Source
    table: ir.Table
    staged: Staged | None
    local: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)


def open_on(source: Source, number: int, work: Path, engine: Engine, asked: Asked) -> Opened:
    staged = None
    if source.direct:
        table = engine.direct(source.path, number, source.columns, source.types)
        local = local_times(source.columns, source.types)
        _refuse_identifiers(source, table, engine)
    else:
        staged = stage(source, work / "staged" / f"{number}.parquet")
        table, local = engine.staged(staged.path, number), ()
    one = Opened(source, table, staged, local)
    if source.shape == "log":
        one.table, one.local = _folded(one, engine, asked), ()
    if staged is None:
        one.counts = _left_out(one, engine) if source.shape == "cases" else one.counts
    blank = one.table.case.isnull() | (one.table.case == "")
    one.table = one.table.filter(~blank).mutate(file=ibis.literal(str(source.path), "string"))
    return one


def _refuse_identifiers(source: Source, table: ir.Table, engine: Engine) -> None:
    """A look at every value of the columns with free text: an A-number or a social security number stops the audit."""
    for head, name in source.columns.items():
        if name in FREE and name in table.columns:
            column = table[name]
            alien = (
                (column.length() <= 16)
                & column.upper().startswith("A")
                & column.re_search(r"^\s*[Aa][-# ]*\d{3}[- ]?\d{3}[- ]?\d{2,3}\s*$")
            )
            found = engine.answer(table.filter(alien).select("row").limit(1)).to_pylist()
            if found:
                raise personal(source.path, head, f"at row {found[0]['row']} a value that looks like A-number")


def _left_out(one: Opened, engine: Engine) -> dict[str, int]:
    blank = one.table.filter(one.table.case.isnull() | (one.table.case == ""))
    lost = int(engine.answer(blank.aggregate(n=blank.count())).to_pylist()[0]["n"])
    return {"no_case": lost} if lost else {}


def _folded(one: Opened, engine: Engine, asked: Asked) -> ir.Table:
    """A log as a table of cases: its times as instants, its events by the vocabulary, one row a case."""
    table = one.table
    missing = {
        name: ibis.null("string") for name in ("agency", "state", "zone", *{column for column, _ in OF_EVENT.values()})
    }
    table = table.mutate(**{name: null for name, null in missing.items() if name not in table.columns})
    if one.staged is None:
        table = _with_events(one, table, engine)
        table = table.mutate(local=ibis.literal(bool(one.local)))
    zone_words = _words(engine, table, "zone")
    low, high = reach(engine, table, ("at",))
    return fold_table(with_local_times(table, zone_names(zone_words), asked.zone, low, high))


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
                    one.source.path, row["row"], "event", "unknown_event", found=repr(row["event"]), case=row["case"]
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


def reach(engine: Engine, table: ir.Table, times: Sequence[str]) -> tuple[int, int]:
    """From when until when the times of a table reach, as seconds, with a margin for clocks."""
    sums = {f"low_{time}": table[time].min() for time in times} | {f"high_{time}": table[time].max() for time in times}
    row = engine.answer(table.aggregate(**sums)).to_pylist()[0]
    known = [int(value) for value in row.values() if value is not None]
    return (min(known) - MARGIN, max(known) + MARGIN) if known else (0, 0)


def columns_of(opened: list[Opened], asked: Asked) -> frozenset[str]:
    """The fields that every file has, and those that a default stands in for."""
    found: frozenset[str] | None = None
    for one in opened:
        fields = one.source.fields
        if one.source.shape == "log":
            given = {name for name, (column, _) in OF_EVENT.items() if column in fields}
            fields = frozenset(TIMES) | given | (fields & frozenset(PLACES))
        found = fields if found is None else found & fields
    defaults = {name for name in ("zone", "state", "agency", "model") if getattr(asked, name)}
    return (found or frozenset()) | defaults


def together(opened: list[Opened], engine: Engine) -> tuple[ir.Table, list[tuple[str, int, str]]]:
    """Every file's cases as one table, without those whose number stands in more than one row."""
    tables = []
    for one in opened:
        blanks = {name: ibis.null("string") for name in (*PLACES, *FIELDS) if name not in one.table.columns}
        blanks |= {name: ibis.null("int64") for name in TIMES if name not in one.table.columns}
        blanks |= {name: ibis.literal(0, "int32") for name in ("unclear", "problems") if name not in one.table.columns}
        if "local" not in one.table.columns:
            blanks["local"] = ibis.literal(sum(map(bit, one.local)), "int32")
        table = one.table.mutate(**blanks)
        tables.append(table.select("file", "row", "case", *PLACES, *FIELDS, *TIMES, "unclear", "local", "problems"))
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
            if met.kind == "unknown_column":
                counts["unknown_column"] = counts.get("unknown_column", 0) + 1
        found = one.staged.counts if one.staged else one.counts
        told += one.staged.problems if one.staged else ()
        if not one.staged and one.counts.get("no_case"):
            told.append(
                problem(one.source.path, 0, "case", "no_case", found=f"{one.counts['no_case']:,} rows without one")
            )
        for kind, many in found.items():
            counts[kind] = counts.get(kind, 0) + many
    for file, row, case in dups[:10_000]:
        told.append(problem(Path(file), row, "case", "duplicate_case", found=repr(case), case=case))
    if dups:
        counts["duplicate_case"] = len(dups)
    return tuple(told), counts


def zone_names(words: Sequence[str]) -> dict[str, str | None]:
    """What is written for zones -> the zone's name, None where it is none."""
    return {word: word if word in zones() else None for word in words}
