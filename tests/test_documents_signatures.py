"""Pages of signatures that forms do not have as such: on the next page, off the line, struck out. All is synthetic."""

import io
from pathlib import Path

import pypdfium2
import pytest

from documents_making import SIGNING, Line, agreement, pdf, scan, written
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.reading_texts import read_texts

STRIP_TOP = 192.0
"""Where the line of the day is on the last page of ``agreement``."""

needs_reader = pytest.mark.skipif(
    ocr.strip_reader() is None, reason="no reader of handwriting is installed (make extras)"
)
"""What is under a sign or a note is read only where it can be looked at; without a reader it is unread."""


def read(folder: Path, pages: list[list[Line]], over: bytes = b"", notes: bytes = b"") -> Document:
    last = len(pages)
    return read_document(written(folder, "one.pdf", pdf(pages, over={last: over}, notes={last: notes})))


def said(field: Field) -> tuple[str | None, str]:
    return field.value, field.certainty


def parted(sentence: float, kept: int, head: tuple[Line, ...] = ()) -> list[list[Line]]:
    """The agreement with its signatures on a page of their own, ``kept`` lines of the sentence on the page before."""
    pages = agreement(agency_day="03/08/2025")
    foot = [line for line in pages[8] if line[1] > 700]
    block = [(left, top - 90, text) for left, top, text in pages[8] if 165 < top < 700]
    before = [(60.0, sentence + 14 * n, text) for n, text in enumerate(SIGNING[:kept])]
    after = [(60.0, 60.0 + 14 * n, text) for n, text in enumerate(SIGNING[kept:])]
    return [*pages[:8], [*before, *foot], [*head, *after, *block, *foot]]


@pytest.mark.parametrize(("sentence", "kept"), [(690.0, 1), (690.0, 2), (676.0, 3), (440.0, 3)])
def test_signatures_may_be_on_the_page_after_their_sentence(tmp_path: Path, sentence: float, kept: int) -> None:
    found = read(tmp_path, parted(sentence, kept))
    assert said(found.agency_signed) == ("2025-03-08", "read")
    assert said(found.ice_signed) == ("2025-03-10", "read")
    assert found.ice_signed.page == 10
    assert found.signers.agency_office.value == "Sheriff"


def test_days_of_another_paper_behind_an_unsigned_page_are_not_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, parted(440.0, 3, head=((60.0, 50.0, "AMENDMENT NO. 1"),)))
    assert {found.agency_signed.certainty, found.ice_signed.certainty} == {"unread"}


def changed(agency: list[Line], drop: str = "Date: 03/08/2025") -> list[list[Line]]:
    """The agreement with other lines in place of the agency's day."""
    pages = agreement(agency_day="03/08/2025")
    return [*pages[:8], [*(line for line in pages[8] if line[2] != drop), *agency]]


@pytest.mark.parametrize(
    "lines",
    [
        [(60.0, STRIP_TOP, "Date:"), (95.0, STRIP_TOP + 13, "March 8, 2025")],
        [(60.0, STRIP_TOP, "Date:"), (95.0, STRIP_TOP - 11, "March 8, 2025")],
        pytest.param(
            [(60.0, STRIP_TOP, "Signed this 8th day of"), (60.0, STRIP_TOP + 13, "March, 2025")], marks=needs_reader
        ),
        [(60.0, STRIP_TOP, "Date: 3/8/2025 | 9:14 AM CST")],
    ],
)
def test_a_day_off_its_line_is_read_where_nothing_else_is_printed_there(tmp_path: Path, lines: list[Line]) -> None:
    found = read(tmp_path, changed(lines))
    assert said(found.agency_signed) == ("2025-03-08", "read")
    assert said(found.ice_signed) == ("2025-03-10", "read")


@pytest.mark.parametrize(
    "lines",
    [
        [(60.0, STRIP_TOP, "Date:"), (95.0, STRIP_TOP + 13, "RECEIVED 03/12/2025")],
        [(60.0, STRIP_TOP, "Date: RECEIVED 03/12/2025")],
        [(60.0, STRIP_TOP, "Date:"), (95.0, STRIP_TOP + 13, "Terms approved March 12, 2025")],
    ],
)
def test_a_day_of_a_stamp_or_a_sentence_is_not_called_the_signatures(tmp_path: Path, lines: list[Line]) -> None:
    assert read(tmp_path, changed(lines)).agency_signed.certainty != "read"


MIDDLE = 792 - STRIP_TOP + 4
"""The middle of the letters on the line of the day, in points from the foot of the page."""
LEFT, RIGHT = 87, 147
CROSSED = {
    "line": f"1 w {LEFT} {MIDDLE} m {RIGHT} {MIDDLE} l S",
    "slanted": f"1 w {LEFT} {MIDDLE - 5} m {RIGHT} {MIDDLE + 5} l S {LEFT} {MIDDLE + 5} m {RIGHT} {MIDDLE - 5} l S",
    "bar": f"{LEFT} {MIDDLE - 1} {RIGHT - LEFT} 2 re f",
    "moved": f"q 1 0 0 1 {LEFT} {MIDDLE} cm 1 w 0 -4 m 15 3 l 30 -3 l 45 3 l 60 -3 l S Q",
}
BESIDE = {
    "rule": f"1 w {LEFT} {MIDDLE - 6} m 290 {MIDDLE - 6} l S",
    "frame": f"1 w {LEFT - 4} {MIDDLE - 9} 200 18 re S",
    "margin": f"1 w {LEFT - 3} 500 m {LEFT - 3} 700 l S",
    "elsewhere": "1 w 60 300 m 500 300 l S",
}


@pytest.mark.parametrize("drawing", CROSSED.values(), ids=CROSSED)
def test_a_printed_day_with_a_line_across_it_is_a_doubt(tmp_path: Path, drawing: str) -> None:
    found = read(tmp_path, agreement(agency_day="03/08/2025"), drawing.encode())
    assert said(found.agency_signed) == ("2025-03-08", "doubt")
    assert "across" in (found.agency_signed.why or "")
    assert found.ice_signed.certainty == "read"


@pytest.mark.parametrize("drawing", BESIDE.values(), ids=BESIDE)
def test_a_rule_or_a_frame_strikes_nothing_out(tmp_path: Path, drawing: str) -> None:
    assert said(read(tmp_path, agreement(agency_day="03/08/2025"), drawing.encode()).agency_signed) == (
        "2025-03-08",
        "read",
    )


@pytest.mark.parametrize(
    ("kind", "certainty"), [("StrikeOut", "doubt"), pytest.param("Highlight", "read", marks=needs_reader)]
)
def test_an_annotation_that_strikes_a_day_out_is_a_doubt(tmp_path: Path, kind: str, certainty: str) -> None:
    low, high = MIDDLE - 5, MIDDLE + 5
    corners = f"{LEFT} {high} {RIGHT} {high} {LEFT} {low} {RIGHT} {low}"
    note = f"<< /Type /Annot /Subtype /{kind} /Rect [{LEFT} {low} {RIGHT} {high}] /QuadPoints [{corners}] >>"
    assert said(read(tmp_path, agreement(agency_day="03/08/2025"), notes=note.encode()).agency_signed) == (
        "2025-03-08",
        certainty,
    )


def signed_by(agency: str, name: str = "Example County Sheriff's Office") -> list[list[Line]]:
    """The agreement with the last page of another one, of an agency's own words."""
    pages, others = agreement(agency=name), agreement(agency=agency, agency_day="03/08/2025")
    return [*pages[:8], others[8]]


@pytest.mark.parametrize(
    "other",
    ["Oakton Police Department", "Birch County Sheriff's Office", "Town of Oakton", "Birch County Jail"],
)
def test_signatures_of_another_agency_are_a_problem_and_their_days_doubts(tmp_path: Path, other: str) -> None:
    found = read(tmp_path, signed_by(other))
    assert said(found.agency) == ("Example County Sheriff's Office", "read")
    (problem,) = found.problems
    assert (problem.kind, problem.row) == ("signed_by_another", 9)
    assert other in problem.found and "Example County" in problem.expected
    assert said(found.ice_signed) == ("2025-03-10", "doubt")
    assert said(found.agency_signed) == ("2025-03-08", "doubt")
    assert other in found.agency_signed.why


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("Example County Sheriff's Office", "Example County"),
        ("Example County Sheriff's Office", "County of Example"),
        ("Example County Sheriff's Office", "Exarnple County Sheriffs Office"),
        ("Example County Sheriff's Office", "Exam ple County Sheriff"),
        ("Example City Police Department", "City of Example City"),
        ("Example City Police Department", "Pat Sample, City Attorney"),
        ("Iowa Department of Public Safety", "Iowa State Patrol"),
        ("Example County Sheriff's Office", "Board of Commissioners"),
        ("Example County Sheriff's Office", "Department of Corrections"),
    ],
)
def test_signatures_of_the_agency_by_another_name_are_its_own(tmp_path: Path, name: str, signed: str) -> None:
    found = read(tmp_path, signed_by(signed, name))
    assert [problem.kind for problem in found.problems] == []
    assert said(found.agency_signed) == ("2025-03-08", "read")


def test_the_agencys_own_signatures_behind_those_of_another_are_read(tmp_path: Path) -> None:
    pages = agreement(agency_day="03/09/2025")
    found = read(tmp_path, [*pages[:8], signed_by("Oakton Police Department")[8], pages[8]])
    assert [(problem.kind, problem.row) for problem in found.problems] == [("signed_by_another", 9)]
    assert (said(found.agency_signed), found.agency_signed.page) == (("2025-03-09", "read"), 10)


def scanned_last(pages: list[list[Line]], drawing: str) -> bytes:
    """A document whose last page is only a picture, with a drawing over its text."""
    plain = pdf(pages, over={len(pages): drawing.encode()})
    document = pypdfium2.PdfDocument(plain)
    picture = ocr.draw(document[len(pages) - 1], 150)
    document.del_page(len(pages) - 1)
    document.import_pages(pypdfium2.PdfDocument(scan(picture)))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


RULED = f"0.5 w {LEFT} {MIDDLE - 6} m 290 {MIDDLE - 6} l S "
STRUCK = {
    "thin": f"0.5 w {LEFT} {MIDDLE} m {RIGHT} {MIDDLE} l S",
    "slanted": f"1.2 w {LEFT} {MIDDLE - 1.5} m {RIGHT} {MIDDLE + 1.5} l S",
    "ruled": f"{RULED} 1.2 w {LEFT} {MIDDLE} m {RIGHT} {MIDDLE} l S",
}


@needs_reader
@pytest.mark.parametrize("drawing", STRUCK.values(), ids=STRUCK)
def test_a_day_on_a_scan_with_a_line_across_it_is_no_day_that_was_read(tmp_path: Path, drawing: str) -> None:
    content = scanned_last(agreement(agency_day="03/08/2025"), drawing)
    found = read_document(written(tmp_path, "one.pdf", content))
    assert found.agency_signed.certainty != "read"
    assert said(found.ice_signed) == ("2025-03-10", "read")


@needs_reader
@pytest.mark.parametrize("drawing", ["", RULED], ids=["plain", "ruled"])
def test_a_day_on_a_scan_over_a_rule_is_read(tmp_path: Path, drawing: str) -> None:
    content = scanned_last(agreement(agency_day="03/08/2025"), drawing)
    assert said(read_document(written(tmp_path, "one.pdf", content)).agency_signed) == ("2025-03-08", "read")


def without(pages: list[list[Line]], words: str) -> list[list[Line]]:
    return [[(left, top, text.replace(words, "." * 20)) for left, top, text in page] for page in pages]


def test_days_under_a_name_that_only_the_signatures_have_are_doubts(tmp_path: Path) -> None:
    pages = without(agreement(agency_day="03/08/2025"), "Example County Sheriff's Office")
    found = read(tmp_path, [*pages[:8], agreement(agency="Oakton Police Department", agency_day="03/08/2025")[8]])
    assert said(found.agency) == ("Oakton Police Department", "doubt")
    assert said(found.agency_signed) == ("2025-03-08", "doubt")
    assert said(found.ice_signed) == ("2025-03-10", "doubt")


def test_days_of_a_document_that_names_no_agency_are_doubts(tmp_path: Path) -> None:
    found = read(tmp_path, without(agreement(agency_day="03/08/2025"), "Example County Sheriff's Office"))
    assert said(found.agency) == (None, "unread")
    assert said(found.agency_signed) == ("2025-03-08", "doubt")
    assert said(found.ice_signed) == ("2025-03-10", "doubt")


def test_days_of_a_document_whose_model_was_not_read_are_doubts(tmp_path: Path) -> None:
    pages = agreement(agency_day="03/08/2025", title="287(g) Program")
    for words in ("employees of the", "implementation and administration"):
        pages = without(pages, words)
    found = read(tmp_path, pages)
    assert found.model.value is None
    assert said(found.agency_signed) == ("2025-03-08", "doubt")
    assert said(found.ice_signed) == ("2025-03-10", "doubt")


def test_signatures_of_another_agency_are_a_problem_of_a_text_too() -> None:
    def by_text(pages: list[list[Line]]) -> Document:
        return read_texts("one.pdf", "0" * 64, ["\n".join(text for _, _, text in page) for page in pages])

    found = by_text(signed_by("Oakton Police Department"))
    assert [(problem.kind, problem.row) for problem in found.problems] == [("signed_by_another", 9)]
    assert {found.ice_signed.certainty, found.agency_signed.certainty} <= {"doubt", "unread"}
    assert by_text(agreement()).problems == ()
    assert by_text(signed_by("County of Example")).problems == ()


@needs_reader
def test_a_sign_too_small_for_print_on_the_rule_is_no_struck_day(tmp_path: Path) -> None:
    """Programs for signing leave letters half a point high on the rule under a day, which covers them."""
    tiny = b"BT /F1 0.7 Tf 190 597 Td (BB) Tj ET 0.6 w 90 597.2 m 300 597.2 l S"
    found = read(tmp_path, agreement(agency_day="03/08/2025"), over=tiny)
    assert said(found.agency_signed) == ("2025-03-08", "read")


def test_two_days_at_the_place_of_one_are_a_doubt(tmp_path: Path) -> None:
    above = [(60.0, 181.0, "Approved by the board on 03/15/2025"), (60.0, 192.0, "Date: 03/11/2025")]
    found = read(tmp_path, changed(above))
    assert found.agency_signed.certainty == "doubt"
    assert said(found.ice_signed) == ("2025-03-10", "read")


def test_a_day_stamped_by_a_service_for_signatures_speaks_against_another(tmp_path: Path) -> None:
    stamp = (60.0, 203.0, "DocuSigned by: 3/14/2025 | 10:22 AM EDT")
    found = read(tmp_path, changed([stamp, (60.0, 192.0, "Date: 03/11/2025")]))
    assert said(found.agency_signed) == ("2025-03-11", "doubt")
    assert "2025-03-14" in found.agency_signed.why
    same = (60.0, 203.0, "DocuSigned by: 3/11/2025 | 10:22 AM EDT")
    assert said(read(tmp_path, changed([same, (60.0, 192.0, "Date: 03/11/2025")])).agency_signed) == (
        "2025-03-11",
        "read",
    )


@pytest.mark.parametrize(
    ("agency", "ice", "certainties", "kinds"),
    [
        ("06/02/2025", "June 5, 2025", ("doubt", "doubt"), ["signed_again"]),
        ("06/02/2025", "March 10, 2025", ("doubt", "read"), ["signed_again"]),
        ("03/09/2025", "March 10, 2025", ("read", "read"), []),
    ],
)
def test_a_second_page_of_signatures_with_other_days_is_named(
    tmp_path: Path, agency: str, ice: str, certainties: tuple[str, str], kinds: list[str]
) -> None:
    later = agreement(agency_day=agency, ice_day=ice)[8]
    found = read(tmp_path, [*agreement(agency_day="03/09/2025"), later])
    assert (said(found.agency_signed), said(found.ice_signed)) == (
        ("2025-03-09", certainties[0]),
        ("2025-03-10", certainties[1]),
    )
    assert [(problem.kind, problem.row) for problem in found.problems] == [(kind, 10) for kind in kinds]


@pytest.mark.parametrize("label", ["Date of board approval:", "Effective Date:", "Expiration Date:", "Date received:"])
def test_a_day_with_a_label_of_its_own_is_not_the_signatures(tmp_path: Path, label: str) -> None:
    above = (60.0, 181.0, f"{label} 03/15/2025")
    found = read(tmp_path, changed([above, (60.0, 192.0, "Date: 03/11/2025")]))
    assert said(found.agency_signed) == ("2025-03-11", "doubt")
    assert said(found.ice_signed) == ("2025-03-10", "read")
    alone = read(tmp_path, changed([above, (60.0, 192.0, "Date: ______________")]))
    assert alone.agency_signed.certainty != "read"


@pytest.mark.parametrize("label", ["Date of signature:", "Date Signed:", "Signature Date:"])
def test_a_label_that_names_the_signature_is_of_its_day(tmp_path: Path, label: str) -> None:
    found = read(tmp_path, changed([(60.0, 192.0, f"{label} 03/11/2025")]))
    assert said(found.agency_signed) == ("2025-03-11", "read")
