"""What every address shares: the shelf, the bodies that are kept, and the few threads that make new ones."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import anyio
import anyio.to_thread

from ledger287 import api
from ledger287.foundation.spans import at_eastern
from ledger287.web.children import Children
from ledger287.web.edition import Edition, open_edition
from ledger287.web.keeping import Body, Kept
from ledger287.web.shelf import Shelf

MOST_BYTES = 192 * 2**20
"""What is kept of rendered bodies: the whole site in both languages, compressed, takes less."""
ALIASES = 60_000
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
        self.shelf = Shelf(lambda: open_edition(record, today), most_bytes)
        self._aliases: OrderedDict[tuple[str, bytes], Hashable] = OrderedDict()
        self._makers: anyio.CapacityLimiter | None = None
        self.children = Children()

    @property
    def edition(self) -> Edition:
        """The edition that is served now."""
        return self.shelf.current[0]

    @property
    def kept(self) -> Kept:
        """The bodies that are kept of the edition that is served now."""
        return self.shelf.current[1]

    def quick(self, path: str, query: bytes) -> tuple[Hashable, Body] | None:
        """The key and body of an address that was answered before, as it was written in a request."""
        key = self._aliases.get((path, query))
        if key is None:
            return None
        body = self.shelf.current[1].get((self.today(), key))
        return None if body is None else (key, body)

    def changed_at(self, edition: Edition, day: date) -> datetime:
        """When answers of an edition last changed: with its files, when it was put in place here, or with the day."""
        if self._served[0] is not edition:
            self._served = (edition, _now())
        return max(edition.changed_at, self._served[1], at_eastern(day, time()))

    async def body(self, key: Hashable, make: Make, alias: tuple[str, bytes] | None = None) -> Body:
        """The body under a key, made in a thread where it is not kept yet. Only good ones are kept."""
        edition, kept = self.shelf.current
        day = self.today()
        body = kept.get((day, key))
        if body is None:
            if self._makers is None:
                self._makers = anyio.CapacityLimiter(MAKERS)
            body = await anyio.to_thread.run_sync(make, edition, limiter=self._makers)
            body = replace(body, modified=self.changed_at(edition, day), wire={})
            if body.status == 200:
                kept.put((day, key), body)
        if alias is not None and body.status == 200:
            self._aliases[alias] = key
            while len(self._aliases) > ALIASES:
                self._aliases.popitem(last=False)
        return body


def _now() -> datetime:
    """This instant, to the second, as headers tell it."""
    return datetime.now(UTC).replace(microsecond=0)
