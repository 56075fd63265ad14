"""The answers of a sentence with the places of its agencies: in which order they joined, who is left alone.

What enters: a parsed sentence and its answers. What leaves: the answers. Promise: who was the first has one answer; and
where a place is given in a way that was not read, what was signed is not supported alone.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.statements.named.deeds.alone import left_alone
from ledger287.factcheck.extract.statements.named.deeds.merging import GONE
from ledger287.factcheck.extract.statements.named.deeds.orders import orders
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import JUDGED

RANKED = when_needed(
    r"\bas (?:the|its|their|[A-Z]\w+[’']s)(?: [\w’']+){0,2}? (?:first|second|third|\w+th|\d+(?:st|nd|rd))\b"
)
"""Opens a place in an order behind a signing."""


def with_places(
    parsed: Parsed, answers: Sequence[Answer], behind: Background, states: Sequence[str], names: Names, index: Index
) -> list[Answer]:
    """The answers of a sentence with those on the places of its agencies."""
    ordered = [*orders(parsed, behind, states, names, index), *left_alone(parsed, behind, states, names, index)]
    if RANKED.search(parsed.sentence.text) and not ordered:
        answers = [_without_rank(one) for one in answers]
    firm = {one.claim.agencies for one in answers if one.claim.sense == "first" and one.verdict in JUDGED}
    added = [one for one in ordered if one.claim.agencies not in firm]
    whose = {one.claim.agencies for one in added if one.claim.agencies}
    alone = {one.claim.agencies for one in added if one.claim.agencies and not one.claim.figure}
    answers = [one for one in answers if not (one.claim.agencies in alone and one.claim.sense in GONE)]
    return [one for one in answers if one.claim.sense != "first" or one.claim.agencies not in whose] + added


def _without_rank(answer: Answer) -> Answer:
    """A signing that is not decided, because its place in an order was not read."""
    if not answer.claim.wording.role.startswith("deed") or answer.verdict not in JUDGED:
        return answer
    reason = f"{answer.reason.rstrip('.')}; which place in the order it is said to have was not read."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence")
