"""An agency of one state is not the one of its name in another: the Nebraska State Patrol in South Carolina.

What enters: an answer, its text, and the index. What leaves: the answer, or "cannot tell" where the text says behind
the name of an agency, or just before it, that it is in a state that is not its own; and where a figure would be held
against "the state", or a deed against a county, of a state that only a later sentence names.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ledger287.core import declared
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.extract.statements.named.names.elsewhere import COUNTY_OF_NAME
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.names.county_names import states_of_county
from ledger287.factcheck.parse.parsing import Parsed, names_state, states_named
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FIRM, NOT_THEN


def in_its_own_state(answer: Answer, text: str, index: Index) -> Answer:
    """The answer, withheld where what was found is an agency of another state than the one that is stated."""
    claim = answer.claim
    if claim.shape != "holds" or answer.verdict not in FIRM or not claim.agencies:
        return answer
    said = text[claim.span.start : claim.span.end]
    behind = text[claim.span.end : claim.sentence.end]
    stated = _state_behind(said) or _state_at(behind)
    theirs = {index.agencies[one][1] for one in claim.agencies if one in index.agencies}
    if stated is None or not theirs or stated in theirs:
        return answer
    name = next(index.agencies[one][0] for one in claim.agencies if one in index.agencies)
    own = name_of(sorted(theirs)[0])
    reason = f"the sentence says in {name_of(stated)}, and {name} is of {own}: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="which agency is meant")


def of_state_named_before(answer: Answer, parsed: Sequence[Parsed], dateline: str | None) -> Answer:
    """The answer, withheld where it is held against the one state of a text that only a later sentence names."""
    claim = answer.claim
    if claim.shape == "holds":
        return _of_county(answer, parsed, dateline)
    if len(claim.where.states) != 1 or claim.where.said != THE_STATE or claim.figure is None:
        return answer
    before = [one for one in parsed if one.sentence.span.start < claim.sentence.end]
    if claim.where.states[0] in (*states_named(before), dateline):
        return answer
    claim = claim.worded(vague=THE_STATE)
    if answer.verdict not in NOT_THEN:
        return replace(answer, claim=claim)
    reason = (
        f"no state is named before it, and {name_of(claim.where.states[0])} only later. As it was read: {answer.reason}"
    )
    return replace(answer, claim=claim, verdict="cannot_tell", reason=reason, right=(), settles="the state")


def of_the_state_meant(answer: Answer, parsed: Sequence[Parsed], published: Days | None, index: Index) -> Answer:
    """The answer, withheld where it is held against "the state" and right for another one that the text names."""
    claim = answer.claim
    own = next((one for one in parsed if one.sentence.span == claim.sentence), None)
    if answer.verdict not in NOT_THEN or own is None or len(claim.where.states) != 1 or claim.shape == "holds":
        return answer
    if {*claim.where.states} & {one.value for one in own.tokens if names_state(one)}:
        return answer
    for state in states_named(parsed):
        if state not in claim.where.states:
            there = judge(replace(claim, where=replace(claim.where, states=(state,))), published, index)
            if there.verdict == "supported":
                reason = f"the state may be {name_of(state)}: {there.reason} As it was read: {answer.reason}"
                return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="the state")
    return answer


THE_STATE = "the state"


def _of_county(answer: Answer, parsed: Sequence[Parsed], dateline: str | None) -> Answer:
    """The answer on a county's agency, withheld where several states have such a county, and none is named before it
    or with it: Orange County, home of Disneyland, has none. Florida's law requires one.
    """
    claim = answer.claim
    sentence = next((one for one in parsed if one.sentence.span == claim.sentence), None)
    if answer.verdict not in ("supported", *NOT_THEN) or sentence is None or not claim.where.states:
        return answer
    said = sentence.sentence.text[claim.span.start - claim.sentence.start : claim.span.end - claim.sentence.start]
    county = COUNTY_OF_NAME.search(said)
    before = [one for one in parsed if one.sentence.span.start < claim.sentence.end]
    if (
        county is None
        or len(states_of_county(county[0])) < 2
        or {*claim.where.states} & {*states_named(before), dateline}
    ):
        return answer
    state = name_of(claim.where.states[0])
    reason = f"no state is named before it, and {state} only later. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="the state")


def _state_behind(said: str) -> str | None:
    """The state that a claim's own words end with: … State Patrol in South Carolina."""
    found = re.search(r"(?: in|,) ([A-Z][\w. ]+?),?$", said)
    return _code(found[1]) if found else None


def _state_at(behind: str) -> str | None:
    """The state right behind a claim's words: in South Carolina."""
    found = re.match(r"(?: in|,) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b", behind)
    return _code(found[1]) or _code(found[1].split()[0]) if found else None


def _code(name: str) -> str | None:
    return next((one.code for one in declared.states() if one.name == name.strip()), None)
