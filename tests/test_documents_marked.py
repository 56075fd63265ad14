"""Small marks on a printed day, by which one digit may pass for another; rules and frames are none. Synthetic."""

from pathlib import Path

import pytest

from documents_making import agreement, pdf, written
from ledger287.sources.documents.reading import read_document

PAGE = 9
X, Y = 96.5, 600
"""In the second digit of the agency's day, at the foot of its line, in points from the lower left corner."""


def certainty(folder: Path, over: bytes = b"", notes: bytes = b"") -> tuple[str | None, str]:
    pages = agreement(agency_day="03/08/2025")
    day = read_document(written(folder, "one.pdf", pdf(pages, over={PAGE: over}, notes={PAGE: notes}))).agency_signed
    return day.value, day.certainty


@pytest.mark.parametrize(
    "mark",
    [
        b"q 0.75 G 0.7 w %.1f %d m %.1f %d l S Q\n" % (X, Y + 3, X, Y + 7),
        b"q 0.7 w %.1f %d m %.1f %d %.1f %d %.1f %d c S Q\n" % (X, Y + 3, X - 1, Y + 5, X - 1, Y + 6, X, Y + 7),
        b"q 1 g %.1f %d 1 2 re f Q\n" % (X, Y + 3),
        b"q 2 0 0 4 %.1f %d cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x60 EI Q\n" % (X, Y + 3),
    ],
    ids=["gray stroke", "curve", "white", "picture"],
)
def test_a_day_with_a_small_mark_on_a_digit_is_a_doubt(tmp_path: Path, mark: bytes) -> None:
    assert certainty(tmp_path) == ("2025-03-08", "read")
    assert certainty(tmp_path, mark)[1] == "doubt"


def test_a_note_drawn_on_a_digit_is_a_mark_and_a_link_is_not(tmp_path: Path) -> None:
    note = b"<< /Type /Annot /Subtype /%%s /Rect [%.1f %d %.1f %d] /InkList [[%.1f %d %.1f %d]] >>"
    note = note % (X - 4, Y - 1, X + 4, Y + 11, X, Y + 3, X, Y + 7)
    assert certainty(tmp_path, notes=note % b"Ink")[1] == "doubt"
    assert certainty(tmp_path, notes=note % b"Link")[1] == "read"


@pytest.mark.parametrize(
    "drawn",
    [
        b"q 0.5 w 85 %d m 200 %d l S Q\n" % (Y - 2, Y - 2),
        b"q 0.5 w 85 %d 90 16 re S Q\n" % (Y - 4),
        b"q 0.5 w %.1f %d m %.1f %d l S Q\n" % (X, Y - 2, X + 2, Y - 2),
    ],
    ids=["rule", "frame", "dots under it"],
)
def test_rules_and_frames_are_no_marks(tmp_path: Path, drawn: bytes) -> None:
    assert certainty(tmp_path, drawn) == ("2025-03-08", "read")
