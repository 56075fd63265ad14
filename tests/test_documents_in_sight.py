"""Days in the text layer that nobody sees on the page, or that are another's than the signature's. All is synthetic."""

import re
from datetime import date
from pathlib import Path

import pytest

from documents_making import Line, agreement, packed, pdf, written
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.signed_pages.days import stamp_days
from ledger287.sources.documents.fields.signed_pages.next_to import of_another_weekday, of_something
from ledger287.sources.documents.fields.signed_pages.seen.typed_over import is_typed_over
from ledger287.sources.documents.fields.signed_pages.signing import in_order
from ledger287.sources.documents.fields.signed_pages.writing.clear_looks import against
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Word
from ledger287.sources.documents.reading import read_document

needs_reader = pytest.mark.skipif(ocr.strip_reader() is None, reason="RapidOCR is not here")
Said = tuple[str | None, str]
DAY, READ = "03/08/2025", ("2025-03-08", "read")


def said(field: Field) -> Said:
    return field.value, field.certainty


def typed(text: str, left: float = 90, size: float = 11, how: str = "0 g") -> bytes:
    """Operators that print a text on the line of the agency's day."""
    return f"BT {how} /F1 {size} Tf {left} 600 Td ({text}) Tj ET\n".encode()


def agency_day(folder: Path, content: bytes) -> Field:
    return read_document(written(folder, "one.pdf", content)).agency_signed


def drawn(folder: Path, ops: bytes, day: str = "", resources: bytes = b"", catalog: bytes = b"", *more: bytes) -> Said:
    """The agency's day of an agreement with a day on its line, and operators drawn after it."""
    plain = pdf(agreement(agency_day=day), over={9: ops})
    if resources:
        plain = plain.replace(b"/Resources << /Font", b"/Resources << " + resources + b" /Font")
    return said(agency_day(folder, packed(plain, catalog, *more) if more else plain))


# -- not seen --------------------------------------------------------------------------------------------------------


@needs_reader
@pytest.mark.parametrize(
    ("ops", "seen"),
    [
        (typed(DAY), True),
        (typed(DAY, how="1 1 0.9 rg"), False),
        (typed(DAY, size=1), False),
        (typed(DAY, how="0 g 1 Tz"), False),
        (b"q " + typed(DAY, how="0 g 7 Tr") + b"Q\n", False),
        (b"q " + typed(DAY, how="1 G 1 Tr") + b"Q\n", False),
        (b"q " + typed(DAY, how="0 G 1 Tr 0.3 w") + b"Q\n", True),
        (b"q 0 g 85 594 200 18 re f Q\n" + typed(DAY), False),
        (b"q 0 g 85 594 200 18 re f Q\n" + typed(DAY, how="1 g"), True),
        (typed(DAY) + b"q 1 G 24 w 85 612 m 290 612 l S Q\n", False),
        (typed(DAY) + b"q 1 g " + b"".join(b"%d 594 3 18 re f " % x for x in range(85, 290, 3)) + b"Q\n", False),
        (typed(DAY) + b"q 1 g 121 594 40 18 re f Q\n", False),
        (typed(DAY) + b"q 1 g 111.5 594 6.2 18 re f Q\n", False),
    ],
)
def test_a_printed_day_is_read_only_where_all_of_its_ink_is_seen(tmp_path: Path, ops: bytes, seen: bool) -> None:
    found = drawn(tmp_path, ops)
    assert found == READ if seen else found[1] != "read"


@needs_reader
@pytest.mark.parametrize(
    ("state", "seen"), [(b"/ca 1", True), (b"/ca 0.1", False), (b"/BM /Screen", False), (b"/BM /Lighten", False)]
)
def test_a_day_that_is_mixed_with_its_paper_is_not_read(tmp_path: Path, state: bytes, seen: bool) -> None:
    found = drawn(tmp_path, b"q /G gs " + typed(DAY) + b"Q\n", resources=b"/ExtGState << /G << %s >> >>" % state)
    assert found == READ if seen else found[1] != "read"


@needs_reader
@pytest.mark.parametrize(("state", "seen"), [(b"/ON [{1}]", True), (b"/OFF [{1}]", False), (b"/BaseState /OFF", False)])
def test_a_day_in_a_form_on_a_layer_that_is_off_is_not_read(tmp_path: Path, state: bytes, seen: bool) -> None:
    plain = pdf(agreement(agency_day=""), over={9: b"/X Do\n"})
    ops = typed(DAY)
    last = max(map(int, re.findall(rb"(\d+) 0 obj", plain)))
    form, layer = last + 1, last + 3
    body = (
        b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /OC %d 0 R /Length %d /Resources << /Font << "
        b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nstream\n%s\nendstream\nendobj\n"
        % (form, layer, len(ops), ops)
    )
    plain = plain.replace(b"/Resources << /Font", b"/Resources << /XObject << /X %d 0 R >> /Font" % form)
    plain = plain.replace(b"xref\n", body + b"xref\n", 1)
    shown = b" /OCProperties << /OCGs [{1}] /D << %s >> >>" % state
    found = said(agency_day(tmp_path, packed(plain, shown, b"null", b"<< /Type /OCG /Name (old) >>")))
    assert found == READ if seen else found[1] != "read"


@needs_reader
def test_the_text_that_a_file_has_in_place_of_what_it_shows_is_not_read(tmp_path: Path) -> None:
    shown = b"/Span << /ActualText (03/09/2025) >> BDC " + typed(DAY) + b"EMC\n"
    assert drawn(tmp_path, shown) == ("2025-03-08", "doubt")


@needs_reader
@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize(("how", "seen"), [("0 g", True), ("1 g", False)])
def test_a_white_day_on_a_page_that_is_turned_is_not_read(tmp_path: Path, turn: int, how: str, seen: bool) -> None:
    plain = pdf(agreement(agency_day=""), over={9: typed(DAY, how=how)})
    at = plain.rindex(b"/MediaBox")
    found = said(agency_day(tmp_path, plain[:at] + b"/Rotate %d " % turn + plain[at:]))
    assert found == READ if seen else found[1] != "read"


def test_what_the_edges_of_a_page_cut_off_is_not_on_it(tmp_path: Path) -> None:
    plain = pdf(agreement(agency_day=DAY))
    at = plain.rindex(b"/MediaBox")
    whole = read_document(written(tmp_path, "one.pdf", plain))
    cut = read_document(written(tmp_path, "two.pdf", plain[:at] + b"/CropBox [0 0 612 595] " + plain[at:]))
    assert (said(whole.agency_signed), said(whole.ice_signed)) == (READ, ("2025-03-10", "read"))
    assert "read" not in (cut.agency_signed.certainty, cut.ice_signed.certainty)


# -- typed over, and struck out --------------------------------------------------------------------------------------


@needs_reader
@pytest.mark.parametrize("over", ["XXXXXXXXXX", "##########", "-----------------", "=========", "04/09/2026"])
def test_a_day_with_other_signs_typed_over_it_is_not_read(tmp_path: Path, over: str) -> None:
    assert drawn(tmp_path, typed(over, 87), DAY)[1] != "read"


@needs_reader
@pytest.mark.parametrize("digit", ["9", "0"])
def test_a_digit_typed_over_another_leaves_the_day_in_doubt(tmp_path: Path, digit: str) -> None:
    assert drawn(tmp_path, typed(digit, 111.7), DAY)[1] != "read"


def test_a_rule_under_a_day_and_a_day_printed_twice_are_nothing_typed_over_it() -> None:
    day = Word("03/08/2025", (90, 184, 145, 192), True)
    rule, label = Word("........", (88, 183, 200, 193), True), Word("Date:", (60, 184, 280, 194), True)
    other = Word("8", (112, 184, 118, 192), True)
    assert not is_typed_over([day], [day, rule, label, Word(day.text, (90.3, 184, 145.3, 192), True)])
    assert is_typed_over([day], [day, other])


@needs_reader
@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"q 0.8 w 104 603.5 m 117 603.5 l S Q\n", ("2025-03-08", "doubt")),
        (b"q 0.8 w 104 597 m 117 597 l S Q\n", READ),
        (b"q 1 w 88 598 m " + b"".join(b"%d %d l " % (88 + 5 * n, 598 + n % 2 * 11) for n in range(1, 12)) + b"S Q\n",
         ("2025-03-08", "doubt")),
    ],
)  # fmt: skip
def test_a_line_across_the_digits_of_the_day_alone_strikes_it_out(tmp_path: Path, line: bytes, found: Said) -> None:
    assert drawn(tmp_path, line, DAY) == found


# -- another's day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["EXP 03/08/2025", "RCVD 03/08/2025", "DOCKETED 03/08/2025", "DRAFT 03/08/2025", "NOT SIGNED 03/08/2025",
     "03/08/2025 ?", "By March 8, 2025", "Before March 8, 2025", "DOB 03/08/2025", "MOA No. 2025-03-08",
     "City Clerk 03/08/2025", "Wit: 03/08/2025", "FROM: SHERIFF  03/08/2025 14:05  P. 9/11", "03/08/2025 2026",
     "Updated: 03/08/2025", "Friday, March 8, 2025", "~03/08/2025", "c. 03/08/2025", "03/08/2025*",
     "if signed by 03/08/2025", "v. 3/8/25"],
)  # fmt: skip
def test_a_day_with_anything_else_on_its_line_is_a_doubt(tmp_path: Path, text: str) -> None:
    assert said(agency_day(tmp_path, pdf(agreement(agency_day=text)))) == ("2025-03-08", "doubt")


@pytest.mark.parametrize(
    "text",
    ["03/08/2025 PE", "Saturday, March 8, 2025", "March 8, 2025 5:00 PM EST", "Signed this 8th day of March, 2025"],
)
def test_a_day_with_what_days_are_printed_with_is_read(tmp_path: Path, text: str) -> None:
    assert said(agency_day(tmp_path, pdf(agreement(agency_day=text)))) == READ


@pytest.mark.parametrize("label", ["Mailing", "Board", "Hire", "Council", "Print", "Start", "Witness"])
def test_a_label_that_begins_with_another_word_is_of_another_day(tmp_path: Path, label: str) -> None:
    pages = agreement(agency_day=DAY)
    pages[8] = [(x, y, f"{label} {text}" if text == f"Date: {DAY}" else text) for x, y, text in pages[8]]
    assert said(agency_day(tmp_path, pdf(pages))) == ("2025-03-08", "doubt")


STAMPS: list[list[Line]] = [
    [(150, 164, "RECEIVED"), (150, 190, "MAR 12 2025")],
    [(150, 148, "R E C E I V E D"), (150, 192, "MAR 12 2025")],
    [(150, 192, "MAR 12 2025"), (150, 206, "CLERK OF COURT")],
    [(20, 192, "FILED"), (90, 192, "03/12/2025")],
    [(282, 192, "03/12/2025")],
]


@pytest.mark.parametrize("lines", STAMPS)
def test_a_day_of_a_stamp_next_to_a_blank_line_is_not_the_signatures(tmp_path: Path, lines: list[Line]) -> None:
    pages = agreement(agency_day="")
    pages[8] = [*pages[8], *lines]
    assert agency_day(tmp_path, pdf(pages)).certainty != "read"


@pytest.mark.parametrize("own", ["", DAY])
def test_a_day_of_a_third_column_is_not_ices(tmp_path: Path, own: str) -> None:
    pages = agreement(ice_day="March 10, 2025" if own else "")
    attest: list[Line] = [(480, 170, "Attest:"), (480, 192, "Date: 03/20/2025")]
    pages[8] = [*pages[8], *attest]
    found = read_document(written(tmp_path, "one.pdf", pdf(pages))).ice_signed
    assert said(found) == (("2025-03-10", "read") if own else (None, "unread"))


def test_words_next_to_a_day() -> None:
    def words(text: str) -> list[Word]:
        return [Word(one, (60 * at, 100, 60 * at + 50, 108), True) for at, one in enumerate(text.split())]

    assert of_something(words("03/08/2025 TBD")) == "printed next to the word TBD"
    assert of_something(words("Ref 2025-03-08-1142")) is not None
    assert of_something(words("Date: 03/08/2025 JH")) is None
    assert of_something(words("Digitally signed by Pat Example Date: 03/08/2025")) is None


def test_the_day_of_the_week_is_held_against_the_day() -> None:
    day = date(2025, 3, 8)
    assert of_another_weekday(day, "Saturday, March 8") is of_another_weekday(day, "March 8") is None
    assert of_another_weekday(day, "Fri. March 8") == "it was not a Fri"


# -- what a day means ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["08.03.2025", "08-03-2025", "08/03/2025"])
def test_a_day_that_fits_the_other_signature_with_its_month_second_is_a_doubt(tmp_path: Path, text: str) -> None:
    assert said(agency_day(tmp_path, pdf(agreement(agency_day=text)))) == ("2025-08-03", "doubt")


def test_a_day_near_the_other_signature_is_not_turned() -> None:
    def field(day: str) -> Field:
        return Field(day, "read", 9, None, "printed", 1.0)

    agency, ice = in_order(field("2025-04-03"), field("2025-03-04"), None, None)
    assert (agency.certainty, ice.certainty) == ("read", "read")
    agency, ice = in_order(field("2025-08-03"), field("2025-03-10"), None, None)
    assert (agency.certainty, ice.certainty) == ("doubt", "read") and "2025-03-08" in agency.why


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date: 2025.03.09 02:15:33 +00'00'", 2),
        ("2025.03.09 02:15:33 Z", 2),
        ("3/9/2025 | 2:15 AM UTC", 2),
        ("2025-03-09T02:15:33Z", 2),
        ("2025.03.09 15:15:33 +00'00'", 1),
        ("Date: 2025.03.08 21:15:33 -05'00'", 1),
        ("3/18/2025 | 9:52 AM EDT", 1),
    ],
)
def test_a_time_by_utc_early_in_a_day_can_be_of_the_day_before(text: str, days: int) -> None:
    assert len(stamp_days(text)) == days


@needs_reader
@pytest.mark.parametrize(("zone", "certainty"), [("+00'00'", "doubt"), ("-05'00'", "read")])
def test_the_stamp_of_a_signature_by_utc_is_a_doubt(tmp_path: Path, zone: str, certainty: str) -> None:
    pages = agreement(agency_day="")
    stamp: list[Line] = [(90, 200, "Digitally signed by PAT EXAMPLE"), (90, 210, f"2025.03.09 02:15:33 {zone}")]
    pages[8] = [*pages[8], *stamp]
    assert agency_day(tmp_path, pdf(pages)).certainty == certainty


@needs_reader
@pytest.mark.parametrize("text", ["03/*8/2025", "03/08/20025"])
def test_what_is_typed_and_is_no_day_exactly_is_not_made_one(tmp_path: Path, text: str) -> None:
    assert agency_day(tmp_path, pdf(agreement(agency_day=text))).certainty != "read"


@needs_reader
def test_a_day_shortly_before_the_form_is_not_moved_behind_it(tmp_path: Path) -> None:
    assert said(agency_day(tmp_path, pdf(agreement(agency_day="Febuary 25, 2025")))) != ("2025-03-25", "read")


# -- writing and scans -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "doubted"),
    [
        (["03/08/2025"] * 4, False),
        (["03108/2025"] * 4, False),
        (["318125"] * 4, False),
        (["Date: 03/08/2025", "03/08/2025 PE"] * 2, False),
        (["EXP 03/08/2025"] * 4, True),
        (["EXP 03/08/2025", "03/08/2025", "03/08/2025", "03/08/2025"], False),
        (["03/08/2025 14:05 P. 9/11"] * 4, True),
        (["Friday, March 8, 2025"] * 4, True),
        (["3/8/2025 | 2:15 AM UTC"] * 4, True),
        (["03/*8/2025"] * 4, True),
        (["03/08/20025"] * 4, True),
        (["03/08/2028"] * 4, True),
        (["03/08"] * 4, True),
        (["8 de marzo de 2025"] * 4, True),
    ],
)
def test_what_looks_clearly_say_is_held_against_the_day(texts: list[str], doubted: bool) -> None:
    looks = [Look(text, None, least=0.95) for text in texts]
    assert (against(looks, date(2025, 3, 8)) is not None) is doubted


def test_what_looks_hardly_say_leaves_the_day_alone() -> None:
    looks = [Look(text, None, least=0.4) for text in ("03/0812025", "0310812075", "63/08/2028")]
    assert against(looks, date(2025, 3, 8)) is None
