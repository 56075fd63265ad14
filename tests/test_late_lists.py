"""A list that is found late gives the history as though it had been there, in whatever order lists arrive."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import ledger287
from ledger287.ledger.build.building import build, fold_in
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.identity.signing_days import Signing
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import open_record
from ledger287.sources.ice_lists.printed import PrintedList, read_list
from making import list_name
from sequences import Row, history, ledger_of, participating, rows

GUARD = "ag-ka3rzey-tfm-2025-04-10"
SPRING = (datetime(2025, 3, 1), datetime(2025, 6, 15))


@pytest.fixture(scope="module")
def spring() -> list[PrintedList]:
    """The real lists of spring 2025, when most days of signing were corrected."""
    names = ("captured_at", "saved_at")
    found = []
    for one in printed_lists(open_record()):
        at = next(filter(None, (getattr(one, name) for name in names)), None)
        if at and SPRING[0] <= at.replace(tzinfo=None) <= SPRING[1]:
            found.append(one)
    assert len(found) > 100
    return found


def agreements(folded: Fold) -> set[frozenset[Signing]]:
    """The days of each agreement, whatever its id."""
    found: dict[str, set[Signing]] = {}
    for signing, key in folded.agreements.state.by_signing.items():
        found.setdefault(key, set()).add(signing)
    return {frozenset(days) for days in found.values()}


def events(folded: Fold) -> set[tuple[object, ...]]:
    return {(c.kind, c.day, c.agency_id, c.model, c.before, c.after, c.withdrawn_at) for c in folded.log.changes}


def test_the_real_list_that_was_missing(shared_lists: Path, spring: list[PrintedList]) -> None:
    (place,) = (shared_lists.parent / "cases" / "lists").glob("*.xlsx")
    folded = fold([*spring, read_list(place.name, place.read_bytes())])
    (guard,) = (one for one in folded.agreements.agreements.values() if one.agency_id == "ag-ka3rzey")
    assert guard.id == GUARD
    assert guard.first_day == date(2025, 4, 11)
    told = [
        (c.kind, c.before, c.after)
        for c in folded.log.changes
        if c.agency_id == "ag-ka3rzey" and not c.withdrawn_at and c.kind != "pended"
    ]
    assert sorted(told, key=str) == [
        ("corrected", "2025-04-11", "2025-04-10"),
        ("listed", None, None),
        ("signed", None, None),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_lists_found_late_change_no_agreement(spring: list[PrintedList], seed: int) -> None:
    """The registry knows only what some of the lists print; then the others are found, in any order."""
    chance = random.Random(seed)
    share = chance.choice((0.05, 0.2, 0.6))
    early = fold([one for one in spring if chance.random() > share])
    known = dict(early.agreements.state.by_signing)
    whole = fold(spring)
    late = fold(chance.sample(spring, len(spring)), signings=known)
    assert agreements(late) == agreements(whole)
    assert events(late) == events(whole)
    assert set(known.values()) <= set(late.agreements.agreements), "an id once minted never goes"


def redated(number: int) -> list[Row]:
    """Rows of which three are printed with another day on each list, then with their last."""
    found = rows(14)
    for place in range(3):
        signed = date(2025, 3, 3) - timedelta(days=min(number, 4) if place else 0)
        found[place] = found[place].but(signed=signed)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, seed: int) -> None:
    days = [date(2025, 4, 1) + timedelta(days=3 * number) for number in range(7)]
    lists = {list_name(day): participating(redated(number)) for number, day in enumerate(days)}
    whole = ledger_of(tmp_path / "whole", lists)
    chance = random.Random(seed)
    order = chance.sample(sorted(lists), len(lists))
    cut = chance.randint(1, 3)
    place = tmp_path / "first"
    place.mkdir()
    for name in order[:cut]:
        (place / name).write_bytes(lists[name])
    build([place], tmp_path / "record")
    ids = set(open_record(tmp_path / "record").read("agreements")["agreement_id"])
    for name in order[cut:]:
        fold_in([read_list(name, lists[name])], tmp_path / "record")
    arrived = ledger287.open(tmp_path / "record")
    assert ids <= set(arrived.table("agreements")["agreement_id"]), "ids that a record gave stay"
    mine, theirs = history(arrived), history(whole)
    for name in ("agencies", "names", "prints", "pending"):
        assert mine[name] == theirs[name], name
    columns = [name for name in whole.table("changes").columns if name not in ("agreement_id", "other_id")]
    assert arrived.table("changes").select(columns).rows() == whole.table("changes").select(columns).rows()
    assert len(mine["agreements"]) == len(theirs["agreements"]) == 14
