"""Thirty wordings of a measure have one verdict, with the right figure and with a wrong one (paraphrases.yml)."""

from pathlib import Path
from typing import Any

import pytest

from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day

TABLE: list[dict[str, Any]] = declared.read_yaml(
    (Path(__file__).parent / "paraphrases.yml").read_text(encoding="utf-8")
)
OPPOSED = {"supported", "supported_if"}


def verdict(checker: Checker, row: dict[str, Any], wording: str, figure: int) -> str:
    day = month_or_day(str(row["date"]))
    answers = checker.check(read_article(wording.format(n=f"{figure:,}").encode(), "synthetic", day)).answers
    found = [one.verdict for one in answers if one.claim.figure and one.claim.figure.value == figure]
    return found[0] if found else "not found"


@pytest.mark.parametrize("row", TABLE, ids=[row["measure"] for row in TABLE])
def test_every_wording_has_one_verdict(checker: Checker, row: dict[str, Any]) -> None:
    right = {wording: verdict(checker, row, wording, row["right"]) for wording in row["wordings"]}
    assert set(right.values()) == {"supported"}, right
    wrong = {wording: verdict(checker, row, wording, row["wrong"]) for wording in row["wordings"]}
    assert len(set(wrong.values())) == 1 and not set(wrong.values()) & OPPOSED, wrong


def test_there_are_thirty_wordings_a_measure() -> None:
    assert len(TABLE) >= 7
    assert all(len(set(row["wordings"])) == 30 for row in TABLE)
