"""A text wrapped at some width, as mail is, has the same claims as before; what is on its own line remains so."""

import textwrap
from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.text.wrapping import rejoined

STORY = (
    "MORE AGENCIES THAN EVER",
    "ICE has signed 287(g) agreements with law enforcement in 40 states, it said on Aug. 20. There were 2,500 "
    "agreements with local agencies as of August 14, 2025, the agency's own list shows.",
    "When President Trump took office in January 2025, 135 agreements were in force. Florida leads the nation, with "
    "more agreements than any other state, followed by the state of Texas.",
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ledger287.open(today=lambda: date(2026, 5, 9)))


def claims(checker: Checker, text: str) -> list[tuple[str, str]]:
    checked = checker.check(read_article(text.encode(), "story.txt", month_or_day("2025-08-20")))
    article = checked.article.text
    found: list[tuple[str, str]] = []
    for answer in checked.answers:
        span = answer.claim.span
        found.append((" ".join(article[span.start : span.end].split()), answer.verdict))
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 66, 72, 80, 100, 120])
def test_a_wrapped_text_has_the_same_claims(checker: Checker, width: int, end: str) -> None:
    plain = claims(checker, "\n\n".join(STORY))
    assert len(plain) >= 4
    wrapped = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in STORY)
    assert claims(checker, wrapped.replace("\n", end)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "ICE expands 287(g) program\nThe agency said on Monday that it has signed 900 agreements in 40 states so far.",
        "The agreements by model as of August, by the list that the agency posted:\n- 200 jail\n- 300 warrant service",
        "A paragraph that ends.\n\nanother that begins in lower case, after a blank line of its own, is not joined.",
    ],
)
def test_lines_of_their_own_stay(text: str) -> None:
    assert rejoined(text) == text
