"""What a sentence says of the program and no answer compares is named, once a sentence, and never judged."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.report import as_html, as_text, summary

CASES = [
    ("2026-05-08", "In Virginia, 24 sheriff's offices have agreements; critics of the program want the legislature to "
     "bar them.", "critics of the program want the legislature to bar them"),
    ("2026-03-06", "Nine Maryland agencies had agreements in mid-February, although the governor signed the ban.",
     "although the governor signed the ban"),
    ("2026-05-08", "Missouri has become one of the worst states for 287(g): 98 agencies have 287(g) agreements.",
     "worst states"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "left"), CASES, ids=[case[2] for case in CASES])
def test_it_is_named_and_not_judged(checker: Checker, day: str, text: str, left: str) -> None:
    checked = checker.check_text(text, published=date.fromisoformat(day))
    (only,) = (one for one in checked.answers if not one.compared)
    assert left in text[only.claim.span.start : only.claim.span.end]
    assert (only.verdict, only.evidence) == ("cannot_tell", ())
    assert only not in checked.compared
    assert checked.compared
    assert [one["compared"] for one in checked.as_json()["claims"]].count(False) == 1


def test_it_is_at_the_end_of_the_text_and_not_counted_as_a_claim(checker: Checker) -> None:
    day, text, left = CASES[1]
    checked = checker.check_text(text, published=date.fromisoformat(day))
    assert summary(checked).startswith("1 claim: ")
    assert summary(checked).endswith("; 1 statement not compared with the record")
    shown = as_text(checked)
    assert shown.index("Not compared with the record:") > shown.index("agencies")
    assert f"“{left}”" in shown
    assert "not compared" in as_html(checked)


@pytest.mark.parametrize(
    "text",
    [
        "ICE had 895 agreements under 287(g).",
        "In Arkansas, where pines grow tall, 80 agreements are in force.",
        "More than 800 law enforcement agency partners work directly with ICE.",
        "Sheriff Jane Roe, a Republican first elected in 2016, said Arkansas has 80 agreements.",
    ],
)
def test_nothing_is_named_where_all_was_read_or_says_nothing_of_the_program(checker: Checker, text: str) -> None:
    checked = checker.check_text(text, published=date(2025, 8, 14))
    assert checked.answers == checked.compared
