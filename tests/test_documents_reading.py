"""Agreements read from PDFs: fields, what is doubted, and what is refused. All people and agencies are synthetic."""

import io
import json
import struct
import subprocess
import sys
import zlib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from documents_making import agreement, pdf, written
from ledger287.cli.documents.shown import reason
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.law.agreements import documents as shipped
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.files import child, children
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.versions.aligning import Aligned
from ledger287.sources.documents.versions.clause_change import ClauseChange


def read(folder: Path) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(app, ["documents", "read", str(folder), "--json"])
    return done.exit_code, json.loads(done.stdout)


def pixels(png: bytes) -> Any:
    """The red, green and blue of a PNG whose rows have no filter."""
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    rows = np.frombuffer(zlib.decompress(png[41 : 41 + length]), np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


def values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: field["value"] for name, field in row.items() if isinstance(field, dict)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreements")


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, dict[str, Any]]:
    """A folder of good, doubtful and broken documents, read once."""
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


@pytest.mark.parametrize(
    ("does", "kinds"),
    [
        ("import time; time.sleep(0.5); print('{}', flush=True)", []),
        ("list(iter(int, 1))", ["too_slow"]),
    ],
    ids=["a document that waits for its turn on a busy machine", "one that computes without end"],
)
def test_time_of_a_document_is_processor_time(
    does: str, kinds: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {**limits(), "seconds": {"most": 0.25, "page": 60, "waited": 3600}}
    monkeypatch.setattr(children, "limits", lambda: few)
    monkeypatch.setattr(children, "LOOK", 0.05)
    child = children.ReadingProcess()
    started = subprocess.Popen(
        [sys.executable, "-ISc", f"import sys; sys.stdin.readline(); {does}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    monkeypatch.setattr(child, "_running", lambda: started)
    child._process = started
    row = child.read(written(tmp_path, "a.pdf", b"%PDF-"))
    child.stop()
    assert [problem["kind"] for problem in row.get("problems", ())] == kinds


def test_reader_of_a_page_has_its_own_limit_of_processor_time() -> None:
    told = "import resource, sys; sys.stdin.read(); print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    assert int(ocr._answer([sys.executable, "-ISc", told], b"picture")) == limits()["seconds"]["page"]
    failing = "import sys; sys.stdin.read(); print('half a page'); sys.exit(1)"
    assert ocr._answer([sys.executable, "-ISc", failing], b"picture") == b""


def test_place_of_a_field_is_drawn_from_the_document(
    rows: dict[str, dict[str, Any]], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rows["plain.pdf"]
    found = replace(shipped.read_documents()[0], sha256=row["sha256"], file="plain.pdf")
    monkeypatch.setattr(shipped, "document_of", lambda agreement: found)
    drawn = tmp_path / "place.png"

    def show(field: str, where: Path = folder) -> Any:
        asked = [
            "documents",
            "show",
            "ag-example",
            "--picture",
            str(drawn),
            "--field",
            field,
            "--documents",
            str(where),
        ]
        return CliRunner().invoke(app, asked)

    assert show("agency_signed").exit_code == 0
    picture = pixels(drawn.read_bytes())
    left, top, right, bottom = row["agency_signed"]["box"]
    scale = picture.shape[1] / next(one["width"] for one in row["sizes"] if one["page"] == row["agency_signed"]["page"])
    red = (picture[:, :, 0] > 150) & (picture[:, :, 1] < 60)
    heights, widths = red.any(axis=1).nonzero()[0], red.any(axis=0).nonzero()[0]
    assert [widths[0], heights[0], widths[-1], heights[-1]] == pytest.approx(
        [left * scale - 3, top * scale - 3, right * scale + 3, bottom * scale + 3], abs=2
    )
    assert isinstance(show("agency_signed", tmp_path).exception, Refused)
    cut = rows["cut.pdf"]
    assert cut["problems"][0]["remedy"].rstrip(".") in reason(cut, cut["agency_signed"])


def test_a_file_without_its_end_says_so_though_its_pages_open(tmp_path: Path) -> None:
    complete = pdf(agreement())
    (tmp_path / "cut.pdf").write_bytes(complete[: complete.rindex(b"startxref")])
    document = read_document(tmp_path / "cut.pdf")
    assert [problem.kind for problem in document.problems] == ["truncated"]
    assert document.ice_signed.value == "2025-03-10"


def test_a_file_or_pages_with_nothing_on_them_are_said_to_be_empty(tmp_path: Path) -> None:
    files = (("no.pdf", b"", "an empty file"), ("blank.pdf", pdf([[], []]), "2 pages with nothing on them"))
    for name, content, found in files:
        (problem,) = read_document(written(tmp_path, name, content)).problems
        assert problem.found == found


def test_places_that_could_not_be_read_come_from_the_process_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ClauseChange("omitted", "TERM", "words", "", 3, "before")
    answer = {"aligned": asdict(Aligned("a.pdf", "TFM", "03/07/2025", (), (), (one,)))}
    monkeypatch.setattr(children.ReadingProcess, "_answer", lambda *rest: json.loads(json.dumps(answer)))
    assert children.align_apart(Path("a.pdf")).unread == (one,)


def test_an_agenda_that_names_a_model_is_no_agreement(tmp_path: Path) -> None:
    lines = ["CITY COUNCIL OF EXAMPLEVILLE", "Agenda, March 4, 2025",
             "Item 7: Memorandum of Agreement with ICE under 287(g), Task Force Model"]  # fmt: skip
    (tmp_path / "agenda.pdf").write_bytes(pdf([[(72.0, 80.0 + 20 * n, line) for n, line in enumerate(lines)]]))
    document = read_document(tmp_path / "agenda.pdf")
    assert [problem.kind for problem in document.problems] == ["not_an_agreement"]
    assert document.model.value is None


class Scripted(children.ReadingProcess):
    """A process that gives the answers of a list, without being started."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        super().__init__()
        self.answers = answers

    def _answer_once(self, path: Path, asked: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        answer = self.answers.pop(0)
        if answer["problems"]:
            self.stop()
        return answer


@pytest.mark.parametrize("kind", ["stopped", "too_much_memory"])
def test_a_document_that_failed_after_others_is_read_again_alone(kind: str) -> None:
    good: dict[str, Any] = {"problems": []}
    bad: dict[str, Any] = {"problems": [{"kind": kind}]}
    process = Scripted([good, bad, good, bad, bad, bad])
    assert [process.read(Path("x"))["problems"] for _ in range(2)] == [[], []]
    assert process.read(Path("x"))["problems"] == [{"kind": kind}]  # in the third process, which had another before
    assert process.read(Path("x"))["problems"] == [{"kind": kind}]  # alone from the first
    assert process.answers == []


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("std::bad_alloc"),
        ValueError("Traceback (most recent call last):\n  File x\nFailed to allocate memory for requested buffer"),
        OSError("Cannot allocate memory"),
    ],
)
def test_an_error_of_a_library_without_memory_is_said_as_that(error: Exception) -> None:
    assert child.failure(error) == {"failed": "too_much_memory"}


def test_what_stopped_a_reader_is_said_in_words() -> None:
    said = child.failure(KeyError("Traceback (most recent call last):\n  File x, line 3\nno such page"))
    assert said["failed"] == "stopped"
    assert "Traceback" not in said["found"]
    for code in (-6, -9, -11, -15, 1, -31):
        words = children.ended_in_words(code)
        assert "signal" not in words
        assert "its" in words or "memory" in words
    for kind in children.REMEDIES:
        row = children.failed(Path("absent.pdf"), kind, children.ended_in_words(-6))
        assert row["problems"][0]["remedy"].endswith(".")
    assert "memory limit" in children.ended_in_words(-6)


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    for folder, agency in (("2025", "Birch County Sheriff's Office"), ("older", "Oakton Police Department")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "agreement.pdf").write_bytes(pdf(agreement(agency=agency)))
    (tmp_path / "agreement.pdf").write_bytes(pdf(agreement()))
    _, rows = read(tmp_path)
    assert {row["file"]: row["agency"]["value"] for row in rows} == {
        "2025/agreement.pdf": "Birch County Sheriff's Office",
        "agreement.pdf": "Example County Sheriff's Office",
        "older/agreement.pdf": "Oakton Police Department",
    }
