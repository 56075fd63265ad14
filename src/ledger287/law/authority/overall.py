"""The answers under an agency's agreements -> what holds for all of them together.

What enters: the answer under each agreement, and the overall finding. What leaves: what it rests on, whether a time is
stated, and findings joined into one. The module promises that what one agreement states is not hidden by another, and
that of what they rest on the weaker is given.
"""

from collections.abc import Sequence
from typing import Any, get_args

from ledger287.core.finding import Finding
from ledger287.core.locator import Cell
from ledger287.law.agreements.clauses import OwnText
from ledger287.law.authority.authority_answer import RestsOn, UnderAgreement, Verdict

WEAKER: tuple[RestsOn | None, ...] = ("document", "form", None)
"""What an answer rests on, the strongest first; None where no text was read."""


def deciding(under: Sequence[UnderAgreement], finding: Finding) -> list[UnderAgreement]:
    """The agreements whose verdict is the overall one."""
    return [each for each in under if each.finding.verdict == finding.verdict]


def rests_overall(under: Sequence[UnderAgreement], finding: Finding) -> RestsOn | None:
    """What the overall answer rests on: the weakest of what the deciding agreements rest on."""
    return max((each.rests_on for each in deciding(under, finding)), key=WEAKER.index, default=None)


def own_overall(under: Sequence[UnderAgreement], finding: Finding) -> OwnText | None:
    """How far the deciding agreements' own documents were read: the least of them; None where there is none."""
    return max((each.own_text for each in deciding(under, finding)), key=get_args(OwnText).index, default=None)


def time_overall(under: Sequence[UnderAgreement], finding: Finding) -> bool | None:
    """False where none of the deciding agreements states a time; one that does is not hidden by another."""
    return False if {each.time_stated for each in deciding(under, finding)} == {False} else None


def joined(verdict: Verdict, reasons: Sequence[str], under: Sequence[UnderAgreement]) -> Finding:
    """A finding over several, each reason, cell, citation and question once, in their order."""

    def once(each: Any) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(each))

    evidence: tuple[Cell, ...] = once(cell for each in under for cell in each.finding.evidence)
    return Finding(
        verdict,
        once([*reasons, *(reason for each in under for reason in each.finding.reasons)]),
        evidence,
        once(citation for each in under for citation in each.finding.citations),
        once(question for each in under for question in each.finding.open_questions),
    )
