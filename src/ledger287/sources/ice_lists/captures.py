"""Captures of one page by a web archive: the time of the capture is in each document's URL, the rest is the same.

What enters: the time in a capture's name, and the parts of its workbook. What leaves: a key that captures of one
content share, so that it is parsed once. Promise: workbooks with one key have the same rows, once the time of each is
taken out of its cells, where one of them is ``plainly_written``.
"""

import re
from datetime import datetime
from hashlib import blake2b

from ledger287.sources.ice_lists.workbooks.package import Parts

CAPTURE = "{capture}"
"""What a row has in place of the time of the capture."""
ASIDE = "docProps/"
"""Parts that say who saved the workbook, and when; no cell is in them."""
UNSEEN = re.compile(rb"<(?:\w+:)?r[\s>]|&#(?:x|0*(?:\d\d?|1[01]\d|12[0-7]);)|<!")
"""Text in runs, ASCII by its number, and what XML quotes: a time in these may be one that no search finds."""
CELLS = ("xl/worksheets/", "xl/sharedStrings")
"""Parts that have the texts and URLs of cells."""


def taken_out(at: datetime | None) -> tuple[str, str] | None:
    """What the texts of a capture have for its time, and what is kept in its place."""
    return (f"/web/{at:%Y%m%d%H%M%S}", f"/web/{CAPTURE}") if at else None


def content_key(parts: Parts, at: datetime) -> bytes:
    """The same for captures that differ in their time alone."""
    before, after = map(str.encode, taken_out(at) or ("", ""))
    digest = blake2b(digest_size=16)
    for name in sorted(parts):
        if name.startswith(ASIDE):
            continue
        part = parts[name]
        if name.startswith(CELLS):
            part = part.replace(before, after)
        digest.update(b"%s\0%d\0" % (name.encode(), len(part)))
        digest.update(part)
    return digest.digest()


def plainly_written(parts: Parts) -> bool:
    """Whether the time of a capture is in the XML wherever it is in a cell."""
    return not any(UNSEEN.search(part) for name, part in parts.items() if name.startswith(CELLS))
