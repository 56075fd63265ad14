"""The sentences of an article -> its answers, with those on outcomes put in.

What enters: the answers so far and the parsed sentences. What leaves: the answers, with claims on people held,
identified, removed and arrested answered from published counts. Promise: an answer from the record of agreements keeps
its place; only what was not in the record, or was read as another thing of the same words, gives way.
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.outcomes.outcome_claims import Before, people_held
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

OF_OUTCOMES = when_needed(
    r"(?i)\b(?:held|hold\w*|detain\w*|detention\w*|custody|behind bars|locked up|arrest\w*|picked up|identif\w*|"
    r"(?:taken|took)(?! (?:part|effect|office|over|no)\b)|encounter\w*|flagged|remov\w*|deport\w*|"
    r"post(?:ed|s|ing)?|tweet\w*|daily|day)"
)
"""Words of which every claim on outcomes has one; without them none of their counts is read into memory."""
SPOKEN_OF = when_needed(r"(?i)\b(?:arrest|deport)")
"""Words by which the sentence before speaks of arrests, so that "the highest single day total" is of them."""


def with_outcomes(
    answers: Sequence[Answer], parsed: Sequence[Parsed], behind: Background, states: Sequence[str] = ()
) -> list[Answer]:
    """The answers, with those on outcomes."""
    found = list(answers)
    for one in outcomes_in(parsed, behind, states):
        same = [answer for answer in found if _overlap(answer, one) or _is_read_in(answer, one)]
        found = [answer for answer in found if answer not in same]
        found.append(one)
    return sorted(found, key=lambda answer: (answer.claim.span.start, answer.claim.span.end))


def outcomes_in(parsed: Sequence[Parsed], behind: Background, states: Sequence[str] = ()) -> Iterator[Answer]:
    """Every claim on outcomes of a text, answered."""
    if not any(OF_OUTCOMES.search(sentence.sentence.text) for sentence in parsed):
        return
    from ledger287.factcheck.outcomes.arrests import arrests_in_a_day
    from ledger287.factcheck.outcomes.by_state import counts_by_state
    from ledger287.factcheck.outcomes.identified import identified_in
    from ledger287.factcheck.outcomes.judging import answer_held

    before: Before | None = None
    arrests = False
    for sentence in parsed:
        said = people_held(sentence, behind, before)
        for one in said:
            yield answer_held(one, sentence.sentence.span, sentence.sentence.speaker, behind.published)
        before = Before(said[0].when, said[0].agency) if said else None
        if not said:
            yield from identified_in(sentence, states)
            daily = list(arrests_in_a_day(sentence, behind, arrests_before=arrests))
            yield from daily or counts_by_state(sentence, behind)
        arrests = bool(SPOKEN_OF.search(sentence.sentence.text))


def _overlap(answer: Answer, one: Answer) -> bool:
    return answer.claim.span.start < one.claim.span.end and one.claim.span.start < answer.claim.span.end


def _is_read_in(answer: Answer, one: Answer) -> bool:
    """Whether an answer is of words that say only whose figure it is, or of which years."""
    place = answer.claim.span
    roles = {role for span, role in one.claim.wording.covers if span.start < place.end and place.start < span.end}
    if answer.claim.shape == "holds":
        return "whose figure" in roles
    return answer.verdict == "not_in_record" and bool(roles & {"time", "which part"})
