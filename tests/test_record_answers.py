"""Answers of the record to the last word: names as people type them, days, what was known then, and cells."""

from typing import Any

import pytest

import ledger287
from record_answers import answer, kept, opened

REMEDY = (
    "If the new answer is right, write the file again and read what changed: python tests/record_answers.py --write"
)


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return opened()


@pytest.mark.parametrize(
    "row", kept(), ids=lambda row: f"{row['door']} {' '.join(map(str, row['given'].values()))}"[:60]
)
def test_an_answer_of_the_record_is_the_same(atlas: ledger287.Atlas, row: dict[str, Any]) -> None:
    assert answer(atlas, row["door"], row["given"]) == row["answer"], REMEDY


def test_no_question_is_kept_twice() -> None:
    rows = [(row["door"], row["given"]) for row in kept()]
    assert all(row not in rows[:place] for place, row in enumerate(rows))
