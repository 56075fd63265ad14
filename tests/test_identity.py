"""An agency keeps one id through its spellings; different agencies with similar names stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import identity as bench
from ledger287.ledger.fold.folding import fold
from ledger287.ledger.identity.agencies import (
    NO_DECISIONS,
    Identity,
    RegistryEntry,
    committed_decisions,
    committed_registry,
    minted_id,
)
from ledger287.ledger.identity.spelling import likeness, plain
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import open_record
from ledger287.sources.ice_lists.printed import PrintedList


@pytest.fixture(scope="module")
def lists() -> list[PrintedList]:
    return printed_lists(open_record())


@pytest.mark.parametrize(
    ("state", "one", "other", "expected"),
    [
        ("AZ", "Pima County Sheriff's Office", "Pinal County Sheriff's Office", "different"),
        ("FL", "Melbourne Police Department", "Melbourne Beach Police Department", "different"),
        ("FL", "University of Florida Police Department", "University of West Florida Police Department", "different"),
        ("TX", "Coke County Sheriff's Office", "Cooke County Sheriff's Office", "different"),
        ("TX", "Nueces County Constable Precinct 3", "Nueces County Constable Precinct 5", "different"),
        ("FL", "Orange County Sheriff's Office", "Orange City Police Department", "different"),
        ("MO", "Pettis County Sheriff's Office", "Pettis County Sheriff's Department ", "same"),
        ("FL", "Ft. Myers Police Dept.", "Fort Myers Police Department", "same"),
        ("FL", "Tampa PD", "Tampa Police Department", "same"),
        ("TX", "Goliad County Sheriff’s Office", "Goliad County Sheriff's Office", "same"),
        ("AK", "Alaska Department of Corrections", "Department of Corrections", "same"),
        ("TX", "La Vernia Police Deparment", "La Vernia Police Department", "same"),
    ],
)
def test_likeness(state: str, one: str, other: str, expected: str) -> None:
    told = likeness(state, one, other)
    assert told == likeness(state, other, one)
    assert (told == "same") == (expected == "same")


def test_the_labelled_pairs() -> None:
    assert len(bench.pairs()) >= 400
    rules = bench.score("rules", bench.by_rules(NO_DECISIONS))
    judged = bench.score("judgements", bench.by_rules(committed_decisions()))
    assert not rules.false
    assert not judged.false
    assert rules.recall >= 0.75
    assert judged.recall > rules.recall


def test_folding_from_nothing_makes_no_false_merge(lists: list[PrintedList]) -> None:
    folded = bench.score("all", bench.by_folding(lists))
    assert not folded.false
    assert not folded.missed


def test_rules_and_judgements_from_nothing_give_the_registrys_agencies(lists: list[PrintedList]) -> None:
    """The registry freezes what the rules and identity decisions say; it holds nothing of its own."""
    scratch = bench.spellings(fold(lists, Identity((), committed_decisions())))
    committed = bench.spellings(fold(lists))
    together: dict[frozenset[str], set[frozenset[str]]] = {}
    apart: dict[frozenset[str], set[frozenset[str]]] = {}
    for spelling, ids in committed.items():
        together.setdefault(ids, set()).add(scratch[spelling])
        apart.setdefault(scratch[spelling], set()).add(ids)
    assert [ids for ids, others in together.items() if len(others) > 1] == []
    assert [ids for ids, others in apart.items() if len(others) > 1] == []


def test_ids_are_the_registrys_whatever_is_read(lists: list[PrintedList]) -> None:
    whole = bench.spellings(fold(lists))
    for some in (lists[700:760], lists[:40], list(reversed(lists[-30:]))):
        for spelling, ids in bench.spellings(fold(some)).items():
            assert ids <= whole[spelling]


def test_the_registry_is_whole(lists: list[PrintedList]) -> None:
    assert fold(lists).identity.minted == []
    entries = committed_registry()
    assert len({(entry.state, entry.spelling) for entry in entries}) == len(entries)
    states = {entry.agency_id: entry.state for entry in entries}
    assert all(states[entry.agency_id] == entry.state for entry in entries), "an agency is in one state"


names = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@given(names, names)
def test_laws_of_likeness(one: str, other: str) -> None:
    assert likeness("TX", one, one) == "same"
    assert likeness("TX", one, other) == likeness("TX", other, one)
    assert likeness("TX", one, f"  {one.upper() if plain(one.upper()) == plain(one) else one} ") == "same"


@given(names)
def test_an_id_depends_on_what_was_printed_alone(name: str) -> None:
    first, second = Identity((), NO_DECISIONS), Identity((), NO_DECISIONS)
    second.agency(("TEXAS", "Another Made-up Police Department of Nowhere 99"), "TX", "Another Made-up 99")
    assert minted_id(("TEXAS", name)) == first.agency(("TEXAS", name), "TX", name).agency_id


def test_a_judgement_joins_and_a_new_spelling_finds_its_agency() -> None:
    known = RegistryEntry("ag-0000001", "FL", ("FLORIDA", "Made-up Springs Police Department"))
    identity = Identity((known,), NO_DECISIONS)
    assert identity.agency(("FLORIDA ", "Made-up Springs PD"), "FL", "Made-up Springs PD").agency_id == "ag-0000001"
    other = identity.agency(("FLORIDA", "Made-up Springs Beach PD"), "FL", "Made-up Springs Beach PD")
    assert other.agency_id != "ag-0000001"
