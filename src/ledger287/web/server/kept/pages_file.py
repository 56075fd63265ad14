"""The pages of one record in files, so that memory remains small and a later start has them at once.

What enters: bodies by their URL, as they are made. What leaves: the same bodies, read from the file when they are
requested, and those with marks completed for the day. A finished file is found again by the version of the record, the
code of this package, and the day or what a day has in common with others; another one begins another file, and older
ones are removed. One that was stopped in the making (``pages_part``) is gone on with. Where no folder can be written
to, the file has no name and is gone with the process. Promise: a file that is damaged is never answered from.
"""

import logging
import os
import tempfile
import weakref
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path

from ledger287 import __version__
from ledger287.ledger.outcomes import store as outcomes
from ledger287.web.edition import documents_here
from ledger287.web.server.kept.day_packed import completed_body, packed_apart
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.kept.pages_index import PageEntry, PagesIndex
from ledger287.web.server.kept.pages_part import MAGIC, PART, as_written, let_go, open_part, pages_held, remove_parts
from ledger287.web.server.operator import SAID

FOLDER_VARIABLE = "LEDGER287_PAGES"
"""Names the folder for these files; set but empty, none is kept."""
OTHERS_KEPT = 2
"""Files of another record or day that stay: another site on this machine may serve from them."""
LASTING, OF_DAY = ".pages", ".day"
"""How the names of files end: pages of many days, and those of one."""
TRAILER = 24
"""Bytes at the end: where the index begins, how long it is, and its checksum."""
log = logging.getLogger("ledger287.web")
_NUMBERS = count()


class PagesFile:
    """One file. One thread puts, any thread gets."""

    def __init__(self, place: Path | None) -> None:
        """Begin a file, to be ``place`` when it is finished, or go on with the one that was stopped there."""
        self.place, self.finished = place, False
        self.held: frozenset[str] = frozenset()
        self._aside: Path | None = None
        self._index = PagesIndex()
        self._end = 0
        self._handle = self._begin()
        weakref.finalize(self, os.close, self._handle)
        self._go_on()

    def __len__(self) -> int:
        return len(self._index)

    def put(self, address: str, name: str, body: Body, marks: bool = False) -> None:
        """Keep a body under its URL; with ``marks``, to be completed for the day of a request."""
        if marks:
            body = replace(body, data=packed_apart(body.plain()))
        data, before = as_written(address, name, body, marks)
        at = self._end + before
        self._write(data)
        self._index.put(address, PageEntry(at, len(body.data), name, body.media_type, body.tag, body.packed, marks))

    def get(self, address: str, day: date, modified: datetime) -> tuple[str, Body] | None:
        """The name and body of a URL on a day; ``modified`` is when what it says last changed."""
        entry = self._index.get(address)
        if entry is None:
            return None
        at, length, name, media_type, tag, packed, marks = entry
        data = os.pread(self._handle, length, at)
        if len(data) != length:
            return None
        if marks:
            return name, replace(completed_body(data, media_type, day), modified=modified)
        return name, Body(data, media_type, packed, tag, modified=modified)

    def finish(self) -> None:
        """Write the index, and put the file in its place for later starts."""
        index = self._index.written()
        at = self._end
        self._write(index)
        self._write(b"".join(number.to_bytes(8, "big") for number in (at, len(index), zlib.crc32(index))))
        self.finished = True
        if self._aside and self.place:
            try:
                os.fsync(self._handle)
                self._aside.replace(self.place)
                self._aside = None
                _sweep(self.place)
            except OSError as error:
                log.warning("the pages are served but not kept for a later start: %s", error)

    def stop(self) -> None:
        """Leave a file that is not finished for a later start to go on with. Nothing is put into it any more."""
        if not self._goes_on or not len(self):
            self.remove()
        self._aside = None
        let_go(self._handle)

    def remove(self) -> None:
        """Remove a file that is not finished. It is closed when nobody holds it any more."""
        if self._aside:
            self._aside.unlink(missing_ok=True)
            self._aside = None

    @property
    def _goes_on(self) -> bool:
        """Whether a later start would find what this file holds."""
        return self._aside is not None and self._aside.suffix == PART

    def _go_on(self) -> None:
        """Take up the pages that an earlier process put here, and write after them."""
        held = []
        for address, entry, end in pages_held(self._handle):
            self._index.put(address, entry)
            held.append(address)
            self._end = end
        self.held = frozenset(held)
        os.ftruncate(self._handle, self._end)
        os.lseek(self._handle, self._end, os.SEEK_SET)
        if not held:
            self._write(MAGIC)

    def _begin(self) -> int:
        if self.place:
            try:
                self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if part := open_part(self.place):
                    handle, self._aside = part
                    return handle
                self._aside = self.place.with_name(f"{self.place.stem}-{next(_NUMBERS)}.{os.getpid()}")
                return os.open(self._aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            except OSError as error:
                log.warning("pages are not kept for a later start: %s", error)
                self._aside = self.place = None
        handle, name = tempfile.mkstemp(prefix="ledger287-pages-")
        Path(name).unlink()
        return handle

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._handle, left) :]
        self._end += len(data)


def open_pages(place: Path | None) -> PagesFile | None:
    """The finished file in a place; None where there is none that can be trusted."""
    if place is None:
        return None
    try:
        handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        index = _index(handle)
    except (OSError, ValueError) as error:
        log.warning("%s: not a complete file of pages (%s); the pages are made again", place, error)
        os.close(handle)
        return None
    found = PagesFile.__new__(PagesFile)
    found.place, found.finished, found.held = place, True, frozenset()
    found._aside, found._index, found._end, found._handle = None, index, 0, handle
    weakref.finalize(found, os.close, handle)
    return found


def _index(handle: int) -> PagesIndex:
    size = os.fstat(handle).st_size
    trailer = os.pread(handle, TRAILER, max(0, size - TRAILER))
    at, length, checksum = (int.from_bytes(trailer[place : place + 8], "big") for place in (0, 8, 16))
    if os.pread(handle, len(MAGIC), 0) != MAGIC or at + length + TRAILER != size:
        raise ValueError("it was cut off")
    data = os.pread(handle, length, at)
    if zlib.crc32(data) != checksum:
        raise ValueError("its index is damaged")
    return PagesIndex.read(data)


def place_of(version: str, days: object, base_url: str = "", ending: str = OF_DAY) -> Path | None:
    """Where the pages of a record and a day, or of ``days`` with something in common, are kept; None where nowhere."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named == "":
        return None
    if named:
        folder = Path(named)
    else:
        cache_home = os.environ.get("XDG_CACHE_HOME", "")
        try:
            folder = (Path(cache_home) if Path(cache_home).is_absolute() else Path.home() / ".cache") / "ledger287"
        except RuntimeError:  # no home
            return None
    said = sorted((name, value) for name, value in os.environ.items() if name in SAID)
    more = f"{outcomes.version()} {documents_here.version()}"
    key = sha256(f"{version} {code_version()} {days} {base_url} {said} {more}".encode()).hexdigest()[:20]
    return folder / f"{key}{ending}"


@cache
def code_version() -> str:
    """Changes with any file of this package."""
    package = Path(__file__).parents[3]
    hashes = sorted(
        f"{path.relative_to(package)} {found.st_size} {found.st_mtime_ns}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
        for found in [path.stat()]
    )
    return sha256("\n".join([__version__, *hashes]).encode()).hexdigest()


def _sweep(place: Path) -> None:
    """Remove the files of other days, records and code but the newest, and what stopped processes left."""
    others = [path for path in place.parent.glob(f"*{place.suffix}") if path != place]
    with suppress(OSError):
        others.sort(key=lambda path: path.stat().st_mtime)
        for path in others[:-OTHERS_KEPT]:
            path.unlink(missing_ok=True)
    remove_parts(place.parent)
    for path in place.parent.glob("*.*"):
        number = path.suffix[1:]
        if number.isascii() and number.isdigit() and not _lives(int(number)):
            path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
