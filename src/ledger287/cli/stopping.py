"""Ctrl-C and a request to end (SIGTERM) of a custody command, from its first moment: one line and exit code 2.

What enters: where a command is: it loads its modules, works, or is done. What leaves: while it loads, a process that
says its line and ends at once, since nothing is there to be cleared away; while it works, KeyboardInterrupt, so that no
unfinished file remains; once it is done, its own answer. A process that it starts is not affected. Imports as little as
it can: until it is imported, a signal ends the process in Python's own way.
"""

import atexit
import os
import signal
import sys
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
STOPPED = "stopped; nothing was changed."
WRONG_USAGE = 2


class _Stops:
    """The process whose signals are caught, 0 where none are; and whether one of them came."""

    process = 0
    came = False


def catch() -> None:
    """The command begins to load: a signal ends it at once. A signal that is ignored, as under nohup, remains so."""
    _Stops.process, _Stops.came = os.getpid(), False
    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _end)
    atexit.register(_set, signal.SIG_IGN)


def works() -> None:
    """The command has loaded, and begins to write: a signal is KeyboardInterrupt."""
    _set(_interrupt)


def done() -> None:
    """The command has its answer: a signal changes nothing any more."""
    _set(_pass)


def came() -> bool:
    """Whether a signal stopped the command, whatever a library made of it."""
    return _Stops.came


def _set(handler: object) -> None:
    if _Stops.process == os.getpid():
        for each in SIGNALS:
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, handler)  # type: ignore[arg-type]


def _end(number: int, _: FrameType | None) -> None:
    if os.getpid() != _Stops.process:
        _as_usual(number)
        return
    named = " ".join(word for word in sys.argv[1:3] if not word.startswith("-"))
    os.write(2, f"ledger287 {named}: {STOPPED}\n".encode())
    sys.stdout.flush()
    os._exit(WRONG_USAGE)


def _interrupt(number: int, _: FrameType | None) -> None:
    if os.getpid() != _Stops.process:
        _as_usual(number)
        return
    _Stops.came = True
    raise KeyboardInterrupt


def _pass(number: int, _: FrameType | None) -> None:
    if os.getpid() != _Stops.process:
        _as_usual(number)


def _as_usual(number: int) -> None:
    """In a forked process: what the signal does where nobody catches it."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
