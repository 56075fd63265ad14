"""Previews, charts and maps as files, canonical links, and the beginning of long pages on a phone."""

import csv
import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from ledger287.web.publish.pictures import card_of
from ledger287.web.server.app import make_app
from ledger287.web.server.query import read_query
from sites import site_on

TODAY = date(2026, 5, 9)
SITE = site_on(TODAY, "https://ledger.example")


@pytest.fixture(scope="module")
def client() -> Any:
    with TestClient(make_app(SITE, watch=False)) as opened:
        yield opened


def meta(page: str) -> dict[str, str]:
    """The og: properties of a page, and its canonical link."""
    found = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', page))
    canonical = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    return {**found, "canonical": canonical.group(1) if canonical else ""}


@pytest.mark.parametrize(
    ("address", "image", "canonical"),
    [
        ("/", "/preview.png", "/"),
        ("/es/state/TX", "/es/preview/state/TX.png", "/es/state/TX"),
        ("/county/12021?utm_source=x&on=2025-08-14", "/preview/county/12021.png", "/county/12021?on=2025-08-14"),
        ("/agency/ag-8zwthaz", "/preview/agency/ag-8zwthaz.png", "/agency/ag-8zwthaz"),
        ("/model/WSO", "/preview/model/WSO.png", "/model/WSO"),
        ("/changes", "/preview.png", "/changes"),
    ],
)
def test_a_page_can_be_shared(client: TestClient, address: str, image: str, canonical: str) -> None:
    page = client.get(address).text
    told = meta(page)
    assert told["canonical"] == told["og:url"] == f"https://ledger.example{canonical}"
    assert told["og:image"] == f"https://ledger.example{image}"
    assert told["og:title"] in page.partition("<title>")[2].partition("</title>")[0]
    picture = client.get(image)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert int.from_bytes(picture.content[16:20], "big") == int(told["og:image:width"])
    assert int.from_bytes(picture.content[20:24], "big") == int(told["og:image:height"])


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/county/12021", "3 local agencies hold agreements"),
        ("/es/county/06037", "Ninguna agencia local tiene un acuerdo"),
        ("/state/TX", "287(g) in Texas: "),
        ("/model/TFM", "1,109 agreements of 1,109 agencies"),
        ("/", "1,783 agreements of 1,497 agencies."),
    ],
)
def test_a_shared_page_is_described_by_its_own_figures(client: TestClient, address: str, says: str) -> None:
    assert meta(client.get(address).text)["og:description"].startswith(says)


def test_a_card_says_what_its_page_says() -> None:
    asked = read_query("en", {}, TODAY)
    texas = card_of(SITE.edition, asked, "state", "TX")
    assert (texas.title, texas.says) == ("Texas", "Agreements with ICE under section 287(g): 380, of 300 agencies")
    assert [count for _, _, count in texas.figures] == ["50", "141", "189"]
    assert "participatingAgencies05082026am.xlsx" in texas.source
    assert "ledger.example" in texas.source
    county = card_of(SITE.edition, asked, "county", "06037")
    assert (county.title, county.says) == ("Los Angeles County, California", "No agreement on this list")
    bastrop = card_of(SITE.edition, asked, "county", "48021")
    assert bastrop.says == "Agreements with ICE under section 287(g): 2, of 1 agency"
    agency = card_of(SITE.edition, read_query("es", {}, TODAY), "agency", "ag-8zwthaz")
    assert agency.says == "Acuerdos con ICE según la sección 287(g): 1"


def test_a_chart_is_there_as_picture_and_as_table(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/chart/state/FL.csv").text)))
    told = SITE.edition.atlas.status("2026-05-08", state="FL").by_model
    assert {code: int(rows[-1][code]) for code in told} == told
    drawn = client.get("/chart/state/FL.svg?on=2025-08-14")
    root = ElementTree.fromstring(drawn.content)
    words = " ".join(each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Florida: Agreements in force by model since January 2021" in words
    assert "participatingAgencies08142025pm.xlsx" in words
    assert "ledger.example" in words
    assert client.get("/chart/growth.png").content[:4] == b"\x89PNG"
    assert b"Texas" in client.get("/map/state/TX.svg").content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/preview/state/XX.png", 404),
        ("/preview/county/99999.png", 404),
        ("/preview/list/12021.png", 404),
        ("/chart/growth.gif", 404),
        ("/chart/county/12021.svg", 404),
        ("/chart/growth.svg?state=FL", 400),
        ("/map.png?on=2025-08-14", 400),
        ("/preview.png?x=1", 400),
        ("/chart/growth.csv?on=yesterday", 400),
    ],
)
def test_pictures_that_are_not(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


CHARTED = {
    "/timeline": "Source: ICE’s pages and lists, and counts that others published",
    "/outcomes": "Source: ICE detention statistics",
    "/outcomes/state/TX": "Source: Deportation Data Project",
    "/outcomes/facility/POLKJIA": "Source: Deportation Data Project",
    "/changes": "Source: ICE’s lists up to May 8, 2026",
    "/changes/2026-04": "Source: ICE’s lists up to May 8, 2026",
    "/agency/ag-xmzr6yc": "Source: ICE’s lists up to May 8, 2026",
    "/es/timeline": "Fuente: páginas y listas de ICE, y cifras que publicaron otros",
    "/es/agency/ag-xmzr6yc": "Fuente: listas de ICE hasta el 8 de mayo de 2026",
}


@pytest.mark.parametrize(("address", "source"), CHARTED.items())
def test_each_chart_of_a_page_is_a_file_with_its_source_and_values(
    client: TestClient, address: str, source: str
) -> None:
    page = client.get(address).text
    files = re.findall(r'href="([^"]*/chart/[^"]*)"', page)
    assert len(files) == 3 * page.count('<div class="wide">')
    assert page.count('<details class="values">') == (0 if "agency" in address else len(files) // 3)
    for file in files:
        answer = client.get(file.replace("&amp;", "&"))
        assert answer.status_code == 200, file
        if ".svg" in file:
            drawn = ElementTree.fromstring(answer.text)
            assert drawn.tag.endswith("svg")
        elif ".csv" in file:
            rows = list(csv.reader(io.StringIO(answer.text)))
            assert len(rows) > 2 and len({len(row) for row in rows}) == 1
        else:
            assert answer.content.startswith(b"\x89PNG")
    assert source in client.get(files[0]).text


def test_a_chart_of_a_filtered_page_is_of_what_the_page_shows(client: TestClient) -> None:
    page = client.get("/changes?state=KY&since=2026-04-01&until=2026-05-08").text
    files = [file.replace("&amp;", "&") for file in re.findall(r'href="([^"]*/chart/[^"]*)"', page)]
    assert [file.partition("?")[0] for file in files] == ["/chart/changes.svg", "/chart/changes.csv"]
    assert "Apr 1, 2026 – May 8, 2026, Kentucky" in client.get(files[0]).text
    rows = list(csv.DictReader(io.StringIO(client.get(files[1]).text)))
    assert sum(int(row[model]) for row in rows for model in ("JEM", "WSO", "TFM")) == 6


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/chart/timeline.pdf", 404, "No picture ends in .pdf"),
        ("/chart/outcomes.svg?chart=9", 404, "This page has no such chart"),
        ("/chart/outcomes.svg?chart=x", 400, "chart: expected a number from 1 to 9"),
        ("/chart/outcomes.svg?chart=1&chart=2", 400, "once"),
        ("/chart/changes.png?since=2026-01-01", 400, "no parameter"),
        ("/chart/changes.svg?sinse=2026-01-01", 400, "no parameter"),
        ("/chart/changes.svg?since=soon", 400, "expected a day such as"),
        ("/chart/agency/none.svg", 404, "No agency has the id"),
    ],
)
def test_charts_that_are_not(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.text


def test_a_page_says_how_to_show_its_chart_elsewhere(client: TestClient) -> None:
    page = client.get("/state/FL?on=2025-08-14").text
    assert 'href="/chart/state/FL.csv?on=2025-08-14"' in page
    assert 'src="https://ledger.example/chart/state/FL.svg?on=2025-08-14"' in page.replace("&#34;", '"')
    with TestClient(make_app(site_on(TODAY), watch=False)) as rootless:
        page = rootless.get("/state/FL").text
        assert "Show it on another site" not in page
        assert meta(page)["canonical"] == "/state/FL"


def test_long_pages_offer_all_of_it(client: TestClient) -> None:
    """What a phone leaves out is on the page, behind a control that says how much there is."""
    page = client.get("/state/TX").text
    held = SITE.edition.atlas.as_of("2026-05-08").filter(state="TX").height
    assert page.count('<tr><th scope="row"><a href="/agency/') == held
    labels = dict(re.findall(r'<label class="all-of" for="all-([a-z]+)">Show all ([0-9,]+)</label>', page))
    assert 300 < int(labels["local"]) < held
    assert '<input class="all" type="checkbox" id="all-local">' in page
    assert 'class="all"' not in client.get("/state/AK").text
