"""Files that are not lists, each with the kind and place of the problem that it must give; all are synthetic."""

import struct
import zlib
from collections.abc import Callable

from making import MAIN, PARTICIPATING, made_up_rows, raw_workbook, workbook_bytes, zip_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = workbook_bytes(made_up_rows(20))


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str) -> bytes:
    """A list of one row from A1, and then these rows of XML."""
    heads = "".join(cell(f"{letter}1", text) for letter, text in zip("ABCDEFG", PARTICIPATING, strict=False))
    first = ("FLORIDA", "Synthetic Brak Adda Police", "County", "Made-up", "Task Force Model", "2/3/2025", "link")
    row = "".join(cell(f"{letter}2", text) for letter, text in zip("ABCDEFG", first, strict=False))
    return raw_workbook({"S": f'<sheetData><row r="1">{heads}</row><row r="2">{row}</row>{"".join(rows)}</sheetData>'})


def packed_zip(name: str, packed: bytes, size: int) -> bytes:
    """A package of one deflated part that says it unpacks to ``size`` bytes."""
    said = (8, 0, 33, zlib.crc32(b"made up"), len(packed), size, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, *said) + name.encode() + packed
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, *said, 0, 0, 0, 0, 0) + name.encode()
    return local + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def bomb(said: int) -> bytes:
    """Three gigabytes of zeros in three megabytes; its headers say it holds ``said`` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return packed_zip("xl/workbook.xml", block * 3000 + b"\x03\x00", said)


def encrypted_zip() -> bytes:
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def million_rows() -> bytes:
    return sheet(*(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 1_000_003)))


def far_behind_a_comment() -> bytes:
    """A prefixed sheet with a cell far away, and a comment that looks like the beginning of another."""
    cells = '<x:sheetData><x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    return raw_workbook({"S": f'<x:worksheet xmlns:x="{MAIN}">{cells}<!-- <sheetData> --></x:worksheet>'})


def lying_texts() -> bytes:
    xml = '<sst uniqueCount="4000000000"><si><t>made up</t></si></sst>'
    return raw_workbook({"S": "<sheetData/>"}, parts={"xl/sharedStrings.xml": xml})


def linked_everywhere() -> bytes:
    links = "".join(f'<hyperlink ref="A{n}:ZZ90000" r:id="rId1"/>' for n in range(1, 50))
    far = '<row r="90000"><c r="A90000"><v>1</v></c></row>'
    return raw_workbook({"S": f"<sheetData>{far}</sheetData><hyperlinks>{links}</hyperlinks>"}, links={"rId1": "x"})


def strays() -> bytes:
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}"><v>1</v></c>' for letter in "JKLMNOPQRSTUVWXYZ") + "</row>"
        for n in range(3, 2003)
    )
    return sheet(rows)


Place = tuple[str | None, int | None, str | None]
NOWHERE: Place = (None, None, None)
BAD: dict[str, tuple[Callable[[], bytes], str, Place]] = {
    "empty": (lambda: b"", "not_a_workbook", NOWHERE),
    "a page": (lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><html>Access denied</html>", "not_a_workbook", NOWHERE),
    "a text": (lambda: b"STATE,LAW ENFORCEMENT AGENCY\n", "not_a_workbook", NOWHERE),
    "another package": (lambda: zip_bytes({"word/document.xml": "<made-up/>"}), "not_a_workbook", NOWHERE),
    "an old workbook": (lambda: OLE + bytes(500) + "Workbook".encode("utf-16-le"), "not_a_workbook", NOWHERE),
    "encrypted": (lambda: OLE + bytes(500), "encrypted", NOWHERE),
    "encrypted, says so": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", NOWHERE),
    "encrypted package": (encrypted_zip, "encrypted", NOWHERE),
    "cut in half": (lambda: GOOD[: len(GOOD) // 2], "truncated", NOWHERE),
    "its last byte gone": (lambda: GOOD[:-1], "truncated", NOWHERE),
    "a part damaged": (lambda: GOOD[:200] + b"\x00" * 40 + GOOD[240:], "truncated", NOWHERE),
    "a zip bomb": (lambda: bomb(3000 * 2**20), "too_large", NOWHERE),
    "a zip bomb that lies": (lambda: bomb(1000), "too_large", NOWHERE),
    "many parts": (lambda: zip_bytes({f"{n}.xml": "" for n in range(2001)}), "too_large", NOWHERE),
    "a million rows": (million_rows, "too_large", ("S", 100_001, "A")),
    "a cell far away": (lambda: sheet('<row r="9"><c r="XFD1048576"><v>1</v></c></row>'), "too_large",
                        ("S", 1_048_576, "XFD")),
    "a cell far to the right": (lambda: sheet('<row r="999"><c r="XFD999"><v>1</v></c></row>'), "too_large",
                                ("S", 999, "XFD")),
    "a cell beyond every sheet": (lambda: sheet('<row r="9"><c r="A99999999999999999999"><v>1</v></c></row>'),
                                  "truncated", ("S", None, None)),
    "a prefixed cell far away": (lambda: sheet('<row r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></row>'), "too_large",
                                 ("S", 1_048_576, "XFD")),
    "a far cell behind a comment": (far_behind_a_comment, "too_large", ("S", 1_048_576, "XFD")),
    "texts that cannot be": (lying_texts, "truncated", NOWHERE),
    "links everywhere": (linked_everywhere, "too_large", ("S", None, "A")),
    "too many strays": (strays, "too_large", ("S", None, None)),
    "another encoding": (lambda: raw_workbook({"S": ""}, parts={"xl/worksheets/sheet1.xml": "<x/>".encode("utf-16")}),
                         "not_a_workbook", NOWHERE),
    "a document type": (lambda: raw_workbook({"S": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
                        "truncated", ("S", None, None)),
    "a sheet without a part": (lambda: raw_workbook({"S": ""}, parts={"xl/_rels/workbook.xml.rels": "<none/>"}),
                               "truncated", ("S", None, None)),
    "nothing in it": (lambda: workbook_bytes([], None), "no_rows", NOWHERE),
    "no list in it": (lambda: workbook_bytes([["made up", 1]], None, at="B4"), "unknown_sheet",
                      ("287(g) Agreements", 4, "B")),
}  # fmt: skip
