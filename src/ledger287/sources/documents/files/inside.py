"""What is inside a PDF other than pages: scripts, programs to start, attached files.

What enters: an open PDF. What leaves: ``Content``. Names are looked for in a copy that the PDF library writes piece by
piece and that is not kept: there every object is plain, those too that the file itself packs, encrypts or spells in
another way. The module promises that nothing is run, unpacked or opened.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

SCRIPTS = (b"JavaScript", b"Launch", b"RichMedia", b"XFA", b"Rendition", b"SubmitForm", b"ImportData")
"""What acts when a document is opened or used: scripts, programs, players, forms that send their values."""
ATTACHED = b"FileAttachment"
NAME = re.compile(rb"/(" + b"|".join((*SCRIPTS, ATTACHED)) + rb")(?=[\s/<>\[\]()%])")
LONGEST = 64
"""More bytes than a name has, kept from one piece for the next."""


@cache
def pdfium() -> Any:
    """The PDF library, loaded when a document is read."""
    import pypdfium2

    return pypdfium2


@dataclass(frozen=True, slots=True)
class Content:
    """What is inside other than pages. ``attached`` counts files of the document, and pages' marks with a file."""

    scripts: tuple[str, ...]
    attached: int


class CannotLook(Exception):
    """The document is so damaged that no copy of it can be written."""


class _Copy:
    """Takes the copy in pieces, and keeps only which names were in it."""

    def __init__(self) -> None:
        self.names: list[bytes] = []
        self._rest = b""

    def write(self, piece: Any) -> None:
        held = self._rest + bytes(piece)
        kept = max(0, len(held) - LONGEST)
        found = [match for match in NAME.finditer(held) if match.start() < kept]
        self.names += [match[1] for match in found]
        self._rest = held[kept:]

    def close(self) -> list[bytes]:
        return self.names + NAME.findall(self._rest)


def content_of(document: Any) -> Content:
    """What a document has inside other than pages."""
    copy = _Copy()
    try:
        document.save(copy)
    except pdfium().PdfiumError as error:
        raise CannotLook(str(error)) from error
    names = copy.close()
    scripts = sorted({name.decode() for name in names if name != ATTACHED})
    return Content(tuple(scripts), document.count_attachments() + names.count(ATTACHED))
