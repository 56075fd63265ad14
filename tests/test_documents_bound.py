"""Agreements bound into one file, of which some pages have no text: each is read by its own pages, or it is said."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from documents_making import SIGNING, TITLE, Line, agreement, pdf, written
from ledger287.cli.main import app
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.signed_pages.signatures import columns
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import ReadPage
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.versions.aligning import align_file

FIRST, SECOND = "Example County Sheriff's Office", "Sample City Police Department"
Pages = list[list[Line]]


def first() -> Pages:
    return agreement(FIRST, agency_day="03/08/2025")


def second() -> Pages:
    return agreement(SECOND, ice_day="April 2, 2025", agency_day="03/28/2025")


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads pages, of which those with the given numbers have no text: their words are only in a picture."""

    def reading(pages: Pages, pictures: Collection[int]) -> Document:
        numbers = iter(range(1, len(pages) + 1))
        plain, placed = text_layer.plain_text, text_layer.read_page
        monkeypatch.setattr(ocr, "page_reader", lambda: "rapidocr")
        monkeypatch.setattr(ocr, "read_picture", placed)
        monkeypatch.setattr(text_layer, "plain_text", lambda page: "" if next(numbers) in pictures else plain(page))
        monkeypatch.setattr(
            text_layer,
            "read_page",
            lambda page, number: (
                ReadPage(number, 612, 792, "picture", ()) if number in pictures else placed(page, number)
            ),
        )
        return read_document(written(tmp_path, "bound.pdf", pdf(pages)))

    return reading


def days(one: Document) -> tuple[str | None, str | None, str | None]:
    return one.agency.value, one.agency_signed.value, one.ice_signed.value


OF_FIRST, OF_SECOND = (FIRST, "2025-03-08", "2025-03-10"), (SECOND, "2025-03-28", "2025-04-02")


@pytest.mark.parametrize("pictures", [range(1, 19), range(1, 10), range(10, 19), [10], []])
def test_two_agreements_are_read_by_their_own_pages(read: Any, pictures: Collection[int]) -> None:
    found = read([*first(), *second()], pictures)
    assert (days(found), [days(one) for one in found.also]) == (OF_FIRST, [OF_SECOND])
    assert [(problem.kind, problem.row) for problem in found.problems] == [("several_agreements", 10)]


@pytest.mark.parametrize("pictures", [range(1, 18), range(1, 9), range(9, 18), []])
def test_an_agreement_without_its_page_of_signatures_has_no_days_of_the_next(
    read: Any, pictures: Collection[int]
) -> None:
    found = read([*first()[:8], *second()], pictures)
    assert (days(found), [days(one) for one in found.also]) == ((FIRST, None, None), [OF_SECOND])


def test_pages_over_the_limit_of_pictures_are_named(read: Any) -> None:
    letter: Pages = [[(60.0, 100.0, "The board of the county met and approved the minutes of its meeting.")]]
    found = read([*letter * 45, *first()], range(1, 55))
    assert found.model.value is None
    assert [problem.kind for problem in found.problems] == ["pages_not_seen", "not_an_agreement"]
    assert (found.problems[0].row, found.problems[0].found[:8]) == (41, "14 more,")
    assert found.problems[1].found == "none on the pages that were looked at"


@pytest.mark.parametrize(("more", "kinds"), [(45, ["pages_not_seen"]), (20, [])])
def test_pages_behind_an_agreement_are_named_where_they_are_over_the_limit(
    read: Any, more: int, kinds: list[str]
) -> None:
    letter: Pages = [[(60.0, 100.0, "The board of the county met and approved the minutes of its meeting.")]]
    found = read([*first(), *letter * more], range(1, 10 + more))
    assert days(found) == OF_FIRST
    assert [problem.kind for problem in found.problems] == kinds


MENTION = (
    "MINUTES of the board of the county. Consent agenda: approve a Memorandum of Agreement (MOA)",
    "between ICE and the Sample County Sheriff's Office under 287(g), Warrant Service Officer model.",
    "Dated this 4th day of March, 2025. By signing this resolution the chair approves the agreement.",
)
QUOTE = (
    "Example News, March 12, 2025. The commissioners approved an agreement with ICE on Tuesday. It says:",
    *(text.format(agency=FIRST) for text in TITLE),
    "Sheriff Pat Example signed it on March 4, 2025. Its last page says:",
    *SIGNING,
)
PROGRAM = (
    "Partner with ICE through the 287(g) program. Jail Enforcement Model. Task Force Model.",
    "As of March 4, 2025, ICE has signed a Memorandum of Agreement with agencies of 40 states.",
    "Memorandum of Agreement: templates of each model. Alabama Example County Sheriff's Office 3/4/2025.",
)


def paper(*said: str) -> list[Line]:
    return [(60.0, 60.0 + 14 * number, text) for number, text in enumerate(said)]


@pytest.mark.parametrize("said", [MENTION, QUOTE, PROGRAM])
def test_a_paper_about_an_agreement_is_none(read: Any, said: tuple[str, ...]) -> None:
    found = read([paper(*said)], [])
    assert [problem.kind for problem in found.problems] == ["not_an_agreement"]
    assert (found.model.value, *days(found)) == (None, None, None, None)


@pytest.mark.parametrize("pictures", [[], range(2, 11), [1], range(1, 11)])
def test_an_agreement_behind_minutes_that_name_it_begins_where_it_opens(read: Any, pictures: Collection[int]) -> None:
    found = read([paper(*MENTION), *first()], pictures)
    assert (days(found), found.also, found.problems) == (OF_FIRST, (), ())
    assert (found.model.value, found.model.page) == ("TFM", 2)


def test_the_clauses_of_the_first_of_two_agreements_are_compared_and_the_other_is_named(
    tmp_path: Path,
) -> None:
    alone = align_file(written(tmp_path, "alone.pdf", pdf(first())))
    bound = align_file(written(tmp_path, "bound.pdf", pdf([paper(*MENTION), *first(), *second()])))
    assert (bound.model, bound.version, alone.version) == ("TFM", "03/07/2025", "03/07/2025")
    assert [(one.kind, one.after) for one in bound.changes] == [(one.kind, one.after) for one in alone.changes]
    assert [(problem.kind, problem.row) for problem in bound.problems] == [("several_agreements", 11)]


def test_the_fields_of_a_second_agreement_in_a_file_are_printed_as_those_of_the_first(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["documents", "read", str(written(tmp_path, "two.pdf", pdf([*first(), *second()])))])
    before, _, behind = done.stdout.partition("agreement 2 in the same file")
    assert FIRST in before and SECOND in behind
    assert "agency signed" in behind


@pytest.mark.parametrize("signed_right", [False, True])
def test_of_two_pages_on_one_sheet_the_days_are_those_of_the_signed_one(tmp_path: Path, signed_right: bool) -> None:
    opened, _ = open_document(written(tmp_path, "one.pdf", pdf(agreement())))
    assert opened is not None
    signed, other = (text_layer.read_page(opened.document[number - 1], number) for number in (9, 1))
    halves = (other, signed) if signed_right else (signed, other)
    words = [
        replace(word, box=(word.box[0] + by, word.box[1], word.box[2] + by, word.box[3]))
        for by, page in zip((0.0, signed.width), halves, strict=True)
        for word in page.words * (1 + 50 // len(page.words))
    ]
    sheet = replace(signed, width=2 * signed.width, words=tuple(words))
    by = signed.width if signed_right else 0.0
    expected = {one.side: (one.strip[0] + by, one.strip[1], one.strip[2] + by, one.strip[3]) for one in columns(signed)}
    assert {one.side: pytest.approx(one.strip) for one in columns(sheet)} == expected
    assert expected.keys() == {"ice", "agency"}
    assert {word for one in columns(sheet) for word in one.words} <= set(words)
