"""What has been signed in a stretch of time is counted by its days of signing (synthetic, of April 13, 2026)."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "In 2026, agencies have signed 408 agreements.",
        "In 2026, agencies signed 408 agreements.",
        "This year agencies have signed 408 agreements.",
        "Agencies have signed 408 agreements in 2026.",
        "So far this year, agencies have signed 408 agreements.",
        "In March, agencies have signed 124 agreements.",
    ],
)
def test_signings_of_a_stretch_are_no_number_in_force(checker: Checker, text: str) -> None:
    (answer,) = checker.check_text(text, published=DAY).answers
    assert (answer.verdict, answer.measure) == ("supported", "signed")
    (answer,) = checker.check_text(text.replace("408", "308").replace("124", "94"), published=DAY).answers
    assert answer.verdict in ("contradicted", "was_true")


@pytest.mark.parametrize("figure", ["129", "141"])
def test_signings_that_the_newest_list_still_has_are_admitted(checker: Checker, figure: str) -> None:
    text = f"In July 2025, {figure} agreements were signed."
    (answer,) = checker.check_text(text, published=DAY).answers
    assert answer.verdict == ("supported" if figure == "141" else "supported_if")


def test_has_signed_without_a_stretch_is_what_is_in_force(checker: Checker) -> None:
    (answer,) = checker.check_text("Florida has signed 344 agreements.", published=DAY).answers
    assert (answer.verdict, answer.measure) == ("supported", "agreements")
