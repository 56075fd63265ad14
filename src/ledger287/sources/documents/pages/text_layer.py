"""A page's text layer -> words with boxes, as the page is seen.

What enters: a page of an open PDF. What leaves: its plain text (fast), or its words with boxes. The module promises to
say which words are drawn and which only lie under a picture, and whether the layer can be believed at all.
"""

import ctypes
import re
from typing import Any

from ledger287.sources.documents.declaring import common_words, limits
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.pages.page import ReadPage, Word

INVISIBLE = 3
"""The render mode of text that is not painted: the layer that an OCR program puts over a picture."""
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
    known = common_words()
    return sum(word in known for word in words) >= float(least["known_share"]) * len(words)


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
    covered = _picture_over(raw, page, width, height)
    found: list[Placed] = []
    letters: list[tuple[str, float, float, float, float]] = []
    first = 0
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    scale = 10
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    size = (0, 0, round(width * scale), round(height * scale), 0)

    def seen(x: float, y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, *size, x, y, device_x, device_y)
        return device_x.value / scale, device_y.value / scale

    def close() -> None:
        if not letters:
            return
        text = unshifted("".join(letter[0] for letter in letters))
        box = (
            min(letter[1] for letter in letters),
            min(letter[2] for letter in letters),
            max(letter[3] for letter in letters),
            max(letter[4] for letter in letters),
        )
        head, tail = letters[0], letters[-1]
        way = ((tail[1] + tail[3] - head[1] - head[3]) / 2, (tail[2] + tail[4] - head[2] - head[4]) / 2)
        if text.strip("_"):
            found.append((Word(text.strip("_") or text, box, _drawn(raw, layer, first, covered)), way))
        letters.clear()

    for index in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer.raw, index)
        if code <= 32 or code in (0xA0, 0xAD, 0xFFFE, 0xFFFF):
            close()
            continue
        raw.FPDFText_GetCharBox(layer.raw, index, left, right, bottom, top)
        x0, y0 = seen(left.value, top.value)
        x1, y1 = seen(right.value, bottom.value)
        letter = (chr(code), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if letters and _apart(letters[-1], letter):
            close()
        if not letters:
            first = index
        letters.append(letter)
    close()
    return found


SHIFT = 29
"""By how much letters are shifted where a font has its own numbers in place of letters."""


def unshifted(word: str) -> str:
    """A word as it is seen: some forms are set in fonts whose letters are given 29 too low ('DWH for Date)."""
    if len(word) < 3 or any(letter.islower() for letter in word):
        return word
    moved = "".join(chr(ord(letter) + SHIFT) for letter in word if ord(letter) < 0x60).rstrip("_")
    if not moved:
        return "_"
    plain = moved.strip(":,.'").casefold()
    if moved in ("LEA", "ICE") or (plain.isalpha() and (moved.istitle() or plain in common_words())):
        return moved if re.search("[aeiouy]", plain) else word
    return word


def _apart(one: tuple[str, float, float, float, float], other: tuple[str, float, float, float, float]) -> bool:
    """Whether two letters that follow each other belong to different words, whichever way the line runs."""
    tall = max(one[4] - one[2], other[4] - other[2], one[3] - one[1], other[3] - other[1], 4.0)
    across = max(other[1] - one[3], one[1] - other[3])
    down = max(other[2] - one[4], one[2] - other[4])
    return max(across, down) > 0.6 * tall


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
    if raw.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE:
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
