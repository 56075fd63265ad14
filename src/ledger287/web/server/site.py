"""What every URL shares: the shelf, the bodies that are kept, and the few threads that make new ones."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import anyio
import anyio.to_thread

from ledger287 import api
from ledger287.core.time import at_eastern
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.server.kept.kept_answers import Body, Kept
from ledger287.web.server.kept.prepared import Prepared
from ledger287.web.server.kept.shelf import Shelf
from ledger287.web.server.traffic import Traffic
from ledger287.web.server.workers.children import Children
from ledger287.web.server.workers.shares import Shares

MOST_BYTES = 8 * 2**20
"""What is kept in memory of rendered bodies; the pages of the day are in a file."""
STORIES = "check"
"""The name of the page on which stories are sent."""
ALIASES, LONGEST_ALIAS = 4_000, 200
"""URLs that are remembered as they were written, and the bytes of the longest query among them."""
MAKERS = 2
"""Threads that make bodies. More would only wait for each other."""

Make = Callable[[Edition], Body]


class Site:
    """The record that is served and the bodies made of it."""

    def __init__(
        self,
        record: Path | None = None,
        today: Callable[[], date] = api.eastern_today,
        most_bytes: int = MOST_BYTES,
        base_url: str = "",
    ) -> None:
        self.today, self.base_url = today, base_url.rstrip("/")
        self._served: tuple[Edition | None, datetime] = (None, _now())
        self.shelf = Shelf(lambda: open_edition(record, today, self.base_url), most_bytes)
        self.pages: Prepared | None = None
        """The pages that are ready for a record and a day."""
        self._aliases: OrderedDict[tuple[str, bytes], Hashable] = OrderedDict()
        self._makers: anyio.CapacityLimiter | None = None
        self._making: dict[Hashable, asyncio.Task[Body]] = {}
        self.children = Children()
        self.shares = Shares()
        self.traffic = Traffic()
        self.serving = False
        """Whether visitors are expected, for whom a process is had ready."""
        self.warm = False
        """Whether every page was made before it is requested."""

    @property
    def edition(self) -> Edition:
        """The edition that is served now."""
        return self.shelf.current[0]

    @property
    def kept(self) -> Kept:
        """The bodies that are kept of the edition that is served now."""
        return self.shelf.current[1]

    def opened(self, name: str) -> None:
        """A page was requested: with the one that takes stories, have a child ready to read one."""
        if name == STORIES and self.serving:
            edition = self.edition
            self.children.wake(edition.atlas.stored.folder, edition.version)

    def quick(self, path: str, query: bytes) -> tuple[Hashable, Body] | None:
        """The key and body of a URL that was answered before, as it was written in a request."""
        key = self._aliases.get((path, query))
        body = self.shelf.current[1].get((self.today(), key)) if key is not None else None
        if key is not None and body is not None:
            return key, body
        return None if query else self._from_file(path)

    def _from_file(self, path: str) -> tuple[Hashable, Body] | None:
        edition, day = self.shelf.current[0], self.today()
        held = self.pages
        if held is None or (held.version, held.day) != (edition.version, day):
            return None
        found = held.get(path, self.changed_at(edition, day))
        return None if found is None else ((found[0],), found[1])

    def changed_at(self, edition: Edition, day: date) -> datetime:
        """When answers of an edition last changed: with its files, when it was put in place here, or with the day."""
        if self._served[0] is not edition:
            self._served = (edition, _now())
        return max(edition.changed_at, self._served[1], at_eastern(day, time()))

    async def body(self, key: Hashable, make: Make, alias: tuple[str, bytes] | None = None) -> Body:
        """The body under a key, made in a thread where it is not kept yet. Only good ones are kept."""
        edition, kept = self.shelf.current
        day = self.today()
        body = kept.get((day, key)) or await self._made_once(edition, kept, (day, key), make)
        if alias is not None and body.status == 200:
            self._remember(alias, key)
        return body

    def keep(
        self, edition: Edition, kept: Kept, key: tuple[date, Hashable], body: Body, alias: tuple[str, bytes] | None
    ) -> Body:
        """Keep a body made of an edition, as it is to be sent. Only good ones are kept."""
        body = replace(body, modified=self.changed_at(edition, key[0]), wire={})
        if body.status == 200:
            kept.put(key, body)
            if alias is not None:
                self._remember(alias, key[1])
        return body

    def _remember(self, alias: tuple[str, bytes], key: Hashable) -> None:
        if len(alias[1]) > LONGEST_ALIAS or len(alias[0]) > LONGEST_ALIAS:
            return
        self._aliases[alias] = key
        with suppress(KeyError):
            while len(self._aliases) > ALIASES:
                self._aliases.popitem(last=False)

    async def _made_once(self, edition: Edition, kept: Kept, key: tuple[date, Hashable], make: Make) -> Body:
        """A body that is not kept yet; who asks while it is being made waits for the same one."""
        place, loop = (id(kept), key), asyncio.get_running_loop()
        task = self._making.get(place)
        if task is None or task.get_loop() is not loop:
            task = self._making[place] = loop.create_task(self._made(edition, kept, key, make))
            task.add_done_callback(lambda done: self._done(place, done))
        return await asyncio.shield(task)

    def _done(self, place: Hashable, task: asyncio.Task[Body]) -> None:
        """Forget what is made. Its error is read, so that it is not logged where all who requested it have left."""
        if self._making.get(place) is task:
            del self._making[place]
        if not task.cancelled():
            task.exception()

    async def _made(self, edition: Edition, kept: Kept, key: tuple[date, Hashable], make: Make) -> Body:
        if self._makers is None:
            self._makers = anyio.CapacityLimiter(MAKERS)
        body = await anyio.to_thread.run_sync(make, edition, limiter=self._makers)
        return self.keep(edition, kept, key, body, None)


def _now() -> datetime:
    """The current time, to the second, as headers give it."""
    return datetime.now(UTC).replace(microsecond=0)
