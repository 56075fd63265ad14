"""Initials find an agency; where nothing is near, nothing is offered."""

from datetime import date

import pytest

import ledger287
from ledger287.core import declared
from ledger287.ledger.query.named.initials import every_initials, near_names, read_initials, with_initials
from ledger287.ledger.query.named.spanish_names import spanish_states
from ledger287.web.edition.search_entries import letters, named


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
        ("FWC", "Florida Fish & Wildlife Conservation Commission"),
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


@pytest.mark.parametrize(("typed", "larger"), [("LAPD", "Los Angeles"), ("SFPD", "San Francisco"), ("CPD", "Chicago")])
def test_initials_of_a_larger_department_elsewhere_are_not_those_of_a_town(
    atlas: ledger287.Atlas, typed: str, larger: str
) -> None:
    with pytest.raises(ledger287.QueryError) as raised:
        atlas.agency(typed)
    assert f"{larger} Police Department" in str(raised.value)
    assert "in no list by that name" in str(raised.value)
    assert raised.value.choices


def test_an_answer_by_initials_says_that_these_were_read(atlas: ledger287.Atlas) -> None:
    assert "'FHP' is read as the initials" in (atlas.agency("FHP").note or "")
    assert "the only one of FL" in (atlas.agency("LAPD", state="FL").note or "")
    assert atlas.agency("Florida Department of Law Enforcement").note is None


@pytest.mark.parametrize("typed", ["MDPD", "xyzzy", "quite another thing"])
def test_nothing_near_is_nothing_offered(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency(typed)
    assert str(raised.value) == f"no agency {typed!r}, and no name is near."


@pytest.mark.parametrize(("typed", "name"), [("NYPD", "New York"), ("NOPD", "New Orleans"), ("FWPD", "Fort Worth")])
def test_a_department_on_no_list_is_named_and_nothing_is_offered(atlas: ledger287.Atlas, typed: str, name: str) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency(typed)
    said = str(raised.value)
    assert said.startswith(f"no agency {typed!r} ({name} Police Department, ")
    assert said.endswith(", has these initials and is in no list by that name), and no name is near.")
    assert "ag-" not in said


@pytest.mark.parametrize("typed", ["Colier County Sherif", "Colier", "Colliers"])
def test_what_is_near_is_offered_first(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused, match="The closest names") as raised:
        atlas.agency(typed)
    assert str(raised.value).splitlines()[1].strip().startswith("Collier County Sheriff's Office, FL")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("COMET", "COMET Drug Task Force"),
        ("Montour", "Montour County Sheriff's Office"),
        ("Montour, PA", "Montour County Sheriff's Office"),
        ("Las Vegas Metro", "Las Vegas Metropolitan Police Department"),
    ],
)
def test_the_beginning_of_one_name_means_that_agency_and_the_answer_says_so(
    atlas: ledger287.Atlas, typed: str, named: str
) -> None:
    found = atlas.agency(typed)
    assert found.name == named
    assert "the only one" in (found.note or "")
    assert atlas.agency(named).note is None
    with pytest.raises(ledger287.Refused, match="The closest names"):
        ledger287.authority(atlas, "hold", typed)


@pytest.mark.parametrize("typed", ["Washington", "Office of", "Mont", "Col"])
def test_a_beginning_that_several_names_have_means_none(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused):
        atlas.agency(typed)


def test_what_is_no_initials() -> None:
    assert read_initials("F.H.P.") == "fhp"
    for text in ("Florida Highway Patrol", "A", "abcdefghij", "12", "ag-8zwthaz", ""):
        assert read_initials(text) is None, text
    assert near_names("", [("a", "FL", "Any")], 5) == []


@pytest.mark.parametrize(
    ("typed", "state", "named"),
    [
        ("Sarasota County", None, ["Sarasota County Sheriff's Office, FL"]),
        (
            "county of frederick",
            None,
            ["Frederick County Sheriff's Office, MD", "Frederick County Sheriff's Office, VA"],
        ),
        ("Frederick County, Virginia", None, ["Frederick County Sheriff's Office, VA"]),
        ("St Johns County", "FL", ["St. Johns County Sheriff's Office, FL"]),
        ("Jefferson Parish", None, ["Gretna Police Department, LA", "Kenner Police Department, LA"]),
        ("Orange County", "FL", ["Orange County Corrections Department, FL", "Orange County Sheriff's Office, FL"]),
    ],
)
def test_a_county_names_its_agencies_to_choose_from(
    atlas: ledger287.Atlas, typed: str, state: str | None, named: list[str]
) -> None:
    with pytest.raises(ledger287.QueryError, match="is the name of a county") as raised:
        atlas.agency(typed, state=state)
    lines = str(raised.value).splitlines()
    assert [line.split("  (")[0].strip() for line in lines[1:-1]][: len(named)] == named
    assert lines[-1].startswith("All that serve its people: near(")
    assert raised.value.code == "several_agencies"
    with pytest.raises(ledger287.QueryError, match="is the name of a county"):
        ledger287.authority(atlas, "hold", typed, state=state)


@pytest.mark.parametrize("typed", ["Berrian County", "Sarasota County", "Montour County", "Orange County, FL"])
def test_the_place_that_is_offered_is_known(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.QueryError) as raised:
        atlas.agency(typed)
    place = str(raised.value).splitlines()[-1].partition("near(")[2].strip(")\"'")
    assert atlas.near(place).county_names, place


def test_a_county_named_in_two_states_is_not_the_one_that_was_once_printed_so(atlas: ledger287.Atlas) -> None:
    """A page of 2009 has "Orange, County of" in California; the newest lists have Orange County, Florida."""
    with pytest.raises(ledger287.QueryError) as raised:
        atlas.agency("Orange County")
    assert {"CA", "FL", "TX"} <= {line.split("  (")[0][-2:] for line in str(raised.value).splitlines()[1:-1]}
    assert atlas.agency("Orange County", state="CA").name == "Orange County Sheriff's Office"


@pytest.mark.parametrize("typed", ["", "  ", "!!"])
def test_no_name_says_what_is_expected(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.Refused, match="no agency was named; expected any spelling"):
        atlas.agency(typed)


def test_an_agency_of_another_state_is_named_with_its_state(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency("Sarasota County Sheriff's Office", state="GA")
    told = str(raised.value).splitlines()
    assert told[0].endswith("in GA; it is in another state:")
    assert told[1].startswith("  Sarasota County Sheriff's Office, FL  (ag-")
    assert told[2] == "The closest names in GA: none is near."
    assert atlas.agency("Naples Police Department, Florida").state == "FL"
    assert atlas.agency("Carthage Police Department, IN").state == "IN", "IN is a state here, and no small word"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("THP", {"Texas Highway Patrol, TX": "ag-daz40ds", "THP, TN": "ag-4j522p6"}),
        (
            "ISP",
            {
                "Idaho State Police, ID": "ag-zec9r6h",
                "Indiana State Police Department, IN": "ag-fvd0qjy",
                "Iowa Dept. of Public Safety, IA": "ag-52y9g1f",
            },
        ),
    ],
)
def test_initials_that_several_have_in_any_of_their_names_name_them_all(
    atlas: ledger287.Atlas, typed: str, names: dict[str, str]
) -> None:
    with pytest.raises(
        ledger287.QueryError, match=f"agencies have the initials '{typed}'|'{typed}' may mean several"
    ) as raised:
        atlas.agency(typed)
    assert set(raised.value.choices) == set(names.values())
    for shown, agency_id in names.items():
        assert f"{shown}  ({agency_id})" in str(raised.value)


def test_a_misprinted_department_is_not_said_to_be_in_no_list(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.QueryError, match="agencies have the initials 'CPSO'") as raised:
        atlas.agency("CPSO")
    assert "ag-k9m53bc" in raised.value.choices, "Calcasieu Parish, also printed Calacasieu"
    assert "in no list" not in str(raised.value)


@pytest.mark.parametrize("typed", ["DPS", "THP", "ISP", "CPSO", "NSP", "SPD", "DOC"])
def test_initials_list_all_that_the_question_for_each_state_finds(atlas: ledger287.Atlas, typed: str) -> None:
    with pytest.raises(ledger287.QueryError) as raised:
        atlas.agency(typed)
    by_state: set[str] = set()
    for state in declared.states() + declared.territories():
        try:
            by_state.add(atlas.agency(typed, state=state.code).id)
        except ledger287.QueryError as several:
            by_state |= set(several.choices)
        except ledger287.Refused:
            continue
    assert set(raised.value.choices) == by_state
    if typed == "DPS":
        lines = str(raised.value).splitlines()[1:]
        assert {line.split("  (")[0][-2:] for line in lines} >= {"TX", "AZ", "CO", "AL", "MN", "GA"}
        assert not any("State of" in line for line in lines), "each by a name that has the initials"


@pytest.mark.parametrize(
    ("name", "lists", "before"),
    [
        ("Harris County Sheriff's Office", "ag-8fqt7cd", "ag-k50734d (TX)"),
        ("Mecklenburg County Sheriff's Office", "ag-058y30h", "ag-v0gwq51 (NC)"),
        ("Orange County Sheriff's Office", "ag-vjd3qp5", "ag-hdecb9d (CA)"),
    ],
)
def test_a_namesake_of_the_years_before_the_lists_is_offered_too(
    atlas: ledger287.Atlas, name: str, lists: str, before: str
) -> None:
    said = f"Only before the lists of 2021: {before}."
    with pytest.raises(ledger287.QueryError, match="agencies are named") as raised:
        atlas.agency(name)
    assert lists in str(raised.value) and said in str(raised.value)
    with pytest.raises(ledger287.QueryError, match="agencies are named") as raised:
        ledger287.authority(atlas, "hold", name, on=date(2025, 9, 1))
    assert said in str(raised.value)
    assert atlas.agency(name, state=before[-3:-1]).id == before.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Florida Hiway Patrol", "Division of Highway Patrol, FL"),
        ("Oklahoma Hiway Patrol", "Oklahoma Dept. of Public Safety, OK"),
        ("Mayami police", "City of Miami Police Department, FL"),
        ("policia de Mayami", "City of Miami Police Department, FL"),
        ("aguacil de Colier", "Collier County Sheriff's Office, FL"),
        ("Jaksonville police", "Jacksonville Sheriff's Office, FL"),
    ],
)
def test_near_spellings_of_kinds_and_names_are_offered_in_both_languages(
    atlas: ledger287.Atlas, typed: str, offered: str
) -> None:
    with pytest.raises(ledger287.Refused, match="The closest names") as raised:
        atlas.agency(typed)
    assert offered in str(raised.value)


@pytest.mark.parametrize(
    "typed",
    ["alguacil de Collier", "oficina del alguacil de Collier, Florida", "sheriff de Collier en Florida"],
)
def test_a_spanish_name_is_answered_and_the_answer_says_how_it_was_read(atlas: ledger287.Atlas, typed: str) -> None:
    found = atlas.agency(typed)
    assert found.name == "Collier County Sheriff's Office"
    assert "is read as 'collier sheriff'" in (found.note or "")


def test_a_misspelled_department_that_no_list_has_is_said_to_be_on_none(atlas: ledger287.Atlas) -> None:
    for typed in ("Chigaco police", "policia de Chicago"):
        with pytest.raises(ledger287.Refused, match=r"Chicago Police Department, IL .* officers") as raised:
            atlas.agency(typed)
        assert "ag-" not in str(raised.value)
    for typed in ("alguacil de Xyzzyplugh", "policia de Zzyzx"):
        with pytest.raises(ledger287.Refused, match="no name is near"):
            atlas.agency(typed)


def test_every_spanish_name_of_a_state_is_read() -> None:
    """The pages' names of states, but for accents, are the declared ones."""
    pages = {
        letters(name): state.code
        for state in (*declared.states(), *declared.territories())
        if (name := named(state.name).get("es")) and letters(name) != letters(state.name)
    }
    assert spanish_states() == pages


def test_the_index_of_initials_finds_what_the_question_finds() -> None:
    """Of names made for this test: the first way in which any of a state is found is the one that counts."""
    rows = [
        ("ag-1", "FL", "Synthetic County Sheriff's Office"),
        ("ag-2", "FL", "Synthetic Sheriff's Office"),
        ("ag-3", "TX", "Small City Sheriff's Office"),
    ]
    found = every_initials(rows)
    assert sorted(found["scso"]) == ["ag-1", "ag-3"]
    assert {initials: sorted(ids) for initials, ids in found.items()} == {
        initials: sorted(with_initials(initials, rows)) for initials in found
    }
