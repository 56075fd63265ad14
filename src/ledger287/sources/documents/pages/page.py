"""A page as it is seen: words with boxes, in points from the upper left corner, upright.

What enters: words from a text layer or from a picture. What leaves: ``ReadPage``, its lines, and its text. The module
promises nothing about truth: a word says whether it is drawn on the page or is only hidden under a picture (``drawn``),
and how sure the reader of a picture was of it (``confidence``, 0 to 1).
"""

from dataclasses import dataclass, field
from typing import Literal

Box = tuple[float, float, float, float]
Kind = Literal["text", "picture", "blank"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box: left, top, right, bottom."""

    text: str
    box: Box
    drawn: bool
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """The height of its middle line."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """The height of its box."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The line's words, one space between two."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around the line."""
        return around(self.words)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page, ``number`` counted from 1. ``turned`` is by how much it was turned to be upright, clockwise.

    ``skew`` is by how many degrees its lines sloped before it was leveled; 0 on most pages.
    """

    number: int
    width: float
    height: float
    kind: Kind
    words: tuple[Word, ...]
    turned: int = 0
    skew: float = 0.0
    _said: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """Its text, once it was needed."""

    @property
    def text(self) -> str:
        """The page's lines, from top to bottom."""
        if not self._said:
            self._said.append("\n".join(line.text for line in lines(self.words)))
        return self._said[0]


def around(words: tuple[Word, ...]) -> Box:
    """The box around words."""
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def lines(words: tuple[Word, ...]) -> tuple[Line, ...]:
    """Words as lines from top to bottom: a word belongs to a line whose middle its own middle is near."""
    found: list[list[Word]] = []
    middles = height = 0.0
    for middle, _, word in sorted([(word.middle, word.box[0], word) for word in words], key=lambda row: row[:2]):
        if found and abs(middle - middles / len(found[-1])) < 0.5 * max(4.0, min(word.height, height)):
            found[-1].append(word)
            middles += middle
        else:
            found.append([word])
            middles = middle
        height = word.height
    return tuple(Line(tuple(sorted(group, key=lambda word: word.box[0]))) for group in found)
