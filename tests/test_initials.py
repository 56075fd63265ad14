"""Initials find an agency; where nothing is near, nothing is offered."""

from datetime import date

import pytest

import ledger287
from ledger287.ledger.query.initials import near_names, read_initials


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: date(2026, 5, 8))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("FHP", "Florida Department of Highway Safety and Motor Vehicles, Division of Highway Patrol"),
        ("F.H.P.", "Florida Department of Highway Safety and Motor Vehicles, Division of Highway Patrol"),
        ("fdle", "Florida Department of Law Enforcement"),
        ("KBI", "Kansas Bureau of Investigation"),
        ("SLED", "South Carolina Law Enforcement Division"),
    ],
)
def test_initials_find_an_agency(atlas: ledger287.Atlas, typed: str, name: str) -> None:
    assert atlas.agency(typed).name == name


def test_initials_of_several_name_them(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.QueryError, match="agencies have the initials 'TPD'") as raised:
        atlas.agency("TPD")
    assert "Tampa PD, FL" in str(raised.value)
    assert "more" in str(raised.value)
    assert raised.value.code == "several_agencies"
    assert len(raised.value.choices) > 10
    assert atlas.agency("PBSO", state="FL").name == "Palm Beach County Sheriff's Office"


@pytest.mark.parametrize("typed", ["NYPD", "TBI", "xyzzy", "quite another thing"])
def test_nothing_near_is_nothing_offered(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency(typed)
    assert str(raised.value) == f"no agency {typed!r}, and no name is near."


@pytest.mark.parametrize("typed", ["Colier County Sherif", "Colier", "Collier"])
def test_what_is_near_is_offered_first(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused, match="The closest names") as raised:
        atlas.agency(typed)
    assert str(raised.value).splitlines()[1].strip().startswith("Collier County Sheriff's Office, FL")


def test_what_is_no_initials() -> None:
    assert read_initials("F.H.P.") == "fhp"
    for text in ("Florida Highway Patrol", "A", "abcdefghij", "12", "ag-8zwthaz", ""):
        assert read_initials(text) is None, text
    assert near_names("", [("a", "FL", "Any")], 5) == []
