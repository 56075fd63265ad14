"""The audit of a table says the same as the decision on each row, on every engine; and what was made is found."""

import importlib.util
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custody_making import ANCHORS as MOMENTS
from custody_making import BRIEF_JAVA, STATES, ZONES, cases, columns_of, entries_of, log_columns_of
from ledger287.custody.batch.audit import audit
from ledger287.custody.batch.folding_once import aggregates, fold_once, places_of
from ledger287.custody.batch.folds.folding import cases_of_table, fold_table
from ledger287.custody.batch.folds.lines import with_served
from ledger287.custody.batch.folds.log_words import FORMS, LogWords
from ledger287.custody.batch.folds.stays import cases_of, with_stays
from ledger287.custody.batch.plans.agencies import span_rows
from ledger287.custody.batch.plans.officers import ROW, officer_rows, roster_of, with_roster
from ledger287.custody.batch.plans.plan import FIELDS, TIMES, ModelSpan, Options, Plan, TableAgency
from ledger287.custody.batch.plans.planning import forms_of
from ledger287.custody.batch.run import run
from ledger287.custody.case.case import as_row, decide
from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, TFM, WSO, Case
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.limits import anchor, hold_of
from ledger287.custody.case.vocabulary import codes, number
from ledger287.custody.columns.calendars import clock_table
from ledger287.custody.duties.findings import findings_of, rows_of
from ledger287.custody.duties.table import ALL, DUTIES, PROBLEM, audited, named
from ledger287.custody.engines.duck import DuckEngine
from ledger287.custody.relations.column import cases as case_of
from ledger287.custody.relations.column import literal
from ledger287.custody.relations.table import Table, sql_of
from ledger287.custody.testing.simulate import as_log, batches, made, write
from ledger287.law.clocks import clock
from ledger287.law.clocks.calendar import DAY, zone
from ledger287.law.officers.roster import Officer
from test_custody_stays import ANSWERS, CASES, HOLD, lines

LAW = law()
INTS = {name: pa.int64() for name in (*TIMES, "row", "at")} | {"unclear": pa.int32(), "problems": pa.int32()}
AGENCIES = (
    TableAgency(
        "Synthetic Brak County Jail",
        "FL",
        True,
        (ModelSpan(0, 1_600_000_000, WSO), ModelSpan(1_600_000_000, 1_700_000_000, JEM | TFM)),
    ),
    TableAgency("Synthetic Brak County Jail", None, True, (ModelSpan(1_490_000_000, 2**40, MODEL_UNKNOWN),)),
    TableAgency("Synthetic Dorv County Jail", "FL", False),
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckEngine]:
    found = DuckEngine(tmp_path, threads=2)
    yield found
    found.close()


def table_of(engine: DuckEngine, name: str, columns: dict[str, list[Any]]) -> Table:
    return engine.memory(
        name, pa.table({key: pa.array(values, INTS.get(key, pa.string())) for key, values in columns.items()})
    )


def calendars(engine: DuckEngine) -> tuple[Table, Table]:
    """The two calendars for the days around which the synthetic cases are."""
    names = [zone for zone in ZONES if zone]
    first, last = min(MOMENTS) // DAY - 60, max(MOMENTS) // DAY + 60
    texts = LAW.models[0]
    return (
        engine.memory(
            "clocks", clock_table(names, LAW.regulation_hours, LAW.regulation_excludes, first, last, LAW.holidays)
        ),
        engine.memory("complaints", clock_table(names, texts.complaint_hours, texts.complaint_excludes, first, last)),
    )


def plan_of(columns: frozenset[str], **more: Any) -> Plan:
    spelled = {field: {code: number(field, code) for code in codes(field)} | {"made-up word": -1} for field in FIELDS}
    states = {state: state for state in STATES if state not in (None, "?")} | {"nowhere": None}
    return Plan(columns, "utc", states, {zone: zone for zone in ZONES if zone}, spelled, **more)


def read(case: Case) -> Case:
    """A synthetic case with the problems found in reading its table."""
    problems = case.problems | (PROBLEM["unknown_state"] if case.state == "?" else 0)
    for field in FIELDS:
        problems |= PROBLEM[f"unknown_{field}"] if case.code(field) == -1 else 0
    return replace(case, problems=problems)


def differences(
    engine: DuckEngine,
    expression: Table,
    made_up: list[Case],
    columns: frozenset[str] | None,
    seen: dict[str, int] | None = None,
) -> list[Any]:
    """The rows that the two forms decide differently; ``seen`` gathers what the first 20,000 missed or left open."""
    seen = {} if seen is None else seen
    keys = list(as_row(decide(made_up[0], LAW, columns)))
    got = engine.answer(expression.select("row", *keys)).sort_by("row").to_pylist()
    found = []
    for place, (case, row) in enumerate(zip(made_up, got, strict=True)):
        wanted = as_row(decide(case, LAW, columns))
        for key in seen if place < 20_000 else ():
            seen[key] |= wanted[key]
        wrong = {key: (wanted[key], row[key]) for key in keys if wanted[key] != row[key]}
        if wrong:
            found.append((case, wrong, named(wanted["missed"] ^ row["missed"]), named(wanted["open"] ^ row["open"])))
    return found


def test_a_hundred_thousand_cases_are_decided_alike(engine: DuckEngine) -> None:
    """The property that holds the two forms together: every row, every column, every duty."""
    made_up = [read(case) for case in cases(100_000, seed=287)]
    columns = columns_of(made_up)
    table = table_of(engine, "cases", columns)
    plan = plan_of(frozenset(columns))
    seen = {"missed": 0, "open": 0}
    found = differences(engine, audit(table, *calendars(engine), None, LAW, plan), made_up, frozenset(columns), seen)
    assert not found, found[:3]
    assert set(named(seen["missed"])) == {duty.id for duty in DUTIES}
    assert set(named(seen["open"])) == {duty.id for duty in DUTIES}


@cache
def forty_thousand() -> list[Case]:
    """Made once for the days from which they are looked at."""
    return [read(case) for case in cases(40_000, seed=29)]


@pytest.mark.parametrize("since", [1_735_000_000, 1_491_105_600, 0])
def test_law_of_other_days_is_left_out_and_changes_no_answer(engine: DuckEngine, since: int) -> None:
    """Tables whose times are all of some days; every word is understood, as the plan says."""
    made_up = [
        case
        for case in forty_thousand()
        if min(case.at.values(), default=since) >= since and -1 not in case.coded.values()
    ]
    times = [time for case in made_up for time in case.at.values()]
    columns = columns_of(made_up)
    plan = plan_of(frozenset(columns), within=(min(times), max(times)))
    spelled = {name: {word: code for word, code in words.items() if code > 0} for name, words in plan.spelled.items()}
    plan = replace(plan, spelled=spelled)
    table, days = table_of(engine, "cases", columns), calendars(engine)
    expression = audit(table, *days, None, LAW, plan)
    found = differences(engine, expression, made_up, frozenset(columns))
    assert not found, found[:3]
    every = audit(table, *days, None, LAW, replace(plan, within=None))
    assert len(made_up) > 20
    assert not since or len(sql_of(expression, "duckdb")) < len(sql_of(every, "duckdb"))


@pytest.mark.parametrize("seed", range(3))
def test_with_the_record_and_with_columns_missing(engine: DuckEngine, seed: int) -> None:
    made_up = []
    gone = [("state",), ("served_on_person", "detainer_ground"), ("detainer_received", "citizenship_claimed")][seed]
    for place, case in enumerate(map(read, cases(3_000, seed=seed))):
        agency = AGENCIES[1] if "state" in gone else AGENCIES[place % 3]
        at = {event: time for event, time in case.at.items() if event not in gone}
        state = agency.state if "state" not in gone else None
        problems = case.problems & ~PROBLEM["unknown_state"]
        coded = {name: code for name, code in case.coded.items() if name not in gone}
        problems &= ~sum(PROBLEM[f"unknown_{name}"] for name in FIELDS if name in gone)
        known = replace(
            case,
            at=at,
            unclear=case.unclear - set(gone),
            coded=coded,
            agency=agency.name,
            state=state,
            problems=problems,
        )
        _, start, _ = hold_of(known)
        if known.code("model") == 0:
            known = replace(known, model=agency.models_at(anchor(known, start)))
        if not agency.known:
            known = replace(known, problems=known.problems | PROBLEM["unknown_agency"])
        made_up.append(known)
    columns = {name: values for name, values in columns_of(made_up).items() if name not in gone}
    fields = frozenset(columns)
    rows = span_rows([AGENCIES[1]] if "state" in gone else AGENCIES)
    names = ("agency", "state", "known", "since", "until", "models")
    models = engine.memory("models", pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)}))
    expression = audit(table_of(engine, "cases", columns), *calendars(engine), models, LAW, plan_of(fields))
    assert audited(fields) != ALL
    found = differences(engine, expression, made_up, fields)
    assert not found, found[:3]


ROSTER = roster_of(
    [
        Officer(
            "synthetic-7", "Synthetic Brak County Jail", "JEM", eligibility_attested=True, trained=date(2017, 1, 1),
            certified=date(2017, 1, 2), authorised=date(2017, 3, 1), revoked=date(2025, 7, 4),
        ),
        Officer(
            "synthetic-7", "Synthetic Brak County Jail", "WSO", eligibility_attested=True, trained=date(2017, 1, 1),
            certified=date(2017, 1, 2), authorised=date(2025, 10, 1), authorised_until=date(2025, 12, 31),
        ),
        Officer("synthetic-12", "SYNTHETIC BRAK COUNTY JAIL", "WSO", authorised=date(2020, 1, 1)),
        Officer(
            "synthetic-30", "Synthetic Brak County Jail", "TFM", eligibility_attested=True, trained=date(2020, 12, 1),
            certified=date(2020, 12, 2), authorised=date(2020, 12, 31), under_complaint=date(2021, 8, 31),
        ),
        Officer("synthetic-7", "Synthetic Dorv County Jail", "JEM", revoked=date(2018, 1, 1)),
    ],
    LAW.book,
)  # fmt: skip


def test_with_a_roster(engine: DuckEngine) -> None:
    """The standing on the day, at midnights of the jail's own, in both forms; a roster of one agency and of two."""
    for one in (
        ROSTER,
        roster_of([Officer("synthetic-7", "Synthetic Brak County Jail", "JEM", revoked=date(2021, 6, 18))], LAW.book),
    ):
        agencies = ("Synthetic Brak County Jail", "Synthetic Dorv County Jail", "Synthetic Fimp County Jail", None)
        made_up = [
            with_roster(replace(case, agency=agencies[place % 13 % 4]), one)
            for place, case in enumerate(map(read, cases(6_000, seed=28)))
        ]
        columns = columns_of(made_up)
        zones = [zone for zone in ZONES if zone]
        lines = officer_rows(one, [agency for agency in agencies if agency], zones)
        kinds = {name: pa.int8() for name in ROW if name.startswith("standing")}
        columns_ = {name: pa.array([line[place] for line in lines], kinds.get(name)) for place, name in enumerate(ROW)}
        officers = engine.memory("officers", pa.table(columns_))
        table = table_of(engine, "cases", columns)
        plan = plan_of(frozenset(columns))
        expression = audit(table, *calendars(engine), None, LAW, plan, officers)
        found = differences(engine, expression, made_up, frozenset(columns))
        assert not found, found[:3]
        assert {standing for case in made_up for standing in case.by_roster} == {0, -1, 1, 2} - (
            {1} if one is not ROSTER else set()
        )
        assert len({case.model for case in made_up if 2 in case.by_roster}) > 3


def test_findings_are_those_of_the_row(engine: DuckEngine) -> None:
    made_up = [read(case) for case in cases(4_000, seed=11)]
    columns = columns_of(made_up)
    decided = audit(table_of(engine, "cases", columns), *calendars(engine), None, LAW, plan_of(frozenset(columns)))
    rows = findings_of(decided, LAW)
    got = defaultdict(set)
    for row in engine.answer(
        rows.select("case", "duty", "verdict", "rule", "since", "due", "done", "seconds", "citation")
    ).to_pylist():
        assert row.pop("citation")
        got[row.pop("case")].add(tuple(row.values()))
    for case in made_up:
        wanted = {
            (one.duty, one.verdict, one.rule, one.since, one.due, one.done, one.seconds)
            for one in rows_of(decide(case, LAW, frozenset(columns)), LAW)
        }
        assert got[case.case] == wanted, (case, got[case.case] ^ wanted)


def test_a_log_is_folded_as_its_entries_are(engine: DuckEngine) -> None:
    made_up = list(cases(6_000, seed=5))
    entries = [entry for case in made_up for entry in entries_of(case, seed=5)]
    by_case = defaultdict(list)
    for entry in entries:
        by_case[entry.case].append(entry)
    folded = [case for found in by_case.values() for case in cases_of(found)]
    assert sum("(stay 2)" in case.case for case in folded) > 100 and any("(stay 3)" in case.case for case in folded)
    log = table_of(engine, "log", log_columns_of(entries))
    log = log.mutate(
        **{flag: literal(False) for flag in ("no_zone", "time_shown_twice", "time_never_shown")},
        unreadable_time=log["at"].isnull(),
    )
    several = {f"{FORMS}{mask}": forms_of(f"{FORMS}{mask}") for mask in range(6, 128, 2) if mask.bit_count() > 1}
    plan = plan_of(frozenset((*TIMES, *FIELDS, "state", "zone")), forms=several)
    assert sum(bool(case.forms) for case in folded) > 50
    words = LogWords()
    table = fold_table(with_stays(with_served(log, words)), words)
    complete = {row["case"]: row for row in engine.answer(table).to_pylist()}
    once = engine.memory("once", engine.answer(fold_once(with_served(log, words), words)))
    quickly = engine.answer(cases_of_table(aggregates(once, words), words, once=True)).to_pylist()
    assert [row for row in quickly if row != complete[row["case"]]] == []
    assert 1_500 < len(quickly) < len(by_case)
    places = places_of(log, engine, "places")
    assert places is not None
    placed = engine.memory("placed", engine.answer(fold_once(with_served(log, words), words, places)))
    again = engine.answer(cases_of_table(aggregates(placed, words), words, once=True)).to_pylist()
    assert {row["case"]: row for row in again} == {row["case"]: row for row in quickly}
    moved = log.filter(log.case == quickly[0]["case"])
    for place, other in (("state", "WY"), ("zone", "America/Boise"), ("agency", "Synthetic Dorv County Jail")):
        named = case_of((moved.row == quickly[0]["row"], other), otherwise=moved[place])
        found = engine.answer(fold_once(with_served(moved.mutate(**{place: named}), words), words))
        assert found.column("once").to_pylist() == [False], place
    officers = {row["case"]: row for row in engine.answer(table.select("case", "served_by", "held_by")).to_pylist()}
    assert all(
        (officers[one.case]["served_by"], officers[one.case]["held_by"]) == (one.served_by, one.held_by)
        for one in folded
    )
    expression = audit(table, *calendars(engine), None, LAW, plan)
    order = {case.case: place for place, case in enumerate(folded)}
    keys = list(as_row(decide(folded[0], LAW)))
    got = {row["case"]: row for row in engine.answer(expression.select(*keys)).to_pylist()}
    assert set(got) == set(order)
    for case in folded:
        wanted = as_row(decide(case, LAW, frozenset((*TIMES, *FIELDS, "state", "zone"))))
        assert got[case.case] == wanted, (
            case,
            {key: (wanted[key], got[case.case][key]) for key in keys if wanted[key] != got[case.case][key]},
        )


CLOCKS = [
    (name, excludes) for name in sorted(filter(None, ZONES)) for excludes in ("weekends", "weekends and holidays")
]


@cache
def days_of(name: str, excludes: str) -> dict[int, dict[str, Any]]:
    """The rows of a clock's table by day since 1970."""
    rows = clock_table([name], 48, excludes, 14_600, 21_000, LAW.holidays).to_pylist()
    return {row["day"]: row for row in rows}


@given(st.integers(14_700 * DAY, 20_900 * DAY), st.booleans(), st.sampled_from(CLOCKS))
def test_the_calendar_table_is_the_clock(start: int, at_midnight: bool, which: tuple[str, str]) -> None:
    row = days_of(*which)[start // DAY]
    midnight = row["day"] * DAY + row["midnight"]
    start = midnight if at_midnight else start
    if start == midnight:
        end = midnight + row["at_midnight"]
    else:
        side = "before" if start < midnight else "after"
        end = midnight + row[f"{side}_slope"] * (start - midnight) + row[side]
    where = zone(which[0])
    assert end == clock.end(start, 48, which[1], where, LAW.holidays)
    day = where.day(start)
    assert day is not None
    assert (day - date(1970, 1, 1)).days == row["day"] + row["shift"] + (start >= midnight)


# -- synthetic files ---------------------------------------------------------------------------------------------


def counts(path: Path, what: str) -> dict[str, int]:
    where = f"{path}/*.parquet" if path.is_dir() else str(path)
    return dict(
        duckdb.execute(
            f"select duty, count(*) from read_parquet(?) where verdict = '{what}' group by duty", [where]
        ).fetchall()
    )


FILES: tuple[tuple[str, dict[str, bool]], ...] = (
    ("cases.parquet", {}),
    ("cases.json", {}),
    ("cases.csv", {"local": True}),
    ("local.parquet", {"local": True}),
    ("log.csv", {"log": True, "local": True}),
    ("log.parquet", {"log": True, "local": True}),
)


@pytest.mark.parametrize(("name", "more"), FILES)
def test_what_was_put_in_is_found(tmp_path: Path, name: str, more: dict[str, bool]) -> None:
    file, work = tmp_path / name, tmp_path / "work"
    work.mkdir()
    known = write(file, 3_000, seed=4, **more)
    done = run([file], work, Options(threads=2))
    assert counts(done.findings, "missed") == known.missed
    assert counts(done.findings, "cannot tell") == known.open
    assert done.made_up
    assert known == made(3_000, 4)
    problems = duckdb.execute("select problems from read_parquet(?) where problems <> 0", [str(done.cases)]).fetchall()
    assert len(problems) == sum(known.problems.values())


def test_the_same_seed_makes_the_same_cases(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    write(one, 500, seed=9)
    write(two, 500, seed=9)
    assert one.read_bytes() == two.read_bytes()
    lines = one.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("synthetic,") for line in lines[1:])


def test_several_files_of_both_kinds_in_one_audit(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    table, log = tmp_path / "table.parquet", tmp_path / "log.csv"
    write(table, 1_000, seed=4)
    write(log, 1_000, seed=4, log=True)
    text = log.read_text(encoding="utf-8").replace("synthetic-0", "synthetic-log-0")
    log.write_text(text, encoding="utf-8")
    done = run([table, log], work, Options(threads=2))
    once = made(1_000, 4)
    assert counts(done.findings, "missed") == {duty: 2 * many for duty, many in once.missed.items()}


def log_of(cases_: int) -> pa.Table:
    """A log of synthetic cases, of the cases of ``test_custody_stays``, and of an event that is not known."""
    made_up = as_log(next(iter(batches(cases_, 7))))
    numbers = [case.replace("synthetic-0", "synthetic-log-0") for case in made_up["case"].to_pylist()]
    rows = [line for case, events in CASES.items() for line in lines(case, *events)]
    for place, (answers, _) in enumerate(ANSWERS):
        told = [f"status_answered {one.split(' ', 1)[1]} {one.split(' ')[0]}" for one in answers]
        rows += lines(f"answers-{place}", *HOLD, *told)
    rows.append("two-stays,teleported,2025-06-02 08:00,,")
    cells = [[cell or None for cell in row.split(",")] for row in rows]
    case, event, at, form, outcome = (list(column) for column in zip(*cells, strict=True))
    more = {
        "case": case,
        "event": event,
        "at": pa.array(map(datetime.fromisoformat, at), pa.timestamp("us")).cast(made_up.schema.field("at").type),
        "form": form,
        "outcome": pa.array(outcome, pa.string()),
        "state": ["IL" if one.startswith("barred") else "TX" for one in case],
        "zone": ["America/Chicago"] * len(case),
    }
    made_up = made_up.set_column(made_up.schema.get_field_index("case"), "case", pa.array(numbers, pa.string()))
    return pa.concat_tables([made_up, pa.table(more)], promote_options="default")


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed (pip install 'ledger287[spark]')"
)
@pytest.mark.skipif(shutil.which("java") is None, reason="PySpark needs Java, which is not here")
@pytest.mark.slow
def test_spark_finds_the_same_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same expression on PySpark in local mode: every row of the decisions and of the findings.

    A table, a text file that is staged, and a log whose events come twice, whose cases have several stays, papers on
    different forms and answers, and one event that is not known.
    """
    for name, value in BRIEF_JAVA.items():
        monkeypatch.setenv(name, value)
    table, text, log = tmp_path / "cases.parquet", tmp_path / "cases.csv", tmp_path / "log.parquet"
    write(table, 1_500, seed=6, local=True)
    write(text, 60, seed=8)
    text.write_text(text.read_text(encoding="utf-8").replace("synthetic-0", "synthetic-text-0"), encoding="utf-8")
    pq.write_table(log_of(300), log)
    roster = tmp_path / "roster.csv"
    lines = [
        f"synthetic-{place},{agency},WSO,yes,2025-01-01,2025-01-02,2025-06-0{place}"
        for place in range(1, 5)
        for agency in ("Synthetic Brak County Jail", "Synthetic Dorv County Jail")
    ]
    head = "officer id,agency,model,eligibility attested,trained,certified,authorised"
    roster.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    found: dict[str, list[Any]] = {}
    for engine in ("duckdb", "spark"):
        work = tmp_path / engine
        work.mkdir()
        done = run([table, text, log], work, Options(engine=engine, threads=2, roster=roster))
        assert done.counts["unknown_event"] == 1 and any("more than one booking" in note for note in done.notes)
        rows = []
        for path in (done.cases, done.findings):
            where = f"{path}/*.parquet" if path.is_dir() else str(path)
            rows.append(
                duckdb.execute("select columns(*)::varchar from read_parquet(?) order by all", [where]).fetchall()
            )
        found[engine] = rows
    assert found["spark"] == found["duckdb"]
    names = {row[2] for row in found["spark"][0]}
    assert len(names) == len(found["spark"][0]) == 1_860 + len(CASES) + len(ANSWERS) + 2
    assert {"two-stays", "two-stays (stay 2)", "three-forms-days", "answers-0"} <= names
    duties = [(row, "officer_without_authority" in row) for row in found["spark"][1]]
    assert {"missed", "cannot tell"} <= {word for row, mine in duties if mine for word in row}


def test_the_made_up_counts_are_told_as_json() -> None:
    assert json.loads(json.dumps(made(10_000, 1).faults))["no warrant"] == 150
