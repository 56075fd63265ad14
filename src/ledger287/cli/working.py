"""On a terminal, for work of more than two seconds: what is being done, and for how long already.

What enters: the words. What leaves: a line on standard error that is gone when the work is done. Where standard error
is not a terminal nothing is written.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

SHOWN_AFTER = 2.0
"""Seconds of work after which the line is shown."""


@contextmanager
def working(says: str) -> Iterator[None]:
    """Around the work."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    shown = Progress(*columns, console=Console(stderr=True), transient=True)
    shown.add_task(says, total=None)
    timer = Timer(SHOWN_AFTER, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        shown.stop()
