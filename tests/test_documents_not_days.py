"""Days that are none, stamps in small print, and states of postal addresses. All of it is synthetic."""

import json
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from typer.testing import CliRunner

from documents_making import agreement, pdf, written
from ledger287.cli.main import app
from ledger287.sources.documents.fields.signed_pages.days import day_first, no_day
from ledger287.sources.documents.fields.signed_pages.printed import printed_day
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn
from ledger287.sources.documents.fields.signed_pages.writing.stamps import stamped_days
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import ReadPage, Word

needs_reader = pytest.mark.skipif(ocr.strip_reader() is None, reason="RapidOCR is not here")


@pytest.mark.parametrize(
    ("printed", "value", "certainty"),
    [
        ("02/30/2025", None, "unread"),
        ("13/32/2025", None, "unread"),
        ("03/10/1925", None, "unread"),
        ("3-10-2925", None, "unread"),
        ("June 31, 2025", None, "unread"),
        ("25/03/2025", "2025-03-25", "doubt"),
        ("03/25/2025", "2025-03-25", "read"),
    ],
)
def test_a_printed_day_that_is_none_is_never_moved_to_another(
    printed: str, value: str | None, certainty: str, tmp_path: Path
) -> None:
    """02/30/2025 was looked at as writing, and read as March 30."""
    written(tmp_path, "one.pdf", pdf(agreement(agency_day=printed)))
    [row] = json.loads(CliRunner().invoke(app, ["documents", "read", str(tmp_path), "--json"]).stdout)
    day = row["agency_signed"]
    assert (day["value"], day["certainty"]) == (value, certainty)
    assert certainty == "read" or printed in day["why"]


def test_what_is_in_the_form_of_a_day() -> None:
    assert no_day("Date: 02/30/2025") == "02/30/2025"
    assert no_day("02/28/2025") is None and no_day("MOA 12-3456") is None
    assert day_first("25/03/2025") is not None and day_first("02/30/2025") is None


def test_a_blank_line_of_a_day_over_a_garbled_digital_signature_is_not_called_blank(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "draw_place", lambda *rest: np.full((60, 200), 255, np.uint8))
    strip, stamp = (90.0, 200.0, 250.0, 230.0), (60.0, 200.0, 250.0, 290.0)
    column = SignatureColumn("agency", strip, stamp, ())
    garbled = Word("DlgltdyslgnedbyKeYlnR", (150.0, 240.0, 200.0, 245.0), False)
    page = ReadPage(1, 612.0, 792.0, "text", (garbled,))
    assert printed_day(column, page, None) is None
    blank = printed_day(column, ReadPage(1, 612.0, 792.0, "text", ()), None)
    assert blank is not None and blank.why == "no day is written where the form has it"


@needs_reader
def test_a_stamp_in_small_print_is_read_from_the_picture_alone() -> None:
    lines = [
        (300.0, 100.0 + 6 * n, text) for n, text in enumerate(("Digitally signed by Pat", "Date: 2020.04.16 11:58:28"))
    ]
    small = pdf([[*lines, (100.0, 110.0, "Pat Example")]]).replace(b"/F1 11 Tf 300", b"/F1 5 Tf 300")
    source = pypdfium2.PdfDocument(small)[0]
    page = ReadPage(1, 612.0, 792.0, "text", ())
    found = stamped_days([], (90.0, 60.0, 500.0, 130.0), page, source, True)
    assert {day.isoformat(): many for day, many in found.items()} == {"2020-04-16": 2}
    words = ocr.rapid_words(ocr.draw_place(page, source, 220, (90.0, 60.0, 500.0, 130.0)), 220)
    assert "2020.04.16" in " ".join(word.text for word in words)  # finding lines leaves the reader as it was


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("Example County Sheriff's Office, 1 Main Street, Example, SC 29745.", "SC"),
        ("U.S. Immigration and Customs Enforcement, Field Office, 180 Ted Turner Drive, Atlanta, GA 30303.", None),
    ],
)
def test_the_state_of_an_office_of_ice_is_not_the_agencys(address: str, state: str | None, tmp_path: Path) -> None:
    pages = agreement()
    pages[2].append((60.0, 130.0, address))
    written(tmp_path, "one.pdf", pdf(pages))
    [row] = json.loads(CliRunner().invoke(app, ["documents", "read", str(tmp_path), "--json"]).stdout)
    assert row["state"]["value"] == state
