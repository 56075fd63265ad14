"""An agency's page shows the places that were read as pictures where the document is on this machine."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from documents_making import agreement, pdf, written
from ledger287.law.agreements import documents
from ledger287.law.agreements.documents import FieldPlace
from ledger287.sources.documents.files.opening import sha256_of
from ledger287.web.pages.record import agency
from ledger287.web.server.app import make_app
from ledger287.web.server.kept.pages_file import place_of
from sites import site_on

DAY = date(2026, 5, 8)
PLACED = next(row for row in documents.read_documents() if row.agreement and documents.places_of(row.sha256))
AGENCY = "-".join(str(PLACED.agreement).split("-")[:2])


@pytest.fixture
def sha256(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A synthetic document on this machine, as if it were an agreement's own, with a place on its first page."""
    path = written(tmp_path, "any name.pdf", pdf(agreement()))
    monkeypatch.setenv("LEDGER287_DOCUMENTS", str(tmp_path))
    own = replace(PLACED, sha256=sha256_of(path))
    found = (FieldPlace("agency", 1, (100.0, 90.0, 300.0, 120.0), 612.0, 792.0),)
    monkeypatch.setattr(agency, "document_of", lambda agreement: own if agreement == own.agreement else None)
    monkeypatch.setattr(documents, "_places", lambda: {own.sha256: found})
    return own.sha256


@pytest.fixture
def site() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(DAY), watch=False)) as client:
        yield client


def test_the_page_links_a_picture_with_the_box(sha256: str, site: TestClient) -> None:
    page = site.get(f"/agency/{AGENCY}").text
    assert f'src="/document/{sha256}/1.png"' in page and "Page 1 of the document, with a box around" in page
    answer = site.get(f"/document/{sha256}/1.png")
    assert answer.headers["content-type"] == "image/png" and answer.headers["x-robots-tag"] == "noindex"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert site.get(f"/document/{sha256}/1.png").content == answer.content
    assert "Página 1 del documento" in site.get(f"/es/agency/{AGENCY}").text


def test_only_pages_with_a_place_are_drawn(sha256: str, site: TestClient) -> None:
    for path in (f"/document/{sha256}/2.png", f"/document/{'0' * 64}/1.png", f"/document/{sha256}/x.png"):
        assert site.get(path).status_code == 404
    assert site.get(f"/document/{sha256}/1.png?box=1").status_code == 400


def test_without_the_document_the_page_has_the_outline(
    sha256: str, tmp_path: Path, site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER287_PAGES", "pages")
    before = place_of("version", DAY)
    (tmp_path / "any name.pdf").unlink()
    page = site.get(f"/agency/{AGENCY}").text
    assert "/document/" not in page and '<figure class="leaf"><svg' in page
    assert site.get(f"/document/{sha256}/1.png").status_code == 404
    assert place_of("version", DAY) != before


def test_a_document_that_cannot_be_drawn_is_a_clear_answer(sha256: str, tmp_path: Path, site: TestClient) -> None:
    (tmp_path / "any name.pdf").unlink()
    (tmp_path / f"{sha256}.pdf").write_bytes(b"%PDF-1.7 cut short")
    answer = site.get(f"/document/{sha256}/1.png")
    assert answer.status_code == 404 and "could not be drawn" in answer.text


def test_a_clause_that_differs_is_shown_in_its_words_with_its_place(site: TestClient) -> None:
    """Tarrant County, TX: a place of its own document that a person found on the page."""
    page = site.get("/agency/ag-5sv4w1m").text
    assert re.search(r"differs from its form \(.*?\), it adds <q lang=\"en\">and will be effective immediately", page)
    assert "where it differs from its form" in page
    assert "añade <q" in site.get("/es/agency/ag-5sv4w1m").text
    assert "it omits <q" in site.get("/agency/ag-7fqcqjp").text
