"""Answers on a gloss -> the same on the text that was printed: each span put back to where its words are.

What enters: the answers on a gloss, and the gloss. What leaves: the answers on the original article. Promise:
verdicts stay; every span, the words of the account, and the words that a reason quotes are those of the original text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.extract.model import Claim, Figure, Span
from ledger287.factcheck.text.gloss import Gloss
from ledger287.factcheck.text.in_spanish.in_english import DOUBTFUL
from ledger287.factcheck.verdicts.answers import Answer, Checked


def restored(checked: Checked, gloss: Gloss) -> Checked:
    """The answers of a gloss on the original article."""
    answers = tuple(_answer(answer, gloss) for answer in checked.answers)
    return replace(checked, article=gloss.original, answers=answers)


def _answer(answer: Answer, gloss: Gloss) -> Answer:
    parts = []
    for part in answer.account.parts:
        span = gloss.back(part.span)
        parts.append(replace(part, span=span, said=gloss.original.text[span.start : span.end]))
    reason = _as_printed(answer, parts, gloss)
    return replace(answer, claim=_claim(answer.claim, gloss), account=Account(tuple(parts)), reason=reason)


def _as_printed(answer: Answer, parts: Sequence[Part], gloss: Gloss) -> str:
    """The reason with the story's own words where it quotes words of the gloss."""
    reason = answer.reason
    for ours, own in zip(answer.account.parts, parts, strict=True):
        shown = f"“{own.said}” (its point may be a decimal sign)" if ours.said == DOUBTFUL else f"“{own.said}”"
        reason = reason.replace(f"“{ours.said}”", shown)
    reason = TWICE.sub(r"\1", reason)
    figure, when = answer.claim.figure, answer.claim.when
    if figure:
        reason = _said_by(reason, FIGURES, figure.said, _printed(figure.span, gloss))
    if when.span and when.said:
        reason = _said_by(reason, TIMES, when.said, _printed(when.span, gloss))
    return reason


TWICE = when_needed(r"(“[^”]+”)(?:, \1)+")
"""Two English words of one Spanish phrase are shown as it, once."""
FIGURES = (
    "reading gives {}.",
    "{} is between ",
    "story give {};",
    ", not {}.",
    "by then, and {} on ",
    "of {}: the record",
)
"""What the checker says around a figure of the story."""
TIMES = ("not then ({}),", "{} is not in the record:")
"""And around a time."""


def _said_by(reason: str, frames: Sequence[str], ours: str, printed: str) -> str:
    """A reason with the printed words in its frames."""
    for frame in frames:
        if frame.format(ours) in reason:
            reason = reason.replace(frame.format(ours), frame.format(printed))
    return reason


def _printed(span: Span, gloss: Gloss) -> str:
    found = gloss.back(span)
    return gloss.original.text[found.start : found.end]


def _claim(claim: Claim, gloss: Gloss) -> Claim:
    when = replace(claim.when, span=gloss.back(claim.when.span)) if claim.when.span else claim.when
    return replace(
        claim,
        span=gloss.back(claim.span),
        sentence=gloss.back(claim.sentence),
        figure=_figure(claim.figure, gloss),
        when=when,
        wording=replace(claim.wording, speaker=_speaker(claim, gloss)),
    )


def _speaker(claim: Claim, gloss: Gloss) -> str | None:
    """Who speaks, as the story names them; None where their words are not next to the claim's sentence."""
    if claim.wording.speaker is None:
        return None
    block = next((one for one in gloss.article.blocks if one.start <= claim.sentence.start < one.end), claim.sentence)
    words = r"\s+".join(map(re.escape, claim.wording.speaker.split()))
    named = re.search(words, gloss.article.text[block.start : block.end])
    if named is None:
        return None
    return SAYING.sub(
        "", " ".join(_printed(Span(block.start + named.start(), block.start + named.end()), gloss).split())
    )


SAYING = when_needed(r"^(?:dij[oe]\w*|según|\w+(?:ó|aron|ieron)) (?=(?:un|una|el|la|los|las|su|sus)\b|[A-ZÁÉÍÓÚÑ])")
"""The verb that Spanish has before its speaker, where both are one phrase in English."""


def _figure(figure: Figure | None, gloss: Gloss) -> Figure | None:
    return replace(figure, span=gloss.back(figure.span)) if figure else None
