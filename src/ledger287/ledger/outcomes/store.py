"""The tables on outcomes that ship, opened once each and held in memory.

What enters: the name of a table that ``building`` wrote. What leaves: its frame. ``LEDGER287_OUTCOMES`` names another
folder of such tables.
"""

import os
from functools import cache
from pathlib import Path

import polars as pl

from ledger287.core.problem import Refused

VARIABLE = "LEDGER287_OUTCOMES"
SHIPPED = Path(__file__).parent / "shipped"


def folder() -> Path:
    """The folder that answers are read from."""
    return Path(os.environ.get(VARIABLE) or SHIPPED)


def table(name: str) -> pl.DataFrame:
    """One table, by name. Raises Refused where the folder has none of that name."""
    return _read(folder() / f"{name}.parquet")


def read_once(name: str) -> pl.DataFrame:
    """One table, by name, not held in memory: for what keeps it in a form of its own."""
    return _opened(folder() / f"{name}.parquet")


@cache
def _read(path: Path) -> pl.DataFrame:
    return _opened(path)


def _opened(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise Refused(f"{path}: no table of outcomes there. Run make outcomes, or unset {VARIABLE}.")
    return pl.read_parquet(path)


def version() -> str:
    """Changes with any table of a folder that was named; empty for the tables that ship."""
    if folder() == SHIPPED:
        return ""
    found = ((path.name, path.stat()) for path in sorted(folder().glob("*")))
    return repr([str(folder().resolve()), *((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)])


def has(name: str) -> bool:
    """Whether the folder has a table of this name."""
    return (folder() / f"{name}.parquet").is_file()
