"""Figures that follow from other figures of their text: growth, multiples, shares, rates, and sums of three models."""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

MAY, AUGUST = date(2026, 5, 8), date(2025, 8, 20)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open())


def answer(checker: Checker, text: str, said: str, day: date = MAY) -> Answer:
    checked = checker.check_text(text, published=day)
    spans = {checked.article.text[one.claim.span.start : one.claim.span.end]: one for one in checked.answers}
    return spans[said]


@pytest.mark.parametrize(
    ("text", "said", "shown"),
    [
        ("The number of 287(g) agreements grew 60%, from 100 to 150.", "60%", "from 100 to 150 is 50.0 %, not 60 %."),
        ("The number of 287(g) agreements grew 51%, from 100 to 150.", "51%", "from 100 to 150 is 50.0 %, not 51 %."),
        ("The number of 287(g) agreements fell 33%, from 200 to 150.", "33%", "from 200 to 150 is 25.0 %, not 33 %."),
        (
            "The number of 287(g) agreements tripled, from 100 to 400.",
            "tripled",
            "from 100 to 400 is 4.0 times, not tripled.",
        ),
        (
            "Of 900 agreements, 100 were signed since May, about a quarter.",
            "about a quarter",
            "100 of 900 is 11.1%, not about a quarter.",
        ),
    ],
)
def test_what_does_not_follow_fails_with_the_calculation(checker: Checker, text: str, said: str, shown: str) -> None:
    found = answer(checker, text, said)
    assert (found.verdict, found.reason) == ("arithmetic_fails", shown)


@pytest.mark.parametrize(
    ("text", "said", "shown"),
    [
        ("The number of 287(g) agreements grew 50%, from 100 to 150.", "50%", "from 100 to 150 is 50.0 %"),
        ("The number of 287(g) agreements fell 25%, from 200 to 150.", "25%", "from 200 to 150 is 25.0 %"),
        ("The number of 287(g) agreements tripled, from 100 to 300.", "tripled", "from 100 to 300 is 3.0 times"),
        (
            "ICE now lists 640 agreements. The number of agreements grew 540%, from 100 to more than 600.",
            "540%",
            "from 100 to 640, which the text gives elsewhere, is 540.0%",
        ),
    ],
)
def test_what_follows_from_figures_that_the_record_contradicts_is_not_confirmed(
    checker: Checker, text: str, said: str, shown: str
) -> None:
    found = answer(checker, text, said)
    assert found.verdict == "cannot_tell"
    assert found.reason.startswith(f"{shown}; but the record contradicts a figure")


@pytest.mark.parametrize(
    ("text", "said", "verdict", "shown"),
    [
        (
            "The number of 287(g) agreements grew 563%, from 135 in January to 895 now.",
            "563%",
            "arithmetic_holds",
            "from 135 to 895 is 563.0 %.",
        ),
        (
            "The number of 287(g) agreements grew 663%, from 135 in January to 895 now.",
            "663%",
            "arithmetic_fails",
            "from 135 to 895 is 563.0 %, not 663 %.",
        ),
    ],
)
def test_what_follows_from_figures_of_the_record_is_decided(
    checker: Checker, text: str, said: str, verdict: str, shown: str
) -> None:
    found = answer(checker, text, said, AUGUST)
    assert (found.verdict, found.reason) == (verdict, shown)


@pytest.mark.parametrize(
    ("text", "said", "fits", "shown"),
    [
        ("ICE signs 10 agreements a week, or 520 a year.", "520", True, "10 a week is 521 a year"),
        ("ICE signs 10 agreements a week, or 700 a year.", "700", False, "10 a week is 521 a year, not 700"),
        ("ICE signs 2 agreements a day, or 730 a year.", "730", True, "2 a day is 730 a year"),
        ("ICE signs 20 agreements a month, or 240 a year.", "240", True, "20 a month is 240 a year"),
        ("ICE signs 20 agreements a month, or 260 a year.", "260", False, "20 a month is 240 a year, not 260"),
        (
            "Training 10,000 officers at 1,000 a year would take 10 years under the 287(g) program.",
            "10",
            True,
            "10,000 at 1,000 a year is 10 years",
        ),
        (
            "Training 10,000 officers at 1,000 a year would take 15 years under the 287(g) program.",
            "15",
            False,
            "10,000 at 1,000 a year is 10 years, not 15",
        ),
        (
            "ICE plans to train 12,000 officers; at 1,000 a year, five years would not be enough for 287(g).",
            "five",
            True,
            "12,000 at 1,000 a year is 12 years, more than five",
        ),
    ],
)
def test_rates_are_converted(checker: Checker, text: str, said: str, fits: bool, shown: str) -> None:
    found = answer(checker, text, said)
    assert shown in found.reason
    assert found.verdict == ("figure_fits" if fits else "cannot_tell")


@pytest.mark.parametrize(
    ("jail", "same"), [(115, "add up to 895, as 895 of agreements"), (215, "add up to 995, not the 895 of agreements")]
)
def test_three_models_are_added_up(checker: Checker, jail: int, same: str) -> None:
    text = (
        "ICE lists 895 agreements nationwide. There are 480 task force agreements, 300 warrant officer agreements "
        f"and {jail} jail enforcement agreements, sheriffs in Ohio say. Texas has 380 agreements."
    )
    notes = [note for one in checker.check_text(text, published=MAY).answers for note in one.notes if "add up" in note]
    assert len(notes) == 1
    assert same in notes[0]
