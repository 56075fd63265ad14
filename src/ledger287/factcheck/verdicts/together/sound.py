"""What follows from figures that the record contradicts does not hold.

What enters: the answers of a text. What leaves: the same, without arithmetic on a figure that is wrong.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger287.factcheck.verdicts.answers import Answer

if TYPE_CHECKING:
    pass


def on_sound_figures(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, where what follows from figures that the record contradicts does not hold."""
    wrong = {one.claim.sentence for one in answers if one.verdict == "contradicted" and one.claim.shape == "count"}
    return [
        replace(one, verdict="cannot_tell", settles="the figures that it follows from",
                reason=f"{one.reason.rstrip('.')}; but the record contradicts a figure that it follows from.")
        if one.verdict == "arithmetic_holds" and one.claim.sentence in wrong else one
        for one in answers
    ]  # fmt: skip
