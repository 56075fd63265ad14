"""Numbers whose noun a sentence leaves out: "Nebraska still has 13", "where 31 already have agreements".

The sentences are synthetic. What each has to come to was worked out from ``ledger287 agreements --on`` the story's day,
one sign for each figure in the order of the text: + in the record, - against it, ? not decided.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

SIGNS = {"supported": "+", "supported_if": "+", "contradicted": "-", "was_true": "-", "became_true": "-"}


def signs(checker: Checker, text: str, day: str) -> str:
    """The verdicts on figures of a text, in the order of its claims."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return "".join(SIGNS.get(one.verdict, "?") for one in found if one.claim.figure)


LEFT_OUT = [
    # what the sentence before counted
    ("2025-10-15", "Wisconsin has 16 agreements with ICE. Utah has 14.", "++"),
    ("2025-10-15", "Wisconsin has 16 agreements with ICE. Utah has 24.", "+-"),
    ("2025-10-15", "Indiana now has 14 agreements with ICE. Ohio still has nine.", "++"),
    ("2025-10-15", "Indiana now has 14 agreements with ICE. Ohio still has 19.", "+-"),
    # in force, without a noun
    ("2025-10-15", "ICE signs 287(g) agreements with police. In Ohio, nine are in force.", "+"),
    ("2025-10-15", "ICE signs 287(g) agreements with police. In Ohio, 12 are in force.", "-"),
    # who has one
    ("2025-10-15", "In Ohio, five already have 287(g) agreements.", "+"),
    ("2025-10-15", "In Ohio, eight already have 287(g) agreements.", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), LEFT_OUT)
def test_a_number_takes_the_noun_of_what_was_counted(checker: Checker, day: str, text: str, expected: str) -> None:
    assert signs(checker, text, day) == expected


@pytest.mark.parametrize("text", [
    "Ohio has nine agreements held by five agencies. Utah has 11.",
    "Of Kentucky's 120 counties, 11 take part in 287(g).",
    "Ohio has nine agreements with ICE. Utah has 29 in New Haven.",
])  # fmt: skip
def test_a_number_that_may_be_of_something_else_is_not_held_against_agreements(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=date(2025, 10, 15)).answers
    last = [one for one in found if one.claim.figure][-1]
    assert last.verdict != "contradicted" or last.claim.unit not in ("agreements", "agencies")


ORDERS = [
    # at most the place that is named
    ("2025-08-15", "Texas is among the three states with the most 287(g) agreements.", "+"),
    ("2025-08-15", "Missouri is among the three states with the most 287(g) agreements.", "-"),
    ("2025-08-15", "Georgia is one of the five states with the most 287(g) agreements.", "+"),
    ("2025-08-15", "Alabama is one of the two states with the most 287(g) agreements.", "-"),
    # a place with its number
    ("2025-06-30", "Texas has 104 agreements with ICE. Georgia was third with 30.", "+++"),
    ("2025-06-30", "Texas has 104 agreements with ICE. North Carolina was third with 22.", "+-+"),
    # more than two together
    ("2025-08-29", "Florida has 317 agreements with ICE, more than Texas and Georgia combined.", "++"),
    ("2025-08-29", "Texas has 159 agreements with ICE, more than Florida and Georgia combined.", "-+"),
    # signed over a stretch
    ("2025-08-15", "In the past year, Florida has signed 273 agreements with ICE.", "+"),
    ("2025-08-15", "In the past year, Florida has signed 92 agreements with ICE.", "-"),
    ("2026-01-27", "Missouri added six 287(g) agencies on Monday.", "+"),
    ("2026-01-27", "Missouri added 16 287(g) agencies on Monday.", "-"),
    # none any longer
    ("2025-05-13", "Delaware no longer has any 287(g) agreements.", "+"),
    ("2025-05-13", "Florida no longer has any 287(g) agreements.", "-"),
    ("2025-05-13", "Vermont no longer has any 287(g) agreements.", "?"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), ORDERS)
def test_places_stretches_and_what_is_no_more_are_answered(
    checker: Checker, day: str, text: str, expected: str
) -> None:
    assert signs(checker, text, day) == expected


PORTIONS = [
    ("2026-05-08", "Most of the sheriffs in Texas have 287(g) agreements.", "?"),
    ("2026-05-08", "Most of the sheriffs in Texas have joined 287(g).", "+"),
    ("2026-05-08", "Most of the sheriffs in Ohio have joined 287(g).", "-"),
    ("2026-05-08", "More than half of Tennessee's 95 sheriffs have joined the 287(g) program.", "+"),
    ("2026-05-08", "Fewer than half of Tennessee's 95 sheriffs have joined the 287(g) program.", "-"),
    ("2026-05-08", "More than half of Georgia's 159 sheriffs have joined 287(g), ICE's list shows.", "-"),
    # nobody, and nothing pending
    ("2025-10-15", "Ohio has nine 287(g) agreements. In Utah, no one is signed up for the task force program.", "+-"),
    ("2025-10-15", "Utah has 14 287(g) agreements. In New Mexico, no one has signed up for the jail program.", "++"),
    ("2025-11-20", "ICE has 1,188 agreements, and its pending list is empty.", "?+"),
    ("2025-10-16", "ICE has 1,033 agreements, and its pending list is empty.", "??"),
    # what each of two states has is no number of states
    ("2026-04-02", "By April 1 the two biggest states in 287(g) were tied, at 344 apiece.", "?"),
    ("2026-05-08", "Fewer than half of Texas sheriffs have joined 287(g).", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), PORTIONS)
def test_parts_of_the_sheriffs_of_a_state_and_nobody_are_answered(
    checker: Checker, day: str, text: str, expected: str
) -> None:
    found = signs(checker, text, day)
    assert all(mark in ("?", one) for mark, one in zip(expected, found, strict=False)), found
    assert len(found) >= len(expected.strip("?"))


EXCHANGED = [
    ("2025-10-15", "In Ohio, five agencies have 287(g) agreements.", "+"),
    ("2025-10-15", "In Ohio, nine agencies have 287(g) agreements.", "-"),
    ("2025-10-15", "Utah has 14 287(g) agreements.", "+"),
    ("2025-10-15", "Utah has 14 agencies with 287(g) agreements.", "-"),
    ("2025-10-15", "Utah has 11 agencies with 287(g) agreements.", "+"),
    ("2025-10-15", "Utah has 11 287(g) agreements.", "-"),
    ("2025-10-02", "In Mississippi, four sheriffs have 287(g) agreements.", "+"),
    ("2025-10-02", "In Mississippi, six sheriffs have 287(g) agreements.", "-"),
]


@pytest.mark.parametrize(("day", "text", "expected"), EXCHANGED)
def test_a_unit_that_is_stated_is_never_exchanged_for_another_and_called_supported(
    checker: Checker, day: str, text: str, expected: str
) -> None:
    assert signs(checker, text, day)[:1] == expected
