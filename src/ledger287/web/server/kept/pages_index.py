"""Where each page of a file is: URL -> entry, a few dozen bytes a page, in memory as in the file.

What enters: entries by URL, as pages are put into a file; or the bytes that an earlier index was written as. What
leaves: the entry of a URL. Promise: bytes that are no index are refused with ValueError.
"""

import json
from bisect import bisect_left
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

KEY = 16
"""Bytes that stand for a URL; so many that no two URLs have the same."""
RECORD = Struct(f">{KEY}sQIHH10s??")
"""The key, then an entry's fields; name and media type by their number among the texts."""


class PageEntry(NamedTuple):
    """Where a page is in its file, the name that it is counted under, and what is sent with it."""

    at: int
    length: int
    name: str
    media_type: str
    tag: str
    packed: bool
    marks: bool


class PagesIndex:
    """Entries by URL. One thread puts, any thread gets."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._text_of: list[str] = []
        self._put: dict[bytes, bytes] = {}
        self._sorted = b""

    def __len__(self) -> int:
        return len(self._put) + len(self._sorted) // RECORD.size

    def put(self, address: str, entry: PageEntry) -> None:
        """Keep the entry of a URL."""
        key = _key(address)
        name, media_type = self._number(entry.name), self._number(entry.media_type)
        tag = bytes.fromhex(entry.tag.strip('"'))
        self._put[key] = RECORD.pack(key, entry.at, entry.length, name, media_type, tag, entry.packed, entry.marks)

    def get(self, address: str) -> PageEntry | None:
        """The entry of a URL, if it has one."""
        key = _key(address)
        record = self._put.get(key) or self._record_of(key)
        if record is None:
            return None
        _, at, length, name, media_type, tag, packed, marks = RECORD.unpack(record)
        return PageEntry(at, length, self._text_of[name], self._text_of[media_type], f'"{tag.hex()}"', packed, marks)

    def written(self) -> bytes:
        """The index as bytes; from then on it is kept so in memory too."""
        self._sorted = b"".join(sorted(self._put.values()))
        self._put = {}
        return json.dumps(self._text_of).encode() + b"\n" + self._sorted

    @classmethod
    def read(cls, data: bytes) -> "PagesIndex":
        """The index that was written as these bytes. Raises ValueError for others."""
        texts, end, records = data.partition(b"\n")
        if not end or len(records) % RECORD.size:
            raise ValueError("its index is damaged")
        found = cls()
        found._text_of, found._sorted = json.loads(texts), records
        return found

    def _number(self, text: str) -> int:
        if text not in self._texts:
            self._texts[text] = len(self._text_of)
            self._text_of.append(text)
        return self._texts[text]

    def _record_of(self, key: bytes) -> bytes | None:
        records, size = self._sorted, RECORD.size
        place = bisect_left(range(len(records) // size), key, key=lambda at: records[at * size : at * size + KEY])
        record = records[place * size : (place + 1) * size]
        return record if record[:KEY] == key else None


def _key(address: str) -> bytes:
    return blake2b(address.encode("utf-8", "surrogatepass"), digest_size=KEY).digest()
