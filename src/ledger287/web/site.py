"""What every address shares: the shelf, the bodies that are kept, and the few threads that make new ones."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path

import anyio
import anyio.to_thread

from ledger287 import api
from ledger287.web.edition import Edition, open_edition
from ledger287.web.keeping import Body
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
    ) -> None:
        self.today = today
        self.shelf = Shelf(lambda: open_edition(record, today), most_bytes)
        self._aliases: OrderedDict[tuple[str, bytes], Hashable] = OrderedDict()
        self._makers: anyio.CapacityLimiter | None = None

    @property
    def edition(self) -> Edition:
        """The edition that is served now."""
        return self.shelf.current[0]

    def quick(self, path: str, query: bytes) -> Body | None:
        """The body of an address that was answered before, as it was written in a request."""
        key = self._aliases.get((path, query))
        return self.shelf.current[1].get((self.today(), key)) if key is not None else None

    async def body(self, key: Hashable, make: Make, alias: tuple[str, bytes] | None = None) -> Body:
        """The body under a key, made in a thread where it is not kept yet. Only good ones are kept."""
        edition, kept = self.shelf.current
        day = self.today()
        body = kept.get((day, key))
        if body is None:
            if self._makers is None:
                self._makers = anyio.CapacityLimiter(MAKERS)
            body = await anyio.to_thread.run_sync(make, edition, limiter=self._makers)
            if body.status == 200:
                kept.put((day, key), body)
        if alias is not None and body.status == 200:
            self._aliases[alias] = key
            while len(self._aliases) > ALIASES:
                self._aliases.popitem(last=False)
        return body
