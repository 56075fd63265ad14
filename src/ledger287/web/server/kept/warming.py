"""Makes every page of a fresh edition before it is requested, in processes that give way to requests.

It begins again with each edition and each day, since pages say how old their list is. What was made is in a file
(``pages_file``), where a later start on the same day finds it. In the last hours of a day the pages of the next one are
made, so that a site that runs is never without its pages at midnight. Where the pages were ready at the start, the
indexes for other questions are built while few requests arrive: a question that needs one first builds it itself.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from ledger287.core.process.garbage import spare_what_is_here
from ledger287.core.time import EASTERN
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.sheets import first_of_each
from ledger287.web.server.app import page_body
from ledger287.web.server.kept.prepared import Prepared, open_prepared, places_of
from ledger287.web.server.kept.preparing import prepare
from ledger287.web.server.site import Site

LOOK_EVERY_SECONDS = 2.0
AHEAD = timedelta(hours=4)
"""How long before midnight, US Eastern time, the pages of the next day are made."""
NOT_READY = (
    "no pages were made ahead: they are made now, at low priority, and requests are slower until they are ready; "
    "`ledger287 pages` makes them before a start"
)
log = logging.getLogger("ledger287.web")


def day_ahead() -> date:
    """The Eastern day in a few hours: the next one when today is nearly over."""
    return (datetime.now(UTC) + AHEAD).astimezone(EASTERN).date()


class Warmer:
    """A thread that has the pages made and keeps them. ``ahead`` says of which day pages will soon be requested."""

    def __init__(self, site: Site, ahead: Callable[[], date] = day_ahead) -> None:
        self.site, self.ahead = site, ahead
        site.shelf.ready = build_indexes
        self._stopped = threading.Event()
        self._unbuilt: Iterator[None] | None = None  # indexes that no ready page waits for
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
        looked_ahead: tuple[str, date] | None = None
        while not self._stopped.is_set():
            now = (self.site.edition.version, self.site.today())
            if now != done:
                self.site.warm = False
                self._warm(*now)
                self.site.warm = True
                done = now
            ahead = (now[0], self.ahead())
            if ahead[1] > now[1] and ahead != looked_ahead:
                self._make_ahead(*ahead)
                looked_ahead = ahead
            self._build_while_quiet()
            self._stopped.wait(LOOK_EVERY_SECONDS)

    def _warm(self, version: str, day: date) -> None:
        """Have the pages of a record and a day: as an earlier start left them, or made by children."""
        edition = self.site.edition
        if edition.version != version:
            return
        self.site.pages = pages = open_prepared(edition, day)
        if pages.finished:
            self.site.warm = True
            log.info("%s pages were ready", len(pages))
        lasting = pages.lasting.finished
        if not lasting:  # requests make most pages themselves for now
            log.warning(NOT_READY)
            build_indexes(edition)
        if not pages.finished and self._make(pages, lambda: self.site.today() == day):
            log.info("%s pages are ready", len(pages))
        self._unbuilt = built_one_by_one(edition) if lasting else None

    def _build_while_quiet(self) -> None:
        """Build the next indexes as long as few requests arrive, each of which would be slower for it."""
        while self._unbuilt and self.site.traffic.quiet() and not self._stopped.is_set():
            if next(self._unbuilt, "built"):
                self._unbuilt = None
                spare_what_is_here()

    def _make_ahead(self, version: str, day: date) -> None:
        """Have the pages of the coming day in their file, for its first request."""
        edition, today = self.site.edition, self.site.today()
        if edition.version != version or None in places_of(edition, day):
            return
        pages = open_prepared(edition, day)
        if not pages.finished and self._make(pages, lambda: self.site.today() == today):
            log.info("the pages of %s are ready", day)

    def _make(self, pages: Prepared, still: Callable[[], bool]) -> bool:
        """Have all pages made, unless this ends, another edition comes, or ``still`` says no; whether they were."""

        def goes_on() -> bool:
            return not self._stopped.is_set() and self.site.edition.version == pages.version and still()

        folder = self.site.edition.atlas.stored.folder
        try:
            return prepare(pages, folder, self.site.base_url, goes_on=goes_on)
        except OSError as error:
            log.warning("the pages are made as they are requested: %s", error)
            return False


ALONE = ("api",)
"""Kinds of page that leave nothing for others; this one makes an example of every operation, and takes much memory."""


def build_indexes(edition: Edition) -> None:
    """Make a page of each kind, for what they leave on the edition."""
    for _ in built_one_by_one(edition):
        pass


def built_one_by_one(edition: Edition) -> Iterator[None]:
    """The same, with a pause after each page."""
    for sheet in (one for one in first_of_each(edition) if one.kind.name not in ALONE):
        page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})
        yield
