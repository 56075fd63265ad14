"""An audit of files, from opening them to the tables of its report.

What enters: files, defaults for what they do not say, and a folder. What leaves: the complete audit, or nothing:
everything is written to a temporary folder and renamed in one step when all is done. Memory does not grow with the
files: rows stream through the expression into Parquet, and only the flagged ones are read again.
"""

import errno
import glob
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ledger287.core.problem import Refused
from ledger287.core.process.spark import EngineStopped
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.swapping import put_in_place, sweep
from ledger287.core.text import listed, plural
from ledger287.custody.batch.decisions import GIVEN, decisions_sql, findings_sql
from ledger287.custody.batch.log_lines import LogLines, lines_with_problems
from ledger287.custody.batch.opening import columns_of, open_together, together
from ledger287.custody.batch.plans.plan import Options, Plan
from ledger287.custody.batch.plans.planning import calendars, juveniles_in, models_of, officers_of, plan_of
from ledger287.custody.batch.plans.state_zones import zones_of_other_states
from ledger287.custody.batch.reading_notes import notes_of, problems_of_reading
from ledger287.custody.batch.statistics import rows_in
from ledger287.custody.batch.texts import notes_on_texts
from ledger287.custody.case.hold_law import Law, law
from ledger287.custody.case.limits import ASKED
from ledger287.custody.columns.matching import KEYS
from ledger287.custody.columns.untimed import says_held
from ledger287.custody.duties import table as duties
from ledger287.custody.duties.table import PROBLEM
from ledger287.custody.engines.duck import DuckEngine
from ledger287.custody.engines.engine import Engine
from ledger287.custody.engines.spark import SparkEngine
from ledger287.custody.intake.columns.assigning import Stated, personal
from ledger287.custody.intake.columns.maps import read_map
from ledger287.custody.intake.fields import FEW_BYTES
from ledger287.custody.intake.opening.opened_files import ExportFile, open_all
from ledger287.custody.intake.people.every_row import refuse_people
from ledger287.custody.intake.people.file_names import refuse_named_files
from ledger287.custody.intake.places.inputs import expand, local_path, remote
from ledger287.custody.intake.places.remote import FetchedObject, in_words, local_files, uris_of
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.intake.times.moments import day_order
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.calendar import zone
from ledger287.law.lawbook.book import Lawbook, open_lawbook
from ledger287.law.officers.roster_table import frame_of
from ledger287.ledger.query.parameters import read_state

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

T = TypeVar("T")
LARGE = 20_000
"""From so many rows on small tables become functions, so that every thread writes; for fewer that takes longer."""
KEPT = 1000
"""The number under which the written decisions are opened again, past those of the files."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was audited: the files, the written tables, what was not audited and why, and the problems reported.

    ``rules`` are the provisions that a user gave, in addition to the shipped ones or in place of them; ``fetched`` are
    the objects of a store among the files; ``lines`` are the lines of logs whose cases have problems.
    """

    files: tuple[str, ...]
    cases: Path
    findings: Path
    columns: frozenset[str]
    not_audited: tuple[tuple[duties.Duty, tuple[str, ...]], ...]
    problems: tuple[CaseProblem, ...]
    counts: dict[str, int]
    made_up: bool
    asked: Options
    span_says: str
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    book: Lawbook | None = None
    fetched: Mapping[str, FetchedObject] = field(default_factory=dict)
    lines: tuple[LogLines, ...] = ()


def run(files: Sequence[str | Path], work: Path, asked: Options, ledger: "Ledger | None" = None) -> Audited:
    """Audit files (or folders and patterns of them) into ``work``: ``cases.parquet`` and ``findings.parquet``."""
    book = open_lawbook(asked.rules)
    with _working(work, asked) as folder:
        done = _run_with(files, folder, asked, ledger, law(book))
        if folder != work:
            lines = tuple(replace(one, path=_moved(one.path, work)) for one in done.lines)
            done = replace(done, cases=_moved(done.cases, work), findings=_moved(done.findings, work), lines=lines)
    return replace(done, rules=tuple(map(str, book.given)), book=book)


@contextmanager
def _working(work: Path, asked: Options) -> Iterator[Path]:
    """The folder in which an audit works: the report's own, or a new one in a folder that is named for it."""
    shared = asked.work
    if shared is not None and remote(shared) and asked.engine != "spark":
        scheme = shared.split("://", 1)[0]
        says = f": expected a folder of this machine, found a URI ({scheme}://); only Spark works in a store: "
        raise QueryError("no_folder", QueryField("work", shared), says, QueryField("engine", "spark"), ".")
    if shared is None or remote(shared):
        yield work
        return
    parent = Path(local_path(shared))
    if not parent.is_dir():
        raise QueryError("no_folder", QueryField("work", shared), ": expected a folder that is there already.")
    folder = Path(tempfile.mkdtemp(prefix=f".ledger287-{os.getpid()}-", dir=parent))
    folder.chmod(0o777)  # the workers of a cluster may be another user's
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved(path: Path, work: Path) -> Path:
    shutil.move(path, work / path.name)
    return work / path.name


def _run_with(
    files: Sequence[str | Path], work: Path, asked: Options, ledger: "Ledger | None", the_law: Law
) -> Audited:
    given = read_map(asked.map) if asked.map else None
    if given:
        asked = replace(
            asked,
            zone=asked.zone or given.defaults.get("zone"),
            state=asked.state or given.defaults.get("state"),
            agency=asked.agency or given.defaults.get("agency"),
            model=asked.model or given.defaults.get("model"),
        )
    if asked.zone:
        zone(asked.zone)
    if asked.state:
        asked = replace(asked, state=read_state(asked.state))
    other = tuple(frame_of(asked.roster)[0].columns) if asked.roster and asked.drop else ()
    refuse_named_files(map(str, files))
    (work / "staged").mkdir()
    engine: Engine | None = None
    sources: list[ExportFile] = []
    copies: Mapping[Path, FetchedObject] = {}
    try:
        if any(remote(str(name)) for name in files):
            engine = _engine(asked, work)
            paths, copies = local_files(files, work / "staged" / "objects", engine.store_of)
        else:
            paths = list(expand(files))
        refuse_named_files(map(str, paths))
        sources = open_all(paths, Stated(asked.drop, given, day_order(asked.dates), bool(asked.zone), other), copies)
        refuse_people(sources)
        few = sum(source.path.stat().st_size for source in sources) <= FEW_BYTES
        engine = engine or _engine(asked, work, few=few)
        done = _run(sources, work, asked, ledger, engine, the_law)
        return replace(done, fetched=uris_of(copies.values()))
    except Refused as refused:
        raise in_words(refused, copies) from None
    except Exception as error:
        if type(error).__module__.split(".")[0] in ("duckdb", "_duckdb", "py4j", "pyspark"):
            raise _unreadable(sources, error) from error
        if asked.engine == "spark" and isinstance(error, ConnectionError | EOFError):
            raise EngineStopped("Spark ended in the middle of the audit; its log says why.") from error
        raise
    finally:
        if engine is not None:
            engine.close()
        shutil.rmtree(work / "staged", ignore_errors=True)


def _unreadable(sources: list[ExportFile], error: Exception) -> Exception:
    """A file that breaks in the middle is refused in words; anything else is an engine that broke down."""
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    if is_full(error) or "interrupt" in first.lower():
        return error
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
        every = {source.name: source.path.name for source in sources}
        named = [name for name, end in every.items() if end in str(error)] or list(every)[:5]
        return Refused(f"{', '.join(named)}: cannot be read to its end: {first}")
    return EngineStopped(f"{type(error).__name__}: {first}")


def is_full(error: BaseException) -> bool:
    """Whether a disk has no more room, as an engine or the system says it."""
    said = str(error)
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or any(
        word in said for word in ("No space left", "Disk quota exceeded", "max_temp_directory_size")
    )


def _engine(asked: Options, work: Path, *, few: bool = False) -> Engine:
    if asked.spark_conf and asked.engine == "duckdb":
        raise QueryError("spark_conf", QueryField("spark_conf"), " is for ", QueryField("engine", "spark"), ".")
    if asked.engine == "duckdb":
        return DuckEngine(work / "staged", asked.threads, few=few)
    if asked.engine == "spark":
        shared = asked.work if asked.work and remote(asked.work) else None
        return SparkEngine(work / "staged", asked.spark_conf, threads=asked.threads, shared=shared)
    expected = f": expected duckdb or spark, found {asked.engine!r}."
    raise QueryError("unknown_engine", QueryField("engine"), expected, choices=("duckdb", "spark"))


def _run(
    sources: list[ExportFile], work: Path, asked: Options, ledger: "Ledger | None", engine: Engine, the_law: Law
) -> Audited:
    opened = open_together(sources, work / "staged", engine, asked)
    columns = columns_of(opened, asked)
    table, again = together(opened, engine, work / "staged")
    table = engine.named(table, GIVEN)
    made_up = all("made_up" in source.fields for source in sources)
    plan = plan_of(opened, table, columns, engine, asked, None if made_up else ledger)
    clocks, complaints = calendars(plan, the_law, engine)
    models = models_of(plan, engine)
    officers, roster_problems, nameless = officers_of(asked.roster, opened, table, plan, engine, the_law, asked.drop)
    tables = {GIVEN: table, "clocks": clocks, "complaints": complaints, "models": models, "officers": officers}
    given = {name: one for name, one in tables.items() if one is not None}
    cases, found = work / "cases.parquet", work / "findings.parquet"
    # Rows stream in the order of the files, but cases of several readings are gathered: then they are sorted.
    given_rows = sum(rows_in(path) for one in opened for path in one.paths)
    large = given_rows >= LARGE
    by_function = [name for name in given if large and name in KEYS and engine.as_function(name)]
    here = the_law.within(plan.states_used)
    decided = decisions_sql(given, here, plan, engine.dialect, by_function)
    engine.write(decided, cases, ("file", "row") if plan.forms else ())
    kept = engine.staged(cases, KEPT)
    _refuse_personal(kept, engine)
    lines = lines_with_problems(opened, kept, engine, work)
    engine.write(findings_sql(kept, here, engine.dialect), found)
    problems, counts = problems_of_reading(opened, again.twice)
    elsewhere, many = zones_of_other_states(kept, engine)
    problems, counts = (*problems, *elsewhere), counts | ({elsewhere[0].kind: many} if elsewhere else {})
    for each in roster_problems:
        problems, counts[each.kind] = (*problems, each), counts.get(each.kind, 0) + 1
    blanks = given_rows - again.left_out - rows_in(cases)
    if blanks:
        counts["no_case"] = counts.get("no_case", 0) + blanks
        problems = (
            *problems,
            problem(opened[0].first.name, 0, "case", "no_case", found=f"{plural(blanks, 'row')} without one"),
        )
    return Audited(
        tuple(source.name for source in sources),
        cases,
        found,
        columns,
        duties.not_audited(columns),
        problems,
        counts,
        made_up,
        asked,
        the_law.span_says,
        notes=(
            *notes_of(opened, again),
            *_nobody_held(columns),
            *_start_unsaid(columns),
            *_contract_unsaid(columns, plan),
            *nameless,
            *juveniles_in(table, plan, engine),
            *notes_on_texts(plan.agencies),
        ),
        lines=lines,
    )


def _nobody_held(columns: frozenset[str]) -> tuple[str, ...]:
    """What is said of files none of whose columns can show that a person was held for ICE."""
    if columns & set(ASKED) or says_held(columns, ASKED):
        return ()
    return (
        "No column says when a detainer or warrant came, a hold began, or custody passed; without one of them "
        f"({listed(ASKED, 'or')}) no case counts as held for ICE.",
    )


def _start_unsaid(columns: frozenset[str]) -> tuple[str, ...]:
    """What is said where no column can show when a person was otherwise releasable."""
    if "charges_cleared" in columns or "hold_started" not in columns:
        return ()
    return (
        "No column says when a person was otherwise releasable (charges_cleared): a hold is counted from hold_started. "
        "If that is when the detainer came or was entered, the person may have been held on local charges, and a "
        "finding past a limit does not apply.",
    )


def _contract_unsaid(columns: frozenset[str], plan: Plan) -> tuple[str, ...]:
    """What is said where custody passed and no column can show that it was under a paid detention contract."""
    if "custody_passed_to_ice" not in columns or columns & {"paid_detention", "contract_began"}:
        return ()
    if "paid_detention" in plan.unknown:
        return (
            "These files do not say whether custody passed under a paid detention contract: what rests on it is cannot "
            "tell.",
        )
    return (
        "No column says whether custody passed to ICE under a paid detention contract (paid_detention, "
        "contract_began): where it did, no clock of a hold ran from then, and a finding past a limit does not apply.",
    )


def _refuse_personal(cases: Table, engine: Engine) -> None:
    """A case number that looks like a person's stops the audit, wherever in the files it is."""
    mine = cases.filter((cases.problems & PROBLEM["personal_case"]) != 0).select("file", "row").limit(1)
    for found in engine.answer(mine).to_pylist():
        raise personal(
            str(found["file"]), "case", f"at row {found['row']} a value that looks like an A-number or similar", "case"
        )


def _beside(out: Path) -> str:
    """How the folders begin in which this machine makes a report: they tell which process makes it."""
    return f".{out.name}-{platform.node()}-"


def _clear_away(out: Path) -> None:
    """Removes what an audit left that was killed on this machine, and could not clear it away itself."""
    for left in out.parent.glob(f"{glob.escape(_beside(out))}*"):
        process = left.name.removeprefix(_beside(out)).split("-")[0]
        if process.isdigit() and not _runs(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def in_one_step(out: Path, make: Callable[[Path], T]) -> T:
    """Make a folder under a temporary name, then rename it; an earlier report is replaced, anything else is kept."""
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / "audit.json").exists())):
        raise Refused(f"{out}: expected a new or empty folder, or one with an earlier audit; found something else.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(out)
        sweep(out)
        work = Path(tempfile.mkdtemp(prefix=f"{_beside(out)}{os.getpid()}-", dir=out.parent))
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror}. Name another folder.") from None
    try:
        found = make(work)
        work.chmod(0o755)
        put_in_place(work, out)
        return found
    except RuntimeError as error:
        if "Query interrupted" in str(error):  # how DuckDB tells Ctrl-C
            raise KeyboardInterrupt from None
        raise
    except Exception as error:
        if is_full(error):
            raise Refused(f"{out}: its disk is full; nothing was written. Free some room, or name another.") from error
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
