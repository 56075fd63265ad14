"""A firm verdict is withheld where the sentence is built so that its reading is known to be one of several.

What enters: an answer, its sentence, and the other claims of that sentence. What leaves: the answer, or "cannot tell"
with what the sentence leaves open. Promise: the constructions are declared (declared/factcheck/unsettled.yml); what the
record gives by the reading that was made stays in the answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import filled_words, when_needed, with_words
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answering import SOME_DAYS
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FIRM
from ledger287.factcheck.verdicts.withheld.withholding import SETTLES


@dataclass(frozen=True, slots=True)
class Construction:
    """One declared construction: which claims are meant, what their sentence says, and what that leaves open."""

    shapes: tuple[str, ...]
    units: tuple[str, ...]
    verdicts: tuple[str, ...]
    model: bool
    place: bool
    bare: bool
    dated: bool
    some_days: bool
    within: float | None
    apart: float | None
    among: str | None
    lacking: tuple[str, ...]
    kindless: bool
    nowhere: bool
    states_before: int
    parsed: bool
    printed: bool
    time: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    between: re.Pattern[str] | None
    ahead: re.Pattern[str] | None
    read_as: re.Pattern[str] | None
    says: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    open: str

    def holds(self, answer: Answer, sentence: Sentence, others: Sequence[Claim]) -> bool:
        """Whether a claim is one of this construction."""
        return self._is_of(answer) and self._is_among(answer, sentence, others) and self._is_said(answer, sentence)

    def _is_of(self, answer: Answer) -> bool:
        """Whether a claim and its verdict are of those that are meant."""
        claim = answer.claim
        return (
            (not self.units or claim.unit in self.units)
            and (not self.model or bool(claim.model))
            and (not self.place or bool(claim.where.states))
            and (not self.dated or bool(claim.when.windows))
            and (not self.some_days or SOME_DAYS in answer.notes)
            and (not self.kindless or claim.kind is None)
            and (not self.nowhere or not claim.where.states)
        )

    def _is_among(self, answer: Answer, sentence: Sentence, others: Sequence[Claim]) -> bool:
        """Whether the sentence has such claims too, and the figure is as near the record as is declared."""
        claim = answer.claim
        return (
            (not self.bare or _is_bare(claim, sentence))
            and (self.within is None or _is_near(answer, self.within))
            and (self.apart is None or _is_off_by(answer) <= self.apart)
            and (self.among is None or any(one.shape == self.among and one is not claim for one in others))
            and not any({one.shape, one.rank} & {*self.lacking} for one in others if one is not claim)
            and (not self.states_before or len(_states_before(claim, others)) >= self.states_before)
        )

    def _is_said(self, answer: Answer, sentence: Sentence) -> bool:
        """Whether the sentence says it in the declared words."""
        claim, text = answer.claim, sentence.text
        return (
            (self.time is None or bool(self.time.search(claim.when.said)))
            and (self.read_as is None or bool(self.read_as.search(answer.meaning)))
            and (self.says is None or bool(self.says.search(text)))
            and (self.before is None or bool(self.before.search(_around(claim, sentence)[0])))
            and (self.after is None or bool(self.after.search(_around(claim, sentence)[1])))
            and (self.between is None or bool(self.between.search(_between(claim, sentence))))
            and (self.ahead is None or bool(self.ahead.search(_ahead(claim, sentence))))
            and (self.unless is None or not self.unless.search(text))
        )


NOUN = when_needed(
    r" (?!and )(?:287\(g\) )?(?:[\w-]+ ){0,2}?(?:agreements?|agencies|agency|departments|offices|acuerdos?|agencias?)\b"
)


def _is_bare(claim: Claim, sentence: Sentence) -> bool:
    """Whether a claim is a number alone, without the noun of what it counts."""
    figure = claim.figure.said if claim.figure else ""
    after = sentence.text[claim.span.end - sentence.span.start :]
    return claim.span.end - claim.span.start <= len(figure) and NOUN.match(after) is None


def _around(claim: Claim, sentence: Sentence) -> tuple[str, str]:
    """What the sentence says before a claim's figure, and behind it."""
    span = claim.figure.span if claim.figure else claim.span
    return sentence.text[: span.start - sentence.span.start], sentence.text[span.end - sentence.span.start :]


def _between(claim: Claim, sentence: Sentence) -> str:
    """What the sentence says between the time of a claim and its figure, whichever is first."""
    when, figure, offset = claim.when.span, claim.figure, sentence.span.start
    if when is None or figure is None:
        return ""
    first, last = sorted((when, figure.span), key=lambda one: one.start)
    return sentence.text[first.end - offset : last.start - offset]


def _ahead(claim: Claim, sentence: Sentence) -> str:
    """What the sentence says before the time of a claim; nothing where the sentence states none."""
    when = claim.when.span
    return sentence.text[: max(0, when.start - sentence.span.start)] if when else ""


def _states_before(claim: Claim, others: Sequence[Claim]) -> set[str]:
    """The states of the figures before a claim in its sentence."""
    return {state for one in others if one.figure and one.span.end <= claim.span.start for state in one.where.states}


def _is_near(answer: Answer, share: float) -> bool:
    """Whether what the record gives is near the figure, by a share of the greater of both."""
    figure = answer.claim.figure.value if answer.claim.figure else 0.0
    return any(abs(one.value - figure) <= share * max(abs(one.value), abs(figure)) for one in answer.evidence)


def _is_off_by(answer: Answer) -> float:
    """By how much a figure is off what the record gives by its plain reading."""
    figure = answer.claim.figure.value if answer.claim.figure else 0.0
    return min((abs(one.value - figure) for one in answer.evidence[:1]), default=0.0)


@cache
def constructions() -> tuple[Construction, ...]:
    """The declared constructions."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/unsettled.yml")
    words = filled_words(data["words"])
    return tuple(_read(row, words) for row in data["constructions"])


@cache
def _able(shape: str, verdict: str, parsed: bool) -> tuple[Construction, ...]:
    """The constructions that are of claims of a shape with a verdict, in their order."""
    return tuple(
        one for one in constructions()
        if one.parsed >= parsed and shape in one.shapes and verdict in (one.verdicts or FIRM)
    )  # fmt: skip


def _read(row: dict[str, Any], words: Mapping[str, str]) -> Construction:
    def pattern(name: str) -> re.Pattern[str] | None:
        ways = [row[name]] if isinstance(row.get(name), str) else row.get(name)
        return when_needed(with_words("|".join(ways), words)) if ways else None

    return Construction(
        shapes=tuple(row["shape"]),
        units=tuple(row.get("unit", ())),
        verdicts=tuple(row.get("verdict", ())),
        model=bool(row.get("model")),
        place=bool(row.get("place")),
        bare=bool(row.get("bare")),
        dated=bool(row.get("dated")),
        some_days=bool(row.get("some_days")),
        within=row.get("within"),
        apart=row.get("apart"),
        among=row.get("among"),
        lacking=tuple(row.get("lacking", ())),
        kindless=bool(row.get("kindless")),
        nowhere=bool(row.get("nowhere")),
        states_before=int(row.get("states_before", 0)),
        parsed=bool(row.get("parsed")),
        printed=bool(row.get("printed")),
        time=pattern("time"),
        before=pattern("before"),
        after=pattern("after"),
        between=pattern("between"),
        ahead=pattern("ahead"),
        read_as=pattern("read_as"),
        says=pattern("says"),
        unless=pattern("unless"),
        open=row["open"],
    )


def unsettled(answer: Answer, sentence: Sentence, others: Sequence[Claim], *, parsed: bool = False) -> Answer:
    """The answer, or "cannot tell" where its construction leaves open what is meant. ``parsed``: the grammar of
    sentences gave the answer, which settles all but the constructions that are declared to be open there too.
    """
    if answer.verdict not in (*FIRM, "figure_fits"):
        return answer
    able = _able(answer.claim.shape, answer.verdict, parsed)
    return _withheld(answer, next((one for one in able if one.holds(answer, sentence, others)), None))


def unsettled_as_printed(answers: Sequence[Answer], sentences: Sequence[Sentence]) -> list[Answer]:
    """The answers, without those that an aside of the sentence as printed leaves open: near Savannah, 30 agencies …"""
    by_span = {one.span: one for one in sentences}
    found: list[Answer] = []
    for answer in answers:
        sentence = by_span.get(answer.claim.sentence)
        able = _able(answer.claim.shape, answer.verdict, True) if sentence and answer.verdict in FIRM else ()
        held = next((one for one in able if one.printed and sentence and one.holds(answer, sentence, ())), None)
        found.append(_withheld(answer, held))
    return found


def _withheld(answer: Answer, found: Construction | None) -> Answer:
    if found is None:
        return answer
    reason = f"the sentence leaves open {found.open}. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, settles=answer.settles or SETTLES)
