"""A printed day that nobody sees: letters of the text layer in white, or under something that is drawn later.

What enters: the words of a day, their page, and the open page. What leaves: whether they may be hidden. What a program
for editing PDFs covers, cuts off or puts on a layer that is off is still in the text layer, and would be read as if it
were there. The module promises nothing
of letters over which nothing is drawn: they are seen. A picture or a filled shape over them can be a stamp through
which they are seen; the caller looks at the picture then.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from ledger287.sources.documents.fields.signed_pages.struck import on_page
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, around

COVERS = 0.5
"""The share of the words that is under something from which they may be hidden."""
PALE = 200
"""From this shade on (0 black, 255 white) letters can hardly be seen on paper."""
NEAR = 2.0
"""How far from the middle of a word, in points, its letters are looked for."""


def may_be_covered(words: Sequence[Word], page: ReadPage, source: Any) -> bool:
    """Whether words are pale, or something that can hide them is drawn over them after they are."""
    if page.kind != "text" or page.turned or page.skew or not words:
        return False
    raw = pdfium().raw
    letters = _letters(words, source)
    place = around(tuple(words))
    if any(_is_pale(raw, one) for one in letters):
        return True
    if any(_is_cut_or_layered(raw, one) for one in letters) and not _has_ink(place, page, source):
        return True
    drawn = list(source.get_objects(max_depth=1))
    own = [at for at, item in enumerate(drawn) if any(_has(raw, item, one) for one in letters)]
    if _noted(place, source):
        return True
    if not own:
        return False
    return any(
        _hides(raw, item) and _share(item.get_bounds(), place, source) >= COVERS for item in drawn[max(own) + 1 :]
    )


def _noted(place: Box, source: Any) -> bool:
    """Whether a note that can have a look of its own (a stamp, a box, a highlight) is over a place."""
    raw = pdfium().raw
    for index in range(raw.FPDFPage_GetAnnotCount(source.raw)):
        note, area = raw.FPDFPage_GetAnnot(source.raw, index), raw.FS_RECTF()
        seen = raw.FPDFAnnot_GetSubtype(note) not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
        found = seen and raw.FPDFAnnot_GetRect(note, area)
        raw.FPDFPage_CloseAnnot(note)
        if found and _share((area.left, area.bottom, area.right, area.top), place, source) >= COVERS:
            return True
    return False


def _letters(words: Sequence[Word], source: Any) -> list[Any]:
    """The text objects of words, as the file draws them."""
    raw = pdfium().raw
    layer = source.get_textpage()
    found = {}
    try:
        for word in words:
            x, y = _in_file(raw, source, (word.box[0] + word.box[2]) / 2, word.middle)
            at = raw.FPDFText_GetCharIndexAtPos(layer.raw, x, y, word.height or NEAR, word.height or NEAR)
            item = raw.FPDFText_GetTextObject(layer.raw, at) if at >= 0 else None
            if item:
                found[_address(item)] = item
    finally:
        layer.close()
    return list(found.values())


def _in_file(raw: Any, source: Any, x: float, y: float) -> tuple[float, float]:
    """A place on the upright page in the file's own coordinates."""
    fine = 100
    across, up = ctypes.c_double(), ctypes.c_double()
    size = (round(source.get_width() * fine), round(source.get_height() * fine))
    raw.FPDF_DeviceToPage(source.raw, 0, 0, *size, 0, round(x * fine), round(y * fine), across, up)
    return across.value, up.value


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _is_pale(raw: Any, item: Any) -> bool:
    shades = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *shades):
        return False
    *colors, solid = (one.value for one in shades)
    return min(colors) >= PALE or solid < 255 - PALE


def _is_cut_or_layered(raw: Any, item: Any) -> bool:
    """Whether letters are drawn within an outline, which may leave nothing of them, or on a layer, which may be off."""
    path = raw.FPDFPageObj_GetClipPath(item)
    if path and raw.FPDFClipPath_CountPaths(path) > 0:
        return True
    return any(_mark(raw, raw.FPDFPageObj_GetMark(item, at)) == LAYER for at in range(raw.FPDFPageObj_CountMarks(item)))


LAYER = "OC"
"""The mark of what is drawn on a layer (optional content)."""


def _mark(raw: Any, mark: Any) -> str:
    """The name of a mark; only a short one is of interest."""
    name, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size):
        return ""
    return bytes(name)[: size.value].decode("utf-16-le", "replace").rstrip("\0")


INK_DPI, INK = 100, 40
"""At which resolution print is looked for where it may not be, and by how many shades it is darker than its paper."""


def _has_ink(place: Box, page: ReadPage, source: Any) -> bool:
    """Whether anything is seen where letters are."""
    picture = ocr.draw_place(page, source, INK_DPI, place)
    return bool(picture.size and int(picture.max()) - int(picture.min()) >= INK)


def _has(raw: Any, item: Any, letters: Any) -> bool:
    """Whether an object of a page is a text object, or a form that has it inside."""
    wanted = _address(letters)
    if _address(item.raw) == wanted:
        return True
    return item.type == raw.FPDF_PAGEOBJ_FORM and any(one == wanted for one in _inside(raw, item.raw))


def _inside(raw: Any, form: Any) -> Iterator[int | None]:
    for at in range(raw.FPDFFormObj_CountObjects(form)):
        inner = raw.FPDFFormObj_GetObject(form, at)
        yield _address(inner)
        if raw.FPDFPageObj_GetType(inner) == raw.FPDF_PAGEOBJ_FORM:
            yield from _inside(raw, inner)


def _hides(raw: Any, item: Any) -> bool:
    """Whether an object can hide what is under it: a picture, a filled shape, or a form that may have one."""
    if item.type != raw.FPDF_PAGEOBJ_PATH:
        return bool(item.type != raw.FPDF_PAGEOBJ_TEXT)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item.raw, filled, stroked) and filled.value)


def _share(bounds: Box, place: Box, source: Any) -> float:
    """The share of a place that something is over; its left, bottom, right and top are in the file's coordinates."""
    raw = pdfium().raw
    left, bottom, right, top = bounds
    (x0, y0), (x1, y1) = on_page(raw, source, left, top), on_page(raw, source, right, bottom)
    across = min(max(x0, x1), place[2]) - max(min(x0, x1), place[0])
    down = min(max(y0, y1), place[3]) - max(min(y0, y1), place[1])
    area = (place[2] - place[0]) * (place[3] - place[1])
    return max(0.0, across) * max(0.0, down) / area if area > 0 else 0.0
