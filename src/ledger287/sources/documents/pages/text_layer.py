"""A page's text layer -> words with boxes, as the page is seen.

What enters: a page of an open PDF. What leaves: its plain text (fast), or its words with boxes. The module promises to
say which words are drawn and which only lie under a picture, and whether the layer can be believed at all.
"""

import ctypes
import re
from collections.abc import Callable
from typing import Any

from ledger287.sources.documents.declaring import common_words, limits
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages.page import ReadPage, Word

INVISIBLE = (3, 7)
"""The render modes of text that is not painted: the layer that an OCR program puts over a picture, and an outline."""
COVERS = 0.6
"""The share of a page that a picture covers where the page is a scan."""


def plain_text(page: Any) -> str:
    """The text of a page in the order of the file: quick, without positions."""
    layer = page.get_textpage()
    try:
        return str(layer.get_text_range())
    finally:
        layer.close()


def believed(text: str) -> bool:
    """Whether a text layer is words: enough of them are among those the forms are made of."""
    words = re.findall(r"[a-z]{3,}", text.casefold())
    least = limits()["text_layer"]
    if len(words) < int(least["words"]):
        return False
    return sum(map(common_words().__contains__, words)) >= float(least["known_share"]) * len(words)


def read_page(page: Any, number: int) -> ReadPage:
    """A page's text layer as words with boxes; ``picture`` where it has none that can be believed."""
    raw = pdfium().raw
    width, height = page.get_width(), page.get_height()
    layer = page.get_textpage()
    try:
        words = _words(raw, page, layer, width, height)
    finally:
        layer.close()
    words, turned = _upright(words, width, height)
    if turned in (90, 270):
        width, height = height, width
    kept = tuple(word for word, _ in words)
    return ReadPage(
        number, width, height, "text" if believed(" ".join(w.text for w in kept)) else "picture", kept, turned
    )


Placed = tuple[Word, tuple[float, float]]
"""A word, and the direction from its first letter to its last."""


def _words(raw: Any, page: Any, layer: Any, width: float, height: float) -> list[Placed]:
    """The words of a layer: letters in the file's order, broken at spaces, at jumps and where the line changes."""
    import numpy as np

    signs, boxes = _letters(raw, layer)
    kept = np.flatnonzero((signs > SPACE) & ~np.isin(signs, BREAKS))
    if not len(kept):
        return []
    sides = _seen(raw, page, boxes[kept], width, height)
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(kept) > 1) | _apart(sides)]))
    left, top = (np.minimum.reduceat(sides[side], begins).round(1).tolist() for side in (0, 2))
    right, bottom = (np.maximum.reduceat(sides[side], begins).round(1).tolist() for side in (1, 3))
    ends = np.append(begins[1:], len(kept)) - 1
    x, y = (sides[0] + sides[1]) / 2, (sides[2] + sides[3]) / 2
    ways = list(zip((x[ends] - x[begins]).tolist(), (y[ends] - y[begins]).tolist(), strict=True))
    text = "".join(map(chr, signs[kept].tolist()))
    covered = _picture_over(raw, page, width, height)
    found: list[Placed] = []
    for at, (first, last) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        said = unshifted(text[first : last + 1])
        off = right[at] <= 0 or left[at] >= width or bottom[at] <= 0 or top[at] >= height
        if (bare := said.strip("_")) and not off:  # what is cut off by the edges of the page is not on it
            drawn = _drawn(raw, layer, int(kept[first]), covered)
            found.append((Word(bare, (left[at], top[at], right[at], bottom[at]), drawn), ways[at]))
    return found


SPACE, BREAKS = 32, (0xA0, 0xAD, 0xFFFE, 0xFFFF)
"""The last of the signs that are no letters, and other spaces and hyphens that are not signs of a word."""


def _letters(raw: Any, layer: Any) -> tuple[Any, Any]:
    """The number of each sign of a layer, and its left, right, bottom and top in the file's coordinates."""
    import numpy as np

    many, shown = layer.count_chars(), layer.raw
    boxes = np.zeros((many, 4))
    number, place = ctypes.c_int, ctypes.c_void_p
    sign_of = ctypes.CFUNCTYPE(ctypes.c_uint, place, number)(ctypes.cast(raw.FPDFText_GetUnicode, place).value or 0)
    box_of = ctypes.CFUNCTYPE(number, place, number, place, place, place, place)(
        ctypes.cast(raw.FPDFText_GetCharBox, place).value or 0
    )  # with pointers as plain numbers, which takes half the time for each sign
    layer_at, at = ctypes.cast(shown, place).value, boxes.ctypes.data
    signs = np.array([sign_of(layer_at, index) for index in range(many)], dtype=np.int64)
    for index in range(many):
        box_of(layer_at, index, at, at + 8, at + 16, at + 24)
        at += 32
    return signs, boxes


def _seen(raw: Any, page: Any, boxes: Any, width: float, height: float) -> Any:
    """Boxes in the file's coordinates -> left, right, top, bottom of each, on the page as it is seen."""
    import numpy as np

    seen = _view(raw, page, width, height)
    x0, y0 = seen(boxes[:, 0], boxes[:, 3])
    x1, y1 = seen(boxes[:, 1], boxes[:, 2])
    return np.stack([np.minimum(x0, x1), np.maximum(x0, x1), np.minimum(y0, y1), np.maximum(y0, y1)])


def _view(raw: Any, page: Any, width: float, height: float) -> Callable[[Any, Any], tuple[Any, Any]]:
    """From a place in the file's coordinates to one in points from the upper left corner of the page as it is seen."""
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    size = (0, 0, round(width * FINE), round(height * FINE), 0)

    def at(x: float, y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, *size, x, y, device_x, device_y)
        return device_x.value / FINE, device_y.value / FINE

    (x0, y0), (x1, y1), (x2, y2) = at(0, 0), at(FAR, 0), at(0, FAR)
    xx, yx, xy, yy = (x1 - x0) / FAR, (y1 - y0) / FAR, (x2 - x0) / FAR, (y2 - y0) / FAR
    return lambda x, y: (x0 + xx * x + xy * y, y0 + yx * x + yy * y)


FINE, FAR = 1000, 1000.0
"""In so many parts of a point, and over so many points, it is measured how a page is seen."""


SHIFT = 29
"""By how much letters are shifted where a font has its own numbers in place of letters."""


def unshifted(word: str) -> str:
    """A word as it is seen: some forms are set in fonts whose letters are given 29 too low ('DWH for Date)."""
    if len(word) < 3 or word.upper() != word:
        return word
    moved = "".join(chr(ord(letter) + SHIFT) for letter in word if ord(letter) < 0x60).rstrip("_")
    if not moved:
        return "_"
    plain = moved.strip(":,.'").casefold()
    if moved in ("LEA", "ICE") or (plain.isalpha() and (moved.istitle() or plain in common_words())):
        return moved if re.search("[aeiouy]", plain) else word
    return word


def _apart(sides: Any) -> Any:
    """Whether each letter and the next belong to different words, whichever way the line runs."""
    import numpy as np

    left, right, top, bottom = sides
    across = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:])
    down = np.maximum(top[1:] - bottom[:-1], top[:-1] - bottom[1:])
    size = np.maximum(np.maximum(bottom - top, right - left), LOWEST)
    return np.maximum(across, down) > APART * np.maximum(size[1:], size[:-1])


APART, LOWEST = 0.6, 4.0
"""Letters farther apart than this share of their size are of two words; and the least size, in points."""


def _picture_over(raw: Any, page: Any, width: float, height: float) -> bool:
    """Whether a picture covers the page: then its text is that of an OCR program, unless it is painted over it."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > COVERS * width * height:
            return True
    return False


def widest_picture(page: Any) -> int:
    """The longest side, in its own points, of the pictures on a page; read from their headings, none is unpacked."""
    raw = pdfium().raw
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    longest = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        if raw.FPDFImageObj_GetImagePixelSize(item.raw, wide, high):
            longest = max(longest, wide.value, high.value)
    return longest


def _drawn(raw: Any, layer: Any, index: int, covered: bool) -> bool:
    item = raw.FPDFText_GetTextObject(layer.raw, index)
    if not item:
        return not covered
    if raw.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE:
        return False
    return not covered


def _upright(words: list[Placed], width: float, height: float) -> tuple[list[Placed], int]:
    """Words turned so that most lines run from left to right, and by how much, clockwise."""
    ways = {0: 0, 90: 0, 180: 0, 270: 0}
    for word, (across, down) in words:
        if len(word.text) >= 4:
            side = 0 if abs(across) > abs(down) else 1
            ways[(0 if across > 0 else 180) if side == 0 else (270 if down > 0 else 90)] += 1
    turned = max(ways, key=lambda way: ways[way])
    if not turned or not words:
        return words, 0
    return [(_turned(word, turned, width, height), way) for word, way in words], turned


def _turned(word: Word, by: int, width: float, height: float) -> Word:
    x0, y0, x1, y1 = word.box
    if by == 180:
        box = (width - x1, height - y1, width - x0, height - y0)
    elif by == 90:
        box = (height - y1, x0, height - y0, x1)
    else:
        box = (y0, width - x1, y1, width - x0)
    return Word(word.text, box, word.drawn, word.confidence)
