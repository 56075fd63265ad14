"""What is said of a day after the newest list is not held against a sentence: ICE may have published others since.

What enters: an answer, the article's days, and the day of the newest list. What leaves: the answer; where it was
"contradicted" and its day is a later one, "cannot tell", with the day on which the record ends; so too for what
happened over days that go on behind it.
"""

from dataclasses import replace
from datetime import date

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FITTING

ONCE_RIGHT = (*FITTING, "was_true", "became_true", "arithmetic_holds")
"""Verdicts on what the record has, then or on other days."""
OF_A_STRETCH = ("signed", "growth", "multiple", "change", "left", "times")
"""Shapes of what happened over a stretch of days, which the record has only to its newest list."""
OF_OTHERS = ("people", "arrests", "officers", "money")
"""What other sources than ICE's lists count."""


def after_the_record(answer: Answer, published: Days | None, newest: date) -> Answer:
    """The answer, its accusation withdrawn where the record's lists end before the day that is meant."""
    windows = answer.claim.when.windows
    story = published.last if published else newest
    meant = min(windows[-1].last, story) if windows and not answer.claim.when.since else story
    if meant <= newest or answer.claim.unit in OF_OTHERS:
        return answer
    if answer.verdict != "contradicted" and not (answer.verdict in ONCE_RIGHT and answer.claim.shape in OF_A_STRETCH):
        return answer
    return replace(
        answer,
        verdict="cannot_tell",
        reason=f"the record's newest list is of {brief(newest)}, and the sentence means a later day; by that list, "
        f"{answer.reason}",
        settles="the lists of the day that is meant",
    )
