"""Answers that were rendered once, compressed, kept within a bound of bytes; the least used go first."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Any

WORTH_COMPRESSING = 600
"""Bytes below which compressing saves nothing."""
AROUND = 1500
"""Bytes of memory that a body takes beyond its own: its key, its headers, and how Python holds them."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it goes over the wire. ``packed`` says that it is gzip; ``tag`` is its ETag, quotes included.

    ``modified`` is when what it says last changed; ``extra`` are headers of its own; ``wire`` keeps the header
    lines that were made for it.
    """

    data: bytes
    media_type: str
    packed: bool
    tag: str
    status: int = 200
    modified: datetime | None = None
    extra: tuple[tuple[str, str], ...] = ()
    wire: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def plain(self) -> bytes:
        """The body unpacked, for the rare client that does not take gzip."""
        return gzip.decompress(self.data) if self.packed else self.data


def pack(data: bytes, media_type: str, status: int = 200, level: int = 6) -> Body:
    """Compress a body. The same bytes always give the same result and, at any level, the same tag."""
    tag = tag_of(data)
    if len(data) < WORTH_COMPRESSING or media_type.startswith(("image/png", "font/")):
        return Body(data, media_type, False, tag, status)
    return Body(gzip.compress(data, level, mtime=0), media_type, True, tag, status)


def tag_of(data: bytes) -> str:
    """The ETag of a body, quotes included."""
    return f'"{sha256(data).hexdigest()[:20]}"'


class Kept:
    """Bodies by key, for as many bytes as are allowed. Safe to use from several threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Body | None:
        """The body kept under a key."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: Hashable, body: Body) -> None:
        """Keep a body; others leave where there is no room."""
        size = len(body.data) + AROUND
        if size > self.most_bytes // 4:
            return
        with self._lock:
            old = self._bodies.pop(key, None)
            self.bytes += size - (len(old.data) + AROUND if old else 0)
            self._bodies[key] = body
            while self.bytes > self.most_bytes:
                _, gone = self._bodies.popitem(last=False)
                self.bytes -= len(gone.data) + AROUND

    def __len__(self) -> int:
        return len(self._bodies)
