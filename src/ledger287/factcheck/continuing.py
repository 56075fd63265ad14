"""What a sentence takes from the one before it: "that number", "there were", the place that the text names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

if TYPE_CHECKING:
    from ledger287.factcheck.measures.index import Index
    from ledger287.factcheck.text.cleaning import Article


THAT_NUMBER = when_needed(r"(?i)\b(?:that|the|this) (?:number|figure|total|count|tally)\b(?! of)")


THERE_WERE = when_needed(
    r"(?i)\bthere (?:are|were|is|was)(?: now| then| just| only| about| nearly| almost| more than| over| at least"
    r"| fewer than)* [\d,]+\W*$"
)
"""A sentence that gives a bare number for what was counted before: As of last month, there were 254."""


IT_HAS = when_needed(
    r"(?i)\bit (?:now |already |currently )?(?:has|had|counts|counted) (?:[a-z]+ ){0,3}[\d,]+[.;,]?(?: \w+)*\W*$"
)
"""A sentence that gives a bare number for the place and the thing of the one before: Today it has 37."""


def continued(claim: Claim, parsed: Parsed, behind: Background) -> Claim:
    """``By mid-June that figure had climbed to 14``: of the place, unit and model of the number before it."""
    last = behind.last
    text = parsed.sentence.text
    if last is None or claim.shape != "count" or claim.where.states:
        return claim
    if not (THAT_NUMBER.search(text) or THERE_WERE.search(text) or _it_has(parsed)):
        return claim
    if any(token.kind in ("PLACE", "NATION", "MODEL") for token in parsed.tokens):
        return claim
    of_it = not (THAT_NUMBER.search(text) or THERE_WERE.search(text))
    if of_it and len(last.where.states) > 1 and not last.where.outside:
        return claim  # Ohio and Iowa had two. It now has 12: which of them
    if last.where.counties and not THAT_NUMBER.search(text):
        return claim  # Alabama had one, in Etowah County. It now has 71: the state, or the county
    shape = "signed" if behind.signing and claim.when.period and THERE_WERE.search(text) else claim.shape
    return replace(claim.compared(base=last), where=last.where, unit=last.unit, model=last.model, shape=shape)


def _it_has(parsed: Parsed) -> bool:
    return len(parsed.amounts) == 1 and parsed.amounts[0].noun is None and bool(IT_HAS.search(parsed.sentence.text))


def of_all(one: Answer | Claim, said: Sequence[Claim]) -> Answer | Claim:
    """``Every one of Ohio's 12 agreements is under the jail model``: twelve under that model, not only twelve."""
    if isinstance(one, Answer) or one.shape != "count" or one.model or one.unit != "agreements":
        return one
    for whole in said:
        all_of_it = whole.shape == "share" and whole.figure is not None and whole.figure.low == whole.figure.high == 100
        if all_of_it and whole.span.start <= one.span.start < whole.span.end and whole.where.states == one.where.states:
            return replace(one, model=(whole.model or "").removeprefix("=") or None)
    return one


def hinted(claim: Claim, behind: Background, home: str | None) -> Claim:
    """A claim without a place keeps the places that the text before it speaks of, for rarer readings."""
    if claim.where.states or claim.where.known:
        return claim
    hints = tuple(
        dict.fromkeys(
            state for state in (*(behind.where.states if behind.where else ()), *((home,) if home else ())) if state
        )
    )
    return claim.worded(hints=hints) if hints else claim


NO_LONGER = when_needed(r"(?i)\bno longer (?:has|have)\b")


def once_had(answer: Answer, article: "Article", index: "Index") -> Answer:
    """``Delaware no longer has any`` says also that it had some: not decided where no list before that day had one."""
    claim, span = answer.claim, answer.claim.sentence
    if claim.figure is None or claim.figure.value or answer.verdict != "supported":
        return answer
    last = max((one.last for one in claim.when.windows), default=article.published.last if article.published else None)
    if not NO_LONGER.search(article.text[span.start : span.end]) or any(
        index.agencies[run.agency_id][1] in claim.where.states and (last is None or index.days[run.first] <= last)
        for run in index.runs
    ):
        return answer
    reason = f"{answer.reason.rstrip('.')}; no list before that day had it, and the sentence says that it was listed."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="an earlier list")


def is_said_of_named(thing: Answer | Claim, stated: Sequence[Answer]) -> bool:
    """Whether a claim is what was answered of an agency: the "no" of "Wake County has no agreement"; a county named."""
    if isinstance(thing, Claim) and thing.sense == "listed":
        return any(
            one.claim.shape == "holds" and one.claim.span.start <= thing.span.start < one.claim.span.end
            for one in stated
        )
    if isinstance(thing, Answer) or thing.figure is None or thing.figure.value != 0 or thing.shape != "count":
        return False
    absent = [one.claim for one in stated if one.claim.shape == "holds" and one.claim.sense == "absent"]
    return any(
        role == "comparison" and span.start <= thing.figure.span.start < span.end
        for claim in absent
        for span, role in claim.wording.covers
    )
