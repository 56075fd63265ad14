"""Statements on what was counted before them: members, a part, a rank in time. A count is supported only with them.

What enters: the answers of a text. What leaves: the same, but a count that was supported while such a statement of its
sentence has no answer of its own is "figure fits", and the statement is named as not checked. Promise: what opens such
a statement is declared (declared/factcheck/dependent.yml); a statement that was answered, for or against, leaves the
count as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.account import UNREAD, Account, Part
from ledger287.factcheck.coverage.stretches.sources import SOURCE
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FIRM
from ledger287.factcheck.verdicts.withheld.days.undated import of_its_time
from ledger287.factcheck.verdicts.withheld.withholding import AS_SAID, quoted, withheld

SETTLED = (*FIRM, "figure_fits", "as_stated", "law")
"""Verdicts by which a statement has been looked at, for or against."""
SHAPES = ("count", "signed", "holds", "share", "growth", "multiple", "change")


@cache
def openers() -> re.Pattern[str]:
    """What opens such a statement behind a mark, and how far it goes: to a semicolon, or the end; a number of what was
    counted to the next comma.

    Behind the name of a model or of the program it says what these are like.
    """
    data = declared.declared_yaml("factcheck/dependent.yml")
    members, others, numbers = (
        "|".join(f"(?:{row})" for row in data[name]) for name in ("members", "openers", "numbers")
    )
    said = rf"(?P<said>(?:(?P<members>{members})|{others})\b[^;—–)]*|(?P<numbers>{numbers})\b(?:[^;—–),]|,(?=\d))*)"
    opens = r"(?:(?<!model)(?<!program)[,(—–] ?| (?=(?:with|and|con|y) (?:\w+ )?[\d,]+ (?:of them|de ell[oa]s)))"
    return when_needed(rf"(?i){opens}{said}")


def with_dependents(answers: Sequence[Answer], sentences: Sequence[Sentence]) -> list[Answer]:
    """The answers, each count with what its sentence says further of what it counts."""
    by_span = {one.span: one for one in sentences}
    return [_with(_timed(one, by_span), answers, by_span.get(one.claim.sentence)) for one in answers]


def _timed(answer: Answer, by_span: dict[Span, Sentence]) -> Answer:
    """The answer, withheld where a clause next to it may say that it is of another time."""
    sentence = by_span.get(answer.claim.sentence)
    return of_its_time(answer, sentence) if sentence else answer


def _with(answer: Answer, answers: Sequence[Answer], sentence: Sentence | None) -> Answer:
    fitting = (*AS_SAID, "figure_fits")
    if sentence is None or answer.verdict not in fitting or answer.claim.shape not in SHAPES:
        return answer
    same = [one for one in answers if one.claim.sentence == sentence.span and one is not answer]
    for stretch in _behind(answer, sentence):
        inside = [one for one in same if _meets(one.claim.span, stretch)]
        if not inside or any(one.verdict not in SETTLED and _is_unread(one, stretch) for one in inside):
            return _named(withheld(answer, _with_unread(answer.account, stretch, sentence), sentence))
    return answer


NOT_CHECKED = "; not checked in the sentence: "


def _named(answer: Answer) -> Answer:
    """A figure that fits, with all words that were not checked in its reason."""
    if answer.verdict != "figure_fits" or NOT_CHECKED not in answer.reason:
        return answer
    reason = answer.reason.partition(NOT_CHECKED)[0]
    return replace(answer, reason=f"{reason}{NOT_CHECKED}{quoted(answer.account)}.")


def _behind(answer: Answer, sentence: Sentence) -> Iterator[Span]:
    """The statements behind a claim that say more of what it counts."""
    end = max(answer.claim.span.end, answer.claim.figure.span.end if answer.claim.figure else 0)
    for found in openers().finditer(sentence.text):
        first, last = (at + sentence.span.start for at in found.span("said"))
        source = any(part.role == SOURCE and part.span.start <= first < part.span.end for part in answer.account.parts)
        meant = found["members"] or answer.claim.shape != "holds"
        if first >= end and meant and not source and not _is_placed(answer, found["said"], sentence):
            yield Span(first, last)


def _is_unread(answer: Answer, stretch: Span) -> bool:
    """Whether a statement was withheld for what is in its own stretch, or for no word at all."""
    return not answer.account.unread or any(_meets(one.span, stretch) for one in answer.account.unread)


def _is_placed(answer: Answer, said: str, sentence: Sentence) -> bool:
    """Whether a statement is what places the count: 67 offices, all of them in Florida."""
    place = answer.claim.where.said
    return bool(place) and place in said and sentence.text.count(place) == 1


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _with_unread(account: Account, stretch: Span, sentence: Sentence) -> Account:
    """The account with a stretch that was not checked, in place of what its words were read as."""
    said = sentence.text[stretch.start - sentence.span.start : stretch.end - sentence.span.start].rstrip(' .,”"')
    kept = [part for part in account.parts if not _meets(part.span, stretch)]
    parts = (*kept, Part(Span(stretch.start, stretch.start + len(said)), UNREAD, said))
    return replace(account, parts=tuple(sorted(parts, key=lambda part: part.span.start)))
