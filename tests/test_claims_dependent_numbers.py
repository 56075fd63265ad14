"""A count is supported only with the number of a part, of each, or in place of it, that its sentence gives behind it.

The sentences are synthetic; the counts are of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

MAY = date(2026, 5, 8)


@pytest.mark.parametrize(("text", "words"), [
    ("Georgia has 64 agreements, all 64 of them with a choir in Macon.", "choir"),
    ("Georgia has 64 agreements, 21 each in Macon, Rome and Athens.", "21 each in Macon"),
    ("Georgia has 64 agreements, or 51 by the state's own tally.", "or 51 by the state's own tally"),
    ("Georgia has 64 agreements, as opposed to the 51 that ICE counts.", "as opposed to the 51 that ICE counts"),
    ("Georgia has 64 agreements, give or take 13.", "give or take 13"),
    ("Georgia has 64 agreements, 12 of them about fishing.", "12 of them about fishing"),
    ("Georgia has 64 agreements, 30 of which ICE is yet to sign.", "yet to"),
    ("Georgia has 64 agreements, 30 of them awaiting a signature from ICE.", "30 of them awaiting a signature"),
    ("Georgia has 64 agreements, 30 of them still waiting for ICE.", "30 of them still waiting for ICE"),
    ("Georgia tiene 64 acuerdos, 12 de ellos sobre la pesca.", "12 de ellos sobre la pesca"),
    ("Georgia tiene 64 acuerdos, o 51 según la cuenta del estado.", "o 51 según la cuenta del estado"),
    ("Georgia tiene 64 acuerdos, 30 de ellos a la espera de la firma de ICE.", "30 de ellos a la espera"),
])  # fmt: skip
def test_a_number_that_guts_the_count_leaves_a_figure_that_fits(checker: Checker, text: str, words: str) -> None:
    answer = next(one for one in checker.check_text(text, published=MAY).as_json()["claims"] if "64" in one["said"])
    assert answer["verdict"] in ("figure_fits", "cannot_tell")
    assert words in answer["reason"]


@pytest.mark.parametrize("text", [
    "Florida has 346 agreements, 272 of them under the task force model.",
    "Florida tiene 346 acuerdos, 272 de ellos del modelo de grupo de trabajo.",
    "Georgia has 64 agreements.",
])  # fmt: skip
def test_a_part_that_is_answered_leaves_the_count(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=MAY).as_json()["claims"]
    assert {one["verdict"] for one in found} == {"supported"}
