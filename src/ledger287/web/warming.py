"""Makes every page of a fresh edition before it is asked for, in a process of its own that gives way to requests.

It begins anew with each edition and each day, since pages say how old their list is.
"""

import logging
import os
import threading
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from ledger287.web.app import page_body, page_key
from ledger287.web.edition import Edition, open_edition
from ledger287.web.sheets import first_of_each, sheets
from ledger287.web.site import Site

SHARE = 0.9
"""Of the bytes that may be kept; the rest is for pages of other days."""
LOOK_EVERY_SECONDS = 2.0
log = logging.getLogger("ledger287.web")


class Warmer:
    """A thread that has the pages made and keeps them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        site.shelf.ready = build_indexes
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="warmer")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what was made stays kept."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        done: tuple[str, date] | None = None
        build_indexes(self.site.edition)
        while not self._stopped.is_set():
            now = (self.site.edition.version, self.site.today())
            if now != done:
                made = self._warm(*now)
                log.info("%s pages are ready", made)
                done = now
            self._stopped.wait(LOOK_EVERY_SECONDS)

    def _warm(self, version: str, day: date) -> int:
        """Keep what a child makes until it is done, stopped, or another edition or day has come; says how many."""
        ours, theirs = get_context("spawn").Pipe(duplex=False)
        folder = self.site.edition.atlas.stored.folder
        child = get_context("spawn").Process(target=make_all, args=(theirs, folder, version, day), daemon=True)
        child.start()
        theirs.close()
        made = 0
        with ours, suppress(EOFError, OSError):
            while not self._stopped.is_set():
                if not ours.poll(0.5):
                    continue
                key, address, body = ours.recv()
                edition, kept = self.site.shelf.current
                if (edition.version, self.site.today()) != (version, day) or kept.bytes > SHARE * kept.most_bytes:
                    break
                self.site.keep(edition, kept, (day, key), body, (address, b""))
                made += 1
        child.terminate()
        child.join(timeout=5)
        return made


def build_indexes(edition: Edition) -> None:
    """Make a page of each kind, for what they leave on the edition."""
    for sheet in first_of_each(edition):
        page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})


def make_all(told: Connection, folder: Path, version: str, day: date) -> None:
    """In the child: every page with its key and address, until nobody listens."""
    os.nice(10)
    edition = open_edition(folder, lambda: day)
    if edition.version != version:
        return
    with suppress(BrokenPipeError):
        for sheet in sheets(edition, live=True):
            body = page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})
            if body.status == 200:
                key = page_key(sheet.kind, sheet.lang, sheet.form, sheet.path, {})
                told.send((key, sheet.address, body))
