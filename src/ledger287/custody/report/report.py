"""The report of an audit: summary by agency, month and rule, cases, findings, problems; as HTML, CSV, JSON, Parquet.

What enters: a folder with the decisions and findings of an audit. What leaves: the same folder with the report, and
a ``Summary``. Each total can be followed: a line of the summary counts rows of findings.parquet with that agency,
month and duty. Nothing in it names a person, and synthetic data is labeled as synthetic throughout.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ledger287.core.text import plural
from ledger287.custody.batch.run import Audited
from ledger287.custody.batch.statistics import rows_in as rows_of
from ledger287.custody.case.vocabulary import events
from ledger287.custody.duties.table import BIT, DUTIES, HELD, HOLDS, NOT_ENDED, NOTED, PERHAPS, PROBLEM, UNTOLD
from ledger287.custody.engines.duck import FEW_ROWS
from ledger287.custody.engines.engine import MEMORY
from ledger287.custody.engines.small import closed, small
from ledger287.custody.intake.problems import KINDS, CaseProblem
from ledger287.custody.intake.times.cell_sql import as_name
from ledger287.custody.report.charts import charts
from ledger287.custody.report.exhibits import exhibits
from ledger287.custody.report.own_lines import make_own_lines
from ledger287.custody.report.record import fingerprint, instant_of, run_record
from ledger287.custody.report.report_page import MOST_LINES, Shown, page
from ledger287.custody.report.tables.lists import local, make_open_cases, make_rates, rows_in, write_list, write_parts
from ledger287.custody.report.tables.summary import DutyTotal, Summary
from ledger287.custody.report.tables.worklist import make_worklist
from ledger287.custody.report.years import REMEDY, far_columns
from ledger287.law.lawbook.book import shipped

MOST_IN_CSV = 200_000
"""Up to so many rows, cases and findings are written as CSV and JSON too; Parquet has all of them."""
MOST_SHOWN = 20
"""So many problems are in a summary, where not all of them are wanted; ``problems`` has all of them."""
NOT_ADVICE = (
    "This is not legal advice. An end is worded no later than, and grants no authority to hold. Nothing here infers "
    "anybody's immigration status; the federal authority's answer is only repeated as it was recorded."
)

NO_STATE = (
    "No state was named, in a column `state` or for all cases; a state's law may end a hold earlier, or allow none: a "
    "case without a finding here was not compared with it."
)


def write_report(done: Audited, out: Path) -> Summary:
    """Write the report of an audit into its folder."""
    with _opened(done, out) as connection:
        summary = _summary(connection, done)
        _summarise(connection, out)
        for suffix, options in (("parquet", "format parquet"), ("csv", "header")):
            where = _quoted(out / f"problems.{suffix}")
            connection.execute(f"copy (from problems) to '{where}' ({options}, preserve_order true)")
        _write_rows(connection, out)
        make_rates(connection)
        lists = {"rates": rows_in(connection, "rates"), "worklist": make_worklist(connection, MOST_IN_CSV)}
        if done.asked.as_of:
            lists["open_cases"] = rows_in(connection, "open_cases")
        for name, many in lists.items():
            write_list(connection, name, out, MOST_IN_CSV, many)
        say = done.asked.words
        pages = exhibits(connection, summary.run, summary.says, say=say)
        if pages:
            (out / "exhibits.html").write_text(pages, encoding="utf-8")
        drawn = charts(connection, say)
        for chart in drawn:
            (out / f"{chart.name}.svg").write_text(chart.svg, encoding="utf-8")
        shown = _shown(connection, summary.as_of)
        (out / "report.html").write_text(page(summary, drawn, shown, say), encoding="utf-8")
    (out / "audit.json").write_text(json.dumps(_plain(summary), indent=2, ensure_ascii=False), encoding="utf-8")
    return summary


def totals(done: Audited, out: Path) -> Summary:
    """The totals of an audit whose report nobody wants; ``out`` is its folder, which is not kept."""
    with _opened(done, out) as connection:
        return _summary(connection, done)


@contextmanager
def _opened(done: Audited, out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has the cases, the findings and the problems of an audit."""
    few = rows_of(done.cases) <= FEW_ROWS
    connection = small() if few else duckdb.connect()
    try:
        if not few:
            connection.execute(f"set memory_limit = '{MEMORY}'; set TimeZone = 'UTC'")
            connection.execute(f"set temp_directory = '{_quoted(out / 'spill')}'")
        for name, path in (("cases", done.cases), ("findings", done.findings)):
            where = _quoted(path / "*.parquet" if path.is_dir() else path)
            rows = f"select * from read_parquet('{where}')"
            connection.execute(f"create {'table' if rows_of(path) <= MOST_IN_CSV else 'view'} {name} as {rows}")
        _list_problems(connection, done)
        yield connection
    finally:
        closed(connection)


def _summary(connection: duckdb.DuckDBPyConnection, done: Audited) -> Summary:
    """The totals of an audit, with the record of its run; with those open at a time where one was given."""
    counts = dict(connection.execute("select kind, count(*) from problems group by kind order by kind").fetchall())
    problems = counts | {kind: max(many, counts.get(kind, 0)) for kind, many in done.counts.items()}
    summary = replace(_totals(connection, done, problems), run=_run_of(connection, done))
    if not done.asked.as_of:
        return summary
    make_open_cases(connection, instant_of("as_of", done.asked.as_of, done.asked.zone, done.asked.dates))
    found = connection.execute("select status, count(*) from open_cases group by 1 order by 1 desc").fetchall()
    return replace(summary, as_of=done.asked.as_of, open_cases=dict(found))


def _few_or_many(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Rows under a name: read once where they are few, and each time where they may be more than memory holds."""
    connection.execute(f"create table {name} as {query} limit {MOST_IN_CSV + 1}")
    if rows_in(connection, name) > MOST_IN_CSV:
        connection.execute(f"drop table {name}; create view {name} as {query}")


def _run_of(connection: duckdb.DuckDBPyConnection, done: Audited) -> dict[str, Any]:
    """The record of the run, with a fingerprint of each table of rows."""
    record = run_record(done.files, done.asked, done.book or shipped(), done.fetched)
    return record | {"fingerprints": {name: fingerprint(connection, name) for name in ("cases", "findings")}}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _plain(summary: Summary) -> Any:
    from ledger287.core.jsonable import as_json

    return as_json(summary)


def _summarise(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """By agency, month and duty: cases audited, missed, unknown, hours."""
    connection.execute(
        """create table summary as
        with audited as (select agency, state, month, count(*) as cases from cases group by all)
        select f.agency, f.state, f.month, f.duty, f.rule, any_value(a.cases) as cases,
            count(*) filter (verdict = 'missed') as missed,
            count(*) filter (verdict = 'cannot tell') as cannot_tell,
            round(sum(seconds) / 3600, 2) as hours,
            round(median(seconds) / 3600, 2) as median_hours,
            round(max(seconds) / 3600, 2) as longest_hours
        from findings f left join audited a
            on f.agency is not distinct from a.agency and f.state is not distinct from a.state
            and f.month is not distinct from a.month
        group by f.agency, f.state, f.month, f.duty, f.rule
        order by f.agency, f.month, f.duty, f.rule, f.state"""
    )
    for suffix, options in (("parquet", "format parquet"), ("csv", "header"), ("json", "format json, array true")):
        connection.execute(f"copy summary to '{_quoted(out / f'summary.{suffix}')}' ({options})")


def _totals(connection: duckdb.DuckDBPyConnection, done: Audited, problems: dict[str, int]) -> Summary:
    holds: dict[str, int] = dict(connection.execute("select hold, count(*) from cases group by hold").fetchall())
    with_findings = connection.execute("select count(*) from cases where missed <> 0 or open <> 0").fetchone() or (0,)
    rows = connection.execute(
        """select duty, count(*) filter (verdict = 'missed'), count(*) filter (verdict = 'cannot tell'),
        sum(seconds) / 3600, median(seconds) / 3600, max(seconds) / 3600 from findings group by duty"""
    ).fetchall()
    by_duty = {row[0]: row[1:] for row in rows}
    totals = tuple(
        DutyTotal(duty.id, duty.says, *by_duty[duty.id][:2], *(_rounded(value) for value in by_duty[duty.id][2:]))
        for duty in DUTIES
        if duty.id in by_duty
    )
    noted = f"select count(*) from cases where problems & {PROBLEM['outside_checked_span']} <> 0"
    outside = (connection.execute(noted).fetchone() or (0,))[0]
    missing = tuple(
        {"duty": duty.id, "says": duty.says, "missing_columns": list(columns)} for duty, columns in done.not_audited
    )
    shown = _problems_shown(connection, None if done.asked.all_problems else MOST_SHOWN)
    return Summary(
        NOT_ADVICE,
        done.made_up,
        done.files,
        sum(holds.values()),
        holds.get(HOLDS[HELD], 0),
        holds.get(HOLDS[PERHAPS], 0),
        holds.get(HOLDS[NOT_ENDED], 0),
        holds.get(HOLDS[UNTOLD], 0),
        with_findings[0],
        totals,
        missing,
        problems,
        shown,
        done.rules,
        str(done.asked.roster) if done.asked.roster else None,
        (*done.notes, *_no_state(done)),
        outside,
        _outside(outside, done.span_says) if outside else None,
    )


def _problems_shown(connection: duckdb.DuckDBPyConnection, most: int | None) -> tuple[str, ...]:
    """The problems in words, those of cells first; up to ``most`` of them."""
    limit = "" if most is None else f" limit {most}"
    rows = connection.execute(f'select kind, file, row, "column", expected, found, remedy from problems{limit}')
    return tuple(
        str(CaseProblem(kind, file, None, row or None, column or None, *said))
        for kind, file, row, column, *said in rows.fetchall()
    )


def _no_state(done: Audited) -> tuple[str, ...]:
    """What an audit of files that name no state leaves open: a state's law may end a hold before any limit here."""
    lacks = any(duty.id == "state_forbids" for duty, _ in done.not_audited)
    return (NO_STATE,) if lacks else ()


def _outside(cases: int, span: str) -> str:
    """How many cases are of days for which the rules were not checked."""
    return f"{plural(cases, 'case')} {'is' if cases == 1 else 'are'} outside the checked span. {span}."


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


def _shown(connection: duckdb.DuckDBPyConnection, as_of: str | None) -> Shown:
    """What the page shows of the rows: lines with most missed, the cases longest over, the rules cited."""
    rows: Callable[[str], list[tuple[Any, ...]]] = lambda query: connection.execute(query).fetchall()  # noqa: E731
    shown = ("start", "limit_end", "left")
    times = ", ".join(local(f'"{name}"') for name in shown)
    utc = ", ".join(f"strftime(\"{name}\", '%Y-%m-%d %H:%M:%SZ')" for name in shown)
    open_ = 'select "case", agency, state, status, hours_left, governing, held_since, no_later_than from open_cases'
    return Shown(
        rows(
            "select agency, state, month, duty, rule, cases, missed, cannot_tell, hours, median_hours, longest_hours "
            f"from summary order by missed desc, cannot_tell desc, agency, month, duty, rule, state limit {MOST_LINES}"
        ),
        rows(
            f'select "case", agency, {times}, {utc}, governing, over_seconds / 3600 from cases where over_seconds > 0 '
            'order by over_seconds desc, "case" limit 25'
        ),
        rows("select rule, citation, standing, checked_until, count(*) from findings group by all order by 5 desc, 1"),
        rows(f'{open_} order by hours_left nulls last, "case" limit {MOST_LINES}') if as_of else (),
    )


def _in_words(mask: str, bits: str) -> str:
    """A mask as the names of its bits, in SQL; ``bits`` is the variable that lists them."""
    mine = f"list_filter(getvariable('{bits}'), lambda one: {mask} & one.bit <> 0)"
    return f"coalesce(array_to_string(list_transform({mine}, lambda one: one.name), '; '), '')"


def _listed(bits: dict[str, int]) -> str:
    """The names of bits as a list in SQL."""
    return f"[{', '.join(f'{{name: {name!r}, bit: {bit}::bigint}}' for name, bit in bits.items())}]"


def _write_rows(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """The cases and the findings as CSV and JSON too, masks as words, where they are few enough to be opened so."""
    connection.execute(f"set variable duties = {_listed(BIT)}; set variable problems = {_listed(PROBLEM)}")
    words = {"missed": "duties", "open": "duties", "problems": "problems"}
    named = ", ".join(f"{_in_words(column, bits)} as {column}" for column, bits in words.items())
    quoted_ = {name: f'"{name}"' for name in ("start", "left", "limit_end")}
    own_times = ", ".join(f"{local(quoted_[name])} as {name}_local" for name in ("start", "left", "limit_end"))
    found_times = ", ".join(f"{local(name)} as {name}_local" for name in ("since", "due", "done"))
    queries = {
        "cases": f"select * exclude (flagged, unclear) replace ({named}), {own_times} from cases order by file, row",
        "findings": f"select *, {found_times} from findings order by file, row, duty",
    }
    for name, query in queries.items():
        many = connection.execute(f"select count(*) from {name}").fetchone()
        if many and many[0] <= MOST_IN_CSV:
            connection.execute(f"create temp table in_words as {query}")
            for suffix, options in (("csv", "header"), ("json", "format json, array true")):
                connection.execute(f"copy in_words to '{_quoted(out / f'{name}.{suffix}')}' ({options})")
            connection.execute("drop table in_words")
        elif name == "findings":
            write_parts(connection, query.split(" order by")[0], out / "findings-csv", "64MB")


def _cell(problem: CaseProblem, name: str) -> Any:
    """A cell of the table of problems: 0 for an entire file, a blank for no column, none for no case."""
    value = getattr(problem, name)
    return value if value is not None or name == "case" else 0 if name == "row" else ""


def _list_problems(connection: duckdb.DuckDBPyConnection, done: Audited) -> None:
    """Every problem with file, row and column: those found in reading, and those of the cases."""
    rows = done.problems
    make_own_lines(connection, done.lines)
    connection.register(
        "reported",
        pa.table(
            {
                name: pa.array([_cell(problem, name) for problem in rows], pa.int64() if name == "row" else pa.string())
                for name in ("file", "row", "column", "case", "kind", "expected", "found", "remedy")
            }
            | {"place": pa.array(range(len(rows)), pa.int64())}
        ),
    )
    kinds = [kind for kind in PROBLEM if kind in KINDS and kind not in NOTED]
    said: dict[str, list[Any]] = {
        "bit": [PROBLEM[kind] for kind in kinds],
        "kind": kinds,
        "column": [KINDS[kind].column for kind in kinds],
        "expected": [KINDS[kind].expected for kind in kinds],
        "found": [KINDS[kind].found for kind in kinds],
        "remedy": [KINDS[kind].remedy for kind in kinds],
    }
    connection.register("kinds", pa.table(said))
    connection.execute("set variable kinds = (select list(kinds) from kinds)")
    names = ", ".join(
        f"case when unclear & {1 << place} <> 0 then '{event}' end" for place, event in enumerate(events())
    )
    kept = "table" if rows_of(done.cases) <= FEW_ROWS else "view"
    # Of one cell whose year is wrong one problem says so, whatever it contradicts.
    connection.execute(
        f"""create temp {kept} met as select *, {far_columns("kind")} as far from (
            select file, row, "case", unclear, {", ".join(map(as_name, events()))},
                unnest(list_filter(getvariable('kinds'), lambda one: problems & one.bit <> 0), recursive := true)
            from cases where problems <> 0)"""
    )
    _few_or_many(
        connection,
        "problems",
        f"""select * exclude (place, bit) from (
        select file, row, "column", "case", kind, expected, found, remedy, place, 0 as bit from reported
        union all
        select coalesce(o.file, met.file), coalesce(o.row, met.row),
            case when len(far) > 0 then list_aggregate(far, 'string_agg', ', ')
                when "column" <> '' then "column" else concat_ws(', ', {names}) end,
            met."case", met.kind, expected,
            case when len(far) > 0 then 'a time about a year from the other times of the case'
                when o.said is not null then found || ': ' || o.said else found end,
            case when len(far) > 0 then '{REMEDY}' else remedy end, {len(rows)}, met.bit
        from (from met where len(far) = 0 union all (from met where len(far) > 0 qualify
            row_number() over (partition by file, row, "case", far order by bit) = 1)) met
            left join own_lines o on o."case" = met."case" and o.kind = met.kind
        where met.kind <> 'unreadable_time' or (
            not exists (select 1 from reported t where t.kind = met.kind and t.file = met.file and t.row = met.row)
            and not exists (select 1 from reported t where t.kind = met.kind and t.file = met.file
                and t."case" = regexp_replace(met."case", ' \\(stay [0-9]+\\)$', '')))
        ) order by place, file, row, bit
        """,
    )
