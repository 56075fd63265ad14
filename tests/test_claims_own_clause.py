"""A county of another clause is not the place of a figure: the sentences are synthetic, of April 13, 2026."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 4, 13)
TRUE = [
    "Florida has 344 agreements with ICE, and the sheriff of Lee County was among the first to sign.",
    "Florida has 344 agreements with ICE, and a jail in Lee County holds detainees.",
    "Florida has 344 agreements with ICE, while Lee County has nine.",
    "Florida has 344 agreements with ICE and Lee County has nine.",
    "Florida has 344 agreements with ICE; Lee County has nine.",
    "The sheriff of Lee County was among the first to sign; Florida has 344 agreements with ICE.",
    "ICE has 1,651 agreements, and a sheriff in Lee County, Florida, signed the first.",
    "Voters in Lee County support them, and Florida has 344 agreements with ICE.",
    "Florida has 344 agreements with ICE, and voters in Lee County support them.",
    "Nine agreements are in Lee County, but Florida has 344 agreements with ICE.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_figure_is_not_contradicted_by_a_county_of_another_clause(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=DAY).answers
    assert found
    assert not [one.reason for one in found if one.verdict in ("contradicted", "was_true", "became_true")]
    assert not any("ICE County" in (one.meaning or "") for one in found)


@pytest.mark.parametrize("text", TRUE)
def test_a_false_figure_is_not_supported_there(checker: Checker, text: str) -> None:
    false = text.replace("344", "309").replace("1,651", "1,309")
    found = checker.check_text(false, published=DAY).answers
    figures = [one for one in found if one.claim.figure and one.claim.figure.value in (309, 1309)]
    assert figures and all(one.verdict not in ("supported", "figure_fits") for one in figures)


def test_the_county_of_its_own_clause_is(checker: Checker) -> None:
    (answer,) = checker.check_text("In Lee County, Florida, nine agreements are in force.", published=DAY).answers
    assert (answer.verdict, answer.claim.where.counties) == ("supported", ("12071",))


@pytest.mark.parametrize("joined", ["compared with", "compared to", "against", "versus"])
@pytest.mark.parametrize("now", ["today", "now"])
def test_a_figure_of_today_that_is_compared_is_of_today(checker: Checker, joined: str, now: str) -> None:
    text = f"The program had 135 agreements in January 2025, {joined} 1,651 {now}."
    assert [one.verdict for one in checker.check_text(text, published=DAY).answers] == ["supported"] * 2
    false = text.replace("1,651", "1,251")
    assert "supported" not in [one.verdict for one in checker.check_text(false, published=DAY).answers][1:]
