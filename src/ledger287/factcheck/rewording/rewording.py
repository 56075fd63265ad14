"""All rewordings of a text's sentences, in their order.

What enters: the parsed sentences of a text. What leaves: the same with some of them said again, further sentences for
what one says of its members, and by the span of each new sentence the way back. Promise: a sentence that no rule knows
is as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.asides.cutting import Cut
from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.following import following
from ledger287.factcheck.rewording.making import said_again, taken
from ledger287.factcheck.rewording.members import members_of
from ledger287.factcheck.rewording.parts import leaned_on
from ledger287.factcheck.rewording.plain import plain_words
from ledger287.factcheck.rewording.wholes import all_in_place
from ledger287.factcheck.rewording.wordings import all_in_forms
from ledger287.factcheck.verdicts.answers import Answer

ROLE = "read in a sentence of its own"
"""What the words of a further statement are in the account of the sentence that they are of."""


def reworded(
    parsed: Sequence[Parsed], end: int, dateline: Dateline | None = None
) -> tuple[list[Parsed], dict[Span, Cut]]:
    """The sentences, some of them said again, and the way back by their spans; those added begin behind ``end``."""
    found: list[Parsed] = []
    added: list[Parsed] = []
    ways: dict[Span, Cut] = {}
    for at, one in enumerate(parsed):
        near = [each for each in parsed[max(at - 2, 0) : at] if each.sentence.block == one.sentence.block]
        before = next(iter(leaned_on(one, near)[-1:]), None)
        named = next((made for made in (all_in_place(one), members_of(one)) if made), None)
        if named:
            start = end + 2 + sum(len(other.sentence.text) + 2 for other in added)
            own = said_again(named.pieces, one.sentence, start)
            added.append(own.parsed)
            ways[own.parsed.sentence.span] = own
        pieces = (following(one, before) if before else None) or plain_words(one)
        if named and pieces is None:
            pieces = [taken(one.sentence, 0, named.start), taken(one.sentence, named.end, len(one.sentence.text))]
        if pieces is None:
            found.append(one)
            continue
        made = said_again(pieces, one.sentence, one.sentence.span.start)
        if named:
            offset = one.sentence.span.start
            span = Span(offset + named.start + 1, offset + named.end)
            said = one.sentence.text[named.start + 1 : named.end].lstrip(" ,—–")
            made = replace(made, asides=(Part(Span(span.end - len(said), span.end), ROLE, said),))
        ways[made.parsed.sentence.span] = made
        found.append(made.parsed)
    behind = end + 2 + sum(len(other.sentence.text) + 2 for other in added)
    found, further, ways = all_in_forms(found, ways, behind, dateline)
    return [*found, *added, *further], ways


def _whole_words(parts: Sequence[Part], text: str) -> list[Part]:
    """The parts of an account as printed; those of words that were put in have none of their own."""
    found: list[Part] = []
    for part in parts:
        start, end = part.span.start, part.span.end
        cut = (text[start - 1 : start].isalnum() and text[start : start + 1].isalnum()) or (
            text[end - 1 : end].isalnum() and text[end : end + 1].isalnum()
        )
        if not cut:
            found.append(replace(part, said=text[start:end]))
            continue
        start, end = _outward(start, end, text)
        taken = any(one is not part and one.span.start < end and start < one.span.end for one in parts)
        if not taken:
            found.append(Part(Span(start, end), part.role, text[start:end]))
    return found


def _outward(start: int, end: int, text: str) -> tuple[int, int]:
    """The ends of a stretch, moved to those of the words that they cut."""
    while start and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


REST = 2
"""Letters of a word, and no more, that are left of it where a stretch begins behind it."""


def _in_words(span: Span, text: str) -> Span:
    """A stretch that begins and ends with a word: not "e signed Arizona's first", where a word was put in."""
    start, end = _outward(span.start, span.end, text)
    rest = next((at for at in range(span.start, len(text)) if not text[at].isalnum()), len(text))
    if start < span.start and rest - span.start <= REST:
        start = rest
    while start < end and not text[start].isalnum() and text[start] not in '$“"(':
        start += 1
    return Span(start, end) if start < end else span


SHORTEST = 3
"""Letters of a figure in words: one of fewer is no figure, but the place at which a word was put in."""


def as_printed(answers: Sequence[Answer], ways: dict[Span, Cut], text: str) -> list[Answer]:
    """The answers without those on words that a sentence took from the one before it; their accounts as printed."""
    again = {made.original.span for made in ways.values()}
    worded = {made.original.span for made in ways.values() if made.worded}
    found: list[Answer] = []
    for answer in answers:
        if answer.claim.sentence not in again:
            found.append(answer)
            continue
        figure = answer.claim.figure
        printed = text[figure.span.start : figure.span.end] if figure is not None else ""
        if figure is not None and printed != figure.said:
            if not printed.lower().startswith(("all", "each", "every", "empty", "none")) and (
                answer.claim.sentence not in worded or len(printed.strip()) < SHORTEST
            ):
                continue
            end = figure.span.start + len(printed.rstrip())
            figure = replace(figure, said=printed.rstrip(), span=Span(figure.span.start, end))
        parts = _whole_words(answer.account.parts, text)
        claim = replace(answer.claim, figure=figure)
        if figure is not None and claim.span.start >= claim.span.end:
            claim = replace(claim, span=figure.span)
        claim = replace(claim, span=_in_words(claim.span, text))
        found.append(replace(answer, claim=claim, account=Account(tuple(parts))))
    return found
