"""A place, model or day that a claim has from another clause of its sentence may not be meant: nobody is accused by it.

What enters: the answers of an article, its text and days, the index. What leaves: the answers; where a figure is wrong
with a place, model or day that its own clause does not state, and right without it, or with one that another claim of
its sentence has, "cannot tell"; so too for a number in a list of states that is right only without the model next to
it. Promise: what the claim's own clause states is never exchanged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim, Days, When, Where
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.clause_openers import clause_openers
from ledger287.factcheck.verdicts.answers import WHICH_SCOPE, Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import NOT_THEN

SHAPES = ("count", "signed", "left", "share", "rank")
SENSES = ("", "of_place")
PRESENT = when_needed(
    r"(?i)\b(?:now|today|currently|has|have|hold|holds|is|are|takes?|includes?|ranks?|accounts?|participates?|belongs?|"
    r"works?|cooperates?|runs?|counts?|remains?)\b"
)
BOUNDS = ("least", "over", "most", "below", "upto")
NEAR = 0.25
"""How near the record's number is to a bound that is meant, as a share of the number."""
MODEL = {
    "TFM": when_needed(r"(?i)task[- ]force|\bTFM\b|street|patrol"),
    "JEM": when_needed(r"(?i)\bjail|\bJEM\b|prison"),
    "WSO": when_needed(r"(?i)warrant|\bWSO\b"),
}
HAPPENING = ("signed", "left")
ROLLING = when_needed(r"(?i)\b(?:past|last|últim[oa]s?)\b(?: [\w-]+)? ?(?:days?|weeks?|months?|years?)$")
"""A time up to the story's day, of which the first day may be counted or not: in the past month."""
MOST = 48
"""So many readings of one claim are tried."""


def with_other_scopes(answers: Sequence[Answer], text: str, published: Days | None, index: Index) -> list[Answer]:
    """The answers, accusations withdrawn that rest on what another clause of the sentence states."""
    return [_settled(one, answers, text, published, index) for one in answers]


def _settled(answer: Answer, answers: Sequence[Answer], text: str, published: Days | None, index: Index) -> Answer:
    claim = answer.claim
    if answer.verdict == "supported" and claim.figure is not None and claim.shape in SHAPES[:2]:
        others = [
            one.claim for one in answers
            if one.claim.sentence == claim.sentence and one.claim.figure is not None and one.claim.shape == claim.shape
            and one.claim is not claim
        ]  # fmt: skip
        next_to_it = [*_with_model_next_to_it(claim, others, text), *_with_time_before(claim, others, text)]
        return _agreed(answer, [judge(one, published, index) for one in next_to_it])
    if answer.verdict not in NOT_THEN or claim.shape not in SHAPES or claim.figure is None or claim.sense not in SENSES:
        return answer
    others = [one.claim for one in answers if one.claim.sentence == claim.sentence and one.claim is not claim]
    if answer.verdict == "was_true" and (published is None or published.length > 1):
        return answer  # true on these days: no accusation
    if claim.figure.rule == "range":
        return answer  # several: near to any small number
    for count, other in enumerate(_variants(claim, others, text)):
        if count >= MOST:
            break
        found = judge(other, published, index)
        if found.verdict == "supported" and _is_near(found):
            reason = f"the sentence may mean that {found.meaning}, and {found.reason} As it was read: {answer.reason}"
            return replace(answer, verdict="cannot_tell", reason=reason, right=(),
                           settles=WHICH_SCOPE)  # fmt: skip
    return answer


def _with_model_next_to_it(claim: Claim, others: Sequence[Claim], text: str) -> Iterator[Claim]:
    """A number without a noun may be of the model of the count next to it: 65 under the task force model, Ohio 31."""
    if claim.model or claim.figure is None or NOUN.match(text[claim.figure.span.end : claim.sentence.end]):
        return
    compared = bool(COMPARED.search(text[claim.sentence.start : claim.figure.span.start]))
    elsewhere = [one for one in others if compared or one.where.states not in ((), claim.where.states)]
    before = [one.model for one in elsewhere if one.span.start < claim.span.start][-1:]
    behind = [one.model for one in elsewhere if one.span.start > claim.span.start][:1]
    for model in sorted({one for one in (*before, *behind) if one}):
        yield replace(claim, model=model)


def _with_time_before(claim: Claim, others: Sequence[Claim], text: str) -> Iterator[Claim]:
    """A number in the past without a day is of the day before it: Iowa had 56 as of Dec. 30; Ohio had 28."""
    before = [one.when for one in others if one.when.windows and one.span.start < claim.span.start]
    clause = _clause(claim, text, _statements())
    if before and not claim.when.windows and PAST.search(clause) and not PRESENT.search(clause):
        yield replace(claim, when=before[-1])
    yield from (replace(claim, when=when) for when in _stated_here(claim, others, text))


def _stated_here(claim: Claim, others: Sequence[Claim], text: str) -> list[When]:
    """The times within a claim's own clause that other claims have, where its own is of another clause."""
    if not claim.when.windows or _holds(claim, text):
        return []
    start, end = _bounds(claim, text, _statements())
    return [one.when for one in others if one.when.span and start <= one.when.span.start and one.when.span.end <= end]


def _agreed(answer: Answer, others: Sequence[Answer]) -> Answer:
    """The answer, where what the sentence may also mean is right too."""
    found = next((one for one in others if one.verdict != "supported"), None)
    if found is None:
        return answer
    reason = f"the sentence may mean that {found.meaning}, and {found.reason} As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(),
                   settles=WHICH_SCOPE)  # fmt: skip


COMPARED = when_needed(r"(?i)\b(?:compared (?:with|to)|from|against|versus|facing|in the face of) $")
"""What is before a number that another of the same place is compared with."""
PAST = when_needed(r"(?i)\b(?:had|held|were|was|counted)\b")
NOUN = when_needed(
    r"(?:287\(g\)|[^,.;—()])*"
    r"\b(?:agreements?|agency|agencies|offices?|departments?|sheriffs|partnerships?|total|in all)\b"
)
"""A noun behind a number, within its clause."""


def _variants(claim: Claim, others: Sequence[Claim], text: str) -> Iterator[Claim]:
    """The claim with what its own clause does not state left out, or taken from the other claims of its sentence."""
    if claim.where.counties and not claim.kind:
        yield replace(claim, kind="county_agencies")  # of the county's own agencies, without those of its towns
    clause = _clause(claim, text, _clauses())
    wheres, models, whens = [claim.where], [claim.model], [claim.when]
    if claim.shape != "rank" and claim.where.states and not any(_is_named(one, clause) for one in claim.where.states):
        wheres.append(Where((), True, "the nation"))
    elif not claim.where.states:
        wheres += [one.where for one in others if len(one.where.states) == 1]
    if claim.model and not any(words.search(clause) for name, words in MODEL.items() if name in claim.model):
        models.append(None)
    elif not claim.model:
        models += [one.model for one in others if one.model]
    if PRESENT.search(_clause(claim, text, _statements())):
        whens += [When()] if claim.when.windows and not _holds(claim, text) else []
    elif not claim.when.windows or not _holds(claim, text):
        whens += [one.when for one in others if one.when.windows]
    if claim.shape in HAPPENING and ROLLING.search(claim.when.said):
        whens += _a_day_off(claim.when)
    whens += _stated_here(claim, others, text)
    seen = {(claim.where.states, claim.model, claim.when.windows)}
    for where, model, when in product(wheres, models, whens):
        key = (where.states, model, when.windows)
        if key not in seen:
            seen.add(key)
            sense = "" if not where.states else claim.sense
            yield replace(claim, where=where, model=model, when=when, sense=sense)


def _a_day_off(when: When) -> list[When]:
    """A time up to the story's day that begins a day later, or that ends the day before."""
    day = timedelta(1)
    later = tuple(Days(min(one.first + day, one.last), one.last) for one in when.windows)
    both_ = tuple(Days(one.first, max(one.last - day, one.first)) for one in when.windows)
    return [replace(when, windows=later), replace(when, windows=both_)]


def _is_near(answer: Answer) -> bool:
    """Whether what the record gives is near the figure; a bound far from it is true of almost anything."""
    figure = answer.claim.figure
    if figure is None or figure.rule not in BOUNDS:
        return True
    return any(abs(one.value - figure.value) <= NEAR * max(one.value, figure.value) for one in answer.evidence)


MARKS = r"[;:—–]|(?<!287)\(|(?<!287\(g)\)"


def _parting(*words: str) -> re.Pattern[str]:
    """A mark, a comma before a word that opens another clause, or one of these words."""
    behind_a_comma = "|".join(sorted(clause_openers("scope")))
    return re.compile(rf"{MARKS}|, (?:{behind_a_comma})\b|\b(?:{'|'.join(words)})\b")


@cache
def _statements() -> re.Pattern[str]:
    """What may part one statement from another: a time within it is its own."""
    return _parting("while", "whereas", "but")


@cache
def _clauses() -> re.Pattern[str]:
    """What may part one clause from another: a place or model behind "and" may be of the rest alone."""
    return _parting("while", "whereas", "but", "and")


def _bounds(claim: Claim, text: str, parting: re.Pattern[str]) -> tuple[int, int]:
    """Where the clause of a claim's figure is: between the marks and joining words around it."""
    figure = claim.figure.span if claim.figure else claim.span
    before = [found.end() for found in parting.finditer(text[claim.sentence.start : figure.start])]
    behind = parting.search(text[figure.end : claim.sentence.end])
    start = claim.sentence.start + (before[-1] if before else 0)
    return start, figure.end + behind.start() if behind else claim.sentence.end


def _clause(claim: Claim, text: str, parting: re.Pattern[str]) -> str:
    start, end = _bounds(claim, text, parting)
    return text[start:end]


def _holds(claim: Claim, text: str) -> bool:
    """Whether a claim's time is in its own clause."""
    start, end = _bounds(claim, text, _statements())
    return claim.when.span is not None and start <= claim.when.span.start and claim.when.span.end <= end


def _is_named(state: str, clause: str) -> bool:
    return re.search(rf"\b{re.escape(name_of(state))}\b", clause) is not None
