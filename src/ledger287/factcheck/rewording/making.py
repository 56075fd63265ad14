"""A sentence said again from pieces of the text and words put between them; each character keeps a place in the text.

What enters: pieces of text with the stretch that each is of. What leaves: a ``Cut`` as asides have it, so that answers
on the new sentence are given back as answers on the printed one. Promise: a word that was put in has the place of what
it is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger287.factcheck.asides.cutting import Cut
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import parse
from ledger287.factcheck.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and the stretch of the article that it is of; ``said`` of another length has all of that stretch."""

    said: str
    span: Span


def taken(sentence: Sentence, start: int, end: int) -> Piece:
    """A stretch of a sentence by the places of its own text."""
    offset = sentence.span.start
    return Piece(sentence.text[start:end], Span(offset + start, offset + end))


def behind(token: Token, sentence: Sentence) -> Piece:
    """All that follows a token, up to the end of its sentence."""
    return taken(sentence, token.span.end - sentence.span.start, len(sentence.text))


def said_again(pieces: Sequence[Piece], original: Sentence, start: int) -> Cut:
    """A sentence of some pieces, which begins at a place of its own."""
    text: list[str] = []
    places: list[int] = []
    for piece in pieces:
        text.append(piece.said)
        same = len(piece.said) == piece.span.end - piece.span.start
        if same:
            places += range(piece.span.start, piece.span.end)
        else:
            last = max(piece.span.end - 1, piece.span.start)
            places += [min(piece.span.start + at, last) for at in range(len(piece.said) - 1)] + [last]
    said = "".join(text)
    made = replace(original, text=said[:1].upper() + said[1:], span=Span(start, start + len(said)))
    return Cut(parse(made), original, tuple(places), ())
