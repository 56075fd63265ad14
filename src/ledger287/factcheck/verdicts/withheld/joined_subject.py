"""A figure of two states between which something is said is not the second one's: Iowa, which had two, and Ohio have 9.

What enters: an answer with the text. What leaves: the answer, or "cannot tell" where the state that the figure was
read as that of is joined by "and" to one before it, with a verb in the plural behind. Promise: nobody is accused, and
nothing supported, by one of two states.
"""

from dataclasses import replace
from functools import cache
from re import Pattern

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FIRM, NOT_THEN


@cache
def _joined() -> Pattern[str]:
    state = "|".join(one.name for one in sorted(declared.states(), key=lambda one: -len(one.name)))
    return when_needed(
        rf"\b(?P<one>{state})(?:,[^;.]*?,| [—–] ?[^—–;]*[—–]| \([^)]*\)),? ?and (?P<other>{state}) "
        r"(?:together|combined|jointly|both|have|had|hold|held|account|accounted|make|made|represent|share|are|were)\b"
    )


def of_both(answer: Answer, text: str) -> Answer:
    """The answer, withheld where its figure may be that of two states together."""
    claim = answer.claim
    if answer.verdict not in {*FIRM, *NOT_THEN} or claim.figure is None or len(claim.where.states) != 1:
        return answer
    for found in _joined().finditer(text, claim.sentence.start, claim.sentence.end):
        if found["other"] != name_of(claim.where.states[0]) or claim.figure.span.start < found.end():
            continue
        reason = f"the figure may be that of {found['one']} and {found['other']}. As it was read: {answer.reason}"
        return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="which places the figure is of")
    return answer
