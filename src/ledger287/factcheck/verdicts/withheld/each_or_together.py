"""What is said of several states may be meant of each of them or of all together: firm only where both agree.

What enters: an answer on a count in several states, its sentence, the article's days and the index. What leaves: the
answer, or "cannot tell". Promise: a sentence that says "together" or gives a part of a number is of all together; the
exact number of all together is that, since nobody gives it of each; a bound ("at least 300") that only one of the two
readings fits is left open.
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim, Days, Where
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FITTING, NOT_THEN

SHAPES = ("count", "signed", "left")
BOUNDS = ("least", "over", "most", "below", "upto")
"""The rules of a figure that is a bound."""
TOGETHER = when_needed(
    r"(?i)\b(?:combined|together|jointly|altogether|between (?:them|the (?:two|three|four))|among them|in all|in total|"
    r"a total of|total(?:s|ed|ing)?|all tol[d]|sum|add up|make up|(?:account|accounts|accounted) for)\b"
)
PART = when_needed(r"^[^.;]{0,30}?\b(?:of|out of) (?:the|its|all|ICE[’']s) ")
"""Behind a figure that is a part of a number: 824 of the 1,783 agreements."""
OPEN = "whether the number is of each of these states or of all together"


def each_or_together(answer: Answer, text: str, published: Days | None, index: Index) -> Answer:
    """The answer, withheld where what is said of several states is right of each or of all together, not of both.

    ``text`` is the article's text.
    """
    claim = answer.claim
    figure = claim.figure
    if claim.shape not in SHAPES or figure is None or not 1 < len(claim.where.states) <= MOST_NAMED or claim.sense:
        return answer
    sentence = text[claim.sentence.start : claim.sentence.end]
    if TOGETHER.search(sentence) or PART.match(text[figure.span.end : claim.sentence.end]):
        return answer
    if answer.verdict in FITTING and figure.rule in BOUNDS:
        is_open = not _is_right_of_each(claim, published, index)
    else:
        is_open = answer.verdict in NOT_THEN and _is_right_of_each(claim, published, index)
    if not is_open:
        return answer
    reason = f"the sentence leaves open {OPEN}. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=answer.settles or "which is meant")


MOST_NAMED = 8
"""So many states are named one by one; more are those of a region, or all but some."""


def _is_right_of_each(claim: Claim, published: Days | None, index: Index) -> bool:
    """Whether the record gives the figure of each state by itself."""
    alone = [replace(claim, where=Where((state,), True, state)) for state in claim.where.states]
    return all(judge(one, published, index).verdict in FITTING for one in alone)
