"""How claims are said and held back: every measure's sentence is English, and what is not understood has no verdict."""

import re
from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days, Span
from ledger287.factcheck.measures.index import Scope
from ledger287.factcheck.measures.measures import Reading, measures
from ledger287.factcheck.parse.numbers import figure
from ledger287.factcheck.verdicts.answers import meant

DAYS = (Days(date(2026, 3, 13), date(2026, 3, 20)),)
SCOPES = (
    Scope(("TX",), None, "sheriffs", ("FL",)),
    Scope(("TX",), "TFM", "police", ("FL",)),
    Scope((), "WSO", "constables", ()),
)
NAMELESS = ("holds", "holds_several", "signed_on", "signed_first", "holds_none", "left_agency")
"""Measures of one agency: their sentences are given its name."""


@pytest.mark.parametrize("measure", sorted(set(measures()) - set(NAMELESS)))
def test_every_sentence_is_english(measure: str) -> None:
    for scope in SCOPES:
        if measure == "share_model" and not scope.model:
            continue
        for number in (figure(1, "exact", "one", Span(0, 3)), figure(900, "under", "nearly 900", Span(0, 10))):
            said = meant(Reading(measures()[measure], scope, DAYS, 0, None, DAYS, False), number)
            assert not re.search(r"…|\{|\}|  | ,|\.|times times|% %|leads| than from| as from| were from", said), said
            assert not re.search(r"\b1 (?:\w+ ){0,2}(?:agreements|agencies|rows|states|offices|departments)\b", said), (
                said
            )
            assert said.count("nearly") == (number.rule == "under" and " 900th" not in f" {said}"), said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Florida leads the nation in 287(g) agreements.", "Florida ranked 1st by agreements from"),
        ("The number of 287(g) agreements has more than doubled since Jan. 20.", "more than 2 times what it had been"),
        ("Nearly 13 times as many agreements as in January are in force under 287(g).", "nearly 13 times what it had"),
        ("Two-thirds of the 287(g) agreements are task force agreements.", "66.7% of all agreements"),
    ],
)
def test_what_is_meant_is_said(checker: Checker, text: str, said: str) -> None:
    answers = checker.check_text(text, published=date(2025, 8, 14)).answers
    assert any(said in answer.meaning for answer in answers), [answer.meaning for answer in answers]


def test_a_statement_made_often_conflicts_once_each_time(checker: Checker) -> None:
    text = "ICE had 895 287(g) agreements on August 14, 2025. ICE had 895 287(g) agreements on March 3, 2026. " * 60
    checked = checker.check_text(text, published=date(2026, 4, 1))
    assert len(checked.answers) == 120
    assert 1 <= len(checked.conflicts) <= len(checked.answers)


def test_text_behind_a_torn_tag_is_left_out_up_to_the_next_block(checker: Checker) -> None:
    menu = "<nav><ul><li><a href='/'>ICE has 111 287(g) agreements</a></li></ul></nav>"
    for torn in ("<p<a href='", "<a href='", "<p"):
        story = f"<p>ICE had 895 287(g) agreements.</p><p>Residents spoke. {torn}{menu}<p>Florida had 317.</p>"
        page = f"<html><body>{story}</body>"
        values = [
            answer.claim.figure.value
            for answer in checker.check_text(page.encode(), published=date(2025, 8, 14)).answers
            if answer.claim.figure
        ]
        assert 895 in values, torn
        assert 111 not in values, torn


@pytest.mark.parametrize(
    "text",
    [
        "Only a few of Wisconsin's 72 sheriffs take part in 287(g).",
        "Barely 6% of the nation's 18,000 law enforcement agencies take part in 287(g).",
        "Forty of the 72 sheriffs in Wisconsin have turned down 287(g), a survey found.",
        "Under 287(g), the next eight states combined have fewer agreements than Florida.",
        "Georgia and Tennessee, once level, have edged past Alabama and Virginia: 68 agreements to 58 under 287(g).",
        "Idaho, Wyoming and North Dakota have 12 and 17 agreements under 287(g), respectively.",
    ],
)
def test_what_is_not_wholly_understood_is_not_contradicted(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date(2026, 3, 20)).answers
    assert not [answer for answer in answers if answer.verdict in ("contradicted", "supported")]
