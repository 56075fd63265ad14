"""PDFs for tests: pages of lines, set in one of the fonts that every reader has. All names are synthetic."""

import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Line = tuple[float, float, str]
"""Left and top in points from the upper left corner, and the text."""


def pdf(
    pages: Sequence[Sequence[Line]],
    extra: bytes = b"",
    over: Mapping[int, bytes] | None = None,
    notes: Mapping[int, bytes] | None = None,
) -> bytes:
    """A PDF with a text layer; ``extra`` is added to its catalog.

    ``over`` are drawing operators, and ``notes`` annotations, on top of a page by its number from 1.
    """
    objects: list[bytes] = [b"", b""]
    kids = []
    for number, lines in enumerate(pages, 1):
        drawn = b"".join(
            b"BT /F1 11 Tf %.1f %.1f Td (%s) Tj ET\n"
            % (
                left,
                792 - top,
                text.replace("\\", "").replace("(", "\\(").replace(")", "\\)").encode("latin-1", "replace"),
            )
            for left, top, text in lines
        )
        drawn += (over or {}).get(number, b"")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 << "
            b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Annots [%s] >>"
            % (len(objects), (notes or {}).get(number, b""))
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % extra
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


TITLE = (
    "This Memorandum of Agreement (MOA) constitutes an agreement between United States",
    "Immigration and Customs Enforcement (ICE), a component of the Department of Homeland",
    "Security (DHS), and the {agency}, pursuant to which ICE delegates to nominated,",
    "trained, and certified officers or employees of the {agency} (hereinafter",
    'interchangeably referred to as "Law Enforcement Agency" (LEA)), the authority to perform',
    "certain immigration enforcement functions as specified herein. The LEA represents",
    "{agency} in the implementation and administration of this MOA.",
)
SIGNING = (
    "By signing this MOA, each party represents it is fully authorized to enter into this MOA, accepts",
    "the terms, responsibilities, obligations, and limitations of this MOA, and agrees to be bound thereto",
    "to the fullest extent allowed by law.",
)


def agreement(
    agency: str = "Example County Sheriff's Office",
    agency_day: str = "03/04/2025",
    ice_day: str = "March 10, 2025",
    version: str = "03/07/2025",
    title: str = "287(g) Task Force Model",
    lead: int = 0,
) -> list[list[Line]]:
    """Nine pages in the form of a Task Force Model agreement, after ``lead`` pages of something else."""
    foot: list[Line] = [(60, 740, agency), (300, 755, "9"), (60, 768, f"Revised {version}")]
    letter = "The board of the county met on Tuesday and approved the minutes of its meeting before the recess."
    first: list[Line] = [(200, 60, "MEMORANDUM OF AGREEMENT"), (230, 76, title)]
    first += [(60, 100 + 14 * n, text.format(agency=agency)) for n, text in enumerate(TITLE)]
    signed: list[Line] = [(60, 100 + 14 * n, text) for n, text in enumerate(SIGNING)]
    for left, party, day, name, office in (
        (60, "For the LEA:", agency_day, "Pat Example", "Sheriff"),
        (311, "For ICE:", ice_day, "Lee Sample", "Acting Director"),
    ):
        body = agency if left == 60 else "U.S. Immigration and Customs Enforcement"
        rows = (party, f"Date: {day}", "Signature:", f"Name: {name}", f"Title: {office}", f"Agency: {body}")
        signed += [(left, 170 + 22 * n, text) for n, text in enumerate(rows)]
    middle: list[Line] = [
        (60, 100, "Nothing in this MOA limits the authority of the law enforcement agency and its officers.")
    ]
    before = [[(60.0, 100.0, letter)] for _ in range(lead)]
    return [*before, [*first, *foot], *[[*middle, *foot] for _ in range(7)], [*signed, *foot]]


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def packed(plain: bytes, catalog: bytes, *others: bytes) -> bytes:
    """A PDF of ``pdf`` with its catalog and ``others`` in a packed stream; ``{n}`` in ``catalog`` is the nth other."""
    parts = {int(part[1]): part[2] for part in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj", plain, re.DOTALL)}
    last = max(parts)
    for at in range(len(others)):
        catalog = catalog.replace(b"{%d}" % at, b"%d 0 R" % (last + 1 + at))
    inside = {1: parts.pop(1)[:-2] + catalog + b" >>", **{last + 1 + at: other for at, other in enumerate(others)}}
    head, body = b"", b""
    for number, part in inside.items():
        head, body = head + b"%d %d " % (number, len(body)), body + part + b"\n"
    store, table = last + len(others) + 1, last + len(others) + 2
    out, places = b"%PDF-1.7\n", {}
    stream = b"<< /Type /ObjStm /N %d /First %d %%s /Length %%d >>\nstream\n%%s\nendstream" % (len(inside), len(head))
    data = zlib.compress(head + body)
    for number, part in {**parts, store: stream % (b"/Filter /FlateDecode", len(data), data)}.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    places[table] = len(out)
    rows = b"".join(
        bytes([2]) + store.to_bytes(4, "big") + bytes([list(inside).index(number)])
        if number in inside
        else bytes([1 if number in places else 0]) + places.get(number, 0).to_bytes(4, "big") + b"\0"
        for number in range(table + 1)
    )
    tail = b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    end = b"startxref\n%d\n%%%%EOF\n" % places[table]
    return out + tail % (table, table + 1, len(rows), rows) + end


def scan(gray: Any) -> bytes:
    """A PDF of one page that is only a picture."""
    high, wide = gray.shape
    data = zlib.compress(gray.tobytes())
    drawn = b"q 612 0 0 792 0 0 cm /I Do Q"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (wide, high, len(data), data),
    )
    out = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return out + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"
