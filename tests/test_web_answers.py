"""A county in plain words, ZIP codes, the About page, and feeds of counties, models and kinds."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.web.server.app import make_app
from ledger287.web.server.operator import CONTACT, OPERATOR
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


@pytest.mark.parametrize(
    ("typed", "fips"),
    [
        ("34102", "12021"),
        ("34102-1234", "12021"),
        ("12021", "12021"),
        ("Naples, FL 34102", "12021"),
        ("123 Main St, Naples FL 34102-1234", "12021"),
        ("Collier 12021", "12021"),
    ],
)
def test_a_zip_code_finds_its_county(client: TestClient, typed: str, fips: str) -> None:
    found = client.get("/search.json", params={"q": typed}).json()["results"]
    assert ("county", fips) in [(one["kind"], one["id"]) for one in found]


def test_an_address_with_an_unknown_zip_code_is_found_by_its_city(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "Naples, FL 99999"}).json()["results"]
    assert {"Naples Police Department", "Naples"} & {one["name"] for one in found}
    assert {one["state"] for one in found} == {"FL"}


def test_the_zip_code_of_an_address_is_no_countys_own_code(client: TestClient) -> None:
    """13001 is a county of Georgia, and 12010 a ZIP code of Montgomery County, New York, in parts of others."""
    found = client.get("/search.json", params={"q": "Amsterdam, NY 12010"}).json()["results"]
    assert found[0]["name"] == "Montgomery County"
    assert len(found) > 1
    assert {one["state"] for one in found} == {"NY"}


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


def test_a_county_of_agencies_whose_people_nobody_knows_is_not_said_to_have_none(client: TestClient) -> None:
    """Only a prosecutor of two counties has an agreement in Kay County, Oklahoma; no source says whom it serves."""
    for path, unknown in (
        ("/county/40071", "Unknown: 43,641"),
        ("/es/county/40071", "Se desconoce: aquí viven 43,641"),
    ):
        page = text_of(client, path)
        assert unknown in page and "(0.00%)" not in page, path
    assert client.get("/county/40071.json").json()["uncounted"]


def test_a_county_names_the_agencies_that_its_figure_leaves_out(client: TestClient) -> None:
    """League City is for the most part in Galveston County; how many of its people are in Harris County is unknown."""
    page = text_of(client, "/county/48201")
    assert "1,928 of 4,835,125 residents" in page
    assert page.partition("how many people of this county they serve: ")[2].startswith("League City Police Department")
    assert "Not counted" not in text_of(client, "/county/12021")  # a sheriff is: the upper bound is everybody


@pytest.mark.parametrize("most", ["abc", "0", "41", "-1", "٣"])
def test_a_number_of_results_that_is_none_is_refused(client: TestClient, most: str) -> None:
    refused = client.get("/es/search", params={"q": "a", "most": most})
    assert refused.status_code == 400 and "se esperaba un número del 1 al 40" in refused.text


def test_days_of_signing_in_changes_are_as_readers_write_them(client: TestClient) -> None:
    collier = "agency/ag-xmzr6yc"
    assert "in place of the one signed Aug 6, 2007" in text_of(client, f"/{collier}")
    assert "en lugar del firmado el 6 ago 2007" in text_of(client, f"/es/{collier}")
    assert "Firmado: 28 jun 2013 → 13 jun 2016." in client.get(f"/es/feeds/{collier}.atom").text


def test_what_the_fbi_says_of_an_agency_is_in_spanish(client: TestClient) -> None:
    page = text_of(client, "/es/agency/ag-xmzr6yc")
    assert "Collier, Condado" in page and "lista del FBI: condado de Collier." in page
    assert "según Arutz Sheva y Time" in text_of(client, "/es/timeline?kind=staff")
    chart = client.get("/es/chart/timeline.svg").text
    assert "comunicado del DHS del 2 de septiembre de 2025" in chart and "comunicado de DHS" not in chart


def test_the_fields_of_ranks_and_growth_say_what_they_choose(client: TestClient) -> None:
    assert "What is ranked" in text_of(client, "/answers/ranks") and "Ranked by" in text_of(client, "/answers/ranks")
    assert "Agrupar por" in text_of(client, "/es/answers/growth")


def test_a_ranked_county_has_its_spanish_name(client: TestClient) -> None:
    said = text_of(client, "/es/answers/ranks?of=county")
    assert "El condado de Palm Beach, FL, ocupa el primer lugar" in said and "Palm Beach County" not in said
    assert "Palm Beach County, FL, ranks first" in text_of(client, "/answers/ranks?of=county")


def test_two_days_side_by_side_have_days_as_readers_write_them(client: TestClient) -> None:
    page = text_of(client, "/es/compare?a=2025-01-30&b=2026-05-08")
    assert "24 jul 2020" in page and "2020-07-24" not in page


def test_the_foot_of_every_page_has_the_version_of_the_software(client: TestClient) -> None:
    for path in ("/", "/download", "/es/download", "/about", "/method"):
        assert re.search(rf"ledger287 {re.escape(ledger287.__version__)}</p>", client.get(path).text), path
    assert client.get("/download.json").json()["version"] in client.get("/download").text


def test_the_years_of_a_long_chart_do_not_touch(client: TestClient) -> None:
    """People held in Texas since 2005: each second year is named, for a phone has no room for all."""
    narrow = re.findall(r"(?s)<svg.*?</svg>", client.get("/outcomes/state/TX").text)
    for chart in narrow:
        ticks = [(float(at), year) for at, year in re.findall(r'x="([\d.]+)"[^>]*>(’\d\d)<', chart)]
        assert all(right[0] - left[0] > 18 for left, right in pairwise(ticks)), ticks


def test_a_word_of_a_story_is_read_once_as_one_thing(client: TestClient) -> None:
    story = "Según los registros, 1,783 acuerdos estaban vigentes el 8 de mayo de 2026 en 39 estados."
    read = client.post("/api/v1/check", json={"text": story, "date": "2026-05-08"}).json()["claims"][0]["read"]
    assert len(read) == len({(tuple(one["span"]), one["role"]) for one in read}) and len(read) > 5


def test_what_the_form_of_the_hold_does_not_have_is_named_in_words(client: TestClient) -> None:
    hold = {"state": "GA", "charges_cleared": "2025-07-03 10:00", "detainer_received": "2025-07-02 08:00"}
    for path, says in (
        ("/hold", "ICE canceled the detainer; not in this form"),
        ("/es/hold", "ICE canceló la retención"),
    ):
        page = client.post(path, data={**hold, "detainer_form": "I-247A", "released": "2025-07-05 11:00"}).text
        assert says in page and "(detainer_cancelled)" not in page, path


@pytest.mark.parametrize("fips", ["12021", "48201", "36061", "15003"])
def test_neighbors_are_the_same_by_command_in_python_and_on_the_page(client: TestClient, fips: str) -> None:
    page = client.get(f"/county/{fips}.json?on=2026-05-08").json()["neighbours"]
    words = ["near", f"FIPS {fips}", "--on", "2026-05-08", "--neighbors"]
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["neighbors"]
    assert told == page
    atlas = ledger287.open()
    spot = atlas.near(f"FIPS {fips}", on="2026-05-08").spot
    assert [one.fips for one in atlas.neighbors(spot, on="2026-05-08")] == [one["fips"] for one in page]
    text = CliRunner().invoke(app, words).stdout
    assert f"\n  {len(page)} {'county' if len(page) == 1 else 'counties'} around" in text
    for one in page:
        assert re.search(rf"{one['name']}, {one['state']} +{one['agencies']} agenc\w+ +{one['residents']:,} res", text)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/changes?state=FL&since=2025-03-01&until=2025-03-31", "Florida: 37 agreements signed."),
        ("/changes?state=FL&kind=signed&since=2025-03-01&until=2025-03-31", "Florida: 37 agreements signed."),
        (
            "/es/changes?county=Collier&since=2025-02-01&until=2025-03-31",
            "Condado de Collier, FL: 2 acuerdos firmados.",
        ),
        ("/changes?kind=delisted&since=2026-04-09&until=2026-05-08", "No longer listed: 10."),
    ],
)
def test_the_headline_of_changes_names_what_is_chosen_first(client: TestClient, path: str, says: str) -> None:
    """It was "37 agreements signed, Florida"."""
    assert says in text_of(client, path)


@pytest.mark.parametrize(
    ("typed", "name"), [("ALEA", "Alabama Law Enforcement Agency"), ("NHP", "Nevada State Police")]
)
def test_of_initials_that_are_known_nothing_alike_is_offered(client: TestClient, typed: str, name: str) -> None:
    """ALEA is no misspelling of Alsea, Galena or Calera."""
    found = client.get("/search.json", params={"q": typed}).json()
    assert found["results"] == []
    assert name in {one["name"] for one in found["absent"]}


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/timeline",
        "/changes",
        "/outcomes",
        "/state/FL",
        "/county/12021",
        "/model/TFM",
        "/outcomes/state/TX",
        "/outcomes/county/48029",
        "/compare",
    ],
)
def test_landmarks_have_names_of_their_own(client: TestClient, page: str) -> None:
    """Those in closed parts too: the table of a chart's values is not called as the chart's section is."""
    shown = client.get(page, follow_redirects=True).text
    titles = {
        id: re.sub(r"<[^>]+>", "", words).strip() for id, words in re.findall(r'id="([^"]+)"[^>]*>(.*?)</h2>', shown)
    }
    tags = re.findall(r"<(?:section|nav|aside|div)\b[^>]*>", shown)
    names = [
        label
        for tag in tags
        if not tag.startswith("<div") or 'role="region"' in tag
        for label in re.findall(r'aria-label="([^"]+)"', tag)
        + [titles[id] for id in re.findall(r'aria-labelledby="([^"]+)"', tag) if id in titles]
    ]
    assert names
    assert sorted({*names}) == sorted(names)
