"""A small mark on a printed day: a stroke, a dot or a picture by which one digit may pass for another, a 6 for an 8.

What enters: the words of a day, their page, and the open page. What leaves: whether anything but print is drawn within
one of them. The module promises that rules, frames and signatures, which reach beyond a word, are no marks; what is
drawn across a day is a matter of its own (``struck``).
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from ledger287.sources.documents.fields.signed_pages.seen.struck import on_page
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages.page import Box, ReadPage, Word

FOOT, HEAD = 0.22, 0.1
"""The shares of a word's height, at its foot and its head, in which a mark touches no digit."""
BESIDE = 0.5
"""So far, in points, a mark may reach beyond the word that it is on."""
EDGE = 3.0
"""So much wider, in points, than what it draws the place of a note can be."""
DEEPEST = 4
"""So many forms inside forms are looked into."""


def is_marked(words: Sequence[Word], page: ReadPage, source: Any) -> bool:
    """Whether something else is drawn within one of the words, no wider than that word."""
    if page.kind != "text" or page.turned or page.skew:
        return False
    dated = [word.box for word in words if any(map(str.isdigit, word.text))]
    return bool(dated) and any(_is_on(mark, word) for mark in _marks(source) for word in dated)


def _marks(source: Any) -> Iterator[Box]:
    """The places of everything on the page that is no print, and of notes that are drawn."""
    raw = pdfium().raw
    for item in source.get_objects(max_depth=1):
        yield from (_upright(box, source) for box in _drawn(raw, item.raw, pdfium().PdfMatrix(), 0))
    unseen = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_HIGHLIGHT)
    for index in range(raw.FPDFPage_GetAnnotCount(source.raw)):
        note, area = raw.FPDFPage_GetAnnot(source.raw, index), raw.FS_RECTF()
        drawn = raw.FPDFAnnot_GetSubtype(note) not in unseen and raw.FPDFAnnot_GetRect(note, area)
        raw.FPDFPage_CloseAnnot(note)
        if drawn:
            yield _upright((area.left + EDGE, area.bottom + EDGE, area.right - EDGE, area.top - EDGE), source)


def _drawn(raw: Any, item: Any, matrix: Any, depth: int) -> Iterator[Box]:
    """The bounds of an object that is no print, or of those in a form, which has coordinates of its own."""
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        inner = pdfium().PdfMatrix.from_raw(own).multiply(matrix)
        for at in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _drawn(raw, raw.FPDFFormObj_GetObject(item, at), inner, depth + 1)
    elif kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM):
        sides = [ctypes.c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(item, *sides):
            yield matrix.on_rect(*(side.value for side in sides))


def _upright(bounds: Box, source: Any) -> Box:
    """Bounds in the file's coordinates (left, bottom, right, top) on the upright page."""
    left, bottom, right, top = bounds
    (x0, y0), (x1, y1) = (on_page(pdfium().raw, source, x, y) for x, y in ((left, bottom), (right, top)))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_on(mark: Box, word: Box) -> bool:
    left, top, right, bottom = word
    high = bottom - top
    within = mark[0] >= left - BESIDE and mark[2] <= right + BESIDE
    return within and mark[1] < bottom - FOOT * high and mark[3] > top + HEAD * high
