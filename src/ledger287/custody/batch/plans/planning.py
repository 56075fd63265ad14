"""The plan of an audit: what a survey of its table finds, and the small tables that the expression is joined to.

What enters: the opened files as one table, the defaults, and the record. What leaves: a ``Plan``, the calendars for its
zones and days, and its agencies' models. The survey reads the columns of words once, and the times for their reach.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import plural
from ledger287.custody.batch.folds.log_words import FORMS, TWO_WAYS
from ledger287.custody.batch.opening import Opened, reach_of, zone_names
from ledger287.custody.batch.plans.agencies import agencies_of, span_rows
from ledger287.custody.batch.plans.agency_names import refuse_persons
from ledger287.custody.batch.plans.officers import MODELS, ROW, officer_rows, roster_of
from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES, Clocks, Options, Plan, TableAgency
from ledger287.custody.batch.statistics import EVER
from ledger287.custody.batch.surveying import distinct, surveyed
from ledger287.custody.case.facts import MODEL_UNKNOWN, model_mask
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.vocabulary import code_named, codes, number
from ledger287.custody.columns.calendars import clock_table
from ledger287.custody.columns.words import any_of
from ledger287.custody.duties.both_forms import SERVICES
from ledger287.custody.engines.engine import Engine
from ledger287.custody.intake.columns.assigning import personal
from ledger287.custody.intake.opening.opened_files import no_zone
from ledger287.custody.intake.problems import CaseProblem
from ledger287.custody.intake.times.values import identifies, is_blank, with_article
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.calendar import DAY
from ledger287.law.officers.roster_file import read_roster
from ledger287.ledger.query.parameters import read_state

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


def plan_of(
    opened: list[Opened],
    table: Table,
    columns: frozenset[str],
    engine: Engine,
    asked: Options,
    ledger: "Ledger | None",
) -> Plan:
    """What the expression needs to know of the table: the words in it, and from when until when it reaches."""
    coded = [name for name in (*PLACES, *FIELDS) if name in columns]
    words = {name: sorted(found) for name, found in surveyed(engine, table, coded).items()}
    states = {word: _state(word) for word in words.get("state", ())}
    named = zone_names(words.get("zone", []))
    forms = {word: forms_of(word) for word in words.get("detainer_form", ()) if word.startswith(FORMS)}
    if forms:
        words["detainer_form"] = sorted(
            {*words["detainer_form"]} - {*forms} | {one for of in forms.values() for one in of}
        )
    spelled = {
        name: {word: number(name, code_named(name, word) or _unread(word)) for word in words.get(name, ())}
        for name in FIELDS
    }
    if max((len(found) for found in spelled.values()), default=0) > 5000:
        raise Refused("a column of codes holds more than 5,000 different words; see docs/custody.md for the codes.")
    times = _clocks_of(opened, columns)
    if times != "utc" and not asked.zone and not any(named.values()):
        raise no_zone(next(one.first.path for one in opened if one.own_times))
    refuse_persons(opened, words.get("agency", ()), asked.agency, ledger)
    reaches = [reach_of(one, TIMES) for one in opened]
    first, last = min(low for low, _ in reaches), max(high for _, high in reaches)
    return Plan(
        columns,
        times,
        states,
        named,
        {name: found for name, found in spelled.items() if found},
        _agencies(table, columns, engine, asked, ledger),
        asked.zone,
        asked.state,
        asked.agency,
        _model(asked.model),
        first,
        last,
        forms,
        None if EVER in reaches else (first, last),
        unknown_in(opened),
    )


def unknown_in(opened: Iterable[Opened]) -> frozenset[str]:
    """The codes that the map says its tables do not tell."""
    return frozenset(name for one in opened for name in (one.first.map.unknown if one.first.map else ()))


def forms_of(word: str) -> tuple[str, ...]:
    """The forms that a word for detainers on different forms stands for."""
    mask = int(word.removeprefix(FORMS))
    return tuple(name for place, name in enumerate(codes("detainer_form"), 1) if mask & (1 << place))


def _clocks_of(opened: list[Opened], columns: frozenset[str]) -> Clocks:
    """How the table gives its times: all with an offset or in UTC, all by the jail's own clocks, or cell by cell."""
    if not any(one.own_times for one in opened):
        return "utc"
    only = opened[0]
    whole = len(opened) == 1 and not only.staged and only.first.shape == "cases"
    return "local" if whole and set(only.local) >= columns & set(TIMES) else "mixed"


def _agencies(
    table: Table, columns: frozenset[str], engine: Engine, asked: Options, ledger: "Ledger | None"
) -> tuple[TableAgency, ...]:
    """The agencies that the table names, as the record has them; none where a model was stated for all."""
    if ledger is None or asked.model is not None or "agency" not in columns:
        return ()
    rows = engine.answer(table.select("agency", "state").distinct()).to_pylist()
    pairs = {(row["agency"] or asked.agency, row["state"]) for row in rows}
    named = [(name, state, _state(state) if state else asked.state) for name, state in sorted(pairs, key=str) if name]
    return agencies_of(ledger, named)


def _model(name: str | None) -> int:
    if name is None:
        return MODEL_UNKNOWN
    code = code_named("model", name)
    if code is None:
        expected = f": expected one of {', '.join(codes('model'))}, found {name!r}."
        raise QueryError("unknown_model", QueryField("model"), expected, choices=codes("model"))
    return model_mask(number("model", code))


def _unread(word: str) -> str | None:
    """What a word stands for that is no code of its column: nothing, where it is one of those for a blank."""
    return None if is_blank(word) else "?"


def _state(word: str) -> str | None:
    if word == TWO_WAYS:
        return None
    try:
        return read_state(word)
    except Refused:
        return None


def calendars(plan: Plan, the_law: Law, engine: Engine) -> tuple[Table, Table]:
    """The calendars of the regulation's clock and of a complaint's, for the zones and days of the table."""
    low, high = plan.first // DAY - 2, plan.last // DAY + 2
    model = the_law.models[0]
    if any(
        (one.complaint_hours, one.complaint_excludes) != (model.complaint_hours, model.complaint_excludes)
        for one in the_law.models
    ):
        raise Refused("the models' times for complaints differ; custody/run.py (calendars) has one calendar for both.")
    pairs = (
        ("clocks", the_law.regulation_hours, the_law.regulation_excludes),
        ("complaints", model.complaint_hours, model.complaint_excludes),
    )
    tables = [
        engine.memory(name, clock_table(plan.zones_used, hours, excludes, low, high, the_law.holidays))
        for name, hours, excludes in pairs
    ]
    return tables[0], tables[1]


def officers_of(
    path: Path | None,
    opened: list[Opened],
    table: Table,
    plan: Plan,
    engine: Engine,
    the_law: Law,
    drop: Sequence[str],
) -> tuple[Table | None, tuple[CaseProblem, ...], tuple[str, ...]]:
    """The standings of a roster's officers, as rows to join to; what of the roster was not understood; and a note."""
    if path is None:
        return None, (), ()
    rows, problems = read_roster(path, drop)
    if not plan.columns & set(OFFICERS):
        raise QueryError(
            "no_officers",
            QueryField("roster", path),
            f": no file has a column of officers: {', '.join(OFFICERS)}, or officer in a log. "
            "docs/custody.md has an example.",
        )
    for column in OFFICERS:
        for word in distinct(engine, table, column):
            if found := identifies(word):
                raise personal(opened[0].first.path, column, f"a value that looks like {with_article(found)}")
    agencies = {*distinct(engine, table, "agency"), *([plan.agency] if plan.agency else ())}
    kinds: list[Any] = [*([pa.string()] * 3), pa.int64(), pa.int64(), *([pa.int8()] * len(MODELS))]
    lines = officer_rows(roster_of(rows, the_law.book), agencies, plan.zones_used)
    columns = {name: pa.array([line[place] for line in lines], kinds[place]) for place, name in enumerate(ROW)}
    roster_problems = tuple(
        CaseProblem(one.kind, str(path), None, one.row, one.column, one.expected, one.found, one.remedy)
        for one in problems
    )
    return engine.memory("officers", pa.table(columns)), roster_problems, _nameless(table, plan, engine)


def _nameless(table: Table, plan: Plan, engine: Engine) -> tuple[str, ...]:
    """How many services and holds have no officer's number, so that the roster cannot be consulted for them."""
    deeds = {"served_by": ("service", SERVICES), "held_by": ("hold", ("hold_started",))}
    counts = {}
    for column, (word, events) in deeds.items():
        if column in plan.columns:
            done = any_of(table[event].notnull() for event in events)
            counts[word] = (done & (table[column].isnull() | (table[column] == ""))).sum()
    row = engine.answer(table.aggregate(**counts)).to_pylist()[0] if counts else {}
    return tuple(
        f"{plural(many, word)} {'names' if many == 1 else 'name'} no officer; the roster was not consulted for "
        f"{'it' if many == 1 else 'them'}."
        for word, many in row.items()
        if many
    )


def juveniles_in(table: Table, plan: Plan, engine: Engine) -> tuple[str, ...]:
    """How many cases have the flag of a juvenile, which changes no clock and no duty."""
    yes = number("juvenile", "yes")
    words = [word for word, code in plan.spelled.get("juvenile", {}).items() if code == yes]
    if not words:
        return ()
    flagged = table.filter(table.juvenile.isin(words))
    many = engine.answer(flagged.aggregate(many=flagged.count())).column("many")[0].as_py()
    said = f"{plural(many, 'case')} {'has' if many == 1 else 'have'} the flag of a juvenile"
    return (f"{said}: it changes no clock and no duty here; other law may apply.",)


def models_of(plan: Plan, engine: Engine) -> Table | None:
    if not plan.agencies:
        return None
    rows = span_rows(plan.agencies)
    names = ("agency", "state", "known", "since", "until", "models")
    kinds: list[Any] = [pa.string(), pa.string(), pa.bool_(), pa.int64(), pa.int64(), pa.int8()]
    return engine.memory(
        "models",
        pa.table({name: pa.array([row[place] for row in rows], kinds[place]) for place, name in enumerate(names)}),
    )
