"""What a document's name says: a renewal that no list tells, another agency's document, another model."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import ledger287
from ledger287.ledger.identity.documents import day_of_document, is_perhaps_renewed, models_of_document
from ledger287.places.atlas import Atlas
from ledger287.web.server.app import make_app
from making import list_name
from sequences import JEM, TFM, WSO, Row, ledger_of, participating, rows
from sites import site_on

OTHERS = rows(4, start=11)
ASH = Row(
    "Ashford County Sheriff's Office", "TEXAS", WSO, date(2025, 3, 3), document="AshfordCoTX_WSO_MOA_03032025.pdf"
)
BIRCH = Row(
    "Birchwood Police Department", "TEXAS", TFM, date(2025, 4, 4), document="BirchwoodPDTX_TFM_MOA_04042025.pdf"
)


def history(folder: Path, *lists: list[Row]) -> Atlas:
    """The record of lists on 1, 2, 3 ... October 2025."""
    found = {list_name(date(2025, 10, n)): participating([*OTHERS, *rows_]) for n, rows_ in enumerate(lists, 1)}
    return ledger_of(folder, found)  # type: ignore[return-value]


def remarks(book: Atlas, row: Row) -> list[tuple[str, str | None]]:
    """Kind and model of what is odd about the link of a row's agreement."""
    (agreement,) = book.agency(row.agency).agreements
    return [(one.kind, one.model) for one in agreement.link_remarks]


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("AshfordCoTX_WSO_MOA_03032025.pdf", date(2025, 3, 3)), ("Ashford_03.03.25.pdf", date(2025, 3, 3)),
        ("287gWSO_AshfordCoTx2020-06-09.pdf", date(2020, 6, 9)), ("287gWSO_AshfordTX_06-09-2020.pdf", date(2020, 6, 9)),
        ("AshfordTX_MOA_9222025.pdf", date(2025, 9, 22)), ("AshfordTX_MOA_022326.pdf", date(2026, 2, 23)),
        ("Ashford%20TX%20MOA%208_28_2025.pdf", date(2025, 8, 28)), ("Ashford_7.2.25.pdf", date(2025, 7, 2)),
        ("AshfordTX_WSO_MOA.pdf", None), ("AshfordPrecinct5_99992025.pdf", None), ("287g.pdf", None),
    ],
)  # fmt: skip
def test_the_day_in_a_documents_name(file: str, day: date | None) -> None:
    assert day_of_document(f"https://example.org/doclib/{file}") == day


def test_the_models_in_a_documents_name() -> None:
    assert models_of_document("https://example.org/287gJEM_AshfordCoTx2020-06-09.pdf") == {"JEM"}
    assert models_of_document("https://example.org/AshfordTX_WSO_JEM_MOA.pdf") == {"WSO", "JEM"}
    assert models_of_document("https://example.org/JEMISON_PD_AL.pdf") == frozenset()


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("AshfordCoTX_WSO_MOA_09202025.pdf", "perhaps_renewed"),
        ("Ashford_County_SO_TX_WSO_2025-09-20.pdf", "perhaps_renewed"),
        ("AshfordCoSheriffTX_WSO_MOA_03032025.pdf", "corrected"),
        ("AshfordCoTX_WSO_MOA_03102025.pdf", "corrected"),
        ("AshfordCoTX_WSO_MOA_01012024.pdf", "corrected"),
        ("BirchwoodPDTX_WSO_MOA_09202025.pdf", "corrected"),
        ("AshfordCoTX_WSO_MOA.pdf", "corrected"),
    ],
)
def test_a_document_in_anothers_place(tmp_path: Path, after: str, kind: str) -> None:
    book = history(tmp_path, [ASH, BIRCH], [ASH.but(document=after), BIRCH])
    changes = book.changes(date(2025, 10, 1), date(2025, 10, 2))
    assert [(row["kind"], row["field"]) for row in changes.iter_rows(named=True)] == [(kind, "moa")]
    (agreement,) = book.agency(ASH.agency).agreements
    assert (agreement.signed, agreement.status) == (ASH.signed, "listed")


def test_a_link_that_was_another_agencys_is_corrected() -> None:
    before, after = (f"https://example.org/{name}" for name in ("Birchwood_03032025.pdf", "Ashford_09202025.pdf"))
    assert not is_perhaps_renewed(before, after, date(2025, 3, 3), "TX", ASH.agency)


def test_another_agencys_document_is_remarked_on_the_row_it_does_not_name(tmp_path: Path) -> None:
    book = history(tmp_path, [ASH.but(document=BIRCH.document, model=TFM), BIRCH])
    assert remarks(book, ASH) == [("another_agency", None)]
    assert remarks(book, BIRCH) == []
    (agreement,) = book.agency(ASH.agency).agreements
    assert "Birchwood Police Department" in agreement.link_remarks[0].says
    assert agreement.link_remarks[0].agency_id == book.agency(BIRCH.agency).id


def test_another_agencys_document_is_known_by_its_name_alone(tmp_path: Path) -> None:
    other = "BirchwoodPDTX_WSO_MOA_05052025.pdf"
    assert remarks(history(tmp_path, [ASH.but(document=other), BIRCH]), ASH) == [("another_agency", None)]


@pytest.mark.parametrize("document", ["AshfrodCoTX_WSO_MOA.pdf", "SO_TX_WSO_MOA_03032025.pdf", "1234.pdf", None])
def test_a_name_that_says_too_little_is_not_remarked_on(tmp_path: Path, document: str | None) -> None:
    assert remarks(history(tmp_path, [ASH.but(document=document), BIRCH]), ASH) == []


def test_another_models_document_is_remarked_on(tmp_path: Path) -> None:
    book = history(tmp_path, [ASH.but(model=JEM), BIRCH])
    assert remarks(book, ASH) == [("another_model", "WSO")]


def test_the_shipped_record_and_its_pages() -> None:
    book = ledger287.open(today=lambda: date(2026, 5, 9))
    (change,) = book.changes(date(2026, 4, 21), date(2026, 4, 21), kinds=["perhaps_renewed"]).iter_rows(named=True)
    assert (change["agency"], change["state"]) == ("Jacksonville Sheriff's Office", "FL")
    client = TestClient(make_app(site_on(date(2026, 5, 9)), watch=False))
    for agency_id, words in (
        ("ag-ar8et0w", "Georgia Department of Public Safety"), ("ag-2qatak3", "Manheim Borough Police Department"),
        ("ag-3e7dswz", "its name says TFM"),
    ):  # fmt: skip
        page, data = client.get(f"/agency/{agency_id}").text, client.get(f"/agency/{agency_id}.json").json()
        assert "Perhaps the wrong document" in page
        assert words in page
        assert data["agency"]["agreements"][0]["link_remarks"]
    assert "perhaps renewed" in client.get("/agency/ag-bxssgx7").text
    assert client.get("/county/12031.json").json()["earlier"][0]["signed"] == "2008-07-08"
    assert "Jul 8, 2008" in client.get("/county/12031").text
