"""One history: whatever asks it about a day, as known on another, gets the same counts."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger287
from drawing import draws
from ledger287.charts.series.growth import daily
from ledger287.core.problem import Refused
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.ledger.query.history import MODELS, STATEMENTS, counted, levels, stacked
from ledger287.places.atlas import Atlas
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.edition.history import grown, lives
from ledger287.web.server.query import read_query

pytestmark = pytest.mark.filterwarnings("ignore:cannot tell after")

FIRST, LAST = date(2021, 1, 13), date(2026, 6, 30)
DAYS = st.dates(FIRST, LAST)


@cache
def atlas() -> Atlas:
    return ledger287.open(today=lambda: LAST)


@cache
def index() -> Index:
    return Index(atlas())


@cache
def edition() -> Edition:
    return open_edition(None, lambda: LAST)


@settings(max_examples=draws(25, 10), deadline=None, derandomize=True)
@given(on=DAYS, known_on=st.none() | DAYS)
def test_every_surface_counts_alike(on: date, known_on: date | None) -> None:
    told = atlas().status(on, known_on=known_on)
    count = atlas().history.known(on, known_on)
    assert told.list is not None
    assert told.list.file == atlas().history.lists()[count - 1].file

    frame = atlas().as_of(on, known_on=known_on)
    assert (frame.height, frame["agency_id"].n_unique(), frame["times"].sum()) == (
        told.agreements,
        told.agencies,
        told.rows,
    )
    assert dict(Counter(frame["model"].to_list())) == {model: n for model, n in told.by_model.items() if n}
    from_sql = atlas().as_of(on, known_on=known_on, engine="duckdb")
    assert from_sql.columns == frame.columns
    assert sorted(from_sql.fetchall()) == sorted(frame.rows())

    growth = atlas().growth().row(count - 1, named=True)
    assert {model: growth[model] for model in MODELS} == told.by_model

    place = count - 1
    for unit, number in (
        ("agreements", told.agreements),
        ("agencies", told.agencies),
        ("rows", told.rows),
        ("states", told.states),
        ("territories", told.territories),
    ):
        assert index().series(unit, Scope())[place] == number, unit
    for model, number in told.by_model.items():
        assert index().series("agreements", Scope(model=model))[place] == number
    assert index().series("agreements", Scope(states=("FL", "TX")))[place] == sum(
        told.by_state.get(state, 0) for state in ("FL", "TX")
    )

    asked = read_query("en", {"on": on.isoformat()} | ({"known_on": known_on.isoformat()} if known_on else {}), LAST)
    series = grown(edition(), asked, (each for its in lives(edition()).by_state.values() for each in its), {})
    assert series is not None
    assert {model: series.counts[model][-1] for model in MODELS} == told.by_model

    chart = daily(atlas(), on, known_on)
    newest = len(chart.frames) - 1
    held = Counter[str]()
    for runs in chart.runs.values():
        for run in runs:
            held[run.model] += run.count if run.last == newest else 0
    assert {model: held[model] for model in MODELS} == told.by_model


@given(on=DAYS, known_on=DAYS)
@settings(max_examples=draws(25, 10), deadline=None, derandomize=True)
def test_what_is_known_later_changes_no_earlier_count(on: date, known_on: date) -> None:
    earlier = min(on, known_on)
    assert atlas().history.newest(on, known_on) == atlas().history.newest(earlier)
    assert atlas().as_of(on, known_on=known_on).equals(atlas().as_of(earlier))


def test_a_county_counts_only_its_own_agencies() -> None:
    county = atlas().status(date(2026, 5, 8), county="12091")
    ids = set(atlas().local_agencies("12091")[1])
    frame = atlas().as_of(date(2026, 5, 8)).filter(pl.col("agency_id").is_in(list(ids)))
    assert (county.agreements, county.agencies) == (frame.height, frame["agency_id"].n_unique())
    assert 0 < county.agreements < atlas().status(date(2026, 5, 8)).agreements


def test_statements_are_declared_once_for_both_engines() -> None:
    names = [column.name for column in STATEMENTS]
    assert atlas().statements.columns == names
    described = atlas().duckdb.sql("select * from statements")
    assert described.columns == names
    assert described.fetchall() == atlas().statements.rows()


def test_before_the_first_list_nothing_is_counted() -> None:
    assert atlas().history.known(atlas().history.days[0] - timedelta(days=1)) == 0
    day = date(2001, 1, 1)
    assert atlas().history.known(day) == 0
    assert atlas().history.newest(day) is None
    for refused in (lambda: atlas().status(day), lambda: daily(atlas(), day), lambda: atlas().as_of(day)):
        with pytest.raises(Refused, match="no list was published by"):
            refused()


SPANS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 11), st.integers(0, 5)), max_size=12).map(
    lambda rows: [(name, first, min(first + length, 11)) for name, first, length in rows]
)


@given(SPANS)
def test_counts_of_overlapping_runs_are_of_different_names(rows: list[tuple[int, int, int]]) -> None:
    expected = [len({name for name, first, last in rows if first <= place <= last}) for place in range(12)]
    assert counted(rows, 12) == expected
    assert counted(rows, 5) == expected[:5], "what is past the last place is left out"


@given(SPANS)
def test_stacked_and_levels_agree(rows: list[tuple[int, int, int]]) -> None:
    spans = [(first, last) for _, first, last in rows]
    expected = [sum(first <= place <= last for first, last in spans) for place in range(12)]
    assert stacked(((*span, 1) for span in spans), 12) == expected
    rebuilt = [0] * 12
    for first, last, number in levels(spans):
        assert number > 0
        for place in range(first, last + 1):
            rebuilt[place] = number
    assert rebuilt == expected
