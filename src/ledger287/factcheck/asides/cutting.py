"""A sentence without its asides, and the way back to the sentence as printed.

What enters: a parsed sentence. What leaves: the same without its asides, and for answers on it the spans of the
original text, with the asides in their accounts. Promise: each character that remains keeps its place in the
original; what was cut is named in the account of every claim of the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger287.factcheck.asides.barring import Aside
from ledger287.factcheck.asides.finding import asides_in
from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.extract.model import Claim, Figure, Span
from ledger287.factcheck.parse.parsing import Parsed, parse
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer

ROLE = "an aside: says nothing of the count"
"""What an aside was read as."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence without its asides; ``places`` are those of its characters in the original text; ``worded`` that a
    figure of it may be printed in other words (a quarter: 25%).
    """

    parsed: Parsed
    original: Sentence
    places: tuple[int, ...]
    asides: tuple[Part, ...]
    worded: bool = False

    def back(self, span: Span) -> Span:
        """The original stretch of one of the shorter sentence."""
        offset = self.parsed.sentence.span.start
        first = min(max(span.start - offset, 0), len(self.places) - 1)
        last = min(max(span.end - 1 - offset, first), len(self.places) - 1)
        ends = sorted((self.places[first], self.places[last]))
        return Span(ends[0], ends[1] + 1)


def cut(parsed: Parsed) -> Cut | None:
    """A sentence without its asides; None where it has none."""
    found = asides_in(parsed)
    if not found:
        return None
    sentence, offset = parsed.sentence, parsed.sentence.span.start
    text: list[str] = []
    places: list[int] = []
    parts: list[Part] = []
    at = 0
    for aside in found:
        start, end = _bounds(parsed, aside)
        _keep(text, places, sentence, at, start)
        if aside.keep:
            text.append(aside.keep)
            places.append(offset + start)
        parts.append(_part(parsed, aside))
        at = end
    _keep(text, places, sentence, at, len(sentence.text))
    said = "".join(text)
    short = replace(sentence, text=said[:1].upper() + said[1:], span=Span(offset, offset + len(said)))
    return Cut(parse(short), sentence, tuple(places), tuple(parts))


def _keep(text: list[str], places: list[int], sentence: Sentence, start: int, end: int) -> None:
    text.append(sentence.text[start:end])
    places += range(sentence.span.start + start, sentence.span.start + end)


def _bounds(parsed: Parsed, aside: Aside) -> tuple[int, int]:
    """The characters of an aside, with one of the blanks around it."""
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    start = parsed.tokens[aside.first].span.start - offset
    end = parsed.tokens[aside.end - 1].span.end - offset
    if start and text[start - 1] == " " and (aside.keep or end == len(text) or not text[end].isalnum()):
        start -= 1
    elif not start or text[start - 1] == " ":
        end += end < len(text) and text[end] == " "
    return start, end


def _part(parsed: Parsed, aside: Aside) -> Part:
    said = [token for token in parsed.tokens[aside.first : aside.end] if token.kind != "MARK"]
    span = Span(said[0].span.start, said[-1].span.end)
    offset = parsed.sentence.span.start
    return Part(span, aside.role or ROLE, parsed.sentence.text[span.start - offset : span.end - offset])


def restored(answer: Answer, cuts: dict[Span, Cut]) -> Answer:
    """An answer on a shorter sentence as one on the sentence as printed, with its asides."""
    made = cuts.get(answer.claim.sentence)
    if made is None:
        return answer
    parts = [replace(part, span=made.back(part.span)) for part in answer.account.parts]
    account = Account(tuple(sorted((*parts, *made.asides), key=lambda part: part.span.start)))
    return replace(answer, claim=_claim(answer.claim, made), account=account)


def _claim(claim: Claim, made: Cut) -> Claim:
    when = replace(claim.when, span=made.back(claim.when.span)) if claim.when.span else claim.when
    return replace(claim, span=made.back(claim.span), sentence=made.original.span, figure=_figure(claim.figure, made),
                   when=when)  # fmt: skip


def _figure(figure: Figure | None, made: Cut) -> Figure | None:
    return replace(figure, span=made.back(figure.span)) if figure else None


def without_asides(parsed: Sequence[Parsed]) -> tuple[list[Parsed], dict[Span, Cut]]:
    """Sentences without their asides, and the cuts by the span of the shorter sentence."""
    found: list[Parsed] = []
    cuts: dict[Span, Cut] = {}
    for one in parsed:
        made = cut(one)
        found.append(made.parsed if made else one)
        if made:
            cuts[made.parsed.sentence.span] = made
    return found, cuts
