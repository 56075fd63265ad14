"""What an answer says next to its verdict: the figure that follows, what would settle it, and where each word is."""

import html

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer, as_json

AUGUST = "2025-08-20"


def answers(checker: Checker, text: str) -> dict[str, Answer]:
    return {
        one.claim.figure.said: one for one in checker.check_text(text, published=AUGUST).answers if one.claim.figure
    }


@pytest.mark.parametrize(
    ("sentence", "said", "verdict", "reason"),
    [
        ("grew from 135 in January to 895 in August, a rise of 563%", "563 %", "arithmetic_holds",
         "from 135 to 895 is 563.0 %."),
        ("grew from 135 in January to 895 in August, a rise of 300%", "300 %", "arithmetic_fails",
         "from 135 to 895 is 563.0 %, not 300 %."),
        ("more than tripled, from 135 in January to 895 in August", "more than tripled", "arithmetic_holds",
         "from 135 to 895 is 6.6 times."),
        ("doubled, from 135 in January to 895 in August", "doubled", "arithmetic_fails",
         "from 135 to 895 is 6.6 times, not doubled."),
    ],
)  # fmt: skip
def test_growth_is_given_in_the_unit_in_which_it_was_said(
    checker: Checker, sentence: str, said: str, verdict: str, reason: str
) -> None:
    found = answers(checker, f"The number of 287(g) agreements {sentence}.")[said]
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_rate_is_counted_over_the_weeks_days_and_months_of_a_year(checker: Checker) -> None:
    for per, rate, year in (("week", 10, 521), ("day", 2, 730), ("month", 40, 480)):
        found = answers(checker, f"ICE signed {year} 287(g) agreements in a year, or {rate} a {per}.")
        assert f"{rate} a {per} is {year} a year" in found[str(year)].reason


def test_what_would_settle_it_is_a_question_only_where_one_is_open(checker: Checker) -> None:
    found = answers(checker, "ICE has 895 287(g) agreements. ICE held 70,766 children under its 287(g) program.")
    assert found["895"].finding.open_questions == ()
    assert found["70,766"].finding.open_questions == ("published figures on these people",)


def test_each_word_of_an_answer_is_where_the_text_has_it(checker: Checker) -> None:
    """In the text as it was handed in, where a sign may be written as an entity."""
    text = "<p>ICE says it has 895 287(g) agreements &amp; 740 agencies, the mapmaker said.</p>"
    made = as_json(checker.check_text(text, published=AUGUST))
    parts = [part for answer in made["claims"] for part in (*answer["read"], *answer["unread"])]
    assert len(parts) > 4
    for part in parts:
        first, last = part["span"]
        assert html.unescape(text[first:last]) == part["said"], part


@pytest.mark.parametrize("said", ["DHS has yet to give", "if DHS gives", "DHS gave"])
def test_what_has_not_happened_yet_is_not_as_stated_in_any_sentence_of_a_text(checker: Checker, said: str) -> None:
    for before in ("", "The 287(g) program has grown to 895 agreements. "):
        text = f"{before}{said[0].upper()}{said[1:]} more than $500 million to 287(g) partnerships."
        verdict = answers(checker, text)["more than $500 million"].verdict
        assert (verdict == "as_stated") == (said == "DHS gave"), (text, verdict)


def test_three_models_are_added_up_only_where_each_is_counted(checker: Checker) -> None:
    whole = "ICE has 895 287(g) agreements: {} under the jail enforcement model, 331 under the warrant service officer "
    whole += "model and 442 under the task force model."
    for first, verdict in (("122", "supported"), ("10%", "not_in_record")):
        found = answers(checker, whole.format(first))
        assert found["895"].verdict == "supported"
        assert found["10 %" if first == "10%" else first].verdict == verdict


def test_a_gap_that_is_the_other_way_round_says_so_even_where_it_is_one(checker: Checker) -> None:
    found = answers(checker, "Georgia has five fewer 287(g) agreements than South Carolina.")["five"]
    said = "it is the other way round: South Carolina had 1 fewer agreement than Georgia on Aug 19, 2025,"
    assert found.verdict == "contradicted" and found.reason.startswith(said)
    assert answers(checker, "South Carolina has one fewer 287(g) agreement than Georgia.")["one"].verdict == "supported"


def test_spans_of_the_json_are_of_the_text_as_it_was_handed_in(checker: Checker) -> None:
    text = "Sheriffs met on Monday.  Texas has 380 287(g) agreements.\n\nFlorida has 346, and Georgia 64."
    claims = checker.check_text(text, published="2026-05-08").as_json()["claims"]
    assert len(claims) >= 3
    for one in claims:
        (first, last), (start, end) = one["span"], one["sentence_span"]
        assert (text[first:last], text[start:end]) == (one["said"], one["sentence"])
