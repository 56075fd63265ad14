"""One state set against several others, a subject that gives its figure as known, and models as subjects."""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

MAY = date(2026, 5, 8)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def verdicts(checker: Checker, text: str, day: date = MAY) -> dict[str, str]:
    return {one["said"]: one["verdict"] for one in checker.check_text(text, published=day).as_json()["claims"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Florida has more agreements than Texas or Georgia.",
            {"Texas": "was_true", "Georgia": "supported"},
        ),
        (
            "Georgia has 64 agreements, fewer than Texas, Florida or Tennessee, which has 75.",
            {"64 agreements": "supported", "Texas": "supported", "Tennessee": "supported", "75": "supported"},
        ),
        (
            "Georgia has 64 agreements, more than Alabama but fewer than Texas or Florida.",
            {"64 agreements": "supported", "Alabama": "supported", "Texas": "supported", "Florida": "supported"},
        ),
        (
            "On May 8, 2026, Texas had 380 agreements under 287(g), more than Georgia or Alabama.",
            {"380 agreements": "supported", "Georgia": "supported", "Alabama": "supported"},
        ),
        ("Georgia has 64 agreements, more than Texas.", {"64 agreements": "supported", "Texas": "contradicted"}),
        (
            "Florida's 346 agreements outnumber those of Georgia.",
            {"346 agreements": "supported", "Georgia": "supported"},
        ),
        (
            "Florida's 346 agreements outnumber those of Texas and Georgia combined.",
            {
                "346 agreements": "supported",
                "Florida's 346 agreements outnumber those of Texas and Georgia combined": "was_true",
            },
        ),
        (
            "Tennessee has 75 agreements, more than Georgia and Alabama combined.",
            {"Tennessee has 75 agreements, more than Georgia and Alabama combined": "contradicted"},
        ),
        (
            "Tennessee's 75 agreements put it ahead of Kentucky.",
            {"75 agreements": "supported", "Kentucky": "supported"},
        ),
        (
            "Los 346 acuerdos de Florida superan a los de Georgia y Alabama juntos.",
            {
                "Los 346 acuerdos": "supported",
                "acuerdos de Florida superan a los de Georgia y Alabama juntos": "supported",
            },
        ),
        (
            "Arkansas tiene 80 acuerdos, más que Georgia, Alabama o Luisiana.",
            {"80 acuerdos": "supported", "Luisiana": "supported"},
        ),
    ],
)
def test_a_state_is_compared_with_each_or_with_all_together(checker: Checker, text: str, found: dict[str, str]) -> None:
    answers = verdicts(checker, text)
    assert {said: answers[said] for said in found} == found


@pytest.mark.parametrize(
    "text",
    [
        "Florida has more agreements than Texas and Georgia.",  # than each, or than both together
        "Florida and Texas had more agreements than Georgia or Iowa.",  # two subjects
        "Tennessee has 75 agreements, more than Georgia agencies have signed.",
        "Tennessee has 75 agreements, more than Texas had in 2025.",
    ],
)
def test_what_may_be_either_is_not_judged(checker: Checker, text: str) -> None:
    assert not {"contradicted", "was_true", "arithmetic_fails"} & {*verdicts(checker, text).values()}
    assert "supported" not in {verdict for said, verdict in verdicts(checker, text).items() if "75" not in said}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Tennessee's 75 agreements cover most of the state's population.", "supported"),
        (
            "The state of Tennessee is divided, but Tennessee's 75 agreements draw criticism from advocates.",
            "supported",
        ),
        ("Tennessee's 75 agreements are a myth.", "figure_fits"),
        ("Tennessee's 75 agreements include several that have expired.", "figure_fits"),
        ("Tennessee's 75 agreements would make it the leader.", "figure_fits"),
        ("Tennessee's 75 agreements are not the work of sheriffs.", "cannot_tell"),
        ("Tennessee's 70 agreements cover most of the state's population.", "cannot_tell"),
    ],
)
def test_a_subject_with_its_own_number_is_given_as_known(checker: Checker, text: str, verdict: str) -> None:
    answers = verdicts(checker, text)
    assert next(found for said, found in answers.items() if "7" in said) == verdict


def test_a_model_has_its_own_number_with_a_verb_or_without(checker: Checker) -> None:
    text = "The warrant model has {} agreements in 34 states, and the task force model {} agreements in 33 states."
    day = date(2025, 12, 31)
    assert [*verdicts(checker, text.format(445, 684), day).values()] == ["supported"] * 4
    assert [*verdicts(checker, text.format(684, 445), day).values()].count("contradicted") == 2


@pytest.mark.parametrize(("last", "verdict"), [("Stone", "supported"), ("Hinds", "contradicted")])
def test_counties_of_a_state_that_only_owns_their_total(checker: Checker, last: str, verdict: str) -> None:
    text = f"Only four of Mississippi's 82 counties — Harrison, Lauderdale, Monroe and {last} — have signed on so far."
    found = checker.check_text(text, published=date(2025, 12, 12)).answers
    assert [one.verdict for one in found if one.claim.shape == "holds"] == ["supported"] * 3 + [verdict]
