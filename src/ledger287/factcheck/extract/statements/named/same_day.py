"""Agreements that are said to be of one day: ``signed a jail and a task force agreement on the same day in May``.

What enters: a sentence with the answers on its named agencies. What leaves: the same answers, with the words read and,
where the days of signing have none in common, contradicted. Promise: only where each answer is of
one agency that signed; where the record has no day for one of the models, nothing is said of a shared one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, listed
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

SAME_DAY = when_needed(r"(?i)\b(?:both )?(?:signed )?on (?:the|one and the) (?P<words>same day)\b(?! as\b| that\b)")


def same_day(parsed: Parsed, answers: Sequence[Answer], index: Index) -> list[Answer]:
    """The answers of a sentence, held against the day that it says they share."""
    found = SAME_DAY.search(parsed.sentence.text)
    signed = [one for one in answers if one.claim.shape == "holds" and one.claim.sense in ("signed", "")]
    if found is None or len(signed) < 2 or any(len(one.claim.agencies) != 1 for one in signed):
        return list(answers)
    offset = parsed.sentence.span.start
    cover = (Span(offset + found.start("words"), offset + found.end("words")), "time")
    days = [_days(one.claim, index) for one in signed]
    if not all(days):
        return list(answers)
    shared = set.intersection(*days)
    return [_held(one, cover, days, bool(shared), signed) if one in signed else one for one in answers]


def _days(claim: Claim, index: Index) -> set[date]:
    """The days on which the agency of a claim signed under its model, by any list, within the time that it states."""
    windows = claim.when.windows
    days = {
        day for day, _, agency, _, model in index.signings if agency in claim.agencies and under(claim.model, model)
    }
    printed = index.ledger.table("datings").select("agency_id", "model", "signed")
    days |= {
        day
        for agency, model, day in printed.iter_rows()
        if day and agency in claim.agencies and under(claim.model, model)
    }
    return {day for day in days if not windows or any(one.first <= day <= one.last for one in windows)}


def _held(
    answer: Answer, cover: tuple[Span, str], days: Sequence[set[date]], shared: bool, signed: Sequence[Answer]
) -> Answer:
    claim = replace(answer.claim.worded(covers=(*answer.claim.wording.covers, cover)), sense="signed")
    if shared or answer.verdict != "supported":
        return replace(answer, claim=claim)
    said = [
        " on ".join(filter(None, (one.claim.model, ", ".join(brief(day) for day in sorted(mine)))))
        for one, mine in zip(signed, days, strict=True)
    ]
    reason = f"{answer.reason.rstrip('.')}; not signed on one day: {listed(said)}."
    return replace(answer, claim=claim, verdict="contradicted", reason=reason)
