"""What an audit asks of an engine, and the parts of a relation: files of one schema that are read together.

What enters: Parquet files and expressions. What leaves: tables as SQL, answers, and written Parquet. Only how files
are opened and how an answer is written is an engine's own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.intake.places.remote import Store
from ledger287.custody.relations.table import Table, sql_of

MEMORY = "2GB"
"""What DuckDB may hold in memory; it spills to disk beyond, so that the audit's memory does not grow with its files."""
TIME_FIELDS = (*TIMES, "at")


@dataclass(frozen=True, slots=True)
class RelationFile:
    """One file of a relation: where it is, the name it is reported by, and the fields that its folders give.

    ``seen`` is the URI by which the machines of a cluster read it, where it is in a store that they see.
    """

    path: Path
    file: str
    keys: Mapping[str, str | None] = field(default_factory=dict)
    seen: str = ""


PLACE = "place"
"""The column with the number of a row's file in its relation."""


def ordered(query: Table | str, order: Sequence[str], dialect: str) -> str:
    """A query as SQL, its rows sorted."""
    sql = query if isinstance(query, str) else sql_of(query, dialect)
    return f"select * from ({sql}) given order by {', '.join(order)}" if order else sql


class Engine(Protocol):
    """What an audit asks of an engine."""

    dialect: str

    @property
    def near(self) -> Any:
        """DuckDB on this machine, with the same tables under the same names: this engine itself, or one next to it."""

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],
        times: Collection[str] = TIME_FIELDS,
    ) -> Table:
        """A Parquet file, unchanged: texts as texts, times as seconds, ``row`` from 1."""

    def staged(self, path: Path, number: int) -> Table:
        """A staged file."""

    def together(
        self, parts: Sequence[RelationFile], number: int, columns: dict[str, str] | None, types: dict[str, str]
    ) -> Table:
        """Files of one schema as one relation: direct ones by their ``columns``, or staged ones where none are given.

        Each row has its ``file``, ``row``, the fields of its folders, and the ``place`` of its file among the parts.
        """

    def memory(self, name: str, table: pa.Table) -> Table:
        """A small table."""

    def as_function(self, name: str) -> bool:
        """Whether the lines of a small table are found by a function ``NAME_at`` of its keys, without a join."""

    def named(self, expression: Table, name: str) -> Table:
        """An expression under a name by which SQL finds it; it is computed where it is read."""

    def answer(self, expression: Table) -> pa.Table:
        """The rows of an expression, which must be few."""

    def write(self, query: Table | str, path: Path, order: Sequence[str] = (), *, gathers: bool = False) -> None:
        """Write the rows of an expression, or of a query in SQL, as one or more Parquet files under or at ``path``.

        They are sorted by ``order``; without it they are in the order of what the expression reads, which must then
        stream: rows of several files one after another, with joins to small tables on their right only. A query that
        ``gathers`` rows by a key, and may give them in any order, has more memory.
        """

    def store_of(self, uri: str) -> Store:
        """The store of a URI, as this engine reads it. Raises Refused where it reads none such."""

    def close(self) -> None:
        """End the engine's work."""


def local_times(columns: dict[str, str], types: dict[str, str]) -> tuple[str, ...]:
    """The times of a direct file that are the jail's own clocks': those whose timestamps have no zone."""
    return tuple(name for head, name in columns.items() if name in TIME_FIELDS and "TIME ZONE" not in types[head])


def key_names(parts: Sequence[RelationFile]) -> tuple[str, ...]:
    """The fields that the folders of any part give."""
    return tuple(dict.fromkeys(key for part in parts for key in part.keys))


def part_table(parts: Sequence[RelationFile], named: Sequence[str]) -> pa.Table:
    """The parts of a relation, by the name that the engine gives each file."""
    keys = {key: pa.array([part.keys.get(key) for part in parts], pa.string()) for key in key_names(parts)}
    places = pa.array(range(len(parts)), pa.int64())
    return pa.table({"part": list(named), "file": [part.file for part in parts], PLACE: places, **keys})
