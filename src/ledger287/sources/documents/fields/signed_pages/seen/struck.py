"""A printed day that somebody struck out: its letters are still in the text layer, and a line is drawn across them.

What enters: the words of a day, their page, and the open page. What leaves: whether a line crosses them. Lines are
looked for in the picture of the words, among the paths drawn on the page, and among its annotations. The module
promises that a rule under the words, or a frame around them, is no line across them.
"""

import ctypes
import itertools
import math
import re
from collections.abc import Sequence
from typing import Any

from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, around, lines

DPI, DARK = 220, 170
CORE = 0.22
"""The share of the words' height, above and below, that a line across them keeps clear of."""
LOWEST = 3.0
"""Print is higher than this, in points; lower is a sign that a program drew on the rule, which a line may cover."""
DRAWN, WIDE = 0.9, 0.5
"""The shares of the words' width that a line in their picture covers, and that drawn paths cross together."""


def is_struck(words: Sequence[Word], page: ReadPage, source: Any) -> bool:
    """Whether a line is drawn across printed words, or across most of one of their lines."""
    upright = page.kind == "text" and not page.turned and not page.skew
    paths = _paths_at(around(tuple(words)), source) if upright and words else []
    for line in lines(tuple(words)):
        left, top, right, bottom = line.box
        if bottom - top < LOWEST:
            continue
        core = (left, top + CORE * (bottom - top), right, bottom - CORE * (bottom - top))
        if (not upright or _drawn_over(core, source)) and _ruled(core, page, source):
            return True
        if upright and (_crossed(core, paths) or _annotated(core, source)):
            return True
        if upright and any(_crossed(part, paths, PART) for part in _parts(line.words, core)):
            return True
    return False


def _drawn_over(core: Box, source: Any) -> bool:
    """Whether anything but text is on the page where the words are: if nothing is, no line can be."""
    raw = pdfium().raw
    if raw.FPDFPage_GetAnnotCount(source.raw):
        return True
    for item in source.get_objects(max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            continue
        left, bottom, right, top = item.get_bounds()
        (x0, y0), (x1, y1) = on_page(raw, source, left, top), on_page(raw, source, right, bottom)
        if min(x0, x1) <= core[2] and max(x0, x1) >= core[0] and min(y0, y1) <= core[3] and max(y0, y1) >= core[1]:
            return True
    return False


def _ruled(core: Box, page: ReadPage, source: Any) -> bool:
    """Whether a row of the picture is dark nearly from end to end: letters and the gaps between them are not."""
    strip = ocr.draw_place(page, source, DPI, core)
    return bool(strip.size and (strip < DARK).mean(axis=1).max() >= DRAWN)


PART = 0.8
"""The share of the width of a month, a day or a year that a line across it alone covers."""


def _parts(words: Sequence[Word], core: Box) -> list[Box]:
    """The places of the numbers and names in the middle of words, each letter taken to be as wide as the next."""
    found = []
    for word in words:
        step = (word.box[2] - word.box[0]) / len(word.text)
        parts = ((part.start() * step, part.end() * step) for part in re.finditer(r"\d+|[^\W\d_]+", word.text))
        found += [(word.box[0] + first, core[1], word.box[0] + last, core[3]) for first, last in parts]
    return found


def _paths_at(place: Box, source: Any) -> list[list["Point | None"]]:
    """The points of the paths that are drawn at a place of the page."""
    raw = pdfium().raw
    return [
        _points(raw, item, source)
        for item in source.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)
        if _is_at(place, item, source)
    ]


def _is_at(place: Box, item: Any, source: Any) -> bool:
    left, bottom, right, top = item.get_bounds()
    (x0, y0), (x1, y1) = (on_page(pdfium().raw, source, x, y) for x, y in ((left, top), (right, bottom)))
    return min(x0, x1) <= place[2] and max(x0, x1) >= place[0] and min(y0, y1) <= place[3] and max(y0, y1) >= place[1]


def _crossed(core: Box, paths: Sequence[Sequence["Point | None"]], wide: float = WIDE) -> bool:
    """Whether paths, straight or not, run through the middle of the words for so much of their width."""
    pairs = (pair for points in paths for pair in itertools.pairwise(points))
    return sum(_within(one, other, core) for one, other in pairs if one and other) >= wide * (core[2] - core[0])


Point = tuple[float, float]


def _points(raw: Any, item: Any, source: Any) -> list[Point | None]:
    """The points of a path on the upright page; None before each new start of the pen."""
    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = item.get_matrix()
    found: list[Point | None] = []
    for index in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            found.append(None)
        found.append(on_page(raw, source, *matrix.on_point(x.value, y.value)))
    return found


def on_page(raw: Any, source: Any, x: float, y: float) -> Point:
    scale = 10
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (round(source.get_width() * scale), round(source.get_height() * scale))
    raw.FPDF_PageToDevice(source.raw, 0, 0, *size, 0, x, y, across, down)
    return across.value / scale, down.value / scale


def _within(one: Point, other: Point, box: Box) -> float:
    """How far a straight line runs inside a box."""
    first, last = 0.0, 1.0
    for start, step, low, high in (
        (one[0], other[0] - one[0], box[0], box[2]),
        (one[1], other[1] - one[1], box[1], box[3]),
    ):
        if step == 0:
            if not low <= start <= high:
                return 0.0
            continue
        enters, leaves = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, enters), min(last, leaves)
    return max(0.0, last - first) * math.dist(one, other)


def _annotated(core: Box, source: Any) -> bool:
    """Whether an annotation that strikes out, or is drawn by hand, is over half of the words."""
    raw = pdfium().raw
    kinds = {raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_LINE}
    for index in range(raw.FPDFPage_GetAnnotCount(source.raw)):
        note = raw.FPDFPage_GetAnnot(source.raw, index)
        area = raw.FS_RECTF()
        found = raw.FPDFAnnot_GetSubtype(note) in kinds and raw.FPDFAnnot_GetRect(note, area)
        raw.FPDFPage_CloseAnnot(note)
        if not found:
            continue
        (x0, y0), (x1, y1) = (on_page(raw, source, x, y) for x, y in ((area.left, area.top), (area.right, area.bottom)))
        over = min(max(x0, x1), core[2]) - max(min(x0, x1), core[0])
        if over >= WIDE * (core[2] - core[0]) and min(y0, y1) <= core[3] and max(y0, y1) >= core[1]:
            return True
    return False
