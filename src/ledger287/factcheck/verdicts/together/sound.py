"""What follows from figures that the record contradicts does not hold.

What enters: the answers of a text. What leaves: the same, without arithmetic on a figure that is wrong, and
without a comparison that is held against a sentence of which a count was not understood.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import NOT_THEN

COUNTED = ("count", "share")
OF_TWO = ("times", "gap")
"""Shapes that set one count against another."""


def on_sound_figures(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, where what follows from figures that the record contradicts does not hold."""
    wrong = {one.claim.sentence for one in answers if one.verdict == "contradicted" and one.claim.shape == "count"}
    return [
        replace(one, verdict="cannot_tell", settles="the figures that it follows from",
                reason=f"{one.reason.rstrip('.')}; but the record contradicts a figure that it follows from.")
        if one.verdict == "arithmetic_holds" and one.claim.sentence in wrong else one
        for one in answers
    ]  # fmt: skip


BASE = when_needed(r"(?i)\b(?:against|versus|compared (?:with|to)) (?:the |just |only |about )*$")
"""Before a number that another one is set against."""


def _is_of_two(claim: Claim, text: str) -> bool:
    """Whether a figure sets one count against another, or is itself set against one: against none a year earlier."""
    figure = claim.figure.span.start if claim.figure else claim.span.start
    return claim.shape in OF_TWO or bool(BASE.search(text[claim.sentence.start : figure]))


def on_sure_counts(answers: Sequence[Answer], text: str) -> list[Answer]:
    """The answers, where no comparison is held against a sentence of which a count was left open."""
    unsure = {one.claim.sentence for one in answers if one.verdict == "cannot_tell" and one.claim.shape in COUNTED}
    return [
        replace(one, verdict="cannot_tell", right=(), settles="what the other figure of the sentence counts",
                reason=f"another figure of the sentence was left open. As it was read: {one.reason}")
        if one.verdict in NOT_THEN and _is_of_two(one.claim, text) and one.claim.sentence in unsure else one
        for one in answers
    ]  # fmt: skip
