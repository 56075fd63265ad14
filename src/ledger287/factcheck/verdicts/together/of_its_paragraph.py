"""A figure without a place is of the state that its paragraph speaks of: "Missouri had 97. Seventy-seven are …".

What enters: an answer, and the sentences of its text. What leaves: the answer, supported where the figure is right in
the one state that the paragraph has named up to there, or that all of the text names. Promise: nobody is accused by it;
a sentence or a paragraph that names another place, or the nation, is left as it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.parsing import Parsed, names_state
from ledger287.factcheck.verdicts.answers import Answer

MEANT = "in {}, which the text names before"
THE_STATE = when_needed(r"(?i)\bthe state(?:[’']s)?\b(?! (?:of|police|patrol))")
WIDER = ("NATION", "OUTSIDE", "SAMEPLACE")
"""Kinds of token by which a sentence speaks of more, or of less, than a state."""


def of_its_paragraph(answer: Answer, parsed: Sequence[Parsed], dateline: str | None) -> Answer:
    """The answer, where it is right on condition that the state is meant which the text names before."""
    claim = answer.claim
    if answer.verdict != "supported_if" or claim.where.states or claim.where.known or answer.requires is None:
        return answer
    own = next((one for one in parsed if one.sentence.span == claim.sentence), None)
    if own is None or any(one.kind in WIDER or names_state(one) for one in own.tokens):
        return answer
    block = [one for one in parsed if one.sentence.block == own.sentence.block and _is_before(one, own)]
    for some, first in ((block, ()), (list(parsed), (dateline,) if dateline else ())):
        states = {one.value for each in some for one in each.tokens if names_state(one)} | {*first}
        wider = some is block and any(one.kind in WIDER for each in some for one in each.tokens)
        if len(states) == 1 and not wider and answer.requires == MEANT.format(name_of(next(iter(states)))):
            return replace(answer, verdict="supported", requires=None)
    home = dateline or _home(parsed)
    if home is None or answer.requires != MEANT.format(name_of(home)):
        return answer
    of_state = any(THE_STATE.search(one.sentence.text) for one in block)
    others = {one.value for each in block for one in each.tokens if names_state(one)} - {home}
    wider = any(one.kind in WIDER for each in block for one in each.tokens)
    if of_state or not (others or wider):
        return replace(answer, verdict="supported", requires=None)  # the state had 97, behind Texas. 77 are …
    return answer


def _home(parsed: Sequence[Parsed]) -> str | None:
    """The state that a text is of: named first, and more often than all others together."""
    named = [one.value for each in parsed for one in each.tokens if names_state(one)]
    return named[0] if named and 2 * named.count(named[0]) > len(named) else None


def _is_before(one: Parsed, other: Parsed) -> bool:
    return one.sentence.span.start < other.sentence.span.start
