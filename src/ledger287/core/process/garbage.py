"""Python's search for cycles, put off while work goes on that makes none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Put off the search for cycles: rows and folds hold none, and searching them takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spare_what_is_here() -> None:
    """Leave what there is now out of later searches, which stop all threads: a site's record and indexes stay."""
    gc.freeze()


def search_everything() -> None:
    """Search what was spared too, once, where anything was: what was replaced goes, the rest is spared again."""
    if not gc.get_freeze_count():
        return
    gc.unfreeze()
    gc.collect()
    gc.freeze()
