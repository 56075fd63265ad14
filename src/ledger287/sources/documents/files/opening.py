"""The bytes of a file -> an open PDF, or the problem that keeps it shut.

What enters: a file's path. What leaves: ``OpenedDocument`` and problems. The module promises that nothing inside a
document is run: scripts and attachments are only reported, and a file over the declared limits is refused before it is
read.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger287.core.problem import Problem
from ledger287.core.text import plural
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.files.inside import CannotLook, content_of, pdfium
from ledger287.sources.documents.files.other_files import FROM_URL, HEAD, other_file

TAIL = 2048
"""In so many bytes at the end of a PDF its %%EOF is written."""
PASSWORD_WANTED = 4
"""pdfium's number for a document that wants a password."""


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """An open document. ``fields`` are the values of its form's text fields: name -> value."""

    file: str
    sha256: str
    document: Any
    pages: int


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for piece in iter(lambda: stream.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def open_document(path: Path) -> tuple[OpenedDocument | None, list[Problem]]:
    """A PDF, open, with what must be reported about it; None where it cannot be read."""
    most = int(limits()["bytes"]["most"])
    size = path.stat().st_size
    if not size:
        return None, [fault(path, "not_a_pdf", "a PDF document", "an empty file", FROM_URL)]
    if size > most:
        return None, [fault(path, "too_large", f"at most {most:,} bytes", f"{size:,} bytes", SPLIT)]
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if b"%PDF-" not in head:
        other = other_file(path, head)
        return None, [fault(path, "not_a_pdf", "a PDF document", other.kind, other.remedy)]
    library = pdfium()
    try:
        document = library.PdfDocument(path)
    except library.PdfiumError as error:
        return None, [_shut(path, error)]
    problems = _cut(path) + _inside(path, document)
    if len(document) > int(limits()["pages"]["most"]):
        most = int(limits()["pages"]["most"])
        problems.append(fault(path, "too_many_pages", f"at most {most:,} pages", plural(len(document), "page"), SPLIT))
        return None, problems
    if not len(document):
        return None, [fault(path, "truncated", "at least one page", "no page", AGAIN)]
    if document.get_formtype():
        document.init_forms()
    return OpenedDocument(path.name, sha256_of(path), document, len(document)), problems


def cannot_open(path: Path) -> Problem | None:
    """Why a file cannot be opened at all: it is a link to nothing, no file, or this user may not read it."""
    found = None
    if path.is_symlink() and not path.exists():
        found = f"a link to {path.readlink()}, which is not there"
    elif path.is_dir():
        found = "a folder that this user may not open"
    elif path.exists() and not path.is_file():
        found = "a pipe or a device"
    elif path.is_file() and not os.access(path, os.R_OK):
        found = "one that this user may not read"
    return fault(path, "cannot_open", "a file that can be opened", found, PUT_IT_THERE) if found else None


PUT_IT_THERE = "Put the document itself there, readable by you, and read it again; the other documents were read."
UNSEEN = "Whether it has scripts is not known; nothing was run, and pages were read."
SPLIT = "Cut the agreement's own pages out, and read those."
AGAIN = "Download the document again; if it stays so, ask the agency for another copy."


def fault(path: Path, kind: str, expected: str, found: str, remedy: str, page: int | None = None) -> Problem:
    """A problem of a document; ``row`` is the page."""
    return Problem(kind, path.name, "page" if page else None, page, None, expected, found, remedy)


def _shut(path: Path, error: Exception) -> Problem:
    wanted = getattr(error, "err_code", None) == PASSWORD_WANTED or "password" in str(error).casefold()
    if wanted and b"/Encrypt" in path.read_bytes():
        return fault(path, "encrypted", "a document that opens without a password", "an encrypted one", AGAIN)
    return next(iter(_cut(path)), None) or fault(path, "truncated", "a PDF that can be opened", "a damaged one", AGAIN)


def _cut(path: Path) -> list[Problem]:
    """A file without its end: pages can still be there, and others can be missing."""
    if b"%%EOF" in path.read_bytes()[-TAIL:]:
        return []
    return [fault(path, "truncated", "a PDF with its end (%%EOF)", "a file that breaks off", AGAIN)]


def _inside(path: Path, document: Any) -> list[Problem]:
    """Content inside a document that is never run, or opened."""
    found = []
    try:
        content = content_of(document)
    except CannotLook as error:
        expected = "a document whose scripts and attachments can be looked for"
        return [fault(path, "active_content", expected, f"a damaged one ({error})", UNSEEN)]
    if content.scripts:
        said = f"{', '.join(content.scripts)} inside"
        found.append(fault(path, "active_content", "pages only", said, "Nothing was run; pages were read."))
    if content.attached:
        said = plural(content.attached, "attached file")
        found.append(fault(path, "attachment", "pages only", said, "They were not opened; pages were read."))
    return found
