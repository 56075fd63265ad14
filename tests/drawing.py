"""How many examples a property draws: few in `make test`, which draws the same each time, and all in `make properties`.

A law that fails for one example in ten is found by few; the rest is for the runs that draw others.
"""

import os

VARIABLE = "LEDGER287_DRAWS"
"""Set by a seed (``conftest.py``), here and in the processes of the run."""


def draws(every: int, few: int) -> int:
    """The examples of a property: every one where a seed is given, else few."""
    return every if os.environ.get(VARIABLE) else few
