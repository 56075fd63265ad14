"""A number alone, where the text has counted two things, may be of either: it is accused only where it is of neither.

What enters: the answers, the sentences as parsed, the article's days and the index. What leaves: the answers, those
withheld that are wrong of what was counted last and right of what was counted too: "Of the 796 agencies more than half
are sheriff's offices. Pennsylvania has 36" is wrong of sheriffs and right of agencies. Promise: a number with its noun,
or of a text that counts one thing, keeps its answer, but for one of police and sheriffs, which may mean all agencies.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.extract.amounts.doubts import BODIES
from ledger287.factcheck.extract.amounts.surroundings import HAVE
from ledger287.factcheck.extract.model import Claim, Days
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FITTING, NOT_THEN
from ledger287.factcheck.verdicts.withheld.withholding import SETTLES

COUNTED = {"agreements", "counties", "states", *BODIES} - {"police_and_sheriffs"}


def of_two_units(
    answers: Sequence[Answer], parsed: Sequence[Parsed], published: Days | None, index: Index
) -> list[Answer]:
    """The answers, without those against a number that is right of something else which the text counts."""
    places = {one.sentence.span: place for place, one in enumerate(parsed)}
    found: list[Answer] = []
    for answer in answers:
        claim, place = answer.claim, places.get(answer.claim.sentence)
        accused = place is not None and answer.verdict in NOT_THEN and claim.shape == "count"
        others = _others(claim, parsed, place) if accused and place is not None else set()
        right = any(_is_right(claim, one, published, index) for one in sorted(others))
        if accused and place is not None and claim.unit == "territories":
            right = right or _is_alone(claim, parsed[place])  # the two territories hold three
        found.append(_withheld(answer) if right else answer)
    return found


def _others(claim: Claim, parsed: Sequence[Parsed], place: int) -> set[str]:
    """What a number may be of as well: of agencies where police and sheriffs are named for all of them; where the
    number is alone, of what else its sentence counts, or the one before it.
    """
    if claim.unit == "police_and_sheriffs":
        return {"agencies"}
    if not _is_alone(claim, parsed[place]):
        return set()
    units = _counted(parsed[place]) or (_counted(parsed[place - 1]) if place else set())
    return units - {claim.unit, claim.kind}


NEAR = 5
"""So many words behind a number may be before its noun: 137 of the Texas sheriffs."""


def _is_alone(claim: Claim, parsed: Parsed) -> bool:
    """Whether a count is a number without a noun of its own."""
    figure = claim.figure
    amount = next((one for one in parsed.amounts if figure and one.figure.span == figure.span), None)
    if figure is None or amount is None or amount.noun is not None:
        return False
    behind = [token for token in parsed.tokens if token.span.start >= figure.span.end][:NEAR]
    own = next((at for at, token in enumerate(behind) if token.kind == "MARK" or _has(token)), len(behind))
    return not any(token.kind == "UNIT" for token in behind[:own])


def _has(token: Token) -> bool:
    return token.text.lower() in (*HAVE, "hold", "holds", "held")


def _counted(parsed: Parsed) -> set[str]:
    """What the numbers of a sentence count by their own nouns, and what it gives a share of: 3.6% of all agreements."""
    nouns = {one.noun.unit for one in parsed.amounts if one.noun and one.noun.unit}
    shared = {
        one.value
        for at, one in enumerate(parsed.tokens)
        if one.kind == "UNIT" and any(each.kind in ("PCT", "FRACTION") for each in parsed.tokens[max(at - 4, 0) : at])
    }
    return (nouns | shared) & COUNTED


def _is_right(claim: Claim, unit: str, published: Days | None, index: Index) -> bool:
    other = replace(claim, unit=unit, kind=None)
    return judge(other, published, index).verdict in (*FITTING, "was_true", "became_true")


def _withheld(answer: Answer) -> Answer:
    reason = f"the text counts two things, and the figure is right of the other one. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=answer.settles or SETTLES)
