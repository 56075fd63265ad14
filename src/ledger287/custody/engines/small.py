"""One DuckDB of this process for small work, each piece in a database of its own.

To open a DuckDB takes longer than most queries of a small audit; to add an empty database to one that is open takes
next to nothing. What enters: nothing. What leaves: a connection whose tables, views and variables nobody else sees,
which answers queries as they are written, with one thread. ``closed`` gives its memory back.
"""

import itertools
import os
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from ledger287.custody.engines.engine import MEMORY

OWN = "memory"
"""The database that a DuckDB has by itself."""
_NUMBERS = itertools.count(1)


def small() -> duckdb.DuckDBPyConnection:
    """A connection to a new, empty database. A DuckDB that broke down (``duckdb.FatalException``) is replaced."""
    try:
        return _added()
    except duckdb.FatalException:
        _opened.cache_clear()
        return _added()


def closed(connection: duckdb.DuckDBPyConnection) -> None:
    """Closes a connection, with its database where ``small`` gave it."""
    try:
        (name,) = connection.execute("select current_database()").fetchone() or (OWN,)
        if name != OWN:
            connection.execute(f"use {OWN}; detach {name}")
    except duckdb.Error:  # of one that broke down nothing is left to give back
        pass
    finally:
        connection.close()


@cache
def _opened() -> duckdb.DuckDBPyConnection:
    connection, spill = duckdb.connect(), str(Path(tempfile.gettempdir()) / f"ledger287-small-{os.getpid()}")
    connection.execute(f"set threads = 1; set memory_limit = '{MEMORY}'")
    connection.execute("set temp_directory = $where", {"where": spill})
    return connection


def _added() -> duckdb.DuckDBPyConnection:
    connection, name = _opened().cursor(), f"small_{next(_NUMBERS)}"
    connection.execute(f"attach ':memory:' as {name}; use {name}; set TimeZone = 'UTC'; pragma disable_optimizer")
    return connection
