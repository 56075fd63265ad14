"""Whether a printed day has, sign by sign, the shapes of the digits and letters that the text layer says.

What enters: the words of a day, their page, and the open page. What leaves: ``PrintSeen``. A font can draw another
digit than the one that it says, and a few points of ink, or of white, make another digit of one; what is seen is cut
into signs from left to right and held against common fonts (``reference``). The module promises that a day is ``SO``
only where each sign is clearly more like its own than like any other, and ``OTHERWISE`` only where one is clearly more
like another, or the same digit is seen in two shapes; fonts that differ much, signs that touch, and print with
anything across it are ``UNSURE``, and the caller looks at the picture then.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from ledger287.sources.documents.fields.signed_pages.days import NAMED
from ledger287.sources.documents.fields.signed_pages.seen.reference import references, shape_of
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import ReadPage, Word, around

DPI = 220
POINT = DPI / 72
"""Pixels to a point."""
BESIDE, ABOVE = 1.2, 2.0
"""How much of the page around words is drawn, in points, at their sides and above and below."""
FAINT = 60
"""By fewer shades than this ink hardly differs from its paper."""
SMALL = 3.0
"""Print that is lower than this, in points, can hardly be seen."""
LIKE, CLEAR = 0.8, 0.1
"""How like a digit is to its own shape at least, and by how much more than to another digit's."""
LETTER, NEARLY = 0.7, 0.02
"""How like a letter is to its own shape at least, and by how much less than to another letter's at most."""
SAME = 0.9
"""How like two shapes of the same digit of a word are at least."""
LOW = 0.5
"""Marks are lower than this share of the highest sign, digits and letters are not."""
ONE = 0.6
"""Parts that are over each other by this share of the narrower one are of one sign: the dot of an i."""
MARKS, TWO_MARKS = frozenset(".,'’-"), frozenset(":;")
RULE, THIN = 0.85, 4
"""A part so wide, as a share of the picture, and so few pixels high, above or below the words, is a rule."""
OVER = 2.5
"""So far, in pixels, a sign may reach above and below the box of its word."""
Part = list[int]
"""Left, top, right and bottom of ink, in pixels, and of how many connected parts it is."""


class PrintSeen(Enum):
    """How a day is seen: as the text layer says it, otherwise, or neither for sure."""

    SO = "so"
    OTHERWISE = "otherwise"
    UNSURE = "unsure"


def shapes_of(words: Sequence[Word], page: ReadPage, source: Any) -> PrintSeen:
    """Whether all numbers and months among words are seen with the shapes of their signs.

    A day that is seen so is not hidden, whatever is over it: the page is drawn as a whole.
    """
    dated = [word for word in words if any(map(str.isdigit, word.text)) or NAMED.search(word.text)]
    if not dated or min(word.height for word in dated) < SMALL:
        return PrintSeen.UNSURE
    left, top, right, bottom = around(tuple(dated))
    left, top = max(0.0, left - BESIDE), max(0.0, top - ABOVE)
    place = (left, top, min(page.width, right + BESIDE), min(page.height, bottom + ABOVE))
    picture = ocr.draw_place(page, source, DPI, place)
    found = [_shapes_of(word, picture, left, top) for word in dated] if picture.size else []
    return next((one for one in (PrintSeen.OTHERWISE, PrintSeen.UNSURE) if one in found or not found), PrintSeen.SO)


def _shapes_of(word: Word, picture: Any, left: float, top: float) -> PrintSeen:
    """How a word is seen in a picture whose upper left corner is at a place of the page."""
    import numpy as np

    x0, x1 = (word.box[0] - BESIDE - left) * POINT, (word.box[2] + BESIDE - left) * POINT
    y0, y1 = (word.box[1] - ABOVE - top) * POINT, (word.box[3] + ABOVE - top) * POINT
    at = (max(0, round(y0)), max(0, round(x0)))
    own = picture[at[0] : max(0, round(y1)), at[1] : max(0, round(x1))]
    if not own.size:
        return PrintSeen.UNSURE
    darkest, paper = int(own.min()), int(np.percentile(own, 80))
    if paper - darkest < FAINT:
        return PrintSeen.UNSURE
    box = [
        (side - corner) * POINT - start
        for side, corner, start in zip(word.box, (left, top) * 2, (at[1], at[0]) * 2, strict=True)
    ]
    signs = _signs(_parts(own < (paper + darkest) / 2), own.shape[1], box)
    if len(signs) != len(word.text):
        return PrintSeen.UNSURE
    inside = (box[1] - OVER, box[3] + OVER)
    return _held(word.text.lower(), signs, inside, np.clip((paper - own.astype(np.float32)) / (paper - darkest), 0, 1))


def _held(text: str, signs: Sequence[Part], inside: tuple[float, float], ink: Any) -> PrintSeen:
    """Each sign of a text held against the shapes of its own kind; what touches another line's is not sure."""
    tall = max(bottom - top for _, top, _, bottom, _ in signs)
    sure = True
    digits: dict[str, Any] = {}
    for said, (left, top, right, bottom, many) in zip(text, signs, strict=True):
        low = bottom - top <= LOW * tall
        if said in MARKS or said in TWO_MARKS:
            sure = sure and (low or said in TWO_MARKS)
            continue
        touched = top < inside[0] or bottom > inside[1] or (said.isdigit() and many > 1)
        if low or touched or said not in references().signs:
            sure = False
            continue
        shape = shape_of(ink[top:bottom, left:right])
        best, other = references().likeness(said, shape)
        if said.isalpha():
            sure = sure and best >= LETTER and best >= other - NEARLY
            continue
        if said.isdigit() and (other - best >= CLEAR or float(digits.setdefault(said, shape) @ shape) < SAME):
            return PrintSeen.OTHERWISE
        sure = sure and best >= LIKE and best - other >= CLEAR
    return PrintSeen.SO if sure else PrintSeen.UNSURE


def _signs(parts: Sequence[Part], wide: int, box: Sequence[float]) -> list[Part]:
    """The signs of a word from left to right; what is off its box, and rules above and below it, is none of them."""
    found: list[Part] = []
    for left, top, right, bottom, many in sorted(parts):
        off = not box[0] - 1 <= (left + right) / 2 <= box[2] + 1 or bottom <= box[1] + 1 or top >= box[3] - 1
        rule = right - left >= RULE * wide and bottom - top <= THIN and (top >= box[3] - 2 or bottom <= box[1] + 2)
        if off or rule or max(right - left, bottom - top) <= 1:
            continue
        last = found[-1] if found else None
        if last and min(last[2], right) - max(last[0], left) >= ONE * min(last[2] - last[0], right - left):
            last[:] = [last[0], min(last[1], top), max(last[2], right), max(last[3], bottom), last[4] + many]
        else:
            found.append([left, top, right, bottom, many])
    return found


def _parts(dark: Any) -> list[Part]:
    """The connected parts of what is dark: runs of each row, joined with those that they touch in the row above."""
    import numpy as np

    edges = np.diff(np.pad(dark.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, begins = (side.tolist() for side in np.nonzero(edges > 0))
    ends = np.nonzero(edges < 0)[1].tolist()
    parent: list[int] = []
    above: list[tuple[int, int, int]] = []
    here: list[tuple[int, int, int]] = []
    before = -1

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for number, (row, begin, end) in enumerate(zip(rows, begins, ends, strict=True)):
        if row != before:
            above, here = here if row == before + 1 else [], []
            before = row
        parent.append(number)
        for left, right, other in above:
            if left <= end and right >= begin:
                one, two = root(number), root(other)
                parent[max(one, two)] = min(one, two)
        here.append((begin, end, number))
    found: dict[int, Part] = {}
    for number, (row, begin, end) in enumerate(zip(rows, begins, ends, strict=True)):
        part = found.setdefault(root(number), [begin, row, end, row + 1, 1])
        part[:4] = min(part[0], begin), min(part[1], row), max(part[2], end), max(part[3], row + 1)
    return list(found.values())
