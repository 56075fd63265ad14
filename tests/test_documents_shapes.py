"""Printed days of which the page shows other signs than the text layer says. All is synthetic."""

import re
from pathlib import Path

import pytest

from documents_making import agreement, pdf, written
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.reading import read_document

DAY, READ = "03/08/2025", ("2025-03-08", "read")
AT = 111.4
"""Where the 8 of the day begins, in points from the left edge, its foot at 600 points from the lower one."""


def typed(text: str, left: float = 90, font: str = "F1", how: str = "0 g") -> bytes:
    return f"BT {how} /{font} 11 Tf {left} 600 Td ({text}) Tj ET\n".encode()


def agency_day(folder: Path, ops: bytes, resources: bytes = b"", *objects: bytes, note: bytes = b"") -> Field:
    """The agency's day of an agreement with operators on its line; ``{n}`` is the nth further object of the file."""
    plain = pdf(agreement(agency_day=""), over={9: ops}, notes={9: note} if note else None)
    last = max(map(int, re.findall(rb"(\d+) 0 obj", plain)))

    def numbered(text: bytes) -> bytes:
        return re.sub(rb"\{(\d+)\}", lambda at: b"%d 0 R" % (last + 1 + int(at[1])), text)

    fonts = re.search(rb"/FL .*?(?=/XObject|/Shading|$)", resources)
    if fonts:
        plain = plain.replace(b"/Font << /F1 <<", b"/Font << " + fonts[0] + b" /F1 <<")
        resources = resources.replace(fonts[0], b"")
    plain = numbered(plain.replace(b"/Resources << /Font", b"/Resources << " + resources + b" /Font"))
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (last + 1 + at, numbered(one)) for at, one in enumerate(objects))
    return read_document(written(folder, "one.pdf", plain.replace(b"xref\n", body + b"xref\n", 1))).agency_signed


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def said_as(**signs: str) -> bytes:
    """A table by which a font says another sign than it draws."""
    pairs = [(code, ord(signs.get(f"_{chr(code)}", chr(code)))) for code in range(32, 127)]
    rows = b"\n".join(b"<%02X> <%04X>" % pair for pair in pairs)
    return stream(
        b"",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 "
        b"begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap end end"
        % (len(pairs), rows),
    )


def font(name: str, more: str = "") -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding {more} >>".encode()


def doubted(found: Field) -> bool:
    """A day that is seen otherwise is no day that was read."""
    return found.certainty != "read"


@pytest.mark.parametrize(
    "name",
    ["Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic", "Courier",
     "Courier-Bold"],
)  # fmt: skip
@pytest.mark.parametrize("text", [DAY, "March 8, 2025", "Mar. 8, 2025", "3/8/25"])
def test_a_day_in_a_common_font_is_read(tmp_path: Path, name: str, text: str) -> None:
    found = agency_day(tmp_path, typed(text, font="FL"), b"/FL {0}", font(name))
    slanted = name.endswith(("Oblique", "Italic")) and "/" in text  # a slash that leans over a digit is not cut apart
    if slanted and ocr.strip_reader() is None:
        assert (found.value, found.certainty) == (READ[0], "doubt")
    else:
        assert (found.value, found.certainty, found.why) == (*READ, "printed")


@pytest.mark.parametrize(
    "ops",
    [
        typed(DAY, how="0.4 g"),
        typed(DAY, how="0.1 0.1 0.5 rg"),
        typed(DAY) + typed(DAY, 90.3),
        typed(DAY, how="0 g 1.5 Tc"),
        typed(DAY, how="0 g 80 Tz"),
        typed(DAY) + b"q 0.6 w 88 597.8 m 200 597.8 l S Q\n",
        b"q 1 1 0.4 rg 88 597 70 13 re f Q\n" + typed(DAY),
    ],
)
def test_a_day_printed_in_another_way_is_read(tmp_path: Path, ops: bytes) -> None:
    found = agency_day(tmp_path, ops)
    assert (found.value, found.certainty) == READ


@pytest.mark.parametrize(
    ("drawn", "name"), [("3", "Helvetica"), ("6", "Times-Roman"), ("5", "Courier-Bold"), ("9", "Helvetica-Oblique")]
)
def test_a_font_that_says_another_digit_than_it_draws_leaves_a_doubt(tmp_path: Path, drawn: str, name: str) -> None:
    ops = typed("03/0") + typed(drawn, AT, "FL") + typed("/2025", 117.5)
    found = agency_day(tmp_path, ops, b"/FL {0}", font(name, "/ToUnicode {1}"), said_as(**{f"_{drawn}": "8"}))
    assert doubted(found)
    if ocr.strip_reader():
        assert found.value == f"2025-03-0{drawn}"


def test_a_font_that_says_another_letter_of_a_month_leaves_a_doubt(tmp_path: Path) -> None:
    lying = said_as(_y="r")
    found = agency_day(
        tmp_path, typed("May 8, 2025", font="FL"), b"/FL {0}", font("Times-Roman", "/ToUnicode {1}"), lying
    )
    assert doubted(found)


def test_a_font_whose_encoding_draws_another_digit_leaves_a_doubt(tmp_path: Path) -> None:
    other = font("Helvetica", "/ToUnicode {1}").replace(
        b"/Encoding /WinAnsiEncoding", b"/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [56 /three] >>"
    )
    assert doubted(agency_day(tmp_path, typed(DAY, font="FL"), b"/FL {0}", other, said_as()))


STROKES = {
    "3 to 8": typed("03/13/2025")
    + b"q 0.9 w 112.6 602.2 m 112 601.5 112 604 113.2 604.3 c 112 605 112 607.5 113 607.8 c S Q\n",
    "0 to 8": typed("03/10/2025") + b"q 0.9 w 112.2 604 m 116.4 604 l S Q\n",
    "1 to 7": typed("03/11/2025") + b"q 1 w 111 607.4 m 115 607.4 l S Q\n",
    "6 to 5": typed("03/16/2025") + b"q 1 g 111.2 600.9 1.9 2.4 re f Q\n",
    "8 to 3, by a clip": b"q 113.2 590 60 30 re 88 590 22.9 30 re W n " + typed(DAY) + b"Q\n",
    "12 as 21": b"BT 0 g /F1 11 Tf 90 600 Td [(03/) -556 (1) 1112 (2) -556 (/2025)] TJ ET\n",
    "mirrored": b"BT 0 g /F1 11 Tf -1 0 0 1 150 600 Tm (03/08/2025) Tj ET\n",
    "on each other": b"BT 0 g -4.5 Tc /F1 11 Tf 90 600 Td (03/08/2025) Tj ET\n",
}


@pytest.mark.parametrize("kind", STROKES)
def test_a_stroke_that_makes_another_digit_leaves_a_doubt(tmp_path: Path, kind: str) -> None:
    assert doubted(agency_day(tmp_path, STROKES[kind]))


NINE = b"q 1 g 111.2 599 6.2 9.5 re f Q BT 0 g /F1 11 Tf 111.4 600 Td (9) Tj ET\n"
HALF = b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
FORM = (
    b"/Type /XObject /Subtype /Form /BBox [111 599 117.5 609] "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
)


def test_a_small_picture_over_half_of_a_digit_leaves_a_doubt(tmp_path: Path) -> None:
    ops = typed(DAY) + b"q 1.9 0 0 6 111.1 601.2 cm /I Do Q\n"
    assert doubted(agency_day(tmp_path, ops, b"/XObject << /I {0} >>", stream(HALF, b"\xff" * 4)))


def test_a_shading_over_half_of_a_digit_leaves_a_doubt(tmp_path: Path) -> None:
    ops = typed(DAY) + b"q 111.1 601.4 1.9 5.6 re W n /S sh Q\n"
    white = (
        b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 612 0] /Extend [true true] "
        b"/Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >>"
    )
    assert doubted(agency_day(tmp_path, ops, b"/Shading << /S {0} >>", white))


def test_a_form_with_another_digit_leaves_a_doubt(tmp_path: Path) -> None:
    assert doubted(agency_day(tmp_path, typed(DAY) + b"/X Do\n", b"/XObject << /X {0} >>", stream(FORM, NINE)))


def test_a_note_with_another_digit_leaves_a_doubt(tmp_path: Path) -> None:
    note = b"<< /Type /Annot /Subtype /Stamp /Rect [111 599 117.5 609] /F 4 /AP << /N {1} >> >>"
    assert doubted(agency_day(tmp_path, typed(DAY), b"", note, stream(FORM, NINE), note=b"{0}"))


def test_without_a_reader_of_pictures_signs_that_touch_leave_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "strip_reader", lambda: None)
    apart = agency_day(tmp_path, typed(DAY))
    touching = agency_day(tmp_path, typed(DAY, how="0 g -0.9 Tc"))
    assert ((apart.value, apart.certainty), (touching.value, touching.certainty)) == (READ, (READ[0], "doubt"))
