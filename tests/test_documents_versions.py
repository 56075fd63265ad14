"""The date of a form that is printed on an agreement, against the days on which it was signed. All is synthetic."""

from pathlib import Path

import pytest

from documents_making import agreement, pdf, written
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.identity import not_after
from ledger287.sources.documents.reading import read_document

SIGNED = (Field("2025-03-03", "read", 7), Field("2025-02-19", "read", 7))


def test_a_form_dated_after_its_signatures_is_unread_and_says_why(tmp_path: Path) -> None:
    pages = agreement(version="02/15/2026", agency_day="02/19/2025", ice_day="March 3, 2025")
    found = read_document(written(tmp_path, "one.pdf", pdf(pages)))
    assert (found.version.value, found.version.certainty) == (None, "unread")
    assert "02/15/2026" in found.version.why
    assert (found.ice_signed.value, found.ice_signed.certainty) == ("2025-03-03", "read")


def test_a_new_form_before_its_signatures_is_read(tmp_path: Path) -> None:
    pages = agreement(version="02/15/2026", agency_day="02/19/2026", ice_day="March 3, 2026")
    found = read_document(written(tmp_path, "one.pdf", pdf(pages)))
    assert (found.version.value, found.version.certainty) == ("02/15/2026", "read")


@pytest.mark.parametrize(
    ("seen", "value", "certainty"),
    [
        ("02/15/2025", "02/15/2025", "doubt"),
        ("Revised 02/15/2025", "02/15/2025", "doubt"),
        ("02/15/2026", None, "unread"),
        ("02/17/2025", None, "unread"),
        ("", None, "unread"),
    ],
)
def test_a_second_reader_can_only_give_a_doubt(seen: str, value: str | None, certainty: str) -> None:
    found = not_after(Field("02/15/2026", "doubt", 7), SIGNED, "JEM", lambda _: seen)
    assert (found.value, found.certainty) == (value, certainty)


def test_a_doubtful_signature_says_nothing_of_the_form() -> None:
    version = Field("02/15/2026", "doubt", 7)
    assert not_after(version, (Field("2025-03-03", "doubt", 7),), "JEM", lambda _: "02/15/2025") == version
