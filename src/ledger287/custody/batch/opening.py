"""A source on an engine: its rows as a table of cases, whichever way its file gives them.

What enters: sources, and an engine. What leaves: one table of cases of all files, without the rows that are left out,
and the problems that were met on the way. A log is folded here; a case number in more than one row leaves here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from ledger287.core.problem import Refused
from ledger287.custody.batch.audit import place_of
from ledger287.custody.batch.folding_once import aggregates, fold_once, places_of
from ledger287.custody.batch.folds.duplicates import Repeated, repeated
from ledger287.custody.batch.folds.folding import cases_of_table, fold_table
from ledger287.custody.batch.folds.joining import group_table, joined
from ledger287.custody.batch.folds.lines import served_forms, with_served
from ledger287.custody.batch.folds.log_words import OF_EVENT, SERVED, WARRANT_SERVED, WORDS, LogWords
from ledger287.custody.batch.folds.released_to import COLUMN, LEFT, TAKEN, note, to_ice, with_taken
from ledger287.custody.batch.folds.stays import BOOKED, booked_twice, with_stays
from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES, Options, bit
from ledger287.custody.batch.statistics import blank_columns, reach
from ledger287.custody.batch.surveying import surveyed
from ledger287.custody.case.event_words import UNREAD, event_named, is_of_nothing, not_of_an_audit, unread
from ledger287.custody.case.vocabulary import code_named, number, plain, spellings, vocabulary
from ledger287.custody.columns.times import with_local_times
from ledger287.custody.columns.untimed import with_untimed
from ledger287.custody.engines.engine import PLACE, Engine, RelationFile, local_times
from ledger287.custody.intake.opening.opened_files import ExportFile, no_zone
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.intake.staged.staging import MOST_TOLD, Staged, stage
from ledger287.custody.intake.times.values import cell_shown, is_blank
from ledger287.custody.relations.column import Column, cases, coalesce, literal, null
from ledger287.custody.relations.table import Table, union
from ledger287.law.clocks.calendar import zones

FOLDED = 500
"""The number under which a folded log is opened, past those of the files."""
JOINED = 700
"""The number under which the cases are opened that were joined of several rows."""
ONCE = 600
"""The number under which the cases of a log with each event once are opened."""
MOST_WORDS = 5000
"""So many different words may be in a column of codes or names."""
COUNTED = ("unclear", "local", "problems")
"""The whole numbers of a case next to its times: fields as bits, and how many problems its cells have."""

PACK = 2**40
"""A row of a log of several files as one number: the place of its file times this, and its row."""


@dataclass(slots=True)
class Opened:
    """Sources of one schema on an engine: their rows as one table of cases, and how their times are given.

    ``paths`` are the Parquet files that hold the rows; ``unread`` are problems met on the engine. ``log`` are the lines
    that were folded, of a log, and ``events`` the kinds of event that a line of it has: as a column that a table lacks,
    a kind that no line has says nothing of a case. ``codes`` are those that its lines could give.
    """

    sources: tuple[ExportFile, ...]
    table: Table
    paths: tuple[Path, ...]
    staged: tuple[Staged, ...]
    local: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)
    unread: list[CaseProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rebooked: int = 0
    log: Table | None = None
    events: tuple[str, ...] = TIMES
    codes: frozenset[str] = frozenset(WORDS)

    @property
    def first(self) -> ExportFile:
        """The first of the sources, whose shape and columns are those of all."""
        return self.sources[0]

    @property
    def own_times(self) -> bool:
        """Whether a time in them is one of the jail's own clocks."""
        return bool(self.local) or any(staged.local for staged in self.staged)


def open_together(sources: Sequence[ExportFile], work: Path, engine: Engine, asked: Options) -> list[Opened]:
    """The sources on an engine, those of one schema as one relation."""
    groups: dict[object, list[ExportFile]] = {}
    for source in sources:
        groups.setdefault(_schema(source), []).append(source)
    return [_open_on(group, number, work, engine, asked) for number, group in enumerate(groups.values())]


def _schema(source: ExportFile) -> object:
    """What two files have alike that are read as one relation."""
    if not source.direct:
        return source.shape, tuple(sorted(source.keys))
    read = tuple(sorted((head, name, source.types[head]) for head, name in source.columns.items()))
    return source.shape, read, tuple(sorted(source.keys))


def _open_on(sources: Sequence[ExportFile], number: int, work: Path, engine: Engine, asked: Options) -> Opened:
    """Sources of one schema, as a table of cases; a log is folded and written once, since it is read again."""
    first = sources[0]
    if first.direct:
        staged: tuple[Staged, ...] = ()
        paths = tuple(source.path for source in sources)
        columns, local = first.columns, local_times(first.columns, first.types)
    else:
        run_on = engine.near.connection
        staged = tuple(
            stage(source, work / f"{number}-{place}.parquet", run_on) for place, source in enumerate(sources)
        )
        paths, columns, local = tuple(one.path for one in staged), None, ()
    parts = [
        RelationFile(path, source.name, source.keys, source.seen if first.direct else "")
        for path, source in zip(paths, sources, strict=True)
    ]
    one = Opened(tuple(sources), engine.together(parts, number, columns, first.types), paths, staged, local)
    if first.shape == "log":
        one.table = one.table.mutate(row=one.table[PLACE] * PACK + one.table.row)
        folded = work / f"folded-{number}.parquet"
        engine.write(_folded(one, engine, asked, work, number), folded, ("row",))
        table = engine.staged(folded, FOLDED + number)
        one.table = _with_files(table, [source.name for source in sources], engine, number)
        one.paths, one.local, one.staged = (folded,), (), tuple(replace(each, local=False) for each in staged)
    return one


def _with_files(table: Table, files: list[str], engine: Engine, number: int) -> Table:
    """The file and the row of each case of a log: those of its first line."""
    if len(files) == 1:
        return table.mutate(file=literal(files[0], "string"))
    named = engine.memory(
        f"files_{number}", pa.table({"of_place": pa.array(range(len(files)), pa.int64()), "file": files})
    )
    placed = table.mutate(place=table.row // PACK, row=table.row % PACK)
    return placed.join(named, placed.place == named.of_place).drop("place", "of_place")


def _folded(one: Opened, engine: Engine, asked: Options, work: Path, number_: int) -> Table:
    """A log as a table of cases: its times in UTC, its events by the vocabulary, one row per case."""
    table = one.table
    missing = {name: null("string") for name in (*PLACES, *sorted({column for column, _ in WORDS.values()}))}
    table = table.mutate(**{name: null for name, null in missing.items() if name not in table.columns})
    seen = _words(engine, table, ("event", "zone", *dict.fromkeys(column for column, _ in OF_EVENT.values())))
    if not one.staged:
        table = _with_events(one, table, engine, seen)
        table = table.mutate(local=literal(bool(one.local)))
    table = table.filter(table.case.notnull() & (table.case != ""))
    table, words = _without_nothing(table, seen), _log_words(seen)
    zones_written = zone_names(seen["zone"])
    if one.own_times and not asked.zone and not any(zones_written.values()):
        raise no_zone(one.first.path)
    one.events = _kinds(engine, table, words)
    lacking = {name for name, (_, only) in OF_EVENT.items() if only is not None and only not in one.events}
    one.codes = frozenset(WORDS) - (lacking - {*words.elsewhere})
    low, high = reach_of(one, ("at",))
    zone, _ = place_of(table.zone, zones_written, asked.zone, None)
    used = sorted({name for name in (*zones_written.values(), asked.zone) if name})
    one.log = table = with_served(with_local_times(table, zone, used, low, high), words)
    if engine.dialect != "duckdb":
        return _folded_completely(one, table, words, engine)
    # Most cases have each event once: they are folded in half the time, and only the others completely.
    path = work / f"once-{number_}.parquet"
    places = places_of(table, engine, f"places_{number_}")
    engine.write(fold_once(table, words, places), path, gathers=True)
    once = engine.staged(path, ONCE + number_)
    plainly = cases_of_table(aggregates(once, words), words, once=True)
    others = once.filter(~once.once).select(other=once.case)
    if not engine.answer(others.limit(1)).num_rows:
        return plainly
    rest = _folded_completely(one, table.semi_join(others, table.case == others.other), words, engine)
    return union(plainly, rest)


def _folded_completely(one: Opened, table: Table, words: LogWords, engine: Engine) -> Table:
    """A log folded by every aggregate that an event may need, its stays apart."""
    if BOOKED in words.events and (many := engine.answer(booked_twice(table)).column("many")[0].as_py()):
        one.rebooked = many
        table = with_stays(table)
    return fold_table(table, words)


def _without_nothing(table: Table, seen: Mapping[str, list[str]]) -> Table:
    """A log whose codes' cells hold no word for nothing, as ``N/A``; a code may be such a word, as ``none`` is."""
    found = {}
    for column in dict.fromkeys(column for column, _ in OF_EVENT.values()):
        names = [name for name, (other, _) in OF_EVENT.items() if other == column]
        words = [
            word
            for word in seen[column]
            if is_blank(word) and not any(plain(word) in spellings(name) for name in names)
        ]
        if words:
            found[column] = cases((table[column].isin(words), null("string")), otherwise=table[column])
            seen[column][:] = [word for word in seen[column] if word not in words]
    return table.mutate(**found) if found else table


def _log_words(found: Mapping[str, list[str]]) -> LogWords:
    """The events that a log has, and the number of each word in its columns of codes."""
    seen = {event_named(word) for word in found["event"]}
    kept = tuple(word for word in found["event"] if word.startswith(UNREAD))
    coded = {
        name: {word: number(name, code_named(name, word) or "?") for word in found[column] if word}
        for name, (column, _) in OF_EVENT.items()
    }
    if SERVED in seen:
        seen.add(WARRANT_SERVED)
    return LogWords(tuple(event for event in TIMES if event in seen), coded, kept)


def _kinds(engine: Engine, table: Table, words: LogWords) -> tuple[str, ...]:
    """The kinds of event that a log's lines have; a line of service is of the paper that it names (``with_served``)."""
    found = set(words.events)
    if SERVED in found:
        of_warrants = served_forms(words)
        mine = table.event == SERVED
        named = mine & table.form.isin(of_warrants) if of_warrants else literal(False)
        found -= {WARRANT_SERVED} if not _any(engine, table, (table.event == WARRANT_SERVED) | named) else set()
        found -= {SERVED} if not _any(engine, table, mine & ~named.fill_null(False)) else set()
    return tuple(event for event in words.events if event in found)


def _any(engine: Engine, table: Table, condition: Column) -> bool:
    """Whether a condition is true of a row."""
    return bool(engine.answer(table.filter(condition.fill_null(False)).select("row").limit(1)).num_rows)


def _with_events(one: Opened, table: Table, engine: Engine, seen: Mapping[str, list[str]]) -> Table:
    known = {word: event_named(word) for word in seen["event"]}
    of_nothing = sorted(word for word, event in known.items() if event is None and is_of_nothing(word))
    if of_nothing:
        many = engine.answer(table.filter(table.event.isin(of_nothing)).aggregate(many=table.count()))
        one.notes.append(not_of_an_audit(one.first.name, many.column("many")[0].as_py(), of_nothing))
    lost = [word for word, event in known.items() if event is None and word not in of_nothing]
    known |= {word: unread(word) for word in lost}
    seen["event"][:] = list(dict.fromkeys(event for event in known.values() if event))
    if lost:
        wrong = table.filter(table.event.isin(lost))
        rows = engine.answer(wrong.select("file", "row", "event", "case").limit(MOST_TOLD)).to_pylist()
        one.counts["unknown_event"] = engine.answer(wrong.aggregate(many=wrong.count())).column("many")[0].as_py()
        for row in rows:
            found, place = cell_shown(row["event"]), row["row"] % PACK
            one.unread.append(problem(row["file"], place, "event", "unknown_event", found=found, case=row["case"]))
    if any(word != event for word, event in known.items()):
        pairs = ((table.event == word, event) for word, event in known.items() if event)
        table = table.mutate(event=cases(*pairs, otherwise=null("string")))
    return table.filter(table.event.notnull())


def _words(engine: Engine, table: Table, columns: Sequence[str]) -> dict[str, list[str]]:
    """Every word in some columns of a log, found in one pass."""
    found = surveyed(engine, table, columns)
    for column, words in found.items():
        if len(words) > MOST_WORDS:
            says = f"expected codes or names that repeat, found more than {MOST_WORDS:,} different ones."
            raise Refused(f"column {column}: {says}")
    return {column: sorted(words) for column, words in found.items()}


def reach_of(one: Opened, times: Sequence[str]) -> tuple[int, int]:
    """From when until when a file's times reach (``statistics.reach``)."""
    return reach(one.paths, heads_of(one, times))


def heads_of(one: Opened, names: Sequence[str]) -> dict[str, str]:
    """Heading in the files that hold the rows -> field, of some fields."""
    if not one.first.direct or one.paths != tuple(source.path for source in one.sources):
        return {name: name for name in names}
    return {head: name for head, name in one.first.columns.items() if name in names}


def columns_of(opened: list[Opened], asked: Options) -> frozenset[str]:
    """The fields that every file has, and those that have a default."""
    found: frozenset[str] | None = None
    for part, source in [(one, source) for one in opened for source in one.sources]:
        fields = source.fields
        if source.shape == "cases":
            fields = stated_fields(part)
        if source.shape == "log":
            fields = stated_fields(part) | (fields & frozenset(PLACES))
        found = fields if found is None else found & fields
    found = found or frozenset()
    defaults = {name for name in ("zone", "state", "agency", "model") if getattr(asked, name)}
    if asked.roster and found & set(OFFICERS):
        defaults.add("officer_standing")
    return found | defaults


def together(opened: list[Opened], engine: Engine, work: Path) -> tuple[Table, Repeated]:
    """Every file's cases as one table; stays of one case under numbers of their own, without cases given twice.

    Rows of one case whose cells agree, as in exports of two months, are one row.
    """
    tables, plainly = [], []
    for one in opened:
        heads = heads_of(one, TIMES)
        given = {head: name for head, name in heads.items() if name in one.table.columns}
        one.table = one.table.mutate(**{given[head]: null("int64") for head in blank_columns(one.paths, given)})
        texts = (*PLACES, *OFFICERS, *FIELDS)
        blanks = {name: null("string") for name in texts if name not in one.table.columns}
        blanks |= {name: null("int64") for name in TIMES if name not in one.table.columns}
        blanks |= {name: literal(0, "int64") for name in ("unclear", "problems") if name not in one.table.columns}
        if "local" not in one.table.columns:
            blanks["local"] = literal(sum(map(bit, one.local)), "int64")
        table = one.table.mutate(**blanks)
        if COLUMN in table.columns:
            words = to_ice(engine, table)
            one.notes += note(engine, table, one.first.name, words)
            table = with_taken(table, words)
        # An engine may have kept a staged 0 in 32 bits, and tables go together only where their types are the same.
        table = table.mutate(**{name: table[name].cast("int64") for name in COUNTED})
        plainly.append(table.select("file", "row", "case", *texts, *TIMES, *COUNTED))
        table = with_untimed(table, stated_fields(one))
        tables.append(table.select("file", "row", "case", *texts, *TIMES, *COUNTED))
    table, plain_ = (one[0] if len(one) == 1 else union(*one) for one in (tables, plainly))
    found = repeated(engine, plain_, only_logs=len(opened) == 1 and opened[0].first.shape == "log")
    if found.twice:
        twice = engine.memory("twice", pa.table({"twice": pa.array(sorted({one.case for one in found.twice}))}))
        table = table.anti_join(twice, table.case == twice.twice)
    if found.groups:
        groups = engine.memory("groups", group_table(found.groups))
        rest = table.anti_join(groups, [table.file == groups.of_file, table.row == groups.of_row])
        fields = frozenset[str]().union(*(stated_fields(one) for one in opened))
        path = work / "joined.parquet"
        engine.write(with_untimed(joined(plain_, groups), fields), path, ("file", "row"))
        table = union(rest, engine.staged(path, JOINED).select(*rest.columns))
    if later := sorted((file, row, number) for (file, row), number in found.stays.items() if number > 1):
        files, rows, numbers = zip(*later, strict=True)
        stays = engine.memory(
            "stays",
            pa.table({"of_file": files, "of_row": pa.array(rows, pa.int64()), "of_stay": list(map(str, numbers))}),
        )
        numbered = table.left_join(stays, [table.file == stays.of_file, table.row == stays.of_row])
        named = numbered.case + " (stay " + numbered.of_stay + ")"
        table = numbered.mutate(case=coalesce(named, numbered.case)).drop("of_file", "of_row", "of_stay")
    return table, found


def stated_fields(one: Opened) -> frozenset[str]:
    """The fields of some files: of a log the events that its lines have, and the codes of the case in its columns."""
    fields = one.first.fields
    if one.first.shape == "cases":
        return fields | {TAKEN} if {COLUMN, LEFT} <= fields else fields
    return frozenset(one.events) | {name for name in one.codes if WORDS[name][0] in fields}


def zone_names(words: Sequence[str]) -> dict[str, str | None]:
    """What is written for zones -> the zone's name, None where it is none."""
    everyday = {say: zone for zone, says in vocabulary()["zone_names"].items() for say in says}
    return {word: word if word in zones() else everyday.get(plain(word)) for word in words}
