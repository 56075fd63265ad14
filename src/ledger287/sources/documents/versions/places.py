"""A change of a document and the words of its page -> the boxes of the lines that say it.

What enters: a page as words with boxes, and a change. What leaves: one box a line, in points of the upright page; none
where the page's words are too unlike those of the change. Of what was omitted, the place is the words before it.
"""

from difflib import SequenceMatcher

from ledger287.sources.documents.pages.page import Box, ReadPage, Word, lines
from ledger287.sources.documents.versions.words import plain_words

MARGIN = 2.0
"""Points around a line."""
ENOUGH = 3
"""So many words in a row must be the same for a place to be believed."""


def boxes_of_words(page: ReadPage, context: str, after: str) -> list[Box]:
    """The lines of a page that say some words; ``context`` are the words before them, and the place of none."""
    said: list[tuple[str, Word]] = []
    for line in lines(page.words):
        said += [(part, word) for word in line.words for part in plain_words(word.text)]
    before, wanted = plain_words(context), plain_words(after)
    sought, tokens = [*before, *wanted], [part for part, _ in said]
    same = SequenceMatcher(None, sought, tokens, autojunk=False).find_longest_match()
    if same.size < min(ENOUGH, len(sought)) or not sought:
        return []
    start = same.b - same.a
    first, last = (start + len(before), start + len(sought)) if wanted else (start, start + len(before))
    words = {id(word): word for _, word in said[max(0, first) : max(0, last)]}
    return [_wider(line.box) for line in lines(tuple(words.values()))]


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
