"""Files named .pdf that are none: what they are is said, with what to do. All people and agencies are synthetic."""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from documents_making import agreement, pdf, written
from ledger287.cli.main import app
from ledger287.sources.documents.files.children import read_folder


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x" * 2000)
    return out.getvalue()


FILES = {
    "photo.pdf": (b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 100, "a JPEG picture", "print it to PDF"),
    "shot.pdf": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a PNG picture", "print it to PDF"),
    "phone.pdf": (b"\0\0\0\x18ftypheic\0\0\0\0", "a photo as phones save it (HEIC)", "print it to PDF"),
    "draft.pdf": (
        archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "a Word file", "save it as a PDF",
    ),
    "old.pdf": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an older Word or Excel file", "save it as a PDF",
    ),
    "packed.pdf": (archive("agreement.pdf"), "a ZIP archive", "Unpack it"),
    "half.pdf": (archive("word/document.xml")[:60], "a ZIP archive", "Unpack it"),
    "page.pdf": (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page", "open the URL"),
    "notes.pdf": ("Notas de la reunión\r\n".encode("latin-1"), "a text file", "give the agreement's own PDF"),
    "noise.pdf": (b"\0\1\2" * 400, "no PDF heading", "Download the document again"),
    "empty.pdf": (b"", "an empty file", "Download the document again"),
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("files")
    for name, (content, _, _) in FILES.items():
        written(folder, name, content)
    written(folder, "plain.pdf", pdf(agreement()))
    (folder / "linked.pdf").symlink_to("nowhere.pdf")
    done = CliRunner().invoke(app, ["documents", "read", str(folder), "--json"])
    assert done.exit_code == 1
    return {row["file"]: row for row in json.loads(done.stdout)}


@pytest.mark.parametrize("file", FILES)
def test_file_that_is_no_pdf_is_named_for_what_it_is(rows: dict[str, dict[str, Any]], file: str) -> None:
    _, kind, remedy = FILES[file]
    [problem] = rows[file]["problems"]
    assert (problem["kind"], problem["found"]) == ("not_a_pdf", kind)
    assert remedy in problem["remedy"]


def test_link_to_nothing_is_a_row_with_its_problem(rows: dict[str, dict[str, Any]]) -> None:
    [problem] = rows["linked.pdf"]["problems"]
    assert problem["kind"] == "cannot_open"
    assert problem["found"] == "a link to nowhere.pdf, which is not there"
    assert rows["plain.pdf"]["model"]["value"] == "TFM"


def test_what_a_folder_holds_and_is_not_read_is_named(tmp_path: Path) -> None:
    written(tmp_path, "plain.pdf", pdf(agreement()))
    written(tmp_path, "scan of page 1.tif", b"II*\0")
    written(tmp_path, "addresses.csv", b"url\n")
    (tmp_path / "within").mkdir()
    written(tmp_path / "within", "notes.txt", b"x")
    os.mkfifo(tmp_path / "within" / "pipe.pdf")
    done = CliRunner().invoke(app, ["documents", "read", str(tmp_path), "--json"])
    rows = {row["file"]: row for row in json.loads(done.stdout)}
    assert list(rows) == ["plain.pdf", "within/pipe.pdf"]
    assert [problem["found"] for problem in rows["within/pipe.pdf"]["problems"]] == ["a pipe or a device"]
    assert done.stderr == "not read, since their names do not end in .pdf: scan of page 1.tif, notes.txt\n"


def test_a_folder_within_that_may_not_be_opened_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "plain.pdf", pdf(agreement()))
    shut = tmp_path / "shut"
    shut.mkdir()
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if str(path) == str(shut):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    rows = read_folder(tmp_path)
    assert [row["file"] for row in rows] == ["plain.pdf", "shut"]
    assert [problem["found"] for problem in rows[1]["problems"]] == ["a folder that this user may not open"]


def test_a_link_to_nothing_by_itself_is_a_row(tmp_path: Path) -> None:
    link = tmp_path / "linked.pdf"
    link.symlink_to("nowhere.pdf")
    done = CliRunner().invoke(app, ["documents", "read", str(link)])
    assert done.exit_code == 1
    assert "a link to nowhere.pdf, which is not there" in done.stdout


def test_a_files_name_breaks_no_line_and_colors_nothing(tmp_path: Path) -> None:
    name = "one\n  model          JEM  read, page 1\x1b[31m.pdf"
    written(tmp_path, name, pdf(agreement()))
    (tmp_path / "b\x1b[31m\n.txt").write_text("x")
    shown = CliRunner().invoke(app, ["documents", "read", str(tmp_path)])
    assert "\x1b" not in shown.output
    assert shown.output.splitlines()[0].startswith("one\\n  model          JEM  read, page 1\\x1b[31m.pdf")
    assert [line for line in shown.output.splitlines() if line.startswith("  model")] == [
        "  model          TFM  read, page 1"
    ]
    assert "b\\x1b[31m\\n.txt" in shown.output
