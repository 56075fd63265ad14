"""The words of a text layer at a place of a page of signatures.

What enters: the words of a page, and a box. What leaves: those in it, their lines, and these as one text. The module
promises nothing of what they mean.
"""

import re
from collections.abc import Sequence

from ledger287.sources.documents.pages.page import Box, Word, lines

DIGITAL = re.compile(r"d[il1]?g[il1|!]t|[s5][il1|!]gned")
"""The words of a digital signature's stamp, as poor readers have them too."""


def is_digital(words: Sequence[Word]) -> bool:
    """Whether words of a text layer are those of a digital signature's stamp."""
    return DIGITAL.search(" ".join(word.text for word in words).casefold()) is not None


def words_in(words: tuple[Word, ...], box: Box) -> list[Word]:
    return [
        word
        for word in words
        if box[1] <= word.middle <= box[3] and word.box[2] > box[0] + 2 and word.box[0] < box[2] - 2
    ]


def lines_of(words: Sequence[Word]) -> list[str]:
    return [line.text for line in lines(tuple(words))]


def joined(words: Sequence[Word]) -> str:
    text = " ".join(lines_of(words))
    return YEAR_IN_BLANKS.sub(r"20\1", text.replace("Date:", " ")).replace("_", " ")


YEAR_IN_BLANKS = re.compile(r"\b20_+(\d\d)(?!\d)")
"""A year of which a form prints the century, and its blank was filled in: 20_25_."""
