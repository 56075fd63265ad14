"""Two times: lists published later never change an answer about what was known earlier."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import draws
from ledger287.core.time import day_of, end_of_day
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import Stored, open_record, write_record
from ledger287.ledger.store.tabulate import tabulate
from ledger287.sources.ice_lists.printed import PrintedList

FIRST, LAST = date(2021, 1, 12), date(2026, 5, 8)
days = st.dates(date(2025, 2, 1), LAST) | st.dates(FIRST, LAST)


@pytest.fixture(scope="module")
def lists() -> list[PrintedList]:
    return printed_lists(open_record())


@pytest.fixture(scope="module")
def whole(lists: list[PrintedList]) -> Fold:
    return fold(lists)


def known(lists: list[PrintedList], whole: Fold, day: date) -> list[PrintedList]:
    """The lists published by the end of a day."""
    bound = end_of_day(day)
    held = {id(e.printed) for e in whole.lists if e.publication.at and e.publication.at <= bound}
    return [found for found in lists if id(found) in held]


def changes_known(folded: Fold, day: date) -> set[tuple[object, ...]]:
    """The changes not withdrawn by the end of a day, with lists by content, because numbers are of one fold."""
    bound = end_of_day(day)
    names = {e.number: (e.printed.file, e.printed.sha256) for e in folded.lists}
    return {
        (
            c.kind,
            c.day,
            c.agency_id,
            c.model,
            c.agreement_id,
            c.other_id,
            c.field,
            c.before,
            c.after,
            names.get(c.last_list or 0),
            names.get(c.first_list or 0),
            c.known_from,
        )
        for c in folded.log.changes
        if c.known_from <= bound and (c.withdrawn_at is None or c.withdrawn_at > bound)
    }


def agreements_on(folded: Fold, day: date) -> set[tuple[object, ...]]:
    """Agreement, print and times on the newest accepted list published by the end of a day."""
    bound = end_of_day(day)
    numbers = [
        e.number
        for e in folded.lists
        if e.verdict.accepted and e.printed.kind == "participating" and e.publication.at and e.publication.at <= bound
    ]
    if not numbers:
        return set()
    newest = max(numbers)
    return {
        (run.agreement_id, folded.prints[run.print], run.times)
        for run in folded.agreements.runs
        if run.first_list <= newest <= run.last_list
    }


@settings(max_examples=draws(12, 6), deadline=None)
@given(day=days, asked=st.integers(0, 400))
def test_later_lists_change_no_earlier_answer(lists: list[PrintedList], whole: Fold, day: date, asked: int) -> None:
    early = fold(known(lists, whole, day))
    verdicts = {(e.printed.file, e.printed.sha256): (e.verdict, e.publication) for e in whole.lists}
    for entry in early.lists:
        assert verdicts[entry.printed.file, entry.printed.sha256] == (entry.verdict, entry.publication)
    assert changes_known(early, day) == changes_known(whole, day)
    on = max(FIRST, day - timedelta(days=asked))
    assert agreements_on(early, on) == agreements_on(whole, on)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, lists: list[PrintedList], whole: Fold) -> tuple[Stored, date]:
    """A record of the lists known on one day, for the same questions as the full one."""
    day = date(2025, 7, 20)
    early = fold(known(lists, whole, day))
    return write_record(tmp_path_factory.mktemp("early"), tabulate(early, problems(early))), day


def quiet(ledger: Ledger) -> Ledger:
    """The same, without a warning of days past its newest list: these tests mean all of them."""
    ledger.warns_past_newest_list = False
    return ledger


def test_the_commands_answers_agree(built: tuple[Stored, date]) -> None:
    stored, day = built
    early, now = quiet(Ledger(stored, lambda: day)), quiet(Ledger(open_record(), lambda: day))
    for on in (day, date(2025, 5, 29), date(2025, 2, 21), date(2023, 1, 1)):
        assert early.status(on) == replaced_known(now.status(on, known_on=day))
    mine, theirs = early.changes(FIRST, day), now.changes(FIRST, day, known_on=day)
    keys = ["day", "kind", "agency_id", "model", "agreement_id", "other_id", "field", "before", "after", "first_list"]
    assert mine.select(keys).sort(keys).equals(theirs.select(keys).sort(keys))
    for name in (
        "Wyoming State Highway Patrol",
        "Okaloosa County Department of Corrections",
        "Kent County Sheriff's Office",
    ):
        try:
            answer = early.agency(name)
        except Exception:
            continue
        other = now.agency(answer.id, known_on=day)
        assert answer.agreements == other.agreements
        assert answer.pending == other.pending


def replaced_known(status: object) -> object:
    from dataclasses import replace

    return replace(status, known_on=None)  # type: ignore[type-var]


def test_known_on_never_looks_past_itself() -> None:
    ledger = quiet(Ledger(open_record(), lambda: LAST))
    day = date(2025, 9, 1)
    found = ledger.changes(FIRST, LAST, known_on=day)
    assert day_of(found["known_from"].max()) <= day  # type: ignore[arg-type]
    assert ledger.status(LAST, known_on=day).list == ledger.status(LAST, known_on=day).list
    assert ledger.status(LAST, known_on=day).agreements == ledger.status(day).agreements


def test_the_order_and_place_of_files_do_not_matter(lists: list[PrintedList]) -> None:
    some = lists[-160:]
    one, other = fold(some), fold(list(reversed(some)))
    tables = tabulate(one, problems(one)), tabulate(other, problems(other))
    assert all(tables[0][name].equals(tables[1][name]) for name in tables[0])


def test_a_withdrawn_change_is_told_only_while_it_stood() -> None:
    changes = open_record().read("changes").filter(pl.col("withdrawn_at").is_not_null())
    assert changes.height > 0
    row = changes.filter(pl.col("kind") == "delisted").row(0, named=True)
    ledger = Ledger(open_record(), lambda: LAST)
    then, later = day_of(row["known_from"]), day_of(row["withdrawn_at"])
    asked = {"since": row["day"], "until": row["day"], "kinds": ["delisted"]}
    assert row["agreement_id"] in ledger.changes(**asked, known_on=then)["agreement_id"]
    assert row["agreement_id"] not in ledger.changes(**asked, known_on=later)["agreement_id"]
