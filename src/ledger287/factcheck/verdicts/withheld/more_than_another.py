"""Five more, behind another place's number, may be five more than it: Kentucky has 20. Alabama has five more.

What enters: the answers of a text, its words. What leaves: the answers; "N more" read as signings, of no stated time
and without a word of signing in its sentence, is "cannot tell", and so is "N more" behind another place's number.
Promise: with a word of signing it stays what it was read as.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.verdicts.answers import WHICH_SCOPE, Answer
from ledger287.factcheck.verdicts.names import FIRM

MORE = when_needed(r"\s*(?:more|fewer|others?|additional)\s*(?:[.;,)—–]|$|and\b|while\b|in\b)")
MORE_OF = when_needed(r"\s*(?:more|others?|additional)\b(?! than\b)")
"""There are 14 of those; four more are under the jail model. Kansas has 24 agreements and eight more in jails."""
ALREADY = when_needed(r"(?i)(?:more|fewer)\b")
SIGNING = when_needed(r"(?i)\b(?:sign|join|add|gain|enter|enroll|new\b|came aboard|since|this week|last week)")


def than_another(answers: Sequence[Answer], text: str) -> list[Answer]:
    """The answers, without a verdict on a number that may be compared with the one before it."""
    return [_held(one, answers[:at], text) for at, one in enumerate(answers)]


def _held(answer: Answer, before: Sequence[Answer], text: str) -> Answer:
    claim = answer.claim
    if answer.verdict not in FIRM or claim.figure is None or not claim.where.states:
        return answer
    sentence = text[claim.sentence.start : claim.sentence.end]
    if claim.shape not in ("signed", "count", "change") or SIGNING.search(sentence):
        return answer
    said, behind = text[claim.figure.span.start : claim.figure.span.end], text[claim.figure.span.end :]
    others = [
        one for one in before[-NEAR:]
        if one.claim.figure is not None and one.claim.where.states not in ((), claim.where.states)
    ]  # fmt: skip
    if others and (MORE.match(behind) or _has_more(said)):
        return _withheld(answer, "the number may be how many more there are than in the place before it.")
    if claim.shape == "signed" and not claim.when.stated and (MORE_OF.match(behind) or _has_more(said)):
        return _withheld(answer, "the number may be how many more there are than those named before.")
    return answer


def _has_more(said: str) -> bool:
    """Whether a number's own words hold it: nine more."""
    return bool(ALREADY.search(said)) and "than" not in said


def _withheld(answer: Answer, reason: str) -> Answer:
    return replace(answer, verdict="cannot_tell", reason=f"{reason} As it was read: {answer.reason}", right=(),
                   settles=WHICH_SCOPE)  # fmt: skip


NEAR = 4
"""So many answers before one may be what it is compared with."""
