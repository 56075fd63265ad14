"""What is inside a document other than pages is reported however it is packed or spelled, and damage is one line."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from documents_making import agreement, packed, pdf, written
from ledger287.cli.main import app
from ledger287.core.problem import Problem
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.versions.aligning import align_file

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def problems_of(folder: Path, content: bytes) -> list[Problem]:
    return open_document(written(folder, "one.pdf", content))[1]


@pytest.mark.parametrize(
    ("catalog", "other", "found"),
    [
        (b"/OpenAction {0}", SCRIPT, "JavaScript inside"),
        (b"/OpenAction {0}", b"<< /S /Launch /F (program.exe) >>", "Launch inside"),
        (b"/Names << /JavaScript << /Names [(a) {0}] >> >>", SCRIPT, "JavaScript inside"),
        (b"/AcroForm << /XFA {0} /Fields [] >>", b"(form)", "XFA inside"),
    ],
)
def test_a_script_in_a_packed_part_of_the_file_is_reported(
    tmp_path: Path, catalog: bytes, other: bytes, found: str
) -> None:
    content = packed(pdf(agreement()), catalog, other)
    assert b"JavaScript" not in content
    assert b"Launch" not in content
    (problem,) = problems_of(tmp_path, content)
    assert (problem.kind, problem.found) == ("active_content", found)


def test_a_script_is_reported_whatever_way_its_name_is_spelled(tmp_path: Path) -> None:
    content = pdf(agreement(), b"/OpenAction << /S /J#61vaScript /JS (app.alert\\(1\\)) >>")
    assert [problem.found for problem in problems_of(tmp_path, content)] == ["JavaScript inside"]


def test_a_file_on_a_page_is_an_attachment_as_those_of_the_document_are(tmp_path: Path) -> None:
    mark = b"<< /Type /Annot /Subtype /FileAttachment /Rect [9 9 30 30] /FS << /Type /Filespec /F (list.txt) >> >>"
    content = pdf(agreement(), notes={1: mark})
    (problem,) = problems_of(tmp_path, content)
    assert (problem.kind, problem.found) == ("attachment", "1 attached file")
    assert problems_of(tmp_path, packed(pdf(agreement()), b"")) == []


def test_what_a_person_may_not_do_with_a_document_does_not_hide_a_script(tmp_path: Path) -> None:
    path = written(tmp_path, "plain.pdf", packed(pdf(agreement()), b"/OpenAction {0}", SCRIPT))
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("", "owner", algorithm="RC4-128")
    with path.open("wb") as stream:
        writer.write(stream)
    opened, problems = open_document(path)
    assert opened is not None
    assert [problem.found for problem in problems] == ["JavaScript inside"]


def test_pages_that_cannot_be_opened_are_one_line(tmp_path: Path) -> None:
    loop = pdf([[(60, 60, "x")]]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    document = read_document(written(tmp_path, "loop.pdf", loop))
    (problem,) = document.problems
    assert (problem.kind, problem.found) == ("truncated", "1 of 1 page that cannot")


def test_a_memorandum_of_another_kind_is_no_agreement_and_is_shown_in_one_line(tmp_path: Path) -> None:
    lines = (
        "This Memorandum of Agreement constitutes an agreement between the United States Department of Homeland",
        "Security, Immigration and Customs Enforcement (ICE) and Example County for the detention of persons at",
        "a daily rate. The provider shall furnish beds, meals and medical care, and ICE shall pay within 30 days.",
    )
    path = written(tmp_path, "detention.pdf", pdf([[(60.0, 80.0 + 20 * n, text) for n, text in enumerate(lines)]]))
    done = CliRunner().invoke(app, ["documents", "read", str(path)])
    assert done.exit_code == 1
    assert "names no section 287(g)" in done.output
    assert "unread" not in done.output


def test_the_clauses_of_a_document_with_a_damaged_page_are_compared_without_it(tmp_path: Path) -> None:
    plain = pdf([*agreement(), [(60, 60, "x")]])
    kids = plain[plain.index(b"/Kids [") : plain.index(b"] /Count")]
    broken = plain.replace(kids, kids[: kids.rindex(b" 0 R") - 2] + b" 2 0 R")
    found = align_file(written(tmp_path, "broken.pdf", broken))
    assert (found.model, found.version) == ("TFM", "03/07/2025")
    assert [(problem.kind, problem.found) for problem in found.problems] == [
        ("truncated", "1 of 10 pages that cannot"),
    ]


def test_the_clauses_of_a_picture_that_is_too_large_say_so(tmp_path: Path) -> None:
    image = b"<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 1 "
    image += b"/ColorSpace /DeviceGray /Length 0 >>\nstream\n\nendstream"
    plain = pdf([[]], over={1: b"q 612 0 0 792 0 0 cm /I Do Q"}).replace(
        b"/Font <<", b"/XObject << /I 9 0 R >> /Font <<"
    )
    found = align_file(
        written(tmp_path, "large.pdf", plain.replace(b"xref\n", b"9 0 obj\n" + image + b"\nendobj\nxref\n"))
    )
    assert found.version is None
    assert [problem.kind for problem in found.problems] == ["picture_too_large"]
