"""Memory that was freed -> the system: the C library keeps what a drawing or an export needed, until it is called."""

import ctypes
import sys


def give_back() -> None:
    """Return freed memory to the system, where the C library can (glibc); elsewhere nothing happens."""
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):  # another C library
        return
