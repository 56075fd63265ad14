"""DuckDB in this process, streaming in bounded memory.

What enters: Parquet files and expressions. What leaves: tables as SQL, answers, and written Parquet.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from ledger287.custody.columns.matching import KEYS
from ledger287.custody.engines.engine import MEMORY, PLACE, TIME_FIELDS, RelationFile, key_names, ordered, part_table
from ledger287.custody.engines.functions import made_function
from ledger287.custody.engines.small import closed, small
from ledger287.custody.intake.places.object_store import store_of
from ledger287.custody.intake.places.remote import Store
from ledger287.custody.relations.table import Table, constants, given, sql_of

KINDS = {
    "BIGINT": "int64", "INTEGER": "int32", "TINYINT": "int8", "BOOLEAN": "bool", "VARCHAR": "string",
    "DOUBLE": "double", "TIMESTAMP": "timestamp", "ENUM": "string",
}  # fmt: skip
"""DuckDB's names of the kinds of columns."""
ARROW = {
    "int64": pa.int64(), "int32": pa.int32(), "int8": pa.int8(), "bool": pa.bool_(), "string": pa.string(),
    "double": pa.float64(), "words": pa.list_(pa.string()),
}  # fmt: skip
"""The kinds of columns as Arrow's."""
PASSING = "1GB"
"""What rows may hold that are written as they are read."""
FEW_ROWS = 1_000
"""Up to so many rows, a query is answered as it is written (``small``): to improve it, and to divide its work, takes
longer than the answer."""


class DuckEngine:
    """DuckDB in this process, with bounded memory, spilling to disk next to the report."""

    dialect = "duckdb"

    def __init__(self, spill: Path, threads: int | None = None, *, few: bool = False) -> None:
        self.near = self
        self._few = few
        self.connection = small() if few else duckdb.connect()
        self.run = self.connection.execute
        if few:
            return
        self.run(f"set memory_limit = '{MEMORY}'")
        self.run(f"set temp_directory = '{_quoted(spill)}'")
        self.run("set preserve_insertion_order = false")
        self.run("set TimeZone = 'UTC'")
        if threads:
            self.run(f"set threads = {threads}")

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],
        times: Collection[str] = TIME_FIELDS,
    ) -> Table:
        read = ", ".join(self._columns(columns, types, times))
        source = f"read_parquet('{_quoted(path)}', file_row_number = true)"
        self.run(f"create view source_{number} as select {read} from {source}")
        return self._table(f"source_{number}")

    @staticmethod
    def _columns(columns: dict[str, str], types: dict[str, str], times: Collection[str]) -> list[str]:
        parts = ["file_row_number + 1 as row"]
        for head, name in columns.items():
            quoted = '"' + head.replace('"', '""') + '"'
            if name in times:
                plain = quoted if "TIME ZONE" in types[head] else f"{quoted}::timestamp"
                parts.append(f"epoch_us({plain}) // 1000000 as {name}")
            else:
                parts.append(f'{quoted}::varchar as "{name}"')
        return parts

    def together(
        self, parts: Sequence[RelationFile], number: int, columns: dict[str, str] | None, types: dict[str, str]
    ) -> Table:
        keys = key_names(parts)
        read = self._columns(columns, types, TIME_FIELDS) if columns is not None else [_without(keys)]
        paths = ", ".join(f"'{_quoted(part.path)}'" for part in parts)
        source = f"read_parquet([{paths}], file_row_number = true, filename = true, hive_partitioning = false)"
        if len(parts) == 1:
            read += [f'{_text(value)}::varchar as "{key}"' for key, value in parts[0].keys.items()]
            name = _text(parts[0].file)
            read += [f"cast({name} as enum({name})) as file", f"0::bigint as {PLACE}"]
            self.run(f"create view source_{number} as select {', '.join(read)} from {source}")
        else:
            # What a row's file gives is looked up by the file's place: a join would leave one thread to write the rows.
            for name in ("file", PLACE, *keys):
                self._listed(f"parts_{number}_{name}", part_table(parts, [str(part.path) for part in parts])[name])
            place = f"getvariable('parts_{number}_%s')[file_index::bigint + 1]"
            of = (f'{place % name} as "{name}"' for name in ("file", PLACE, *keys))
            self.run(f"create view source_{number} as select {', '.join((*read, *of))} from {source}")
        return self._table(f"source_{number}")

    def staged(self, path: Path, number: int) -> Table:
        self.run(f"create view source_{number} as select * from read_parquet('{_quoted(_files(path))}')")
        return self._table(f"source_{number}")

    def memory(self, name: str, table: pa.Table) -> Table:
        self.connection.register(f"given_{name}", table)
        self.run(f"create or replace table {name} as select * from given_{name}")
        self.connection.unregister(f"given_{name}")
        return self._table(name)

    def _listed(self, name: str, values: pa.ChunkedArray) -> None:
        """The values of a column as a list in a variable."""
        self.connection.register("given_values", pa.table({"value": values}))
        self.run(f'set variable "{name}" = (select list(value) from given_values)')
        self.connection.unregister("given_values")

    def as_function(self, name: str) -> bool:
        return made_function(self.run, name, KEYS[name])

    def named(self, expression: Table, name: str) -> Table:
        self.run(f"create or replace view {name} as {sql_of(expression, self.dialect)}")
        return given(name, expression.kinds, constants(expression))

    def _table(self, name: str) -> Table:
        lines = self.run(f'describe "{name}"').fetchall()
        kinds = {str(line[0]): re.split(r"\W", str(line[1]))[0] for line in lines}
        return given(name, {column: KINDS.get(kind, "") for column, kind in kinds.items()})

    def answer(self, expression: Table) -> pa.Table:
        sql, kinds = sql_of(expression, self.dialect), expression.kinds
        if not self._few or not {*kinds.values()} <= {*ARROW}:
            return self.connection.sql(sql).to_arrow_table()
        # A relation is planned twice.
        columns = list(zip(*self.run(sql).fetchall(), strict=True)) or [()] * len(kinds)
        arrays = zip(kinds.items(), columns, strict=True)
        return pa.table({name: pa.array(values, ARROW[kind]) for (name, kind), values in arrays})

    def write(self, query: Table | str, path: Path, order: Sequence[str] = (), *, gathers: bool = False) -> None:
        sql = ordered(query, order, self.dialect)
        # Times and numbers hardly repeat: no dictionary is tried for them, and differences are stored. The order of
        # rows, and where a row group ends, are the same for any number of threads.
        options = "format parquet, parquet_version v2, dictionary_size_limit 2000, preserve_order true"
        copy = f"copy ({sql}) to '{_quoted(path)}' ({options})"
        if self._few:
            # As it is written, by one thread: in order, and with no need of room. A change of a limit gives back memory
            # that the next query has to ask for again.
            self.run(copy)
            return
        if not order:
            # A join with its sides exchanged would give the rows in the order of its hash table; a search in a list of
            # words, made a join, would leave one thread only to write the rows in order.
            self.run("set disabled_optimizers = 'join_order,build_side_probe_side,in_clause'")
            if not gathers:
                # Rows that only pass through wait to be written in order for as long as there is room for them.
                self.run(f"set memory_limit = '{PASSING}'")
        try:
            self.run(copy)
        finally:
            self.run("reset disabled_optimizers")
            self.run(f"set memory_limit = '{MEMORY}'")

    def store_of(self, uri: str) -> Store:
        return store_of(uri)

    def close(self) -> None:
        closed(self.connection)


def _files(path: Path) -> Path:
    """The files of a written table: Spark makes a folder of them."""
    return path / "*.parquet" if path.is_dir() else path


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _text(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"


def _without(keys: Sequence[str]) -> str:
    """Every column of a staged file but those that its folders give."""
    left = ", ".join(f'"{name}"' for name in ("filename", "file_row_number", *keys))
    return f"columns(* exclude ({left}))"
