"""The day of a digital signature, from the stamp that it leaves in a column: Date: 2025.03.18 09:52:57.

What enters: the box in which a stamp would be, its page, and the open page for its picture. What leaves: the days that
its readings say, each counted: that of the text layer, and looks at the picture. The module promises to look at the
line alone where the text layer says which one has the day, and at the lines of the box only where that fails.
"""

from collections import Counter
from datetime import date
from typing import Any

from ledger287.sources.documents.fields.signed_pages.days import stamp_days
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage, Word

SIZES = (220, 300)
"""The resolutions at which a stamp is looked at."""
FOUND_AT = (150, 300)
"""The resolutions at which its lines are found: the second for print of 3 or 4 points only."""
DIGITS = 4
"""A word of the text layer with so many digits can be the day of a stamp."""
BEFORE, BEHIND, AROUND = 3.0, 45.0, 1.5
"""How much of its line, in points, is looked at before such a word, behind it, and above and below."""


def stamped_days(words: list[Word], box: Box, page: ReadPage, source: Any, wanted: bool) -> Counter[date]:
    """The days of a stamp; pictures are looked at only where one is ``wanted`` or the text layer has one."""
    layer = stamp_days(" ".join(word.text for word in words))
    found: Counter[date] = Counter(layer)
    if not layer and not wanted:
        return found
    for word in words:
        if sum(map(str.isdigit, word.text)) >= DIGITS:
            said = _on_the_line(word, box, page, source)
            if len(said) == 1 and said.total() == len(SIZES) and not set(found) - set(said):
                return found + said
    if len(found) == 1 and found.total() > 1:
        return found  # the text layer and a look agree
    return found + _among_lines(box, page, source)


def _on_the_line(word: Word, box: Box, page: ReadPage, source: Any) -> Counter[date]:
    """The days that looks at the line of a word say, one at each size."""
    left, top, right, bottom = word.box
    place = (left - BEFORE, top - AROUND, min(right + BEHIND, box[2]), bottom + AROUND)
    return Counter(day for dpi in SIZES for day in _looked(place, dpi, page, source))


def _among_lines(box: Box, page: ReadPage, source: Any) -> Counter[date]:
    """The days of the line that has one, found in the picture: the smallest print first, as stamps are set."""
    left, top = max(0.0, box[0]), max(0.0, box[1])
    for found_at in FOUND_AT:
        seen = ocr.found_lines(ocr.draw_place(page, source, found_at, box), found_at)
        for line in sorted(seen, key=lambda one: one[3] - one[1]):
            place = (left + line[0], top + line[1], left + line[2], top + line[3])
            for dpi, other in (SIZES, SIZES[::-1]):
                if days := _looked(place, dpi, page, source):
                    return Counter([*days, *_looked(place, other, page, source)])
    return Counter()


def _looked(place: Box, dpi: int, page: ReadPage, source: Any) -> set[date]:
    seen = look(ocr.draw_place(page, source, dpi, place))
    return stamp_days(seen.text) if seen else set()
