"""A page of a document as a picture (PNG), with boxes drawn around places.

What enters: an open page and boxes in points, upright. What leaves: the bytes of a PNG. The module promises the same
bytes for the same page, and never a picture over the declared side.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Any

from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box

DPI = 110
LINE = 2
"""The width of a box's line, in pixels."""
ROOM = 3
"""Pixels between a place and the line around it, so that no line crosses its letters."""
RED = (200, 16, 46)


def png_of(page: Any, boxes: Sequence[Box], turned: int = 0, skew: float = 0.0) -> bytes:
    """A page with boxes around places, upright."""
    import numpy as np

    gray = ocr.draw(page, DPI, None, turned, skew)
    colored = np.repeat(gray[:, :, None], 3, axis=2)
    height, width = gray.shape
    scale = width / (page.get_height() if turned in (90, 270) else page.get_width())
    for box in boxes:
        left, top, right, bottom = (round(side * scale) for side in box)
        left, top, right, bottom = left - ROOM, top - ROOM, right + ROOM, bottom + ROOM
        left, right = max(0, left), min(width - 1, right)
        top, bottom = max(0, top), min(height - 1, bottom)
        colored[top : top + LINE, left:right] = RED
        colored[bottom - LINE : bottom, left:right] = RED
        colored[top:bottom, left : left + LINE] = RED
        colored[top:bottom, right - LINE : right] = RED
    rows = np.concatenate([np.zeros((height, 1), np.uint8), colored.reshape(height, width * 3)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
