"""A total that is the sum of what its sentence gives before it is not held against a count of one of these.

What enters: the answers, and the sentences. What leaves: the answers, where a total that was accused is the sum of two
or more figures before it: "895 agreements and 43 applications, for a total of 938". Promise: the sum is one of figures
side by side, of counts of different things: what several states have of one thing is compared with the record. Where
each of these is right the arithmetic holds, else nothing can be said of it.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer, number
from ledger287.factcheck.verdicts.names import FITTING, NOT_THEN
from ledger287.factcheck.verdicts.withheld.withholding import SETTLES

RIGHT = (*FITTING, "arithmetic_holds")
TOTAL_BEFORE = when_needed(
    r"(?i)\b(?:total(?:s|ing|ling|ed|led)?|together|combined|altogether|in all|all t[o]ld)\b[^;\d]{0,25}$"
)
TOTAL_BEHIND = when_needed(r"(?i)^[^;.\d]{0,40}?\b(?:in all|in total|total|together|combined|altogether|all t[o]ld)\b")


def of_a_sum(answers: Sequence[Answer], sentences: Sequence[Sentence]) -> list[Answer]:
    """The answers, without those against a total that is the sum of the figures before it in its sentence."""
    by_span = {one.span: one for one in sentences}
    found: list[Answer] = []
    for answer in answers:
        sentence = by_span.get(answer.claim.sentence)
        accused = sentence is not None and answer.verdict in NOT_THEN and answer.claim.shape == "count"
        parts = _parts(answer, answers) if accused and sentence and _is_total(answer, sentence) else []
        found.append(_added(answer, parts) if parts else answer)
    return found


def _is_total(answer: Answer, sentence: Sentence) -> bool:
    figure = answer.claim.figure
    if figure is None:
        return False
    before = sentence.text[: figure.span.start - sentence.span.start]
    behind = sentence.text[figure.span.end - sentence.span.start :]
    total = "total" in figure.said or TOTAL_BEFORE.search(before) or TOTAL_BEHIND.search(behind)
    return bool(total)


def _parts(answer: Answer, answers: Sequence[Answer]) -> list[Answer]:
    """The counts right before a figure, two or more and not all of one thing, that it is the sum of."""
    claim = answer.claim
    before = [
        one for one in answers
        if one.claim.sentence == claim.sentence and one.claim.figure and one.claim.shape in ("count", "other")
        and claim.figure and one.claim.figure.span.end <= claim.figure.span.start
    ]  # fmt: skip
    for first in range(len(before) - 1):
        parts = before[first:]
        things = {(one.claim.unit, one.claim.pending) for one in parts}
        added = sum(one.claim.figure.value for one in parts if one.claim.figure)
        if claim.figure and len(things) > 1 and added == claim.figure.value:
            return parts
    return []


def _added(answer: Answer, parts: Sequence[Answer]) -> Answer:
    added = " + ".join(number(one.claim.figure.value) for one in parts if one.claim.figure)
    total = number(answer.claim.figure.value) if answer.claim.figure else ""
    if all(one.verdict in RIGHT for one in parts):
        return replace(answer, verdict="arithmetic_holds", reason=f"{added} is {total}.", right=(), near=())
    reason = f"{added} is {total}; whether each of these is right cannot be said."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=answer.settles or SETTLES)
