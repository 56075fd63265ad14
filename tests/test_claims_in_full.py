"""Answers to the last word: verdict, reason, evidence, days and notes of sentences that reach the verdicts' lines."""

from typing import Any

import pytest

from full_answers import kept, row_of
from ledger287.factcheck.checking import Checker

REMEDY = "If the new answer is right, write the file again and read what changed: python tests/full_answers.py --write"


@pytest.mark.parametrize("row", kept(), ids=lambda row: row["text"][:40])
def test_an_answer_is_the_same_to_the_last_word(checker: Checker, row: dict[str, Any]) -> None:
    assert row_of(checker, row["day"], row["text"]) == row, REMEDY


def test_no_sentence_is_kept_twice() -> None:
    rows = [(row["day"], row["text"]) for row in kept()]
    assert len(rows) == len(set(rows))
