"""A workbook's bytes -> the parts of its package, unpacked under declared limits and checked.

Nothing is parsed before the checks are made: the file is an unencrypted package, complete, and no larger than any list
could be, whatever its headers say. ``packed_again`` makes a plain package of checked parts; the cell reader is given
that and never the file, so that it reads exactly the bytes checked here.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree import ElementTree

from ledger287.core import declared

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
LOCAL_HEADER = 30
UNREAD_FOLDERS = ("xl/theme/", "customXml/", "xl/persons/", "docProps/app", "docProps/custom")
"""Parts that hold no cell and nothing about one."""
ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)["']""")
TEXTS_DECLARED = re.compile(rb"""uniqueCount\s*=\s*["'](\d+)["']""")
SMALLEST_TEXT = len(b"<si/>")
USUAL_RELATIONSHIP = re.compile(r'<Relationship Id="([^"]*)" Type="[^"]*" Target="([^"]*)"')

Parts = dict[str, bytes]


def limits() -> dict[str, Any]:
    """The declared limits of what is read."""
    found: dict[str, Any] = declared.limits()["read"]
    return found


class Unreadable(Exception):
    """A file that cannot be read as a workbook: the kind of problem, where it is if it is in a sheet,
    and what to do."""

    def __init__(
        self,
        kind: str,
        expected: str,
        found: str,
        remedy: str = "Fetch it again.",
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(f"expected {expected}; found {found}. {remedy}")
        self.kind, self.expected, self.found, self.remedy = kind, expected, found, remedy
        self.sheet, self.row, self.column = sheet, row, column


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name, the name of its part, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def unpacked(data: bytes) -> Parts:
    """The XML parts of a workbook's bytes, by name. Raises Unreadable where a check fails."""
    _check_beginning(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged(f"a damaged or cut-off package ({error})") from None
    _check_entries(entries)
    parts: Parts = {}
    for entry in entries:
        name = entry.filename
        if not name.endswith((".xml", ".rels")) or name.startswith(UNREAD_FOLDERS):
            continue
        if name in parts:
            raise _damaged(f"a package with two parts named {name}")
        parts[name] = _unpack(data, entry)
    if "xl/workbook.xml" not in parts:
        raise Unreadable(
            "not_a_workbook", "an .xlsx workbook", "a zip package without a workbook", "Check where the file came from."
        )
    _check_texts(parts)
    return parts


def _damaged(found: str) -> Unreadable:
    return Unreadable("truncated", "a complete .xlsx workbook", found)


def _check_beginning(data: bytes) -> None:
    if data[:8] == OLE_MAGIC:
        if ENCRYPTED_STREAM not in data and any(stream in data for stream in OLD_XLS_STREAMS):
            raise Unreadable(
                "not_a_workbook",
                "an .xlsx workbook",
                "a workbook of the older .xls kind",
                "Open it in a spreadsheet program and save it as .xlsx.",
            )
        raise Unreadable(
            "encrypted",
            "an unencrypted .xlsx workbook",
            "an encrypted workbook, or one of the older .xls kind",
            "Save it without a password as .xlsx.",
        )
    if data[:2] != b"PK":
        is_page = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doc", b"<html"))
        begins = f"a file that begins with {data[:8].decode('latin-1')!r}" if data else "an empty file"
        raise Unreadable(
            "not_a_workbook",
            "an .xlsx workbook (a zip package)",
            "an HTML page" if is_page else begins,
            "Check where the file came from, and fetch it again.",
        )
    if len(data) > limits()["file"]["bytes"]:
        raise too_large_a_file(len(data))


def too_large_a_file(size: int) -> Unreadable:
    """What is said of a file of more bytes than are read."""
    most = limits()["file"]["bytes"]
    return Unreadable(
        "too_large",
        f"a file of at most {most // 2**20} MB",
        f"one of {size // 2**20} MB",
        "If it really is a list, delete what does not belong to it and save it again.",
    )


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(
            "encrypted", "an unencrypted .xlsx workbook", "an encrypted package", "Save it without a password."
        )
    most = limits()["package"]
    total = sum(entry.file_size for entry in entries)
    if total > most["bytes"] or len(entries) > most["parts"]:
        raise Unreadable(
            "too_large",
            f"a list that unpacks to at most {most['bytes'] // 2**20} MB in {most['parts']:,} parts",
            f"one that unpacks to {total // 2**20:,} MB in {len(entries):,} parts",
            "If it really is a list, delete the unused sheets and rows and save it again.",
        )


def _unpack(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """One part, never more of it than its header says, held against its size and checksum."""
    start = entry.header_offset
    header = data[start : start + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise _damaged(f"a damaged package (no part where {entry.filename} should begin)")
    name_length, extra_length = struct.unpack("<HH", header[26:])
    start += LOCAL_HEADER + name_length + extra_length
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise _damaged(f"a damaged part ({entry.filename}: {error})") from None
    else:
        raise _damaged(f"a part packed in a way that no spreadsheet program uses ({entry.filename})")
    if len(part) > entry.file_size:
        raise Unreadable(
            "too_large",
            f"a part of {entry.file_size:,} bytes, as the package says ({entry.filename})",
            "one that unpacks to more",
            "Do not open it; check where the file came from.",
        )
    if len(part) < entry.file_size or zlib.crc32(part) != entry.CRC:
        raise _damaged(f"a damaged part ({entry.filename} does not have the size and checksum that the package gives)")
    encoding = ENCODING.match(part)
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        encoding and encoding.group(1).lower() not in (b"utf-8", b"us-ascii")
    ):
        raise Unreadable(
            "not_a_workbook",
            "a workbook whose parts are written in UTF-8",
            f"another encoding in {entry.filename}",
            "Open it in a spreadsheet program and save it again as .xlsx.",
        )
    return part


def _check_texts(parts: Parts) -> None:
    """The cell reader makes room for as many shared texts as are declared, so they must be possible."""
    texts = parts.get("xl/sharedStrings.xml", b"")
    most = len(texts) // SMALLEST_TEXT
    if any(int(number[:20]) > most for number in TEXTS_DECLARED.findall(texts)):
        raise _damaged("a table of shared texts that declares more of them than it can hold")


def packed_again(parts: Parts, names: Iterable[str]) -> bytes:
    """A plain, uncompressed package of the parts named, as far as they are there."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in names:
        part = parts.get(name)
        if part is None:
            continue
        path = name.encode()
        said = (zlib.crc32(part), len(part), len(part), len(path), 0)
        head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0x800, 0, 0, 33, *said)
        place = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0x800, 0, 0, 33, *said, 0, 0, 0, 0, offset)
        pieces += (head, path, part)
        directory += (place, path)
        offset += len(head) + len(path) + len(part)
    count, length = len(directory) // 2, sum(map(len, directory))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, offset, 0)
    return b"".join((*pieces, *directory, end))


unescaped = lru_cache(8192)(unescape)
"""Quick where the same URLs are in list after list."""


def _tree(parts: Parts, part: str) -> ElementTree.Element:
    """The elements of a small part. One with a document type is refused: no workbook has one."""
    if b"<!DOCTYPE" in parts[part]:
        raise _damaged(f"a document type in {part}")
    try:
        return ElementTree.fromstring(parts[part])
    except ElementTree.ParseError as error:
        raise _damaged(f"a damaged part ({part}: {error})") from None


def targets(parts: Parts, part: str) -> dict[str, str]:
    """Relationship id -> target of one part."""
    folder, _, name = part.rpartition("/")
    place = f"{folder}/_rels/{name}.rels"
    if place not in parts:
        return {}
    relations = parts[place].decode("utf-8", "replace")
    usual = USUAL_RELATIONSHIP.findall(relations)
    if len(usual) == relations.count("Relationship "):
        return {key: unescaped(target) if "&" in target else target for key, target in usual}
    return {row.get("Id", ""): row.get("Target", "") for row in _tree(parts, place)}


def sheet_entries(parts: Parts) -> list[SheetEntry]:
    """The sheets in the order of the workbook. Raises Unreadable where a sheet's part is missing."""
    related = targets(parts, "xl/workbook.xml")
    entries = []
    for element in _tree(parts, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        name = element.get("name", "")
        key = next((value for key, value in element.items() if key.endswith("}id")), "")
        target = related.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part not in parts:
            raise Unreadable("truncated", "a complete .xlsx workbook", "no cells in the package for it", sheet=name)
        entries.append(SheetEntry(name, part, element.get("state", "visible") != "visible"))
    return entries
