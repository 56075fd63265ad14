"""Figures of one sentence and one day are right together only where one list has them all.

What enters: the answers of a text. What leaves: the answers, with "cannot tell" and the lists named in place of
"supported" where each figure is right by another list of the same day, or where the sentence says "as of today" and a
newer list of that day has another figure. Promise: a figure alone keeps the rule of docs/decisions/0013-now.md.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, listed
from ledger287.factcheck.extract.model import Claim, Days
from ledger287.factcheck.measures.evaluating import COMPARING, points
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import HAPPENING, moment, readings, rules
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import JUDGED

TODAY = when_needed(
    r"(?i)\b(?:as of|effective) (?:today|this morning|this afternoon)\b|\btoday(?=[,.]| (?:has|have|there))"
)
SETTLES = "which of the lists is meant"
COMPARED = ("change", "growth", "multiple", "gap", "times")
"""Shapes of what is said of two days."""
OWN_END = "the sentence gives a number of an earlier day to compare, and this was compared with the story's day."


def on_one_list(answers: Sequence[Answer], article: Article, index: Index) -> list[Answer]:
    """The answers, with those withdrawn whose figures no single list of their day has together."""
    published = article.published
    if published is None or published.length != 1:
        return list(answers)
    together: dict[object, list[Answer]] = defaultdict(list)
    for answer in answers:
        if _is_of_a_day(answer):
            together[answer.claim.sentence, answer.claim.when.windows].append(answer)
    withdrawn: dict[int, str] = {}
    for group in together.values():
        said = article.text[group[0].claim.sentence.start : group[0].claim.sentence.end]
        for answer in group:
            if TODAY.search(said) and (reason := _replaced(answer, published, index)):
                withdrawn[id(answer)] = reason
        if len({answer.evidence[0].file for answer in group}) > 1 and not _meet(group, published, index):
            days = sorted({answer.evidence[0].day for answer in group if answer.evidence[0].day})
            each = "; ".join(dict.fromkeys(answer.evidence[0].sentence for answer in group))
            reason = (
                f"no one list of that day has these figures together, which are of {listed(map(brief, days))}: {each}."
            )
            withdrawn |= {id(answer): reason for answer in group}
    return [
        replace(one, verdict="cannot_tell", reason=withdrawn[id(one)], right=(), settles=SETTLES)
        if id(one) in withdrawn
        else one
        for one in answers
    ]


def from_own_end(answers: Sequence[Answer], article: Article) -> list[Answer]:
    """The answers, without verdicts on a change up to the story's day in a sentence that gives the number of an earlier
    one: 1,274 on December 31, which was 847 more than on March 31."""
    published = article.published
    if published is None:
        return list(answers)
    ends = [
        claim for claim in (one.claim for one in answers)
        if claim.shape == "count" and claim.wording.role != "from" and claim.when.windows and not claim.when.since
        and all(days.last < published.first for days in claim.when.windows)
    ]  # fmt: skip

    def is_of_another_end(answer: Answer) -> bool:
        claim = answer.claim
        compared = answer.verdict in JUDGED and claim.shape in COMPARED and not claim.when.ends
        return compared and any(_is_later(one, claim) for one in ends if one.sentence == claim.sentence)

    return [
        replace(
            one, verdict="cannot_tell", reason=OWN_END, right=(), settles="between which days the numbers are compared"
        )
        if is_of_another_end(one)
        else one
        for one in answers
    ]


def _is_later(count: Claim, claim: Claim) -> bool:
    """Whether a count is of a later day than that from which a change is counted; a later day with which it is only
    compared may be of the year before: 1,274 on December 31, 847 more than on March 31.
    """
    since = claim.when.windows or (claim.base.when.windows if claim.base else ())
    if not since or count.when.windows[0].first > since[0].first:
        return True
    compared = claim.shape == "change" and not claim.when.since and claim.base is None
    return compared and count.when.windows[0].last < since[0].first


def _is_of_a_day(answer: Answer) -> bool:
    """Whether an answer supports a figure by a list of the story's day, or of one day that the sentence states."""
    claim = answer.claim
    counted = (
        answer.verdict == "supported" and claim.figure is not None and not claim.wording.role and bool(answer.evidence)
    )
    return counted and claim.shape in ("count", "share") and all(one.length == 1 for one in claim.when.windows)


def _replaced(answer: Answer, published: Days, index: Index) -> str | None:
    """Why a figure of today is not decided that only a list of the day before has."""
    claim, shown = answer.claim, answer.evidence[0]
    newest = index.days[max(bisect_right(index.days, published.last) - 1, 0)]
    if claim.when.windows and claim.when.windows[0] != published:
        return None
    if shown.day is None or shown.day >= newest or shown.file not in {one.file for one in index.lists}:
        return None
    return f"right by the list of {brief(shown.day)}, which ICE's list of {brief(newest)} replaced: {shown.sentence}."


def _meet(group: Sequence[Answer], published: Days, index: Index) -> bool:
    """Whether one list has the figures of all of some claims."""
    fits = [one for one in (_fitting(answer, published, index) for answer in group) if one is not None]
    return len(fits) < 2 or bool(set.intersection(*fits))


def _fitting(answer: Answer, published: Days, index: Index) -> set[int] | None:
    """The lists of the day that have a claim's figure; None where it is not counted on lists."""
    claim = answer.claim
    plain = readings(claim, moment(claim, published, index), published, index)[0]
    if plain.measure.evaluator in (*HAPPENING, *COMPARING) or "pending" in plain.measure.evaluator:
        return None
    if not claim.when.windows:
        first = published.first - timedelta(days=rules()["now"]["own_days"])
        plain = replace(plain, windows=(Days(first, published.last),))
    found = {point.place for point in points(plain, index) if claim.figure and claim.figure.right_for(point.value)}
    return found or None
