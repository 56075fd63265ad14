"""Holds the edition that is served, and puts a newer one in its place when the record's pointer changes.

A request takes the edition once and keeps it to its end; so a swap fails no request and mixes no two records.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.process.garbage import search_everything
from ledger287.ledger.store.folder import POINTER
from ledger287.web.edition.edition import Edition
from ledger287.web.server.kept.giving_back import give_back
from ledger287.web.server.kept.kept_answers import Kept

GIVING_BACK = 30
"""Freed memory is given back to the system once in so many looks."""

log = logging.getLogger("ledger287.web")


class Shelf:
    """``current`` is the edition and its kept bodies, read in one step."""

    def __init__(self, open_one: Callable[[], Edition], most_bytes: int) -> None:
        self.open_one, self.most_bytes = open_one, most_bytes
        self.ready: Callable[[Edition], None] = lambda _: None
        """Done with a newer edition before it is served: builds the indexes that its first pages would wait for."""
        edition = open_one()
        self.current: tuple[Edition, Kept] = (edition, Kept(most_bytes))
        self._pointer: Path = edition.atlas.stored.folder / POINTER
        self._stamp = self._look()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.swaps = 0

    def watch(self, every_seconds: float = 1.0) -> None:
        """Look for a newer record until ``stop``, in its own thread."""
        self._thread = threading.Thread(target=self._watching, args=(every_seconds,), daemon=True, name="shelf")
        self._thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=5)

    def look(self) -> bool:
        """Swap if the record is another than the one served; says whether it did."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        try:
            edition = self.open_one()
        except Refused as refused:
            log.warning("the new record cannot be opened; the old one is still served: %s", refused)
            return False
        self._stamp = stamp
        if edition.version == self.current[0].version:
            return False
        self.ready(edition)
        self.current = (edition, Kept(self.most_bytes))
        self.swaps += 1
        search_everything()
        log.info("record %s is served now", edition.version)
        return True

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _watching(self, every_seconds: float) -> None:
        rounds = 0
        while not self._stopped.wait(every_seconds):
            rounds += 1
            if rounds % GIVING_BACK == 0:
                give_back()
            try:
                self.look()
            except Exception:
                log.exception("the new record cannot be served; the old one still is")
