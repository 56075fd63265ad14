"""Agencies that no list has: a question for one is answered so, and never with another agency of a like name."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

import ledger287
from commands import run_command
from ledger287.places.atlas import Atlas
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return ledger287.open()


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(make_app(Site(None), watch=False))


def found(client: TestClient, query: str) -> list[tuple[str, str, str]]:
    rows = client.get(f"/search.json?most=8&q={quote(query)}").json()["results"]
    return [(row["kind"], row["name"], row["state"]) for row in rows]


def said(client: TestClient, url: str) -> str:
    page = client.get(url).text
    shown = page[page.index('id="answers"') : page.index("</div>", page.index('id="answers"'))]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Chicago police department", ("city", "Chicago", "IL")),
        ("chicago pd", ("city", "Chicago", "IL")),
        ("policía de Chicago", ("city", "Chicago", "IL")),
        ("New York City Police", ("city", "New York", "NY")),
        ("Boston Police Department", ("city", "Boston", "MA")),
        ("Miami Lakes Police Department", ("city", "Miami Lakes", "FL")),
        ("Cook County Sheriff, IL", ("county", "Cook County", "IL")),
        ("alguacil del condado de Cook, Illinois", ("county", "Cook County", "IL")),
    ],
)
def test_a_search_for_an_agency_of_no_list_finds_its_place_and_no_other_agency(
    client: TestClient, typed: str, place: tuple[str, str, str]
) -> None:
    results = found(client, typed)
    assert results[0] == place
    assert not [row for row in results if row[0] == "agency"]
    shown = said(client, f"/search?q={quote(typed)}")
    assert "is on no list or page of this record" in shown or "No agency of that name" in shown


def test_a_larger_department_of_the_name_is_said_next_to_the_one_that_is_listed(client: TestClient) -> None:
    assert found(client, "houston police department") == [("agency", "Houston Police Department", "MO")]
    shown = said(client, "/search?q=houston+police+department")
    assert "Houston Police Department, Texas, is on no list or page of this record." in shown
    spanish = said(client, "/es/search?q=policia+de+Chicago")
    assert "no figura en ninguna lista" in spanish
    assert "Quién tiene acuerdos allí" in spanish


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("colier county sheriff", "Collier County Sheriff's Office"),
        ("sherif of Colier", "Collier County Sheriff's Office"),
        ("hernado sheriff", "Hernando County Sheriff's Office"),
        ("policía estatal de Texas", "Texas Department of Public Safety - Texas Highway Patrol"),
        ("DPS de Texas", "Texas Department of Public Safety - Texas Highway Patrol"),
        ("Departamento de Seguridad Pública de Texas", "Texas Department of Public Safety - Texas Highway Patrol"),
        ("regional police", "Greene Washington Regional Police Department"),
        ("Northern York Regional Police", "Northern York County Regional Police Department"),
    ],
)
def test_what_is_near_is_found(client: TestClient, typed: str, name: str) -> None:
    assert name in [row[1] for row in found(client, typed)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Chicago police department", "Chicago Police Department, IL (11,542 officers)"),
        ("Cook County Sheriff", "Cook County Sheriff's Office, IL (1,835 officers)"),
        ("Boston PD", "Boston Police Department, MA"),
        ("Baltimore County Police Department", "Baltimore County Police Department, MD"),
    ],
)
def test_the_question_for_an_agency_names_who_has_the_name_and_offers_no_other(
    atlas: Atlas, typed: str, says: str
) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency(typed)
    told = str(raised.value)
    assert says in told
    assert not {"Cisco", "Cooke", "Blountstown"} & {*re.findall(r"[A-Z][a-z]+", told)}


def test_the_answer_of_a_small_department_says_that_larger_ones_have_its_name(atlas: Atlas) -> None:
    found = atlas.agency("Houston Police Department")
    assert found.state == "MO"
    assert "Houston Police Department, TX (5,320 officers)" in (found.note or "")
    assert atlas.agency("Collier County Sheriff's Office").note is None
    assert atlas.agency(found.id).note is None


def test_a_city_whose_police_is_the_listed_sheriff_is_not_said_to_be_missing(atlas: Atlas) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency("Jacksonville police")
    told = str(raised.value)
    assert "Jacksonville Police Department, FL (" not in told
    assert "Jacksonville Sheriff's Office, FL" in told


def test_a_town_that_other_tables_lack_is_in_its_county(atlas: Atlas) -> None:
    near = atlas.near("Miami Lakes, FL", on="2026-05-08")
    assert near.county_names == ("Miami-Dade County",)
    assert "Miami-Dade Sheriff's Office" in [one.name for one in near.here]


def test_where_a_county_is_unknown_the_command_counts_no_agencies() -> None:
    done = run_command("near", "Lazy Lake, FL", "--on", "2026-05-08")
    assert "cannot tell which agencies are here" in done.stdout
    assert "0 agencies" not in done.stdout


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("LAPD", "Los Angeles Police Department, California"),
        ("SFPD", "San Francisco Police Department, California"),
        ("HPD", "Houston Police Department, Texas"),
        ("APD", "Atlanta Police Department, Georgia"),
    ],
)
def test_initials_of_a_larger_department_that_no_list_has_are_said_to_be_its(
    client: TestClient, typed: str, name: str
) -> None:
    shown = said(client, f"/search?q={typed}")
    assert f"{name}, is on no list or page of this record." in shown
    assert "Agencies of the record with these initials" in shown and "spelled like that" not in shown
    told = client.get(f"/search.json?q={typed}").json()["absent"]
    assert told[0]["name"] == name.partition(",")[0]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Lee County, Alabama", ["Lee County"]),
        ("Carolina del Norte", ["North Carolina"]),
        ("sherrif tarrant", ["Tarrant County Sheriff’s Office"]),
        (
            "Dept of Public Safety Texas",
            [
                "Texas Department of Public Safety - Texas Highway Patrol",
                "Texas Department of Public Safety- Criminal Investigations Division",
            ],
        ),
    ],
)
def test_a_search_has_all_that_is_meant_and_nothing_that_is_only_alike(
    client: TestClient, typed: str, names: list[str]
) -> None:
    assert [name for _, name, _ in found(client, typed)] == names


def test_a_department_of_corrections_is_found_by_its_short_word(client: TestClient) -> None:
    short, full = found(client, "Dept of Corrections"), found(client, "Department of Corrections")
    assert short == full and len(full) > 3
    assert all("Correction" in name for _, name, _ in full)
