"""A page as it is seen: words with boxes, in points from the upper left corner, upright.

What enters: words from a text layer or from a picture. What leaves: ``ReadPage``, its lines, and its text. The module
promises nothing about truth: a word says whether it is drawn on the page or is only hidden under a picture (``drawn``),
and how sure the reader of a picture was of it (``confidence``, 0 to 1).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Found = TypeVar("Found")
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
    _found: dict[Callable[["ReadPage"], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was found on it, by what finds it."""

    def kept(self, find: Callable[["ReadPage"], Found]) -> Found:
        """What a function finds on the page, found once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: Found = self._found[find]
        return found

    @property
    def text(self) -> str:
        """The page's lines, from top to bottom."""
        return self.kept(_said)


def _said(page: ReadPage) -> str:
    return "\n".join(line.text for line in lines(page.words))


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
    for middle, _, index in sorted([(word.middle, word.box[0], index) for index, word in enumerate(words)]):
        word = words[index]
        own = word.box[3] - word.box[1]
        if found and abs(middle - middles / len(found[-1])) < 0.5 * max(4.0, min(own, height)):
            found[-1].append(word)
            middles += middle
        else:
            found.append([word])
            middles = middle
        height = own
    return tuple(Line(tuple(sorted(group, key=_left))) for group in found)


def _left(word: Word) -> float:
    return word.box[0]
