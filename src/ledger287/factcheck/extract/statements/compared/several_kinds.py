"""Agencies by how many models they hold: 240 agencies hold more than one kind of agreement, and 49 have all three.

What enters: a parsed sentence and the index. What leaves: answers, counted agency by agency on the lists of the days
meant. Promise: the pattern names every token of the stretch that it reads; a number that only another day's list has
is "true on these days".
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, plural
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Days, Figure, Phrasing, When, Where
from ledger287.factcheck.extract.statements.statements import OPENS
from ledger287.factcheck.extract.statements.tag_line import TagLine, line_of
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import moment
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number, place

MEASURE = "agencies_by_models"
KINDS = r"(?:kinds?|types?|sorts?|models?|forms?)(?: of (?:the )?#U:(?:agreements|partnerships))?(?: at once)?"
HOLD = r"(?:now |currently |each )*(?:hold|have|operate|run|use|held|had|have signed|have signed_on to|signed)"
FIRST = when_needed(
    rf"{OPENS}(?:(?:about|nearly|some|roughly|only|just|more_than|at_least|almost|around) )*(?P<count>#1)"
    rf"(?: #P)? #U:agencies(?: in #P)? {HOLD} (?P<said>(?:more_than one|at_least two|two or_more|two or more|several|"
    rf"multiple|all #1) {KINDS})(?= ?[,.;]| and | #W|$)"
)
AND_ALL = when_needed(
    r"(?: ,)? and (?:(?:about|nearly|some|roughly|only|just|almost|around) )*(?P<count>#1) (?:of them )?"
    r"(?:have|hold|had|held) (?P<said>all #1)(?= ?[.;,]|$)"
)
"""…, and 49 have all three: right behind the first."""


def several_kinds(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answers on agencies counted by how many models they hold."""
    if not any(word in parsed.sentence.text for word in ("kind", "type", "sort", "model", "form")):
        return
    line = line_of(parsed)
    found = FIRST.search(line.text)
    if found is None:
        return
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing or When()
    stated = tuple(dict.fromkeys(one.value for one in parsed.tokens if one.kind == "PLACE"))
    if len(stated) > 1 or any(one.kind == "MODEL" for one in parsed.tokens):
        return
    for match in (found, AND_ALL.match(line.text, found.end())):
        if match is None:
            continue
        least = len(declared.models()) if match["said"].startswith("all") else 2
        start = line.span(*match.span("count"))
        amounts = [one.figure for one in parsed.amounts]
        amount = next((one for one in amounts if one.span.start <= start.start < one.span.end), None)
        if amount is None or ("all #1" in match["said"] and not _says_three(line, match)):
            return
        yield _answer(line, match, amount, stated, when, least, behind, index)


def _says_three(line: TagLine, match: re.Match[str]) -> bool:
    """Whether the models that are all meant are as many as there are."""
    return any(one.number == len(declared.models()) for one in line.tokens(*match.span("said")))


def _answer(
    line: TagLine, match: re.Match[str], figure: Figure, stated: tuple[str, ...], when: When, least: int,
    behind: Background, index: Index,
) -> Answer:  # fmt: skip
    span = line.span(*match.span())
    claim = Claim(
        "count",
        figure,
        "agencies",
        Where(stated, True, "stated" if stated else "the nation"),
        when,
        span,
        line.parsed.sentence.span,
        wording=Phrasing(speaker=line.parsed.sentence.speaker, spelled=True, covers=((span, "figure"),)),
    )
    what = "all three models" if least > 2 else "more than one model"
    meaning = f"{figure.said} agencies {place(stated)} held agreements under {what}"
    day = moment(claim, behind.published, index)
    if day.outside or not day.windows:
        return Answer(claim, "not_in_record", meaning, f"{day.said} is not in the record: {day.outside}.",
                      measure=MEASURE, settles="a list of that time")  # fmt: skip
    places = sorted({at for window in day.windows for at in index.window(window.first, window.last)})
    own = places if day.wide else places[-1:]
    values = {at: _held(at, stated, least, index) for at in places}
    at = next((one for one in reversed(places) if figure.right_for(values[one])), places[-1])
    listed, value = index.lists[at], values[at]
    says = f"{plural(value, 'agency')} {place(stated)} held agreements under {what} on {brief(listed.day)}"
    shown = Evidence(MEASURE, says, float(value), figure.value - value, None, listed.day, listed.file, listed.sha256)
    reason = f"the record gives {number(value)}."
    if figure.right_for(value) and at in own:
        return Answer(claim, "supported", meaning, reason, (shown,), measure=MEASURE)
    ever = [one for one in range(len(index.days)) if figure.right_for(_held(one, stated, least, index))]
    if ever:
        days = Days(index.days[ever[0]], index.days[ever[-1]])
        later = ever[0] > places[-1]
        reason = f"right on some days from {days}, not on the article's day, when the record gives {number(value)}."
        return Answer(claim, "became_true" if later else "was_true", meaning, reason, (shown,), (), (days,),
                      measure=MEASURE)  # fmt: skip
    return Answer(claim, "contradicted", meaning, reason, (shown,), measure=MEASURE)


def _held(at: int, states: tuple[str, ...], least: int, index: Index) -> int:
    """How many agencies had so many models on one list."""
    key = ("by models", at, states)
    if key not in index.kept:
        models: dict[str, set[str | None]] = defaultdict(set)
        for run in index.runs:
            if run.first <= at <= run.last and (not states or index.agencies[run.agency_id][1] in states):
                models[run.agency_id].add(run.model)
        index.kept[key] = [len(one) for one in models.values()]
    return sum(one >= least for one in index.kept[key])
