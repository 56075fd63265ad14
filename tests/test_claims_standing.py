"""A figure that the record has is supported in a clause that was read completely, whatever other parts say of others.

The sentences are synthetic. Each of ``APART`` is right with its figure; with another one nothing is held against it
unless every word was read. Of ``BEARING`` none is decided, whichever figure it has.
"""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.coverage.standing import APART as ROLE

AUGUST = date(2025, 8, 20)
FIRM = ("supported", "contradicted", "was_true", "became_true", "arithmetic_holds", "arithmetic_fails")


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def figures(checker: Checker, text: str, day: date = AUGUST) -> list[tuple[str, str]]:
    """The figures of a text with their verdicts."""
    found = checker.check_text(text, published=day).answers
    return [(one.claim.figure.said, one.verdict) for one in found if one.claim.figure and one.claim.shape == "count"]


APART = [
    ("2025-08-20", "Florida has {} agreements, or more than a third of the nation's 895.", 317),
    ("2026-05-08", "Of Pennsylvania's {} participating agencies, 32 are elected constables, who serve papers.", 89),
    ("2025-07-20", "ICE's tally shows {} agreements: 300 for warrant service officers and 117 in playgrounds.", 832),
]


@pytest.mark.parametrize(("day", "text", "right"), APART)
def test_what_is_said_of_others_takes_no_support_away(checker: Checker, day: str, text: str, right: int) -> None:
    found = figures(checker, text.format(right), date.fromisoformat(day))
    assert next(verdict for said, verdict in found if str(right) in said) == "supported"


@pytest.mark.parametrize(("day", "text", "right"), APART[1:])
def test_nothing_is_held_against_a_figure_next_to_it(checker: Checker, day: str, text: str, right: int) -> None:
    found = figures(checker, text.format(right + 40), date.fromisoformat(day))
    assert next(verdict for said, verdict in found if str(right + 40) in said) not in FIRM


BEARING = [
    "If Gov. Jane Roe signs the bill, Florida has {} agreements.",
    "Florida has {} agreements, if Gov. Jane Roe is to be believed.",
    "Florida has {} agreements, and Gov. Jane Roe says that is false.",
    "Florida has {} agreements, but Gov. Jane Roe's auditors dispute the tally.",
    "Florida has {} agreements, and it never had them, Gov. Jane Roe said.",
    "Florida has {} agreements, and half of them are with clubs in Tampa.",
    "Florida has {} agreements, and those in Tampa are for zoo keepers.",
    "Florida has {} agreements, and Gov. Jane Roe wishes for more than a hundred others.",
    "Florida has {} agreements, and they are with the Boy Scouts of Tampa.",
    "Florida, as Gov. Jane Roe hopes, has {} agreements.",
    "{} of Florida's agreements, or six in 10, now follow the Beatles.",
    "Florida has {} agreements and doughnuts in Tampa.",
    "Florida has {} marble agreements, and Gov. Jane Roe's aides have mailed brochures to each town.",
    "Does Florida have {} agreements, as Gov. Jane Roe's aides have written?",
]


@pytest.mark.parametrize("text", BEARING)
def test_what_may_bear_on_the_figure_withholds(checker: Checker, text: str) -> None:
    for value in (317, 517):
        for said, verdict in figures(checker, text.format(value)):
            assert said != str(value) or verdict not in FIRM, (said, verdict)


def test_the_words_that_were_not_checked_are_named(checker: Checker) -> None:
    day, text, right = APART[-1]
    found = checker.check_text(text.format(right), published=date.fromisoformat(day)).answers
    parts = next(one.account.parts for one in found if one.claim.figure and one.claim.figure.value == right)
    assert "playgrounds" in " ".join(part.said for part in parts if part.role == ROLE)
