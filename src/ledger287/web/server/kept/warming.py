"""Makes every page of a fresh edition before it is requested, in processes that give way to requests.

It begins again with each edition and each day, since pages say how old their list is. What was made is in a file
(``pages_file``), where a later start on the same day finds it.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ledger287.core.process.workers import safe_start
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.publish.sheets import first_of_each, sheets
from ledger287.web.server.app import page_body
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.kept.pages_file import PagesFile, open_pages, place_of
from ledger287.web.server.site import Site

LOOK_EVERY_SECONDS = 2.0
CHILDREN = 2
Made = tuple[str, str, Body]
"""The URL as it is requested, the name that it is counted under, and the body."""
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
        """End; what was made remains kept."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        done: tuple[str, date] | None = None
        while not self._stopped.is_set():
            now = (self.site.edition.version, self.site.today())
            if now != done:
                self.site.warm = False
                self._warm(*now)
                self.site.warm = True
                done = now
            self._stopped.wait(LOOK_EVERY_SECONDS)

    def _warm(self, version: str, day: date) -> None:
        """Have the pages of a record and a day: as an earlier start left them, or made by children."""
        place = place_of(version, day, self.site.base_url)
        pages = open_pages(place)
        if pages is not None:
            self.site.pages, self.site.warm = (version, day, pages), True
            log.info("%s pages were ready", len(pages))
            build_indexes(self.site.edition)
            return
        pages = PagesFile(place)
        self.site.pages = (version, day, pages)
        build_indexes(self.site.edition)
        if self._made_all(pages, version, day):
            pages.finish()
            log.info("%s pages are ready", len(pages))
        else:
            pages.give_up()

    def _made_all(self, pages: PagesFile, version: str, day: date) -> bool:
        """Keep what the children make until they are done, or another edition or day has come; whether they were."""
        folder = self.site.edition.atlas.stored.folder
        children = [_Child(folder, version, day, self.site.base_url, place) for place in range(CHILDREN)]
        done = 0
        try:
            for made in self._results([child.ours for child in children]):
                if (self.site.edition.version, self.site.today()) != (version, day):
                    return False
                if made is None:
                    done += 1
                else:
                    pages.put(*made)
        except OSError as error:
            log.warning("the pages are made as they are requested: %s", error)
        finally:
            for child in children:
                child.end()
        return done == CHILDREN

    def _results(self, ends: list[Connection]) -> Iterator[Made | None]:
        """What comes from the children, None from each at its end, until all have ended or this is stopped."""
        while ends and not self._stopped.is_set():
            wait(ends, timeout=0.5)
            for end in [end for end in ends if end.poll()]:
                try:
                    yield end.recv()
                except (EOFError, OSError):
                    ends.remove(end)


class _Child:
    """A process that makes its share of the pages."""

    def __init__(self, folder: Path, version: str, day: date, base_url: str, place: int) -> None:
        context = get_context("spawn")
        self.ours, theirs = context.Pipe(duplex=False)
        arguments = (theirs, folder, version, day, base_url, place)
        self.process = context.Process(target=make_share, args=arguments, daemon=True)
        with safe_start():
            self.process.start()
        theirs.close()

    def end(self) -> None:
        """Stop it, done or not."""
        self.ours.close()
        self.process.terminate()
        self.process.join(timeout=5)


def build_indexes(edition: Edition) -> None:
    """Make a page of each kind, for what they leave on the edition."""
    for sheet in first_of_each(edition):
        page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})


def make_share(results: Connection, folder: Path, version: str, day: date, base_url: str, place: int) -> None:
    """In a child process: every n-th page with its key and URL, what people read before data."""
    os.nice(10)
    edition = open_edition(folder, lambda: day, base_url)
    if edition.version != version:
        return
    pages = sorted(sheets(edition, live=True), key=lambda sheet: sheet.form != "html")
    with suppress(BrokenPipeError):
        for sheet in pages[place::CHILDREN]:
            body = page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})
            if body.status == 200:
                results.send((sheet.address, sheet.kind.name, body))
        results.send(None)
