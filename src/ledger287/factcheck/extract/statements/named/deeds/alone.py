"""Who is left alone when another agency went: which left Polk County as the state's only partner.

What enters: a parsed sentence. What leaves: an answer for the agency that is said to be the only one. Promise: it is
held to the newest list by the story's day; where another list of the week before gives it otherwise, it is "cannot
tell".
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, OfAgencies, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.named.deeds.orders import JoiningField, members
from ledger287.factcheck.extract.statements.named.deeds.subjects import Mention, mentions_of
from ledger287.factcheck.extract.statements.named.deeds.words import data, doubted, supposed, undone, with_macros
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import name_of, rules
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = data()["left_alone"]
    kinds = "|".join(re.escape(one) for one in sorted(data()["order"]["kinds"], key=len, reverse=True))
    return when_needed(rows["opens"]), when_needed(with_macros(rows["only"], {"KIND": kinds}))


def left_alone(
    parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    """The answers on agencies that are said to be left as the only ones."""
    text = parsed.sentence.text
    opens, only = _forms()
    if "?" in text or doubted().search(text):
        return
    for begin in opens.finditer(text):
        if undone().search(text[: begin.start()]) or supposed().search(text[: begin.start()]):
            continue
        mention = next((one for one in mentions_of(parsed) if one.start == begin.end()), None)
        found = only.match(text, mention.end) if mention else None
        if mention and found:
            yield _answer(mention, begin, found, parsed, behind, states, names, index)


def _answer(
    mention: Mention, begin: "re.Match[str]", found: "re.Match[str]", parsed: Parsed, behind: Background,
    states: Sequence[str], names: Names, index: Index,
) -> Answer:  # fmt: skip
    offset = parsed.sentence.span.start
    named = declared.state_codes().get(found["owner"] or found["there"])
    around = (named,) if named else _around(parsed, names, states, index)
    agencies = names.find(mention.name, around, stated=around)
    agency = agencies[0] if len(agencies) == 1 else None
    state = named or (index.agencies[agency][1] if agency else None)
    whole = Span(begin.start() + offset, found.end() + offset)
    claim = Claim(
        "holds", None, "agreements", Where((state,), True, "stated") if state else Where(), When(),
        Span(mention.start + offset, found.end() + offset), parsed.sentence.span, None,
        wording=Phrasing(speaker=parsed.sentence.speaker, role="deed" if agency else "", covers=(
            (whole, "rank"), (Span(mention.start + offset, mention.end + offset), "agency")) if agency else ()),
        terms=OfAgencies(agencies=agencies), sense="ordinal",
    )  # fmt: skip
    meaning = f"{mention.name} is the only one left"
    by = behind.published.last if behind.published else index.days[-1]
    if agency is None or state is None or by < index.days[0]:
        reason = f"which agency {mention.name} is, is not plain in the record."
        return Answer(claim, "cannot_tell", meaning, reason, measure="holds", settles="the agency that is meant")
    field = JoiningField(str(data()["order"]["kinds"][found["kind"]]), (state,), None, None)
    places = index.window(by - timedelta(days=rules()["now"]["days"]), by)
    there = [members(field, place, index) for place in places]
    listed, others = index.lists[places[-1]], there[-1] - {agency}
    said = ", ".join(sorted(index.agencies[one][0] for one in others)[:3])
    reason = f"on the list of {brief(listed.day)}, {name_of(state)} had {len(there[-1])}"
    reason += f", with {said}." if others else f": {mention.name}." if agency in there[-1] else ", without it."
    shown = Evidence("holds", reason.rstrip("."), float(len(there[-1])), None, None, listed.day, listed.file,
                     listed.sha256)  # fmt: skip
    right = [one == {agency} for one in there]
    if not right[-1] and any(right):
        return Answer(claim, "cannot_tell", meaning, reason, (shown,), measure="holds", settles="which list is meant")
    return Answer(claim, "supported" if right[-1] else "contradicted", meaning, reason, (shown,), measure="holds")


def _around(parsed: Parsed, names: Names, states: Sequence[str], index: Index) -> tuple[str, ...]:
    """The state that the sentence names, or that of the one agency before it."""
    named = {one.value for one in parsed.tokens if one.kind == "PLACE"} or set(states)
    if named:
        return tuple(named) if len(named) == 1 else ()
    first = next(iter(mentions_of(parsed)), None)
    found = names.find(first.name, ()) if first else ()
    return (index.agencies[found[0]][1],) if len(found) == 1 else ()
