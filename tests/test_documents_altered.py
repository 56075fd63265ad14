"""Agreements whose pages were altered: out of order, without one, covered, signed in copies, with another's page.

All of it is synthetic.
"""

import re
from pathlib import Path

import pytest

from documents_making import Line, agreement, packed, pdf, written
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.versions.aligning import align_file

OWN = "Example County Sheriff's Office"
Pages = list[list[Line]]
needs_reader = pytest.mark.skipif(ocr.strip_reader() is None, reason="RapidOCR is not here")


def read(folder: Path, pages: Pages, over: dict[int, bytes] | None = None) -> Document:
    return read_document(written(folder, "one.pdf", pdf(pages, over=over)))


def said(field: Field) -> tuple[str | None, str]:
    return field.value, field.certainty


def days(one: Document) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    return said(one.agency_signed), said(one.ice_signed)


def kinds(one: Document) -> list[str]:
    return [problem.kind for problem in one.problems]


def complete(agency: str = OWN, agency_day: str = "03/08/2025", ice_day: str = "March 10, 2025") -> Pages:
    """The agreement with two appendices."""
    words = "The law enforcement agency and ICE agree that the points of contact of this MOA are the following offices."
    foot: list[Line] = [(60, 740, agency), (60, 768, "Revised 03/07/2025")]
    more: Pages = [
        [(250, 80, f"APPENDIX {letter}"), (220, 100, title), (60, 130, words), *foot]
        for letter, title in (("A", "POINTS OF CONTACT"), ("B", "COMPLAINT PROCEDURE"))
    ]
    return [*agreement(agency, agency_day=agency_day, ice_day=ice_day), *more]


READ = (("2025-03-08", "read"), ("2025-03-10", "read"))


# -- pages -------------------------------------------------------------------------------------------------------


def test_pages_in_reverse_order_are_one_agreement(tmp_path: Path) -> None:
    found = read(tmp_path, complete()[::-1])
    assert (days(found), found.also, kinds(found)) == (READ, (), ["pages_reversed"])
    assert said(found.agency) == (OWN, "read")
    assert read(tmp_path, complete()).problems == ()


def test_two_agreements_in_reverse_order_are_read_by_their_own_pages(tmp_path: Path) -> None:
    second = complete("Sample City Police Department", "03/28/2025", "April 2, 2025")
    found = read(tmp_path, [*complete()[::-1], *second[::-1]])
    assert (days(found), [days(one) for one in found.also]) == (
        READ,
        [(("2025-03-28", "read"), ("2025-04-02", "read"))],
    )
    assert found.also[0].agency.value == "Sample City Police Department"


def test_an_agreement_before_one_without_its_page_of_signatures_is_not_joined_with_it(tmp_path: Path) -> None:
    """The first has lost its opening, the second its signatures: these are two, though one opens and one is signed."""
    second = complete("Sample City Police Department")
    found = read(tmp_path, [*complete()[1:], *second[:8]])
    assert (found.agency_signed.value, found.ice_signed.value) == ("2025-03-08", "2025-03-10")
    assert [days(one) for one in found.also] == [((None, "unread"), (None, "unread"))]
    assert [one.agency.value for one in found.also] == ["Sample City Police Department"]


@pytest.mark.parametrize("order", ["ABC reversed", "A reversed, B reversed, C reversed", "A reversed, B"])
def test_several_agreements_of_one_reversed_file_have_their_own_days(tmp_path: Path, order: str) -> None:
    parts = {
        "A": complete(),
        "B": complete("Sample City Police Department", "03/28/2025", "April 2, 2025"),
        "C": complete("Other County Sheriff's Office", "04/18/2025", "April 22, 2025"),
    }
    if order == "ABC reversed":
        pages = [page for part in parts.values() for page in part][::-1]
    else:
        named = [one.split() for one in order.split(", ")]
        pages = [page for name, *back in named for page in (parts[name][::-1] if back else parts[name])]
    found = read(tmp_path, pages)
    said_of = {str(one.agency.value)[:6]: days(one) for one in (found, *found.also)}
    expected = {
        "Exampl": READ,
        "Sample": (("2025-03-28", "read"), ("2025-04-02", "read")),
        "Other ": (("2025-04-18", "read"), ("2025-04-22", "read")),
    }
    assert said_of == {name: expected[name] for name in said_of} and len(said_of) == (2 if order.endswith("B") else 3)


def test_reversed_agreements_without_appendices_never_have_each_others_days_as_read(tmp_path: Path) -> None:
    """Nothing says where one ends: the opening of the one and the signatures of the other may be taken for one."""
    second = complete("Sample City Police Department", "03/28/2025", "April 2, 2025")
    found = read(tmp_path, [*complete()[:9], *second[:9]][::-1])
    own = {OWN: READ, "Sample City Police Department": (("2025-03-28", "read"), ("2025-04-02", "read"))}
    for one in (found, *found.also):
        for side, right in zip(days(one), own[str(one.agency.value)], strict=True):
            assert side[1] != "read" or side == right


def test_clauses_of_pages_in_reverse_order_are_those_of_the_pages_in_order(tmp_path: Path) -> None:
    pages = complete()
    found, back = (
        align_file(written(tmp_path, name, pdf(some))) for name, some in (("a.pdf", pages), ("b.pdf", pages[::-1]))
    )
    assert found.version == back.version == "03/07/2025" and found.changes
    assert [(one.kind, one.after, one.page) for one in back.changes] == [
        (one.kind, one.after, len(pages) + 1 - one.page if one.page else None) for one in found.changes
    ]


def test_an_agreement_without_its_first_page_is_read_and_the_page_is_missed(tmp_path: Path) -> None:
    pages = complete()[1:]
    pages[0] = [*pages[0], (60, 120, "The LEA assigns units, teams, or task forces designated by ICE to the program.")]
    found = read(tmp_path, pages)
    assert kinds(found) == ["no_opening"]
    assert (found.version.value, days(found)) == ("03/07/2025", READ)


def test_pages_of_no_known_form_without_an_opening_are_no_agreement(tmp_path: Path) -> None:
    block = [line for line in complete()[8] if "Revised" not in line[2]]
    found = read(tmp_path, [block])
    assert kinds(found) == ["not_an_agreement"] and days(found) == ((None, "unread"), (None, "unread"))


# -- a day that is in the text layer, and is not seen -------------------------------------------------------------

WHITE = b"q 1 1 1 rg 85 596 200 14 re f Q\n"
"""A white box over the line of the agency's day."""


def at_day(day: str) -> Pages:
    """The agreement with a rule and a day on it."""
    return agreement(agency_day=day)


@needs_reader
@pytest.mark.parametrize(
    ("over", "expected"),
    [
        (WHITE, (None, "unread")),
        (b"q 1 0.9 0.6 RG 1 w 80 580 210 34 re S Q\n", ("2025-03-08", "read")),
        (WHITE + b"BT 0 g /F1 11 Tf 88 600 Td (03/08/2025) Tj ET\n", ("2025-03-08", "read")),
    ],
)
def test_a_printed_day_under_a_white_box_is_not_read(
    tmp_path: Path, over: bytes, expected: tuple[str | None, str]
) -> None:
    assert said(read(tmp_path, at_day("03/08/2025"), {9: over}).agency_signed) == expected


BOX = b"<< /Type /Annot /Subtype /%s /F 4 /Rect [85 594 285 614] /QuadPoints [85 614 285 614 85 594 285 594] %s >>"


@needs_reader
@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (BOX % (b"Square", b"/IC [1 1 1] /C [1 1 1]"), (None, "unread")),
        (BOX % (b"Square", b"/IC [0 0 0] /C [0 0 0]"), ("2025-03-08", "doubt")),
        (BOX % (b"Highlight", b"/C [1 1 0.6]"), ("2025-03-08", "read")),
        (BOX % (b"Link", b"/Border [0 0 0]"), ("2025-03-08", "read")),
    ],
)
def test_a_printed_day_under_a_note_is_read_only_where_it_is_seen(
    tmp_path: Path, note: bytes, expected: tuple[str | None, str]
) -> None:
    pages = at_day("03/08/2025")
    found = read_document(written(tmp_path, "one.pdf", pdf(pages, notes={9: note})))
    assert said(found.agency_signed) == expected
    assert said(found.ice_signed) == ("2025-03-10", "read")


@needs_reader
def test_a_day_over_a_covered_one_is_never_the_covered_one(tmp_path: Path) -> None:
    over = WHITE + b"BT 0 g /F1 11 Tf 150 600 Td (03/09/2025) Tj ET\n"
    found = read(tmp_path, at_day("03/04/2025"), {9: over}).agency_signed
    assert said(found) != ("2025-03-04", "read")


@needs_reader
def test_a_white_day_is_not_read(tmp_path: Path) -> None:
    pages = at_day("______________")
    white = b"BT 1 1 1 rg /F1 11 Tf 90 600 Td (03/09/2025) Tj ET\n"
    assert read(tmp_path, pages, {9: white}).agency_signed.certainty != "read"
    seen = white.replace(b"1 1 1 rg", b"0 g")
    assert said(read(tmp_path, pages, {9: seen}).agency_signed) == ("2025-03-09", "read")


@pytest.mark.parametrize(
    ("outline", "expected"), [(b"0 0 1 1", (None, "unread")), (b"0 0 612 792", ("2025-03-09", "read"))]
)
def test_a_day_of_which_an_outline_leaves_nothing_is_not_read(
    tmp_path: Path, outline: bytes, expected: tuple[str | None, str]
) -> None:
    cut = b"q " + outline + b" re W n BT 0 g /F1 11 Tf 90 600 Td (03/09/2025) Tj ET Q\n"
    assert said(read(tmp_path, at_day(""), {9: cut}).agency_signed) == expected


@pytest.mark.parametrize(("state", "expected"), [(b"OFF", (None, "unread")), (b"ON", ("2025-03-09", "read"))])
def test_a_day_on_a_layer_that_is_off_is_not_read(
    tmp_path: Path, state: bytes, expected: tuple[str | None, str]
) -> None:
    drawn = b"/OC /L BDC BT 0 g /F1 11 Tf 90 600 Td (03/09/2025) Tj ET EMC\n"
    plain = pdf(at_day(""), over={9: drawn})
    layer = max(map(int, re.findall(rb"(\d+) 0 obj", plain))) + 1
    plain = plain.replace(b"/Resources << /Font", b"/Resources << /Properties << /L %d 0 R >> /Font" % layer)
    shown = b" /OCProperties << /OCGs [{0}] /D << /%s [{0}] >> >>" % state
    made = packed(plain, shown, b"<< /Type /OCG /Name (old) >>")
    assert said(read_document(written(tmp_path, "one.pdf", made)).agency_signed) == expected


@pytest.mark.parametrize("words", ["rec'd 03/08/2025", "03/08/2025 copied", "Filed: 03/08/2025", "valid 03/08/2025"])
def test_a_day_with_a_word_of_something_else_is_a_doubt(tmp_path: Path, words: str) -> None:
    assert said(read(tmp_path, at_day(words)).agency_signed) == ("2025-03-08", "doubt")


@pytest.mark.parametrize(
    "words",
    [
        "03/08/2025 JH",
        "the 8th day of March, 2025",
        pytest.param("March 8, 20_25_", marks=needs_reader),
        "8 March 2025",
    ],
)
def test_a_day_with_initials_or_in_words_is_read(tmp_path: Path, words: str) -> None:
    assert said(read(tmp_path, at_day(words)).agency_signed) == ("2025-03-08", "read")


# -- copies of a page, and pages of another agency ----------------------------------------------------------------


def test_two_copies_of_a_page_that_each_side_signed_have_both_days(tmp_path: Path) -> None:
    one = agreement(agency_day="03/08/2025", ice_day="______________")
    other = agreement(agency_day="______________", ice_day="March 10, 2025")
    found = read(tmp_path, [*one, other[8]])
    assert (days(found), kinds(found)) == (READ, [])
    assert (found.agency_signed.page, found.ice_signed.page) == (9, 10)


def test_a_later_page_with_other_words_above_its_signatures_fills_nothing_in(tmp_path: Path) -> None:
    one = agreement(agency_day="03/08/2025", ice_day="______________")
    other = agreement(agency_day="______________", ice_day="March 10, 2025")[8]
    longer: list[Line] = [
        (60, 40 + 14 * n, "The parties renew the MOA and all of its terms for a year.") for n in range(3)
    ]
    found = read(tmp_path, [*one, [*longer, *other]])
    assert found.ice_signed.certainty != "read"


def test_the_first_page_of_another_agency_leaves_the_agency_in_doubt(tmp_path: Path) -> None:
    """The two names differ by the name of their county only, and are as alike as two readings of one."""
    pages = complete("Hardin County Sheriff's Office"), complete("Orange County Sheriff's Office")
    found = read(tmp_path, [pages[0][0], *pages[1][1:]])
    assert found.agency.certainty == "doubt" and "Hardin County" in found.agency.why + str(found.agency.value)
    assert read(tmp_path, pages[1]).agency.certainty == "read"


def test_a_page_that_another_agency_signed_behind_the_own_one_is_named(tmp_path: Path) -> None:
    other = agreement("Sample City Police Department", agency_day="05/20/2025", ice_day="May 30, 2025")[8]
    found = read(tmp_path, [*complete()[:9], other, *complete()[9:]])
    assert days(found) == READ
    assert [(one.kind, one.row) for one in found.problems] == [("signed_by_another", 10)]


def test_pages_that_are_there_twice_are_one_agreement(tmp_path: Path) -> None:
    found = read(tmp_path, [page for page in complete() for _ in range(2)])
    assert (days(found), found.also, kinds(found)) == (READ, (), [])
    twice = read(tmp_path, [*complete(), *complete()])
    assert [days(one) for one in twice.also] == [READ] and kinds(twice) == ["several_agreements"]


@needs_reader
@pytest.mark.parametrize("words", ["03/08", "March 8", "Mar 8 - 25", "3-8"])
def test_a_day_printed_without_its_year_is_never_read(tmp_path: Path, words: str) -> None:
    assert read(tmp_path, agreement(agency_day=words)).agency_signed.certainty != "read"


# -- addenda ------------------------------------------------------------------------------------------------------

CLAUSE = (
    "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT",
    "The law enforcement agency agrees to modify the Memorandum of Agreement that was effective on",
    "March 10, 2025 by which ICE delegates personnel the authority to perform functions, as follows:",
    "This addendum is effective upon signature by both parties.",
)
SIGN = "By signing this addendum, each party represents it is fully authorized to enter into this addendum."


def addendum(agency: str = OWN, agency_day: str = "05/20/2025", ice_day: str = "05/30/2025") -> list[Line]:
    return [*clause(), *block(agency, agency_day, ice_day)]


def clause() -> list[Line]:
    return [(60, 100 + 14 * n, text) for n, text in enumerate(CLAUSE)]


def block(agency: str, agency_day: str, ice_day: str, top: float = 160) -> list[Line]:
    page: list[Line] = [(60, top, SIGN)]
    for left, party, day, body in ((60, "For the LEA:", agency_day, agency), (311, "For ICE:", ice_day, "ICE")):
        rows = (party, f"Date: {day}", "Signature:", "Title: Sheriff" if left == 60 else "Title: Acting Director", body)
        page += [(left, top + 30 + 22 * n, text) for n, text in enumerate(rows)]
    return page


ADDED = (("2025-05-20", "read"), ("2025-05-30", "read"))


def addenda(one: Document) -> list[tuple[int, tuple[str | None, str], tuple[str | None, str]]]:
    return [(each.page, said(each.agency_signed), said(each.ice_signed)) for each in one.addenda]


def test_an_addendum_signed_on_its_second_page_is_one(tmp_path: Path) -> None:
    assert addenda(read(tmp_path, [*complete(), addendum()])) == [(12, *ADDED)]
    parted = [clause(), block(OWN, "05/20/2025", "05/30/2025", 100)]
    found = read(tmp_path, [*complete(), *parted])
    assert addenda(found) == [(12, *ADDED)]
    assert found.addenda[0].agreement_effective.value == "2025-03-10"


def test_the_signatures_of_an_addendum_may_be_on_the_page_after_their_sentence(tmp_path: Path) -> None:
    page = addendum()
    before = [(left, top + 560, text) for left, top, text in page if top <= 160]
    after = [(left, top - 130, text) for left, top, text in page if top > 160]
    found = read(tmp_path, [*complete(), before, after])
    assert [row[1:] for row in addenda(found)] == [ADDED]


def test_a_second_copy_of_an_addendum_with_other_days_leaves_them_in_doubt(tmp_path: Path) -> None:
    found = read(tmp_path, [*complete(), addendum(), addendum(agency_day="06/03/2025")])
    assert addenda(found) == [(12, ("2025-05-20", "doubt"), ("2025-05-30", "read"))]
    assert [(one.kind, one.row) for one in found.problems] == [("signed_again", 13)]
    same = read(tmp_path, [*complete(), addendum(), addendum()])
    assert (addenda(same), kinds(same)) == ([(12, *ADDED)], [])


def test_two_addenda_with_other_words_are_two(tmp_path: Path) -> None:
    other = [(left, top, text.replace("functions, as follows:", "more hours of training a year:"))
             for left, top, text in addendum(agency_day="06/03/2025", ice_day="06/05/2025")]  # fmt: skip
    other.append((60, 60, "The personnel of the agency shall attend a further course of training each year."))
    found = read(tmp_path, [*complete(), addendum(), other])
    assert [row[0] for row in addenda(found)] == [12, 13]
    assert kinds(found) == []


def test_an_addendum_that_another_agency_signed_is_a_problem_and_its_days_are_doubts(tmp_path: Path) -> None:
    found = read(tmp_path, [*complete(), addendum("Sample City Police Department")])
    assert addenda(found) == [(12, ("2025-05-20", "doubt"), ("2025-05-30", "doubt"))]
    assert [(one.kind, one.row) for one in found.problems] == [("signed_by_another", 12)]
    assert days(found) == READ
