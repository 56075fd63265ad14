"""Adding a source never changes an earlier as-known answer: for any day of a question and any day of knowing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger287
from drawing import draws
from ledger287.ledger.query.before.past import OnlyBounds, Past
from ledger287.ledger.query.ledger import Ledger

FIRST, LAST = date(2006, 1, 1), date(2020, 12, 31)
DAYS = st.dates(FIRST, LAST)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger287.open()


def with_more(past: Past, as_of: date, known_on: date) -> Past:
    """The same history with one more roster, of half as many agencies as the page it is like, known from a day on."""
    more = Past(past.ledger, past.pages.stored, past.pages.today)
    like = past.rosters[len(past.rosters) // 2]
    added = replace(like, file="synthetic-roster", as_of=as_of, known_on=known_on)
    more.__dict__["rosters"] = sorted([*past.rosters, added], key=lambda one: (one.as_of, one.known_on))
    rows = past.rows_on(like)
    more._rows["synthetic-roster"] = rows.head(rows.height // 2)
    return more


def answer(past: Past, on: date, known_on: date | None) -> Any:
    """What a history says of a day: rows and counts, or bounds, or that it does not reach."""
    if not past.covers(on, known_on):
        return "not covered"
    try:
        found = past.status(on, known_on, None, None)
    except OnlyBounds as only:
        return only.bounds
    rows = past.as_of(on, known_on)
    return found, rows.select(pl.exclude("times")).rows()


@settings(max_examples=draws(150, 60), deadline=None)
@given(on=DAYS, known_on=DAYS, as_of=DAYS, later=st.integers(1, 4000))
def test_a_source_known_later_changes_nothing_that_was_known(
    ledger: Ledger, on: date, known_on: date, as_of: date, later: int
) -> None:
    past = ledger.past
    assert past is not None
    more = with_more(past, as_of, known_on + timedelta(days=later))
    assert answer(more, on, known_on) == answer(past, on, known_on)


@settings(max_examples=draws(60, 30), deadline=None)
@given(on=DAYS, known_on=DAYS)
def test_what_is_left_out_because_it_was_not_known_is_all_that_differs(
    ledger: Ledger, on: date, known_on: date
) -> None:
    """A history of only the sources known by a day answers as the full one does as known on that day."""
    past = ledger.past
    assert past is not None
    less = Past(past.ledger, past.pages.stored, past.pages.today)
    less.__dict__["rosters"] = [one for one in past.rosters if one.known_on <= known_on]
    less.__dict__["attested"] = past.attested.filter(pl.col("known_on") <= known_on)
    assert answer(less, on, known_on) == answer(past, on, known_on)


def test_a_source_that_is_known_does_answer(ledger: Ledger) -> None:
    past = ledger.past
    assert past is not None
    more = with_more(past, date(2012, 7, 20), date(2012, 7, 21))
    assert answer(more, date(2012, 7, 25), date(2012, 7, 25)) != answer(past, date(2012, 7, 25), date(2012, 7, 25))


def test_the_names_of_an_agency_are_those_known_by_then(ledger: Ledger) -> None:
    """Of statements alone too: Maricopa is on no page before 2011, and on the lists of partners of 2007 and 2008."""
    found = ledger.agency("Maricopa County Sheriff's Office", known_on=date(2009, 1, 1))
    assert [(one.first_day, one.last_day) for one in found.names] == [(date(2007, 9, 19), date(2008, 3, 10))]
    assert all(one.known_on <= date(2009, 1, 1) for one in found.attested)
