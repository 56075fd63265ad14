"""Pages of outcomes: the snapshot of a day with its cells, what a state's counts show, and data under each page."""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(make_app(Site(None, today=lambda: date(2026, 5, 8)), watch=False)) as client:
        yield client


def test_the_page_of_a_day_answers_by_its_snapshot(site: TestClient) -> None:
    page = site.get("/outcomes?on=2022-03-27").text
    assert "20,733" in page and "15,033" in page and "72.5%" in page and "F23" in page
    told = site.get("/outcomes.json?on=2022-03-30").json()
    assert (told["snapshot"]["as_of"], told["days_before"]) == ("2022-03-27", 3)


def test_a_day_before_the_first_snapshot_says_so(site: TestClient) -> None:
    assert "No snapshot of people held is known" in site.get("/outcomes?on=2018-01-01").text
    assert site.get("/outcomes.json?on=2018-01-01").json()["snapshot"] is None


def test_later_workbooks_are_not_known_earlier(site: TestClient) -> None:
    told = site.get("/outcomes.json?on=2021-04-12&known_on=2021-04-12").json()
    assert told["snapshot"]["as_of"] == "2021-03-27"


def test_identified_links_only_agencies_of_the_record(site: TestClient) -> None:
    page = site.get("/outcomes/identified").text
    assert "268,065" in page and "175,104" in page and "41,891" in page
    assert "/agency/ag-xmzr6yc" in page
    rows = site.get("/outcomes/identified.csv").text.splitlines()
    assert len(rows) == 73 * 8 + 1


def test_a_states_page_shows_both_compilations_and_sources(site: TestClient) -> None:
    page = site.get("/outcomes/state/TX").text
    assert "124,848" in page and "143,233" in page
    assert page.count("<h2>People held in the state, by month</h2>") == 2
    assert "55.4%" in site.get("/outcomes/state/PA").text
    assert site.get("/outcomes/state/ZZ").status_code == 404


def test_spanish(site: TestClient) -> None:
    page = site.get("/es/outcomes/state/PA").text
    assert "Resultados en Pensilvania" in page and "Órdenes de retención" in page


def test_a_facilitys_page_has_both_sources_and_ices_averages(site: TestClient) -> None:
    page = site.get("/outcomes/facility/STWRTGA").text
    assert page.count("<h2>People held in the facility, by month</h2>") == 2
    assert "Averages that ICE printed" in page and "/county/13259" in page
    assert site.get("/outcomes/facility/NOSUCH").status_code == 404


def test_county_and_agency_pages_show_what_is_known_of_them(site: TestClient) -> None:
    assert "STEWART DETENTION CENTER" in site.get("/county/13259").text
    assert "STEWART DETENTION CENTER" not in site.get("/county/13259?known_on=2025-06-01").text
    agency = site.get("/agency/ag-xmzr6yc")
    assert "4,859 people identified, 3,184 of them removed" in agency.text
    assert site.get("/agency/ag-xmzr6yc.json").json()["identified"]["identified"] == 4859
