"""A file that is not a PDF -> what it is instead, and what to do with it.

What enters: the path of a file, and its first bytes. What leaves: ``OtherFile``. Programs name a file by what it was
saved as, not by what is in it: a picture or a Word file can be named .pdf. The module promises to look at the first
bytes, and of a ZIP archive at its list of names; nothing is unpacked.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

HEAD = 1024
"""So many bytes at the beginning of a file tell what it is."""


@dataclass(frozen=True, slots=True)
class OtherFile:
    """What a file is that is not a PDF, and what can be done to read its agreement."""

    kind: str
    remedy: str


AS_SCAN = "Put it into a PDF (print it to PDF, all pages in one file), and read that: its pages are read as scans are."
SAVED_AS = "Open it in the program that made it, save it as a PDF, and read that; or ask for the signed copy."
FROM_URL = "Download the document again from its URL."
PAGE = "A web page can be what a site answers in place of a document: open the URL, and save the document itself."
OF_TEXT = "A text has neither pages nor signatures: give the agreement's own PDF, or a folder of PDFs."
SPACE = 32
"""Bytes below that of the space are no letters; texts have few of them: tabs and ends of lines and pages."""
UNPACK = "Unpack it, and read the PDFs that are in it."
BEGINNINGS = (
    (b"\xff\xd8\xff", "a JPEG picture", AS_SCAN),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", AS_SCAN),
    (b"II*\0", "a TIFF picture", AS_SCAN),
    (b"MM\0*", "a TIFF picture", AS_SCAN),
    (b"GIF8", "a GIF picture", AS_SCAN),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Word or Excel file", SAVED_AS),
    (b"{\\rtf", "an RTF text", SAVED_AS),
    (b"%!PS", "a PostScript file", SAVED_AS),
)
"""The first bytes of files that are not PDFs."""
IN_ARCHIVES = (("word/", "a Word file", SAVED_AS), ("xl/", "an Excel file", SAVED_AS), ("ppt/", "slides", SAVED_AS))
"""The folders in ZIP archives that Office saves."""
PHOTOS = (b"heic", b"heix", b"mif1", b"avif")
UNKNOWN = OtherFile("no PDF heading", FROM_URL)


def other_file(path: Path, head: bytes) -> OtherFile:
    """What a file without the heading of a PDF is."""
    for begins, kind, remedy in BEGINNINGS:
        if head.startswith(begins):
            return OtherFile(kind, remedy)
    if head[4:8] == b"ftyp" and head[8:12] in PHOTOS:
        return OtherFile("a photo as phones save it (HEIC)", AS_SCAN)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    plain = head.lower()
    if b"<html" in plain or b"<!doctype html" in plain:
        return OtherFile("a web page", PAGE)
    return OtherFile("a text file", OF_TEXT) if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether bytes are letters only, as UTF-8 (whose last letter can be cut) or as older programs save them."""
    return not any(byte < SPACE and byte not in b"\t\n\f\r" for byte in head)


def _of_archive(path: Path) -> OtherFile:
    """What a ZIP archive is, by the names in it; Word and Excel save such archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        names = []
    for folder, kind, remedy in IN_ARCHIVES:
        if any(name.startswith(folder) for name in names):
            return OtherFile(kind, remedy)
    return OtherFile("a ZIP archive", UNPACK)
