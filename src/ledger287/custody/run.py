"""An audit of files, from opening them to a written report.

What enters: files, defaults for what they do not say, and a folder for the report. What leaves: the report, whole, or
nothing: everything is written beside the folder and put in its place in one step when all is done. Memory does
not grow with the files: rows stream through the expression into Parquet, and only the flagged ones are read again.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ledger287.custody import duties
from ledger287.custody.agencies import agencies_of, span_rows
from ledger287.custody.audit import audit, with_local_times
from ledger287.custody.calendars import COLUMNS, clock_rows
from ledger287.custody.duplicates import duplicated
from ledger287.custody.engines import DuckEngine, Engine, SparkEngine, local_times
from ledger287.custody.events import NOT_UNDERSTOOD, codes, event_words, number, plain, spellings
from ledger287.custody.facts import MODEL_UNKNOWN, model_mask
from ledger287.custody.findings import TIMES_KEPT, duty_table, findings_of, rule_table
from ledger287.custody.folding import OF_EVENT, TWO_WAYS, fold_table
from ledger287.custody.law import Law, law
from ledger287.custody.met import Met
from ledger287.custody.plan import FIELDS, PLACES, TIMES, Agency, Plan, bit
from ledger287.custody.reading import FREE, Source, _personal, _problem, open_source
from ledger287.custody.staging import Staged, stage
from ledger287.foundation.problems import Refused
from ledger287.record.ledger import read_state
from ledger287.rules.calendar import DAY, zone, zones

if TYPE_CHECKING:
    from ledger287.record.ledger import Ledger

ENDS = (
    "flat_end",
    "regulation_end",
    "request_end",
    "agreement_end",
    "zero_end",
    "state_end",
    "limit_end",
    "complaint_due",
)
INSTANTS = ("start", "left", *ENDS, *TIMES_KEPT)
MODEL_WORDS = {
    mask: "; ".join(name for name, one in (("JEM", 1), ("WSO", 2), ("TFM", 4), ("unknown", 8)) if mask & one) or "none"
    for mask in range(16)
}
MARGIN = 60 * DAY
KEPT = 1000
"""The number under which the written decisions are opened again, past those of the files."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an audit is asked: defaults for what the files leave out, columns to drop, the engine."""

    zone: str | None = None
    state: str | None = None
    agency: str | None = None
    model: str | None = None
    drop: tuple[str, ...] = ()
    engine: str = "duckdb"
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """What was audited: the files, the written tables, what was not audited and why, and the problems told."""

    files: tuple[str, ...]
    cases: Path
    findings: Path
    columns: frozenset[str]
    not_audited: tuple[tuple[duties.Duty, tuple[str, ...]], ...]
    problems: tuple[Met, ...]
    counts: dict[str, int]
    made_up: bool
    asked: Asked


@dataclass(slots=True)
class _Opened:
    """A source on an engine: its rows as a table of cases, and how its times are given."""

    source: Source
    table: ir.Table
    staged: Staged | None
    local: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)


def run(files: Sequence[Path], work: Path, asked: Asked, ledger: "Ledger | None" = None) -> Audited:
    """Audit files into ``work``, an empty folder: ``cases.parquet`` and ``findings.parquet``."""
    if asked.zone:
        zone(asked.zone)
    if asked.state:
        asked = _with_state(asked)
    sources = [open_source(path, asked.drop) for path in files]
    (work / "staged").mkdir()
    engine: Engine = _engine(asked, work)
    try:
        return _run(sources, work, asked, ledger, engine)
    except Exception as error:
        if type(error).__module__.split(".")[0] in ("duckdb", "_duckdb", "py4j", "pyspark"):
            raise _unreadable(sources, error) from error
        raise
    finally:
        engine.close()
        shutil.rmtree(work / "staged", ignore_errors=True)


def _unreadable(sources: list[Source], error: Exception) -> Exception:
    """A file that breaks in the middle is refused in words; anything else is a fault of ours and stays one."""
    first = str(error).strip().splitlines()[0]
    if any(
        sign in first
        for sign in (
            "No magic bytes",
            "Failed to read Parquet",
            "corrupt",
            "Corrupt",
            "TProtocol",
            "Invalid Input Error",
            "IO Error",
        )
    ):
        return Refused(f"{', '.join(str(source.path) for source in sources)}: cannot be read to its end: {first}")
    return error


def _with_state(asked: Asked) -> Asked:
    from dataclasses import replace

    return replace(asked, state=read_state(asked.state))


def _engine(asked: Asked, work: Path) -> Engine:
    if asked.engine == "duckdb":
        return DuckEngine(work / "staged", asked.threads)
    if asked.engine == "spark":
        return SparkEngine(work / "staged")
    raise Refused(f"--engine: expected duckdb or spark, found {asked.engine!r}.")


def _run(sources: list[Source], work: Path, asked: Asked, ledger: "Ledger | None", engine: Engine) -> Audited:
    the_law = law()
    opened = [_open(source, number, work, engine, asked) for number, source in enumerate(sources)]
    columns = _columns(opened, asked)
    table, dups = _together(opened, engine, work)
    made_up = all("made_up" in one.source.fields for one in opened)
    plan = _plan(opened, table, columns, engine, asked, None if made_up else ledger)
    clocks, complaints = _calendars(plan, the_law, engine)
    models = _models(plan, engine)
    decided = audit(table, clocks, complaints, models, the_law, plan)
    cases, found = work / "cases.parquet", work / "findings.parquet"
    engine.write(_written(decided), cases)
    names = _kept_columns()
    kept = engine.direct(cases, KEPT, names, dict.fromkeys(names, "TIMESTAMP WITH TIME ZONE"), INSTANTS)
    rows = findings_of(
        _read_back(kept), engine.memory("duties", duty_table()), engine.memory("rules", rule_table(the_law)), the_law
    )
    engine.write(_with_instants(rows, ("since", "due", "done")), found)
    problems, counts = _problems(opened, dups)
    return Audited(
        tuple(str(source.path) for source in sources),
        cases,
        found,
        columns,
        duties.not_audited(columns),
        problems,
        counts,
        made_up,
        asked,
    )


# -- opening ---------------------------------------------------------------------------------------------------


def _open(source: Source, number: int, work: Path, engine: Engine, asked: Asked) -> _Opened:
    staged = None
    if source.direct:
        table = engine.direct(source.path, number, source.columns, source.types)
        local = local_times(source.columns, source.types)
        _refuse_identifiers(source, table, engine)
    else:
        staged = stage(source, work / "staged" / f"{number}.parquet")
        table, local = engine.staged(staged.path, number), ()
    one = _Opened(source, table, staged, local)
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
                raise _personal(source.path, head, f"at row {found[0]['row']} a value that looks like A-number")


def _left_out(one: _Opened, engine: Engine) -> dict[str, int]:
    blank = one.table.filter(one.table.case.isnull() | (one.table.case == ""))
    lost = int(engine.answer(blank.aggregate(n=blank.count())).to_pylist()[0]["n"])
    return {"no_case": lost} if lost else {}


def _folded(one: _Opened, engine: Engine, asked: Asked) -> ir.Table:
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
    low, high = _span(engine, table, ("at",))
    return fold_table(with_local_times(table, _zones(zone_words), asked.zone, low, high))


def _with_events(one: _Opened, table: ir.Table, engine: Engine) -> ir.Table:
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
                _problem(
                    one.source.path, row["row"], "event", "unknown_event", found=repr(row["event"]), case=row["case"]
                ),
            )
    named = ibis.cases(
        *((table.event == word, event) for word, event in known.items() if event), else_=ibis.null("string")
    )
    table = table.mutate(event=named)
    return table.filter(table.event.notnull())


def _with_problem(source: Source, problem: Met) -> Source:
    from dataclasses import replace

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


def _span(engine: Engine, table: ir.Table, times: Sequence[str]) -> tuple[int, int]:
    """From when until when the times of a table reach, as seconds, with a margin for clocks."""
    sums = {f"low_{time}": table[time].min() for time in times} | {f"high_{time}": table[time].max() for time in times}
    row = engine.answer(table.aggregate(**sums)).to_pylist()[0]
    known = [int(value) for value in row.values() if value is not None]
    return (min(known) - MARGIN, max(known) + MARGIN) if known else (0, 0)


def _columns(opened: list[_Opened], asked: Asked) -> frozenset[str]:
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


def _together(opened: list[_Opened], engine: Engine, work: Path) -> tuple[ir.Table, list[tuple[str, int, str]]]:
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


# -- the plan --------------------------------------------------------------------------------------------------


def _plan(
    opened: list[_Opened],
    table: ir.Table,
    columns: frozenset[str],
    engine: Engine,
    asked: Asked,
    ledger: "Ledger | None",
) -> Plan:
    """What the expression needs to know of the table: the words in it, and from when until when it reaches."""
    coded = [name for name in (*PLACES, *FIELDS) if name in columns]
    rows = engine.answer(table.select(*coded).distinct().limit(200_000)).to_pylist() if coded else []
    words = {name: sorted({row[name] for row in rows if row[name] is not None}) for name in coded}
    states = {word: _state(word) for word in words.get("state", ())}
    named = _zones(words.get("zone", []))
    spelled = {
        name: {word: number(name, spellings(name).get(plain(word), "?")) for word in words.get(name, ())}
        for name in FIELDS
    }
    if max((len(found) for found in spelled.values()), default=0) > 5000:
        raise Refused("a column of codes holds more than 5,000 different words; see docs/custody.md for the codes.")
    agencies: tuple[Agency, ...] = ()
    if ledger is not None and asked.model is None and ("agency" in columns):
        pairs = (
            {(row.get("agency") or asked.agency, row.get("state")) for row in rows} if rows else {(asked.agency, None)}
        )
        agencies = agencies_of(
            ledger,
            [(name, state, _state(state) if state else asked.state) for name, state in sorted(pairs, key=str) if name],
        )
    direct = [one for one in opened if one.staged is None and one.source.shape == "cases"]
    any_local = [
        one for one in opened if one.local or (one.staged and one.staged.local and one.source.shape == "cases")
    ]
    times = (
        "utc"
        if not any_local
        else "local"
        if len(direct) == len(opened) == 1 and set(direct[0].local) >= columns & set(TIMES)
        else "mixed"
    )
    if any_local and not asked.zone and "zone" not in columns:
        raise Refused(f"{any_local[0].source.path}: its times have no zone. Name the jail's: --zone America/Chicago.")
    first, last = _span(
        engine,
        table,
        (
            "charges_cleared",
            "booked",
            "released",
            "ice_took_person",
            "complaint_filed",
            "detainer_received",
            "hold_started",
        ),
    )
    return Plan(
        columns, times, states, named, {name: found for name, found in spelled.items() if found}, agencies, asked.zone, asked.state,
        asked.agency, _model(asked.model), first, last,
    )  # fmt: skip


def _model(name: str | None) -> int:
    if name is None:
        return MODEL_UNKNOWN
    code = spellings("model").get(plain(name))
    if code is None:
        raise Refused(f"--model: expected one of {', '.join(codes('model'))}, found {name!r}.")
    return model_mask(number("model", code))


def _state(word: str) -> str | None:
    if word == TWO_WAYS:
        return None
    try:
        return read_state(word)
    except Refused:
        return None


def _zones(words: Sequence[str]) -> dict[str, str | None]:
    return {word: word if word in zones() else None for word in words}


def _calendars(plan: Plan, the_law: Law, engine: Engine) -> tuple[ir.Table, ir.Table]:
    """The calendars of the regulation's clock and of a complaint's, for the zones and days of the table."""
    low, high = plan.first // DAY - 2, plan.last // DAY + 2
    model = the_law.models[0]
    if any(
        (one.complaint_hours, one.complaint_excludes) != (model.complaint_hours, model.complaint_excludes)
        for one in the_law.models
    ):
        raise Refused("the models' times for complaints differ; custody/run.py (_calendars) has one calendar for both.")
    pairs = (
        ("clocks", the_law.regulation_hours, the_law.regulation_excludes),
        ("complaints", model.complaint_hours, model.complaint_excludes),
    )
    tables = []
    for name, hours, excludes in pairs:
        rows = list(clock_rows(plan.zones_used, hours, excludes, low, high))
        kinds: list[Any] = [
            pa.string(),
            pa.int32(),
            pa.int64(),
            pa.int8(),
            pa.int64(),
            pa.int64(),
            pa.int8(),
            pa.int64(),
            pa.int32(),
            pa.int32(),
        ]
        arrays = {column: pa.array([row[place] for row in rows], kinds[place]) for place, column in enumerate(COLUMNS)}
        tables.append(engine.memory(name, pa.table(arrays)))
    return tables[0], tables[1]


def _models(plan: Plan, engine: Engine) -> ir.Table | None:
    if not plan.agencies:
        return None
    rows = span_rows(plan.agencies)
    names = ("agency", "state", "known", "since", "until", "models")
    kinds: list[Any] = [pa.string(), pa.string(), pa.bool_(), pa.int64(), pa.int64(), pa.int8()]
    return engine.memory(
        "models",
        pa.table({name: pa.array([row[place] for row in rows], kinds[place]) for place, name in enumerate(names)}),
    )


# -- writing ---------------------------------------------------------------------------------------------------


def _written(decided: ir.Table) -> ir.Table:
    """The decisions as they are written: instants as timestamps, codes as words, masks as numbers."""
    forms = [(decided.detainer_form == place, name) for place, name in enumerate(codes("detainer_form"), 1)]
    words = {
        "hold": ibis.cases(*((decided.hold == place, word) for place, word in enumerate(duties.HOLDS)), else_=""),
        "governing": ibis.cases(
            *((decided.governing == place, word) for place, word in enumerate(duties.CLOCKS)), else_=""
        ),
        "models": ibis.cases(*((decided.models == mask, word) for mask, word in MODEL_WORDS.items()), else_="unknown"),
        "detainer_form": ibis.cases(
            *forms, (decided.detainer_form == NOT_UNDERSTOOD, "not understood"), else_=ibis.null("string")
        ),
    }
    table = _with_instants(decided.mutate(**words), INSTANTS)
    return table.select(
        "file", "row", "case", "agency", "state", "month", "hold", "models", "detainer_form", "governing", "over_seconds", "missed",
        "open", "problems", "unclear", *INSTANTS,
    )  # fmt: skip


def _with_instants(table: ir.Table, names: Sequence[str]) -> ir.Table:
    return table.mutate(**{name: table[name].as_timestamp("s") for name in names})


def _kept_columns() -> dict[str, str]:
    """The written columns that findings are made of."""
    named = ("file", "case", "agency", "state", "month", "models", "detainer_form", "governing", "missed", "open")
    return {name: name for name in (*named, *INSTANTS)} | {"row": "case_row"}


def _read_back(kept: ir.Table) -> ir.Table:
    forms = [(kept.detainer_form == name, place) for place, name in enumerate(codes("detainer_form"), 1)]
    return kept.mutate(
        models=ibis.cases(
            *((kept.models == word, mask) for mask, word in MODEL_WORDS.items()), else_=MODEL_UNKNOWN
        ).cast("int8"),
        detainer_form=ibis.cases(*forms, else_=0).cast("int8"),
        governing=ibis.cases(
            *((kept.governing == word, place) for place, word in enumerate(duties.CLOCKS)), else_=0
        ).cast("int8"),
        row=kept.case_row.cast("int64"),
        month=kept.month.cast("int32"),
        missed=kept.missed.cast("int32"),
        open=kept.open.cast("int32"),
    )


# -- problems --------------------------------------------------------------------------------------------------


def _problems(opened: list[_Opened], dups: list[tuple[str, int, str]]) -> tuple[tuple[Met, ...], dict[str, int]]:
    """The problems told with their cells, and how many there are of each kind, of those that reading met."""
    told: list[Met] = []
    counts: dict[str, int] = {}
    for one in opened:
        told += one.source.problems
        for problem in one.source.problems:
            if problem.kind == "unknown_column":
                counts["unknown_column"] = counts.get("unknown_column", 0) + 1
        found = one.staged.counts if one.staged else one.counts
        told += one.staged.problems if one.staged else ()
        if not one.staged and one.counts.get("no_case"):
            told.append(
                _problem(one.source.path, 0, "case", "no_case", found=f"{one.counts['no_case']:,} rows without one")
            )
        for kind, many in found.items():
            counts[kind] = counts.get(kind, 0) + many
    for file, row, case in dups[:10_000]:
        told.append(_problem(Path(file), row, "case", "duplicate_case", found=repr(case), case=case))
    if dups:
        counts["duplicate_case"] = len(dups)
    return tuple(told), counts


def in_one_step(out: Path, make: Any) -> Any:
    """Have a folder made beside its place, then put it there; an earlier report is replaced, anything else is kept."""
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / "audit.json").exists())):
        raise Refused(f"{out}: expected a new or empty folder, or one with an earlier audit; found something else.")
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        found = make(work)
        old = None
        if out.exists():
            old = out.with_name(f".{out.name}-old-{datetime.now(UTC):%H%M%S%f}")
            out.rename(old)
        work.chmod(0o755)
        work.rename(out)
        if old:
            shutil.rmtree(old, ignore_errors=True)
        return found
    finally:
        shutil.rmtree(work, ignore_errors=True)
