"""A printed day that nobody sees: letters of the text layer in white, or under something that is drawn later.

What enters: the words of a day, their page, and the open page. What leaves: whether they may be hidden. What a program
for editing PDFs covers, cuts off or puts on a layer that is off is still in the text layer, and would be read as if it
were there. The module promises that letters are where the picture of the page has ink, however they were hidden. A
picture or a filled shape over them can be a stamp through which they are seen, or have other writing; the caller looks
at the picture then.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from ledger287.sources.documents.fields.signed_pages.seen.struck import on_page
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, around

COVERS = 0.5
"""The share of the words that is under something from which they may be hidden."""
LOWEST = 3.0
"""Print is higher than this, in points; lower can hardly be seen."""
PALE = 200
"""From this shade on (0 black, 255 white) letters can hardly be seen on paper."""
NEAR = 2.0
"""How far from the middle of a word, in points, its letters are looked for."""


def may_be_covered(words: Sequence[Word], page: ReadPage, source: Any, inked: bool = False) -> bool:
    """Whether words are pale, or something that can hide them is drawn over them after they are."""
    words = [word for word in words if _is_said(word)]
    if page.kind != "text" or not words:
        return False
    if min(word.height for word in words) < LOWEST or not (inked or is_in_ink(words, page, source)):
        return True
    if page.turned or page.skew:
        return False
    raw = pdfium().raw
    letters = _letters(words, source)
    place = around(tuple(words))
    if any(_is_pale(raw, one) or _is_said_otherwise(raw, one) for one in letters) or _noted(place, source):
        return True
    drawn = list(source.get_objects(max_depth=1))
    own = [at for at, item in enumerate(drawn) if any(_has(raw, item, one) for one in letters)]
    last = max(own, default=-1)
    return any(
        (item.type == raw.FPDF_PAGEOBJ_IMAGE or (own and at > last and _hides(raw, item)))
        and _share(item.get_bounds(), place, source) >= COVERS
        for at, item in enumerate(drawn)
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


def is_see_through(words: Sequence[Word], page: ReadPage, source: Any) -> bool:
    """Whether letters are mixed with what is under them: how they look then depends on the program that draws them."""
    if page.kind != "text" or page.turned or page.skew:
        return False
    return any(pdfium().raw.FPDFPageObj_HasTransparency(one) for one in _letters(words, source))


def _is_said_otherwise(raw: Any, item: Any) -> bool:
    """Whether the file has another text for letters than the one that they show (ActualText)."""
    key, size = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
    for at in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, at)
        for number in range(raw.FPDFPageObjMark_CountParams(mark)):
            if raw.FPDFPageObjMark_GetParamKey(mark, number, key, ctypes.sizeof(key), size):
                name = bytes(key)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
                if name == "ActualText":
                    return True
    return False


INK_DPI, INK = 150, 40
"""At which resolution the ink of print is looked for, and by how many shades it differs from its paper."""
GAP = 0.75
"""So wide, as a share of its height, is no gap within a word: a letter between is not seen."""
RULED = 0.85
"""The share of a row that is ink from which it is a rule."""


def is_in_ink(words: Sequence[Word], page: ReadPage, source: Any) -> bool:
    """Whether every letter of words is seen in the picture of their place, as far as its ink shows."""
    import numpy as np

    words = [word for word in words if _is_said(word)]
    if not words:
        return True
    left, top, right, bottom = around(tuple(words))
    place = (max(0.0, left), max(0.0, top), min(right, page.width), min(bottom, page.height))
    picture = ocr.draw_place(page, source, INK_DPI, place)
    if not picture.size:
        return False
    ink = np.abs(picture.astype(np.int16) - np.int16(np.median(picture))) >= INK
    across, down = picture.shape[1] / (place[2] - place[0]), picture.shape[0] / (place[3] - place[1])
    for word in words:
        x0, x1 = (round((side - place[0]) * across) for side in (word.box[0], word.box[2]))
        y0, y1 = (round((side - place[1]) * down) for side in (word.box[1], word.box[3]))
        own = ink[max(0, y0) : y1, max(0, x0) : x1]
        if not own.size or _widest_gap(own[own.mean(axis=1) < RULED].any(axis=0)) > GAP * word.height * across:
            return False
    return True


def _is_said(word: Word) -> bool:
    """Whether a word has a letter or a digit: only these are looked for."""
    return any(map(str.isalnum, word.text))


def _widest_gap(inked: Any) -> int:
    """The longest run of columns without ink."""
    import numpy as np

    places = np.flatnonzero(np.concatenate([[True], inked, [True]]))
    return int(np.diff(places).max()) - 1


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
