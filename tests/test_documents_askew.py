"""Scans that were fed askew are leveled before they are read; pages that are level stay as they are."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from documents_making import TITLE, Line, pdf, scan
from ledger287.sources.documents.files.child import draw_place
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.skew import leveled, slope_of

AGENCY = "Example County Sheriff's Office"
LINES: list[Line] = [
    (80, 100 + 18 * n, text.format(agency=AGENCY)) for n, text in enumerate((*TITLE, *TITLE, *TITLE, *TITLE))
]


def page_of(content: bytes) -> Any:
    return pypdfium2.PdfDocument(io.BytesIO(content))[0]


@pytest.fixture(scope="module")
def level() -> Any:
    return ocr.draw(page_of(pdf([LINES])), 150)


@pytest.mark.parametrize("angle", [-6.0, -3.0, -1.2, 1.2, 3.0, 6.0])
@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_the_slope_of_lines_is_known_whichever_way_the_page_lies(level: Any, angle: float, quarter: int) -> None:
    askew = leveled(level, -angle)
    assert slope_of(np.rot90(askew, quarter).copy()) == pytest.approx(angle, abs=0.2)
    assert slope_of(leveled(askew, angle)) == 0.0


@pytest.mark.parametrize("kind", ["level", "blank", "noise", "a little"])
def test_a_page_without_a_slope_is_left_as_it_is(level: Any, kind: str) -> None:
    noise = np.random.default_rng(287).integers(0, 255, level.shape).astype(np.uint8)
    pages = {"level": level, "blank": np.full_like(level, 255), "noise": noise, "a little": leveled(level, 0.3)}
    assert slope_of(pages[kind]) == 0.0


@pytest.mark.skipif(ocr.page_reader() is None, reason="no reader of pictures is installed")
def test_a_scan_fed_askew_is_read_and_its_places_are_where_the_words_are(level: Any, tmp_path: Path) -> None:
    path = tmp_path / "askew.pdf"
    path.write_bytes(scan(leveled(level, -4.0)))
    source = page_of(path.read_bytes())
    page = ocr.read_picture(source, 1)
    assert page.skew == pytest.approx(4.0, abs=0.2)
    assert page.text.count("Memorandum of Agreement") == 4
    words = [word for word in page.words if word.text == "Immigration"]
    assert len(words) == 4
    for word in words:
        left, top, right, bottom = word.box
        assert right - left > 4 * (bottom - top)
        inside = ocr.draw_place(page, source, 150, word.box)
        above = ocr.draw_place(page, source, 150, (left, top - 5, right, top - 1))
        assert (inside < 120).mean() > 0.1
        assert (above < 120).mean() < 0.02
    drawn = tmp_path / "page.png"
    assert draw_place(path, drawn, {"page": 1, "boxes": [words[0].box]})
    straight = tmp_path / "straight.png"
    assert draw_place(path, straight, {"page": 1})
    assert drawn.read_bytes() != straight.read_bytes()
