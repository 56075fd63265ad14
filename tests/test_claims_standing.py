"""A figure that the record has is supported in a clause that was read completely, whatever other parts say of others.

The sentences are synthetic. Each of ``APART`` is right with its figure; with another one nothing is held against it
unless every word was read. Of ``BEARING`` none is decided, whichever figure it has.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.coverage.stretches.standing import APART as ROLE

AUGUST = date(2025, 8, 20)
FIRM = ("supported", "contradicted", "was_true", "became_true", "arithmetic_holds", "arithmetic_fails")


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
    "Florida has {} agreements, once ninety in Georgia are put with them.",
    "Florida has {} agreements, after 90 in Georgia are moved to its tally.",
    "Florida has {} agreements, borrowed from Alabama.",
    "Florida has {} agreements, hinging on how clerks in Tampa add.",
    "Florida has {} agreements, going by the Tampa paper's rules.",
    "Florida has {} agreements, skipping Miami and Ocala.",
    "Skipping Miami and Ocala, Florida has {} agreements.",
    "Florida has {} agreements (Miami, Ocala and Tampa).",
    "Florida has {} agreements: 201 in playgrounds.",
    "Florida has {} agreements, and 201 of them are with circus tents.",
    "Florida tiene {} acuerdos, saltándose a Miami y Ocala.",
    "Florida tiene {} acuerdos, según a quién se le pregunte en Tampa.",
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


MAY = date(2026, 5, 8)


def verdicts(checker: Checker, text: str) -> list[str]:
    """The verdicts of a text in May 2026, in the order of the text."""
    return [one.verdict for one in checker.check_text(text, published=MAY).answers]


@pytest.mark.parametrize("text", [
    "Maryland has two 287(g) agreements (Garrett and Washington).",
    "Maryland has two 287(g) agreements: Garrett and Washington counties.",
    "ICE has agreements in 39 states and two territories, Guam and the Northern Mariana Islands.",
])  # fmt: skip
def test_names_behind_a_number_are_answered_one_by_one(checker: Checker, text: str) -> None:
    found = verdicts(checker, text)
    assert set(found) == {"supported"}
    assert len(found) >= 3


def test_a_list_with_a_name_that_has_none_leaves_a_figure_that_fits(checker: Checker) -> None:
    assert verdicts(checker, "Maryland has two 287(g) agreements (Cecil and Garrett).") == [
        "figure_fits", "was_true", "supported"]  # fmt: skip


@pytest.mark.parametrize("text", [
    "Arizona has 10 agreements (Apache, Gila and Pima).",
    "ICE has agreements in 39 states, Vermont and Oregon.",
    "Maryland has two agreements, Salisbury and Ocean City.",
])  # fmt: skip
def test_names_that_nothing_answers_are_not_passed_over(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=MAY).answers
    assert {one.verdict for one in found if one.claim.figure} == {"figure_fits"}
    assert any(name in found[0].reason for name in ("Apache", "Vermont", "Salisbury"))


def test_counties_named_in_spanish_behind_their_number_are_answered(checker: Checker) -> None:
    text = "Nuevo México tiene dos acuerdos 287(g), en los condados de Lea y Taos."
    found = checker.check_text(text, published=MAY).answers
    assert [one.verdict for one in found if one.claim.shape == "holds"] == ["cannot_tell", "cannot_tell"]
