"""A written day from several looks at it: what they agree on is read, and no day is that cannot be."""

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pypdfium2
import pytest

from documents_making import SIGNING, pdf
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.signed_pages import signed, signing
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.fields.signed_pages.printed_words import words_in
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn, columns
from ledger287.sources.documents.fields.signed_pages.signers.same_hand import of_one_hand
from ledger287.sources.documents.fields.signed_pages.writing import cuts, stamps, varied
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look, Written
from ledger287.sources.documents.fields.signed_pages.writing.passed_over import passed_over
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import ReadPage, Word

KNOWN = date(2026, 5, 8)
PAGE = ReadPage(1, 612.0, 792.0, "picture", ())


def column(side: str, left: float) -> SignatureColumn:
    box = (left, 200.0, left + 200, 230.0)
    return SignatureColumn(side, box, box, ())


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> dict[float, list[str]]:
    """What looks at each column say, by its left side, the second look at other sizes and slants under its negative."""
    said: dict[float, list[str]] = {}
    monkeypatch.setattr(signing, "_looks", lambda strip, *rest: [Look(text, None) for text in said[strip[0]]])
    monkeypatch.setattr(signing, "_stamp_looks", lambda *rest: Counter())
    monkeypatch.setattr(signing, "_line_below", lambda *rest: None)
    monkeypatch.setattr(signing, "read_written", lambda *rest: None)
    monkeypatch.setattr(signing, "seen_in_every_look", lambda *rest: None)
    monkeypatch.setattr(signed, "printed_day", lambda *rest: None)
    looked: list[str] = []

    def drawn(source: Any, dpi: int, box: Any, turned: int, skew: float) -> Any:
        looked[:] = said.get(-box[0], [""] * 15) if dpi == signing.AGAIN_DPI[0] else looked
        return np.full((40, 200), 255, np.uint8)

    def look(strip: Any) -> Look:
        return Look(looked.pop(0), None)

    monkeypatch.setattr(ocr, "strip_reader", object)
    monkeypatch.setattr(ocr, "draw", drawn)
    monkeypatch.setattr(signing, "look", look)
    return said


def days(
    ice: list[str], agency: list[str], writing: dict[float, list[str]], again: list[str] | None = None
) -> dict[str, Field]:
    writing.update({50.0: agency, 300.0: ice})
    writing[-50.0] = again or [""] * 15
    columns = (column("agency", 50.0), column("ice", 300.0))
    return signed._days(columns, PAGE, None, None, KNOWN)


def test_a_day_after_the_document_was_known_does_not_lead_the_other_side_astray(
    writing: dict[float, list[str]],
) -> None:
    found = days(["2-12-2029"] * 8 + [""] * 2, ["1-13-2020"] * 9 + ["113-2020"], writing)
    assert (found["agency"].value, found["agency"].certainty) == ("2020-01-13", "read")
    assert (found["ice"].value, found["ice"].certainty) == ("2020-02-12", "read")
    assert found["ice"].why == "8 looks at the writing agree, but for a digit of the year"


@pytest.mark.parametrize(
    "ice", [["2-12-2029"] * 7, ["2-12-2029"] * 8 + ["2-17-2020"], ["2-12-2069"] * 8 + ["2-13-2029"] * 2]
)
def test_fewer_looks_or_any_other_day_is_no_reading(ice: list[str], writing: dict[float, list[str]]) -> None:
    assert days(ice, ["1-13-2020"] * 10, writing)["ice"].certainty != "read"


def test_looks_at_other_sizes_settle_what_the_first_put_first(writing: dict[float, list[str]]) -> None:
    first = ["2/21/2025"] * 2 + ["2/2./2025"] * 6 + ["2/2112025"] + ["2/2/2025"]
    again = ["2/21/2025"] * 9 + ["2/2112025"] * 6
    found = days(["2/26/2025"] * 10, first, writing, again)["agency"]
    assert (found.value, found.certainty) == ("2025-02-21", "read")


@pytest.mark.parametrize(
    "again", [["2/21/2025"] * 14 + ["2/2/2025"], ["2/2112025"] * 15, ["2/21/2025"] * 7 + [""] * 8, ["2/24/2025"] * 15]
)
def test_a_rival_a_slip_or_too_few_at_other_sizes_leave_the_doubt(
    again: list[str], writing: dict[float, list[str]]
) -> None:
    first = ["2/21/2025"] * 2 + ["2/2./2025"] * 6 + ["2/2112025"] + ["2/2/2025"]
    assert days(["2/26/2025"] * 10, first, writing, again)["agency"].certainty == "doubt"


WINDOW = (date(2025, 3, 1), date(2025, 4, 30))


@pytest.mark.parametrize(
    ("days", "share", "read"),
    [
        ([(11, 0.0), (1, 2.4), (17, 5.9)], 1.0, True),
        ([(11, 0.0), (1, 1.9), (17, 5.9)], 1.0, False),  # the next day is too near
        ([(11, 0.0), (1, 2.4), (17, 5.9)], 0.96, False),  # one look puts another day first
        ([(24, 0.0), (20, 3.1), (26, 3.4)], 1.0, False),  # hands write 4 and 6 alike
        ([(24, 0.0), (20, 3.1), (26, 4.6)], 1.0, True),
    ],
)
def test_strokes_of_every_width_settle_a_day_unless_a_digit_is_written_like_another(
    days: list[tuple[int, float]], share: float, read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranking = [(date(2025, 3, day), behind) for day, behind in days]
    monkeypatch.setattr(varied, "look", lambda strip: Look("", None))
    monkeypatch.setattr(varied, "ranked", lambda *rest, wide: (ranking, share))
    written = varied.in_every_look([np.full((40, 200), 255, np.uint8)], WINDOW)
    assert (written.day if written else None) == (ranking[0][0] if read else None)


def test_strokes_become_thicker_and_thinner() -> None:
    stroke = np.full((30, 30), 255, np.uint8)
    stroke[5:25, 14:17] = 0
    dark = [int((varied.with_strokes(stroke, by) == 0).sum()) for by in varied.STROKES]
    assert dark == sorted(dark) and len(set(dark)) == len(varied.STROKES)


def test_a_mark_before_a_slash_is_a_digit_that_was_not_read() -> None:
    assert read_day("2/2./2025") is None
    assert read_day("2/2:/2025") is None
    assert read_day("Dec. 3, 2025") == read_day("12/3/2025")


def test_slanted_rows_move_apart_and_nothing_is_invented() -> None:
    picture = np.full((41, 100), 255, np.uint8)
    picture[:, 50] = 0
    moved = ocr.slanted(picture, 0.5)
    assert moved.shape == picture.shape and int((moved == 0).sum()) == 41
    assert [int(row.argmin()) for row in (moved[0], moved[40])] == [60, 40]


@pytest.mark.skipif(ocr.page_reader() != "tesseract", reason="tesseract is not here")
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_was_scanned_sideways_or_upside_down_is_turned_upright(turned: int) -> None:
    """tesseract reads sideways lines too, so that a page upside down was taken for one that is sideways."""
    text = pdf([[(60, 100 + 20 * n, line) for n, line in enumerate(SIGNING)]])
    sheet = pypdfium2.PdfDocument(text)[0]
    sheet.set_rotation((360 - turned) % 360)  # a PDF turns its pages clockwise
    page = ocr.read_picture(sheet, 1)
    assert page.turned == turned and page.height > page.width
    assert "signing this MOA, each party" in " ".join(word.text for word in page.words)
    tops = [word.box[1] for word in page.words]
    assert 90 < min(tops) < 110 and max(tops) < 160


def test_a_day_that_most_looks_say_shortly_before_the_form_is_not_moved_behind_it(
    writing: dict[float, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """02/26/2025 on a form of March 7 was read as March 26 where only days after the form could be."""
    likely = Written(date(2025, 3, 26), 5.3, 0.9, date(2025, 3, 20))
    monkeypatch.setattr(signing, "read_written", lambda *rest: likely)
    writing.update({50.0: ["02/26/2025"] * 9})
    window = (date(2025, 3, 7), KNOWN)
    field = signing.looked_day(column("agency", 50.0), PAGE, None, window, KNOWN)
    assert field.certainty == "doubt"


def test_a_day_with_a_sign_that_no_look_read_is_a_doubt(
    writing: dict[float, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = [Look("10/1/2025", None, passed_over=True)] * 10
    monkeypatch.setattr(signing, "_looks", lambda strip, *rest: looks)
    found = days([], [], writing)["agency"]
    assert (found.value, found.certainty) == ("2025-10-01", "doubt")
    looks[:] = [Look("10/1/2025", None)] * 10
    assert days([], [], writing)["agency"].certainty == "read"


@pytest.mark.parametrize(("ink", "found"), [(255, False), (0, True)])
def test_writing_between_two_signs_is_passed_over_and_a_blank_is_not(ink: int, found: bool) -> None:
    letters = ("", "1", "0", "/", "2", "5")
    said = [1, 2, 3, 1, 0, 3, 4, 2, 4, 5]
    likely = np.zeros((4 * len(said), len(letters)), np.float32)
    for place, letter in enumerate(said):
        likely[4 * place : 4 * place + 3, letter] = 1
        likely[4 * place + 3, 0] = 1
    strip = np.full((ocr.HIGH, max(ocr.LEAST, 320)), 255, np.uint8)
    wide = strip.shape[1] // len(said)
    strip[16:32, 4 * wide - wide // 2 : 5 * wide + wide // 2] = ink
    assert passed_over(strip, likely, letters) is found


def test_signatures_one_under_the_other_are_each_of_their_heading() -> None:
    def row(top: float, *said: tuple[float, str]) -> list[Word]:
        return [
            Word(text, (left + 40 * at, top, left + 40 * at + 36, top + 10), True)
            for left, words in said
            for at, text in enumerate(words.split())
        ]

    first = [row(300, (72, "For the LEA:")), row(330, (72, "Pat Example Sheriff"), (370, "Date: 05/29/2025"))]
    second = [row(420, (72, "For ICE:")), row(450, (72, "Lee Sample Director"), (370, "Date: 06/01/2025"))]
    page = ReadPage(1, 612.0, 792.0, "text", tuple(word for line in first + second for word in line))
    assert [(one.side, round(one.strip[1])) for one in columns(page)] == [("agency", 316), ("ice", 436)]
    unheaded = tuple(word for line in (first[1], second[1]) for word in line)
    assert columns(ReadPage(1, 612.0, 792.0, "text", unheaded)) == ()


@pytest.mark.parametrize("size", [7.0, 9.0, 11.0, 14.0])
@pytest.mark.parametrize("text", ["8 June 2025", "3 August 2025", "6/8/25"])
def test_the_first_digit_of_a_day_is_behind_its_label_in_fonts_of_any_size(size: float, text: str) -> None:
    def placed(said: str, left: float, top: float) -> list[Word]:
        found, at = [], left
        for part in said.split():
            found.append(Word(part, (at, top, at + 0.45 * size * len(part), top + size), True))
            at += 0.45 * size * len(part) + 0.25 * size
        return found

    words = []
    for left, party in ((60.0, "For the LEA:"), (320.0, "For ICE:")):
        for row, said in enumerate((party, f"Date: {text}", "Signature:", "Title:")):
            words += placed(said, left, 200 + 3 * size * row)
    for column in columns(ReadPage(1, 612.0, 792.0, "text", tuple(words))):
        inside = " ".join(word.text for word in words_in(tuple(words), column.strip))
        assert read_day(inside) == read_day(text)
        assert inside.removeprefix("Date: ") == text


def strip_looks(monkeypatch: pytest.MonkeyPatch, said: list[str], passed: bool = False, least: float = 0.4) -> int:
    """How many looks are taken at a strip of which they say this."""
    taken = iter(said)
    monkeypatch.setattr(cuts, "look", lambda strip: Look(next(taken), None, passed, least))
    monkeypatch.setattr(ocr, "strip_reader", object)
    monkeypatch.setattr(ocr, "draw", lambda *rest: np.full((120, 400), 255, np.uint8))
    return len(cuts.looks_at((50.0, 200.0, 250.0, 230.0), PAGE, None, (date(2025, 3, 1), KNOWN)))


def test_four_looks_that_say_one_day_exactly_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strip_looks(monkeypatch, ["Date: 3/14/2025"] * 10) == cuts.FIRST


def test_two_are_where_each_of_their_letters_is_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strip_looks(monkeypatch, ["3/14/2025"] * 10, least=0.9) == cuts.CLEAR
    assert strip_looks(monkeypatch, ["3/14/2025", "3/19/2025"] * 5, least=0.9) == len(cuts.CUTS)
    assert strip_looks(monkeypatch, ["2/14/2025"] * 10, least=0.9) == len(cuts.CUTS)


def test_what_is_no_day_is_not_looked_at_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strip_looks(monkeypatch, ["Pat Example"] * 10) == cuts.FIRST
    assert strip_looks(monkeypatch, ["Pat Example", "ala4/aoas", "", ""] + [""] * 6) == len(cuts.CUTS)


def test_two_likely_looks_are_read_and_the_text_layer_of_another_day_calls_for_all(
    writing: dict[float, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def looks(strip: Any, page: Any, source: Any, window: Any = None, enough: Any = None) -> list[Look]:
        asked.append(window)
        return [Look("3/14/2025", None, False, 0.9)] * (2 if window else 10)

    monkeypatch.setattr(signing, "_looks", looks)
    window = (date(2025, 3, 1), date(2025, 4, 30))
    plain = signing.looked_day(column("agency", 50.0), PAGE, None, window, KNOWN)
    assert (plain.value, plain.certainty, len(asked)) == ("2025-03-14", "read", 1)
    layer = ReadPage(1, 612.0, 792.0, "text", (Word("3/19/2025", (60.0, 205.0, 110.0, 220.0), False),))
    assert signing.looked_day(column("agency", 50.0), layer, None, window, KNOWN).value == "2025-03-14"
    assert asked == [window, window, None]


@pytest.mark.parametrize("last", ["3/19/2025", "3/1A/2025", "", "3142025"])
def test_all_looks_are_taken_where_one_of_the_first_says_anything_else(
    monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    assert strip_looks(monkeypatch, ["3/14/2025"] * 3 + [last] + ["3/14/2025"] * 6) == len(cuts.CUTS)


def test_all_looks_are_taken_where_the_day_is_not_possible_or_a_sign_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert strip_looks(monkeypatch, ["2/14/2025"] * 10) == len(cuts.CUTS)
    assert strip_looks(monkeypatch, ["3/14/2025"] * 10, passed=True) == len(cuts.CUTS)


def test_a_stamp_that_the_text_layer_garbles_is_looked_at_where_no_look_reads_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = ["Date: 2020.07.02 14:08:57"]
    monkeypatch.setattr(ocr, "found_lines", lambda *rest: [(0.0, 0.0, 40.0, 8.0)])
    monkeypatch.setattr(stamps, "look", lambda strip: Look(said[0], None))
    monkeypatch.setattr(ocr, "draw_place", lambda *rest: np.full((40, 200), 255, np.uint8))
    monkeypatch.setattr(signing, "_looks", lambda *rest: [Look("CHRISTOPHER D RN", None)] * 10)
    garbled = (Word("g~:I", (60.0, 205.0, 90.0, 215.0), False), Word("CRONEN", (95.0, 205.0, 140.0, 215.0), False))
    page = ReadPage(1, 612.0, 792.0, "text", garbled)
    field = signing.looked_day(column("ice", 50.0), page, None, None, KNOWN)
    assert (field.value, field.certainty) == ("2020-07-02", "read")
    said[0] = "CRONEN"
    monkeypatch.setattr(signing, "_line_below", lambda *rest: None)
    assert signing.looked_day(column("ice", 50.0), page, None, None, KNOWN).value is None


def written_on(day: str | None, page: int, why: str = "4 looks at the writing agree") -> Field:
    return Field(day, "read" if day else "unread", page, None, why)


@pytest.mark.parametrize(
    ("agreement", "addendum", "sure"),
    [
        ("2025-03-24", "2025-03-26", "doubt"),
        ("2025-03-24", "2025-03-25", "read"),
        ("2025-03-24", "2025-04-26", "read"),
        ("2025-03-24", "2025-03-24", "read"),
    ],
)
def test_days_of_one_hand_that_differ_by_a_digit_written_alike_are_doubts(
    agreement: str, addendum: str, sure: str
) -> None:
    one, other = of_one_hand(written_on(agreement, 7), written_on(addendum, 11))
    assert (one.certainty, other.certainty) == (sure, sure)
    assert (one.value, other.value) == (agreement, addendum)
    assert (f"the same side wrote {addendum} on page 11" in one.why) == (sure == "doubt")


def test_a_printed_day_is_not_doubted_for_one_that_hands_write_alike() -> None:
    days = written_on("2025-03-24", 7, "printed"), written_on("2025-03-26", 11)
    assert of_one_hand(*days) == days
    assert of_one_hand(written_on(None, 7), written_on("2025-03-26", 11))[1].certainty == "read"
