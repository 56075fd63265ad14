"""What an audit asks of an engine, and the parts of a relation: files of one schema that are read together.

What enters: Parquet files and expressions. What leaves: tables of ibis, answers, and written Parquet. Only how files
are opened and how an answer is written is an engine's own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.intake.remote import Store

MEMORY = "2GB"
"""What DuckDB may hold in memory; it spills to disk beyond, so that the audit's memory does not grow with its files."""
TIME_FIELDS = (*TIMES, "at")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a relation: where it is, the name it is reported by, and the fields that its folders give.

    ``seen`` is the URI by which the machines of a cluster read it, where it is in a store that they see.
    """

    path: Path
    file: str
    keys: Mapping[str, str | None] = field(default_factory=dict)
    seen: str = ""


PLACE = "place"
"""The column with the number of a row's file in its relation."""


def sql_of(expression: ir.Table, dialect: str) -> str:
    """An expression as SQL. Each step remains a separate query: an engine joins them itself, in less time than ibis.

    Turning an expression into SQL takes longer than a small audit, and two audits of the same columns under the same
    law need the same: the text is kept by the structure of the expression, without its connection.
    """
    return _sql(expression.unbind().op(), dialect)


@lru_cache(maxsize=64)
def _sql(operation: ops.Node, dialect: str) -> str:
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        return str(ibis.to_sql(operation.to_expr(), dialect=dialect))
    finally:
        ibis.options.sql.fuse_selects = before


def ordered(query: ir.Table | str, order: Sequence[str], dialect: str) -> str:
    """A query as SQL, its rows sorted."""
    sql = query if isinstance(query, str) else sql_of(query, dialect)
    return f"select * from ({sql}) given order by {', '.join(order)}" if order else sql


class Engine(Protocol):
    """What an audit asks of an engine."""

    dialect: str

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],
        times: Collection[str] = TIME_FIELDS,
    ) -> ir.Table:
        """A Parquet file, unchanged: texts as texts, times as seconds, ``row`` from 1."""

    def staged(self, path: Path, number: int) -> ir.Table:
        """A staged file."""

    def together(
        self, parts: Sequence[Part], number: int, columns: dict[str, str] | None, types: dict[str, str]
    ) -> ir.Table:
        """Files of one schema as one relation: direct ones by their ``columns``, or staged ones where none are given.

        Each row has its ``file``, ``row``, the fields of its folders, and the ``place`` of its file among the parts.
        """

    def memory(self, name: str, table: pa.Table) -> ir.Table:
        """A small table."""

    def as_function(self, name: str) -> bool:
        """Whether the lines of a small table are found by a function ``NAME_at`` of its keys, without a join."""

    def named(self, expression: ir.Table, name: str) -> ir.Table:
        """An expression under a name by which SQL finds it; it is computed where it is read."""

    def answer(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression, which must be few."""

    def write(self, query: ir.Table | str, path: Path, order: Sequence[str] = ()) -> None:
        """Write the rows of an expression, or of a query in SQL, as one or more Parquet files under or at ``path``.

        They are sorted by ``order``; without it they are in the order of what the expression reads, which must then
        stream: rows of several files one after another, with joins to small tables on their right only.
        """

    def store_of(self, uri: str) -> Store:
        """The store of a URI, as this engine reads it. Raises Refused where it reads none such."""

    def close(self) -> None:
        """End the engine's work."""


def local_times(columns: dict[str, str], types: dict[str, str]) -> tuple[str, ...]:
    """The times of a direct file that are the jail's own clocks': those whose timestamps have no zone."""
    return tuple(name for head, name in columns.items() if name in TIME_FIELDS and "TIME ZONE" not in types[head])


def key_names(parts: Sequence[Part]) -> tuple[str, ...]:
    """The fields that the folders of any part give."""
    return tuple(dict.fromkeys(key for part in parts for key in part.keys))


def part_table(parts: Sequence[Part], named: Sequence[str]) -> pa.Table:
    """The parts of a relation, by the name that the engine gives each file."""
    keys = {key: pa.array([part.keys.get(key) for part in parts], pa.string()) for key in key_names(parts)}
    places = pa.array(range(len(parts)), pa.int64())
    return pa.table({"part": list(named), "file": [part.file for part in parts], PLACE: places, **keys})
