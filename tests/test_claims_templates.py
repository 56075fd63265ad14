"""Laws of answers on sentences that are made from the record: what is true is not accused, and what is false is not
supported.

The sentences are synthetic; what is true of them is counted apart from the checker (``claim_templates``). A false one
has one figure that no reading of it gives, or says a right figure of another place, model or day.
"""

import pytest

from claim_templates.drawing import LANGUAGES, Drawing, Drawn
from claim_templates.record import Record
from drawing import draws
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

AGAINST = {"contradicted", "was_true", "became_true", "arithmetic_fails"}
SUPPORTED = {"supported", "arithmetic_holds"}
TEMPLATES = [(name, language) for language, words in LANGUAGES.items() for name in words.SENTENCES]


@pytest.fixture(scope="module")
def record() -> Record:
    return Record()


def answers(checker: Checker, drawn: Drawn) -> tuple[Answer, ...]:
    return checker.check_text(drawn.said.text, published=drawn.published).answers


def is_on(answer: Answer, start: int, end: int) -> bool:
    """Whether an answer is on the figure at a place."""
    span = answer.claim.figure.span if answer.claim.figure else answer.claim.span
    return span.start < end and start < span.end


@pytest.mark.parametrize(("template", "language"), TEMPLATES)
def test_no_true_sentence_is_accused_and_no_false_one_supported(
    checker: Checker, record: Record, template: str, language: str
) -> None:
    for seed in range(draws(60, 3)):
        drawing = Drawing(record, seed)
        for _ in range(4):
            true, false = drawing.draw(template, language)
            accused = [one for one in answers(checker, true) if one.verdict in AGAINST]
            assert not accused, (true.said.text, accused[0].reason)
            if false is None:
                continue
            places = [(start, end) for fact, start, end in false.said.spans if fact == false.false]
            given = [one for one in answers(checker, false) if one.verdict in SUPPORTED]
            wrong = [one for one in given if any(is_on(one, *place) for place in places)]
            assert not wrong, (false.how, false.said.text, wrong[0].meaning)
