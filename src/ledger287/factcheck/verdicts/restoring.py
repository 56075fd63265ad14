"""Answers on a gloss -> the same on the text that was printed: each span put back to where its words are.

What enters: the answers on a gloss, and the gloss. What leaves: the answers on the original article. Promise:
verdicts stay; every span, the words of the account, and the words that a reason quotes are those of the original text.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.extract.model import Claim, Figure
from ledger287.factcheck.text.spanish import DOUBTFUL, Gloss
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
    figure = answer.claim.figure
    if figure:
        span = gloss.back(figure.span)
        printed = gloss.original.text[span.start : span.end]
        reason = reason.replace(f"reading gives {figure.said}.", f"reading gives {printed}.")
    return reason


def _claim(claim: Claim, gloss: Gloss) -> Claim:
    when = replace(claim.when, span=gloss.back(claim.when.span)) if claim.when.span else claim.when
    return replace(
        claim,
        span=gloss.back(claim.span),
        sentence=gloss.back(claim.sentence),
        figure=_figure(claim.figure, gloss),
        when=when,
    )


def _figure(figure: Figure | None, gloss: Gloss) -> Figure | None:
    return replace(figure, span=gloss.back(figure.span)) if figure else None
