"""Paragraphs of an article that are not in the plain English of the vocabulary -> the same in it, with the way back.

What enters: an article. What leaves: a gloss, an article whose Spanish paragraphs are put in English word by word and
whose rarer English words are the plain ones, and which original stretch each of its stretches stands for. Promise: a
word that is not declared stays as it is, and so is an unread word.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.text.in_spanish.in_english import pieces_of, separator_of
from ledger287.factcheck.text.languages import language_of
from ledger287.factcheck.text.synonyms import in_plain_words


@dataclass(frozen=True, slots=True)
class Gloss:
    """An article in English words, and the original stretch of each of its stretches."""

    article: Article
    original: Article
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int, bool], ...]
    """Where each stretch is in the original, and whether it is there letter by letter."""

    def back(self, span: Span) -> Span:
        """The original stretch of one of the gloss, without the spaces at its ends."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = max(bisect_right(self.starts, max(span.end - 1, span.start)) - 1, first)
        found = [self._part(at, span) for at in range(first, last + 1)]
        start, end = min(start for start, _ in found), max(end for _, end in found)
        said = self.original.text[start:end]
        before = len(said) - len(said.lstrip())
        return Span(start + before, start + len(said.rstrip())) if said.strip() else Span(start, end)

    def _part(self, at: int, span: Span) -> tuple[int, int]:
        """What a stretch has of a span: of one that is there letter by letter, these letters."""
        start, end, same = self.pieces[at]
        if not same:
            return start, end
        begins = self.starts[at]
        first = start + max(span.start - begins, 0)
        return min(first, end - 1), max(min(start + span.end - begins, end), first + 1)


def glossed(article: Article) -> Gloss | None:
    """The gloss of an article that has Spanish blocks or rare English words; None for one that has neither."""
    parts = [article.text[one.start : one.end] for one in article.blocks]
    spanish = [language_of(part) == "Spanish" for part in parts]
    plainer = [None if own else in_plain_words(part) for part, own in zip(parts, spanish, strict=True)]
    if not any(spanish) and not any(plainer):
        return None
    separator = separator_of(article.text) if any(spanish) else None
    text: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int, bool]] = []
    blocks: list[Span] = []
    length = 0
    for block, said, translated, plain in zip(article.blocks, parts, spanish, plainer, strict=True):
        first = length
        pieces = pieces_of(said, separator) if translated else plain or [(0, len(said), said)]
        for start, end, english in pieces:
            if english:
                starts.append(length)
                places.append((block.start + start, block.start + end, english == said[start:end]))
            text.append(english)
            length += len(english)
        blocks.append(Span(first, length))
        text.append("\n\n")
        length += 2
    inner = replace(article, text="".join(text), blocks=tuple(blocks), origin=((0, 0),), pages=())
    return Gloss(inner, article, tuple(starts), tuple(places))
