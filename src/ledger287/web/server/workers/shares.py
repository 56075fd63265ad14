"""One visitor's share of the checker: one story at a time, and a few that wait for their turn.

What enters: who a request comes from, as the server sees it. What leaves: a turn, or ``Failed``. Promise: however
many stories one visitor sends, the other processes and places stay free for others. Who it was is kept only while
a story of theirs is here, and is written nowhere.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from ledger287.web.server.workers.children import Failed

WAITING = 2
"""How many stories of one visitor may wait while another of theirs is read."""
NETWORK_BITS = 64
"""Of an IPv6 address: what one subscriber has."""


@dataclass(slots=True)
class _Queue:
    inside: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Shares:
    """The visitors who have a story here. Used by one event loop."""

    def __init__(self, waiting: int = WAITING) -> None:
        self.waiting = waiting
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def turn(self, visitor: str) -> AsyncIterator[None]:
        """Wait for a visitor's turn. Raises Failed where enough of their stories wait already."""
        queue = self._queues.setdefault(visitor, _Queue())
        if queue.inside > self.waiting:
            raise Failed("share")
        queue.inside += 1
        try:
            async with queue.turn:
                yield
        finally:
            queue.inside -= 1
            if not queue.inside:
                self._queues.pop(visitor, None)


def visitor_of(client: object) -> str:
    """Who a request comes from, by the ``client`` of its scope; only the network where that has many IP addresses."""
    host = str(client[0]) if isinstance(client, tuple | list) and client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{int(address) >> (128 - NETWORK_BITS):x}"
    return str(getattr(address, "ipv4_mapped", None) or address)
