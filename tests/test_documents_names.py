"""Names of signers: read where they are printed, kept with the document, in no table. All names are synthetic."""

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import SHARED
from documents_making import agreement, pdf, written
from ledger287.cli.common import run_safely
from ledger287.cli.main import app
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn
from ledger287.sources.documents.fields.signed_pages.signers import printed_names
from ledger287.sources.documents.fields.signed_pages.signers.printed_names import name_in, name_of, parted
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import ReadPage, Word
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.rows import as_row


def test_names_are_read_with_page_box_and_certainty(tmp_path: Path) -> None:
    row = as_row(read_document(written(tmp_path, "one.pdf", pdf(agreement()))))
    ice, agency = row["ice_name"], row["agency_name"]
    assert (ice["value"], ice["certainty"], ice["page"]) == ("Lee Sample", "read", 9)
    assert (agency["value"], agency["certainty"], agency["page"]) == ("Pat Example", "read", 9)
    assert agency["box"][0] < ice["box"][0] and agency["confidence"] == 1.0


def test_a_name_off_the_line_of_its_label_is_read(tmp_path: Path) -> None:
    pages = agreement()
    moved = [(left, top, "Name:" if text.startswith("Name: Pat") else text) for left, top, text in pages[8]]
    high = next(top for _, top, text in pages[8] if text.startswith("Name: Pat")) - 6
    found = read_document(written(tmp_path, "one.pdf", pdf([*pages[:8], [*moved, (110.0, high, "Pat Q. Example")]])))
    assert (found.signers.agency_name.value, found.signers.agency_name.certainty) == ("Pat Q. Example", "read")


def test_a_name_behind_the_party_is_read_and_a_form_without_one_has_none(tmp_path: Path) -> None:
    pages = agreement()
    unnamed = [line for line in pages[8] if not line[2].startswith("Name:")]
    beside = [(left, top, f"{text} Pat Example" if text == "For the LEA:" else text) for left, top, text in unnamed]
    found = read_document(written(tmp_path, "one.pdf", pdf([*pages[:8], beside])))
    assert (found.signers.agency_name.value, found.signers.agency_name.certainty) == ("Pat Example", "read")
    assert (found.signers.ice_name.value, found.signers.ice_name.certainty) == (None, "unread")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Pat Q. Example", "Pat Q. Example"), ("P.Q. Example", "P.Q. Example"),
        ("Jo-Ann O'Example", "Jo-Ann O'Example"),
        ("Sheriff Pat Q. Example", "Pat Q. Example"), ("PAT EXAMPLE JR", "PAT EXAMPLE JR"),
        ("Acting Director", None), ("Example County Sheriff's Office", None), ("03/04/2025", None), ("Pat", None),
        ("Digitally signed by Pat Example", None), ("____", None), ("pat example", None),
    ],
)  # fmt: skip
def test_what_is_a_name(said: str, name: str | None) -> None:
    assert name_in(said) == name


@pytest.mark.parametrize(
    ("read", "name"),
    [("PatQ.Example", "Pat Q. Example"), ("P.Q.Example", "P.Q. Example"), ("Pat McExample", "Pat McExample")],
)
def test_a_reader_of_lines_leaves_out_spaces(read: str, name: str) -> None:
    assert parted(read) == name


@pytest.mark.parametrize(
    ("looks", "text", "found"),
    [
        (["Pat Example", "PatExample"], "", ("Pat Example", "read")),
        (["Pat Example", "Pot Example"], "", ("Pat Example", "doubt")),
        (["Pot Example", "Pot Example", "Pot Example"], "Pat Example", ("Pot Example", "doubt")),
        (["Pat Example", "Pat Example", "Pat Example"], "Fax Example-Stroke", ("Pat Example", "read")),
        (["Pat Example", "Pot Example"], "Pat Example", ("Pat Example", "read")),
        (["Pet Example", "Pot Example", "Pit Example"], "Pat Example", ("Pat Example", "doubt")),
        (["", ""], "", (None, "unread")),
    ],
)
def test_a_name_in_a_picture_is_read_where_looks_agree(
    looks: list[str], text: str, found: tuple[str | None, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sure = np.tile(np.array([[0.02, 0.98]], np.float32), (8, 1))
    said = iter(looks)
    monkeypatch.setattr(printed_names, "look", lambda strip: Look(next(said), sure))
    monkeypatch.setattr(ocr, "draw_place", lambda *rest: np.full((40, 200), 255, np.uint8))
    words = [Word("Name:", (60.0, 240.0, 90.0, 250.0), True)]
    words += [Word(part, (95.0 + 50 * at, 240.0, 140.0 + 50 * at, 250.0), True) for at, part in enumerate(text.split())]
    strip = (87.0, 200.0, 300.0, 230.0)
    field = name_of(
        SignatureColumn("agency", strip, strip, tuple(words)), ReadPage(1, 612, 792, "picture", ()), 0, None
    )
    assert (field.value, field.certainty) == found


def test_no_table_that_ships_has_a_column_of_names() -> None:
    folder = files("ledger287").joinpath("declared", "documents")
    for table in ("read.csv", "places.csv", "addenda.csv", "appendices.csv"):
        rows = csv.DictReader(folder.joinpath(table).read_text(encoding="utf-8").splitlines())
        first = next(rows)
        assert not {"ice_name", "agency_name", "name"} & {*first, first.get("field", "")}


@pytest.mark.skipif(not (SHARED / "documents").is_dir(), reason="../shared/documents is not here")
def test_names_are_shown_only_where_the_document_is(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["documents", "show", "ag-acrwj58-wso-2025-02-26", "--json"]

    def answer(*more: str) -> dict[str, Any]:
        assert run_safely(lambda: app([*asked, *more], standalone_mode=False)) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    assert "names" not in answer()
    names = answer("--documents", str(SHARED / "documents" / "pdf"))["names"]
    assert {side: one["certainty"] for side, one in names.items()} == {"ice": "read", "agency": "read"}


@pytest.mark.parametrize("apart", [12.0, 22.0])
def test_a_name_above_its_office_is_read_at_the_spacing_of_a_line_or_two(apart: float) -> None:
    lines = ("Pat Q. Example", "Sheriff", "Example County Sheriff's Office")
    words = [
        Word(part, (320.0 + 50 * at, 230.0 + apart * row, 365.0 + 50 * at, 240.0 + apart * row), True)
        for row, line in enumerate(lines)
        for at, part in enumerate(line.split())
    ]
    strip = (350.0, 200.0, 600.0, 225.0)
    column = SignatureColumn("agency", strip, (323.0, 200.0, 600.0, 280.0), tuple(words))
    office = (320.0, 230.0 + apart, 365.0, 240.0 + apart)
    field = name_of(column, ReadPage(1, 612, 792, "text", tuple(words)), None, office)
    assert (field.value, field.certainty) == ("Pat Q. Example", "read")
