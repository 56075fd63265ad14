"""A county of another clause is not the place of a figure: the sentences are synthetic, of April 13, 2026."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.parse.clause_openers import clause_openers

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


@pytest.mark.parametrize("word", sorted(clause_openers("county")))
def test_every_declared_word_behind_a_comma_opens_a_clause_of_its_own(checker: Checker, word: str) -> None:
    text = f"Florida has 344 agreements with ICE, {word} a jail in Lee County holds detainees."
    (answer,) = checker.check_text(text, published=DAY).answers
    assert (answer.claim.where.counties, answer.verdict == "contradicted") == ((), False)


@pytest.mark.parametrize("word", sorted(clause_openers("happening")))
def test_what_somebody_else_signed_behind_a_declared_word_is_no_signing(checker: Checker, word: str) -> None:
    text = f"Nine Maryland agencies had agreements in mid-February, {word} the governor signed the ban."
    (answer,) = checker.check_text(text, published=date(2026, 3, 6)).compared
    assert answer.measure == "agencies"


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


@pytest.mark.parametrize("had", ["had agreements", "were working with ICE under the program"])
def test_what_a_governor_signed_is_no_signing_of_agencies(checker: Checker, had: str) -> None:
    text = f"Nine Maryland agencies {had} in mid-February, just before the governor signed the ban."
    (answer,) = checker.check_text(text, published=date(2026, 3, 6)).answers
    assert (answer.verdict, answer.measure) == ("supported", "agencies")


@pytest.mark.parametrize(
    "text",
    [
        "The Wells Police Department, the only Maine agency enrolled in the program, signed an agreement on April 2.",
        "The Wells Police Department, the only Maine agency enrolled in the program, signed a warrant service officer "
        "agreement on April 2.",
        "La Policía de Wells, la única de Maine inscrita en el programa, firmó el 2 de abril un convenio.",
    ],
)
def test_the_only_one_between_commas_has_no_day_or_model_of_the_main_clause(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=date(2025, 4, 11)).answers
    (only,) = [one for one in found if one.measure == "only"]
    assert only.verdict in ("supported", "cannot_tell")
