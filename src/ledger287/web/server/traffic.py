"""How busy the site is -> when work that no reader waits for may be done.

What enters: each request, as it arrives. What leaves: whether few arrived lately. Promise: noting one costs nothing
that a reader would feel, and any thread may read.
"""

from collections import deque
from time import monotonic

FEW = 100
"""Requests in ``WINDOW_SECONDS`` that leave most of a processor idle: ready pages take half a millisecond each."""
WINDOW_SECONDS = 1.0


class Traffic:
    """The requests of the last moments. A site that has just begun counts as busy: its first readers are coming."""

    def __init__(self) -> None:
        self._arrived: deque[float] = deque([monotonic()] * FEW, maxlen=FEW)

    def note(self) -> None:
        """A request arrived."""
        self._arrived.append(monotonic())

    def quiet(self) -> bool:
        """Whether fewer than ``FEW`` requests arrived within the last ``WINDOW_SECONDS``."""
        return monotonic() - self._arrived[0] > WINDOW_SECONDS
