"""A file of pages in the making: begun, or gone on with where an earlier process was stopped.

What enters: the place that the file will have, and pages as they are made. What leaves: the file under another name,
and the pages that it already holds. Promise: one process writes to one such file, since it is locked, and a page that
was cut off or damaged is not taken up: it and what follows are made again.
"""

import fcntl
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from struct import Struct

from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.kept.pages_index import PageEntry

MAGIC = b"ledger287 pages 5\n"
PART = ".part"
"""How the name of a file ends that is in the making."""
LENGTHS = Struct(">III")
"""Before each page: how long its description is, how long its body, and the checksum of both."""


def open_part(place: Path) -> tuple[int, Path] | None:
    """The file in the making for a place, locked for this process; None where another process is making it."""
    aside = place.with_name(place.name + PART)
    handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if aside.stat().st_ino == os.fstat(handle).st_ino:  # it was not finished by another process just now
            return handle, aside
    os.close(handle)
    return None


def as_written(address: str, name: str, body: Body, marks: bool) -> tuple[bytes, int]:
    """A page as it is in the file, and after how many bytes its body begins."""
    said = json.dumps([address, name, body.media_type, body.tag, body.packed, marks]).encode()
    checksum = zlib.crc32(body.data, zlib.crc32(said))
    head = LENGTHS.pack(len(said), len(body.data), checksum) + said
    return head + body.data, len(head)


def pages_held(handle: int) -> Iterator[tuple[str, PageEntry, int]]:
    """What a file in the making holds: the URL of each page, its entry, and where the next page begins."""
    at = len(MAGIC)
    if os.pread(handle, at, 0) != MAGIC:
        return
    while True:
        lengths = os.pread(handle, LENGTHS.size, at)
        if len(lengths) < LENGTHS.size:
            return
        said, length, checksum = LENGTHS.unpack(lengths)
        if not said:  # what a file system leaves where a write was cut off
            return
        found = os.pread(handle, said + length, at + LENGTHS.size)
        if len(found) < said + length or zlib.crc32(found) != checksum:
            return
        address, name, media_type, tag, packed, marks = json.loads(found[:said])
        body = at + LENGTHS.size + said
        at = body + length
        yield address, PageEntry(body, length, name, media_type, tag, packed, marks), at


def let_go(handle: int) -> None:
    """Another process may go on with the file; what this one has read of it can still be read."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)


def remove_parts(folder: Path) -> None:
    """Remove the files in the making that no process is making."""
    for path in folder.glob(f"*{PART}"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(handle)
