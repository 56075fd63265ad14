"""Feeds are valid Atom with ids that stay; downloads are the export's files; what search engines get is true."""

import csv
import gzip
import io
import json
from base64 import b64decode
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from starlette.testclient import TestClient

from ledger287.ledger.store.tables import TABLES
from ledger287.web.publish.downloads import NAMES
from ledger287.web.publish.feeds import MOST, entry_id
from ledger287.web.publish.robots import sitemap
from ledger287.web.server.app import make_app
from ledger287.web.server.query import Missing
from sites import site_on

TODAY = date(2026, 5, 9)
SITE = site_on(TODAY, "https://ledger.example/")
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    f"{prefix}/feeds/{feed}.atom"
    for prefix in ("", "/es")
    for feed in ("changes", "state/KY", "state/GU", "agency/ag-8zwthaz")
]


@pytest.fixture(scope="module")
def client() -> Any:
    with TestClient(make_app(SITE, watch=False)) as opened:
        yield opened


@pytest.fixture(scope="module")
def rootless() -> Any:
    """A site that was not given its own URL."""
    with TestClient(make_app(site_on(TODAY), watch=False)) as opened:
        yield opened


def texts(entry: Any, name: str) -> list[str]:
    return [found.text or "" for found in entry.findall(ATOM + name)]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_valid_atom(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == ("es" if address.startswith("/es") else "en")
    for name in ("id", "title", "updated"):
        assert len(texts(feed, name)) == 1
        assert texts(feed, name)[0]
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"https://ledger.example{address}"
    entries = feed.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= MOST
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("tag:ledger287.invalid,2026:change/") for each in ids)
    updated = [datetime.fromisoformat(texts(entry, "updated")[0]) for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert datetime.fromisoformat(texts(feed, "updated")[0]) == updated[0]
    for entry in entries:
        assert [len(texts(entry, name)) for name in ("title", "content")] == [1, 1]
        href = str(entry.find(f"{ATOM}link").get("href"))  # type: ignore[union-attr]
        assert href.startswith("https://ledger.example/")
        assert client.get(href.removeprefix("https://ledger.example")).status_code == 200


def test_corrections_are_told_apart(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/feeds/agency/ag-8zwthaz.atom").content)
    entries = feed.findall(f"{ATOM}entry")
    kinds = [str(entry.find(f"{ATOM}category").get("term")) for entry in entries]  # type: ignore[union-attr]
    assert sorted(kinds) == ["addendum", "corrected", "corrected", "corrected", "corrected", "listed", "signed"]
    for kind, entry in zip(kinds, entries, strict=True):
        assert (kind == "corrected") == texts(entry, "title")[0].startswith("Correction")


def test_every_change_is_reached_through_the_archives(client: TestClient) -> None:
    """RFC 5005: from the feed from archive to archive, oldest last; a full archive does not change."""
    at, found, met = "/feeds/state/FL.atom?kind=listed&kind=signed", [], 0
    while at:
        feed = ElementTree.fromstring(client.get(at).content)
        links = {str(link.get("rel")): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://ledger.example{at}"
        if met:
            assert feed.find("{http://purl.org/syndication/history/1.0}archive") is not None
            assert links["current"].endswith("/feeds/state/FL.atom?kind=listed&kind=signed")
            assert len(feed.findall(f"{ATOM}entry")) == MOST
        found += [texts(entry, "id")[0] for entry in feed.iter(f"{ATOM}entry")]
        at, met = links.get("prev-archive", "").removeprefix("https://ledger.example"), met + 1
    changes = SITE.edition.atlas.changes(date(2000, 1, 1), TODAY, state="FL", kinds=["listed", "signed"])
    assert {*found} == {entry_id(row, "en") for row in changes.iter_rows(named=True)}
    assert met == changes.height // MOST + 1
    first = client.get("/feeds/state/FL.atom?kind=listed&kind=signed&archive=1")
    assert b'rel="next-archive"' in first.content
    assert b'rel="prev-archive"' not in first.content
    assert b"archive" not in client.get("/feeds/agency/ag-8zwthaz.atom").content


@pytest.mark.parametrize(
    ("query", "status"), [("archive=0", 400), ("archive=x", 400), ("archive=999", 404), ("page=2", 400)]
)
def test_archives_that_are_not(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/feeds/changes.atom?{query}").status_code == status


def test_ids_of_every_change_are_its_own() -> None:
    changes = SITE.edition.atlas.changes(date(2000, 1, 1), TODAY).to_dicts()
    assert len({entry_id(row, "en") for row in changes}) == len(changes)


def test_ids_do_not_hang_on_where_or_when_a_feed_is_served(client: TestClient, rootless: TestClient) -> None:
    one, other = (
        ElementTree.fromstring(each.get("/feeds/state/KY.atom", headers={"host": host}).content)
        for each, host in ((client, "a.example"), (rootless, "b.example"))
    )
    assert [texts(entry, "id") for entry in one.iter(f"{ATOM}entry")] == [
        texts(entry, "id") for entry in other.iter(f"{ATOM}entry")
    ]
    hrefs = {link.get("href") or "" for link in other.iter(f"{ATOM}link")}
    assert all(href.startswith("/") for href in hrefs)


@pytest.mark.parametrize("address", ["/feeds/changes.atom", "/api/v1/openapi.json", "/", "/robots.txt"])
def test_the_host_of_a_request_stands_in_no_answer(rootless: TestClient, address: str) -> None:
    bad = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    assert b"evil" not in rootless.get(address, headers=bad).content
    assert b"evil" not in rootless.get(address).content


@pytest.mark.parametrize("address", ["/feeds/state/XX.atom", "/feeds/agency/ag-0.atom", "/es/feeds/state/%00.atom"])
def test_feeds_that_are_not(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_name_their_feeds(client: TestClient) -> None:
    for address, feed in (("/", "/feeds/changes.atom"), ("/es/state/KY", "/es/feeds/state/KY.atom")):
        page = client.get(address).text
        assert f'href="{feed}"' in page
        assert client.get(feed).status_code == 200


# -- downloads -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_the_records_own(client: TestClient, name: str) -> None:
    parquet = client.get(f"/download/{name}.parquet")
    assert parquet.headers["content-disposition"] == f'attachment; filename="{name}.parquet"'
    frame = pl.read_parquet(io.BytesIO(parquet.content))
    if name in {table.name for table in TABLES}:
        assert frame.equals(SITE.edition.atlas.table(name))
    text = client.get(f"/download/{name}.csv")
    assert text.headers["content-encoding"] == "gzip"
    rows = list(csv.reader(io.StringIO(text.text, newline="")))
    assert (rows[0], len(rows) - 1) == (frame.columns, frame.height)


def test_downloads_can_be_checked(client: TestClient) -> None:
    package = client.get("/download/datapackage.json").json()
    assert {f"{name}.{form}" for name in NAMES for form in ("csv", "parquet")} == {
        resource["path"] for resource in package["resources"]
    }
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        response = client.get(f"/download/{resource['path']}", headers={"accept-encoding": "identity"})
        digest = sha256(response.content).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"
        assert (resource["bytes"], str(resource["bytes"])) == (
            len(response.content),
            response.headers["content-length"],
        )
        told = response.headers["repr-digest"].removeprefix("sha-256=:").removesuffix(":")
        assert b64decode(told).hex() == digest
        has = {"if-none-match": response.headers["etag"]}
        assert client.get(f"/download/{resource['path']}", headers=has).status_code == 304


def test_the_page_of_downloads_counts_every_table_s_rows(client: TestClient) -> None:
    tables = client.get("/download.json").json()["tables"]
    assert {one["name"] for one in tables} == {*NAMES}
    for one in tables:
        assert pl.read_parquet(io.BytesIO(client.get(one["parquet"]).content)).height == one["rows"], one["name"]


def test_a_part_of_a_download(client: TestClient) -> None:
    whole = client.get("/download/rows.csv", headers={"accept-encoding": "identity"}).content
    part = client.get("/download/rows.csv", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])


def test_the_map_is_geojson(client: TestClient) -> None:
    response = client.get("/download/agreements.geojson?on=2025-08-14")
    assert response.headers["content-type"] == "application/geo+json"
    told = json.loads(response.content)
    assert told["type"] == "FeatureCollection"
    assert told["ledger287"]["agreements"] == 895
    assert client.get("/download/agreements.geojson?on=yesterday").status_code == 400
    assert client.get("/download/secrets.csv").status_code == 404
    assert client.get("/download/..%2frecord.json").status_code == 404


# -- search engines --------------------------------------------------------------------------------


def test_a_sitemap_names_pages_that_are(client: TestClient, rootless: TestClient) -> None:
    assert "Sitemap: https://ledger.example/sitemap.xml" in client.get("/robots.txt").text
    found = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text or "" for loc in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(set(addresses)) == len(addresses)
    assert {"https://ledger.example/", "https://ledger.example/es", "https://ledger.example/es/state/KY"} <= set(
        addresses
    )
    for address in addresses[:: max(1, len(addresses) // 25)]:
        assert client.get(address.removeprefix("https://ledger.example")).status_code == 200, address
    assert "Sitemap" not in rootless.get("/robots.txt").text
    assert rootless.get("/sitemap.xml").status_code == 404


def test_a_long_sitemap_is_split() -> None:
    index = ElementTree.fromstring(sitemap(SITE.edition, "https://x.example", most=5000))
    named = [loc.text for loc in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert named[0] == "https://x.example/sitemap-1.xml"
    assert len(named) > 1
    parts = [
        ElementTree.fromstring(sitemap(SITE.edition, "https://x.example", str(number), 5000))
        for number in range(1, len(named) + 1)
    ]
    assert all(0 < len(part) <= 5000 for part in parts)
    for wrong in ("0", str(len(named) + 1), "x", "-1", "１"):
        with pytest.raises(Missing):
            sitemap(SITE.edition, "https://x.example", wrong, 5000)


def test_packed_answers_unpack_to_the_plain_ones(client: TestClient) -> None:
    with client.stream("GET", "/feeds/changes.atom", headers={"accept-encoding": "gzip"}) as packed:
        data = b"".join(packed.iter_raw())
    plain = client.get("/feeds/changes.atom", headers={"accept-encoding": "identity"})
    assert gzip.decompress(data) == plain.content
