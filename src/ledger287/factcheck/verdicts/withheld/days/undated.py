"""A count in the past without a day, next to words of another time, is held for neither time.

What enters: an answer with the account of its complete sentence, and the text. What leaves: the answer, withheld where
a clause or aside that was passed over may say when it was: "as Bill Clinton prepared", "who ran the department at
the time". Promise: a count in the present, and one with a day of its own, stays as it is.
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.cutting import ROLE as ASIDE
from ledger287.factcheck.asides.splitting import ROLE as SPLIT
from ledger287.factcheck.coverage.account import UNREAD, Account, Part
from ledger287.factcheck.coverage.clauses.apart import PASSED
from ledger287.factcheck.coverage.clauses.bearing import apart_words
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FIRM
from ledger287.factcheck.verdicts.withheld.withholding import withheld

SHAPES = ("count", "signed", "share", "total", "change", "multiple", "growth")
TIMES = when_needed(
    r"(?i)\b(?:clinton|bush|reagan|carter|obama|biden|nixon|elections?|campaigns?|hurricanes?|pandemic|inaugurat\w+|"
    r"at the time|at that time|by then|back then|in those days|took office|left office|in office|(?:first|second) term|"
    r"presiden(?:cy|tial)|was (?:president|governor|elected)|ran (?:the|homeland|for)|era|decade|century)\b"
)
"""Words by which a clause may say of what time it is."""
THEN = when_needed(r"(?i)(?<!^)(?<!^[“\"])\bat th(?:e|at) time\b(?! of)|\bback then\b|\bin those days\b|\bby then\b")
"""Words that point at a time that is given elsewhere."""
BEFORE = 60
"""Characters before a figure in which its verb is."""


def of_its_time(answer: Answer, sentence: Sentence) -> Answer:
    """The answer, withheld where a count in the past without a day may be of the time of a clause next to it."""
    claim = answer.claim
    if answer.verdict not in FIRM or claim.figure is None or claim.shape not in SHAPES:
        return answer
    if (claim.when.windows and claim.when.stated) or not TIMES.search(sentence.text):
        return answer
    then = [found.span() for found in THEN.finditer(sentence.text)]
    passed = [
        one
        for one in answer.account.parts
        if (one.role in (*PASSED, ASIDE, SPLIT) and TIMES.search(one.said))
        or any(first <= one.span.start - sentence.span.start < last for first, last in then)
    ]
    if not passed or not _is_past(answer, sentence):
        return answer
    parts: tuple[Part, ...] = tuple(replace(one, role=UNREAD) if one in passed else one for one in answer.account.parts)
    return withheld(answer, Account(parts), sentence)


def _is_past(answer: Answer, sentence: Sentence) -> bool:
    """Whether the verb before a figure is in the past: had, were, signed."""
    figure = answer.claim.figure
    at = (figure.span.start if figure else answer.claim.span.start) - sentence.span.start
    said = sentence.text[max(at - BEFORE, 0) : at].lower().replace("’", "'").split()
    behind = sentence.text[at : at + BEFORE].lower().split()
    verbs = apart_words("past") | {"existed"}
    return bool(verbs & {word.strip(",.;") for word in said[-8:]}) or bool({"were", "was", "had"} & {*behind[:6]})
