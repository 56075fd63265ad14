"""A figure without a place is of the state that its paragraph speaks of: "Missouri had 97. Seventy-seven are …".

What enters: an answer, and the sentences of its text. What leaves: the answer, supported where the figure is right in
the one state that the paragraph has named up to there, or that all of the text names. Promise: nobody is accused by it;
a sentence or a paragraph that names another place, or the nation, is left as it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Days, Where
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.parsing import Parsed, names_state, states_named
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import NOT_THEN

MEANT = "in {}, which the text names before"
THE_STATE = when_needed(r"(?i)\bthe state(?:[’']s)?\b(?! (?:of|police|patrol))")
WIDER = ("NATION", "OUTSIDE", "SAMEPLACE")
"""Kinds of token by which a sentence speaks of more, or of less, than a state."""


def of_its_paragraph(
    answer: Answer, parsed: Sequence[Parsed], dateline: str | None, published: Days | None, index: Index
) -> Answer:
    """The answer, where it is right in the state that is meant, which the text names before; withheld where it is
    right in one that may be meant.
    """
    claim = answer.claim
    condition = answer.verdict == "supported_if" and answer.requires is not None
    share = answer.verdict in NOT_THEN and claim.shape == "share"
    if not (condition or share) or claim.where.states or claim.where.known:
        return answer
    own = next((one for one in parsed if one.sentence.span == claim.sentence), None)
    if own is None or any(one.kind in WIDER or names_state(one) for one in own.tokens):
        return answer
    meant = _meant(own, parsed, dateline)
    if condition:
        right = any(answer.requires == MEANT.format(name_of(state)) for state in meant)
        return replace(answer, verdict="supported", requires=None) if right else answer
    named = dict.fromkeys((*meant, *states_named(parsed)))
    for state in named:
        there = judge(replace(claim, where=Where((state,), True, name_of(state)), sense="of_place"), published, index)
        if there.verdict == "supported":
            reason = f"right in {name_of(state)}, which the text names before: {there.reason}"
            if state in meant:
                return replace(there, claim=claim, reason=reason, account=answer.account)
            reason = f"the sentence may speak of {name_of(state)}: {there.reason} As it was read: {answer.reason}"
            return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="the state")
    return answer


def _meant(own: Parsed, parsed: Sequence[Parsed], dateline: str | None) -> tuple[str, ...]:
    """The states of which a sentence without a place surely speaks: that of its paragraph, or of the entire text."""
    block = [one for one in parsed if one.sentence.block == own.sentence.block and _is_before(one, own)]
    wider = any(one.kind in WIDER for each in block for one in each.tokens)
    here = {one.value for each in block for one in each.tokens if names_state(one)}
    everywhere = {one.value for each in parsed for one in each.tokens if names_state(one)}
    everywhere |= {dateline} if dateline else set()
    found = [*here] if len(here) == 1 and not wider else []
    found += [*everywhere] if len(everywhere) == 1 else []
    home = dateline or _home(parsed)
    of_state = any(THE_STATE.search(one.sentence.text) for one in block)
    if home and (of_state or not (here - {home} or wider)):
        found.append(home)  # the state had 97, behind Texas. 77 are …
    return tuple(dict.fromkeys(found))


def _home(parsed: Sequence[Parsed]) -> str | None:
    """The state that a text is of: named first, and more often than all others together."""
    named = [one.value for each in parsed for one in each.tokens if names_state(one)]
    return named[0] if named and 2 * named.count(named[0]) > len(named) else None


def _is_before(one: Parsed, other: Parsed) -> bool:
    return one.sentence.span.start < other.sentence.span.start
