"""A number alone, where the text has counted two things, may be of either: it is accused only where it is of neither.

What enters: the answers, the sentences as parsed, the article's days and the index. What leaves: the answers, those
withheld that are wrong of what was counted last and right of what was counted too. Promise: a number with its noun, or
of a text that counts one thing, keeps its answer: "Of the 796 agencies more than half are sheriff's offices. Texas has
152" is wrong of sheriffs and right of agencies.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.text import listed
from ledger287.factcheck.extract.amounts.doubts import BODIES
from ledger287.factcheck.extract.model import Claim, Days
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.withheld.unsettled import is_bare
from ledger287.factcheck.verdicts.withheld.withholding import SETTLES

AGAINST = ("contradicted", "was_true", "became_true")
COUNTED = {"agreements", *BODIES} - {"police_and_sheriffs"}


def of_two_units(
    answers: Sequence[Answer], parsed: Sequence[Parsed], published: Days | None, index: Index
) -> list[Answer]:
    """The answers, without those against a number that is right of something else which the text counts."""
    places = {one.sentence.span: place for place, one in enumerate(parsed)}
    found: list[Answer] = []
    for answer in answers:
        place = places.get(answer.claim.sentence)
        if place is None or answer.verdict not in AGAINST or not _is_alone(answer.claim, parsed[place]):
            found.append(answer)
            continue
        units = _units(parsed[place]) or (_units(parsed[place - 1]) if place else set())
        others = units - {answer.claim.unit, answer.claim.kind}
        right = [one for one in sorted(others) if _is_right(answer.claim, one, published, index)]
        found.append(_withheld(answer, right) if right else answer)
    return found


def _is_alone(claim: Claim, parsed: Parsed) -> bool:
    return claim.shape == "count" and claim.figure is not None and is_bare(claim, parsed.sentence)


def _units(parsed: Parsed) -> set[str]:
    return {token.value for token in parsed.tokens if token.kind == "UNIT"} & COUNTED


def _is_right(claim: Claim, unit: str, published: Days | None, index: Index) -> bool:
    other = replace(claim, unit=unit, kind=None)
    return judge(other, published, index).verdict in ("supported", "supported_if")


def _withheld(answer: Answer, right: Sequence[str]) -> Answer:
    names = listed([one.replace("_", " ") for one in right], "or")
    reason = f"the text counts {names} too, and the figure is right of these. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles=answer.settles or SETTLES)
