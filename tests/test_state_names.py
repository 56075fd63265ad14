"""State agencies by the names that people use: each leads to the agency meant, or says that no list has it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import ledger287
from commands import run_command
from ledger287.core import declared
from ledger287.ledger.query.named.state_agencies import StateAgency, state_agencies
from ledger287.web.server.app import make_app
from sites import site_on

DAY = date(2026, 5, 8)


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: DAY)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(DAY), watch=False)) as opened:
        yield opened


def found(atlas: ledger287.Atlas, text: str, state: str | None = None) -> tuple[set[str], str]:
    """The ids that an answer or a refusal names, and its words."""
    try:
        answer = atlas.agency(text, state=state)
    except ledger287.Refused as refused:
        return set(getattr(refused, "choices", ())), str(refused)
    return {answer.id}, answer.note or ""


def test_every_state_has_its_police_and_its_prisons() -> None:
    """Also Connecticut and Hawaii: a state without an entry would be answered with its neighbors."""
    for word in ("state police", "doc"):
        lacking = {one.code for one in declared.states()} - {
            one.state for one in state_agencies() if word in one.with_state
        }
        assert lacking <= {"DC"}, word


def test_every_id_is_of_an_agency_of_that_state(atlas: ledger287.Atlas) -> None:
    for one in state_agencies():
        for agency_id in one.record:
            answer = atlas.agency(agency_id)
            assert answer.state == one.state, one
            assert answer.jurisdiction is None or answer.jurisdiction.ground == "state", one


def test_a_short_name_leads_to_the_agency_or_says_that_no_list_has_it(atlas: ledger287.Atlas) -> None:
    """Nothing else is offered in place of an agency that no list has; others of the same name are named with it."""
    by_way: dict[str, list[StateAgency]] = {}
    for one in state_agencies():
        for way in one.ways:
            by_way.setdefault(way, []).append(one)
    for way, those in by_way.items():
        ids, said = found(atlas, way)
        wanted = {agency_id for one in those for agency_id in one.record}
        assert wanted <= ids, (way, said)
        if not wanted and not ids:
            assert "on no list or page of this record" in said, (way, said)
            assert "ag-" not in said, (way, said)
        if len(wanted) == 1 and len(those) == 1 and len(ids) == 1:
            assert ids == wanted


@pytest.mark.parametrize(
    ("text", "state", "name"),
    [
        ("TDOC", None, "Tennessee Department of Corrections"),
        ("Georgia DPS", None, "Georgia Department of Public Safety"),
        ("GA DPS", None, "Georgia Department of Public Safety"),
        ("VSP", "VA", "Virginia Department of State Police"),
        ("troopers, TN", None, "Tennessee Department of Safety and Homeland Security"),
        ("state police", "ID", "Idaho State Police Department"),
        ("state police of Virginia", None, "Virginia Department of State Police"),
    ],
)
def test_usual_names(atlas: ledger287.Atlas, text: str, state: str | None, name: str) -> None:
    answer = atlas.agency(text, state=state)
    assert answer.name == name
    assert "is read as" in (answer.note or "")


@pytest.mark.parametrize("text", ["Texas DPS", "DPS Texas", "TxDPS", "TX DPS"])
def test_a_department_of_two_rows_names_both_and_no_other(atlas: ledger287.Atlas, text: str) -> None:
    ids, said = found(atlas, text)
    assert ids == {"ag-daz40ds", "ag-ny37aaj"}
    assert "--state" not in said


def test_a_state_that_is_given_is_not_proposed(atlas: ledger287.Atlas) -> None:
    for text, state in (("dps", "TX"), ("pd", "TX"), ("PD", "FL")):
        _, said = found(atlas, text, state)
        assert "--state" not in said, said


@pytest.mark.parametrize("text", ["Ohio state police", "TDCJ", "Pennsylvania State Police", "NYSP", "Texas prisons"])
def test_what_is_on_no_list_is_said_and_nothing_is_offered(
    atlas: ledger287.Atlas, client: TestClient, text: str
) -> None:
    ids, said = found(atlas, text)
    assert not ids
    assert said.startswith(f"no agency {text!r}: ") and "on no list or page of this record" in said
    page = client.get("/search", params={"q": text}).text
    assert "is on no list or page of this record" in page
    assert 'href="/agency/' not in page


def test_the_search_finds_what_the_command_finds(client: TestClient) -> None:
    for text, ids in (("Texas DPS", {"ag-daz40ds", "ag-ny37aaj"}), ("TDOC", {"ag-5xqecbs"}), ("VSP", {"ag-m28nefe"})):
        hits = client.get("/search.json", params={"q": text}).json()["results"]
        assert ids <= {one["id"] for one in hits[:3]}, (text, hits[:3])


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("alguacil", "/agency/"),
        ("alguacil del condado", "/agency/"),
        ("policía", "/agency/"),
        ("código postal 34112", "/county/12021"),
        ("Codigo Postal 34112-1234", "/county/12021"),
        ("ZIP code 34112", "/county/12021"),
        ("zip 34112", "/county/12021"),
        ("00601", "/state/PR"),
        ("código postal 00601", "/state/PR"),
        ("condado de Collier", "/county/12021"),
        ("alguacil del condado de Collier", "/agency/ag-xmzr6yc"),
    ],
)
def test_spanish_words_alone_and_before_a_zip_code_find(client: TestClient, text: str, path: str) -> None:
    page = client.get("/es/search", params={"q": text})
    (first, *_) = client.get("/search.json", params={"q": text}).json()["results"]
    assert first["path"].startswith(path), (text, first)
    assert f'href="/es{first["path"]}"' in page.text
    assert "34112" not in text or "El condado del código postal 34112" in page.text


def test_names_of_states_are_declared_once_and_shown_as_declared(tmp_path: Path) -> None:
    """The gazetteer has the same names; a map is headed by them, also where letters are not those of a title."""
    names = declared.state_names()
    assert {row["code"]: row["name"] for row in declared.rows("places/states.csv")} == names
    for code in ("DC", "VI"):
        drawn = tmp_path / f"{code}.svg"
        assert run_command("map", "--on", "2026-05-08", "--state", code, "--out", str(drawn)).returncode == 0
        assert f"in force in {names[code]}" in drawn.read_text(encoding="utf-8")
