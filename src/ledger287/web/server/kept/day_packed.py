"""A page with marks, packed so that it is completed for a day without being compressed again.

What enters: a page with marks (``render.day_apart``), once; then a day. What leaves: the gzip body of the page on that
day, with the tag of its bytes. What is between two marks is compressed by itself, with no reference past a mark, so
that a day's words can be put between as they are. Promise: unpacked, it is ``completed`` of the page, with the same tag
that ``pack`` gives.
"""

import zlib
from datetime import date
from struct import Struct

from ledger287.web.render.day_apart import between_marks, said
from ledger287.web.server.kept.kept_answers import Body, tag_of

LEVEL = 9
LENGTHS = Struct(">IB")
"""Before each piece: how long it is, compressed, and how long the mark after it; the last piece has none."""
STORED = Struct("<BHH")
"""Before words that are not compressed (RFC 1951, 3.2.4): the kind of block, their length, and its complement."""
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Of a gzip member without a name and a time (RFC 1952)."""
END = b"\x03\x00"
"""The last block, which is empty."""
TAIL = Struct("<II")
"""The checksum and the length of what was compressed."""


def packed_apart(page: bytes) -> bytes:
    """A page with marks, in pieces."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    found: list[bytes] = []
    for text, mark in between_marks(page):
        piece = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
        found += LENGTHS.pack(len(piece), len(mark)), piece, mark
    return b"".join(found)


def completed_body(pieces: bytes, media_type: str, day: date) -> Body:
    """The body of a page in pieces, on a day."""
    unpacker, at = zlib.decompressobj(-zlib.MAX_WBITS), 0
    data: list[bytes] = [HEAD]
    plain: list[bytes] = []
    while at < len(pieces):
        length, mark = LENGTHS.unpack_from(pieces, at)
        at += LENGTHS.size
        piece = pieces[at : at + length]
        data.append(piece)
        plain.append(unpacker.decompress(piece))
        at += length
        if mark:
            words = said(pieces[at : at + mark], day)
            data += STORED.pack(0, len(words), len(words) ^ 0xFFFF), words
            plain.append(words)
            at += mark
    page = b"".join(plain)
    data += END, TAIL.pack(zlib.crc32(page), len(page))
    return Body(b"".join(data), media_type, True, tag_of(page))
