"""Five more, behind another place's number, may be five more than it: Kentucky has 20. Alabama has five more.

What enters: the answers of a text, its words. What leaves: the answers; a number of signings that is no more than "N
more", where another place has a number before it and nothing is said of signing, or where the sentence says what these
are, is "cannot tell". Promise: with a word of signing of its own it stays what it was read as.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.verdicts.answers import WHICH_SCOPE, Answer

MORE = when_needed(r"\s*(?:more|fewer|others?|additional)\s*(?:[.;,)—–]|$|and\b|while\b|in\b)")
MORE_ARE = when_needed(r"\s*(?:more|others?)\s+(?:agreements? )?(?:are|is|follow|follows|fall|falls|use|uses) ")
"""There are 14 of those; four more are under the jail enforcement model."""
ALREADY = when_needed(r"(?i)(?:more|fewer)\b")
"""The number's own words may hold it."""
SIGNING = when_needed(r"(?i)\b(?:sign|join|add|gain|enter|enroll|new\b|came aboard|since|this week|last week)")


def than_another(answers: Sequence[Answer], text: str) -> list[Answer]:
    """The answers, without a verdict on a number that may be compared with the one before it."""
    return [_held(one, answers[:at], text) for at, one in enumerate(answers)]


def _held(answer: Answer, before: Sequence[Answer], text: str) -> Answer:
    claim = answer.claim
    if claim.shape not in ("signed", "count", "change") or claim.figure is None or not claim.where.states:
        return answer
    said = text[claim.figure.span.start : claim.figure.span.end]
    behind = text[claim.figure.span.end : claim.sentence.end]
    if claim.shape == "signed" and MORE_ARE.match(behind if not ALREADY.search(said) else f" more{behind}"):
        reason = f"the number may be how many more there are than those named before. As it was read: {answer.reason}"
        return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=WHICH_SCOPE)
    more = MORE.match(text, claim.figure.span.end) or (ALREADY.search(said) and "than" not in said)
    others = [
        one for one in before[-NEAR:]
        if one.claim.figure is not None and one.claim.where.states not in ((), claim.where.states)
    ]  # fmt: skip
    if not more or not others or SIGNING.search(text[claim.sentence.start : claim.sentence.end]):
        return answer
    reason = f"the number may be how many more there are than in the place before it. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=WHICH_SCOPE)


NEAR = 4
"""So many answers before one may be what it is compared with."""
