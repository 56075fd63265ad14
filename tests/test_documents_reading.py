"""Agreements read from PDFs: fields, what is doubted, and what is refused. All people and agencies are synthetic."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from documents_making import agreement, pdf, written
from ledger287.cli.main import app


def read(folder: Path) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(app, ["documents", "read", str(folder), "--json"])
    return done.exit_code, json.loads(done.stdout)


def values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: field["value"] for name, field in row.items() if isinstance(field, dict)}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """A folder of good, doubtful and broken documents, read once."""
    folder = tmp_path_factory.mktemp("agreements")
    written(folder, "plain.pdf", pdf(agreement()))
    written(folder, "bound.pdf", pdf(agreement(lead=2)))
    written(folder, "blank.pdf", pdf(agreement(agency_day="", ice_day="")))
    written(folder, "order.pdf", pdf(agreement(agency_day="01/04/2025")))
    written(folder, "page.pdf", b"<!DOCTYPE html><html><body>Not found</body></html>")
    written(folder, "cut.pdf", pdf(agreement())[:900])
    written(folder, "long.pdf", pdf([[(60, 60, "x")]] * 2000))
    written(
        folder,
        "other.pdf",
        pdf([[(60, 60, "Invoice of the county for vehicles and of the fuel that the sheriff used")]]),
    )
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    written(folder, "script.pdf", pdf(agreement(), script))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(agreement()))))
    writer.add_attachment("list.txt", b"x")
    with (folder / "attached.pdf").open("wb") as stream:
        writer.write(stream)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(agreement()))))
    writer.encrypt("secret", algorithm="RC4-128")
    with (folder / "locked.pdf").open("wb") as stream:
        writer.write(stream)
    code, found = read(folder)
    assert code == 1
    return {row["file"]: row for row in found}


def test_fields_are_read_with_page(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["plain.pdf"]
    assert list(row)[:9] == [
        "file", "sha256", "model", "version", "agency", "state", "ice_signed", "agency_signed", "problems",
    ]  # fmt: skip
    assert (
        values(row)
        == {
            "model": "TFM",
            "version": "03/07/2025",
            "agency": "Example County Sheriff's Office",
            "state": None,
            "ice_signed": "2025-03-10",
            "agency_signed": "2025-03-04",
            "ice_office": "Acting Director",
            "agency_office": "Sheriff",
            "ice_name": "Lee Sample",
            "agency_name": "Pat Example",
            "effective": None,
            "term": None,
            "ending_by_ice": None,
            "ending_by_agency": None,
        }
        or row["agency_signed"]["certainty"] == "doubt"
    )
    assert {name: row["ice_signed"][name] for name in ("value", "certainty", "page", "confidence")} == {
        "value": "2025-03-10", "certainty": "read", "page": 9, "confidence": 1.0,
    }  # fmt: skip
    left, top, right, bottom = row["ice_signed"]["box"]
    assert left < 345 < right
    assert top < 190 < bottom
    assert row["problems"] == []


def test_agreement_bound_behind_letters_is_found(rows: dict[str, dict[str, Any]]) -> None:
    model = rows["bound.pdf"]["model"]
    assert (model["value"], model["certainty"], model["page"]) == ("TFM", "read", 3)
    assert rows["bound.pdf"]["ice_signed"]["page"] == 11


def test_no_day_is_made_where_none_is_written(rows: dict[str, dict[str, Any]]) -> None:
    for side in ("ice_signed", "agency_signed"):
        assert rows["blank.pdf"][side]["value"] is None
        assert rows["blank.pdf"][side]["certainty"] == "unread"


def test_day_before_the_form_was_made_is_doubted(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["order.pdf"]["agency_signed"]["value"] == "2025-01-04"
    assert rows["order.pdf"]["agency_signed"]["certainty"] == "doubt"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("page.pdf", "not_a_pdf"),
        ("cut.pdf", "truncated"),
        ("long.pdf", "too_many_pages"),
        ("other.pdf", "not_an_agreement"),
        ("locked.pdf", "encrypted"),
    ],
)
def test_document_that_cannot_be_read_is_a_problem(rows: dict[str, dict[str, Any]], file: str, kind: str) -> None:
    row = rows[file]
    assert [problem["kind"] for problem in row["problems"]] == [kind]
    assert all(value is None for value in values(row).values())


@pytest.mark.parametrize(("file", "kind"), [("script.pdf", "active_content"), ("attached.pdf", "attachment")])
def test_what_lies_inside_is_told_and_pages_are_read(rows: dict[str, dict[str, Any]], file: str, kind: str) -> None:
    assert [problem["kind"] for problem in rows[file]["problems"]] == [kind]
    assert rows[file]["ice_signed"]["value"] == "2025-03-10"


def test_folder_without_documents_is_asked_wrongly(tmp_path: Path) -> None:
    from ledger287.cli.common import run_safely

    assert run_safely(lambda: app(["documents", "read", str(tmp_path)], standalone_mode=False)) == 2
