"""Other agencies that a name may mean: a county's jail next to its sheriff, and whom a list once printed under it.

What enters: an answer on a named agency, its text, and the index. What leaves: the answer, or "cannot tell" where
another agency that the name may mean has what is said. Promise: a name with an office ("sheriff's office") means that
office, and in addition only an agency that a list printed under the same name (its rows are corrected in the record,
and a story that was written from that list is right).
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, Days, OfAgencies
from ledger287.factcheck.extract.statements.named.holding import held, still_listed
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FITTING, UNCONDITIONAL

OFFICES = when_needed(r"(?i)sheriff|deput|police|constable|attorney|marshal|detention center|alguacil|polic[ií]a")
"""Words of a name for one office of a county."""
ELSEWHERE = ("police", "campuses", "state_agencies")
"""Kinds of agency that a county's name does not mean."""


def among_namesakes(answer: Answer, text: str, published: Days | None, years: tuple[int, int], index: Index) -> Answer:
    """The answer, withheld where another agency that the name may mean makes it right, or still has what ended."""
    claim = answer.claim
    if claim.shape != "holds" or answer.verdict not in UNCONDITIONAL or not claim.agencies or claim.sense == "first":
        return answer
    said = text[claim.span.start : claim.span.end]
    several = answer.verdict != "supported" and bool(claim.under or (claim.figure and answer.measure == "holds"))
    for one in _others(claim, said, index):
        there = replace(claim, terms=OfAgencies((one,), claim.under))
        other = held(there, index.agencies[one][0], Background(published, years), index)
        if _turns(answer, other, index) or (several and any(run.agency_id == one for run in index.runs)):
            reason = f"the name may mean another agency: {other.reason} As it was read: {answer.reason}"
            return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="which agency is meant")
    return answer


def _turns(answer: Answer, other: Answer, index: Index) -> bool:
    """Whether what is so of another agency takes from an answer."""
    claim, windows = answer.claim, other.claim.when.windows
    if claim.sense == "absent":
        return answer.verdict == "supported" and other.verdict == "contradicted"
    if answer.verdict != "supported":
        return other.verdict in FITTING
    return claim.sense == "left" and other.verdict == "contradicted" and still_listed(other.claim, windows, index)


def _others(claim: Claim, said: str, index: Index) -> list[str]:
    """The agencies, not those of a claim, that its name may mean."""
    found = {one for agency in claim.agencies for one in index.printed_as.get(agency, ())}
    if not OFFICES.search(said):
        found |= _of_county(claim, index)
    return sorted(found - {*claim.agencies})


def _of_county(claim: Claim, index: Index) -> set[str]:
    """The agencies of the one county whose agencies a claim is about: its jail, its own police, its constables."""
    rows = index.agencies
    at = {(rows[one][1], index.counties.get(one, ())) for one in claim.agencies if one in rows}
    if len(at) != 1 or any(index.kinds.get(one) in ELSEWHERE for one in claim.agencies):
        return set()
    (state, counties) = at.pop()
    there = index.of_county.get((state, counties[0]), frozenset()) if len(counties) == 1 else frozenset()
    return {one for one in there if index.kinds.get(one) not in ELSEWHERE}
