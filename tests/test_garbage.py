"""What is spared by the search for cycles is found again once it was replaced."""

import gc
import weakref

from ledger287.core.process.garbage import search_everything, spare_what_is_here


class Ring:
    """Refers to itself, so that only the search frees it."""

    def __init__(self) -> None:
        self.self = self


def test_what_was_spared_goes_once_it_is_replaced() -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    try:
        spare_what_is_here()
        del ring
        gc.collect()
        assert seen() is not None  # it was spared
        search_everything()
        assert seen() is None
        assert gc.get_freeze_count()  # the rest is spared again
    finally:
        gc.unfreeze()


def test_where_nothing_was_spared_nothing_is() -> None:
    gc.unfreeze()
    search_everything()
    assert gc.get_freeze_count() == 0
