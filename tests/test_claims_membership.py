"""What agencies are said to have done, verb by verb, and statements that are found without being answered."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day

SAID = (
    # each verb has its own day and model
    ("2025-12-01", "Knox County, Tennessee, Sheriff Alex Example signed a jail agreement in March 2022 and a task "
     "force agreement in April.", "contradicted"),
    ("2026-04-20", "The sheriff of Bristol County, Massachusetts, lost his agreement in May 2021.", "supported"),
    ("2026-04-20", "The sheriff of Bristol County, Massachusetts, lost his agreement in May 2024.", "contradicted"),
    ("2026-04-20", "Bucks County's task force agreement was in force.", "was_true"),
    ("2025-12-19", "Munhall and Stowe, both in Pennsylvania, were off the list by Dec. 8.", "supported"),
    # a return, or a list that had it before, must be on a list
    ("2026-04-20", "The Las Vegas Metropolitan Police Department rejoined the program in June 2025.", "cannot_tell"),
    ("2026-04-20", "The Hialeah Police Department in Florida was off the list.", "contradicted"),
    # a word more withholds
    ("2026-04-20", "The sheriff of Bristol County, Massachusetts, reluctantly lost his agreement in May 2021.", None),
    ("2026-04-20", "Jackson signed on in July 2025.", "cannot_tell"),
    ("2026-04-20", "After Hialeah police joined in July 2025, nobody else did.", "cannot_tell"),
    ("2026-04-20", "The city of Hialeah joined the program in July 2025.", "supported"),
    # Spanish verbs
    ("2026-03-01", "La Policía de Hialeah se incorporó al programa en julio de 2025.", "supported"),
    ("2026-03-01", "La Policía de Hialeah desapareció de la lista del ICE en febrero de 2026.", "contradicted"),
    ("2026-04-20", "Hialeah police joined in July 2025 and Nowhere in March.", "supported"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "verdict"), SAID, ids=[text[:50] for _, text, _ in SAID])
def test_a_verb_is_answered_for_its_own_agency_and_day(
    checker: Checker, day: str, text: str, verdict: str | None
) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    if verdict:
        assert answers[0].verdict == verdict
    else:
        assert {one.verdict for one in answers} <= {"cannot_tell"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Agencies signed 179 agreements in April 2026, the busiest month since winter.", "busiest"),
        ("Sweetwater became the latest city in its county to join the program.", "latest"),
        ("Ohio has 20 agreements, though none of them is with a college.", "none"),
    ],
)
def test_a_statement_that_is_not_answered_is_shown_and_withheld(checker: Checker, text: str, words: str) -> None:
    checked = checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-05-01")))
    shown = {checked.article.text[one.claim.span.start : one.claim.span.end]: one.verdict for one in checked.answers}
    assert any(words in said and verdict == "cannot_tell" for said, verdict in shown.items()), shown


def test_no_statement_is_seen_in_a_wish_or_in_an_opinion(checker: Checker) -> None:
    for text in ("The bill asks sheriffs to join the program.", "The program is popular with voters here."):
        assert not checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-05-01"))).compared


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Agencies signed 124 agreements in March 2026, the busiest month since May 2025.", "contradicted"),
        ("Agencies signed 179 agreements in April 2026, the busiest month since May 2025.", "supported"),
        ("Agencies signed 179 agreements in April 2026, the slowest month since May 2025.", "contradicted"),
        ("Agencies signed 11 agreements in May 2026, the slowest month since May 2025.", "cannot_tell"),
        ("Agencies in Ohio signed 5 agreements in April 2026, the busiest month since May 2025.", "cannot_tell"),
    ],
)
def test_a_month_is_compared_with_each_month_between(checker: Checker, text: str, verdict: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-05-05"))).answers
    assert answers[-1].verdict == verdict


def test_a_month_without_a_year_next_to_one_of_another_year_is_not_decided(checker: Checker) -> None:
    text = "Hialeah signed in July 2025 and Orlando in March, both in Florida."
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day("2026-04-20"))).answers
    assert all(one.verdict not in ("contradicted", "was_true") for one in answers)
