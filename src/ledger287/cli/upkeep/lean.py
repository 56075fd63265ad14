"""How a server's process takes memory: in one pool for all threads, and given back soon after it is freed."""

import ctypes
import os
import sys

POOLS = -8
"""``M_ARENA_MAX`` of glibc's mallopt: how many pools threads may have."""
OF_TABLES = "dirty_decay_ms:100,muzzy_decay_ms:0"
"""For the library of tables, which has its own allocator: freed pages go back after a tenth of a second."""


def lean_memory() -> None:
    """Set both, where the C library can (glibc); to be called before the library of tables is loaded."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", OF_TABLES)
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL(None).mallopt(POOLS, 1)
    except (AttributeError, OSError):  # another C library
        return
