"""Print over print: a day with other letters typed on top of it, which a program for PDFs leaves side by side.

What enters: the words of a day, and those of its page. What leaves: whether others are printed over them. The module
promises that a dotted rule under a day, or the same day printed twice for bold, is nothing typed over it.
"""

from collections.abc import Sequence

from ledger287.sources.documents.pages.page import Box, Word

OVER = 0.3
"""The share of the smaller of two words that is under the other, from which one is over the other."""
WIDE = 1.5
"""No letter is so many times as wide as it is high."""
RULES = frozenset("._…")
"""The signs of rules on which is typed."""


def is_typed_over(own: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether another word is printed at the place of one of a day's own words."""
    if not own:
        return False
    top, bottom = min(word.box[1] for word in own), max(word.box[3] for word in own)
    near = [word for word in words if word.box[1] < bottom and word.box[3] > top and not _is_rule(word)]
    return any(other.text != one.text and _over(one.box, other.box) for one in own for other in near)


def _is_rule(word: Word) -> bool:
    """Whether a word is a rule, or has swallowed one, as labels do: it is wider than its letters."""
    return (
        RULES.issuperset(word.text)
        or "_" in word.text
        or word.box[2] - word.box[0] > WIDE * word.height * len(word.text)
    )


def _over(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across > 0 and down > 0 and across * down >= OVER * least
