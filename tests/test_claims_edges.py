"""The edges of what a figure may be: each bound at its number and one next to it. ICE's list of August 20, 2025,
has 895 agreements; the sentences are synthetic.
"""

from datetime import date

import pytest

from ledger287.core import declared
from ledger287.factcheck.checking import Checker

DAY, NUMBER = date(2025, 8, 20), 895


def verdict(checker: Checker, text: str) -> str:
    (answer,) = checker.check_text(text, published=DAY).answers
    return answer.verdict


@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        ("more than", NUMBER - 1, NUMBER),
        ("over", NUMBER - 1, NUMBER),
        ("at least", NUMBER, NUMBER + 1),
        ("fewer than", NUMBER + 1, NUMBER),
        ("at most", NUMBER, NUMBER - 1),
        ("exactly", NUMBER, NUMBER + 1),
    ],
)
def test_a_bound_is_right_at_its_edge_and_wrong_past_it(checker: Checker, words: str, right: int, wrong: int) -> None:
    assert verdict(checker, f"ICE has {words} {right} agreements.") == "supported"
    assert verdict(checker, f"ICE has {words} {wrong} agreements.") != "supported"


def test_about_gives_way_by_its_declared_share_and_no_further(checker: Checker) -> None:
    share = declared.declared_yaml("factcheck/hedges.yml")["about"]["share"]
    fits = [number for number in range(800, 1000) if abs(NUMBER - number) <= share * number]
    for edge, past in ((fits[0], fits[0] - 1), (fits[-1], fits[-1] + 1)):
        assert verdict(checker, f"ICE has about {edge} agreements.") == "supported"
        assert verdict(checker, f"ICE has about {past} agreements.") != "supported"


def test_far_more_is_said_from_half_as_many_again(checker: Checker) -> None:
    for figure, said in ((596, True), (597, False)):
        (answer,) = checker.check_text(f"ICE has more than {figure} agreements.", published=DAY).answers
        assert any(note.startswith("true, but far more: 895") for note in answer.notes) is said


def test_right_days_are_joined_only_where_no_list_between_says_otherwise(checker: Checker) -> None:
    """ICE's lists had 895 agreements from August 14 until late that month, and never in another year."""
    (answer,) = checker.check_text("ICE has 895 agreements.", published=date(2026, 4, 13)).answers
    assert answer.verdict == "was_true"
    assert all(days.first <= days.last for days in answer.right)
    assert all(one.last < other.first for one, other in zip(answer.right, answer.right[1:], strict=False))
    assert answer.right[0].first == date(2025, 8, 14)
    for days in answer.right:
        for day in (days.first, days.last):
            text = f"On {day:%B} {day.day}, {day.year}, ICE had 895 agreements."
            (again,) = checker.check_text(text, published=date(2026, 4, 13)).answers
            assert again.verdict == "supported", text
