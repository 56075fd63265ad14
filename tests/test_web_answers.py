"""A county in plain words, ZIP codes, the About page, and feeds of counties, models and kinds."""

import json
import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from ledger287.core import declared
from ledger287.web.pages.about import CONTACT, OPERATOR
from ledger287.web.server.app import make_app
from sites import site_on

ATOM = "{http://www.w3.org/2005/Atom}"


def opened() -> TestClient:
    return TestClient(make_app(site_on(date(2026, 5, 8)), watch=False))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with opened() as client:
        yield client


def text_of(client: TestClient, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_a_county_begins_in_plain_words(client: TestClient) -> None:
    told = text_of(client, "/county/12021")
    jail, street = told.index("In the jail:"), told.index("On the street:")
    assert told.index("3 local agencies") < jail < street < told.index("Agencies that serve the entire county")
    assert "since June 9, 2020" in told[jail:street]
    assert "Jail Enforcement Model" in told[jail:street]
    assert "question people in the jail" in told[jail:street]
    assert "En la cárcel:" in text_of(client, "/es/county/12021")
    assert "In the jail:" not in text_of(client, "/county/36061")
    many = text_of(client, "/county/12099")
    assert re.search(r"and \d+ more, the first since February 26, 2025", many)


def test_neighbors_have_people_and_a_rate(client: TestClient) -> None:
    around = client.get("/county/12021.json").json()["neighbours"]
    for one in around:
        assert one["per_100k"] == round(one["agencies"] * 1e5 / one["residents"], 1), one
    assert "Agencies per 100,000 residents" in text_of(client, "/county/12021")


@pytest.mark.parametrize(("typed", "fips"), [("34102", "12021"), ("34102-1234", "12021"), ("12021", "12021")])
def test_a_zip_code_finds_its_county(client: TestClient, typed: str, fips: str) -> None:
    found = client.get("/search.json", params={"q": typed}).json()["results"]
    assert ("county", fips) in [(one["kind"], one["id"]) for one in found]


def test_about_says_who_runs_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "The operator has not given a name." in text_of(client, "/about")
    assert len(client.get("/about.json").json()["corrections"]) == len(declared.corrections())
    monkeypatch.setenv(OPERATOR, "A <Newsroom>")
    monkeypatch.setenv(CONTACT, "errors@newsroom.example")
    with opened() as set_up:
        page = set_up.get("/about").text
    assert "A &lt;Newsroom&gt;" in page
    assert 'href="mailto:errors@newsroom.example"' in page
    monkeypatch.setenv(CONTACT, "javascript:alert(1)")
    with opened() as set_up:
        assert 'href="javascript' not in set_up.get("/about").text


def test_feeds_of_a_county_a_model_and_a_kind(client: TestClient) -> None:
    changes = json.loads(client.get("/api/v1/changes?since=1996-01-01&county=12021&limit=1000").text)
    county = ElementTree.fromstring(client.get("/feeds/county/12021.atom").content)
    assert len(county.findall(f"{ATOM}entry")) == min(100, changes["total"])
    assert client.get("/feeds/model/wso.atom").content == client.get("/feeds/model/WSO.atom").content
    assert client.get("/feeds/state/fl.atom").content == client.get("/feeds/state/FL.atom").content
    model = ElementTree.fromstring(client.get("/feeds/model/WSO.atom?kind=signed&kind=delisted").content)
    kinds = {one.attrib["term"] for one in model.iter(f"{ATOM}category")}
    assert kinds == {"signed", "delisted"}
    assert (model.findtext(f"{ATOM}id") or "").endswith("/feeds/model/WSO.atom?kind=delisted&kind=signed")
    assert 'href="/feeds/county/12021.atom"' in client.get("/county/12021").text
    for wrong in (
        "changes.atom?state=FL",
        "changes.atom?kind=sgned",
        "changes.atom?kind=signed&kind=signed",
        "timeline.atom?kind=signed",
    ):
        assert client.get(f"/feeds/{wrong}").status_code == 400, wrong
    for missing in ("county/99999", "model/XYZ", "county/abc"):
        assert client.get(f"/feeds/{missing}.atom").status_code == 404, missing


def test_signed_is_the_headline_of_changes_and_a_filter_has_its_own_total(client: TestClient) -> None:
    data = client.get("/changes.json?since=2026-04-01&until=2026-04-30").json()["counts"]
    told = text_of(client, "/changes?since=2026-04-01&until=2026-04-30")
    assert f"{data['signed']} agreements signed" in told
    assert "do not add these two" in told
    one = text_of(client, "/changes?since=2026-04-01&until=2026-04-30&kind=delisted")
    assert f": {data['delisted']}" in one
    assert "agreements signed" not in one.split("By ICE")[0]
    assert "0 agreements signed" in text_of(client, "/changes?since=2021-02-02&until=2021-02-03")
