"""Where the audit's expression runs: DuckDB on this machine, streaming, or PySpark.

What enters: Parquet files and expressions. What leaves: tables of ibis, answers, and written Parquet. Both engines
run the same expression; only how a file is opened and how an answer is written is the engine's own.
"""

import os
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ledger287.core.query_error import Field, QueryError
from ledger287.custody.batch.plan import TIMES

MEMORY = "2GB"
"""What DuckDB may hold in memory; it spills to disk beyond, so that the audit's memory does not grow with its files."""
TIME_FIELDS = (*TIMES, "at")


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
        """A Parquet file as it lies: texts as texts, times as seconds, ``row`` from 1."""

    def staged(self, path: Path, number: int) -> ir.Table:
        """A staged file."""

    def memory(self, name: str, table: pa.Table) -> ir.Table:
        """A small table."""

    def answer(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression, which must be few."""

    def write(self, expression: ir.Table, path: Path) -> None:
        """Write an expression's rows as one or more Parquet files under or at ``path``."""

    def close(self) -> None:
        """End the engine's work."""


def local_times(columns: dict[str, str], types: dict[str, str]) -> tuple[str, ...]:
    """The times of a direct file that are the jail's own clocks': those whose timestamps have no zone."""
    return tuple(name for head, name in columns.items() if name in TIME_FIELDS and "TIME ZONE" not in types[head])


class DuckEngine:
    """DuckDB in this process, with bounded memory, spilling beside the report."""

    dialect = "duckdb"

    def __init__(self, spill: Path, threads: int | None = None) -> None:
        self.backend = ibis.duckdb.connect()
        self.run = self.backend.con.execute
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
    ) -> ir.Table:
        parts = ["file_row_number + 1 as row"]
        for head, name in columns.items():
            quoted = '"' + head.replace('"', '""') + '"'
            if name in times:
                plain = quoted if "TIME ZONE" in types[head] else f"{quoted}::timestamp"
                parts.append(f"epoch_us({plain}) // 1000000 as {name}")
            else:
                parts.append(f'{quoted}::varchar as "{name}"')
        source = f"read_parquet('{_quoted(path)}', file_row_number = true)"
        self.run(f"create view source_{number} as select {', '.join(parts)} from {source}")
        return self.backend.table(f"source_{number}")

    def staged(self, path: Path, number: int) -> ir.Table:
        self.run(f"create view source_{number} as select * from read_parquet('{_quoted(path)}')")
        return self.backend.table(f"source_{number}")

    def memory(self, name: str, table: pa.Table) -> ir.Table:
        self.backend.con.register(f"given_{name}", table)
        self.run(f"create or replace table {name} as select * from given_{name}")
        self.backend.con.unregister(f"given_{name}")
        return self.backend.table(name)

    def answer(self, expression: ir.Table) -> pa.Table:
        return self.backend.con.sql(ibis.to_sql(expression, dialect=self.dialect)).to_arrow_table()

    def write(self, expression: ir.Table, path: Path) -> None:
        query = ibis.to_sql(expression, dialect=self.dialect)
        # Times and numbers hardly repeat: no dictionary is tried for them, and differences are stored.
        options = "format parquet, parquet_version v2, dictionary_size_limit 2000"
        self.run(f"copy ({query}) to '{_quoted(path)}' ({options})")

    def close(self) -> None:
        self.backend.disconnect()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


class SparkEngine:
    """PySpark: in this process's own JVM, or on the cluster at ``LEDGER287_SPARK`` (as spark://host:7077)."""

    dialect = "pyspark"

    def __init__(self, work: Path, master: str | None = None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            needs = " needs PySpark: pip install 'ledger287[spark]', and Java 17 or later."
            raise QueryError("engine_missing", Field("engine", "spark"), needs) from None
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            needs = " needs Java 17 or later; none was found on the path or in JAVA_HOME."
            raise QueryError("engine_missing", Field("engine", "spark"), needs)
        cores = os.cpu_count() or 1
        builder: Any = SparkSession.builder
        self.session = (
            builder.master(master or os.environ.get("LEDGER287_SPARK", f"local[{cores}]"))
            .appName("ledger287 custody")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.codegen.maxFields", "400")
            .config("spark.sql.shuffle.partitions", str(2 * cores))
            .config("spark.sql.warehouse.dir", str(work / "warehouse"))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        self.backend = ibis.pyspark.connect(self.session)

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],  # noqa: ARG002  (Spark casts by itself)
        times: Collection[str] = TIME_FIELDS,
    ) -> ir.Table:
        parts = ["_metadata.row_index + 1 as row"]
        for head, name in columns.items():
            quoted = "`" + head.replace("`", "``") + "`"
            if name in times:
                # A timestamp without a zone is read as if it were in UTC: its seconds are those of local clocks.
                parts.append(f"unix_micros(cast({quoted} as timestamp)) div 1000000 as {name}")
            else:
                parts.append(f"cast({quoted} as string) as `{name}`")
        frame = self.session.read.parquet(str(path.resolve())).selectExpr(*parts)
        frame.createOrReplaceTempView(f"source_{number}")
        return self.backend.table(f"source_{number}")

    def staged(self, path: Path, number: int) -> ir.Table:
        self.session.read.parquet(str(path.resolve())).createOrReplaceTempView(f"source_{number}")
        return self.backend.table(f"source_{number}")

    def memory(self, name: str, table: pa.Table) -> ir.Table:
        self.session.createDataFrame(table).createOrReplaceTempView(name)
        return self.backend.table(name)

    def answer(self, expression: ir.Table) -> pa.Table:
        return self.session.sql(ibis.to_sql(expression, dialect=self.dialect)).toArrow()

    def write(self, expression: ir.Table, path: Path) -> None:
        query = ibis.to_sql(expression, dialect=self.dialect)
        self.session.sql(query).write.mode("overwrite").parquet(str(path.resolve()))

    def close(self) -> None:
        self.session.stop()
